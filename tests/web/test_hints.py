"""The page names in its head what the first map needs, and is itself compressed, and not sent again."""

from __future__ import annotations

import asyncio
import gzip
import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from regionmap.output import display, map_files
from regionmap.web.hints import HintedPage, with_hints

PAGE = b'<html><head><link rel="modulepreload" href="./static/js/a.js"></head><body></body></html>'
BROWSER = {"accept": "text/html,*/*", "accept-encoding": "gzip, br"}


def ask(kind: bytes = b"text/html; charset=utf-8", **asked: str) -> dict[str, Any]:
    """Ask a page of an app that answers with ``PAGE``."""
    sent: list[Any] = []

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        given = [(b"content-type", kind), (b"content-length", b"%d" % len(PAGE)), (b"cache-control", b"no-cache")]
        await send({"type": "http.response.start", "status": 200, "headers": given})
        await send({"type": "http.response.body", "body": PAGE})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    headers = {name.replace("_", "-"): value for name, value in (BROWSER | asked).items()}
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/tools/map",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, HintedPage(behind)(scope, receive, send)).result()
    body = b"".join(one.get("body", b"") for one in sent[1:])
    return {"status": sent[0]["status"], "headers": dict(sent[0]["headers"]), "body": body}


def test_the_page_has_its_hints_and_is_compressed() -> None:
    found = ask()
    page = gzip.decompress(found["body"]).decode()
    assert page.index("./component/") < page.index("</head>")
    assert map_files.hashed(display.PREFECTURES) in page
    assert found["headers"][b"content-length"] == b"%d" % len(found["body"])
    assert found["headers"][b"cache-control"] == b"no-cache"


def test_a_page_that_the_browser_has_is_not_sent_again() -> None:
    tag = ask()["headers"][b"etag"].decode()
    again = ask(if_none_match=tag)
    assert (again["status"], again["body"]) == (304, b"")
    assert ask(if_none_match='"other"')["status"] == 200


def test_what_is_no_page_for_a_browser_is_left_as_it_is() -> None:
    assert ask(b"application/json")["body"] == PAGE
    assert ask(accept="*/*")["body"] == PAGE


def test_what_the_page_names_itself_is_not_named_again() -> None:
    script = re.findall(r'href="(\./static/js/DateField[^"]+)"', with_hints("<head></head>"))[0]
    page = f'<head><link rel="modulepreload" crossorigin href="{script}"></head>'
    assert with_hints(page).count(script) == 1


@pytest.mark.enable_socket
def test_all_that_is_named_is_there(app: str) -> None:
    browser = {"Accept": "text/html", "Accept-Encoding": "gzip"}
    asked = urllib.request.Request(f"{app}/", headers=browser)  # noqa: S310
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
        page = gzip.decompress(answer.read()).decode()
    named = re.findall(r'<link rel="(?:modulepreload|prefetch)"[^>]* href="\./([^"]+)"', page)
    assert len(named) > 20
    assert sum("/component/" in f"/{one}" for one in named) == 7
    for one in named:
        with urllib.request.urlopen(f"{app}/{one}", timeout=30) as answer:  # noqa: S310
            assert answer.status == 200
            assert answer.headers["Content-Type"].split(";")[0] != "text/html"

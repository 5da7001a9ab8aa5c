"""An address that is no page leads to the map, which says so in the chosen language; other addresses are left alone."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from regionmap.resources import app_file
from regionmap.web.unknown import PAGES, UnknownPage
from tests.web.conftest import Visit


def ask(path: str, query: str = "", accept: str = "text/html,*/*") -> dict[bytes, bytes] | None:
    """Ask for a path: the headers of the answer, None where the app behind was asked."""
    sent: list[Any] = []
    handed_on: list[str] = []

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        handed_on.append(scope["path"])

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"accept", accept.encode())],
    }
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, UnknownPage(behind)(scope, receive, send)).result()
    if handed_on:
        return None
    assert sent[0]["status"] == 302
    return dict(sent[0]["headers"])


def test_the_pages_are_those_of_the_app() -> None:
    assert tuple(re.findall(r'url_path="(\w+)"', app_file().read_text(encoding="utf-8"))) == PAGES


def test_an_address_that_is_no_page_leads_to_the_first_with_all_that_was_chosen() -> None:
    found = ask("/nothing-here", "lang=zh&date=2019-06-01")
    assert found is not None
    assert found[b"location"] == b"/?lang=zh&date=2019-06-01&unknown=nothing-here"
    other = ask("//elsewhere.example/x")
    assert other is None or other[b"location"].startswith(b"/?")


def test_the_name_of_the_first_page_leads_there_without_a_word() -> None:
    found = ask("/map", "lang=en&date=2019-06-01")
    assert found is not None
    assert found[b"location"] == b"/?lang=en&date=2019-06-01"
    bare = ask("/map/")
    assert bare is not None
    assert bare[b"location"] == b"/"


@pytest.mark.parametrize(
    "path", ["/", "/site", "/site/", "/_stcore/health", "/static/js/x.js", "/component/a/index.html", "/robots.txt"]
)
def test_pages_and_files_are_left_alone(path: str) -> None:
    assert ask(path) is None


def test_what_is_not_asked_by_a_browser_for_a_page_is_left_alone() -> None:
    assert ask("/nothing-here", accept="application/json") is None


@pytest.mark.enable_socket
@pytest.mark.parametrize(("language", "words"), [("zh", "没有页面“nothing-here”"), ("en", "no page 'nothing-here'")])
def test_the_map_says_that_there_is_no_such_page(visit: Visit, language: str, words: str) -> None:
    visit.open(f"nothing-here?lang={language}&date=2019-06-01").wait_for_map()
    told = visit.page.get_by_test_id("stAlert").filter(has_text=words)
    told.wait_for()
    assert visit.page.get_by_role("dialog").count() == 0
    assert "date=2019-06-01" in visit.page.url
    visit.page.get_by_role("button", name="今天" if language == "zh" else "Today", exact=True).click()
    told.wait_for(state="detached")  # said once
    assert "unknown" not in visit.page.url


_WIDTH = """
() => {
  const one = document.createElement("span");
  one.textContent = "“”".repeat(20);
  one.style.cssText = "font-size: 20px; position: absolute; white-space: nowrap";
  document.querySelector("h1.rm-title").append(one);
  return document.fonts.ready.then(() => one.getBoundingClientRect().width / 40 / 20);
}
"""


@pytest.mark.enable_socket
def test_quotation_marks_are_narrow_on_english_pages_and_wide_on_chinese_ones(visit: Visit) -> None:
    visit.open("about?lang=en").page.locator("h1.rm-title").wait_for()
    visit.page.wait_for_function(f"() => ({_WIDTH})().then((wide) => wide < 0.6)")
    visit.open("about?lang=zh").page.locator("h1.rm-title").wait_for()
    visit.page.wait_for_timeout(500)
    assert visit.page.evaluate(_WIDTH) > 0.7

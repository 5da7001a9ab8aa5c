"""Streamlit's small scripts stand in its page, and the page works as well where a browser knows no import maps."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
import streamlit

from regionmap.web import inlined
from tests.web.conftest import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Route

STATIC = Path(streamlit.__file__).with_name("static")
PAGE = (STATIC / "index.html").read_text(encoding="utf-8")
DATA = "data:text/javascript;charset=utf-8,"
FILE = "./static/js/"


def import_map(page: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(re.findall(r'id="rm-scripts">(.*?)</script>', page)[0])["imports"]
    return found


def test_a_small_script_is_in_the_page_word_for_word_and_asked_for_no_more() -> None:
    page, inside = inlined.with_small_scripts(PAGE, [])
    assert len(inside) > 30
    for name in inside:
        given = unquote(import_map(page)[FILE + name].removeprefix(DATA))
        kept = (STATIC / "static" / "js" / name).read_text(encoding="utf-8")
        assert given == re.sub(r'"\./([\w.-]+\.js)"', r'"\1"', kept)
        assert f'href="{FILE}{name}"' not in page


def test_the_map_knows_all_that_the_scripts_inside_ask_for() -> None:
    page, inside = inlined.with_small_scripts(PAGE, inlined.scripts_of(["ComponentInstance", "DateInput"]))
    places = import_map(page)
    for name in inside:
        for other in re.findall(r'(?:from|import)"([^"]+)"', unquote(places[FILE + name])):
            assert places[other].startswith((DATA, FILE))
            assert places[other] == places.get(FILE + other)


def test_a_large_script_and_one_that_asks_where_it_stands_stay_files() -> None:
    page, inside = inlined.with_small_scripts(PAGE, inlined.scripts_of(["BidiComponent"]))
    for path in (STATIC / "static" / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        if path.stat().st_size > inlined.LARGEST_BYTES or "import.meta" in text:
            assert path.name not in inside
    assert page.count("modulepreload") == PAGE.count("modulepreload") - sum(one in PAGE for one in inside)


def test_a_page_of_another_make_is_left_as_it_is() -> None:
    page = "<html><head><script src='x.js'></script></head></html>"
    assert inlined.with_small_scripts(page, []) == (page, frozenset())


@pytest.mark.enable_socket
def test_few_scripts_are_asked_for_before_the_map_is_drawn(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda one: asked.append(one.url) if "/static/js/" in one.url else None)
    visit.open("?date=2019-06-01").wait_for_map()
    assert 10 < len(asked) < 40
    assert not [one for one in asked if "/useEmotionTheme." in one]


def visited_under(policy: str, visit: Visit) -> list[str]:
    """Open the map where a server in between says what scripts are allowed; the addresses of those asked for."""
    asked: list[str] = []

    def forbid(route: Route) -> None:
        headers = {"content-type": "text/html", "content-security-policy": policy}
        route.fulfill(body=route.fetch().text(), headers=headers)

    # A page that a test hands out counts as one from outside, which may not ask this machine.
    visit.page.context.grant_permissions(["local-network-access"])
    visit.page.on("request", lambda one: asked.append(one.url) if "/static/js/" in one.url else None)
    visit.page.route(f"{visit.address}/?date=2019-06-01", forbid)
    visit.open("?date=2019-06-01").wait_for_map()
    visit.page.get_by_role("row", name="130600").first.wait_for()  # the table is a script of our own
    return asked


@pytest.mark.enable_socket
def test_where_scripts_inside_are_forbidden_the_files_are_taken(visit: Visit) -> None:
    asked = visited_under("script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:", visit)
    assert [one for one in asked if "/useEmotionTheme." in one]


@pytest.mark.enable_socket
def test_the_policy_of_our_nginx_allows_all_that_the_page_needs(visit: Visit) -> None:
    told = (Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    policy = re.findall(r'add_header Content-Security-Policy "([^"]+)"', told)[0]
    refused: list[str] = []
    visit.page.on("console", lambda one: refused.append(one.text) if "Content Security Policy" in one.text else None)
    asked = visited_under(policy, visit)
    assert [one for one in asked if "/useEmotionTheme." in one] == []
    assert refused == []

"""What goes over the wire: shapes once and for ever, small messages, nothing of what was there before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from regionmap.output import map_files
from regionmap.output.maps import FILES_COMPONENT
from tests.web.conftest import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response, Route

pytestmark = pytest.mark.enable_socket

FILES = f"/component/{FILES_COMPONENT}/"
HASHED = re.compile(r"[\w-]+\.[0-9a-f]{12}\.(?:js|css|json)")


def served_files(visit: Visit) -> list[Response]:
    """The answers for files of the maps, from now on."""
    found: list[Response] = []
    visit.page.on("response", lambda one: found.append(one) if FILES in one.url else None)
    return found


def messages(visit: Visit) -> list[int]:
    """The bytes of every message of the server, before compression, from now on."""
    found: list[int] = []
    visit.page.on("websocket", lambda one: one.on("framereceived", lambda data: found.append(len(data))))
    return found


def test_shapes_come_once_with_a_hash_and_may_be_kept(visit: Visit) -> None:
    files = served_files(visit)
    visit.open("?date=2019-06-01").wait_for_map()
    names = [one.url.rsplit("/", 1)[1] for one in files]
    assert map_files.hashed("prefectures") in names
    assert all(HASHED.fullmatch(name) for name in names)
    assert len(set(names)) == len(names)
    for one in files:
        assert one.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert one.headers["content-encoding"] == "gzip"
    del files[:]
    visit.page.get_by_role("button", name="今天", exact=True).click()
    visit.page.wait_for_function("() => !location.search.includes('date=')")
    visit.page.wait_for_timeout(2500)
    # Another date asks at most for counties that it is the first to name.
    assert [one.url for one in files if "/counties-" not in one.url] == []


_TRANSFERRED = """
() => Object.fromEntries(performance.getEntriesByType('resource').map((one) => [one.name, one.transferSize]))
"""


def test_a_second_visit_fetches_no_file_again(app: str, browser: Browser) -> None:
    # Without the watch on every request of ``visit``: it would keep the browser from using what it has kept.
    context = browser.new_context()
    taken = []
    for _ in range(2):
        page = context.new_page()
        page.goto(f"{app}/?date=2019-06-01")
        page.frame_locator("iframe").locator("path.rmarea").first.wait_for(timeout=60_000)
        frame = next(one for one in page.frames if "st_folium" in one.url)
        taken.append({name: size for name, size in frame.evaluate(_TRANSFERRED).items() if ".html" not in name})
        page.close()
    context.close()
    first, second = taken
    assert sum(size for name, size in first.items() if FILES in name) > 100_000
    assert len(second) == len(first)
    assert [name for name, size in second.items() if size] == []


def test_messages_of_the_map_page_are_small(visit: Visit) -> None:
    sent = messages(visit)
    visit.open("?date=2019-06-01").wait_for_map()
    visit.page.wait_for_timeout(1500)
    assert sum(sent) < 200_000
    del sent[:]
    visit.page.get_by_role("button", name="今天", exact=True).click()
    visit.page.wait_for_function("() => !location.search.includes('date=')")
    visit.page.wait_for_timeout(2500)
    assert sent
    assert sum(sent) < 260_000  # most of it the rows of the table


def test_shapes_that_cannot_be_fetched_are_told_and_may_be_asked_for_again(visit: Visit) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=503)

    visit.page.route(re.compile(r"/prefectures\.[0-9a-f]+\.json"), refuse)
    visit.open("?date=2019-06-01")
    told = visit.map.get_by_role("alert")
    told.wait_for()
    assert "地图无法绘制" in told.inner_text()
    assert "The map cannot be drawn" in told.inner_text()
    assert visit.page.locator("h1.rm-title").inner_text().startswith("钢铁")  # the rest of the page is there
    visit.page.unroute(re.compile(r"/prefectures\.[0-9a-f]+\.json"), refuse)
    told.get_by_role("button").click()
    visit.wait_for_map()
    assert visit.map.get_by_role("alert").count() == 0


def test_leaflet_that_cannot_be_fetched_is_told(visit: Visit) -> None:
    visit.page.route(re.compile(r"/leaflet\.[0-9a-f]+\.js"), lambda route: route.abort())
    visit.open("?date=2019-06-01")
    told = visit.map.get_by_role("alert")
    told.wait_for()
    assert "The map cannot be drawn" in told.inner_text()
    visit.errors.clear()  # streamlit-folium's own complaint about the script

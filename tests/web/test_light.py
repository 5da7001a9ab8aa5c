"""What goes over the wire: shapes once and for ever, small messages, nothing of what was there before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from regionmap.output import map_files
from regionmap.output.maps import FILES_COMPONENT
from tests.web.conftest import Visit
from tests.web.harness import BAODING
from tests.web.test_browser import click_at

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def quiet(visit: Visit, sent: Sequence[object]) -> None:
    """Wait until the server has sent nothing for a while."""
    before = -1
    while before != len(sent):
        before = len(sent)
        visit.page.wait_for_timeout(1500)


def test_shapes_come_once_with_a_hash_and_may_be_kept(visit: Visit) -> None:
    files = served_files(visit)
    visit.open("?date=2019-06-01").wait_for_map()
    names = [one.url.rsplit("/", 1)[1] for one in files]
    assert map_files.hashed("prefectures") in names
    assert all(HASHED.fullmatch(name) for name in names)
    # At most for the page, which asks ahead, and for the frame; the watch of ``visit`` keeps it from what was kept.
    assert all(names.count(name) <= 2 for name in names)
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
        held = [one.evaluate(_TRANSFERRED) for one in (page, frame)]
        names = sorted({*held[0], *held[1]})
        taken.append({one: sum(each.get(one, 0) for each in held) for one in names if FILES in one})
        page.close()
    context.close()
    first, second = taken
    assert 200_000 < sum(first.values()) < 400_000  # once: what the page asked for ahead, the frame has
    assert len(second) == len(first)
    assert [name for name, size in second.items() if size] == []


def test_messages_of_the_map_page_are_small(visit: Visit) -> None:
    sent = messages(visit)
    visit.open("?date=2019-06-01").wait_for_map()
    quiet(visit, sent)
    assert sum(sent) < 200_000
    del sent[:]
    visit.page.get_by_role("button", name="今天", exact=True).click()
    visit.page.wait_for_function("() => !location.search.includes('date=')")
    quiet(visit, sent)
    assert sent
    assert sum(sent) < 260_000  # most of it the rows of the table


def test_the_map_is_sent_before_what_else_is_on_the_page(visit: Visit) -> None:
    kinds: list[str] = []

    def read(data: str | bytes) -> None:
        message = ForwardMsg.FromString(data) if isinstance(data, bytes) else ForwardMsg()
        if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            kinds.append(message.delta.new_element.WhichOneof("type"))

    visit.page.on("websocket", lambda one: one.on("framereceived", read))
    visit.open("?date=2018-07-31").wait_for_map()
    visit.page.get_by_role("button", name="今天", exact=True).wait_for()
    assert kinds[:2] == ["html", "component_instance"]  # the style sheet, the map
    assert {"selectbox", "bidi_component", "page_link"} <= set(kinds[2:])


def test_a_click_sends_the_answer_and_not_the_map_again(visit: Visit) -> None:
    sent = messages(visit)
    visit.open("?date=2018-07-31").wait_for_map()
    quiet(visit, sent)
    files: list[str] = []
    visit.page.on("request", lambda one: files.append(one.url))
    del sent[:]
    click_at(visit, *BAODING)
    visit.page.locator(".st-key-rm-panel [data-provision='miit-2018-136/2-2a']").first.wait_for()
    quiet(visit, sent)
    assert 1_000 < sum(sent) < 16_000
    assert len(sent) < 40
    assert max(sent) < 5_000  # the map's own message, or that of the controls, is larger
    # On a busy machine the page looks late for the file that its table offers.
    assert [one for one in files if "/media/" not in one] == []


def test_the_rest_of_a_place_is_sent_when_it_is_opened(visit: Visit) -> None:
    sent = messages(visit)
    visit.open("?date=2018-07-31&place=130600").wait_for_map()
    panel = visit.page.locator(".st-key-rm-panel")
    panel.locator("[data-provision='miit-2018-136/2-2a']").first.wait_for()
    assert panel.locator("[data-day]").count() == 0
    quiet(visit, sent)
    del sent[:]
    panel.get_by_text("该地接下来的变化").click()
    panel.locator("[data-day]").first.wait_for()
    assert sum(sent) < 40_000
    panel.get_by_text("此地施行中的规则（按行业）").click()
    panel.locator("details.rm-fold .rm-chip").first.wait_for()


def test_history_asks_for_no_library_of_charts_and_for_its_tables_when_they_are_opened(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda one: asked.append(one.url.rsplit("/", 1)[-1].lower()))
    visit.open("history?region=fenwei-plain&date=2019-06-01").wait_for_map()
    visit.page.locator(".rm-lives").nth(1).wait_for()
    visit.page.wait_for_timeout(1500)
    assert [one for one in asked if "vega" in one or "arrow" in one or "dataframe" in one] == []
    assert visit.page.locator("canvas").count() == 0
    tables = visit.page.get_by_role("table", name="区域名单时间线")
    assert tables.count() == 0
    visit.page.get_by_text("以表格查看同样内容").first.click()
    tables.first.wait_for()


def frames(visit: Visit) -> list[bytes]:
    """Every message of the server, from now on."""
    found: list[bytes] = []

    def keep(data: str | bytes) -> None:
        found.append(data if isinstance(data, bytes) else data.encode())

    visit.page.on("websocket", lambda one: one.on("framereceived", keep))
    return found


def test_a_row_of_history_sends_the_place_and_not_the_time_lines(visit: Visit) -> None:
    sent = frames(visit)
    visit.open("history?region=fenwei-plain&since=2010-01-01&until=2019-06-01&date=2019-06-01").wait_for_map()
    visit.page.locator(".rm-lives").nth(1).wait_for()
    quiet(visit, sent)
    assert any(b"rm-lives" in one for one in sent)
    del sent[:]
    visit.page.get_by_role("row", name="140700").click()
    visit.page.locator("[data-place='140700']").wait_for()
    quiet(visit, sent)
    assert "place=140700" in visit.page.url
    assert not any(b"rm-lives" in one for one in sent)
    assert sum(map(len, sent)) < 120_000


def test_another_date_of_history_concerns_the_time_lines_too(visit: Visit) -> None:
    visit.open("history?region=fenwei-plain&since=2010-01-01&until=2019-06-01&date=2019-06-01&place=130600")
    visit.wait_for_map()
    visit.page.get_by_text("方括号内为截至页面日期（2019-06-01）的状态。").first.wait_for()
    day = visit.page.locator(".st-key-rm-next [data-testid='stDateInput']")
    day.locator("[contenteditable=true]").first.click()
    visit.page.keyboard.type("2021")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_text("方括号内为截至页面日期（2021-06-01）的状态。").nth(1).wait_for()


def test_a_filter_of_destinations_sends_what_it_lets_through_and_no_comparison(visit: Visit) -> None:
    sent = frames(visit)
    visit.open("transfer?origin=310000&industry=textile&date=2022-06-01&compare=360700,341100&lang=en").wait_for_map()
    visit.page.locator(".rm-compare").wait_for()
    quiet(visit, sent)
    assert any(b"rm-compare" in one for one in sent)
    del sent[:]
    visit.page.get_by_text("Only places without obstacles").click()
    visit.page.wait_for_url("**clear=1**")
    quiet(visit, sent)
    assert sent
    assert not any(b"rm-compare" in one for one in sent)


def test_a_click_on_a_map_that_is_only_looked_at_runs_nothing(visit: Visit) -> None:
    sent = frames(visit)
    visit.open("site?place=130600&date=2019-06-01").wait_for_map()
    quiet(visit, sent)
    del sent[:]
    visit.map.locator("path.rmarea").first.click()
    quiet(visit, sent)
    assert sent == []


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


def test_the_rest_of_a_site_check_is_sent_when_its_line_is_opened(visit: Visit) -> None:
    sent = messages(visit)
    visit.open("site?place=130600&date=2019-06-01").wait_for_map()
    lines = visit.page.locator(".st-key-rm-lines")
    lines.get_by_text("已收录的文件").wait_for()
    quiet(visit, sent)
    assert sum(sent) < 120_000
    assert visit.page.locator("[data-provision]").count() == 1  # the rule that decides
    del sent[:]
    head = lines.locator("summary").filter(has_text="此日不在施行")
    head.focus()
    visit.page.keyboard.press("Enter")
    lines.locator("[data-provision]").nth(99).wait_for()
    assert 50_000 < sum(sent) < 400_000
    assert visit.page.locator("[data-verdict]").count() == 1

"""The first thing that a visitor does, in a window that is shorter than the map and on a phone, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import Visit
from tests.web.harness import BAODING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Route

pytestmark = pytest.mark.enable_socket

SCREENS = [(1366, 768), (390, 844, "touch")]
LANGUAGES = ["zh", "en"]
BOTH = pytest.mark.parametrize("language", LANGUAGES)
SMALL = pytest.mark.parametrize("visit", SCREENS, indirect=True, ids=["laptop", "phone"])


def position(visit: Visit, lon: float, lat: float) -> dict[str, float]:
    frame = next(one for one in visit.page.frames if "st_folium" in one.url)
    spot = frame.evaluate(
        "([lon, lat]) => { const p = map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }", [lon, lat]
    )
    return {"x": spot[0], "y": spot[1]}


def press(visit: Visit, lon: float, lat: float) -> None:
    """Click, or tap with a finger, without scrolling anything into view first: the page stands as a visitor sees it."""
    box = visit.page.locator("iframe[title='streamlit_folium.st_folium']").bounding_box()
    assert box is not None
    spot = position(visit, lon, lat)
    x, y = box["x"] + spot["x"], box["y"] + spot["y"]
    if visit.touch:
        visit.page.touchscreen.tap(x, y)
    else:
        visit.page.mouse.move(x, y)
        visit.page.mouse.down()
        visit.page.wait_for_timeout(120)  # a finger or a button stays down a moment: the page could scroll under it
        visit.page.mouse.up()


@BOTH
@SMALL
def test_the_first_click_answers_for_the_place_under_it(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}&date=2019-06-01").wait_for_map()
    before = visit.page.locator("[data-testid='stMain']").evaluate("(one) => one.scrollTop")
    press(visit, *BAODING)
    place = visit.page.locator(".rm-place")
    place.wait_for()
    assert ("保定市" if language == "zh" else "Baoding") in place.inner_text()
    assert before == 0


@BOTH
@pytest.mark.parametrize("visit", SCREENS[:1], indirect=True)
def test_the_map_does_not_move_when_widgets_come_late(visit: Visit, language: str) -> None:
    held: list[Route] = []
    scripts = re.compile(r"/(DateInput|Selectbox|Slider)\.[^/]*\.js")
    visit.page.route(scripts, lambda one: held.append(one))  # a builtin method is refused
    visit.open(f"?lang={language}&date=2019-06-01").wait_for_map()
    frame = visit.page.locator("iframe[title='streamlit_folium.st_folium']")
    before = frame.bounding_box()
    assert held
    assert visit.page.get_by_test_id("stSlider").count() == 0
    visit.page.unroute(scripts)
    for one in held:
        one.continue_()
    visit.page.get_by_test_id("stSlider").wait_for()
    visit.page.get_by_test_id("stDateInput").wait_for()
    assert frame.bounding_box() == before


@BOTH
@SMALL
def test_a_row_of_the_table_is_a_place(visit: Visit, language: str) -> None:
    for show in ("rules", "regions", "pilots&programme=low-carbon-cities"):
        visit.open(f"?lang={language}&date=2021-06-01&show={show}").wait_for_map()
        row = visit.page.locator("tr[data-index]").nth(3)
        code = row.locator("td").first.inner_text()
        row.click()
        visit.page.locator(f".rm-place[data-place='{code}']").wait_for()
        assert visit.page.locator("[data-testid='stException']").count() == 0
        assert f"place={code}" in visit.page.url


@BOTH
@SMALL
def test_a_row_is_chosen_by_keyboard(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}&date=2019-06-01").wait_for_map()
    visit.page.locator("tr[data-index]").first.focus()
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".rm-place[data-place='120113']").wait_for()


@BOTH
@SMALL
def test_a_date_that_is_typed_counts_at_enter_and_stays(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}").wait_for_map()
    unfold(visit)
    visit.page.locator("[data-testid='stDateInputField']").first.get_by_role("spinbutton").first.click()
    visit.page.keyboard.type("20190601", delay=30)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(re.compile("date=2019-06-01"))
    visit.page.locator("h1.rm-title").filter(has_text="2019-06-01").wait_for()
    visit.page.locator("[data-testid='stDateInputCalendar']").wait_for(state="detached")
    visit.page.get_by_role("radio").filter(has_text=re.compile("重点区域|Key regions")).first.click()
    visit.page.wait_for_url(re.compile("show=regions"))
    assert "date=2019-06-01" in visit.page.url


@BOTH
@SMALL
def test_a_place_without_a_finding_is_told_in_words(visit: Visit, language: str) -> None:
    said = (
        "已收录的文件在此没有施行中的规则" if language == "zh" else "The loaded documents have no rule in force here."
    )
    for code in ("810000", "820000", "710000"):
        visit.open(f"?lang={language}&place={code}").wait_for_map()
        visit.page.get_by_text(said).first.wait_for()
        assert visit.page.locator("[data-testid='stException']").count() == 0
    visit.open(f"?lang={language}&place=130600&date=2001-06-01").wait_for_map()
    visit.page.locator(".rm-place[data-place='130600']").wait_for()
    visit.page.locator(".st-key-rm-panel .rm-chip.no_rule").first.wait_for()
    assert visit.page.locator("[data-testid='stException']").count() == 0


@BOTH
@SMALL
def test_the_map_is_one_stop_of_the_tab_key(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}&date=2019-06-01").wait_for_map()
    visit.map.locator("#map_div").evaluate("(one) => one.focus()")
    stops = 0
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        stops += 1
        if visit.page.evaluate("() => document.activeElement.tagName !== 'IFRAME'"):
            break
    assert stops <= 4


@BOTH
@SMALL
def test_the_map_is_used_by_keyboard_and_shows_where_it_is(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}&date=2019-06-01&province=130000").wait_for_map()
    box: Locator = visit.map.locator("#map_div")
    visit.page.locator("h1.rm-title").wait_for()
    box.evaluate("(one) => one.focus({focusVisible: true})")
    assert box.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
    visit.page.keyboard.press("Enter")
    visit.page.locator(".rm-place").wait_for()
    assert "lon=11" in visit.page.url


@BOTH
@SMALL
def test_the_search_box_suggests_while_typing(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}&date=2019-06-01").wait_for_map()
    box = visit.page.locator("[data-testid='stMain'] .search input")
    for typed, found, address in (
        ("保定", "130600", "place=130600"),
        ("zhangjiak", "130700", "place=130700"),
        ("38.87, 115.46", "115.46", "lon=115.46"),
        ("cement", "3011", "industry=cement"),
    ):
        box.click()
        box.press_sequentially(typed, delay=20)
        visit.page.locator("[role='option']").filter(has_text=found).first.wait_for()
        visit.page.keyboard.press("ArrowDown")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url(re.compile(re.escape(address)))
        assert box.input_value() == ""


@BOTH
@pytest.mark.parametrize("visit", SCREENS[1:], indirect=True)
def test_on_a_phone_the_map_comes_before_the_controls(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}&date=2019-06-01").wait_for_map()
    frame = visit.page.locator("iframe[title='streamlit_folium.st_folium']").bounding_box()
    assert frame is not None
    assert frame["y"] < 844 / 2
    controls = visit.page.locator(".st-key-rm-controls")
    assert not controls.is_visible()
    unfold(visit)
    assert controls.is_visible()


def unfold(visit: Visit) -> None:
    if (visit.page.viewport_size or {"width": 0})["width"] < 600:  # the map comes before what stands about it
        visit.page.wait_for_function("() => window.regionmapKeys")
        visit.page.locator(".rm-unfold").click()
        visit.page.locator(".st-key-rm-controls").wait_for()


def test_a_click_is_told_at_once_and_only_once(visit: Visit) -> None:
    sent: list[object] = []
    visit.page.on("websocket", lambda one: one.on("framesent", lambda data: sent.append(data)))
    visit.open("?date=2019-06-01").wait_for_map()
    visit.page.wait_for_timeout(1500)
    frame = next(one for one in visit.page.frames if "st_folium" in one.url)
    before = frame.evaluate("() => window.__GLOBAL_DATA__.previous_data.last_clicked")
    # streamlit-folium tells a click when its timer has run out: here it never does.
    frame.evaluate("() => { window.waits = window.setTimeout; window.setTimeout = () => 0; }")
    del sent[:]
    press(visit, *BAODING)
    visit.page.locator(".rm-place", has_text="保定市").wait_for()
    assert before is None
    assert len(sent) == 1
    # With its timer, it finds nothing that has not been told.
    frame.evaluate("() => { window.setTimeout = window.waits; }")
    del sent[:]
    press(visit, 121.47, 31.23)
    visit.page.locator(".rm-place", has_text="上海市").wait_for()
    visit.page.wait_for_timeout(1000)
    assert len(sent) == 1

"""What a click marks on the map: the point, the outline of the place and the names around it; on this map alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import Visit
from tests.web.harness import BAODING
from tests.web.test_browser import click_at

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.enable_socket

OUTLINED = "path.rmarea[stroke-width='2.6']"
_WRITTEN = "(spans) => spans.filter((one) => !one.classList.contains('rm-over')).map((one) => one.textContent)"
_HOVER = """
(spot) => {
  const areas = Object.values(map.regionmapAreas)[0];
  const one = [...areas.drawn.values()][0], latlng = map.containerPointToLatLng([spot.x, spot.y]);
  one.fire("mouseover", {latlng: latlng}, true);
  map.fire("mousemove", {latlng: latlng});
}
"""


def near(visit: Visit) -> Locator:
    return visit.map.locator(".rmnear")


def test_a_click_marks_the_point_the_place_and_the_names_around_it(visit: Visit) -> None:
    visit.open("?date=2019-06-01").wait_for_map()
    assert visit.map.locator("path.rmpoint").count() == near(visit).count() == 0
    click_at(visit, *BAODING)
    near(visit).first.wait_for(state="attached")
    visit.page.mouse.move(1, 1)
    assert visit.map.locator("path.rmpoint").count() == 1
    visit.map.locator(OUTLINED).wait_for(state="attached")
    visit.page.wait_for_timeout(300)
    written = visit.map.locator(".rmlabel span").evaluate_all(_WRITTEN)
    assert "保定" in written
    assert "河北" not in written  # its cities are named instead
    click_at(visit, 108.9, 34.2)
    visit.page.locator(".rm-place").filter(has_text="西安").wait_for()
    visit.page.mouse.move(1, 1)
    visit.map.locator(".rmnear").filter(has_text="咸阳").wait_for(state="attached")
    assert visit.map.locator("path.rmpoint").count() == 1
    assert visit.map.locator(OUTLINED).count() == 1


@pytest.mark.parametrize("visit", [(1366, 768), (390, 844, "touch")], indirect=True)
def test_no_name_is_written_where_a_larger_one_was_left_out(visit: Visit) -> None:
    visit.open("?lang=en").wait_for_map()
    visit.page.wait_for_timeout(600)
    written = visit.map.locator(".rmlabel span").evaluate_all(_WRITTEN)
    assert {"Taiwan", "Xinjiang"} <= set(written)
    assert "Zhejiang" in written or "Shanghai" not in written
    assert "Guangdong" in written or not {"Macao", "Hong Kong"} & set(written)


def test_a_link_marks_its_place_and_another_page_does_not_keep_it(visit: Visit) -> None:
    visit.open("?date=2019-06-01&lon=115.46&lat=38.87").wait_for_map()
    visit.map.locator("path.rmpoint").wait_for(state="attached")
    visit.map.locator(OUTLINED).wait_for(state="attached")
    visit.page.get_by_role("link", name="沿革").click()
    visit.page.locator("[data-region]").wait_for()
    visit.wait_for_map()
    visit.page.wait_for_timeout(1000)
    assert visit.map.locator("path.rmpoint").count() == near(visit).count() == 0
    visit.page.get_by_role("link", name="地图").click()
    visit.page.locator(".rm-key").wait_for()
    visit.map.locator("path.rmpoint").wait_for(state="attached")


def test_another_date_keeps_what_is_marked(visit: Visit) -> None:
    visit.open("?date=2019-06-01&place=130600").wait_for_map()
    visit.map.locator(OUTLINED).wait_for(state="attached")
    visit.page.get_by_role("button", name="今天", exact=True).click()
    visit.page.wait_for_function("() => !location.search.includes('date=')")
    visit.page.wait_for_timeout(1500)
    assert visit.map.locator(OUTLINED).count() == 1
    assert near(visit).filter(has_text="保定").count() == 1


@pytest.mark.parametrize("visit", [(1366, 768)], indirect=True)
def test_what_the_map_showed_before_is_taken_off_it(visit: Visit) -> None:
    visit.open("?date=2019-06-01&place=130600").wait_for_map()
    frame = next(one for one in visit.page.frames if "st_folium" in one.url)
    for view in ("重点区域", "试点", "受限产能"):
        visit.page.get_by_role("radio").filter(has_text=view).first.click()
        visit.page.wait_for_timeout(300)
        frame.wait_for_function(
            "() => Object.values(map.regionmapAreas).filter((one) => one.drawn.size).length === 1", timeout=20_000
        )
    assert visit.errors == []


@pytest.mark.parametrize("visit", [(390, 844, "touch")], indirect=True)
def test_a_tooltip_stays_inside_the_map_of_a_phone(visit: Visit) -> None:
    visit.open("?date=2019-06-01").wait_for_map()
    click_at(visit, *BAODING)
    tip = visit.map.locator(".leaflet-tooltip.rmtip").bounding_box()
    held = visit.page.locator("iframe[title='streamlit_folium.st_folium']").bounding_box()
    assert tip is not None
    assert held is not None
    assert held["x"] <= tip["x"]
    assert tip["x"] + tip["width"] <= held["x"] + held["width"]


def test_the_cross_of_the_keyboard_is_not_shown_after_a_click(visit: Visit) -> None:
    visit.open("?date=2019-06-01").wait_for_map()
    click_at(visit, *BAODING)
    box = visit.map.locator("#map_div")
    cross = "(one) => getComputedStyle(one, '::after').content"
    assert box.evaluate("(one) => document.activeElement === one")
    assert box.evaluate(cross) == "none"
    visit.page.keyboard.press("ArrowRight")
    assert box.evaluate(cross) == '"+"'


def test_the_legend_gives_way_to_a_tooltip_that_it_would_cover(visit: Visit) -> None:
    visit.open("?date=2019-06-01").wait_for_map()
    legend = visit.page.locator(".rm-key").bounding_box()
    assert legend is not None
    visit.page.mouse.move(legend["x"] + legend["width"] - 30, legend["y"] - 6, steps=4)
    area = visit.page.locator(".rm-key.rm-under")
    frame = next(one for one in visit.page.frames if "st_folium" in one.url)
    held = visit.page.locator("iframe[title='streamlit_folium.st_folium']").bounding_box()
    assert held is not None
    spot = {"x": legend["x"] + 40 - held["x"], "y": legend["y"] + 30 - held["y"]}
    for _ in range(40):  # the page may still write the legend anew
        frame.evaluate(_HOVER, spot)
        if area.count():
            break
        visit.page.wait_for_timeout(250)
    assert area.count() == 1
    visit.page.mouse.move(held["x"] + held["width"] - 20, held["y"] + 20, steps=4)
    frame.evaluate("() => map.fire('mouseout')")
    area.wait_for(state="detached")

"""What is seen without scrolling: the whole country beside its legend on a laptop, the answer of a tap on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import Visit
from tests.web.harness import BAODING
from tests.web.test_first_click import BOTH, press

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.enable_socket

LAPTOP = pytest.mark.parametrize("visit", [(1366, 768)], indirect=True, ids=["laptop"])
PHONE = pytest.mark.parametrize("visit", [(390, 844, "touch")], indirect=True, ids=["phone"])

# The outer edges of all provinces and dashes, in pixels of the map's frame.
_COUNTRY = """
(paths) => {
  const boxes = paths.map((one) => one.getBoundingClientRect());
  return [Math.min(...boxes.map((one) => one.left)), Math.max(...boxes.map((one) => one.right)),
    Math.min(...boxes.map((one) => one.top)), Math.max(...boxes.map((one) => one.bottom))];
}
"""

# Points of the outlines, every few pixels of the map's frame, that lie within a box.
_WITHIN = """
(paths, held) => paths.flatMap((one) => {
  const place = one.getScreenCTM(), length = one.getTotalLength(), found = [];
  for (let at = 0; at < length; at += 3) {
    const point = one.getPointAtLength(at).matrixTransform(place);
    if (point.x > held.left && point.x < held.right && point.y > held.top && point.y < held.bottom) { found.push(1); }
  }
  return found;
}).length
"""


def covered(visit: Visit, legend: dict[str, float], frame: dict[str, float]) -> int:
    """Return how many points of the country's outlines lie under the legend."""
    sides = {"left": "left", "right": "left", "top": "top", "bottom": "top"}
    held = {side: legend[side] - frame[edge] for side, edge in sides.items()}
    return int(visit.map.locator("path.rmland, path.rmboundary").evaluate_all(_WITHIN, held))


def box(found: Locator) -> dict[str, float]:
    held = found.bounding_box()
    assert held is not None
    return {
        "left": held["x"],
        "right": held["x"] + held["width"],
        "top": held["y"],
        "bottom": held["y"] + held["height"],
    }


@BOTH
@LAPTOP
def test_the_legend_covers_nothing_of_the_country_and_both_end_above_the_edge(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}&date=2019-06-01").wait_for_map()
    visit.map.locator("path.rmboundary").first.wait_for(state="attached")

    def laid_out() -> None:
        legend = box(visit.page.locator(".rm-key"))
        frame = box(visit.page.locator("iframe[title='streamlit_folium.st_folium']"))
        left, right, top, bottom = visit.map.locator("path.rmland, path.rmboundary").evaluate_all(_COUNTRY)
        assert covered(visit, legend, frame) == 0
        assert right - left > 380  # and yet the country is not made small
        assert frame["left"] + right <= frame["right"]
        assert top >= 0
        assert frame["top"] + bottom <= frame["bottom"] <= 768
        assert frame["top"] < legend["top"]
        assert legend["bottom"] <= frame["bottom"]

    visit.until(laid_out)


@BOTH
@PHONE
def test_the_answer_of_a_tap_is_what_is_seen_next(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}&date=2019-06-01").wait_for_map()
    legend = visit.page.locator(".rm-key")
    legend.wait_for()
    visit.page.wait_for_function("() => !document.querySelector('.rm-key').open")
    press(visit, *BAODING)
    place = visit.page.locator(".st-key-rm-panel .rm-place")
    place.wait_for()
    # All of the place's name and the first lines below it are on the screen, once it has been scrolled to.
    visit.page.wait_for_function(
        "() => { const at = document.querySelector('.rm-place').getBoundingClientRect();"
        " return at.top > 0 && at.bottom < 844 * .6; }"
    )
    legend.locator("summary").tap()  # who opens the legend finds it open
    visit.page.wait_for_timeout(500)
    assert legend.evaluate("(one) => one.open")


@BOTH
@PHONE
def test_every_choice_of_the_map_is_seen_once_the_question_is_unfolded(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}&date=2019-06-01").wait_for_map()
    visit.page.wait_for_function("() => window.regionmapKeys")
    visit.page.locator(".rm-unfold").tap()
    controls = visit.page.locator(".st-key-rm-controls")
    choices = controls.get_by_role("radio")
    choices.first.wait_for()
    assert choices.count() == 6

    def laid_out() -> None:
        edge = box(controls)
        for one in choices.all():
            assert edge["left"] < box(one)["left"] < box(one)["right"] < edge["right"]
        # The days stand below the date, from the same edge on.
        days, date = box(controls.get_by_test_id("stSlider")), box(controls.get_by_test_id("stDateInput"))
        assert days["top"] >= date["bottom"]
        assert abs(days["left"] - date["left"]) < 10

    visit.until(laid_out)


@BOTH
@PHONE
def test_the_heads_of_the_folds_are_not_squeezed(visit: Visit, language: str) -> None:
    visit.open(f"site?lang={language}&place=130600&date=2019-06-01")
    visit.page.locator(".st-key-rm-lines summary").first.wait_for()
    # A few words beside the head have lines of their own. The page is laid out in several goes: asked until it holds.
    visit.page.wait_for_function(
        "() => [...document.querySelectorAll('.st-key-rm-lines summary p')].every((one) => {"
        " const few = one.querySelector(':scope > span'), line = parseFloat(getComputedStyle(one).lineHeight);"
        " if (!few) return one.offsetHeight < 1.5 * line;"
        " const all = one.getBoundingClientRect(), its = few.getBoundingClientRect();"
        " return its.left === all.left && its.top - all.top < 1.5 * line; })"
    )


@PHONE
def test_an_address_with_a_place_opens_at_the_head_of_the_page(visit: Visit) -> None:
    visit.open("?place=130600&date=2019-06-01").wait_for_map()
    visit.page.locator(".st-key-rm-panel .rm-place").wait_for()
    visit.page.wait_for_timeout(1000)
    assert visit.page.locator("[data-testid='stMain']").evaluate("(one) => one.scrollTop") == 0


@BOTH
@PHONE
def test_the_question_of_a_transfer_folds_and_its_switch_is_whole(visit: Visit, language: str) -> None:
    visit.open(f"transfer?origin=310000&industry=textile&date=2022-06-01&lang={language}").wait_for_map()
    controls = visit.page.locator(".st-key-rm-controls")
    controls.wait_for(state="hidden")
    ways = visit.page.locator(".st-key-rm-way button")

    def laid_out() -> None:
        first, second = box(ways.nth(0)), box(ways.nth(1))
        assert (first["left"], first["right"]) == (second["left"], second["right"])
        assert ways.evaluate_all("(all) => all.map((one) => getComputedStyle(one).borderLeftWidth)") == ["1px", "1px"]

    visit.until(laid_out)
    visit.page.wait_for_function("() => window.regionmapKeys")
    visit.page.locator(".rm-unfold").tap()
    controls.wait_for()


@PHONE
def test_without_an_answer_the_question_of_a_transfer_is_open(visit: Visit) -> None:
    visit.open("transfer?date=2022-06-01")
    visit.page.locator(".st-key-rm-controls").wait_for()
    assert visit.page.locator(".rm-unfold").count() == 0


PAGES = {
    "rules?date=2019-06-01&text=水泥": ".st-key-rm-narrow",
    "history?region=fenwei-plain&date=2019-06-01": ".st-key-rm-controls",
    "transfer?way=to&place=130600&date=2022-06-01": ".st-key-rm-controls",
}


@PHONE
@pytest.mark.parametrize("address", PAGES)
def test_the_controls_of_other_pages_fold_too(visit: Visit, address: str) -> None:
    controls = visit.open(address).page.locator(PAGES[address])
    button = visit.page.locator(".rm-unfold")
    button.wait_for()
    controls.wait_for(state="attached")
    visit.page.wait_for_function("() => window.regionmapKeys")
    assert not controls.is_visible()
    button.tap()
    controls.wait_for()
    assert controls.get_by_test_id("stDateInput").first.is_visible()


@PHONE
def test_what_is_wrong_with_a_search_is_seen_while_its_controls_are_folded(visit: Visit) -> None:
    visit.open("rules?date=2019-06-01&within=Nowhereville")
    visit.page.get_by_test_id("stAlert").filter(has_text="Nowhereville").wait_for()
    visit.page.locator(".st-key-rm-narrow").wait_for(state="hidden")


@LAPTOP
def test_a_map_that_nobody_moved_shows_the_whole_country_when_its_width_changes(visit: Visit) -> None:
    visit.open("?date=2019-06-01").wait_for_map()
    visit.map.locator("path.rmboundary").first.wait_for(state="attached")
    for width in (1800, 1290):
        visit.page.set_viewport_size({"width": width, "height": 768})
        visit.page.wait_for_timeout(1500)
        frame = box(visit.page.locator("iframe[title='streamlit_folium.st_folium']"))
        left, right, _, _ = visit.map.locator("path.rmland, path.rmboundary").evaluate_all(_COUNTRY)
        assert left >= 0
        assert frame["left"] + right <= frame["right"]


SMALL_LAPTOP = pytest.mark.parametrize("visit", [(1280, 720)], indirect=True, ids=["small laptop"])


@BOTH
@SMALL_LAPTOP
def test_the_legend_covers_nothing_of_the_country_on_a_small_laptop(visit: Visit, language: str) -> None:
    visit.open(f"?lang={language}&date=2019-06-01").wait_for_map()
    visit.map.locator("path.rmboundary").first.wait_for(state="attached")

    def laid_out() -> None:
        legend = box(visit.page.locator(".rm-key"))
        frame = box(visit.page.locator("iframe[title='streamlit_folium.st_folium']"))
        left, right, top, _ = visit.map.locator("path.rmland, path.rmboundary").evaluate_all(_COUNTRY)
        assert frame["left"] < legend["left"]
        assert covered(visit, legend, frame) == 0
        assert right - left > 330
        assert frame["left"] + right <= frame["right"]
        assert top >= 0

    visit.until(laid_out)


@pytest.mark.parametrize("visit", [(1000, 800)], indirect=True, ids=["tablet"])
def test_where_the_map_is_too_narrow_for_both_the_legend_stands_below_it(visit: Visit) -> None:
    visit.open("?date=2019-06-01").wait_for_map()
    frame = visit.page.locator("iframe[title='streamlit_folium.st_folium']")

    def laid_out() -> None:
        assert box(visit.page.locator(".rm-key"))["top"] >= box(frame)["bottom"]
        inside = visit.map.locator("#map_div").evaluate("(one) => one.getBoundingClientRect().height")
        assert abs(box(frame)["bottom"] - box(frame)["top"] - inside) < 4  # no blank band below the map

    visit.until(laid_out)


_OVERFLOW = """() => [...document.querySelectorAll('html, [data-testid=stMain]')]
  .map((one) => one.scrollWidth - one.clientWidth)"""
EVERY_PAGE = [
    "?date=2019-06-01&place=130600",
    "?show=pilots&date=2026-11-28",
    "site?place=130600&date=2019-06-01",
    "transfer?origin=310000&industry=textile&date=2022-06-01&compare=360700,341100",
    "transfer?way=to&place=130600&date=2022-06-01",
    "rules?date=2019-06-01",
    "history?region=fenwei-plain&date=2019-06-01",
    "documents",
    "about",
]


@BOTH
@PHONE
@pytest.mark.parametrize("address", EVERY_PAGE)
def test_no_page_is_wider_than_a_phone(visit: Visit, address: str, language: str) -> None:
    visit.open(f"{address}{'&' if '?' in address else '?'}lang={language}")
    visit.page.locator("h1.rm-title").wait_for()
    visit.page.get_by_test_id("stSidebar").wait_for(state="attached")
    visit.page.wait_for_timeout(1500)

    def laid_out() -> None:
        assert visit.page.evaluate(_OVERFLOW) == [0, 0]

    visit.until(laid_out)


@BOTH
@PHONE
@pytest.mark.parametrize("address", ["?date=2019-06-01", "rules?date=2019-06-01", "documents?date=2019-06-01"])
def test_on_a_phone_every_cell_of_a_table_is_read_in_full(visit: Visit, address: str, language: str) -> None:
    visit.open(f"{address}&lang={language}")
    row = visit.page.get_by_role("grid").get_by_role("row").nth(0)
    row.wait_for()

    def laid_out() -> None:
        width = box(visit.page.get_by_role("grid"))
        assert width["left"] >= 0
        assert width["right"] <= 390
        for cell in row.get_by_role("gridcell").all():
            if cell.is_visible():  # an empty one takes no room
                assert cell.evaluate("(one) => one.scrollWidth <= one.clientWidth + 1")
                assert cell.evaluate("(one) => getComputedStyle(one, '::before').content").strip('"').strip()
                assert box(cell)["right"] - box(cell)["left"] >= 120

    visit.until(laid_out)
    visit.page.get_by_role("grid").get_by_role("row").nth(1).tap()
    chosen = visit.page.locator("[role=row][aria-selected=true]")
    chosen.wait_for()


@PHONE
def test_cards_can_be_sorted(visit: Visit) -> None:
    visit.open("?date=2019-06-01&lang=en")
    sorts = visit.page.get_by_label("Sort by")
    sorts.select_option("Code ↓")
    first = visit.page.get_by_role("grid").get_by_role("row").first
    code = first.get_by_role("gridcell").first
    code.filter(has_text="820000").wait_for()
    sorts.select_option("Code ↑")
    code.filter(has_text="110000").wait_for()


@PHONE
def test_places_are_compared_one_under_the_other(visit: Visit) -> None:
    visit.open("transfer?origin=310000&industry=textile&date=2022-06-01&compare=360700,341100")
    cells = visit.page.locator(".rm-compare tbody tr").nth(3).locator("td")
    cells.first.wait_for()

    def laid_out() -> None:
        first, second = box(cells.nth(0)), box(cells.nth(1))
        assert (first["left"], first["right"]) == (second["left"], second["right"])
        assert first["right"] - first["left"] > 300
        assert second["top"] >= first["bottom"] - 1
        whose = cells.evaluate_all("(all) => all.map((one) => getComputedStyle(one, '::before').content)")
        assert whose == ['"赣州市"', '"滁州市"']

    visit.until(laid_out)


# Days that are broken over two lines, with the text around them.
_BROKEN_DAYS = r"""
(root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), broken = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const found of node.data.matchAll(/\d{4}-\d{2}-\d{2}/g)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      if (new Set([...range.getClientRects()].map((one) => one.top)).size > 1) { broken.push(node.data); }
    }
  }
  return broken;
}
"""


@PHONE
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "address",
    ["site?place=130600&date=2019-06-01", "history?region=fenwei-plain&date=2019-06-01", "transfer?origin=310000"],
)
def test_no_day_is_broken_over_two_lines(visit: Visit, address: str, language: str) -> None:
    visit.open(f"{address}&lang={language}")
    visit.page.locator(".rm-unfold").wait_for()
    visit.page.locator(".rm-day").nth(2).wait_for(state="attached")
    assert visit.page.get_by_test_id("stMain").evaluate(_BROKEN_DAYS) == []

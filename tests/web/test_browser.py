"""The app in a real browser, with every other machine out of reach (see ``Visit`` in conftest.py)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit_folium import _get_feature_group_string, _get_map_string

import regionmap
from regionmap.output import display, map_files, maps
from tests.web.conftest import Visit, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.enable_socket

BAODING = (115.46, 38.87)
_FILLS = "(paths) => paths.map((one) => one.getAttribute('fill'))"


def fills(visit: Visit) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in visit.map.locator("path.rmarea").evaluate_all(_FILLS):
        found[one] = found.get(one, 0) + 1
    return found


def click_at(visit: Visit, lon: float, lat: float) -> None:
    frame = next(one for one in visit.page.frames if "st_folium" in one.url)
    spot = frame.evaluate(
        "([lon, lat]) => { const p = map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }", [lon, lat]
    )
    visit.map.locator("#map_div").click(position={"x": spot[0], "y": spot[1]})


def test_the_map_draws_every_prefecture_level_unit_and_the_dashed_line(visit: Visit) -> None:
    visit.open("?date=2019-06-01").wait_for_map()
    units = regionmap.load().gazetteer.prefecture_level_units()
    assert sum(fills(visit).values()) >= len(units)
    assert visit.map.locator("path.rmland").count() == 34
    assert visit.map.locator("path.rmboundary").count() >= 5
    assert "天地图" in visit.map.locator(".leaflet-control-attribution").inner_text()


def test_a_click_on_baoding_shows_its_rules(visit: Visit) -> None:
    visit.open("?date=2019-06-01").wait_for_map()
    click_at(visit, *BAODING)
    place = visit.page.locator(".rm-place")
    place.wait_for()
    assert "保定市" in place.inner_text()
    assert visit.page.locator("[data-provision^='miit-2018-136/']").count() >= 1
    assert "重点区域严禁新增钢铁" in visit.page.locator("[data-testid='stMain']").inner_text()
    # A click is on a whole pixel, which is some 0.2 degrees of a map of the country.
    told = parse_qs(urlsplit(visit.page.url).query)
    assert float(told["lon"][0]) == pytest.approx(BAODING[0], abs=0.2)
    assert float(told["lat"][0]) == pytest.approx(BAODING[1], abs=0.2)


def test_changing_the_date_changes_the_map_and_nothing_else(visit: Visit) -> None:
    visit.open("?date=2019-06-01&lens=all").wait_for_map()
    before = fills(visit)
    frame = next(one for one in visit.page.frames if "st_folium" in one.url)
    frame.evaluate("() => { window.stays = true; map.setZoom(5, {animate: false}); }")
    visit.page.get_by_role("button", name="今天", exact=True).click()
    visit.page.wait_for_function("() => !location.search.includes('date=')")
    # Today all of the mainland forbids what most of it only restricted then (国发〔2021〕23号).
    visit.map.locator("path.rmarea[fill='url(#rm-restricted-lapsed)']").first.wait_for(state="detached")
    assert fills(visit)["url(#rm-prohibited)"] > before["url(#rm-prohibited)"]
    assert frame.evaluate("() => [window.stays, map.getZoom()]") == [True, 5]  # the base map was not built again


def test_the_map_shows_the_counties_of_a_province(visit: Visit) -> None:
    visit.open("?date=2019-06-01").wait_for_map()
    before = visit.map.locator("path.rmarea").count()
    visit.page.get_by_role("combobox", name=re.compile("放大到")).click()
    visit.page.get_by_role("option", name="河北省").click()
    visit.page.wait_for_url(re.compile("province=130000"))
    visit.map.locator("path.rmarea").nth(before + 100).wait_for(state="attached")


def test_key_regions_carry_their_names(visit: Visit) -> None:
    visit.open("?date=2019-06-01&show=regions").wait_for_map()
    assert {"汾渭平原", "长三角地区"} <= set(visit.map.locator(".rmlabel").all_inner_texts())


def test_the_site_check_gives_a_verdict_with_its_citation(visit: Visit) -> None:
    visit.open("site?date=2019-06-01")
    visit.page.get_by_label("地点（名称或代码）").fill("保定")
    visit.page.keyboard.press("Enter")
    card = visit.page.locator("[data-verdict]")
    card.wait_for()
    assert card.get_attribute("data-verdict") == "prohibited"
    assert "禁止" in card.inner_text()
    main = visit.page.locator("[data-testid='stMain']").inner_text()
    assert "工信部节〔2018〕136号" in main
    assert "二（二）" in main
    visit.wait_for_map()
    assert "place=" in visit.page.url


def test_a_link_opens_the_same_answer_in_english(visit: Visit) -> None:
    visit.open("site?lang=en&date=2019-06-01&place=130600&industry=cement&action=expand")
    card = visit.page.locator("[data-verdict]")
    card.wait_for()
    assert "Prohibited" in card.inner_text()
    assert "Cement · Expansion · 2019-06-01" in card.inner_text()


def test_the_language_switch_changes_the_words_and_keeps_the_question(visit: Visit) -> None:
    visit.open("site?date=2019-06-01&place=130600")
    visit.page.locator("[data-verdict]").wait_for()
    visit.page.get_by_role("radio", name="English").or_(visit.page.get_by_role("button", name="English")).first.click()
    visit.page.get_by_text("What would change it").wait_for()
    assert visit.page.locator("[data-verdict]").get_attribute("data-verdict") == "prohibited"
    assert "lang=en" in visit.page.url
    assert "place=130600" in visit.page.url


def test_an_ambiguous_name_offers_its_candidates(visit: Visit) -> None:
    visit.open("site?date=2019-06-01&place=朝阳区")
    choice = visit.page.get_by_role("button", name=re.compile("110105"))
    choice.click()
    visit.page.locator("[data-verdict]").wait_for()
    assert "place=110105" in visit.page.url


def test_pages_keep_the_question_between_them(visit: Visit) -> None:
    visit.open("?date=2019-06-01&place=130600").wait_for_map()
    visit.page.get_by_role("button", name="在选址核查中打开该地").click()
    visit.page.locator("[data-verdict]").wait_for()
    assert "date=2019-06-01" in visit.page.url
    assert "place=130600" in visit.page.url


def test_hostile_names_are_shown_as_text(visit: Visit) -> None:
    hostile = "<img src=x onerror=window.harmed=1>"
    layer = maps.Layer(
        name="hostile",
        areas=[maps.Area("650000", "a", (hostile, "${window.harmed=1}"))],
        styles={"a": maps.Style("#8f2340")},
        extra={"650000": display.provinces().geometries["650000"]},
        labels=[maps.Label(hostile, 100.0, 30.0)],
    )
    base = maps.base_map()
    base.get_root().render()
    script = _get_map_string(base) + _get_feature_group_string(maps.feature_group(layer), map=base)
    visit.open("about")
    visit.page.set_content('<div id="map_div" style="width: 600px; height: 500px"></div>')
    served = f"{visit.address}/component/{maps.FILES_COMPONENT}/"
    for name in map_files.SHEETS:
        visit.page.add_style_tag(url=served + map_files.hashed(name))
    for name in map_files.SCRIPTS:
        visit.page.add_script_tag(url=served + map_files.hashed(name))
    visit.page.add_script_tag(content=script)
    visit.page.locator("path.rmarea").hover()
    assert hostile in visit.page.locator(".rmtip").inner_text()
    assert hostile in visit.page.locator(".rmlabel").inner_text()
    assert visit.page.evaluate("() => window.harmed") is None


def test_the_map_draws_behind_a_path(browser: Browser, tmp_path: Path) -> None:
    with running(tmp_path, "tools/map") as address:
        context = browser.new_context()
        visit = Visit(context.new_page(), address).open("?date=2019-06-01")
        visit.wait_for_map()
        assert (visit.outside, visit.errors) == ([], [])
        context.close()


def test_a_request_to_another_machine_would_be_seen(visit: Visit) -> None:
    visit.open("about")
    visit.page.evaluate("() => fetch('https://tiles.example.org/1/2/3.png').catch(() => null)")
    assert visit.outside == ["https://tiles.example.org"]
    visit.outside.clear()


@pytest.mark.parametrize("visit", [(390, 844)], indirect=True)
@pytest.mark.parametrize(
    "path", ["?date=2019-06-01&place=130600", "site?date=2019-06-01&place=130600", "history?place=130600", "about"]
)
def test_nothing_is_wider_than_a_phone(visit: Visit, path: str) -> None:
    visit.open(path)
    visit.page.locator("h1.rm-title").wait_for()
    visit.page.wait_for_timeout(1500)
    wide = visit.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390


def test_a_search_for_rules_finds_and_opens_them(visit: Visit) -> None:
    visit.open("rules?date=2019-06-01")
    visit.page.get_by_label("检索词（中文或英文）").fill("replacement")
    visit.page.keyboard.press("Enter")
    visit.page.locator("[data-provision='miit-2018-136/2-2b']").or_(
        visit.page.locator("[data-provision='miit-2021-215/2g']")
    ).first.wait_for()
    assert "text=replacement" in visit.page.url


def test_the_documents_are_listed_with_their_status(visit: Visit) -> None:
    visit.open("documents?lang=en&source=miit-2018-136&date=2021-06-01")
    card = visit.page.locator("[data-source='miit-2018-136']")
    card.wait_for()
    assert "Target date passed" in card.inner_text()


def test_history_draws_the_difference_and_the_time_lines(visit: Visit) -> None:
    visit.open("history?region=fenwei-plain&since=2010-01-01&until=2019-06-01&date=2019-06-01&place=130600")
    visit.wait_for_map()
    change = regionmap.load().history("fenwei-plain", "2010-01-01", "2019-06-01")
    assert fills(visit) == {"url(#rm-joined)": len(change.joined)}
    bars = visit.page.locator(".rm-lives").nth(1).get_by_role("img")
    bars.first.wait_for()
    box = bars.first.bounding_box()
    assert box is not None
    assert box["width"] > 2
    assert box["height"] > 1
    visit.page.locator("[data-day='2021-01-01'] summary").first.click()
    visit.page.locator("[data-provision='miit-2018-136/2-2a']").first.wait_for()
    assert "历史" in visit.page.locator("[data-testid='stMain']").inner_text()


def test_transfer_draws_the_destinations_and_lines_to_the_best(visit: Visit) -> None:
    visit.open("transfer?origin=310000&industry=textile&date=2022-06-01&compare=360000")
    visit.wait_for_map()
    answer = regionmap.load().transfer("310000", industry="textile", on="2022-06-01")
    assert visit.map.locator("path.rmarrow").count() == min(10, len(answer.destinations))
    assert any(name.startswith("url(#rm-to-") for name in fills(visit))
    visit.page.locator("[data-origin='310000']").wait_for()


@pytest.mark.parametrize("address", ["rules?rule=miit-2018-136/2-2f", "documents?source=miit-2018-136"])
def test_the_row_that_a_link_chose_is_in_view(visit: Visit, address: str) -> None:
    visit.open(address)
    row = visit.page.locator("tr[aria-selected='true']")
    row.wait_for(state="attached")
    visit.page.wait_for_timeout(200)
    shown, box = row.bounding_box(), visit.page.locator(".box").first.bounding_box()
    assert shown is not None
    assert box is not None
    assert box["y"] <= shown["y"]
    assert shown["y"] + shown["height"] <= box["y"] + box["height"]
    assert visit.page.locator("[data-testid='stMain']").evaluate("(one) => one.scrollTop") == 0

"""What a page owes those who do not see it or use no pointer; and its colours at night."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.web.conftest import Visit, running

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.enable_socket

PAGES = (
    "?date=2019-06-01",
    "?place=130600&date=2021-06-01",
    "?show=pilots",
    "site?place=130600",
    "site?place=%E6%9C%9D%E9%98%B3",
    "batch",
    "transfer?origin=310000&industry=textile&date=2022-06-01&compare=360700,341100",
    "transfer?way=to&place=360700",
    "rules?text=replacement",
    "history?place=130600&date=2021-06-01",
    "documents",
    "about",
)


def settled(visit: Visit, path: str) -> None:
    visit.open(path)
    visit.page.locator("h1.rm-title").wait_for()
    visit.page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    visit.page.wait_for_timeout(1500)


@pytest.mark.parametrize(
    ("visit", "language"),
    [((1366, 768), "zh"), ((1366, 768, "dark"), "zh"), ((390, 844, "touch"), "en"), ((1366, 768, "dark"), "en")],
    indirect=["visit"],
    ids=["zh-light", "zh-dark", "en-phone", "en-dark"],
)
def test_axe_finds_nothing_serious_on_any_page(visit: Visit, language: str) -> None:
    sync_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")
    found: list[Any] = []
    for path in PAGES:
        settled(visit, f"{path}{'&' if '?' in path else '?'}lang={language}")
        for one in sync_playwright.Axe().run(visit.page).response["violations"]:
            if one["impact"] in {"serious", "critical"}:
                found.append((path, one["id"], [node["html"][:200] for node in one["nodes"][:3]]))
    assert found == []


@pytest.mark.parametrize(("language", "said"), [("zh", "zh-Hans"), ("en", "en")])
def test_the_page_says_its_language(visit: Visit, language: str, said: str) -> None:
    settled(visit, f"about?lang={language}")
    assert visit.page.locator("html").get_attribute("lang") == said


@pytest.mark.parametrize("visit", [(1366, 768, "dark")], indirect=True)
def test_a_dark_page_is_dark_to_its_maps_and_cards(visit: Visit) -> None:
    visit.open("site?date=2019-06-01&place=130600&lang=en")
    visit.page.locator("[data-verdict]").wait_for()
    visit.wait_for_map()
    light = "(one) => { const [r, g, b] = getComputedStyle(one).backgroundColor.match(/[0-9.]+/g).map(Number); "
    light += "return 0.2126 * r + 0.7152 * g + 0.0722 * b; }"
    assert visit.page.locator("[data-testid='stApp']").evaluate(light) < 60
    assert visit.page.locator("[data-verdict]").evaluate(light) < 60
    assert visit.map.locator("#map_div").evaluate(light) < 60


def test_marks_of_the_history_charts_are_read_out(visit: Visit) -> None:
    visit.open("history?date=2021-06-01&lang=en")
    lives = visit.page.get_by_role("region", name="Lists of regions over time", exact=True)
    marks = lives.get_by_role("img", name="2018-07-23")
    marks.first.wait_for()
    lives.focus()  # what is scrolled can be reached without a pointer
    assert visit.page.evaluate("() => document.activeElement.className") == "rm-lives"


@pytest.mark.parametrize(("language", "title"), [("zh", "规则无法读取"), ("en", "The rules cannot be loaded")])
def test_rules_that_cannot_be_loaded_are_told_as_such(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, title: str
) -> None:
    (tmp_path / "own" / "sources").mkdir(parents=True)
    (tmp_path / "own" / "sources" / "broken.yaml").write_text("id: [", encoding="utf-8")
    monkeypatch.setenv("REGIONMAP_CATALOGUE", str(tmp_path / "own"))
    with running(tmp_path) as address:
        context = browser.new_context()
        visit = Visit(context.new_page(), address).open(f"?lang={language}")
        visit.page.get_by_role("heading", name=title).wait_for(timeout=60_000)
        assert "broken.yaml" in visit.page.locator("[data-testid='stCode']").inner_text()
        assert visit.page.locator("[data-testid='stException']").count() == 0
        context.close()


@pytest.mark.parametrize("visit", [(1280, 900)], indirect=True)
@pytest.mark.parametrize(
    ("path", "at_most"),
    [
        ("site?place=130600", 1400),
        ("site?lang=en&place=320500&industry=papermaking", 1400),
        ("site?lang=en&place=360700&industry=textile", 1400),
        ("transfer?origin=310000&industry=textile&date=2022-06-01&compare=360700,341100,500000,431000", 2500),
    ],
)
def test_an_answer_is_not_longer_than_can_be_read(visit: Visit, path: str, at_most: int) -> None:
    settled(visit, path)
    visit.page.locator("[data-verdict], .rm-compare").first.wait_for()
    visit.page.wait_for_timeout(2500)
    box = "() => document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight"
    assert visit.page.evaluate(box) <= at_most


@pytest.mark.parametrize("visit", [(390, 844, "touch")], indirect=True)
@pytest.mark.parametrize("path", [one for one in PAGES if one.startswith(("site", "transfer", "history", "batch"))])
def test_no_page_is_wider_than_a_phone(visit: Visit, path: str) -> None:
    settled(visit, f"{path}{'&' if '?' in path else '?'}lang=en")
    assert visit.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390

"""The browser's own ways: back and forward, the keyboard alone, and what is read out of a page in English."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Visit
from tests.web.harness import open_page, raw_html

SCREENS = pytest.mark.parametrize("visit", [(1366, 768), (390, 844, "touch")], indirect=True, ids=["laptop", "phone"])
CHINESE = re.compile("[\u4e00-\u9fff]")

_UNMARKED = r"""
() => {
  const found = [];
  const look = (root) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const words = walk.currentNode.textContent, holder = walk.currentNode.parentElement;
      if (!/\p{Script=Han}/u.test(words) || !holder || holder.closest('style, script')) { continue; }
      const said = holder.closest('[lang]');
      if (!said || !said.lang.startsWith('zh')) { found.push(words.slice(0, 60)); }
    }
    root.querySelectorAll('*').forEach((one) => one.shadowRoot && look(one.shadowRoot));
  };
  look(document.querySelector('[data-testid=stMain]'));
  return found;
}
"""


@pytest.mark.enable_socket
@SCREENS
@pytest.mark.parametrize("address", ["site?place=130600&date=2019-06-01", "documents?source=miit-2018-136"])
def test_chinese_on_a_page_in_english_says_that_it_is(visit: Visit, address: str) -> None:
    visit.open(f"{address}&lang=en")
    visit.page.locator(".rm-card").first.wait_for()
    visit.page.wait_for_timeout(2500)
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    # A list to choose from holds both names of an industry, so that either can be typed.
    assert [one for one in visit.page.evaluate(_UNMARKED) if one != "Steel 钢铁 · 3110 3120"] == []


def test_no_word_is_marked_on_a_page_in_chinese() -> None:
    assert '<span lang="zh-Hans">' not in raw_html(open_page("about", lang="zh"))
    marked = re.findall('<span lang="zh-Hans">([^<]*)</span>', raw_html(open_page("documents", lang="en")))
    assert marked
    assert all(CHINESE.search(one) for one in marked)


@pytest.mark.enable_socket
@SCREENS
def test_back_leads_to_the_answer_before(visit: Visit) -> None:
    visit.open("site?place=130600&date=2019-06-01&lang=en")
    verdict = visit.page.locator("[data-verdict='prohibited']")
    verdict.wait_for()
    visit.page.goto(f"{visit.address}/site?place=130600&date=2005-01-01&lang=en")
    visit.page.locator("[data-verdict]:not([data-verdict='prohibited'])").wait_for()
    visit.page.go_back()
    verdict.wait_for()
    assert "date=2019-06-01" in visit.page.url
    assert visit.page.get_by_test_id("stException").count() == 0


@pytest.mark.enable_socket
@pytest.mark.parametrize("visit", [(1366, 768)], indirect=True, ids=["laptop"])
def test_back_from_another_page_keeps_what_was_asked(visit: Visit) -> None:
    visit.open("site?place=130600&date=2019-06-01&lang=en")
    visit.page.locator("[data-verdict]").wait_for()
    visit.page.get_by_test_id("stSidebar").get_by_role("link", name="Documents").click()
    visit.page.locator("h1", has_text="Documents").wait_for()
    visit.page.go_back()
    visit.page.locator("[data-verdict='prohibited']").wait_for()
    visit.page.wait_for_url("**/site?**place=130600**")
    assert visit.page.get_by_test_id("stException").count() == 0


@pytest.mark.enable_socket
@pytest.mark.parametrize("visit", [(1366, 768)], indirect=True, ids=["laptop"])
def test_a_place_is_checked_with_the_keyboard_alone(visit: Visit) -> None:
    visit.open("site?date=2019-06-01&lang=en")
    field = visit.page.get_by_label("Place (name or code)")
    field.wait_for()
    for _ in range(40):
        visit.page.keyboard.press("Tab")
        if field.evaluate("(one) => one === document.activeElement"):
            break
    visit.page.keyboard.type("Baoding")
    visit.page.keyboard.press("Enter")
    visit.page.locator("[data-verdict='prohibited']").wait_for()
    line = visit.page.locator(".st-key-rm-lines summary").first
    for _ in range(60):
        visit.page.keyboard.press("Tab")
        if line.evaluate("(one) => one === document.activeElement"):
            break
    visit.page.keyboard.press("Enter")
    visit.page.locator(".st-key-rm-lines [data-provision]").first.wait_for()

"""Links with values that cannot be used: each is told in one line of the page's language, and never as a traceback."""

from __future__ import annotations

import pytest

from tests.web.harness import Drawn, html, open_page

BOTH = pytest.mark.parametrize("language", [0, 1], ids=["zh", "en"])
LANGUAGES = ("zh", "en")
TOLD = [
    ("map", {"date": "1948-12-31"}, ("范围从1949-01-01到2199-12-31", "from 1949-01-01 to 2199-12-31")),
    ("map", {"date": "today"}, ("日期写作2026-11-28", "A date is written as 2026-11-28")),
    ("map", {"action": "blow"}, ("已改用默认值：action=blow", "the usual ones are shown: action=blow")),
    ("map", {"lon": "115.4"}, ("缺少", "is missing")),
    ("map", {"lon": "500", "lat": "100"}, ("−180", "−180")),
    ("map", {"show": "pilots", "programme": "nope"}, ("nope", "No pilot programme is called")),
    ("site", {"place": "nowhere"}, ("nowhere", "No place is called")),
    ("transfer", {"origin": "nowhere"}, ("nowhere", "No place is called")),
    ("transfer", {"origin": "310000", "industry": "textile", "into": "nope"}, ("显示全部", "all are shown")),
    ("rules", {"rule": "nope"}, ("nope", "No rule is called")),
    ("history", {"region": "nope"}, ("nope", "No region is called")),
    ("history", {"since": "2290-01-01"}, ("范围从1949-01-01", "from 1949-01-01")),
    ("documents", {"source": "nope"}, ("nope", "No document is called")),
    ("transfer", {"from": "130600"}, ("from=130600", "what no page knows, and it was left out: from=130600")),
    ("map", {"Date": "2019-06-01"}, ("Date=2019-06-01", "it was left out: Date=2019-06-01")),
]


@BOTH
@pytest.mark.parametrize(("page", "address", "told"), TOLD, ids=lambda one: str(one)[:40])
def test_a_bad_value_is_told_in_one_line(
    drawn: Drawn, page: str, address: dict[str, str], told: tuple[str, str], language: int
) -> None:
    test = open_page(page, lang=LANGUAGES[language], **address)
    lines = [one.value.replace("\\", "") for one in (*test.error, *test.warning)]
    assert len(lines) == 1
    assert told[language] in lines[0]
    assert "\n" not in lines[0]
    assert 'class="rm-title"' in html(test)  # the rest of the page is there


@pytest.mark.parametrize("address", [{"datum": "![](//r.test)"}, {"strange": "![](//r.test)"}, {"![](//r.test)": "1"}])
def test_what_is_repeated_of_an_address_is_no_picture_of_another_machine(drawn: Drawn, address: dict[str, str]) -> None:
    test = open_page("map", lang="en", **address)
    (told,) = test.warning
    assert r"\!\[\]\(//r\.test\)" in told.value


@pytest.mark.parametrize(
    "added", [{"utm_source": "mail"}, {"from": "singlemessage", "isappinstalled": "0"}, {"spm": "1"}]
)
def test_what_mails_and_chats_add_to_a_link_is_not_spoken_of(drawn: Drawn, added: dict[str, str]) -> None:
    test = open_page("transfer", lang="zh", **added)
    assert not test.warning


@BOTH
def test_a_place_to_compare_that_there_is_none_of_is_told(drawn: Drawn, language: int) -> None:
    asked = {"origin": "310000", "industry": "textile", "date": "2022-06-01", "compare": "111111,360700"}
    words = html(open_page("transfer", lang=LANGUAGES[language], **asked))
    assert ("没有可供对比的地方用这个代码：111111", "has this code: 111111.")[language] in words
    assert 'data-compare="360700"' in words


def test_without_a_destination_no_lines_are_spoken_of(drawn: Drawn) -> None:
    asked = {"origin": "310000", "industry": "textile", "date": "2022-06-01", "km": "300", "into": "540000"}
    test = open_page("transfer", lang="en", **asked)
    assert "widen them" in test.info[0].value
    assert "Lines lead to" not in html(test)

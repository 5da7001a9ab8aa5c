"""Parks in the app: a name that only a list bears is answered, and the parks of a place stand in folds."""

from __future__ import annotations

import pytest

from tests.web.harness import Drawn, html, open_app, open_line, open_page

DAY = "2026-06-01"


def test_the_site_check_answers_for_a_park_and_says_so(drawn: Drawn) -> None:
    test = open_page("site", date=DAY, place="苏州工业园区")
    words = html(open_line(test, "parks"))
    assert "江苏省 › 苏州市" in words
    assert "苏州工业园区在苏州市：它的边界没有收录" in words
    assert 'data-park="苏州工业园区"' in words
    assert any(one.label.startswith("园区、新区和开发区 **") for one in test.expander)


def test_a_park_in_several_units_is_one_area(drawn: Drawn) -> None:
    words = html(open_line(open_page("site", date=DAY, place="两江新区", lang="en"), "parks"))
    assert "Jiangbei District, Beibei District, Yubei District · Steel" in words  # each is named, none as a number
    assert "lies in Jiangbei District, Beibei District and Yubei District" in words
    assert words.count('data-park="重庆两江新区"') == 1


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "化工园区 <small>3</small>"), ("en", "Chemical park <small>3</small>")]
)
def test_the_place_panel_lists_parks_in_folds(drawn: Drawn, lang: str, words: str) -> None:
    shown = html(open_app(date=DAY, place="320281", lang=lang))
    assert 'data-park="江阴临港化工园区"' in shown
    assert words in shown  # one in it, two somewhere in the province


def test_the_panel_begins_with_how_the_name_was_read(drawn: Drawn) -> None:
    shown = html(open_app(date=DAY, place="苏州工业园区"))
    assert shown.index("它的边界没有收录") < shown.index("所属区域")


def test_a_look_up_of_several_units_offers_them_as_buttons(drawn: Drawn) -> None:
    test = open_app(date=DAY, place="西咸新区")
    assert {"610100", "610400"} <= {one.key.removeprefix("candidate-") for one in test.button if one.key}


def test_the_reverse_transfer_takes_a_park(drawn: Drawn) -> None:
    shown = html(open_page("transfer", date="2022-06-01", place="重庆涪陵工业园区", way="to"))
    assert "涪陵区" in shown

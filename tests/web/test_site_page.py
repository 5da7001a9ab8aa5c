"""The site check without a browser."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.web.harness import Drawn, html, open_line, open_page

ASKED = {"date": "2019-06-01", "place": "130600"}


def test_a_verdict_with_item_quote_and_coverage(drawn: Drawn) -> None:
    test = open_page("site", **ASKED)
    words = html(test) + str([one.label for one in test.expander])
    assert 'data-verdict="prohibited"' in words
    assert "河北省 › 保定市 · 钢铁 · 新建 · 2019-06-01" in words
    for part in (
        "工信部节〔2018〕136号",
        "二（二）",
        "「重点区域严禁新增钢铁",
        "相近而不适用",
        "已收录的文件",
        "什么会改变结论",
    ):
        assert part in words


def test_a_name_of_the_past_is_judged_and_drawn_as_on_the_date(drawn: Drawn) -> None:
    words = html(open_page("site", place="巢湖市", industry="steel", date="2011-01-10"))
    assert "安徽省 › 巢湖市" in words
    assert "341400" in words
    assert "341400@2011-08-22" in drawn.codes()


def test_the_rest_of_the_answer_is_made_when_its_line_is_opened(drawn: Drawn) -> None:
    test = open_page("site", **ASKED)
    assert "data-provision" in html(test)
    assert html(test).count("data-provision") == 1  # the rule that decides
    assert html(open_line(test, "also")).count("理由") == 9
    assert "同时适用 **9**" in [one.label.split(" :small")[0] for one in test.expander]
    assert "已查阅" not in html(test)
    assert "已查阅" in html(open_line(test, "loaded"))


def test_no_rule_never_reads_allowed(drawn: Drawn) -> None:
    words = html(open_page("site", date="2001-01-01", place="130600"))
    assert 'data-verdict="no_rule"' in words
    assert "未见规定" in words
    assert "这并不表示允许" in words


def test_a_point_is_judged_and_keeps_its_datum(drawn: Drawn) -> None:
    test = open_page("site", date="2019-06-01", lon="115.46", lat="38.87", datum="bd09")
    assert 'data-verdict="prohibited"' in html(test)
    assert drawn.layer.point is not None


@pytest.mark.parametrize(
    ("lon", "lat", "told"),
    [
        ("38.87", "115.46", ("填反", "swapped")),
        ("2.35", "48.85", ("不在中国", "no county of China")),
        ("abc", "38.87", ("不是数字", "not a number")),
        ("", "38.87", ("缺少", "missing")),
    ],
)
@pytest.mark.parametrize("language", [0, 1], ids=["zh", "en"])
def test_bad_coordinates_are_one_line(drawn: Drawn, lon: str, lat: str, told: tuple[str, str], language: int) -> None:
    test = open_page("site", date="2019-06-01", lang=("zh", "en")[language])
    test.segmented_control(key="regionmap-way").set_value("point").run()
    test.text_input(key="w-lon").set_value(lon).run()
    test.text_input(key="w-lat").set_value(lat).run()
    assert not test.exception
    assert len(test.error) == 1
    assert told[language] in test.error[0].value
    assert "--" not in test.error[0].value
    assert "\n" not in test.error[0].value


def test_an_ambiguous_name_offers_its_candidates_as_buttons(drawn: Drawn) -> None:
    test = open_page("site", date="2019-06-01", place="朝阳区")
    assert len(test.error) == 1
    button = next(one for one in test.button if "110105" in one.label)
    button.click().run()
    assert test.query_params["place"] == "110105"
    assert "data-verdict" in html(test)


@pytest.mark.parametrize("code", ["3110", "C3110", "0111"])
def test_any_code_of_gbt_4754_is_an_industry(drawn: Drawn, code: str) -> None:
    test = open_page("site", **ASKED, industry=code)
    assert not test.error
    assert "data-verdict" in html(test)


def test_an_unknown_industry_is_one_line(drawn: Drawn) -> None:
    test = open_page("site", **ASKED, industry="造梦")
    assert len(test.error) == 1
    assert "data-verdict" not in html(test)


def test_a_rule_in_part_names_its_units(drawn: Drawn) -> None:
    words = html(open_page("site", date="2019-06-01", place="610000"))
    assert "仅" in words


def test_hostile_values_of_the_address_stay_text(drawn: Drawn) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    test = open_page("site", date="2019-06-01", place=hostile, industry="steel")
    assert "<img" not in "".join(one.proto.body for one in test.get("html"))
    assert "\\<img" in test.error[0].value


def test_english_words_and_chinese_quotes(drawn: Drawn) -> None:
    words = html(open_page("site", **ASKED, lang="en"))
    assert "Prohibited" in words
    assert "「重点区域严禁新增钢铁" in words
    assert "禁止</span>" not in words


def test_the_verdict_can_be_taken_away_as_json(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    taken: dict[str, Callable[[], str]] = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, name, *rest, **more: taken.update({name: data}))
    open_page("site", **ASKED)
    answer = json.loads(taken["regionmap-130600-steel-2019-06-01.json"]())
    assert answer["format"] == "regionmap.check/1"
    assert answer["verdict"] == "prohibited"


def test_before_a_place_is_named_examples_are_offered(drawn: Drawn) -> None:
    test = open_page("site")
    test.button(key="example-130600").click().run()
    assert test.query_params["place"] == "130600"
    assert "data-verdict" in html(test)


def test_rules_that_disagree_stand_side_by_side_and_nothing_is_decided(drawn: Drawn) -> None:
    asked = {"place": "360700", "industry": "textile", "action": "new", "date": "2026-11-21"}
    words = html(open_line(open_page("site", **asked), "conflicts"))
    assert "不在其间作出裁断" in words
    against, favour = words.split('<div class="rm-pair"><div>')[1].split("</div><div>", 1)
    assert "rm-chip restricted" in against
    assert "rm-chip encouraged" in favour
    assert "效力层级：部委" in against


@pytest.mark.parametrize(
    ("lon", "lat"), [("115°28′14″", "38°52′30″"), ("115.470556, 38.875", ""), ("E115.470556", "北纬38°52′30″")]
)
def test_coordinates_are_taken_as_people_write_them(lon, lat):
    test = open_page("site", date="2019-06-01", industry="steel", lon="115", lat="39", lang="zh")
    test.text_input(key="w-lat").set_value(lat)
    test.text_input(key="w-lon").set_value(lon).run()
    assert not test.exception
    assert "竞秀区" in html(test)

"""What the search box offers, and what the errors of a page say, without a browser."""

from __future__ import annotations

import datetime as dt
import json

import pytest

import regionmap
from regionmap.errors import InputError
from regionmap.limits import LONGEST_NAME
from regionmap.web import service
from regionmap.web.parts import error_words
from regionmap.web.parts.suggestions import Kind, Suggestion, suggestions
from tests.web.harness import Drawn, open_page

RM = regionmap.load()
LABELS = service.industry_labels()


def offered(text: str, language: str = "zh") -> tuple[Suggestion, ...]:
    return suggestions(RM, LABELS, text, language)


@pytest.mark.parametrize(
    ("typed", "on", "code"),
    [
        ("莱芜市", "2018-06-01", "371200"),
        ("巢湖市", "2011-01-10", "341400"),
        ("巢湖", "2011-01-10", "341400"),
        ("巢湖", "2012-01-10", "340181"),
        ("莱芜", "2024-01-01", "370116"),
    ],
)
def test_a_prefecture_of_the_date_stands_first(typed: str, on: str, code: str) -> None:
    found = suggestions(RM, LABELS, typed, "zh", dt.date.fromisoformat(on))
    assert (found[0].kind, found[0].value) == (Kind.PLACE, code)


@pytest.mark.parametrize("typed", ["保定", "保定市", "Baoding", "baoding", "130600"])
def test_a_place_is_found_in_both_languages_in_pinyin_and_by_code(typed: str) -> None:
    first = offered(typed)[0]
    assert (first.kind, first.value) == (Kind.PLACE, "130600")
    assert first.head == "保定市"
    assert offered(typed, "en")[0].head == "Baoding"


def test_places_are_suggested_while_a_name_is_typed() -> None:
    assert {"130700", "430800"} <= {one.value for one in offered("zhangj")}
    assert "110105" in {one.value for one in offered("朝阳")}


@pytest.mark.parametrize(
    "pasted", ["115.46, 38.87", "115.46 38.87", "38.87,115.46", "(38.87, 115.46)", "115.46，38.87", "115.46E 38.87N"]
)
def test_coordinates_are_taken_as_people_paste_them(pasted: str) -> None:
    (one,) = offered(pasted)
    assert (one.kind, one.value) == (Kind.POINT, "115.46000,38.87000")


@pytest.mark.parametrize(("typed", "industry"), [("水泥", "cement"), ("cement", "cement"), ("3110", "steel")])
def test_an_industry_is_found_by_name_and_code(typed: str, industry: str) -> None:
    assert industry in {one.value for one in offered(typed) if one.kind is Kind.INDUSTRY}


def test_nothing_is_offered_for_nothing() -> None:
    assert offered("  ") == ()
    assert offered("qqqqxyz") == ()


@pytest.mark.parametrize(("language", "said"), [("zh", "没有这么长的名称"), ("en", "No name is so long")])
def test_a_text_that_is_longer_than_any_name_is_told_so(drawn: Drawn, language: str, said: str) -> None:
    assert offered("保" * LONGEST_NAME) == offered("保" * (LONGEST_NAME + 1)) == ()

    def box(typed: str) -> dict[str, object]:
        page = open_page("about", lang=language)
        page.session_state["regionmap-search-typed"] = typed
        found = [one.proto for one in page.run().get("bidi_component")]
        (one,) = [json.loads(one.json) for one in found if one.component_name == "regionmap.search"]
        return dict(one)

    assert said in str(box("x" * (LONGEST_NAME + 1))["said"])
    assert str(LONGEST_NAME) in str(box("x" * (LONGEST_NAME + 1))["said"])
    assert said not in str(box("x" * LONGEST_NAME)["said"])


def test_the_box_stands_on_every_page(drawn: Drawn) -> None:
    for page in ("map", "site", "batch", "transfer", "rules", "history", "documents", "about"):
        found = [one.proto for one in open_page(page).get("bidi_component")]
        boxes = [json.loads(one.json) for one in found if one.component_name == "regionmap.search"]
        assert [one["label"] for one in boxes] == ["搜索地点、坐标或行业"]


@pytest.mark.parametrize(
    ("ask", "typed", "zh", "en"),
    [
        (
            lambda: RM.check("朝阳区", industry="steel"),
            "朝阳区",
            "朝阳区（北京市）110105",
            "Chaoyang District (Beijing) 110105",
        ),
        (
            lambda: RM.check("保丁市", industry="steel"),
            "保丁市",
            "没有名为“保丁市”的地方",
            "No place is called '保丁市'",
        ),
        (lambda: RM.check("保定", industry="铁钢"), "铁钢", "没有名为“铁钢”的行业", "No industry is called '铁钢'"),
        (lambda: RM.check(lon=38.87, lat=115.46, industry="steel"), "", "填反", "swapped"),
        (lambda: RM.check(lon=2.35, lat=48.85, industry="steel"), "", "不在中国", "no county of China"),
    ],
)
def test_errors_are_in_both_languages_and_speak_of_no_option(ask: object, typed: str, zh: str, en: str) -> None:
    with pytest.raises(InputError) as raised:
        ask()  # type: ignore[operator]
    said = error_words.said(raised.value, RM, asked=typed)
    assert zh in said.zh
    assert en in said.en
    assert "--" not in said.zh + said.en


@pytest.mark.parametrize(
    ("text", "code"),
    [("襄樊市", "420600"), ("莱芜市", "370116"), ("廣東", "440000"), ("苏州工业园区", "320500"), ("宣武区", "110102")],
)
def test_names_of_the_past_parks_and_traditional_characters_are_offered(text, code):
    found = suggestions(service.loaded(), {}, text, "zh")
    assert any(code in (one.value, one.more.split(" · ")[-1]) for one in found if one.kind is Kind.PLACE)


@pytest.mark.parametrize("text", ["苏州工业园区", "襄樊"])
def test_what_is_no_unit_of_today_goes_to_the_page_by_its_name(text: str) -> None:
    (found,) = offered(text)
    assert (found.value, found.head) == (text, text)
    assert open_page("site", place=found.value, industry="steel", date="2022-06-01").error == []


def test_a_region_offers_its_places() -> None:
    assert [one.value for one in offered("京津冀")][:3] == ["110000", "120000", "130100"]
    assert {one.kind for one in offered("steel")} == {Kind.INDUSTRY}  # which begins the id of a region too


def test_a_place_and_an_industry_in_one_line_are_offered_both() -> None:
    assert [one.value for one in offered("保定 钢铁")][:2] == ["130600", "steel"]

"""Brief answers: how many lines, what stands first, and that nothing is broken at any width."""

from __future__ import annotations

import dataclasses
import io
import re
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from regionmap.model import Ruling
from regionmap.output.brief.check import check_line, check_lines
from regionmap.output.brief.history import history_lines
from regionmap.output.brief.lookup import lookup_lines
from regionmap.output.brief.transfer import transfer_lines
from regionmap.output.report.content import report_of
from regionmap.output.tables.printer import Printer
from regionmap.output.tables.terminal import Form
from regionmap.words import ruling_words
from regionmap.wrapping import NARROWEST, clip, fit, wrap

PLACES = ("保定市", "南昌市", "常熟市", "张家口", "北京", "乌海", "郑州", "杭州", "拉萨", "香港", "青岛", "深圳")
INDUSTRIES = ("钢铁", "水泥", "纺织", "数据中心", "焦化", "电解铝", "造纸", "化工", "餐饮", "3110", "汽车")
DAYS = ("2019-06-01", "2022-06-01", "2026-11-27", "2024-03-01", "2012-01-01")
QUESTIONS = [
    (place, INDUSTRIES[(row + 3 * column) % len(INDUSTRIES)], day)
    for row, place in enumerate(PLACES)
    for column, day in enumerate(DAYS)
]


@pytest.fixture(scope="module")
def verdicts(rm):
    return [rm.check(place, industry=industry, on=day) for place, industry, day in QUESTIONS]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sixty_verdicts_are_read_at_a_glance(rm, verdicts, language):
    answers = [check_lines(one, rm, language, 80) for one in verdicts]
    counts = [len(one) for one in answers]
    assert len(counts) == 60
    assert statistics.median(counts) <= 25
    assert max(counts) <= 40
    for verdict, lines in zip(verdicts, answers, strict=True):
        assert lines[0].text.startswith(ruling_words(verdict.ruling, verdict.extent)[language])
        if verdict.deciding:
            first = "\n".join(line.text for line in lines[:6])
            assert any((one.source.number or one.source.title.zh)[:6] in first for one in verdict.deciding)
        assert any(one.provision.quote[:8] in "".join(line.text for line in lines) for one in verdict.deciding) or (
            not verdict.deciding
        )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_document_that_decides_stands_before_a_long_list_of_units(rm, language):
    verdict = rm.check("苏州工业园区", industry="数据中心", on="2022-06-01")
    lines = [line.text for line in check_lines(verdict, rm, language, 80)]
    assert "发改高技〔2021〕1742号" in "\n".join(lines[:6])
    units = [one.name_en if language == "en" else one.name for one in verdict.part_units]
    assert len(units) > 5
    said = re.sub(r"\s+", " " if language == "en" else "", "\n".join(lines))
    assert all(one in said for one in units)
    assert len(lines) <= 40


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(rm, verdicts, language, width):
    for verdict in verdicts[::6]:
        for line in check_lines(verdict, rm, language, width):
            assert cell_len(line.text) <= width, line.text


def test_the_deciding_rule_is_that_of_the_place(rm):
    lines = [one.text for one in check_lines(rm.check("保定市", industry="钢铁", on="2019-06-01"), rm, "zh", 80)]
    assert lines[0] == "禁止 · 河北省保定市（130600） · 钢铁 · 新建 · 2019-06-01"
    assert lines[2] == "决定：禁止 · 工信部节〔2018〕136号 二（二）"
    assert lines[3] == "  「重点区域严禁新增钢铁、水泥、平板玻璃、焦化、电解铝、铸造等产能」"


def test_a_place_without_rules_is_never_told_to_be_free(rm):
    verdict = rm.check("香港", industry="水泥", on="2022-06-01")
    assert verdict.ruling is Ruling.NO_RULE
    said = "\n".join(one.text for one in check_lines(verdict, rm, "en", 80))
    assert "does not mean" in said
    assert "documents do not address Hong Kong" in said


def test_one_line_holds_word_question_and_document(rm):
    verdict = rm.check("保定市", industry="steel", on="2019-06-01")
    assert check_line(verdict, rm, "en") == (
        "Prohibited · Baoding, Hebei (130600) · Steel · New plant · 2019-06-01 · 工信部节〔2018〕136号 二（二）"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("day", ["2005-06-01", "2019-06-01", "2024-03-01", "2026-11-27"])
@pytest.mark.parametrize(
    "place", ["保定市", "郑州市", "香港", "三沙市", "新疆", "宝鸡市", "南京市", "重庆市", "榆林市"]
)
def test_a_look_up_fits_on_a_page(rm, place, day, language):
    answer = rm.lookup(place, on=day)
    lines = lookup_lines(answer, rm, language, 80)
    assert len(lines) <= 31
    assert all(cell_len(one.text) <= 80 for one in lines)
    assert answer.place.code in lines[0].text


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ({"place": "保定市", "on": "2019-06-01"}, "regionmap check 130600 --date 2019-06-01 --industry …"),
        ({"place": "保定市"}, "regionmap check 130600 --industry …"),
        (
            {"lon": 115.47, "lat": 38.87, "datum": "gcj02", "on": "2019-06-01"},
            "regionmap check --lon 115.47 --lat 38.87 --datum gcj02 --date 2019-06-01 --industry …",
        ),
        ({"lon": 115.47, "lat": 38.87, "on": "2019-06-01"}, "check --lon 115.47 --lat 38.87 --date 2019-06-01"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_hint_of_a_look_up_asks_what_was_asked(rm, asked, hint, language):
    lines = [one.text for one in lookup_lines(rm.lookup(**asked), rm, language, 80)]
    assert hint in " ".join(one.strip() for one in lines)
    assert len(lines) <= 30


def test_before_the_first_list_no_list_is_said_to_be_in_use(rm):
    first = min(one.in_force_from for region in rm.regions() for one in region.definitions).isoformat()
    early = rm.lookup("保定市", on="2005-06-01")
    words = {
        "zh": f"2005-06-01 还没有已收录的重点区域名单在使用：最早的一份自 {first} 起。",
        "en": f"No loaded list of a key region was in use on 2005-06-01: the first is from {first}.",
    }
    for language, said in words.items():
        brief = " ".join(one.text.strip() for one in lookup_lines(early, rm, language, 200))
        assert said in brief
        assert "lists in use on this date" not in brief
    later = " ".join(one.text for one in lookup_lines(rm.lookup("三沙市", on="2010-06-01"), rm, "en", 200))
    assert "was in use on 2010-06-01" in later


@pytest.mark.parametrize("place", ["台北", "香港", "澳门"])
@pytest.mark.parametrize(
    ("language", "unknown", "not_free"),
    [
        ("zh", "文件不涉及", "这并不表示允许"),
        ("en", "documents do not address", "does not mean that it is allowed"),
    ],
)
def test_a_place_that_no_document_addresses_is_told_so_at_once(rm, place, language, unknown, not_free):
    verdict = rm.check(place, industry="纺织", on="2023-01-01")
    assert unknown in check_line(verdict, rm, language)
    lines = [one.text for one in check_lines(verdict, rm, language, 80)]
    head = "".join(lines[1:4]).replace("  ", "" if language == "zh" else " ")
    assert unknown in head
    assert not_free in head
    assert sum(unknown in one for one in lines) == 1
    # That the documents do not address the place is all that is said of them: once, in any form.
    file = io.StringIO()
    Printer(language, Console(file=file, width=200), Form.PLAIN).verdict(verdict, rm)
    unbroken = "\n".join(one.text for one in check_lines(verdict, rm, language, 400))
    for text in (unbroken, check_line(verdict, rm, language), file.getvalue()):
        assert text.count(unknown) == 1
        assert text.count(not_free) == 1
        assert {"zh": "对此没有规定", "en": "say nothing on this"}[language] not in text
    report = report_of(verdict, rm, language)
    assert sum(unknown in one for one in (*report.meanings, *report.caveats)) == 1
    looked_up = [one.text for one in lookup_lines(rm.lookup(place, on="2023-01-01"), rm, language, 80)]
    assert unknown in looked_up[1]
    moved = transfer_lines(rm.transfer(place, industry="纺织", on="2023-01-01"), rm, language, 80)
    assert unknown in moved[1].text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_rule_on_one_line_says_that_it_is_no_leave(rm, language):
    line = check_line(rm.check("保定市", industry="餐饮", on="2005-01-01"), rm, language)
    assert {"zh": "这并不表示允许", "en": "does not mean that it is allowed"}[language] in line


@pytest.mark.parametrize("width", [80, 200])
def test_names_of_a_look_up_are_cut_only_where_there_is_no_room(rm, width):
    answer = rm.lookup("宝鸡市", on="2024-03-01")
    lines = [one.text for one in lookup_lines(answer, rm, "en", width)]
    cut = [one for one in lines[: lines.index("By nationwide rules alone")] if one.endswith("…")]
    assert cut == [] if width == 200 else len(lines) in {29, 30}


def test_a_look_up_counts_every_industry_once(rm):
    answer = rm.lookup("保定市", on="2019-06-01")
    lines = [one for one in lookup_lines(answer, rm, "zh", 400) if one.style in list(Ruling)]
    counted = sum(int(one.text.split("（", 1)[1].split("）", 1)[0]) for one in lines)
    named = [one for one in answer.industries if one.industry is not None and one.ruling is not Ruling.NO_RULE]
    assert counted == len(named)


@pytest.mark.parametrize(("top", "shown"), [(3, 3), (10, 10), (500, 31)])
def test_destinations_come_ten_a_page_or_as_many_as_asked(rm, top, shown):
    answer = rm.transfer("上海", industry="纺织", on="2022-06-01")
    lines = [one.text for one in transfer_lines(answer, rm, "en", 80, top)]
    numbered = [one for one in lines if re.match(r" *\d+ .+ · .+ · ", one)]
    assert len(numbered) == min(shown, len(answer.destinations))
    assert any("--top" in one for one in lines) == (top < len(answer.destinations))


def test_history_names_who_joined_left_and_moved(rm):
    change = rm.history("air-key-regions", "2019-06-01", "2024-03-01")
    said = "\n".join(one.text for one in history_lines(change, rm, "zh", 80))
    for words in ("12 个地级单位", "济源市", "退出：10 个地级单位", "洛阳市、三门峡市"):
        assert words in said


def test_history_before_every_list_does_not_say_that_nobody_joined(rm):
    change = rm.history("air-key-regions", "2010-01-01", "2012-01-01")
    said = "\n".join(one.text for one in history_lines(change, rm, "en", 80))
    assert "no list was in use" in said
    assert "Nobody" not in said
    assert "Stayed" not in said


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.sampled_from("工信部节〔2018〕136号，。（）「」 abc-123、钢铁é\n\t"), max_size=120),
    st.integers(0, 90),
)
def test_wrapping_loses_nothing_and_fits(text, width):
    lines = wrap(text, width, "  ")
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= max(width, NARROWEST) for line in lines)
    assert cell_len(fit(text, width)) <= max(width, NARROWEST)


@pytest.mark.parametrize("width", range(28, 60))
def test_the_number_of_a_document_is_never_broken(width):
    text = "依据工信部节〔2018〕136号和国发〔2023〕24号的规定，不得新增钢铁产能"
    lines = wrap(text, width)
    for number in ("工信部节〔2018〕136号", "国发〔2023〕24号"):
        assert any(number in line for line in lines)
    assert not any(line.lstrip()[:1] in "，。）」" for line in lines[1:])


@pytest.mark.parametrize("width", range(NARROWEST, 60))
def test_a_line_never_begins_with_the_blank_where_it_was_broken(width):
    text = "coking, primary aluminium, foundry and the like · Prohibited · Baoding, Hebei (130600) · New plant"
    first, *more = wrap(text, width, "", "  ")
    assert not first.startswith(" ")
    assert more
    assert all(one.startswith("  ") and not one.startswith("   ") for one in more)


@pytest.mark.parametrize("width", [30, 40, 60, 80])
@pytest.mark.parametrize(
    "text",
    [
        "厂址是否位于：崩塌、滑坡危险区和泥石流易发区？项目是否属于“可能造成水土流失的项目”？原文没有定义。",
        "Does the project belong to “Projects that use coal”? The text does not define it.",
        "园区、新区（2）：河北雄安新区、「保定高新技术产业开发区」",
        "依据国家发展改革委印发的《低碳城市试点》的名单",
    ],
)
def test_a_name_in_quotes_stays_on_one_line(text, width):
    lines = wrap(text, width, "  ? ")
    name = re.search("[“「《].+?[”」》]", text)[0]
    assert any(name in line for line in lines)
    assert all(cell_len(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == "?" + re.sub(r"\s", "", text)


def test_a_quote_without_room_on_one_line_is_broken_like_other_words():
    quote = "「重点区域严禁新增钢铁、水泥、平板玻璃、焦化、电解铝、铸造等产能；新建“用煤项目”须减量替代」"
    lines = wrap(quote, 40, "  ")
    assert all(cell_len(line) >= 32 for line in lines[:-1])
    assert any("“用煤项目”" in line for line in lines)


@pytest.mark.parametrize(("width", "lines"), [(40, 2), (60, 2), (80, 1), (200, 1)])
def test_what_is_cut_says_so_and_is_cut_between_words(width, lines):
    text = "Known at second hand, text not seen, of these documents: "
    text += "国发〔2018〕22号 正文, 工信部原〔2017〕337号 正文, 国发〔2016〕72号 正文"
    told = clip(text, width, "! ")
    assert len(told) == lines
    assert told[-1].endswith("…") is (width < 200)
    words = " ".join(one.strip() for one in told).removeprefix("! ").rstrip("…")
    assert text.startswith(words)
    assert text[len(words) : len(words) + 1] in {"", " "}
    assert clip(text, width, room=3) == wrap(text, width)


def test_two_caveats_that_begin_alike_are_told_once(rm):
    verdict = rm.check("莱芜", industry="钢铁", on="2018-10-01")
    told = [one.text for one in check_lines(verdict, rm, "zh", 40) if one.text.startswith("!")]
    assert sum("371200" in one for one in told) == 1


@pytest.mark.parametrize(("language", "near"), [("zh", "不到 1 米"), ("en", "less than 1 m to ")])
def test_a_place_with_other_rules_is_never_no_metres_away(rm, language, near):
    point = rm.check(lon=115.46, lat=38.87, industry="钢铁", on="2019-06-01")
    assert point.point.beyond is not None
    verdict = dataclasses.replace(point, point=dataclasses.replace(point.point, boundary_m=0.2))
    told = "\n".join(one.text for one in check_lines(verdict, rm, language, 80))
    assert near in told
    assert re.search(r"\b0 (m|米)", told) is None


def test_what_a_place_is_to_give_up_does_not_stand_among_what_it_is_guided_to_take(rm):
    """The catalogue of 2018: 河北 takes no more 炼铁、炼钢."""
    lines = [one.text for one in lookup_lines(rm.lookup("保定市", on="2019-06-01"), rm, "zh", 2_000)]
    taken = next(line for line in lines if line.startswith("引导承接"))
    other = lines.index(next(line for line in lines if line.startswith("引导调整或不再承接")))
    assert "钢铁" not in taken
    assert "钢铁" in lines[other]
    assert "炼铁、炼钢" in lines[other + 1]
    found = rm.destinations("保定市", on="2019-06-01")
    assert {one.row.direction for one in found if one.row is not None and not one.takes_in} == {"give_up"}

"""Verdicts, held against the words of the documents by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from regionmap.errors import InputError
from regionmap.model import Effect, Ruling, Status
from regionmap.output.json.answers import verdict_json
from regionmap.rules.matching.validity import status
from regionmap.rules.verdict.answers import CaveatKind, Verdict


def deciding(verdict: Verdict) -> set[tuple[str, str]]:
    return {(str(one.provision.effect), one.provision.id) for one in verdict.findings if one.decides}


def effects(verdict: Verdict) -> set[Effect]:
    return {one.provision.effect for one in verdict.findings if one.decides}


def kinds(verdict: Verdict) -> list[CaveatKind]:
    return [one.kind for one in verdict.caveats]


@pytest.mark.parametrize("place", ["保定", "保定市", "河北省保定市", "Baoding", "130600"])
@pytest.mark.parametrize("industry", ["钢铁", "steel", "3110", "3120", "C3120", "炼铁"])
def test_steel_in_baoding_is_banned_by_136(rm, place, industry):
    verdict = rm.check(place, industry=industry, on="2019-06-01")
    assert verdict.ruling is Ruling.PROHIBITED
    first = verdict.findings[0]
    assert (first.source.number, first.provision.item) == ("工信部节〔2018〕136号", "二（二）")
    assert first.provision.quote == "重点区域严禁新增钢铁、水泥、平板玻璃、焦化、电解铝、铸造等产能"
    assert first.region == "jing-jin-ji-surroundings"
    assert verdict.subject.id == "steel"


@pytest.mark.parametrize(
    ("datum", "lon", "lat"),
    [
        ("wgs84", 115.4644, 38.8740),
        ("cgcs2000", 115.4644, 38.8740),
        ("gcj02", 115.4706, 38.8752),
        ("bd09", 115.4771, 38.8812),
    ],
)
def test_a_point_in_baoding_has_the_same_verdict_in_each_datum(rm, datum, lon, lat):
    verdict = rm.check(lon=lon, lat=lat, datum=datum, industry="钢铁", on="2019-06-01")
    assert verdict.ruling is Ruling.PROHIBITED
    assert rm.gazetteer.prefecture_level(verdict.place.code).code == "130600"
    assert verdict.point is not None
    assert verdict.point.datum == datum
    assert verdict.point.boundary_m > 10_000  # the middle of the city lies far inside the region


def of_136(verdict: Verdict) -> set[tuple[str, str]]:
    return {pair for pair in deciding(verdict) if pair[1].startswith("miit-2018-136/")}


def test_zhangjiakou_lies_outside_the_key_region_but_under_the_cap_and_replacement(rm):
    verdict = rm.check("张家口", industry="钢铁", on="2019-06-01")
    assert verdict.ruling is Ruling.RESTRICTED
    assert of_136(verdict) == {("cap", "miit-2018-136/2-2f"), ("replace", "miit-2018-136/2-2b")}
    fell = {one.provision.id: one for one in verdict.fell_away}
    assert "等" in fell["miit-2018-136/2-2a"].because.place.zh


def test_jiyuan_is_not_named_by_two_lists_that_end_in_deng(rm):
    verdict = rm.check("济源", industry="电解铝", on="2019-06-01")
    assert verdict.ruling is Ruling.RESTRICTED
    assert of_136(verdict) == {("replace", "miit-2018-136/2-2b")}
    open_lists = [one.text.zh for one in verdict.caveats if one.kind is CaveatKind.OPEN_LIST]
    assert len(open_lists) == 2
    assert "京津冀及周边地区" in open_lists[0]
    assert "汾渭平原" in open_lists[1]


def test_nanchang_cement_is_restricted_by_replacement_only(rm):
    verdict = rm.check("南昌", industry="水泥", on="2019-06-01")
    assert verdict.ruling is Ruling.RESTRICTED
    assert of_136(verdict) == {("replace", "miit-2018-136/2-2b")}
    assert Effect.PROHIBIT not in effects(verdict)
    regions = {one.region.id for one in rm.lookup("南昌", on="2019-06-01").regions}
    assert "yangtze-belt" in regions
    assert "air-key-regions" not in regions


def test_a_rule_does_not_bind_before_its_first_day(rm):
    verdict = rm.check("保定", industry="钢铁", on="2018-07-22")
    assert all(one.source.id != "miit-2018-136" for one in verdict.findings)
    found = {one.provision.id: one.status for one in verdict.not_in_force}
    assert found["miit-2018-136/2-2a"] is Status.NOT_YET
    assert rm.check("保定", industry="钢铁", on="2018-07-23").ruling is Ruling.PROHIBITED


def test_after_the_horizon_the_ban_is_not_in_force_and_the_verdict_rests_on_the_rest(rm):
    verdict = rm.check("保定", industry="钢铁", on="2021-06-01")
    found = {one.provision.id: one.status for one in verdict.not_in_force}
    assert found["miit-2018-136/2-2a"] is Status.HORIZON_PASSED
    assert all(one.source.id != "miit-2018-136" for one in verdict.findings)
    assert rm.check("保定", industry="钢铁", on="2020-12-31").ruling is Ruling.PROHIBITED  # the horizon is inclusive


def test_a_lapsed_ban_stands_at_the_head_of_the_answer(rm):
    verdict = rm.check("保定", industry="焦化", on="2021-06-01")
    assert verdict.ruling is not Ruling.PROHIBITED
    assert verdict.caveats[0].kind is CaveatKind.LAPSED_STRICTER
    assert "miit-2018-136/2-2a" in verdict.caveats[0].provisions


def test_unclear_only_where_nothing_in_force_restricts(rm):
    assert rm.check("保定", industry="陶瓷", on="2021-03-01").ruling is Ruling.UNCLEAR  # 136号 staggers 建材 to 2020
    # primary aluminium needs capacity retired elsewhere since 工信部原〔2018〕12号, which prints no goal
    assert rm.check("保定", industry="电解铝", on="2021-03-01").ruling is Ruling.RESTRICTED
    # 工信厅联装〔2019〕44号 is a notice that prints no goal: it did not lapse with the plan that it carries out
    assert rm.check("保定", industry="铸造", on="2021-06-01").ruling is Ruling.PROHIBITED
    assert rm.check("保定", industry="钢铁", on="2022-06-01").ruling is Ruling.PROHIBITED  # 工信部原〔2021〕46号


def test_rebuilding_against_retired_capacity_is_not_added_capacity(rm):
    verdict = rm.check("保定", industry="钢铁", action="replace", on="2019-06-01")
    assert verdict.ruling is Ruling.RESTRICTED
    assert Effect.REPLACE in effects(verdict)
    assert Effect.PROHIBIT not in effects(verdict)


@pytest.mark.parametrize("action", ["new", "expand", "move_in"])
def test_added_capacity_is_banned_however_it_comes(rm, action):
    assert rm.check("保定", industry="水泥", action=action, on="2019-06-01").ruling is Ruling.PROHIBITED


def test_a_larger_place_gets_the_rule_in_part_with_its_units(rm):
    verdict = rm.check("河北省", industry="焦化", on="2019-06-01")
    assert verdict.ruling is Ruling.PROHIBITED
    ban = next(one for one in verdict.findings if one.provision.id == "miit-2018-136/2-2a")
    names = {unit.name for unit in ban.part}
    assert {"石家庄市", "保定市"} <= names
    assert "张家口市" not in names
    assert CaveatKind.IN_PART in kinds(verdict)


def test_a_county_takes_the_rule_of_its_prefecture_and_yangling_of_its_zone(rm):
    assert rm.check("莲池区", industry="钢铁", on="2019-06-01").ruling is Ruling.PROHIBITED
    assert rm.check("雄县", industry="钢铁", on="2019-06-01").ruling is Ruling.PROHIBITED
    assert rm.check("杨陵区", industry="铸造", on="2019-06-01").ruling is Ruling.PROHIBITED


def test_a_part_of_an_industry_and_a_whole_of_it(rm):
    glass = rm.check("保定", industry="平板玻璃", on="2019-06-01")
    assert {"miit-2018-136/2-2a", "miit-2018-136/2-4a"} <= {one.provision.id for one in glass.findings}  # glass ⊂ 建材
    building = rm.check("保定", industry="建材", on="2019-06-01")
    assert building.ruling is Ruling.PROHIBITED
    part = next(one.text.zh for one in building.caveats if one.kind is CaveatKind.IN_PART)
    assert "水泥" in part
    assert "平板玻璃" in part


def test_a_class_that_holds_more_than_the_term_carries_a_caveat(rm):
    by_code = rm.check("保定", industry="3216", on="2019-06-01")
    assert by_code.ruling is Ruling.PROHIBITED
    assert CaveatKind.CODE_FIT in kinds(by_code)
    assert CaveatKind.CODE_FIT not in kinds(rm.check("保定", industry="电解铝", on="2019-06-01"))


def test_rolling_is_not_added_steel_capacity_but_staggers_with_it(rm):
    verdict = rm.check("保定", industry="3130", on="2019-06-01")
    assert effects(verdict) == {Effect.STAGGER}
    assert CaveatKind.NEAR_INDUSTRY in kinds(verdict)


def test_two_products_of_one_class_are_not_each_other(rm):
    soda_ash = rm.subject("纯碱")
    caustic_soda = rm.subject("烧碱")
    assert soda_ash.codes == caustic_soda.codes == ("2612",)
    assert soda_ash.id != caustic_soda.id
    assert "soda-ash" not in {name for rule in rm.rules(industry="烧碱") for name in rule.provision.industries}


def test_an_industry_that_no_document_names_still_meets_open_lists(rm):
    verdict = rm.check("保定", industry="5512", on="2019-06-01")
    assert verdict.ruling is Ruling.NO_RULE
    assert CaveatKind.OPEN_INDUSTRIES in kinds(verdict)


def test_nothing_loaded_speaks_for_hong_kong(rm):
    verdict = rm.check("香港", industry="钢铁", on="2019-06-01")
    assert verdict.ruling is Ruling.NO_RULE
    assert not verdict.findings
    assert verdict.caveats[0].kind is CaveatKind.OUT_OF_SCOPE


def test_every_answer_says_what_was_looked_at(rm):
    verdict = rm.check("拉萨", industry="3110", on="2010-01-01")
    assert verdict.ruling is Ruling.NO_RULE
    assert verdict.coverage.levels == ("national",)
    assert "没有收录西藏自治区、拉萨市的地方性法规" in verdict.coverage.statement.zh
    national = [one for one in rm.sources() if one.provisions and one.level == "national"]
    assert verdict.coverage.sources == len(national)


def test_the_coverage_of_a_place_names_its_local_law(rm):
    here = rm.check("济南", industry="钢铁", on="2020-06-01").coverage
    assert here.levels == ("national", "province", "city")
    assert "《济南市大气污染防治条例》" in here.statement.zh
    assert "《山东省大气污染防治条例》" in here.statement.zh
    assert not here.missing
    assert rm.check("370102", industry="钢铁", on="2020-06-01").coverage == here  # a district of it
    elsewhere = rm.check("保定", industry="钢铁", on="2020-06-01").coverage
    assert [one.name for one in elsewhere.missing] == ["河北省", "保定市"]
    assert elsewhere.levels == ("national",)


def test_without_a_date_the_answer_is_for_today_and_says_so(rm):
    verdict = rm.check("保定", industry="钢铁")
    assert verdict.date == dt.date.today()
    assert CaveatKind.DEFAULT_DATE in kinds(verdict)


def test_an_unknown_first_day_is_said(rm):
    verdict = rm.check("保定", industry="钢铁", on="2021-12-20")
    assert CaveatKind.DATE_UNKNOWN in kinds(verdict)
    assert CaveatKind.DATE_UNKNOWN not in kinds(rm.check("保定", industry="钢铁", on="2020-06-01"))


def test_an_encouragement_in_an_undefined_area_never_decides(rm):
    verdict = rm.check("呼和浩特", industry="电解铝", on="2022-06-01")
    assert all(one.provision.effect not in {Effect.GUIDE_IN, Effect.SUPPORT} for one in verdict.deciding)


def test_a_verdict_prints_well(rm):
    text = str(rm.check("保定", industry="钢铁", on="2019-06-01"))
    assert text.splitlines()[0].startswith("禁止")
    assert "工信部节〔2018〕136号 二（二）「重点区域严禁新增" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"place": "吉林", "industry": "钢铁"}, "220000"),
        ({"place": "朝阳", "industry": "钢铁"}, "211300"),
        ({"place": "保定", "industry": "钢鐡厂"}, "no industry"),
        ({"place": "保定", "industry": "9999"}, "no code 9999"),
        ({"place": "保定", "industry": "钢铁", "action": "build"}, "move_in"),
        ({"place": "保定", "industry": "钢铁", "on": "2019-13-01"}, "YYYY-MM-DD"),
        ({"place": "保定", "industry": "钢铁", "on": "2019-W22-6"}, "YYYY-MM-DD"),
        ({"place": None, "industry": "钢铁"}, "no place"),
        ({"place": "保定", "lon": 115.0, "lat": 38.0, "industry": "钢铁"}, "more than one place"),
        ({"place": None, "lon": 115.0, "industry": "钢铁"}, "lat"),
        ({"place": None, "lon": 38.87, "lat": 115.46, "industry": "钢铁"}, "115.46"),
        ({"place": None, "lon": float("nan"), "lat": 38.0, "industry": "钢铁"}, "number"),
        ({"place": None, "lon": 2.35, "lat": 48.85, "industry": "钢铁"}, "China"),
    ],
)
def test_bad_input_says_what_would_be_right(rm, arguments, words):
    with pytest.raises(InputError) as caught:
        rm.check(**arguments)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "industry", "words"),
    [("2520", "coking", "2521"), ("3130", "ferrous-metals", "黑色金属铸造"), ("4120", "4120", "2524")],
)
def test_a_code_of_the_2011_edition_is_understood_with_a_caveat(rm, code, industry, words):
    verdict = rm.check("保定", industry=code, on="2019-06-01")
    (note,) = [one.text.zh for one in verdict.caveats if one.kind is CaveatKind.OLD_CODE]
    assert words in note
    assert industry in {verdict.subject.id, code}
    assert CaveatKind.OLD_CODE not in kinds(rm.check("保定", industry="3110", on="2019-06-01"))


@pytest.mark.parametrize(
    ("place", "industry", "date", "ruling", "by"),
    [
        ("温州", "铸造", "2019-06-01", Ruling.PROHIBITED, "miit-2018-136/2-2a"),
        ("拉萨", "钢铁", "2024-03-01", Ruling.PROHIBITED, "gov-2023-24/4c"),
        ("哈尔滨", "钢铁", "2024-03-01", Ruling.PROHIBITED, "gov-2023-24/4c"),
        ("保定", "水泥", "2025-01-01", Ruling.PROHIBITED, "miit-2024-cement-glass/2a"),
        ("南昌", "水泥", "2025-01-01", Ruling.RESTRICTED, "miit-2024-cement-glass/2c"),
        ("安阳", "焦化", "2024-03-01", Ruling.PROHIBITED, "gov-2023-24/4f"),
        ("济源", "焦化", "2024-03-01", Ruling.PROHIBITED, "gov-2023-24/4f"),
        ("呼和浩特", "钢铁", "2014-01-01", Ruling.PROHIBITED, "mep-2013-104/1a"),
    ],
)
def test_later_and_earlier_law(rm, place, industry, date, ruling, by):
    verdict = rm.check(place, industry=industry, on=date)
    assert verdict.ruling is ruling
    assert by in {one.provision.id for one in verdict.findings}


def test_the_ratio_elsewhere_does_not_reach_the_key_regions(rm):
    inside = {one.provision.id for one in rm.check("保定", industry="水泥", on="2025-01-01").findings}
    outside = {one.provision.id for one in rm.check("南昌", industry="水泥", on="2025-01-01").findings}
    assert {"miit-2024-cement-glass/2a", "miit-2024-cement-glass/2c"} & inside == {"miit-2024-cement-glass/2a"}
    assert {"miit-2024-cement-glass/2a", "miit-2024-cement-glass/2c"} & outside == {"miit-2024-cement-glass/2c"}
    henan = next(
        one for one in rm.check("河南省", industry="水泥", on="2025-01-01").findings
        if one.provision.id == "miit-2024-cement-glass/2c"
    )  # fmt: skip
    names = {unit.name for unit in henan.part}
    assert "信阳市" in names
    assert "郑州市" not in names


def test_wenzhou_left_the_key_regions_in_2023(rm):
    assert "air-key-regions" in {one.region.id for one in rm.lookup("温州", on="2019-06-01").regions}
    assert "air-key-regions" not in {one.region.id for one in rm.lookup("温州", on="2024-03-01").regions}
    coke = rm.check("温州", industry="焦化", on="2024-03-01")
    assert "gov-2023-24/4f" not in {one.provision.id for one in coke.findings}


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [("太原", "jing-jin-ji-surroundings", "fenwei-plain"), ("洛阳", "fenwei-plain", "jing-jin-ji-surroundings")],
)
def test_cities_that_moved_between_the_regions(rm, place, before, after):
    assert before in {one.region.id for one in rm.lookup(place, on="2019-06-01").regions}
    later = {one.region.id for one in rm.lookup(place, on="2024-03-01").regions}
    assert after in later
    assert before not in later


def test_today_the_list_of_2023_is_said_to_be_the_last_one_known(rm):
    for found in (
        rm.check("保定", industry="水泥", on="2026-11-21").caveats,
        rm.lookup("保定", on="2026-11-21").caveats,
    ):
        (text,) = [one.text.zh for one in found if one.kind is CaveatKind.HORIZON and "国发〔2023〕24号" in one.text.zh]
        assert "2025-12-31" in text
    assert CaveatKind.HORIZON not in kinds(rm.check("保定", industry="水泥", on="2025-06-01"))


def test_a_conflict_is_a_rule_that_restricts_beside_one_that_encourages(rm):
    verdict = rm.check("130600", industry="steel", on="2019-06-01", action="upgrade")
    others = (rm.check("130600", industry="chemical", on="2022-06-01"), rm.check("360700", industry="textile"))
    for answer in (verdict, *others):
        effects = {one.provision.id: str(one.provision.effect) for one in answer.findings}
        for against, favour in answer.conflicts:
            assert effects[against] in {
                "prohibit", "cap", "replace", "condition", "phase_out", "relocate", "stagger", "guide_out",
            }  # fmt: skip
            assert effects[favour] in {"guide_in", "support", "pilot"}
        encouraging = any(one in {"guide_in", "support", "pilot"} for one in effects.values())
        assert encouraging or not answer.conflicts


def test_a_day_after_the_last_one_of_collection_says_so(rm):
    late = rm.check("130600", industry="steel", on=rm.catalogue.as_of + dt.timedelta(days=1))
    assert [one.kind for one in late.caveats if "collected up to" in one.text.en] == ["as_of"]
    in_time = rm.check("130600", industry="steel", on=rm.catalogue.as_of)
    assert "as_of" not in {one.kind for one in in_time.caveats}


@pytest.mark.parametrize(
    ("place", "industry", "on"),
    [
        ("保定市", "钢铁", "2019-06-01"),
        ("河北省", "化工", "2026-06-01"),
        ("赣州", "纺织", "2012-01-01"),
        ("香港", "钢铁", "2024-01-01"),
    ],
)
def test_the_counts_of_what_was_checked_are_those_that_docs_api_tells(rm, place, industry, on):
    answer = rm.check(place, industry=industry, on=on)
    checked = verdict_json(answer, rm)["checked"]
    speak = [one for one in rm.sources() if one.level == "national" or one.id in answer.coverage.local]
    lists = sum(len(one.provisions) for one in rm.catalogue.lists.values())
    assert checked["provisions"] == sum(len(one.provisions) for one in speak) + lists
    listed = (answer.findings, answer.depends_on_site, answer.not_in_force, answer.fell_away)
    told = sum(map(len, listed)) + checked["general"] + sum(checked["fell_on"].values())
    day = dt.date.fromisoformat(on)
    duties = [one for one in rm.catalogue.provisions if one.effect is Effect.DUTY]
    not_in_force = sum(status(one, day, rm.catalogue) is not Status.IN_FORCE for one in duties)
    assert 0 <= len(rm.catalogue.provisions) - told <= not_in_force
    assert told > checked["provisions"]
    if place == "香港":
        assert sum(checked["fell_on"].values()) == len(rm.catalogue.provisions)

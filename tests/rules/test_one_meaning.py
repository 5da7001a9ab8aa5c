"""A name, a list, a look-up and a check say the same thing about a place: the questions that once contradicted."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from regionmap.model import Effect, Extent, Ruling, Scope, Status, UnclearBecause
from regionmap.rules.matching.finding import IndustryFit
from regionmap.rules.verdict.ruling import RANK

MILDER = [Ruling.ENCOURAGED, Ruling.NO_RULE]


def deciding(verdict) -> set[str]:
    return {one.provision.id for one in verdict.deciding}


@pytest.mark.parametrize(
    ("place", "name", "part", "on"),
    [
        ("宜昌", "磷化工", "化工", "2022-06-01"),
        ("鄂尔多斯", "火电", "煤电", "2022-06-01"),
        ("苏州", "生物医药", "制药", "2021-06-01"),
    ],
)
def test_a_name_is_not_milder_than_what_it_belongs_to_or_holds(rm, place, name, part, on):
    asked, held = (rm.check(place, industry=one, on=on) for one in (name, part))
    assert asked.ruling not in MILDER
    assert RANK[asked.ruling] <= RANK[held.ruling]


@pytest.mark.parametrize("industry", ["风电", "光伏发电"])
def test_a_rule_on_small_hydropower_does_not_reach_wind_and_sun(rm, industry):
    verdict = rm.check("玉树", industry=industry, on="2024-06-01")
    assert verdict.ruling in MILDER
    assert "npc-2023-qinghai-tibet/45-2a" not in deciding(verdict)
    assert rm.check("玉树", industry="小水电", on="2024-06-01").ruling is Ruling.PROHIBITED


@pytest.mark.parametrize("place", ["张家口", "庆阳", "中卫"])
def test_a_hub_is_not_the_rest_of_the_country(rm, place):
    """全国一体化算力网络: the city that a hub's cluster is named after is on the list; what lies in it is not known."""
    verdict = rm.check(place, industry="数据中心", on="2023-06-01")
    assert any(one.startswith("computing-hubs/") for one in deciding(verdict))
    every = {one.provision.id for one in (*verdict.findings, *verdict.depends_on_site)}
    assert "ndrc-2021-1742/layout-a" not in every
    assert (verdict.ruling, verdict.extent) == (Ruling.ENCOURAGED, Extent.PART)


def test_outside_the_hubs_the_rule_for_the_rest_holds_and_no_hub_is_cited(rm):
    verdict = rm.check("深圳", industry="数据中心", on="2023-06-01")
    assert deciding(verdict) == {"ndrc-2021-1742/layout-a"}
    assert not any(one.provision.source == "computing-hubs" for one in verdict.findings)


def test_a_county_inside_the_city_of_a_hub_depends_on_the_site(rm):
    verdict = rm.check("怀来县", industry="数据中心", on="2023-06-01")
    assert (verdict.ruling, verdict.unclear_because) == (Ruling.UNCLEAR, UnclearBecause.UNDEFINED_AREA)
    (asked,) = [one for one in verdict.depends_on_site if one.provision.id == "ndrc-2021-1742/layout-a"]
    assert "张家口集群" in asked.ask.zh


def test_lists_and_readings_reach_a_check(rm):
    hengyang = rm.check("衡阳", industry="纺织", on="2022-06-01")
    assert hengyang.ruling is Ruling.ENCOURAGED
    assert "transfer-zone-xiangnan-xiangxi/1" in deciding(hengyang)
    ganzhou = rm.check("赣州", industry="纺织", on="2022-06-01")
    (finding,) = ganzhou.deciding
    assert (ganzhou.ruling, finding.source.number, finding.provision.item) == (
        Ruling.ENCOURAGED,
        "工信部联政法〔2021〕215号",
        "二",
    )
    (labour,) = [one for one in ganzhou.depends_on_site if one.provision.id == "miit-2021-215/2a"]
    assert labour.industry.fit is IndustryFit.READING
    (reading,) = [one for one in ganzhou.caveats if one.kind == "reading" and "miit-2021-215/2a" in one.provisions]
    assert "我们的理解" in reading.text.zh


def test_an_opinion_without_an_end_guides_today(rm):
    garments = rm.check("赣州", industry="服装", on="2026-11-27")
    assert garments.ruling is Ruling.ENCOURAGED
    assert "miit-2021-215/2f" in deciding(garments)
    textile = rm.check("赣州", industry="纺织", on="2026-11-27")
    assert (textile.ruling, textile.extent, textile.local) == (Ruling.RESTRICTED, Extent.PART, Ruling.ENCOURAGED)
    assert all(one.scope is Scope.NATIONAL for one in textile.deciding)
    assert "miit-2021-215/2f" in {one.provision.id for one in textile.findings}
    assert [one.name.zh for one in textile.part_industries] == ["棉、化纤及混纺机织物"]


def test_a_plan_that_is_over_is_not_in_force(rm):
    ban = next(one for one in rm.catalogue.provisions if one.id == "miit-2018-136/2-2a")
    assert ban.horizon == dt.date(2020, 12, 31)
    after = rm.check("保定", industry="平板玻璃", on="2021-06-01").not_in_force
    assert ("miit-2018-136/2-2a", Status.HORIZON_PASSED) in {(one.provision.id, one.status) for one in after}


@pytest.mark.parametrize(
    ("place", "industry", "on", "part"),
    [("河北省", "钢铁", "2019-06-01", "place"), ("保定", "制造业", "2024-06-01", "industry")],
)
def test_a_part_of_the_place_or_of_the_industry_is_said_in_the_headline(rm, place, industry, on, part):
    verdict = rm.check(place, industry=industry, on=on)
    assert (verdict.ruling, verdict.extent) == (Ruling.PROHIBITED, Extent.PART)
    assert str(verdict).startswith("部分禁止")
    named = verdict.part_units if part == "place" else verdict.part_industries
    assert named
    if part == "place":
        assert "保定市" in {one.name for one in named}
        assert "张家口市" not in {one.name for one in named}


def test_what_was_printed_to_end_has_ended(rm):
    verdict = rm.check("石家庄", industry="钢铁", on="2019-06-01")
    (ended,) = [one for one in verdict.not_in_force if one.provision.id == "mep-2017-work-plan/1a"]
    assert ended.status is Status.ENDED
    assert "2018-03-31" in ended.because.date.zh


def test_an_open_term_is_unclear_at_best_and_says_so_first(rm):
    for place in ("深圳", "赣州", "三亚"):
        verdict = rm.check(place, industry="先进制造业", on="2023-06-01")
        assert verdict.ruling not in MILDER
        assert verdict.caveats[0].kind == "open_industry"
    assert rm.check("三亚", industry="特色产业", on="2005-06-01").unclear_because is UnclearBecause.OPEN_INDUSTRY


def test_one_that_names_the_industry_and_a_part_of_the_country_makes_unclear(rm):
    """太湖流域: whether a mill in 苏州 drains into the lake, no list tells."""
    verdict = rm.check("苏州", industry="造纸", on="2023-06-01")
    assert (verdict.ruling, verdict.unclear_because) == (Ruling.UNCLEAR, UnclearBecause.UNDEFINED_AREA)
    assert {"gov-2011-604/28-2a"} <= deciding(verdict)
    assert all(one.ask for one in verdict.depends_on_site)
    assert not any(one.decides for one in verdict.depends_on_site)


def test_what_holds_anywhere_or_for_any_industry_never_makes_unclear(rm):
    verdict = rm.check("三亚", industry="家具", on="2026-11-27")
    assert verdict.depends_on_site
    assert verdict.ruling is Ruling.NO_RULE


def test_a_later_date_and_one_before_all_documents_are_told_first(rm):
    assert rm.check("保定", industry="钢铁", on="2027-06-01").caveats[0].kind == "as_of"
    assert rm.check("保定", industry="钢铁", on="1980-01-01").caveats[0].kind == "before_first"
    assert rm.lookup("保定", on="1980-01-01").caveats[0].kind == "before_first"
    # In 1990 a law of Zhejiang is loaded, and nothing of the nation.
    assert rm.check("佛山", industry="化工", on="1990-06-01").caveats[0].kind == "before_first"
    assert "before_first" not in {one.kind for one in rm.check("保定", industry="钢铁", on="2019-06-01").caveats}


def test_what_was_read_in_part_is_said_of_documents_and_not_of_what_is_missing(rm):
    told = rm.check("佛山", industry="化工", on="2024-06-01").coverage.statement
    assert told.en.index("read only in part") < told.en.index("No local law of Foshan")
    assert told.zh.index("只读过一部分") < told.zh.index("没有收录佛山市")


def test_headings_of_a_look_up_are_what_a_check_says(rm):
    pick = random.Random(10)  # noqa: S311
    units = [one for one in rm.gazetteer.prefecture_level_units() if one.code[:2] not in {"71", "81", "82"}]
    places = pick.sample(units, 34) + [
        rm.gazetteer.unit(code) for code in ("130000", "360000", "130602", "440100", "500000", "419001")
    ]
    for on in ("2013-06-01", "2019-06-01", "2022-06-01", "2026-11-27"):
        for place in places:
            for one in rm.lookup(place.code, on=on).industries:
                if one.industry is not None:
                    verdict = rm.check(place.code, industry=one.industry.id, on=on)
                    assert (one.ruling, one.extent) == (verdict.ruling, verdict.extent), (place.name, one.industry.id)


ORIGINS = [
    "上海", "深圳", "北京", "苏州", "东莞", "杭州", "宁波", "青岛", "广州", "唐山",
    "保定", "天津", "厦门", "温州", "佛山", "无锡", "石家庄", "大连", "济南", "福州",
]  # fmt: skip
MOVING = ["纺织", "造纸", "电解铝", "化工", "数据中心", "家具", "装备制造"]
RESTRICTING = {
    Effect.PROHIBIT, Effect.CAP, Effect.REPLACE, Effect.CONDITION, Effect.PHASE_OUT, Effect.RELOCATE, Effect.STAGGER,
    Effect.GUIDE_OUT,
}  # fmt: skip


@pytest.mark.parametrize("on", ["2019-06-01", "2022-06-01", "2026-11-27"])
def test_a_destination_is_one_in_check_and_what_stands_against_it_decides_there(rm, on):
    for origin in ORIGINS:
        for industry in MOVING:
            for one in rm.transfer(origin, industry=industry, on=on).destinations:
                verdict = rm.check(one.place.code, industry=industry, action="move_in", on=on)
                where = (origin, industry, one.place.name)
                assert rm.check(one.place.code, industry=industry, on=on).ruling is not Ruling.NO_RULE, where
                assert one.ruling is verdict.ruling, where
                against = {found.provision.id for found in one.obstacles}
                assert against == {
                    found.provision.id
                    for found in verdict.findings
                    if found.decides and found.provision.effect in RESTRICTING
                }, where


def test_the_map_says_what_a_check_says(rm):
    for industry, on in (("钢铁", "2019-06-01"), ("数据中心", "2023-06-01"), ("纺织", "2026-11-27")):
        for one in rm.overview(industry, on=on):
            verdict = rm.check(one.unit.code, industry=industry, on=on)
            assert (one.ruling, one.local, one.extent, one.unclear_because) == (
                verdict.ruling,
                verdict.local,
                verdict.extent,
                verdict.unclear_because,
            ), (one.unit.name, industry)

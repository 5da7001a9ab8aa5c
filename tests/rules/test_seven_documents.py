"""What the seven documents say and do not say, worked out by hand from their texts."""

from __future__ import annotations

import pytest

from regionmap.model import Action, Effect, Ruling, SourceKind, Status

KINDS = {
    "miit-2010-173": (SourceKind.OPINION, None),
    "miit-2012-56": (SourceKind.WORK_POINTS, "2012-12-31"),
    "miit-2014-109": (SourceKind.PLAN, "2014-12-31"),
    "miit-2018-136": (SourceKind.PLAN, "2020-12-31"),
    "gov-2021-33": (SourceKind.PLAN, "2025-12-31"),
    "miit-2021-215": (SourceKind.OPINION, None),
    "ndrc-2022-200": (SourceKind.GUIDE, None),
}


@pytest.fixture(scope="module")
def rules(rm):
    return {one.id: one for name in KINDS for one in rm.source(name).provisions}


@pytest.mark.parametrize("name", KINDS)
def test_horizons_are_those_of_plans_and_of_printed_goals(rm, name):
    source = rm.source(name)
    kind, last = KINDS[name]
    assert source.kind is kind
    assert (str(source.horizon) if source.horizon else None) == last
    own = {one.id.split("/")[1]: str(one.horizon) for one in source.provisions if one.horizon != source.horizon}
    assert own == {
        "miit-2010-173": {"2-3a": "2015-04-14", "2-3b": "2015-04-14"},  # 争取用3～5年时间
        "miit-2014-109": {
            **dict.fromkeys(("4a", "4b", "4c", "4d", "4e"), "2014-03-31"),  # 一季度
            **dict.fromkeys(("4f", "4g"), "2014-09-30"),  # 三季度
        },
        "miit-2018-136": {"2-2d": "2018-12-31"},  # 2018年
        "miit-2021-215": {"1b": "2025-12-31", "1c": "2025-12-31"},  # 到2025年
    }.get(name, {})


def test_the_guidance_of_215_is_in_force_and_its_goals_have_passed(rm):
    found = {one.provision.id: one.status for one in rm.rules(source="miit-2021-215", on="2026-11-27")}
    assert found["miit-2021-215/1b"] is Status.HORIZON_PASSED
    assert found["miit-2021-215/2a"] is Status.IN_FORCE
    assert found["miit-2021-215/2f"] is Status.IN_FORCE


def test_phase_outs_and_relocations_leave_upgrading_free(rules):
    ways_out = [one for one in rules.values() if one.effect in {Effect.PHASE_OUT, Effect.RELOCATE}]
    assert len(ways_out) == 11
    assert all(Action.UPGRADE not in one.actions for one in ways_out)


def test_all_guidance_speaks_to_new_plants_too(rules):
    guiding = [one for one in rules.values() if one.effect is Effect.GUIDE_IN]
    assert {one.actions for one in guiding} == {(Action.NEW, Action.EXPAND, Action.MOVE_IN)}


def test_support_names_an_industry_or_an_area(rules):
    helping = [one for one in rules.values() if one.effect in {Effect.SUPPORT, Effect.PILOT, Effect.GUIDE_IN}]
    assert all(one.industries or not one.where.national or one.where.undefined for one in helping)


def test_conditions_of_support_stand_in_it(rules):
    assert not {"miit-2021-215/2d", "miit-2021-215/4d", "miit-2010-173/3-6d"} & set(rules)
    assert rules["miit-2021-215/2c"].quote.startswith("在满足产业、能源、碳排放等政策的条件下，支持符合")
    assert "在满足政策规划、生态环境分区管控基础上" in rules["miit-2021-215/4c"].quote


@pytest.mark.parametrize(
    "rule",
    [
        "ndrc-2022-200/3b",  # in the name of a merger
        "miit-2012-56/2-4d",  # a missed deadline
        "miit-2018-136/2-4c",  # an overdue clean-up
        "gov-2021-33/4-3a",  # a project that breaks the rules
        "miit-2010-173/3-5a",  # small and medium-sized firms
    ],
)
def test_what_hangs_on_the_firm_asks(rules, rule):
    assert rules[rule].ask is not None


@pytest.mark.parametrize(
    ("place", "industry", "action", "on", "not_by"),
    [
        ("三亚", "铁合金", "upgrade", "2022-06-01", {"ndrc-2022-200/4a", "ndrc-2022-200/4b"}),
        ("三亚", "钢铁", "upgrade", "2019-06-01", {"miit-2018-136/2-2h"}),
        ("北京", "机动车", "new", "2019-08-01", {"miit-2018-136/3-9c", "miit-2018-136/3-9d"}),
        ("太原", "甲醇汽车", "new", "2012-06-01", {"miit-2012-56/7-34a"}),
        ("三亚", "电机", "upgrade", "2014-06-01", {"miit-2014-109/3-3-2b"}),
        ("三亚", "高耗能行业", "new", "2011-06-01", {"miit-2010-173/3-6c"}),
        ("南昌", "化工", "new", "2023-06-01", {"miit-2021-215/2h"}),
    ],
)
def test_rules_that_do_not_decide_there(rm, place, industry, action, on, not_by):
    verdict = rm.check(place, industry=industry, action=action, on=on)
    assert not not_by & {one.provision.id for one in (*verdict.findings, *verdict.not_in_force) if one.decides}


@pytest.mark.parametrize("industry", ["生物医药", "新材料", "电子信息", "高载能行业"])
@pytest.mark.parametrize("place", ["上海", "深圳", "苏州", "银川"])
def test_a_supporting_sentence_restricts_nobody(rm, place, industry):
    by = {one.provision.id for one in rm.check(place, industry=industry, on="2023-06-01").deciding}
    # A part of 高载能行业, as we read it, is aluminium: rules that name it restrict that part.
    assert not by & {"miit-2021-215/2c", "miit-2021-215/2d", "miit-2021-215/4c", "miit-2021-215/4d"}


def test_rolling_is_in_the_rules_on_water(rm):
    verdict = rm.check("三亚", industry="3130", action="upgrade", on="2012-06-01")
    assert "miit-2012-56/5-22a" in {one.provision.id for one in verdict.findings if one.decides}


def test_textiles_and_garments_are_guided_to_ganzhou(rm):
    for industry, on in (("纺织", "2022-06-01"), ("服装", "2026-11-27")):
        verdict = rm.check("赣州", industry=industry, on=on)
        assert verdict.ruling is Ruling.ENCOURAGED
        assert ("miit-2021-215", "二") in {(one.source.id, one.provision.item) for one in verdict.deciding}

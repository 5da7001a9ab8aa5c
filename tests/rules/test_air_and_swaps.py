"""国发〔2023〕24号 read whole, and the six cases of one to one in steel: held against the words by hand."""

from __future__ import annotations

import pytest

from regionmap.model import Effect, Ruling
from regionmap.rules.matching.finding import IndustryFit
from regionmap.rules.verdict.answers import Verdict

AIR = "gov-2023-24/"
SWAP = "miit-2021-46/"


def bound(verdict: Verdict, source: str) -> dict[str, Effect]:
    found = (one.provision for one in verdict.findings if one.decides)
    return {one.id.removeprefix(source): one.effect for one in found if one.id.startswith(source)}


def asked(verdict: Verdict, source: str) -> set[str]:
    found = (one.provision.id for one in verdict.depends_on_site)
    return {one.removeprefix(source) for one in found if one.startswith(source)}


def test_ceramics_in_a_key_region_need_clean_furnaces_and_are_asked_about_coal_gas(rm):
    verdict = rm.check("淄博市", industry="陶瓷", on="2024-06-01")
    assert verdict.ruling is Ruling.RESTRICTED
    assert bound(verdict, AIR)["12c"] is Effect.CONDITION
    furnaces = next(one for one in verdict.findings if one.provision.id == AIR + "12c")
    assert furnaces.provision.item == "（十二）"
    assert furnaces.industry.fit is IndustryFit.READING
    assert "12b" in asked(verdict, AIR)
    outside = rm.check("南昌市", industry="陶瓷", on="2024-06-01")
    assert "12c" not in bound(outside, AIR)
    assert "12b" not in asked(outside, AIR)


def test_coal_boilers_are_barred_in_key_regions_and_asked_about_elsewhere(rm):
    inside = rm.check("淄博市", industry="燃煤锅炉", on="2024-06-01")
    assert bound(inside, AIR)["11b"] is Effect.PROHIBIT
    outside = rm.check("南昌市", industry="燃煤锅炉", on="2024-06-01")
    assert "11b" not in bound(outside, AIR)
    assert "11a" in asked(outside, AIR)
    assert "11e" not in asked(inside, AIR)  # it speaks to boilers that stand there
    assert "11e" in asked(rm.check("淄博市", industry="燃煤锅炉", action="expand", on="2024-06-01"), AIR)


@pytest.mark.parametrize(("place", "barred"), [("邯郸市", True), ("太原市", False)])
def test_open_pit_mines_are_barred_in_jing_jin_ji_and_surroundings_of_2023(rm, place, barred):
    verdict = rm.check(place, industry="露天矿山", on="2024-06-01")
    assert ("19b" in bound(verdict, AIR)) is barred
    assert bound(verdict, AIR)["19a"] is Effect.CONDITION
    assert "19b" not in bound(rm.check(place, industry="露天矿山", on="2026-01-01"), AIR)


@pytest.mark.parametrize(
    ("place", "industry", "action", "cases"),
    [
        ("安阳市", "电炉炼钢", "new", {"6b", "6c"}),
        ("安阳市", "氢冶金", "new", {"6e"}),
        ("安阳市", "RKEF不锈钢", "new", {"6f"}),
        ("安阳市", "钢铁", "replace", {"6b", "6c", "6d", "6e", "6f"}),
        ("西宁市", "电炉炼钢", "new", {"6a", "6b", "6c"}),
    ],
)
def test_cases_of_one_to_one_stand_beside_the_general_ratio(rm, place, industry, action, cases):
    verdict = rm.check(place, industry=industry, action=action, on="2022-06-01")
    found = bound(verdict, SWAP)
    assert {one for one in found if one.startswith("6")} == cases
    assert {found[one] for one in cases} == {Effect.REPLACE}
    rules = {one.provision.id: one.provision for one in verdict.findings}
    assert all(rules[SWAP + one].numbers[0].amount == 1 for one in cases)
    assert found.keys() & {"2a", "2c"}


def test_a_ban_on_pvc_made_with_mercury_asks_whether_it_is(rm):
    for industry in ("电石法聚氯乙烯", "聚氯乙烯", "2651"):
        verdict = rm.check("银川市", industry=industry, on="2023-06-01")
        assert "miit-2022-petrochemicals/1b" not in {one.provision.id for one in verdict.findings if one.decides}
        (asked,) = [one for one in verdict.depends_on_site if one.provision.id == "miit-2022-petrochemicals/1b"]
        assert "汞" in asked.ask.zh


def test_the_river_law_says_what_a_tributary_is(rm):
    law = rm.source("npc-2020-yangtze-river")
    assert law.read == "whole"
    assert law.date_note is None
    assert {"第九十五条第二项", "第九十五条第三项"} <= {one.item for one in law.items}
    verdict = rm.check("宜昌市", industry="化工", on="2026-11-27")
    strip = next(one for one in verdict.depends_on_site if one.provision.id == "npc-2020-yangtze-river/26-2a")
    assert not [one for one in strip.provision.caveats if "废止" in one.zh]

"""What is told of candidates, before findings are made, is what their findings say."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from regionmap.model import Action, CaveatKind, Effect, Evidence, Extent, Rank, Scope, Status
from regionmap.rules.matching.decision import decision_order
from regionmap.rules.matching.effects import ENCOURAGING, RANK, RESTRICTING, WEIGHTS, scope
from regionmap.rules.matching.fits import NAMES_INDUSTRY, Aspect, IndustryFit
from regionmap.rules.matching.question import Question
from regionmap.rules.matching.validity import all_change_dates
from regionmap.rules.verdict.check import check
from regionmap.rules.verdict.ruling import extent, lapsed, local, rests_on, undefined_areas, weight
from regionmap.rules.verdict.rulings import heading, ruled_by, ruling_at, signature

INDUSTRIES = ["钢铁", "3110", "foundry", "flat-glass", "2612", "C30", "造纸", "高耗水行业", "petrochemical"]


def asked(rm, number):
    """Return a question and a place, drawn by a number."""
    pick = random.Random(number)  # noqa: S311
    on = pick.choice(all_change_dates(rm.catalogue)) + dt.timedelta(days=pick.choice([-1, 0]))
    subject = rm.subject(INDUSTRIES[number % len(INDUSTRIES)])
    question = Question(rm.catalogue, rm.gazetteer, subject, pick.choice(list(Action)), on)
    return question, pick.choice(rm.gazetteer.units())


@pytest.mark.parametrize("number", range(45))
def test_a_ruling_is_what_its_findings_give(rm, number):
    question, unit = asked(rm, number)
    binding = question.evaluate_binding([unit])
    ruled = ruled_by(question, binding)
    resting = rests_on(ruled, *binding)
    found = ruling_at(question, unit)
    assert (found.ruling, found.unclear_because) == tuple(ruled)
    assert found.local is local(*binding)
    assert heading(question, unit) == (found.ruling, found.extent) == (ruled.ruling, extent(resting))
    in_order = sorted(binding.findings, key=decision_order)
    shown = [one.provision.id for one in (resting if ruled.unclear_because else in_order)]
    assert found.deciding == resting
    assert [one.provision.id for one in found.findings] == shown
    assert signature(question, unit) == (ruled.ruling, frozenset(shown))


@pytest.mark.parametrize("level", ["any", "province"])
@pytest.mark.parametrize("number", range(45))
def test_a_verdict_is_what_its_findings_give(rm, number, level):
    question, unit = asked(rm, number)
    if level == "province":  # many rules hold there in part
        unit = rm.gazetteer.province(unit.code)
    verdict = check(rm.catalogue, rm.gazetteer, question, [unit])
    ruled = ruled_by(question, question.evaluate_binding([unit]))
    assert (verdict.ruling, verdict.unclear_because) == tuple(ruled)
    assert verdict.extent is extent(verdict.deciding)
    assert list(verdict.findings) == sorted(verdict.findings, key=decision_order)
    if verdict.unclear_because is None:
        assert verdict.findings[: len(verdict.deciding)] == verdict.deciding
    deciding = [one for one in verdict.findings if not one.depends]
    assert verdict.conflicts == tuple(
        (one.provision.id, other.provision.id)
        for one in deciding
        for other in deciding
        if one.provision.effect in RESTRICTING and other.provision.effect in ENCOURAGING
    )


@pytest.mark.parametrize("number", range(45))
def test_no_caveat_is_passed_over(rm, number):
    """An answer looks for what its provisions are marked with alone: no kind is there or missing for that."""
    question, unit = asked(rm, number)
    evaluation = question.evaluate([unit])
    verdict = check(rm.catalogue, rm.gazetteer, question, [unit])
    bound, asking, near = evaluation.findings, tuple(evaluation.asking), verdict.fell_away
    day = question.on.isoformat()
    shown = {
        CaveatKind.OPEN_INDUSTRIES: any(one.industry.fit is IndustryFit.OPEN for one in near),
        CaveatKind.NEAR_INDUSTRY: any(
            one.industry.fit is IndustryFit.NEAR and one.provision.effect not in ENCOURAGING for one in near
        ),
        CaveatKind.UNDEFINED_INDUSTRY: any(
            one.industry.fit is IndustryFit.UNDEFINED and one.provision.effect in RESTRICTING
            for one in verdict.depends_on_site
        ),
        CaveatKind.UNDEFINED_AREA: any(one.place.words is not None for one in undefined_areas(verdict.depends_on_site)),
        CaveatKind.READING: any(
            one.industry.reading is not None
            or (one.provision.where.undefined is not None and one.place.listed is not None)
            for one in (*bound, *asking)
        ),
        CaveatKind.PROVISION: any(one.provision.caveats for one in bound),
        CaveatKind.REPORTED: any(
            one.decides
            and Evidence.REPORTED in (one.provision.evidence, one.definition.evidence if one.definition else None)
            for one in bound
        ),
        CaveatKind.VERSION: any(
            (one.source.version is not None and day < one.source.version)
            or (one.source.known_until is not None and question.on > one.source.known_until)
            for one in (*bound, *asking)
        ),
        CaveatKind.DATE_UNKNOWN: any(
            one.status is Status.NOT_YET
            and one.source.date_note is not None
            and one.source.issued is not None
            and day >= one.source.issued
            for one in evaluation.not_in_force
        ),
    }
    kinds = {one.kind for one in verdict.caveats}
    assert {kind: kind in kinds for kind in shown} == shown
    assert list(evaluation.lapsed) == lapsed(verdict.not_in_force)
    assert list(evaluation.may_decide) == undefined_areas(verdict.depends_on_site)


@pytest.mark.parametrize("number", range(45))
def test_rules_stand_in_the_order_in_which_they_are_read(rm, number):
    question, unit = asked(rm, number)
    in_order(check(rm.catalogue, rm.gazetteer, question, [unit]))


@pytest.mark.parametrize("place", ["保定", "上海", "成都", "武汉", "济南"])
@pytest.mark.parametrize("industry", ["造纸", "化工", "钢铁", "cement"])
def test_where_much_depends_on_the_site_it_stands_in_that_order(rm, place, industry):
    verdict = rm.check(place, industry=industry, on="2022-06-01")
    assert len(verdict.depends_on_site) > 20
    in_order(verdict)


def in_order(verdict):
    # The strictest first; then what holds of the whole, of the place, names the industry, was read, and is newest.
    keys = [
        (
            RANK[weight(one)],
            one.extent is Extent.PART,
            one.scope is Scope.NATIONAL,
            one.industry.fit not in NAMES_INDUSTRY,
            one.provision.evidence is Evidence.REPORTED,
            -one.provision.in_force_from.toordinal(),
        )
        for one in verdict.findings
    ]
    assert keys == sorted(keys)
    may_decide = {one.provision.id for one in undefined_areas(verdict.depends_on_site)}
    keys = [
        (RANK[WEIGHTS[one.provision.effect]], -one.provision.in_force_from.toordinal())
        for one in verdict.depends_on_site
        if one.provision.id in may_decide
    ]
    assert keys == sorted(keys)
    for_all = [one.industry.fit is IndustryFit.ALL for one in verdict.depends_on_site]
    assert not any(
        one.provision.id in may_decide and any(for_all[:place]) for place, one in enumerate(verdict.depends_on_site)
    )
    others = [
        one.scope is Scope.NATIONAL
        for one in verdict.depends_on_site
        if one.provision.id not in may_decide
        and one.industry.fit in {IndustryFit.ALL, IndustryFit.NAMED, IndustryFit.CODE, IndustryFit.PART}
    ]
    assert others == sorted(others)  # what does not hold everywhere before what does


@pytest.mark.parametrize("number", range(45))
def test_rules_of_other_cities_rows_of_lists_and_duties_of_all_are_only_counted(rm, number):
    question, unit = asked(rm, number)
    verdict = check(rm.catalogue, rm.gazetteer, question, [unit])
    # A duty that all offices have for all industries is told by its number alone.
    assert all(one.provision.industries for one in verdict.findings if one.provision.effect is Effect.DUTY)
    for one in verdict.fell_away:
        assert one.fell_on != (Aspect.PLACE,) or (one.source.level == "national" and one.source.rank is not Rank.LIST)


@pytest.mark.parametrize(
    ("provision", "expected"),
    [
        ("npc-2017-water-pollution-law/46-3a", Scope.NATIONAL),
        ("miit-2018-136/2-2a", Scope.PLACE),  # 重点区域
        ("miit-2021-46/2c", Scope.PLACE),  # the rest of the country
    ],
)
def test_a_rule_holds_everywhere_or_does_not(rm, provision, expected):
    (found,) = [one for one in rm.catalogue.provisions if one.id == provision]
    assert scope(found) is expected

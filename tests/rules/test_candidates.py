"""What is told of candidates, before findings are made, is what their findings say."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from regionmap.model import Action, CaveatKind, Evidence, Status
from regionmap.rules.matching.decision import decision_order
from regionmap.rules.matching.effects import ENCOURAGING, RESTRICTING
from regionmap.rules.matching.fits import IndustryFit
from regionmap.rules.matching.question import Question
from regionmap.rules.matching.validity import all_change_dates
from regionmap.rules.verdict.check import check
from regionmap.rules.verdict.ruling import extent, lapsed, local, rests_on, undefined_areas
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


@pytest.mark.parametrize("number", range(45))
def test_a_verdict_is_what_its_findings_give(rm, number):
    question, unit = asked(rm, number)
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
    bound, asking, near = evaluation.findings, tuple(evaluation.asking), tuple(evaluation.near)
    day = question.on.isoformat()
    shown = {
        CaveatKind.OPEN_INDUSTRIES: any(one.industry.fit is IndustryFit.OPEN for one in near),
        CaveatKind.NEAR_INDUSTRY: any(
            one.industry.fit is IndustryFit.NEAR and one.provision.effect not in ENCOURAGING for one in near
        ),
        CaveatKind.UNDEFINED_INDUSTRY: any(
            one.industry.fit is IndustryFit.UNDEFINED and one.provision.effect not in ENCOURAGING for one in asking
        ),
        CaveatKind.UNDEFINED_AREA: any(one.place.words is not None for one in undefined_areas(asking)),
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

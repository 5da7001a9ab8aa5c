"""May I do this, with this industry, here, on this date? One verdict with every rule that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Caveat, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.fits import LineDistance
from regionmap.rules.matching.question import Question
from regionmap.rules.verdict import caveats, site_caveats, unit_changes
from regionmap.rules.verdict.answers import Verdict
from regionmap.rules.verdict.coverage import coverage_of
from regionmap.rules.verdict.ruling import conflicts, decide, extent, lapsed, of_place, rests_on, undefined_areas
from regionmap.rules.verdict.rulings import ruling_at

__all__ = ["check", "ruling_at"]


def check(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    question: Question,
    places: Sequence[Unit],
    leading_caveats: Sequence[Caveat] = (),
    line: LineDistance | None = None,
) -> Verdict:
    """Answer a question for a place, or for several places taken as one area.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        question: industry, action and date; its subject must be set.
        places: one unit, or every county that an area touches, the largest share first.
        leading_caveats: caveats that the caller knows, put before the others.
        line: for a point in the one place, how far it is from another province (metres).

    Raises:
        TypeError: the question has no industry.
    """
    subject = question.subject
    if subject is None:
        raise TypeError("a check needs an industry: use lookup for all of them")
    evaluation = question.evaluate(places, line)
    passed, asking = lapsed(evaluation.passed), undefined_areas(evaluation.asking)
    ruled = decide(evaluation.strictest, passed, asking, open_industry=question.open_industry)
    here = decide(evaluation.strictest_here, of_place(passed), asking)
    resting_on = rests_on(ruled, evaluation.findings, passed, asking)
    found = [*caveats.at_the_head(catalogue, question), *leading_caveats]
    found += [
        site_caveats.out_of_scope(one) for one in places if site_caveats.is_out_of_scope(gazetteer.province(one.code))
    ][:1]
    found += caveats.for_verdict(catalogue, question, evaluation, places)
    found += unit_changes.for_check(gazetteer, question.places, evaluation, places, question.on)
    return Verdict(
        ruling=ruled.ruling,
        local=here.ruling,
        extent=extent(resting_on),
        unclear_because=ruled.unclear_because,
        places=tuple(places),
        subject=subject,
        action=question.action,
        date=question.on,
        findings=evaluation.findings,
        not_in_force=evaluation.not_in_force,
        depends_on_site=evaluation.depends_on_site,
        fell_away=evaluation.fell_away,
        general=evaluation.general,
        fell_counts=evaluation.fell_counts,
        conflicts=conflicts(evaluation.findings),
        caveats=tuple(found),
        coverage=coverage_of(catalogue, gazetteer, places),
        catalogue=catalogue.version,
    )

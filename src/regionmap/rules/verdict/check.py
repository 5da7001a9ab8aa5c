"""May I do this, with this industry, here, on this date? One verdict with every rule that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.finding import LineDistance
from regionmap.rules.matching.question import Question
from regionmap.rules.verdict import caveats, unit_changes
from regionmap.rules.verdict.answers import Caveat, UnitRuling, Verdict
from regionmap.rules.verdict.ruling import conflicts, decide, extent, lapsed, of_place, rests_on, undefined_areas


def check(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    question: Question,
    places: Sequence[Unit],
    first: Sequence[Caveat] = (),
    line: LineDistance | None = None,
) -> Verdict:
    """Answer a question for a place, or for several places held as one area.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        question: industry, action and date; its subject must be set.
        places: one unit, or every county that an area touches, the largest share first.
        first: caveats that the caller knows, put before the others.
        line: for a point in the one place, how far it is from another province.
    """
    subject = question.subject
    if subject is None:
        raise TypeError("a check needs an industry: use lookup for all of them")
    held = question.hold(places, line)
    passed, asking = lapsed(held.passed), undefined_areas(held.asking)
    ruled = decide(held.strictest, passed, asking, open_industry=question.open_industry)
    here = decide(held.strictest_here, of_place(passed), asking)
    resting_on = rests_on(ruled, held.findings, passed, asking)
    found = [*caveats.at_the_head(catalogue, question), *first]
    found += [caveats.out_of_scope(one) for one in places if caveats.is_out_of_scope(gazetteer.province(one.code))][:1]
    found += caveats.for_verdict(catalogue, question, held, places)
    found += unit_changes.for_check(gazetteer, question.places, held, places, question.on)
    return Verdict(
        ruling=ruled.ruling,
        local=here.ruling,
        extent=extent(resting_on),
        unclear_because=ruled.unclear_because,
        places=tuple(places),
        subject=subject,
        action=question.action,
        date=question.on,
        findings=held.findings,
        not_in_force=held.not_in_force,
        depends_on_site=held.depends_on_site,
        fell_away=held.fell_away,
        general=held.general,
        fell_counts=held.fell_counts,
        conflicts=conflicts(held.findings),
        caveats=tuple(found),
        coverage=question.coverage(places),
        catalogue=catalogue.version,
    )


def ruling_at(question: Question, place: Unit) -> UnitRuling:
    """Return only the ruling for a unit and what it rests on, quickly."""
    return question.ruling(place)

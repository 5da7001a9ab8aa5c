"""May I do this, with this industry, here, on this date? One verdict with every rule that it rests on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Caveat, Ruling, UnclearBecause, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.candidate import Candidate
from regionmap.rules.matching.effects import RANK
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import LineDistance
from regionmap.rules.matching.question import Evaluation, Question
from regionmap.rules.verdict import caveats, site_caveats, unit_changes
from regionmap.rules.verdict.answers import Verdict
from regionmap.rules.verdict.coverage import coverage_of
from regionmap.rules.verdict.ruling import decide, extent
from regionmap.rules.verdict.rulings import ruling_at

__all__ = ["check", "conclude", "ruling_at"]

_rank = attrgetter("rank")
_LEAST_RESTRICTING, _HELPS = RANK[Ruling.DISCOURAGED], RANK[Ruling.ENCOURAGED]


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
    if question.subject is None:
        raise TypeError("a check needs an industry: use lookup for all of them")
    return conclude(catalogue, gazetteer, question, question.evaluate(places, line), places, leading_caveats)


def conclude(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    question: Question,
    evaluation: Evaluation,
    places: Sequence[Unit],
    leading_caveats: Sequence[Caveat] = (),
) -> Verdict:
    """Return the answer that follows from what became of every provision.

    Args:
        catalogue: as in ``check``.
        gazetteer: as in ``check``.
        question: as in ``check``.
        evaluation: of the question at the places.
        places: as in ``check``.
        leading_caveats: as in ``check``.

    Raises:
        TypeError: the question has no industry.
    """
    subject = question.subject
    if subject is None:
        raise TypeError("a check needs an industry: use lookup for all of them")
    parts = evaluation.parts
    ruled = decide(parts.strictest, evaluation.lapsed, evaluation.may_decide, open_industry=question.open_industry)
    lapsed_here = any(one.local for one in evaluation.lapsing)
    here = decide(parts.strictest_here, lapsed_here, evaluation.may_decide)
    findings = evaluation.findings
    resting_on: Sequence[Finding] = ()
    if ruled.ruling is Ruling.UNCLEAR:
        resting_on = evaluation.lapsed if ruled.unclear_because is UnclearBecause.LAPSED else evaluation.may_decide
    elif ruled.ruling is not Ruling.NO_RULE:
        rank = RANK[ruled.ruling]
        resting_on = findings[: bisect_right(parts.bound, rank, key=_rank)]  # the strictest stand first
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
        findings=findings,
        not_in_force=evaluation.not_in_force,
        depends_on_site=evaluation.depends_on_site,
        fell_away=evaluation.fell_away,
        general=evaluation.general,
        fell_counts=evaluation.fell_counts,
        conflicts=_conflicts(parts.bound),
        caveats=tuple(found),
        coverage=coverage_of(catalogue, gazetteer, places),
        catalogue=catalogue.version,
    )


def _conflicts(bound: Sequence[Candidate]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a restricting and an encouraging provision that both bind."""
    favour = [one.provision.id for one in bound if one.rank == _HELPS]
    if not favour:
        return ()
    against = [one.provision.id for one in bound if one.rank <= _LEAST_RESTRICTING]
    return tuple((one, other) for one in against for other in favour)

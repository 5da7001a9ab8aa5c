"""May I do this, with this industry, here, on this date? One verdict with every rule that it rests on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import attrgetter

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Caveat, Ruling, UnclearBecause, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.candidate import Candidate
from regionmap.rules.matching.effects import RANK
from regionmap.rules.matching.fits import LineDistance
from regionmap.rules.matching.question import Evaluation, Question
from regionmap.rules.matching.sequences import Later
from regionmap.rules.verdict import caveats, site_caveats, unit_changes
from regionmap.rules.verdict.answers import PointInfo, Share, Verdict
from regionmap.rules.verdict.coverage import coverage_of
from regionmap.rules.verdict.ruling import Ruled, decide, extent_of
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
    *,
    point: PointInfo | None = None,
    shares: tuple[Share, ...] = (),
) -> Verdict:
    """Answer a question for a place, or for several places taken as one area.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        question: industry, action and date; its subject must be set.
        places: one unit, or every county that an area touches, the largest share first.
        leading_caveats: caveats that the caller knows, put before the others.
        line: for a point in the one place, how far it is from another province (metres).
        point: the point that was asked for, told with the answer.
        shares: of a drawn area, likewise.

    Raises:
        TypeError: the question has no industry.
    """
    if question.subject is None:
        raise TypeError("a check needs an industry: use lookup for all of them")
    evaluation = question.evaluate(places, line)
    return conclude(catalogue, gazetteer, question, evaluation, places, leading_caveats, point=point, shares=shares)


def conclude(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    question: Question,
    evaluation: Evaluation,
    places: Sequence[Unit],
    leading_caveats: Sequence[Caveat] = (),
    *,
    point: PointInfo | None = None,
    shares: tuple[Share, ...] = (),
) -> Verdict:
    """Return the answer that follows from what became of every provision.

    Args:
        catalogue: as in ``check``.
        gazetteer: as in ``check``.
        question: as in ``check``.
        evaluation: of the question at the places.
        places: as in ``check``.
        leading_caveats: as in ``check``.
        point: as in ``check``.
        shares: as in ``check``.

    Raises:
        TypeError: the question has no industry.
    """
    subject = question.subject
    if subject is None:
        raise TypeError("a check needs an industry: use lookup for all of them")
    parts = evaluation.parts
    ruled = ruled_by(question, evaluation)
    lapsed_here = any(one.local for one in evaluation.lapsing)
    here = decide(parts.strictest_here, lapsed_here, evaluation.deciding)
    resting_on: Sequence[Candidate] = ()
    if ruled.ruling is Ruling.UNCLEAR:
        lapsed = ruled.unclear_because is UnclearBecause.LAPSED
        resting_on = evaluation.lapsing if lapsed else evaluation.deciding
    elif ruled.ruling is not Ruling.NO_RULE:
        # The strictest stand first.
        resting_on = parts.bound[: bisect_right(parts.bound, RANK[ruled.ruling], key=_rank)]
    return Verdict(
        ruling=ruled.ruling,
        local=here.ruling,
        extent=extent_of(evaluation.partly(resting_on)),
        unclear_because=ruled.unclear_because,
        places=tuple(places),
        subject=subject,
        action=question.action,
        date=question.on,
        findings=evaluation.bound,
        not_in_force=evaluation.not_in_force,
        depends_on_site=evaluation.depends_on_site,
        fell_away=evaluation.fell_away,
        general=parts.general,
        fell_counts=parts.fell_counts,
        conflicts=_conflicts(parts.bound),
        # Sentences, which take longer than all else: told to who asks.
        caveats=Later(lambda: _caveats(catalogue, gazetteer, question, evaluation, places, leading_caveats)),
        coverage=coverage_of(catalogue, gazetteer, places, question.on),
        catalogue=catalogue.version,
        point=point,
        shares=shares,
    )


def ruled_by(question: Question, evaluation: Evaluation) -> Ruled:
    """Return the word that follows from what became of every provision, and why where it is unclear."""
    strictest = evaluation.parts.strictest
    return decide(strictest, evaluation.lapsing, evaluation.deciding, open_industry=question.open_industry)


def _caveats(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    question: Question,
    evaluation: Evaluation,
    places: Sequence[Unit],
    leading_caveats: Sequence[Caveat],
) -> Iterator[Caveat]:
    yield from lasting_caveats(catalogue, gazetteer, question, evaluation, places, leading_caveats)
    yield from unit_changes.for_check(gazetteer, question.places, evaluation, places, question.on, leading_caveats)


def lasting_caveats(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    question: Question,
    evaluation: Evaluation,
    places: Sequence[Unit],
    leading_caveats: Sequence[Caveat] = (),
) -> Iterator[Caveat]:
    """Yield the caveats of an answer but for those of changes of units, which come last.

    Args:
        catalogue: as in ``check``.
        gazetteer: as in ``check``.
        question: as in ``check``.
        evaluation: of the question at the places.
        places: as in ``check``.
        leading_caveats: as in ``check``.
    """
    yield from caveats.at_the_head(catalogue, question)
    yield from leading_caveats
    beyond = (one for one in places if site_caveats.is_out_of_scope(gazetteer.province(one.code)))
    yield from map(site_caveats.out_of_scope, islice(beyond, 1))
    yield from caveats.for_verdict(catalogue, question, evaluation, places)


def _conflicts(bound: Sequence[Candidate]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a restricting and an encouraging provision that both bind."""
    if not bound or bound[0].rank > _LEAST_RESTRICTING:  # the strictest stand first
        return ()
    favour = bound[bisect_left(bound, _HELPS, key=_rank) : bisect_right(bound, _HELPS, key=_rank)]
    if not favour:
        return ()
    against = bound[: bisect_right(bound, _LEAST_RESTRICTING, key=_rank)]
    return tuple((one.provision.id, other.provision.id) for one in against for other in favour)

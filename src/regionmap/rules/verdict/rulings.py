"""The ruling of a question at single units and points, without the rest of an answer: for maps, headings, neighbours.

What was found is kept beside the question's candidates, since many places share one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from regionmap.model import Action, Extent, Ruling, UnclearBecause, Unit
from regionmap.rules.matching.area_index import UNDEFINED
from regionmap.rules.matching.candidate import Candidate, Mark, Matches, in_order, partly
from regionmap.rules.matching.effects import RANK, STRICTNESS
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import LineDistance
from regionmap.rules.matching.question import Binding, Question
from regionmap.rules.verdict.answers import UnitRuling
from regionmap.rules.verdict.ruling import Ruled, decide, extent, extent_of, rests_on, rule

Signature = tuple[Ruling, frozenset[str]]
Heading = tuple[Ruling, Extent]

_NO_KEY = -1  # keys are codes, and numbers from 0 on


def ruled_by(question: Question, binding: Binding) -> Ruled:
    """Return the word that follows from what a ruling may rest on.

    Args:
        question: the question that was asked.
        binding: what ``Question.evaluate_binding`` gave for a place.
    """
    return rule(binding.findings, binding.not_in_force, binding.depends_on_site, open_industry=question.open_industry)


class _Kept(NamedTuple):
    """A ruling that many places share.

    ``shown`` are the candidates of the findings that are shown for it, ``signature`` the word and their ids.
    """

    ruled: Ruled
    local: Ruling
    extent: Extent
    shown: Sequence[Candidate]
    signature: Signature


def ruling_at(question: Question, place: Unit, line: LineDistance | None = None) -> UnitRuling:
    """Return only the ruling for a unit and what it rests on, quickly.

    Args:
        question: industry, action and date.
        place: the unit.
        line: for a point in the unit, how far it is from another province (metres).
    """
    found = _kept(question, place, line)
    return UnitRuling(
        unit=place,
        ruling=found.ruled.ruling,
        findings=question.findings(found.shown, place, line),
        local=found.local,
        extent=found.extent,
        unclear_because=found.ruled.unclear_because,
    )


def _kept(question: Question, place: Unit, line: LineDistance | None) -> _Kept:
    """Return the ruling for a unit, worked out once for all places that stand alike to what it may rest on."""
    candidates, key = question.candidates, question.key(place, line)
    known = candidates.rulings
    found = known.get(key)
    if not isinstance(found, _Kept):
        deciding = question.deciding(place, line)
        found = known.get(deciding)
        if not isinstance(found, _Kept):
            found = known[deciding] = _worked_out(question, question.deciding_matches(place, line))
        known[key] = found
    return found


def _worked_out(question: Question, matches: Matches) -> _Kept:
    """Return the ruling without making findings: all that it takes is known of the candidates.

    What ``ruling.rule``, ``ruling.rests_on`` and ``ruling.extent`` say of findings is said of candidates here.
    """
    bound, passed, depends_on_site = question.candidates.binding(matches)
    kinds = matches.kinds
    lapsed = [one for one in passed if one.marks & Mark.LAPSES and kinds[one.where] != UNDEFINED]
    asking = [one for one in depends_on_site if one.marks & Mark.MAY_DECIDE]
    ruled = decide(_strictest(bound), lapsed, asking, open_industry=question.open_industry)
    here = decide(
        _strictest(one for one in bound if one.local), [one for one in lapsed if one.local], asking
    )  # those that ask do not hold everywhere
    if ruled.ruling is Ruling.UNCLEAR:
        shown = resting = lapsed if ruled.unclear_because is UnclearBecause.LAPSED else asking
    else:
        rank = RANK[ruled.ruling]
        shown, resting = bound, [one for one in bound if one.rank == rank < RANK[Ruling.NO_RULE]]
    return _Kept(
        ruled,
        here.ruling,
        extent_of(partly(resting, matches)),
        in_order(shown, matches),
        (ruled.ruling, frozenset([one.provision.id for one in shown])),
    )


def _strictest(bound: Iterable[Candidate]) -> Ruling:
    return STRICTNESS[min((one.rank for one in bound), default=RANK[Ruling.NO_RULE])]


def heading(question: Question, place: Unit, line: LineDistance | None = None) -> Heading:
    """Return the ruling for a unit and its extent alone.

    Args:
        question: industry, action and date.
        place: the unit.
        line: for a point in the unit, how far it is from another province (metres).
    """
    found = _kept(question, place, line)
    return found.ruled.ruling, found.extent


def heading_of(findings: Iterable[Finding], action: Action) -> Heading:
    """Return the ruling and its extent for findings in force that speak of every industry.

    Args:
        findings: what binds at a place, whatever the action.
        action: what would be done; rules that do not speak to it do not count.
    """
    binding = [finding for finding in findings if action in finding.provision.actions]
    ruled = rule(binding, ())
    return ruled.ruling, extent(rests_on(ruled, binding, (), ()))


def signature(question: Question, place: Unit, line: LineDistance | None = None) -> Signature:
    """Return the ruling for a unit and the ids of what it rests on.

    Args:
        question: industry, action and date.
        place: the unit.
        line: for a point in the unit, how far it is from another province (metres).
    """
    return _kept(question, place, line).signature


def differs_from(question: Question, here: Unit, line: LineDistance | None = None) -> Callable[[str], bool]:
    """Return a function that tells of an adcode whether its unit has another answer than ``here``.

    Args:
        question: industry, action and date.
        here: the unit whose answer the others are compared with.
        line: how far the point in ``here`` is from another province (metres). With it, a unit that a rule by distance
            reaches in part is judged as far from another province as the point is, or as near to that as its own
            points are.
    """
    own, unit = signature(question, here, line), question.gazetteer.unit
    areas = question.index.areas
    known, keys = question.candidates.rulings, areas.keys

    def differs(code: str) -> bool:
        # Asked of hundreds of neighbours of one point: most are known by two look-ups.
        found = known.get(keys.get(code, _NO_KEY))
        there = found.signature if isinstance(found, _Kept) else signature(question, unit(code))
        return there is not own and there != own

    if line is None or not question.limits:
        return differs
    band = question.band(line)

    def differs_there(code: str) -> bool:
        there = unit(code)
        bands = areas.bands(there)
        if len(bands) == 1:
            return differs(code)
        judged = min(max(band, bands.start), bands[-1])
        found = known.get((keys.get(code, _NO_KEY), judged))
        if not isinstance(found, _Kept):
            found = _kept(question, there, areas.in_band(judged))
        return found.signature is not own and found.signature != own

    return differs_there


def turning_limits(question: Question, place: Unit) -> list[int]:
    """Return the distances to another province, in metres, at which the answer for points of a unit changes.

    Args:
        question: industry, action and date.
        place: the unit that the points lie in.
    """
    return [
        limit
        for limit in question.limits
        if signature(question, place, LineDistance(limit)) != signature(question, place, LineDistance(limit + 0.5))
    ]

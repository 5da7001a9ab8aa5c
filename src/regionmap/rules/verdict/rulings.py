"""The ruling of a question at single units and points, without the rest of an answer: for maps, headings, neighbours.

What was found is kept beside the question's candidates, since many places share one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from regionmap.model import Action, Ruling, Unit
from regionmap.rules.matching.candidates import Heading, Signature
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import LineDistance
from regionmap.rules.matching.question import Binding, Question
from regionmap.rules.verdict.answers import UnitRuling
from regionmap.rules.verdict.ruling import Ruled, extent, local, rests_on, rule

_NO_KEY = -1  # keys are codes, and numbers from 0 on


def ruled_by(question: Question, binding: Binding) -> Ruled:
    """Return the word that follows from what a ruling may rest on.

    Args:
        question: the question that was asked.
        binding: what ``Question.evaluate_binding`` gave for a place.
    """
    return rule(binding.findings, binding.not_in_force, binding.depends_on_site, open_industry=question.open_industry)


def ruling_at(question: Question, place: Unit, line: LineDistance | None = None) -> UnitRuling:
    """Return only the ruling for a unit and what it rests on, quickly.

    Args:
        question: industry, action and date.
        place: the unit.
        line: for a point in the unit, how far it is from another province (metres).
    """
    binding = question.evaluate_binding((place,), line)
    ruled = ruled_by(question, binding)
    resting_on = rests_on(ruled, *binding)
    return UnitRuling(
        unit=place,
        ruling=ruled.ruling,
        findings=resting_on if ruled.ruling is Ruling.UNCLEAR else tuple(binding.findings),
        local=local(*binding),
        extent=extent(resting_on),
        unclear_because=ruled.unclear_because,
    )


def heading(question: Question, place: Unit, line: LineDistance | None = None) -> Heading:
    """Return the ruling for a unit and its extent alone; kept, since a look-up asks for hundreds of industries.

    Args:
        question: industry, action and date.
        place: the unit.
        line: for a point in the unit, how far it is from another province (metres).
    """
    known, key = question.candidates.headings, question.key(place, line)
    found = known.get(key)
    if found is None:
        binding = question.evaluate_binding((place,), line)
        ruled = ruled_by(question, binding)
        found = known[key] = ruled.ruling, extent(rests_on(ruled, *binding))
    return found


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
    """Return the ruling for a unit and the ids of what it rests on; kept, since many places share one answer.

    Args:
        question: industry, action and date.
        place: the unit.
        line: for a point in the unit, how far it is from another province (metres).
    """
    known, key = question.candidates.signatures, question.key(place, line)
    found = known.get(key)
    if found is None:
        kinds = question.deciding_kinds(place, line)
        found = known.get(kinds)
        if found is None:
            ruled = ruling_at(question, place, line)
            found = known[kinds] = ruled.ruling, frozenset(finding.provision.id for finding in ruled.findings)
        known[key] = found
    return found


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
    known, keys = question.candidates.signatures, areas.keys

    def differs(code: str) -> bool:
        # Asked of hundreds of neighbours of one point: most are known by two look-ups.
        found = known.get(keys.get(code, _NO_KEY))
        return (found if found is not None else signature(question, unit(code))) != own

    if line is None or not question.limits:
        return differs
    band = question.band(line)

    def differs_there(code: str) -> bool:
        there = unit(code)
        bands = areas.bands(there)
        if len(bands) == 1:
            return differs(code)
        return signature(question, there, areas.in_band(min(max(band, bands.start), bands[-1]))) != own

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

"""The ruling for a unit as the map shows it: with the rules it rests on, and the stricter ones that have lapsed."""

from __future__ import annotations

from dataclasses import dataclass

from regionmap.model import Extent, Ruling, Scope, Unit
from regionmap.rules.matching.decision import decision_order
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.question import Binding, Question
from regionmap.rules.verdict.ruling import STRICTNESS, extent, lapsed, local, rests_on, strictest, weight
from regionmap.rules.verdict.rulings import ruled_by


@dataclass(frozen=True, slots=True)
class Ruled:
    """The ruling for one unit, its ``extent``, and the ``local`` one of rules that do not hold everywhere.

    ``deciding``: what it rests on, as ``Verdict.deciding``.
    ``stricter``: rules stricter than the ruling whose target date has passed, without a known repeal or successor.
    """

    unit: Unit
    ruling: Ruling
    extent: Extent
    local: Ruling
    deciding: tuple[Finding, ...]
    stricter: tuple[Finding, ...]

    @property
    def part(self) -> tuple[Unit, ...]:
        """The units inside that the deciding rules reach, where they reach only a part of the unit or industry."""
        if self.extent is Extent.WHOLE:
            return ()
        return tuple({unit.code: unit for one in self.deciding for unit in one.part}.values())


def ruled(question: Question, unit: Unit, *, special: bool = False) -> Ruled:
    """Return the ruling for a unit: the strictest of what covers it, wholly or in part.

    ``special``: of the rules alone that do not hold everywhere.
    """
    return _ruled(question, unit, _binding(question, unit, special))


def ruled_rest(question: Question, unit: Unit, *, special: bool = False) -> Ruled:
    """Return the ruling for what is left of a unit without the parts that rules name."""
    found = _binding(question, unit, special)
    return _ruled(question, unit, Binding(*([one for one in group if not _inside(one, unit)] for group in found)))


def named_parts(question: Question, unit: Unit, *, special: bool = False) -> tuple[Unit, ...]:
    """Return the units inside a unit that rules name without covering it whole.

    Of the many counties that a rule by distance touches, only those in which it changes what is drawn.
    """
    found = _binding(question, unit, special)
    named = [*found.findings, *lapsed(found.not_in_force)]
    units: dict[str, Unit] = {}
    touched: dict[str, Unit] = {}
    for one in named:
        held = units if one.provision.where.province_line_m is None else touched
        held.update({part.code: part for part in one.part if part.code != unit.code})
    if touched:
        rest = _look(ruled_rest(question, unit, special=special))
        for code, part in touched.items():
            if _look(ruled(question, part, special=special)) != rest:
                units[code] = part
    return tuple(units.values())


def nationwide(question: Question, unit: Unit) -> Ruled:
    """Return the ruling for a unit by the rules alone that hold everywhere on the mainland."""
    found = question.evaluate_binding([unit])
    return _ruled(question, unit, Binding(*([one for one in group if one.scope is Scope.NATIONAL] for group in found)))


def _binding(question: Question, unit: Unit, special: bool) -> Binding:
    found = question.evaluate_binding([unit])
    if not special:
        return found
    return Binding(*([one for one in group if one.scope is Scope.PLACE] for group in found))


def _look(one: Ruled) -> tuple[Ruling, Extent, bool]:
    """What decides how a unit is drawn."""
    return one.ruling, one.extent, bool(one.stricter)


def _ruled(question: Question, unit: Unit, found: Binding) -> Ruled:
    word = ruled_by(question, found)
    ruling, resting_on = word.ruling, rests_on(word, *found)
    passed = lapsed(found.not_in_force)
    strict = strictest(passed)
    stricter: tuple[Finding, ...] = ()
    if ruling is not Ruling.UNCLEAR and STRICTNESS.index(strict) < STRICTNESS.index(ruling):
        stricter = tuple(sorted((one for one in passed if weight(one) is strict), key=decision_order))
    return Ruled(unit, ruling, extent(resting_on), local(*found), resting_on, stricter)


def _inside(one: Finding, unit: Unit) -> bool:
    """Whether a rule reaches only units inside the unit; one for a park somewhere in it does not count."""
    return bool(one.part) and unit not in one.part

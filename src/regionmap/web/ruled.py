"""The ruling for a unit as the map shows it: with the rules it rests on, and the stricter ones that have lapsed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regionmap.model import Ruling, Unit
from regionmap.rules.answers import Finding
from regionmap.rules.question import Question
from regionmap.rules.ruling import STRICTNESS, lapsed, rule, strictest, weight


@dataclass(frozen=True, slots=True)
class Ruled:
    """The ruling for one unit.

    ``deciding``: what it rests on, the strictest first; for ``unclear``, rules whose target date has passed.
    ``stricter``: rules stricter than the ruling whose target date has passed, without a known repeal or successor.
    """

    unit: Unit
    ruling: Ruling
    deciding: tuple[Finding, ...]
    stricter: tuple[Finding, ...]

    @property
    def part(self) -> tuple[Unit, ...]:
        """The units inside, where every deciding rule covers only a part of the unit."""
        if not self.deciding or not all(one.part for one in self.deciding):
            return ()
        return tuple({unit.code: unit for one in self.deciding for unit in one.part}.values())


def ruled(question: Question, unit: Unit) -> Ruled:
    """Return the ruling for a unit: the strictest of what covers it, wholly or in part."""
    binding, others = question.hold_binding([unit])
    return _ruled(unit, binding, others)


def ruled_rest(question: Question, unit: Unit) -> Ruled:
    """Return the ruling for what is left of a unit without the parts that rules name."""
    binding, others = question.hold_binding([unit])
    return _ruled(unit, [one for one in binding if not one.part], [one for one in others if not one.part])


def named_parts(question: Question, unit: Unit) -> tuple[Unit, ...]:
    """Return the units inside a unit that rules name without covering it whole."""
    binding, others = question.hold_binding([unit])
    return tuple({part.code: part for one in [*binding, *lapsed(others)] for part in one.part}.values())


def _ruled(unit: Unit, binding: Sequence[Finding], others: Sequence[Finding]) -> Ruled:
    ruling, passed = rule(binding, others), lapsed(others)
    if ruling is Ruling.UNCLEAR:
        return Ruled(unit, ruling, _strictest_first(passed), ())
    deciding = _strictest_first([one for one in binding if weight(one) is ruling])
    strict = strictest(passed)
    if STRICTNESS.index(strict) < STRICTNESS.index(ruling):
        return Ruled(unit, ruling, deciding, tuple(one for one in passed if weight(one) is strict))
    return Ruled(unit, ruling, deciding, ())


def _strictest_first(found: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda one: STRICTNESS.index(weight(one))))

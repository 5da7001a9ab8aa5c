"""What becomes of a provision by how it stands to the industry, the action, the date and each kind of place."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import NamedTuple

from regionmap.model import Action, Effect, Provision, Rank, Source, Status
from regionmap.rules.matching.area_index import INSIDE, KINDS, OUT_OF_SCOPE, OUTSIDE, UNDEFINED
from regionmap.rules.matching.effects import SHOWN_ONLY
from regionmap.rules.matching.fits import Aspect

ASPECTS = tuple(Aspect)
# How a provision may stand to the industry: it does not speak of it, it does, or of a class that no text defines.
FAILS, BINDS, CLASS_UNDEFINED = range(3)


class Outcome(IntEnum):
    """What becomes of a provision; from ``COUNTED`` on it is only counted, by the aspect that it fell on first."""

    FINDING = 0
    DEPENDS_ON_SITE = 1
    NOT_IN_FORCE = 2
    FELL_AWAY = 3
    GENERAL = 4
    LEFT_OUT = 5
    COUNTED = 6


class Outcomes(NamedTuple):
    """What becomes of a provision by the kind of match of its area: INSIDE, UNDEFINED, OUT_OF_SCOPE, OUTSIDE."""

    fell_on: tuple[tuple[Aspect, ...], ...]
    by_kind: tuple[int, ...]
    may_be_shown: bool
    """Whether the answer for some place lists it."""
    may_decide: bool
    """Whether the ruling for some place may rest on it."""


def outcomes(
    provision: Provision, source: Source, action: Action, status: Status
) -> tuple[Outcomes, Outcomes, Outcomes]:
    """Return what becomes of a provision by how it stands to the industry: FAILS, BINDS, CLASS_UNDEFINED."""
    effect = provision.effect
    acts = effect in SHOWN_ONLY or action in provision.actions
    # Elsewhere a city's own rules and rows of lists are many and near to nothing.
    only_here = source.level != "national" or source.rank is Rank.LIST
    return _outcomes(
        effect, not provision.industries, provision.where.national, acts, status, provision.ask is not None, only_here
    )


@cache  # bounded: every argument has few values
def _outcomes(
    effect: Effect, speaks_of_all: bool, national: bool, acts: bool, status: Status, asks: bool, only_here: bool
) -> tuple[Outcomes, Outcomes, Outcomes]:
    def one(stands: int) -> Outcomes:
        # Whether an undefined class belongs to what a target or a duty speaks of is nobody's question here.
        names = stands == BINDS or (stands == CLASS_UNDEFINED and effect not in SHOWN_ONLY)
        failures = [
            (kind not in {INSIDE, UNDEFINED}, not names, not acts, status is not Status.IN_FORCE) for kind in KINDS
        ]
        fell_on = tuple(
            tuple(aspect for aspect, fell in zip(ASPECTS, failed, strict=True) if fell) for failed in failures
        )
        depends = [asks or stands == CLASS_UNDEFINED or kind == UNDEFINED for kind in KINDS]
        by_kind = tuple(
            _fell(effect, kind, fell, only_here=only_here, depends=depends[kind], stands=stands)
            if fell
            else _bound(effect, speaks_of_all, national, depends[kind])
            for kind, fell in zip(KINDS, fell_on, strict=True)
        )
        near = (by_kind[INSIDE], by_kind[UNDEFINED])
        may_decide = effect not in SHOWN_ONLY and any(outcome <= Outcome.NOT_IN_FORCE for outcome in near)
        return Outcomes(fell_on, by_kind, any(outcome <= Outcome.FELL_AWAY for outcome in by_kind), may_decide)

    return one(FAILS), one(BINDS), one(CLASS_UNDEFINED)


def _fell(
    effect: Effect, kind: int, fell_on: tuple[Aspect, ...], *, only_here: bool, depends: bool, stands: int
) -> int:
    """Return what becomes of a provision that does not bind."""
    counted = Outcome.COUNTED + ASPECTS.index(fell_on[0])
    if fell_on == (Aspect.DATE,):
        if stands == CLASS_UNDEFINED:
            return counted
        return int(Outcome.LEFT_OUT if effect is Effect.DUTY else Outcome.NOT_IN_FORCE)
    if kind == OUTSIDE and only_here:
        return counted
    if len(fell_on) == 1 and effect not in SHOWN_ONLY and kind != OUT_OF_SCOPE and not depends:
        return int(Outcome.FELL_AWAY)  # in force, and fell on one thing only: a reader would ask about it
    return counted


def _bound(effect: Effect, speaks_of_all: bool, national: bool, depends: bool) -> int:
    """Return what becomes of a provision that binds, or would if what it depends on were known."""
    if speaks_of_all and (effect is Effect.DUTY or (effect is Effect.TARGET and national)):
        # A duty of an office, or a target of the whole country, on all industries: not listed.
        return int(Outcome.GENERAL)
    if effect in SHOWN_ONLY or not depends:
        return int(Outcome.FINDING)
    return int(Outcome.DEPENDS_ON_SITE)

"""The provisions that may speak of an industry, and what becomes of each, decided once for all places."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Effect, Provision, Ruling, Source, Status
from regionmap.rules.answers import ENCOURAGING, SHOWN_ONLY, Aspect, IndustryMatch, PlaceMatch

# How a place may stand to an area, as far as what becomes of a provision goes.
INSIDE, UNDEFINED, OUT_OF_SCOPE, OUTSIDE = _KINDS = range(4)


class Fate(IntEnum):
    """What becomes of a provision; from ``COUNTED`` on it is only counted, by the aspect that it fell on first."""

    FINDING = 0
    UNDECIDED = 1
    NOT_IN_FORCE = 2
    FELL_AWAY = 3
    GENERAL = 4
    LEFT_OUT = 5
    COUNTED = 6


ASPECTS = tuple(Aspect)
_RESTS_ON = frozenset({int(Fate.FINDING), int(Fate.NOT_IN_FORCE)})
Signature = tuple[Ruling, frozenset[str]]


class Matches(NamedTuple):
    """How places stand to each distinct area of provisions; ``kinds`` is the same in one byte each."""

    matches: tuple[PlaceMatch, ...]
    kinds: bytes


class Outcomes(NamedTuple):
    """What becomes of a provision by the kind of match of its area: INSIDE, UNDEFINED, OUT_OF_SCOPE, OUTSIDE."""

    fell_on: tuple[tuple[Aspect, ...], ...]
    fates: tuple[int, ...]
    may_be_shown: bool
    """Whether the answer for some place lists it."""


class Candidate(NamedTuple):
    """A provision that may speak of the industry; ``where`` numbers its area, the next two are of its ``Outcomes``."""

    where: int
    fates: tuple[int, ...]
    fell_on: tuple[tuple[Aspect, ...], ...]
    provision: Provision
    source: Source
    status: Status
    industry: IndustryMatch


class Tally(NamedTuple):
    """``number`` provisions of one area that share their fates."""

    where: int
    fates: tuple[int, ...]
    number: int


class Reach(NamedTuple):
    """Which provisions may speak of an industry: their places in the catalogue; ``far`` counts those that do not."""

    near: tuple[tuple[int, bool, IndustryMatch], ...]
    """Place in the catalogue, whether the match binds, and the match."""
    far: int


class Candidates:
    """The provisions that may speak of an industry, for one action and the days between two turns."""

    def __init__(
        self,
        catalogue: Catalogue,
        wheres: Sequence[int],
        statuses: Sequence[Status],
        outcomes: Sequence[tuple[Outcomes, Outcomes]],
        reach: Reach,
    ) -> None:
        """Set apart what answers list and what they only count.

        Args:
            catalogue: what is loaded.
            wheres: for each provision, the number of its area.
            statuses: for each provision, its standing.
            outcomes: for each provision, what becomes of it where it does not reach the industry, and where it does.
            reach: which provisions may speak of the industry.
        """
        shown: list[Candidate] = []
        binding: list[Candidate] = []
        counted: dict[tuple[int, tuple[int, ...]], int] = {}
        for number, binds, industry in reach.near:
            fell_on, fates, may_be_shown = outcomes[number][binds]
            if not may_be_shown:
                key = (wheres[number], fates)
                counted[key] = counted.get(key, 0) + 1
                continue
            one = catalogue.provisions[number]
            made = Candidate(
                wheres[number], fates, fell_on, one, catalogue.sources[one.source], statuses[number], industry
            )
            shown.append(made)
            if fates[INSIDE] in _RESTS_ON and one.effect not in SHOWN_ONLY:
                binding.append(made)
        self.shown: tuple[Candidate, ...] = tuple(shown)
        """Those that an answer for some place lists."""
        self.binding: tuple[Candidate, ...] = tuple(binding)
        """Those that a ruling may rest on, where they reach the place."""
        self.tallies: tuple[Tally, ...] = tuple(Tally(*key, number) for key, number in counted.items())
        """The others: every answer only counts them."""
        self.far = reach.far
        """How many provisions do not speak of the industry at all."""
        self._wheres = sorted({one.where for one in binding})
        self.signatures: dict[int | str | bytes, Signature] = {}
        """What rulings rest on, by ``AreaIndex.key`` and by ``deciding_kinds``: as many as places that differ."""

    def deciding_kinds(self, kinds: bytes) -> bytes:
        """Return how a place stands to the areas that a ruling may rest on: equal for places of one ruling."""
        return bytes([kinds[where] for where in self._wheres])


def outcomes(provision: Provision, action: Action, status: Status) -> tuple[Outcomes, Outcomes]:
    """Return what becomes of a provision that does not reach the industry, and of one that does."""
    effect = provision.effect
    acts = effect in SHOWN_ONLY or action in provision.actions
    return _outcomes(effect, not provision.industries, provision.where.national, acts, status)


@cache  # bounded: every argument has few values
def _outcomes(
    effect: Effect, speaks_of_all: bool, national: bool, acts: bool, status: Status
) -> tuple[Outcomes, Outcomes]:
    def one(industry_binds: bool) -> Outcomes:
        failures = [
            (kind not in {INSIDE, UNDEFINED}, not industry_binds, not acts, status is not Status.IN_FORCE)
            for kind in _KINDS
        ]
        fell_on = tuple(
            tuple(aspect for aspect, fell in zip(ASPECTS, failed, strict=True) if fell) for failed in failures
        )
        fates = tuple(
            _fell(effect, kind, fell) if fell else _bound(effect, speaks_of_all, national, kind)
            for kind, fell in zip(_KINDS, fell_on, strict=True)
        )
        return Outcomes(fell_on, fates, any(fate <= Fate.FELL_AWAY for fate in fates))

    return one(industry_binds=False), one(industry_binds=True)


def _fell(effect: Effect, kind: int, fell_on: tuple[Aspect, ...]) -> int:
    """Return what becomes of a provision that does not bind."""
    if fell_on == (Aspect.DATE,):
        return int(Fate.LEFT_OUT if effect is Effect.DUTY else Fate.NOT_IN_FORCE)
    if len(fell_on) == 1 and effect not in SHOWN_ONLY and kind != OUT_OF_SCOPE:
        return int(Fate.FELL_AWAY)  # in force, and fell on one thing only: a reader would ask about it
    return Fate.COUNTED + ASPECTS.index(fell_on[0])


def _bound(effect: Effect, speaks_of_all: bool, national: bool, kind: int) -> int:
    """Return what becomes of a provision that binds."""
    if speaks_of_all and (effect is Effect.DUTY or (effect is Effect.TARGET and national)):
        return int(Fate.GENERAL)  # a duty of an office, or a target of the whole country, on all industries: not listed
    if effect in SHOWN_ONLY or kind != UNDEFINED or effect not in ENCOURAGING:
        return int(Fate.FINDING)
    return int(Fate.UNDECIDED)

"""The provisions that may speak of an industry, and what becomes of each, decided once for all places."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Effect, Provision, Rank, Ruling, Source, Status
from regionmap.rules.finding import SHOWN_ONLY, Aspect, IndustryFit, IndustryMatch, PlaceMatch

# How a place may stand to an area, as far as what becomes of a provision goes.
INSIDE, UNDEFINED, OUT_OF_SCOPE, OUTSIDE = _KINDS = range(4)

# How a provision may stand to the industry: it does not speak of it, it does, or of a class that no text defines.
FAILS, BINDS, CLASS_UNDEFINED = range(3)


class Fate(IntEnum):
    """What becomes of a provision; from ``COUNTED`` on it is only counted, by the aspect that it fell on first."""

    FINDING = 0
    DEPENDS_ON_SITE = 1
    NOT_IN_FORCE = 2
    FELL_AWAY = 3
    GENERAL = 4
    LEFT_OUT = 5
    COUNTED = 6


ASPECTS = tuple(Aspect)
_RESTS_ON = frozenset({int(Fate.FINDING), int(Fate.DEPENDS_ON_SITE), int(Fate.NOT_IN_FORCE)})
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
    """A provision that may speak of the industry; ``where`` numbers its area, the next two are of its ``Outcomes``.

    ``notable``: an answer must look at it although it is not in force: it restricts and its horizon has passed, or its
    first day is not printed and may have come.
    """

    where: int
    fates: tuple[int, ...]
    fell_on: tuple[tuple[Aspect, ...], ...]
    provision: Provision
    source: Source
    status: Status
    industry: IndustryMatch
    notable: bool


class Tally(NamedTuple):
    """``number`` provisions of one area that share their fates."""

    where: int
    fates: tuple[int, ...]
    number: int


class Reach(NamedTuple):
    """Which provisions may speak of an industry: their places in the catalogue; ``far`` counts those that do not."""

    near: tuple[tuple[int, int, IndustryMatch], ...]
    """Place in the catalogue; FAILS, BINDS or CLASS_UNDEFINED; and the match."""
    far: int


def is_notable(provision: Provision, source: Source, status: Status) -> bool:
    """Whether an answer must look at a provision that is not in force: see ``Candidate``."""
    if status is Status.HORIZON_PASSED:
        return provision.effect not in SHOWN_ONLY
    return status is Status.NOT_YET and source.date_note is not None and source.issued is not None


def stands_to_industry(match: IndustryMatch) -> int:
    """Return FAILS, BINDS or CLASS_UNDEFINED for a match."""
    if match.binds:
        return BINDS
    return CLASS_UNDEFINED if match.fit is IndustryFit.UNDEFINED else FAILS


class Candidates:
    """The provisions that may speak of an industry, for one action and the days between two turns."""

    def __init__(
        self,
        catalogue: Catalogue,
        wheres: Sequence[int],
        statuses: Sequence[Status],
        outcomes: Sequence[tuple[Outcomes, Outcomes, Outcomes]],
        reach: Reach,
    ) -> None:
        """Set apart what answers list and what they only count.

        Args:
            catalogue: what is loaded.
            wheres: for each provision, the number of its area.
            statuses: for each provision, its standing.
            outcomes: for each provision, what becomes of it by how it stands to the industry.
            reach: which provisions may speak of the industry.
        """
        shown: list[Candidate] = []
        nearby: dict[int, list[Candidate]] = {}
        binding: list[Candidate] = []
        counted: dict[tuple[int, tuple[int, ...]], int] = {}
        limits: set[int] = set()
        for number, stands, industry in reach.near:
            fell_on, fates, may_be_shown = outcomes[number][stands]
            if not may_be_shown:
                key = (wheres[number], fates)
                counted[key] = counted.get(key, 0) + 1
                continue
            one = catalogue.provisions[number]
            source, status = catalogue.source_of(one), statuses[number]
            notable = is_notable(one, source, status)
            made = Candidate(wheres[number], fates, fell_on, one, source, status, industry, notable)
            if one.where.province_line_m is not None:
                limits.add(one.where.province_line_m)
            if fates[OUTSIDE] > Fate.FELL_AWAY:
                nearby.setdefault(made.where, []).append(made)
            else:
                shown.append(made)
            if _RESTS_ON & {fates[INSIDE], fates[UNDEFINED]} and one.effect not in SHOWN_ONLY:
                binding.append(made)
        self.shown: tuple[Candidate, ...] = tuple(shown)
        """Those that the answer for any place lists."""
        self.nearby: dict[int, tuple[tuple[Candidate, ...], tuple[int, ...]]] = {
            where: (tuple(found), tuple(one.fates[OUTSIDE] for one in found)) for where, found in nearby.items()
        }
        """Those that only answers for places in or around their area list, by the number of the area; beside them what
        becomes of each elsewhere."""
        self.binding: tuple[Candidate, ...] = tuple(binding)
        """Those that a ruling may rest on, where they reach the place."""
        self.tallies: tuple[Tally, ...] = tuple(Tally(*key, number) for key, number in counted.items())
        """The others: every answer only counts them."""
        self.limits: tuple[int, ...] = tuple(sorted(limits))
        """The distances to another province, in metres, by which an answer may list some of them or not."""
        self.far = reach.far
        """How many provisions do not speak of the industry at all."""
        self._wheres = sorted({one.where for one in binding})
        self.signatures: dict[int | str | bytes | tuple[int | str, int], Signature] = {}
        """What rulings rest on, by ``AreaIndex.key``, for points also by how many of ``AreaIndex.limits`` they lie
        beyond, and by ``deciding_kinds``: as many as places that differ."""

    def deciding_kinds(self, kinds: bytes) -> bytes:
        """Return how a place stands to the areas that a ruling may rest on: equal for places of one ruling."""
        return bytes([kinds[where] for where in self._wheres])


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
            (kind not in {INSIDE, UNDEFINED}, not names, not acts, status is not Status.IN_FORCE) for kind in _KINDS
        ]
        fell_on = tuple(
            tuple(aspect for aspect, fell in zip(ASPECTS, failed, strict=True) if fell) for failed in failures
        )
        depends = [asks or stands == CLASS_UNDEFINED or kind == UNDEFINED for kind in _KINDS]
        fates = tuple(
            _fell(effect, kind, fell, stands, only_here)
            if fell
            else _bound(effect, speaks_of_all, national, depends[kind])
            for kind, fell in zip(_KINDS, fell_on, strict=True)
        )
        return Outcomes(fell_on, fates, any(fate <= Fate.FELL_AWAY for fate in fates))

    return one(FAILS), one(BINDS), one(CLASS_UNDEFINED)


def _fell(effect: Effect, kind: int, fell_on: tuple[Aspect, ...], stands: int, only_here: bool) -> int:
    """Return what becomes of a provision that does not bind."""
    counted = Fate.COUNTED + ASPECTS.index(fell_on[0])
    if fell_on == (Aspect.DATE,):
        if stands == CLASS_UNDEFINED:
            return counted
        return int(Fate.LEFT_OUT if effect is Effect.DUTY else Fate.NOT_IN_FORCE)
    if kind == OUTSIDE and only_here:
        return counted
    if len(fell_on) == 1 and effect not in SHOWN_ONLY and kind != OUT_OF_SCOPE and stands != CLASS_UNDEFINED:
        return int(Fate.FELL_AWAY)  # in force, and fell on one thing only: a reader would ask about it
    return counted


def _bound(effect: Effect, speaks_of_all: bool, national: bool, depends: bool) -> int:
    """Return what becomes of a provision that binds, or would if what it depends on were known."""
    if speaks_of_all and (effect is Effect.DUTY or (effect is Effect.TARGET and national)):
        return int(Fate.GENERAL)  # a duty of an office, or a target of the whole country, on all industries: not listed
    if effect in SHOWN_ONLY or not depends:
        return int(Fate.FINDING)
    return int(Fate.DEPENDS_ON_SITE)

"""The provisions that may speak of an industry, and what becomes of each, decided once for all places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Effect, Extent, Provision, Rank, Ruling, Scope, Source, Status
from regionmap.rules.matching.area_index import INSIDE, KINDS, OUT_OF_SCOPE, OUTSIDE, UNDEFINED, AreaIndex
from regionmap.rules.matching.effects import RANK, RESTRICTING, SHOWN_ONLY, STRICTNESS, WEIGHTS, scope
from regionmap.rules.matching.fits import NAMES_INDUSTRY, Aspect, IndustryFit, IndustryMatch, PlaceMatch

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


ASPECTS = tuple(Aspect)
_order, _asking_order = attrgetter("order"), attrgetter("asking_order")
_RESTS_ON = frozenset({int(Outcome.FINDING), int(Outcome.DEPENDS_ON_SITE), int(Outcome.NOT_IN_FORCE)})
Signature = tuple[Ruling, frozenset[str]]
Heading = tuple[Ruling, Extent]


class Matches(NamedTuple):
    """How places stand to each distinct area of provisions; ``kinds`` is the same in one byte each.

    ``reached``: the numbers of the areas that lie around the places or on them, of those that not every place lies in;
    ``unlisted``: of the areas whose open list (等) does not print the places. ``out_of_scope``: no document addresses
    the places.
    """

    matches: tuple[PlaceMatch, ...]
    kinds: bytes
    reached: tuple[int, ...]
    unlisted: frozenset[int]
    out_of_scope: bool


class Outcomes(NamedTuple):
    """What becomes of a provision by the kind of match of its area: INSIDE, UNDEFINED, OUT_OF_SCOPE, OUTSIDE."""

    fell_on: tuple[tuple[Aspect, ...], ...]
    by_kind: tuple[int, ...]
    may_be_shown: bool
    """Whether the answer for some place lists it."""


class Candidate(NamedTuple):
    """A provision that may speak of the industry; ``where`` numbers its area, the next two are of its ``Outcomes``.

    ``order``: the rank of its ruling and its first day, so that the strictest and newest sort first; ``asking_order``
    puts before that what may decide, and what does not hold everywhere. ``notable``: an
    answer must look at it although it does not bind: see ``is_notable``.
    """

    where: int
    by_kind: tuple[int, ...]
    fell_on: tuple[tuple[Aspect, ...], ...]
    provision: Provision
    source: Source
    status: Status
    industry: IndustryMatch
    order: tuple[int, int]
    asking_order: tuple[bool, bool, int, int]
    local: bool
    notable: bool


class _Piece(NamedTuple):
    """The candidates of one area (or several) by what becomes of them; ``counts``: how many met an outcome."""

    bound: tuple[Candidate, ...]
    depends_on_site: tuple[Candidate, ...]
    not_in_force: tuple[Candidate, ...]
    fell_away: tuple[Candidate, ...]
    counts: tuple[tuple[int, int], ...]


class Partition(NamedTuple):
    """The candidates by what becomes of them at a place.

    ``asking``, ``passed`` and ``near`` are the notable ones of ``depends_on_site``, ``not_in_force`` and ``fell_away``
    (``near`` also those whose open list does not print the place); ``used`` are the numbers of the areas of what is
    bound or fell away.
    """

    bound: tuple[Candidate, ...]
    depends_on_site: tuple[Candidate, ...]
    asking: tuple[Candidate, ...]
    not_in_force: tuple[Candidate, ...]
    passed: tuple[Candidate, ...]
    fell_away: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    used: tuple[int, ...]
    strictest: Ruling
    strictest_here: Ruling
    general: int
    fell_counts: tuple[tuple[Aspect, int], ...]


class CandidateMatches(NamedTuple):
    """Which provisions may speak of an industry: their places in the catalogue; ``far`` counts those that do not."""

    near: tuple[tuple[int, int, IndustryMatch], ...]
    """Place in the catalogue; FAILS, BINDS or CLASS_UNDEFINED; and the match."""
    far: int


def is_notable(provision: Provision, source: Source, status: Status, industry: IndustryMatch, *, local: bool) -> bool:
    """Tell whether an answer must look at a provision although it does not bind.

    Of those not in force: what restricts or helps and has passed its horizon, and what may have begun on a day that is
    not printed. Of those that depend on the site: what restricts and names the industry and a part of the country, or
    an undefined class, and what reaches the industry by a reading of ours. Of those that fell away: what names the
    industry in a wider sense, in an open list, or by a reading.
    """
    if status is Status.HORIZON_PASSED:
        return provision.effect not in SHOWN_ONLY
    if status is not Status.IN_FORCE:
        return status is Status.NOT_YET and source.date_note is not None and source.issued is not None
    if industry.fit in {IndustryFit.OPEN, IndustryFit.NEAR, IndustryFit.READING}:
        return True
    names = local and industry.fit in NAMES_INDUSTRY
    return provision.effect in RESTRICTING and (names or industry.fit is IndustryFit.UNDEFINED)


def stands_to_industry(match: IndustryMatch) -> int:
    """Return FAILS, BINDS or CLASS_UNDEFINED for a match."""
    if match.binds:
        return BINDS
    return CLASS_UNDEFINED if match.fit is IndustryFit.UNDEFINED else FAILS


class _Sorted:
    """Candidates by area, sorted beforehand for every way in which a place may stand to one."""

    def __init__(
        self, areas: AreaIndex, listed: dict[int, list[Candidate]], counted: dict[int, list[tuple[int, ...]]]
    ) -> None:
        """Sort the areas that every place lies in once; of the others, begin with a place that lies in none."""
        wheres = sorted({*listed, *counted})
        stable = [where for where in wheres if where in areas.everywhere]
        kinds = dict(areas.everywhere)
        self._stable = (
            _piece([(kinds[where], listed.get(where, ()), counted.get(where, ())) for where in stable]),
            _piece([(OUT_OF_SCOPE, listed.get(where, ()), counted.get(where, ())) for where in stable]),
        )
        local = [where for where in wheres if where not in kinds]
        self._pieces = {
            where: tuple(_piece([(kind, listed.get(where, ()), counted.get(where, ()))]) for kind in KINDS)
            for where in local
        }
        # Elsewhere most areas only count; those that are listed also for places outside are set apart.
        self._outside = [0] * (Outcome.COUNTED + len(ASPECTS))
        for piece in self._pieces.values():
            for outcome, number in piece[OUTSIDE].counts:
                self._outside[outcome] += number
        self._fell_outside = {where: piece[OUTSIDE] for where, piece in self._pieces.items() if any(piece[OUTSIDE][:4])}

    def at(
        self, matches: Matches
    ) -> tuple[list[Candidate], list[Candidate], list[Candidate], list[Candidate], list[int]]:
        """Return those that bind, depend on the site, are not in force and fell away; and how many met each outcome."""
        first = self._stable[matches.out_of_scope]
        bound, depends_on_site, not_in_force, fell_away = map(list, first[:4])
        counts = self._outside.copy()
        for outcome, number in first.counts:
            counts[outcome] += number
        pieces, kinds = self._pieces, matches.kinds
        for where in matches.reached:
            piece = pieces.get(where)
            if piece is not None:
                here = piece[kinds[where]]
                bound += here.bound
                depends_on_site += here.depends_on_site
                not_in_force += here.not_in_force
                fell_away += here.fell_away
                for outcome, number in here.counts:
                    counts[outcome] += number
                for outcome, number in piece[OUTSIDE].counts:
                    counts[outcome] -= number
        for where, here in self._fell_outside.items():
            if kinds[where] == OUTSIDE:
                not_in_force += here.not_in_force
                fell_away += here.fell_away
        return bound, depends_on_site, not_in_force, fell_away, counts


def _piece(parts: Iterable[tuple[int, Sequence[Candidate], Sequence[tuple[int, ...]]]]) -> _Piece:
    """Sort candidates, and outcomes that are only counted, by what becomes of them at a kind of place."""
    by_outcome: tuple[list[Candidate], ...] = ([], [], [], [])
    counts: dict[int, int] = {}
    for kind, listed, counted in parts:
        for one in listed:
            outcome = one.by_kind[kind]
            if outcome <= Outcome.FELL_AWAY:
                by_outcome[outcome].append(one)
            else:
                counts[outcome] = counts.get(outcome, 0) + 1
        for by_kind in counted:
            counts[by_kind[kind]] = counts.get(by_kind[kind], 0) + 1
    bound, depends_on_site, not_in_force, fell_away = map(tuple, by_outcome)
    return _Piece(bound, depends_on_site, not_in_force, fell_away, tuple(counts.items()))


class Candidates:
    """The provisions that may speak of an industry, for one action and the days between two change dates."""

    def __init__(
        self,
        catalogue: Catalogue,
        areas: AreaIndex,
        statuses: Sequence[Status],
        outcomes: Sequence[tuple[Outcomes, Outcomes, Outcomes]],
        speaking: CandidateMatches,
    ) -> None:
        """Set apart what answers list and what they only count.

        Args:
            catalogue: what is loaded.
            areas: the distinct areas, with the number of each provision's.
            statuses: for each provision, its standing.
            outcomes: for each provision, what becomes of it by how it stands to the industry.
            speaking: which provisions may speak of the industry.
        """
        listed: dict[int, list[Candidate]] = {}
        counted: dict[int, list[tuple[int, ...]]] = {}
        binding: dict[int, list[Candidate]] = {}
        for number, stands, industry in speaking.near:
            fell_on, by_kind, may_be_shown = outcomes[number][stands]
            where = areas.number[number]
            if not may_be_shown:
                counted.setdefault(where, []).append(by_kind)
                continue
            one, status = catalogue.provisions[number], statuses[number]
            source = catalogue.source_of(one)
            order = RANK[WEIGHTS.get(one.effect, Ruling.NO_RULE)], -one.in_force_from.toordinal()
            local = scope(one) is Scope.PLACE
            notable = is_notable(one, source, status, industry, local=local)
            asking = not notable, not local, *order
            made = Candidate(where, by_kind, fell_on, one, source, status, industry, order, asking, local, notable)
            listed.setdefault(where, []).append(made)
            if _RESTS_ON & {by_kind[INSIDE], by_kind[UNDEFINED]} and one.effect not in SHOWN_ONLY:
                binding.setdefault(where, []).append(made)
        self.limits: tuple[int, ...] = tuple(
            sorted(limit for limit in {areas.wheres[where].province_line_m for where in listed} if limit is not None)
        )
        """The distances to another province, in metres, by which an answer may list some of them or not."""
        self._far = speaking.far
        self._all = _Sorted(areas, listed, counted)
        self._binding = _Sorted(areas, binding, {})
        self._wheres = sorted(binding)
        self.signatures: dict[int | str | bytes | tuple[int | str, int], Signature] = {}
        """What rulings rest on, by ``AreaIndex.key``, for points also by how many of ``AreaIndex.limits`` they lie
        beyond, and by ``deciding_kinds``: as many as places that differ."""
        self.headings: dict[int | str | tuple[int | str, int], Heading] = {}
        """Rulings with their extents, by the same keys of places."""

    def deciding_kinds(self, kinds: bytes) -> bytes:
        """Return how a place stands to the areas that a ruling may rest on: equal for places of one ruling."""
        return bytes([kinds[where] for where in self._wheres])

    def binding(self, matches: Matches) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
        """Return what a ruling may rest on: what binds, what has passed and is notable, what depends on the site."""
        bound, depends_on_site, not_in_force, _, _ = self._binding.at(matches)
        return bound, [one for one in not_in_force if one.notable], depends_on_site

    def partition(self, matches: Matches) -> Partition:
        """Return what becomes of every candidate for places by how they stand to the areas."""
        bound, depends_on_site, not_in_force, fell_away, counts = self._all.at(matches)
        counts[Outcome.COUNTED + ASPECTS.index(Aspect.INDUSTRY)] += self._far
        bound.sort(key=_order)
        depends_on_site.sort(key=_asking_order)
        here = next((one for one in bound if one.local), None)
        return Partition(
            bound=tuple(bound),
            depends_on_site=tuple(depends_on_site),
            asking=tuple(one for one in depends_on_site if one.notable),
            not_in_force=tuple(not_in_force),
            passed=tuple(one for one in not_in_force if one.notable),
            fell_away=tuple(fell_away),
            near=tuple(one for one in fell_away if one.notable or one.where in matches.unlisted),
            used=tuple({one.where: None for one in (*bound, *fell_away)}),
            strictest=STRICTNESS[bound[0].order[0]] if bound else Ruling.NO_RULE,
            strictest_here=STRICTNESS[here.order[0]] if here is not None else Ruling.NO_RULE,
            general=counts[Outcome.GENERAL],
            fell_counts=tuple(
                (aspect, number) for aspect, number in zip(ASPECTS, counts[Outcome.COUNTED :], strict=True) if number
            ),
        )


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
        return Outcomes(fell_on, by_kind, any(outcome <= Outcome.FELL_AWAY for outcome in by_kind))

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

"""The provisions of a question by their areas, sorted beforehand for every way in which a place may stand to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from regionmap.model import Ruling
from regionmap.rules.matching.area_index import OUT_OF_SCOPE, OUTSIDE, AreaIndex
from regionmap.rules.matching.candidate import Candidate, Matches, in_order
from regionmap.rules.matching.effects import RANK, STRICTNESS
from regionmap.rules.matching.fits import Aspect
from regionmap.rules.matching.outcomes import ASPECTS, Outcome
from regionmap.rules.matching.sequences import Later

_asking_order = attrgetter("asking_order")
_NO_RULE = RANK[Ruling.NO_RULE]
# How many provisions met each outcome, as one number with so many bits for each: added up at once.
_BITS = 32
_LOW = (1 << _BITS) - 1


class Marks(NamedTuple):
    """What the provisions of an answer are marked with, by what became of them: see ``Mark``."""

    bound: int
    asking: int
    not_in_force: int
    passed: int
    near: int


class Partition(NamedTuple):
    """The candidates by what becomes of them at a place.

    ``asking``, ``passed`` and ``near`` are the notable ones of ``depends_on_site``, ``not_in_force`` and ``fell_away``
    (``near`` also those whose open list does not print the place); ``used`` are the numbers of the areas of what is
    bound or fell away.
    """

    bound: Sequence[Candidate]
    depends_on_site: Sequence[Candidate]
    asking: Sequence[Candidate]
    not_in_force: Sequence[Candidate]
    passed: Sequence[Candidate]
    fell_away: Sequence[Candidate]
    near: Sequence[Candidate]
    used: tuple[int, ...]
    strictest: Ruling
    strictest_here: Ruling
    general: int
    fell_counts: tuple[tuple[Aspect, int], ...]
    marks: Marks


class _Piece(NamedTuple):
    """The candidates of one area (or several) by what becomes of them.

    ``asking`` and ``passed`` are the notable ones of ``depends_on_site`` and ``not_in_force``. ``counts``: how many met
    each outcome, in one number; of one area, how many more than elsewhere. ``shown``: whether anything is listed.
    """

    bound: tuple[Candidate, ...]
    depends_on_site: tuple[Candidate, ...]
    asking: tuple[Candidate, ...]
    not_in_force: tuple[Candidate, ...]
    passed: tuple[Candidate, ...]
    fell_away: tuple[Candidate, ...]
    marks: int
    """Of those not in force."""
    counts: int
    shown: bool


class Pieces:
    """The candidates of a question by area."""

    def __init__(
        self,
        areas: AreaIndex,
        wheres: Iterable[int],
        listed: Callable[[int], Sequence[Candidate]],
        counted: Mapping[int, Sequence[tuple[int, ...]]] | None,
    ) -> None:
        """Keep them; they are sorted on first use.

        Args:
            areas: the distinct areas.
            wheres: the numbers of those that have any.
            listed: gives the candidates that answers may list, by the number of the area.
            counted: of the others, what becomes of them by the kind of place, likewise; None where nobody asks how many
                there are.
        """
        self._areas, self._listed, self._counts = areas, listed, counted is not None
        self._counted: Mapping[int, Sequence[tuple[int, ...]]] = counted or {}
        self._elsewhere: dict[int, _Piece] = {}
        self._everywhere = sorted(where for where in wheres if where in areas.everywhere)
        self._rows: dict[int, list[_Piece | None]] = {
            where: [None, None, None, None] for where in wheres if where not in areas.everywhere
        }

    @cached_property
    def _stable(self) -> tuple[_Piece, _Piece]:
        """What the areas hold that every place lies in: for places of the mainland, and for others."""
        everywhere, stable = self._areas.everywhere, self._everywhere
        return (
            _piece([(everywhere[where], *self._at(where)) for where in stable]),
            _piece([(OUT_OF_SCOPE, *self._at(where)) for where in stable]),
        )

    def _at(self, where: int) -> tuple[Sequence[Candidate], Sequence[tuple[int, ...]]]:
        return self._listed(where), self._counted.get(where, ())

    @cached_property
    def _outside(self) -> tuple[int, tuple[tuple[int, tuple[Candidate, ...]], ...]]:
        """How many provisions meet each outcome at a place that no list names, and what fell away there, by area."""
        total, fell = 0, []
        for where in sorted(self._rows):
            here = self._at_others(where)
            total += here.counts
            if here.fell_away:
                fell.append((where, here.fell_away))
        return total, tuple(fell)

    def _piece(self, where: int, kind: int) -> _Piece:
        """Return the candidates of an area that not every place lies in, for a kind of places; made on first use."""
        row = self._rows[where]
        found = row[kind]
        if found is None:
            more = -self._at_others(where).counts if self._counts else 0
            found = row[kind] = _piece([(kind, *self._at(where))], more)
        return found

    def _at_others(self, where: int) -> _Piece:
        """Return the candidates of an area for places that lie outside it."""
        found = self._elsewhere.get(where)
        if found is None:
            found = self._elsewhere[where] = _piece([(OUTSIDE, *self._at(where))])
        return found

    def _here(self, matches: Matches) -> list[_Piece]:
        """Return the pieces of places: that of the areas around all, and those of the areas that not all lie in."""
        rows, kinds = self._rows, matches.kinds
        found = [self._stable[matches.out_of_scope]]
        for where in matches.reached:
            row = rows.get(where)
            if row is not None:
                found.append(row[kinds[where]] or self._piece(where, kinds[where]))
        return found

    def binding(self, matches: Matches) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
        """Return what binds, what has passed and is notable, and what depends on the site, in the order of areas."""
        bound: list[Candidate] = []
        passed: list[Candidate] = []
        depends_on_site: list[Candidate] = []
        for one in self._here(matches):
            bound += one.bound
            passed += one.passed
            depends_on_site += one.depends_on_site
        return bound, passed, depends_on_site

    def partition(self, matches: Matches, far: int) -> Partition:
        """Return what becomes of every candidate for places by how they stand to the areas.

        Args:
            matches: how they do.
            far: how many provisions do not speak of the industry.
        """
        kinds = matches.kinds
        total, fell_outside = self._outside
        total += far << _BITS * (Outcome.COUNTED + ASPECTS.index(Aspect.INDUSTRY))
        shown: list[_Piece] = []
        bound: list[Candidate] = []
        asking: list[Candidate] = []
        passed: list[Candidate] = []
        fell_away: list[Candidate] = []
        marks = 0
        for one in self._here(matches):
            total += one.counts
            if one.shown:
                shown.append(one)
                bound += one.bound
                asking += one.asking
                passed += one.passed
                fell_away += one.fell_away
                marks |= one.marks
        # What is not in force falls on place and date elsewhere, and is only counted.
        for where, fell in fell_outside:
            if kinds[where] == OUTSIDE:
                fell_away += fell
        asking.sort(key=_asking_order)
        return _partition(
            bound=bound,
            depends_on_site=Later(
                lambda: sorted([each for one in shown for each in one.depends_on_site], key=_asking_order)
            ),
            asking=asking,
            not_in_force=Later(lambda: [each for one in shown for each in one.not_in_force]),
            passed=passed,
            fell_away=fell_away,
            matches=matches,
            counts=[total >> _BITS * at & _LOW for at in range(Outcome.COUNTED + len(ASPECTS))],
            marks=marks,
        )


def sort_out(
    bound: list[Candidate],
    depends_on_site: list[Candidate],
    not_in_force: list[Candidate],
    fell_away: list[Candidate],
    matches: Matches,
    counts: Sequence[int],
) -> Partition:
    """Return candidates by what becomes of them, in the order in which answers name them, and what they look at.

    Args:
        bound: what binds, in the order of areas.
        depends_on_site: what depends on the site, likewise.
        not_in_force: what would bind but for the date.
        fell_away: what fell on one thing only.
        matches: how the places stand to all areas.
        counts: how many met each outcome, by ``Outcome``.
    """
    depends_on_site.sort(key=_asking_order)
    return _partition(
        bound=bound,
        depends_on_site=depends_on_site,
        asking=[one for one in depends_on_site if one.notable],
        not_in_force=not_in_force,
        passed=[one for one in not_in_force if one.notable],
        fell_away=fell_away,
        matches=matches,
        counts=counts,
        marks=_marked(not_in_force),
    )


def _partition(
    *,
    bound: list[Candidate],
    depends_on_site: Sequence[Candidate],
    asking: list[Candidate],
    not_in_force: Sequence[Candidate],
    passed: list[Candidate],
    fell_away: list[Candidate],
    matches: Matches,
    counts: Sequence[int],
    marks: int,
) -> Partition:
    bound, unlisted = in_order(bound, matches), matches.unlisted
    near = [one for one in fell_away if one.notable or one.where in unlisted]
    here = next((one.rank for one in bound if one.local), _NO_RULE)
    return Partition(
        bound=bound,
        depends_on_site=depends_on_site,
        asking=asking,
        not_in_force=not_in_force,
        passed=passed,
        fell_away=fell_away,
        near=near,
        used=tuple(dict.fromkeys([one.where for one in bound] + [one.where for one in fell_away])),
        strictest=STRICTNESS[bound[0].rank if bound else _NO_RULE],
        strictest_here=STRICTNESS[here],
        general=counts[Outcome.GENERAL],
        fell_counts=tuple(
            (aspect, number) for aspect, number in zip(ASPECTS, counts[Outcome.COUNTED :], strict=True) if number
        ),
        marks=Marks(_marked(bound), _marked(asking), marks, _marked(passed), _marked(near)),
    )


def _marked(candidates: Iterable[Candidate]) -> int:
    found = 0
    for one in candidates:
        found |= one.marks
    return found


def _piece(parts: Iterable[tuple[int, Sequence[Candidate], Sequence[tuple[int, ...]]]], counts: int = 0) -> _Piece:
    """Sort candidates, and outcomes that are only counted, by what becomes of them at a kind of place.

    Args:
        parts: the kind, the candidates, and the outcomes of others, for each area.
        counts: what their numbers are added to.
    """
    by_outcome: tuple[list[Candidate], ...] = ([], [], [], [])
    for kind, listed, counted in parts:
        for one in listed:
            outcome = one.by_kind[kind]
            if outcome <= Outcome.FELL_AWAY:
                by_outcome[outcome].append(one)
            else:
                counts += 1 << _BITS * outcome
        for by_kind in counted:
            counts += 1 << _BITS * by_kind[kind]
    bound, depends_on_site, not_in_force, fell_away = map(tuple, by_outcome)
    return _Piece(
        bound=bound,
        depends_on_site=depends_on_site,
        asking=tuple(one for one in depends_on_site if one.notable),
        not_in_force=not_in_force,
        passed=tuple(one for one in not_in_force if one.notable),
        fell_away=fell_away,
        marks=_marked(not_in_force),
        counts=counts,
        shown=bool(bound or depends_on_site or not_in_force or fell_away),
    )

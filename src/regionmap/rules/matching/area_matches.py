"""How places stand to the areas of provisions: the same on all days between two on which a list or a unit changes.

Those days are few beside the days on which a provision begins or ends, so that what is kept here serves many of these.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.listed import first_day
from regionmap.lru import LRUCache
from regionmap.model import Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.area_index import INSIDE, KINDS, OUT_OF_SCOPE, OUTSIDE, UNDEFINED, AreaIndex
from regionmap.rules.matching.candidate import Matches
from regionmap.rules.matching.fits import LineDistance, PlaceFit, PlaceMatch
from regionmap.rules.matching.places import PlaceMatcher, out_of_scope

_NO_UNIT = ""
"""Among the keys of places: a place that no list names."""

_KINDS = {
    PlaceFit.WHOLE: INSIDE,
    PlaceFit.PART: INSIDE,
    PlaceFit.UNDEFINED: UNDEFINED,
    PlaceFit.OUT_OF_SCOPE: OUT_OF_SCOPE,
}

Placed = dict[tuple[int, tuple[object, ...]], PlaceMatch]
"""How one place stands to an area (its number in ``AreaIndex.wheres``) by what the area rests on (``basis``)."""

Standing = tuple[int, int, int]
"""Of some areas, with a bit for the number of each: in which places lie, which are not defined, which hold a part."""


class AreaMatches:
    """How places stand to all areas on the days between two on which a list or a unit changes."""

    def __init__(
        self,
        catalogue: Catalogue,
        gazetteer: Gazetteer,
        areas: AreaIndex,
        on: dt.date,
        placed: LRUCache[int | str, Placed],
    ) -> None:
        """Take any of the days for all of them.

        Args:
            catalogue: whose lists are held against places.
            gazetteer: the units.
            areas: the distinct areas of the provisions.
            on: one of the days.
            placed: what is known from other days: most areas are the same on both sides of a change.
        """
        self.matcher = PlaceMatcher(catalogue, gazetteer, on)
        self._areas = areas
        self._known: dict[int | str | tuple[int | str, int | None], Matches] = {}
        self._placed = placed
        self._bases: dict[int, tuple[object, ...]] = {}

    def matches(self, places: Sequence[Unit], line: LineDistance | None = None) -> Matches:
        """Return how the places, taken as one area, stand to each of ``AreaIndex.wheres``; kept for single units.

        With ``line``, how a point of the one place does.
        """
        if len(places) != 1:
            return self.match_anew(places, line)
        key = self._areas.key(places[0])
        if line is None:
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = self.match_anew(places, None)
            return found
        band = self._areas.band(line)
        found = self._known.get((key, band))
        if found is None:
            found = self._known[key, band] = self.match_anew(places, self._areas.in_band(band))
        if line.beyond is None or found.out_of_scope:
            return found
        # All points of a band stand alike, and each tells a distance of its own.
        matches = list(found.matches)
        for number in self._areas.by_line:
            if matches[number].line is not None:
                matches[number] = replace(matches[number], line=line)
        return found._replace(matches=tuple(matches))

    def standing(self, place: Unit, line: LineDistance | None, wheres: Collection[int], mask: int) -> Standing:
        """Return how a unit, or a point in it, stands to some areas, without working out the others.

        Args:
            place: the unit.
            line: as in ``matches``.
            wheres: the numbers of the areas.
            mask: the same with a bit for each.
        """
        band = None if line is None else self._areas.band(line)
        key = self._areas.key(place)
        known = self._known.get(key if band is None else (key, band))
        if known is None and out_of_scope(place):
            known = self.matches((place,), line)
        if known is not None:
            return known.inside & mask, known.undefined & mask, known.partly & mask
        asked = None if band is None else self._areas.in_band(band)
        numbers = [one for one in self.near_numbers((place,), asked) if one in wheres]
        near = inside = undefined = partly = 0
        for number, one in self.match_some(numbers, (place,), asked).items():
            bit = 1 << number
            near |= bit
            kind = _KINDS.get(one.fit, OUTSIDE)
            if kind == INSIDE:
                inside |= bit
                if one.fit is PlaceFit.PART:
                    partly |= bit
            elif kind == UNDEFINED:
                undefined |= bit
        nowhere, others = self._nowhere, mask & ~near  # what is not near stands as if no list named the unit
        return (
            nowhere.inside & others | inside,
            nowhere.undefined & others | undefined,
            nowhere.partly & others | partly,
        )

    @cached_property
    def _nowhere(self) -> Matches:
        known = self._placed.get(_NO_UNIT, dict)
        nowhere = [self._nowhere_match(number, known) for number in range(len(self._areas.wheres))]
        return self._sorted(nowhere, ())._replace(out_of_scope=False)

    def match_anew(
        self, places: Sequence[Unit], line: LineDistance | None, wheres: Collection[int] | None = None
    ) -> Matches:
        """Return ``matches`` without keeping it.

        Args:
            places: as in ``matches``.
            line: as in ``matches``.
            wheres: the numbers of the areas that anyone will look at, where it is known that no other matters.
        """
        if all(out_of_scope(one) for one in places):
            return self._sorted([self.matcher.match(where, places, line) for where in self._areas.wheres], places)
        numbers = self.near_numbers(places, line)
        if wheres is not None:
            numbers = [one for one in numbers if one in wheres]
        return self._differing(self.match_some(numbers, places, line))

    @cached_property
    def nowhere(self) -> tuple[PlaceMatch, ...]:
        """How a place that no list names stands to each of ``AreaIndex.wheres``."""
        return self._nowhere.matches

    def near(self, places: Sequence[Unit], line: LineDistance | None = None) -> dict[int, PlaceMatch]:
        """Return how places stand to the areas that may judge them otherwise than one that no list names.

        Args:
            places: as in ``matches``; not all of them where the loaded documents do not speak.
            line: as in ``matches``. It decides what holds of the unit in part: few areas are cut by a distance.
        """
        return self.match_some(self.near_numbers(places, line), places, line)

    def near_numbers(self, places: Sequence[Unit], line: LineDistance | None = None) -> list[int]:
        """Return the numbers of the areas that ``near`` tells of, in order."""
        areas = self._areas
        near = areas.near_single(places[0]) if len(places) == 1 else areas.near(places)
        return sorted(near) if line is None else sorted({*near, *areas.by_line})

    def match_some(
        self, numbers: Iterable[int], places: Sequence[Unit], line: LineDistance | None
    ) -> dict[int, PlaceMatch]:
        """Return how places stand to some areas, by the numbers of these."""
        known = self._placed.get(self._areas.key(places[0]), dict) if len(places) == 1 else {}
        wheres, by_line = self._areas.wheres, () if line is None else self._areas.by_line
        belonging = self.matcher.belonging(places)
        return {
            number: self.matcher.match(wheres[number], places, line)
            if number in by_line
            else self._match_one(number, places, known, belonging)
            for number in numbers
        }

    def _nowhere_match(self, number: int, known: Placed) -> PlaceMatch:
        where, basis = self._areas.wheres[number], self._basis(number)
        found = known.get((number, basis))
        if found is None:
            found = known[number, basis] = self.matcher.match_nowhere(where)
        return found

    def _basis(self, number: int) -> tuple[object, ...]:
        found = self._bases.get(number)
        if found is None:
            found = self._bases[number] = self.matcher.basis(self._areas.wheres[number])
        return found

    def _match_one(self, number: int, places: Sequence[Unit], known: Placed, belonging: tuple[int, ...]) -> PlaceMatch:
        basis = (*self._basis(number), *belonging)
        found = known.get((number, basis))
        if found is None:
            found = known[number, basis] = self.matcher.match(self._areas.wheres[number], places)
        return found

    def _differing(self, near: Mapping[int, PlaceMatch]) -> Matches:
        """Return the matches of places that stand to some areas otherwise than one that no list names."""
        nowhere, everywhere = self._nowhere, self._areas.everywhere
        matches, kinds = list(nowhere.matches), bytearray(nowhere.kinds)
        reached = set(nowhere.reached).difference(near)
        unlisted = set(nowhere.unlisted).difference(near)
        by_kind = [0] * len(KINDS)
        partly = 0
        for number, one in near.items():
            matches[number] = one
            fit = one.fit
            kind = kinds[number] = _KINDS.get(fit, OUTSIDE)
            bit = 1 << number
            by_kind[kind] |= bit
            if kind != OUTSIDE:
                if number not in everywhere:
                    reached.add(number)
                if fit is PlaceFit.PART:
                    partly |= bit
            elif fit is PlaceFit.UNLISTED:
                unlisted.add(number)
        others = ~sum(by_kind)
        return Matches(
            matches=tuple(matches),
            kinds=bytes(kinds),
            reached=tuple(sorted(reached)),
            unlisted=frozenset(unlisted),
            out_of_scope=False,
            inside=nowhere.inside & others | by_kind[INSIDE],
            undefined=nowhere.undefined & others | by_kind[UNDEFINED],
            partly=nowhere.partly & others | partly,
        )

    def _sorted(self, found: Sequence[PlaceMatch], places: Sequence[Unit]) -> Matches:
        kinds = bytes(_KINDS.get(one.fit, OUTSIDE) for one in found)
        everywhere = self._areas.everywhere
        return Matches(
            matches=tuple(found),
            kinds=kinds,
            reached=tuple(number for number, kind in enumerate(kinds) if kind != OUTSIDE and number not in everywhere),
            unlisted=frozenset(number for number, one in enumerate(found) if one.fit is PlaceFit.UNLISTED),
            out_of_scope=all(out_of_scope(one) for one in places),
            inside=sum(1 << number for number, kind in enumerate(kinds) if kind == INSIDE),
            undefined=sum(1 << number for number, kind in enumerate(kinds) if kind == UNDEFINED),
            partly=sum(1 << number for number, one in enumerate(found) if one.fit is PlaceFit.PART),
        )


def list_dates(catalogue: Catalogue, gazetteer: Gazetteer) -> tuple[dt.date, ...]:
    """Return the days on which a place may stand otherwise to an area than on the day before, in order.

    That is where a list of a region or of destinations begins or has ended, and where units came to lie elsewhere.
    """
    day = dt.timedelta(days=1)
    lists = [(first_day(one), one.date_until) for one in catalogue.destinations.values()]
    lists += [
        (one.in_force_from, one.in_force_until) for each in catalogue.regions.values() for one in each.definitions
    ]
    found = {start for start, _ in lists if start is not None} | {last + day for _, last in lists if last is not None}
    return tuple(sorted(found.union(gazetteer.past.days)))

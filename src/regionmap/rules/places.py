"""The place question: does the area of a provision hold the places that were asked for?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Definition, Level, Region, Unit, Where
from regionmap.places.gazetteer import Gazetteer
from regionmap.rules.answers import PlaceFit, PlaceMatch

# The loaded documents are of mainland bodies and address its provinces; they do not speak for these three.
OUT_OF_SCOPE = frozenset({"710000", "810000", "820000"})
_OUT_OF_SCOPE_PREFIXES = frozenset(code[:2] for code in OUT_OF_SCOPE)


# Stands for a unit that no list names, in a province that no list names.
_NOWHERE = Unit("", "", "", "", Level.COUNTY, "", 0.0, 0.0)


def out_of_scope(place: Unit) -> bool:
    """Whether a unit is or lies in one of the provinces that the loaded documents do not address."""
    return place.code[:2] in _OUT_OF_SCOPE_PREFIXES


class PlaceJudge:
    """Holds places against the areas of provisions on one date."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer, on: dt.date) -> None:
        """Keep what is needed; areas are worked out once."""
        self._catalogue = catalogue
        self._gazetteer = gazetteer
        self._on = on
        self._lists: dict[tuple[str, str | None], list[tuple[Region, Definition, frozenset[str]]]] = {}

    def match(self, where: Where, places: Sequence[Unit]) -> PlaceMatch:
        """Return how the places stand to the area; more than one place is held as one area."""
        if all(out_of_scope(one) for one in places):
            return PlaceMatch(PlaceFit.OUT_OF_SCOPE)
        found = self._inside(where, places)
        if found.binds and where.undefined is not None:
            return replace(found, fit=PlaceFit.UNDEFINED)
        return found

    def match_nowhere(self, where: Where) -> PlaceMatch:
        """Return how a unit that no list names, in a province that none names, stands to the area."""
        return self.match(where, [_NOWHERE])

    def member_of(self, region: str, place: Unit, pinned: str | None = None) -> PlaceMatch:
        """Return how one place stands to a region by the definition in use."""
        return self._in_lists([(region, pinned)], [place])

    def lists(self, where: Where) -> list[tuple[Region, Definition, frozenset[str]]]:
        """Return the dated lists that the regions of an area stand for on the date, unions taken apart."""
        return [one for name in where.regions for one in self._list(name, where.pinned)]

    def number(self, definition: Definition) -> str:
        """Return the number of the document that prints a list."""
        return self._catalogue.sources[definition.source].number

    def _inside(self, where: Where, places: Sequence[Unit]) -> PlaceMatch:
        if where.national:
            return self._beyond(where, places) if where.except_regions else PlaceMatch(PlaceFit.WHOLE)
        if where.places:
            area = frozenset(code for place in where.places for code in place.codes)
            found = self._in_area(area, places, None, None)
            if found.binds:
                return found
        if where.regions:
            return self._in_lists([(region, where.pinned) for region in where.regions], places)
        if where.open and self._same_province(frozenset(c for p in where.places for c in p.codes), places):
            return PlaceMatch(PlaceFit.UNLISTED)
        return PlaceMatch(PlaceFit.NONE)

    def _beyond(self, where: Where, places: Sequence[Unit]) -> PlaceMatch:
        """Hold the places against the rest of the country: what lies in none of the excepted regions."""
        excepted = self._in_lists([(region, where.pinned) for region in where.except_regions], places)
        if excepted.fit is PlaceFit.WHOLE:
            return replace(excepted, fit=PlaceFit.NONE)
        if excepted.fit is PlaceFit.PART:
            area = frozenset(
                code
                for name in where.except_regions
                for _, _, codes in self._list(name, where.pinned)
                for code in codes
            )
            below = [one for place in places for one in self._gazetteer.children(place.code) or (place,)]
            rest = tuple(one for one in below if self._gazetteer.within(one.code, area) != "whole")
            return PlaceMatch(PlaceFit.PART, part=rest)
        return PlaceMatch(PlaceFit.WHOLE)

    def _in_lists(self, wanted: Sequence[tuple[str, str | None]], places: Sequence[Unit]) -> PlaceMatch:
        lists = [one for pair in wanted for one in self._list(*pair)]
        if not lists:
            return PlaceMatch(PlaceFit.NO_LIST, self._catalogue.regions[wanted[0][0]])
        best = PlaceMatch(
            PlaceFit.NONE, self._catalogue.regions[wanted[0][0]], lists[0][1], (), self.number(lists[0][1])
        )
        parts: dict[str, Unit] = {}
        for region, definition, area in lists:
            found = self._in_area(area, places, region, definition)
            if found.fit is PlaceFit.WHOLE:
                return found
            if found.fit is PlaceFit.PART:
                parts.update({one.code: one for one in found.part})
                best = best if best.fit is PlaceFit.PART else found
            elif best.fit is PlaceFit.NONE and definition.open and self._same_province(area, places):
                best = replace(found, fit=PlaceFit.UNLISTED)
        if best.fit is PlaceFit.PART:
            return replace(best, part=tuple(parts.values()))
        return best

    def open_lists(self, where: Where, places: Sequence[Unit]) -> list[tuple[Region, Definition]]:
        """Return the open lists (等) that do not print the places but name others of their province."""
        return [
            (region, definition)
            for region, definition, area in self.lists(where)
            if definition.open and self._same_province(area, places)
        ]

    def _in_area(
        self, area: frozenset[str], places: Sequence[Unit], region: Region | None, definition: Definition | None
    ) -> PlaceMatch:
        part: list[Unit] = []
        whole = True
        for place in places:
            fit = self._gazetteer.within(place.code, area) if place is not _NOWHERE else "none"
            if fit == "whole":
                part.append(place)
            else:
                whole = False
                if fit == "part":
                    part += [self._gazetteer.unit(code) for code in self._gazetteer.overlap(place.code, area)]
        number = self.number(definition) if definition is not None else ""
        if whole:
            return PlaceMatch(PlaceFit.WHOLE, region, definition, (), number)
        if part:
            return PlaceMatch(PlaceFit.PART, region, definition, tuple(part), number)
        return PlaceMatch(PlaceFit.NONE, region, definition, (), number)

    def _list(self, region: str, pinned: str | None) -> list[tuple[Region, Definition, frozenset[str]]]:
        """The dated list of a region; a union gives the lists that it is made of, so that the part can be named."""
        key = (region, pinned)
        if key not in self._lists:
            definition = self._catalogue.definition(region, self._on, pinned)
            self._lists[key] = [] if definition is None else self._flat(self._catalogue.regions[region], definition)
        return self._lists[key]

    def _flat(self, region: Region, definition: Definition) -> list[tuple[Region, Definition, frozenset[str]]]:
        if not definition.union_of:
            return [(region, definition, self._catalogue.area(definition))]
        found = []
        for name in definition.union_of:
            part = self._catalogue.definition(name, self._on, pinned=definition.source)
            if part is not None:
                found += self._flat(self._catalogue.regions[name], part)
        return found

    def _same_province(self, area: frozenset[str], places: Sequence[Unit]) -> bool:
        named = {code[:2] for code in area}  # the first two digits of an adcode are its province (GB/T 2260)
        return any(one.code[:2] in named for one in places)

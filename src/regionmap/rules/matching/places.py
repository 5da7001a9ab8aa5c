"""The place question: does the area of a provision hold the places that were asked for?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import joined
from regionmap.model import Definition, Level, Place, Region, Text, Unit, Where
from regionmap.model.destination import DestinationList
from regionmap.places.index.province_lines import NOT_MAINLAND
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.fits import LineDistance, PlaceFit, PlaceMatch
from regionmap.unit_table import printed_name

# The loaded documents are of mainland bodies and address its provinces; they do not speak for these three.
OUT_OF_SCOPE = frozenset(f"{one}0000" for one in NOT_MAINLAND)


# Stands for a unit that no list names, in a province that no list names.
_NOWHERE = Unit("", "", "", "", Level.COUNTY, "", 0.0, 0.0)


def out_of_scope(place: Unit) -> bool:
    """Tell whether a unit is or lies in one of the provinces that the loaded documents do not address."""
    return place.code[:2] in NOT_MAINLAND


class PlaceMatcher:
    """Compares places with the areas of provisions on one date."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer, on: dt.date) -> None:
        """Keep what is needed; areas are worked out once."""
        self._catalogue = catalogue
        self._gazetteer = gazetteer
        self._on = on
        self._units = gazetteer.on(on)
        # On days with the same number, the same unit lies in the same one.
        self._period = gazetteer.past.period(on)
        self._lists: dict[tuple[str, str | None], list[tuple[Region, Definition, frozenset[str]]]] = {}
        self._codes_of: dict[int, tuple[tuple[Place, ...], frozenset[str]]] = {}
        self._provinces: dict[frozenset[str], frozenset[str]] = {}
        self._last: tuple[Unit, dict[tuple[tuple[str, str | None], ...], PlaceMatch]] = _NOWHERE, {}

    def match(self, where: Where, places: Sequence[Unit], line: LineDistance | None = None) -> PlaceMatch:
        """Return how the places stand to the area; more than one place is taken as one area.

        ``line`` is of a point in the one place: it alone decides about a rule by distance.
        """
        if all(out_of_scope(one) for one in places):
            return PlaceMatch(PlaceFit.OUT_OF_SCOPE)
        if where.province_line_m is not None:
            found = self.match(replace(where, province_line_m=None), places)
            return self._near_line(found, where.province_line_m, places, line) if found.binds else found
        found = self._inside(where, places)
        if where.undefined is None or not found.binds:
            return found
        if found.fit is not PlaceFit.UNDEFINED:
            through = self._through(where, places)
            if through is not None:
                return through
        return PlaceMatch(
            PlaceFit.UNDEFINED, found.region, found.definition, found.part, found.number, found.listed, where.undefined
        )

    def belonging(self, places: Sequence[Unit]) -> tuple[int, ...]:
        """Return what decides, beside ``basis``, how places stand to an area on the date: when they lay in what."""
        return () if self._gazetteer.past.concerned.isdisjoint(one.code for one in places) else (self._period,)

    def match_nowhere(self, where: Where) -> PlaceMatch:
        """Return how a unit that no list names, in a province that none names, stands to the area."""
        return self.match(where, [_NOWHERE])

    def member_of(self, region: str, place: Unit, pinned: str | None = None) -> PlaceMatch:
        """Return how one place stands to a region by the definition in use."""
        return self._in_lists([(region, pinned)], [place])

    def lists(self, where: Where) -> list[tuple[Region, Definition, frozenset[str]]]:
        """Return the dated lists that the regions of an area stand for on the date, unions taken apart."""
        return [one for name in where.regions for one in self._list(name, where.pinned)]

    def basis(self, where: Where) -> tuple[object, ...]:
        """Return all that ``match`` takes from the date: on dates with the same basis it answers the same.

        But for places that lay in another unit once, and for these: see ``belonging``.
        Definitions stand for themselves, as objects of the one catalogue.
        """
        if where.undefined is None and not (where.regions or where.except_regions or where.lists or where.except_lists):
            return ()
        regions = (*where.regions, *where.except_regions)
        dated = ((name, id(one)) for name in regions for _, one, _ in self._list(name, where.pinned))
        named = {*where.lists, *where.except_lists, *self._catalogue.class_lists(where.undefined)}
        return (*dated, *(one.id for one in self._lists_in_use if one.id in named))

    def units(self, where: Where) -> Iterator[tuple[str, DestinationList | None]]:
        """Yield the codes of the units that an area names on the date, and the list that stands for its words.

        Nothing is yielded where words narrow the area and no list stands for them, for the whole country, and for parks
        on lists. A rule by distance names the lowest units that it touches.
        """
        if where.province_line_m is not None:
            if where.undefined is None:
                yield from ((unit.code, None) for unit, _ in self.near_line(where))
            return
        standing = self._catalogue.class_lists(where.undefined)
        narrow = replace(where, undefined=None)
        for listed in self._lists_in_use:
            if listed.id in standing or listed.id in where.lists:
                for code in sorted(self._catalogue.list_units[listed.id][0]):
                    if listed.id in where.lists or self._holds(narrow, code):
                        yield code, listed
        if where.undefined is not None or where.national:
            return
        area = {code for place in where.places for code in place.codes}
        for _, _, codes in self.lists(where):
            area |= codes
        yield from ((code, None) for code in sorted(area))

    def number(self, definition: Definition) -> str:
        """Return the number of the document that prints a list."""
        return self._catalogue.sources[definition.source].number

    def near_line(self, where: Where) -> list[tuple[Unit, bool]]:
        """Return the lowest units that a rule by distance touches, each with whether it lies within it wholly."""
        whole, part = self._gazetteer.province_lines.strip(where.province_line_m or 0)
        units = [self._gazetteer.unit(code) for code in sorted(whole | part)]
        return [(one, one.code in whole) for one in units if self.match(where, [one]).binds]

    def _near_line(
        self, found: PlaceMatch, within_m: int, places: Sequence[Unit], line: LineDistance | None
    ) -> PlaceMatch:
        """Narrow what the places have of an area to what lies so near another province."""
        if line is not None:
            near = replace(found, line=line)
            return near if line.within(within_m) else replace(near, fit=PlaceFit.NONE, part=())
        whole, part = self._gazetteer.province_lines.strip(within_m)
        held = found.part or places
        units = [one for one in held if one is not _NOWHERE]
        lowest = dict.fromkeys(code for one in units for code in self._units.lowest(one.code))
        touched = [code for code in lowest if code in whole or code in part]
        if not touched:
            return replace(found, fit=PlaceFit.NONE, part=())
        if found.fit is PlaceFit.UNDEFINED or (found.fit is PlaceFit.WHOLE and whole.issuperset(lowest)):
            return found
        named = () if self._is_lowest(places) else tuple(map(self._gazetteer.unit, touched))
        return replace(found, fit=PlaceFit.PART, part=named)

    def _is_lowest(self, places: Sequence[Unit]) -> bool:
        return len(places) == 1 and not self._units.children(places[0].code)

    def _inside(self, where: Where, places: Sequence[Unit]) -> PlaceMatch:
        if where.national:
            excepted = where.except_regions or where.except_lists
            return self._beyond(where, places) if excepted else PlaceMatch(PlaceFit.WHOLE)
        if where.places:
            area = self._named(where)
            found = self._smaller(area, places) if where.partly else self._in_area(area, places, None, None)
            if found.binds:
                if found.fit is PlaceFit.UNDEFINED:
                    return replace(found, words=_printed([(one.printed, one.codes) for one in where.places]))
                return found
        if where.lists:
            found = self._in_rows(where.lists, places)
            if found.binds or not where.regions:
                return found
        if where.regions:
            return self._in_lists([(region, where.pinned) for region in where.regions], places)
        if where.open and self._same_province(self._named(where), places):
            return PlaceMatch(PlaceFit.UNLISTED)
        return PlaceMatch(PlaceFit.NONE)

    def _beyond(self, where: Where, places: Sequence[Unit]) -> PlaceMatch:
        """Compare the places with the rest of the country: what lies in no excepted region and on no excepted list.

        A city in which a list names a park counts as on the list; of what lies inside that city it is not known.
        """
        whole, partly = self._codes(where.except_lists)
        area = frozenset(
            code for name in where.except_regions for _, _, codes in self._list(name, where.pinned) for code in codes
        )
        if where.except_regions:
            excepted = self._in_lists([(region, where.pinned) for region in where.except_regions], places)
            if excepted.fit is PlaceFit.WHOLE:
                return replace(excepted, fit=PlaceFit.NONE)
        held = area | whole | partly
        fits = [self._units.within(one.code, held) if one is not _NOWHERE else "none" for one in places]
        if all(fit == "none" for fit in fits):
            return PlaceMatch(PlaceFit.WHOLE)
        if where.except_lists and all(fit == "whole" for fit in fits):
            named = self._in_rows(where.except_lists, places)
            return named if named.fit is PlaceFit.UNDEFINED else replace(named, fit=PlaceFit.NONE, part=())
        rest = tuple(one for one in self._pieces(places) if self._units.within(one.code, held) != "whole")
        return PlaceMatch(PlaceFit.PART, part=rest)

    def _pieces(self, places: Sequence[Unit]) -> Iterator[Unit]:
        """Yield what lies directly below places, or the lowest ones themselves.

        A prefecture that is gone is told by its counties.
        """
        known = self._gazetteer.by_code
        for place in places:
            for code in self._units.children(place.code) or (place.code,):
                yield from (known[one] for one in ((code,) if code in known else self._units.lowest(code)))

    def _codes(self, lists: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return the codes that the lists in use on the date name: units as a whole, and units around parks."""
        found = [self._catalogue.list_units[one.id] for one in self._lists_in_use if one.id in lists]
        whole = frozenset[str]().union(*(one for one, _ in found))
        return whole, frozenset[str]().union(*(one for _, one in found)) - whole

    @cached_property
    def _lists_in_use(self) -> tuple[DestinationList, ...]:
        return self._catalogue.lists_in_use(self._on)

    def _in_rows(
        self, lists: Sequence[str], places: Sequence[Unit], inside: Callable[[str], bool] | None = None
    ) -> PlaceMatch:
        """Compare the places with the rows of destination lists; ``inside`` leaves out rows elsewhere."""
        used = [one for one in self._lists_in_use if one.id in lists]
        if not used:
            return PlaceMatch(PlaceFit.NO_LIST, listed=self._catalogue.destinations[lists[0]])
        whole, partly = self._codes(lists)
        if inside is not None:
            whole, partly = frozenset(filter(inside, whole)), frozenset(filter(inside, partly))
        found = self._in_area(whole, places, None, None)
        if found.fit is not PlaceFit.WHOLE:
            smaller = self._smaller(partly, places)
            if found.fit is PlaceFit.NONE or smaller.fit is PlaceFit.PART:
                found = replace(smaller, part=tuple(dict.fromkeys((*found.part, *smaller.part))))
        near = {code for place in places if place is not _NOWHERE for code in self._chain(place)}
        near |= {one.code for one in found.part}
        rows = [(listed, row) for listed in used for row in listed.rows if not near.isdisjoint(row.codes)]
        listed = rows[0][0] if rows else used[0]
        words = _printed([(row.printed, row.codes) for _, row in rows]) if found.fit is PlaceFit.UNDEFINED else None
        return replace(found, listed=listed, words=words)

    def _through(self, where: Where, places: Sequence[Unit]) -> PlaceMatch | None:
        """Read undefined words by the lists that stand for them; None where none does or none tells."""
        standing = self._catalogue.class_lists(where.undefined)
        used = [one for one in self._lists_in_use if one.id in standing] if standing else []
        if not used:
            return None
        narrow = replace(where, undefined=None)
        found = self._in_rows(standing, places, lambda code: self._holds(narrow, code))
        if found.fit in {PlaceFit.WHOLE, PlaceFit.PART}:
            return found
        complete = all(one.complete for one in used)
        return found if found.fit is PlaceFit.NONE and complete else None

    def _holds(self, where: Where, code: str) -> bool:
        return self._inside(where, [self._gazetteer.unit(code)]).fit is PlaceFit.WHOLE

    def _chain(self, place: Unit) -> tuple[str, ...]:
        return (place.code, *self._units.above(place.code))

    def _smaller(self, area: frozenset[str], places: Sequence[Unit]) -> PlaceMatch:
        """Compare the places with areas that are smaller than the units around them, whose limits are not known.

        A unit that holds such an area has it in part. Whether it reaches something inside that unit is not known.
        """
        part: list[Unit] = []
        inside = False
        for place in places:
            if place is _NOWHERE:
                continue
            if place.code in area:
                part.append(place)
            elif not area.isdisjoint(self._chain(place)):
                inside = True
            else:
                part += [self._gazetteer.unit(code) for code in self._units.overlap(place.code, area)]
        if part:
            return PlaceMatch(PlaceFit.PART, part=() if self._is_lowest(places) else tuple(part))
        return PlaceMatch(PlaceFit.UNDEFINED if inside else PlaceFit.NONE)

    def _in_lists(self, wanted: Sequence[tuple[str, str | None]], places: Sequence[Unit]) -> PlaceMatch:
        """Compare the places with regions; kept for the last single place, of which many areas ask the same."""
        if len(places) != 1:
            return self._in_lists_anew(wanted, places)
        last = self._last
        if last[0] is not places[0]:
            last = self._last = places[0], {}
        key = tuple(wanted)
        found = last[1].get(key)
        if found is None:
            found = last[1][key] = self._in_lists_anew(wanted, places)
        return found

    def _in_lists_anew(self, wanted: Sequence[tuple[str, str | None]], places: Sequence[Unit]) -> PlaceMatch:
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
            fit = self._units.within(place.code, area) if place is not _NOWHERE else "none"
            if fit == "whole":
                part.append(place)
            else:
                whole = False
                if fit == "part":
                    part += [self._gazetteer.unit(code) for code in self._units.overlap(place.code, area)]
        number = self.number(definition) if definition is not None else ""
        if whole:
            return PlaceMatch(PlaceFit.WHOLE, region, definition, (), number)
        if part:
            return PlaceMatch(PlaceFit.PART, region, definition, tuple(part), number)
        return PlaceMatch(PlaceFit.NONE, region, definition, (), number)

    def _list(self, region: str, pinned: str | None) -> list[tuple[Region, Definition, frozenset[str]]]:
        """Return the dated list of a region, or the lists that a union is made of, so that the part can be named."""
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
        return any(one.code[:2] in self._provinces_of(area) for one in places)

    def _named(self, where: Where) -> frozenset[str]:
        """Return the codes of the places that an area names; kept by the identity of their list, slow to hash."""
        found = self._codes_of.get(id(where.places))
        if found is None or found[0] is not where.places:
            codes = frozenset(code for place in where.places for code in place.codes)
            found = self._codes_of[id(where.places)] = where.places, codes
        return found[1]

    def _provinces_of(self, area: frozenset[str]) -> frozenset[str]:
        """Return the first two digits of adcodes: their provinces (GB/T 2260)."""
        found = self._provinces.get(area)
        if found is None:
            found = self._provinces[area] = frozenset(code[:2] for code in area)
        return found


def _printed(named: Sequence[tuple[str, Sequence[str]]]) -> Text:
    return joined(list(dict.fromkeys(printed_name(words, codes) for words, codes in named)))

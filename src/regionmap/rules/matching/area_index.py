"""Which areas of provisions matter to a unit, on any date: most of them name nothing near it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Definition, Unit, Where
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.fits import LineDistance
from regionmap.rules.matching.places import out_of_scope

INSIDE, UNDEFINED, OUT_OF_SCOPE, OUTSIDE = KINDS = range(4)
"""How a place may stand to an area, as far as what becomes of a provision goes."""

MembershipSignature = tuple[bool, frozenset[int], frozenset[int]]
"""What places are told apart by: is the province out of scope; areas that hold it; open areas in its province."""


_NONE: frozenset[int] = frozenset()


class AreaIndex:
    """Numbers the distinct areas of provisions (``wheres``) and the sets of codes that they may stand for on some date.

    An area is a set of codes: the places that a provision names, or one dated list of a region.
    """

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        """Go through all provisions and all dated lists once."""
        self._catalogue = catalogue
        self._gazetteer = gazetteer
        known: dict[Where, int] = {}
        numbers = [known.setdefault(provision.where, len(known)) for provision in catalogue.provisions]
        self.wheres: tuple[Where, ...] = tuple(known)
        """The distinct areas of provisions."""
        self.number: tuple[int, ...] = tuple(numbers)
        """For each provision, in the order of the catalogue, the number of its area in ``wheres``."""
        limits = {number: where.province_line_m for where, number in known.items() if where.province_line_m is not None}
        self.by_line: tuple[int, ...] = tuple(limits)
        """The numbers of the areas that are cut by a distance to another province."""
        self.limits: tuple[int, ...] = tuple(sorted(set(limits.values())))
        """The distances that cut them, in metres."""
        self._areas: dict[frozenset[str], int] = {}
        self._own_areas: dict[frozenset[str], int] = {}
        self._strip_areas: dict[frozenset[str], int] = {}
        self._inside: dict[str, set[int]] = {}
        self._own: dict[str, set[int]] = {}
        self._open: dict[str, set[int]] = {}
        self._used_by: list[set[int]] = []
        of_region = {name: [self._add(*pair) for pair in self._lists(name)] for name in catalogue.regions}
        for where, number in known.items():
            for area in self._areas_of(where, of_region):
                self._used_by[area].add(number)
        self.everywhere: dict[int, int] = {
            number: UNDEFINED if where.undefined is not None else INSIDE
            for where, number in known.items()
            if where.national and self._same_everywhere(where)
        }
        """How every place of the mainland stands to the areas that it lies in wherever it is, by their numbers."""
        self._signatures: dict[MembershipSignature, int] = {}
        self._last: tuple[Unit, MembershipSignature] | None = None
        self._near: dict[int | str, tuple[int, ...]] = {}
        self._bands: dict[str, range] = {}
        self.keys: dict[str, int | str] = {}
        """What ``key`` has answered, by code."""

    def membership_signature(self, unit: Unit) -> MembershipSignature:
        """Return what decides how a unit without units below it stands to every area, on every date.

        Of one that lay in another unit once, the areas that hold or held it: which of them when is not in it.
        """
        around = (unit.code, *self._gazetteer.past.above_ever(unit.code))
        inside = frozenset(area for code in around for area in self._inside.get(code, ()))
        inside |= self._own.get(unit.code, _NONE)
        return out_of_scope(unit), inside, frozenset(self._open.get(unit.code[:2], ()))

    def signature_by_lists(self, unit: Unit) -> MembershipSignature:
        """Return the same but for rules by distance to another province."""
        last = self._last  # of the unit whose key was asked for just before, mostly
        beyond, inside, is_open = last[1] if last is not None and last[0] is unit else self.membership_signature(unit)
        return beyond, inside.difference(self._strip_areas.values()), is_open

    def key(self, unit: Unit) -> int | str:
        """Return a key that is equal only for units that stand alike to all areas on every date.

        That is its code where units lie below, and where it lay in another unit once.
        """
        found = self.keys.get(unit.code)
        if found is None:
            if self._gazetteer.children(unit.code) or unit.code in self._gazetteer.past.moved:
                found = unit.code
            else:
                signature = self.membership_signature(unit)
                self._last = unit, signature
                found = self._signatures.setdefault(signature, len(self._signatures))
            self.keys[unit.code] = found
        return found

    def bands(self, unit: Unit) -> range:
        """Return how many of ``limits`` points of a unit may lie beyond."""
        found = self._bands.get(unit.code)
        if found is None:
            near, far = self._gazetteer.province_lines.of(unit.code)
            found = range(bisect_left(self.limits, near), bisect_left(self.limits, far) + 1)
            self._bands[unit.code] = found
        return found

    def band(self, line: LineDistance) -> int:
        """Return how many of ``limits`` lie short of a point's distance."""
        return len(self.limits) if line.metres is None else bisect_left(self.limits, line.metres)

    def in_band(self, band: int) -> LineDistance:
        """Return a distance beyond just so many of ``limits``."""
        return LineDistance(self.limits[band] if band < len(self.limits) else None)

    def near_single(self, unit: Unit) -> tuple[int, ...]:
        """Return ``near`` for one unit, in order; kept."""
        key = self.key(unit)
        found = self._near.get(key)
        if found is None:
            found = self._near[key] = tuple(sorted(self.near([unit])))
        return found

    def near(self, places: Sequence[Unit]) -> set[int]:
        """Return the numbers in ``wheres`` that may judge the places otherwise than one that no list names."""
        areas: set[int] = set()
        past = self._gazetteer.past
        for one in places:
            for code in (one.code, *past.above_ever(one.code)):
                areas |= self._inside.get(code, _NONE)
            below = past.below_ever(one.code)
            if below:
                for code in self._inside.keys() & below:
                    areas |= self._inside[code]
            areas |= self._open.get(one.code[:2], _NONE)
        return set().union(*(self._used_by[area] for area in areas))

    def _same_everywhere(self, where: Where) -> bool:
        narrowed = where.except_regions or where.except_lists or where.province_line_m is not None
        return not narrowed and not self._catalogue.class_lists(where.undefined)

    def _areas_of(self, where: Where, of_region: dict[str, list[int]]) -> Iterator[int]:
        if where.places:
            area = frozenset(code for place in where.places for code in place.codes)
            yield self._add(area, where.open)
            if where.partly:
                yield self._add_own(area)
        if where.province_line_m is not None:
            for strip in self._gazetteer.province_lines.strip(where.province_line_m):
                yield self._add_strip(strip)
        for name in (*where.regions, *where.except_regions):
            yield from of_region[name]
        for name in (*where.lists, *where.except_lists, *self._catalogue.class_lists(where.undefined)):
            whole, partly = self._catalogue.list_units[name]
            yield self._add(whole, is_open=False)
            yield self._add(partly, is_open=False)
            yield self._add_own(partly)

    def _lists(self, region: str) -> Iterator[tuple[frozenset[str], bool]]:
        """Yield every list that a region stands for on some date, unions taken apart."""
        for definition in self._flat(self._catalogue.regions[region].definitions):
            yield self._catalogue.area(definition), definition.open

    def _flat(self, definitions: Iterable[Definition]) -> Iterator[Definition]:
        for one in definitions:
            if one.union_of:
                yield from self._flat(self._catalogue.parts(one))
            else:
                yield one

    def _add(self, area: frozenset[str], is_open: bool) -> int:
        number = self._areas.setdefault(area, len(self._used_by))
        if number == len(self._used_by):
            self._used_by.append(set())
            for code in area:
                self._inside.setdefault(code, set()).add(number)
        if is_open:
            for code in area:
                self._open.setdefault(code[:2], set()).add(number)
        return number

    def _add_own(self, area: frozenset[str]) -> int:
        """Number the units around areas that are smaller: there the unit itself stands otherwise than what it holds."""
        number = self._own_areas.setdefault(area, len(self._used_by))
        if number == len(self._used_by):
            self._used_by.append(set())
            for code in area:
                self._own.setdefault(code, set()).add(number)
        return number

    def _add_strip(self, area: frozenset[str]) -> int:
        """Number the units that a rule by distance reaches: apart from lists, for questions that meet no such rule."""
        number = self._strip_areas.setdefault(area, len(self._used_by))
        if number == len(self._used_by):
            self._used_by.append(set())
            for code in area:
                self._inside.setdefault(code, set()).add(number)
        return number

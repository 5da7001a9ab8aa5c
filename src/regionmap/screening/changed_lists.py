"""Which provisions name a unit by a list from before it changed: what the caveat of changed units hangs on.

``rules.verdict.unit_changes`` tells it in words for one answer; here it is yes or no for each provision.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from regionmap.api import Regionmap
from regionmap.model import Definition, Unit, Where
from regionmap.places.changes import UnitChange
from regionmap.rules.matching.area_index import AreaIndex
from regionmap.rules.matching.changed_units import touching
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.verdict.unit_changes import Naming, is_ahead, naming

Key = tuple[str, str, str]


class ChangedLists:
    """Keeps what was found for changes and areas, and for dated lists: most are the same on all dates."""

    def __init__(self, rm: Regionmap, areas: AreaIndex) -> None:
        """Begin with nothing marked."""
        self._rm, self._areas = rm, areas
        self._of_places: dict[tuple[Key, int], bool] = {}
        self._lists: dict[tuple[Key, int], bool] = {}

    def touching(self, units: Sequence[Unit]) -> tuple[UnitChange, ...]:
        """Return the changes that concern units; none for most."""
        return tuple(touching(self._rm.gazetteer, units))

    def are_ahead(self, changes: Sequence[UnitChange], units: Sequence[Unit], on: dt.date) -> bool:
        """Tell whether a change that units must hear of was still ahead on a date."""
        own = {unit.code for one in units for unit in (one, *self._rm.gazetteer.ancestors(one.code))}
        return any(is_ahead(self._rm.gazetteer, one, own, on) for one in changes)

    def is_named(self, changes: Sequence[UnitChange], number: int, matcher: PlaceMatcher) -> bool:
        """Tell whether a list of a provision, on the date of a matcher, is one that a change concerns."""
        area = self._areas.number[number]
        where = self._areas.wheres[area]
        return any(self._by_places(one, number, area) or self._by_regions(one, where, matcher) for one in changes)

    def _by_places(self, change: UnitChange, number: int, area: int) -> bool:
        """Tell it by the places that a provision names itself."""
        places = self._areas.wheres[area].places
        if not places or self._rm.catalogue.provisions[number].in_force_from > change.last_day:
            return False
        key = _key(change), area
        if key not in self._of_places:
            self._of_places[key] = naming(self._rm.gazetteer, change, places) is not Naming.NOT
        return self._of_places[key]

    def _by_regions(self, change: UnitChange, where: Where, matcher: PlaceMatcher) -> bool:
        if not where.regions and not where.except_regions:
            return False
        excepted = Where(regions=where.except_regions, pinned=where.pinned)
        lists = (*matcher.lists(where), *matcher.lists(excepted))
        return any(self._is_concerned(change, definition) for _, definition, _ in lists)

    def _is_concerned(self, change: UnitChange, definition: Definition) -> bool:
        key = _key(change), id(definition)
        if key not in self._lists:
            early = definition.in_force_from <= change.last_day
            named = early and naming(self._rm.gazetteer, change, definition.members) is not Naming.NOT
            self._lists[key] = named
        return self._lists[key]


def _key(change: UnitChange) -> Key:
    return change.date, change.number, change.old_name

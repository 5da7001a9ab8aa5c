"""How a region changed between two dates, and what changes next at a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Definition, Level, Provision, Region, Status, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.places.names.unit_sets import units_in
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.matching.validity import change_dates_of, status


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit that is in the union on both dates, but in another of its parts."""

    unit: Unit
    before: Region
    after: Region


@dataclass(frozen=True, slots=True)
class Dissolved:
    """A prefecture of the first date that is gone on the second, while the later list holds all that it held.

    ``until`` is the first day without it; ``now`` are the units of a map by prefectures that its counties lie in on
    the second date.
    """

    unit: Unit
    until: dt.date
    now: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class RegionChange:
    """The difference of a region between two dates.

    ``joined``, ``left`` and ``stayed`` are compared as prefecture-level units, with counties that a list names beyond
    them (济源, which lies in no prefecture), as there were on the two dates: 莱芜市 in 2018. One that was dissolved in
    between, and that no list put out, is in ``dissolved`` alone. ``before`` and ``after`` are the lists in use, None
    for no list.
    """

    region: Region
    start: dt.date
    end: dt.date
    before: Definition | None
    after: Definition | None
    joined: tuple[Unit, ...]
    left: tuple[Unit, ...]
    stayed: tuple[Unit, ...]
    moved: tuple[Moved, ...]
    dissolved: tuple[Dissolved, ...] = ()

    def __repr__(self) -> str:
        """Return the region, the dates and how many units changed in one line."""
        days = f"{self.start.isoformat()} to {self.end.isoformat()}"
        counts = f"{len(self.joined)} joined, {len(self.left)} left, {len(self.moved)} moved, {len(self.stayed)} stayed"
        return f"<RegionChange {self.region.id}, {days}: {counts}>"

    def moves(self) -> dict[tuple[str, str], tuple[Moved, ...]]:
        """Return who moved, by the ids of the part before and the part after."""
        pairs = dict.fromkeys((one.before.id, one.after.id) for one in self.moved)
        return {pair: tuple(one for one in self.moved if (one.before.id, one.after.id) == pair) for pair in pairs}


@dataclass(frozen=True, slots=True)
class Coming:
    """A provision that changes its status at a place on a day after the date that was asked for."""

    day: dt.date
    provision: Provision
    before: Status
    after: Status


def region_change(
    catalogue: Catalogue, gazetteer: Gazetteer, region: Region, start: dt.date, end: dt.date
) -> RegionChange:
    """Compare the lists of a region in use on two dates.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        region: the region.
        start: the first date.
        end: the second date.
    """
    before, after = catalogue.definition(region.id, start), catalogue.definition(region.id, end)
    parts_before, parts_after = _parts(catalogue, gazetteer, before, start), _parts(catalogue, gazetteer, after, end)
    dissolved = tuple(_dissolved(catalogue, gazetteer, parts_before.keys() - parts_after.keys(), after, end))
    gone = {one.unit.code for one in dissolved}
    moved = [
        Moved(gazetteer.unit_ever(code), parts_before[code], parts_after[code])
        for code in sorted(parts_before.keys() & parts_after.keys())
        if parts_before[code].id != parts_after[code].id
    ]
    return RegionChange(
        region=region,
        start=start,
        end=end,
        before=before,
        after=after,
        joined=_units(gazetteer, parts_after.keys() - parts_before.keys()),
        left=_units(gazetteer, parts_before.keys() - parts_after.keys() - gone),
        stayed=_units(gazetteer, parts_before.keys() & parts_after.keys()),
        moved=tuple(moved),
        dissolved=dissolved,
    )


def coming(catalogue: Catalogue, gazetteer: Gazetteer, place: Unit, on: dt.date) -> tuple[Coming, ...]:
    """Return what is known to change at a place after a date: first days, last days and horizons ahead, in order.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        place: the unit.
        on: the date; changes on later days are told.
    """
    matcher = PlaceMatcher(catalogue, gazetteer, on)
    found = []
    for one in catalogue.provisions:
        if not matcher.match(one.where, [place]).binds:
            continue
        now = status(one, on, catalogue)
        for day in change_dates_of(one, catalogue):
            then = status(one, day, catalogue)
            if day > on and then is not now:
                found.append(Coming(day, one, now, then))
                now = then
    return tuple(sorted(found, key=lambda one: (one.day, one.provision.id)))


def _parts(catalogue: Catalogue, gazetteer: Gazetteer, definition: Definition | None, on: dt.date) -> dict[str, Region]:
    """Return the region, or the part of a union, in which each unit of a list stands, by the units of a day."""
    if definition is None:
        return {}
    lists: Sequence[Definition] = catalogue.parts(definition) or (definition,)
    return {code: catalogue.region_of(one) for one in lists for code in units_in(gazetteer, catalogue.area(one), on)}


def _dissolved(
    catalogue: Catalogue, gazetteer: Gazetteer, codes: Set[str], after: Definition | None, end: dt.date
) -> Iterator[Dissolved]:
    """Yield those of the units that were dissolved by a day, and whose counties are all in the list of that day."""
    if after is None:
        return
    tree, area = gazetteer.on(end), catalogue.area(after)
    for code in sorted(codes):
        gone = gazetteer.past_units.gone.get(code)
        if gone is None or end < gone.until or any(tree.within(one, area) != "whole" for one in gone.counties):
            continue
        now = dict.fromkeys(gazetteer.prefecture_level(one, end).code for one in gone.counties)
        yield Dissolved(gone.unit, gone.until, tuple(gazetteer.unit_ever(one) for one in now))


def _units(gazetteer: Gazetteer, codes: Set[str]) -> tuple[Unit, ...]:
    return tuple(gazetteer.unit_ever(code) for code in sorted(codes))


def is_city(gazetteer: Gazetteer, unit: Unit) -> bool:
    """Tell whether a unit counts as one of the prefecture-level cities of a list (济源 does not)."""
    return unit.level is not Level.COUNTY and gazetteer.is_prefecture_level_city(unit.code)

"""The catalogue in memory: sources, regions, industries, pilots; which definition of a region is in use on a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from functools import cached_property

from regionmap.catalogue.gbt4754 import GbtTable
from regionmap.catalogue.listed import first_day, list_source, units_of
from regionmap.model import Definition, Provision, Region, Source, Text
from regionmap.model.destination import DestinationList
from regionmap.model.industry import ClassReading, Industry, IndustryWords
from regionmap.model.park import ParkList
from regionmap.model.pilot import Programme


@dataclass(frozen=True)
class Catalogue:
    """Everything that was loaded. Read-only; one object can serve all threads.

    ``version`` is the program's version and a digest of the files, so that an answer can be traced to its data.
    ``as_of`` is the last day up to which the bundled documents were collected.
    """

    sources: dict[str, Source]
    regions: dict[str, Region]
    industries: dict[str, Industry]
    programmes: dict[str, Programme]
    destinations: dict[str, DestinationList]
    readings: dict[str, ClassReading]
    parks: dict[str, ParkList]
    gbt: GbtTable
    version: str
    as_of: dt.date | None = None
    names: tuple[IndustryWords, ...] = ()

    @cached_property
    def derived(self) -> dict[str, object]:
        """What the rules work out from the catalogue and keep beside it: no part of its value, not pickled."""
        return {}

    def __getstate__(self) -> dict[str, object]:
        """Return the fields alone: what was worked out from them is made again."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @cached_property
    def first_day(self) -> dt.date | None:
        """The first day of the earliest document; None without documents."""
        return min((one.in_force_from for one in self.sources.values()), default=None)

    @cached_property
    def first_national_day(self) -> dt.date | None:
        """The first day of the earliest national document; None without any."""
        national = (one for one in self.sources.values() if one.level == "national")
        return min((one.in_force_from for one in national), default=None)

    @cached_property
    def lists(self) -> dict[str, Source]:
        """The destination lists that bind, as sources: see ``catalogue.listed``."""
        made = (list_source(one) for one in self.destinations.values())
        return {one.id: one for one in made if one is not None}

    @cached_property
    def provisions(self) -> tuple[Provision, ...]:
        """All provisions, by source and in the order of the document, those of documents before rows of lists."""
        both = (*self.sources.values(), *self.lists.values())
        return tuple(provision for source in both for provision in source.provisions)

    def source_of(self, provision: Provision) -> Source:
        """Return the document or the list that a provision stands in."""
        return self.sources.get(provision.source) or self.lists[provision.source]

    @cached_property
    def list_units(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """For each destination list, the codes that it names whole, and those in which it names less: ``units_of``."""
        return {one.id: units_of(one) for one in self.destinations.values()}

    def lists_in_use(self, on: dt.date) -> tuple[DestinationList, ...]:
        """Return the lists with force that were out on a date."""
        return tuple(one for one in self.destinations.values() if _out(one, on))

    def class_lists(self, words: Text | None) -> tuple[str, ...]:
        """Return the ids of the lists that stand for words of documents (革命老区), on whatever date."""
        if words is None:
            return ()
        found = self._class_lists.get(words.zh)
        if found is None:
            found = self._class_lists[words.zh] = tuple(
                one.id
                for one in self.destinations.values()
                if one.kind != "draft" and any(word in words.zh for word in one.words)
            )
        return found

    @cached_property
    def _class_lists(self) -> dict[str, tuple[str, ...]]:
        return {}

    def definition(self, region: str, on: dt.date, pinned: str | None = None) -> Definition | None:
        """Return the definition of a region in use on a date, or the one of the ``pinned`` source.

        Where more than one list is in use, the newest. None before the first definition and after the last.
        """
        in_use = [
            one for one in self.regions[region].definitions if (one.source == pinned if pinned else _in_use(one, on))
        ]
        return max(in_use, key=lambda one: one.in_force_from, default=None)

    def area(self, definition: Definition) -> frozenset[str]:
        """Return the adcodes that a definition lists (provinces, prefectures or counties as printed)."""
        codes = {code for member in definition.members for code in member.codes}
        for part in self.parts(definition):
            codes |= self.area(part)
        return frozenset(codes)

    def parts(self, definition: Definition) -> tuple[Definition, ...]:
        """Return the definitions, of the same source, that a union is made of."""
        found = []
        for region in definition.union_of:
            part = self.definition(region, definition.in_force_from, pinned=definition.source)
            if part is not None:
                found.append(part)
        return tuple(found)

    @cached_property
    def groups_of(self) -> dict[str, tuple[str, ...]]:
        """The ids of the groups that have an industry among their members, by its id."""
        return _turned({one.id: one.members for one in self.industries.values()})

    @cached_property
    def children_of(self) -> dict[str, tuple[str, ...]]:
        """The ids of the industries that have an industry as a parent, by its id."""
        return _turned({one.id: one.parents for one in self.industries.values()})

    @cached_property
    def industry_by_name(self) -> dict[str, Industry]:
        """Industries by id, name and other names, case folded; a name of several is the first one's."""
        found: dict[str, Industry] = {}
        for industry in self.industries.values():
            for word in (industry.id, industry.name.zh, industry.name.en, *industry.aliases):
                found.setdefault(word.casefold(), industry)
        return found

    def region_of(self, definition: Definition) -> Region:
        """Return the region that a definition belongs to."""
        found = self._region_of.get(id(definition))
        if found is not None and found[1] is definition:
            return found[0]
        return next(region for region in self.regions.values() if definition in region.definitions)

    @cached_property
    def _region_of(self) -> dict[int, tuple[Region, Definition]]:
        """The region of each definition, by its identity: a list is long, and slow to compare by its value."""
        return {id(one): (region, one) for region in self.regions.values() for one in region.definitions}

    def change_dates(self) -> tuple[dt.date, ...]:
        """Return the dates on which a rule or a list begins or ends: a first day, or the day after a last day.

        For people to pick from. ``rules.matching.validity.all_change_dates`` adds those that change no rule and only
        what an answer says beside it.
        """
        dates: set[dt.date] = set()
        day = dt.timedelta(days=1)
        for listed in self.destinations.values():
            start = first_day(listed)
            dates.update([start] if start is not None else [])
            dates.update([listed.date_until + day] if listed.date_until is not None else [])
        for one in self.provisions:
            dates.add(one.in_force_from)
            dates.update(last + day for last in (one.in_force_until, one.horizon) if last)
        for region in self.regions.values():
            for definition in region.definitions:
                dates.add(definition.in_force_from)
                if definition.in_force_until:
                    dates.add(definition.in_force_until + day)
        return tuple(sorted(dates))


def _out(listed: DestinationList, on: dt.date) -> bool:
    start = first_day(listed)
    ended = listed.date_until is not None and on > listed.date_until
    return listed.kind != "draft" and start is not None and start <= on and not ended


def _in_use(definition: Definition, on: dt.date) -> bool:
    until = definition.in_force_until
    return definition.in_force_from <= on and (until is None or on <= until)


def _turned(named: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return for each name that some key names, the keys that name it."""
    found: dict[str, tuple[str, ...]] = {}
    for key, names in named.items():
        for name in names:
            found[name] = (*found.get(name, ()), key)
    return found

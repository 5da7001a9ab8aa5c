"""The catalogue in memory: sources, regions, industries, pilots; which definition of a region is in use on a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from regionmap.catalogue.gbt4754 import GbtTable
from regionmap.model import ClassReading, Definition, DestinationList, Industry, Programme, Provision, Region, Source


@dataclass(frozen=True)
class Catalogue:
    """Everything that was loaded. Read-only; one object can serve all threads.

    ``version`` is the program's version and a digest of the files, so that an answer can be traced to its data.
    """

    sources: dict[str, Source]
    regions: dict[str, Region]
    industries: dict[str, Industry]
    programmes: dict[str, Programme]
    destinations: dict[str, DestinationList]
    readings: dict[str, ClassReading]
    gbt: GbtTable
    version: str

    @cached_property
    def provisions(self) -> tuple[Provision, ...]:
        """All provisions, by source and in the order of the document."""
        return tuple(provision for source in self.sources.values() for provision in source.provisions)

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

    def region_of(self, definition: Definition) -> Region:
        """Return the region that a definition belongs to."""
        return next(region for region in self.regions.values() if definition in region.definitions)

    def change_dates(self) -> tuple[dt.date, ...]:
        """Return the dates on which the answer may change: a first day, or the day after a last day or a horizon."""
        dates: set[dt.date] = set()
        day = dt.timedelta(days=1)
        for one in self.provisions:
            dates.add(one.in_force_from)
            dates.update(last + day for last in (one.in_force_until, one.horizon) if last)
        for region in self.regions.values():
            for definition in region.definitions:
                dates.add(definition.in_force_from)
                if definition.in_force_until:
                    dates.add(definition.in_force_until + day)
        return tuple(sorted(dates))


def _in_use(definition: Definition, on: dt.date) -> bool:
    until = definition.in_force_until
    return definition.in_force_from <= on and (until is None or on <= until)

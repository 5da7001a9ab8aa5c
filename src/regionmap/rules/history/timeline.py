"""Lives as spans of days: when a provision had which standing, and when a list of a region was the one in use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Definition, Provision, Region, Status
from regionmap.rules.matching.validity import change_dates_of, status

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days, first and last inclusive, on which a provision has one standing; ``last`` is None for an open end."""

    first: dt.date
    last: dt.date | None
    status: Status


@dataclass(frozen=True, slots=True)
class ListSpan:
    """Days, first and last inclusive, of a dated list; not ``in_use`` where a newer one of its region is used."""

    first: dt.date
    last: dt.date | None
    in_use: bool


def provision_spans(catalogue: Catalogue, provision: Provision) -> tuple[Span, ...]:
    """Return the life of a provision from its first day, span after span; the last one has an open end.

    Args:
        catalogue: what is loaded.
        provision: one of its rules.
    """
    found: list[Span] = []
    for day in change_dates_of(provision, catalogue):
        standing = status(provision, day, catalogue)
        if found and found[-1].status is standing:
            continue
        if found:
            found[-1] = Span(found[-1].first, day - _DAY, found[-1].status)
        found.append(Span(day, None, standing))
    return tuple(found)


def definition_spans(catalogue: Catalogue, region: Region, definition: Definition) -> tuple[ListSpan, ...]:
    """Return the life of a list from its first day to its last, cut where a newer list takes its place.

    Args:
        catalogue: what is loaded.
        region: the region.
        definition: one of its dated lists.
    """
    last = definition.in_force_until
    days = [
        day
        for day in (definition.in_force_from, *list_days(catalogue, region))
        if definition.in_force_from <= day and (last is None or day <= last)
    ]
    found: list[ListSpan] = []
    for day in sorted(set(days)):
        in_use = catalogue.definition(region.id, day) is definition
        if found and found[-1].in_use is in_use:
            continue
        if found:
            found[-1] = ListSpan(found[-1].first, day - _DAY, found[-1].in_use)
        found.append(ListSpan(day, last, in_use))
    return tuple(found)


def list_days(catalogue: Catalogue, region: Region) -> tuple[dt.date, ...]:
    """Return the days, in order, from which another list of a region is in use than on the day before, or none.

    Args:
        catalogue: what is loaded.
        region: the region.
    """
    first = {one.in_force_from for one in region.definitions}
    after = {one.in_force_until + _DAY for one in region.definitions if one.in_force_until is not None}
    return tuple(
        day
        for day in sorted(first | after)
        if catalogue.definition(region.id, day) is not catalogue.definition(region.id, day - _DAY)
    )

"""The names on the map: provinces, and the chosen place with those around it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from regionmap.api import Regionmap
from regionmap.model import Level, Unit
from regionmap.output import display
from regionmap.output.maps import Label

_MOST_NEIGHBOURS = 9
_FIRST_NAME = "710000"
"""Taiwan is a small shape near large names, and no map of the country leaves its name out."""


def labels(rm: Regionmap, province: str, language: str) -> list[Label]:
    """Return the names to write: of provinces on the whole country, of prefectures where one province is looked at.

    Where two names would overlap the map writes the first, so the large come before the small.
    """
    if province:
        children = rm.gazetteer.children(province)
        named = [one for one in children if one.level is Level.PREFECTURE] or list(children)
    else:
        named = list(rm.gazetteer.units(Level.PROVINCE))
        named.sort(key=lambda one: (one.code != _FIRST_NAME, -_size(one.code)))
    return [_label(one, language) for one in named]


def around(rm: Regionmap, chosen: str, language: str, on: dt.date | None = None) -> tuple[list[Label], list[str]]:
    """Return the names around a chosen place, and the names that they stand for, which the map leaves out.

    Args:
        rm: the loaded catalogue.
        chosen: the code of the drawn area that holds the place; its name and those of areas that touch it are written.
        language: of the names.
        on: the day of the map.
    """
    near = [rm.gazetteer.unit_ever(code) for code in (chosen, *neighbours(chosen, on))] if chosen else []
    provinces = {one.code: one for one in (rm.gazetteer.province(unit.code) for unit in near)}
    return [_label(one, language) for one in near], [_label(one, language).text for one in provinces.values()]


def neighbours(code: str, on: dt.date | None = None) -> tuple[str, ...]:
    """Return the codes of prefecture-level units that touch one, by the light shapes of a day; nearest by border."""
    until = display.same_until(on)
    day, corners = on if until is not None else None, _corners(until)
    shared: dict[str, int] = defaultdict(int)
    geometry = display.prefectures(day).geometries.get(code)
    if geometry is None:
        return ()
    for corner in _points(geometry):
        for other in corners[corner]:
            shared[other] += other != code
    found = sorted((other for other, count in shared.items() if count > 1), key=lambda other: -shared[other])
    return tuple(found[:_MOST_NEIGHBOURS])


@lru_cache(maxsize=4)
def _corners(until: dt.date | None) -> Mapping[tuple[float, float], set[str]]:
    """All levels share their edges, so two units that touch have corners in common.

    ``until`` is the first day with other shapes, None for those of today.
    """
    shapes = display.prefectures(None if until is None else until - dt.timedelta(days=1))
    found: dict[tuple[float, float], set[str]] = defaultdict(set)
    for code, geometry in shapes.geometries.items():
        for corner in _points(geometry):
            found[corner].add(code)
    return found


def _points(geometry: display.Geometry) -> Iterator[tuple[float, float]]:
    def walk(part: Any) -> Iterator[tuple[float, float]]:
        if isinstance(part[0], int | float):
            yield part[0], part[1]
        else:
            for one in part:
                yield from walk(one)

    return walk(geometry["coordinates"])


def _size(code: str) -> float:
    west, south, east, north = display.bounds([code]) or (0.0, 0.0, 0.0, 0.0)
    return (east - west) * (north - south)


def _label(unit: Unit, language: str) -> Label:
    return Label(unit.name_en if language == "en" else unit.short_name, unit.lon, unit.lat)

"""The light shapes for the screen: GeoJSON made by ``geo/build.py``, simplified, for drawing only.

A verdict never comes from these shapes: they are generalised, so a point near a boundary may lie on their wrong side.
"""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from regionmap.errors import InputError
from regionmap.manifest import checked
from regionmap.resources import geo_dir

PREFECTURES, PROVINCES, LINES = "prefectures", "provinces", "lines"
"""Names of the files of the whole country; there is one more for the counties of each province."""
PAST = "past-prefectures"
"""The file of prefectures that held other counties once, or are gone: shapes by code and the first day without them."""

Geometry = Mapping[str, Any]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shapes:
    """Simplified shapes, keyed by adcode (or by the name of a line). Geometries are GeoJSON in degrees, CGCS2000."""

    geometries: Mapping[str, Geometry]
    properties: Mapping[str, Mapping[str, Any]]


def union(boxes: Iterable[Bounds]) -> Bounds | None:
    """Return the bounds around all boxes, None where there are none."""
    found = list(boxes)
    if not found:
        return None
    west, south, east, north = zip(*found, strict=True)
    return min(west), min(south), max(east), max(north)


def prefectures(on: dt.date | None = None) -> Shapes:
    """Return every prefecture-level unit of the country (and the county-level ones directly under a province).

    Args:
        on: a day; with it, the prefectures of that day with the counties that they held then.
    """
    today, then = _read(PREFECTURES), past_keys(on)
    if not then:
        return today
    past = _read(PAST)
    return Shapes(
        {**today.geometries, **{code: past.geometries[key] for code, key in then.items()}},
        {**today.properties, **{code: past.properties[key] for code, key in then.items()}},
    )


def past_keys(on: dt.date | None) -> Mapping[str, str]:
    """Return the prefectures that had another shape on a day, or are gone, with the keys of these in ``PAST``."""
    day = same_until(on)
    return {} if day is None else _past_keys(day)


def shape_on(code: str, on: dt.date | None) -> str:
    """Return the key of the shape that a unit had on a day: its code, where it had the one of today."""
    return past_keys(on).get(code, code)


def same_until(on: dt.date | None) -> dt.date | None:
    """Return the first day after a day on which a shape is another one; None for the shapes of today."""
    if on is None:
        return None
    return next((day for day in _turns() if on < day), None)


@lru_cache(maxsize=1)
def _turns() -> tuple[dt.date, ...]:
    return tuple(sorted({dt.date.fromisoformat(key.partition("@")[2]) for key in _boxes(PAST)}))


@lru_cache(maxsize=64)
def _past_keys(day: dt.date) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for key in sorted(_boxes(PAST), key=lambda key: key.partition("@")[2]):
        code, _, until = key.partition("@")
        if dt.date.fromisoformat(until) >= day:
            found.setdefault(code, key)
    return found


def provinces() -> Shapes:
    """Return every province."""
    return _read(PROVINCES)


def counties(province: str) -> Shapes:
    """Return the county-level units of a province, by its adcode.

    Raises:
        InputError: there is no file of that province.
    """
    return _read(f"counties-{province}")


def county_shapes(codes: Iterable[str]) -> list[Geometry]:
    """Return the shapes of those units that are county-level ones."""
    names = itertools.groupby(sorted(codes), key=lambda code: f"counties-{code[:2]}0000")
    held = ((read(name).geometries, found) for name, found in names if source(name).is_file())
    return [shapes[code] for shapes, found in held for code in found if code in shapes]


def lines() -> Shapes:
    """Return the boundary lines that maps published in China carry, the dashed line among them."""
    return _read(LINES)


def holder(code: str) -> str | None:
    """Return the name of the file that has the shape of a unit, None where none has: prefectures before counties.

    ``code`` may also be the key of a shape of the past, see ``shape_on``.
    """
    if "@" in code:
        return PAST if code in _boxes(PAST) else None
    for name in (PREFECTURES, f"counties-{code[:2]}0000"):
        if code in _boxes(name):
            return name
    return None


def bounds(codes: Iterable[str]) -> Bounds | None:
    """Return west, south, east, north in degrees of units of any level, None where none of them has a shape."""
    return union([box for code in codes if (box := _bounds(code)) is not None])


@lru_cache(maxsize=64)
def titles(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return how the units of a file are headed on a map: their names in Chinese and English, alone and with province.

    Where a unit is no part of a province, the longer forms are the short ones.
    """
    above = {code: (str(one["name"]), str(one["name_en"])) for code, one in _read(PROVINCES).properties.items()}
    found = {}
    for code, one in read(name).properties.items():
        own = (str(one["name"]), str(one["name_en"]))
        province = above[str(one["province"])] if one["province"] != code else None
        longer = tuple(f"{a} · {b}" for a, b in zip(own, province, strict=True)) if province else own
        found[code] = (*own, *longer)
    return found


def source(name: str) -> Path:
    """Return where the shapes of a name are read from."""
    return _folder() / f"{name}.json.gz"


def _bounds(code: str) -> Bounds | None:
    if code not in _boxes(PROVINCES) and holder(code) is None:  # a prefecture that is gone, as it was at last
        code = next((key for key in reversed(list(_boxes(PAST))) if key.startswith(f"{code}@")), code)
    name = PROVINCES if code in _boxes(PROVINCES) else holder(code)
    return None if name is None else _boxes(name)[code]


@lru_cache(maxsize=64)
def _boxes(name: str) -> Mapping[str, Bounds]:
    """Return the bounds of every shape of a file, empty where there is no such file: small, so kept for all files."""
    if not source(name).is_file():
        return {}
    return {code: box(geometry) for code, geometry in read(name).geometries.items()}


@lru_cache(maxsize=4)
def _read(name: str) -> Shapes:
    return read(name)


def read(name: str) -> Shapes:
    """Read the shapes of a file, by its name without ending; not kept.

    Raises:
        InputError: there is no such file.
    """
    path = source(name)
    try:
        collection = json.loads(gzip.decompress(checked(path, path.parents[2]).read_bytes()))
    except FileNotFoundError:
        raise InputError(
            "no shapes for the screen at {file}: run geo/build.py, or install the package again", file=path.name
        ) from None
    geometries: dict[str, Geometry] = {}
    properties: dict[str, Mapping[str, Any]] = {}
    for number, feature in enumerate(collection["features"]):
        code = str(feature["properties"].get("code") or f"line-{number}")
        geometries[code] = feature["geometry"]
        properties[code] = feature["properties"]
    return Shapes(geometries, properties)


def _folder() -> Path:
    return geo_dir() / "display"


def box(geometry: Geometry) -> Bounds:
    """Return west, south, east, north in degrees of one shape."""
    points = list(_points(geometry["coordinates"]))
    lons = [point[0] for point in points]
    lats = [point[1] for point in points]
    return min(lons), min(lats), max(lons), max(lats)


def _points(coordinates: Any) -> Iterable[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _points(part)

"""The light shapes for the screen: GeoJSON made by ``geo/build.py``, simplified, for drawing only.

A verdict never comes from these shapes: they are generalised, so a point near a boundary may lie on their wrong side.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from regionmap.errors import InputError
from regionmap.resources import geo_dir

Geometry = Mapping[str, Any]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shapes:
    """Simplified shapes, keyed by adcode (or by the name of a line). Geometries are GeoJSON in degrees, CGCS2000."""

    geometries: Mapping[str, Geometry]
    properties: Mapping[str, Mapping[str, Any]]

    def bounds(self, codes: Iterable[str]) -> Bounds | None:
        """Return west, south, east, north in degrees of the shapes with these codes, None where there are none."""
        boxes = [_box(self.geometries[code]) for code in codes if code in self.geometries]
        return union(boxes)


def union(boxes: Iterable[Bounds]) -> Bounds | None:
    """Return the bounds around all boxes, None where there are none."""
    found = list(boxes)
    if not found:
        return None
    west, south, east, north = zip(*found, strict=True)
    return min(west), min(south), max(east), max(north)


def prefectures() -> Shapes:
    """Return every prefecture-level unit of the country (and the county-level ones directly under a province)."""
    return _read("prefectures")


def provinces() -> Shapes:
    """Return every province."""
    return _read("provinces")


def counties(province: str) -> Shapes:
    """Return the county-level units of a province, by its adcode.

    Raises:
        InputError: there is no file of that province.
    """
    return _read(f"counties-{province}")


def lines() -> Shapes:
    """Return the boundary lines that maps published in China carry, the dashed line among them."""
    return _read("lines")


@lru_cache(maxsize=8)
def _read(name: str) -> Shapes:
    path = _folder() / f"{name}.json.gz"
    try:
        collection = json.loads(gzip.decompress(path.read_bytes()))
    except FileNotFoundError:
        raise InputError(
            f"no shapes for the screen at {path.name}: run geo/build.py, or install the package again"
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


def _box(geometry: Geometry) -> Bounds:
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

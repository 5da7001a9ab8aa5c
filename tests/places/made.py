"""Counties made up for a test."""

from __future__ import annotations

import pyarrow as pa
import shapely

from regionmap.places.index.locator import Locator


def counties(polygons: dict[str, shapely.Geometry]) -> Locator:
    """A locator for polygons of one's own."""
    bounds = shapely.bounds(list(polygons.values())).T
    boxes = dict(zip(("xmin", "ymin", "xmax", "ymax"), bounds, strict=True))
    shapes = shapely.to_wkb(list(polygons.values()))
    return Locator(pa.table({"code": list(polygons), "name": list(polygons), **boxes, "geometry": list(shapes)}))

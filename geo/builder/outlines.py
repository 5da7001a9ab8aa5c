"""The boundaries once more, for questions about one point: ``regionmap.places.index.outlines`` reads them."""

from __future__ import annotations

import io

import pyarrow.parquet as pq
import shapely

from regionmap.places.index.locator import Locator
from regionmap.places.index.outlines import Polygon, Ring, outlines_bytes


def outlines_of(table: bytes) -> bytes:
    """Return the file of outlines for the bytes of a counties.parquet."""
    rows = pq.read_table(io.BytesIO(table))
    locator = Locator(rows)
    names = dict(zip(rows["code"].to_pylist(), rows["name"].to_pylist(), strict=True))
    counties = ((code, names[code], _polygons(locator.geometry(code))) for code in locator.codes)
    return outlines_bytes(counties, locator.digest(), table)


def _polygons(geometry: shapely.Geometry) -> list[Polygon]:
    return [[_ring(part.exterior), *map(_ring, part.interiors)] for part in shapely.get_parts(geometry)]


def _ring(ring: shapely.LinearRing) -> Ring:
    xs, ys = shapely.get_coordinates(ring).T.tolist()
    return xs, ys

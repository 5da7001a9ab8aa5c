"""How near and how far the points of each county lie from the nearest other province, with bounds that hold.

A county is covered with squares of degrees. The distance of a square's middle is measured; no point of the square can
differ from it by more than the way from the middle to a corner. Squares that can hold neither the nearest nor the
farthest point drop out, the others are split, until no more than ``TOLERANCE_M`` is open. What is written lies on
the safe side: ``nearest_m`` is never more than the least distance of a point, ``farthest_m`` never less than the
greatest, and either is off by at most ``TOLERANCE_M`` and the metre that it is rounded to.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from builder.units import County
from regionmap.places import plane
from regionmap.places.index.grid_build import Edges, edges_of
from regionmap.places.index.line_distance import ERROR_M, LineDistances, province_numbers
from regionmap.places.index.province_lines import MOST_M

TOLERANCE_M = 10.0
# Farther than is written, so that a square that reaches across the limit is still measured.
_REACH_M = 1.25 * MOST_M
_FIRST_DEGREES = 0.5


def rows(counties: list[County], polygons: Any) -> list[list[str]]:
    """Return code, nearest_m and farthest_m of the counties of the mainland; blank for more than ``MOST_M``."""
    numbers = np.array(province_numbers([county.code for county in counties]))
    edges = edges_of(polygons)
    lines = LineDistances(edges, numbers.tolist(), _REACH_M)
    kept = np.flatnonzero(numbers > 0)
    touching = np.isin(kept, _touching_rows(edges, numbers))
    near, far = _bounds(lines, polygons[kept], numbers[kept], touching)
    return [
        [counties[row].code, _cell(np.floor(least)), _cell(np.ceil(most))]
        for row, least, most in zip(kept.tolist(), near, far, strict=True)
    ]


def _cell(metres: float) -> str:
    return str(int(metres)) if metres <= MOST_M else ""


def _touching_rows(edges: Edges, numbers: Any) -> Any:
    """Return the rows of the counties that share an edge with another province of the mainland."""
    left, right = numbers[edges.left], numbers[edges.right]
    shared = (edges.left >= 0) & (edges.right >= 0) & (left != right) & (left > 0) & (right > 0)
    return np.concatenate([edges.left[shared], edges.right[shared]])


def _bounds(lines: LineDistances, polygons: Any, numbers: Any, touching: Any) -> tuple[Any, Any]:
    """Return a lower bound of the least distance of each polygon's points, and an upper bound of the greatest."""
    shapely.prepare(polygons)
    # Of points known to lie in the polygons.
    near, far = np.where(touching, 0.0, np.inf), np.zeros(len(polygons))
    nearest, farthest = np.full(len(polygons), np.inf), np.zeros(len(polygons))  # of squares that dropped out
    owner, middle, half = _squares(polygons)
    while len(owner):
        metres = lines.metres(*middle.T, numbers[owner])
        reached = np.isfinite(metres)
        low = np.where(reached, metres, _REACH_M) - ERROR_M
        high = metres + ERROR_M
        reach = _to_corner_m(middle, half)
        least, most = np.maximum(low - reach, 0.0), high + reach
        inside = shapely.contains_xy(polygons[owner], *middle.T)
        # Some point of the polygon lies in the square; it may be the middle itself.
        np.minimum.at(near, owner, np.where(inside, high, most))
        np.maximum.at(far, owner, np.where(inside, low, least))
        may_be_nearest = (least < near[owner] - TOLERANCE_M) & (least <= MOST_M)
        may_be_farthest = (most > far[owner] + TOLERANCE_M) & (far[owner] <= MOST_M)
        split = may_be_nearest | may_be_farthest
        np.minimum.at(nearest, owner[~split], least[~split])
        np.maximum.at(farthest, owner[~split], most[~split])
        owner, middle, half = _quarters(polygons, owner[split], middle[split], half / 2)
    # A square that dropped out because it could not beat a bound never bounds by more than the tolerance.
    return np.maximum(np.minimum(nearest, near), 0.0), np.where(far > MOST_M, np.inf, np.maximum(farthest, far))


def _squares(polygons: Any) -> tuple[Any, Any, float]:
    """Return squares that cover the boxes of polygons: whose each is, its middle, and half of its side."""
    half = _FIRST_DEGREES / 2
    owners, middles = [], []
    for number, (west, south, east, north) in enumerate(shapely.bounds(polygons).tolist()):
        lons, lats = np.arange(west + half, east + half, 2 * half), np.arange(south + half, north + half, 2 * half)
        lon, lat = np.meshgrid(lons, lats)
        middles.append(np.column_stack([lon.ravel(), lat.ravel()]))
        owners.append(np.full(lon.size, number))
    return *_touching(polygons, np.concatenate(owners), np.concatenate(middles), half), half


def _quarters(polygons: Any, owner: Any, middle: Any, half: float) -> tuple[Any, Any, float]:
    steps = half * np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)])
    return *_touching(polygons, owner.repeat(4), (middle[:, None] + steps).reshape(-1, 2), half), half


def _touching(polygons: Any, owner: Any, middle: Any, half: float) -> tuple[Any, Any]:
    boxes = shapely.box(*(middle - half).T, *(middle + half).T)
    touch = shapely.intersects(polygons[owner], boxes)
    return owner[touch], middle[touch]


def _to_corner_m(middle: Any, half: float) -> Any:
    """Return an upper bound of the way from the middle of each square to its points."""
    least = np.maximum(np.abs(middle[:, 1]) - half, 0.0)
    per_lon, _ = plane.metres_per_degree(least)
    _, per_lat = plane.metres_per_degree(np.abs(middle[:, 1]) + half)
    return half * np.hypot(per_lon, per_lat)

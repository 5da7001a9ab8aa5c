"""Distances in metres on the ellipsoid between a point and boxes or polygons given in degrees.

Edges of polygons are straight in longitude and latitude: the same lines that decide which side a point lies on.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from regionmap.places.plane import LEAST_RADIUS_M

if TYPE_CHECKING:
    from pyproj import Geod

Floats = NDArray[np.float64]

ACCURACY_M = 0.01
"""Distances to polygons are within this of the true geodesic distance, in metres."""

_SAMPLES = 21
_MOST_EDGES = 8
# An edge is straight in degrees, not in the plane in which edges are compared first: on the longest edges, some
# 50 km, the two are a few hundred metres apart.
_BEND_PER_SQUARE_METRE = 1 / (4 * LEAST_RADIUS_M)


@lru_cache(maxsize=1)
def ellipsoid() -> Geod:
    """Return the ellipsoid of CGCS2000 (GRS80; that of WGS-84 differs by a tenth of a millimetre)."""
    from pyproj import Geod

    return Geod(ellps="GRS80")


def least_distances_m(lon: float, lat: float, boxes: Floats) -> Floats:
    """Return lower bounds of the distances from a point to boxes, in metres; 0 inside.

    Args:
        lon: degrees.
        lat: degrees.
        boxes: shape (n, 4): west, south, east, north, degrees.
    """
    west, south, east, north = np.radians(boxes.T)
    x, y = np.radians(lon), np.radians(lat)
    to_west, to_east = (np.abs((edge - x + np.pi) % (2 * np.pi) - np.pi) for edge in (west, east))
    between = (x >= west) & (x <= east)
    angle = np.where(between, 0.0, np.minimum(to_west, to_east))
    # The nearest point of a meridian's arc is where the great circle from the point meets it squarely, or an end.
    square = np.clip(np.arctan2(np.sin(y), np.cos(y) * np.cos(angle)), south, north)
    nearest = np.min([_central_angle(y, of, angle) for of in (square, south, north)], axis=0)
    due = np.maximum(0.0, np.maximum(south - y, y - north))
    return np.asarray(np.where(between, due, nearest) * LEAST_RADIUS_M)


def least_distances_within_m(lon: float, lat: float, boxes: Floats, within_m: float) -> Floats:
    """Return lower bounds as ``least_distances_m`` does, many times faster, for boxes up to ``within_m`` away.

    For boxes farther than that, a bound may be too large, but it is never below ``within_m`` then. The boxes and the
    point must lie on the same side of the antimeridian.
    """
    west, south, east, north = boxes.T
    # A way of that length goes no nearer to a pole than this.
    shortest = max(math.cos(min(math.radians(abs(lat)) + within_m / LEAST_RADIUS_M, math.pi / 2)), 0.0)
    aside = np.maximum(np.maximum(west - lon, lon - east), 0.0) * shortest
    due = np.maximum(np.maximum(south - lat, lat - north), 0.0)
    return np.asarray(np.hypot(aside, due) * math.radians(LEAST_RADIUS_M))


def _central_angle(y: float, of: Floats, angle: Floats) -> Floats:
    half = np.sin((of - y) / 2) ** 2 + np.cos(y) * np.cos(of) * np.sin(angle / 2) ** 2
    return np.asarray(2 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def distance_m(lon: float, lat: float, polygon: Any) -> float:
    """Return the geodesic distance from a point to a polygon or multipolygon in metres; 0 inside and on its edge.

    Edges are compared in the azimuthal equidistant projection about the point, where distances from the point are
    true; on the nearest ones the foot is then found on the ellipsoid.
    """
    if shapely.intersects_xy(polygon, lon, lat):
        return 0.0
    corners, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(polygon)), return_index=True)
    azimuth, _, metres = ellipsoid().inv(
        np.full(len(corners), lon), np.full(len(corners), lat), corners[:, 0], corners[:, 1]
    )
    plane = np.column_stack([metres * np.sin(np.radians(azimuth)), metres * np.cos(np.radians(azimuth))])
    edges = np.flatnonzero(ring[:-1] == ring[1:])
    along = plane[edges + 1] - plane[edges]
    squared = np.einsum("ij,ij->i", along, along)
    onto = -np.einsum("ij,ij->i", plane[edges], along)
    foot = np.clip(np.divide(onto, squared, out=np.zeros_like(onto), where=squared > 0), 0.0, 1.0)
    flat = np.hypot(*(plane[edges] + foot[:, None] * along).T)
    least = flat - squared * _BEND_PER_SQUARE_METRE
    order = np.argsort(least)
    found = float(metres.min())
    for edge in order[:_MOST_EDGES]:
        if least[edge] > found:
            break
        start, end = corners[edges[edge]], corners[edges[edge] + 1]
        found = min(found, _to_edge_m(lon, lat, start, end, float(np.sqrt(squared[edge]))))
    return found


def _to_edge_m(lon: float, lat: float, start: Floats, end: Floats, length_m: float) -> float:
    """Return the distance to one edge: the foot is bracketed ever more closely, down to ``ACCURACY_M``."""
    low, high = 0.0, 1.0
    while True:
        shares = np.linspace(low, high, _SAMPLES)
        points = start + shares[:, None] * (end - start)
        metres = ellipsoid().inv(np.full(_SAMPLES, lon), np.full(_SAMPLES, lat), points[:, 0], points[:, 1])[2]
        best = int(np.argmin(metres))
        if (high - low) * length_m / _SAMPLES < ACCURACY_M:
            return float(metres[best])
        low, high = shares[max(best - 1, 0)], shares[min(best + 1, _SAMPLES - 1)]


def area_and_perimeter(polygon: Any) -> tuple[float, float]:
    """Return the geodesic area in square metres and the perimeter with that of holes in metres; lines have neither."""
    parts = [part for part in shapely.get_parts(polygon) if part.geom_type in ("Polygon", "MultiPolygon")]
    if not parts:
        return 0.0, 0.0
    # Outer rings run anticlockwise, so that their area counts as positive, and holes the other way.
    oriented = shapely.orient_polygons(shapely.get_parts(parts))
    corners, ring = shapely.get_coordinates(shapely.get_rings(oriented), return_index=True)
    # All rings in one walk, which is many times quicker than one after the other: from the start of each to that of
    # the next, and the same way back, which takes off what the way there had added.
    starts = corners[np.flatnonzero(np.diff(ring, prepend=-1))]
    walk = np.concatenate([corners, starts[-2::-1]])
    area, perimeter = ellipsoid().polygon_area_perimeter(*walk.T)
    return abs(float(area)), float(perimeter) - 2 * float(ellipsoid().line_length(*starts.T))

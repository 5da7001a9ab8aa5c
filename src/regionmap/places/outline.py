"""The edges of one county, laid out so that the distance from one point after another is found fast."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from regionmap.places.geodesy import distance_m, ellipsoid
from regionmap.places.plane import SHORT_M, metres_per_degree, nearest_shares, short_m, stretch

Floats = NDArray[np.float64]

# Where the plane may err by more, or leaves so many edges, all corners at once are measured on the ellipsoid.
_MOST_STRETCH = 0.05
_MANY_EDGES = 40
_ENOUGH_M = 0.001
_MOST_STEPS = 20


class Viewpoint:
    """A point, degrees, with the plane about it."""

    def __init__(self, lon: float, lat: float) -> None:
        """Prepare the plane once for all outlines that are measured from the point."""
        self.lon, self.lat = lon, lat
        self.origin: Floats = np.array([[lon], [lat]])
        self.scale: Floats = np.array(metres_per_degree(lat))[:, None]


class Outline:
    """The boundary of a polygon or multipolygon."""

    def __init__(self, polygon: Any) -> None:
        """Lay out the edges of a polygon given in degrees."""
        corners, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(polygon)), return_index=True)
        along = corners[1:] - corners[:-1]
        real = (ring[:-1] == ring[1:]) & along.any(axis=1)
        self._polygon = polygon
        self._start = np.ascontiguousarray(corners[:-1][real].T)
        self._along = np.ascontiguousarray(along[real].T)

    def distance_m(self, view: Viewpoint) -> float:
        """Return the geodesic distance from a point outside to the boundary in metres, to about a millimetre.

        In the point's plane, whose error is bounded, all but a few edges drop out; those are measured on the ellipsoid.
        """
        away, along = (self._start - view.origin) * view.scale, self._along * view.scale
        share = nearest_shares(away, along)
        foot = away + share * along
        flat = np.hypot(foot[0], foot[1])
        least = float(flat.min())
        # The edge nearest in truth is less than half as far again in the plane, so that this bound holds for it too.
        error = stretch(view.lat, 1.5 * least)
        bound = least * (1 + error) / (1 - min(error, _MOST_STRETCH))
        edges = np.flatnonzero(flat <= bound)
        if error > _MOST_STRETCH or len(edges) > _MANY_EDGES:
            return distance_m(view.lon, view.lat, self._polygon)
        if least <= SHORT_M / 2:
            per_lon, per_lat = view.scale[:, 0].tolist()
            return min(float(short_m(view.lat, x / per_lon, y / per_lat)) for x, y in foot[:, edges].T.tolist())
        some = zip(*self._start[:, edges].tolist(), *self._along[:, edges].tolist(), share[edges].tolist(), strict=True)
        return min(_to_edge_m(view, *edge) for edge in some)


def _to_edge_m(view: Viewpoint, x: float, y: float, east: float, north: float, share: float) -> float:
    """Return the distance to the edge from (x, y) to (x + east, y + north), by Newton's steps from a share of it."""
    metres = 0.0
    for _ in range(_MOST_STEPS):
        at = y + share * north
        _, back, metres = ellipsoid().inv(view.lon, view.lat, x + share * east, at)
        per_lon, per_lat = metres_per_degree(at)
        right, up, course = east * per_lon, north * per_lat, radians(back)
        squared = right * right + up * up
        onto = metres * (right * sin(course) + up * cos(course)) / squared
        step = min(max(share + onto, 0.0), 1.0) - share
        if step * step * squared <= 2 * metres * _ENOUGH_M:
            break
        share += step
    return float(metres)

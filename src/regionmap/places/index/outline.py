"""The edges of one county, laid out so that the distance from one point after another is found fast."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from regionmap.places.geodesy import distance_m
from regionmap.places.index.nearest_edge import MANY_EDGES, MOST_RELATIVE_ERROR, bound_m, nearest_m
from regionmap.places.index.way import way
from regionmap.places.plane import SHORT_M, metres_per_degree, nearest_shares, relative_error_bound, short_m

Floats = NDArray[np.float64]


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
        edges = np.flatnonzero(flat <= bound_m(view.lat, least))
        if relative_error_bound(view.lat, 1.5 * least) > MOST_RELATIVE_ERROR or len(edges) > MANY_EDGES:
            return distance_m(view.lon, view.lat, self._polygon)
        per_lon, per_lat = view.scale[:, 0].tolist()
        feet = foot[:, edges].T.tolist()
        if least <= SHORT_M / 2:
            return min(float(short_m(view.lat, x / per_lon, y / per_lat)) for x, y in feet)
        edge = np.concatenate([self._start[:, edges], self._along[:, edges]]).T.tolist()
        some = zip(edge, share[edges].tolist(), feet, strict=True)
        return nearest_m(way, view.lon, view.lat, ((one, at, x / per_lon, y / per_lat) for one, at, (x, y) in some))

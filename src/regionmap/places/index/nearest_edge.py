"""From what the plane about a point tells of edges to the distance on the ellipsoid, whoever measures ways on it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from math import cos, radians, sin

from regionmap.places.plane import least_m, metres_per_degree, relative_error_bound

MOST_RELATIVE_ERROR, MANY_EDGES = 0.05, 40
"""Where the plane may err by more, or leaves so many edges, all corners at once are measured on the ellipsoid."""

_ENOUGH_M = 0.001
_MOST_STEPS = 20

Edge = tuple[float, float, float, float]
"""Longitude and latitude of the start, degrees to the east and to the north to the end."""
Foot = tuple[Edge, float, float, float]
Way = Callable[[float, float, float, float], tuple[float, float]]
"""From two points (longitude, latitude, longitude, latitude) to the course back, degrees, and the metres between."""


def bound_m(lat: float, least_m: float) -> float:
    """Return how far in the plane the edge may be that is nearest in truth, where the nearest in the plane is known.

    That edge is less than half as far again in the plane, so that the bound holds for it too.
    """
    error = relative_error_bound(lat, 1.5 * least_m)
    return least_m * (1 + error) / (1 - min(error, MOST_RELATIVE_ERROR))


def nearest_m(way: Way, lon: float, lat: float, feet: Iterable[Foot]) -> float:
    """Return the distance from a point to the nearest of some edges, few of which are measured.

    Args:
        way: measures on the ellipsoid.
        lon: degrees.
        lat: degrees.
        feet: for each edge, what ``to_edge_m`` takes, and where its nearest point in the plane lies, degrees to the
            east and to the north of the point.
    """
    found = math.inf
    for least, edge, share in sorted((least_m(lat, east, north), edge, share) for edge, share, east, north in feet):
        if least > found:
            break
        found = min(found, to_edge_m(way, lon, lat, edge, share))
    return found


def to_edge_m(way: Way, lon: float, lat: float, edge: Edge, share: float) -> float:
    """Return the distance from a point to an edge, by Newton's steps from a share of it, to some micrometres.

    Args:
        way: measures on the ellipsoid.
        lon: degrees.
        lat: degrees.
        edge: longitude and latitude of its start, degrees to the east and to the north to its end.
        share: where on it the nearest point is thought to be, from 0 at the start to 1 at the end.
    """
    x, y, east, north = edge
    metres = 0.0
    for _ in range(_MOST_STEPS):
        at = y + share * north
        back, metres = way(lon, lat, x + share * east, at)
        per_lon, per_lat = metres_per_degree(at)
        right, up, course = east * per_lon, north * per_lat, radians(back)
        squared = right * right + up * up
        onto = metres * (right * sin(course) + up * cos(course)) / squared
        step = min(max(share + onto, 0.0), 1.0) - share
        if step * step * squared <= 2 * metres * _ENOUGH_M:
            # The step that is left is short: the plane at the foot tells what it takes off.
            return math.sqrt(max(metres * metres - (2 * onto - step) * step * squared, 0.0))
        share += step
    return metres

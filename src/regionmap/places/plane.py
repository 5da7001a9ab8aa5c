"""The plane about a point, for what lies near it: metres per degree of the ellipsoid at the point's latitude.

A line that is straight in longitude and latitude is straight in this plane. The plane's distances differ from those on
the ellipsoid by a share that grows with the distance (``relative_error_bound``); the foot of an edge found in it is
good enough to be measured by ``short_m``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a question about one point does without arrays
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SHORT_M = 2_000.0
"""Up to this distance, ``short_m`` at the plane's foot is within a millimetre of the geodesic distance, up to 60° N."""

LEAST_RADIUS_M = 6_335_439.0
"""The least radius of curvature of GRS80 (along the meridian at the equator): a sphere of this size with the same
latitudes and longitudes shortens every line, so that its distances never exceed those on the ellipsoid."""

_A_DEGREE, _E2 = math.radians(6_378_137.0), 0.00669438002290


def metres_per_degree(lat: Any) -> tuple[Any, Any]:
    """Return the metres of one degree of longitude and of one of latitude, at latitudes in degrees."""
    maths = _maths(lat)
    y = maths.radians(lat)
    short = 1 - _E2 * maths.sin(y) ** 2
    normal = _A_DEGREE / maths.sqrt(short)
    return normal * maths.cos(y), normal * (1 - _E2) / short


def short_m(lat: Any, east: Any, north: Any) -> Any:
    """Return the distance from points at ``lat`` to others some degrees to the east and north, at most ``SHORT_M``."""
    # The middle latitude makes the error one of the third order: metres per degree change evenly over so short a way.
    per_lon, per_lat = metres_per_degree(lat + north / 2)
    return _maths(lat).hypot(east * per_lon, north * per_lat)


def chord_m(lat: Any, east: Any, north: Any) -> Any:
    """Return the geodesic distance from points at ``lat`` to others some degrees to the east and north, at most 22 km.

    It is the chord between both, lengthened to the arc of a circle that bends as the ellipsoid does half-way in that
    direction: over 200,000 such ways in China it was within a ten-millionth of a metre of the geodesic.
    """
    maths = _maths(lat)
    axis, height = _on_meridian(lat)
    other_axis, other_height = _on_meridian(lat + north)
    square = (axis - other_axis) ** 2 + (height - other_height) ** 2
    square = square + 4 * axis * other_axis * maths.sin(maths.radians(east) / 2) ** 2
    per_lon, per_lat = metres_per_degree(lat + north / 2)
    middle = maths.radians(lat + north / 2)
    to_east, to_north = (east * per_lon) ** 2, (north * per_lat) ** 2
    around = per_lon / maths.cos(middle)  # metres of a degree across the meridian
    # Euler: the curvature in a direction is made of those along and across the meridian.
    bend = maths.radians((to_north / per_lat + to_east / around) / (to_north + to_east + 1e-12))
    return maths.sqrt(square) * (1 + square * bend * bend / 24)


def seen_from(lat: Any, east: Any, north: Any) -> tuple[Any, Any]:
    """Return how many metres to the east and to the north others appear in the plane that touches points at ``lat``.

    ``east`` and ``north`` are degrees from the points to the others.
    """
    maths = _maths(lat)
    axis, height = _on_meridian(lat)
    other_axis, other_height = _on_meridian(lat + north)
    turn, y = maths.radians(east), maths.radians(lat)
    outwards = other_axis * maths.cos(turn) - axis
    return other_axis * maths.sin(turn), (other_height - height) * maths.cos(y) - outwards * maths.sin(y)


def _on_meridian(lat: Any) -> tuple[Any, Any]:
    """Return how far points at a latitude are from the axis of the Earth and from the plane of the equator, metres."""
    maths = _maths(lat)
    y = maths.radians(lat)
    normal = 6_378_137.0 / maths.sqrt(1 - _E2 * maths.sin(y) ** 2)
    return normal * maths.cos(y), normal * (1 - _E2) * maths.sin(y)


def least_m(lat: float, east: float, north: float) -> float:
    """Return what an edge is away at least, whose nearest point in the plane lies some degrees to the east and north.

    For distances from half of ``SHORT_M`` to 250 km, up to 65° of latitude. The middle latitude leaves an error of the
    second order of the angle, in the distance and by the place of the foot; measured, it is an eighth of what is taken
    off here, for edges of up to 60 km.
    """
    metres = float(short_m(lat, east, north))
    angle = 1.1 * metres / LEAST_RADIUS_M
    return metres * (1 - relative_error_bound(lat, metres) ** 2 - 0.1 * angle * angle)


def relative_error_bound(lat: float, metres: float) -> float:
    """Return by what share the plane's distances up to ``metres`` may differ from the true ones, either way."""
    angle = 1.1 * metres / LEAST_RADIUS_M
    return angle * (abs(math.tan(math.radians(lat))) + 0.02 + angle)


def nearest_shares(away: Floats, along: Floats) -> Floats:
    """Return where on edges, from 0 at the start to 1 at the end, the points nearest to the origin are; shape (n,).

    Args:
        away: from the origin to the start of each edge, shape (2, n), metres in the plane.
        along: from start to end, shape (2, n); no edge may have length 0.
    """
    import numpy as np

    share = -(away * along).sum(axis=0) / (along * along).sum(axis=0)
    return np.asarray(np.minimum(np.maximum(share, 0.0), 1.0))


def _maths(value: Any) -> Any:
    """Return the functions for one float (many times faster so) or for arrays."""
    if isinstance(value, float):
        return math
    import numpy as np

    return np

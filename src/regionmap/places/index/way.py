"""The course and the length of the way between two points on the ellipsoid, by whichever library costs less.

Loading pyproj takes longer than a few hundred ways by geographiclib, which has the same algorithm in Python: a command
that measures a single site waits for nothing. Tests hold the distances of both together.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from itertools import count
from typing import Any

_FEW = 400
_asked = count()


def way(lon: float, lat: float, other_lon: float, other_lat: float) -> tuple[float, float]:
    """Return the course back, degrees, and the metres between two points: plainly as long as that is quicker."""
    if "pyproj" not in sys.modules and next(_asked) < _FEW:
        return plain_way(lon, lat, other_lon, other_lat)
    from regionmap.places.geodesy import ellipsoid

    _, back, metres = ellipsoid().inv(lon, lat, other_lon, other_lat)
    return float(back), float(metres)


def plain_way(lon: float, lat: float, other_lon: float, other_lat: float) -> tuple[float, float]:
    """Return the same without pyproj; the course back may differ by whole turns."""
    found = _ellipsoid().Inverse(lat, lon, other_lat, other_lon)
    return found["azi2"] + 180.0, found["s12"]


@lru_cache(maxsize=1)
def _ellipsoid() -> Any:
    """Return the ellipsoid of CGCS2000 (GRS80)."""
    from geographiclib.geodesic import Geodesic

    return Geodesic(6_378_137.0, 1 / 298.257222101)

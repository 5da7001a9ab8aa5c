"""Datums of coordinates used in China, and the way between them.

WGS-84 and CGCS2000 agree to a few centimetres on the ground at the epoch of their definition and drift apart with the
plate by some 3 cm a year: well under a metre, far below the accuracy of the boundaries, so they are taken as equal.
GCJ-02 (Amap, Tencent) is WGS-84 with a shift of 100 to 700 m; BD-09 (Baidu) adds a second shift to GCJ-02. No law
prints their formulas: the ones used here are those of the public implementations, checked against answers of the
services themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from regionmap.model.datum import Datum as Datum
from regionmap.places.coordinates import check_coordinates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INVERSE_TOLERANCE_M = 0.001
"""The inverse of GCJ-02 and of BD-09 is iterated until the point, shifted forward again, lies within this distance of
what was given, in metres. The promise to users is a round trip of under 1 cm."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point as the user gave it: degrees in ``datum``."""

    lon: float
    lat: float
    datum: Datum = Datum.WGS84

    def wgs84(self) -> tuple[float, float]:
        """Return longitude and latitude in WGS-84 degrees.

        Raises:
            regionmap.places.errors.CoordinateError: missing, not a number, out of range or swapped.
        """
        lon, lat = check_coordinates(self.lon, self.lat)
        return to_wgs84(lon, lat, self.datum)


@overload
def to_wgs84(lon: float, lat: float, datum: Datum) -> tuple[float, float]: ...
@overload
def to_wgs84(
    lon: NDArray[np.float64], lat: NDArray[np.float64], datum: Datum
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
def to_wgs84(
    lon: float | NDArray[np.float64], lat: float | NDArray[np.float64], datum: Datum
) -> tuple[float | NDArray[np.float64], float | NDArray[np.float64]]:
    """Return WGS-84 degrees for degrees in ``datum``: floats for floats, arrays for arrays of the same shape.

    The inverse of the shifts is iterated until its residual is below ``INVERSE_TOLERANCE_M``: a round trip in China is
    exact to under 1 cm. The shifts are applied inside the box 72.004–137.8347° E, 0.8293–55.8271° N, as the public
    implementations do, and a point outside that box comes back unchanged. The box is larger than China: over a
    neighbour's land, where the services do not shift, do not convert. NaN stays NaN.

    Args:
        lon: longitude in degrees, in ``datum``.
        lat: latitude in degrees, in ``datum``; of the same shape.
        datum: what both are given in. CGCS2000 comes back unchanged.
    """
    if datum in (Datum.WGS84, Datum.CGCS2000):
        return lon, lat
    from regionmap.places import shift

    baidu = datum is Datum.BD09
    if hasattr(lon, "shape"):
        return shift.unshift(lon, lat, baidu=baidu, tolerance_m=INVERSE_TOLERANCE_M)
    return shift.unshift_one(float(lon), float(lat), baidu=baidu, tolerance_m=INVERSE_TOLERANCE_M)


@overload
def from_wgs84(lon: float, lat: float, datum: Datum) -> tuple[float, float]: ...
@overload
def from_wgs84(
    lon: NDArray[np.float64], lat: NDArray[np.float64], datum: Datum
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
def from_wgs84(
    lon: float | NDArray[np.float64], lat: float | NDArray[np.float64], datum: Datum
) -> tuple[float | NDArray[np.float64], float | NDArray[np.float64]]:
    """Return degrees in ``datum`` for WGS-84 degrees; see ``to_wgs84``.

    Args:
        lon: longitude in degrees, WGS-84.
        lat: latitude in degrees, WGS-84; of the same shape.
        datum: what both shall be in.
    """
    if datum in (Datum.WGS84, Datum.CGCS2000):
        return lon, lat
    from regionmap.places import shift

    baidu = datum is Datum.BD09
    if hasattr(lon, "shape"):
        return shift.shift(lon, lat, baidu=baidu)
    return shift.shift_one(float(lon), float(lat), baidu=baidu)

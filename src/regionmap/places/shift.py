"""The shifts of GCJ-02 and BD-09, forward in closed form and backward by iteration, on numpy arrays of degrees."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Degrees = NDArray[np.float64]

SHIFT_BOX = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north of the box in which public implementations shift, degrees."""

_METRES_PER_DEGREE = 111_320.0
_MOST_ROUNDS = 40

# Krasovsky 1940, the ellipsoid that the shift of GCJ-02 is worked out on.
_SEMI_MAJOR_M = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323

# Baidu's own constants.
_BAIDU_LON, _BAIDU_LAT = 0.0065, 0.006
_BAIDU_FREQUENCY = np.pi * 3000 / 180


def shift(lon: ArrayLike, lat: ArrayLike, *, baidu: bool) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 (or BD-09) degrees for WGS-84 degrees; unchanged outside ``SHIFT_BOX``."""
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    shifted_x, shifted_y = _forward(x, y, baidu)
    inside = _in_box(x, y)
    return np.where(inside, shifted_x, x), np.where(inside, shifted_y, y)


def unshift(lon: ArrayLike, lat: ArrayLike, *, baidu: bool, tolerance_m: float) -> tuple[Degrees, Degrees]:
    """Return the WGS-84 degrees that ``shift`` carries to these, to ``tolerance_m`` metres.

    The shift changes slowly (by about 0.1 % of the way), so each round takes the residual off the guess and gains
    about two digits.
    """
    given_x, given_y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    inside = _in_box(given_x, given_y)
    x, y = given_x, given_y
    for _ in range(_MOST_ROUNDS):
        shifted_x, shifted_y = _forward(x, y, baidu)
        dx = np.where(inside, shifted_x - given_x, 0.0)
        dy = np.where(inside, shifted_y - given_y, 0.0)
        x, y = x - dx, y - dy
        # A degree of longitude is never longer than one at the equator: this residual is on the safe side. NaN is
        # never greater, so that a missing row does not hold up the others.
        if not np.any(np.hypot(dx, dy) * _METRES_PER_DEGREE > tolerance_m):
            break
    return x, y


def _in_box(x: Degrees, y: Degrees) -> NDArray[np.bool_]:
    west, south, east, north = SHIFT_BOX
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def _forward(x: Degrees, y: Degrees, baidu: bool) -> tuple[Degrees, Degrees]:
    gcj_x, gcj_y = _wgs84_to_gcj02(x, y)
    return _gcj02_to_bd09(gcj_x, gcj_y) if baidu else (gcj_x, gcj_y)


def _wgs84_to_gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    x, y = lon - 105.0, lat - 35.0
    common = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    root = np.sqrt(np.abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (common + _waves(x, ((1, 20), (3, 40), (12, 150), (30, 300)))) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (common + _waves(y, ((1, 20), (3, 40), (12, 160), (30, 320)))) * 2 / 3

    phi = np.radians(lat)
    w_squared = 1 - _ECCENTRICITY_SQUARED * np.sin(phi) ** 2
    prime_vertical = _SEMI_MAJOR_M / np.sqrt(w_squared)
    meridian = prime_vertical * (1 - _ECCENTRICITY_SQUARED) / w_squared
    return lon + np.degrees(east / (prime_vertical * np.cos(phi))), lat + np.degrees(north / meridian)


def _waves(v: Degrees, waves: tuple[tuple[int, int], ...]) -> Degrees:
    """Return the sum of sines: each wave is a divisor of the frequency and an amplitude in metres."""
    total = np.zeros_like(v)
    for divisor, amplitude in waves:
        total = total + amplitude * np.sin(np.pi * v / divisor)
    return total


def _gcj02_to_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU_FREQUENCY)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU_FREQUENCY)
    return radius * np.cos(angle) + _BAIDU_LON, radius * np.sin(angle) + _BAIDU_LAT

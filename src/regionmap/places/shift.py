"""The shifts of GCJ-02 and BD-09, forward in closed form and backward by iteration: of one point, or of arrays.

One point needs no numpy: a command that asks about it does not wait for that.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
_BAIDU_FREQUENCY = math.pi * 3000 / 180


def shift(lon: ArrayLike, lat: ArrayLike, *, baidu: bool) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 (or BD-09) degrees for WGS-84 degrees; unchanged outside ``SHIFT_BOX``."""
    import numpy as np

    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    shifted_x, shifted_y = _forward(x, y, baidu, np)
    inside = _in_box(x, y)
    return np.where(inside, shifted_x, x), np.where(inside, shifted_y, y)


def shift_one(lon: float, lat: float, *, baidu: bool) -> tuple[float, float]:
    """Return what ``shift`` does for one point, but for the last digits of the sines."""
    return _forward(lon, lat, baidu, math) if _in_box(lon, lat) else (lon, lat)


def unshift(lon: ArrayLike, lat: ArrayLike, *, baidu: bool, tolerance_m: float) -> tuple[Degrees, Degrees]:
    """Return the WGS-84 degrees that ``shift`` carries to these, to ``tolerance_m`` metres.

    The shift changes slowly (by about 0.1 % of the way), so each round takes the residual off the guess and gains
    about two digits.
    """
    import numpy as np

    given_x, given_y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    inside = _in_box(given_x, given_y)
    x, y = given_x, given_y
    for _ in range(_MOST_ROUNDS):
        shifted_x, shifted_y = _forward(x, y, baidu, np)
        dx = np.where(inside, shifted_x - given_x, 0.0)
        dy = np.where(inside, shifted_y - given_y, 0.0)
        x, y = x - dx, y - dy
        # A degree of longitude is never longer than one at the equator: this residual is on the safe side. NaN is
        # never greater, so that a missing row does not hold up the others.
        if not np.any(np.hypot(dx, dy) * _METRES_PER_DEGREE > tolerance_m):
            break
    return x, y


def unshift_one(lon: float, lat: float, *, baidu: bool, tolerance_m: float) -> tuple[float, float]:
    """Return what ``unshift`` does for one point, but for the last digits of the sines."""
    x, y = lon, lat
    for _ in range(_MOST_ROUNDS if _in_box(lon, lat) else 0):
        shifted_x, shifted_y = _forward(x, y, baidu, math)
        dx, dy = shifted_x - lon, shifted_y - lat
        x, y = x - dx, y - dy
        if not math.hypot(dx, dy) * _METRES_PER_DEGREE > tolerance_m:
            break
    return x, y


def _in_box(x: Any, y: Any) -> Any:
    west, south, east, north = SHIFT_BOX
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


# Below, x and y are floats with ``math`` for the functions, or arrays with numpy.


def _forward(x: Any, y: Any, baidu: bool, maths: Any) -> tuple[Any, Any]:
    gcj_x, gcj_y = _wgs84_to_gcj02(x, y, maths)
    return _gcj02_to_bd09(gcj_x, gcj_y, maths) if baidu else (gcj_x, gcj_y)


def _wgs84_to_gcj02(lon: Any, lat: Any, maths: Any) -> tuple[Any, Any]:
    x, y = lon - 105.0, lat - 35.0
    common = 20 * maths.sin(6 * math.pi * x) + 20 * maths.sin(2 * math.pi * x)
    root = maths.sqrt(abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (common + _waves(x, ((1, 20), (3, 40), (12, 150), (30, 300)), maths)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (common + _waves(y, ((1, 20), (3, 40), (12, 160), (30, 320)), maths)) * 2 / 3

    phi = maths.radians(lat)
    w_squared = 1 - _ECCENTRICITY_SQUARED * maths.sin(phi) ** 2
    prime_vertical = _SEMI_MAJOR_M / maths.sqrt(w_squared)
    meridian = prime_vertical * (1 - _ECCENTRICITY_SQUARED) / w_squared
    return lon + maths.degrees(east / (prime_vertical * maths.cos(phi))), lat + maths.degrees(north / meridian)


def _waves(v: Any, waves: tuple[tuple[int, int], ...], maths: Any) -> Any:
    """Return the sum of sines: each wave is a divisor of the frequency and an amplitude in metres."""
    total = 0.0
    for divisor, amplitude in waves:
        total = total + amplitude * maths.sin(math.pi * v / divisor)
    return total


def _gcj02_to_bd09(lon: Any, lat: Any, maths: Any) -> tuple[Any, Any]:
    radius = maths.hypot(lon, lat) + 0.00002 * maths.sin(lat * _BAIDU_FREQUENCY)
    angle_of = math.atan2 if maths is math else maths.arctan2
    angle = angle_of(lat, lon) + 0.000003 * maths.cos(lon * _BAIDU_FREQUENCY)
    return radius * maths.cos(angle) + _BAIDU_LON, radius * maths.sin(angle) + _BAIDU_LAT

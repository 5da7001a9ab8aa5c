"""Coordinates in metres: Gauss-Krüger zones of 3° and 6°, by EPSG code, by zone or by central meridian.

An easting may begin with the number of its zone (39 500 000) or not (500 000), and surveyors write the northing first:
both are told from the size of the numbers, which no two of them share in China.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionmap.errors import InputError
from regionmap.screening.files.points import Points

Floats = NDArray[np.float64]
MERIDIANS = range(75, 136, 3)
_ZONE_WIDTH_M = 1_000_000
_FALSE_EASTING_M = 500_000
_NORTHING = (1_800_000, 6_100_000)
_EASTING = (100_000, 900_000)
_ZONES6, _ZONES3 = range(13, 24), range(25, 46)
_CODE = re.compile(r"(?:epsg:?\s*)?(\d{4,5})", re.IGNORECASE)
_NUMBER = re.compile(r"\d{2}|\d{2,3}(?:\.\d+)?")
"""A zone or a central meridian alone: codes of EPSG have more digits."""
_OLD = re.compile("西安|北京|1980|1954|80|54|xian|beijing", re.IGNORECASE)
"""Older systems lie some 100 m off: a zone alone does not name them, and CGCS2000 is not put in their place."""
_ZONE_WORDS = (
    re.compile(r"(?P<width>[36])\s*(?:度|degree|°)\s*(?:分?带)?.*?(?P<zone>\d{2})\s*(?:带|号|$)", re.IGNORECASE),
    re.compile(r"zone[_\s]*(?P<zone>\d{2})", re.IGNORECASE),
    re.compile(r"(?P<zone>\d{2})\s*(?:带|n|号带)", re.IGNORECASE),
)
_MERIDIAN_WORDS = re.compile(
    r"(?:中央(?:经线|子午线)|cm)[_\s:：]*(?P<meridian>\d{2,3}(?:\.\d+)?)|(?P<east>\d{2,3})[_\s]*[eE°度]", re.IGNORECASE
)


@dataclass(frozen=True)
class Plane:
    """A coordinate system that is not degrees of a datum: its name, and the way to WGS-84.

    ``meridian`` and ``zone`` are those of a Gauss-Krüger projection; ``zone`` is 0 where eastings carry none.
    """

    name: str
    points: Points
    meridian: float | None = None
    zone: int = 0

    def degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
        """Return longitudes and latitudes, and zones of eastings that are not this one (else 0); NaN for those."""
        if self.meridian is None:
            lon, lat = self.points.degrees(x, y)
            return lon, lat, np.zeros(len(x), np.int64)
        east, north = exchanged(x, y)
        written = zones(east)
        own = np.array([zone_meridian(int(one)) == self.meridian for one in written]) | (written == 0)
        bare = east - written * _ZONE_WIDTH_M
        lon, lat = self.points.degrees(
            np.where(own, bare + self.zone * _ZONE_WIDTH_M, np.nan), np.where(own, north, np.nan)
        )
        return lon, lat, np.where(own, 0, written)


@lru_cache(maxsize=256)
def plane(words: str) -> Plane:
    """Return the coordinate system that words name: EPSG:4527, CGCS2000_3_Degree_GK_Zone_39, 3度带39带, 39, 117E.

    Raises:
        InputError: they name none.
    """
    text = words.strip()
    if _OLD.search(text) and not _CODE.fullmatch(text):
        return _of_crs(text)
    code = _CODE.fullmatch(text)
    if code is not None:
        return _of_crs(f"EPSG:{code[1]}")
    if _NUMBER.fullmatch(text):
        with suppress(InputError):
            return of_zone(text)
    meridian = _MERIDIAN_WORDS.search(text)
    if meridian is not None:
        return of_meridian(float(meridian["meridian"] or meridian["east"]))
    for pattern in _ZONE_WORDS:
        zone = pattern.search(text)
        if zone is not None and zone_meridian(int(zone["zone"])) is not None:
            return of_meridian(zone_meridian(int(zone["zone"])) or 0)
    return _of_crs(text)


@lru_cache(maxsize=256)
def of_zone(words: str) -> Plane:
    """Return the CGCS2000 plane of a cell that holds a zone (39, 20) or a central meridian (117).

    Raises:
        InputError: it holds neither.
    """
    match = re.search(r"\d+(?:\.\d+)?", words)
    number = float(match[0]) if match else 0.0
    meridian = zone_meridian(int(number)) if number < 60 else number
    if meridian is None or not 72 <= meridian <= 136:
        raise InputError(words)
    return of_meridian(meridian)


@lru_cache(maxsize=256)
def of_meridian(meridian: float) -> Plane:
    """Return the CGCS2000 Gauss-Krüger plane around a central meridian in degrees, without a zone in its eastings."""
    crs = f"+proj=tmerc +lat_0=0 +lon_0={meridian:g} +k=1 +x_0={_FALSE_EASTING_M} +y_0=0 +ellps=GRS80 +units=m"
    return Plane(f"CGCS2000 / Gauss-Kruger CM {meridian:g}E", Points(crs, "--crs"), meridian)


def _of_crs(words: str) -> Plane:
    points = Points(words, "--crs")
    import pyproj  # here, since a file in degrees needs none of it

    crs = pyproj.CRS.from_user_input(words)
    operation = crs.coordinate_operation
    if operation is None or "Transverse Mercator" not in operation.method_name:
        return Plane(crs.name, points)
    values = {one.name: float(one.value) for one in operation.params}
    easting = values.get("False easting", 0.0)
    zone = int(easting // _ZONE_WIDTH_M)
    if easting - zone * _ZONE_WIDTH_M != _FALSE_EASTING_M:
        return Plane(crs.name, points)
    return Plane(crs.name, points, values.get("Longitude of natural origin"), zone)


def zone_meridian(zone: int) -> float | None:
    """Return the central meridian of a zone by its number: 13 to 23 are 6° wide, 25 to 45 are 3° wide."""
    if zone in _ZONES6:
        return 6.0 * zone - 3
    return 3.0 * zone if zone in _ZONES3 else None


def zones(east: Floats) -> NDArray[np.int64]:
    """Return the zones that eastings begin with, 0 for none."""
    known = np.where(np.abs(east) < 1e9, east, 0)  # NaN is not
    found = np.floor(known / _ZONE_WIDTH_M).astype(np.int64)
    return np.where(found >= _ZONES6.start, found, 0)


def are_metres(x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Tell which pairs are an easting and a northing of a place in China, in either order."""
    if not (np.fmax(x, y) >= _NORTHING[0]).any():  # degrees, as in most files
        return np.zeros(len(x), bool)
    east, north = exchanged(x, y)
    return np.asarray(_is_easting(east) & _is_northing(north))


def exchanged(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return eastings and northings; pairs that stand the other way round are exchanged."""
    turned = _is_northing(x) & _is_easting(y)
    return np.where(turned, y, x), np.where(turned, x, y)


def _is_northing(value: Floats) -> NDArray[np.bool_]:
    return np.asarray((value >= _NORTHING[0]) & (value <= _NORTHING[1]))


def _is_easting(value: Floats) -> NDArray[np.bool_]:
    bare = value - zones(value) * _ZONE_WIDTH_M
    known = np.isin(zones(value), [0, *_ZONES6, *_ZONES3])
    return np.asarray(known & (bare >= _EASTING[0]) & (bare <= _EASTING[1]))


def code_of(meridian: float, zone: int) -> str:
    """Return the EPSG code and the name of a CGCS2000 plane: with the zone in its eastings, or without (0)."""
    if zone in _ZONES3:
        return f"EPSG:{4513 + zone - _ZONES3.start} (3° {zone})"
    if zone in _ZONES6:
        return f"EPSG:{4491 + zone - _ZONES6.start} (6° {zone})"
    return f"EPSG:{4534 + int(meridian - MERIDIANS.start) // 3} ({meridian:g}°E)"


def each_meridian(east: Floats, north: Floats) -> Any:
    """Yield (central meridian, longitudes, latitudes) of eastings without a zone in every plane of 3°."""
    for meridian in MERIDIANS:
        yield (meridian, *of_meridian(float(meridian)).points.degrees(east, north))

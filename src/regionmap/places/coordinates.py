"""Coordinates as users give them: missing, not a number, out of range or swapped, each with its own error."""

from __future__ import annotations

import math

from regionmap.errors import Argument
from regionmap.i18n import t
from regionmap.model import Text
from regionmap.places.coordinate_text import Axis, CoordinateTextError, parse_angle
from regionmap.places.errors import (
    MissingCoordinateError,
    NotANumberError,
    OutOfRangeError,
    SwappedCoordinatesError,
)

AXES = {"longitude": t("longitude"), "latitude": t("latitude")}
CHINA_BOX = (73.0, 3.0, 136.0, 54.0)
"""West, south, east, north in degrees: holds every county. For hints only: what lies in China is asked of the true
boundaries, since a box this size also holds most of China's neighbours."""

UNCERTAINTY_M = 1_000.0
"""How far a point may be from where it is thought to be, in metres. Of the inland boundaries, 95 % lie within 0.56 km
of those of another publisher, 99 % within 1.8 km (geo/README.md); a datum's shift taken back adds under a metre."""


def check_coordinates(lon: object, lat: object) -> tuple[float, float]:
    """Return longitude and latitude as finite floats in range, in degrees.

    Numbers are taken, and strings that hold a decimal number or an angle (``116.4``, ``"116.4"``, ``115°28′14″E``).

    Raises:
        MissingCoordinateError: one of them is None or blank.
        NotANumberError: text that is no coordinate, NaN, infinite, a latitude for the longitude.
        SwappedCoordinatesError: out of range as given, in the box around China when exchanged.
        OutOfRangeError: beyond ±180° or ±90°.
    """
    x, y = numbers(lon, lat)
    if in_range(x, y):
        return x, y
    if in_box(y, x):
        raise swapped(x, y)
    raise out_of_range(x, y)


def numbers(lon: object, lat: object) -> tuple[float, float]:
    """Return both as finite floats, whatever their range.

    Raises:
        MissingCoordinateError: one of them is None or blank.
        NotANumberError: one of them is no finite number.
    """
    missing = [AXES[name] for name, value in (("longitude", lon), ("latitude", lat)) if _is_missing(value)]
    if missing:
        raise MissingCoordinateError(
            "no {axis} is given: give both, in decimal degrees, for example {lon} {lat}",
            axis=missing[0] if len(missing) == 1 else t("longitude and latitude"),
            lon=Argument("lon", "115.48"), lat=Argument("lat", "38.87"),
        )  # fmt: skip
    return _number("longitude", lon), _number("latitude", lat)


def in_range(lon: float, lat: float) -> bool:
    """Tell whether this is a place on Earth: longitude within ±180°, latitude within ±90°."""
    return -180 <= lon <= 180 and -90 <= lat <= 90


def in_box(lon: float, lat: float) -> bool:
    """Tell whether a point lies in the box around China."""
    west, south, east, north = CHINA_BOX
    return west <= lon <= east and south <= lat <= north


def swapped(lon: float, lat: float, where: Text | str = "") -> SwappedCoordinatesError:
    """Return the error for coordinates that make sense when exchanged; ``where`` names the county found there."""
    given = {
        "lon": f"{lon:g}", "lat": f"{lat:g}",
        "right_lon": Argument("lon", _plain(lat)), "right_lat": Argument("lat", _plain(lon)),
    }  # fmt: skip
    if not where:
        return SwappedCoordinatesError(
            "longitude {lon} and latitude {lat} look swapped: with {right_lon} {right_lat} the "
            "point lies in or near China",
            **given,
        )
    return SwappedCoordinatesError(
        "longitude {lon} and latitude {lat} look swapped: with {right_lon} {right_lat} the point lies in {place}",
        place=where,
        **given,
    )


def out_of_range(lon: float, lat: float) -> OutOfRangeError:
    """Return the error for coordinates that are no place on Earth."""
    return OutOfRangeError(
        "longitude {lon}, latitude {lat} is no place on Earth: longitudes run from -180 to "
        "180, latitudes from -90 to 90, in decimal degrees (metres of a projection must be "
        "converted first)",
        lon=f"{lon:g}",
        lat=f"{lat:g}",
    )


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _number(name: str, value: object) -> float:
    try:
        if isinstance(value, bool):
            raise TypeError
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = _angle(name, value) if isinstance(value, str) else math.nan
    if not math.isfinite(number):
        shown = repr(value if len(str(value)) <= 40 else str(value)[:40] + "…")
        raise NotANumberError(
            "the {axis} {given} is not a number: give decimal degrees such as {degrees}, or an "
            "angle such as {angle}",
            axis=AXES[name], given=shown,
            degrees="115.48" if name == "longitude" else "38.87",
            angle="115°28′48″" if name == "longitude" else "38°52′12″",
        )  # fmt: skip
    return number


def _angle(name: str, text: str) -> float:
    """Return what an angle says in decimal degrees, NaN where the text is none or an angle of the other coordinate."""
    try:
        found = parse_angle(text)
    except CoordinateTextError:
        return math.nan
    wanted = Axis.LON if name == "longitude" else Axis.LAT
    return found.degrees if found.axis in {None, wanted} else math.nan


def _plain(number: float) -> str:
    """Write a number as a command line takes it, without an exponent."""
    return f"{number:.10f}".rstrip("0").rstrip(".")

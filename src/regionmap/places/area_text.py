"""Areas as people have them: GeoJSON, KML or WKT, in a file or pasted, or a circle around a point.

All of them become GeoJSON first, so that one reader (``areas``) checks coordinates, rings and the coordinate system.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import shapely
from shapely.errors import ShapelyError

from regionmap.errors import Argument, called
from regionmap.i18n import t
from regionmap.limits import MOST_RADIUS_M
from regionmap.model import Text
from regionmap.places import area_limits
from regionmap.places.areas import THE_AREA, area_of, area_of_shape, in_english, parsed, read_text
from regionmap.places.errors import AreaError

_CORNERS = 180
# Nothing that was read is given back (``*+``): over a long run of blanks it would be tried in every length.
_SRID = r"\s*+(?:SRID\s*+=\s*+(\d++)\s*+;\s*+)?"
_WKT = re.compile(_SRID + r"[A-Za-z]++\s*+(?:(?:ZM?|M)\b\s*+)?(?:\(|EMPTY)", re.IGNORECASE)
_KIND = re.compile(_SRID + r"([A-Za-z]++)", re.IGNORECASE)
_DOCUMENT = re.compile(r"[\ufeff\s]*[{<]")
"""How GeoJSON and KML begin; no name of a file does."""
_KINDS = frozenset({"POLYGON", "POLYGONZ", "POLYGONM", "POLYGONZM", "MULTIPOLYGON", "MULTIPOLYGONZ", "MULTIPOLYGONM",
                    "MULTIPOLYGONZM"})  # fmt: skip
_WGS84 = frozenset({"4326", "4490"})

Position = list[float]


def read_any_area(area: object) -> Any:
    """Read an area from whatever Python people have it in.

    Args:
        area: GeoJSON, KML or WKT as text, or the path of a file of it (see ``read_area_file``); a dict of GeoJSON; or
            what has ``__geo_interface__``, such as a shapely polygon or a GeoDataFrame. WGS-84 degrees, longitude
            first; a GeoDataFrame that names another coordinate system is converted.

    Returns:
        A shapely polygon or multipolygon, WGS-84 degrees.

    Raises:
        AreaError: it is none of these, or as ``regionmap.places.areas.area_of``.
        SwappedCoordinatesError, OutsideChinaError: as ``area_of``.
    """
    if isinstance(area, str) and (_DOCUMENT.match(area) or _WKT.match(area) or not area.strip()):
        return area_from_text(area)
    if isinstance(area, str | Path):
        return read_area_file(Path(area))
    given: Any = area
    try:
        if getattr(given, "crs", None) is not None:
            given = given.to_crs("EPSG:4326")
        document = given if isinstance(given, dict) else given.__geo_interface__
        plain = json.loads(json.dumps(document, default=float))  # tuples to lists, as GeoJSON has them
    except (AttributeError, TypeError, ValueError, RecursionError, ShapelyError) as error:
        raise AreaError(
            "{given} is not an area: give GeoJSON, KML or WKT, as text or as the path of a file, "
            "a dict of GeoJSON, or a shapely polygon",
            given=called(area),
        ) from error
    return area_of(plain)


def radius_of(radius_m: object) -> float:
    """Return a radius in metres; whether it is in range is asked by ``circle``.

    Raises:
        AreaError: it is no number.
    """
    try:
        if isinstance(radius_m, bool):
            raise TypeError
        return float(radius_m)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise AreaError(
            "the radius {given} is no number of metres: give one, such as {radius}",
            given=repr(radius_m[:40]) if isinstance(radius_m, str) else called(radius_m),
            radius=Argument("radius_m", "30000", option="--radius"),
        ) from None


def read_area_file(path: Path) -> Any:
    """Read an area from a file of GeoJSON, KML or WKT; what it is shows in its text, not in its name.

    Returns:
        A shapely polygon or multipolygon, WGS-84 degrees.

    Raises:
        AreaError: no such file, too large, not text, none of the three, or as ``regionmap.places.areas.area_of``.
        SwappedCoordinatesError, OutsideChinaError: as ``area_of``.
    """
    return area_from_text(read_text(path), path.name)


def area_from_text(text: str, name: str | Text = THE_AREA) -> Any:
    """Read an area from GeoJSON, KML or WKT.

    Args:
        text: the document; WGS-84 degrees, longitude before latitude.
        name: what messages call it.

    Returns:
        A shapely polygon or multipolygon, WGS-84 degrees.

    Raises:
        AreaError: none of the three, or as ``regionmap.places.areas.area_of``.
        SwappedCoordinatesError, OutsideChinaError: as ``area_of``.
    """
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in {"{", "["}:
        return area_of(parsed(text.lstrip("\ufeff"), name), name)
    if start == "<":
        return area_of(_kml(text, name), name)
    if _WKT.match(text):
        return area_of_shape(_wkt(text, name), name)
    shown = " ".join(text.split())[:40]
    if not shown:
        raise AreaError("{area} is empty: give GeoJSON, KML or WKT in WGS-84, longitude first", area=name)
    raise AreaError(
        "{area} cannot be read as an area ({given}): give GeoJSON, KML or WKT in WGS-84, longitude first",
        area=name,
        given=repr(shown),
    )


def circle(lon: float, lat: float, radius_m: float) -> Any:
    """Return the area around a point as a polygon that holds the whole circle.

    Args:
        lon: longitude of the middle, WGS-84 degrees.
        lat: latitude of the middle, WGS-84 degrees.
        radius_m: geodesic radius in metres, above 0 and at most ``MOST_RADIUS_M``.

    Raises:
        AreaError: the radius is out of range.
        OutsideChinaError: as ``regionmap.places.areas.area_of``.
    """
    from geographiclib.geodesic import Geodesic

    if not 0 < radius_m <= MOST_RADIUS_M:
        raise AreaError(
            "a radius of {radius} km cannot be used: give more than 0 and at most {most} km",
            radius=f"{radius_m / 1000:.15g}",
            most=f"{MOST_RADIUS_M / 1000:g}",
        )
    # Corners outside the circle, so that its edge touches the sides and no unit in reach is missed.
    corner = radius_m / math.cos(math.pi / _CORNERS)
    around = (Geodesic.WGS84.Direct(lat, lon, 360 * number / _CORNERS, corner) for number in range(_CORNERS))
    ring = [[one["lon2"], one["lat2"]] for one in around]
    return area_of({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, t("the circle"))


def _wkt(text: str, name: str | Text) -> Any:
    start = _KIND.match(text)
    assert start is not None  # noqa: S101  (it begins as WKT does)
    system, kind = start.groups()
    if system is not None and system not in _WGS84:
        raise AreaError(
            "{area} says that its coordinates are in SRID {system}: give them in WGS-84 (4326)",
            area=name,
            system=system[:40],
        )
    if kind.upper() not in _KINDS:  # not read at all: collections nest without end
        raise AreaError("{area} is a {kind} in WKT: an area is a POLYGON or a MULTIPOLYGON", area=name, kind=kind[:40])
    area_limits.check_text(text, ",(", name)
    try:
        found = shapely.from_wkt(text[start.start(2) :].rstrip())
    except (ShapelyError, ValueError) as error:
        reason = " ".join(str(error).split())[:80]
        raise AreaError(
            "{area} is no WKT that can be read{why}: write POLYGON ((lon lat, lon lat, …))",
            area=name,
            why=in_english(f" ({reason})"),
        ) from error
    if found.geom_type not in {"Polygon", "MultiPolygon"} or found.is_empty:
        raise AreaError(
            "{area} is a {kind} in WKT: an area is a POLYGON or a MULTIPOLYGON", area=name, kind=found.geom_type
        )
    return found


def _kml(text: str, name: str | Text) -> object:
    area_limits.check_text(text, "<,", name)
    # Entities can stand for far more text than they are long; no KML of an area has them.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise AreaError("{area} defines XML entities, which are not read: save it as plain KML", area=name)
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  (no entities: see above)
    except (ElementTree.ParseError, ValueError) as error:
        raise AreaError(
            "{area} is no XML that can be read{why}: save the area as KML again",
            area=name,
            why=in_english(f" ({error})"),
        ) from error
    if _tag(root) != "kml":
        raise AreaError(
            "{area} is XML but not KML (its root is <{tag}>): save the area as KML", area=name, tag=_tag(root)[:40]
        )
    polygons = [_kml_polygon(one, name) for one in root.iter() if _tag(one) == "Polygon"]
    return (
        {"type": "MultiPolygon", "coordinates": polygons}
        if polygons
        else {
            "type": "FeatureCollection",
            "features": [],
        }
    )


def _kml_polygon(polygon: Any, name: str | Text) -> list[list[Position]]:
    outer = [ring for one in polygon if _tag(one) == "outerBoundaryIs" for ring in _rings(one, name)]
    inner = [ring for one in polygon if _tag(one) == "innerBoundaryIs" for ring in _rings(one, name)]
    if len(outer) != 1:
        raise AreaError(
            "{area} has a polygon with {count} outer boundaries in its KML: give each polygon one",
            area=name,
            count=len(outer),
        )
    return [*outer, *inner]


def _rings(boundary: Any, name: str | Text) -> Iterable[list[Position]]:
    for one in boundary.iter():
        if _tag(one) == "coordinates":
            words = (one.text or "").split()
            try:
                ring = [[float(lon), float(lat)] for lon, lat, *_ in [word.split(",", 2) for word in words]]
            except ValueError:
                ring = [_position(word, name) for word in words]  # which of them it is
            yield ring


def _position(word: str, name: str | Text) -> Position:
    """Read ``longitude,latitude`` or ``longitude,latitude,height``."""
    try:
        lon, lat = (float(part) for part in word.split(",")[:2])
    except ValueError:
        raise AreaError(
            "{given} in the KML of {area} is not a position: write longitude,latitude, such as 115.48,38.87",
            area=name,
            given=repr(word[:60]),
        ) from None
    return [lon, lat]


def _tag(element: Any) -> str:
    """Return the name of an element without its namespace: KML is written with several, and with none."""
    return _without_namespace(element.tag)


@lru_cache(maxsize=256)
def _without_namespace(tag: object) -> str:
    return str(tag).rpartition("}")[2]  # kept: a file has few names, and says each ten thousands of times

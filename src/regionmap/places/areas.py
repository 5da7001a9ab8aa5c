"""An area that a user drew or uploaded: read from GeoJSON, then shared out among the counties that it touches."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from regionmap.places import coordinates
from regionmap.places.errors import AreaError, OutsideChinaError, SwappedCoordinatesError
from regionmap.places.geodesy import area_and_perimeter
from regionmap.places.index.locator import Locator

LARGEST_FILE_BYTES = 50_000_000
SLIVER_M = 0.2
"""A strip of a county thinner than this on average, in metres, comes from rounding (six decimals of a degree are
0.1 m) and does not count as touched."""

_POLYGONS = ("Polygon", "MultiPolygon")
_SLIVER_SHARE = 1e-3
_NOISE_SHARE = 1e-9
_OUTSIDE_NOISE = 1e-6
_MENDED_BY = 1e-6
_WGS84_NAMES = ("CRS84", "4326", "4490")


def read_area(path: Path) -> Any:
    """Read the area of a GeoJSON file (RFC 7946: WGS-84, longitude before latitude) as one polygon or multipolygon.

    The file holds a Polygon, a MultiPolygon, a Feature or a FeatureCollection of these; several are united. Rings that
    touch themselves are mended where that changes nothing; rings that cross themselves are refused, since it is not
    known which side was meant.

    Args:
        path: the file, UTF-8, at most 50 MB.

    Raises:
        AreaError: no such file, over 50 MB, not JSON, not GeoJSON, lines or points, no area, crossing rings, another
            coordinate system.
        SwappedCoordinatesError: latitude stands before longitude.
        OutsideChinaError: far from China.
    """
    return area_of(parsed(read_text(path), path.name), path.name)


def area_of(document: object, name: str = "The area") -> Any:
    """Return the area of GeoJSON that is already parsed, as ``read_area`` does.

    Args:
        document: the parsed object, WGS-84 degrees.
        name: what messages call it.

    Raises:
        AreaError, SwappedCoordinatesError, OutsideChinaError: as ``read_area``.
    """
    if not isinstance(document, dict):
        raise AreaError(f"{name} is not GeoJSON: it must be an object with a type, such as Polygon or Feature.")
    _check_crs(document, name)
    try:
        members = [member for member in _geometries(document, name) if member is not None]
        parts = [part for member in members for part in shapely.get_parts(_polygon(member, name))]
    except RecursionError as error:
        raise AreaError(f"{name} nests collections too deeply: give one Polygon, MultiPolygon or Feature.") from error
    if not parts:
        raise AreaError(f"{name} holds no polygon: draw an area and save it as a GeoJSON Polygon or Feature.")
    area = shapely.union_all([_mended(part, name) for part in parts])
    if area_and_perimeter(area)[0] <= 0:
        raise AreaError(f"{name} has no area: its corners lie on one line or point.")
    return area


def units_touched(geometry: Any, locator: Locator) -> list[tuple[str, float]]:
    """Return (county code, share) for each county that an area touches, the largest share first.

    A share is the part of the area's own geodesic area that lies in the county, from 0 to 1; the shares and
    ``outside_share`` add up to 1. Counties that are touched along a line only, or in strips thinner than ``SLIVER_M``,
    are left out. Equal shares come in the order of the codes.

    Args:
        geometry: a polygon or multipolygon, WGS-84 degrees.
        locator: the true boundaries.

    Raises:
        OutsideChinaError: the area lies in no county.
    """
    area = _densified(geometry)
    whole = area_and_perimeter(area)[0]
    found: dict[str, float] = {}
    slivers = 0.0
    shapely.prepare(area)
    for code in locator.counties_in_box(*geometry.bounds):
        county = locator.geometry(code)
        if not area.intersects(county):
            continue
        square_metres, perimeter = area_and_perimeter(area.intersection(county))
        share = square_metres / whole
        thin = square_metres < SLIVER_M * perimeter / 2 and share < _SLIVER_SHARE
        if share < _NOISE_SHARE or thin:
            slivers += share
        else:
            found[code] = share
    if not found:
        west, south, east, north = geometry.bounds
        raise OutsideChinaError(
            f"The area between longitude {west:.4f} and {east:.4f}, latitude {south:.4f} and {north:.4f} lies in no "
            "county of China: coordinates are WGS-84 degrees, longitude first."
        )
    outside = 1 - sum(found.values()) - slivers
    scale = (1 - outside if outside > _OUTSIDE_NOISE else 1) / sum(found.values())
    return sorted(((code, share * scale) for code, share in found.items()), key=lambda one: (-one[1], one[0]))


def outside_share(touched: list[tuple[str, float]]) -> float:
    """Return the share of an area that lies in no county, from 0 to 1: at sea, abroad.

    Args:
        touched: what ``units_touched`` returned.
    """
    outside = 1 - math.fsum(share for _, share in touched)
    return outside if outside > _OUTSIDE_NOISE / 2 else 0.0


def read_text(path: Path) -> str:
    """Return the text of a file of an area.

    Raises:
        AreaError: no such file, larger than ``LARGEST_FILE_BYTES``, or not text in UTF-8.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            raise AreaError(
                f"{path.name} has {size / 1e6:,.0f} MB, more than {LARGEST_FILE_BYTES / 1e6:.0f}: simplify the outline."
            )
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise AreaError(f"There is no file {path}: give the path of a file of GeoJSON, KML or WKT.") from error
    except OSError as error:
        raise AreaError(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise AreaError(f"{path.name} is not text in UTF-8: save the area as GeoJSON, KML or WKT.") from error
    except ValueError as error:  # a null byte in the path
        raise AreaError(f"{str(path)!r} is no path of a file: {error}.") from error


def parsed(text: str, name: str) -> object:
    """Return the JSON that a text holds; ``name`` is used in messages.

    Raises:
        AreaError: it holds none.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise AreaError(
            f"{name} is not JSON (line {error.lineno}, column {error.colno}: {error.msg}): save the area as GeoJSON."
        ) from error
    except RecursionError as error:
        raise AreaError(f"{name} nests its lists too deeply to be GeoJSON.") from error
    except ValueError as error:  # a number of thousands of digits
        raise AreaError(f"{name!r} cannot be read as GeoJSON: {error}.") from error


def _check_crs(document: dict[Any, Any], name: str) -> None:
    """Refuse the crs member of old GeoJSON unless it says what RFC 7946 means anyway."""
    crs = document.get("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    system = str(properties.get("name") if isinstance(properties, dict) else crs)[:80]
    if not system.endswith(_WGS84_NAMES):
        raise AreaError(
            f"{name} says that its coordinates are in {_on_one_line(system)}: save it in WGS-84 (EPSG:4326)."
        )


def _geometries(node: object, name: str) -> list[dict[Any, Any] | None]:
    """Return the geometries of a GeoJSON object, None for a Feature without one."""
    kind = node.get("type") if isinstance(node, dict) else None
    if not isinstance(node, dict) or not isinstance(kind, str):
        raise AreaError(f"{name} is not GeoJSON: every object must have a type, such as Polygon or Feature.")
    if kind == "Feature":
        return _geometries(node["geometry"], name) if node.get("geometry") is not None else [None]
    for collection, key in (("FeatureCollection", "features"), ("GeometryCollection", "geometries")):
        if kind == collection:
            members = node.get(key)
            if not isinstance(members, list):
                raise AreaError(f"{name} is not GeoJSON: a {kind} must have a list of {key}.")
            return [geometry for member in members for geometry in _geometries(member, name)]
    if kind not in _POLYGONS:
        raise AreaError(
            f"{name} holds a {_on_one_line(kind[:40])}: an area is made of Polygons or MultiPolygons alone."
        )
    return [node]


def _polygon(geometry: dict[Any, Any], name: str) -> Any:
    """Return the polygon with its coordinates checked."""
    positions = _positions(geometry.get("coordinates"), 3 if geometry["type"] == "MultiPolygon" else 2, name)
    try:
        polygon = shapely.force_2d(shape(geometry))
    except (ShapelyError, ValueError, TypeError, IndexError) as error:
        raise AreaError(f"{name} has a ring that is none: a ring is a list of four or more positions.") from error
    xs, ys = [x for x, _ in positions], [y for _, y in positions]
    corner = xs[0], ys[0]
    inside = [all(coordinates.in_box(x, y) for x, y in zip(one, two, strict=True)) for one, two in ((xs, ys), (ys, xs))]
    if not inside[0] and inside[1]:
        raise SwappedCoordinatesError(
            f"{name} has latitude before longitude ([{corner[0]:g}, {corner[1]:g}]): GeoJSON wants longitude first, "
            f"[{corner[1]:g}, {corner[0]:g}]."
        )
    if not all(coordinates.in_range(x, y) for x, y in zip(xs, ys, strict=True)):
        raise AreaError(f"{name} is not in degrees ([{corner[0]:g}, {corner[1]:g}]): save it in WGS-84 (EPSG:4326).")
    west, south, east, north = coordinates.CHINA_BOX
    if max(xs) < west or min(xs) > east or max(ys) < south or min(ys) > north:
        raise OutsideChinaError(
            f"{name} lies outside China (at longitude {corner[0]:g}, latitude {corner[1]:g}): China lies between "
            f"{west:g} and {east:g} east, {south:g} and {north:g} north."
        )
    return polygon


def _positions(node: object, depth: int, name: str) -> list[tuple[float, float]]:
    """Return all positions of nested coordinate lists: ``depth`` is 2 for a polygon, 3 for a multipolygon."""
    if not isinstance(node, list) or not node:
        raise AreaError(f"{name} has a polygon without coordinates: each ring is a list of four or more positions.")
    if depth:
        return [position for member in node for position in _positions(member, depth - 1, name)]
    if len(node) < 2 or not all(_is_number(value) for value in node[:2]):
        raise AreaError(
            f"{name} has a position that is none: {_on_one_line(str(node)[:60])}; it must be [longitude, latitude]."
        )
    return [(float(node[0]), float(node[1]))]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12


def _mended(polygon: Any, name: str) -> Any:
    """Return a valid polygon with the same area, or say where its ring crosses itself."""
    if polygon.is_valid:
        return polygon
    mended = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
    # Where a ring crosses itself, the mended area differs from that of the ring walked as drawn.
    drawn = polygon.area
    if mended.is_empty or abs(mended.area - drawn) > _MENDED_BY * drawn:
        reason = shapely.is_valid_reason(polygon).replace("[", " near ").replace("]", "")
        raise AreaError(f"{name} has an outline that cannot be used ({reason}): draw it without crossing lines.")
    return mended


def _densified(area: Any) -> Any:
    """Return the area with more corners on its long edges.

    Edges are straight in degrees, the formula for areas takes them as geodesics: on short edges it is the same.
    """
    west, south, east, north = area.bounds
    return shapely.segmentize(area, max(east - west, north - south) / 200)


def _on_one_line(text: str) -> str:
    return text if text.isprintable() else repr(text)

"""An area that a user drew or uploaded: read from GeoJSON, then shared out among the counties that it touches."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError
from shapely.geometry import shape

from regionmap.errors import why
from regionmap.i18n import t
from regionmap.limits import LARGEST_FILE_BYTES
from regionmap.model import Text
from regionmap.places import area_limits
from regionmap.places.area_pieces import pieces_of
from regionmap.places.area_place import check_place
from regionmap.places.area_rings import MOST_DEGREES, parts_of
from regionmap.places.errors import AreaError, OutsideChinaError
from regionmap.places.geodesy import area_and_perimeter
from regionmap.places.index.locator import Locator

THE_AREA = t("the area")
SLIVER_M = 0.2
"""A strip of a county thinner than this on average, in metres, comes from rounding (six decimals of a degree are
0.1 m) and does not count as touched."""

_POLYGONS = ("Polygon", "MultiPolygon")
_SLIVER_SHARE = 1e-3
_NOISE_SHARE = 1e-9
_OUTSIDE_NOISE = 1e-6
_MENDED_BY = 1e-6
_LONGEST_PATH = 160
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


def area_of(document: object, name: str | Text = THE_AREA) -> Any:
    """Return the area of GeoJSON that is already parsed, as ``read_area`` does.

    Args:
        document: the parsed object, WGS-84 degrees.
        name: what messages call it.

    Raises:
        AreaError, SwappedCoordinatesError, OutsideChinaError: as ``read_area``.
    """
    if not isinstance(document, dict):
        raise AreaError(
            "{area} is not GeoJSON: it must be an object with a type, such as Polygon or Feature", area=name
        )
    _check_crs(document, name)
    try:
        members = [member for member in _geometries(document, name) if member is not None]
        parts = [_polygons(member, name) for member in members]
    except RecursionError as error:
        raise AreaError(
            "{area} nests collections too deeply: give one Polygon, MultiPolygon or Feature", area=name
        ) from error
    if not parts:
        raise AreaError("{area} holds no polygon: draw an area and save it as a GeoJSON Polygon or Feature", area=name)
    return _valid(np.concatenate(parts), name)


def area_of_shape(found: Any, name: str | Text = THE_AREA) -> Any:
    """Return the area of a polygon or multipolygon of shapely, as ``read_area`` does.

    Args:
        found: WGS-84 degrees, not empty; a height is left out.
        name: what messages call it.

    Raises:
        AreaError, SwappedCoordinatesError, OutsideChinaError: as ``read_area``.
    """
    parts = shapely.get_parts(shapely.force_2d(found))
    for part in parts[shapely.is_empty(parts)]:
        _positions(list(part.exterior.coords), 0, name)
    odd = ~(np.abs(shapely.get_coordinates(parts)) < MOST_DEGREES).all(axis=1)
    for position in shapely.get_coordinates(parts)[odd]:
        _positions(position.tolist(), 0, name)
    check_place(parts, name)
    return _valid(parts, name)


def _valid(parts: NDArray[Any], name: str | Text) -> Any:
    """Return one valid area of all polygons."""
    area_limits.check_count(_corners(parts), int((shapely.get_num_interior_rings(parts) + 1).sum()), name)
    area_limits.check_pairs(parts, name)
    broken = ~shapely.is_valid(parts)
    if broken.any():
        area_limits.check_crossings(parts[broken], name)
        parts = np.array(
            [_mended(part, name) if odd else part for part, odd in zip(parts, broken, strict=True)], dtype=object
        )
    area = _united(parts, name)
    west, _, east, _ = area.bounds if not area.is_empty else (0.0, 0.0, 0.0, 0.0)
    area_limits.check_width(west, east, name)
    pieces = shapely.get_parts(area)
    if not len(pieces) or area_and_perimeter(pieces[np.argmax(shapely.area(pieces))])[0] <= 0:
        raise AreaError(
            "{area} has no area, its corners lie on one line or point: draw an outline that encloses something",
            area=name,
        )
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
    counties = locator.counties_in_box(*geometry.bounds)
    area_limits.check_work(geometry, _corners_on_long_edges(geometry), len(counties), THE_AREA)
    step = _step(geometry)
    whole = area_and_perimeter(shapely.segmentize(geometry, step))[0]
    found: dict[str, float] = {}
    slivers = 0.0
    boxes = np.array([locator.geometry(code).bounds for code in counties]).reshape(-1, 4)
    for row, piece in pieces_of(geometry, boxes, range(len(counties))):
        code = counties[row]
        inside = shapely.intersection(piece, locator.geometry(code))
        # Edges are straight in degrees, the formula for areas takes them as geodesics: on short edges it is the same.
        square_metres, perimeter = area_and_perimeter(shapely.segmentize(inside, step))
        share = square_metres / whole
        thin = square_metres < SLIVER_M * perimeter / 2 and share < _SLIVER_SHARE
        if share < _NOISE_SHARE or thin:
            slivers += share
        else:
            found[code] = share
    if not found:
        west, south, east, north = geometry.bounds
        raise OutsideChinaError(
            "the area between longitude {west} and {east}, latitude {south} and {north} lies in "
            "no county of China: coordinates are WGS-84 degrees, longitude first",
            west=f"{west:.4f}",
            east=f"{east:.4f}",
            south=f"{south:.4f}",
            north=f"{north:.4f}",
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
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)  # a pipe says no size, and a device may have no end
            size = max(os.fstat(file.fileno()).st_size, len(content))
        text = content.decode("utf-8-sig") if size <= LARGEST_FILE_BYTES else ""
    except FileNotFoundError as error:
        raise AreaError(
            "there is no file {path}: give the path of a file of GeoJSON, KML or WKT", path=_short(path)
        ) from error
    except OSError as error:
        raise AreaError(
            "{path} cannot be read ({why}): give the path of a file of GeoJSON, KML or WKT",
            path=_short(path),
            why=why(error),
        ) from error
    except UnicodeDecodeError as error:
        raise AreaError("{area} is not text in UTF-8: save the area as GeoJSON, KML or WKT", area=path.name) from error
    except ValueError as error:  # a null byte in the path
        raise AreaError(
            "{path} is not the path of a file{why}: give that of a file of GeoJSON, KML or WKT",
            path=repr(str(path)),
            why=in_english(f": {error}"),
        ) from error
    if size > LARGEST_FILE_BYTES:
        raise AreaError(
            "{area} has {megabytes} MB, more than {most}: simplify the outline",
            area=path.name,
            megabytes=f"{size / 1000000.0:,.0f}",
            most=f"{LARGEST_FILE_BYTES / 1000000.0:.0f}",
        )
    return text


def parsed(text: str, name: str | Text) -> object:
    """Return the JSON that a text holds; ``name`` is used in messages.

    Raises:
        AreaError: it holds none.
    """
    area_limits.check_text(text, "[{,", name)
    area_limits.check_corners(text, name)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise AreaError(
            "{area} is not JSON (line {line}, column {column}{why}): save the area as GeoJSON",
            area=name,
            line=error.lineno,
            column=error.colno,
            why=in_english(f": {error.msg}"),
        ) from error
    except RecursionError as error:
        raise AreaError(
            "{area} nests its lists too deeply to be GeoJSON: save the area as GeoJSON again", area=name
        ) from error
    except ValueError as error:  # a number of thousands of digits
        raise AreaError(
            "{area} cannot be read as GeoJSON{why}: save the area as GeoJSON again",
            area=name,
            why=in_english(f": {error}"),
        ) from error


def _check_crs(document: dict[Any, Any], name: str | Text) -> None:
    """Refuse the crs member of old GeoJSON unless it says what RFC 7946 means anyway."""
    crs = document.get("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    system = str(properties.get("name") if isinstance(properties, dict) else crs)[:80]
    if not system.endswith(_WGS84_NAMES):
        raise AreaError(
            "{area} says that its coordinates are in {system}: save it in WGS-84 (EPSG:4326)",
            area=name,
            system=_on_one_line(system),
        )


def _geometries(node: object, name: str | Text) -> list[dict[Any, Any] | None]:
    """Return the geometries of a GeoJSON object, None for a Feature without one."""
    kind = node.get("type") if isinstance(node, dict) else None
    if not isinstance(node, dict) or not isinstance(kind, str):
        raise AreaError("{area} is not GeoJSON: every object must have a type, such as Polygon or Feature", area=name)
    if kind == "Feature":
        return _geometries(node["geometry"], name) if node.get("geometry") is not None else [None]
    for collection, key in (("FeatureCollection", "features"), ("GeometryCollection", "geometries")):
        if kind == collection:
            members = node.get(key)
            if not isinstance(members, list):
                raise AreaError(
                    "{area} is not GeoJSON: a {kind} must have a list of {key}", area=name, kind=kind, key=key
                )
            return [geometry for member in members for geometry in _geometries(member, name)]
    if kind not in _POLYGONS:
        raise AreaError(
            "{area} holds a {kind}: an area is made of Polygons or MultiPolygons alone",
            area=name,
            kind=_on_one_line(kind[:40]),
        )
    return [node]


def _polygons(geometry: dict[Any, Any], name: str | Text) -> NDArray[Any]:
    """Return the polygons of a Polygon or MultiPolygon with their coordinates checked."""
    given, several = geometry.get("coordinates"), geometry["type"] == "MultiPolygon"
    try:
        parts = parts_of(given if several else [given]) if isinstance(given, list) else None
    except (ShapelyError, ValueError) as error:
        raise _no_ring(name) from error
    if parts is None:
        _positions(given, 3 if several else 2, name)
        try:
            parts = shapely.get_parts(shapely.force_2d(shape(geometry)))
        except (ShapelyError, ValueError, TypeError, IndexError) as error:
            raise _no_ring(name) from error
    check_place(parts, name)
    return parts


def _no_ring(name: str | Text) -> AreaError:
    return AreaError(
        "a ring in {area} is not a list of positions: give four or more, the last the same as the first", area=name
    )


def _positions(node: object, depth: int, name: str | Text) -> list[tuple[float, float]]:
    """Return all positions of nested coordinate lists: ``depth`` is 2 for a polygon, 3 for a multipolygon."""
    if not isinstance(node, list) or not node:
        raise AreaError("a polygon in {area} has no coordinates: give it rings of four or more positions", area=name)
    if depth:
        return [position for member in node for position in _positions(member, depth - 1, name)]
    if len(node) < 2 or not all(_is_number(value) for value in node[:2]):
        raise AreaError(
            "{given} in {area} is not a position: write longitude and latitude as two numbers, such as [115.48, 38.87]",
            area=name,
            given=_on_one_line(str(node)[:60]),
        )
    return [(float(node[0]), float(node[1]))]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MOST_DEGREES


def _mended(polygon: Any, name: str | Text) -> Any:
    """Return a valid polygon with the same area as an invalid one, or say where its ring crosses itself."""
    mended = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
    # Where a ring crosses itself, the mended area differs from that of the ring walked as drawn.
    drawn = polygon.area
    if mended.is_empty or abs(mended.area - drawn) > _MENDED_BY * drawn:
        reason, _, where = shapely.is_valid_reason(polygon).rstrip("]").partition("[")
        raise AreaError(
            "{area} has an outline that cannot be used ({why} near {where}): draw it without crossing lines",
            area=name,
            why=Text(t("it crosses itself or is not closed").zh, reason),
            where=where,
        )
    return mended


def _united(shapes: NDArray[Any], name: str | Text) -> Any:
    """Return one area of all: those whose box meets no other one are taken as they are, which is most of the time."""
    if len(shapes) == 1:
        return shapely.union_all(shapes)
    area_limits.check_overlaps(shapes, name)
    one, _ = shapely.STRtree(shapes).query(shapes)
    meets = np.bincount(one, minlength=len(shapes)) > 1
    if meets.any():
        area_limits.check_crossings(shapes[meets], name)
    alone = shapely.get_parts(shapes[~meets])
    united = shapely.union_all(shapes[meets])
    return shapely.multipolygons(np.append(shapely.get_parts(united), alone)) if len(alone) else united


def _corners(shapes: Any) -> int:
    return int(np.sum(shapely.get_num_coordinates(shapes)))


def _step(area: Any) -> float:
    west, south, east, north = area.bounds
    return float(max(east - west, north - south)) / 200


def _corners_on_long_edges(area: Any) -> int:
    """Return about how many corners an area has once its long edges have some more."""
    return _corners(area) + int(area.length / _step(area))


def in_english(words: str) -> Text:
    """Return what a library says of a file, for a sentence that is complete in Chinese without it."""
    return Text("", words)


def _short(path: Path) -> str:
    """Return a path for a message, without its middle where it is long."""
    words = str(path)
    return words if len(words) <= _LONGEST_PATH else f"{words[: _LONGEST_PATH // 2]}…{words[-_LONGEST_PATH // 2 :]}"


def _on_one_line(text: str) -> str:
    return text if text.isprintable() else repr(text)

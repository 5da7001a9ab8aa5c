"""GeoJSON (RFC 7946): WGS-84, right-handed rings, at most six decimals, an id for each feature."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd

DECIMALS = 6


def geojson(layer: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return a layer as an RFC 7946 object: no ``crs`` member, the key of a feature as its ``id``.

    What the layer says of itself stands in the foreign member ``regionmap`` (RFC 7946, 6.1).
    """
    import shapely

    shapes = shapely.orient_polygons(shapely.set_precision(layer.geometry.array, 10.0**-DECIMALS, mode="pointwise"))
    features = []
    for shape, record in zip(shapes, _records(layer), strict=True):
        key = record.pop("id", None)
        feature = {"type": "Feature", "geometry": _rounded(shape), "properties": record}
        features.append({"type": "Feature", "id": key, **feature} if key is not None else feature)
    made: dict[str, Any] = {"type": "FeatureCollection"}
    if layer.attrs:
        made |= layer.attrs
    return made | {"features": features}


def write(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer as GeoJSON."""
    with path.open("w", encoding="utf-8") as file:
        json.dump(geojson(layer), file, ensure_ascii=False, separators=(",", ":"))


def _records(layer: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """The properties of every feature as JSON has them: null for nothing, days as ISO 8601."""
    properties = layer.drop(columns="geometry").astype(object)
    records = properties.where(properties.notna(), None).to_dict("records")
    return [
        {str(name): value.isoformat() if isinstance(value, dt.date) else value for name, value in one.items()}
        for one in records
    ]


def _rounded(shape: Any) -> dict[str, Any] | None:
    """A shape as GeoJSON; null where the place is not known (RFC 7946, 3.2)."""
    if shape is None:
        return None
    geometry = shape.__geo_interface__
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def _round(value: Any) -> Any:
    return round(value, DECIMALS) if isinstance(value, float) else [_round(one) for one in value]

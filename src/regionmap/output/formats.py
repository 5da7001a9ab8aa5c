"""Write a layer to a file: GeoJSON (RFC 7946), GeoPackage, GeoParquet, CSV, KML. Nothing half-written is left."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionmap.errors import InputError
from regionmap.formulas import harmless
from regionmap.target import check_target
from regionmap.whole_file import whole_file

if TYPE_CHECKING:
    import geopandas as gpd

ENDINGS = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".parquet": "parquet",
    ".csv": "csv",
    ".kml": "kml",
}
DECIMALS = 6


def write_layer(make: Callable[[], gpd.GeoDataFrame], path: Path, file_format: str | None = None) -> int:
    """Write the layer that ``make`` returns and return its number of features.

    Args:
        make: called once the path has been checked.
        path: the file; one that is there is replaced when the new one is whole.
        file_format: a value of ``ENDINGS``; by the ending of ``path`` without it.

    Raises:
        InputError: the format is unknown, or the file cannot be written.
    """
    chosen = file_format or ENDINGS.get(path.suffix.lower())
    if chosen is None:
        raise InputError(
            f"the file {path.name} has no ending that names a format: use one of {', '.join(ENDINGS)}, or give --format"
        )
    check_target(path, f"layer.{chosen}")
    layer = make()
    try:
        with whole_file(path) as temporary:
            _WRITERS[chosen](layer, temporary)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None
    return len(layer)


def geojson(layer: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return a layer as an RFC 7946 object: WGS-84, right-handed rings, at most 6 decimals, no ``crs`` member."""
    import shapely

    shapes = shapely.orient_polygons(shapely.set_precision(layer.geometry.array, 10.0**-DECIMALS, mode="pointwise"))
    properties = layer.drop(columns="geometry").astype(object)
    records = properties.where(properties.notna(), None).to_dict("records")
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": _rounded(shape), "properties": record}
            for shape, record in zip(shapes, records, strict=True)
        ],
    }


def _rounded(shape: Any) -> dict[str, Any] | None:
    """Return a shape as GeoJSON; null where the place is not known (RFC 7946, 3.2)."""
    if shape is None:
        return None
    geometry = shape.__geo_interface__
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def _round(value: Any) -> Any:
    return round(value, DECIMALS) if isinstance(value, float) else [_round(one) for one in value]


def _write_geojson(layer: gpd.GeoDataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(geojson(layer), file, ensure_ascii=False, separators=(",", ":"))


def _write_gpkg(layer: gpd.GeoDataFrame, path: Path) -> None:
    layer.to_file(path, driver="GPKG", layer="regionmap", engine="pyogrio")


def _write_parquet(layer: gpd.GeoDataFrame, path: Path) -> None:
    layer.to_parquet(path, compression="zstd", index=False)


def _write_csv(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a table without shapes, with a point inside each; the byte order mark lets spreadsheets read Chinese."""
    points = layer.geometry.representative_point()
    table = layer.drop(columns="geometry").map(harmless)
    table["lon"] = points.x.round(DECIMALS)
    table["lat"] = points.y.round(DECIMALS)
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _write_kml(layer: gpd.GeoDataFrame, path: Path) -> None:
    layer.rename(columns={"name": "Name"}).to_file(path, driver="KML", engine="pyogrio", layer="regionmap")


_WRITERS: dict[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    "geojson": _write_geojson,
    "gpkg": _write_gpkg,
    "parquet": _write_parquet,
    "csv": _write_csv,
    "kml": _write_kml,
}

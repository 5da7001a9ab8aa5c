"""Write a layer to a file: GeoJSON (RFC 7946), GeoPackage, GeoParquet, CSV, KML. Nothing half-written is left."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionmap.errors import InputError
from regionmap.target import check_target

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
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_layer(make: Callable[[], gpd.GeoDataFrame], path: Path, file_format: str | None = None) -> int:
    """Write the layer that ``make`` returns and return its number of features.

    The path is checked before the layer is made; the file is written under a temporary name beside it and renamed.

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
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=f".{chosen}")
    os.close(handle)
    temporary = Path(name)
    try:
        _WRITERS[chosen](layer, temporary)
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)  # mkstemp makes a private file; the result has the usual rights
        temporary.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
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


def harmless(value: Any) -> Any:
    """Return a table cell that a spreadsheet will not run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _rounded(shape: Any) -> dict[str, Any] | None:
    """A shape as GeoJSON; null where the place is not known (RFC 7946, 3.2)."""
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
    path.unlink()  # the driver refuses a file that exists and is not a GeoPackage
    layer.to_file(path, driver="GPKG", layer="regionmap", engine="pyogrio")


def _write_parquet(layer: gpd.GeoDataFrame, path: Path) -> None:
    layer.to_parquet(path, compression="zstd", index=False)


def _write_csv(layer: gpd.GeoDataFrame, path: Path) -> None:
    """A table without shapes, with a point inside each; the byte order mark lets spreadsheets read Chinese."""
    points = layer.geometry.representative_point()
    table = layer.drop(columns="geometry").map(harmless)
    table["lon"] = points.x.round(DECIMALS)
    table["lat"] = points.y.round(DECIMALS)
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _write_kml(layer: gpd.GeoDataFrame, path: Path) -> None:
    path.unlink()
    layer.rename(columns={"name": "Name"}).to_file(path, driver="KML", engine="pyogrio", layer="regionmap")


_WRITERS: dict[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    "geojson": _write_geojson,
    "gpkg": _write_gpkg,
    "parquet": _write_parquet,
    "csv": _write_csv,
    "kml": _write_kml,
}

"""Formats that GDAL writes: GeoPackage and FlatGeobuf (KML in ``kml``). It is counted: a full disk can go unnoticed."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionmap.errors import InputError
from regionmap.output.formats.arrow import GEOMETRY, arrow_table
from regionmap.output.formats.styles import add_style

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa

_SQLITE = b"SQLite format 3\x00"


def check_geopackage(path: Path) -> None:
    """See that a file into which a layer is to go is a GeoPackage.

    Raises:
        InputError: it is none.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) == _SQLITE:
            with (
                contextlib.suppress(sqlite3.Error),
                contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as found,
            ):
                found.execute("SELECT table_name FROM gpkg_contents LIMIT 1")
                return
    raise InputError("{path} is there and is no GeoPackage: choose another name, or remove it", path=path)


def write_geopackage(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer into a GeoPackage under its own name, with a style for QGIS; other layers in the file stay."""
    about = about_of(layer)
    name = about.get("layer", "regionmap")
    with _clock(about.get("as_of")):
        write_with_gdal(layer, path, "GPKG", name, layer_metadata={"regionmap": json.dumps(about, ensure_ascii=False)})
    add_style(path, name, layer, about.get("as_of"))


def write_flatgeobuf(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer as FlatGeobuf; its description says what it is."""
    about = about_of(layer)
    write_with_gdal(
        layer,
        path,
        "FlatGeobuf",
        about.get("layer", "regionmap"),
        layer_options={
            "TITLE": about.get("layer", ""),
            "DESCRIPTION": json.dumps(about, ensure_ascii=False),
            # The index of the format has no room for what has no place.
            "SPATIAL_INDEX": "NO" if layer.geometry.isna().any() else "YES",
        },
    )


def write_with_gdal(
    layer: gpd.GeoDataFrame, path: Path, driver: str, name: str, *, table: pa.Table | None = None, **options: Any
) -> None:
    """Write a layer with GDAL and count its features in the file.

    Raises:
        OSError: GDAL cannot write it, or the file holds fewer features than were written.
    """
    import pyogrio

    kinds = {one for one in layer.geom_type if one is not None}
    geometry = "MultiPolygon" if kinds == {"MultiPolygon"} else "Point" if kinds == {"Point"} else "Unknown"
    try:
        pyogrio.write_arrow(
            table if table is not None else arrow_table(layer),
            path,
            layer=name,
            driver=driver,
            geometry_name=GEOMETRY,
            geometry_type=geometry,
            crs="EPSG:4326",
            **options,
        )
        written = pyogrio.read_info(path, layer=name, force_feature_count=True)["features"]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, pyogrio.errors.GeometryError) as error:
        raise OSError(" ".join(str(error).split())[:200]) from error
    except pyogrio.errors.DataLayerError as error:
        raise OSError(" ".join(str(error).split())[:200]) from error
    if written != len(layer):
        raise OSError(f"{written} of {len(layer)} features were written: is the disk full?")


def about_of(layer: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return what a layer says of itself."""
    found = layer.attrs.get("regionmap", {})
    return dict(found)


@contextlib.contextmanager
def _clock(day: str | None) -> Iterator[None]:
    """Let GDAL write a day of the catalogue for the time of a change: the same request gives the same bytes."""
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day or '2000-01-01'}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})

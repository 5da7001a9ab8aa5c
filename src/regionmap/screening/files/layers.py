"""Layers of points: GeoJSON, GeoPackage, FlatGeobuf and zipped Shapefile, feature by feature."""

from __future__ import annotations

import contextlib
import re
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
import pyogrio.errors

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.screening.columns import GEOMETRY_LAT, GEOMETRY_LON, unique
from regionmap.screening.files.batches import plain, rechunk
from regionmap.screening.files.points import Points, with_points
from regionmap.screening.files.shapefile import Table, prepare_table, unzipped
from regionmap.screening.files.text import Opened
from regionmap.screening.messages import ScreeningError, listed, note

_CRS_NAME = re.compile(rb'"crs"\s*:\s*\{[^{}]*\{[^{}]*"name"\s*:\s*"([^"]+)"')
_BATCH = 10_000
_FAULTS = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.GeometryError,
           pyogrio.errors.FeatureError, OSError, ValueError, RuntimeError, pa.ArrowException)  # fmt: skip


def open_layer(path: Path) -> Opened:
    """Return names, rows, notes and chunks of the first layer of a file; its points in WGS-84.

    Raises:
        InputError: it is no such file, is broken, has no features, or its coordinate system cannot be converted.
    """
    _check_content(path)
    with _opened(path) as (source, layer, others, table):
        encoding = table.encoding if table is not None else None
        with _quiet():
            info = pyogrio.read_info(source, layer=layer, encoding=encoding, force_feature_count=True)
        rows = int(info["features"])
        if rows == 0:
            raise ScreeningError(t("{file} has no features: there is nothing to judge", file=path.name))
        with _stream(source, layer, encoding) as (meta, reader):
            geometry = _geometry(reader.schema, meta)
            fields = [name for number, name in enumerate(reader.schema.names) if number != geometry]
    own = (GEOMETRY_LON, GEOMETRY_LAT) if geometry is not None else ()
    names, renamed = unique(fields, reserved=own)
    points = Points(meta["crs"], path.name) if geometry is not None else None
    notes = [points.note] if points is not None else []
    notes += [note("layer", layer=layer, others=listed(others, 6))] if others else []
    notes += table.notes if table is not None else ()

    def tables() -> Iterator[pa.Table]:
        with _opened(path) as (source, layer, _, _), _stream(source, layer, encoding) as (_, reader):
            while (batch := _next(reader)) is not None:
                table = pa.Table.from_batches([batch])
                kept = [plain(table.column(number)) for number in range(table.num_columns) if number != geometry]
                attributes = pa.table(kept, names=list(names)) if kept else _columnless(table.num_rows)
                if points is None or geometry is None:
                    yield attributes
                else:
                    yield with_points(attributes, table.column(geometry), points)

    return (*names, *own), rows, (*notes, *renamed), lambda size: rechunk(size, tables())


def _columnless(rows: int) -> pa.Table:
    return pa.table([pa.nulls(rows)], names=["none"]).select([])


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[Path, str, list[str], Table | None]]:
    """Give what GDAL opens, its first layer with geometry, the other layers, and the table of a Shapefile."""
    with tempfile.TemporaryDirectory(prefix="regionmap-") as folder:
        try:
            zipped = path.suffix.lower() == ".zip"
            source = unzipped(path, Path(folder)) if zipped else path
            table = prepare_table(source) if zipped else None
            with _quiet():
                layers = pyogrio.list_layers(source)
            every = [str(name) for name, kind in layers if kind is not None] or [str(name) for name, _ in layers]
            if not every:
                raise ScreeningError(t("{file} has no layers: there is nothing to judge", file=path.name))
            others = [str(name) for name, _ in layers if name != every[0]]
            yield source, every[0], others, table
        except InputError:
            raise
        except _FAULTS as error:
            raise _broken(path, error) from None


@contextlib.contextmanager
def _stream(source: Path, layer: str, encoding: str | None) -> Iterator[tuple[dict[str, Any], Any]]:
    with contextlib.ExitStack() as stack:
        with _quiet():
            opened = stack.enter_context(
                pyogrio.open_arrow(source, layer=layer, encoding=encoding, batch_size=_BATCH, use_pyarrow=True)
            )
        yield opened


def _next(reader: Any) -> Any:
    with _quiet():
        return next(reader, None)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep GDAL's warnings of fields and rings that do not matter here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _geometry(schema: pa.Schema, meta: dict[str, Any]) -> int | None:
    if not meta.get("geometry_type"):
        return None
    for number, field in enumerate(schema):
        if (field.metadata or {}).get(b"ARROW:extension:name") in (b"geoarrow.wkb", b"ogc.wkb"):
            return number
    name = meta.get("geometry_name") or "wkb_geometry"
    return schema.names.index(name) if name in schema.names else None


def _check_content(path: Path) -> None:
    """See that a file begins as its ending says: GDAL guesses, and would open other things by their content."""
    with path.open("rb") as file:
        head = file.read(4_096)
    ending = path.suffix.lower()
    if ending == ".gpkg" and not head.startswith(b"SQLite format 3\0"):
        raise ScreeningError(t("{file} is no GeoPackage by its content: save it again as .gpkg", file=path.name))
    if ending == ".fgb" and not head.startswith(b"fgb\x03fgb"):
        raise ScreeningError(t("{file} is no FlatGeobuf by its content: save it again as .fgb", file=path.name))
    if ending in (".geojson", ".json") and not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise ScreeningError(t("{file} is no GeoJSON: it must begin with {sign}, in UTF-8", file=path.name, sign="{"))
    if ending in (".geojson", ".json"):
        _check_crs(path, head)


def _broken(path: Path, error: Exception) -> ScreeningError:
    if "too complex/large" in str(error):
        return ScreeningError(
            t("{file} has a feature of several megabytes: screen takes points; save it as .gpkg", file=path.name)
        )
    kind = {".gpkg": "GeoPackage", ".zip": "Shapefile", ".fgb": "FlatGeobuf"}.get(path.suffix.lower(), "GeoJSON")
    words = (str(error).splitlines() or [type(error).__name__])[0].replace(str(path), path.name)
    reason = words.split("; It might help")[0][:160]  # GDAL's advice for its own callers
    return ScreeningError(
        t("{file} is no {kind} that can be read, or was cut short: {why}", file=path.name, kind=kind, why=reason)
    )


def _check_crs(path: Path, head: bytes) -> None:
    """Refuse a coordinate system that nobody knows: GDAL would take the points for WGS-84 without a word."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    named = _CRS_NAME.search(head)
    if named is None:
        return
    name = named[1].decode("utf-8", "replace")
    try:
        CRS.from_user_input(name)
    except CRSError:
        raise ScreeningError(
            t(
                "{file} names the coordinate system '{crs}', which is not known: save the points in WGS-84 "
                "(EPSG:4326), or as CSV with --datum",
                file=path.name, crs=name[:60],
            )
        ) from None  # fmt: skip

"""Layers of points: GeoJSON, GeoPackage and zipped Shapefile, feature by feature."""

from __future__ import annotations

import contextlib
import re
import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
import pyogrio.errors

from regionmap.errors import InputError
from regionmap.screening.columns import GEOMETRY_LAT, GEOMETRY_LON, listed, unique
from regionmap.screening.files.batches import exactly, plain
from regionmap.screening.files.points import Points, with_points
from regionmap.screening.files.text import Opened
from regionmap.screening.files.zips import blocks, check_zip

_CRS_NAME = re.compile(rb'"crs"\s*:\s*\{[^{}]*\{[^{}]*"name"\s*:\s*"([^"]+)"')
_BATCH = 10_000
_SAMPLE = 16_000_000
_FAULTS = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.GeometryError,
           pyogrio.errors.FeatureError, OSError, ValueError, RuntimeError, pa.ArrowException)  # fmt: skip
_NEEDED = (".shp", ".shx", ".dbf")


def open_layer(path: Path) -> Opened:
    """Return names, rows, notes and chunks of the first layer of a file; its points in WGS-84.

    Raises:
        InputError: it is no such file, is broken, has no features, or its coordinate system cannot be converted.
    """
    _check_content(path)
    with _opened(path) as (source, layer, others, encoding):
        with _quiet():
            info = pyogrio.read_info(source, layer=layer, force_feature_count=True)
        rows = int(info["features"])
        if rows == 0:
            raise InputError(f"{path.name} has no features: there is nothing to judge")
        with _stream(source, layer, encoding) as (meta, reader):
            geometry = _geometry(reader.schema, meta)
            fields = [name for number, name in enumerate(reader.schema.names) if number != geometry]
    own = (GEOMETRY_LON, GEOMETRY_LAT) if geometry is not None else ()
    names, renamed = unique(fields, reserved=own)
    points = Points(meta["crs"], path.name) if geometry is not None else None
    notes = [f"coordinates: {points.note}"] if points is not None else []
    notes += [f"layer: {layer} (not read: {listed(others, 6)})"] if others else []
    notes += [f"encoding: {encoding.upper()}"] if encoding else []

    def tables() -> Iterator[pa.Table]:
        with _opened(path) as (source, layer, _, encoding), _stream(source, layer, encoding) as (_, reader):
            while (batch := _next(reader)) is not None:
                table = pa.Table.from_batches([batch])
                kept = [plain(table.column(number)) for number in range(table.num_columns) if number != geometry]
                attributes = pa.table(kept, names=list(names)) if kept else _columnless(table.num_rows)
                if points is None or geometry is None:
                    yield attributes
                else:
                    yield with_points(attributes, table.column(geometry), points, "feature")

    return (*names, *own), rows, (*notes, *renamed), lambda size: exactly(size, tables())


def _columnless(rows: int) -> pa.Table:
    return pa.table([pa.nulls(rows)], names=["none"]).select([])


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[Path, str, list[str], str | None]]:
    """Give what GDAL opens, its first layer with geometry, the other layers, and the encoding where it must be told."""
    with tempfile.TemporaryDirectory(prefix="regionmap-") as folder:
        try:
            source = _unzipped(path, Path(folder)) if path.suffix.lower() == ".zip" else path
            with _quiet():
                layers = pyogrio.list_layers(source)
            every = [str(name) for name, kind in layers if kind is not None] or [str(name) for name, _ in layers]
            if not every:
                raise InputError(f"{path.name} has no layers: there is nothing to judge")
            others = [str(name) for name, _ in layers if name != every[0]]
            yield source, every[0], others, _dbf_encoding(source)
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
        raise InputError(f"{path.name} is no GeoPackage by its content: save it again as .gpkg")
    if ending in (".geojson", ".json") and not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise InputError(f"{path.name} is no GeoJSON: it must begin with {{, in UTF-8")
    if ending in (".geojson", ".json"):
        _check_crs(path, head)


def _unzipped(path: Path, folder: Path) -> Path:
    """Unpack the one Shapefile of a ZIP file under names of our own; the names inside it are only compared."""
    with check_zip(path) as archive:
        parts = [one for one in archive.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
        shapes = [one for one in parts if one.filename.lower().endswith(".shp")]
        if len(shapes) != 1:
            raise InputError(f"{path.name} holds {len(shapes)} Shapefiles: put exactly one into it (.shp, .shx, .dbf)")
        stem = shapes[0].filename[:-4]
        found: dict[str, zipfile.ZipInfo] = {}
        for one in parts:
            ending = one.filename[len(stem) :].lower()
            if one.filename.lower().startswith(f"{stem}.".lower()) and re.fullmatch(r"\.(shp|shx|dbf|prj|cpg)", ending):
                found.setdefault(ending, one)
        lacking = [ending for ending in _NEEDED if ending not in found]
        if lacking:
            raise InputError(f"{path.name} lacks the {' and '.join(lacking)} of its Shapefile: put all parts into it")
        for ending, one in found.items():
            with (folder / f"layer{ending}").open("wb") as target:
                for block in blocks(archive, one, path.name):
                    target.write(block)
    return folder / "layer.shp"


def _dbf_encoding(source: Path) -> str | None:
    """Return the encoding of a Shapefile's table: the one that it names, or else UTF-8 or GB18030 by its bytes."""
    if source.suffix.lower() != ".shp":
        return None
    cpg = source.with_suffix(".cpg")
    stated = cpg.read_bytes()[:64].decode("ascii", "ignore").strip() if cpg.exists() else ""
    known = re.sub(r"^(ANSI|OEM|CP|WINDOWS)[\s-]*(?=\d)", "", stated.upper())
    if re.fullmatch(r"936|GBK|GB2312|GB18030|EUC-?CN", known):
        return "GB18030"
    if re.fullmatch(r"UTF-?8|65001", known):
        return "UTF-8"
    with source.with_suffix(".dbf").open("rb") as file:
        content = file.read(_SAMPLE)[32:]
    # A cell that is cut to its width may end in half a character, so few errors are none.
    faults = {one: content.decode(one, "replace").count("\ufffd") for one in ("UTF-8", "GB18030")}
    return min(faults, key=lambda one: faults[one])


def _broken(path: Path, error: Exception) -> InputError:
    if "too complex/large" in str(error):
        return InputError(f"{path.name} has a feature of several megabytes: screen takes points; save it as .gpkg")
    kind = {".gpkg": "GeoPackage", ".zip": "Shapefile"}.get(path.suffix.lower(), "GeoJSON")
    words = (str(error).splitlines() or [type(error).__name__])[0].replace(str(path), path.name)
    reason = words.split("; It might help")[0][:160]  # GDAL's advice for its own callers
    return InputError(f"{path.name} is no {kind} that can be read, or was cut short: {reason}")


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
        raise InputError(
            f"{path.name} names the coordinate system '{name[:60]}', which is not known: save the points in WGS-84 "
            "(EPSG:4326), or as CSV with --datum"
        ) from None

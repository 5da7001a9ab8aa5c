"""Parquet in batches; the points of GeoParquet become two columns of degrees."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.screening.columns import GEOMETRY_LAT, GEOMETRY_LON, unique
from regionmap.screening.files.batches import plain, rechunk
from regionmap.screening.files.points import Points, with_points
from regionmap.screening.files.text import Opened
from regionmap.screening.messages import ScreeningError, listed, note

_ROWS = 16_384


def open_parquet(path: Path) -> Opened:
    """Return names, rows, notes and chunks of a Parquet file.

    Raises:
        InputError: it is none, was cut short, has no rows, or its coordinate system cannot be converted.
    """
    try:
        with pq.ParquetFile(path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _broken(path, error) from None
    geo = _geo(schema)
    geometry, left_out = _geometry_columns(schema, geo)
    at = [number for number, name in enumerate(schema.names) if number != geometry and name not in left_out]
    own = (GEOMETRY_LON, GEOMETRY_LAT) if geometry is not None else ()
    names, notes = unique([schema.names[number] for number in at], reserved=own)
    points: Points | None = None
    if geometry is not None:
        points = Points(_crs(geo, schema, geometry), path.name)
        notes = (points.note, note("geometry_column", column=schema.names[geometry]), *notes)
    if left_out:
        notes = (*notes, note("geometry_left_out", names=listed(sorted(left_out))))

    def tables() -> Iterator[pa.Table]:
        try:
            with pq.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False) as file:
                for batch in file.iter_batches(batch_size=_ROWS, use_threads=False):
                    table = pa.Table.from_batches([batch])
                    kept = pa.table([plain(table.column(number)) for number in at], names=list(names))
                    yield kept if points is None else with_points(kept, table.column(geometry), points)
        except (OSError, ValueError, pa.ArrowException) as error:
            if isinstance(error, InputError):
                raise
            raise _broken(path, error) from None

    return (*names, *own), rows, notes, lambda size: rechunk(size, tables())


def _geo(schema: pa.Schema) -> dict[str, Any]:
    meta = (schema.metadata or {}).get(b"geo")
    try:
        found = json.loads(meta) if meta else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("columns"), dict) else {}


def _geometry_columns(schema: pa.Schema, geo: dict[str, Any]) -> tuple[int | None, set[str]]:
    """Return the number of the column of points, and the names of other columns of geometry."""
    every = [number for number, field in enumerate(schema) if _is_geometry(field)]
    stated = [number for number, name in enumerate(schema.names) if name in geo.get("columns", {})]
    primary = geo.get("primary_column")
    found = sorted({*every, *stated}, key=lambda number: (schema.names[number] != primary, number))
    if not found:
        return None, set()
    return found[0], {schema.names[number] for number in found[1:]}


def _is_geometry(field: pa.Field) -> bool:
    name = (
        getattr(field.type, "extension_name", "") or (field.metadata or {}).get(b"ARROW:extension:name", b"").decode()
    )
    return name in ("geoarrow.wkb", "geoarrow.point", "ogc.wkb")


def _crs(geo: dict[str, Any], schema: pa.Schema, geometry: int) -> Any:
    """Return what the file says of the coordinate system: the standard's WGS-84 where it says nothing."""
    column = geo.get("columns", {}).get(schema.names[geometry], {})
    if isinstance(column, dict) and column:
        return column.get("crs", "OGC:CRS84")
    field = schema.field(geometry)
    stated = (field.metadata or {}).get(b"ARROW:extension:metadata", b"") or getattr(
        field.type, "__arrow_ext_serialize__", bytes
    )()
    try:
        return json.loads(stated).get("crs", "OGC:CRS84") if stated else "OGC:CRS84"
    except (ValueError, AttributeError):
        return None


def _broken(path: Path, error: Exception) -> ScreeningError:
    reason = (str(error).splitlines() or [type(error).__name__])[0].replace(str(path), path.name)[:120]
    return ScreeningError(
        t("{file} is no Parquet file that can be read, or was cut short: {why}", file=path.name, why=reason)
    )

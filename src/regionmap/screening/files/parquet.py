"""Parquet in batches; the points of GeoParquet become two columns of degrees."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.limits import BATCH_BYTES, MOST_COLUMNS
from regionmap.screening.columns import GEOMETRY_LAT, GEOMETRY_LON, unique
from regionmap.screening.files.batches import plain, rechunk
from regionmap.screening.files.bounds import check_cell, check_columns, check_rows, check_weight, pieces
from regionmap.screening.files.parquet_pages import takes_what_it_says
from regionmap.screening.files.points import Points, with_points
from regionmap.screening.files.text import Opened
from regionmap.screening.messages import ScreeningError, listed, note

_ROWS = 16_384
_DICTIONARIES = frozenset(("RLE_DICTIONARY", "PLAIN_DICTIONARY"))


def is_plain(path: Path) -> bool:
    """Tell whether a file can take no more memory than it says, or is refused before anything of it is read."""
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
            if file.metadata.num_columns > MOST_COLUMNS:
                return True
            repeated = set(_repeated(file, schema))
        geometry, left_out = _geometry_columns(schema, _geo(schema))
        own = {schema.names[geometry]} if geometry is not None else set()
        return takes_what_it_says(path, frozenset(repeated - own - left_out))
    except (OSError, ValueError, pa.ArrowException):
        return True


def open_parquet(path: Path) -> Opened:
    """Return names, rows, notes and chunks of a Parquet file.

    Raises:
        InputError: it is none, was cut short, has no rows, or its coordinate system cannot be converted.
    """
    try:
        with pq.ParquetFile(path) as file:
            check_columns(file.metadata.num_columns, path.name)
            schema, rows = file.schema_arrow, file.metadata.num_rows
            size = path.stat().st_size
            check_rows(rows, size, path.name)
            repeated, at_once = _repeated(file, schema), _rows_at_once(file, path)
    except (OSError, ValueError, pa.ArrowException) as error:
        if isinstance(error, InputError):
            raise
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

    texts = [one for one in repeated if one not in left_out and (geometry is None or one != schema.names[geometry])]

    def tables() -> Iterator[pa.Table]:
        try:
            with pq.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False, read_dictionary=texts) as file:
                some = file.iter_batches(batch_size=at_once, use_threads=False)
                for batch in itertools.chain.from_iterable(pieces(one, path.name) for one in some):
                    table = pa.Table.from_batches([batch])
                    kept = pa.table([plain(table.column(number)) for number in at], names=list(names))
                    check_weight(kept, size, path.name)
                    yield kept if points is None else with_points(kept, table.column(geometry), points)
        except (OSError, ValueError, pa.ArrowException) as error:
            if isinstance(error, InputError):
                raise
            raise _broken(path, error) from None

    return (*names, *own), rows, notes, lambda size: rechunk(size, tables())


def _repeated(file: pq.ParquetFile, schema: pa.Schema) -> list[str]:
    """Return the columns of texts that are written once in a dictionary: they are read as they are written.

    Written out at once, a text of a megabyte in each row would take as many megabytes as there are rows.
    """
    texts = {one.name for one in schema if pa.types.is_string(one.type) or pa.types.is_binary(one.type)}
    found: set[str] = set()
    for group in range(file.metadata.num_row_groups):
        for number in range(file.metadata.num_columns):
            column = file.metadata.row_group(group).column(number)
            written_once = not _DICTIONARIES.isdisjoint(column.encodings)
            if written_once and column.path_in_schema in texts:
                found.add(column.path_in_schema)
    return sorted(found)


def _rows_at_once(file: pq.ParquetFile, path: Path) -> int:
    """Return how many rows are read at a time: fewer where they are wide.

    Raises:
        InputError: the cells of a column are longer than texts of sites are, on average.
    """
    widest = 1.0
    for group in range(file.metadata.num_row_groups):
        some = file.metadata.row_group(group)
        if some.num_rows:
            sizes = [some.column(number).total_uncompressed_size for number in range(some.num_columns)]
            check_cell(max(sizes, default=0) // some.num_rows, path.name)
            widest = max(widest, sum(sizes) / some.num_rows)
    return max(1, min(_ROWS, int(BATCH_BYTES / widest)))


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

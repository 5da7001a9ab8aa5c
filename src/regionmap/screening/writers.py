"""From judged chunks to the file that was asked for: chunk by chunk, under a temporary name, then renamed."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regionmap.errors import MissingExtraError, why
from regionmap.formulas import harmless_column as harmless
from regionmap.i18n import t, word_list
from regionmap.screening.collector import paused
from regionmap.screening.messages import ScreeningError, decoded_table
from regionmap.screening.options import WGS84_LAT, WGS84_LON
from regionmap.target import check_target
from regionmap.whole_file import whole_file
from regionmap.workbooks import workbook

MOST_SHEET_ROWS = 1_048_575
LONGEST_SHEET_CELL = 32_767
_SHEET_DIGITS = 10**15
"""Whole numbers from here on lose digits in a spreadsheet: they are written as text."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINES_AT_ONCE = 4_000
"""Lines of CSV that are held at a time, some kilobyte each and more than once."""
_DECIMALS = 6
_NO_DAY = dt.datetime(2000, 1, 1)
_ARROW_SCHEMA = "ARROW:schema"
"""Where Arrow looks in a Parquet file for the types of columns."""


def write(parts: Iterable[pa.Table], output: Path, about: Mapping[str, str], folder: Path | None = None) -> None:
    """Write the chunks to a file by its ending; nothing is left under its name when this fails.

    Args:
        parts: at least one chunk, all with the same columns; the last two are WGS84_LON and WGS84_LAT.
        output: .csv (UTF-8 with a mark), .xlsx, .parquet, .geojson or .gpkg (RFC 7946 and points in WGS-84).
        about: what the file says of the run where its format has room: Parquet and GeoJSON.
        folder: where the file grows, on the same disk; beside the output without it.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        with whole_file(output, folder=folder) as temporary:
            WRITERS[output.suffix.lower()](parts, temporary, about)
    except OSError as error:
        raise ScreeningError(t("{path} cannot be written: {why}", path=output, why=why(error))) from None
    except (pa.ArrowException, RuntimeError, ValueError, KeyError) as error:  # what the libraries raise of a column
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise ScreeningError(
            t("{path} cannot be written: {why}; try CSV or Parquet", path=output, why=reason)
        ) from None


def check_output(output: Path, rows: int | None) -> None:
    """Look at the name of an output, and whether its format holds so many rows, before anything is done.

    Raises:
        InputError: what is wrong with it.
    """
    if output.suffix.lower() not in WRITERS:
        check_target(output, "result.csv")  # a folder has no ending either
        raise ScreeningError(
            t(
                "{file} has no ending that can be written: use one of {endings}",
                file=output.name, endings=word_list(WRITERS),
            )
        )  # fmt: skip
    check_target(output, f"result{output.suffix}")
    if output.suffix.lower() == ".xlsx" and rows is not None and rows > MOST_SHEET_ROWS:
        raise ScreeningError(
            t(
                "a sheet holds {most} rows, here are {rows}: write CSV or Parquet",
                most=f"{MOST_SHEET_ROWS:,}", rows=f"{rows:,}",
            )
        )  # fmt: skip


def _quoted(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return cells in quotes where one holds a comma, a quote or a line's end."""
    special = pc.match_substring_regex(column, '[",\r\n]')
    if not pc.any(special).as_py():
        return column
    doubled = pc.binary_join_element_wise('"', pc.replace_substring(column, '"', '""'), '"', "")
    return pc.if_else(special, doubled, column)


def _each(change: Callable[[pa.ChunkedArray], pa.ChunkedArray], column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Change the cells of a column of strings: each distinct text once, where there are few."""
    encoded = column.combine_chunks().dictionary_encode()
    if len(encoded.dictionary) > len(column) // 2:
        return change(column)
    return pa.chunked_array([change(pa.chunked_array([encoded.dictionary])).combine_chunks().take(encoded.indices)])


def _texts(table: pa.Table) -> tuple[list[str], list[pa.ChunkedArray]]:
    """Return the harmless names and columns of a chunk, all as strings, without the columns for layers."""
    plain = _plain(table)
    names = harmless(pa.chunked_array([pa.array(plain.column_names, pa.string())])).to_pylist()
    return names, [
        _each(harmless, column.cast(pa.string())) if _is_text(column) else pc.cast(column, pa.string())
        for column in map(_decoded, plain.columns)
    ]


def _csv(parts: Iterable[pa.Table], path: Path, _: Mapping[str, str]) -> None:
    with path.open("wb") as file:
        for number, part in enumerate(parts):
            for start in range(0, max(part.num_rows, 1), _LINES_AT_ONCE):
                names, columns = _texts(part.slice(start, _LINES_AT_ONCE))
                if number == start == 0:
                    header = [_quoted(pa.chunked_array([pa.array([name])])) for name in names]
                    file.write(b"\xef\xbb\xbf" + _lines(header))
                if part.num_rows:
                    file.write(_lines([_each(_quoted, column) for column in columns]))


def _lines(columns: list[pa.ChunkedArray]) -> bytes:
    """Return rows as lines. Joining columns is many times quicker than going through the rows."""
    rows = pc.binary_join_element_wise(*columns, ",", null_handling="replace", null_replacement="")
    if len(columns) == 1:
        rows = pc.if_else(pc.equal(rows, ""), '""', rows)  # a blank line would be no row
    texts = rows.combine_chunks() if isinstance(rows, pa.ChunkedArray) else rows
    joined = pc.binary_join(pa.ListArray.from_arrays([0, len(texts)], texts), "\n")
    return bytes(joined[0].as_buffer()) + b"\n"


def _parquet(parts: Iterable[pa.Table], path: Path, about: Mapping[str, str]) -> None:
    writer = None
    try:
        for part in map(_plain, parts):
            if writer is None:
                said = {f"regionmap.{key}": value for key, value in about.items()}
                writer = pq.ParquetWriter(
                    path, part.schema, compression="zstd", compression_level=1, store_schema=False,
                    use_dictionary=_repeating(part), write_statistics=_ordered(part.schema),
                )  # fmt: skip
                writer.add_key_value_metadata({_ARROW_SCHEMA: _without_codes(part.schema.with_metadata(said)), **said})
            writer.write_table(part)
    finally:
        if writer is not None:
            writer.close()


def _repeating(part: pa.Table) -> list[str]:
    """Return the columns of a first chunk whose values repeat: others would be held once each, and then once more."""
    return [
        name
        for name, column in zip(part.column_names, part.columns, strict=True)
        if not (_is_text(column) or pa.types.is_floating(column.type))
        or pc.count_distinct(column).as_py() <= len(column) // 2
    ]


def _ordered(schema: pa.Schema) -> list[str]:
    """Return the columns whose least and greatest values are written beside each group of rows.

    Rows stand in the order of the input, so that those of texts would help no reader to leave out a group; to find them
    takes as long as half of the writing.
    """
    return [one.name for one in schema if not (pa.types.is_dictionary(one.type) or _is_text(one))]


def _without_codes(schema: pa.Schema) -> bytes:
    """Return what tells readers of a Parquet file that texts are texts, also where each distinct one is held once."""
    plain = [one.with_type(one.type.value_type) if pa.types.is_dictionary(one.type) else one for one in schema]
    return base64.b64encode(pa.schema(plain, schema.metadata).serialize())


def _xlsx(parts: Iterable[pa.Table], path: Path, _: Mapping[str, str]) -> None:
    with workbook(path, path.parent) as book:
        book.set_properties({"created": _NO_DAY})  # the same rows are the same bytes
        _write_rows(parts, book.add_worksheet("regionmap"))


def _write_rows(parts: Iterable[pa.Table], sheet: Any) -> None:
    row = 0
    for number, part in enumerate(parts):
        names, columns = _texts(part)
        if number == 0:
            for at, name in enumerate(names):
                sheet.write_string(0, at, _sheet_text(name))
            row = 1
        kept = [
            (sheet.write_number, _finite(column)) if _fits_sheet(column) else (sheet.write_string, _sheet_texts(words))
            for column, words in zip(_plain(part).columns, columns, strict=True)
        ]
        writers = [write for write, _ in kept]
        with paused():
            for cells in zip(*(values for _, values in kept), strict=True):
                for at, value in enumerate(cells):
                    if value is not None:
                        writers[at](row, at, value)
                row += 1


def _sheet_text(value: str) -> str:
    return _CONTROL.sub("", value)[:LONGEST_SHEET_CELL]


def _sheet_texts(column: pa.ChunkedArray) -> list[str | None]:
    """Return the texts of a column for a sheet, each distinct one made once; None for cells without any."""
    encoded = column.combine_chunks().dictionary_encode()
    words = [_sheet_text(one) or None for one in encoded.dictionary.to_pylist()]
    return [None if code is None else words[code] for code in encoded.indices.to_pylist()]


def _finite(column: pa.ChunkedArray) -> list[Any]:
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_finite(column), column, None)
    return list(column.to_pylist())


def _fits_sheet(column: pa.ChunkedArray) -> bool:
    """Tell whether a column holds numbers that a spreadsheet keeps as they are."""
    if pa.types.is_floating(column.type):
        return True
    if not pa.types.is_integer(column.type):
        return False
    least, most = pc.min_max(column).as_py().values()
    return least is None or max(-least, most) < _SHEET_DIGITS


def _geojson(parts: Iterable[pa.Table], path: Path, about: Mapping[str, str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","regionmap":' + json.dumps(dict(about), ensure_ascii=False))
        file.write(',"features":[')
        before = "\n"
        for part in parts:
            for feature in _features(part):
                file.write(before + json.dumps(feature, ensure_ascii=False, separators=(",", ":"), default=str))
                before = ",\n"
        file.write("\n]}\n")


def _features(part: pa.Table) -> Iterator[dict[str, Any]]:
    """Yield rows as features; the place of a row that is judged by name is null (RFC 7946, 3.2)."""
    finite = [
        pc.if_else(pc.is_finite(one), one, None) if pa.types.is_floating(one.type) else one for one in part.columns
    ]
    for row in pa.table(finite, names=part.column_names).to_pylist():
        lon, lat = row.pop(WGS84_LON), row.pop(WGS84_LAT)
        place = None
        if lon is not None:
            place = {"type": "Point", "coordinates": [round(lon, _DECIMALS), round(lat, _DECIMALS)]}
        yield {"type": "Feature", "geometry": place, "properties": row}


def _gpkg(parts: Iterable[pa.Table], path: Path, _: Mapping[str, str]) -> None:
    MissingExtraError.require("pyogrio", t("writing a GeoPackage"), "gis")
    import pyogrio
    import shapely

    for number, part in enumerate(parts):
        lon, lat = (part[name].to_numpy() for name in (WGS84_LON, WGS84_LAT))
        points = shapely.points(lon, lat)
        points[~(lon == lon)] = None
        shapes = pa.chunked_array([pa.array(shapely.to_wkb(points), pa.binary())])
        plain = _for_sqlite(decoded_table(_plain(part)))
        # A column of the input called fid would be the key, by which rows are sorted; one called geom would clash.
        fid, geometry = _names_apart(["fid", "geom", *plain.column_names])[:2]
        pyogrio.write_arrow(
            plain.append_column(geometry, shapes), path, layer="regionmap", driver="GPKG", append=number > 0,
            geometry_name=geometry, geometry_type="Point", crs="EPSG:4326",
            layer_options={"FID": fid, "GEOMETRY_NAME": geometry},
        )  # fmt: skip


def _for_sqlite(table: pa.Table) -> pa.Table:
    """Return a table whose names differ in more than their case, and whose types GDAL writes without loss."""
    columns = [pc.cast(one, pa.string()) if _needs_text(one.type) else one for one in table.columns]
    return pa.table(columns, names=_names_apart(table.column_names))


def _needs_text(kind: pa.DataType) -> bool:
    large = pa.types.is_decimal(kind) and kind.precision > 15
    return bool(large or pa.types.is_duration(kind) or pa.types.is_uint64(kind))


def _names_apart(names: list[str]) -> list[str]:
    """Return names that differ in more than their case: the last of several keeps its own."""
    taken: set[str] = set()
    result = []
    for name in reversed(names):
        new = name
        while new.casefold() in taken:
            new = f"input_{new}"
        taken.add(new.casefold())
        result.append(new)
    return result[::-1]


def _plain(table: pa.Table) -> pa.Table:
    return table.drop_columns([WGS84_LON, WGS84_LAT])


def _decoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _is_text(column: pa.ChunkedArray | pa.Field) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


WRITERS: dict[str, Callable[[Iterable[pa.Table], Path, Mapping[str, str]], None]] = {
    ".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet, ".geojson": _geojson, ".gpkg": _gpkg,
}  # fmt: skip
AS_THEY_COME = frozenset({".csv", ".parquet", ".geojson"})
"""Formats of one file that grows: they are written while later rows are judged."""

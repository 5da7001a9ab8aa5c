"""Tables of any length made into tables of exactly one length, and cells of any type made plain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from regionmap.screening.usual_names import PROBLEM


def rechunk(size: int, tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Yield the rows of ``tables`` in tables of ``size`` rows, the last one fewer.

    ``PROBLEM`` is the last column of those tables in which some row has one, and no column of the others.
    """
    waiting: list[pa.Table] = []
    count = 0
    for table in tables:
        waiting.append(table)
        count += table.num_rows
        if count < size:
            continue
        whole = _joined(waiting)
        for start in range(0, count - count % size, size):
            yield _finished(whole.slice(start, size))
        rest = count % size
        waiting, count = ([whole.slice(whole.num_rows - rest)] if rest else []), rest
    if count:
        yield _finished(_joined(waiting))


def _joined(tables: list[pa.Table]) -> pa.Table:
    if any(PROBLEM in table.column_names for table in tables):
        tables = [table if PROBLEM in table.column_names else with_problems(table, None) for table in tables]
    return pa.concat_tables(tables)


def _finished(table: pa.Table) -> pa.Table:
    if PROBLEM in table.column_names and not pc.any(pc.not_equal(table[PROBLEM], "")).as_py():
        table = table.drop_columns([PROBLEM])
    return table.combine_chunks()


def with_problems(table: pa.Table, problems: list[str] | None) -> pa.Table:
    """Return the table with the column ``PROBLEM``: of these sentences, or blank."""
    words = pa.array(problems if problems is not None else [""] * table.num_rows, pa.string())
    return table.append_column(PROBLEM, words)


def plain_type(kind: pa.DataType) -> pa.DataType:
    """Return the type in which a column of this type is handed on."""
    if isinstance(kind, pa.BaseExtensionType):
        return plain_type(kind.storage_type)
    if pa.types.is_dictionary(kind):
        return plain_type(kind.value_type)
    if pa.types.is_nested(kind) or pa.types.is_null(kind) or kind == pa.string_view() or _is_bytes(kind):
        return pa.string()
    return kind


def plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column in its ``plain_type``: nested values as JSON, bytes as text or hexadecimal digits."""
    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        return plain(pa.chunked_array([one.storage for one in column.chunks], kind.storage_type))
    if pa.types.is_dictionary(kind):
        return plain(column.cast(kind.value_type))
    if pa.types.is_nested(kind):
        return _each(column, lambda value: json.dumps(value, default=str, ensure_ascii=False))
    if _is_bytes(kind):
        return _each(column, _from_bytes)
    if pa.types.is_null(kind) or kind == pa.string_view():
        column = column.cast(pa.string())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return _valid(column)
    return column


def _valid(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column of texts in which bytes that are no UTF-8, as some writers leave, are replaced."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        kind = pa.binary() if pa.types.is_string(column.type) else pa.large_binary()
        raw = pa.chunked_array([one.view(kind) for one in column.chunks], kind)
        return _each(raw, lambda value: value.decode("utf-8", "replace")).cast(column.type)
    return column


def _each(column: pa.ChunkedArray, change: Any) -> pa.ChunkedArray:
    changed = [None if value is None else change(value) for value in column.to_pylist()]
    return pa.chunked_array([pa.array(changed, pa.string())])


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind)) or (
        kind == pa.binary_view()
    )


def _from_bytes(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.hex()

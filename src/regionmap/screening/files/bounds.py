"""What a table of sites may hold, whatever its format; see ``regionmap.limits``."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from regionmap.i18n import t
from regionmap.limits import (
    BATCH_BYTES,
    CELLS_PER_BYTE,
    HELD_BYTES,
    HELD_PER_BYTE,
    LONGEST_CELL,
    MANY_ROWS,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS_PER_BYTE,
    ROWS_HELD,
    SMALL_CELLS,
)
from regionmap.screening.messages import ScreeningError


def check_columns(count: int, name: str) -> None:
    """See that a table has no more columns than a table of sites can need; ``name`` is that of the file.

    Raises:
        InputError: it has.
    """
    if count > MOST_COLUMNS:
        raise ScreeningError(
            t(
                "{file} has {count} columns; at most {most} are read: leave out those that say nothing of the sites",
                file=name, count=f"{count:,}", most=f"{MOST_COLUMNS:,}",
            )
        )  # fmt: skip


def check_rows(count: int, size: int, name: str) -> None:
    """See that a file of ``size`` bytes can hold the rows that it states.

    Raises:
        InputError: it states far more than a table of sites packs into so few bytes.
    """
    if count > MANY_ROWS and count > MOST_ROWS_PER_BYTE * size:
        raise ScreeningError(
            t(
                "{file} states {count} rows in {size} bytes; at most {most} rows to a byte are read: save the table "
                "again",
                file=name, count=f"{count:,}", size=f"{size:,}", most=MOST_ROWS_PER_BYTE,
            )
        )  # fmt: skip


def check_rectangle(rows: int, columns: int, size: int, name: str) -> None:
    """See that a sheet in a file of ``size`` bytes has no more cells than can be gone through.

    The empty ones before the last of a row count, too.

    Raises:
        InputError: it has.
    """
    most = min(MOST_CELLS, max(SMALL_CELLS, CELLS_PER_BYTE * size))
    if rows * columns > most:
        raise ScreeningError(
            t(
                "{file} has a sheet of {rows} rows by {columns} columns, with its empty cells; at most {most} cells "
                "are read: delete the empty columns and rows, or save it as CSV",
                file=name, rows=f"{rows:,}", columns=f"{columns:,}", most=f"{most:,}",
            )
        )  # fmt: skip


def check_cell(length: int, name: str) -> None:
    """See that a cell is no longer than texts of sites are.

    Raises:
        InputError: it is.
    """
    if length > LONGEST_CELL:
        raise ScreeningError(
            t(
                "{file} holds a cell of {count} characters; at most {most} are read: shorten it",
                file=name, count=f"{length:,}", most=f"{LONGEST_CELL:,}",
            )
        )  # fmt: skip


def check_weight(table: pa.Table, size: int, name: str) -> None:
    """See that rows, as they are handed on, are no heavier than a file of ``size`` bytes can make honest ones.

    Raises:
        InputError: the rows that are held at a time would take far more memory than there is.
    """
    most = (HELD_BYTES + HELD_PER_BYTE * size) // ROWS_HELD
    if table.num_rows and table.nbytes // table.num_rows > most:
        raise ScreeningError(
            t(
                "{file} holds rows of {count} bytes; for its size at most {most} are read: leave out long texts",
                file=name, count=f"{table.nbytes // table.num_rows:,}", most=f"{most:,}",
            )
        )  # fmt: skip


def pieces(batch: pa.RecordBatch, name: str) -> list[pa.RecordBatch]:
    """Return a batch in pieces that stay below ``BATCH_BYTES`` when the texts of its dictionaries are written out.

    Raises:
        InputError: a text of a dictionary is longer than a cell may be.
    """
    widest = 0
    for column in batch.columns:
        if not pa.types.is_dictionary(column.type):
            continue
        words = column.dictionary
        if not len(words) or not _is_text(words.type):
            continue
        longest = pc.max(pc.binary_length(words)).as_py() or 0
        check_cell(longest, name)
        widest += longest
    rows = max(BATCH_BYTES // widest, 1) if widest else batch.num_rows
    return [batch.slice(start, rows) for start in range(0, batch.num_rows, max(rows, 1))]


def _is_text(kind: pa.DataType) -> bool:
    found = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind)
    return bool(found or pa.types.is_large_binary(kind))

"""The bundled tables of places: CSV in UTF-8 with fixed columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from regionmap.errors import InputError

T = TypeVar("T")


def read_rows(path: Path, columns: Sequence[str], what: str, make: Callable[[list[str]], T]) -> tuple[T, ...]:
    """Return what the rows of a table mean, in order.

    Args:
        path: a CSV file in UTF-8, with a header.
        columns: the names that the header must have.
        what: what the table is of, for the message: ``administrative units``.
        make: reads one row; a KeyError or a ValueError of its tells that the row is none.

    Raises:
        InputError: the file cannot be read, or has other columns or values.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            if header != list(columns):
                raise InputError(f"{path} has the columns {', '.join(header)}: it must have {', '.join(columns)}")
            return tuple(make(row) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path} is no table of {what}: {error}") from error

"""XLSX, row by row: the values that the spreadsheet shows, never its formulas."""

from __future__ import annotations

import contextlib
import datetime as dt
import decimal
import itertools
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from regionmap.errors import InputError
from regionmap.screening.columns import listed, unique
from regionmap.screening.files.batches import exactly
from regionmap.screening.files.sheet_parts import SheetFacts, check_parts, sheet_facts
from regionmap.screening.files.text import Opened, string_table

_BATCH = 2_000
_SOME = 100
_LAST_ROW = 1_048_576
_MOST_TITLES = 3
_MOST_LEVELS = 2
_HEAD = _MOST_TITLES + 1 + _MOST_LEVELS + 1
"""Rows that are looked at for the column names: with the last of them, a row of the table is among them."""


@dataclass(frozen=True)
class _Header:
    names: list[str]
    first: int
    last: int


def open_xlsx(path: Path) -> Opened:
    """Return names, an estimate of the rows, notes and chunks of the first visible sheet of a workbook.

    Raises:
        InputError: it is no workbook, is broken, would unpack to far more than a table, or has no rows.
    """
    check_parts(path)
    with contextlib.closing(_rows(path)) as rows:
        sheet = next(rows)
        facts = sheet_facts(path, sheet.part)
        head = list(itertools.islice(_not_empty(rows), _HEAD))
        header = _header(head, facts)
        if header is None:
            raise InputError(
                f"{path.name} has no column names in sheet '{sheet.title}': write them in its first row"
                + (f" (only the first sheet is read, not {listed(sheet.others, 6)})" if sheet.others else "")
            )
        names, renamed = unique(header.names)
        if head[-1][0] <= header.last:
            raise InputError(f"{path.name} has column names and no rows: there is nothing to judge")

    def tables() -> Iterator[pa.Table]:
        cells: list[list[str]] = []
        problems: list[str] = []
        with contextlib.closing(_rows(path)) as again:
            next(again)
            for number, texts in _filled(again, facts):
                if number <= header.last:
                    continue
                beyond = texts[len(names) :]
                problems.append(_ragged(number, beyond) if beyond else "")
                cells.append((texts + [""] * len(names))[: len(names)])
                if len(cells) == _BATCH:
                    yield string_table(names, cells, problems)
                    cells, problems = [], []
        if cells:
            yield string_table(names, cells, problems)

    count = sheet.rows - header.last if sheet.rows is not None and sheet.rows > header.last else None
    return names, count, (*_notes(sheet, header, facts), *renamed), lambda size: exactly(size, tables())


@dataclass(frozen=True)
class _Sheet:
    title: str
    part: str
    rows: int | None
    others: tuple[str, ...]


def _rows(path: Path) -> Any:
    """Yield the sheet, then (number, values) of every row; any fault of the file is an InputError."""
    import openpyxl

    stack = contextlib.ExitStack()
    try:
        file = stack.enter_context(path.open("rb"))  # a workbook that fails to open would leave its own file open
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        stack.callback(book.close)
        visible = [one for one in book.worksheets if getattr(one, "sheet_state", "visible") == "visible"]
        sheet = (visible or book.worksheets)[0]
        others = tuple(one for one in book.sheetnames if one != sheet.title)
        stated = sheet.max_row
        sheet.reset_dimensions()  # some writers state a wrong size
        yield _Sheet(sheet.title, sheet._worksheet_path, stated, others)
        rows = stack.enter_context(contextlib.closing(sheet.iter_rows(values_only=True)))
        number = 0
        while number < _LAST_ROW:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of dates out of range, which come as #VALUE!
                some = list(itertools.islice(rows, _SOME if number else 1))
            if not some:
                return
            yield from enumerate(some, number + 1)
            number += len(some)
        raise InputError(f"{path.name} has {_LAST_ROW:,} rows in a sheet or more: save it as CSV or Parquet")
    except (InputError, GeneratorExit):
        raise
    except Exception as error:  # a broken workbook raises whatever its XML runs into
        reason = (str(error).splitlines() or [type(error).__name__])[0][:120]
        raise InputError(f"{path.name} is no workbook that can be read: {reason}; save it again") from None
    finally:
        stack.close()


def _not_empty(rows: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in rows:
        texts = _trimmed(row)
        if texts:
            yield number, texts


def _header(head: list[tuple[int, list[str]]], facts: SheetFacts) -> _Header | None:
    """Return the column names: of the first row below any titles, and of those rows that it is merged with.

    A title is a row of one cell above a row of three or more, as official tables have it.
    """
    if not head:
        return None
    at = 0
    for number, (_, texts) in enumerate(head[: _MOST_TITLES + 1]):
        filled = sum(map(bool, texts))
        if filled > 1:
            at = number if filled > 2 else 0
            break
    first, names = head[at]
    last = max([first, *(down.last for down in facts.merged.get(first, ()) if down.last <= first + _MOST_LEVELS)])
    for number, texts in head[at + 1 :]:
        if number <= last:
            pairs = itertools.zip_longest(names, texts, fillvalue="")
            names = [low or high for high, low in pairs]
    return _Header(names, first, last)


def _filled(rows: Any, facts: SheetFacts) -> Iterator[tuple[int, list[str]]]:
    """Yield (number, texts) of the rows that are not empty; cells merged downwards hold their text in every row."""
    open_cells: dict[int, tuple[int, str]] = {}
    for number, row in rows:
        texts = _trimmed(row)
        filled = texts
        if open_cells:
            open_cells = {column: one for column, one in open_cells.items() if one[0] >= number}
            width = max([len(texts), *(column + 1 for column in open_cells)])
            filled = texts + [""] * (width - len(texts))
            for column, (_, words) in open_cells.items():
                filled[column] = filled[column] or words
        for down in facts.merged.get(number, ()):
            if down.column < len(texts) and texts[down.column]:
                open_cells[down.column] = (down.last, texts[down.column])
        if texts:
            yield number, filled


def _trimmed(row: Sequence[Any]) -> list[str]:
    last = len(row)
    while last and (row[last - 1] is None or row[last - 1] == ""):
        last -= 1
    texts = [_cell(value) for value in row[:last]]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)


def _number(value: float) -> str:
    """Return a number with the 15 digits that a spreadsheet keeps; a whole one with all of its digits."""
    if value.is_integer() and abs(value) < 1e21:
        return format(decimal.Decimal(repr(value)).to_integral_value(), "f")
    return f"{value:.15g}"


def _ragged(number: int, beyond: list[str]) -> str:
    words = ", ".join(one for one in beyond if one)[:80]
    return f"ragged_row: row {number:,} has cells beyond the last column name ({words})."


def _notes(sheet: _Sheet, header: _Header, facts: SheetFacts) -> list[str]:
    notes = [f"sheet: {sheet.title}" + (f" (not read: {listed(sheet.others, 6)})" if sheet.others else "")]
    if header.last > 1:
        rows = f"rows {header.first} to {header.last}" if header.last > header.first else f"row {header.first}"
        notes.append(f"column names: from {rows} of the sheet")
    if facts.without_value:
        notes.append(
            f"{facts.without_value:,} cells hold a formula without a result and are blank: open the file in a "
            "spreadsheet program and save it"
        )
    if facts.merged:
        notes.append("cells merged over several rows: their text is that of every row")
    return notes

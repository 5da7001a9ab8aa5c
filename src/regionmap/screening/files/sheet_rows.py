"""The rows of a sheet as values: by calamine, which holds the sheet in memory, or by openpyxl, row after row.

Calamine reads ten times as fast. It gives nothing for cells that hold an error, puts rows of one number over each
other, and holds every cell of the rectangle that is used: sheets with such cells or rows, and very large ones, are
read by openpyxl. Both give the same texts.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import decimal
import itertools
import warnings
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.limits import LAST_ROW, MOST_HELD, MOST_HELD_BYTES
from regionmap.screening.files.sheet_parts import SheetFacts
from regionmap.screening.messages import ScreeningError

_SOME = 100
_PLAIN = 1e15
"""Numbers below have at most fifteen digits before the point."""


def may_be_held(facts: SheetFacts) -> bool:
    """Tell whether a sheet may be read by calamine."""
    small = facts.last_row * facts.last_column <= MOST_HELD and facts.size <= MOST_HELD_BYTES
    return facts.in_order and not facts.odd and small


def held_rows(sheet: Any) -> Generator[tuple[int, list[Any]], None, None]:
    """Yield (number, values) of every row of a sheet that calamine has read."""
    if sheet.start is None:
        return
    before = [""] * sheet.start[1]
    rows = sheet.iter_rows()
    yield from enumerate(rows if not before else (before + row for row in rows), 1)


def load_sheet(path: Path, title: str) -> Any:
    """Return a sheet as calamine reads it.

    Raises:
        InputError: it cannot be read.
    """
    with _faults(path):
        from python_calamine import CalamineWorkbook

        with CalamineWorkbook.from_path(path) as book:
            return book.get_sheet_by_name(title)


def titles_of(path: Path) -> list[tuple[str, bool]]:
    """Return the titles of the worksheets of a workbook of any kind, and whether each is shown.

    Raises:
        InputError: it cannot be read.
    """
    with _faults(path):
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

        with CalamineWorkbook.from_path(path) as book:
            return [
                (one.name, one.visible == SheetVisibleEnum.Visible)
                for one in book.sheets_metadata
                if one.typ == SheetTypeEnum.WorkSheet
            ]


@contextlib.contextmanager
def _faults(path: Path) -> Iterator[None]:
    """Make one line of whatever a broken workbook runs into, a panic of the library among it."""
    try:
        yield
    except (InputError, GeneratorExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        first = (str(error).splitlines() or [type(error).__name__])[0].replace(str(path), path.name)[:120]
        if path.suffix.lower() in (".xls", ".ods"):
            raise ScreeningError(
                t("{file} is no workbook that can be read: {why}; save it as .xlsx or CSV", file=path.name, why=first)
            ) from None
        raise ScreeningError(
            t("{file} is no workbook that can be read: {why}; save it again", file=path.name, why=first)
        ) from None


def streamed_rows(path: Path, title: str, *, numbered: bool) -> Generator[tuple[int, list[Any]], None, None]:
    """Yield (number, values) of every row of a sheet, read by openpyxl one after the other.

    ``numbered``: the numbers in the file grow from row to row. Where they do not, rows are counted, and none is lost.

    Raises:
        InputError: it cannot be read, or has more rows than a sheet.
    """
    with _faults(path), contextlib.ExitStack() as stack:
        import openpyxl

        file = stack.enter_context(path.open("rb"))  # a workbook that fails to open would leave its own file open
        with _quiet():
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        stack.callback(book.close)
        sheet = book[title]
        sheet.reset_dimensions()  # some writers state a wrong size
        some = _numbered(sheet, stack) if numbered else _counted(sheet, stack)
        for number, row in some:
            if number >= LAST_ROW:
                raise ScreeningError(
                    t(
                        "{file} has {rows} rows in a sheet or more: save it as CSV or Parquet",
                        file=path.name, rows=f"{LAST_ROW:,}",
                    )
                )  # fmt: skip
            yield number, row


def _numbered(sheet: Any, stack: contextlib.ExitStack) -> Iterator[tuple[int, Any]]:
    rows = stack.enter_context(contextlib.closing(sheet.iter_rows(values_only=True)))
    number = 0
    while True:
        with _quiet():  # of dates out of range, which come as #VALUE!
            some = list(itertools.islice(rows, _SOME if number else 1))
        if not some:
            return
        yield from enumerate(some, number + 1)
        number += len(some)


def _counted(sheet: Any, stack: contextlib.ExitStack) -> Iterator[tuple[int, Any]]:
    """Yield the rows as they stand in the XML, whatever numbers they have."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    source = stack.enter_context(sheet._get_source())
    parser = WorkSheetParser(
        source, sheet._shared_strings, data_only=True, epoch=book.epoch, date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )  # fmt: skip
    with _quiet():
        for number, (_, cells) in enumerate(parser.parse(), 1):
            width = max((cell["column"] for cell in cells), default=0)
            row: list[Any] = [None] * width
            for cell in cells:
                row[cell["column"] - 1] = cell["value"]
            yield number, row


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
        yield


def trimmed(row: Sequence[Any]) -> list[str]:
    """Return the texts of a row, without empty cells at its end."""
    last = len(row)
    while last and (row[last - 1] is None or row[last - 1] == ""):
        last -= 1
    texts = [cell_text(value) for value in row[:last]]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def column_texts(column: Sequence[Any]) -> Sequence[str]:
    """Return the values of a column as ``cell_text`` does, quicker where they are of one kind."""
    kinds = set(map(type, column))
    if kinds == {str}:
        return column
    # Up to fifteen digits "%.15g" is what ``_number`` writes; 0.0 is added for -0.0.
    if kinds == {float} and min(column) > -_PLAIN and max(column) < _PLAIN:
        return list(map("%.15g".__mod__, map((0.0).__add__, column)))
    if kinds == {float, str} and all(-_PLAIN < one < _PLAIN for one in column if type(one) is float):
        return ["%.15g" % (one + 0.0) if type(one) is float else one for one in column]
    if kinds == {dt.date}:
        return list(map(dt.date.isoformat, column))
    return list(map(cell_text, column))


def cell_text(value: Any) -> str:
    """Return a value as the spreadsheet shows it, numbers with all of their digits, days as ISO."""
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
    if value.is_integer():
        if abs(value) < _PLAIN:
            return str(int(value))
        if abs(value) < 1e21:
            return format(decimal.Decimal(repr(value)).to_integral_value(), "f")
    return f"{value:.15g}"

"""CSV in any of the encodings that Chinese spreadsheets write; rows with too many or too few cells are kept.

Arrow reads a file as long as it is regular. From the first row that is not, Python's own reader goes on: the two give
the same cells, and the second knows the line of what is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from regionmap.errors import InputError
from regionmap.screening.columns import unique
from regionmap.screening.files.batches import exactly, with_problems
from regionmap.screening.files.encodings import detect
from regionmap.screening.files.quick import quick_tables

LONGEST_RECORD = 5_000_000
"""Characters of one row: more are a quote that was never closed, or no table."""
_DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}
_WIDE = "，；｜"
_BATCH = 5_000
Opened = tuple[tuple[str, ...], int | None, tuple[str, ...], Callable[[int], Iterator[pa.Table]]]


def open_csv(path: Path, encoding: str | None) -> Opened:
    """Return names, an estimate of the rows, notes, and the chunks of a CSV file.

    Raises:
        InputError: it is no text, has no column names or no rows, or a row of ``LONGEST_RECORD`` characters.
    """
    found = detect(path, encoding)
    delimiter = _delimiter(path, found.encoding)
    records = Records(path, found.encoding, delimiter)
    header = next(records.rows(), (0, []))[1]
    names, notes = unique(header)
    if not any(name.strip() for name in header):
        raise InputError(f"{path.name} has no column names in its first line: write them there, such as 经度,纬度,行业")
    skip, lines = records.taken, records.lines
    said = f"encoding: {found.encoding.upper()}, delimiter: {_DELIMITERS[delimiter]}"
    if next(slow_tables(path, found.encoding, delimiter, names, 0), None) is None:
        raise InputError(f"{path.name} has column names and no rows: there is nothing to judge")

    def tables() -> Iterator[pa.Table]:
        given = yield from quick_tables(path, found, skip, names, delimiter)
        if given is not None:
            yield from slow_tables(path, found.encoding, delimiter, names, given)

    return names, max(found.lines - lines, 1), (said, *notes), lambda size: exactly(size, tables())


def slow_tables(
    path: Path, encoding: str, delimiter: str, names: Sequence[str], given: int, most: int = _BATCH
) -> Iterator[pa.Table]:
    """Yield the rows after the first ``given`` in tables of at most ``most``, read by Python's csv module."""
    rows: list[list[str]] = []
    problems: list[str] = []
    for number, (line, record) in enumerate(Records(path, encoding, delimiter).rows(), -1):
        if number < given:  # the header is number -1
            continue
        problem = ""
        if len(record) > len(names) and not any(record[len(names) :]):
            record = record[: len(names)]  # delimiters at the end of the line, which spreadsheets leave
        elif len(record) != len(names):
            problem = _ragged(line, record, len(names), delimiter)
            record = (record + [""] * len(names))[: len(names)]
        rows.append(record)
        problems.append(problem)
        if len(rows) == most:
            yield string_table(names, rows, problems)
            rows, problems = [], []
    if rows:
        yield string_table(names, rows, problems)


def string_table(names: Sequence[str], rows: list[list[str]], problems: list[str]) -> pa.Table:
    """Return rows of texts as a table, with their problems if there are any."""
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    table = pa.table(columns, names=list(names))
    return with_problems(table, problems) if any(problems) else table


class Records:
    """The rows of a CSV file as Python's csv module reads them, empty lines left out."""

    def __init__(self, path: Path, encoding: str, delimiter: str) -> None:
        """Take a file in a known encoding; nothing is read yet."""
        self._path, self._encoding, self._delimiter = path, encoding, delimiter
        self.taken = 0
        """Characters read so far, up to the end of the line of the last row."""
        self.lines = 0
        """Lines read so far."""
        self._pending = 0
        self._ended = False

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (number of its first line, cells) of every row.

        Raises:
            InputError: a quote is never closed, or a row is longer than a table has them.
        """
        csv.field_size_limit(max(csv.field_size_limit(), LONGEST_RECORD))
        started = 1
        try:
            for record in csv.reader(self._read(), delimiter=self._delimiter):
                if self._ended:  # the last line did not end the row: a quote is open
                    raise InputError(
                        f'{self._path.name}: a quote " in the row that begins in line {started:,} is never closed'
                    )
                if record:
                    yield started, record
                started = self.lines + 1
                self._pending = 0
        except csv.Error as error:
            raise InputError(f"{self._path.name}, line {self.lines:,}: {error}") from None

    def _read(self) -> Iterator[str]:
        with self._path.open(encoding=self._encoding, newline="") as file:
            while line := file.readline(LONGEST_RECORD + 1):
                self._pending += len(line)
                if self._pending > LONGEST_RECORD:
                    several = self._pending > len(line)
                    raise InputError(
                        f"{self._path.name} has a row of more than {LONGEST_RECORD:,} characters near line "
                        f"{self.lines + 1:,}: {'a quote is never closed' if several else 'it is no table of sites'}"
                    )
                self.taken += len(line)
                self.lines += 1
                yield line
        self._ended = True


def _delimiter(path: Path, encoding: str) -> str:
    """Return the delimiter that gives the first line the most cells."""
    with path.open(encoding=encoding, newline="") as file:
        first = next((line for line in iter(lambda: file.readline(LONGEST_RECORD), "") if line.strip()), "")
    cells = {one: len(next(csv.reader([first], delimiter=one), [])) for one in _DELIMITERS if one in first}
    if cells:
        return max(cells, key=lambda one: cells[one])
    wide = next((sign for sign in _WIDE if sign in first), None)
    if wide is not None:
        raise InputError(
            f"{path.name}: the names in its first line are parted by the full-width '{wide}': use one of the plain "
            f"delimiters {', '.join(_DELIMITERS.values())}"
        )
    return ","


def _ragged(line: int, record: list[str], wanted: int, delimiter: str) -> str:
    lost = f" (beyond the last column: {delimiter.join(record[wanted:])[:80]})" if len(record) > wanted else ""
    return f"ragged_row: line {line:,} has {len(record)} cells where the first line has {wanted}{lost}."

"""CSV in any of the encodings that Chinese spreadsheets write; rows with too many or too few cells are kept.

Arrow reads a file as long as it is regular. From the first row that is not, Python's own reader goes on: the two give
the same cells, and the second knows the line of what is wrong.
"""

from __future__ import annotations

import contextlib
import csv
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from regionmap.errors import InputError
from regionmap.i18n import joined, t
from regionmap.limits import LONGEST_RECORD
from regionmap.screening.columns import unique
from regionmap.screening.digests import ReadDigest
from regionmap.screening.files.batches import rechunk, with_problems
from regionmap.screening.files.bounds import check_columns
from regionmap.screening.files.encodings import detect
from regionmap.screening.files.header import LOOKED_AT, Header, Merged, find_header
from regionmap.screening.files.quick import quick_tables
from regionmap.screening.headings import role
from regionmap.screening.messages import Message, ScreeningError, note, reason

_DELIMITERS = {",": t("comma"), "\t": t("tab"), ";": t("semicolon"), "|": t("bar")}
_WIDE = "，；｜"
_BATCH = 5_000
Opened = tuple[tuple[str, ...], int | None, tuple[Message, ...], Callable[[int], Iterator[pa.Table]]]
OpenedText = tuple[
    tuple[str, ...], int | None, tuple[Message, ...], Callable[[int], Iterator[pa.Table]], Callable[[], str]
]


def open_csv(path: Path, encoding: str | None, wanted: Sequence[str] = (), *, rowless: bool = False) -> OpenedText:
    """Return names, an estimate of the rows, notes, the chunks, and the digest after these of a CSV file.

    Args:
        path: the file.
        encoding: of it, where it is known.
        wanted: names of columns that the caller gave, by which the line of the names is found.
        rowless: it may have no rows.

    Raises:
        InputError: it is no text, has no column names or no rows, or a row of ``LONGEST_RECORD`` characters.
    """
    found = detect(path, encoding)
    delimiter = _delimiter(path, found.encoding)
    header = _header(path, found.encoding, delimiter, wanted)
    check_columns(len(header.names), path.name)
    names, renamed = unique(header.names)
    if not any(name.strip() for name in header.names):
        raise ScreeningError(
            t(
                "{file} has no column names in its first line: write them there, such as lon,lat,industry",
                file=path.name,
            )
        )
    notes = [
        note("encoding.delimiter", encoding=found.encoding.upper(), delimiter=_DELIMITERS[delimiter]), *header.notes,
        *renamed,
    ]  # fmt: skip
    first = slow_tables(path, found.encoding, delimiter, names, 0, above=header.records)
    if not rowless and next(first, None) is None:
        raise ScreeningError(t("{file} has column names and no rows: there is nothing to judge", file=path.name))

    digest = ReadDigest(path)

    def tables() -> Iterator[pa.Table]:
        given = yield from quick_tables(path, found, header.characters, names, delimiter, digest)
        if given is not None:
            yield from slow_tables(path, found.encoding, delimiter, names, given, above=header.records)

    return names, max(found.lines - header.lines, 1), tuple(notes), lambda size: rechunk(size, tables()), digest.result


@dataclass(frozen=True)
class _Header:
    """Column names, and the records, characters and lines up to the end of the last line of theirs."""

    names: list[str]
    records: int
    characters: int
    lines: int
    notes: tuple[Message, ...]


def _header(path: Path, encoding: str, delimiter: str, wanted: Sequence[str]) -> _Header:
    records = Records(path, encoding, delimiter)
    head: list[tuple[int, list[str]]] = []
    ends = []
    rows = records.rows()
    for line, record in itertools.islice(rows, 1):
        head.append((line, record))
        ends.append((records.taken, records.lines))
    # A quote that is never closed may stand further down: it is told when that row is read.
    with contextlib.suppress(InputError):
        for line, record in rows:
            head.append((line, record))
            ends.append((records.taken, records.lines))
            if len(head) == LOOKED_AT:
                break
    if not head:
        return _Header([], 1, 0, 0, ())
    shown = [(number, _trimmed(texts)) for number, texts in enumerate((texts for _, texts in head), 1)]
    filled = [one for one in shown if one[1]]
    found = find_header(filled, Merged(), wanted) if _is_below(filled, wanted) else None
    if found is None:
        found = Header(head[0][1], 1, 1)
    width = len(head[found.first - 1][1])
    names = [*found.names, *[""] * (width - len(found.names))]
    notes: tuple[Message, ...] = ()
    if found.last > 1:
        first, last = head[found.first - 1][0], head[found.last - 1][0]
        notes = (note("header.lines", first=first, last=last) if last > first else note("header.line", first=first),)
    return _Header(names, found.last, *ends[found.last - 1], notes)


def _is_below(head: Sequence[tuple[int, list[str]]], wanted: Sequence[str]) -> bool:
    """Tell whether the column names may stand below the first line: it is a title, or two lines hold them."""
    found = find_header(head, Merged(), wanted)
    return found is not None and found.last > 1 and (found.last > found.first or len(found.roles) > 1)


def _trimmed(record: Sequence[str]) -> list[str]:
    last = len(record)
    while last and not record[last - 1].strip():
        last -= 1
    return list(record[:last])


def slow_tables(
    path: Path, encoding: str, delimiter: str, names: Sequence[str], given: int, most: int = _BATCH, above: int = 1
) -> Iterator[pa.Table]:
    """Yield the rows after the first ``given`` in tables of at most ``most``, read by Python's csv module.

    ``above`` counts the records up to the column names.
    """
    rows: list[list[str]] = []
    problems: list[str] = []
    for number, (line, record) in enumerate(Records(path, encoding, delimiter).rows(), -above):
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
                    raise ScreeningError(
                        t(
                            "{file}: a quotation mark in the row that begins in line {line} is never closed: "
                            "close it, or leave it out",
                            file=self._path.name, line=f"{started:,}",
                        )
                    )  # fmt: skip
                if record:
                    yield started, record
                started = self.lines + 1
                self._pending = 0
        except csv.Error as error:
            raise ScreeningError(
                t("{file}, line {line}: {why}", file=self._path.name, line=f"{self.lines:,}", why=error)
            ) from None

    def _read(self) -> Iterator[str]:
        with self._path.open(encoding=self._encoding, newline="") as file:
            while line := file.readline(LONGEST_RECORD + 1):
                self._pending += len(line)
                if self._pending > LONGEST_RECORD:
                    several = self._pending > len(line)
                    raise ScreeningError(
                        t(
                            "{file} has a row of more than {most} characters near line {line}: {why}",
                            file=self._path.name, most=f"{LONGEST_RECORD:,}", line=f"{self.lines + 1:,}",
                            why=t("a quote is never closed") if several else t("it is no table of sites"),
                        )
                    )  # fmt: skip
                self.taken += len(line)
                self.lines += 1
                yield line
        self._ended = True


def _delimiter(path: Path, encoding: str) -> str:
    """Return the delimiter that gives the first line that has any the most cells."""
    with path.open(encoding=encoding, newline="") as file:
        lines = itertools.islice(
            (line for line in iter(lambda: file.readline(LONGEST_RECORD), "") if line.strip()), LOOKED_AT
        )
        some = list(lines)
    first = some[0] if some else ""
    if role(first.strip()) is None:  # a title, which may hold no delimiter
        first = next((line for line in some if any(one in line for one in _DELIMITERS)), first)
    cells = {one: len(next(csv.reader([first], delimiter=one), [])) for one in _DELIMITERS if one in first}
    if cells:
        return max(cells, key=lambda one: cells[one])
    wide = next((sign for sign in _WIDE if sign in first), None)
    if wide is not None:
        raise ScreeningError(
            t(
                "{file}: the names in its first line are parted by the full-width '{sign}': use one of the plain "
                "delimiters {delimiters}",
                file=path.name, sign=wide, delimiters=joined(list(_DELIMITERS.values())),
            )
        )  # fmt: skip
    return ","


def _ragged(line: int, record: list[str], wanted: int, delimiter: str) -> str:
    counts = {"line": f"{line:,}", "cells": len(record), "wanted": wanted}
    if len(record) > wanted:
        return reason("ragged_row.long", **counts, lost=delimiter.join(record[wanted:])[:80])
    return reason("ragged_row", **counts)

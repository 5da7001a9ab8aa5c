"""Workbooks (XLSX, XLS, ODS): the values that the spreadsheet shows, never its formulas."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from regionmap.i18n import t
from regionmap.limits import MOST_HELD
from regionmap.screening.collector import paused
from regionmap.screening.columns import unique
from regionmap.screening.files.batches import rechunk, with_problems
from regionmap.screening.files.bounds import check_columns, check_rectangle
from regionmap.screening.files.header import LOOKED_AT, Header, Merged, find_header
from regionmap.screening.files.sheet_parts import MergedCell, SheetFacts, check_parts, sheet_facts, sheets_of
from regionmap.screening.files.sheet_rows import (
    column_texts,
    held_rows,
    load_sheet,
    may_be_held,
    streamed_rows,
    titles_of,
    trimmed,
)
from regionmap.screening.files.text import Opened, string_table
from regionmap.screening.files.zips import blocks, open_zip
from regionmap.screening.messages import Message, ScreeningError, listed, note, reason

_BATCH = 5_000
_MOST_TRIED = 10
_REPEATED_ROWS = re.compile(
    rb'<table:table-row[^>]*?number-rows-repeated="(\d+)"[^>]*?>(.{0,4000}?)</table:table-row>', re.DOTALL
)
_REPEATED_CELLS = re.compile(rb'number-columns-repeated="(\d+)"[^>]*?office:value')
Rows = Callable[[], Generator[tuple[int, list[Any]], None, None]]


@dataclass(frozen=True)
class _Table:
    """A sheet that may be the table: its rows, its column names, and what is known of it."""

    title: str
    rows: Rows
    header: Header | None
    begun: bool
    facts: SheetFacts


def open_workbook(path: Path, sheet: str | None = None, wanted: Sequence[str] = ()) -> Opened:
    """Return names, an estimate of the rows, notes and chunks of a sheet of a workbook.

    Args:
        path: the workbook.
        sheet: the title of the sheet; without it the first visible one with a table of sites, or else the first.
        wanted: names of columns that the caller gave, by which the table is known.

    Raises:
        InputError: it is no workbook, is broken, would unpack to far more than a table, or has no rows.
    """
    titles, look = _of_xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _of_others(path)
    shown = [title for title, visible in titles if visible] or [title for title, _ in titles]
    if sheet is not None:
        every = [title for title, _ in titles]
        if sheet not in every:
            raise ScreeningError(
                t("{file} has no sheet '{sheet}': it has {sheets}", file=path.name, sheet=sheet, sheets=listed(every))
            )
        shown = [sheet]
    table = first = _look(look, shown[0], wanted)
    if sheet is None and not _is_wanted(first, wanted):
        later = (_look(look, title, wanted) for title in shown[1:_MOST_TRIED])
        table = next((one for one in later if _is_wanted(one, wanted)), first)
    others = tuple(title for title, _ in titles if title != table.title)
    header = table.header
    if header is None:
        raise ScreeningError(_no_names(path, table.title, others))
    check_columns(len(header.names), path.name)
    names, renamed = unique(header.names)
    if not table.begun:
        raise ScreeningError(t("{file} has column names and no rows: there is nothing to judge", file=path.name))
    below = any(one.last > header.last for some in table.facts.merged.values() for one in some)
    read = _filled_tables if below or not may_be_held(table.facts) else _plain_tables

    def tables() -> Iterator[pa.Table]:
        with contextlib.closing(table.rows()) as rows:
            yield from read(rows, header, names, table.facts)

    count = table.facts.last_row - header.last if table.facts.last_row > header.last else None
    notes = (*_notes(table, header, others, passed=table is not first), *renamed)
    return names, count, notes, lambda size: rechunk(size, tables())


def sheet_titles(path: Path) -> tuple[str, ...]:
    """Return the titles of the visible sheets of a workbook.

    Raises:
        InputError: as ``open_workbook``.
    """
    titles, _look = _of_xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _of_others(path)
    return tuple(title for title, visible in titles if visible)


def _of_xlsx(path: Path) -> tuple[list[tuple[str, bool]], Callable[[str], tuple[SheetFacts, Rows]]]:
    check_parts(path)
    sheets = {one.title: one for one in sheets_of(path)}

    def look(title: str) -> tuple[SheetFacts, Rows]:
        facts = sheet_facts(path, sheets[title].part)
        check_rectangle(min(facts.far_cells, facts.rows), facts.last_column, path.stat().st_size, path.name)
        if may_be_held(facts):
            return facts, _once_held(path, title)
        return facts, lambda: streamed_rows(path, title, numbered=facts.in_order)

    return [(one.title, one.visible) for one in sheets.values()], look


def _of_others(path: Path) -> tuple[list[tuple[str, bool]], Callable[[str], tuple[SheetFacts, Rows]]]:
    if path.suffix.lower() == ".ods":
        _check_ods(path)
    titles = titles_of(path)
    if not titles:
        raise ScreeningError(t("{file} has no sheets: there is nothing to judge", file=path.name))

    def look(title: str) -> tuple[SheetFacts, Rows]:
        sheet = load_sheet(path, title)
        facts = SheetFacts(last_row=sheet.total_height + 1)  # calamine's height is the number of the last row from 0
        for (first, left), (last, right) in sheet.merged_cell_ranges or ():
            if last > first:
                facts.merged.setdefault(first + 1, []).append(MergedCell(left, last + 1))
            if right > left:
                facts.sideways.setdefault(first + 1, []).append((left, right))
        return facts, _once_held(path, title)

    return titles, look


def _once_held(path: Path, title: str) -> Rows:
    """Return what gives the rows of a sheet: the first two calls, for its names and for its rows, read it once."""
    held: list[Any] = []

    def rows() -> Generator[tuple[int, list[Any]], None, None]:
        if held:
            return held_rows(held.pop())
        sheet = load_sheet(path, title)
        held.append(sheet)
        return held_rows(sheet)

    return rows


def _check_ods(path: Path) -> None:
    """See that an ODS file is no small one that stands for a huge table."""
    with open_zip(path) as archive:
        if "content.xml" not in archive.namelist():
            raise ScreeningError(
                t("{file} is a ZIP file and no workbook: save the table as .xlsx or .csv", file=path.name)
            )
        cells, tail = 0, b""
        for number, block in enumerate(blocks(archive, archive.getinfo("content.xml"), path.name)):
            data = tail + block
            if number == 0 and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
                raise ScreeningError(
                    t(
                        "{file}: {part} in it defines XML entities: it is no plain workbook",
                        file=path.name, part="content.xml",
                    )
                )  # fmt: skip
            for one in _REPEATED_ROWS.finditer(data):
                if one.end() > len(tail) and (b"office:value" in one[2] or b"<text:p" in one[2]):
                    cells += int(one[1])
            cells += sum(int(one[1]) for one in _REPEATED_CELLS.finditer(data) if one.end() > len(tail))
            tail = data[-5_000:]
    if cells > MOST_HELD:
        raise ScreeningError(
            t("{file} repeats cells beyond what a sheet holds: save the table as CSV or Parquet", file=path.name)
        )


def _look(look: Callable[[str], tuple[SheetFacts, Rows]], title: str, wanted: Sequence[str]) -> _Table:
    facts, rows = look(title)
    with contextlib.closing(rows()) as some:
        head = list(itertools.islice(((number, texts) for number, row in some if (texts := trimmed(row))), LOOKED_AT))
    header = find_header(head, Merged(facts.merged, facts.sideways), wanted)
    return _Table(title, rows, header, bool(head and header and head[-1][0] > header.last), facts)


def _is_wanted(table: _Table, wanted: Sequence[str]) -> bool:
    """Tell whether a sheet is a table of sites, or one with the columns that the caller named."""
    if table.header is None or not table.begun:
        return False
    return table.header.is_of_sites or any(name in wanted for name in table.header.names)


def _no_names(path: Path, title: str, others: tuple[str, ...]) -> Any:
    if others:
        return t(
            "{file} has no column names in sheet '{sheet}': write them in its first row (only one sheet is read, not "
            "{others}; name it with --sheet)",
            file=path.name, sheet=title, others=listed(others, 6),
        )  # fmt: skip
    return t("{file} has no column names in sheet '{sheet}': write them in its first row", file=path.name, sheet=title)


def _plain_tables(
    rows: Iterator[tuple[int, list[Any]]], header: Header, names: Sequence[str], _: SheetFacts
) -> Iterator[pa.Table]:
    """Yield rows as tables, column by column, which is quicker than cell by cell; empty rows are left out."""
    body = itertools.dropwhile(lambda one: one[0] <= header.last, rows)
    while True:
        with paused():
            some = list(itertools.islice(body, _BATCH))
            table = _table(some, names) if some else None
        if table is None:
            return
        if table.num_rows:
            yield table


def _table(some: list[tuple[int, list[Any]]], names: Sequence[str]) -> pa.Table:
    """Return rows as a table without those that are empty; the problems are of rows with cells beyond the names."""
    width = len(names)
    cells = [row for _, row in some]
    even = len(set(map(len, cells))) == 1
    turned = zip(*cells, strict=True) if even else itertools.zip_longest(*cells, fillvalue="")
    columns = [pa.array(column_texts(column), pa.string()) for column in turned]
    columns += [pa.array([""] * len(some), pa.string())] * (width - len(columns))
    table = pa.table(columns[:width], names=list(names))
    beyond = [column for column in columns[width:] if not pc.all(_blank(column)).as_py()]
    if beyond:
        lost = zip(*(column.to_pylist() for column in beyond), strict=True)
        problems = [
            _ragged(number, list(words)) if any(word.strip() for word in words) else ""
            for (number, _), words in zip(some, lost, strict=True)
        ]
        table = with_problems(table, problems)
    empty = _blank(columns[0])
    for column in columns[1:]:
        if not pc.any(empty).as_py():
            return table
        empty = pc.and_(empty, _blank(column))
    return table.filter(pc.invert(empty)) if pc.any(empty).as_py() else table


def _blank(column: pa.Array) -> pa.Array:
    return pc.equal(pc.utf8_trim_whitespace(column), "")


def _filled_tables(
    rows: Iterator[tuple[int, list[Any]]], header: Header, names: Sequence[str], facts: SheetFacts
) -> Iterator[pa.Table]:
    """Yield rows as tables, row by row; cells merged downwards hold their text in every row."""
    cells: list[list[str]] = []
    problems: list[str] = []
    for number, texts in _filled(rows, facts):
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


def _filled(rows: Iterator[tuple[int, list[Any]]], facts: SheetFacts) -> Iterator[tuple[int, list[str]]]:
    """Yield (number, texts) of the rows that are not empty; cells merged downwards hold their text in every row."""
    open_cells: dict[int, tuple[int, str]] = {}
    for number, row in rows:
        texts = trimmed(row)
        filled = texts
        if open_cells:
            open_cells = {column: one for column, one in open_cells.items() if one[0] >= number}
            width = max([len(texts), *(column + 1 for column in open_cells)])
            filled = texts + [""] * (width - len(texts))
            for column, (_, words) in open_cells.items():
                filled[column] = filled[column] or words
        for merged in facts.merged.get(number, ()):
            if merged.column < len(texts) and texts[merged.column]:
                open_cells[merged.column] = (merged.last, texts[merged.column])
        if texts:
            yield number, filled


def _ragged(number: int, beyond: list[str]) -> str:
    words = ", ".join(one for one in beyond if one)[:80]
    return reason("ragged_row.sheet", row=f"{number:,}", lost=words)


def _notes(table: _Table, header: Header, others: tuple[str, ...], *, passed: bool) -> list[Message]:
    facts = table.facts
    if passed:
        notes = [note("sheet.passed", sheet=table.title, others=listed(others, 6))]
    elif others:
        notes = [note("sheet.others", sheet=table.title, others=listed(others, 6))]
    else:
        notes = [note("sheet", sheet=table.title)]
    if header.last > header.first:
        notes.append(note("header.rows", first=header.first, last=header.last))
    elif header.last > 1:
        notes.append(note("header.row", first=header.first))
    if facts.without_value:
        notes.append(note("formulas", count=f"{facts.without_value:,}"))
    if not facts.in_order:
        notes.append(note("row_numbers"))
    if facts.merged:
        notes.append(note("merged"))
    return notes

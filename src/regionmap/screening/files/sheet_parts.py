"""What the XML parts of a workbook hold, found without building them: sheets, sizes, merged cells, odd cells."""

from __future__ import annotations

import operator
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from regionmap.i18n import t
from regionmap.limits import (
    MOST_MERGED,
    MOST_OTHER,
    MOST_ROW,
    MOST_STRINGS,
    MOST_STYLE_TAGS,
    MOST_STYLES,
    MOST_TEXTS,
)
from regionmap.screening.files.zips import blocks, open_zip
from regionmap.screening.messages import ScreeningError

_UNREAD = re.compile(
    r"xl/(worksheets|media|drawings|charts|pivotCache|pivotTables|embeddings|printerSettings|externalLinks|tables"
    r"|comments|threadedComments|persons|activeX|ctrlProps|customProperty|richData|model|queryTables)|customXml/"
    r"|xl/(calcChain|vbaProject|connections|metadata)"
)
_FORMULA = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^<>]{0,200})?/>)(?:<(?:\w+:)?v\s*/>|<v></v>)?</(?:\w+:)?c>")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
# Patterns that begin with plain letters are found many times quicker: those with a prefix are tried where one is used.
_ROW, _ANY_ROW = re.compile(rb'<row r="(\d{1,9})"'), re.compile(rb'<(?:\w+:)?row\s[^<>]{0,400}?\br="(\d{1,9})"')
_WIDE_CELL = re.compile(rb'r="([A-Z]{2,3})\d')
_LONG_NUMBER = (re.compile(rb"<v>-?\d{16}"), re.compile(rb":v>-?\d{16}"))
"""A whole number of more digits than a float holds."""
_OVERLAP = 500
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_STRICT_SHEET = "{http://purl.oclc.org/ooxml/spreadsheetml/main}sheet"


class MergedCell(NamedTuple):
    """A cell that is merged with those below it, up to the row ``last``; ``column`` counts from 0."""

    column: int
    last: int


class Sheet(NamedTuple):
    """A sheet of a workbook: its title, its part, and whether it is shown."""

    title: str
    part: str
    visible: bool


@dataclass
class SheetFacts:
    """What is known of a sheet from its XML.

    ``merged`` are cells merged downwards by their first row, ``sideways`` (column, last column) by their row.
    ``without_value`` counts formulas without a stored result. ``odd``: some cell is read in full by the slow reader
    only.
    ``in_order``: every row has a larger number than the one before it. ``size`` is that of the XML in bytes.
    ``rows`` counts those that are written, ``far_cells`` the cells beyond column ZZ: a row of one such is a wide one.
    """

    merged: dict[int, list[MergedCell]] = field(default_factory=dict)
    sideways: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    without_value: int = 0
    odd: bool = False
    in_order: bool = True
    last_row: int = 0
    last_column: int = 26
    rows: int = 0
    far_cells: int = 0
    size: int = 0


def check_parts(path: Path) -> None:
    """See that a workbook is one, and that what is read whole of it is no larger than it should be.

    Raises:
        InputError: it is none, is damaged, or holds more than can be read.
    """
    with open_zip(path) as archive:
        if "[Content_Types].xml" not in archive.namelist():
            raise ScreeningError(
                t("{file} is a ZIP file and no workbook: save the table as .xlsx or .csv", file=path.name)
            )
        for part in archive.infolist():
            if _UNREAD.match(part.filename):
                continue
            strings = "sharedstrings" in part.filename.casefold()
            if part.file_size > (MOST_STRINGS if strings else MOST_OTHER):
                raise ScreeningError(
                    t(
                        "{file} holds {size} MB of {what} ({part}): save the table as CSV or Parquet",
                        file=path.name, size=f"{part.file_size / 1e6:,.0f}", part=part.filename[:80],
                        what=t("texts") if strings else t("styles"),
                    )
                )  # fmt: skip
            count = formats = tags = 0
            for number, block in enumerate(blocks(archive, part, path.name)):
                if number == 0:
                    _no_entities(block, part, path)
                count += (block.count(b"<si") + block.count(b":si>") // 2) if strings else 0
                if "styles" in part.filename.casefold():
                    formats += block.count(b"<xf ") + block.count(b":xf ")
                    tags += block.count(b"<")
                    _check_formats(formats, tags, path)
                if count > MOST_TEXTS:
                    raise ScreeningError(
                        t(
                            "{file} holds more than {most} different texts: save the table as CSV or Parquet",
                            file=path.name, most=f"{MOST_TEXTS:,}",
                        )
                    )  # fmt: skip


def _check_formats(formats: int, tags: int, path: Path) -> None:
    if formats > MOST_STYLES or tags > MOST_STYLE_TAGS:
        raise ScreeningError(
            t(
                "{file} holds {count} formats of cells; at most {most} are read: save the table as CSV or Parquet",
                file=path.name, count=f"{max(formats, tags // 8):,}", most=f"{MOST_STYLES:,}",
            )
        )  # fmt: skip


def sheets_of(path: Path) -> list[Sheet]:
    """Return the worksheets of a workbook whose parts were checked, in their order.

    Raises:
        InputError: it has none.
    """
    try:
        with open_zip(path) as archive:
            book = ElementTree.fromstring(archive.read(_main_part(archive)))  # noqa: S314  (entities were refused)
            base = posixpath.dirname(_main_part(archive))
            targets = _targets(archive, _main_part(archive))
            names = set(archive.namelist())
    except (KeyError, ValueError, ElementTree.ParseError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0][:120]
        raise _no_workbook(path, first) from None
    found = []
    for one in book.iter():
        if one.tag not in (_SHEET, _STRICT_SHEET):
            continue
        key = next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
        kind, target = targets.get(key, ("", ""))
        part = posixpath.normpath(posixpath.join(base, target)).lstrip("/") if target else ""
        if target.startswith("/"):
            part = target.lstrip("/")
        if kind.endswith("/worksheet") and part in names:
            found.append(Sheet(one.get("name", ""), part, one.get("state", "visible") == "visible"))
    if not found:
        raise _no_workbook(path, "no worksheet")
    return found


def _main_part(archive: zipfile.ZipFile) -> str:
    for kind, target in _targets(archive, "").values():
        if kind.endswith("/officeDocument"):
            return target.lstrip("/")
    raise KeyError("no part of it is the workbook")


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    content = archive.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        one.get("Id", ""): (one.get("Type", ""), one.get("Target", ""))
        for one in ElementTree.fromstring(content)  # noqa: S314  (entities were refused)
    }


def _no_workbook(path: Path, why: str) -> ScreeningError:
    return ScreeningError(t("{file} is no workbook that can be read: {why}; save it again", file=path.name, why=why))


def sheet_facts(path: Path, part: str) -> SheetFacts:
    """Read through the XML of a sheet once.

    Raises:
        InputError: it is damaged, or one of its rows is larger than a spreadsheet has them.
    """
    facts = SheetFacts()
    count = read = row_at = 0
    tail, inside, prefixed = b"", True, False
    with open_zip(path) as archive:
        for number, block in enumerate(blocks(archive, archive.getinfo(part.lstrip("/")), path.name)):
            if number == 0:
                _no_entities(block, archive.getinfo(part.lstrip("/")), path)
                prefixed = b"<worksheet" not in block
            data = tail + block
            if b"<f" in data or (prefixed and b":f" in data):
                facts.without_value += sum(one.end() > len(tail) for one in _FORMULA.finditer(data))
            _look_at_cells(facts, data, len(tail), prefixed=prefixed)
            if b"mergeCell " in data:
                for one in _MERGED.finditer(data):
                    if one.end() > len(tail):
                        count += 1
                        _keep(facts, one)
            at = data.rfind(b":row" if prefixed else b"<row")
            row_at = read + at - len(tail) if at >= 0 else row_at
            read += len(block)
            inside = inside and (b":sheetData>" if prefixed else b"</sheetData") not in data
            if count > MOST_MERGED or (inside and read - row_at > MOST_ROW):
                raise ScreeningError(
                    t("{file} has a row or merged cells beyond what a sheet holds: save it as CSV", file=path.name)
                )
            tail = data[-_OVERLAP:]
    facts.size = read
    return facts


def _look_at_cells(facts: SheetFacts, data: bytes, seen: int, *, prefixed: bool) -> None:
    """Take note of the numbers of rows, of the widest cell, and of odd cells; ``seen`` bytes were looked at before."""
    found = list(_ROW.finditer(data))
    if prefixed or len(found) != data.count(b"<row"):
        found = list(_ANY_ROW.finditer(data))
    numbers = [int(one[1]) for one in found if one.end() > seen]
    if numbers:
        ordered = all(map(operator.lt, [facts.last_row, *numbers], numbers))
        facts.in_order &= ordered
        facts.last_row = max(facts.last_row, *numbers) if not ordered else numbers[-1]
    if not facts.odd:
        facts.odd = b't="e"' in data or _LONG_NUMBER[prefixed].search(data) is not None
    facts.rows += len(numbers)
    wide = _WIDE_CELL.findall(data)
    letters = set(wide)
    if any(len(one) > 2 for one in letters):
        facts.far_cells += sum(len(one) > 2 for one in wide)
    facts.last_column = max([facts.last_column, *(_column(one) + 1 for one in letters)])


def _keep(facts: SheetFacts, match: re.Match[bytes]) -> None:
    first, last = int(match[2]), int(match[4])
    start, end = _column(match[1]), _column(match[3])
    if last > first:
        facts.merged.setdefault(first, []).append(MergedCell(start, last))
    if end > start:
        facts.sideways.setdefault(first, []).append((start, end))


def _column(letters: bytes) -> int:
    """Return the number of a column by its letters, from 0."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


def _no_entities(block: bytes, part: zipfile.ZipInfo, path: Path) -> None:
    """Refuse XML that defines entities, which can stand for far more text than they are long; no workbook does."""
    if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
        raise ScreeningError(
            t(
                "{file}: {part} in it defines XML entities: it is no plain workbook",
                file=path.name, part=part.filename[:80],
            )
        )  # fmt: skip

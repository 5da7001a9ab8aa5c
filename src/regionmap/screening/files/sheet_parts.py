"""What the XML parts of a workbook hold, found without building them: their sizes, merged cells, empty formulas."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from regionmap.errors import InputError
from regionmap.screening.files.zips import blocks, check_zip

MOST_STRINGS = 100_000_000
"""Bytes of the shared strings, which are held in memory."""
MOST_TEXTS = 1_500_000
"""Shared strings: each takes some 200 bytes while they are read."""
MOST_OTHER = 16_000_000
"""Bytes of any other part that is held in memory, such as styles."""
MOST_ROW = 8_000_000
"""Bytes of the XML of one row."""
MOST_MERGED = 200_000
_UNREAD = re.compile(
    r"xl/(worksheets|media|drawings|charts|pivotCache|pivotTables|embeddings|printerSettings|externalLinks|tables"
    r"|comments|threadedComments|persons|activeX|ctrlProps|customProperty|richData|model|queryTables)|customXml/"
    r"|xl/(calcChain|vbaProject|connections|metadata)"
)
_FORMULA = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^<>]{0,200})?/>)(?:<(?:\w+:)?v\s*/>|<v></v>)?</(?:\w+:)?c>")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_OVERLAP = 300


class Down(NamedTuple):
    """A cell that is merged with those below it, up to the row ``last``; ``column`` counts from 0."""

    column: int
    last: int


@dataclass
class SheetFacts:
    """Cells merged downwards by their first row, and the number of formulas without a stored result."""

    merged: dict[int, list[Down]] = field(default_factory=dict)
    without_value: int = 0


def check_parts(path: Path) -> None:
    """See that a workbook is one, and that what is read whole of it is no larger than it should be.

    Raises:
        InputError: it is none, is damaged, or holds more than can be read.
    """
    with check_zip(path) as archive:
        if "[Content_Types].xml" not in archive.namelist():
            raise InputError(f"{path.name} is a ZIP file and no workbook: save the table as .xlsx or .csv")
        for part in archive.infolist():
            if _UNREAD.match(part.filename):
                continue
            strings = "sharedstrings" in part.filename.casefold()
            if part.file_size > (MOST_STRINGS if strings else MOST_OTHER):
                raise InputError(
                    f"{path.name} holds {part.file_size / 1e6:,.0f} MB of {'texts' if strings else 'styles'} "
                    f"({part.filename[:80]}): save the table as CSV or Parquet"
                )
            count = 0
            for number, block in enumerate(blocks(archive, part, path.name)):
                if number == 0:
                    _no_entities(block, part, path)
                count += (block.count(b"<si") + block.count(b":si>") // 2) if strings else 0
                if count > MOST_TEXTS:
                    raise InputError(
                        f"{path.name} holds more than {MOST_TEXTS:,} different texts: save the table as CSV or Parquet"
                    )


def sheet_facts(path: Path, part: str) -> SheetFacts:
    """Read through the XML of a sheet once.

    Raises:
        InputError: it is damaged, or one of its rows is larger than a spreadsheet has them.
    """
    facts = SheetFacts()
    count = read = row_at = 0
    tail, inside = b"", True
    with check_zip(path) as archive:
        for number, block in enumerate(blocks(archive, archive.getinfo(part.lstrip("/")), path.name)):
            if number == 0:
                _no_entities(block, archive.getinfo(part.lstrip("/")), path)
            data = tail + block
            if b"f>" in data or b"/>" in data:
                facts.without_value += sum(one.end() > len(tail) for one in _FORMULA.finditer(data))
            if b"mergeCell " in data:
                for one in _MERGED.finditer(data):
                    if one.end() > len(tail):
                        count += 1
                        _keep(facts, one)
            at = max(data.rfind(b"<row"), data.rfind(b":row"))
            row_at = read + at - len(tail) if at >= 0 else row_at
            read += len(block)
            inside = inside and b"</sheetData" not in data and b":sheetData>" not in data
            if count > MOST_MERGED or (inside and read - row_at > MOST_ROW):
                raise InputError(f"{path.name} has a row or merged cells beyond what a sheet holds: save it as CSV")
            tail = data[-_OVERLAP:]
    return facts


def _keep(facts: SheetFacts, match: re.Match[bytes]) -> None:
    first, last = int(match[2]), int(match[4])
    if last > first:
        column = 0
        for letter in match[1]:
            column = column * 26 + letter - 64
        facts.merged.setdefault(first, []).append(Down(column - 1, last))


def _no_entities(block: bytes, part: zipfile.ZipInfo, path: Path) -> None:
    """Refuse XML that defines entities, which can stand for far more text than they are long; no workbook does."""
    if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
        raise InputError(f"{path.name}: {part.filename[:80]} in it defines XML entities: it is no plain workbook")

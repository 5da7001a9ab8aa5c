"""Units that changed since lists of places were printed: ``geo/unit_changes.csv``, told in full.

Names and codes of the past are read in ``places.names.former``, which knows more of them.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from regionmap.csv_table import read_rows
from regionmap.model import Evidence, Text
from regionmap.resources import geo_file
from regionmap.unit_table import with_english_names

COLUMNS = [
    "date", "kind", "old_code", "old_name", "old_parent", "new_codes", "new_parent", "number_or_source", "evidence",
    "note_zh", "note_en",
]  # fmt: skip


class ChangeKind(StrEnum):
    """What became of a unit: ``upgraded`` is another kind of unit (县 → 市, 地区 → 市) in the same place."""

    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    MOVED = "moved"
    UPGRADED = "upgraded"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that was merged, split, renamed, moved to another unit above it, or made another kind of unit.

    ``date`` is as precise as it is known: 2019-01-09, 2014-06 or 2011. ``old_code`` is empty where the code stayed or
    now is another unit's. ``old_parent`` may itself be a code of the past. ``new_codes`` and ``new_parents`` are codes
    of today. ``number`` is the approval's number, or where the change is recorded.
    """

    date: str
    kind: ChangeKind
    old_code: str
    old_name: str
    old_parent: str
    new_codes: tuple[str, ...]
    new_parents: tuple[str, ...]
    number: str
    evidence: Evidence
    what: Text

    @property
    def last_day(self) -> dt.date:
        """The last day on which the change may have happened: 2011 → 2011-12-31."""
        year, month, day = (*(int(part) for part in self.date.split("-")), 0, 0)[:3]
        month = month or 12
        return dt.date(year, month, day or monthrange(year, month)[1])

    @property
    def crosses(self) -> bool:
        """Whether the place now lies in another unit than before, so that names of units above it changed meaning."""
        return (self.old_parent,) != self.new_parents


@cache
def all_changes() -> tuple[UnitChange, ...]:
    """Return the changes of units, the oldest first.

    Raises:
        InputError: the table is missing or cannot be read.
    """
    return load(geo_file("unit_changes.csv"))


def load(path: Path) -> tuple[UnitChange, ...]:
    """Read a table of changes (UTF-8, see COLUMNS).

    Raises:
        InputError: the file cannot be read, or has other columns or values.
    """
    return read_rows(path, COLUMNS, "changed units", _change)


def _change(row: list[str]) -> UnitChange:
    date, kind, old_code, old_name, old_parent, new_codes, new_parents, number, evidence, zh, en = row
    return UnitChange(
        date,
        ChangeKind(kind),
        old_code,
        old_name,
        old_parent,
        tuple(new_codes.split()),
        tuple(new_parents.split()),
        number,
        Evidence(evidence),
        Text(zh, with_english_names(en, [old_parent, *new_codes.split(), *new_parents.split()])),
    )

"""Names and codes that no unit of today carries: merged, moved, renamed, or never a unit at all.

The changes of units stand in ``geo/unit_changes.csv``; the names of areas that never were units stand here.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.model import Evidence, Text
from regionmap.resources import geo_dir

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


@dataclass(frozen=True, slots=True)
class OtherName:
    """What became of a name. With one code in ``now`` the name stands for that unit; with several, for all of them.

    ``inside`` are the codes of the units that a writer may put before the name.
    """

    now: tuple[str, ...]
    what: Text
    inside: tuple[str, ...] = ()
    together: bool = False


_KIND = re.compile("(?:地区|特区|市|县|区)$")

# Areas that were never units. The counties of 雄安新区 are not taken together: its edge need not be theirs.
_NEVER_UNITS = (
    (
        ("雄安新区", "雄安"),
        ("130638", "130629", "130632"),
        t("雄安新区 is not an administrative unit of GB/T 2260: 雄县, 容城县 and 安新县 stand for it."),
    ),
    (
        ("杨凌示范区", "杨凌农业高新技术产业示范区", "杨凌区", "杨凌"),
        ("610403",),
        t("杨凌示范区 is not an administrative unit: it is taken as 杨陵区."),
    ),
)


@cache
def all_changes() -> tuple[UnitChange, ...]:
    """Return the changes of units, the oldest first.

    Raises:
        InputError: the table is missing or cannot be read.
    """
    return load(geo_dir() / "unit_changes.csv")


def load(path: Path) -> tuple[UnitChange, ...]:
    """Read a table of changes (UTF-8, see COLUMNS).

    Raises:
        InputError: the file cannot be read, or has other columns or values.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            if header != COLUMNS:
                raise InputError(f"{path} has the columns {', '.join(header)}: it must have {', '.join(COLUMNS)}.")
            return tuple(_change(row) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path} is no table of changed units: {error}") from error


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
        Text(zh, en),
    )


@cache
def by_name() -> Mapping[str, OtherName]:
    """Return what names of the past, and names that never were a unit's, stand for.

    Where two units bore a name (毕节市, a county and later a prefecture), the first row of the table wins.
    """
    found: dict[str, OtherName] = {}
    for one in all_changes():
        found.setdefault(one.old_name, _other_name(one))
    # As people write them: 襄樊. A unit of today that bears such a name comes first.
    for one in all_changes():
        bare = _KIND.sub("", one.old_name)
        if len(bare) > 1:
            found.setdefault(bare, _other_name(one))
    found.update({name: OtherName(now, what) for names, now, what in _NEVER_UNITS for name in names})
    return MappingProxyType(found)


@cache
def by_code() -> Mapping[str, OtherName]:
    """Return what codes of the past stand for."""
    return MappingProxyType({one.old_code: _other_name(one) for one in all_changes() if one.old_code})


def _other_name(change: UnitChange) -> OtherName:
    return OtherName(change.new_codes, change.what, (change.old_parent,), together=True)

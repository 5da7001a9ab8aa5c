"""Names and codes that no unit of today's boundaries carries, and what each of them stands for today.

Three tables are read as one: ``geo/unit_changes.csv`` (told in full, since lists of places depend on them),
``geo/former_units.csv`` (names and codes since 2000, told by their kind and year) and the areas below that never were
units.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from regionmap.csv_table import read_rows
from regionmap.i18n import enumerated, t
from regionmap.model import Text, Unit
from regionmap.places import changes
from regionmap.resources import geo_file
from regionmap.unit_table import former_text

COLUMNS = ["year", "kind", "code", "name", "parent", "now", "number"]


class FormerKind(StrEnum):
    """What became of a unit; ``area`` never was one, ``short`` is said for one, ``new`` is not in the boundaries."""

    RENAMED = "renamed"
    UPGRADED = "upgraded"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    AREA = "area"
    SHORT = "short"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A unit of the past, or another area, and the codes of today that stand for it.

    ``year`` is that of the change, empty where there was none. ``parent`` may itself be a code of the past. With
    several codes in ``now`` the unit is all of them where ``together`` is set; otherwise it was divided among them, and
    a reader must choose. ``told`` is what became of it, where a table tells that in words. ``until`` is the day of the
    change, the last one on which it may have been where only the year or the month is known; None where there was none.
    """

    kind: FormerKind
    year: str
    code: str
    name: str
    parent: str
    now: tuple[str, ...]
    together: bool = False
    told: Text | None = None
    until: dt.date | None = None

    def what(self, units: Mapping[str, Unit]) -> Text:
        """Say what became of the unit, and when."""
        if self.told is not None:
            return self.told
        now = enumerated([Text(f"{units[code].name} {code}", f"{units[code].name_en} {code}") for code in self.now])
        named = former_text(self.name, self.now)
        code = "" if self.kind is FormerKind.AREA or not self.code else f" {self.code}"
        name = Text(named.zh + code, named.en + code)
        return _SAYS[self.kind](name=name, year=self.year, now=now)


# Areas that were never units. The counties of 雄安新区 are not taken together: its edge need not be theirs.
_NEVER_UNITS = (
    (
        ("雄安新区", "雄安"),
        "130000",
        ("130638", "130629", "130632"),
        t(
            "「雄安新区」 is not an administrative unit of GB/T 2260: Xiongxian County, Rongcheng County and Anxin "
            "County stand for it."
        ),
    ),
    (
        ("杨凌示范区", "杨凌农业高新技术产业示范区", "杨凌区", "杨凌"),
        "610000",
        ("610403",),
        t("「杨凌示范区」 is not an administrative unit: it is taken as Yangling District."),
    ),
)
_SAYS: dict[FormerKind, Callable[..., Text]] = {
    FormerKind.RENAMED: lambda **it: t("{name} was renamed in {year}: today it is {now}.", **it),
    FormerKind.UPGRADED: lambda **it: t("{name} became another kind of unit in {year}: today it is {now}.", **it),
    FormerKind.MERGED: lambda **it: t("{name} was dissolved in {year}: today its area is in {now}.", **it),
    FormerKind.SPLIT: lambda **it: t("{name} was dissolved in {year} and divided: its area is in {now} today.", **it),
    FormerKind.MOVED: lambda **it: t("{name} went to another unit above it in {year}: today it is {now}.", **it),
    FormerKind.RENUMBERED: lambda **it: t("{name} has had another code since {year}: today it is {now}.", **it),
    FormerKind.AREA: lambda **it: t("{name} is no unit of GB/T 2260: on the map it lies in {now}.", **it),
    FormerKind.SHORT: lambda **it: t("{name} is short for {now}.", **it),
    FormerKind.NEW: lambda **it: t(
        "{name} was announced in {year} and the boundaries are older: on the map it lies in {now}.", **it
    ),
}
_KIND = re.compile("(?:地区|特区|市|县|区)$")


@cache
def former_units() -> tuple[FormerUnit, ...]:
    """Return all units of the past and other areas: those that are told in full first.

    Raises:
        InputError: a table is missing or cannot be read.
    """
    told = (
        FormerUnit(
            FormerKind(one.kind), one.date[:4], one.old_code, one.old_name, one.old_parent, one.new_codes,
            together=one.kind is not changes.ChangeKind.SPLIT or one.old_code.endswith("00"), told=one.what,
            until=one.last_day,
        )
        for one in changes.all_changes()
    )  # fmt: skip
    never = (
        FormerUnit(FormerKind.AREA, "", "", name, parent, now, told=what)
        for names, parent, now, what in _NEVER_UNITS
        for name in names
    )
    return (*never, *told, *load(geo_file("former_units.csv")))


def load(path: Path) -> tuple[FormerUnit, ...]:
    """Read a table of former units (UTF-8, see COLUMNS).

    Raises:
        InputError: the file cannot be read, or has other columns or values.
    """
    return read_rows(path, COLUMNS, "former units", _former)


def _former(row: list[str]) -> FormerUnit:
    year, kind, code, name, parent, now, _ = row
    until = dt.date(int(year), 12, 31) if year else None
    return FormerUnit(FormerKind(kind), year, code, name, parent, tuple(now.split()), until=until)


@cache
def by_name() -> Mapping[str, tuple[FormerUnit, ...]]:
    """Return the former units of each name, with its kind (襄樊市) and as people write it (襄樊)."""
    return MappingProxyType(_index((one.name, one) for one in former_units()) | _bare_names())


@cache
def changed_names() -> frozenset[str]:
    """Return the names of units that were more than renumbered: a unit of today may bear one of them too."""
    return frozenset(
        name for name, held in by_name().items() if any(one.kind is not FormerKind.RENUMBERED for one in held)
    )


def _bare_names() -> dict[str, tuple[FormerUnit, ...]]:
    full = {one.name for one in former_units()}
    bare = ((_KIND.sub("", one.name), one) for one in former_units())
    return _index((name, one) for name, one in bare if len(name) > 1 and name not in full)


@cache
def by_code() -> Mapping[str, tuple[FormerUnit, ...]]:
    """Return the former holders of each code, the last one first. A code may be another unit's today."""
    held = _index((one.code, one) for one in former_units() if one.code)
    return MappingProxyType(
        {code: tuple(sorted(found, key=lambda one: one.year, reverse=True)) for code, found in held.items()}
    )


def held_before(code: str) -> FormerUnit | None:
    """Return the unit that had a code of today before another one got it (410307: 洛龙区), None where none had."""
    return next((one for one in by_code().get(code, ()) if code not in one.now), None)


def _index(pairs: Iterable[tuple[str, FormerUnit]]) -> dict[str, tuple[FormerUnit, ...]]:
    index: dict[str, list[FormerUnit]] = {}
    for key, one in pairs:
        index.setdefault(key, []).append(one)
    return {key: tuple(found) for key, found in index.items()}


@cache
def _parent_of_code() -> dict[str, str]:
    return {one.code: one.parent for one in reversed(former_units()) if one.code}


def past_ancestors(parent: str, units: Mapping[str, Unit]) -> Iterator[str]:
    """Yield a code that may be of the past and the codes above it, as they were then."""
    while parent:
        yield parent
        parent = units[parent].parent if parent in units else _parent_of_code().get(parent, "")

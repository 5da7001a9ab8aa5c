"""The table of GB/T 4754-2017 (国民经济行业分类): sections, divisions, groups and classes by code and name.

Beside it stand the codes of the 2011 edition whose number or meaning has moved: a list of firms may still carry them.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from regionmap.errors import InputError
from regionmap.printable import one_line

T = TypeVar("T")

CODES_2017 = "gbt4754-2017.csv"
MOVED_SINCE_2011 = "gbt4754-2011-moved.csv"


@dataclass(frozen=True, slots=True)
class GbtClass:
    """One row: ``level`` is section (a letter), division (2 digits), group (3) or class (4)."""

    code: str
    level: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class MovedCode:
    """A code of GB/T 4754-2011 that is another code, or means something else, in the edition of 2017."""

    code: str
    name: str
    now: tuple[str, ...]


class GbtTable(Mapping[str, GbtClass]):
    """All rows by code. A code covers every code below it; a section covers its divisions."""

    def __init__(self, rows: tuple[GbtClass, ...], moved: tuple[MovedCode, ...] = ()) -> None:
        """Keep the rows by code, and the moved codes of 2011 by theirs.

        A class whose code ends in 0 is all of its group and bears its name: where it has moved, so has the group.
        """
        self._rows = {row.code: row for row in rows}
        self._moved_classes = moved
        groups = {one.code[:3]: MovedCode(one.code[:3], one.name, one.now) for one in moved if one.code.endswith("0")}
        self.moved = groups | {one.code: one for one in moved}

    @classmethod
    def load(cls, folder: Path) -> GbtTable:
        """Read ``gbt4754-2017.csv`` (code, level, name_zh, parent) and ``gbt4754-2011-moved.csv``, both UTF-8.

        Raises:
            InputError: one is missing or cannot be read.
        """
        return cls(
            _rows(folder / CODES_2017, lambda row: GbtClass(*row[:4])),
            _rows(folder / MOVED_SINCE_2011, lambda row: MovedCode(row[0], row[1], tuple(row[2].split()))),
        )

    def __getitem__(self, code: str) -> GbtClass:
        """Return the row of a code."""
        return self._rows[code]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the codes in the order of the standard."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return the number of rows of all levels."""
        return len(self._rows)

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Code by class name; where a group holds one class of the same name, the class."""
        return {row.name: row.code for row in self._rows.values()}

    def held_in_2011(self, code: str) -> tuple[MovedCode, ...]:
        """Return the classes that a group or a division of 2011 held, and of which some lies outside it today."""
        below = (one for one in self._moved_classes if one.code.startswith(code) and one.code != code)
        return tuple(one for one in below if not all(now.startswith(code) for now in one.now))

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for row in self._rows.values():
            below.setdefault(row.parent, []).append(row.code)
        return {code: tuple(codes) for code, codes in below.items()}

    def classes(self, group: str) -> tuple[str, ...]:
        """Return the classes of a group; empty for a code of another level."""
        row = self._rows.get(group)
        return self._below.get(group, ()) if row is not None and row.level == "group" else ()

    def only_class(self, code: str) -> str:
        """Return the class of a group that has just one, which is the group; any other code as it is."""
        classes = self.classes(code)
        return classes[0] if len(classes) == 1 else code

    def covers(self, upper: str, lower: str) -> bool:
        """Whether ``lower`` is ``upper`` or lies below it."""
        while lower:
            if lower == upper:
                return True
            row = self._rows.get(lower)
            lower = row.parent if row else ""
        return False


def _rows(path: Path, make: Callable[[list[str]], T]) -> tuple[T, ...]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(make(row) for row in list(csv.reader(file))[1:])
    except FileNotFoundError:
        wanted = "restore it from the repository, or install regionmap again"
        raise InputError(one_line(f"no table of codes at {path}: {wanted}")) from None
    except (OSError, ValueError, LookupError, TypeError, csv.Error) as error:
        raise InputError(one_line(f"{path} is no table of GB/T 4754 codes: {error}")) from None

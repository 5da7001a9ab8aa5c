"""The table of GB/T 4754-2017 (国民经济行业分类): sections, divisions, groups and classes by code and name."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GbtClass:
    """One row: ``level`` is section (a letter), division (2 digits), group (3) or class (4)."""

    code: str
    level: str
    name: str
    parent: str


class GbtTable(Mapping[str, GbtClass]):
    """All rows by code. A code covers every code below it; a section covers its divisions."""

    def __init__(self, rows: tuple[GbtClass, ...]) -> None:
        """Keep the rows by code."""
        self._rows = {row.code: row for row in rows}

    @classmethod
    def load(cls, path: Path) -> GbtTable:
        """Read ``data/gbt4754-2017.csv`` (UTF-8; code, level, name_zh, parent)."""
        with path.open(encoding="utf-8", newline="") as file:
            return cls(tuple(GbtClass(*row[:4]) for row in list(csv.reader(file))[1:]))

    def __getitem__(self, code: str) -> GbtClass:
        """Return the row of a code."""
        return self._rows[code]

    def __iter__(self):  # type: ignore[no-untyped-def]
        """Iterate over the codes in the order of the standard."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return the number of rows of all levels."""
        return len(self._rows)

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Code by class name; where a group holds one class of the same name, the class."""
        return {row.name: row.code for row in self._rows.values()}

    def covers(self, upper: str, lower: str) -> bool:
        """Whether ``lower`` is ``upper`` or lies below it."""
        while lower:
            if lower == upper:
                return True
            row = self._rows.get(lower)
            lower = row.parent if row else ""
        return False

"""How far the lowest units lie from other provinces: which of them a rule by distance reaches wholly, or in part.

A boundary between provinces (省界) is one between two provinces of the mainland. The coast, the border of the country
and the boundaries of 台湾, 香港 and 澳门 are none. What is measured is the way to the nearest land of another province.

Needs the standard library alone: a question by name never waits for the boundaries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from regionmap.errors import InputError
from regionmap.resources import geo_file

NOT_MAINLAND = frozenset({"71", "81", "82"})
"""The provinces, by the first two digits of their codes, whose boundaries do not count: 台湾, 香港, 澳门."""

MOST_M = 200_000
"""Beyond this many metres distances are not told apart; no rule may name a larger one."""

FILE = "province_lines.csv"
_HEADER = "code,nearest_m,farthest_m"

Range = tuple[float, float]


def is_other_province(own: str, code: str) -> bool:
    """Tell whether a unit lies in another province of the mainland than the unit ``own``, by their codes."""
    return code[:2] != own[:2] and code[:2] not in NOT_MAINLAND


class ProvinceLines:
    """The least and the greatest distance in metres of each lowest unit's points from the nearest other province."""

    def __init__(self, ranges: Mapping[str, Range]) -> None:
        """Keep the distances by code; ``math.inf`` stands for more than ``MOST_M``."""
        self._ranges = ranges
        self._strips: dict[int, tuple[frozenset[str], frozenset[str]]] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> ProvinceLines:
        """Read the table of ``geo/build.py``; distances that it leaves blank are beyond ``MOST_M``.

        Raises:
            InputError: the file cannot be read or has other columns.
        """
        path = path or geo_file(FILE)
        try:
            header, _, rows = path.read_text(encoding="utf-8").partition("\n")
            if header != _HEADER:
                raise ValueError(f"it must have the columns {_HEADER}")
            # All cells at once: a command that asks one question waits for this.
            cells = rows.rstrip("\n").replace("\n", ",").split(",")
            pairs = zip(map(_metres, cells[1::3]), map(_metres, cells[2::3]), strict=True)
            return cls(dict(zip(cells[::3], pairs, strict=True)))
        except (OSError, ValueError) as error:
            raise InputError(f"{path} is no table of distances to provinces: {error}") from error

    @property
    def ranges(self) -> Mapping[str, Range]:
        """The distances by code; the units of 台湾, 香港 and 澳门 have none."""
        return self._ranges

    def of(self, code: str) -> Range:
        """Return the least and the greatest distance of a unit; infinite for one that is none of the lowest."""
        return self._ranges.get(code, (math.inf, math.inf))

    def strip(self, within_m: int) -> tuple[frozenset[str], frozenset[str]]:
        """Return the codes of the lowest units that lie so near wholly, and of those that do in part."""
        found = self._strips.get(within_m)
        if found is None:
            whole = frozenset(code for code, (_, far) in self._ranges.items() if far <= within_m)
            touched = frozenset(code for code, (near, _) in self._ranges.items() if near <= within_m)
            found = self._strips[within_m] = whole, touched - whole
        return found


def _metres(cell: str) -> float:
    return int(cell) if cell else math.inf

"""Where the table of a sheet or a CSV file begins: its column names below titles of any shape, on one row or two."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from regionmap.screening import headings

MOST_TITLES = 20
"""Rows that may stand above the column names."""
MOST_LEVELS = 2
LOOKED_AT = MOST_TITLES + MOST_LEVELS + 2
"""Rows that are looked at for the column names: with the last of them, a row of the table is among them."""
_OLD_TITLES = 3
_UNITS = {"度": "度", "分": "分", "秒": "秒", "°": "度", "′": "分", "'": "分", "″": "秒", '"': "秒", "degrees": "度",
          "minutes": "分", "seconds": "秒", "deg": "度", "min": "分", "sec": "秒"}  # fmt: skip
_BRACKETS = re.compile(r"[\s()（）\[\]]")

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Header:
    """The names of the columns, and the first and the last of the rows that they are from."""

    names: list[str]
    first: int
    last: int

    @property
    def roles(self) -> frozenset[str]:
        """The roles that the names are usual for."""
        return frozenset(role for name in self.names if (role := headings.role(name)) is not None)

    @property
    def is_of_sites(self) -> bool:
        """Whether the names are those of a table of sites: something says where they are, and something else more."""
        return len(self.roles) > 1 and not self.roles.isdisjoint(headings.PLACE_ROLES)


@dataclass(frozen=True)
class Merged:
    """Merged cells of the first rows: (column, last row) by row downwards, (column, last column) by row sideways."""

    down: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    sideways: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)


def find_header(head: Sequence[Row], merged: Merged, wanted: Sequence[str] = ()) -> Header | None:
    """Return the column names among the first rows that are not empty; None where there are no rows.

    A row is that of the names when it holds several usual headings, or names that the caller gave. Where no row does,
    titles are rows of one cell above a row of three or more.

    Args:
        head: (number, texts) of the first rows, up to ``LOOKED_AT``.
        merged: cells that are merged in them.
        wanted: names of columns that the caller gave.
    """
    if not head:
        return None
    at = _by_shape(head)
    if not _tells(head[at][1], wanted, 1):
        at = next((one for one, (_, texts) in enumerate(head[: MOST_TITLES + 1]) if _tells(texts, wanted, 2)), at)
    return _with_levels(head, at, merged)


def _by_shape(head: Sequence[Row]) -> int:
    for number, (_, texts) in enumerate(head[: _OLD_TITLES + 1]):
        filled = sum(map(bool, texts))
        if filled > 1:
            return number if filled > 2 else 0
    return 0


def _tells(texts: Sequence[str], wanted: Sequence[str], least: int) -> bool:
    """Tell whether a row holds so many usual headings, or one that the caller named."""
    if any(text.strip() in wanted for text in texts if text):
        return True
    return len({role for text in texts if text and (role := headings.role(text)) is not None}) >= least


def _with_levels(head: Sequence[Row], at: int, merged: Merged) -> Header:
    """Return the names of a row with those of the rows below that belong to it."""
    first, names = head[at]
    last = max([first, *(end for _, end in merged.down.get(first, ()) if end <= first + MOST_LEVELS)])
    below = head[at + 1] if at + 1 < len(head) else None
    if below is not None and below[0] == first + 1 and (_is_of_units(below[1]) or _splits(first, names, below, merged)):
        last = max(last, below[0])
    upper = _spread(names, merged.sideways.get(first, ()))
    result = list(names)
    for number, texts in head[at + 1 :]:
        if number > last:
            break
        pairs = list(itertools.zip_longest(result, texts, upper, fillvalue=""))
        repeated = {low for _, low, _ in pairs if low and sum(low == other for _, other, _ in pairs) > 1}
        upper = _carried(upper, texts) if _is_of_units(texts) else upper
        pairs = list(itertools.zip_longest(result, texts, upper, fillvalue=""))
        result = [_named(high, low, over, low in repeated) for high, low, over in pairs]
    return Header(result, first, last)


def _is_of_units(texts: Sequence[str]) -> bool:
    """Tell whether a row holds nothing but 度, 分, 秒."""
    some = [_BRACKETS.sub("", text) for text in texts if text.strip()]
    return len(some) > 1 and all(text.casefold() in _UNITS for text in some)


def _splits(first: int, names: Sequence[str], below: Row, merged: Merged) -> bool:
    """Tell whether the row below gives each column under a heading that is merged sideways a name of its own."""
    groups = [one for one in merged.sideways.get(first, ()) if one[0] < len(names) and names[one[0]].strip()]
    if not groups or (len(groups) == 1 and groups[0][1] - groups[0][0] + 1 >= len(below[1])):
        return False
    texts = below[1]
    under = {column for start, end in groups for column in range(start, end + 1)}
    named = {column for column, text in enumerate(texts) if text.strip()}
    return under <= named and named <= under | {one for one in named if not _at(names, one).strip()}


def _at(texts: Sequence[str], column: int) -> str:
    return texts[column] if column < len(texts) else ""


def _spread(names: Sequence[str], sideways: Sequence[tuple[int, int]]) -> list[str]:
    """Return the headings with the text of cells merged sideways in each of their columns."""
    width = max([len(names), *(end + 1 for _, end in sideways)])
    spread = [*names, *[""] * (width - len(names))]
    for start, end in sideways:
        for column in range(start, end + 1):
            spread[column] = spread[start]
    return spread


def _carried(upper: Sequence[str], units: Sequence[str]) -> list[str]:
    """Return the headings, those above 分 and 秒 without one of their own taken from the left."""
    width = max(len(upper), len(units))
    carried = [*upper, *[""] * (width - len(upper))]
    for column in range(1, width):
        if _at(units, column).strip() and not carried[column].strip():
            carried[column] = carried[column - 1]
    return carried


def _named(high: str, low: str, over: str, repeated: bool) -> str:
    """Return the name of a column: the lowest of the header, with the one above it where that says too little."""
    unit = _UNITS.get(_BRACKETS.sub("", low).casefold()) if low else None
    if unit is not None and over.strip():
        return f"{over.strip()}（{unit}）"
    if low and repeated and over.strip() and over.strip() != low.strip():
        return f"{over.strip()} {low.strip()}"
    return low or high

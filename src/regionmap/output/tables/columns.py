"""How wide the columns of a table are: no word is broken, and no column is too narrow to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from regionmap.wrapping import longest_piece, wrap

_LEAST = 14
"""Cells that a column of sentences takes at least."""


@dataclass(frozen=True)
class Column:
    """A column of a grid: its name, and its share of the room or its widest in cells."""

    name: str
    ratio: int | None = None
    most: int | None = None


def widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return how many cells each column takes, or nothing where there is too little room.

    Args:
        columns: the columns of a table.
        rows: the cells of its rows.
        room: cells for all columns, without lines and blanks between them.
    """
    held = [[one.name, *(row[at] for row in rows)] for at, one in enumerate(columns)]
    whole = [max(cell_len(line) for cell in cells for line in cell.split("\n")) for cells in held]
    least = [
        max(min(_LEAST, all_of_it), *(longest_piece(cell) for cell in cells))
        for cells, all_of_it in zip(held, whole, strict=True)
    ]
    if sum(least) > room:
        return None
    found = least.copy()
    for at, one in enumerate(columns):
        if one.ratio is None:
            wanted = max(min(whole[at], one.most or whole[at]), found[at])
            found[at] += min(wanted - found[at], room - sum(found))
    shared = [at for at, one in enumerate(columns) if one.ratio is not None]
    left = room - sum(found) + sum(found[at] for at in shared)
    while shared:  # a column that needs more than its share keeps what it needs, and the others share the rest
        ratios = sum(columns[at].ratio or 0 for at in shared)
        shares = {at: left * (columns[at].ratio or 0) // ratios for at in shared}
        needy = [at for at in shared if found[at] > shares[at]]
        if not needy:
            for at, share in shares.items():
                found[at] = share
            break
        left -= sum(found[at] for at in needy)
        shared = [at for at in shared if at not in needy]
    return found


def break_cell(text: str, width: int) -> list[str]:
    """Return the lines of a cell; its own line breaks stay."""
    return [line for one in text.split("\n") for line in _broken(one, width)]


def _broken(text: str, width: int) -> list[str]:
    return wrap(text, width, narrowest=1) if cell_len(text) > width else [text]

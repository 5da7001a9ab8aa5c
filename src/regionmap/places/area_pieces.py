"""An area cut into a piece for each county that it may touch: halved with the counties until one is left.

Each county by itself would have to look at the whole outline, and an outline of thousands of corners over hundreds of
counties took many seconds so. Halved, each corner is looked at as often as the number of counties can be halved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

_LITTLE = 1_000_000
"""Corners times counties that are cut as they are: a cut by itself takes some time, too."""
_MARGIN = 1e-9
"""Degrees around the box of a county: its own edges then never lie on those of a cut."""


def pieces_of(area: Any, boxes: NDArray[np.float64], rows: Sequence[int]) -> Iterator[tuple[int, Any]]:
    """Yield (row, piece of the area) in no order: all of the area that lies in the box of the row, and maybe more.

    Rows whose boxes the area does not enter may be left out.

    Args:
        area: a valid polygon or multipolygon, degrees.
        boxes: west, south, east, north by row, degrees.
        rows: those that are asked for.
    """
    if len(rows) == 1 or len(rows) * shapely.get_num_coordinates(area) <= _LITTLE:
        yield from ((row, area) for row in rows)
        return
    here = boxes[np.asarray(rows)]
    middles = here[:, :2] + here[:, 2:]
    axis = int(np.argmax(np.ptp(middles, axis=0)))
    order = np.argsort(middles[:, axis], kind="stable")
    for half in (order[: len(rows) // 2], order[len(rows) // 2 :]):
        low, high = here[half, :2].min(axis=0) - _MARGIN, here[half, 2:].max(axis=0) + _MARGIN
        piece = _cut(area, low, high)
        if not piece.is_empty:
            yield from pieces_of(piece, boxes, [rows[one] for one in half])


def _cut(area: Any, low: NDArray[np.float64], high: NDArray[np.float64]) -> Any:
    """Return what of an area lies in a box; polygons of it that lie inside whole, or beside it, are not cut."""
    parts = shapely.get_parts(area)
    bounds = shapely.bounds(parts)
    inside = (bounds[:, :2] >= low).all(axis=1) & (bounds[:, 2:] <= high).all(axis=1)
    crossed = (bounds[:, 2:] >= low).all(axis=1) & (bounds[:, :2] <= high).all(axis=1) & ~inside
    cut = shapely.intersection(shapely.multipolygons(parts[crossed]), shapely.box(*low, *high))
    if not inside.any():
        return cut
    found = shapely.get_parts(cut)
    return shapely.multipolygons(np.append(parts[inside], found[shapely.get_dimensions(found) == 2]))

"""What an area may hold, looked at before it is built, mended, united or cut by counties; see ``regionmap.limits``.

Work that grows with crossings is estimated from a sample of edges or polygons: how many others each meets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from regionmap.i18n import t
from regionmap.limits import (
    MOST_CROSSINGS,
    MOST_OVERLAPS,
    MOST_PAIRS,
    MOST_RINGS,
    MOST_VALUES,
    MOST_VERTICES,
    MOST_WORK,
    WIDEST_DEGREES,
)
from regionmap.model import Text
from regionmap.places.errors import AreaError

_CORNER = re.compile(r"\[\s*[-\d]")  # a list that begins with a number
_SAMPLED = 256
"""So many edges or polygons in even steps are looked at, and as many of the largest, where a few cause all the work."""
_USUAL = 12
"""Edges whose boxes that of one edge meets in the outline of a place, itself and its two neighbours included."""

Floats = NDArray[np.float64]


class AreaLimitError(AreaError):
    """An area holds more than can be worked with. The message names the limit, and says what would be right."""


def check_text(text: str, signs: str, name: str | Text) -> None:
    """See that a text does not hold more than fits into memory; ``signs`` begin or part its values.

    Raises:
        AreaLimitError: it does.
    """
    if len(text) > MOST_VALUES and (found := sum(map(text.count, signs))) > MOST_VALUES:
        raise AreaLimitError(
            t(
                "{name} holds {count} values; at most {most} are read: simplify the outline",
                name=name, count=f"{found:,}", most=f"{MOST_VALUES:,}",
            )
        )  # fmt: skip


def check_corners(text: str, name: str | Text) -> None:
    """See that GeoJSON has no more corners than can be worked with, before it is parsed.

    Raises:
        AreaLimitError: it has.
    """
    if text.count("[") > MOST_VERTICES:
        check_count(sum(1 for _ in _CORNER.finditer(text)), 0, name)


def check_count(vertices: int, rings: int, name: str | Text) -> None:
    """See that an area has no more corners and rings than can be worked with.

    Raises:
        AreaLimitError: it has.
    """
    if vertices > MOST_VERTICES:
        raise AreaLimitError(
            t(
                "{name} has {count} corners; at most {most} are read: simplify the outline",
                name=name, count=f"{vertices:,}", most=f"{MOST_VERTICES:,}",
            )
        )  # fmt: skip
    if rings > MOST_RINGS:
        raise AreaLimitError(
            t(
                "{name} has {count} rings; at most {most} are read: leave out small parts and holes",
                name=name, count=f"{rings:,}", most=f"{MOST_RINGS:,}",
            )
        )  # fmt: skip


def check_width(west: float, east: float, name: str | Text) -> None:
    """See that an area does not go around half of the earth: its sides would lie the other way round.

    Raises:
        AreaLimitError: it does.
    """
    if east - west >= WIDEST_DEGREES:
        raise AreaLimitError(
            t(
                "{name} is {width} degrees wide; an area is less than {most} wide: cut it to China, between 73 and 136 "
                "degrees east",
                name=name, width=f"{east - west:.0f}", most=f"{WIDEST_DEGREES:.0f}",
            )
        )  # fmt: skip


def check_pairs(polygons: Any, name: str | Text) -> None:
    """See that it can be told in time whether outlines are valid: each edge is held against those beside it.

    Raises:
        AreaLimitError: too many edges of one outline run close beside each other.
    """
    if (shapely.get_num_coordinates(polygons).astype(float) ** 2).sum() / 2 <= MOST_PAIRS:
        return
    pairs = _pairs(*_edges_of(polygons), MOST_PAIRS)
    if pairs > MOST_PAIRS:
        raise AreaLimitError(
            t(
                "{name} has up to {count} pairs of lines close beside each other; at most {most} are compared: "
                "simplify the outline",
                name=name, count=f"{pairs:,.0f}", most=f"{MOST_PAIRS:,}",
            )
        )  # fmt: skip


def check_crossings(polygons: Any, name: str | Text) -> None:
    """See that outlines can be mended, or united with each other, in time.

    Raises:
        AreaLimitError: too many of their edges cross or lie upon each other.
    """
    edges, _ = _edges_of(polygons)
    _check_sample(_Boxes(edges), lambda one, others: int(_meet(edges[one], edges[others]).sum()), MOST_CROSSINGS, name)


def check_overlaps(polygons: Any, name: str | Text) -> None:
    """See that polygons can be united in time.

    Raises:
        AreaLimitError: too many of them may lie over each other.
    """
    _check_sample(_Boxes(shapely.bounds(polygons)), lambda _, others: len(others) - 1, MOST_OVERLAPS, name)


def check_work(area: Any, vertices: int, counties: int, name: str | Text) -> None:
    """See that an area can be cut by the counties that it may touch in time.

    Args:
        area: the valid polygon or multipolygon.
        vertices: its corners once long edges have some more.
        counties: those that it may touch.
        name: what messages call it.

    Raises:
        AreaLimitError: it has too many corners, or edges that run close beside each other, for so many counties.
    """
    if vertices * counties <= MOST_WORK:
        edges, _ = _edges_of([area])
        if len(edges) ** 2 * counties <= MOST_WORK:
            return
        vertices += int(2 * _pairs(edges, None, MOST_WORK / counties / 2))
    if vertices * counties > MOST_WORK:
        raise AreaLimitError(
            t(
                "{name} has {count} corners on its long edges over {counties} counties; at most {most} are worked "
                "with: simplify the outline, or ask for its parts",
                name=name, count=f"{vertices:,}", counties=f"{counties:,}", most=f"{MOST_WORK // counties:,}",
            )
        )  # fmt: skip


def _edges_of(polygons: Any) -> tuple[Floats, NDArray[np.intp]]:
    """Return the edges of all rings: longitude and latitude of the start, then of the end.

    Beside them where those of each polygon begin.
    """
    rings, polygon = shapely.get_rings(shapely.get_parts(polygons), return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    edges = np.hstack([corners[:-1], corners[1:]])
    kept = (ring[:-1] == ring[1:]) & (edges[:, :2] != edges[:, 2:]).any(axis=1)
    return np.asarray(edges[kept]), np.unique(polygon[ring[:-1][kept]], return_index=True)[1]


class _Boxes:
    """The boxes around edges or polygons: a few are held against all, which takes less than a tree of all."""

    def __init__(self, ends: Floats, begins: NDArray[np.intp] | None = None) -> None:
        """Take two opposite corners of each, and where groups begin, within which alone they are compared."""
        self.begins = np.array([0]) if begins is None else begins
        self.sides = [
            np.ascontiguousarray(which(ends[:, axis], ends[:, axis + 2]))
            for which in (np.minimum, np.maximum)
            for axis in (0, 1)
        ]
        self.sizes = self.sides[2] - self.sides[0] + self.sides[3] - self.sides[1]

    def met_by(self, number: int) -> NDArray[np.intp]:
        """Return the numbers of those that meet one, itself included."""
        group = int(np.searchsorted(self.begins, number, side="right"))
        first, end = self.begins[group - 1], self.begins[group] if group < len(self.begins) else None
        west, south, east, north = (one[number] for one in self.sides)
        wests, souths, easts, norths = (one[first:end] for one in self.sides)
        # One side after the other: few of half a million edges lie above or below one of them.
        column = np.flatnonzero((wests <= east) & (easts >= west))
        return np.asarray(first + column[(souths[column] <= north) & (norths[column] >= south)])


def _pairs(edges: Floats, begins: NDArray[np.intp] | None, most: float) -> float:
    """Return about how many pairs of edges, of one group each, are closer to each other than usual."""
    return _sampled(_Boxes(edges, begins), lambda _, others: max(len(others) - _USUAL, 0), most)


def _meet(edge: Floats, others: Floats) -> NDArray[np.bool_]:
    """Tell which edges cross an edge, end upon it or lie along it; not those that are the same or only follow it."""
    start, end, first, last = edge[:2], edge[2:], others[:, :2], others[:, 2:]
    sides = _side(start, end, first), _side(start, end, last), _side(first, last, start), _side(first, last, end)
    straight = (sides[0] == 0) & (sides[1] == 0)
    along = end - start
    ways = np.sort(np.column_stack([(first - start) @ along, (last - start) @ along]), axis=1)
    upon = straight & (np.minimum(ways[:, 1], along @ along) > np.maximum(ways[:, 0], 0))
    ends = [(one == two).all(axis=-1) for one in (first, last) for two in (start, end)]
    same = (ends[0] & ends[3]) | (ends[1] & ends[2])
    across = (sides[0] * sides[1] <= 0) & (sides[2] * sides[3] <= 0) & ~straight & ~np.logical_or.reduce(ends)
    return np.asarray((across | upon) & ~same)


def _side(start: Floats, end: Floats, point: Floats) -> Floats:
    """Return above 0 for points to the left of a line, 0 for those on it."""
    along, away = end - start, point - start
    return np.asarray(along[..., 0] * away[..., 1] - along[..., 1] * away[..., 0])


def _sampled(boxes: _Boxes, met: Callable[[int, NDArray[np.intp]], int], most: float) -> float:
    """Return about how many pairs meet, by the greater of two samples; above the limit no more is looked at."""
    count = len(boxes.sizes)
    even = np.unique(np.linspace(0, max(count - 1, 0), min(_SAMPLED, count)).astype(int))
    largest = np.argsort(-boxes.sizes)[:_SAMPLED]
    pairs = 0.0
    for some, stands_for in ((even, count / max(len(even), 1)), (largest, 1.0)):
        these = 0.0
        for one in some.tolist():
            these += met(one, boxes.met_by(one)) * stands_for / 2
            if these > most:
                return these
        pairs = max(pairs, these)
    return pairs


def _check_sample(boxes: _Boxes, met: Callable[[int, NDArray[np.intp]], int], most: int, name: str | Text) -> None:
    count = _sampled(boxes, met, most)
    if count > most:
        raise AreaLimitError(
            t(
                "{name} crosses or covers itself in up to {count} places; at most {most} are mended: draw one outline "
                "without crossing lines",
                name=name, count=f"{count:,.0f}", most=f"{most:,}",
            )
        )  # fmt: skip

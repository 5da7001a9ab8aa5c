"""Makes the cells of the place index: squares of degrees that shrink where boundaries are crowded.

A cell that no boundary touches lies in one county or in none. A cell that one straight edge alone touches is settled by
the side of that edge. Any other is split, and at the last level left to the exact test. An edge is taken to touch a
cell when it comes within ``_PAD`` degrees of the closed square: that may split a cell in vain, but never gives a cell
that a boundary touches to one county.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

BITS = (5, 8, 10, 12)
"""Cells of level k are 2**-BITS[k] degrees wide (3.5 km to 27 m), so that every cell edge is an exact number."""

OUTSIDE = -1
EXACT = -2
FIRST_EDGE = -3
"""A cell holds a row, ``OUTSIDE``, ``EXACT``, ``FIRST_EDGE - edge`` or, below all edges, ``first_block - block``."""

_PAD = 1e-9
_ROOT_BITS = 2
_EDGES_AT_ONCE = 4_000
_BLOCKS_AT_ONCE = 10_000
_POINTS_AT_ONCE = 100_000

RowsAt = Callable[[Floats, Floats], NDArray[np.intp]]


class Edges(NamedTuple):
    """The distinct straight edges of all polygons: ``ends`` (n, 4) ax, ay, bx, by, with (ay, ax) < (by, bx)."""

    ends: Floats
    left: NDArray[np.int16]
    right: NDArray[np.int16]


class Cells(NamedTuple):
    """The levels, and the frame: columns and rows of the first level and the index of its south-west cell."""

    levels: tuple[Ints, ...]
    frame: tuple[int, int, int, int]


def edges_of(polygons: NDArray[Any]) -> Edges:
    """Return the distinct edges with the row of the polygon on either side, −1 where there is none."""
    parts, rows = shapely.get_parts(shapely.orient_polygons(polygons), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = (ring[1:] == ring[:-1]) & (points[1:] != points[:-1]).any(axis=1)
    a, b, owner = points[:-1][same], points[1:][same], rows[part[ring[:-1][same]]]
    turned = (a[:, 1] > b[:, 1]) | ((a[:, 1] == b[:, 1]) & (a[:, 0] > b[:, 0]))
    a[turned], b[turned] = b[turned], a[turned]
    ends = np.hstack([a, b])
    order = np.lexsort(ends.T)
    ends, owner, turned = ends[order], owner[order], turned[order]
    new = np.ones(len(ends), bool)
    new[1:] = (ends[1:] != ends[:-1]).any(axis=1)
    edge = np.cumsum(new) - 1
    left, right = np.full((2, int(new.sum())), OUTSIDE, np.int16)
    # Polygons lie to the left of their rings, so to the right of an edge that was turned.
    left[edge[~turned]] = owner[~turned]
    right[edge[turned]] = owner[turned]
    return Edges(ends[new], left, right)


def build(polygons: NDArray[Any], edges: Edges, rows_at: RowsAt) -> Cells:
    """Return the cells for polygons.

    Args:
        polygons: in the order of their rows.
        edges: ``edges_of(polygons)``.
        rows_at: the exact test, −1 for none; asked about points that no boundary is near.
    """
    # With overlaps or edges that do not match, what lies beside an edge may differ along it: the exact test decides.
    sided = bool(shapely.coverage_is_valid(polygons))
    west, south, east, north = shapely.total_bounds(polygons)
    # A margin all around: what lies beyond the frame is moved to its rim, and the rim is outside.
    columns, rows = (np.floor([west, south]) - 1).astype(int), (np.floor([east, north]) + 2).astype(int)
    wide, high = (int(n) << _ROOT_BITS for n in rows - columns)
    frame = (wide << (BITS[0] - _ROOT_BITS), high << (BITS[0] - _ROOT_BITS), int(columns[0]), int(columns[1]))
    # The first level is made like the others, as if each of larger cells were to be split, and laid out flat then.
    open_keys = np.arange(wide * high, dtype=np.int64)
    origin, bits, levels = columns << _ROOT_BITS, _ROOT_BITS, []
    for level, finer in enumerate(BITS):
        size = 1 << (finer - bits)
        values = np.full(len(open_keys) * size * size, EXACT, np.int32)
        slots, found = _touched(edges, open_keys, origin, wide, bits, finer)
        first = np.flatnonzero(np.diff(slots, prepend=-1))
        alone = np.diff(first, append=len(slots)) == 1 if sided else np.zeros(len(first), bool)
        values[slots[first[alone]]] = FIRST_EDGE - found[first[alone]]
        split = slots[first[~alone]]
        keys = _keys(split, open_keys, wide, size)
        split, keys = split[np.argsort(keys)], np.sort(keys)
        if level < len(BITS) - 1:
            values[split] = first_block(edges) - np.arange(len(split))
        touched = np.zeros(len(values), bool)
        touched[slots] = True
        _fill(values, touched, open_keys, origin, wide, size, 2.0**-finer, rows_at)
        levels.append(values)
        open_keys, wide, origin, bits = keys, wide * size, origin * size, finer
    size = 1 << (BITS[0] - _ROOT_BITS)
    tiles = levels[0].reshape(frame[1] // size, frame[0] // size, size, size)
    levels[0] = np.ascontiguousarray(tiles.transpose(0, 2, 1, 3)).reshape(-1)
    return Cells(tuple(levels), frame)


def first_block(edges: Edges) -> int:
    """Return the value of a cell that is split into the block 0 of the next level."""
    return FIRST_EDGE - len(edges.ends)


def _keys(slots: Longs, open_keys: Longs, wide: int, size: int) -> Longs:
    """Return row · width + column of slots in the blocks of open cells, in the numbering of the finer level."""
    block, place = np.divmod(slots, size * size)
    row, column = np.divmod(open_keys[block], wide)
    keys: Longs = (row * size + place // size) * (wide * size) + column * size + place % size
    return keys


def _touched(
    edges: Edges, open_keys: Longs, origin: NDArray[np.int_], wide: int, bits: int, finer: int
) -> tuple[Longs, Ints]:
    """Return, for the cells within the open ones, slot and edge of every touch, by growing slot.

    ``open_keys`` (sorted row · wide + column from ``origin``) are cells of 2**-bits degrees, split to 2**-finer.
    """
    shift = finer - bits
    size, last = 1 << shift, len(open_keys) - 1
    kept_slots, kept_edges = [], []
    for start in range(0, len(edges.ends), _EDGES_AT_ONCE):
        column, row, edge = crossed(edges.ends[start : start + _EDGES_AT_ONCE], 1 << finer, _PAD, _PAD)
        key = ((row >> shift) - origin[1]) * wide + ((column >> shift) - origin[0])
        block = np.minimum(np.searchsorted(open_keys, key), last)
        kept = open_keys[block] == key
        slot = (block * size + (row & (size - 1))) * size + (column & (size - 1))
        kept_slots.append(slot[kept])
        kept_edges.append((edge[kept] + start).astype(np.int32))
    slots = np.concatenate(kept_slots)
    order = np.argsort(slots, kind="stable")
    return slots[order], np.concatenate(kept_edges)[order]


def crossed(ends: Floats, scale: int, east: Floats | float, north: float) -> tuple[Longs, Longs, Longs]:
    """Return (column, row, edge) of all cells of 1 / scale degrees that edges come near to.

    Args:
        ends: as in ``Edges``.
        scale: cells per degree.
        east: how near, in degrees of longitude; one for all or one for each edge.
        north: how near, in degrees of latitude.
    """
    low = np.floor((ends[:, 1] - north) * scale).astype(np.int64)
    edge, row = spread(low, np.floor((ends[:, 3] + north) * scale).astype(np.int64))
    ax, ay, bx, by = ends[edge].T
    with np.errstate(divide="ignore", invalid="ignore"):
        enters = np.where(ay == by, 0.0, np.clip((row / scale - north - ay) / (by - ay), 0, 1))
        leaves = np.where(ay == by, 1.0, np.clip(((row + 1) / scale + north - ay) / (by - ay), 0, 1))
    x, other = ax + enters * (bx - ax), ax + leaves * (bx - ax)
    aside = np.broadcast_to(east, len(ends))[edge]
    west = np.floor((np.minimum(x, other) - aside) * scale).astype(np.int64)
    piece, column = spread(west, np.floor((np.maximum(x, other) + aside) * scale).astype(np.int64))
    return column, row[piece], edge[piece]


def spread(low: NDArray[Any], high: NDArray[Any]) -> tuple[Longs, Longs]:
    """Return (index, value) for every whole value from low to high of every index."""
    count = high - low + 1
    index = np.repeat(np.arange(len(low)), count)
    return index, np.arange(len(index)) - np.repeat(np.cumsum(count) - count - low, count)


def _fill(
    values: Ints,
    touched: NDArray[np.bool_],
    open_keys: Longs,
    origin: NDArray[np.int_],
    wide: int,
    size: int,
    width: float,
    rows_at: RowsAt,
) -> None:
    """Give the untouched cells their rows: one exact test per connected patch of them in a block."""
    area = size * size
    for start in range(0, len(open_keys), _BLOCKS_AT_ONCE):
        keys = open_keys[start : start + _BLOCKS_AT_ONCE]
        span = slice(start * area, (start + len(keys)) * area)
        patches = _patches(touched[span].reshape(-1, size, size))
        block, place = np.nonzero(patches == np.arange(area))
        row, column = np.divmod(keys[block], wide)
        x = ((column + origin[0]) * size + place % size + 0.5) * width
        y = ((row + origin[1]) * size + place // size + 0.5) * width
        answers = np.full((len(keys), area), OUTSIDE, np.int32)
        for some in range(0, len(x), _POINTS_AT_ONCE):
            part = slice(some, some + _POINTS_AT_ONCE)
            answers[block[part], place[part]] = rows_at(x[part], y[part])
        free = ~touched[span].reshape(-1, area)
        rows = np.take_along_axis(answers, np.where(free, patches, 0).astype(np.intp), axis=1)
        values[span].reshape(-1, area)[free] = rows[free]


def _patches(touched: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return for (n, size, size) cells the lowest place of the patch of untouched cells, 255 for touched ones."""
    n, size, _ = touched.shape
    found = np.where(touched, np.uint8(255), np.arange(size * size, dtype=np.uint8).reshape(size, size))
    while True:
        spread = found.copy()
        np.minimum(spread[:, 1:], found[:, :-1], out=spread[:, 1:])
        np.minimum(spread[:, :-1], found[:, 1:], out=spread[:, :-1])
        np.minimum(spread[:, :, 1:], found[:, :, :-1], out=spread[:, :, 1:])
        np.minimum(spread[:, :, :-1], found[:, :, 1:], out=spread[:, :, :-1])
        spread[touched] = 255
        if np.array_equal(spread, found):
            return found.reshape(n, size * size)
        found = spread

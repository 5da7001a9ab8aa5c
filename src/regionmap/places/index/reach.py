"""From many points to all other counties within reach, and how far they are: ``counties_by_distance`` for a million.

Cells of degrees list the edges that may be within reach of points in them: most points lie in cells without any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regionmap.places import plane
from regionmap.places.coordinates import UNCERTAINTY_M
from regionmap.places.index import grid_build
from regionmap.places.index.grid_build import Edges
from regionmap.places.index.kept import Arrays, kept

if TYPE_CHECKING:
    from regionmap.places.index.locator import Locator

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Pairs = tuple[Ints, Ints, Floats]

REACH_M = UNCERTAINTY_M
_BITS = 6
_POINTS_AT_ONCE = 1 << 16
_EDGES_AT_ONCE = 20_000
_EDGE_BITS = 32
_BITS_SET = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(axis=1, dtype=np.int32)
# Nearer than this is on the edge: what is left of rounding.
_ON_EDGE_M = 1e-6


class CountyReach:
    """The edges of all counties by cells of degrees: ``near`` tells which counties a million points are close to.

    The polygons must neither overlap nor leave the shared parts of their boundaries unmatched.
    """

    def __init__(self, edges: Edges, reach_m: float = REACH_M, lists: Arrays | None = None) -> None:
        """Prepare for distances up to ``reach_m``, at most ``plane.SHORT_M``; ``lists`` are kept from before."""
        if not 0 < reach_m <= plane.SHORT_M:
            raise ValueError(f"a reach of {reach_m:g} m: up to {plane.SHORT_M:g} m is possible")
        self.reach_m = reach_m
        # One array for each coordinate: edges are taken from them by the hundred thousand.
        self._start = np.ascontiguousarray(edges.ends[:, :2].T)
        self._along = np.ascontiguousarray((edges.ends[:, 2:] - edges.ends[:, :2]).T)
        self._beside = np.stack([edges.left, edges.right])
        lists = lists if lists is not None else _lists(edges, reach_m)
        self._frame = tuple(int(one) for one in lists["frame"])
        self._edges, self._first = lists["edges"], lists["first"]
        reached = np.zeros(self._frame[0] * self._frame[1], bool)
        reached[lists["cells"]] = True
        self._reached = np.packbits(reached)  # a table of lists by cell would be 30 times as large
        # How many cells are reached before the first one of each byte: with the bits of the byte, the number of a list.
        self._before = np.concatenate([[0], np.cumsum(_BITS_SET[self._reached])]).astype(np.int32)

    @classmethod
    def kept(cls, edges: Edges, digest: bytes) -> CountyReach:
        """Return the reach of edges, by the digest of the boundaries; its lists are kept in the cache folder."""
        modules = (__file__, grid_build.__file__, plane.__file__)
        return cls(edges, REACH_M, kept("reach", (digest,), modules, 2, lambda: _lists(edges, REACH_M)))

    @classmethod
    def load(cls, locator: Locator, reach_m: float = REACH_M) -> CountyReach:
        """Prepare the counties of a locator, whose indices into ``codes`` are the rows."""
        polygons = np.array([locator.geometry(code) for code in locator.codes], dtype=object)
        return cls(grid_build.edges_of(polygons), reach_m)

    @property
    def nbytes(self) -> int:
        """The size in memory, in bytes."""
        arrays = (
            self._start, self._along, self._beside, self._edges, self._first, self._reached, self._before,
        )  # fmt: skip
        return sum(array.nbytes for array in arrays)

    def near(self, lon: ArrayLike, lat: ArrayLike, rows: ArrayLike, limit_m: float | None = None) -> Pairs:
        """Return all pairs (index of a point, row of another county, metres) of points and counties within reach.

        Metres are geodesic, from the point to the nearest point of the county, to about a millimetre; 0 on its edge.
        Each pair comes once, sorted by point, then row.

        Args:
            lon: WGS-84 degrees, shape (n,).
            lat: WGS-84 degrees, shape (n,).
            rows: the row of the county that holds each point, as ``CountyGrid.rows`` gives it; −1 has no pairs.
            limit_m: at most ``reach_m``, which it is by default.
        """
        limit = self.reach_m if limit_m is None else limit_m
        if limit > self.reach_m:
            raise ValueError(f"a limit of {limit:g} m is beyond the reach prepared, {self.reach_m:g} m")
        x, y, own = np.asarray(lon, np.float64), np.asarray(lat, np.float64), np.asarray(rows)
        pairs = [
            self._pairs(start, x[part], y[part], own[part], limit)
            for start in range(0, len(x), _POINTS_AT_ONCE)
            for part in [slice(start, start + _POINTS_AT_ONCE)]
        ]
        if not pairs:
            return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0)
        points, others, metres = (np.concatenate(each) for each in zip(*pairs, strict=True))
        return points, others, metres

    def _pairs(self, before: int, x: Floats, y: Floats, own: NDArray[np.signedinteger], limit: float) -> Pairs:
        near, which, edges = self._candidates(x, y, own)
        scale = np.array(plane.metres_per_degree(y[near])).take(which, axis=1)  # a point has several edges
        away, along = self._start.take(edges, axis=1), self._along.take(edges, axis=1)
        away -= np.stack([x[near], y[near]]).take(which, axis=1)
        foot = plane.nearest_shares(away * scale, along * scale) * along
        foot += away
        # The plane errs by less than a thousandth so near, up to 70° of latitude.
        close = np.flatnonzero(np.hypot(*(foot * scale)) <= limit * 1.001)
        points, edges, foot = near[which[close]], edges[close], foot[:, close]
        metres = plane.short_m(y[points], *foot)
        kept = metres <= limit
        points, edges, metres = points[kept], edges[kept], metres[kept]
        metres[metres < _ON_EDGE_M] = 0.0
        other = self._beside.take(edges, axis=1).T.ravel().astype(np.intp)
        point, metres = points.repeat(2), metres.repeat(2)
        wanted = (other >= 0) & (other != own[point])
        point, other, metres = point[wanted], other[wanted], metres[wanted]
        order = np.lexsort([metres, other, point])
        point, other, metres = point[order], other[order], metres[order]
        least = np.ones(len(point), bool)
        least[1:] = (point[1:] != point[:-1]) | (other[1:] != other[:-1])
        return before + point[least], other[least], metres[least]

    def _candidates(self, x: Floats, y: Floats, own: NDArray[np.signedinteger]) -> tuple[Ints, Ints, Ints]:
        """Return points, and (place among these, edge) where an edge of another county may be within reach."""
        wide, high, west, south = self._frame
        scale = 1 << _BITS
        points = np.flatnonzero(own >= 0)
        column = np.floor(x[points] * scale) - west
        row = np.floor(y[points] * scale) - south
        # What is no number lies nowhere.
        framed = (column >= 0) & (column < wide) & (row >= 0) & (row < high)
        cells = (row[framed] * wide + column[framed]).astype(np.int32)
        bits = self._reached[cells >> 3] >> (7 - (cells & 7))
        reached = np.flatnonzero(bits & 1)
        points, bits = points[framed][reached], bits[reached]
        lists = self._before[cells[reached] >> 3] + _BITS_SET[bits] - 1
        which, place = grid_build.spread(self._first[lists], self._first[lists + 1] - 1)
        edges = self._edges[place].astype(np.intp)
        mine = own[points].take(which)
        foreign = np.zeros(len(which), bool)
        for beside in (side.take(edges) for side in self._beside):
            foreign |= (beside != mine) & (beside >= 0)
        return points, which[foreign], edges[foreign]


def _lists(edges: Edges, reach_m: float) -> Arrays:
    """Return the cells that edges reach, the edges by cell, the first place of each cell's, and the frame."""
    keys, frame = _listed(edges.ends, reach_m)
    cells = keys >> _EDGE_BITS
    new = np.flatnonzero(np.diff(cells, prepend=-1))
    first = np.append(new, len(keys)).astype(np.int32)
    low_half = keys.astype(np.int32)
    return {"edges": low_half, "first": first, "cells": cells[new].astype(np.int32), "frame": np.array(frame)}


def _listed(ends: Floats, reach_m: float) -> tuple[NDArray[np.int64], tuple[int, int, int, int]]:
    """Return cell << 32 | edge, sorted, for all cells within reach of edges, and their frame.

    The frame is columns, rows and the indices of the south-west cell; cells count through it row by row.
    """
    # A little more than enough: a sphere of the least radius shortens every distance.
    angle = 1.001 * reach_m / plane.LEAST_RADIUS_M
    north = np.degrees(angle)
    highest = np.radians(np.abs(ends[:, 1::2]).max(axis=1) + north)
    east = np.degrees(np.arcsin(np.sin(angle) / np.cos(highest)))
    scale = 1 << _BITS
    low = np.floor((ends.reshape(-1, 2).min(axis=0) - np.array([east.max(), north])) * scale).astype(int)
    high = np.floor((ends.reshape(-1, 2).max(axis=0) + np.array([east.max(), north])) * scale).astype(int)
    (wide, tall), (west_end, south_end) = (high - low + 1).tolist(), low.tolist()
    kept = []
    for first in range(0, len(ends), _EDGES_AT_ONCE):
        part = slice(first, first + _EDGES_AT_ONCE)
        column, row, edge = grid_build.crossed(ends[part], scale, east[part], north)
        kept.append(((row - south_end) * wide + column - west_end) << _EDGE_BITS | edge + first)
    return np.sort(np.concatenate(kept)), (wide, tall, west_end, south_end)

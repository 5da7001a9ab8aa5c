"""From a million points to the nearest other province: for each cell of degrees, the few edges that may be nearest.

What ``LineDistances`` finds by a tree for each point is found here once for each cell, in which a handful of edges are
left; these lists are kept in the user's cache folder. The answers are those of ``LineDistances``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from regionmap.places import plane
from regionmap.places.index import grid_build, line_distance
from regionmap.places.index.grid import CountyGrid
from regionmap.places.index.kept import Arrays, kept
from regionmap.places.index.line_distance import LineDistances, most_projected, projected, province_numbers, to_pieces_m

if TYPE_CHECKING:
    from regionmap.places.index.locator import Locator

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Ints = NDArray[np.intp]

_BITS = 5
"""Cells are 1/32° wide, as the widest of the grid: some 3 km, in which ten edges or so may be nearest."""
_WIDTH = 2.0**-_BITS
_WIDE, _HIGH = 360 << _BITS, 180 << _BITS
_PAD = 1e-9
_POINTS_AT_ONCE = 1 << 12
# The greatest radius of curvature of the ellipsoid is less than so many semi-major axes.
_LARGEST = 1.0034
_KEPT = 4


class LineCells:
    """The edges that may be nearest to points, by the points' province and cell."""

    def __init__(self, arrays: Arrays, reach_m: float) -> None:
        """Use lists that were made for distances up to ``reach_m``; see ``load``."""
        self.reach_m = reach_m
        self._keys, self._first, self._listed = arrays["keys"], arrays["first"], arrays["listed"]
        self._pieces = arrays["pieces"]
        start = projected(*self._pieces[:, :2].T).T
        along = projected(*self._pieces[:, 2:].T).T - start
        self._lines = (*start.copy(), *along.copy(), 1 / (along * along).sum(axis=0))
        # Most points lie in cells that no list is for: a bit for each cell tells them before they are looked for.
        row, column = np.divmod(self._keys % (_HIGH * _WIDE), _WIDE)
        west, south = int(column.min(initial=_WIDE)), int(row.min(initial=_HIGH))
        east, north = int(column.max(initial=west)) + 1, int(row.max(initial=south)) + 1
        self._frame = west, south, east
        listed = np.zeros((north - south) * (east - west), bool)
        listed[(row - south) * (east - west) + column - west] = True
        self._listed_cells, self._cell_count = np.packbits(listed), len(listed)

    @classmethod
    def load(cls, locator: Locator, grid: CountyGrid, reach_m: float) -> LineCells:
        """Return the kept lists for these counties, or make them, in some seconds, and keep them."""
        modules = (__file__, line_distance.__file__, grid_build.__file__, plane.__file__)
        sources = (locator.digest(), f"{reach_m:g}".encode())
        return cls(kept("lines", sources, modules, _KEPT, lambda: _made(locator, grid, reach_m)), reach_m)

    def metres(self, lon: ArrayLike, lat: ArrayLike, province: ArrayLike) -> Floats:
        """Return the geodesic distance of points to the nearest other province; infinite beyond ``reach_m``.

        Args:
            lon: WGS-84 degrees, shape (n,).
            lat: WGS-84 degrees, shape (n,).
            province: the number of the province that each point lies in; 0 has no distance.
        """
        x, y, own = np.asarray(lon, np.float64), np.asarray(lat, np.float64), np.asarray(province)
        found = np.full(len(x), np.inf)
        points = np.flatnonzero(np.isfinite(x) & np.isfinite(y) & (own > 0))
        column, row = _cell(x[points], y[points])
        some = np.flatnonzero(self._has_lists(column, row))
        points = points[some]
        keys = _key(own[points], column[some], row[some])
        lists = np.searchsorted(self._keys, keys)
        listed = lists < len(self._keys)
        listed[listed] = self._keys[lists[listed]] == keys[listed]
        points, lists = points[listed], lists[listed]
        for start in range(0, len(points), _POINTS_AT_ONCE):
            some = points[start : start + _POINTS_AT_ONCE]
            found[some] = self._measured(lists[start : start + _POINTS_AT_ONCE], x[some], y[some])
        found[found > self.reach_m] = np.inf
        return found

    def _has_lists(self, column: Longs, row: Longs) -> NDArray[np.bool_]:
        """Tell which cells there is a list for, of whatever province."""
        west, south, east = self._frame
        column, row = column + (_WIDE // 2 - west), row + (_HIGH // 2 - south)
        cells = row * (east - west) + column
        cells[(column < 0) | (column >= east - west) | (cells < 0) | (cells >= self._cell_count)] = -1
        found = (self._listed_cells[cells >> 3] >> (7 - (cells & 7)) & 1).astype(bool)
        return np.asarray(found & (cells >= 0))

    def _measured(self, lists: Longs, x: Floats, y: Floats) -> Floats:
        """Return distances that are right up to the reach; every list has an edge."""
        low = self._first[lists]
        count = self._first[lists + 1] - low
        which, place = grid_build.spread(low, low + count - 1)
        edges = self._listed[place].astype(np.intp)
        east, north = projected(x, y).T
        away = self._away_squared(east.repeat(count), north.repeat(count), edges)
        least = np.minimum.reduceat(away, np.cumsum(count) - count)
        near = least <= most_projected(np.abs(y), self.reach_m) ** 2
        at = np.flatnonzero(away == np.where(near, least, -1.0).repeat(count))
        at = at[np.diff(which[at], prepend=-1) > 0]  # the first of those that are equally near
        point = which[at]
        found = np.full(len(x), np.inf)
        found[point] = to_pieces_m(x[point], y[point], self._pieces[edges[at]])
        # What is nearest in truth is no farther than what was found, and so lies within this in the projection.
        around = np.full(len(x), -np.inf)
        around[point] = most_projected(np.abs(y[point]), found[point]) ** 2
        more = away <= around.repeat(count)
        more[at] = False
        again = np.flatnonzero(more)
        point = which[again]
        np.minimum.at(found, point, to_pieces_m(x[point], y[point], self._pieces[edges[again]]))
        return found

    def _away_squared(self, east: Floats, north: Floats, edges: Ints) -> Floats:
        """Return the squares of distances from points to edges in the projection, pair by pair."""
        # In place: to make an array of each step takes as long as to work it out.
        x, y, along_x, along_y, per_square = (one.take(edges) for one in self._lines)
        x -= east
        y -= north
        share = x * along_x
        share += y * along_y
        share *= per_square
        np.negative(share, out=share)
        np.maximum(share, 0.0, out=share)
        np.minimum(share, 1.0, out=share)
        along_x *= share
        along_y *= share
        x += along_x
        y += along_y
        x *= x
        y *= y
        x += y
        return np.asarray(x)


def _cell(lon: Floats, lat: Floats) -> tuple[Longs, Longs]:
    """Return columns and rows of the cells of points."""
    return np.floor(lon / _WIDTH).astype(np.int64), np.floor(lat / _WIDTH).astype(np.int64)


def _key(province: NDArray[Any], column: Longs, row: Longs) -> Longs:
    """Return a number for each province and cell."""
    return np.asarray((province.astype(np.int64) * _HIGH + row + _HIGH // 2) * _WIDE + column + _WIDE // 2)


def _made(locator: Locator, grid: CountyGrid, reach_m: float) -> Arrays:
    """Make the lists of all cells with points of a province within reach of another one."""
    lines = LineDistances.load(locator, grid.edges, reach_m)
    numbers = np.array([*province_numbers(locator.codes), 0])
    own, column, row = _cells(grid, numbers)
    keys, counts, edges, pieces, before = [], [], [], [], 0
    for number in np.unique(own).tolist():
        tree, its = lines.tree(number)
        here = own == number
        if not len(its):
            continue
        cells, found = _candidates(tree, column[here], row[here], reach_m)
        wanted, count = np.unique(cells, return_counts=True)
        keys.append(_key(own[here][wanted], column[here][wanted], row[here][wanted]))
        counts.append(count)
        edges.append(found + before)
        pieces.append(its)
        before += len(its)
    if not keys:
        nothing = np.empty(0, np.int64)
        return {"keys": nothing, "first": np.zeros(1, np.int64), "listed": nothing, "pieces": np.empty((0, 4))}
    # Most edges lie between two provinces and stand in the lists of both.
    distinct, back = np.unique(np.concatenate(pieces), axis=0, return_inverse=True)
    first = np.concatenate([[0], np.cumsum(np.concatenate(counts))])
    listed = back.ravel()[np.concatenate(edges)].astype(np.int32)
    return {"keys": np.concatenate(keys), "first": first, "listed": listed, "pieces": distinct}


def _cells(grid: CountyGrid, numbers: NDArray[Any]) -> tuple[Longs, Longs, Longs]:
    """Return province, column and row of all cells in which a point of the province may lie, sorted by these."""
    edges = grid.edges
    column, row, edge = grid_build.crossed(edges.ends, 1 << _BITS, _PAD, _PAD)
    wide, high, west, south = grid.cells.frame
    shift = grid_build.BITS[0] - _BITS
    rows, columns = (one.ravel() for one in np.mgrid[: high >> shift, : wide >> shift])
    rows, columns = rows + (south << _BITS), columns + (west << _BITS)
    # A cell that no edge crosses lies in the province of its middle.
    middle = grid.rows((columns + 0.5) * _WIDTH, (rows + 0.5) * _WIDTH)
    beside = np.concatenate([edges.left[edge], edges.right[edge], middle])
    own = numbers[beside]
    found = np.column_stack([own, np.concatenate([row, row, rows]), np.concatenate([column, column, columns])])
    province, row, column = np.unique(found[own > 0], axis=0).T
    return province, column, row


def _candidates(tree: shapely.STRtree, column: Longs, row: Longs, reach_m: float) -> tuple[Longs, Longs]:
    """Return (cell, edge), by cell, for all edges that may be nearest to a point of the cell, within reach."""
    lon, lat = (np.asarray((one + 0.5) * _WIDTH, np.float64) for one in (column, row))
    middle = projected(lon, lat)
    aside = np.float64(_WIDTH / 2)
    corners = np.array([projected(lon - aside, lat + one) for one in (-aside, aside)])  # and as far to the east
    half = np.hypot(*(corners - middle).transpose(2, 0, 1)).max(axis=0)
    highest = np.abs(lat) + _WIDTH / 2
    most = most_projected(highest, reach_m) + half
    shapes = shapely.points(middle)
    (cell, _), least = tree.query_nearest(
        shapes, max_distance=float(most.max()), all_matches=False, return_distance=True
    )
    near = least <= most[cell]
    cell, least = cell[near], least[near] + half[cell[near]]
    # For any point of the cell, the edge that is nearest in the projection is no farther than ``least`` there, nor
    # than ``metres`` on the ground; what is nearest on the ground lies within ``around`` of the point.
    lowest = np.maximum(highest[cell] - _WIDTH - 1.01 * np.degrees(least), 0)  # a radian of latitude is 1 % less there
    metres = (least + line_distance.BEND) * line_distance.SEMI_MAJOR_M * _LARGEST * np.cos(np.radians(lowest))
    around = most_projected(highest[cell], metres) + half[cell]
    which, edges = tree.query(shapes[cell], predicate="dwithin", distance=around)
    order = np.lexsort([edges, which])
    return cell[which[order]], edges[order]

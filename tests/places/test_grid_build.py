"""The parts of which the place index is made, by hand: edges, the cells that they come near to, patches of others."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely

from regionmap.places.index import grid_build
from regionmap.places.index.grid import CountyGrid
from regionmap.places.index.grid_build import BITS, EXACT, OUTSIDE, Edges, crossed, edges_of, first_block, spread
from tests.places.made import counties

FINEST = 2.0 ** -BITS[-1]


def listed(edges: Edges) -> dict[tuple[float, ...], tuple[int, int]]:
    """Each edge with the rows on its left and its right."""
    ends = [tuple(one) for one in edges.ends.tolist()]
    assert len(set(ends)) == len(ends)
    return dict(zip(ends, zip(edges.left.tolist(), edges.right.tolist(), strict=True), strict=True))


def test_each_edge_comes_once_with_what_lies_beside_it():
    """Two squares side by side: edges run upwards, level ones to the east, and what they share has both."""
    found = edges_of(np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]))
    assert listed(found) == {
        (0, 0, 0, 1): (-1, 0), (1, 0, 1, 1): (0, 1), (2, 0, 2, 1): (1, -1),
        (0, 0, 1, 0): (0, -1), (1, 0, 2, 0): (1, -1), (0, 1, 1, 1): (-1, 0), (1, 1, 2, 1): (-1, 1),
    }  # fmt: skip
    assert (found.ends[:, [1, 0]] <= found.ends[:, [3, 2]]).all()


def test_edges_of_holes_parts_and_corners_that_are_said_twice():
    hole = [(1, 1), (2, 3), (3, 1)]
    ring = [(0, 0), (4, 0), (4, 0), (4, 4), (0, 4)]
    polygons = [shapely.Polygon(ring, [hole]), shapely.MultiPolygon([shapely.Polygon(hole), shapely.box(5, 0, 6, 1)])]
    assert listed(edges_of(np.array(polygons))) == {
        (0, 0, 4, 0): (0, -1), (4, 0, 4, 4): (0, -1), (0, 4, 4, 4): (-1, 0), (0, 0, 0, 4): (-1, 0),
        (1, 1, 2, 3): (0, 1), (3, 1, 2, 3): (1, 0), (1, 1, 3, 1): (1, 0),
        (5, 0, 6, 0): (1, -1), (6, 0, 6, 1): (1, -1), (5, 1, 6, 1): (-1, 1), (5, 0, 5, 1): (-1, 1),
    }  # fmt: skip


def test_every_whole_number_between_two():
    index, value = spread(np.array([3, 7, -1]), np.array([5, 6, 0]))  # the second holds none
    assert index.tolist() == [0, 0, 0, 2, 2]
    assert value.tolist() == [3, 4, 5, -1, 0]


def cells(ends, scale=1, east=0.0, north=0.0):
    column, row, edge = crossed(np.array(ends, float), scale, east, north)
    found = list(zip(edge.tolist(), column.tolist(), row.tolist(), strict=True))
    assert len(set(found)) == len(found)
    return set(found)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ((0.5, 0.5, 2.5, 0.5), {(0, 0), (1, 0), (2, 0)}),
        ((0.5, 0.5, 0.5, 2.5), {(0, 0), (0, 1), (0, 2)}),
        ((2.5, 0.5, 0.5, 1.5), {(2, 0), (1, 0), (1, 1), (0, 1)}),  # to the west: it leaves the row 0 at x = 1.5
        ((0.25, 0.5, 2.75, 1.5), {(0, 0), (1, 0), (1, 1), (2, 1)}),
        ((0.1, 0.1, 0.9, 2.9), {(0, 0), (0, 1), (0, 2)}),
        ((-1.5, -0.5, 0.5, -0.5), {(-2, -1), (-1, -1), (0, -1)}),
    ],
)
def test_cells_that_an_edge_crosses(end, expected):
    assert {(column, row) for _, column, row in cells([end])} == expected


@pytest.mark.parametrize(
    ("east", "north", "expected"),
    [
        (0.45, 0.0, {(1, 1)}),
        (0.55, 0.0, {(0, 1), (1, 1), (2, 1)}),
        (0.0, 0.55, {(1, 0), (1, 1), (1, 2)}),
        (0.55, 0.45, {(0, 1), (1, 1), (2, 1)}),
    ],
)
def test_cells_that_an_edge_comes_near_to(east, north, expected):
    """A level edge of a hundredth in the middle of the cell (1, 1), and a steep one."""
    for end in ((1.495, 1.5, 1.505, 1.5), (1.5, 1.495, 1.5, 1.505)):
        assert {(column, row) for _, column, row in cells([end], 1, east, north)} == expected


def test_a_slanting_edge_comes_nearer_to_the_rows_beside_it():
    """Up 1 to 2: it reaches y = 1.3 at x = 2.1, and y = 0.7 at x = 0.9."""
    both = {(column, row) for column in range(3) for row in range(2)}
    assert {(column, row) for _, column, row in cells([(0.5, 0.5, 2.5, 1.5)], 1, 0.0, 0.3)} == both


def test_each_edge_has_a_nearness_of_its_own():
    ends = [(0.5, 0.5, 0.5, 0.6), (4.5, 0.5, 4.5, 0.6)]
    assert cells(ends, 1, np.array([0.0, 0.6])) == {(0, 0, 0), (1, 3, 0), (1, 4, 0), (1, 5, 0)}


def test_smaller_cells_of_a_slanting_edge_are_those_that_it_touches():
    """Up 1 to 3 in cells of an eighth."""
    end = (0.03, 0.02, 2.9, 0.98)
    line = shapely.LineString([end[:2], end[2:]])
    every = itertools.product(range(-1, 26), range(-1, 10))
    touched = {(0, x, y) for x, y in every if line.intersects(shapely.box(x / 8, y / 8, (x + 1) / 8, (y + 1) / 8))}
    assert cells([end], 8) == touched


def test_patches_between_edges():
    """Cells by rows; x is touched, and what only corners join is parted."""
    picture = ["..x.", "xx..", "..x.", ".xx."]
    touched = np.array([[[one == "x" for one in row] for row in picture], [[False] * 4] * 4, [[True] * 4] * 4])
    first, free, full = grid_build._patches(touched).tolist()
    assert first == [0, 0, 255, 3, 255, 255, 3, 3, 8, 8, 255, 3, 8, 255, 255, 3]
    assert free == [0] * 16
    assert full == [255] * 16


def test_patches_that_wind():
    """A way that goes up, down and back is one patch, however long."""
    pictures = [["....", "xxx.", "....", ".xxx"], [".x..", ".x.x", "...x", "xxxx"]]
    touched = np.array([[[one == "x" for one in row] for row in picture] for picture in pictures])
    wound, back = grid_build._patches(touched).tolist()
    assert wound == [0, 0, 0, 0, 255, 255, 255, 0, 0, 0, 0, 0, 0, 255, 255, 255]
    assert back == [0, 255, 0, 0, 0, 255, 0, 255, 0, 0, 0, 255, 255, 255, 255, 255]


# 1 and 2 touch; 3 is smaller than the finest cell but one; the long edge of 4 goes on to the east of all corners.
SHAPES = {
    "1": shapely.Polygon([(3.103, 0.107), (3.905, 0.111), (3.897, 0.803), (3.513, 0.611), (3.109, 0.801)]),
    "2": shapely.Polygon([(3.905, 0.111), (4.507, 0.207), (3.897, 0.803)]),
    "3": shapely.box(3.2031, 0.9031, 3.2033, 0.9033),
    "4": shapely.Polygon([(3.2, 1.2001), (3.5, 1.1003), (4.9, 1.1002)]),
}


class Counting:
    """A locator that keeps the points which it was asked about."""

    def __init__(self, polygons):
        self._locator = counties(polygons)
        self.codes, self.geometry, self.digest = self._locator.codes, self._locator.geometry, self._locator.digest
        self.asked = []

    def rows_at(self, lon, lat):
        self.asked.append(np.column_stack([lon, lat]))
        return self._locator.rows_at(lon, lat)


def spots():
    """Middles of finest cells: near corners, along edges, and all over the frame."""
    random = np.random.default_rng(7)
    rings = [shapely.get_coordinates(shape) for shape in SHAPES.values()]
    corners = np.concatenate(rings)
    near = [corners + random.normal(0, width, corners.shape) for width in np.repeat([1e-4, 3e-4, 1e-3, 0.01], 8)]
    for ring in rings:
        edge, share = random.integers(len(ring) - 1, size=100), random.random((100, 1))
        near.append(ring[edge] * share + ring[edge + 1] * (1 - share))
    points = np.concatenate([*near, random.uniform([2.6, -0.4], [5.1, 1.5], (600, 2))])
    return (np.floor(points / FINEST) + 0.5) * FINEST


def test_only_what_two_edges_come_near_to_is_left_to_the_exact_test(monkeypatch):
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    locator = Counting(SHAPES)
    index = CountyGrid.load(locator)
    points = spots()
    edges = shapely.linestrings(index.edges.ends.reshape(-1, 2, 2))
    around = shapely.box(*(points - FINEST / 2).T, *(points + FINEST / 2).T)
    met = shapely.intersects(around[:, None], edges).sum(axis=1)
    assert 20 < (met > 1).sum() < len(points) / 5
    assert (met == 1).sum() > 200
    locator.asked.clear()
    rows = index.rows(*points.T)
    assert np.array_equal(rows, locator.rows_at(*points.T))
    exact = {tuple(one) for some in locator.asked[:-1] for one in some.tolist()}
    assert exact == {tuple(one) for one in points[met > 1].tolist()}


def test_cells_are_asked_about_once_for_each_patch(monkeypatch):
    """The index is made with few exact tests: far fewer than there are cells, and none beside an edge."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    locator = Counting(SHAPES)
    index = CountyGrid.load(locator)
    asked = np.concatenate(locator.asked)
    settled = sum(((level >= OUTSIDE) & (level != EXACT)).sum() for level in index.cells.levels)
    assert 0 < len(asked) < settled / 10
    assert (
        shapely.distance(shapely.points(asked)[:, None], shapely.linestrings(index.edges.ends.reshape(-1, 2, 2))).min()
        > 0.9 * FINEST / 2
    )


def test_what_edges_that_do_not_match_lie_beside_is_left_to_the_exact_test(monkeypatch):
    """Beside the long edge of one square lie another square and nothing: no side of it has one answer."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    locator = Counting({"1": shapely.box(0, 0, 1, 1), "2": shapely.box(1, 0.25, 2, 0.5)})
    index = CountyGrid.load(locator)
    assert index.rows([1.00001] * 3, [0.1, 0.3, 0.7]).tolist() == [-1, 1, -1]
    assert not any(
        (level <= -3).any() and (level > first_block(index.edges)).all() for level in index.cells.levels[-1:]
    )


def test_the_frame_goes_a_degree_beyond_what_it_holds(monkeypatch):
    """Shapes lie between 3.103 and 4.9 east, 0.107 and 1.2001 north."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    index = CountyGrid.load(counties(SHAPES))
    assert index.cells.frame == (4 * 2 ** BITS[0], 4 * 2 ** BITS[0], 2, -1)
    assert index.rows([3.5, 5.9999, 6.5, -5.0, 3.5], [0.4, 0.4, 0.4, 0.4, -30.0]).tolist() == [0, -1, -1, -1, -1]


def test_every_cell_has_the_row_of_its_middle(monkeypatch):
    """All middles of cells of the second level, and of the finest ones around each corner."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    locator = counties(SHAPES)
    index = CountyGrid.load(locator)
    coarse = 2.0 ** -BITS[1]
    wide, high = np.arange(3.0 + coarse / 2, 5.0, coarse), np.arange(coarse / 2, 1.25, coarse)
    points = np.array(np.meshgrid(wide, high)).reshape(2, -1)
    assert np.array_equal(index.rows(*points), locator.rows_at(*points))
    corners = np.concatenate([shapely.get_coordinates(shape) for shape in SHAPES.values()])
    steps = np.array(np.meshgrid(np.arange(-9, 10), np.arange(-9, 10))).reshape(2, -1).T
    points = ((np.floor(corners / FINEST) + 0.5)[:, None] + steps).reshape(-1, 2).T * FINEST
    assert np.array_equal(index.rows(*points), locator.rows_at(*points))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_thin_wedges(monkeypatch, level):
    """Between their sides lie patches of one column, or one row, of cells: each has the row of its own middle."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    width = 2.0 ** -BITS[level]
    wide = 4.3 * width
    upright = shapely.Polygon([(3.101, 0.103), (3.101 + wide, 0.103), (3.101 + wide * 0.6, 0.103 + 160 * width)])
    lying = shapely.Polygon([(4.101, 0.103), (4.101, 0.103 + wide), (4.101 + 160 * width, 0.103 + wide * 0.6)])
    locator = counties({"1": upright, "2": lying})
    index = CountyGrid.load(locator)
    for west, count in ((3.101, (8, 170)), (4.101, (170, 8))):
        low = np.floor(np.array([west, 0.103]) / width) - 1.5
        points = (low + np.array(np.meshgrid(*map(np.arange, count))).reshape(2, -1).T) * width
        assert np.array_equal(index.rows(*points.T), locator.rows_at(*points.T))


def test_cells_are_the_same_however_many_are_made_at_once(monkeypatch):
    polygons = np.array(list(SHAPES.values()))
    edges, rows_at = edges_of(polygons), counties(SHAPES).rows_at
    at_once = grid_build.build(polygons, edges, rows_at)
    for name in ("_EDGES_AT_ONCE", "_BLOCKS_AT_ONCE", "_POINTS_AT_ONCE"):
        monkeypatch.setattr(grid_build, name, 3)
    few = grid_build.build(polygons, edges, rows_at)
    assert few.frame == at_once.frame
    assert all(np.array_equal(one, other) for one, other in zip(few.levels, at_once.levels, strict=True))

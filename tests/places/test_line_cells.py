"""Distances to other provinces in a small crooked country, by every edge there is: no index and no projection."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer

from regionmap.places.index import line_cells, line_distance
from regionmap.places.index.grid import CountyGrid
from regionmap.places.index.grid_build import edges_of
from regionmap.places.index.line_cells import LineCells
from regionmap.places.index.line_distance import ERROR_M, LineDistances, province_numbers, to_pieces_m
from tests.places.made import counties
from tests.places.truth import to_edges_m

GEOD = Geod(ellps="GRS80")
REACH_M = 12_000.0


def crooked(start, end, seed, corners=60):
    """Corners of a line between two places, which wanders up to 0.03° to either side and never back."""
    share = np.linspace(0, 1, corners)[:, None]
    along = np.array(end) - np.array(start)
    most = 0.03 * np.minimum(1, 4 * np.minimum(share, 1 - share))
    aside = np.random.default_rng(seed).uniform(-1, 1, (corners, 1)) * most
    return np.round(np.array(start) + share * along + aside * (np.abs(along) < np.abs(along).max()), 6).tolist()


# Two rows of provinces, 11 and 12 above 21 and 22, around (105.03, 38.02); two counties in 11, parted on a long edge;
# 23 on an island, and 71 between it and 22.
MIDDLE = (105.03, 38.02)
WEST, EAST = crooked((104.4, 38.0), MIDDLE, 1), crooked(MIDDLE, (105.7, 38.05), 2)
NORTH, SOUTH = crooked(MIDDLE, (105.0, 38.5), 3), crooked((105.1, 37.5), MIDDLE, 4)
PARTED = (104.72, 38.5), tuple(WEST[30])
COUNTRY = {
    "110001": [*WEST[:31], PARTED[0], (104.4, 38.5)],
    "110002": [*WEST[30:], *NORTH[1:], PARTED[0]],
    "120001": [*EAST, (105.7, 38.5), *NORTH[::-1]],
    "210001": [(104.4, 37.5), *SOUTH, *WEST[::-1]],
    "220001": [(105.7, 37.5), *EAST[::-1], *SOUTH[::-1]],
    "230001": [(105.74, 37.5), (105.8, 37.5), (105.8, 37.9)],
    "710001": [(105.701, 37.5), (105.739, 37.5), (105.75, 37.8), (105.72, 37.9)],
}
LOCATOR = counties({code: shapely.Polygon(ring) for code, ring in COUNTRY.items()})
NUMBERS = np.array(province_numbers(LOCATOR.codes))
EDGES = edges_of(np.array([LOCATOR.geometry(code) for code in LOCATOR.codes]))


def spots():
    """Points all over the country and close to its boundaries, with the provinces that hold them."""
    random = np.random.default_rng(5)
    every = random.uniform([104.4, 37.5], [105.8, 38.5], (1_500, 2))
    edge, share = random.integers(len(EDGES.ends), size=1_500), random.random((1_500, 1))
    close = EDGES.ends[edge, :2] * share + EDGES.ends[edge, 2:] * (1 - share)
    close = close + random.normal(0, 1, close.shape) * 10.0 ** random.uniform(-6, -1.5, (len(close), 1))
    corners = np.round(close[:500] * 16) / 16 + random.choice([-1e-7, 1e-7], (500, 2))  # of cells
    ends = [(105.7995, 37.89), (104.401, 38.001)]  # in the last cell of all, and in the west
    points = np.concatenate([every, close, corners, ends])
    rows = LOCATOR.rows_at(*points.T)
    return points[rows >= 0], NUMBERS[rows[rows >= 0]]


def by_every_edge(points, own):
    """The least distance to any edge of another province, each cut into pieces of a thousandth of a degree."""
    beside = np.array([*NUMBERS, 0])[np.column_stack([EDGES.left, EDGES.right])]
    found = np.full(len(points), math.inf)
    for number in np.unique(own[own > 0]):
        theirs = EDGES.ends[((beside > 0) & (beside != number)).any(axis=1)]
        here = np.flatnonzero(own == number)
        for edge in theirs:
            found[here] = np.minimum(
                found[here], to_pieces_m(points[here, 0], points[here, 1], np.tile(edge, (len(here), 1)))
            )
    found[found > REACH_M] = math.inf
    return found


POINTS, OWN = spots()
EXPECTED = by_every_edge(POINTS, OWN)


def test_the_points_are_of_every_kind():
    assert len(POINTS) > 2_500
    assert (OWN == 0).sum() > 20  # in 71, which does not count
    assert np.isfinite(EXPECTED).sum() > 1_000
    assert (np.isinf(EXPECTED) & (OWN > 0)).sum() > 300


@pytest.mark.parametrize("at_once", [1 << 14, 7])
def test_by_cells(monkeypatch, at_once):
    monkeypatch.setattr(line_cells, "_POINTS_AT_ONCE", at_once)
    some = slice(None, None, 1 if at_once > 7 else 11)
    found = LineCells.load(LOCATOR, CountyGrid.load(LOCATOR), REACH_M).metres(
        POINTS[some, 0], POINTS[some, 1], OWN[some]
    )
    assert found == pytest.approx(EXPECTED[some], abs=1e-6)


@pytest.mark.parametrize("at_once", [1 << 16, 7])
def test_by_trees(monkeypatch, at_once):
    monkeypatch.setattr(line_distance, "_POINTS_AT_ONCE", at_once)
    some = slice(None, None, 1 if at_once > 7 else 11)
    found = LineDistances(EDGES, NUMBERS.tolist(), REACH_M).metres(POINTS[some, 0], POINTS[some, 1], OWN[some])
    assert found == pytest.approx(EXPECTED[some], abs=1e-6)


def test_one_point_after_another():
    for (lon, lat), number, metres in zip(POINTS[::40].tolist(), OWN[::40], EXPECTED[::40], strict=True):
        if number:
            (code,) = LOCATOR.counties_at([lon], [lat])
            one = LOCATOR.other_province_m(lon, lat, code, REACH_M)
            assert (math.inf if one is None else one[0]) == pytest.approx(metres, abs=ERROR_M)


def test_lists_are_short():
    """A cell lists the few edges that may be nearest to a point of it, not all within reach."""
    made = LineCells.load(LOCATOR, CountyGrid.load(LOCATOR), REACH_M)
    assert made._first[[0, -1]].tolist() == [0, len(made._listed)]
    counts = np.diff(made._first)
    assert counts.min() > 0
    assert counts.mean() < len(EDGES.ends) / 8
    assert len(made._keys) < 3 * 16 * 16 * 1.5


def both_ways(country, reach_m, points, own):
    """Distances by cells and by trees."""
    locator = counties(country)
    grid = CountyGrid.load(locator)
    trees = LineDistances(grid.edges, province_numbers(locator.codes), reach_m)
    lon, lat = np.array(points).T
    return [one.metres(lon, lat, own).tolist() for one in (LineCells.load(locator, grid, reach_m), trees)]


def test_what_is_no_point_or_lies_in_no_province_has_no_distance():
    lon, lat = [math.nan, MIDDLE[0], math.inf, *[MIDDLE[0]] * 4], [MIDDLE[1], math.nan, *[MIDDLE[1]] * 5]
    cells, trees = LineCells.load(LOCATOR, CountyGrid.load(LOCATOR), REACH_M), LineDistances(EDGES, NUMBERS, REACH_M)
    for one in (cells, trees):
        found = one.metres(lon, lat, [11, 11, 11, 0, 99, 22, 11]).tolist()
        assert found == [math.inf] * 5 + [pytest.approx(0, abs=ERROR_M)] * 2


def test_provinces_that_lie_in_one_cell(monkeypatch):
    """The cell is the first and the last of all; 0.001 degrees are 87.8 m there, 38 degrees north."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    country = {
        "110001": shapely.box(110.001, 38.001, 110.01, 38.01),
        "120001": shapely.box(110.01, 38.001, 110.02, 38.01),
    }
    points = [(110.009, 38.005), (110.011, 38.005), (110.003, 38.005), (110.04, 38.005), (109.99, 38.005),
              (110.003, 38.04), (110.003, 37.99)]  # fmt: skip
    for found in both_ways(country, 12_000.0, points, [11, 12, 11, 0, 0, 0, 0]):
        assert found == pytest.approx([87.8, 87.8, 614.5, *[math.inf] * 4], abs=0.3)
    (found, _) = both_ways(country, 100.0, points, [11, 12, *[11] * 5])
    assert found == pytest.approx([87.8, 87.8, *[math.inf] * 5], abs=0.3)


def test_the_cell_after_the_last_one(monkeypatch):
    """Eight cells in one row, 1/4 degree, are one byte of the table: the next cell has none in it."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    country = {
        "110001": shapely.box(110.001, 38.001, 110.249, 38.01),
        "120001": shapely.box(110.001, 38.01, 110.249, 38.02),
    }
    locator = counties(country)
    made = LineCells.load(locator, CountyGrid.load(locator), 100.0)
    assert made._cell_count == 8
    assert made.metres([110.005, 110.005, 110.245], [38.04, 38.0095, 38.0095], [11, 11, 11]) == pytest.approx(
        [math.inf, 55.5, 55.5], abs=0.1
    )


def test_the_table_of_cells_is_as_large_as_the_country():
    """Of 1.5 by 1 degrees, in cells of 1/32 degree, and their neighbours within reach."""
    made = LineCells.load(LOCATOR, CountyGrid.load(LOCATOR), REACH_M)
    assert made._cell_count < 1.2 * (1.5 * 32) * (1.0 * 32) * 1.5


def test_a_country_of_one_province_has_no_lists(monkeypatch):
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    for found in both_ways({"110001": shapely.box(110, 38, 110.1, 38.1)}, 12_000.0, [(110.05, 38.05)], [11]):
        assert found == [math.inf]


@pytest.mark.parametrize("side", [-1, 1])
def test_long_edges_that_end_within_reach(monkeypatch, side):
    """Two edges of 80 km that begin far off, in the south, and end in one corner, 0.05 degrees (4.4 km) away."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    west, east = sorted((110.0, 110.0 - side * 0.02))
    corner, far = 110.0 + side * 0.05, 110.0 + side * 1.0
    country = {
        "110001": shapely.box(west, 38.0, east, 38.02),
        "120001": shapely.Polygon([(corner, 38.0), (far, 37.9), (far, 37.8)]),
    }
    expected = GEOD.inv(110.0, 38.001, corner, 38.0)[2]
    for found in both_ways(country, 12_000.0, [(110.0 - side * 1e-9, 38.001)], [11]):
        assert found == pytest.approx([expected], abs=ERROR_M)


def test_what_is_nearest_in_the_projection_need_not_be(monkeypatch):
    """A province of one strip: 10,005 m to the south, where the projection is smaller, and 10,000 m to the north."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    lat = 45.03
    north, south = (GEOD.fwd(110, lat, course, metres)[1] for course, metres in ((0, 10_000), (180, 10_005)))
    country = {
        "110001": shapely.box(109, south, 111, north),
        "120001": shapely.box(109, north, 111, north + 0.2),
        "130001": shapely.box(109, south - 0.2, 111, south),
    }
    for found in both_ways(country, 12_000.0, [(110, lat)], [11]):
        assert found == pytest.approx([10_000], abs=ERROR_M)
    nearest = [(np.hypot(*(line_distance.projected(np.array([110.0]), np.array([one])) - line_distance.projected(
        np.array([110.0]), np.array([lat]))).T), one) for one in (north, south)]  # fmt: skip
    assert min(nearest)[1] == south


def test_a_lone_corner_across_a_strait(monkeypatch):
    """0.13° of longitude, 11.4 km, from the one corner within reach, at which two edges end; a third far off."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    metres = GEOD.inv(110.0, 38.0, 110.13, 38.0)[2]
    country = {
        "110001": shapely.box(90, 38, 90.5, 38.5),
        "120001": shapely.box(109.5, 37.9, 110.001, 38.1),
        "130001": shapely.Polygon([(110.13, 38.0), (110.6, 38.4), (110.6, 37.6)]),
    }
    asked = [(110.0, 38.0), (90.2, 38.2), (110.2, 38.0)], [12, 11, 13]
    across = GEOD.inv(110.001, 38.0, 110.2, 38.0)[2]
    assert 11_000 < metres < 12_000 < across
    for found in both_ways(country, 12_000.0, *asked):
        assert found == [pytest.approx(metres, abs=ERROR_M), math.inf, math.inf]


@pytest.mark.parametrize("lat", [18.0, 38.0, 53.0])
def test_corners_of_cells_at_the_end_of_the_reach(monkeypatch, lat):
    """Where the reach is a hand longer than the way from the farthest corner of a cell, the corner has its distance."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    edge = [(110.0, lat - 0.31), (110.02, lat - 0.3)]
    country = {
        "110001": shapely.Polygon([(109.8, lat - 0.3), (109.8, lat + 0.4), (110.4, lat + 0.4), (110.4, lat - 0.3)]),
        "120001": shapely.Polygon([*edge, (110.01, lat - 0.4)]),
    }
    east, north = 110.0625, math.floor(lat * 16) / 16
    for corner in ((east - 1e-9, north - 1e-9), (109.9375 + 1e-9, north - 1e-9), (east - 1e-9, north + 0.1875 - 1e-9)):
        sides = np.array([[*edge[0], *edge[1]], [*edge[0], 110.01, lat - 0.4], [*edge[1], 110.01, lat - 0.4]])
        away = to_pieces_m(np.full(3, corner[0]), np.full(3, corner[1]), sides).min()
        for found in both_ways(country, away + 0.1, [corner], [11]):
            assert found == pytest.approx([away], abs=ERROR_M)
        for found in both_ways(country, away - 0.1, [corner], [11]):
            assert found == [math.inf]


def pointing(tip, course):
    """A slim triangle that ends in a corner; the rest of it lies on in a direction."""
    sides = (GEOD.fwd(*tip, course + turn, 2_000)[:2] for turn in (-10, 10))
    return shapely.Polygon([tip, *sides])


@pytest.mark.parametrize("metres", [6_000.0, 150_000.0])
@pytest.mark.parametrize("lat", [18.0, 38.0, 53.0])
@pytest.mark.parametrize(("east", "north"), [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)])
def test_what_is_nearest_to_one_end_of_a_cell_stands_in_its_list(monkeypatch, metres, lat, east, north):
    """One corner is nearest to the middle of the cell, and another, on the other side, by 5 cm to the end of it."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    width = 1 / 32
    middle = (110 + width / 2, lat + width / 2)
    end = middle[0] + east * (width / 2 - 1e-9), middle[1] + north * (width / 2 - 1e-9)
    course = GEOD.inv(*middle, *end)[0]
    near_middle = GEOD.fwd(*middle, course + 180, metres)[:2]
    expected = GEOD.inv(*end, *near_middle)[2] - 0.05
    near_end = GEOD.fwd(*end, course, expected)[:2]
    country = {
        "110001": shapely.box(*(one - 0.7 * width for one in middle), *(one + 0.7 * width for one in middle)),
        "120001": pointing(near_middle, course + 180),
        "130001": pointing(near_end, course),
    }
    for found in both_ways(country, expected + 0.5, [end], [11]):
        assert found == pytest.approx([expected], abs=ERROR_M)


@pytest.mark.parametrize("lat", [18.0, 38.0, 53.0])
@pytest.mark.parametrize("metres", [1.0, 900.0, 15_000.0, 45_000.0, 180_000.0])
def test_a_point_and_an_edge(lat, metres):
    """From a point to edges in four directions, against the least of many points on each."""
    random = np.random.default_rng(6)
    for course in (10, 100, 190, 280):
        lon2, lat2, _ = GEOD.fwd(110.0, lat, course, metres)
        ends = np.array([lon2, lat2, lon2, lat2]) + random.uniform(-0.04, 0.04, 4)
        (found,) = to_pieces_m(np.array([110.0]), np.array([lat]), ends[None])
        share = np.linspace(0, 1, 40_001)[:, None]
        along = ends[:2] * (1 - share) + ends[2:] * share
        least = GEOD.inv(np.full(len(along), 110.0), np.full(len(along), lat), *along.T)[2].min()
        assert found == pytest.approx(least, abs=ERROR_M + 0.1 * (least < 10))


@pytest.mark.parametrize("metres", [900.0, 15_000.0, 45_000.0, 180_000.0])
def test_the_foot_of_an_edge_that_lies_across(metres):
    """Edges square to the way, of which a third and two thirds lie to either side: the way is the distance."""
    for course in (0, 50, 90, 140, 180, 270):
        lon, lat, back = GEOD.fwd(110.0, 40.0, course, metres)
        ends = [*GEOD.fwd(lon, lat, back + 90, 800)[:2], *GEOD.fwd(lon, lat, back - 90, 1_600)[:2]]
        (found,) = to_pieces_m(np.array([110.0]), np.array([40.0]), np.array([ends]))
        assert found == pytest.approx(metres, abs=ERROR_M + 0.1)  # the edge is no geodesic, but straight in degrees


def test_thousands_of_points_and_edges_at_all_distances():
    dice = np.random.default_rng(5)
    count = 8_000
    lat, course, turn = dice.uniform(18, 54, count), *dice.uniform(0, 2 * np.pi, (2, count))
    lon = dice.uniform(75, 134, count)
    away = np.where(dice.random(count) < 0.6, dice.uniform(0.001, 0.2, count), dice.uniform(0.2, 2.2, count))
    start = np.column_stack([lon + away * np.cos(course) / np.cos(np.radians(lat)), lat + away * np.sin(course)])
    along = dice.uniform(1e-4, 0.05, count)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    expected = to_edges_m(lon, lat, start, along)
    found = to_pieces_m(lon, lat, np.hstack([start, start + along]))
    assert np.abs(found - expected).max() < ERROR_M


def test_the_projection_is_that_of_mercator():
    lat = np.array([0.0, 18.0, 38.0, 53.0])
    by_proj = np.column_stack(Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True).transform(lat + 100, lat))
    assert line_distance.projected(lat + 100, lat) == pytest.approx(by_proj / line_distance.SEMI_MAJOR_M, abs=1e-8)


@pytest.mark.parametrize("lat", [3.0, 38.0, 53.0])
def test_ways_in_the_projection_are_bounded(lat):
    here = line_distance.projected(np.array([110.0]), np.array([lat]))
    for metres in (10.0, 12_000.0, 200_000.0):
        bound = line_distance.most_projected(lat, metres)
        for course in range(0, 360, 30):
            lon2, lat2, _ = GEOD.fwd(110.0, lat, course, metres)
            assert np.hypot(*(line_distance.projected(np.array([lon2]), np.array([lat2])) - here).T)[0] < bound
    assert line_distance.most_projected(lat, 0.0) == line_distance.BEND


def test_a_province_far_to_the_east(monkeypatch):
    """2.77° of longitude at 50° N, which is 199 km: two degrees at the equator would be more."""
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    country = {
        "110001": shapely.box(109.8, 49.8, 110, 50),
        "120001": shapely.box(112.77, 49.9, 112.9, 50.1),
    }
    up = np.linspace(49.9, 50.1, 201)
    metres = GEOD.inv(np.full(201, 110.0), np.full(201, 49.999), np.full(201, 112.77), up)[2].min()
    assert 198_000 < metres < 199_000
    for found in both_ways(country, 199_500.0, [(109.99999, 49.999)], [11]):
        assert found == pytest.approx([metres], abs=5)


def test_edges_are_cut_into_equal_pieces():
    """Of at most 0.05° either way: three, two and four of them."""
    pieces = line_distance._cut(np.array([[100, 30, 100.12, 30.03], [100, 30, 99.94, 30], [100, 30, 100, 29.84]]))
    assert pieces.round(9).tolist() == [
        [100, 30, 100.04, 30.01], [100.04, 30.01, 100.08, 30.02], [100.08, 30.02, 100.12, 30.03],
        [100, 30, 99.97, 30], [99.97, 30, 99.94, 30],
        [100, 30, 100, 29.96], [100, 29.96, 100, 29.92], [100, 29.92, 100, 29.88], [100, 29.88, 100, 29.84],
    ]  # fmt: skip
    assert line_distance._cut(np.array([[100, 30, 100.04, 30]])).tolist() == [[100, 30, 100.04, 30]]
    assert line_distance._cut(np.empty((0, 4))).shape == (0, 4)

"""All counties within reach of many points, held against what is measured for one point after another."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from regionmap.places.geodesy import distance_m
from regionmap.places.index.grid_build import edges_of
from regionmap.places.index.locator import Locator
from regionmap.places.index.reach import CountyReach
from regionmap.places.plane import SHORT_M
from tests.places.made import counties

LOCATOR = Locator.load()
REACH = CountyReach.load(LOCATOR)
ROWS = {code: row for row, code in enumerate(LOCATOR.codes)}
RINGS = shapely.get_rings(shapely.get_parts([LOCATOR.geometry(code) for code in LOCATOR.codes]))
CORNERS, RING = shapely.get_coordinates(RINGS, return_index=True)
EDGES = np.flatnonzero(RING[:-1] == RING[1:])
SLACK_M = 0.02


def pairs_of(reach: CountyReach, locator: Locator, points, limit_m=None):
    """The pairs as {(point, code): metres}, and in order."""
    lon, lat = np.asarray(points, float).T
    found = reach.near(lon, lat, locator.rows_at(lon, lat), limit_m)
    listed = [(point, locator.codes[row]) for point, row in zip(*(each.tolist() for each in found[:2]), strict=True)]
    assert listed == sorted(set(listed))
    return dict(zip(listed, found[2].tolist(), strict=True))


def one_by_one(locator: Locator, points, limit_m):
    """The same by the polygons around each point, all corners on the ellipsoid."""
    expected = {}
    for at, (lon, lat) in enumerate(points):
        own = locator.rows_at(np.array([lon]), np.array([lat]))[0]
        if own < 0:
            continue
        for code in locator.counties_in_box(lon - 0.05, lat - 0.05, lon + 0.05, lat + 0.05):
            metres = distance_m(lon, lat, locator.geometry(code))
            if code != locator.codes[own] and metres <= limit_m + SLACK_M:
                expected[at, code] = metres
    return expected


def agree(found, expected, limit_m):
    assert {key for key, metres in expected.items() if metres <= limit_m - SLACK_M} <= set(found) <= set(expected)
    assert all(abs(metres - expected[key]) < SLACK_M for key, metres in found.items())
    assert all(metres < 1e-4 for key, metres in found.items() if expected[key] == 0)  # the other rounds to 0.1 mm
    return True


def near_boundaries(seed: int, count: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    edge, share = random.choice(EDGES, count), random.random((count, 1))
    on_edge = CORNERS[edge] * share + CORNERS[edge + 1] * (1 - share)
    return on_edge + random.normal(0, 1, (count, 2)) * 10.0 ** random.uniform(-8, -1.8, (count, 1))


@pytest.mark.parametrize("limit_m", [1_000.0, 250.0, 3.0])
def test_near_boundaries(limit_m):
    points = near_boundaries(1, 700)
    agree(pairs_of(REACH, LOCATOR, points, limit_m), one_by_one(LOCATOR, points, limit_m), limit_m)


def test_on_corners_others_are_at_no_distance():
    points = CORNERS[np.random.default_rng(2).choice(EDGES, 300)]
    found = pairs_of(REACH, LOCATOR, points)
    agree(found, one_by_one(LOCATOR, points, 1_000), 1_000)
    assert sum(metres == 0 for metres in found.values()) > 200


def test_as_far_as_it_goes():
    points = near_boundaries(3, 200)
    far = CountyReach.load(LOCATOR, SHORT_M)
    agree(pairs_of(far, LOCATOR, points), one_by_one(LOCATOR, points, SHORT_M), SHORT_M)


@settings(max_examples=60)
@given(st.sampled_from(EDGES.tolist()), st.floats(0, 1), st.floats(-0.012, 0.012), st.floats(-0.012, 0.012))
def test_what_one_point_gets(edge, share, east, north):
    lon, lat = CORNERS[edge] * share + CORNERS[edge + 1] * (1 - share) + (east, north)
    own = LOCATOR.rows_at(np.array([lon]), np.array([lat]))[0]
    around = dict(LOCATOR.counties_by_distance(lon, lat, 1_000 + SLACK_M)) if own >= 0 else {}
    expected = {(0, code): metres for code, metres in around.items() if code != LOCATOR.codes[own]}
    agree(pairs_of(REACH, LOCATOR, [(lon, lat)]), expected, 1_000)


def test_far_north_where_a_degree_is_short():
    box = shapely.box(121, 52.3, 127, 53.6)
    shared = EDGES[shapely.contains_xy(box, CORNERS[EDGES])]
    points = CORNERS[shared[::4]] + np.random.default_rng(4).normal(0, 0.008, (len(shared[::4]), 2))
    assert len(points) > 50
    agree(pairs_of(REACH, LOCATOR, points), one_by_one(LOCATOR, points, 1_000), 1_000)


def test_most_points_are_near_nothing(gazetteer):
    labels = [(unit.lon, unit.lat) for unit in map(gazetteer.unit, LOCATOR.codes)]
    found = pairs_of(REACH, LOCATOR, labels)
    assert 0 < len({point for point, _ in found}) < 0.2 * len(labels)


# By hand, about 30° N: 0.001° is 110.85 m to the north, and 96.44 m to the east at 30.05°.
# 1 and 2 touch; 3 lies 482 m east of 2; 4 is an enclave of 1, and 5 has a part in another hole of 1 and an islet 289 m
# west of it.
HOLES = [shapely.box(110.02, 30.02, 110.03, 30.03), shapely.box(110.06, 30.06, 110.07, 30.07)]
MADE = counties(
    {
        "1": shapely.box(110, 30, 110.1, 30.1).difference(shapely.union_all(HOLES)),
        "2": shapely.box(110.1, 30, 110.2, 30.1),
        "3": shapely.box(110.205, 30, 110.3, 30.1),
        "4": HOLES[0],
        "5": shapely.MultiPolygon([HOLES[1], shapely.box(109.99, 30, 109.997, 30.1)]),
    }
)


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (110.095, 30.05, {"2": 482.2}),
        (110.1, 30.05, {"2": 0}),  # on the edge that 1 and 2 share: 1 has it
        (110.1, 30.1, {"2": 0}),
        (110.195, 30.05, {"3": 964.4}),  # across the gap
        (110.199, 30.05, {"3": 578.6}),
        (110.206, 30.05, {"2": 578.6}),
        (110.025, 30.0255, {"1": 482.3}),  # inside the enclave: the sides are nearer than the north, 499 m
        (110.029, 30.0255, {"1": 96.5}),
        (110.025, 30.031, {"4": 110.9}),
        (110.02, 30.03, {"4": 0}),
        (110.001, 30.05, {"5": 385.7}),  # the islet is nearer than the other part
        (110.071, 30.071, {"5": math.hypot(96.4, 110.9)}),
        (110.05, 30.015, {}),
        (110.25, 30.05, {}),
        (110.203, 30.05, {}),  # in no county
        (110.05, 29.999, {}),
        (-70.0, 30.0, {}),
    ],
)
def test_by_hand(lon, lat, expected):
    found = pairs_of(CountyReach.load(MADE), MADE, [(lon, lat)])
    assert {code: metres for (_, code), metres in found.items()} == pytest.approx(expected, abs=0.2)


@pytest.mark.parametrize(
    ("lon", "lat", "other"), [(110.095, 30.05, "2"), (110.05, 30.0995, None), (110.025, 30.031, "4")]
)
def test_the_limit_is_kept_to_the_centimetre(lon, lat, other):
    reach = CountyReach.load(MADE)
    found = pairs_of(reach, MADE, [(lon, lat)])
    assert set(found) == ({(0, other)} if other else set())
    for metres in found.values():
        assert set(pairs_of(reach, MADE, [(lon, lat)], metres + 0.01)) == {(0, other)}
        assert pairs_of(reach, MADE, [(lon, lat)], metres - 0.01) == {}
        exact = CountyReach(edges_of(np.array([MADE.geometry(code) for code in MADE.codes])), metres + 0.01)
        assert set(pairs_of(exact, MADE, [(lon, lat)])) == {(0, other)}


def test_the_least_and_the_greatest_reach():
    edges = edges_of(np.array([MADE.geometry(code) for code in MADE.codes]))
    assert pairs_of(CountyReach(edges, 0.5), MADE, [(110.1, 30.05), (110.09, 30.05)]) == {(0, "2"): 0}
    far = pairs_of(CountyReach(edges, SHORT_M), MADE, [(110.0882, 30.05)])
    assert far == {(0, "2"): pytest.approx(1_138.0, abs=0.3)}
    assert pairs_of(CountyReach.load(MADE), MADE, [(110.1, 30.1), (110.09, 30.05)], 0.0) == {(0, "2"): 0}


def test_a_country_beside_the_first_meridian_and_the_equator():
    """0.001° is 111.3 m to the east and 110.6 m to the north there; two more counties far to the north and east."""
    two = counties({"1": shapely.box(0.02, 0.02, 0.1, 0.1), "2": shapely.box(0.1, 0.02, 0.2, 0.1),
                    "3": shapely.box(3, 0.02, 3.1, 0.1), "4": shapely.box(3, 2.0, 3.1, 2.1)})  # fmt: skip
    found = pairs_of(CountyReach.load(two), two, [(0.099, 0.05), (0.101, 0.05), (3.05, 2.05)])
    assert found == {(0, "2"): pytest.approx(111.3, abs=0.1), (1, "1"): pytest.approx(111.3, abs=0.1)}


def test_the_first_column_and_the_first_row_of_cells():
    """0.012° is 0.77 of a cell of 1/64: the south-west corner and what is within reach of it lie in one cell."""
    three = counties({"1": shapely.box(110.012, 30.012, 110.1, 30.05), "2": shapely.box(110.012, 30.05, 110.1, 30.1),
                      "3": shapely.box(110.1, 30.012, 110.2, 30.05)})  # fmt: skip
    found = pairs_of(CountyReach.load(three), three, [(110.013, 30.0495), (110.0995, 30.013)])
    assert found == {(0, "2"): pytest.approx(55.4, abs=0.1), (1, "3"): pytest.approx(48.2, abs=0.1)}


@pytest.mark.parametrize("lat", [18.0, 38.0, 53.0])
@pytest.mark.parametrize(("course", "east", "north"), [(90, 1, 0), (270, -1, 0), (0, 0, 1), (180, 0, -1)])
@pytest.mark.parametrize("tail", [0.001, 1.0])
def test_the_next_cell_knows_of_a_boundary_at_the_end_of_the_reach(lat, course, east, north, tail):
    """It lies 999.9 m off, beyond the edge of a cell of 1/64 degree that the point all but touches.

    100 m of the boundary go on to the north or the east, and ``tail`` degrees to the south or the west.
    """
    cell = 110.0, math.floor(lat * 64) / 64
    point = cell[0] - 1e-7 * east + 0.005 * abs(north), cell[1] - 1e-7 * north + 0.005 * abs(east)
    x, y, _ = Geod(ellps="GRS80").fwd(*point, course, 999.9)
    back, on = (tail * abs(north), tail * abs(east)), (0.001 * abs(north), 0.001 * abs(east))
    near, far = (
        shapely.box(*np.sort([(x - back[0], y - back[1]), (x + on[0] + side * east, y + on[1] + side * north)],
                             axis=0).ravel())
        for side in (-0.05, 0.05)
    )  # fmt: skip
    two = counties({"1": near, "2": far})
    assert pairs_of(CountyReach.load(two), two, [point]) == {(0, "2"): pytest.approx(999.9, abs=0.05)}


@pytest.mark.parametrize("at_once", [20_000, 3])
def test_every_edge_of_a_crooked_boundary_counts(monkeypatch, at_once):
    """Two counties that meet in one point in the south, from where the boundary begins: 50 m beside each of its edges.

    Edges are 1.5 km long and more, so that the one next to it is farther off.
    """
    monkeypatch.setattr("regionmap.places.index.reach._EDGES_AT_ONCE", at_once)
    boundary = [(110.0, 30.0), (110.012, 30.015), (110.0, 30.032), (110.016, 30.04), (110.004, 30.06), (110.0, 30.1)]
    two = counties({"1": shapely.Polygon([*boundary, (109.9, 30.1)]), "2": shapely.Polygon([*boundary, (110.1, 30.1)])})
    corners = np.array(boundary)
    middle, along = (corners[1:] + corners[:-1]) / 2, corners[1:] - corners[:-1]
    aside = np.column_stack([along[:, 1], -along[:, 0]]) / np.hypot(*along.T)[:, None] * 0.0005
    points = np.concatenate([middle - aside, middle + aside])
    found = pairs_of(CountyReach.load(two), two, points)
    assert len(found) == len(points)
    assert all(40 < metres < 60 for metres in found.values())
    assert agree(found, one_by_one(two, points, 1_000), 1_000)


def test_a_cell_has_its_own_edges_and_those_of_no_other():
    """Of a reach of 100 m: two pairs of counties, each in one cell of 1/64 degree, the first cell and the last."""
    four = counties({str(at): shapely.box(west, 30.004, west + 0.004, 30.008)
                     for at, west in enumerate((110.004, 110.008, 110.033, 110.037))})  # fmt: skip
    reach = CountyReach(edges_of(np.array([four.geometry(code) for code in four.codes])), 100.0)
    found = pairs_of(reach, four, [(110.0075, 30.006), (110.0375, 30.006), (110.006, 30.006)])
    assert found == {(0, "1"): pytest.approx(48.3, abs=0.1), (1, "2"): pytest.approx(48.3, abs=0.1)}


@pytest.mark.parametrize("lat", [20.0, 35.0, 53.0])
def test_edges_of_fifty_kilometres(lat):
    middle = [(110.0, lat), (110.5, lat + 0.25)]
    two = counties(
        {
            "1": shapely.Polygon([*middle, (110.0, lat + 0.25)]),
            "2": shapely.Polygon([*middle, (110.5, lat)]),
        }
    )
    share = np.linspace(0.1, 0.9, 60)[:, None]
    points = np.array(middle[0]) * (1 - share) + np.array(middle[1]) * share
    points += np.random.default_rng(5).normal(0, 0.005, points.shape)
    found = pairs_of(CountyReach.load(two), two, points)
    dense = shapely.get_coordinates(shapely.segmentize(shapely.LineString(middle), 0.00005))
    for at, point in enumerate(points):
        here = np.full(dense.shape, point)
        metres = Geod(ellps="GRS80").inv(*here.T, *dense.T)[2].min()
        if metres < 999:
            (measured,) = (each for (number, _), each in found.items() if number == at)
            assert metres - 0.5 * 5.6 <= measured <= metres + SLACK_M


def test_what_is_no_point_has_no_pairs():
    lon, lat = [110.099, math.nan, 110.099, math.inf], [30.05, 30.05, math.nan, 30.05]
    points, rows, metres = CountyReach.load(MADE).near(lon, lat, [0, 0, 0, 0])
    assert (points.tolist(), rows.tolist(), metres.tolist()) == ([0], [1], pytest.approx([96.5], abs=0.1))
    assert [len(each) for each in REACH.near([], [], [])] == [0, 0, 0]
    assert [len(each) for each in REACH.near([110.099], [30.05], [-1])] == [0, 0, 0]


def test_more_points_than_are_taken_at_once(monkeypatch):
    points = near_boundaries(6, 500)
    at_once = pairs_of(REACH, LOCATOR, points)
    monkeypatch.setattr("regionmap.places.index.reach._POINTS_AT_ONCE", 64)
    assert pairs_of(REACH, LOCATOR, points) == at_once


def test_beyond_what_was_prepared():
    with pytest.raises(ValueError, match="beyond the reach prepared, 1000 m"):
        REACH.near([110.0], [30.0], [0], 1_001)
    edges = edges_of(np.array([shapely.box(0, 0, 1, 1)], dtype=object))
    for reach_m in (0.0, SHORT_M + 1):
        with pytest.raises(ValueError, match="is possible"):
            CountyReach(edges, reach_m)


def test_the_lists_are_small():
    assert REACH.nbytes < 100e6

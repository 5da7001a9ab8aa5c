"""How far points and units are from other provinces: by hand, and one way of measuring held against another."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from regionmap.errors import InputError
from regionmap.places.geodesy import distance_m
from regionmap.places.index.grid import CountyGrid
from regionmap.places.index.grid_build import edges_of
from regionmap.places.index.line_cells import LineCells
from regionmap.places.index.line_distance import ERROR_M, LineDistances, province_numbers
from regionmap.places.index.locator import Locator
from regionmap.places.index.province_lines import MOST_M, NOT_MAINLAND, ProvinceLines, is_other_province
from tests.places.made import counties

LOCATOR = Locator.load()
LINES = ProvinceLines.load()
NUMBERS = np.array(province_numbers(LOCATOR.codes))
POLYGONS = np.array([LOCATOR.geometry(code) for code in LOCATOR.codes], dtype=object)
EDGES = edges_of(POLYGONS)
NEAR = LineDistances(EDGES, NUMBERS.tolist(), 21_000.0)
FAR = LineDistances(EDGES, NUMBERS.tolist(), float(MOST_M))
MAINLAND = np.flatnonzero(NUMBERS > 0)
GEOD = Geod(ellps="GRS80")


def points_in(rows, seed):
    """A point inside each county, by its row."""
    pick = np.random.default_rng(seed)
    found = np.full((len(rows), 2), np.nan)
    left = np.arange(len(rows))
    while len(left):
        shapes = POLYGONS[rows[left]]
        west, south, east, north = shapely.bounds(shapes).T
        x, y = pick.uniform(west, east), pick.uniform(south, north)
        inside = shapely.contains_xy(shapes, x, y)
        found[left[inside]] = np.column_stack([x, y])[inside]
        left = left[~inside]
    return found


def corners_of(rows, seed):
    """A corner of each county: what is nearest or farthest is often one."""
    pick = np.random.default_rng(seed)
    return np.array([pick.choice(shapely.get_coordinates(POLYGONS[row])) for row in rows])


# By hand, about 30° N, where 0.01° is 964.4 m to the east at 30.05° and 1,108.5 m to the north. From west to east: 1
# and 2 of province 11; a strait; 3 of province 12; then 4 of 台湾 and 5 of province 13 beyond it.
MADE = counties(
    {
        "110001": shapely.box(110.0, 30, 110.1, 30.1),
        "110002": shapely.box(110.1, 30, 110.2, 30.1),
        "120001": shapely.box(110.25, 30, 110.3, 30.1),
        "710001": shapely.box(110.3, 30, 110.4, 30.1),
        "130001": shapely.box(110.4, 30, 110.5, 30.1),
    }
)


@pytest.mark.parametrize(
    ("lon", "lat", "county", "metres", "other"),
    [
        (110.15, 30.05, "110002", 9_644, "120001"),  # 0.10° across the strait
        (110.05, 30.05, "110001", 19_288, "120001"),  # 2 is of the same province
        (110.2, 30.05, "110002", 4_822, "120001"),  # on the coast
        (110.26, 30.05, "120001", 5_786, "110002"),  # 台湾 touches it, and does not count
        (110.29, 30.05, "120001", 8_680, "110002"),
        (110.41, 30.05, "130001", 10_609, "120001"),  # 0.11°, past 台湾
    ],
)
def test_points_by_hand(lon, lat, county, metres, other):
    found = MADE.other_province_m(lon, lat, county)
    assert found == (pytest.approx(metres, abs=2), other)
    edges = edges_of(np.array([MADE.geometry(code) for code in MADE.codes], dtype=object))
    number = int(county[:2])
    (measured,) = LineDistances.load(MADE, edges, 30_000).metres([lon], [lat], [number])
    assert measured == pytest.approx(found[0], abs=ERROR_M)
    by_cell = LineCells.load(MADE, CountyGrid.load(MADE), 30_000).metres([lon], [lat], [number])
    assert by_cell.tolist() == [measured]


def test_cells_find_what_the_tree_finds():
    """Within counties and on their corners, near the reach and beyond it."""
    cells = LineCells.load(LOCATOR, CountyGrid.load(LOCATOR), NEAR.reach_m)
    rows = np.tile(MAINLAND, 5)
    for points in (points_in(rows, 31), corners_of(rows, 32)):
        lon, lat = points.T
        tree = NEAR.metres(lon, lat, NUMBERS[rows])
        found = cells.metres(lon, lat, NUMBERS[rows])
        assert np.isfinite(tree).sum() > 1_000
        assert np.isinf(tree).sum() > 1_000
        assert found == pytest.approx(tree, abs=1e-6)


def test_lists_of_cells_are_kept_and_made_again(monkeypatch, tmp_path):
    monkeypatch.setenv("REGIONMAP_CACHE", str(tmp_path))
    grid = CountyGrid.load(MADE)
    ask = [110.15], [30.05], [11]
    (first,) = LineCells.load(MADE, grid, 30_000).metres(*ask)
    (kept,) = tmp_path.glob("lines-*.npz")
    assert LineCells.load(MADE, grid, 30_000).metres(*ask).tolist() == [first]
    kept.write_bytes(kept.read_bytes()[:-40])  # cut off
    assert LineCells.load(MADE, grid, 30_000).metres(*ask).tolist() == [first]
    assert LineCells.load(MADE, grid, 5_000).metres(*ask).tolist() == [math.inf]  # another reach, other lists
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    assert LineCells.load(MADE, grid, 30_000).metres(*ask).tolist() == [first]


def test_what_has_no_distance():
    assert MADE.other_province_m(110.05, 30.05, "110001", 19_000) is None
    edges = edges_of(np.array([MADE.geometry(code) for code in MADE.codes], dtype=object))
    made = LineDistances.load(MADE, edges, 19_000)
    lon, lat = [110.05, math.nan, 110.15, 110.15, 110.15], [30.05, 30.05, math.inf, 30.05, 30.05]
    assert made.metres(lon, lat, [11, 11, 11, 0, 99]).tolist() == [math.inf] * 5
    assert made.metres([], [], []).tolist() == []
    cells = LineCells.load(MADE, CountyGrid.load(MADE), 19_000)
    assert cells.metres(lon, lat, [11, 11, 11, 0, 99]).tolist() == [math.inf] * 5
    assert cells.metres([], [], []).tolist() == []


def test_a_country_of_one_province_has_no_boundary():
    alone = counties({"110001": shapely.box(110, 30, 110.1, 30.1)})
    edges = edges_of(np.array([alone.geometry("110001")], dtype=object))
    assert LineDistances.load(alone, edges, 20_000).metres([110.05], [30.05], [11]).tolist() == [math.inf]
    cells = LineCells.load(alone, CountyGrid.load(alone), 20_000)
    assert cells.metres([110.05], [30.05], [11]).tolist() == [math.inf]


@pytest.mark.parametrize(
    ("own", "code", "other"),
    [("130100", "140100", True), ("130100", "130200", False), ("440304", "810001", False), ("350527", "710101", False)],
)
def test_which_provinces_count(own, code, other):
    assert is_other_province(own, code) is other


@pytest.mark.parametrize(
    ("lon", "lat", "county", "least", "most", "province"),
    [
        (113.949, 38.00, "130121", 4_900, 5_100, "14"),  # 井陉县, 5 km from 平定县 of 山西
        (114.90, 38.05, "130109", 70_000, 85_000, "14"),  # the east of 石家庄
        (116.40, 39.91, "110101", 27_000, 33_000, "13"),  # 故宫
        (121.50, 31.24, "310115", 30_000, 45_000, "32"),  # 浦东
    ],
)
def test_places_that_are_known(lon, lat, county, least, most, province):
    assert LOCATOR.county_at(lon, lat) == county
    metres, code = LOCATOR.other_province_m(lon, lat, county)
    assert least < metres < most
    assert code[:2] == province
    near, far = LINES.of(county)
    assert near <= metres <= far


@pytest.mark.parametrize(("made", "reach"), [(NEAR, 21_000.0), (FAR, float(MOST_M))])
def test_many_at_once_are_what_one_point_gets(made, reach):
    rows = np.random.default_rng(1).choice(MAINLAND, 1_500)
    points = points_in(rows, 2)
    found = made.metres(*points.T, NUMBERS[rows])
    for (lon, lat), row, metres in zip(points.tolist(), rows.tolist(), found.tolist(), strict=True):
        one = LOCATOR.other_province_m(lon, lat, LOCATOR.codes[row], reach)
        if one is None:
            assert metres > reach - ERROR_M
        else:
            assert metres == pytest.approx(one[0], abs=ERROR_M) or (one[0] > reach - ERROR_M and math.isinf(metres))
    assert np.isfinite(found).sum() > 250


def test_close_to_a_boundary_and_on_it():
    shared = np.flatnonzero((EDGES.left >= 0) & (EDGES.right >= 0) & (NUMBERS[EDGES.left] != NUMBERS[EDGES.right]))
    shared = shared[(NUMBERS[EDGES.left[shared]] > 0) & (NUMBERS[EDGES.right[shared]] > 0)]
    pick = np.random.default_rng(3)
    some = pick.choice(shared, 400)
    share = pick.random((400, 1))
    on_edge = EDGES.ends[some, :2] * share + EDGES.ends[some, 2:] * (1 - share)
    assert NEAR.metres(*on_edge.T, NUMBERS[EDGES.left[some]]).max() < ERROR_M
    points = on_edge + pick.normal(0, 1, (400, 2)) * 10.0 ** pick.uniform(-6, -1, (400, 1))
    rows = LOCATOR.rows_at(*points.T)
    found = NEAR.metres(*points.T, np.where(rows >= 0, NUMBERS[rows], 0))
    for (lon, lat), row, metres in zip(points.tolist(), rows.tolist(), found.tolist(), strict=True):
        if row >= 0 and NUMBERS[row]:
            one = LOCATOR.other_province_m(lon, lat, LOCATOR.codes[row], 21_000)
            assert one is not None
            assert metres == pytest.approx(one[0], abs=ERROR_M)


def test_against_whole_polygons():
    """The same from the polygons of all other provinces around, every corner on the ellipsoid."""
    rows = np.random.default_rng(4).choice(np.flatnonzero(np.isin(NUMBERS, [11, 12, 13, 14, 31, 32, 33])), 25)
    for (lon, lat), row in zip(points_in(rows, 5).tolist(), rows.tolist(), strict=True):
        own = LOCATOR.codes[row]
        around = LOCATOR.counties_in_box(lon - 1, lat - 1, lon + 1, lat + 1)
        others = [distance_m(lon, lat, LOCATOR.geometry(one)) for one in around if is_other_province(own, one)]
        found = LOCATOR.other_province_m(lon, lat, own, 80_000)
        if found is not None:
            assert found[0] == pytest.approx(min(others), abs=0.02)
        else:
            assert min(others, default=math.inf) > 80_000 - 0.02


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(MAINLAND.tolist()), st.integers(0, 1_000_000), st.floats(-0.1, 0.1), st.floats(-0.1, 0.1))
def test_near_points_are_about_as_far(row, seed, east, north):
    """The way from one point to another bounds how much their distances differ, and what lies between two provinces."""
    ((lon, lat),) = points_in(np.array([row]), seed).tolist()
    (other,) = LOCATOR.rows_at(np.array([lon + east]), np.array([lat + north])).tolist()
    if other < 0 or not NUMBERS[other]:
        return
    between = GEOD.inv(lon, lat, lon + east, lat + north)[2]
    one, two = FAR.metres([lon, lon + east], [lat, lat + north], NUMBERS[[row, other]]).tolist()
    if NUMBERS[row] == NUMBERS[other]:
        assert abs(min(one, MOST_M) - min(two, MOST_M)) <= between + 2 * ERROR_M
    else:
        assert max(one, two) <= between + ERROR_M


def test_the_table_holds_for_every_point_of_a_unit():
    rows = np.repeat(MAINLAND, 3)
    near, far = np.array([LINES.of(LOCATOR.codes[row]) for row in rows]).T
    for points in (points_in(rows, 6), corners_of(rows, 7)):
        metres = FAR.metres(*points.T, NUMBERS[rows])
        assert (near <= metres + ERROR_M).all()
        assert (np.minimum(metres, MOST_M) <= far + ERROR_M).all()
        assert np.isinf(far[np.isinf(metres)]).all()


@pytest.mark.parametrize("code", ["130102", "130121", "110101", "310115", "441900", "460108", "620902", "150925"])
def test_the_table_is_no_wider_than_it_says(code):
    """Of points all over a unit, 200 m apart along its boundary and 1 to 2 km inside, some come so near its bounds."""
    row = LOCATOR.codes.index(code)
    shape = POLYGONS[row]
    west, south, east, north = shape.bounds
    lon, lat = np.meshgrid(np.linspace(west, east, 80), np.linspace(south, north, 80))
    inside = shapely.contains_xy(shape, lon.ravel(), lat.ravel())
    points = np.vstack(
        [
            shapely.get_coordinates(shapely.segmentize(shape, 0.002)),
            np.column_stack([lon.ravel(), lat.ravel()])[inside],
        ]
    )
    metres = FAR.metres(*points.T, np.full(len(points), NUMBERS[row]))
    near, far = LINES.of(code)
    assert near <= metres.min() + ERROR_M
    assert metres.min() <= near + 11 + 200
    if math.isfinite(far):
        assert far - 11 - 2_000 <= metres.max() <= far + ERROR_M


def test_the_table_has_the_lowest_units_of_the_mainland(gazetteer):
    lowest = [code for code in gazetteer.by_code if not gazetteer.children(code) and code[:2] not in NOT_MAINLAND]
    assert list(LINES.ranges) == lowest
    assert all(0 <= near <= far for near, far in LINES.ranges.values())
    assert LINES.of("810001") == LINES.of("130000") == (math.inf, math.inf)


def test_units_that_touch_another_province_are_at_no_distance():
    left, right = NUMBERS[EDGES.left], NUMBERS[EDGES.right]
    between = (EDGES.left >= 0) & (EDGES.right >= 0) & (left != right) & (left > 0) & (right > 0)
    touching = {LOCATOR.codes[row] for side in (EDGES.left, EDGES.right) for row in side[between]}
    assert {code for code, (near, _) in LINES.ranges.items() if near == 0} == touching


@pytest.mark.parametrize(
    ("code", "fit"),
    [
        ("131082", "whole"),  # 三河市 lies between 北京 and 天津
        ("130303", "whole"),  # 山海关区
        ("130131", "part"),  # 平山县 reaches from the boundary with 山西 45 km inland
        ("130102", "none"),  # 长安区 of 石家庄
        ("441900", "none"),  # 东莞: 香港 is near and does not count
        ("460108", "part"),  # 美兰区 of 海口, across the strait from 广东
        ("650104", "none"),  # more than 200 km
    ],
)
def test_strips_of_twenty_kilometres(code, fit):
    whole, part = LINES.strip(20_000)
    assert ("whole" if code in whole else "part" if code in part else "none") == fit


def test_a_wider_strip_holds_a_narrower_one():
    strips = [LINES.strip(metres) for metres in (1, 5_000, 20_000, 100_000, MOST_M)]
    for (whole, part), (more_whole, more_part) in pairwise(strips):
        assert whole <= more_whole
        assert whole | part <= more_whole | more_part
        assert not whole & part


@pytest.mark.parametrize(
    "text",
    ["", "code,nearest_m\n130102,1\n", "code,nearest_m,farthest_m\n130102,1\n", "code,nearest_m,farthest_m\na,b,c\n"],
)
def test_a_file_that_is_no_table(tmp_path, text):
    path = tmp_path / "lines.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="is no table of distances to provinces"):
        ProvinceLines.load(path)
    with pytest.raises(InputError, match="is no table of distances to provinces"):
        ProvinceLines.load(tmp_path / "missing.csv")

"""One point without numpy and shapely: what the arrays say, held against them; and the file that it is read from."""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from regionmap.errors import InputError
from regionmap.places.geodesy import ellipsoid
from regionmap.places.index import locator as locate
from regionmap.places.index.arrays import Boundaries, PointInArrays, shape
from regionmap.places.index.locator import Locator
from regionmap.places.index.nearest_edge import to_edge_m
from regionmap.places.index.one_point import OnePoint
from regionmap.places.index.outlines import FILE, Outlines, outlines_bytes
from regionmap.places.index.way import plain_way
from regionmap.resources import geo_dir

TABLE = Locator(pq.read_table(geo_dir() / "counties.parquet"))
OUTLINES = Outlines.load(geo_dir() / FILE, geo_dir() / "counties.parquet")
HEAD = len(b"regionmap outlines 1\n") + 64


def far(lon: float, lat: float) -> PointInArrays:
    return PointInArrays(TABLE._boundaries, lon, lat)


def plain(lon: float, lat: float) -> OnePoint:
    return OnePoint(OUTLINES, lon, lat, lambda: pytest.fail("the arrays were asked"))


CORNERS = shapely.get_coordinates([TABLE.geometry(code) for code in TABLE.codes])


@st.composite
def points(draw):
    """Points on corners, a hair's breadth from them, and up to some ten kilometres off."""
    x, y = CORNERS[draw(st.integers(0, len(CORNERS) - 1))].tolist()
    size = 10.0 ** draw(st.floats(-17, -1))
    return x + size * draw(st.floats(-1, 1)), y + size * draw(st.floats(-1, 1))


def test_the_file_says_what_the_table_says():
    assert OUTLINES.codes == TABLE.codes
    assert OUTLINES.names == TABLE._names
    assert OUTLINES.digest == TABLE.digest()
    assert (np.array(OUTLINES.boxes) == TABLE._boundaries.boxes).all()
    for row, code in enumerate(TABLE.codes):
        assert shapely.to_wkb(shape(OUTLINES.polygons(row))) == shapely.to_wkb(TABLE.geometry(code))


@settings(max_examples=1_000, deadline=None)
@given(points())
def test_the_county_is_that_of_the_exact_test(point):
    assert plain(*point).covering() == far(*point).covering()


@given(st.integers(0, len(CORNERS) - 2), st.floats(0, 1))
def test_points_on_edges_and_corners_belong_to_the_lowest_code(corner, share):
    x, y = (CORNERS[corner] + share * (CORNERS[corner + 1] - CORNERS[corner])).tolist()
    for lon, lat in [(x, y), CORNERS[corner].tolist(), (math.nextafter(x, 0), y), (x, math.nextafter(y, 90))]:
        assert plain(lon, lat).covering() == far(lon, lat).covering()


@settings(max_examples=100, deadline=None)
@given(points(), st.sampled_from([1_000.0, 20_000.0, 90_000.0]))
def test_distances_are_those_of_the_arrays(point, metres):
    assume(all(map(math.isfinite, point)))
    other = far(*point)
    one = OnePoint(
        OUTLINES, point[0], point[1], lambda: other
    )  # a far county with long edges may be left to the arrays
    bounds = one.within(metres)
    assert [row for row, _ in bounds] == [row for row, _ in other.within(metres)]
    assert [least for _, least in bounds] == pytest.approx([least for _, least in other.within(metres)], abs=1e-6)
    for row, _ in bounds:
        assert one.holds(row) == other.holds(row)
        if not one.holds(row):
            assert one.distance_m(row) == pytest.approx(other.distance_m(row), abs=1e-6)


def test_holes_and_islands():
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    hole = [(0.25, 0.25), (0.25, 0.75), (0.75, 0.75), (0.75, 0.25), (0.25, 0.25)]
    island = [(0.4, 0.4), (0.6, 0.4), (0.5, 0.6), (0.4, 0.4)]
    parts = [[tuple(map(list, zip(*one, strict=True))) for one in rings] for rings in ([ring, hole], [island])]
    content = outlines_bytes([("1", "one", parts)], bytes(32), b"")
    outlines = Outlines(content[HEAD:])
    polygon = shapely.MultiPolygon([shapely.Polygon(ring, [hole]), shapely.Polygon(island)])
    assert shapely.equals_exact(shape(outlines.polygons(0)), polygon)
    boundaries = Boundaries(np.array([polygon.bounds]), lambda _: polygon)
    steps = [step / 20 for step in range(-2, 23)]
    for x, y in [(x, y) for x in steps for y in steps] + [corner for one in (ring, hole, island) for corner in one]:
        one, other = OnePoint(outlines, x, y, lambda: pytest.fail("far")), PointInArrays(boundaries, x, y)
        assert one.covering() == other.covering()
        if not one.holds(0):
            assert one.distance_m(0) == pytest.approx(other.distance_m(0), abs=1e-6)


def test_a_coordinate_that_the_file_cannot_hold_is_no_outline():
    third = [([0.0, 1 / 3, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0])]
    with pytest.raises(ValueError, match="millionths"):
        outlines_bytes([("1", "one", [third])], bytes(32), b"")


def test_what_is_far_is_left_to_the_arrays():
    one = OnePoint(OUTLINES, -74.0, 40.7, lambda: far(-74.0, 40.7))
    assert one.within(math.inf) == far(-74.0, 40.7).within(math.inf)
    assert one.distance_m(0) == far(-74.0, 40.7).distance_m(0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("counties.parquet", FILE):
        shutil.copy(geo_dir() / name, tmp_path / name)
    return tmp_path


def answers(locator: Locator) -> list[object]:
    found = [locator.county_at(115.48, 38.87), locator.boundary_m(115.48, 38.87, lambda code: code[:2] != "13")]
    return [*found, locator.digest(), locator.counties_in_box(115, 38, 116, 39)]


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: b"",
        lambda whole: whole[:50],
        lambda whole: whole[:-1],
        lambda whole: whole[:9_000] + b"\0" + whole[9_001:],
        lambda whole: b"regionmap outlines 0\n" + whole[21:],
    ],
)
def test_a_damaged_file_of_outlines_is_passed_over(folder, harm):
    path = folder / FILE
    path.write_bytes(harm(path.read_bytes()))
    assert Outlines.load(path, folder / "counties.parquet") is None
    assert answers(Locator.load(folder / "counties.parquet")) == answers(TABLE)


def test_outlines_of_another_table_are_passed_over(folder):
    table = pq.read_table(folder / "counties.parquet")
    pq.write_table(table.filter([code.as_py() != "110101" for code in table["code"]]), folder / "counties.parquet")
    locator = Locator.load(folder / "counties.parquet")
    assert "110101" in OUTLINES.codes
    assert "110101" not in locator.codes
    (folder / "counties.parquet").write_bytes(b"no table")
    with pytest.raises(InputError, match="no table of counties"):
        Locator.load(folder / "counties.parquet")


def test_the_first_points_are_answered_plainly_and_later_ones_by_arrays(monkeypatch):
    monkeypatch.setattr(locate, "sys", type("Sys", (), {"modules": {}}))
    monkeypatch.setattr(locate, "_FEW", 3)
    locator = Locator(OUTLINES)
    kinds, found = [], []
    for _ in range(5):
        kinds.append(type(locator._at(115.48, 38.87)).__name__)
        found.append(answers(Locator(OUTLINES)))
    assert kinds == ["OnePoint"] * 3 + ["PointInArrays"] * 2
    assert found == [answers(TABLE)] * 5


HEAVY = """
import sys
import regionmap
verdict = regionmap.load().check(lon=115.4706, lat=38.8752, datum="gcj02", industry="钢铁", on="2019-06-01")
print(verdict.place.code, verdict.point.boundary_m > 0)
print(*sorted({"numpy", "pandas", "pyarrow", "pyproj", "shapely", "pydantic", "yaml"} & set(sys.modules)))
"""


def test_a_check_by_point_waits_for_no_library_of_arrays():
    command = [sys.executable, "-c", HEAVY]
    subprocess.run(command, check=True, capture_output=True)  # keeps the catalogue, where none is compiled
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["130602 True", ""]


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("edge", [(116.0, 38.0, 0.0, 1.0), (115.8, 38.2, 0.3, 0.6), (116.3, 38.9, -0.2, -0.8)])
def test_the_nearest_point_of_an_edge_is_found_from_anywhere_on_it(edge, share):
    x, y, east, north = edge
    lon, lat = 116.1, 38.5
    on_it = np.linspace(0, 1, 20_001)  # every 5 m
    metres = ellipsoid().inv(*np.broadcast_arrays(lon, lat, x + on_it * east, y + on_it * north))[2]
    least = float(metres.min())
    assert to_edge_m(plain_way, lon, lat, edge, share) == pytest.approx(least, abs=0.01)

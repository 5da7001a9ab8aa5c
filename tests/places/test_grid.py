"""The place index gives the answers of the exact test: near boundaries, on them, and where there is no county."""

from __future__ import annotations

import math

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regionmap import cache_dir
from regionmap.places.index import grid
from regionmap.places.index.grid import CountyGrid
from regionmap.places.index.grid_build import BITS
from regionmap.places.index.locator import Locator
from regionmap.resources import geo_dir
from tests.places.made import counties

LOCATOR = Locator.load()
RING = shapely.get_coordinates([LOCATOR.geometry(code) for code in LOCATOR.codes])
RANDOM = np.random.default_rng(20)


@pytest.fixture(scope="module")
def index() -> CountyGrid:
    return CountyGrid.load(LOCATOR)


def some(count: int) -> np.ndarray:
    return RANDOM.integers(len(RING) - 1, size=count)


def agrees(index: CountyGrid, points: np.ndarray) -> bool:
    lon, lat = np.asarray(points, float).T
    return np.array_equal(index.rows(lon, lat), LOCATOR.rows_at(lon, lat))


def test_the_exact_test_gives_what_one_point_gets():
    at = RING[some(300)]
    assert [LOCATOR.codes[row] for row in LOCATOR.rows_at(*at.T)] == [LOCATOR.county_at(*point) for point in at]


@pytest.mark.parametrize("degrees", [1e-15, 1e-13, 1e-9, 1e-6, 1e-4, 1e-2, 0.3])
def test_near_boundaries(index, degrees):
    at = some(20_000)
    along = RANDOM.random((len(at), 1))
    on_edge = RING[at] * along + RING[at + 1] * (1 - along)
    assert agrees(index, on_edge + RANDOM.normal(0, degrees, on_edge.shape))
    assert agrees(index, RING[at] + RANDOM.normal(0, degrees, on_edge.shape))


def test_on_every_vertex(index):
    assert agrees(index, np.unique(RING, axis=0)[::3])


def test_on_middles_of_edges(index):
    at = some(40_000)
    assert agrees(index, (RING[at] + RING[at + 1]) / 2)


@pytest.mark.parametrize("bits", BITS)
def test_on_corners_and_edges_of_cells(index, bits):
    near = np.round(RING[some(20_000)] * 2**bits) / 2**bits
    assert agrees(index, near)
    assert agrees(index, np.column_stack([near[:, 0], RING[some(len(near)), 1]]))
    assert agrees(index, np.nextafter(near, -math.inf))


def test_all_over_the_country_and_beyond(index):
    assert agrees(index, RANDOM.uniform([60, -5], [150, 60], (100_000, 2)))


def test_label_points(index, gazetteer):
    units = [gazetteer.unit(code) for code in LOCATOR.codes]
    rows = index.rows([unit.lon for unit in units], [unit.lat for unit in units])
    assert rows.tolist() == list(range(len(units)))
    assert index.codes == LOCATOR.codes


@given(st.lists(st.tuples(st.floats(width=64), st.floats(width=64)), max_size=5))
def test_any_numbers(index, points):
    assert agrees(index, np.array(points, float).reshape(-1, 2))


@given(st.integers(0, len(RING) - 2), st.floats(0, 1), st.integers(-3, 3), st.integers(-3, 3))
def test_the_nearest_numbers_to_an_edge(index, at, along, right, up):
    point = RING[at] * along + RING[at + 1] * (1 - along)
    assert agrees(index, [point + np.spacing(point) * (right, up)])


def test_no_point_is_in_no_county(index):
    nothing = [math.nan, math.inf, -math.inf, 116.4, 0.0, 1e300, 500.0]
    assert index.rows(nothing, [39.9, 39.9, 39.9, math.nan, 0.0, 1e300, -500.0]).tolist() == [-1] * 7
    assert index.rows([], []).tolist() == []


def test_on_an_edge_the_lowest_code_has_the_point(index):
    one, other = (shapely.get_coordinates(LOCATOR.geometry(code)) for code in ("110101", "110102"))
    shared = next(point for point in one if (other == point).all(axis=1).any())
    assert index.codes[index.rows(*shared[:, None])[0]] == "110101"


def test_many_points_of_a_locator_go_by_the_index(monkeypatch):
    lon, lat = RING[some(500)].T
    expected = LOCATOR.counties_at(lon, lat)
    monkeypatch.setattr("regionmap.places.index.locator._MANY", 400)
    locator = Locator.load()
    assert locator.counties_at(lon, lat) == expected
    assert locator.counties_at([0.0] * 400, [0.0] * 400) == [None] * 400


SQUARES = {
    "1": shapely.box(-1, -1, 0, 0.5),
    "2": shapely.Polygon([(0, -1), (1, -1), (1, 1), (0, 0.5)], [[(0.3, 0.1), (0.6, 0.1), (0.5, 0.4)]]),
    "3": shapely.Polygon([(0.3, 0.1), (0.6, 0.1), (0.5, 0.4)]),
}


@pytest.mark.parametrize(
    "polygons",
    [
        SQUARES,  # beyond the equator and Greenwich, with edges on those of cells and an enclave
        {**SQUARES, "2b": shapely.box(-0.3, -0.2, 0.45, 0.2)},  # overlaps: the lowest code again
        {"1": shapely.box(0, 0, 1, 1), "2": shapely.box(1, 0.25, 2, 0.5)},  # edges that do not match
        {"1": shapely.MultiPolygon([shapely.box(0, 0, 1e-7, 1e-7), shapely.box(1, 1, 1.3, 1.3)])},
    ],
)
def test_other_polygons(polygons, monkeypatch):
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    locator = counties(polygons)
    made = CountyGrid.load(locator)
    steps = np.arange(-1.2, 2.2, 0.0127)
    spots = np.concatenate([np.repeat(shapely.get_coordinates(list(polygons.values())), 9, axis=0)])
    spots += RANDOM.choice([0, 0, 1e-16, -1e-16, 1e-10, -1e-4], spots.shape)
    x, y = np.concatenate([np.array(np.meshgrid(steps, steps)).reshape(2, -1).T, spots]).T
    assert np.array_equal(made.rows(x, y), locator.rows_at(x, y))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("REGIONMAP_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def times_made(monkeypatch):
    made, count = grid._made, []
    monkeypatch.setattr(grid, "_made", lambda locator: count.append(1) or made(locator))
    return count


def works(locator: Locator) -> bool:
    return CountyGrid.load(locator).rows([-0.5, 0.5, 0.5], [0.0, 0.2, 5.0]).tolist() == [0, 2, -1]


def test_the_index_is_made_once(folder, times_made):
    assert works(counties(SQUARES))
    assert works(counties(SQUARES))
    assert len(times_made) == 1
    assert [path.suffix for path in folder.iterdir()] == [".npz"]


@pytest.mark.parametrize("spoil", ["cut", "flip", "empty", "other"])
def test_a_spoilt_file_is_made_again(folder, times_made, spoil):
    assert works(counties(SQUARES))
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    middle = len(whole) // 2
    kept.write_bytes(
        {
            "cut": whole[:middle],
            "flip": whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
            "empty": b"",
            "other": b"no archive",
        }[spoil]
    )
    assert works(counties(SQUARES))
    assert len(times_made) == 2
    assert kept.read_bytes() == whole


def test_other_boundaries_get_another_index(folder, times_made):
    assert works(counties(SQUARES))
    moved = SQUARES | {"1": shapely.box(-1, -1, 0, 0.4)}
    assert CountyGrid.load(counties(moved)).rows([-0.5], [0.45]).tolist() == [-1]
    assert len(times_made) == 2


def test_a_file_of_another_user_is_not_read(folder, times_made, monkeypatch):
    assert works(counties(SQUARES))
    monkeypatch.setattr(cache_dir, "is_ours", lambda path: False)
    assert works(counties(SQUARES))
    assert len(times_made) == 2


def test_without_a_folder_it_is_made_in_memory(tmp_path, times_made, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("REGIONMAP_CACHE", str(tmp_path / "file" / "kept"))
    assert works(counties(SQUARES))
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    assert works(counties(SQUARES))
    assert len(times_made) == 2


def test_rows_in_any_order_use_the_same_index():
    table = pq.ParquetFile(geo_dir() / "counties.parquet").read()
    assert Locator(table.take(np.arange(len(table))[::-1])).digest() == LOCATOR.digest()


def test_the_index_is_small(index):
    assert index.nbytes < 200e6

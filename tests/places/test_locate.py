"""Points → counties on the true boundaries, and the distances around them."""

from __future__ import annotations

import itertools
import math
import re

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regionmap.errors import InputError
from regionmap.places.errors import (
    MissingCoordinateError,
    NotANumberError,
    OutOfRangeError,
    OutsideChinaError,
    SwappedCoordinatesError,
    UnknownPlaceError,
)
from regionmap.places.geodesy import ACCURACY_M, distance_m
from regionmap.places.index.locator import Locator
from tests.places.made import counties

LOCATOR = Locator.load()
TIANANMEN = (116.3913, 39.9055)


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (*TIANANMEN, "110101"),  # 天安门, 东城区
        (115.5120, 38.8710, "130606"),  # 河北大学, 保定市莲池区
        (121.4998, 31.2397, "310115"),  # 东方明珠, 浦东新区
        (108.9398, 34.3416, "610112"),  # 西安北站一带, 未央区
        (112.5900, 35.0900, "419001"),  # 济源城区
        (114.1694, 22.3193, "810109"),  # 旺角, 油尖旺区
        (113.5439, 22.1987, "820000"),  # 澳门
        (121.5654, 25.0330, "710009"),  # 台北
        (91.1172, 29.6578, "540102"),  # 布达拉宫, 拉萨市城关区
        (87.6214, 43.7794, "650102"),  # 国际大巴扎, 乌鲁木齐市天山区
    ],
)
def test_known_points(lon, lat, code):
    assert LOCATOR.county_at(lon, lat) == code
    assert LOCATOR.county_at(str(lon), str(lat)) == code


def test_every_label_lies_in_its_county(gazetteer):
    counties = [gazetteer.unit(code) for code in LOCATOR.codes]
    found = LOCATOR.counties_at([unit.lon for unit in counties], [unit.lat for unit in counties])
    assert [code for code, unit in zip(found, counties, strict=True) if code != unit.code] == []


def test_on_an_edge_the_lowest_code_has_the_point():
    one, other = LOCATOR.geometry("110101"), LOCATOR.geometry("110102")
    corners = {tuple(point) for point in shapely.get_coordinates(one)}
    shared = [tuple(point) for point in shapely.get_coordinates(other) if tuple(point) in corners]
    assert shared
    for lon, lat in shared:
        sharers = [
            code
            for code in LOCATOR.codes
            if math.dist((lon, lat), TIANANMEN) < 1 and shapely.intersects_xy(LOCATOR.geometry(code), lon, lat)
        ]
        assert {"110101", "110102"} <= set(sharers)
        assert LOCATOR.county_at(lon, lat) == min(sharers)
    assert LOCATOR.counties_at(*zip(*shared, strict=True)) == [LOCATOR.county_at(*point) for point in shared]


@given(st.lists(st.tuples(st.floats(73, 136), st.floats(3, 54)), max_size=8))
def test_many_points_get_what_each_gets_alone(points):
    def alone(lon, lat):
        try:
            return LOCATOR.county_at(lon, lat)
        except OutsideChinaError:
            return None

    lon, lat = zip(*points, strict=True) if points else ((), ())
    assert LOCATOR.counties_at(lon, lat) == [alone(*point) for point in points]


def test_many_points_pass_over_what_is_no_point():
    assert LOCATOR.counties_at([116.3913, math.nan, 39.9, 0.0, math.inf], [39.9055, 39.9, 116.4, 0.0, 1.0]) == [
        "110101",
        None,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("lon", "lat", "error", "words"),
    [
        (None, 39.9, MissingCoordinateError, "no longitude is given"),
        (116.4, "", MissingCoordinateError, "no latitude is given"),
        (math.nan, 39.9, NotANumberError, "longitude nan"),
        ("east", 39.9, NotANumberError, "longitude 'east'"),
        (
            39.9055,
            116.3913,
            SwappedCoordinatesError,
            r"lon=116\.3913 lat=39\.9055 the point lies in Dongcheng District 110101",
        ),
        (29.6578, 89.5, SwappedCoordinatesError, r"lon=89\.5 lat=29\.6578"),
        (500, 10, OutOfRangeError, "no place on Earth"),
        (122.8, 30.0, OutsideChinaError, r"Putuo District 330903, 15 km away"),
        (106.9, 47.9, OutsideChinaError, "nearest is"),  # Ulaanbaatar
        (89.64, 27.47, OutsideChinaError, "nearest is"),  # Thimphu: in the box around China
        (-74.0, 40.7, OutsideChinaError, "km away"),
        (0.0, -90.0, OutsideChinaError, "km away"),
        (-180.0, 90.0, OutsideChinaError, "km away"),
    ],
)
def test_each_fault_has_its_own_error(lon, lat, error, words):
    with pytest.raises(error, match=words) as refused:
        LOCATOR.county_at(lon, lat)
    assert len(str(refused.value).splitlines()) == 1


def test_a_point_just_beyond_the_border_is_not_told_to_be_no_way_off():
    inside, outside = 41.0, 47.9  # along a meridian through the Gobi, from Inner Mongolia to Mongolia
    while outside - inside > 1e-9:
        middle = (inside + outside) / 2
        try:
            LOCATOR.county_at(106.9, middle)
            inside = middle
        except OutsideChinaError:
            outside = middle
    metre = 1 / 111_000
    for beyond, words in ((0.3, " less than 1 m away"), (40.4, r" [1-9]\d? m away"), (3_000, r" [1-3]\.\d\d km away")):
        with pytest.raises(OutsideChinaError) as refused:
            LOCATOR.county_at(106.9, outside + beyond * metre)
        assert re.search(words, str(refused.value)), refused.value


def test_counties_come_by_distance():
    around = list(LOCATOR.counties_by_distance(*TIANANMEN, 20_000))
    assert around[0] == ("110101", 0.0)
    assert [metres for _, metres in around] == sorted(metres for _, metres in around)
    assert len({code for code, _ in around}) == len(around)
    assert all(metres <= 20_000 for _, metres in around)
    assert {"110102", "110105", "110106", "110108"} <= {code for code, _ in around}


def test_counties_by_distance_leave_none_out():
    listed = dict(LOCATOR.counties_by_distance(*TIANANMEN, 60_000))
    point = shapely.Point(TIANANMEN)
    for code in LOCATOR.codes:
        # A degree of latitude is 111 km, one of longitude here 85 km.
        degrees = shapely.distance(LOCATOR.geometry(code), point) if code[:2] in ("11", "12", "13") else 9
        if degrees < 0.5:
            assert code in listed
        if degrees > 0.8:
            assert code not in listed


def test_counties_by_distance_are_measured_only_when_asked_for():
    first_three = list(itertools.islice(LOCATOR.counties_by_distance(*TIANANMEN), 3))
    assert [code for code, _ in first_three][:2] == ["110101", "110102"]
    assert first_three == list(LOCATOR.counties_by_distance(*TIANANMEN, 20_000))[:3]


def test_the_boundary_across_which_something_differs():
    metres, code = LOCATOR.boundary_m(*TIANANMEN, lambda other: other != "110101")
    assert (metres, code) == next(
        (metres, code) for code, metres in LOCATOR.counties_by_distance(*TIANANMEN) if code != "110101"
    )
    metres, code = LOCATOR.boundary_m(*TIANANMEN, lambda other: not other.startswith("11"))
    assert code.startswith("13")
    assert 20_000 < metres < 60_000
    assert LOCATOR.boundary_m(*TIANANMEN, lambda other: other.startswith("44")) is None
    assert LOCATOR.boundary_m(*TIANANMEN, lambda other: other == "120116", limit_m=1000) is None


def test_on_an_edge_the_boundary_is_at_no_distance():
    one, other = (shapely.get_coordinates(LOCATOR.geometry(code)) for code in ("110101", "110102"))
    lon, lat = next(point for point in one if (other == point).all(axis=1).any())
    assert LOCATOR.county_at(lon, lat) == "110101"
    assert LOCATOR.boundary_m(lon, lat, lambda code: code == "110102") == (0.0, "110102")


@pytest.mark.parametrize("share", [0.5, 0.05, 0.003])
def test_the_boundary_is_that_of_the_nearest_of_all(share):
    random = np.random.default_rng(8)
    corners = shapely.get_coordinates([LOCATOR.geometry(code) for code in LOCATOR.codes])
    for lon, lat in corners[random.integers(len(corners), size=25)] + random.normal(0, 0.1, (25, 2)):
        wanted = set(np.array(LOCATOR.codes)[random.random(len(LOCATOR.codes)) < share])
        around = wanted & set(LOCATOR.counties_in_box(lon - 1, lat - 0.6, lon + 1, lat + 0.6))
        measured = {code: distance_m(lon, lat, LOCATOR.geometry(code)) for code in around}
        least = min(measured.values(), default=math.inf)
        found = LOCATOR.boundary_m(lon, lat, wanted.__contains__, 50_000)
        if least > 50_000:
            assert found is None
        else:
            metres, code = found
            assert [metres, metres] == pytest.approx([least, measured[code]], abs=ACCURACY_M)


@pytest.mark.parametrize("codes", [("1", "2"), ("2", "1")])
@pytest.mark.parametrize("away", [0.001, 0.3, 1.4])
def test_of_counties_equally_far_the_lowest_code_is_named(codes, away):
    one, other = codes
    corner, middle = (111, 31), (110.013, 30.5077)
    locator = counties(
        {
            one: shapely.Polygon([(110, 30), (111, 30), corner, middle]),
            other: shapely.Polygon([middle, corner, (110, 31)]),
        }
    )
    lon, lat = 111 + away, 31 + away
    metres, code = locator.boundary_m(lon, lat, lambda _: True, math.inf)
    assert code == "1"
    # On the diagonal from the corner that both have, nothing else of them is as near.
    assert [far for _, far in locator.counties_by_distance(lon, lat)] == [metres, metres]


def test_a_boundary_is_asked_for_with_checked_coordinates():
    with pytest.raises(NotANumberError):
        LOCATOR.boundary_m(math.nan, 1, lambda _: True)
    with pytest.raises(SwappedCoordinatesError):
        LOCATOR.counties_by_distance(39.9, 116.4)


def test_only_counties_have_boundaries():
    assert LOCATOR.geometry("130606").is_valid
    with pytest.raises(UnknownPlaceError, match="130600"):
        LOCATOR.geometry("130600")


def test_a_table_that_is_none_is_refused(tmp_path):
    file = tmp_path / "counties.parquet"
    with pytest.raises(InputError, match=r"counties\.parquet"):
        Locator.load(file)
    file.write_bytes(b"no parquet at all")
    with pytest.raises(InputError, match="no table of counties"):
        Locator.load(file)


def test_rows_in_any_order_give_the_same_answers():
    import pyarrow.parquet as pq

    from regionmap.resources import geo_dir

    table = pq.ParquetFile(geo_dir() / "counties.parquet").read()
    shuffled = Locator(table.take(np.random.default_rng(5).permutation(len(table))))
    assert shuffled.codes == LOCATOR.codes
    assert shuffled.county_at(*TIANANMEN) == "110101"

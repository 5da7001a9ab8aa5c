"""Coordinates as users give them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionmap.places.coordinates import check_coordinates
from regionmap.places.errors import (
    CoordinateError,
    MissingCoordinateError,
    NotANumberError,
    OutOfRangeError,
    SwappedCoordinatesError,
)


@pytest.mark.parametrize("lon", [116.4, "116.4", " 116.4 ", np.float64(116.4)])
def test_numbers_and_texts_of_numbers_are_taken(lon):
    assert check_coordinates(lon, 39) == (116.4, 39.0)


@pytest.mark.parametrize(
    ("lon", "lat", "error", "words"),
    [
        (None, 39, MissingCoordinateError, "no longitude is given"),
        (116, "  ", MissingCoordinateError, "no latitude is given"),
        (None, "", MissingCoordinateError, "no longitude and latitude is given"),
        (math.nan, 39, NotANumberError, "longitude nan is not a number"),
        (116, math.inf, NotANumberError, "latitude inf is not a number"),
        ("116°24′N", 39, NotANumberError, "decimal degrees"),
        ("116.4N", 39, NotANumberError, "decimal degrees"),
        ("x" * 500, 39, NotANumberError, "…"),
        (True, 39, NotANumberError, "longitude True"),
        ([116], 39, NotANumberError, "not a number"),
        (10**400, 39, NotANumberError, "not a number"),
        (39.9, 116.4, SwappedCoordinatesError, r"lon=116\.4 lat=39\.9"),
        (12_957_000, 4_852_000, OutOfRangeError, "metres of a projection"),
        (0, 91, OutOfRangeError, "latitudes from -90 to 90"),
    ],
)
def test_each_fault_has_its_own_error(lon, lat, error, words):
    with pytest.raises(error, match=words) as refused:
        check_coordinates(lon, lat)
    assert len(str(refused.value)) < 300


@given(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.binary()), st.one_of(st.floats(), st.text()))
def test_anything_is_a_place_on_earth_or_one_clear_line(lon, lat):
    try:
        x, y = check_coordinates(lon, lat)
    except CoordinateError as error:
        x, y, message = 0.0, 0.0, str(error)
    else:
        message = "one line"
    assert len(message.splitlines()) == 1
    assert -180 <= x <= 180
    assert -90 <= y <= 90


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        ("115°28′14″", "38°52′30″"),
        ("东经115°28′14″", "北纬38°52′30″"),
        ("115 28 14 E", "38 52 30 N"),
        ("115°28'14\"E", "38°52'30\"N"),
        ("E115.470556", "38.875N"),
    ],
)
def test_degrees_minutes_and_seconds_are_read(lon, lat):
    assert check_coordinates(lon, lat) == pytest.approx((115.470556, 38.875), abs=1e-6)

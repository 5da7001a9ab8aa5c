"""Coordinates as people write them: read as they are meant, or refused; the degrees are never taken alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionmap.places.coordinate_text import Axis, CoordinateTextError, from_parts, parse_angle, parse_pair

LON, LAT = Axis.LON, Axis.LAT


@pytest.mark.parametrize(
    ("text", "degrees", "axis"),
    [
        ("121.5", 121.5, None),
        ("121.5°", 121.5, None),
        ("１２１．５", 121.5, None),
        ("121.5E", 121.5, LON),
        ("E 121.5", 121.5, LON),
        ("东经121.5度", 121.5, LON),
        ("经度：121.5", 121.5, LON),
        ("北纬31度14分24秒", 31.24, LAT),
        ("31°14′24″N", 31.24, LAT),
        ("N31°14'24\"", 31.24, LAT),
        ("31º14’24”", 31.24, None),
        ("31°14'24''", 31.24, None),
        ("31 14 24 N", 31.24, LAT),
        ("31:14:24", 31.24, None),
        ("31-14-24", 31.24, None),
        ("31°14.4′", 31.24, None),
        ("31°14", 31 + 14 / 60, None),
        ("S 12°30′", -12.5, LAT),
        ("-12.5", -12.5, None),
        ("西经12°30′", -12.5, LON),
    ],
)
def test_one_coordinate(text, degrees, axis):
    found = parse_angle(text)
    assert found.degrees == pytest.approx(degrees, abs=1e-12)
    assert found.axis is axis


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "121,5",
        "121 30",
        "121°60′",
        "121.5°30′",
        "121°30.5′20″",
        "31°14′99″",
        "-12°N",
        "1e2",
        "东经31°N",
        "9" * 200,
    ],
)
def test_what_is_no_coordinate_is_refused_in_both_languages(text):
    with pytest.raises(CoordinateTextError) as caught:
        parse_angle(text)
    assert caught.value.text.zh != caught.value.text.en == str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "121.5,31.24",
        "121.5 31.24",
        "121.5；31.24",
        "(121.5, 31.24)",
        "[121.5 31.24]",
        "POINT(121.5 31.24)",
        "E121°30′N31°14′24″",
        "121°30′E，31°14′24″N",
        "31°14′24″N 121°30′E",
        "北纬31°14′24″、东经121°30′",
        "经度：121.5，纬度：31.24",
        "纬度31.24 经度121.5",
        "121 30 0 31 14 24",
        "121°30′0″31°14′24″",
        "东经121.5度，北纬31.24度",
    ],
)
def test_both_coordinates_in_one_text(text):
    assert parse_pair(text) == pytest.approx((121.5, 31.24), abs=1e-12)


def test_the_order_is_that_of_the_heading_unless_the_text_tells_it():
    assert parse_pair("31.24,121.5", lat_first=True) == (121.5, 31.24)
    assert parse_pair("31.24,121.5") == (31.24, 121.5)
    assert parse_pair("121.5E,31.24N", lat_first=True) == (121.5, 31.24)


@pytest.mark.parametrize("text", ["121.5", "1,2,3", "E121 E31", "a,b", "121.531.24"])
def test_what_is_no_pair_is_refused(text):
    with pytest.raises(CoordinateTextError):
        parse_pair(text)


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59))
def test_every_way_of_writing_gives_the_same_degrees(degrees, minutes, seconds):
    value = from_parts(degrees, minutes, seconds)
    assert value == pytest.approx(degrees + minutes / 60 + seconds / 3600, abs=1e-12)
    for text in (
        f"{degrees}°{minutes}′{seconds}″", f"{degrees} {minutes} {seconds}", f"东经{degrees}度{minutes}分{seconds}秒",
        f"{degrees}°{minutes:02}'{seconds:02}\"E", f"{degrees}:{minutes:02}:{seconds:02}",
    ):  # fmt: skip
        assert parse_angle(text).degrees == value

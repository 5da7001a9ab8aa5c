"""Datums: answers of the services themselves, vectors of other implementations, and round trips."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from regionmap.places.datum import INVERSE_TOLERANCE_M, Datum, Point, from_wgs84, to_wgs84
from regionmap.places.errors import MissingCoordinateError, SwappedCoordinatesError
from regionmap.places.shift import SHIFT_BOX

WGS84 = Geod(ellps="WGS84")
CENTIMETRE = 0.01


def apart_m(one, other):
    return WGS84.inv(*one, *other)[2]


# What the services answered: Amap's documentation of its coordinate converter (the first two) and public logs of it;
# Baidu's geoconv, whose documentation has this example. Baidu answers in steps of some decimetres.
SERVICES = [
    ((116.481499, 39.990475), Datum.GCJ02, (116.487585177952, 39.991754014757), 0.15),
    ((116.481499, 39.990375), Datum.GCJ02, (116.487585177952, 39.991653917101), 0.15),
    ((114.07, 22.62), Datum.GCJ02, (114.07513075, 22.61731092), 0.15),
    ((116.9764091450, 39.1632171277), Datum.GCJ02, (116.982440321181, 39.164154188369), 0.15),
    ((114.21892734521, 29.575429778924), Datum.GCJ02, (114.22430528428819, 29.57284912109375), 1.0),
    ((114.21892734521, 29.575429778924), Datum.BD09, (114.2307519546763, 29.57908428837437), 1.0),
]

# Test vectors of googollee/eviltransform (Shanghai, Shenzhen, Beijing) and of wandergis/coordtransform.
IMPLEMENTATIONS = [
    ((121.5272106, 31.1774276), Datum.GCJ02, (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), Datum.GCJ02, (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), Datum.GCJ02, (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), Datum.GCJ02, (116.41024449916938, 39.91640428150164)),
]


@pytest.mark.parametrize(("wgs", "datum", "shifted", "within_m"), SERVICES)
def test_as_the_services_shift(wgs, datum, shifted, within_m):
    assert apart_m(from_wgs84(*wgs, datum), shifted) < within_m
    assert apart_m(to_wgs84(*shifted, datum), wgs) < within_m


@pytest.mark.parametrize(("wgs", "datum", "shifted"), IMPLEMENTATIONS)
def test_as_other_implementations_shift(wgs, datum, shifted):
    assert apart_m(from_wgs84(*wgs, datum), shifted) < 1e-6


def test_baidu_on_top_of_gcj02_as_coordtransform_does_it():
    gcj = (116.404, 39.915)
    wgs = to_wgs84(*gcj, Datum.GCJ02)
    assert apart_m(from_wgs84(*wgs, Datum.BD09), (116.41036949371029, 39.92133699351021)) < CENTIMETRE


LONGITUDES = st.floats(73, 136)
LATITUDES = st.floats(3, 54)
SHIFTED = st.sampled_from([Datum.GCJ02, Datum.BD09])


@given(LONGITUDES, LATITUDES, st.sampled_from(Datum))
def test_there_and_back(lon, lat, datum):
    assert apart_m(to_wgs84(*from_wgs84(lon, lat, datum), datum), (lon, lat)) < CENTIMETRE


@given(LONGITUDES, LATITUDES, st.sampled_from(Datum))
def test_back_and_there(lon, lat, datum):
    assert apart_m(from_wgs84(*to_wgs84(lon, lat, datum), datum), (lon, lat)) < CENTIMETRE


@given(LONGITUDES, LATITUDES)
def test_how_far_the_shifts_go(lon, lat):
    assert apart_m(from_wgs84(lon, lat, Datum.GCJ02), (lon, lat)) < 750
    assert 650 < apart_m(from_wgs84(lon, lat, Datum.BD09), (lon, lat)) < 1600


def test_there_and_back_all_over_china():
    lon, lat = (grid.ravel() for grid in np.meshgrid(np.arange(73, 136, 0.25), np.arange(3, 54, 0.25)))
    for datum in (Datum.GCJ02, Datum.BD09):
        back = to_wgs84(*from_wgs84(lon, lat, datum), datum)
        assert WGS84.inv(lon, lat, *back)[2].max() < INVERSE_TOLERANCE_M


@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=5), SHIFTED)
def test_arrays_and_floats_agree(points, datum):
    lon, lat = np.array(points).T
    many = to_wgs84(lon, lat, datum)
    for index, point in enumerate(points):
        one = to_wgs84(*point, datum)
        assert type(one[0]) is float
        assert apart_m((many[0][index], many[1][index]), one) < INVERSE_TOLERANCE_M


def test_cgcs2000_is_taken_as_wgs84():
    assert to_wgs84(116.4, 39.9, Datum.CGCS2000) == (116.4, 39.9)
    assert from_wgs84(116.4, 39.9, Datum.WGS84) == (116.4, 39.9)


@pytest.mark.parametrize("point", [(2.35, 48.85), (-74.0, 40.7), (39.9, 116.4)])
@pytest.mark.parametrize("datum", list(Datum))
def test_outside_the_box_nothing_is_shifted(point, datum):
    assert from_wgs84(*point, datum) == point
    assert to_wgs84(*point, datum) == point


def test_the_box_holds_its_corners():
    west, south, east, north = SHIFT_BOX
    for corner in ((west, south), (west, north), (east, south), (east, north)):
        assert from_wgs84(*corner, Datum.GCJ02) != corner
    assert from_wgs84(east, north + 1e-9, Datum.GCJ02) == (east, north + 1e-9)
    assert from_wgs84(east + 1e-9, north, Datum.GCJ02) == (east + 1e-9, north)


def test_a_missing_row_does_not_disturb_the_others():
    lon, lat = to_wgs84(np.array([116.41024449916938, math.nan]), np.array([39.91640428150164, 30.0]), Datum.GCJ02)
    assert apart_m((lon[0], lat[0]), (116.404, 39.915)) < CENTIMETRE
    assert math.isnan(lon[1])


def test_a_point_checks_itself():
    assert apart_m(Point(116.41024449916938, 39.91640428150164, Datum.GCJ02).wgs84(), (116.404, 39.915)) < CENTIMETRE
    with pytest.raises(SwappedCoordinatesError):
        Point(39.9, 116.4, Datum.BD09).wgs84()
    with pytest.raises(MissingCoordinateError):
        Point(None, 39.9).wgs84()


@given(LONGITUDES, LATITUDES, st.sampled_from(Datum))
def test_one_point_and_arrays_of_points_agree(lon, lat, datum):
    for convert in (to_wgs84, from_wgs84):
        x, y = convert(np.array([lon]), np.array([lat]), datum)
        assert convert(lon, lat, datum) == pytest.approx((x[0], y[0]), abs=1e-11)

"""Distances from single points by way of the plane, held against all corners measured on the ellipsoid."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from regionmap.places.geodesy import ACCURACY_M, distance_m, least_distances_m, least_distances_within_m
from regionmap.places.index.locator import Locator
from regionmap.places.index.outline import Outline, Viewpoint
from regionmap.places.plane import SHORT_M, metres_per_degree, relative_error_bound, short_m

LOCATOR = Locator.load()
GRS80 = Geod(ellps="GRS80")
LATS = st.floats(-58, 58)


def by_plane(lon, lat, polygon):
    return Outline(polygon).distance_m(Viewpoint(lon, lat))


@settings(max_examples=200)
@given(st.sampled_from(LOCATOR.codes), st.floats(-7, 0.8), st.floats(0, 2 * math.pi), st.integers(0))
def test_distances_to_counties(code, exponent, course, corner):
    polygon = LOCATOR.geometry(code)
    corners = shapely.get_coordinates(polygon)
    x, y = corners[corner % len(corners)] + 10.0**exponent * np.array([math.cos(course), math.sin(course)])
    lon, lat = float(x), float(y)
    assume(not shapely.intersects_xy(polygon, lon, lat))
    assert by_plane(lon, lat, polygon) == pytest.approx(distance_m(lon, lat, polygon), abs=ACCURACY_M)


@pytest.mark.parametrize("lat", [5.0, 30.0, 53.0, -53.0])
@pytest.mark.parametrize(
    ("east", "north"), [(0.5, 1.0005), (0.5, 1.02), (0.5, -0.3), (-0.3, 0.4), (0.9, 2.8), (1.7, -0.6), (40.0, 5.0)]
)
def test_edges_of_a_hundred_kilometres_are_straight_in_degrees(lat, east, north):
    square = shapely.Polygon([(100, lat), (101, lat + 0.02), (101.02, lat + 1), (100, lat + 1)])
    point = 100 + east, lat + north
    assert by_plane(*point, square) == pytest.approx(distance_m(*point, square), abs=ACCURACY_M)


def test_inside_a_hole_and_among_islands():
    ring = shapely.box(110, 40, 111, 41).difference(shapely.box(110.4, 40.4, 110.6, 40.6))
    assert by_plane(110.5, 40.59, ring) == pytest.approx(GRS80.inv(110.5, 40.59, 110.5, 40.6)[2], abs=0.001)
    islands = shapely.MultiPolygon([shapely.box(110, 20, 111, 21), shapely.box(113, 20, 114, 21)])
    assert by_plane(112.9, 20.5, islands) == pytest.approx(GRS80.inv(112.9, 20.5, 113, 20.5)[2], rel=1e-6)


def test_a_corner_given_twice_is_no_edge():
    twice = shapely.Polygon([(110, 40), (111, 40), (111, 40), (111, 41), (110, 41)])
    assert by_plane(111.01, 40, twice) == pytest.approx(GRS80.inv(111.01, 40, 111, 40)[2], abs=0.001)


@given(LATS, st.floats(0, 360), st.floats(0, SHORT_M))
def test_short_distances_are_those_on_the_ellipsoid(lat, course, metres):
    lon, other, _ = GRS80.fwd(110.0, lat, course, metres)
    assert short_m(lat, lon - 110.0, other - lat) == pytest.approx(metres, abs=0.001)
    one = np.array([lat])
    assert short_m(one, np.array([lon - 110.0]), np.array([other]) - one)[0] == pytest.approx(metres, abs=0.001)


@given(LATS, st.floats(0, 360), st.floats(1, 250_000))
def test_how_far_the_plane_may_be_wrong(lat, course, metres):
    lon, other, _ = GRS80.fwd(110.0, lat, course, metres)
    per_lon, per_lat = metres_per_degree(lat)
    flat = math.hypot((lon - 110.0) * per_lon, (other - lat) * per_lat)
    error = relative_error_bound(lat, flat)
    assert flat * (1 - error) <= metres <= flat * (1 + error)


@given(st.floats(70, 140), LATS, st.floats(0, 300_000))
def test_the_quick_bounds_of_boxes(lon, lat, within_m):
    rows = range(0, len(LOCATOR.codes), 41)
    polygons = [LOCATOR.geometry(LOCATOR.codes[row]) for row in rows]
    boxes = np.array([polygon.bounds for polygon in polygons])
    quick = least_distances_within_m(lon, lat, boxes, within_m)
    for polygon, box, bound in zip(polygons, boxes, quick, strict=True):
        corners = shapely.get_coordinates(polygon)
        metres = GRS80.inv(np.full(len(corners), lon), np.full(len(corners), lat), *corners.T)[2].min()
        if metres <= within_m:
            assert bound <= metres
        if least_distances_m(lon, lat, box[None])[0] > within_m * 1.1 + 1_000:
            assert bound > 0
        assert bound <= within_m or metres > within_m

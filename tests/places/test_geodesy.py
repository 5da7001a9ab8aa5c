"""Distances to polygons, held against pyproj along boundaries cut into short pieces."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from regionmap.places.geodesy import ACCURACY_M, area_and_perimeter, distance_m, least_distances_m
from regionmap.places.index.locator import Locator

LOCATOR = Locator.load()
GRS80 = Geod(ellps="GRS80")


def along_the_boundary_m(lon, lat, polygon, step_degrees):
    """The distance to the nearest of many points on the boundary: never less than the true distance."""
    points = shapely.get_coordinates(shapely.segmentize(shapely.boundary(polygon), step_degrees))
    return GRS80.inv(np.full(len(points), lon), np.full(len(points), lat), points[:, 0], points[:, 1])[2].min()


def agree(found, dense, step_m):
    """Points of a boundary ``step_m`` apart overstate a distance d by at most half a step, and by step² / 8d."""
    slack = min(step_m / 2, step_m**2 / (8 * max(found, 1e-9)))
    return -ACCURACY_M <= dense - found <= slack + ACCURACY_M


@settings(max_examples=60)
@given(st.sampled_from(LOCATOR.codes), st.floats(-1.5, 1.5), st.floats(-1.5, 1.5))
def test_distances_to_counties(code, east, north):
    polygon = LOCATOR.geometry(code)
    west_edge, south_edge, east_edge, north_edge = polygon.bounds
    lon, lat = (west_edge + east_edge) / 2 + east, (south_edge + north_edge) / 2 + north
    found = distance_m(lon, lat, polygon)
    if shapely.intersects_xy(polygon, lon, lat):
        assert found == 0
    else:
        assert agree(found, along_the_boundary_m(lon, lat, polygon, 0.001), 112)


@pytest.mark.parametrize("lat", [5.0, 30.0, 53.0])
@pytest.mark.parametrize(("east", "north"), [(0.5, 1.001), (0.5, -0.001), (-0.3, 0.4), (0.9, 1.8), (1.7, -0.6)])
def test_edges_of_a_hundred_kilometres_are_straight_in_degrees(lat, east, north):
    square = shapely.box(100, lat, 101, lat + 1)
    found = distance_m(100 + east, lat + north, square)
    assert agree(found, along_the_boundary_m(100 + east, lat + north, square, 0.00002), 2.3)


@given(st.floats(0.00001, 0.4), st.floats(0.0, 1.0))
def test_near_a_slanting_edge(away, share):
    triangle = shapely.Polygon([(110, 40), (110.8, 40.5), (110, 41)])
    lon, lat = 110 + 0.8 * share + away * 0.5, 40 + 0.5 * share - away * 0.8
    found = distance_m(lon, lat, triangle)
    assert agree(found, along_the_boundary_m(lon, lat, triangle, 0.0001), 12)


def test_inside_a_hole_the_distance_is_to_the_ring_around_it():
    ring = shapely.box(110, 40, 111, 41).difference(shapely.box(110.4, 40.4, 110.6, 40.6))
    assert distance_m(110.5, 40.59, ring) == pytest.approx(GRS80.inv(110.5, 40.59, 110.5, 40.6)[2], abs=ACCURACY_M)
    assert distance_m(110.2, 40.2, ring) == 0


def test_the_nearest_part_of_several_counts():
    islands = shapely.MultiPolygon([shapely.box(110, 20, 111, 21), shapely.box(113, 20, 114, 21)])
    assert distance_m(112.9, 20.5, islands) == pytest.approx(GRS80.inv(112.9, 20.5, 113, 20.5)[2], rel=1e-6)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_box_is_never_farther_than_what_lies_in_it(lon, lat):
    rows = range(0, len(LOCATOR.codes), 97)
    polygons = [LOCATOR.geometry(LOCATOR.codes[row]) for row in rows]
    least = least_distances_m(lon, lat, np.array([polygon.bounds for polygon in polygons]))
    for polygon, bound in zip(polygons, least, strict=True):
        corners = shapely.get_coordinates(polygon)
        metres = GRS80.inv(np.full(len(corners), lon), np.full(len(corners), lat), corners[:, 0], corners[:, 1])[2]
        assert bound <= metres.min()


def test_a_box_around_the_point_is_at_no_distance():
    boxes = np.array([[110.0, 30.0, 111.0, 31.0], [112.0, 30.0, 113.0, 31.0]])
    inside, beside = least_distances_m(110.5, 30.5, boxes)
    assert inside == 0
    assert 0.98 < beside / GRS80.inv(110.5, 30.5, 112, 30.5)[2] < 1


def test_areas_do_not_depend_on_the_way_that_rings_run():
    square = shapely.box(100, 30, 100.1, 30.1)
    backwards = shapely.Polygon(list(square.exterior.coords)[::-1])
    assert area_and_perimeter(square) == pytest.approx(area_and_perimeter(backwards))
    assert area_and_perimeter(square)[0] == pytest.approx(9632.2 * 11086.0, rel=0.002)  # two sides by hand
    assert area_and_perimeter(shapely.LineString([(100, 30), (101, 31)])) == (0.0, 0.0)
    mixed = shapely.GeometryCollection([square, shapely.Point(100, 30)])
    assert area_and_perimeter(mixed) == pytest.approx(area_and_perimeter(square))


def test_areas_of_parts_and_holes_add_up_and_so_do_their_outlines():
    """Parts 4,000 km apart: what is walked between them counts for nothing."""
    far = [shapely.box(75, 20, 75.1, 20.1), shapely.box(134, 50, 134.1, 50.1), shapely.box(80, 45, 80.1, 45.1)]
    areas, outlines = zip(*map(area_and_perimeter, far), strict=True)
    assert area_and_perimeter(shapely.MultiPolygon(far)) == pytest.approx((sum(areas), sum(outlines)), rel=1e-9)
    hole = shapely.box(75.02, 20.02, 75.04, 20.04)
    area, outline = area_and_perimeter(hole)
    assert area == pytest.approx(2_091.6 * 2_214.2, rel=0.002)  # two sides by hand
    assert area_and_perimeter(far[0].difference(hole)) == pytest.approx((areas[0] - area, outlines[0] + outline))


def test_what_is_empty_has_no_area():
    assert area_and_perimeter(shapely.Polygon()) == (0.0, 0.0)
    with_nothing = shapely.GeometryCollection([shapely.Polygon(), shapely.box(100, 30, 100.1, 30.1)])
    assert area_and_perimeter(with_nothing) == area_and_perimeter(shapely.box(100, 30, 100.1, 30.1))

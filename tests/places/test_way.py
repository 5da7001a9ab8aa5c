"""Ways on the ellipsoid, and a locator that is sent elsewhere."""

from __future__ import annotations

import itertools
import math
import pickle
import random
import subprocess
import sys

import numpy as np
import pytest
from pyproj import Geod, Transformer

from regionmap.places import plane
from regionmap.places.index import nearest_edge
from regionmap.places.index import way as way_module
from regionmap.places.index.locator import Locator
from regionmap.places.index.way import plain_way, way

GRS80 = Geod(ellps="GRS80")


def test_both_ways_are_those_of_proj():
    pick = random.Random(4)  # noqa: S311
    for _ in range(200):
        lon, lat = pick.uniform(74, 135), pick.uniform(4, 53)
        other = lon + pick.uniform(-2, 2), lat + pick.uniform(-2, 2)
        _, back, metres = GRS80.inv(lon, lat, *other)
        for found in (way(lon, lat, *other), plain_way(lon, lat, *other)):
            assert found[1] == pytest.approx(metres, abs=1e-6)
            assert math.cos(math.radians(found[0] - back)) == pytest.approx(1, abs=1e-9)


def test_few_ways_wait_for_no_library_and_many_take_it():
    code = (
        "import sys; from regionmap.places.index.way import way\n"
        "for n in range(500): way(116, 39, 117, 40); print('pyproj' in sys.modules) if n in (0, 350, 450) else None"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize(("loaded", "plainly"), [((), 2), (("pyproj",), 0)])
def test_so_many_ways_are_measured_plainly_and_none_where_the_library_is_there(monkeypatch, loaded, plainly):
    monkeypatch.setattr(way_module, "sys", type("Sys", (), {"modules": dict.fromkeys(loaded)}))
    monkeypatch.setattr(way_module, "_asked", itertools.count())
    monkeypatch.setattr(way_module, "_FEW", 2)
    monkeypatch.setattr(way_module, "plain_way", lambda *_: "plainly")
    found = [way(116, 39, 117, 40) for _ in range(5)]
    assert found[:plainly] == ["plainly"] * plainly
    assert all(isinstance(one, tuple) for one in found[plainly:])


def test_the_nearest_of_some_edges_is_measured_truly():
    pick = random.Random(5)  # noqa: S311
    lon, lat = 113.9, 38.0
    for _ in range(20):
        edges = [(lon + pick.uniform(0.01, 0.1), lat + pick.uniform(-0.1, 0.1), 0.0, 0.02) for _ in range(6)]
        # An edge due north: its nearest point by a fine search on the ellipsoid.
        truth = min(
            GRS80.inv(lon, lat, x, y + north * step / 2_000)[2] for x, y, _, north in edges for step in range(2_001)
        )
        feet = []
        for x, y, east, north in edges:
            share = min(max((lat - y) / north, 0.0), 1.0)
            feet.append(((x, y, east, north), share, x - lon, y + share * north - lat))
        assert nearest_edge.nearest_m(plain_way, lon, lat, feet) == pytest.approx(truth, abs=0.05)


def test_a_locator_travels_without_the_point_it_looked_from_last():
    locator = Locator.load()
    assert locator.county_at(115.47, 38.87) == "130602"
    assert locator._last is not None
    again = pickle.loads(pickle.dumps(locator))  # noqa: S301
    assert again._last is None
    assert again.county_at(115.47, 38.87) == "130602"
    assert again.county_at(116.4, 39.9) == locator.county_at(116.4, 39.9)


def test_a_chord_tells_a_short_way_to_a_micrometre():
    pick = np.random.default_rng(5)
    lat, course, metres = pick.uniform(18, 54, 2_000), pick.uniform(0, 360, 2_000), pick.uniform(0, 22_000, 2_000)
    lon, other, _ = GRS80.fwd(np.full(2_000, 105.0), lat, course, metres)
    assert np.abs(plane.chord_m(lat, lon - 105.0, other - lat) - metres).max() < 1e-6


@pytest.mark.parametrize("lat", [18.0, 38.0, 53.0])
@pytest.mark.parametrize("metres", [1_000.0, 20_000.0, 100_000.0, 240_000.0])
def test_what_is_as_far_in_any_direction_lies_within_the_bound_of_what_is_nearest_in_the_plane(lat, metres):
    lon2, lat2, _ = GRS80.fwd(np.full(72, 110.0), np.full(72, lat), np.arange(0, 360, 5), np.full(72, metres))
    per_lon, per_lat = plane.metres_per_degree(lat)
    in_plane = np.hypot((lon2 - 110.0) * per_lon, (lat2 - lat) * per_lat)
    least, most = in_plane.min(), in_plane.max()
    assert most > least
    bound = nearest_edge.bound_m(lat, least)
    assert most <= bound < 1.2 * least


def test_chords_of_up_to_22_kilometres_are_geodesics_to_a_millionth_of_a_metre():
    dice = np.random.default_rng(8)
    lat, course, metres = dice.uniform(18, 54, 5_000), dice.uniform(0, 360, 5_000), dice.uniform(0, 22_000, 5_000)
    lon2, lat2, _ = GRS80.fwd(np.full(5_000, 110.0), lat, course, metres)
    assert np.abs(plane.chord_m(lat, lon2 - 110.0, lat2 - lat) - metres).max() < 1e-6
    assert plane.chord_m(38.0, 0.0, 0.0) == 0.0


@pytest.mark.parametrize("lat", [0.0, 18.0, 38.0, 53.0])
def test_metres_of_a_degree_are_those_of_the_ellipsoid(lat):
    short = 1e-3
    east = GRS80.inv(110.0, lat, 110.0 + short, lat)[2] / short
    north = GRS80.inv(110.0, lat - short / 2, 110.0, lat + short / 2)[2] / short
    assert plane.metres_per_degree(lat) == pytest.approx((east, north), rel=1e-8)


def test_the_nearest_point_of_an_edge_is_one_of_its_own():
    away, along = np.array([[-3.0, -0.5, 1.0], [1.0, 1.0, 1.0]]), np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]])
    assert plane.nearest_shares(away, along).tolist() == [1.0, 0.5, 0.0]


@pytest.mark.parametrize("lat", [3.0, 38.0, 53.0])
def test_what_is_seen_from_a_point_is_what_proj_sees_in_its_tangent_plane(lat):
    dice = np.random.default_rng(11)
    east, north = dice.uniform(-2, 2, (2, 200))
    view = Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=GRS80 "
        f"+step +proj=topocentric +ellps=GRS80 +lon_0=110 +lat_0={lat}"
    )
    expected = view.transform(110.0 + east, lat + north, np.zeros(200))[:2]
    assert np.array(plane.seen_from(np.full(200, lat), east, north)) == pytest.approx(np.array(expected), abs=1e-4)

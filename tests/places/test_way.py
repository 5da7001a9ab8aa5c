"""Ways on the ellipsoid, and a locator that is sent elsewhere."""

from __future__ import annotations

import math
import pickle
import random
import subprocess
import sys

import numpy as np
import pytest
from pyproj import Geod

from regionmap.places import plane
from regionmap.places.index import nearest_edge
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

"""The nearest of some edges by a few ways on the ellipsoid, held against a search on it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from regionmap.places import plane
from regionmap.places.index import nearest_edge
from regionmap.places.index.way import plain_way
from tests.places.truth import GRS80, to_edges_m

_DICE = np.random.default_rng(9)
_COUNT = 3_000
LON, LAT = _DICE.uniform(75, 134, _COUNT), _DICE.uniform(3, 54, _COUNT)
# From a kilometre to 250, on edges of ten metres to 60 km in all directions.
_AWAY = 10.0 ** _DICE.uniform(3, math.log10(250_000), _COUNT)
START = np.column_stack(GRS80.fwd(LON, LAT, _DICE.uniform(0, 360, _COUNT), _AWAY)[:2])
_LENGTH = 10.0 ** _DICE.uniform(1, math.log10(60_000), _COUNT)
ALONG = np.column_stack(GRS80.fwd(*START.T, _DICE.uniform(0, 360, _COUNT), _LENGTH)[:2]) - START
TRUE = to_edges_m(LON, LAT, START, ALONG)


def in_the_plane():
    """Where the nearest points of the edges lie in the planes about the points: shares, and degrees from the points."""
    scale = np.array(plane.metres_per_degree(LAT))
    away = START.T - (LON, LAT)
    share = plane.nearest_shares(away * scale, ALONG.T * scale)
    return share, *(away + share * ALONG.T)


SHARE, EAST, NORTH = in_the_plane()


def test_an_edge_is_measured_to_some_micrometres():
    for at in range(0, _COUNT, 3):
        edge = (*START[at].tolist(), *ALONG[at].tolist())
        found = nearest_edge.to_edge_m(plain_way, float(LON[at]), float(LAT[at]), edge, float(SHARE[at]))
        assert found == pytest.approx(TRUE[at], abs=2e-5)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_a_point_on_an_edge_is_at_no_distance_from_it(share):
    lon, lat = 110.0 + 0.25 * 0.5, 40.0 + 0.25 * 0.25
    found = nearest_edge.to_edge_m(plain_way, lon, lat, (110.0, 40.0, 0.5, 0.25), share)
    assert found == pytest.approx(0.0, abs=1e-5)


def test_what_an_edge_is_away_at_least_is_never_more_than_it_is():
    for at in np.flatnonzero(TRUE >= plane.SHORT_M / 2):
        least = plane.least_m(float(LAT[at]), float(EAST[at]), float(NORTH[at]))
        assert 0.98 * TRUE[at] < least <= TRUE[at]


def test_the_nearest_of_many_is_found_whatever_their_order():
    """Edges about one point, whose bounds lie closer together than they are wrong."""
    lon, lat = 116.0, 45.0
    for metres in (1_500.0, 40_000.0, 240_000.0):
        course = np.arange(0, 360, 15.0)
        start = np.column_stack(GRS80.fwd(np.full(24, lon), np.full(24, lat), course, metres + (course * 7) % 23)[:2])
        along = np.tile([0.0, 1e-3], (24, 1)) * np.where(start[:, 1] > lat, 1, -1)[:, None]
        true = to_edges_m(np.full(24, lon), np.full(24, lat), start, along)
        feet = [
            ((*start[at].tolist(), *along[at].tolist()), 0.0, *(start[at] - (lon, lat)).tolist()) for at in range(24)
        ]
        for order in (feet, feet[::-1]):
            assert nearest_edge.nearest_m(plain_way, lon, lat, order) == pytest.approx(true.min(), abs=1e-4)

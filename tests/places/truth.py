"""Distances on the ellipsoid by search alone: no projection, no plane and no formula of ours."""

from __future__ import annotations

import numpy as np
from pyproj import Geod

GRS80 = Geod(ellps="GRS80")


def to_edges_m(lon, lat, start, along):
    """The geodesic distances from points to edges, pair by pair: start (n, 2) and from there to the end, degrees.

    On an edge that is short beside the Earth the distance falls to its foot and rises again: golden sections close in
    on it.
    """
    golden = (5**0.5 - 1) / 2

    def metres(share):
        points = start + share[:, None] * along
        return GRS80.inv(lon, lat, points[:, 0], points[:, 1])[2]

    low, high = np.zeros(len(lon)), np.ones(len(lon))
    for _ in range(40):
        one, two = high - golden * (high - low), low + golden * (high - low)
        nearer = metres(one) < metres(two)
        low, high = np.where(nearer, low, one), np.where(nearer, two, high)
    return np.minimum.reduce([metres((low + high) / 2), metres(np.zeros(len(lon))), metres(np.ones(len(lon)))])

"""From many points to the nearest other province, in metres: what ``Locator.other_province_m`` tells for one point.

Edges are looked for in Mercator's projection of the ellipsoid, which keeps angles: what is nearest there is nearest on
the ground but for the change of its scale over the way, which is bounded. The few edges that the bound leaves are
measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from regionmap.places import plane
from regionmap.places.geodesy import ellipsoid
from regionmap.places.index import grid_build
from regionmap.places.index.grid_build import Edges
from regionmap.places.index.province_lines import NOT_MAINLAND

if TYPE_CHECKING:
    from regionmap.places.index.locator import Locator

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

ERROR_M = 0.001
"""How far a distance may be from the one that is measured for one point."""

SEMI_MAJOR_M, _ECCENTRICITY = 6_378_137.0, 0.0818191910428
# Edges are cut into pieces of at most so many degrees: straight in degrees, they then bend in the projection by less
# than so many radians up to 60° of latitude.
_PIECE_DEGREES, BEND = 0.05, 4e-7
# Up to here the chord tells the distance; farther off the ellipsoid is asked, in so many steps.
_CHORD_M = 22_000.0
_STEPS = 3
_POINTS_AT_ONCE = 1 << 16


class LineDistances:
    """The boundaries of all provinces of the mainland, for points in each of them."""

    def __init__(self, edges: Edges, provinces: Sequence[int], reach_m: float) -> None:
        """Prepare for distances up to ``reach_m``; the edges of a province are laid out when a point lies in it.

        Args:
            edges: those of all counties, as ``grid_build.edges_of`` gives them.
            provinces: of each county, by its row, the number of its province; see ``province_numbers``.
            reach_m: how far is looked.
        """
        self.reach_m = reach_m
        beside = np.array([*provinces, 0])[np.column_stack([edges.left, edges.right])]
        outer = beside[:, 0] != beside[:, 1]
        self._ends, self._beside = edges.ends[outer], beside[outer]
        self._trees: dict[int, tuple[shapely.STRtree, Floats]] = {}

    @classmethod
    def load(cls, locator: Locator, edges: Edges, reach_m: float) -> LineDistances:
        """Prepare the edges of a locator's counties, whose indices into ``codes`` are the rows."""
        return cls(edges, province_numbers(locator.codes), reach_m)

    def metres(self, lon: ArrayLike, lat: ArrayLike, province: ArrayLike) -> Floats:
        """Return the geodesic distance of points to the nearest other province; infinite beyond ``reach_m``.

        Args:
            lon: WGS-84 degrees, shape (n,).
            lat: WGS-84 degrees, shape (n,).
            province: the number of the province that each point lies in; 0 has no distance.
        """
        x, y, own = np.asarray(lon, np.float64), np.asarray(lat, np.float64), np.asarray(province)
        found = np.full(len(x), np.inf)
        usable = np.isfinite(x) & np.isfinite(y)
        for number in np.unique(own[usable & (own > 0)]).tolist():
            tree, pieces = self.tree(number)
            points = np.flatnonzero(usable & (own == number))
            for start in range(0, len(points) if len(pieces) else 0, _POINTS_AT_ONCE):
                some = points[start : start + _POINTS_AT_ONCE]
                found[some] = self._measured(tree, pieces, x[some], y[some])
        found[found > self.reach_m] = np.inf
        return found

    def _measured(self, tree: shapely.STRtree, pieces: Floats, x: Floats, y: Floats) -> Floats:
        """Return distances that are right up to ``reach_m``."""
        found = np.full(len(x), np.inf)
        shapes = shapely.points(projected(x, y))
        most = float(most_projected(np.abs(y).max(), self.reach_m))
        points, nearest = tree.query_nearest(shapes, max_distance=most, all_matches=False)
        found[points] = to_pieces_m(x[points], y[points], pieces[nearest])
        # What is nearest in truth is no farther than what was found, and so lies within this in the projection.
        around = most_projected(np.abs(y[points]), found[points])
        which, others = tree.query(shapes[points], predicate="dwithin", distance=around)
        again = points[which]
        np.minimum.at(found, again, to_pieces_m(x[again], y[again], pieces[others]))
        return found

    def tree(self, number: int) -> tuple[shapely.STRtree, Floats]:
        """Return the pieces of edges of other provinces within reach of a province, and an index of them."""
        if number not in self._trees:
            pieces = _cut(self.others(number))
            lines = np.stack([projected(*pieces[:, :2].T), projected(*pieces[:, 2:].T)], axis=1)
            self._trees[number] = shapely.STRtree(shapely.linestrings(lines)), pieces
        return self._trees[number]

    def others(self, number: int) -> Floats:
        """Return the outer edges of other provinces within reach of a province, as ``Edges.ends``."""
        theirs = ((self._beside > 0) & (self._beside != number)).any(axis=1)
        return np.asarray(self._ends[theirs & self._near(number)])

    def _near(self, number: int) -> NDArray[np.bool_]:
        """Tell which edges have a box within reach of the box of a province."""
        own = self._ends[(self._beside == number).any(axis=1)].reshape(-1, 2)
        if not len(own):
            return np.zeros(len(self._ends), bool)
        north = np.degrees(1.01 * self.reach_m / plane.LEAST_RADIUS_M)
        east = north / np.cos(np.radians(np.abs(own[:, 1]).max() + north))
        around = np.array([east, north])
        low, high = own.min(axis=0) - around, own.max(axis=0) + around
        start, end = self._ends[:, :2], self._ends[:, 2:]
        return np.asarray(((np.maximum(start, end) >= low) & (np.minimum(start, end) <= high)).all(axis=1))


def province_numbers(codes: Sequence[str]) -> list[int]:
    """Return the number of each unit's province, the first two digits of its code; 0 for those that do not count."""
    return [0 if code[:2] in NOT_MAINLAND else int(code[:2]) for code in codes]


def _cut(ends: Floats) -> Floats:
    """Return edges cut into pieces of at most ``_PIECE_DEGREES`` either way."""
    along = ends[:, 2:] - ends[:, :2]
    count = np.maximum(np.ceil(np.abs(along).max(axis=1, initial=0) / _PIECE_DEGREES), 1).astype(np.intp)
    edge, part = grid_build.spread(np.zeros(len(ends), np.intp), count - 1)
    start, step = ends[edge, :2], along[edge] / count[edge][:, None]
    return np.hstack([start + part[:, None] * step, start + (part[:, None] + 1) * step])


def projected(lon: Floats, lat: Floats) -> Floats:
    """Return points in Mercator's projection of the ellipsoid, for a unit of one semi-major axis; shape (n, 2)."""
    sine = np.sin(np.radians(lat))
    north = np.arctanh(sine) - _ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine)
    return np.column_stack([np.radians(lon), north])


def most_projected(lat: Any, metres: Any) -> Any:
    """Return how far apart in the projection what lies so many metres from a latitude may be."""
    highest = np.minimum(np.radians(lat) + metres / plane.LEAST_RADIUS_M, np.radians(89))
    # The scale grows towards the poles; the semi-major axis is less than the radius across the meridian there.
    return metres / (SEMI_MAJOR_M * np.cos(highest)) + BEND


def to_pieces_m(x: Floats, y: Floats, pieces: Floats) -> Floats:
    """Return the geodesic distances of points to edges, pair by pair, to ``ERROR_M``."""
    away, along = pieces[:, :2].T - (x, y), (pieces[:, 2:] - pieces[:, :2]).T
    scale = np.array(plane.metres_per_degree(y + away[1] / 2))
    share = plane.nearest_shares(away * scale, along * scale)
    # That plane is none of the point or the foot; the one that touches the foot finds it to a metre, which is enough.
    foot = away + share * along
    share = _nearer(share, along, y + foot[1], *plane.seen_from(y + foot[1], -foot[0], -foot[1]))
    foot = away + share * along
    metres = plane.chord_m(y, foot[0], foot[1])
    far = np.flatnonzero(metres > _CHORD_M)
    if len(far):
        metres[far] = _far_m(x[far], y[far], away[:, far], along[:, far], share[far])
    return np.asarray(metres)


def _far_m(x: Floats, y: Floats, away: Floats, along: Floats, share: Floats) -> Floats:
    """Return the same on the ellipsoid, from shares of the edges near the foot: see ``outline``."""
    metres = np.zeros(len(x))
    for _ in range(_STEPS):
        lon, lat = np.array([x, y]) + away + share * along
        _, back, metres = ellipsoid().inv(x, y, lon, lat)
        course = np.radians(back)
        share = _nearer(share, along, lat, metres * np.sin(course), metres * np.cos(course))
    return np.asarray(metres)


def _nearer(share: Floats, along: Floats, lat: Floats, east: Floats, north: Floats) -> Floats:
    """Return the shares of edges where points stand upright on them that lie so many metres from the shares of now."""
    right, up = along * np.array(plane.metres_per_degree(lat))
    return np.asarray(np.clip(share + (east * right + north * up) / (right * right + up * up), 0.0, 1.0))

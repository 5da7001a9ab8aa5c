"""Answers about single points from the outlines, without numpy, shapely and pyproj: see ``arrays`` for the many.

Loading those takes longer than a hundred answers. What they would say is said here too (tests hold one against the
other, to a thousandth of a millimetre). A distance so great that the plane about the point is no help is left to them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from regionmap.places.index.nearest_edge import MANY_EDGES, MOST_RELATIVE_ERROR, bound_m, nearest_m
from regionmap.places.index.outlines import Outlines, Polygon
from regionmap.places.index.way import plain_way
from regionmap.places.plane import LEAST_RADIUS_M, SHORT_M, metres_per_degree, relative_error_bound, short_m

if TYPE_CHECKING:
    from regionmap.places.index.arrays import PointInArrays

# The error of the sign of a 2 × 2 determinant of differences is below 3.4e-16 of the sum of its products.
_UNSURE = 1e-15


class OnePoint:
    """A point, degrees, among the counties of some outlines."""

    def __init__(self, outlines: Outlines, lon: float, lat: float, far: Callable[[], PointInArrays]) -> None:
        """Look from a point; ``far`` makes the one that is asked about great distances."""
        self._outlines, self._lon, self._lat, self._make_far = outlines, lon, lat, far
        self._decoded: dict[int, list[Polygon]] = {}

    @cached_property
    def _far(self) -> PointInArrays:
        return self._make_far()

    def covering(self) -> int | None:
        """Return the lowest row of those that the point lies in, or on the edge of."""
        x, y = self._lon, self._lat
        for row, (west, south, east, north) in enumerate(self._outlines.boxes):
            if west <= x <= east and south <= y <= north and self.holds(row):
                return row
        return None

    def holds(self, row: int) -> bool:
        """Tell whether the point lies in a county or on its edge: exactly, whatever the rounding."""
        x, y = self._lon, self._lat
        inside = False
        for polygon in self._polygons(row):
            for xs, ys in polygon:
                for ax, ay, bx, by in zip(xs, ys, xs[1:], ys[1:], strict=False):
                    if (ay > y) != (by > y):
                        turn = _turn(ax, ay, bx, by, x, y)
                        if not turn:
                            return True
                        inside ^= (turn > 0) == (by > ay)
                    elif (ay == y and ax == x) or (ay == y == by and min(ax, bx) <= x <= max(ax, bx)):
                        return True
        return inside

    def within(self, metres: float) -> list[tuple[int, float]]:
        """Return rows with lower bounds of their distances, by growing bounds: ``geodesy.least_distances_within_m``."""
        if metres == math.inf:
            return self._far.within(metres)
        x, y = self._lon, self._lat
        shortest = max(math.cos(min(math.radians(abs(y)) + metres / LEAST_RADIUS_M, math.pi / 2)), 0.0)
        degree = math.radians(LEAST_RADIUS_M)
        due_most = metres / degree * (1 + 1e-9)
        found = []
        for row, (west, south, east, north) in enumerate(self._outlines.boxes):
            due = max(south - y, y - north, 0.0)
            if due <= due_most:  # most are farther off
                least = math.hypot(max(west - x, x - east, 0.0) * shortest, due) * degree
                if least <= metres:
                    found.append((row, least))
        return sorted(found, key=lambda one: one[1])

    def distance_m(self, row: int) -> float:
        """Return the geodesic distance to a county that does not hold the point."""
        x, y = self._lon, self._lat
        edges, least = [], math.inf
        wide, high = metres_per_degree(y)
        for ax, ay, bx, by in self._edges(row):
            away_x, away_y = (ax - x) * wide, (ay - y) * high
            along_x, along_y = (bx - ax) * wide, (by - ay) * high
            share = -(away_x * along_x + away_y * along_y) / (along_x * along_x + along_y * along_y)
            share = min(max(share, 0.0), 1.0)
            foot_x, foot_y = away_x + share * along_x, away_y + share * along_y
            flat = math.hypot(foot_x, foot_y)
            if flat < least:
                least = flat
            edges.append((flat, foot_x, foot_y, (ax, ay, bx - ax, by - ay), share))
        bound = bound_m(y, least)
        near = [one for one in edges if one[0] <= bound]
        if relative_error_bound(y, 1.5 * least) > MOST_RELATIVE_ERROR or len(near) > MANY_EDGES:
            return self._far.distance_m(row)
        if least <= SHORT_M / 2:
            return min(float(short_m(y, foot_x / wide, foot_y / high)) for _, foot_x, foot_y, *_ in near)
        feet = ((edge, share, foot_x / wide, foot_y / high) for _, foot_x, foot_y, edge, share in near)
        return nearest_m(plain_way, x, y, feet)

    def _polygons(self, row: int) -> list[Polygon]:
        found = self._decoded.get(row)
        if found is None:
            found = self._decoded[row] = self._outlines.polygons(row)
        return found

    def _edges(self, row: int) -> Iterator[tuple[float, float, float, float]]:
        for polygon in self._polygons(row):
            for xs, ys in polygon:
                for edge in zip(xs, ys, xs[1:], ys[1:], strict=False):
                    if edge[:2] != edge[2:]:
                        yield edge


def _turn(ax: float, ay: float, bx: float, by: float, x: float, y: float) -> float | Fraction:
    """Return a number above 0 where a point lies left of an edge, below 0 right of it, 0 on its line."""
    one, other = (bx - ax) * (y - ay), (by - ay) * (x - ax)
    turn = one - other
    if abs(turn) > _UNSURE * (abs(one) + abs(other)):
        return turn
    ax_, ay_ = Fraction(ax), Fraction(ay)
    return (Fraction(bx) - ax_) * (Fraction(y) - ay_) - (Fraction(by) - ay_) * (Fraction(x) - ax_)

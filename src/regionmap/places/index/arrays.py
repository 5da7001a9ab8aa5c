"""Answers about points from the boundaries as shapely's polygons and numpy's arrays: for one point after another.

Polygons stay encoded until a question touches them: one point decodes two or three of the 2,891.
"""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from regionmap.places.geodesy import least_distances_m, least_distances_within_m
from regionmap.places.index.outline import Outline, Viewpoint
from regionmap.places.index.outlines import Polygon
from regionmap.places.plane import LEAST_RADIUS_M

_POLYGON, _MULTIPOLYGON = 3, 6  # in well-known binary, which shapely reads ten times faster than it makes polygons

# Boxes near a point are looked up by cells of half a degree, the last so many of them.
_CELLS_PER_DEGREE, _MOST_CELLS = 2, 4_096
_FARTHEST = 360.0  # what is said of points in no range is for others to say
_MOST_RADIANS = 1.5  # nearer to a pole every box may be near


class Boundaries:
    """The polygons of counties by their rows, with their boxes (west, south, east, north, degrees)."""

    def __init__(self, boxes: NDArray[np.float64], decode: Callable[[int], Any]) -> None:
        """Keep a function that makes the polygon of a row."""
        # Column by column in memory: each is compared as a whole.
        self.boxes: NDArray[np.float64] = np.ascontiguousarray(boxes.T).T
        self._decode = decode
        self._decoded: dict[int, Any] = {}
        self._outlines: dict[int, Outline] = {}
        self._around: dict[tuple[int, int, float], tuple[NDArray[np.intp], NDArray[np.float64]]] = {}

    def around(self, lon: float, lat: float, metres: float) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the rows, in order, whose boxes may lie within so many metres of a point, and their boxes.

        All that ``least_distances_within_m`` finds so near are among them: kept for all points of a cell of degrees.
        """
        if abs(lon) > _FARTHEST or abs(lat) > _FARTHEST:
            return np.arange(len(self.boxes)), self.boxes
        column, row = math.floor(lon * _CELLS_PER_DEGREE), math.floor(lat * _CELLS_PER_DEGREE)
        key = column, row, metres
        found = self._around.get(key)
        if found is None:
            west, south = column / _CELLS_PER_DEGREE, row / _CELLS_PER_DEGREE
            east, north = (column + 1) / _CELLS_PER_DEGREE, (row + 1) / _CELLS_PER_DEGREE
            angle = 1.001 * metres / LEAST_RADIUS_M
            highest = math.radians(max(abs(south), abs(north))) + angle
            due = math.degrees(angle)
            aside = due / math.cos(highest) if highest < _MOST_RADIANS else 360.0
            boxes = self.boxes
            rows = np.flatnonzero(
                (boxes[:, 0] <= east + aside)
                & (boxes[:, 2] >= west - aside)
                & (boxes[:, 1] <= north + due)
                & (boxes[:, 3] >= south - due)
            )
            if len(self._around) >= _MOST_CELLS:
                self._around.clear()
            found = self._around[key] = rows, np.ascontiguousarray(boxes[rows].T).T
        return found

    def polygon(self, row: int) -> Any:
        """Return the polygon or multipolygon of a row."""
        if row not in self._decoded:
            self._decoded[row] = self._decode(row)
        return self._decoded[row]

    def outline(self, row: int) -> Outline:
        """Return the boundary of a row, laid out for distances."""
        if row not in self._outlines:
            self._outlines[row] = Outline(self.polygon(row))
        return self._outlines[row]

    def rows_at(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the lowest rows whose polygons hold points, or have them on their edges; -1 for none and for NaN."""
        finite = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        boxes = shapely.STRtree(shapely.box(*self.boxes.T))
        hits, rows = boxes.query(shapely.points(lon[finite], lat[finite]))
        points = finite[hits]
        used = np.unique(rows)
        polygons = np.empty(len(self.boxes), dtype=object)
        polygons[used] = [self.polygon(int(row)) for row in used]
        shapely.prepare(polygons[used])
        inside = shapely.intersects_xy(polygons[rows], lon[points], lat[points])
        lowest = np.full(len(lon), len(self.boxes))
        np.minimum.at(lowest, points[inside], rows[inside])
        lowest[lowest == len(self.boxes)] = -1
        return lowest


class PointInArrays:
    """A point, degrees, among boundaries: what ``one_point.OnePoint`` tells, for any distance.

    What was found is kept: the county, the next province and the next other answer are asked for one after another.
    """

    def __init__(self, boundaries: Boundaries, lon: float, lat: float) -> None:
        """Look from a point."""
        self._boundaries, self._lon, self._lat = boundaries, lon, lat
        self._held: dict[int, bool] = {}
        self._within: dict[float, list[tuple[int, float]]] = {}
        self._metres: dict[int, float] = {}

    @cached_property
    def _view(self) -> Viewpoint:
        return Viewpoint(self._lon, self._lat)

    def covering(self) -> int | None:
        """Return the lowest row of those that the point lies in, or on the edge of."""
        x, y = self._lon, self._lat
        rows, boxes = self._boundaries.around(x, y, 0.0)
        near = rows[(boxes[:, 0] <= x) & (boxes[:, 2] >= x) & (boxes[:, 1] <= y) & (boxes[:, 3] >= y)]
        return next((row for row in near.tolist() if self.holds(row)), None)

    def holds(self, row: int) -> bool:
        """Tell whether the point lies in a county or on its edge."""
        found = self._held.get(row)
        if found is None:
            found = bool(shapely.intersects_xy(self._boundaries.polygon(row), self._lon, self._lat))
            self._held[row] = found
        return found

    def within(self, metres: float) -> list[tuple[int, float]]:
        """Return rows with lower bounds of their distances, by growing bounds.

        Up to some distance they come from a quick look that says nothing of what is farther.
        """
        known = self._within.get(metres)
        if known is not None:
            return known
        x, y = self._lon, self._lat
        if metres < np.inf:
            rows, boxes = self._boundaries.around(x, y, metres)
            bounds = least_distances_within_m(x, y, boxes, metres)
        else:
            bounds = least_distances_m(x, y, self._boundaries.boxes)
            rows = np.arange(len(bounds))
        found = np.flatnonzero(bounds <= metres)
        found = found[np.argsort(bounds[found], kind="stable")]
        near = self._within[metres] = list(zip(rows[found].tolist(), bounds[found].tolist(), strict=True))
        return near

    def distance_m(self, row: int) -> float:
        """Return the geodesic distance to a county that does not hold the point."""
        found = self._metres.get(row)
        if found is None:
            found = self._metres[row] = self._boundaries.outline(row).distance_m(self._view)
        return found


def shape(polygons: list[Polygon]) -> Any:
    """Return a county as shapely's polygon, or multipolygon where it has several parts."""
    made = [_wkb(_POLYGON, [_ring(one) for one in rings]) for rings in polygons]
    return shapely.from_wkb(made[0] if len(made) == 1 else _wkb(_MULTIPOLYGON, made))


def _wkb(kind: int, parts: list[bytes]) -> bytes:
    return struct.pack("=BII", sys.byteorder == "little", kind, len(parts)) + b"".join(parts)


def _ring(ring: tuple[list[float], list[float]]) -> bytes:
    corners = array("d", bytes(16 * len(ring[0])))
    corners[::2], corners[1::2] = array("d", ring[0]), array("d", ring[1])
    return struct.pack("=I", len(ring[0])) + corners.tobytes()

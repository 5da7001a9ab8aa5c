"""The strip along the boundaries between provinces that a rule by distance reaches, as a light shape for the screen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

from regionmap.output import display
from regionmap.places import plane
from regionmap.places.index.grid_build import edges_of
from regionmap.places.index.line_distance import LineDistances, province_numbers

_CORNERS = 4
"""To a quarter of a circle."""
_SIMPLER_DEGREES, _DECIMALS = 0.01, 3


def strip_shape(within_m: int, inside: Iterable[display.Geometry] | None = None) -> display.Geometry:
    """Return what lies so near another province, from the simplified provinces; only what is ``inside``, if given."""
    found = _strip(within_m)
    if inside is not None:
        found = shapely.intersection(found, shapely.union_all([shape(one) for one in inside]))
    made: display.Geometry = mapping(shapely.set_precision(found, 10.0**-_DECIMALS))
    return made


@lru_cache(maxsize=4)
def _strip(within_m: int) -> Any:
    shapes = display.provinces().geometries
    numbers = province_numbers(list(shapes))
    polygons = np.array([shape(one) for one in shapes.values()], dtype=object)
    lines = LineDistances(edges_of(polygons), numbers, within_m)
    strips = [
        shapely.intersection(_around(lines.others(number), within_m), polygon)
        for number, polygon in zip(numbers, polygons, strict=True)
        if number
    ]
    return shapely.simplify(shapely.union_all(strips), _SIMPLER_DEGREES)


def _around(ends: Any, within_m: float) -> Any:
    """Return what lies so near some edges: each in its own plane, where a degree is as long either way."""
    per_lon, per_lat = plane.metres_per_degree(ends[:, 1::2].mean(axis=1))
    shorter = (per_lon / per_lat)[:, None]
    flat = ends.copy()
    flat[:, ::2] *= shorter
    around = shapely.buffer(shapely.linestrings(flat.reshape(-1, 2, 2)), within_m / per_lat, quad_segs=_CORNERS)
    corners, edge = shapely.get_coordinates(around, return_index=True)
    corners[:, :1] /= shorter[edge]
    return shapely.union_all(shapely.set_coordinates(around, corners))

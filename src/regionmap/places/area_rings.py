"""Polygons from nested lists of positions, all rings at once; one by one, half a million corners took seconds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

MOST_DEGREES = 1e12
"""A number from here on is no coordinate in any system."""


def parts_of(polygons: Sequence[Any]) -> NDArray[Any] | None:
    """Return the polygons of coordinates as GeoJSON nests them, without heights.

    Args:
        polygons: a list of polygons, each a list of rings, each a list of positions of two numbers or more.

    Returns:
        An array of shapely polygons; None where anything is no such list, for whoever tells what is wrong.

    Raises:
        ShapelyError, ValueError: a ring has too few positions.
    """
    rings = _members(polygons)
    positions = _members(rings) if rings else None
    numbers = _members(positions) if positions else None
    if rings is None or positions is None or numbers is None or not set(map(type, numbers)) <= {int, float}:
        return None
    if len(set(map(len, positions))) != 1 or len(positions[0]) < 2:
        return None
    try:
        corners = np.array(numbers, dtype=np.float64).reshape(len(positions), -1)[:, :2]
    except OverflowError:  # a whole number of hundreds of digits
        return None
    if not (np.abs(corners) < MOST_DEGREES).all():
        return None
    lines = shapely.linearrings(corners, indices=np.repeat(np.arange(len(rings)), [len(one) for one in rings]))
    return np.asarray(
        shapely.polygons(lines, indices=np.repeat(np.arange(len(polygons)), [len(one) for one in polygons]))
    )


def _members(lists: Sequence[Any]) -> list[Any] | None:
    """Return what stands in lists, one behind the other; None where one is no list, or is empty."""
    return list(chain.from_iterable(lists)) if set(map(type, lists)) == {list} and all(lists) else None

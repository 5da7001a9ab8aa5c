"""Boxes near a point are looked up by cells of degrees: none that is near is passed over."""

from __future__ import annotations

import random

import numpy as np
import pytest

from regionmap.places.geodesy import least_distances_within_m
from regionmap.places.index.arrays import Boundaries, PointInArrays

PICK = random.Random(3)  # noqa: S311


def some_boxes(number: int) -> np.ndarray:
    """Return boxes of up to three degrees all over the country and far north and south of it."""
    west = np.array([PICK.uniform(70, 140) for _ in range(number)])
    south = np.array([PICK.uniform(-20, 86) for _ in range(number)])
    wide, high = (np.array([PICK.uniform(0, 3) for _ in range(number)]) for _ in range(2))
    return np.column_stack([west, south, west + wide, south + high])


BOXES = some_boxes(4_000)
POINTS = [
    *((PICK.uniform(69, 144), PICK.uniform(-21, 89.9)) for _ in range(60)),
    (100.0, 30.0), (100.5, 30.5), (100.25, 89.999), (-70.0, -30.0), (100.0, -0.25),
]  # fmt: skip


@pytest.mark.parametrize("metres", [0.0, 500.0, 20_000.0, 200_000.0])
def test_every_box_within_reach_is_found(metres):
    boundaries = Boundaries(BOXES, lambda row: None)
    for x, y in (*POINTS, *POINTS):  # the second time from what is kept
        bounds = least_distances_within_m(x, y, BOXES, metres)
        found = PointInArrays(boundaries, x, y).within(metres)
        assert dict(found) == {row: bounds[row] for row in np.flatnonzero(bounds <= metres).tolist()}
        assert [least for _, least in found] == sorted(least for _, least in found)


def test_a_point_in_no_range_is_near_nothing():
    boundaries = Boundaries(BOXES, lambda row: None)
    assert PointInArrays(boundaries, 1.7e308, 5.0).covering() is None
    assert PointInArrays(boundaries, 5.0, -1.7e308).covering() is None

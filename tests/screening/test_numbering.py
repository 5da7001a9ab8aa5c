"""Rows are numbered by their keys as ``np.unique`` would."""

from __future__ import annotations

import numpy as np
import pytest

from regionmap.screening.numbering import numbered


@pytest.mark.parametrize(
    "keys",
    [
        [],
        [7],
        [3, -1, 3, 3, 0, -1],
        [10**15, -(10**15), 5, 5],  # far apart: sorted
        list(range(500, 0, -1)) * 3,
    ],
)
def test_numbers_are_those_of_a_sort(keys):
    keys = np.array(keys, np.int64)
    distinct, back = numbered(keys)
    expected, expected_back = np.unique(keys, return_inverse=True)
    assert distinct.tolist() == expected.tolist()
    assert back.tolist() == expected_back.tolist()

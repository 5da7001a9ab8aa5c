"""Rows are numbered by their keys as ``np.unique`` would, or by the order in which these appear."""

from __future__ import annotations

import numpy as np
import pytest

from regionmap.screening.numbering import numbered, numbered_as_met

KEYS = pytest.mark.parametrize(
    "keys",
    [
        [],
        [7],
        [3, -1, 3, 3, 0, -1],
        [10**15, -(10**15), 5, 5],  # far apart: sorted
        list(range(500, 0, -1)) * 3,
    ],
)


@KEYS
def test_numbers_are_those_of_a_sort(keys):
    keys = np.array(keys, np.int64)
    distinct, back = numbered(keys)
    expected, expected_back = np.unique(keys, return_inverse=True)
    assert distinct.tolist() == expected.tolist()
    assert back.tolist() == expected_back.tolist()


@KEYS
def test_numbers_as_they_are_met_are_those_of_a_dictionary(keys):
    distinct, back = numbered_as_met(np.array(keys, np.int64))
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    assert distinct.tolist() == list(numbers)
    assert back.tolist() == [numbers[key] for key in keys]

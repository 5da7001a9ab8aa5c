"""Whole numbers of rows → the distinct ones, and the number of each row's: what ``np.unique`` tells, without a sort."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_SPAN_PER_ROW = 16
_SPAN = 1 << 16


def numbered(keys: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct keys in order, and for every row the number of its own among them.

    Keys of a chunk mostly lie close together: a table of all numbers between the least and the greatest finds them in a
    tenth of the time of sorting.
    """
    if not len(keys):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    low, high = int(keys.min()), int(keys.max())
    span = high - low + 1
    if span > _SPAN + _SPAN_PER_ROW * len(keys):
        distinct, back = np.unique(keys, return_inverse=True)
        return distinct.astype(np.int64), back.astype(np.int64)
    places = keys - low
    met = np.zeros(span, bool)
    met[places] = True
    distinct = np.flatnonzero(met)
    number = np.empty(span, np.int64)
    number[distinct] = np.arange(len(distinct))
    return distinct + low, number[places]


def numbered_as_met(keys: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct keys in the order in which they first stand there, and for every row the number of its own.

    Where keys are numbers that other chunks gave out, only their order in the rows is the same for the same rows.
    """
    distinct, back = numbered(keys)
    first = np.empty(len(distinct), np.int64)
    first[back[::-1]] = np.arange(len(back) - 1, -1, -1)  # of a number that repeats, the last one written stays
    order = np.argsort(first)
    number = np.empty(len(distinct), np.int64)
    number[order] = np.arange(len(distinct))
    return distinct[order], number[back]

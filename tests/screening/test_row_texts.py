"""Texts of rows do what arrays of texts do: they are set, copied, taken by rows, and filled in where there are none."""

from __future__ import annotations

import numpy as np
import pytest

from regionmap.screening.row_texts import RowTexts


def every(texts: RowTexts) -> list[str]:
    return [texts[row] for row in range(len(texts))]


def test_rows_are_blank_until_they_get_a_text():
    texts = RowTexts(4)
    texts[1] = "no number"
    texts[np.array([False, False, True, True])] = "no place"
    texts[3] = ""
    assert every(texts) == ["", "no number", "no place", ""]
    assert texts.blank.tolist() == [True, False, False, True]


def test_the_first_text_of_a_row_stays_and_a_copy_is_its_own():
    first, second, third = (
        RowTexts.of(["a", "", "", ""]),
        RowTexts.of(["b", "c", "", ""]),
        RowTexts.of(["", "d", "e", ""]),
    )
    assert every(first.or_else(second, third)) == ["a", "c", "e", ""]
    copy = first.copy()
    copy[3] = "later"
    assert every(first) == ["a", "", "", ""]
    assert every(copy) == ["a", "", "", "later"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [([2, 0, 2], ["b", "a", "b"]), ([], [])],
)
def test_texts_are_taken_by_rows_as_often_as_asked(rows, expected):
    assert every(RowTexts.of(["a", "", "b"]).take(np.array(rows, np.intp))) == expected


def test_texts_are_put_into_rows_and_blank_ones_clear_them():
    texts = RowTexts.of(["old", "old", "kept"])
    texts.put(RowTexts.of(["", "new"]), np.array([0, 1]))
    assert every(texts) == ["", "new", "kept"]
    assert every(texts.where(np.array([True, False, True]))) == ["", "", "kept"]


def test_distinct_texts_come_in_the_order_of_rows_and_once():
    texts = RowTexts(5)
    texts[3] = "same"
    texts[1] = "other"
    texts[0] = "same"
    numbers, words = texts.encoded()
    assert words == ["", "same", "other"]
    assert numbers.tolist() == [1, 2, 0, 1, 0]

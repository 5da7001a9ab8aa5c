"""A text for every row, blank for most: why it cannot be judged, say. Each is held once, and rows have its number.

Arrays of Python's texts are compared and copied one text after the other, by one thread at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class RowTexts:
    """Texts of rows that can be set, and taken over from others where there is none."""

    def __init__(self, count: int) -> None:
        """Begin with blank ones."""
        self._numbers = np.zeros(count, np.int32)
        self._texts = [""]

    @classmethod
    def of(cls, texts: Sequence[str]) -> RowTexts:
        """Return the texts of so many rows."""
        found = cls(len(texts))
        known = {"": 0}
        found._numbers[:] = [known.setdefault(one, len(known)) for one in texts]
        found._texts = list(known)
        return found

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._numbers)

    def __getitem__(self, row: int) -> str:
        """Return the text of a row."""
        return self._texts[int(self._numbers[row])]

    def __setitem__(self, rows: Any, text: str) -> None:
        """Give a row, or those of an array of rows or of flags, a text."""
        if not text:
            self._numbers[rows] = 0
            return
        self._numbers[rows] = len(self._texts)
        self._texts.append(text)

    def put(self, others: RowTexts, rows: Any = slice(None)) -> None:
        """Give rows the texts of others, of as many rows."""
        self._numbers[rows] = np.where(others._numbers == 0, 0, others._numbers + (len(self._texts) - 1))
        self._texts += others._texts[1:]

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Which rows have no text."""
        return np.asarray(self._numbers == 0)

    def take(self, rows: NDArray[Any]) -> RowTexts:
        """Return the texts of some rows, by their numbers (each as often as it stands there) or by flags."""
        found = RowTexts(0)
        found._numbers, found._texts = self._numbers[rows], list(self._texts)
        return found

    def where(self, flags: NDArray[np.bool_]) -> RowTexts:
        """Return the texts of the rows with a flag; the others are blank."""
        found = RowTexts(0)
        found._numbers, found._texts = np.where(flags, self._numbers, 0).astype(np.int32), list(self._texts)
        return found

    def copy(self) -> RowTexts:
        """Return the same texts, to be changed."""
        return self.take(np.arange(len(self)))

    def or_else(self, *others: RowTexts) -> RowTexts:
        """Return for every row the first of its texts."""
        found = self.copy()
        for more in others:
            rows = np.flatnonzero((found._numbers == 0) & (more._numbers != 0))
            if len(rows):
                found._numbers[rows] = more._numbers[rows] + (len(found._texts) - 1)
                found._texts += more._texts[1:]
        return found

    def encoded(self) -> tuple[NDArray[np.int32], list[str]]:
        """Return for every row the number of its text, and the distinct texts, the blank one first."""
        known = {"": 0}
        new = np.zeros(len(self._texts), np.int32)
        met, first = np.unique(self._numbers, return_index=True)
        for number in met[np.argsort(first)].tolist():
            new[number] = known.setdefault(self._texts[number], len(known))
        return new[self._numbers], list(known)

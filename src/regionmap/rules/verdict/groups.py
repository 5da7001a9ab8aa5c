"""The rules at a place grouped by industry, made when somebody looks at them.

Every heading is an answer of its own, and there are some hundred and fifty: on a day that nobody has asked for before
they take seconds. Who only wants to know how many there are need not wait for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from regionmap.rules.matching.sequences import Deferred
from regionmap.rules.verdict.answers import IndustryFindings


class Groups(Deferred[IndustryFindings]):
    """Groups in their order."""

    __slots__ = ("_count", "_maker")

    def __init__(self, count: int, maker: Callable[[], Iterable[IndustryFindings]]) -> None:
        """Keep how many there are, and what makes them."""
        super().__init__()
        self._count, self._maker = count, maker

    def _make(self) -> Iterable[IndustryFindings]:
        return self._maker()

    def __len__(self) -> int:
        """Return how many there are, without making them."""
        return self._count

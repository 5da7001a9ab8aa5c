"""Many rules or many rulings: tuples that say how many they are, and become frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from regionmap.notebook.origin import Origin
from regionmap.rules.search.browse import Rule
from regionmap.rules.verdict.answers import UnitRuling

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from regionmap.api import Regionmap

T = TypeVar("T")
SHOWN_ROWS = 12
"""Rows of a table in a card."""


class _Many(tuple[T, ...]):
    """A tuple that knows what it came from, and for which date."""

    came_from: Origin
    on: dt.date | None

    def __new__(cls, items: Iterable[T], came_from: Origin, on: dt.date | None) -> Self:
        """Hold the items; ``on`` is the date that was asked for, None for none."""
        made = super().__new__(cls, items)
        made.came_from, made.on = came_from, on
        return made

    @property
    def rm(self) -> Regionmap:
        """What gave the items; in another process it is loaded anew, see ``Origin``."""
        return self.came_from.rm

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each item."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        from regionmap.notebook.cards import table_card

        return table_card(repr(self), self.to_frame().head(SHOWN_ROWS), len(self))

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes a copy: the catalogue does not travel with it."""
        return type(self), (tuple(self), self.came_from, self.on)

    def __copy__(self) -> Self:
        """Return the tuple itself: nothing in it changes."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """Return the tuple itself: nothing in it changes."""
        return self


class Rules(_Many[Rule]):
    """The provisions that ``Regionmap.rules`` found."""

    def __repr__(self) -> str:
        """Return how many there are in one line."""
        documents = len({one.provision.source for one in self})
        return f"<Rules: {len(self)} provisions of {documents} documents>"

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each provision; columns in ``frames.rules_frame``."""
        from regionmap.notebook.frames import rules_frame

        return rules_frame(self, self.rm)

    def to_geodataframe(self) -> Any:
        """Return a row for each provision and unit that it names, with true boundaries (EPSG:4326).

        Columns as the layer restricted-capacity, whatever the rules do; a national rule has one row, the mainland.
        Rules that name no unit have none.
        """
        from regionmap.notebook.frames import rules_geodataframe

        return rules_geodataframe(self, self.rm, self.on)


class Rulings(_Many[UnitRuling]):
    """The rulings of many units, as ``Regionmap.overview`` and ``rulings`` give them."""

    @property
    def _day(self) -> dt.date:
        return self.on or dt.date.today()

    def __repr__(self) -> str:
        """Return how many units have which word in one line."""
        counted = Counter(str(one.ruling) for one in self)
        return (
            f"<Rulings of {len(self)} units: {', '.join(f'{count} {word}' for word, count in counted.most_common())}>"
        )

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each unit; columns in ``frames.rulings_frame``."""
        from regionmap.notebook.frames import rulings_frame

        return rulings_frame(self, self.rm, self._day)

    def to_geodataframe(self) -> Any:
        """Return the same rows with true boundaries (EPSG:4326).

        A city has the counties that lay in it on the day that was asked for, with their boundaries of today.
        """
        from regionmap.notebook.frames import with_boundaries

        return with_boundaries(self.to_frame(), self.rm, self._day)

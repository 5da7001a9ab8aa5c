"""The kinds of places that all answers are the same for, found as places are met.

The answer to a question depends on the place only through what the rules hold it against: whether the loaded documents
address its province; in which areas it lies, and which open lists (等) name others of its province; how far it is from
another province, where rules ask for that; which changes of units touch it, and which of them made the unit or one that
holds it. Counties that agree in all of these are one kind: same ruling, same provisions with the same numbers, same
kinds of caveats, on every date. Only names of places inside the texts differ, and what is known of a point alone.
So are their points that lie in one band of distances to another province, where rules by that distance cut the county.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from regionmap.model import Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.area_index import AreaIndex
from regionmap.rules.matching.changed_units import changes_of
from regionmap.rules.matching.fits import LineDistance
from regionmap.screening.numbering import numbered

UNIT = -1
"""Stands for no band of distances to another province: the answer is that for the unit as a whole."""


class PlaceKinds:
    """Numbers kinds of places: ``units`` has the first place of each, ``lines`` the distance of those in a band."""

    def __init__(self, gazetteer: Gazetteer, areas: AreaIndex, places: Sequence[tuple[Unit, ...]]) -> None:
        """Take places by their numbers; ``places`` may grow, numbers stay."""
        self._gazetteer, self._areas, self._places = gazetteer, areas, places
        self.units: list[tuple[Unit, ...]] = []
        self.lines: dict[int, LineDistance] = {}
        # By the numbers of places, −1 for those that nothing asked for yet.
        self._kind_of = self._coarse_of = np.empty(0, np.int64)
        self._alike: dict[Hashable, int] = {}
        self._alike_by_lists: dict[Hashable, int] = {}
        self._banded: dict[tuple[int, int], int] = {}

    def of(self, places: NDArray[np.int64], by_distance: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return for places by their numbers the kinds of places that they are: those of one kind share all answers.

        Kinds that only rules by distance tell apart are one where the question meets no such rule.
        """
        more = np.full(len(self._places) - len(self._kind_of), -1, np.int64)
        self._kind_of, self._coarse_of = (np.concatenate([one, more]) for one in (self._kind_of, self._coarse_of))
        met = numbered(places)[0]
        for number in met[self._kind_of[met] < 0].tolist():
            self._kind_of[number], self._coarse_of[number] = self._kinds(self._places[number])
        return np.where(by_distance, self._kind_of[places], self._coarse_of[places])

    def _kinds(self, units: tuple[Unit, ...]) -> tuple[int, int]:
        """Return the kind of a place, and the first kind that only rules by distance tell apart from it."""
        new = len(self.units)
        kind = coarse = new
        if len(units) == 1 and not self._gazetteer.children(units[0].code):
            changes = changes_of(self._gazetteer, units)
            kind = self._alike.setdefault((self._areas.key(units[0]), changes), new)
            coarse = self._alike_by_lists.setdefault((self._areas.signature_by_lists(units[0]), changes), kind)
        if kind == new:
            self.units.append(units)
        return kind, coarse

    def banded(self, kinds: NDArray[np.int64], bands: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the kinds of points in counties of a kind that lie in a band (see ``strips``); more than ``of``."""
        found = kinds.copy()
        points = np.flatnonzero(bands != UNIT)
        wide = len(self._areas.limits) + 2
        pairs, back = numbered(kinds[points] * wide + bands[points])
        numbers = [self.in_band(pair // wide, pair % wide) for pair in pairs.tolist()]
        found[points] = np.array(numbers, np.int64)[back] if numbers else 0
        return found

    def in_band(self, kind: int, band: int) -> int:
        """Return the kind of the points of a kind in a band."""
        if (kind, band) not in self._banded:
            self._banded[kind, band] = len(self.units)
            self.lines[len(self.units)] = self._areas.in_band(band)
            self.units.append(self.units[kind])
        return self._banded[kind, band]

    @property
    def count(self) -> int:
        """How many kinds there are so far."""
        return len(self.units)

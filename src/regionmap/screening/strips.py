"""Rules by distance to another province: how far the points of a chunk are, where their questions ask for it.

A county that such a rule reaches wholly or not at all settles that for its points; in one that the edge of the strip
crosses, a point's own distance decides. ``bands`` counts how many of the catalogue's limits a point lies beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionmap.api import UNCERTAINTY_M, Regionmap
from regionmap.places.index.province_lines import NOT_MAINLAND
from regionmap.rules.matching.finding import LineDistance
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.screening.county_index import CountyIndex, Floats
from regionmap.screening.place_kinds import UNIT

# So near to where something changes a point is measured again, as for a single answer: the index errs by less.
_AGAIN_M = 1.0


class Strips:
    """Knows for each county of the index which limits cross it."""

    def __init__(self, rm: Regionmap, counties: CountyIndex) -> None:
        """Read nothing yet, unless a loaded rule asks for a distance."""
        self._counties = counties
        areas = self._areas = RuleIndex.of(rm.catalogue, rm.gazetteer).areas
        self.limits = np.array(areas.limits, np.float64)
        """The distances that any loaded rule asks for, in metres, in order."""
        self._near = np.empty(0)
        if areas.limits:
            codes = counties.locator.codes
            self._mainland = np.array([code[:2] not in NOT_MAINLAND for code in codes])
            self._near, far = np.array([rm.gazetteer.province_lines.of(code) for code in codes]).T
            self._first = np.searchsorted(self.limits, self._near)
            self._last = np.searchsorted(self.limits, far)

    def metres(
        self, lon: Floats, lat: Floats, rows: NDArray[Any], number: NDArray[Any], limits: Sequence[tuple[int, ...]]
    ) -> Floats:
        """Return how far points are from another province; infinite beyond all limits, NaN where nothing asks for it.

        Args:
            lon: WGS-84 degrees.
            lat: WGS-84 degrees.
            rows: of the counties that hold them, −1 for none.
            number: of their questions in ``limits``.
            limits: the distances that answers to each question may hang on.
        """
        found = np.full(len(rows), np.nan)
        most = np.array([max(one, default=-np.inf) for one in limits])
        if not len(self.limits) or not np.isfinite(most).any():
            return found
        points = np.flatnonzero(rows >= 0)
        points = points[np.isfinite(most[number[points]]) & self._mainland[rows[points]]]
        # A little farther, so that what lies about the last turn is measured again from either side.
        reach = float(most[np.isfinite(most)].max()) + UNCERTAINTY_M + _AGAIN_M
        near = self._near[rows[points]] <= most[number[points]] + UNCERTAINTY_M
        found[points[~near]] = np.inf
        points = points[near]
        metres = self._counties.other_province(lon[points], lat[points], rows[points], reach)
        turns = np.concatenate([self.limits - UNCERTAINTY_M, self.limits, self.limits + UNCERTAINTY_M])
        within = np.flatnonzero(np.isfinite(metres))
        unsure = (np.abs(metres[within, None] - turns) <= _AGAIN_M).any(axis=1)
        for at in within[unsure].tolist():
            point = points[at]
            metres[at] = self._counties.exactly(lon[point], lat[point], int(rows[point]), reach)
        found[points] = metres
        return found

    def bands(self, rows: NDArray[Any], metres: Floats) -> NDArray[np.int64]:
        """Return the bands of counties, by their rows, as far from another province as points are.

        A county that is nearer or farther than the point counts as near or as far as its own points are.
        """
        found = np.full(len(rows), UNIT, np.int64)
        asked = np.flatnonzero(~np.isnan(metres))
        if len(asked):
            first, last = self._first[rows[asked]], self._last[rows[asked]]
            band = np.clip(np.searchsorted(self.limits, metres[asked]), first, last)
            found[asked] = np.where(first == last, UNIT, band)
        return found

    def lines(self, metres: Floats) -> list[LineDistance | None]:
        """Return, for each point, a distance that stands for all in its band, None where nothing asks for one."""
        made = [self._areas.in_band(band) for band in range(len(self.limits) + 1)]
        bands = np.searchsorted(self.limits, metres).tolist()
        return [None if none else made[band] for none, band in zip(np.isnan(metres).tolist(), bands, strict=True)]

    def near_limits(self, metres: Floats) -> list[tuple[int, NDArray[np.intp]]]:
        """Return, for each limit, the points that may lie on its other side."""
        return [(int(limit), np.flatnonzero(np.abs(metres - limit) <= UNCERTAINTY_M)) for limit in self.limits.tolist()]

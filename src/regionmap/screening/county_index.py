"""The counties under many points, those around them, and other provinces: by the indexes for many, else one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regionmap.places.index.grid import CountyGrid
from regionmap.places.index.line_cells import LineCells
from regionmap.places.index.line_distance import province_numbers
from regionmap.places.index.locator import DIGITS, Locator
from regionmap.places.index.reach import CountyReach

Floats = NDArray[np.float64]
Pairs = tuple[NDArray[np.intp], NDArray[np.intp], Floats]


class CountyIndex:
    """Point → county, and point → counties around. Both ways of asking give the same answers."""

    def __init__(self, locator: Locator, grid: CountyGrid | None, reach: CountyReach | None) -> None:
        """Use what was loaded; see ``CountyIndex.load``."""
        self.locator, self.grid, self._reach = locator, grid, reach
        self._provinces = np.array(province_numbers(locator.codes))
        self._lines: LineCells | None = None

    @classmethod
    def load(cls, locator: Locator, *, many: bool) -> CountyIndex:
        """Load the indexes (a moment; seconds on the first run ever) for many rows, nothing for few."""
        return cls.of(locator, CountyGrid.load(locator)) if many else cls(locator, None, None)

    @classmethod
    def of(cls, locator: Locator, grid: CountyGrid) -> CountyIndex:
        """Use an index; the edges that it holds tell what is within reach too."""
        return cls(locator, grid, CountyReach.kept(grid.edges, locator.digest()))

    def rows(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[Any]:
        """Return the indices into ``locator.codes`` of the counties at points (WGS-84 degrees), −1 for none."""
        x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        return self.locator.rows_at(x, y) if self.grid is None else self.grid.rows(x, y)

    def near(self, lon: Floats, lat: Floats, rows: NDArray[Any], limit_m: float) -> Pairs:
        """Return (point, row of another county, metres) for all counties within reach of points; −1 rows have none."""
        if self._reach is not None:
            return self._reach.near(lon, lat, rows, limit_m)
        row_of = {code: row for row, code in enumerate(self.locator.codes)}
        found = [
            (point, row_of[code], metres)
            for point in np.flatnonzero(rows >= 0).tolist()
            for code, metres in self.locator.counties_by_distance(lon[point], lat[point], limit_m)
            if row_of[code] != rows[point]
        ]
        points, others, metres = zip(*found, strict=True) if found else ((), (), ())
        return np.array(points, np.intp), np.array(others, np.intp), np.array(metres, np.float64)

    def other_province(self, lon: Floats, lat: Floats, rows: NDArray[Any], limit_m: float) -> Floats:
        """Return the metres from points in counties, by their rows, to the nearest other province, infinite beyond.

        The index errs by less than is told; ``exactly`` measures one point as an answer for it does.
        """
        if self.grid is None:
            return np.array([self.exactly(*one, limit_m) for one in zip(lon, lat, rows, strict=True)], np.float64)
        if self._lines is None or self._lines.reach_m < limit_m:
            self._lines = LineCells.load(self.locator, self.grid, limit_m)
        return np.round(self._lines.metres(lon, lat, self._provinces[rows]), DIGITS)

    def exactly(self, lon: float, lat: float, row: int, limit_m: float) -> float:
        """Return the metres from one point in a county to the nearest other province, infinite beyond the limit."""
        found = self.locator.other_province_m(float(lon), float(lat), self.locator.codes[row], limit_m)
        return found[0] if found is not None else np.inf

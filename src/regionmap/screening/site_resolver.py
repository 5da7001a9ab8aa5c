"""Where the rows of a chunk lie: by their coordinates, or by adcode or name where there are none."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regionmap.api import Regionmap
from regionmap.errors import InputError
from regionmap.i18n import joined
from regionmap.model import Text, Unit
from regionmap.places.coordinates import in_range
from regionmap.screening import planes
from regionmap.screening.addresses import Addresses
from regionmap.screening.cells import texts
from regionmap.screening.county_index import CountyIndex
from regionmap.screening.messages import kind_of, plain_reason, reason
from regionmap.screening.place_names import PlaceNames, why_no_place
from regionmap.screening.roles import Columns
from regionmap.screening.row_points import PointReader, RowPoints
from regionmap.screening.row_texts import RowTexts

_MOST_TRIED = 200
_MOST_OFFERED = 4


@dataclass(frozen=True)
class Sites:
    """The places of the rows of a chunk.

    ``place`` is the number of each row's place in ``SiteResolver.places``, 0 for none. ``rows`` are the county rows of
    points, −1 where a row is judged by name or not at all; ``lon`` and ``lat`` are WGS-84 degrees, NaN likewise.
    ``named`` are the numbers of the places that rows with coordinates name besides, 0 for none.
    ``code_name_conflict`` tells which rows have a code and a name of two places, ``code_reused`` the codes of rows that
    another place had, blank for none, ``addressed`` which were read from an address. ``reasons`` say why a row cannot
    be judged, blank where it can.
    """

    place: NDArray[np.int64]
    rows: NDArray[np.int64]
    lon: Any
    lat: Any
    named: NDArray[np.int64]
    reading: NDArray[np.bool_]
    code_name_conflict: NDArray[np.bool_]
    code_reused: RowTexts
    addressed: NDArray[np.bool_]
    reasons: RowTexts


class SiteResolver:
    """Finds the places of rows, chunk after chunk."""

    def __init__(self, rm: Regionmap, counties: CountyIndex, columns: Columns, datum: str, crs: str | None = None):
        """Prepare for a file whose columns are known; ``datum`` and ``crs`` hold where no column says otherwise."""
        self._rm, self._counties, self._columns = rm, counties, columns
        # Place 0 is none; then every county in the order of the index; then what names mean, as they come.
        self.places: list[tuple[Unit, ...]] = [(), *((rm.gazetteer.unit(code),) for code in counties.locator.codes)]
        self._number_of = {tuple(one.code for one in units): number for number, units in enumerate(self.places)}
        self.addresses = Addresses(rm)
        self._names = PlaceNames(rm, columns, self.addresses, self.number)
        self._points = PointReader(columns, datum, crs)

    def find(self, table: pa.Table, broken: RowTexts, days: Callable[[], NDArray[np.int64]]) -> Sites:
        """Return where the rows lie, or why they lie nowhere.

        Args:
            table: a chunk.
            broken: why rows cannot be read at all.
            days: gives the day of each row as ``date.toordinal`` counts it; asked for only where a name was another
                unit's once.
        """
        reasons = broken.copy()
        named = self._names.read(table)
        codes = named.number
        has_name = np.array([bool(text) for text in named.text], bool)[codes]
        for row in np.flatnonzero(has_name & ~reasons.blank).tolist():
            if kind_of(reasons[row]) == "no_geometry":
                reasons[row] = ""  # the place that it names will do
        points = self._points.read(table, ~reasons.blank)
        blank = points.blank
        needed = np.zeros(len(named.text), bool)
        needed[codes[blank & reasons.blank]] = True
        found, held, noted, unknown = self._names.resolve(named, needed)
        by_name, by_held, reading = found[codes], held[codes], noted[codes]
        for at, gone in self._names.gone(named).items():
            then = (codes == at) & (days() < gone.until.toordinal())
            by_name[then] = by_held[then] = self.number((gone.unit,))
            reading |= then
        for at, until in self._names.a_county_until(named).items():
            reading |= (codes == at) & (days() < until.toordinal())
        rows, outside = self._inside(points, by_held)
        reasons = reasons.or_else(points.problems, outside)
        lon, lat = (np.where(rows < 0, np.nan, one) for one in (points.lon, points.lat))
        by_address, no_address = self._by_address(table, np.flatnonzero(blank & ~has_name & reasons.blank), days)
        wrong = blank & has_name & (by_name == 0)
        reasons = reasons.or_else(no_address, unknown.take(codes).where(wrong))
        judged = reasons.blank
        named_or_read = np.where(has_name, by_name, by_address)
        place = np.where(rows >= 0, rows + 1, np.where(blank & judged, named_or_read, 0))
        return Sites(
            place, rows, lon, lat, np.where(rows >= 0, by_held, 0), reading & (rows < 0) & judged,
            named.code_name_conflict[codes], named.code_reused.take(codes), (by_address > 0) & judged, reasons,
        )  # fmt: skip

    def disagrees(self, sites: Sites) -> NDArray[np.bool_]:
        """Tell which rows name a place that their point does not lie in, or another one than their code."""
        differ = sites.code_name_conflict.copy()
        both = np.flatnonzero(sites.named > 0)
        pairs, back = np.unique(np.column_stack([sites.rows[both], sites.named[both]]), axis=0, return_inverse=True)
        differ[both] |= ~self.agree(*pairs.T)[back.ravel()]
        return differ

    def agree(self, rows: NDArray[Any], named: NDArray[Any]) -> NDArray[np.bool_]:
        """Tell which points lie, by their county rows, in the places that their rows name."""
        pairs = zip(rows.tolist(), named.tolist(), strict=True)
        return np.array([row >= 0 and self._same(row + 1, name) for row, name in pairs], bool)

    def _same(self, county: int, named: int) -> bool:
        (unit,) = self.places[county]
        gazetteer = self._rm.gazetteer
        around = {unit.code, *(one.code for one in gazetteer.ancestors(unit.code))}
        around |= gazetteer.past.above_ever(unit.code) & gazetteer.past.gone.keys()
        return any(one.code in around for one in self.places[named])

    def _by_address(
        self, table: pa.Table, rows: NDArray[Any], days: Callable[[], NDArray[np.int64]]
    ) -> tuple[NDArray[np.int64], RowTexts]:
        """Return the places at the heads of the addresses of rows that say nothing else, and why there are none."""
        found = np.zeros(table.num_rows, np.int64)
        reasons = RowTexts(table.num_rows)
        nothing = reason("missing_place")
        if self._columns.address is None:
            reasons[rows] = nothing
            return found, reasons
        codes, words = texts(table[self._columns.address].take(pa.array(rows)))
        explained = itertools.count()
        places, problems = np.zeros(max(len(words), 1), np.int64), RowTexts(max(len(words), 1))
        problems[:] = nothing
        for at, word in enumerate(words):
            if word:
                try:
                    places[at] = self.number(self.addresses.units(word))
                    problems[at] = ""
                except InputError as error:
                    problems[at] = why_no_place(error, explained)
        found[rows] = places[codes]
        for at, word in enumerate(words):
            gone = self.addresses.gone(word) if word else None
            if gone is not None:
                found[rows[(codes == at) & (days()[rows] < gone.until.toordinal())]] = self.number((gone.unit,))
        reasons.put(problems.take(codes).where(found[rows] == 0), rows)
        return found, reasons

    def number(self, units: tuple[Unit, ...]) -> int:
        """Return the number of units held as one place, a new one where they have none."""
        key = tuple(one.code for one in units)
        if key not in self._number_of:
            self._number_of[key] = len(self.places)
            self.places.append(units)
        return self._number_of[key]

    def _inside(self, points: RowPoints, named: NDArray[np.int64]) -> tuple[NDArray[np.int64], RowTexts]:
        """Return the county rows, −1 where there is none, and what coordinates that lie in none look like."""
        x, y = points.lon, points.lat
        rows = self._counties.rows(x, y).astype(np.int64)
        reasons = RowTexts(len(rows))
        lost = np.flatnonzero(np.isfinite(x) & (rows < 0))
        if not len(lost):
            return rows, reasons
        exchanged = self._counties.rows(y[lost], x[lost])
        zones = self._plausible(points, named) if points.metres.any() else None
        here = zip(lost.tolist(), exchanged.tolist(), x[lost].tolist(), y[lost].tolist(), strict=True)
        for row, other, lon, lat in here:
            given = {"lon": f"{lon:g}", "lat": f"{lat:g}"}
            if other >= 0:
                (unit,) = self.places[other + 1]
                name = Text(f"{unit.name} {unit.code}", f"{unit.name_en} {unit.code}")
                reasons[row] = reason("swapped", **given, unit=name)
            elif points.metres[row]:
                metres = {"lon": f"{lon:.0f}", "lat": f"{lat:.0f}"}
                reasons[row] = reason("out_of_range.zones", **metres, zones=self._zones(lon, lat, zones))
            elif not in_range(lon, lat):
                metric = min(abs(lon), abs(lat)) > 10_000
                reasons[row] = reason("out_of_range.metres" if metric else "out_of_range", **given)
            else:
                reasons[row] = plain_reason("outside_china", **given)
        return rows, reasons

    def _zones(self, x: float, y: float, plausible: Text | None) -> Text | None:
        """Return the planes that a pair of metres may be in."""
        east, _ = planes.exchanged(np.array([x]), np.array([y]))
        zone = int(planes.zones(east)[0])
        if zone:
            code = planes.code_of(0, zone)
            return Text(code, code)
        return plausible

    def _plausible(self, points: RowPoints, named: NDArray[np.int64]) -> Text:
        """Return the planes without a zone in their eastings in which most points lie where their rows say."""
        some = np.flatnonzero(points.metres)[:_MOST_TRIED]
        east, north = planes.exchanged(points.lon[some], points.lat[some])
        scores = []
        for meridian, lon, lat in planes.each_meridian(east, north):
            rows = self._counties.rows(lon, lat)
            told = named[some] > 0
            agreed = self.agree(rows[told], named[some][told])
            scores.append((int(agreed.sum()), int((rows >= 0).sum()), meridian))
        best = max(scores)
        fit = [one for one in sorted(scores, reverse=True) if one[:2] == best[:2] or (best[0] == 0 and one[1])]
        shown = [planes.code_of(meridian, 0) for _, _, meridian in fit[:_MOST_OFFERED]]
        return joined([Text(one, one) for one in shown])

"""Where the rows of a chunk lie: by their coordinates, or by adcode or name where there are none."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regionmap.api import Regionmap
from regionmap.errors import InputError, UnknownNameError
from regionmap.model import Unit
from regionmap.places.coordinates import in_range
from regionmap.places.datum import Datum, to_wgs84
from regionmap.places.errors import AmbiguousPlaceError
from regionmap.screening.addresses import Addresses
from regionmap.screening.cells import numbers, texts
from regionmap.screening.columns import Columns
from regionmap.screening.county_index import CountyIndex

Reasons = NDArray[np.object_]
DATUM_WORDS = {
    "wgs84": Datum.WGS84, "wgs1984": Datum.WGS84, "gps": Datum.WGS84, "epsg4326": Datum.WGS84, "4326": Datum.WGS84,
    "cgcs2000": Datum.CGCS2000, "epsg4490": Datum.CGCS2000, "4490": Datum.CGCS2000, "国家2000": Datum.CGCS2000,
    "2000国家": Datum.CGCS2000, "天地图": Datum.CGCS2000, "tianditu": Datum.CGCS2000,
    "gcj02": Datum.GCJ02, "高德": Datum.GCJ02, "火星": Datum.GCJ02, "腾讯": Datum.GCJ02, "amap": Datum.GCJ02,
    "bd09": Datum.BD09, "bd09ll": Datum.BD09, "百度": Datum.BD09, "baidu": Datum.BD09,
}  # fmt: skip
_DATUM_NOISE = re.compile(r"[\s_\-:]|(?:大地)?坐标(?:系统?)?$")
_CODE = re.compile(r"['’]?(\d{6})(?:\d{3}){0,2}(?:\.0+)?")
_NO_UNIT = re.compile(r"市辖[区县]|县|(?:省|自治区)?直辖(?:县级?)?(?:行政(?:区划|单位))?")
_NO_UNIT_CODE = re.compile(r"(?:11|12|31|50)0[12]00|\d\d9000")
"""市辖区 of a municipality, and 省直辖县级行政区划."""
EXPLAINED = 20
"""Unknown names of a chunk that are told what is near them: to find that is slow, and free text holds thousands."""


@dataclass(frozen=True)
class Sites:
    """The places of the rows of a chunk.

    ``place`` is the number of each row's place in ``SiteResolver.places``, 0 for none. ``rows`` are the county rows of
    points, −1 where a row is judged by name or not at all; ``lon`` and ``lat`` are WGS-84 degrees, NaN likewise.
    ``named`` are the numbers of the places that rows with coordinates name besides, 0 for none. ``torn`` tells which
    rows have a code and a name of two places, ``addressed`` which were read from an address.
    """

    place: NDArray[np.int64]
    rows: NDArray[np.int64]
    lon: Any
    lat: Any
    named: NDArray[np.int64]
    reading: NDArray[np.bool_]
    torn: NDArray[np.bool_]
    addressed: NDArray[np.bool_]


class SiteResolver:
    """Finds the places of rows, chunk after chunk; every name is looked up once."""

    def __init__(self, rm: Regionmap, ground: CountyIndex, columns: Columns, datum: str) -> None:
        """Prepare for a file whose columns are known; ``datum`` holds where no column says otherwise."""
        self._rm, self._ground, self._columns, self._datum = rm, ground, columns, Datum(datum)
        # Place 0 is none; then every county in the order of the index; then what names mean, as they come.
        self.places: list[tuple[Unit, ...]] = [(), *((rm.gazetteer.unit(code),) for code in ground.locator.codes)]
        self._number_of = {tuple(one.code for one in units): number for number, units in enumerate(self.places)}
        self._known: dict[str, tuple[int, bool]] = {}
        self._chosen: dict[tuple[str, str], tuple[str, bool]] = {}
        self.addresses = Addresses(rm)

    def find(self, table: pa.Table, reasons: Reasons) -> Sites:
        """Return where the rows lie; a row that lies nowhere gets its reason in ``reasons``, unless it has one."""
        count = table.num_rows
        codes, names, torn = self._names(table)
        has_name = np.array([bool(name) for name in names], bool)[codes]
        for row in np.flatnonzero(has_name & (reasons != "")).tolist():
            if reasons[row].startswith("no_geometry:"):
                reasons[row] = ""  # the place that it names will do
        lon, lat = np.full((2, count), np.nan)
        rows = np.full(count, -1, np.int64)
        if self._columns.lon is None:
            blank = np.ones(count, bool)
        else:
            lon, lat, blank = self._coordinates(table, reasons)
            rows = self._inside(lon, lat, reasons)
            lon[rows < 0] = lat[rows < 0] = np.nan
        by_address = self._by_address(table, np.flatnonzero(blank & ~has_name & (reasons == "")), reasons)
        found, noted, problems = self._look_up(codes, names, blank & (reasons == ""))
        named = found[codes]
        wrong = np.flatnonzero(blank & has_name & (named == 0) & (reasons == ""))
        reasons[wrong] = problems[codes[wrong]]
        by_name = np.where(has_name, named, by_address)
        judged = reasons == ""
        place = np.where(rows >= 0, rows + 1, np.where(blank & judged, by_name, 0))
        noted_rows = noted[codes] & (rows < 0) & judged
        named = np.where(rows >= 0, named, 0)
        return Sites(place, rows, lon, lat, named, noted_rows, torn[codes], (by_address > 0) & judged)

    def disagrees(self, sites: Sites) -> NDArray[np.bool_]:
        """Tell which rows name a place that their point does not lie in, or another one than their code."""
        differ = sites.torn.copy()
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
        around = {unit.code, *(one.code for one in self._rm.gazetteer.ancestors(unit.code))}
        return any(one.code in around for one in self.places[named])

    def _names(self, table: pa.Table) -> tuple[NDArray[Any], list[str], NDArray[np.bool_]]:
        """Return for every row the number of its code or name, all of these, and which stand beside another place."""
        columns = [*self._columns.place, *([self._columns.adcode] if self._columns.adcode else [])]
        if not columns:
            return np.zeros(table.num_rows, np.int64), [""], np.zeros(1, bool)
        codes, values = zip(*(texts(table[one]) for one in columns), strict=True)
        keys, back = np.unique(np.column_stack(codes), axis=0, return_inverse=True)
        names, torn = [], []
        for key in keys.tolist():
            parts = [words[at] for words, at in zip(values, key, strict=True)]
            code = _adcode(parts.pop()) if self._columns.adcode else ""
            name = self._joined(parts)
            chosen, two = self._choice(code, name) if code and name else (code or name, False)
            names.append(chosen)
            torn.append(two)
        return back.ravel(), names, np.array(torn, bool)

    def _choice(self, code: str, name: str) -> tuple[str, bool]:
        """Return what tells more of a code and a name of one place; of two places the code, and that they are two."""
        if (code, name) not in self._chosen:
            choice = (code, False)
            units, named = self._units(code), self._units(name)
            if _NO_UNIT_CODE.fullmatch(code):
                choice = (name, False)
            elif units and named and not _within(self._rm, units, named):
                choice = (name, False) if _within(self._rm, named, units) else (code, True)
            self._chosen[code, name] = choice
        return self._chosen[code, name]

    def _units(self, name: str) -> tuple[Unit, ...]:
        """Return the units of a code or a name, none where it has no plain meaning."""
        try:
            return self._rm.gazetteer.resolve_places(name)[0]
        except InputError:
            return ()

    def _joined(self, parts: list[str]) -> str:
        """Return the name of the smallest unit behind those that hold it: 河北省, 保定市, 莲池区 → 河北省保定市莲池区.

        A part that is said again is dropped (北京市, 北京市, 朝阳区) unless only both together are plain (吉林, 吉林).
        """
        said = [part for part in parts if part and not _NO_UNIT.fullmatch(part)]
        once = list(dict.fromkeys(said))
        latin = "".join(once).isascii()
        short, full = (", ".join(reversed(some)) if latin else "".join(some) for some in (once, said))
        return full if short != full and not self._units(short) and self._units(full) else short

    def _look_up(
        self, codes: NDArray[Any], names: list[str], needed: NDArray[np.bool_]
    ) -> tuple[NDArray[Any], NDArray[Any], Reasons]:
        """Return for every name its place (0 for none), whether it was read with a note, and why there is none."""
        found, noted = np.zeros(len(names), np.int64), np.zeros(len(names), bool)
        problems = np.full(len(names), "", dtype=object)
        wanted = np.zeros(len(names), bool)
        wanted[codes[needed]] = True
        explained = itertools.count()
        for at, name in enumerate(names):
            if not name:
                continue
            if name not in self._known:
                try:
                    places, note = self._rm.gazetteer.resolve_places(name)
                except InputError as error:
                    if wanted[at]:
                        problems[at] = _problem(error, explained)
                    continue
                self._known[name] = self.number(places), note is not None
            found[at], noted[at] = self._known[name]
        return found, noted, problems

    def _by_address(self, table: pa.Table, rows: NDArray[Any], reasons: Reasons) -> NDArray[np.int64]:
        """Return the places at the heads of the addresses of rows that say nothing else; 0 with a reason for none."""
        found = np.zeros(table.num_rows, np.int64)
        nothing = "missing_place: nothing in this row says where the site is."
        if self._columns.address is None:
            reasons[rows] = nothing
            return found
        codes, words = texts(table[self._columns.address].take(pa.array(rows)))
        explained = itertools.count()
        places, problems = np.zeros(max(len(words), 1), np.int64), np.full(max(len(words), 1), nothing, dtype=object)
        for at, word in enumerate(words):
            if word:
                try:
                    places[at] = self.number(self.addresses.units(word))
                    problems[at] = ""
                except InputError as error:
                    problems[at] = _problem(error, explained)
        found[rows] = places[codes]
        reasons[rows] = problems[codes]
        return found

    def number(self, units: tuple[Unit, ...]) -> int:
        """Return the number of units held as one place, a new one where they have none."""
        key = tuple(one.code for one in units)
        if key not in self._number_of:
            self._number_of[key] = len(self.places)
            self.places.append(units)
        return self._number_of[key]

    def _coordinates(self, table: pa.Table, reasons: Reasons) -> tuple[Any, Any, NDArray[np.bool_]]:
        """Return WGS-84 degrees, NaN with a reason where they cannot be used, and which rows have none at all."""
        x_column, y_column = table[self._columns.lon], table[self._columns.lat]
        (x, no_x), (y, no_y) = numbers(x_column), numbers(y_column)
        blank = no_x & no_y
        for row in np.flatnonzero((no_x ^ no_y) & (reasons == "")).tolist():
            reasons[row] = f"missing_coordinate: the {'longitude' if no_x[row] else 'latitude'} is blank, give both."
        bad = ~blank & (np.isnan(x) | np.isnan(y)) & (reasons == "")
        for row in np.flatnonzero(bad).tolist():
            word, column = ("longitude", x_column) if np.isnan(x[row]) else ("latitude", y_column)
            shown = str(column[row].as_py())[:40]
            reasons[row] = f"not_a_number: the {word} '{shown}' is no finite number: give degrees such as 115.48."
        zero = (x == 0) & (y == 0) & (reasons == "")
        reasons[zero] = "zero_coordinates: 0,0 is a placeholder for unknown coordinates, not a site."
        usable = (reasons == "") & ~blank
        x, y = np.where(usable, x, np.nan), np.where(usable, y, np.nan)
        self._to_wgs84(table, x, y, usable, reasons)
        return x, y, blank

    def _to_wgs84(self, table: pa.Table, x: Any, y: Any, usable: NDArray[np.bool_], reasons: Reasons) -> None:
        """Convert the usable points in place, by the datum of their row."""
        if self._columns.datum is None:
            codes, words = np.zeros(len(x), np.int64), [""]
        else:
            codes, words = texts(table[self._columns.datum])
        for number, word in enumerate(words):
            here = (codes == number) & usable
            datum = self._datum if not word else DATUM_WORDS.get(_DATUM_NOISE.sub("", word.casefold()))
            if datum is None:
                reasons[here] = f"unknown_datum: no datum is called '{word[:40]}': use one of {', '.join(Datum)}."
                x[here] = y[here] = np.nan
            elif datum not in (Datum.WGS84, Datum.CGCS2000):
                here &= (np.abs(x) <= 180) & (np.abs(y) <= 90)  # others are no degrees in any datum
                x[here], y[here] = to_wgs84(x[here], y[here], datum)

    def _inside(self, x: Any, y: Any, reasons: Reasons) -> NDArray[np.int64]:
        """Return the county rows, −1 where there is none; then the reason says what the coordinates look like."""
        rows = self._ground.rows(x, y).astype(np.int64)
        lost = np.flatnonzero(np.isfinite(x) & (rows < 0))
        if not len(lost):
            return rows
        exchanged = self._ground.rows(y[lost], x[lost])
        for row, other in zip(lost.tolist(), exchanged.tolist(), strict=True):
            given = f"longitude {x[row]:g}, latitude {y[row]:g}"
            if other >= 0:
                (unit,) = self.places[other + 1]
                reasons[row] = (
                    f"swapped: {given} lies in China only when the two are exchanged, then in {unit.name} {unit.code}."
                )
            elif not in_range(x[row], y[row]):
                looks = "metres of a projection" if min(abs(x[row]), abs(y[row])) > 10_000 else "no degrees"
                reasons[row] = f"out_of_range: {given} is no place on Earth: these are {looks}, give decimal degrees."
            else:
                reasons[row] = f"outside_china: {given} lies in no county of China."
        return rows


def _problem(error: InputError, explained: Iterator[int]) -> str:
    """Return why a name gives no place."""
    if isinstance(error, AmbiguousPlaceError):
        return f"ambiguous_place: {error}"
    if isinstance(error, UnknownNameError) and next(explained) >= EXPLAINED:
        return f"unknown_place: {error.plain}."
    return f"unknown_place: {error}"


def _adcode(text: str) -> str:
    """Return the adcode of a cell (130600, 130600.0); of the nine or twelve digits of a statistical code, six."""
    match = _CODE.fullmatch(text)
    return match[1] if match else text


def _within(rm: Regionmap, units: tuple[Unit, ...], outer: tuple[Unit, ...]) -> bool:
    """Tell whether all units are or lie in some of the others."""
    codes = {one.code for one in outer}
    return all(
        unit.code in codes or any(one.code in codes for one in rm.gazetteer.ancestors(unit.code)) for unit in units
    )

"""The coordinates of the rows of a chunk as WGS-84 degrees, however they are written, or why there are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regionmap.errors import InputError
from regionmap.i18n import t, word_list
from regionmap.places.coordinate_text import Axis, CoordinateTextError, parse_angle, parse_pair
from regionmap.places.datum import Datum, to_wgs84
from regionmap.screening.cells import numbers, plain_text, texts
from regionmap.screening.headings import lat_first
from regionmap.screening.messages import reason
from regionmap.screening.planes import Plane, are_metres, of_zone, plane
from regionmap.screening.roles import Columns
from regionmap.screening.row_texts import RowTexts

Floats = NDArray[np.float64]
DATUM_WORDS = {
    "wgs84": Datum.WGS84, "wgs1984": Datum.WGS84, "gps": Datum.WGS84, "epsg4326": Datum.WGS84, "4326": Datum.WGS84,
    "cgcs2000": Datum.CGCS2000, "epsg4490": Datum.CGCS2000, "4490": Datum.CGCS2000, "国家2000": Datum.CGCS2000,
    "2000国家": Datum.CGCS2000, "天地图": Datum.CGCS2000, "tianditu": Datum.CGCS2000,
    "gcj02": Datum.GCJ02, "高德": Datum.GCJ02, "火星": Datum.GCJ02, "腾讯": Datum.GCJ02, "amap": Datum.GCJ02,
    "bd09": Datum.BD09, "bd09ll": Datum.BD09, "百度": Datum.BD09, "baidu": Datum.BD09,
}  # fmt: skip
_DATUM_NOISE = re.compile(r"[\s_\-:]|(?:大地)?坐标(?:系统?)?$")
AXES = {Axis.LON: t("longitude"), Axis.LAT: t("latitude")}


@dataclass(frozen=True)
class RowPoints:
    """WGS-84 degrees of rows, NaN where there are none; ``blank`` tells which rows give no coordinates at all.

    ``problems`` say why coordinates that are given cannot be used. ``metres`` tells which rows are metres of a plane
    that nobody names; their numbers are then in ``lon`` and ``lat`` as they stand.
    """

    lon: Floats
    lat: Floats
    blank: NDArray[np.bool_]
    problems: RowTexts
    metres: NDArray[np.bool_]


class PointReader:
    """Reads the coordinates of chunks by the columns and the options of a run."""

    def __init__(self, columns: Columns, datum: str, crs: str | None = None) -> None:
        """Take what holds where no column says otherwise.

        Raises:
            InputError: ``crs`` is no coordinate system.
        """
        self._columns, self._datum = columns, Datum(datum)
        self._plane = plane(crs) if crs is not None else None

    def read(self, table: pa.Table, left_out: NDArray[np.bool_]) -> RowPoints:
        """Return the points of a chunk; rows that are ``left_out`` are not converted."""
        count = table.num_rows
        problems = RowTexts(count)
        if self._columns.coordinates is not None:
            x, y, blank = self._both(table[self._columns.coordinates], problems)
        elif self._columns.lon is not None:
            x, y, blank = self._apart(table, problems)
        else:
            nowhere, none = np.full(count, np.nan), np.zeros(count, bool)
            return RowPoints(nowhere, nowhere.copy(), ~none, problems, none)
        zero = (x == 0) & (y == 0) & problems.blank
        problems[zero] = reason("zero_coordinates")
        usable = problems.blank & ~blank & ~left_out
        x, y = np.where(usable, x, np.nan), np.where(usable, y, np.nan)
        unnamed = self._to_wgs84(table, x, y, usable, problems)
        return RowPoints(x, y, blank, problems, unnamed)

    def _both(self, column: pa.ChunkedArray, problems: RowTexts) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """Return the coordinates of cells that hold two."""
        codes, words = texts(column)
        first = lat_first(self._columns.coordinates or "")
        x, y = np.full((2, max(len(words), 1)), np.nan)
        wrong = RowTexts(max(len(words), 1))
        for at, word in enumerate(words):
            if any(sign.isdigit() for sign in word):
                try:
                    x[at], y[at] = parse_pair(word, lat_first=first)
                except CoordinateTextError:
                    wrong[at] = reason("not_a_number.pair", value=word[:40])
        # 见附图 says nothing of the point: the place that the row names will do.
        blank = np.array([not any(sign.isdigit() for sign in word) for word in words] or [True], bool)
        problems.put(wrong.take(codes))
        return x[codes], y[codes], blank[codes]

    def _apart(self, table: pa.Table, problems: RowTexts) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """Return the coordinates of two columns, or of those with minutes and seconds beside them."""
        columns = self._columns
        x, no_x = self._axis(table, columns.lon or "", columns.lon_parts, Axis.LON, problems)
        y, no_y = self._axis(table, columns.lat or "", columns.lat_parts, Axis.LAT, problems)
        one = (no_x ^ no_y) & problems.blank
        problems[one & no_x] = reason("missing_coordinate", axis=AXES[Axis.LON])
        problems[one & no_y] = reason("missing_coordinate", axis=AXES[Axis.LAT])
        return x, y, no_x & no_y

    def _axis(
        self, table: pa.Table, name: str, parts: tuple[str, ...], axis: Axis, problems: RowTexts
    ) -> tuple[Floats, NDArray[np.bool_]]:
        values, blank = numbers(table[name])
        bad = np.flatnonzero(~blank & np.isnan(values))
        for row, word in zip(bad.tolist(), _words_at(table[name], bad), strict=True):
            found, problem = _angle(word, axis)
            values[row] = found
            problems[row] = problems[row] or problem
        if parts:
            blank &= self._add_parts(table, (name, *parts), values, axis, problems)
        return values, blank

    def _add_parts(
        self, table: pa.Table, names: tuple[str, ...], values: Floats, axis: Axis, problems: RowTexts
    ) -> NDArray[np.bool_]:
        """Add minutes and seconds to degrees in place; return which rows have none."""
        smaller = [numbers(table[one]) for one in names[1:]]
        minutes, seconds = (*(one for one, _ in smaller), np.zeros(len(values)))[:2]
        empty = np.logical_and.reduce([none for _, none in smaller])
        unread = np.logical_or.reduce([np.isnan(one) & ~none for one, none in smaller])
        minutes, seconds = np.nan_to_num(minutes), np.nan_to_num(seconds)
        some = (minutes != 0) | (seconds != 0)
        whole = ((values % 1 == 0) | ~some) & ((minutes % 1 == 0) | (seconds == 0))
        fits = whole & (minutes >= 0) & (minutes < 60) & (seconds >= 0) & (seconds <= 60) & ~unread
        fits &= ~np.isnan(values) | empty  # minutes without degrees
        wrong = np.flatnonzero(~fits & problems.blank)
        cells = [_words_at(table[one], wrong) for one in names]
        for row, *words in zip(wrong.tolist(), *cells, strict=True):
            problems[row] = reason("not_a_number.parts", axis=AXES[axis], value=word_list(word[:20] for word in words))
        size = np.where(some, (np.abs(values) * 3600 + minutes * 60 + seconds) / 3600, np.abs(values))
        values[:] = np.where(values < 0, -size, size)
        return np.asarray(empty)

    def _to_wgs84(
        self, table: pa.Table, x: Floats, y: Floats, usable: NDArray[np.bool_], problems: RowTexts
    ) -> NDArray[np.bool_]:
        """Convert the usable points in place, by datum or plane of their row; return the metres of unnamed planes."""
        metres = usable & are_metres(x, y)
        for column, reader in ((self._columns.datum, self._by_datum), (self._columns.zone, self._by_zone)):
            if column is None or (reader == self._by_zone and not metres.any()):
                continue
            codes, words = texts(table[column])
            for number, word in enumerate(words):
                here = (codes == number) & usable
                if word and here.any():
                    usable = usable & ~reader(word, x, y, here, metres, problems)
                    metres &= usable
        if self._plane is not None:
            _through(self._plane, x, y, usable, problems)
            return np.zeros(len(x), bool)
        here = usable & (np.abs(x) <= 180) & (np.abs(y) <= 90)  # others are no degrees in any datum
        if self._datum not in (Datum.WGS84, Datum.CGCS2000):
            x[here], y[here] = to_wgs84(x[here], y[here], self._datum)
        return metres

    def _by_datum(
        self, word: str, x: Floats, y: Floats, here: NDArray[np.bool_], metres: NDArray[np.bool_], problems: RowTexts
    ) -> NDArray[np.bool_]:
        """Convert the rows of a cell of the column of datums; return those that are settled."""
        datum = DATUM_WORDS.get(_DATUM_NOISE.sub("", word.casefold()))
        if datum is None:
            try:
                found = plane(word)
            except InputError:
                problems[here] = reason("unknown_datum", word=word[:40], datums=word_list(Datum))
                x[here] = y[here] = np.nan
                return here
            _through(found, x, y, here, problems)
            return here
        here = here & ~metres  # a datum says nothing of the plane
        degrees = here & (np.abs(x) <= 180) & (np.abs(y) <= 90)
        if datum not in (Datum.WGS84, Datum.CGCS2000):
            x[degrees], y[degrees] = to_wgs84(x[degrees], y[degrees], datum)
        return here

    def _by_zone(
        self, word: str, x: Floats, y: Floats, here: NDArray[np.bool_], metres: NDArray[np.bool_], problems: RowTexts
    ) -> NDArray[np.bool_]:
        """Convert the metres of a cell of the column of zones; return those that are settled."""
        here = here & metres
        try:
            _through(of_zone(word), x, y, here, problems)
        except InputError:
            return np.zeros(len(x), bool)
        return here


def _through(way: Plane, x: Floats, y: Floats, here: NDArray[np.bool_], problems: RowTexts) -> None:
    """Convert rows of a plane in place; those that lie in another zone or beyond it get a reason."""
    rows = np.flatnonzero(here)
    written = x[rows], y[rows]
    lon, lat, other = way.degrees(*written)
    for at in np.flatnonzero(np.isnan(lon)).tolist():
        if other[at]:
            east = f"{max(written[0][at], written[1][at]):.0f}"
            problems[rows[at]] = reason("other_zone", x=east, zone=int(other[at]), crs=way.name)
        else:
            problems[rows[at]] = reason("not_convertible")
    x[rows], y[rows] = lon, lat


def _angle(word: str, axis: Axis) -> tuple[float, str]:
    """Return the degrees of a cell that is no plain number, or why it has none."""
    try:
        found = parse_angle(word)
    except CoordinateTextError as error:
        if any(sign in word for sign in "°′″度分秒'"):
            return np.nan, reason("not_a_number.angle", axis=AXES[axis], value=word[:40], why=error.text)
        return np.nan, reason("not_a_number", axis=AXES[axis], value=word[:40])
    if found.axis is not None and found.axis is not axis:
        return np.nan, reason("wrong_axis", axis=AXES[axis], value=word[:40], other=AXES[found.axis])
    return found.degrees, ""


def _words_at(column: pa.ChunkedArray, rows: NDArray[Any]) -> list[str]:
    some = column.take(pa.array(rows))
    if not pa.types.is_string(some.type):
        some = pc.cast(some, pa.string(), safe=False) if not pa.types.is_dictionary(some.type) else some
    return [plain_text(str(one)) if one is not None else "" for one in some.to_pylist()]

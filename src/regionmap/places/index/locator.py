"""From a point to the county it lies in, and the distances to the counties around, on the true boundaries."""

from __future__ import annotations

import hashlib
import heapq
import math
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionmap.errors import InputError
from regionmap.model import Text
from regionmap.places import coordinates
from regionmap.places.coordinates import check_coordinates
from regionmap.places.errors import (
    CoordinateError,
    MissingCoordinateError,
    NotANumberError,
    OutOfRangeError,
    OutsideChinaError,
    SwappedCoordinatesError,
    UnknownPlaceError,
)
from regionmap.places.index.one_point import OnePoint
from regionmap.places.index.outlines import FILE, Outlines
from regionmap.places.index.province_lines import MOST_M, is_other_province
from regionmap.resources import geo_dir, geo_file
from regionmap.unit_table import unit_name
from regionmap.words import distance

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import ArrayLike, NDArray

    from regionmap.places.index.arrays import Boundaries, PointInArrays
    from regionmap.places.index.grid import CountyGrid

__all__ = [
    "CoordinateError",
    "Locator",
    "MissingCoordinateError",
    "NotANumberError",
    "OutOfRangeError",
    "OutsideChinaError",
    "SwappedCoordinatesError",
    "check_coordinates",
]

TABLE = "counties.parquet"
# From so many points on, loading the index costs less than it saves.
_MANY = 100_000
# After so many questions about single points, loading numpy and shapely costs less than it saves.
_FEW = 100
_RINGS_M = (20_000.0, 200_000.0, math.inf)
"""Counties are looked for in ever wider rings, metres."""
DIGITS = 4
"""Distances are rounded to a tenth of a millimetre."""
_BOX_COLUMNS = ["xmin", "ymin", "xmax", "ymax"]


class Locator:
    """All counties with their true boundaries (CGCS2000 degrees, equal to WGS-84 to well under a metre).

    A point on the edge of several counties belongs to the one with the lowest code.
    """

    def __init__(self, counties: pa.Table | Outlines) -> None:
        """Keep the counties, in the order of their codes: of outlines, or the rows of counties.parquet."""
        self._few: Outlines | None = None
        self._asked = 0
        if isinstance(counties, Outlines):
            self._few = counties
            self.codes, self._names = counties.codes, counties.names
        else:
            codes, names = counties["code"].to_pylist(), counties["name"].to_pylist()
            # By way of lists: pyarrow's sort and its to_numpy load a query engine and pandas.
            self._order = sorted(range(len(codes)), key=codes.__getitem__)
            self.codes = tuple(codes[row] for row in self._order)
            self._names = tuple(names[row] for row in self._order)
            self._table = counties
        self._rows = {code: row for row, code in enumerate(self.codes)}
        self._grid: CountyGrid | None = None
        self._last: tuple[tuple[float, float], bool, OnePoint | PointInArrays] | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Copy all but what looked from the last point, and the shapes, which are made again."""
        return {name: value for name, value in self.__dict__.items() if name != "_boundaries"} | {"_last": None}

    @classmethod
    def load(cls, path: Path | None = None) -> Locator:
        """Read counties.parquet (code, name, geometry as WKB, xmin, ymin, xmax, ymax; EPSG:4490).

        Or the outlines beside it, where they were made of it: they say the same and need no library.

        Raises:
            InputError: the file cannot be read or lacks a column.
        """
        bundled = path is None
        path = path or geo_dir() / TABLE
        outlines = Outlines.load(path.with_name(FILE), path)
        if outlines is not None:  # they name the digest of the table: both are whole
            return cls(outlines)
        if bundled:
            for name in (TABLE, FILE):
                geo_file(name)
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return cls(pq.ParquetFile(path).read(columns=["code", "name", *_BOX_COLUMNS, "geometry"]))
        except (OSError, pa.ArrowException, KeyError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise InputError(f"{path} is no table of counties: {reason}") from error

    @cached_property
    def _boundaries(self) -> Boundaries:
        """The boundaries for numpy and shapely."""
        import numpy as np
        import shapely

        from regionmap.places.index.arrays import Boundaries, shape

        few = self._few
        if few is not None:
            return Boundaries(np.array(few.boxes), lambda row: shape(few.polygons(row)))
        boxes = np.array([self._table[column].to_pylist() for column in _BOX_COLUMNS], np.float64)
        return Boundaries(boxes.take(self._order, axis=1).T, lambda row: shapely.from_wkb(self._wkb[row].as_py()))

    @cached_property
    def _wkb(self) -> list[Any]:
        encoded = self._table["geometry"].combine_chunks()
        return [encoded[row] for row in self._order]

    def county_at(self, lon: object, lat: object) -> str:
        """Return the code of the county at a point; on an edge, the lowest code of those that share it.

        Args:
            lon: WGS-84 degrees, a number or a text that is one.
            lat: WGS-84 degrees, a number or a text that is one.

        Raises:
            MissingCoordinateError: a coordinate is None or blank.
            NotANumberError: a coordinate is no finite number.
            SwappedCoordinatesError: the point lies in a county only with longitude and latitude exchanged.
            OutOfRangeError: beyond ±180° or ±90°.
            OutsideChinaError: in no county; the message says which is nearest and how far it is.
        """
        x, y = coordinates.numbers(lon, lat)
        row = self._at(x, y).covering()
        if row is None:
            raise self._no_county(x, y)
        return self.codes[row]

    def counties_at(self, lon: ArrayLike, lat: ArrayLike) -> list[str | None]:
        """Return for many points what ``county_at`` returns for one, None for points in no county (also for NaN).

        Args:
            lon: WGS-84 degrees, shape (n,).
            lat: WGS-84 degrees, shape (n,).
        """
        import numpy as np

        x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        if len(x) < _MANY:
            rows = self.rows_at(x, y).tolist()
        else:
            from regionmap.places.index.grid import CountyGrid

            self._grid = self._grid or CountyGrid.load(self)
            rows = self._grid.rows(x, y).tolist()
        codes = (*self.codes, None)  # so that -1 is None
        return [codes[row] for row in rows]

    def rows_at(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the indices into ``codes`` of the counties at points by the exact test; -1 for none and for NaN.

        Args:
            lon: WGS-84 degrees, shape (n,).
            lat: WGS-84 degrees, shape (n,).
        """
        return self._boundaries.rows_at(lon, lat)

    def digest(self) -> bytes:
        """Return the SHA-256 of all codes and boundaries."""
        if self._few is not None:
            return self._few.digest
        total = hashlib.sha256("\n".join(self.codes).encode())
        for polygon in self._wkb:
            total.update(polygon.as_buffer())
        return total.digest()

    def counties_by_distance(self, lon: object, lat: object, limit_m: float = math.inf) -> Iterator[tuple[str, float]]:
        """Yield (county code, metres) by growing geodesic distance from a point, up to ``limit_m``; lazily.

        The distance is to the nearest point of the county's polygon: 0 for the county at the point, which comes first,
        and for others that the point lies on the edge of. Equal distances come in the order of the codes.

        Args:
            lon: WGS-84 degrees.
            lat: WGS-84 degrees.
            limit_m: how far to look, in metres.

        Raises:
            CoordinateError: as ``check_coordinates``; the point may lie outside China.
        """
        x, y = check_coordinates(lon, lat)
        return self._by_distance(self._at(x, y), limit_m, lambda _: True)

    def boundary_m(
        self, lon: object, lat: object, differs: Callable[[str], bool], limit_m: float = 200_000
    ) -> tuple[float, str] | None:
        """Return how far the nearest county is for which ``differs`` is true, and its code.

        Geodesic metres from the point to that county's boundary, to about a centimetre; None where there is no such
        county within ``limit_m``.

        Args:
            lon: WGS-84 degrees.
            lat: WGS-84 degrees.
            differs: tells of a county's code whether it counts. It is asked about near counties first and about none
                beyond the answer.
            limit_m: how far to look, in metres.

        Raises:
            CoordinateError: as ``check_coordinates``.
        """
        x, y = check_coordinates(lon, lat)
        for code, metres in self._by_distance(self._at(x, y), limit_m, differs):
            return metres, code
        return None

    def other_province_m(
        self, lon: object, lat: object, county: str, limit_m: float = MOST_M
    ) -> tuple[float, str] | None:
        """Return how far a point is from the nearest other province of the mainland, in metres, and the county there.

        Args:
            lon: WGS-84 degrees.
            lat: WGS-84 degrees.
            county: the code of the county that holds the point.
            limit_m: how far to look, in metres.

        Raises:
            CoordinateError: as ``check_coordinates``.
        """
        return self.boundary_m(lon, lat, lambda code: is_other_province(county, code), limit_m)

    def geometry(self, code: str) -> Any:
        """Return the polygon or multipolygon of a county, CGCS2000 degrees.

        Args:
            code: the adcode of a county.

        Raises:
            UnknownPlaceError: no county has this code.
        """
        if code not in self._rows:
            raise UnknownPlaceError(
                "no county has the code {code}: give the code of a county, since only counties have "
                "boundaries of their own",
                code=code,
            )
        return self._boundaries.polygon(self._rows[code])

    def counties_in_box(self, west: float, south: float, east: float, north: float) -> tuple[str, ...]:
        """Return the codes of the counties whose boxes meet a box, in order: candidates, no more.

        Args:
            west: the least longitude, degrees.
            south: the least latitude, degrees.
            east: the greatest longitude, degrees.
            north: the greatest latitude, degrees.
        """
        import numpy as np

        boxes = self._boundaries.boxes
        meets = (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        return tuple(self.codes[row] for row in np.flatnonzero(meets))

    def _at(self, x: float, y: float) -> OnePoint | PointInArrays:
        """Return what looks from a point: plainly as long as that is quicker; kept for the next question about it."""

        def in_arrays() -> PointInArrays:
            from regionmap.places.index.arrays import PointInArrays

            return PointInArrays(self._boundaries, x, y)

        self._asked += 1
        plainly = self._few is not None and self._asked <= _FEW and "shapely" not in sys.modules
        last = self._last
        if last is not None and last[0] == (x, y) and last[1] is plainly:
            return last[2]
        at = OnePoint(self._few, x, y, in_arrays) if plainly and self._few is not None else in_arrays()
        self._last = (x, y), plainly, at
        return at

    def _by_distance(
        self, at: OnePoint | PointInArrays, limit_m: float, wanted: Callable[[str], bool]
    ) -> Iterator[tuple[str, float]]:
        """Yield wanted counties by distance. Boxes come first: a county is measured only when its box is in reach."""
        measured: list[tuple[float, str]] = []
        for row, least in _by_box(at, limit_m):
            while measured and measured[0][0] < least:
                metres, code = heapq.heappop(measured)
                yield code, metres
            if wanted(self.codes[row]):
                # Rounded, so that counties that share what is nearest are equally far.
                metres = 0.0 if least == 0 and at.holds(row) else round(at.distance_m(row), DIGITS)
                if metres <= limit_m:
                    heapq.heappush(measured, (metres, self.codes[row]))
        while measured:
            metres, code = heapq.heappop(measured)
            yield code, metres

    def _called(self, row: int) -> Text:
        """Return name and code of a county; a table of others than today's names them in Chinese alone."""
        code = self.codes[row]
        name = Text(self._names[row], self._names[row])
        english = unit_name(code)
        return Text(f"{name.zh} {code}", f"{english.en if english.zh == name.zh else name.en} {code}")

    def _no_county(self, x: float, y: float) -> CoordinateError:
        row = self._at(y, x).covering()
        if row is not None:
            return coordinates.swapped(x, y, self._called(row))
        if not coordinates.in_range(x, y):
            return coordinates.out_of_range(x, y)
        code, metres = next(self._by_distance(self._at(x, y), math.inf, lambda _: True))
        return OutsideChinaError(
            "longitude {lon}, latitude {lat} lies in no county of China: the nearest is {county},"
            " {far} away",
            lon=f"{x:g}", lat=f"{y:g}", county=self._called(self._rows[code]), far=distance(metres),
        )  # fmt: skip


def _by_box(at: OnePoint | PointInArrays, limit_m: float) -> Iterator[tuple[int, float]]:
    """Yield rows with lower bounds of their distances, by growing bound up to ``limit_m``; 0 where a box holds it.

    Near boxes come from a quick look that says nothing of far ones: seldom is more than the first one asked for.
    """
    begun, seen = -1.0, set[int]()
    for ring in _RINGS_M:
        end = min(ring, limit_m)
        for row, least in at.within(end):
            if row not in seen:
                seen.add(row)
                yield row, max(least, begun)
        if end == limit_m:
            break
        begun = end

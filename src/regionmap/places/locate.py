"""From a point to the county it lies in, and the distances to the counties around, on the true boundaries."""

from __future__ import annotations

import hashlib
import heapq
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import ArrayLike, NDArray

from regionmap.errors import InputError
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
from regionmap.places.geodesy import least_distances_m, least_distances_within_m
from regionmap.places.outline import Outline, Viewpoint
from regionmap.places.province_lines import MOST_M, is_other_province
from regionmap.resources import geo_dir

if TYPE_CHECKING:
    from regionmap.places.grid import CountyGrid

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

# From so many points on, loading the index costs less than it saves.
_MANY = 100_000
# Counties are looked for in ever wider rings, metres; distances are rounded to a tenth of a millimetre.
_RINGS_M = (20_000.0, 200_000.0, math.inf)
_DIGITS = 4
_BOX_COLUMNS = ["xmin", "ymin", "xmax", "ymax"]


class Locator:
    """All counties with their true boundaries (CGCS2000 degrees, equal to WGS-84 to well under a metre).

    The boundaries stay encoded until a question touches them: one point decodes two or three of the 2,891.
    A point on the edge of several counties belongs to the one with the lowest code.
    """

    def __init__(self, table: pa.Table) -> None:
        """Keep the rows of counties.parquet, in the order of their codes."""
        codes, names = table["code"].to_pylist(), table["name"].to_pylist()
        # By way of lists: pyarrow's sort and its to_numpy load a query engine and pandas, which doubles the time of a
        # single question.
        order = sorted(range(len(codes)), key=codes.__getitem__)
        self.codes: tuple[str, ...] = tuple(codes[row] for row in order)
        self._names: tuple[str, ...] = tuple(names[row] for row in order)
        self._rows = {code: row for row, code in enumerate(self.codes)}
        # Column by column in memory: each is compared as a whole.
        self._boxes = np.array([table[column].to_pylist() for column in _BOX_COLUMNS], np.float64).take(order, axis=1).T
        encoded = table["geometry"].combine_chunks()
        self._encoded = [encoded[row] for row in order]
        self._decoded: dict[int, Any] = {}
        self._outlines: dict[int, Outline] = {}
        self._grid: CountyGrid | None = None

    @classmethod
    def load(cls, path: Path | None = None) -> Locator:
        """Read counties.parquet (code, name, geometry as WKB, xmin, ymin, xmax, ymax; EPSG:4490).

        Raises:
            InputError: the file cannot be read or lacks a column.
        """
        path = path or geo_dir() / "counties.parquet"
        try:
            return cls(pq.ParquetFile(path).read(columns=["code", "name", *_BOX_COLUMNS, "geometry"]))
        except (OSError, pa.ArrowException, KeyError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise InputError(f"{path} is no table of counties: {reason}") from error

    def county_at(self, lon: object, lat: object) -> str:
        """Return the code of the county at a point, WGS-84 degrees; on an edge, the lowest code of those that share it.

        Raises:
            MissingCoordinateError: a coordinate is None or blank.
            NotANumberError: a coordinate is no finite number.
            SwappedCoordinatesError: the point lies in a county only with longitude and latitude exchanged.
            OutOfRangeError: beyond ±180° or ±90°.
            OutsideChinaError: in no county; the message says which is nearest and how far it is.
        """
        x, y = coordinates.numbers(lon, lat)
        row = self._covering(x, y)
        if row is None:
            raise self._no_county(x, y)
        return self.codes[row]

    def counties_at(self, lon: ArrayLike, lat: ArrayLike) -> list[str | None]:
        """Return for many points what ``county_at`` returns for one, None for points in no county (also for NaN).

        Args:
            lon: WGS-84 degrees, shape (n,).
            lat: WGS-84 degrees, shape (n,).
        """
        x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        if len(x) < _MANY:
            rows = self.rows_at(x, y).tolist()
        else:
            from regionmap.places.grid import CountyGrid

            self._grid = self._grid or CountyGrid.load(self)
            rows = self._grid.rows(x, y).tolist()
        codes = (*self.codes, None)  # so that -1 is None
        return [codes[row] for row in rows]

    def rows_at(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the indices into ``codes`` of the counties at points by the exact test; -1 for none and for NaN."""
        finite = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        boxes = shapely.STRtree(shapely.box(*self._boxes.T))
        hits, rows = boxes.query(shapely.points(lon[finite], lat[finite]))
        points = finite[hits]
        used = np.unique(rows)
        polygons = np.empty(len(self.codes), dtype=object)
        polygons[used] = [self._geometry(int(row)) for row in used]
        shapely.prepare(polygons[used])
        inside = shapely.intersects_xy(polygons[rows], lon[points], lat[points])
        lowest = np.full(len(lon), len(self.codes))
        np.minimum.at(lowest, points[inside], rows[inside])
        lowest[lowest == len(self.codes)] = -1
        return lowest

    def digest(self) -> bytes:
        """Return the SHA-256 of all codes and boundaries."""
        total = hashlib.sha256("\n".join(self.codes).encode())
        for polygon in self._encoded:
            total.update(polygon.as_buffer())
        return total.digest()

    def counties_by_distance(self, lon: object, lat: object, limit_m: float = math.inf) -> Iterator[tuple[str, float]]:
        """Yield (county code, metres) by growing geodesic distance from a point, up to ``limit_m``; lazily.

        The distance is to the nearest point of the county's polygon: 0 for the county at the point, which comes first,
        and for others that the point lies on the edge of. Equal distances come in the order of the codes.

        Raises:
            CoordinateError: as ``check_coordinates``; the point may lie outside China.
        """
        x, y = check_coordinates(lon, lat)
        return self._by_distance(x, y, limit_m, lambda _: True)

    def boundary_m(
        self, lon: object, lat: object, differs: Callable[[str], bool], limit_m: float = 200_000
    ) -> tuple[float, str] | None:
        """Return how far the nearest county is for which ``differs`` is true, and its code.

        Geodesic metres from the point to that county's boundary, to about a centimetre; None where there is no such
        county within ``limit_m``. ``differs`` is asked about near counties first and about none beyond the answer.

        Raises:
            CoordinateError: as ``check_coordinates``.
        """
        x, y = check_coordinates(lon, lat)
        for code, metres in self._by_distance(x, y, limit_m, differs):
            return metres, code
        return None

    def other_province_m(
        self, lon: object, lat: object, county: str, limit_m: float = MOST_M
    ) -> tuple[float, str] | None:
        """Return how far a point in a county is from the nearest other province of the mainland, and the county there.

        Raises:
            CoordinateError: as ``check_coordinates``.
        """
        return self.boundary_m(lon, lat, lambda code: is_other_province(county, code), limit_m)

    def geometry(self, code: str) -> Any:
        """Return the polygon or multipolygon of a county, degrees.

        Raises:
            UnknownPlaceError: no county has this code.
        """
        if code not in self._rows:
            raise UnknownPlaceError(f"No county has the code {code}: counties alone have boundaries of their own.")
        return self._geometry(self._rows[code])

    def counties_in_box(self, west: float, south: float, east: float, north: float) -> tuple[str, ...]:
        """Return the codes of the counties whose boxes meet a box (degrees), in order: candidates, no more."""
        boxes = self._boxes
        meets = (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        return tuple(self.codes[row] for row in np.flatnonzero(meets))

    def _geometry(self, row: int) -> Any:
        if row not in self._decoded:
            self._decoded[row] = shapely.from_wkb(self._encoded[row].as_py())
        return self._decoded[row]

    def _outline(self, row: int) -> Outline:
        if row not in self._outlines:
            self._outlines[row] = Outline(self._geometry(row))
        return self._outlines[row]

    def _covering(self, x: float, y: float) -> int | None:
        boxes = self._boxes
        near: NDArray[np.intp] = np.flatnonzero(
            (boxes[:, 0] <= x) & (boxes[:, 2] >= x) & (boxes[:, 1] <= y) & (boxes[:, 3] >= y)
        )
        return next((int(row) for row in near if shapely.intersects_xy(self._geometry(int(row)), x, y)), None)

    def _by_distance(
        self, x: float, y: float, limit_m: float, wanted: Callable[[str], bool]
    ) -> Iterator[tuple[str, float]]:
        """Yield wanted counties by distance. Boxes come first: a county is measured only when its box is in reach."""
        view = Viewpoint(x, y)
        measured: list[tuple[float, str]] = []
        for row, least in self._by_box(x, y, limit_m):
            while measured and measured[0][0] < least:
                metres, code = heapq.heappop(measured)
                yield code, metres
            if wanted(self.codes[row]):
                inside = least == 0 and shapely.intersects_xy(self._geometry(row), x, y)
                # Rounded, so that counties that share what is nearest are equally far.
                metres = 0.0 if inside else round(self._outline(row).distance_m(view), _DIGITS)
                if metres <= limit_m:
                    heapq.heappush(measured, (metres, self.codes[row]))
        while measured:
            metres, code = heapq.heappop(measured)
            yield code, metres

    def _by_box(self, x: float, y: float, limit_m: float) -> Iterator[tuple[int, float]]:
        """Yield rows with lower bounds of their distances, by growing bound up to ``limit_m``; 0 where a box holds it.

        Near boxes come from a quick look that says nothing of far ones: seldom is more than the first one asked for.
        """
        begun, seen = -1.0, np.zeros(len(self.codes), bool)
        for ring in _RINGS_M:
            end = min(ring, limit_m)
            quick = end < math.inf
            bounds = least_distances_within_m(x, y, self._boxes, end) if quick else least_distances_m(x, y, self._boxes)
            rows = np.flatnonzero((bounds <= end) & ~seen)
            rows = rows[np.argsort(bounds[rows], kind="stable")]
            for row, least in zip(rows.tolist(), bounds[rows].tolist(), strict=True):
                yield row, max(least, begun)
            if end == limit_m:
                break
            begun, seen[rows] = end, True

    def _no_county(self, x: float, y: float) -> CoordinateError:
        row = self._covering(y, x)
        if row is not None:
            return coordinates.swapped(x, y, f"{self._names[row]} {self.codes[row]}")
        if not coordinates.in_range(x, y):
            return coordinates.out_of_range(x, y)
        code, metres = next(self._by_distance(x, y, math.inf, lambda _: True))
        far = f"{metres / 1000:,.0f} km" if metres >= 10_000 else f"{metres / 1000:.2f} km"
        return OutsideChinaError(
            f"Longitude {x:g}, latitude {y:g} lies in no county of China: the nearest is "
            f"{self._names[self._rows[code]]} {code}, {far} away."
        )

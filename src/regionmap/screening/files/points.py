"""Points of a column of geometry as longitudes and latitudes in WGS-84."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from regionmap.i18n import t
from regionmap.screening.files.batches import with_problems
from regionmap.screening.messages import Message, ScreeningError, note, reason
from regionmap.screening.usual_names import GEOMETRY_LAT, GEOMETRY_LON

if TYPE_CHECKING:
    from pyproj import Transformer

_SAME = ("EPSG:4326", "EPSG:4979", "EPSG:4490", "EPSG:4480", "OGC:CRS84", "OGC:CRS84H")
"""WGS-84 and CGCS2000, which agree far better than boundaries are known."""
_OLD = ("1954", "1980", "Xian", "Beijing")


class Points:
    """The way from the coordinates of a file to WGS-84; ``note`` says which it is."""

    def __init__(self, crs: Any, name: str) -> None:
        """Take a coordinate system in any form that PROJ reads, or None where the file ``name`` has none.

        Raises:
            InputError: it is not known, or cannot be converted.
        """
        self._transformer: Transformer | None = None
        self.note: Message = note("points.unnamed")
        if crs is None or crs == "":
            return
        import pyproj  # here, since a file in degrees needs none of it

        try:
            known = pyproj.CRS.from_user_input(crs)
            authority = ":".join(known.to_authority() or ())
            self.note = note("points", crs=known.name)
            if authority in _SAME:
                return
            self._transformer = pyproj.Transformer.from_crs(known, "EPSG:4326", always_xy=True)
        except (pyproj.exceptions.ProjError, TypeError, ValueError):
            raise ScreeningError(
                t(
                    "{file}: its coordinate system is not known or cannot be converted: save it in WGS-84 (EPSG:4326)",
                    file=name,
                )
            ) from None
        old = any(word in known.name for word in _OLD)
        crs = f"{known.name} ({authority})" if authority else known.name
        self.note = note("points.old" if old else "points.converted", crs=crs)

    def degrees(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[Any, Any]:
        """Return longitudes and latitudes, NaN where there is no point or it cannot be converted."""
        if self._transformer is None:
            return x, y
        there = np.isfinite(x) & np.isfinite(y)
        lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
        lon[there], lat[there] = self._transformer.transform(x[there], y[there])
        outside = ~(np.isfinite(lon) & np.isfinite(lat))
        lon[outside] = lat[outside] = np.nan
        return lon, lat


def with_points(table: pa.Table, geometry: pa.ChunkedArray, points: Points) -> pa.Table:
    """Return the table with the columns of degrees, and the problems of rows that have no point.

    ``geometry`` is WKB, or a struct of x and y.
    """
    array = geometry.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks)
    if isinstance(array.type, pa.BaseExtensionType):
        array = array.storage
    if pa.types.is_struct(array.type) and {"x", "y"} <= {field.name for field in array.type}:
        x, y, problems = _of_struct(array)
    elif pa.types.is_nested(array.type):  # lines and areas of the newer encodings are lists
        x = y = np.full(len(array), np.nan)
        problems = dict.fromkeys(range(len(array)), reason("not_a_point", kind="line or an area"))
    else:
        x, y, problems = _of_wkb(array)
    lon, lat = points.degrees(x, y)
    for row in np.flatnonzero(np.isnan(lon) & ~np.isnan(x)):
        problems[int(row)] = reason("not_convertible")
    result = table.append_column(GEOMETRY_LON, pa.array(lon, from_pandas=True))  # NaN becomes null
    result = result.append_column(GEOMETRY_LAT, pa.array(lat, from_pandas=True))
    if not problems:
        return result
    return with_problems(result, [problems.get(row, "") for row in range(table.num_rows)])


def _of_struct(array: pa.Array) -> tuple[Any, Any, dict[int, str]]:
    gone = array.is_null().to_numpy(zero_copy_only=False)
    x, y = (np.array(array.field(one).to_numpy(zero_copy_only=False), np.float64) for one in ("x", "y"))
    gone = gone | np.isnan(x) | np.isnan(y)
    x[gone] = y[gone] = np.nan
    return x, y, {int(row): reason("no_geometry") for row in np.flatnonzero(gone)}


def _of_wkb(array: pa.Array) -> tuple[Any, Any, dict[int, str]]:
    shapes = shapely.from_wkb(array.to_numpy(zero_copy_only=False), on_invalid="ignore")
    one_of_many = (shapely.get_type_id(shapes) == 4) & (shapely.get_num_geometries(shapes) == 1)
    shapes = np.where(one_of_many, shapely.get_geometry(shapes, 0), shapes)
    good = (shapely.get_type_id(shapes) == 0) & ~shapely.is_empty(shapes)
    plain = np.where(good, shapes, None)
    given = array.is_valid().to_numpy(zero_copy_only=False)
    problems = {int(row): _problem(shapes[row], bool(given[row])) for row in np.flatnonzero(~good)}
    return shapely.get_x(plain), shapely.get_y(plain), problems


def _problem(shape: Any, given: bool) -> str:
    if shape is None and given:
        return reason("no_geometry.unread")
    if shape is None or shape.is_empty:
        return reason("no_geometry")
    return reason("not_a_point", kind=shape.geom_type)

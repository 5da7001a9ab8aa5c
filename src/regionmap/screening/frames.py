"""Screening of a pandas table or a GeoDataFrame: the same rows, index and coordinate system, with results beside."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from regionmap.api import Regionmap
from regionmap.errors import Argument, InputError, called
from regionmap.model.datum import Datum
from regionmap.screening.columns import GEOMETRY_LAT, GEOMETRY_LON
from regionmap.screening.judge import result_names
from regionmap.screening.options import RESULTS, Options
from regionmap.screening.run import Engine, judge_here, screen_table


def screen_frame(
    rm: Regionmap, frame: Any, options: Options, named: Mapping[str, str | None], engine: Engine = judge_here
) -> Any:
    """Judge every row of a table.

    Args:
        rm: what is loaded.
        frame: a pandas DataFrame, or a GeoDataFrame of points in any coordinate system (WGS-84 without one).
        options: what is asked where no column says otherwise.
        named: columns by role, where the usual names fail.
        engine: what judges its chunks.

    Returns:
        A copy of the same type with the columns RESULTS; the index and the coordinate system stay. A column of the
        input that has the name of one of them is called ``input_…``.

    Raises:
        InputError: it is no table, or columns are not found.
    """
    if not isinstance(frame, pd.DataFrame):
        raise InputError("{given} is not a table: give a pandas DataFrame or a GeoDataFrame", given=called(frame))
    if frame.columns.has_duplicates:
        raise InputError("several columns have one name: rename them first, so that each can be found")
    frame = frame.copy()
    geometry = getattr(frame, "_geometry_column_name", None)
    geometry = geometry if geometry in frame.columns else None
    plain = pd.DataFrame({name: frame[name] for name in frame.columns if name != geometry}, index=frame.index)
    names = [str(name) for name in plain.columns]
    held = dict(zip(names, (_array(plain[name]) for name in plain.columns), strict=True))
    wrong = np.zeros(len(frame), dtype=bool)
    if geometry is not None:
        if options.datum not in {Datum.WGS84, Datum.CGCS2000}:
            raise InputError(
                "{datum} is for columns of degrees: the points of a GeoDataFrame are in its coordinate system, leave "
                "{datum} out",
                datum=Argument("datum"),
            )  # fmt: skip
        held[GEOMETRY_LON], held[GEOMETRY_LAT], wrong = _points(frame)
        named = {**named, "lon": GEOMETRY_LON, "lat": GEOMETRY_LAT}
        options = dataclasses.replace(options, datum=Datum.WGS84.value)
    table = pa.table(held)
    judged = screen_table(rm, table, options, named, engine)
    result = pd.DataFrame({name: judged[name].to_pandas().to_numpy() for name in RESULTS}, index=frame.index)
    if wrong.any():
        for name in RESULTS:
            result.loc[wrong, name] = np.nan if result[name].dtype.kind == "f" else ""
        result.loc[wrong, "reason"] = "not_a_point: the geometry is no point; check(area=…) takes areas."
    renamed = zip(plain.columns, names, result_names(names), strict=True)
    frame = frame.rename(columns={column: new for column, name, new in renamed if new != name})
    frame[list(RESULTS)] = result
    return frame


def _array(column: Any) -> pa.Array:
    """Return a column as Arrow has it; what mixes kinds, as text."""
    try:
        return pa.array(column, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return pa.array(
            [None if pd.api.types.is_scalar(one) and pd.isna(one) else str(one) for one in column], pa.string()
        )


def _points(frame: Any) -> tuple[pa.Array, pa.Array, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Return longitudes and latitudes in WGS-84 degrees, and which rows have a geometry that is no point."""
    shapes = frame.geometry
    if frame.crs is not None:
        shapes = shapes.to_crs("EPSG:4326")
    array = np.asarray(shapes.array)
    there = ~(shapely.is_missing(array) | shapely.is_empty(array))
    points = array.copy()
    points[~(there & (shapely.get_type_id(array) == 0))] = None
    lon, lat = (pa.array(one, from_pandas=True) for one in (shapely.get_x(points), shapely.get_y(points)))
    return lon, lat, there & (shapely.get_type_id(array) != 0)

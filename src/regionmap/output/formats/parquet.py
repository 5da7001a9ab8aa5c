"""GeoParquet 1.1: a bounding box for each feature, a row group for each province, so that readers skip what is away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionmap.output.formats.arrow import GEOMETRY, arrow_table

if TYPE_CHECKING:
    import geopandas as gpd

BOX = "bbox"
_CORNERS = ("xmin", "ymin", "xmax", "ymax")


def write(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer as GeoParquet 1.1 with a ``bbox`` covering; features of a province stand together."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    import shapely

    table = arrow_table(layer)
    shapes = layer.geometry.array
    bounds = shapely.bounds(shapes)
    absent = np.isnan(bounds).any(axis=1)
    corners = [pa.array(bounds[:, place], pa.float64(), mask=absent) for place in range(4)]
    box = pa.StructArray.from_arrays(corners, names=list(_CORNERS), mask=pa.array(absent))
    table = table.add_column(table.num_columns - 1, BOX, box)
    provinces = [str(code or "")[:2] for code in table["code"].to_pylist()]
    order = np.argsort(np.array(provinces), kind="stable") if provinces else np.array([], int)
    table = table.take(pa.array(order)).replace_schema_metadata(
        {"geo": json.dumps(_geo(shapes, layer)), **{key: json.dumps(value) for key, value in layer.attrs.items()}}
    )
    starts = _starts([provinces[row] for row in order], [bool(absent[row]) for row in order])
    with pq.ParquetWriter(path, table.schema, version="2.6", compression="zstd") as file:
        for start, end in pairwise([*starts, table.num_rows]):
            file.write_table(table.slice(start, end - start))


def _starts(provinces: Sequence[str], absent: Sequence[bool]) -> list[int]:
    """Return the first row of each row group: a group for each province.

    Args:
        provinces: of each row, in order.
        absent: whether a row has no shape. A group of such rows alone would have no statistics of its boxes, and a
            reader that looks for an area would have to read it: they stand with the province that comes next to them.
    """
    starts: list[int] = []
    for row, province in enumerate(provinces):
        if row == 0 or (province != provinces[row - 1] and not all(absent[starts[-1] : row])):
            starts.append(row)
    if len(starts) > 1 and all(absent[starts[-1] :]):
        starts.pop()
    return starts


def _geo(shapes: Any, layer: gpd.GeoDataFrame) -> dict[str, Any]:
    """The metadata of GeoParquet 1.1 for one column of WKB in WGS-84."""
    import shapely

    types = sorted({one.geom_type for one in shapes if one is not None})
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": types,
        "crs": layer.crs.to_json_dict(),
        "edges": "planar",
        "covering": {BOX: {name: [BOX, name] for name in _CORNERS}},
    }
    if types:
        column["bbox"] = [float(value) for value in shapely.total_bounds(shapes)]
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}

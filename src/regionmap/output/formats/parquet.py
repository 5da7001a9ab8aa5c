"""GeoParquet 1.1: a bounding box for each feature, a row group for each province, so that readers skip what is away."""

from __future__ import annotations

import json
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
    sorted_provinces = [provinces[row] for row in order]
    starts = [row for row, one in enumerate(sorted_provinces) if row == 0 or one != sorted_provinces[row - 1]]
    with pq.ParquetWriter(path, table.schema, version="2.6", compression="zstd") as file:
        if not starts:
            file.write_table(table)
        for start, end in pairwise([*starts, table.num_rows]):
            file.write_table(table.slice(start, end - start))


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

"""Write files so that the same input gives the same bytes, and never a half-written file."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from regionmap.whole_file import whole_file

ROW_GROUP_ROWS = 256


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as temporary:
        temporary.write_bytes(content)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return UTF-8 comma-separated text with LF line ends."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def compact_json(value: Any) -> str:
    """Return JSON without spaces, in the order of the value, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def gzip_bytes(content: bytes) -> bytes:
    """Compress without a name and without a time."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(content)
    return buffer.getvalue()


def geoparquet_bytes(columns: Mapping[str, Sequence[str]], geometries: Any, crs: str) -> bytes:
    """Return a GeoParquet 1.0 file with plain ``xmin, ymin, xmax, ymax`` columns (degrees) before the geometry (WKB).

    Args:
        columns: Text columns by name, in order.
        geometries: Array of polygons and multi polygons.
        crs: Name of the coordinate reference system that pyproj knows. Longitude comes first in the WKB whatever the
            axis order of the system, as GeoParquet has it.
    """
    bounds = shapely.bounds(geometries)
    arrays: dict[str, pa.Array] = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    for i, name in enumerate(("xmin", "ymin", "xmax", "ymax")):
        arrays[name] = pa.array(bounds[:, i], pa.float64())
    arrays["geometry"] = pa.array(shapely.to_wkb(geometries, byte_order=1, flavor="iso"), pa.binary())
    metadata = {
        "version": "1.0.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": ["MultiPolygon", "Polygon"],
                "crs": pyproj.CRS.from_user_input(crs).to_json_dict(),
                "orientation": "counterclockwise",
                "edges": "planar",
                "bbox": [float(v) for v in shapely.total_bounds(geometries)],
            }
        },
    }
    table = pa.table(arrays).replace_schema_metadata({"geo": compact_json(metadata)})
    sink = pa.BufferOutputStream()
    text_columns = [name for name in columns if name != "code"]
    pq.write_table(
        table,
        sink,
        version="2.6",
        compression="zstd",
        compression_level=19,
        row_group_size=ROW_GROUP_ROWS,
        use_dictionary=text_columns,
        write_statistics=[name for name in arrays if name != "geometry"],
    )
    return bytes(sink.getvalue())

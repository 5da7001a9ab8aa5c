#!/usr/bin/env bash
# A column of dates becomes text or a date in a GeoPackage, by which of two equal ways geopandas writes it.
#
# geopandas 1.2.0, pyogrio 0.13.0 (GDAL 3.12.4), pyarrow 26.0.1, pandas 3.1.1; Python 3.11.
# datetime.date values are a date in Parquet. to_file() to GPKG, Shapefile and FlatGeobuf makes them text without a
# word; to_file(use_arrow=True), described as a faster way, makes them dates in the first two and moments in the third.
# From GeoJSON, which has no type for dates, they come back as dates either way.
# Why it matters: days on which rules begin and end are dates, not moments. Layers of one pipeline do not join on such
# a column, nor compare with the same filter, once somebody has switched the faster way on.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet geopandas==1.2.0 pyogrio==0.13.0 pyarrow==26.0.1 pandas==3.1.1
"$work/venv/bin/python" - "$work" <<'PY'
import datetime
import sys

import geopandas
import pyarrow
import pyarrow.parquet
import pyogrio
from shapely.geometry import Point

folder = sys.argv[1]
day = datetime.date(2019, 6, 1)
frame = geopandas.GeoDataFrame({"since": [day]}, geometry=[Point(115.47, 38.87)], crs=4490)
frame.to_parquet(f"{folder}/a.parquet")
assert pyarrow.parquet.read_schema(f"{folder}/a.parquet").field("since").type == pyarrow.date32()

found = {}
for ending in ("gpkg", "shp", "fgb", "geojson"):
    for arrow in (False, True):
        path = f"{folder}/{arrow}.{ending}"
        frame.to_file(path, use_arrow=arrow)
        found[ending, arrow] = pyogrio.read_info(path)["dtypes"].tolist()[0], type(geopandas.read_file(path).since[0]).__name__
print(found)
for ending in ("gpkg", "shp", "fgb"):
    assert found[ending, False] == ("object", "str"), ending
assert found["gpkg", True] == found["shp", True] == ("datetime64[D]", "Timestamp")
assert found["fgb", True] == ("datetime64[ms]", "Timestamp")
assert found["geojson", False] == found["geojson", True] == ("datetime64[D]", "Timestamp")
PY

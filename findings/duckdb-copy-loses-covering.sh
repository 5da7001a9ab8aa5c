#!/usr/bin/env bash
# GeoParquet copied by DuckDB keeps its column of boxes and loses the note that says so: read_parquet(bbox=) refuses it.
#
# duckdb 1.5.5, duckdb-extension-spatial 1.5.5, duckdb-extensions 1.5.5, geopandas 1.2.0, pyarrow 26.0.1; Python 3.11.
# geopandas writes GeoParquet 1.1 with a covering and reads a window of it. COPY (SELECT * FROM 'a.parquet') TO
# 'b.parquet' passes every column through, bbox too, and writes a new "geo" of version 1.0.0 without covering; what else
# stood in the file's metadata (titles, licences) is gone. b.parquet opens whole; with bbox= it is a ValueError.
# Why it matters: one filter or sort by DuckDB between two steps, the usual way to lay rows out for reading by window,
# ends reading by window in geopandas, although the boxes are there.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet duckdb==1.5.5 duckdb-extension-spatial==1.5.5 duckdb-extensions==1.5.5 geopandas==1.2.0 pyarrow==26.0.1
"$work/venv/bin/python" - "$work" <<'PY'
import json
import sys

import duckdb
import geopandas
import pyarrow.parquet
from duckdb_extensions import import_extension
from shapely.geometry import box

folder = sys.argv[1]
before, after = f"{folder}/a.parquet", f"{folder}/b.parquet"
frame = geopandas.GeoDataFrame({"name": ["east", "west"]}, geometry=[box(115, 38, 116, 39), box(100, 30, 101, 31)], crs=4490)
frame.to_parquet(before, write_covering_bbox=True)
window = (115, 38, 116, 39)
assert geopandas.read_parquet(before, bbox=window).name.tolist() == ["east"]

connection = duckdb.connect()
import_extension("spatial", con=connection)
connection.load_extension("spatial")
connection.sql(f"COPY (SELECT * FROM '{before}') TO '{after}' (FORMAT parquet)")

geo = {path: json.loads(pyarrow.parquet.read_schema(path).metadata[b"geo"]) for path in (before, after)}
print({path[-9:]: (one["version"], one["columns"]["geometry"].get("covering")) for path, one in geo.items()})
assert geo[before]["version"] == "1.1.0" and "covering" in geo[before]["columns"]["geometry"]
assert geo[after]["version"] == "1.0.0" and "covering" not in geo[after]["columns"]["geometry"]
assert "bbox" in pyarrow.parquet.read_schema(after).names
assert len(geopandas.read_parquet(after)) == 2
try:
    geopandas.read_parquet(after, bbox=window)
except ValueError as error:
    print(error)
else:
    raise SystemExit("a window of the copy can be read")
PY

#!/usr/bin/env bash
# DuckDB's ST_Read gives Name and Description of a KML file; every other column of it is gone, and nothing says so.
#
# duckdb 1.5.5, duckdb-extension-spatial 1.5.5, duckdb-extensions 1.5.5, geopandas 1.2.0, pyogrio 0.13.0 (GDAL 3.12.4);
# Python 3.11.
# The spatial extension carries GDAL's older KML driver and not LIBKML, which geopandas, QGIS and R take. The older one
# reads no ExtendedData: of a layer with code, rule and since, geopandas gives all three back, ST_Read none. The days of
# a TimeSpan are gone too. From GeoPackage and GeoJSON of the same layer ST_Read gives every column.
# Why it matters: a script that reads "any vector file" with ST_Read loses the codes that it would join by, and learns it
# from a column that is not found, or not at all with SELECT *.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet duckdb==1.5.5 duckdb-extension-spatial==1.5.5 duckdb-extensions==1.5.5 geopandas==1.2.0 pyogrio==0.13.0
"$work/venv/bin/python" - "$work" <<'PY'
import sys

import geopandas
from shapely.geometry import box

folder = sys.argv[1]
frame = geopandas.GeoDataFrame(
    {"Name": ["保定市"], "code": ["130600"], "rule": ["二（二）"], "begin": ["2018-07-03"]},
    geometry=[box(115, 38, 116, 39)],
    crs=4326,
)
for ending, driver in (("kml", "LIBKML"), ("gpkg", "GPKG"), ("geojson", "GeoJSON")):
    frame.to_file(f"{folder}/layer.{ending}", driver=driver)
back = geopandas.read_file(f"{folder}/layer.kml")
print("geopandas", back[["Name", "code", "rule", "begin"]].to_dict("records"))
assert back.loc[0, ["Name", "code", "rule"]].tolist() == ["保定市", "130600", "二（二）"]
PY
# A process of its own: DuckDB and pyogrio each bring a GDAL.
"$work/venv/bin/python" - "$work" <<'PY'
import sys

import duckdb
from duckdb_extensions import import_extension

folder = sys.argv[1]
connection = duckdb.connect()
import_extension("spatial", con=connection)
connection.load_extension("spatial")
found = {}
for ending in ("kml", "gpkg", "geojson"):
    columns = connection.execute("DESCRIBE SELECT * FROM ST_Read(?)", [f"{folder}/layer.{ending}"]).fetchall()
    found[ending] = {name for name, *_ in columns}
print(found)
assert found["kml"] == {"OGC_FID", "Name", "Description", "geom"}
assert {"Name", "code", "rule", "begin"} <= found["gpkg"] & found["geojson"]
PY

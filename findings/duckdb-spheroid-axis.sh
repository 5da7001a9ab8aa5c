#!/usr/bin/env bash
# DuckDB's ST_Area_Spheroid wants latitude first: NaN for a square of 河北, a plausible wrong figure for one of 新疆.
#
# duckdb 1.5.5, duckdb-extension-spatial 1.5.5, duckdb-extensions 1.5.5, pyproj 3.7.2; Python 3.11.
# Geometries read from a GeoPackage or GeoParquet hold longitude first, and most ST_ functions do not mind. For the
# square of one degree at 115 to 116 east, 38 to 39 north, the area is NaN; for 80 to 81 east, 38 to 39 north, it is
# 2,058 square kilometres, where the ellipsoid gives 9,683. The line between the two is 90: below, a longitude passes
# for a latitude. ST_FlipCoordinates first gives 9,683 for both, to the square metre that pyproj gives.
# Why it matters: a sum over all counties turns into NaN and is noticed; one over 新疆 or 西藏 west of 90 degrees is
# wrong by four fifths without a word.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet duckdb==1.5.5 duckdb-extension-spatial==1.5.5 duckdb-extensions==1.5.5 pyproj==3.7.2 shapely==2.2.0
"$work/venv/bin/python" - <<'PY'
import math

import duckdb
from duckdb_extensions import import_extension
from pyproj import Geod
from shapely.geometry import box

connection = duckdb.connect()
import_extension("spatial", con=connection)
connection.load_extension("spatial")


def areas(west):
    envelope = f"ST_MakeEnvelope({west}, 38, {west + 1}, 39)"
    query = f"SELECT ST_Area_Spheroid({envelope}), ST_Area_Spheroid(ST_FlipCoordinates({envelope}))"
    as_is, flipped = (value / 1e6 for value in connection.sql(query).fetchone())
    true = abs(Geod(ellps="WGS84").geometry_area_perimeter(box(west, 38, west + 1, 39))[0]) / 1e6
    return as_is, flipped, true


hebei, xinjiang = areas(115), areas(80)
print(hebei, xinjiang, sep="\n")
assert math.isnan(hebei[0])
assert round(xinjiang[0]) == 2058
assert math.isnan(areas(90)[0]) and areas(88)[0] > 0
for _, flipped, true in (hebei, xinjiang):
    assert abs(flipped - true) < 1e-5 and round(true) == 9683
PY

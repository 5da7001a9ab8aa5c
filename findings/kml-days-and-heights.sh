#!/usr/bin/env bash
# KML from geopandas: the last day of a TimeSpan becomes its first second, and flat shapes come back with a height of 0.
#
# geopandas 1.2.0, pyogrio 0.13.0 (GDAL 3.12.4, LIBKML), pyarrow 26.0.1; Python 3.11.
# KML takes <end>2023-11-29</end> and means the whole day. A column "end" of days (a date in Arrow, or datetime64 in
# pandas) is written as <end>2023-11-29T00:00:00</end>, with which the day itself is outside. Every position gets ",0",
# so that what went out as Polygon comes back as Polygon Z; in GeoPackage and GeoJSON it stays flat.
# Why it matters: on a time slider a rule ends a day too soon. A layer read from KML and written on is one of 3D shapes;
# joined with its flat twin it is of mixed dimension, and R's sf 1.0-9 (GDAL 3.6.2) does not open a KML file with areas of
# one part beside areas of several for these heights alone.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet geopandas==1.2.0 pyogrio==0.13.0 pyarrow==26.0.1
"$work/venv/bin/python" - "$work" <<'PY'
import datetime
import re
import sys
from pathlib import Path

import geopandas
import pandas
from shapely.geometry import box

folder = Path(sys.argv[1])
flat = geopandas.GeoDataFrame({"Name": ["汾渭平原"]}, geometry=[box(109, 34, 110, 35)], crs=4326)
days = {
    "arrow": flat.assign(end=[datetime.date(2023, 11, 29)]),
    "pandas": flat.assign(end=pandas.to_datetime(["2023-11-29"])),
}
for way, frame in days.items():
    path = folder / f"{way}.kml"
    frame.to_file(path, driver="LIBKML", use_arrow=way == "arrow")
    text = path.read_text("utf-8")
    found = re.findall("<end>(.*)</end>", text), text.split("<coordinates>")[1].split()[0]
    print(way, *found, geopandas.read_file(path).geometry.iloc[0].wkt[:20])
    assert found[0] == ["2023-11-29T00:00:00"]
    assert found[1].count(",") == 2 and found[1].endswith(",0")
    assert geopandas.read_file(path).has_z.all()
for ending in ("gpkg", "geojson"):
    flat.to_file(folder / f"flat.{ending}")
    assert not geopandas.read_file(folder / f"flat.{ending}").has_z.any()
PY

#!/usr/bin/env bash
# The same bbox gives a province from GeoParquet that GeoPackage, Shapefile, GeoJSON and FlatGeobuf do not give.
#
# geopandas 1.2.0, pyogrio 0.13.0 (GDAL 3.12.4), pyarrow 26.0.1; Python 3.11.
# read_parquet(bbox=...) compares the boxes of the covering column; read_file(bbox=...) compares the shapes, in four
# formats and with use_arrow too. For an area bent like 甘肃 or 内蒙古 and a window in its elbow, the first returns the
# area, the others nothing. No answer says which of the two was meant.
# Why it matters: counting units in a window, or serving a layer by bbox, changes with the format that it was saved in;
# long bent provinces come along to places that they do not touch.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet geopandas==1.2.0 pyogrio==0.13.0 pyarrow==26.0.1 pandas==3.1.1
"$work/venv/bin/python" - "$work" <<'PY'
import sys

import geopandas
from shapely.geometry import Polygon, box

folder = sys.argv[1]
bent = Polygon([(95, 32), (108, 32), (108, 33), (96, 33), (96, 42), (95, 42)])
frame = geopandas.GeoDataFrame({"name": ["bent", "near"]}, geometry=[bent, box(100, 36.5, 102, 38)], crs=4490)
window = (100, 36, 101, 37)

found = {}
for ending in ("gpkg", "shp", "geojson", "fgb"):
    path = f"{folder}/areas.{ending}"
    frame.to_file(path)
    found[ending] = geopandas.read_file(path, bbox=window).name.tolist()
    assert geopandas.read_file(path, bbox=window, use_arrow=True).name.tolist() == found[ending]
frame.to_parquet(f"{folder}/areas.parquet", write_covering_bbox=True)
found["parquet"] = geopandas.read_parquet(f"{folder}/areas.parquet", bbox=window).name.tolist()
print(found)
assert found.pop("parquet") == ["bent", "near"]
assert all(names == ["near"] for names in found.values()), found
PY

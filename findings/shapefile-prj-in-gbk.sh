#!/usr/bin/env bash
# A Shapefile whose .prj holds a Chinese name in GBK cannot be opened, and the error speaks of neither file nor encoding.
#
# geopandas 1.2.0, pyogrio 0.13.0 (GDAL 3.12.4), fiona 1.10.1 (GDAL of its own), pyshp 3.1.6, pyproj 3.7.2; Python 3.11.
# A .prj is text whose encoding nothing states, and its first name may be any, here 大地2000三度带39带. Seen with the name in
# GBK: pyogrio's read_info and read_dataframe, and so geopandas.read_file, raise "local variable 'wkt' referenced before
# assignment" (UnboundLocalError); fiona the same of 'crs_wkt', once its CRS is asked. encoding="gbk" is for the .dbf
# and changes nothing, nor does ignore_geometry=True, though a table without shapes needs no projection. The same name
# in UTF-8 is read. pyshp reads the shapes, and pyproj takes the text for EPSG:4527 once it is decoded.
# Why it matters: the file is whole, and nothing in the message tells the user to open the .prj and save it as UTF-8.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet geopandas==1.2.0 pyogrio==0.13.0 pandas==3.1.1 fiona==1.10.1 pyshp==3.1.6 \
    pyproj==3.7.2
"$work/venv/bin/python" - "$work" <<'PY'
import sys
from pathlib import Path

import fiona
import geopandas
import pyogrio
import shapefile
from pyproj import CRS
from shapely.geometry import Point

path = Path(sys.argv[1], "sites.shp")
geopandas.GeoDataFrame({"kind": ["works"]}, geometry=[Point(39540000, 4300000)], crs=4527).to_file(path)
prj = path.with_suffix(".prj")
written = prj.read_text()
named = written.replace(written.split('"')[1], "大地2000三度带39带", 1)

READERS = {
    "read_info": lambda: pyogrio.read_info(path)["features"],
    "read_dataframe": lambda: len(pyogrio.read_dataframe(path)),
    "with encoding": lambda: len(pyogrio.read_dataframe(path, encoding="gbk")),
    "without geometry": lambda: len(geopandas.read_file(path, ignore_geometry=True)),
    "fiona": lambda: len({fiona.open(path).crs_wkt}),
    "pyshp": lambda: len(shapefile.Reader(str(path)).shapes()),
}


def outcomes(encoding):
    prj.write_bytes(named.encode(encoding))
    found = {}
    for name, read in READERS.items():
        try:
            found[name] = read()
        except Exception as error:
            found[name] = type(error).__name__
            print(encoding, name, error)
    return found


assert set(outcomes("utf-8").values()) == {1}
seen = outcomes("gbk")
print(seen)
assert seen == {name: 1 if name == "pyshp" else "UnboundLocalError" for name in READERS}, seen
assert CRS.from_wkt(prj.read_bytes().decode("gbk")).to_epsg(min_confidence=20) == 4527
PY

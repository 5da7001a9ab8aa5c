#!/usr/bin/env bash
# Over Parquet, pygeoapi numbers features by their place in the answer, and a bbox inside a province finds nothing.
#
# pygeoapi 0.21.0, geopandas 1.2.0, pandas 2.3.3, pyarrow 26.0.1, s3fs 2026.9.0 (which the provider imports for local files too);
# Python 3.11.
# id_field is adcode. Asked for everything, 120000 has the id 2; asked with a filter it has the id 0, which was 110000's;
# get("120000") answers with id 0 too, and get("0") finds nothing, so that an id from a list opens no item. Of boxes
# given as x_field [minx, maxx] and y_field [miny, maxy], a query box returns only those that lie wholly inside it: a
# window of half a degree within two provinces returns none.
# Why it matters: a client that remembers an id, or pages with a filter, mixes provinces up; a map that asks for what is
# in view goes empty as soon as one zooms in.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet pygeoapi==0.21.0 geopandas==1.2.0 pandas==2.3.3 pyarrow==26.0.1 s3fs==2026.9.0
"$work/venv/bin/python" - "$work/units.parquet" <<'PY'
import sys

import geopandas
from pygeoapi.provider.base import ProviderItemNotFoundError
from pygeoapi.provider.parquet import ParquetProvider
from shapely.geometry import box

path = sys.argv[1]
boxes = {"110000": (115, 39, 117, 41), "130000": (113, 36, 119, 42), "120000": (116.8, 38.6, 118, 40.2)}
columns = {name: [float(one[side]) for one in boxes.values()] for side, name in enumerate(("minx", "miny", "maxx", "maxy"))}
geometry = [box(*one) for one in boxes.values()]
geopandas.GeoDataFrame({"adcode": list(boxes), **columns}, geometry=geometry, crs=4326).to_parquet(path)
provider = ParquetProvider(
    {
        "name": "Parquet",
        "type": "feature",
        "data": {"source": path},
        "id_field": "adcode",
        "x_field": ["minx", "maxx"],
        "y_field": ["miny", "maxy"],
    }
)


def found(**query):
    return [(one["id"], one["properties"]["adcode"]) for one in provider.query(**query)["features"]]


print(found(), found(properties=[("adcode", "120000")]), found(bbox=[115.5, 39.5, 116, 40]))
assert found() == [("0", "110000"), ("1", "130000"), ("2", "120000")]
assert found(properties=[("adcode", "120000")]) == [("0", "120000")]
assert provider.get("120000")["id"] == "0"
try:
    provider.get("0")
except ProviderItemNotFoundError:
    pass
else:
    raise SystemExit("an id of a list opens an item now")
assert found(bbox=[115.5, 39.5, 116, 40]) == []
assert len(found(bbox=[110, 30, 120, 45])) == 3
PY

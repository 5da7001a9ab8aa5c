#!/usr/bin/env bash
# The id of a GeoJSON feature comes back as a column when it is text, and is gone when it is a number.
#
# geopandas 1.2.0, pyogrio 0.13.0 (GDAL 3.12.4), shapely 2.2.0; Python 3.11.
# RFC 7946 allows both. Features with the ids "130600" and "130700" are read with a column id; with 130600 and 130700 and
# nothing else changed, read_file gives no such column, with or without use_arrow, and the index is 0, 1. The numbers are
# there only with fid_as_index=True, which in turn gives 0, 1 for the text ones. If one id is text and the other a number,
# both come as text. GeoDataFrame.from_features drops all kinds.
# Why it matters: adcodes are ids that are numbers by nature. A layer whose server writes them unquoted loses its key on
# reading; a join on id fails, or worse takes the index for it. Keep the code among the properties as well.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet geopandas==1.2.0 pyogrio==0.13.0 shapely==2.2.0 pyarrow==26.0.1
"$work/venv/bin/python" - "$work" <<'PY'
import json
import sys
from pathlib import Path

import geopandas

path = Path(sys.argv[1]) / "cities.geojson"


def read(*ids):
    point = {"type": "Point", "coordinates": [115.47, 38.87]}
    features = [{"type": "Feature", "id": one, "geometry": point, "properties": {"name": "市"}} for one in ids]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    frame = geopandas.read_file(path)
    assert list(frame.columns) == list(geopandas.read_file(path, use_arrow=True).columns)
    assert "id" not in geopandas.GeoDataFrame.from_features(features)
    assert frame.index.tolist() == [0, 1]
    return frame["id"].tolist() if "id" in frame else None, geopandas.read_file(path, fid_as_index=True).index.tolist()


found = {"text": read("130600", "130700"), "numbers": read(130600, 130700), "one of each": read("130600", 130700)}
print(found)
assert found["text"] == (["130600", "130700"], [0, 1])
assert found["numbers"] == (None, [130600, 130700])
assert found["one of each"] == (["130600", "130700"], [0, 1])
PY

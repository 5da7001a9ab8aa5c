#!/usr/bin/env bash
# A MultiPolygon whose parts lie on each other passes a validator and two linters of GeoJSON; its area counts twice.
#
# geojson-validator 0.7.0, shapely 2.2.0; Python 3.11. From npm:
# @placemarkio/check-geojson 0.1.14, @mapbox/geojsonhint 2.2.0.
# geojson-validator has criteria for rings that cross themselves, holes that cross the shell and repeated vertices, and
# looks at each part alone: two squares that overlap by half are neither invalid nor problematic. The linters pass them
# too. GEOS (shapely) says that the shape is invalid; GeoJSON's own text is silent. Its area is the sum, 2, where
# the ground is 1.5.
# Why it matters: merging counties to a region by collecting their parts, with one county listed under two cities, gives
# just this. A green check does not say that areas may be summed; union first, or ask GEOS.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet geojson-validator==0.7.0 shapely==2.2.0
"$work/venv/bin/python" - "$work/parts.geojson" <<'PY'
import json
import sys

from geojson_validator import validate_geometries, validate_structure
from shapely import union_all
from shapely.geometry import shape
from shapely.validation import explain_validity


def square(west):
    return [[[west, 38], [west + 1, 38], [west + 1, 39], [west, 39], [west, 38]]]


def checked(geometry):
    features = [{"type": "Feature", "geometry": geometry, "properties": {"name": "region"}}]
    collection = {"type": "FeatureCollection", "features": features}
    said = validate_geometries(collection)
    return collection, validate_structure(collection), said["invalid"], said["problematic"]


parts = {"type": "MultiPolygon", "coordinates": [square(115), square(115.5)]}
collection, *said = checked(parts)
whole = shape(parts)
print(said, explain_validity(whole), whole.area, union_all(whole.geoms).area)
assert said == [{}, {}, {}]
assert not whole.is_valid
assert (whole.area, union_all(whole.geoms).area) == (2, 1.5)
crossing = {"type": "Polygon", "coordinates": [[[115, 38], [116, 39], [116, 38], [115, 39], [115, 38]]]}
assert "self_intersection" in checked(crossing)[3]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(collection, file)
PY
cd "$work"
npm install --silent --no-audit --no-fund @placemarkio/check-geojson@0.1.14 @mapbox/geojsonhint@2.2.0
node -e '
const text = require("fs").readFileSync("parts.geojson", "utf8");
const found = [require("@placemarkio/check-geojson").getIssues(text), require("@mapbox/geojsonhint").hint(text)];
console.log(JSON.stringify(found));
process.exit(found.every((one) => one.length === 0) ? 0 : 1);
'

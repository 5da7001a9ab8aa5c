#!/usr/bin/env bash
# pygeoapi answers a datetime query over GeoJSON with every feature, also with those of another decade.
#
# pygeoapi 0.21.0; Python 3.11.
# The provider is configured with time_field and queried through pygeoapi's own /items: ?datetime=2030-01-01/.. returns
# status 200 and all three features, of 2012, 2019 and 2021, with numberMatched 3. ?bbox= and ?adcode=130000 on the same
# collection do filter, so nothing suggests that one parameter is passed over.
# Why it matters: "which rules were in force in 2018" is asked by datetime; the answer looks right and holds all rules.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet pygeoapi==0.21.0
cat > "$work/config.yml" <<YAML
server:
  bind: {host: 127.0.0.1, port: 5000}
  url: http://localhost:5000
  mimetype: application/json; charset=UTF-8
  encoding: utf-8
  languages: [en-US]
  limits: {default_items: 10, max_items: 100}
  map: {url: "http://localhost/{z}/{x}/{y}.png", attribution: none}
logging: {level: ERROR}
metadata:
  identification: {title: t, description: d, keywords: [k], keywords_type: theme, terms_of_service: t, url: http://localhost}
  license: {name: n, url: http://localhost}
  provider: {name: n, url: http://localhost}
  contact: {name: n}
resources:
  rules:
    type: collection
    title: rules
    description: rules
    keywords: [rules]
    links: []
    extents: {spatial: {bbox: [70, 0, 140, 55]}}
    providers: [{type: feature, name: GeoJSON, data: $work/rules.geojson, id_field: adcode, time_field: since}]
YAML
cd "$work"
"$work/venv/bin/python" - <<'PY'
import json
import os
from pathlib import Path

rows = [("110000", 116.4, 39.9, "2012-06-01"), ("130000", 114.5, 38.0, "2019-06-01"), ("120000", 117.2, 39.1, "2021-01-01")]
features = [
    {
        "type": "Feature",
        "id": adcode,
        "properties": {"adcode": adcode, "since": since},
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    }
    for adcode, lon, lat, since in rows
]
with open("rules.geojson", "w") as page:
    json.dump({"type": "FeatureCollection", "features": features}, page)
os.environ |= {"PYGEOAPI_CONFIG": "config.yml", "PYGEOAPI_OPENAPI": "openapi.yml"}

from pygeoapi.openapi import generate_openapi_document

with open("openapi.yml", "w") as page:
    page.write(generate_openapi_document(Path("config.yml"), "yaml"))

from pygeoapi.flask_app import APP


def ids(query):
    answer = APP.test_client().get(f"/collections/rules/items?f=json&{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [feature["id"] for feature in answer.get_json()["features"]]


everything = [row[0] for row in rows]
print(ids("datetime=2030-01-01/.."), ids("bbox=114,37,115,39"), ids("adcode=130000"))
assert ids("bbox=114,37,115,39") == ids("adcode=130000") == ["130000"]
assert ids("datetime=2030-01-01/..") == ids("datetime=2012-06-01") == everything
PY

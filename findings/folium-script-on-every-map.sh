#!/usr/bin/env bash
# A script added to one folium map is added to every map of the process, also to those that were made before.
#
# folium 0.20.0; Python 3.11.
# Map.add_js_link() is a method of a map, but appends to a list that belongs to the class. Seen: a map made before and
# a map made after both load the script. The same name and address given again is not added twice.
# Why it matters: a server that draws one map with a plug-in gives it to all users from then on, and each map of a
# notebook that is saved on its own asks for scripts that it does not use - on a machine without a network it waits.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet folium==0.20.0
"$work/venv/bin/python" - <<'PY'
import folium

before, one = folium.Map(), folium.Map()
count = len(folium.Map.default_js)
one.add_js_link("timeline", "static/timeline.js")
after = folium.Map()
print([("static/timeline.js" in each.get_root().render()) for each in (before, one, after)], folium.Map.default_js[count:])
assert all("static/timeline.js" in each.get_root().render() for each in (before, one, after))
assert folium.Map.default_js[count:] == [("timeline", "static/timeline.js")]
one.add_js_link("timeline", "static/timeline.js")
assert len(folium.Map.default_js) == count + 1, len(folium.Map.default_js) - count
PY

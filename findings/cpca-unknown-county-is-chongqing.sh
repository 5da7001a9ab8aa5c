#!/usr/bin/env bash
# cpca resolves a county that it does not know to 重庆市: 徐水县 of 河北 and 吴江县 of 江苏 get adcode 500200.
#
# cpca 0.5.5, pandas 2.3.3, pyahocorasick 2.3.1; Python 3.11.
# Its table lists "县" (the statistical heading for the counties of 重庆, 500200) as the name of a city, and looks for
# names anywhere in the text. A former county (徐水县, 宣化县, 吴江县, 萧山县) therefore contains a "city": province
# 重庆市, city 县. A county that still stands is found (当涂县). With the province before it, the name stays unresolved.
# Why it matters: registers from before a county became a district are common, and 500200 looks like a code: sites of
# 河北 are judged by the rules of 重庆, a thousand kilometres away, without an empty cell to notice.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet cpca==0.5.5 pandas==2.3.3 pyahocorasick==2.3.1
"$work/venv/bin/python" - <<'PY'
import cpca

names = ["徐水县", "宣化县", "吴江县", "萧山县", "徐水县安肃镇"]
found = cpca.transform([*names, "当涂县", "河北省徐水县"])
print(found.to_string())
for row in range(len(names)):
    assert found.loc[row, ["省", "市", "adcode"]].tolist() == ["重庆市", "县", "500200"], names[row]
assert found.loc[5, "adcode"] == "340521"
assert found.loc[6, "adcode"] == "130000"
PY

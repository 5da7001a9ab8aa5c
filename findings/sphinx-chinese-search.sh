#!/usr/bin/env bash
# The search of a Chinese Sphinx site finds nothing, not even Latin words: its script names a stemmer that is nowhere.
#
# sphinx 9.0.4; Python 3.11. With language = "zh_CN" and no option of any kind, _static/language_data.js ends in
# "window.Stemmer = ChineseStemmer", while the stemmer that stands above it is called EnglishStemmer: the browser says
# "ChineseStemmer is not defined" and every search waits for ever. The index holds Latin words alone, since Chinese is
# cut only where jieba is installed. The build says nothing of either, with -W and -n.
# Why it matters: the manual of a Chinese tool looks whole, and its search box never answers.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet sphinx==9.0.4
mkdir "$work/pages"
printf 'language = "zh_CN"\nproject = "pages"\n' > "$work/pages/conf.py"
printf '用语\n====\n\n产能置换 word\n' > "$work/pages/index.rst"
"$work/venv/bin/python" -m sphinx -q -W -n "$work/pages" "$work/site"
"$work/venv/bin/python" - "$work/site" <<'PY'
import json
import re
import sys
from pathlib import Path

site = Path(sys.argv[1])
script = (site / "_static" / "language_data.js").read_text("utf-8")
named = re.findall(r"window\.Stemmer = (\w+);", script)
defined = [one for one in re.findall(r"\b(\w+Stemmer)\s*=\s*function", script) if one != "BaseStemmer"]
index = (site / "searchindex.js").read_text("utf-8")
terms = json.loads(index[index.index("{") : index.rindex("}") + 1])["terms"]
print("named:", named, "defined:", defined, "words of the index:", sorted(terms))
assert named == ["ChineseStemmer"], named
assert "ChineseStemmer" not in defined and "EnglishStemmer" in defined, defined
assert sorted(terms) == ["word"], terms
PY

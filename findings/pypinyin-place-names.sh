#!/usr/bin/env bash
# pypinyin spells the famous odd readings of Chinese places right and whole cities wrong: 朝阳市 is "zhao yang shi".
#
# pypinyin 0.55.0; Python 3.11.
# 重庆, 蚌埠, 六安, 亳州 come out as they are spoken, so that one trusts the rest. But the city 朝阳 of 辽宁 is read zhāo
# (cháo is right) while the district 朝阳区 is read right; 珲春 huí (hún), 什邡 shén (shí), 荥经 xíng (yíng), 都匀 dōu (dū),
# 长垣 zhǎng (cháng), 殷都 dōu (dū), 民乐 yuè (lè), 佛冈 fú (fó), 乐陵 lè (lào). No suffix 市 or 县 helps.
# Why it matters: English names of units, sort keys and file names made from it are wrong for some twenty counties
# and a city, and a name cannot be found under the spelling that its own government uses.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet pypinyin==0.55.0
"$work/venv/bin/python" - <<'PY'
from pypinyin import lazy_pinyin

right = {
    "重庆市": "chong qing shi",
    "蚌埠市": "beng bu shi",
    "六安市": "lu an shi",
    "亳州市": "bo zhou shi",
    "朝阳区": "chao yang qu",
}
# name: (as pypinyin spells it, as the place is spoken)
wrong = {
    "朝阳市": ("zhao yang shi", "chao yang shi"),
    "珲春市": ("hui chun shi", "hun chun shi"),
    "什邡市": ("shen fang shi", "shi fang shi"),
    "荥经县": ("xing jing xian", "ying jing xian"),
    "都匀市": ("dou yun shi", "du yun shi"),
    "长垣市": ("zhang yuan shi", "chang yuan shi"),
    "殷都区": ("yin dou qu", "yin du qu"),
    "民乐县": ("min yue xian", "min le xian"),
    "乐陵市": ("le ling shi", "lao ling shi"),
    "佛冈县": ("fu gang xian", "fo gang xian"),
}
for name, spoken in right.items():
    assert " ".join(lazy_pinyin(name)) == spoken, name
for name, (spelt, spoken) in wrong.items():
    found = " ".join(lazy_pinyin(name))
    print(name, found, "for", spoken)
    assert found == spelt != spoken, (name, found)
PY

"""The short and the English names of units.

English names are pinyin with the readings that place names have, and, where another form is usual (Hohhot,
Kowloon City), the form in ``english_names.csv``: ``use`` is ``whole`` (the name as it stands) or ``stem``
(the word for its kind follows: "Tumed Left" + "Banner").
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin

# How these characters are read in the names of places, whatever they are elsewhere.
READINGS = {
    **{
        "乐": "le",
        "什": "shi",
        "佛": "fo",
        "任": "ren",
        "会": "hui",
        "伽": "jia",
        "六": "liu",
        "勒": "le",
        "单": "shan",
    },
    **{"卡": "ka", "圩": "xu", "堡": "bu", "尾": "wei", "峒": "tong", "曾": "zeng", "朝": "chao", "查": "cha"},
    **{"柏": "bai", "浚": "xun", "涡": "guo", "犍": "qian", "珲": "hun", "称": "chen", "筠": "jun", "莘": "shen"},
    **{
        "莎": "sha",
        "漯": "luo",
        "蚌": "beng",
        "覃": "qin",
        "调": "diao",
        "都": "du",
        "长": "chang",
        "阿": "a",
        "泊": "bo",
    },
}
# Names that are read otherwise again: by the name without the word for its kind.
READ_OTHERWISE = {
    **{"东阿": "dong e", "乐亭": "lao ting", "乐清": "yue qing", "乐陵": "lao ling", "大城": "dai cheng"},
    **{"六合": "lu he", "六安": "lu an", "召陵": "shao ling", "洪洞": "hong tong", "穆棱": "mu ling"},
    **{"红寺堡": "hong si bu", "繁峙": "fan shi", "荥经": "ying jing", "长子": "zhang zi", "闵行": "min hang"},
}
KINDS = (
    ("矿区", "Mining District"),
    ("特区", "Special District"),
    ("林区", "Forestry District"),
    ("新区", "New Area"),
    ("县", "County"),
    ("市", "City"),
    ("旗", "Banner"),
    ("区", "District"),
)
# Districts whose names only end like one of the kinds above.
PLAIN_DISTRICTS = {"万柏林区", "北林区", "金林区", "清新区"}
KEPT_WHOLE = {"滨海新区"}
BANNER_KEPT_WHOLE = re.compile(r"([左右前中后合]|^镶黄|^正蓝|^正镶白)旗$")
PREFECTURE_KINDS = re.compile(r"(市|盟|地区)$")


def load_english_names() -> dict[str, tuple[str, str, str]]:
    """Return code → (Chinese name, English, use) of the names that are not plain pinyin."""
    with Path(__file__).with_name("english_names.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["name"], row["english"], row["use"]) for row in csv.DictReader(file)}


def syllables(stem: str) -> list[str]:
    """Return the pinyin of a name without the word for its kind: 六安 → ["lu", "an"]."""
    if stem in READ_OTHERWISE:
        return READ_OTHERWISE[stem].split()
    read = [
        READINGS.get(character, spoken)
        for character, spoken in zip(stem, lazy_pinyin(stem, style=Style.NORMAL), strict=True)
    ]
    return [syllable.replace("v", "ü") for syllable in read]


def romanise(stem: str) -> str:
    """Return the stem as one capitalised word, with apostrophes where the syllables would run together: "Lu'an"."""
    first, *rest = syllables(stem)
    return (first + "".join("'" + s if s[0] in "aeo" else s for s in rest)).capitalize()


def ambiguous_characters(stem: str) -> list[str]:
    """Return the characters of the stem that pypinyin knows with more than one reading."""
    return [c for c in stem if len(pinyin(c, style=Style.NORMAL, heteronym=True)[0]) > 1]


def split_kind(short: str) -> tuple[str, str]:
    """Split a county's name, nationalities already dropped: 青龙县 → ("青龙", "County"), 忠县 → ("忠县", "County")."""
    for suffix, kind in KINDS:
        if short.endswith(suffix):
            if short in PLAIN_DISTRICTS and suffix in {"林区", "新区"}:
                continue
            stem = short.removesuffix(suffix)
            if len(stem) >= 2:
                return stem, kind
            if len(suffix) == 1:
                return short, kind
    return short, ""


def short_county_name(short: str, *, taken: set[str]) -> str:
    """Return what people say: 竞秀区 → 竞秀. The kind stays on a name of one character, and where the rest is taken."""
    stem, _ = split_kind(short)
    if short in KEPT_WHOLE or BANNER_KEPT_WHOLE.search(short) or stem in taken:
        return short
    return stem


def english_county_name(short: str, table_entry: tuple[str, str, str] | None) -> str:
    """Return the English name of a county with its kind: 青龙县 → "Qinglong County"."""
    stem, kind = split_kind(short)
    if table_entry:
        _, english, use = table_entry
        return english if use == "whole" else f"{english} {kind}"
    return f"{romanise(stem)} {kind}".strip()

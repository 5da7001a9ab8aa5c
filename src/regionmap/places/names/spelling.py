"""Spellings of a unit's name: what is folded away before two names are compared.

A *full* name carries its kind (保定市, 恩施州); a *bare* name does not (保定, 恩施). English names are compared as
folded words: case, accents, apostrophes and hyphens do not count.
"""

from __future__ import annotations

import re
import unicodedata

from regionmap.model import Level, Unit

_SEPARATORS = re.compile(r"[\s,，、;；/／|>＞·•・.。_\-—–]+")
_ANYWHERE = re.compile(
    "(?:[东西南北中]|[南北]?城|城[东西南北中关]|市中|新城|老城|旧城|新市|矿|郊|[东南西北]郊|新|老|港)区?"
)

# Longest first. 矿区 is left out on purpose: 井陉矿区 is not what anybody means by 井陉.
_KINDS = (
    "特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "行政委员会", "自治州", "自治县", "自治旗",
    "地区", "新区", "林区", "特区", "省", "市", "盟", "州", "区", "县", "旗",
)  # fmt: skip
_NO_BARE_NAME = ("矿区",)
_AUTONOMOUS = ("自治州", "自治县", "自治旗", "自治区")
_AUTONOMOUS_BRIEF = ("州", "县", "旗", "自治区")

_KIND_WORDS: dict[str, tuple[str, ...]] = {
    "province": ("省", "自治区"),
    "municipality": ("市",),
    "city": ("市",),
    "prefecture": ("市", "地区", "州", "盟"),
    "league": ("盟",),
    "region": ("自治区", "地区", "特别行政区"),
    "sar": ("特别行政区",),
    "district": ("区",),
    "area": ("新区",),
    "county": ("县",),
    "banner": ("旗",),
    "sheng": ("省",),
    "shi": ("市",),
    "qu": ("区",),
    "xian": ("县",),
    "qi": ("旗",),
    "meng": ("盟",),
}
_KIND_ADJECTIVES = frozenset(
    {"autonomous", "special", "administrative", "prefecture", "level", "forestry", "mining", "new", "and"}
)
# Only dropped before "Autonomous": Guangxi Zhuang Autonomous Region.
# fmt: off
_NATIONALITIES = frozenset({
    "bai", "blang", "bonan", "bouyei", "buyi", "dai", "daur", "dong", "dongxiang", "evenk", "gelao", "hani", "hui",
    "jingpo", "kazak", "kazakh", "kirgiz", "korean", "kyrgyz", "lahu", "li", "lisu", "manchu", "maonan", "miao",
    "mongol", "mongolian", "mulao", "naxi", "nu", "oroqen", "pumi", "qiang", "salar", "she", "shui", "sui", "tajik",
    "tibetan", "tu", "tujia", "uighur", "uygur", "uyghur", "va", "wa", "xibe", "yao", "yi", "yugur", "zhuang",
})
# fmt: on

# Conventional English names and the plain pinyin of the same place, whichever of them units.csv carries.
_ENGLISH_ALIASES: dict[str, tuple[str, ...]] = {
    "150000": ("Inner Mongolia", "Nei Mongol", "Neimenggu"),
    "540000": ("Tibet", "Xizang"),
    "610000": ("Shaanxi",),
    "810000": ("Hong Kong", "Xianggang"),
    "820000": ("Macao", "Macau", "Aomen"),
    "150100": ("Hohhot", "Huhhot", "Huhehaote"),
    "150600": ("Ordos", "Eerduosi"),
    "150700": ("Hulunbuir", "Hulunbeier"),
    "150800": ("Bayannur", "Bayan Nur", "Bayannaoer"),
    "150900": ("Ulanqab", "Wulanchabu"),
    "152200": ("Hinggan", "Xing'an"),
    "152500": ("Xilingol", "Xilin Gol", "Xilinguole"),
    "152900": ("Alxa", "Alashan"),
    "230100": ("Harbin", "Haerbin"),
    "230200": ("Qiqihar", "Qiqihaer"),
    "513200": ("Ngawa", "Aba"),
    "513300": ("Garze", "Ganzi"),
    "533400": ("Diqing", "Deqen"),
    "540100": ("Lhasa", "Lasa"),
    "540200": ("Shigatse", "Xigaze", "Rikaze"),
    "540300": ("Qamdo", "Chamdo", "Changdu"),
    "540400": ("Nyingchi", "Linzhi"),
    "540500": ("Shannan", "Lhoka"),
    "540600": ("Nagqu", "Nagchu", "Naqu"),
    "542500": ("Ngari", "Ali"),
    "632600": ("Golog", "Guoluo"),
    "650100": ("Urumqi", "Wulumuqi"),
    "650200": ("Karamay", "Kelamayi"),
    "650400": ("Turpan", "Tulufan"),
    "650500": ("Hami", "Kumul"),
    "652700": ("Bortala", "Boertala"),
    "652800": ("Bayingolin", "Bayingol", "Bayinguoleng"),
    "652900": ("Aksu", "Akesu"),
    "653000": ("Kizilsu", "Kezilesu"),
    "653100": ("Kashgar", "Kashi"),
    "653200": ("Hotan", "Hetian"),
    "654000": ("Ili", "Yili"),
    "654200": ("Tacheng", "Tarbagatay"),
    "654300": ("Altay", "Aletai"),
}


def has_han(text: str) -> bool:
    """Tell whether the text holds a Chinese character."""
    return any("㐀" <= sign <= "鿿" or "𠀀" <= sign <= "𮯠" for sign in text)


def is_said_anywhere(name: str) -> bool:
    """Tell whether a name is a word for a part of any town, said without it: 南区 is not only that of 香港."""
    return bool(_ANYWHERE.fullmatch(name))


def shown(asked: str) -> str:
    """Return what was asked as messages show it: not more than 40 characters."""
    return asked if len(asked) <= 40 else asked[:40] + "…"


def chinese_key(text: str) -> str:
    """Return Chinese text without spaces and separators, full-width letters and digits made plain."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def bare(name: str) -> str:
    """Return a Chinese name without its kind: 保定市 → 保定. Empty where one character would be left (赵县, 东区)."""
    if name.endswith(_NO_BARE_NAME):
        return ""
    for kind in _KINDS:
        if name.endswith(kind):
            stem = name.removesuffix(kind)
            return stem if len(stem) > 1 else ""
    return name


def bare_name(unit: Unit) -> str:
    """Return the Chinese name that is said without the kind, empty where nobody says it (赵县, 城区, 井陉矿区).

    Names with a nationality in them (丰宁满族自治县) are cut by way of the short name.
    """
    if unit.level is Level.COUNTY and not unit.name.endswith(_AUTONOMOUS):
        return bare(unit.name)
    # 广州 ends in a kind only by accident; 海南州 and 阜新县 do not.
    return bare(unit.short_name) if len(unit.short_name) > 2 else unit.short_name


def full_names(unit: Unit) -> set[str]:
    """Return the Chinese names that carry the unit's kind: 丰宁满族自治县, 丰宁自治县 and 丰宁县."""
    if not unit.name.endswith(_AUTONOMOUS):
        return {unit.name}
    pairs = zip(_AUTONOMOUS, _AUTONOMOUS_BRIEF, strict=True)
    kinds = {kind for long, brief in pairs if unit.name.endswith(long) for kind in (long, brief)}
    return {unit.name} | {bare_name(unit) + kind for kind in kinds}


def loose_names(unit: Unit) -> set[str]:
    """Return the Chinese names that leave the kind out."""
    return {unit.short_name, bare_name(unit)} - full_names(unit) - {""}


def english_parts(text: str) -> list[list[str]]:
    """Return the folded words of English text, part by part: ``"Xi'an City, Shaanxi"`` → [[xian, city], [shaanxi]]."""
    parts = re.split(r"[,，;；/|()（）、]+", text)
    words = [[word for word in map(_fold, re.split(r"[\s_]+", part)) if word] for part in parts]
    return [part for part in words if part and part not in (["china"], ["prc"])]


def english_keys(unit: Unit) -> set[str]:
    """Return the folded English names of a unit, with and without the word for its kind."""
    keys: set[str] = set()
    for name in (unit.name_en, *_ENGLISH_ALIASES.get(unit.code, ())):
        words = english_parts(name)[0] if name.strip() else []
        keys.add("".join(words))
        keys.add("".join(without_kind(words)[0]))
    return keys - {""}


def without_kind(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Split folded English words into the name and the Chinese kinds that a last word such as City allows.

    The kinds are empty where no such word is there.
    """
    if len(words) < 2 or words[-1] not in _KIND_WORDS:
        return words, ()
    kinds = _KIND_WORDS[words[-1]]
    dropped = _KIND_ADJECTIVES | _NATIONALITIES if "autonomous" in words else _KIND_ADJECTIVES
    rest = words[:-1]
    while len(rest) > 1 and rest[-1] in dropped:
        rest = rest[:-1]
    return rest, kinds


def english_keys_with_kind(unit: Unit) -> set[str]:
    """Return the folded English names that need the word for the kind: "Zhao" of 赵县 in "Zhao County"."""
    if bare_name(unit) or not unit.name.endswith("县"):
        return set()
    return {key.removesuffix("xian") for key in english_keys(unit) if key.endswith("xian")} - {""}


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in plain if character.isascii() and character.isalnum())

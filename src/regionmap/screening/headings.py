"""What the heading of a column says: by lists of usual names, and by the grammar of headings of coordinates.

Headings are compared in small letters, without spaces, brackets and signs (``经度（°）`` is ``经度``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from regionmap.screening.usual_names import DATUMS, GEOMETRY_LAT, GEOMETRY_LON, PARTS, TIERS

# Patterns with classes of Chinese signs take milliseconds each to compile. These have none, and are compiled for the
# first heading that holds a word of theirs: most headings are among the usual names.
_NOISE = str.maketrans(dict.fromkeys("_-./、，,()（）[]【】:：°*′″'\""))
_ABOUT = r"[^\x00-\x7f]*?"
"""Chinese words, once ``_is_chinese`` has looked at them."""
_AXIS_WORDS = {"lon": "经度|东经|longitude|long|lng|lon", "lat": "纬度|北纬|latitude|lat"}
_PLANE_WORDS = {"lon": "横坐标|东坐标|easting", "lat": "纵坐标|北坐标|northing"}
_TAIL = "e|n|x|y|东经|北纬|东|北|度|坐标|值|数值|deg|dd|小数|小数度|小数格式|十进制|十进制度|度数|米|m"
_LATIN_ABOUT = "site|plant|factory|facility|company|project|center|centre|point|location|outlet|start|end"
_COORDINATE = {
    (axis, plane): (
        tuple(words.split("|")),
        rf"[xy]?(?P<about>{_ABOUT}|{_LATIN_ABOUT})[xy]?(?:{words})(?:{words}|{_TAIL})*",
    )
    for plane, every in ((False, _AXIS_WORDS), (True, _PLANE_WORDS))
    for axis, words in every.items()
}
_SMALLER_PARTS = ("分", "秒", "minute", "minutes", "min", "second", "seconds", "sec")
_SMALLER = {
    axis: rf"(?P<about>{_ABOUT}|{_LATIN_ABOUT})(?:{words})[en]?(?P<part>分|秒|minutes?|min|seconds?|sec)"
    for axis, words in _AXIS_WORDS.items()
}
_ALONE = {"minutes": re.compile(r"分|minutes?|min"), "seconds": re.compile(r"秒|seconds?|sec")}
_PAIR_WORDS = ("经纬", "纬经度", "坐标", "lonlat", "lnglat", "longlat", "latlon", "latlng", "coord")
_PAIR = (
    rf"(?P<about>{_ABOUT}|gps|{_LATIN_ABOUT})(?:经纬度|经纬|纬经度|坐标|lonlat|lnglat|longlat|latlon|latlng|latlong|coordinates?"
    r"|coords?)(?:坐标|位置|信息|点|值|经度纬度|lonlat|lnglat|xy)?"
)
_LAT_FIRST = re.compile("纬经度|latlon|latlng|latlong")
_ABOUT_SITE = (
    *(
        "生产经营场所中心",
        "生产经营场所",
        "生产场所中心",
        "生产场所",
        "项目中心",
        "建设地点中心",
        "建设地点",
        "厂区中心",
    ),
    *("厂区", "厂址中心", "企业中心", "中心位置", "所在", "位置", "地理位置", "项目地理", "经营场所"),
)
"""What a heading of coordinates may speak of besides the usual words and still mean the site, the plainest first."""
_NOT_THE_SITE = re.compile("监测|敏感|保护目标|气象|断面|起点|终点|拐点|角|边界|取水|尾矿库外|距离|最近")
"""What a heading of coordinates may speak of that is surely another place."""
_LOOKS = {
    "coordinates": re.compile("经度|纬度|东经|北纬|坐标(?!系)|经纬|longitude|latitude|^(?:lon|lat|lng)$|coord"),
    "dates": re.compile("日期|时间|年月|年份|date$|time$"),
    "industries": re.compile("行业|产业|产品|industry|sector|gbt?4754"),
}
_ACTION_LIKE = re.compile(
    "建设性质|建设类[型别]|建设方式|建设内容类|项目性质|工程性质|投资(?:性质|方式|类型|动作)|动作|新改扩|新建.?扩建|改扩建|技改|产能置换"
    "|^action|action(?:type)?$|(?:project|construction|investment)(?:type|kind|nature)$"
)
_NO_ACTION = re.compile(
    "transaction|交易|时间|日期|编号|文号|代码|金额|投资额|部门|单位|方案|公告|指标|产能置换(?:量|比例|来源)"
)
"""What stands in a heading beside such a word where the cells tell no action: 技改备案时间, 产能置换方案."""
_CODES_OF_ROWS = re.compile("代码类型|编号|序号")


@dataclass(frozen=True)
class CoordinateHeading:
    """A heading of coordinates: of which axis, what it speaks of (中心, 排放口), and whether of a plane (横坐标)."""

    axis: str
    about: str
    plane: bool


def plain(name: str) -> str:
    """Return a heading as it is compared."""
    if name in (GEOMETRY_LON, GEOMETRY_LAT):
        return name
    heading = name.strip().casefold()
    heading = heading.removesuffix("degrees") if heading.endswith("degrees") else heading.removesuffix("degree")
    return "".join(heading.translate(_NOISE).split())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _match(pattern: str, heading: str) -> re.Match[str] | None:
    """Return the match of a whole heading; None where what it speaks of is neither Chinese nor a known word."""
    match = _compiled(pattern).fullmatch(heading)
    if match is None or match["about"].isascii():
        return match
    return match if all("\u4e00" <= sign <= "\u9fff" for sign in match["about"]) else None


def datum_of(heading: str) -> tuple[str | None, str]:
    """Return the datum that a plain heading speaks of, and the heading without it."""
    for datum, words in DATUMS.items():
        for word in words:
            if heading.startswith(word) or heading.endswith(word):
                return datum, heading.removeprefix(word).removesuffix(word)
    return None, heading


@lru_cache(maxsize=4_096)
def coordinate(heading: str) -> CoordinateHeading | None:
    """Return what a plain heading says of coordinates in degrees or metres; None if nothing."""
    without = datum_of(heading)[1]
    found = [
        CoordinateHeading(axis, match["about"], plane)
        for (axis, plane), (words, pattern) in _COORDINATE.items()
        if any(word in without for word in words) and (match := _match(pattern, without)) is not None
    ]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4_096)
def smaller_part(heading: str) -> tuple[str | None, str, str] | None:
    """Return (axis, about, ``minutes`` or ``seconds``) of a plain heading; the axis is None where it tells none."""
    for part, pattern in _ALONE.items():
        if pattern.fullmatch(re.sub(r"\d+$", "", heading)):
            return None, "", part
    for axis, smaller in _SMALLER.items() if heading.endswith(_SMALLER_PARTS) else ():
        match = _match(smaller, heading)
        if match is not None:
            return axis, match["about"], "minutes" if match["part"][0] in "分m" else "seconds"
    return None


def pair(heading: str) -> str | None:
    """Return what a plain heading of both coordinates in one cell speaks of, None for another heading."""
    without = datum_of(heading)[1] or heading
    match = _match(_PAIR, without) if any(word in without for word in _PAIR_WORDS) else None
    return match["about"] if match is not None else None


def lat_first(name: str) -> bool:
    """Tell whether a heading of both coordinates names the latitude first."""
    return _LAT_FIRST.search(plain(name)) is not None


def like_action(name: str) -> bool:
    """Tell whether a heading is near to those of columns of actions (建设性质), other than by its exact words."""
    heading = plain(name)
    return _ACTION_LIKE.search(heading) is not None and _NO_ACTION.search(heading) is None


def is_of_another_place(name: str) -> bool:
    """Tell whether a heading of coordinates surely speaks of another place than the site: 监测点, 起点."""
    return _NOT_THE_SITE.search(plain(name)) is not None


def looks_like(name: str) -> str | None:
    """Return what a column may hold by its heading: coordinates, dates or industries."""
    heading = plain(name)
    if _CODES_OF_ROWS.search(heading):
        return None
    return next((what for what, pattern in _LOOKS.items() if pattern.search(heading)), None)


@lru_cache(maxsize=1)
def _usual() -> dict[str, str]:
    return {name: role for role, tiers in TIERS.items() for tier in tiers for name in tier}


def role(name: str) -> str | None:
    """Return the role that a heading is usual for, None for any other text: tells headings from rows and titles."""
    heading = plain(name)
    if not heading or len(heading) > 40:
        return None
    usual = _usual().get(heading) or _usual().get(datum_of(heading)[1])
    if usual is not None:
        return usual
    found = coordinate(heading)
    if found is not None:
        return found.axis
    if pair(heading) is not None:
        return "pair"
    return None


PLACE_ROLES = frozenset(("lon", "lat", "pair", "adcode", "place", "address", *PARTS))


def pair_of_columns(names: Sequence[str], lon: str | None, lat: str | None) -> tuple[str, str] | None:
    """Return the columns of longitude and latitude whose headings the grammar knows; None where it cannot choose.

    Args:
        names: of all columns.
        lon: the column of the longitude where it is known already.
        lat: that of the latitude, likewise.
    """
    known = {axis: coordinate(plain(name)) for axis, name in (("lon", lon), ("lat", lat)) if name is not None}
    by_about: dict[tuple[bool, str], dict[str, list[str]]] = {}
    for name in names:
        found = coordinate(plain(name))
        if found is not None and not _NOT_THE_SITE.search(found.about):
            by_about.setdefault((found.plane, found.about), {}).setdefault(found.axis, []).append(name)
    pairs = []
    for (plane, about), axes in by_about.items():
        every = {**axes, **({"lon": [lon]} if lon else {}), **({"lat": [lat]} if lat else {})}
        fits = all(one is not None and one.about == about for one in known.values())
        if fits and len(every.get("lon", ())) == len(every.get("lat", ())) == 1:
            pairs.append((plane, about, (every["lon"][0], every["lat"][0])))
    ranked = sorted(
        ((plane, -1 if not about else _ABOUT_SITE.index(about), pair_) for plane, about, pair_ in pairs
         if not about or about in _ABOUT_SITE),
        key=lambda one: one[:2],
    )  # fmt: skip
    if ranked:
        return ranked[0][2]
    return pairs[0][2] if len(pairs) == 1 else None


def column_of_both(names: Sequence[str]) -> str | None:
    """Return the column whose cells hold both coordinates; None for none, or several that are equally plain."""
    every = [
        (name, about) for name in names if (about := pair(plain(name))) is not None and not _NOT_THE_SITE.search(about)
    ]
    plainest = [name for name, about in every if about in ("", "中心", "企业", "项目", "厂址", "地理", *_ABOUT_SITE)]
    if plainest:
        return plainest[0]
    return every[0][0] if len(every) == 1 else None

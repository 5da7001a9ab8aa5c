"""The units that stand at the head of an address: 河北省保定市莲池区朝阳北大街1号 → 莲池区.

Names are read from the left, each inside the one before it, as far as they go; what is behind them, never. A name with
its kind (莲池区) is a unit. One without it (莲池) is a street in 莲池路 and half a word in 杭州湾: it is a unit where
one that lies in it follows; else a province or a prefecture where no such word follows, and a county before a town
(海城西柳镇) or, where no prefecture was read, before a park.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from regionmap.i18n import t
from regionmap.model import Level, Unit
from regionmap.places.errors import UnknownPlaceNameError
from regionmap.places.names import spelling
from regionmap.places.names.past import PastNames, Reading

LONGEST_HEAD = 60
_LONGEST_NAME = 15  # 克孜勒苏柯尔克孜自治州 has 11
_NOTHING = re.compile("^(?:中华人民共和国|中国)|市辖区|省直辖县级行政区划|自治区直辖县级行政区划")
_CORPS = re.compile("^(?:新疆(?:维吾尔自治区)?)?(?:新疆)?(?:生产建设)?兵团|^(?=农?第?[一二三四五六七八九十]+师)")
_DIVISION = re.compile("^新疆农?第?[一二三四五六七八九十]+师")
_STREET = re.compile(
    "[东西南北中上下前后内外新老一二三四五六七八九十]{0,2}(?:大街|大道|大路|马路|公路|路|街(?!道)|道|巷|弄|胡同|里(?=[0-9])|条(?=[0-9]))"
)
_STREET_AND_NUMBER = re.compile(_STREET.pattern + "(?=[0-9]|$)")
_ENDS = "市区县旗州盟"
"""A name that ends so is heard as a unit, though its kind is left out: 霸州, 沙市."""
_HALF_A_WORD = re.compile("[湾门陵桥]|大厦|大学|学院|医院|公园|广场|饭店|宾馆|酒店|银行")
_PEOPLE = (
    "(?:蒙古|朝鲜|土家|哈萨克|达斡尔|鄂温克|鄂伦春|维吾尔|柯尔克孜|塔吉克|锡伯|布依|仡佬|傈僳|哈尼|拉祜|仫佬|毛南|撒拉|东乡|"
    "[满回苗彝壮侗瑶白黎畲藏傣佤羌水土纳民各])族"
)
_TOWN_KIND = f"(?:{_PEOPLE})*(?:镇|乡|街道|苏木)"
_TOWN_ITSELF = re.compile(f"{_TOWN_KIND}(?![^0-9]{{0,4}}(?:镇|乡|街道))")
# 广安镇, 黄石口镇, 太平岭满族乡: towns anywhere, whose names only begin like one of a unit.
_TOWN_NAMED_SO = re.compile(f"[^0-9]?{_TOWN_KIND}")
_TOWN = re.compile(
    f"(?![一二三四五六七八九]桥|大桥|机场|油田)[^0-9路街道巷弄号区县市]{{2,6}}?(?<!族)(?:{_TOWN_KIND}|农场|林场)"
)
_PARK = re.compile(
    "(?:[^0-9路街道巷弄号区县市]{2,8})?(?:经济技术开发区|经济开发区|高新技术产业开发区|高新技术产业园|高新区|经开区|开发区|"
    "工业园|工业区|工业集中区|化学工业|产业园|产业集聚区|化工园|科技园|保税)"
)


class _Reached(NamedTuple):
    """Where the names at the head end, what the last of them stands for, and whether it says its kind."""

    end: int
    readings: tuple[Reading, ...]
    full: bool


class AddressHeads:
    """Reads the heads of addresses."""

    def __init__(
        self, units: Mapping[str, Unit], past: PastNames, choose: Callable[[str, tuple[Reading, ...]], tuple[Unit, ...]]
    ) -> None:
        """Keep the units and their names, and a function that takes the one reading that is plain, or refuses."""
        self._units, self._past, self._choose = units, past, choose

    def read(self, address: str) -> tuple[Unit, ...]:
        """Return the unit at the head of an address: a county, a prefecture, or a municipality.

        Raises:
            AmbiguousPlaceError: the name at the head fits several units.
            InputError: no unit stands there, or only a province that has prefectures.
        """
        text, end, readings = self._head(address)
        units = self._choose(text[:end], readings) if readings else ()
        if units and not all(self._too_wide(one) for one in units):
            return units
        raise UnknownPlaceNameError(
            "no prefecture or county stands at the head of the address '{address}'",
            lambda: (t(": write it as 河北省保定市莲池区…, or give a column of places or codes"), ()),
            address=address[:40],
        )

    def codes_then(self, address: str) -> frozenset[str]:
        """Return the codes of units of the past that the last name at the head may mean: 341400 for 安徽省巢湖市…."""
        _, _, readings = self._head(address)
        return frozenset(one.former.code for one in readings if one.former is not None)

    def _head(self, address: str) -> tuple[str, int, tuple[Reading, ...]]:
        """Return the address without what says nothing, where the names at its head end, and what the last means."""
        text = _plain(address)
        end, readings, _ = self._walk(text, 0, ())
        return text, end, readings

    def _too_wide(self, unit: Unit) -> bool:
        """Whether a unit is a province other than a municipality."""
        return unit.level is Level.PROVINCE and not unit.name.endswith("市")

    def _walk(self, text: str, at: int, above: tuple[Reading, ...]) -> _Reached:
        """Return how far the names reach that begin at a place."""
        best = _Reached(at, above, full=False)
        longer = False
        for end in range(min(len(text), at + _LONGEST_NAME), at + 1, -1):
            name = text[at:end]
            found = self._bearing(name, above) if name in self._past.names else ()
            if not found:
                continue
            full = self._past.has_kind(name)
            starts = [end, end + len(name)] if text.startswith(name, end) else [end]  # 上海市上海市浦东新区
            for start in starts:
                beyond = self._walk(text, start, found)
                if beyond.end == start:
                    stands = self._stands(name, text[start:], found, above)
                    beyond = _Reached(start if stands else at, found, full)
                # 济南市 is there: 济南 counts only where a name with its kind follows, 市南区 in 青岛市南区, not 市中.
                if beyond.end > best.end and (beyond.full or not longer):
                    best = beyond
            longer = True
        return best

    def _bearing(self, name: str, above: tuple[Reading, ...]) -> tuple[Reading, ...]:
        if not above:
            return () if spelling.is_said_anywhere(name) else self._past.bearing(name)
        return tuple({one.now: one for outer in above for one in self._past.bearing(name, outer)}.values())

    def _stands(self, name: str, behind: str, found: tuple[Reading, ...], above: tuple[Reading, ...]) -> bool:
        """Whether a name that no unit inside it follows is one, by what follows."""
        full = self._past.has_kind(name)
        if full and _TOWN_ITSELF.match(behind) and (len(name) == 2 or spelling.is_said_anywhere(name)):
            return False  # 古县镇, 矿区街道
        if full and len(name) > 2:
            return True
        street = (_STREET_AND_NUMBER if full else _STREET).match(behind)  # 沙县路1号, but 磁县路村营镇
        another = street or (not full and (_HALF_A_WORD.match(behind) or _TOWN_NAMED_SO.match(behind)))
        if another and not self._begins_inside(behind, found):
            return False
        if not full and self._names_another(behind, found):
            return False
        if full or any(self._units[code].level is not Level.COUNTY for one in found for code in one.now):
            return True
        if not above:
            return name[-1] in _ENDS
        in_prefecture = any(self._units[code].level is not Level.PROVINCE for one in above for code in one.now)
        town, park = _TOWN.match(behind), _PARK.match(behind)
        return not behind or name[-1] in _ENDS or bool(town) or (bool(park) and not in_prefecture)

    def _names_another(self, behind: str, found: tuple[Reading, ...]) -> bool:
        """Whether a unit that lies elsewhere follows with its kind: 巴州 before 库尔勒市 is not 巴州区 of 巴中."""
        names = (behind[:end] for end in range(3, _LONGEST_NAME))
        return any(self._past.has_kind(name) and not self._bearing(name, found) for name in names)

    def _begins_inside(self, behind: str, found: tuple[Reading, ...]) -> bool:
        """Whether a unit that lies in another is named behind it, with or without its kind: 台州路桥."""
        names = (behind[:end] for end in range(2, 5))
        return any(name in self._past.names and self._bearing(name, found) for name in names)


def _plain(address: str) -> str:
    text = spelling.chinese_key(unicodedata.normalize("NFKC", address))[:LONGEST_HEAD]
    text = _NOTHING.sub("", text)
    return _DIVISION.sub("新疆", _CORPS.sub("新疆", text))

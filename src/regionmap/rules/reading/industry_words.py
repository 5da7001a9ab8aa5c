"""What people call an industry, where no document calls it so: finds the meaning of a word that no name is.

Words are compared without case, width, spaces and marks; English ones without plural and in one spelling. Behind the
names of the catalogue stand the everyday words of ``industry-names.yaml``, the names of GB/T 4754-2017 without 制造 or
业, and the products that these names list (轴承、齿轮和传动部件制造). Words like 厂 or *plant* around a name are
dropped, and traditional characters are read as simplified ones. Indexes are made when the first such word is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Text
from regionmap.model.industry import Industry
from regionmap.traditional import simplified

Index = dict[str, "Meaning"]

_HAN = re.compile(r"[\u3400-\u9fff]")
_TOKEN = re.compile(r"[a-z0-9]+")
_SPELLINGS = {
    "fiber": "fibre", "fibers": "fibre", "aluminum": "aluminium", "tire": "tyre", "tires": "tyre", "center": "centre",
    "centers": "centre", "fertilizer": "fertiliser", "fertilizers": "fertiliser", "labor": "labour", "color": "colour",
    "sulfuric": "sulphuric", "sulfur": "sulphur", "mold": "mould", "molds": "mould", "jewelry": "jewellery",
    "utilization": "utilisation", "smelter": "smelting", "smelters": "smelting",
}  # fmt: skip
_AROUND_ENGLISH = frozenset(
    (
        "industry", "sector", "manufacturing", "manufacture", "manufacturer", "making", "maker", "production",
        "producer", "producing", "plant", "factory", "mill", "work", "company", "business", "enterprise", "project",
        "facility", "processing", "processor", "fabrication", "fab", "line", "operation", "of", "the", "a", "an",
        "new",
    )
)  # fmt: skip
_BEFORE = (
    "新建", "扩建", "改建", "建设", "投资", "生产", "制造", "加工", "开采", "种植", "制作", "做", "造",
)  # fmt: skip
_BEHIND = (
    "制造业", "加工业", "行业", "产业", "工业", "企业", "公司", "工厂", "项目", "基地", "生产线", "生产", "制造",
    "加工", "开采", "采选", "冶炼", "种植", "养殖", "建设", "工程", "业", "厂", "场", "类",
)  # fmt: skip
_ENDINGS = ("制造业", "制造", "业")
_MORE_ENDINGS = (
    "生产和供应业", "生产和供应", "开采洗选", "压延加工", "精加工", "加工业", "服务业", "的饲养", "专用设备", "加工",
    "冶炼", "开采", "采选", "采运", "种植", "饲养", "养殖", "捕捞", "处理", "制作", "印制", "生产", "服务", "活动",
    "运输",
)  # fmt: skip
_SEPARATORS = re.compile("[、，及和与或等（）()]")
_GENERIC = frozenset(
    (
        "制品", "配件", "零件", "零配件", "类似品", "类似制品", "类似产品", "类似机械", "类似器具", "设备", "器材",
        "机械", "装备", "部件", "材料", "用品", "器具", "附件", "装置", "系统", "仪器", "产品", "辅助设备", "辅机",
        "组件", "元件", "器件", "专用设备", "工程", "建筑", "安装", "供应", "食品", "礼仪用品", "娱乐用品", "物品",
        "相关服务", "服务", "活动", "加工", "处理", "制造", "生产", "有关物品", "利用", "管护", "改培", "更新",
        "采集", "割草", "副产品", "办公用机械", "包装", "生产用", "日用", "餐具", "文化",
    )
)  # fmt: skip
_WITH_PRODUCTS = ("0", "1", "2", "3", "40", "41", "42", "43", "44", "45", "46")
"""How the codes begin whose names list products: farming, mining, manufacturing, energy and water."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means: an industry, or codes; or a choice, with the question that parts them where there is one."""

    industry: Industry | None = None
    codes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    ask: Text | None = None


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return _HAN.search(text) is not None


def plain(text: str) -> str:
    """Return a text with full-width letters and digits made plain, and single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def key(text: str) -> str:
    """Return what a word is compared by."""
    folded = plain(text).casefold()
    if has_han(folded):
        return "".join(one for one in folded if one.isalnum())
    return " ".join(tokens(folded))


def tokens(text: str) -> list[str]:
    """Return the words of an English text in small letters, singular, in British spelling."""
    return [_singular(_SPELLINGS.get(one, one)) for one in _TOKEN.findall(text.casefold().replace("'s", ""))]


class IndustryWords:
    """Finds what a word means. One object can serve all threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep the catalogue; the indexes are made when they are needed."""
        self._catalogue = catalogue

    @classmethod
    def of(cls, catalogue: Catalogue) -> IndustryWords:
        """Return what is kept beside a catalogue."""
        found = catalogue.derived.get(__name__)
        if not isinstance(found, IndustryWords):
            found = catalogue.derived[__name__] = IndustryWords(catalogue)
        return found

    def find(self, text: str) -> Meaning | None:
        """Return the meaning of a word that is no name of the catalogue as it stands; None for an unknown one."""
        for form in _forms(text):
            for index in (self.words, self.classes, self.products):
                found = index.get(form)
                if found is not None:
                    return found
        return None

    @cached_property
    def words(self) -> Index:
        """The names of industries, then the everyday words of ``industry-names.yaml``."""
        index: Index = {}
        for name, industry in self._catalogue.industry_by_name.items():
            index.setdefault(key(name), Meaning(industry))
        for one in self._catalogue.names:
            meant = self._catalogue.industries[one.industry] if one.industry is not None else None
            for word in one.words:
                index.setdefault(key(word), Meaning(meant, one.codes, one.choices, one.ask))
        return index

    @cached_property
    def classes(self) -> Index:
        """The names of GB/T 4754-2017, whole and without 制造 or 业."""
        found: dict[str, list[str]] = {}
        for row in self._catalogue.gbt.values():
            for name in {row.name, *_without(row.name, _ENDINGS)}:
                found.setdefault(key(name), []).append(row.code)
        return self._by_codes(found)

    @cached_property
    def products(self) -> Index:
        """The products that the names of classes list, and these names without words like 加工 or 种植."""
        found: dict[str, list[str]] = {}
        for row in self._catalogue.gbt.values():
            names = set(_without(row.name, _MORE_ENDINGS))
            if len(row.code) > 2 and row.code.startswith(_WITH_PRODUCTS) and not row.name.startswith("其他"):
                for part in _SEPARATORS.split(row.name):
                    names |= {part, *_without(part, (*_ENDINGS, *_MORE_ENDINGS))}
            for name in names:
                if len(name) > 1 and name not in _GENERIC and not name.startswith(("其他", "类似", "有关")):
                    found.setdefault(key(name), []).append(row.code)
        return self._by_codes(found)

    def _by_codes(self, found: dict[str, list[str]]) -> Index:
        return {word: self._meaning(codes) for word, codes in found.items()}

    def _meaning(self, codes: list[str]) -> Meaning:
        """Return the lowest of the codes together, or a choice where they lie in several divisions."""
        covers = self._catalogue.gbt.covers
        lowest = [one for one in codes if not any(one != other and covers(one, other) for other in codes)]
        if len(lowest) > 1 and len({one[:2] for one in lowest}) > 1:
            return Meaning(choices=tuple(lowest))
        return Meaning(codes=tuple(lowest))


def _forms(text: str) -> Iterator[str]:
    """Yield the keys of a text: as it stands, without words around the name, then the same in simplified characters."""
    if not has_han(text):
        yield from _english_forms(tokens(plain(text)))
        return
    yielded: set[str] = set()
    for one in (key(text), key(simplified(plain(text)))):
        waiting = [one]
        for form in waiting:
            if form not in yielded:
                yielded.add(form)
                yield form
                waiting += _shorter(form)


def _shorter(form: str) -> Iterator[str]:
    for word in _BEHIND:
        if form.endswith(word) and len(form) > len(word):
            yield form[: -len(word)]
    for word in _BEFORE:
        if form.startswith(word) and len(form) > len(word) + 1:
            yield form[len(word) :]


def _english_forms(words: list[str]) -> Iterator[str]:
    yield " ".join(words)
    first, last = 0, len(words)
    while last - first > 1 and words[last - 1] in _AROUND_ENGLISH:
        last -= 1
        yield " ".join(words[first:last])
    while last - first > 1 and words[first] in _AROUND_ENGLISH:
        first += 1
        yield " ".join(words[first:last])


def _without(name: str, endings: Iterable[str]) -> Iterator[str]:
    """Yield a name without each ending that it has, the longest first and only that one."""
    for ending in endings:
        if name.endswith(ending) and len(name) > len(ending):
            yield name[: -len(ending)]
            return


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
        return word[:-1]
    return word

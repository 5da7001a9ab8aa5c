"""The columns of every layer: names, types and meanings, the same in every format and on every date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "date", "flag"]


@dataclass(frozen=True)
class Column:
    """A column: its type (``text``, ``date`` without a time, ``flag`` for true or false) and what it means."""

    name: str
    kind: Kind
    zh: str
    en: str


def _text(name: str, zh: str, en: str) -> Column:
    return Column(name, "text", zh, en)


_ID = _text("id", "要素编号：图层、单位、规定或名单", "key of the feature: layer, unit, provision or list; stable")
_UNIT = (
    _text("code", "行政区划代码；100000 指全国", "adcode of the unit (GB/T 2260); 100000 for the country"),
    _text("name", "单位名称", "name of the unit"),
    _text("name_en", "英文名称", "English name of the unit"),
    _text("level", "级别", "province, prefecture, county or country"),
)
_WHERE = (
    _text("printed", "文件原文中的地名", "the place as the document prints it"),
    Column("part", "flag", "是否只涉及该单位的一部分", "whether only a part of the unit is meant; its shape is whole"),
    _text("region", "区域编号", "id of the region whose list names the unit"),
    _text("region_name", "区域名称", "name of that region"),
)
_RULE = (
    _text("provision", "规定编号", "id of the provision"),
    _text("scope", "全国或本地", "national, or place for a rule that does not hold everywhere"),
    _text("effect", "作用", "what the provision does"),
    _text("effect_name", "作用（中文）", "the same in Chinese"),
    _text("industries", "行业", "the industries that it names, in Chinese"),
)
_CITED = (
    _text("source", "文件编号（内部）", "id of the document"),
    _text("number", "文号", "number of the document"),
    _text("item", "条目", "item of the document"),
    _text("quote", "原文摘录", "operative words, verbatim"),
    Column("in_force_from", "date", "起始日", "first day"),
    Column("in_force_until", "date", "终止日（含）", "last day, inclusive; empty where none is known"),
    Column("horizon", "date", "目标期限（含）", "last day of its own targets, inclusive"),
    _text("status", "状态", "standing on the date"),
    _text("evidence", "依据", "verbatim or reported"),
)
_ASKED = (
    Column("date", "date", "查询日期；空表示全部历史", "the date asked for; empty for the whole history"),
    _text("catalogue", "目录版本", "version and digest of the catalogue"),
    _text("attribution", "界线来源", "whose boundaries these are"),
)
_DESTINATION = (
    _text("tier", "层级", "named by a list, or one of a class that a document names"),
    _text("area", "类型", "what a list names: unit, zone, park, firm"),
    _text("list", "名单编号", "id of the list"),
    _text("list_name", "名单名称", "name of the list"),
    _text("list_number", "名单文号", "number of the list's document"),
    _text("date_printed", "印出的年月", "year or month of the list where no day is printed"),
    _text("words", "行业原文", "industry words as printed"),
    _text("undefined", "未界定的用语", "words that narrow the area and that no list defines"),
    _text("reading", "我们的理解", "the class of industries through which we read the industry into it"),
    _text("verdict_there", "当地结论", "what a check there says of moving in"),
)
_PILOT = (
    _text("programme", "试点编号", "id of the programme"),
    _text("programme_name", "试点名称", "name of the programme"),
    _text("programme_name_en", "试点英文名称", "English name of the programme"),
    _text("batch", "批次编号", "id of the dated list"),
    _text("batch_name", "批次名称", "name of the dated list"),
    _text("standing", "地位", "what the list makes of the place: only approved and accepted are pilots"),
    _text("area", "类型", "what the place is: the unit itself, a park, a new area, a firm"),
    _text("industries", "行业", "the industries of the programme, in Chinese"),
    _text("source", "文件编号（内部）", "id of the list: programme and batch"),
    _text("number", "文号", "number of the list's document"),
    _text("item", "条目", "where the place stands in the list: as printed"),
    Column("in_force_from", "date", "起始日", "first day of the list"),
    Column("in_force_until", "date", "终止日（含）", "last day of its term, inclusive"),
    _text("date_printed", "印出的年月", "year or month of the list where no day is known"),
    _text("status", "状态", "standing on the date"),
    Column("open", "flag", "名单以“等”结尾", "whether the printed list ends in 等"),
    _text("evidence", "依据", "verbatim or reported"),
    _text("note", "说明", "what must be known of the place"),
)

SCHEMAS: dict[str, tuple[Column, ...]] = {
    "units": (_ID, *_UNIT, *_ASKED),
    "key-regions": (_ID, *_UNIT, *_WHERE, *_CITED, *_ASKED),
    "key-basins": (_ID, *_UNIT, *_WHERE, *_CITED, *_ASKED),
    "restricted-capacity": (_ID, *_UNIT, *_WHERE, *_RULE, *_CITED, *_ASKED),
    "pilots": (_ID, *_UNIT, *_WHERE[:2], *_PILOT, *_ASKED),
    "transfer-destinations": (_ID, *_UNIT, *_WHERE, *_RULE, *_DESTINATION, *_CITED, *_ASKED),
}
"""The columns of each layer, in order; the geometry comes last."""

"""The figures of a provision in words: its limits and targets."""

from __future__ import annotations

from regionmap.i18n import t
from regionmap.model import Number, Text

_SIGNS = {"<=": "≤", ">=": "≥", "=": "=", "~": "≈"}

_UNITS = {
    "count": Text("个", ""),
    "ratio": Text("", ""),
    "CNY": Text("元", "CNY"),
    "10kt": Text("万吨", "10 kt"),
    "year": Text("年", "year"),
    "class": Text("级", "class"),
    "grade": Text("级", "grade"),
    "percentage points": Text("个百分点", "percentage points"),
    "million weight cases": Text("百万重量箱", "million weight cases"),
}
"""Units that are words; all others are signs, the same in both languages."""


def number_text(one: Number) -> Text:
    """Return a limit or a target in words: what, how much, against which year, until when."""
    sign, amount = _SIGNS[one.op], f"{one.amount:,.10g}"
    unit = _UNITS.get(one.unit, Text(one.unit, one.unit))
    measured = Text(f"{amount} {unit.zh}".rstrip(), f"{amount} {unit.en}".rstrip())
    words = t("{what} {sign} {amount}", what=one.what, sign=sign, amount=measured)
    if one.base_year is not None:
        words = t("{words} against {year}", words=words, year=one.base_year)
    return t("{words}, by {day}", words=words, day=one.by.isoformat()) if one.by is not None else words

"""The figures of a provision in words: its limits and targets."""

from __future__ import annotations

from regionmap.i18n import t
from regionmap.model import Number, Text

_SIGNS = {"<=": "≤", ">=": "≥", "=": "=", "~": "≈"}


def number_text(one: Number) -> Text:
    """Return a limit or a target in words: what, how much, against which year, until when."""
    sign, amount = _SIGNS[one.op], f"{one.amount:,.10g}"
    words = t("{what} {sign} {amount} {unit}", what=one.what, sign=sign, amount=amount, unit=one.unit)
    if one.base_year is not None:
        words = t("{words} against {year}", words=words, year=one.base_year)
    return t("{words}, by {day}", words=words, day=one.by.isoformat()) if one.by is not None else words

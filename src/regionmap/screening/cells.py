"""Cells of a column as plain text or numbers, whatever type the file gave them."""

from __future__ import annotations

import contextlib
import datetime as dt
import decimal
import math
import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_GUARDED = re.compile(r"""="(?P<formula>.*)"|['’‘](?P<plain>[\d=@+\-.].*)""")
"""What keeps a spreadsheet from taking a code for a number: '320116 and ="510118"."""
NOTHING = frozenset({"nan", "null", "none", "nat", "<na>", "n/a", "-", "--", "—", "——", "/", "无"})
"""What exports write into cells that hold nothing."""
_NO_NUMBER = r"^(?i:nan|null|none|n/a|<na>|--?|——?|/|无)$"
_NUMBER_GUARD = r"""^(?:'|’|‘|=")([+-]?[0-9.]+)"?$"""
_NUMBER = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$"


def texts(column: pa.ChunkedArray | pa.Array) -> tuple[NDArray[np.int64], list[str]]:
    """Return for every row the number of its text, and the distinct texts.

    A text is stripped, its white space is collapsed, full-width digits and Latin letters (３１１０, Ａ) are made plain,
    and invisible characters are dropped; Chinese punctuation stays, since names are printed with it. Null, NaN and
    blank cells are "", and so are those that say nothing (NULL, nan, -, 无); whole floats and decimals lose ``.0``;
    dates are ISO. Every distinct cell is turned to text once.
    """
    plain = _decoded(column)
    if len(plain) == 0 or pa.types.is_null(plain.type):
        return np.zeros(len(plain), np.int64), [""] * min(len(plain), 1)
    coded = plain.dictionary_encode()
    numbers_by_text: dict[str, int] = {}
    remap = [numbers_by_text.setdefault(_text(one), len(numbers_by_text)) for one in _values(coded.dictionary)]
    if coded.null_count:
        remap.append(numbers_by_text.setdefault("", len(numbers_by_text)))
    codes = pc.fill_null(coded.indices, len(remap) - 1).to_numpy(zero_copy_only=False)
    return np.asarray(remap, np.int64)[codes], list(numbers_by_text)


def numbers(column: pa.ChunkedArray | pa.Array) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the cells as floats, NaN for what is no finite number, and which cells are blank.

    A text is a number if it is a plain decimal (38.87, -1, +.5) or has an exponent (1.1e2), white space around it and
    guards of spreadsheets ('38.87, ="38.87") aside. ``115,47``, ``115°28′``, ``0x1F``, ``1_000`` and ``inf`` are none;
    what exports write for nothing (NULL, nan, -) is blank.
    """
    plain = _decoded(column)
    kind = plain.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _parsed(plain)
    blank = pc.is_null(plain, nan_is_null=True).to_numpy(zero_copy_only=False)
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        return np.full(len(plain), np.nan), blank
    values = _floats(pc.cast(plain, pa.float64(), safe=False))
    return values, blank


def _parsed(column: pa.Array) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    if not column.null_count:
        with contextlib.suppress(pa.ArrowInvalid):  # most files hold plain numbers alone
            plain = np.array(pc.cast(column, pa.float64()).to_numpy(), np.float64)
            if np.isfinite(plain).all():
                return plain, np.zeros(len(plain), bool)
    trimmed = pc.utf8_trim_whitespace(column)
    blank = pc.fill_null(pc.equal(trimmed, ""), True)
    filled = pc.if_else(blank, pa.scalar(None, trimmed.type), trimmed)
    try:
        values = pc.cast(filled, pa.float64())
    except pa.ArrowInvalid:  # some cell is no number, or has a plus sign, which Arrow does not read
        values = None
    if values is None or pc.any(pc.invert(pc.is_finite(values))).as_py():
        blank = pc.or_(blank, pc.fill_null(pc.match_substring_regex(filled, _NO_NUMBER), False))
        filled = pc.replace_substring_regex(filled, _NUMBER_GUARD, r"\1")
        good = pc.fill_null(pc.match_substring_regex(filled, _NUMBER), False)
        unsigned = pc.replace_substring_regex(filled, r"^\+", "")
        values = pc.cast(pc.if_else(good, unsigned, pa.scalar(None, trimmed.type)), pa.float64())
    return _floats(values), blank.to_numpy(zero_copy_only=False)


def _floats(column: pa.Array) -> NDArray[np.float64]:
    filled = pc.fill_null(column, float("nan")) if column.null_count else column
    values = np.array(filled.to_numpy(zero_copy_only=False), np.float64)
    values[~np.isfinite(values)] = np.nan
    return values


def _decoded(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return one plain array; a chunked one with no chunks keeps its type."""
    plain = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(plain, pa.ChunkedArray):  # of no chunks, or too large for one
        plain = pa.concat_arrays(plain.chunks) if plain.num_chunks else pa.array([], plain.type)
    if pa.types.is_dictionary(plain.type):
        plain = plain.dictionary_decode()
    return plain.cast(pa.string()) if plain.type == pa.string_view() else plain


def _values(distinct: pa.Array) -> list[Any]:
    """Return cells as Python's values; a moment beyond the calendar, which Python has no value for, as its number."""
    try:
        return list(distinct.to_pylist())
    except (OverflowError, ValueError):
        return [_value(one) for one in distinct]


def _value(cell: pa.Scalar) -> Any:
    try:
        return cell.as_py()
    except (OverflowError, ValueError):
        return str(cell.value)


def _text(value: Any) -> str:
    if value is None or value != value:  # NaN differs from itself
        return ""
    if isinstance(value, float | decimal.Decimal) and math.isfinite(value) and value == int(value):
        return str(int(value))
    if isinstance(value, dt.datetime):
        plain = value.time() == dt.time() and value.tzinfo is None
        return value.date().isoformat() if plain else value.isoformat(" ")
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    words = plain_text(str(value))
    return "" if words.casefold() in NOTHING else words


def plain_text(words: str) -> str:
    """Return a text as it is compared: white space collapsed, digits and letters plain, no guards of spreadsheets."""
    if _INVISIBLE.search(words):
        words = _INVISIBLE.sub("", words)
    if _FULL_WIDTH.search(words):
        words = _FULL_WIDTH.sub(lambda one: chr(ord(one.group()) - 0xFEE0), words)
    words = " ".join(words.split())
    guarded = _GUARDED.fullmatch(words)
    if guarded:
        words = (guarded["formula"] or guarded["plain"] or "").replace('""', '"').strip()
    return words

"""The one reader of dates, for Python and for the command line: days as people and as libraries write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any, NoReturn

from regionmap.errors import InputError

_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))"
    r"(?:[T ]00:00(?::00(?:\.0+)?)?)?",
    re.ASCII,
)
"""A day, and behind it at most the midnight that programs write."""


def parse_date(on: object) -> dt.date:
    """Return the day that is meant.

    Args:
        on: a date; a date with the time of midnight (``datetime``, pandas ``Timestamp``, NumPy ``datetime64``); or one
            of 2019-06-01, 2019/6/1, 2019.6.1, 20190601, 2019年6月1日.

    Raises:
        InputError: it is no day of the calendar (NaT, a week, a month), is a moment of a day, or is written otherwise.
    """
    if isinstance(on, str):
        return _read(on)
    if isinstance(on, dt.date):
        return _day(on)
    # NumPy's and pandas' own kinds, which are not brought here: a datetime64 gives a datetime, or None for NaT.
    item: Any = getattr(on, "item", None)
    if type(on).__name__ == "datetime64" and callable(item):
        given = on if str(getattr(on, "dtype", "")) != "datetime64[ns]" else getattr(on, "astype", item)("datetime64[us]")
        found = getattr(given, "item", item)()
        if isinstance(found, dt.date):
            return _day(found)
    _refuse(on)


def _day(on: dt.date) -> dt.date:
    if not isinstance(on, dt.datetime):
        return on
    if on != on:  # noqa: PLR0124  (NaT calls itself a datetime)
        _refuse(on)
    if on.time() != dt.time():
        raise InputError(f"'{on}' is a moment and not a day: give its day, such as {on.date().isoformat()}")
    return on.date()


def _read(text: str) -> dt.date:
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        _refuse(text)
    year, month, day = (int(one) for one in match.groups() if one is not None)
    try:
        return dt.date(year, month, day)
    except ValueError:
        _refuse(text)


def _refuse(on: object) -> NoReturn:
    raise InputError(f"'{str(on)[:40]}' is not a date: write YYYY-MM-DD, such as 2019-06-01") from None

"""The one reader of dates, for Python and for the command line: days as people and as libraries write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from regionmap.errors import InputError

_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))"
    r"(?:[T ]00:00(?::00(?:\.0+)?)?)?",
    re.ASCII,
)
"""A day, and behind it at most the midnight that programs write."""
_CHINA = dt.timedelta(hours=8)
"""What the clocks of China are ahead of UTC: a midnight of another zone may be another day there."""


def parse_date(on: object) -> dt.date:
    """Return the day that is meant.

    Args:
        on: a date; a date with the time of midnight (``datetime``, pandas ``Timestamp``, NumPy ``datetime64``, without
            a time zone or with that of China); or one of 2019-06-01, 2019/6/1, 2019.6.1, 20190601, 2019年6月1日.

    Raises:
        InputError: it is no day of the calendar (NaT, a week, a month), is a moment of a day, or is written otherwise.
    """
    if isinstance(on, str):
        return _read(on)
    if isinstance(on, dt.date):
        return _day(on)
    if type(on).__name__ == "datetime64":  # NumPy's, which is not brought here; its item is a date, or None for NaT
        found = on.astype("datetime64[us]").item()  # type: ignore[attr-defined]
        if isinstance(found, dt.date):
            return _day(found)
    raise _wrong(on)


def _day(on: dt.date) -> dt.date:
    if not isinstance(on, dt.datetime):
        return on
    if on != on:  # NaT calls itself a datetime
        raise _wrong(on)
    if on.tzinfo is not None and on.utcoffset() != _CHINA:
        raise InputError(
            "'{given}' has a time zone, and its day may be another in China: give the day, such as {day}",
            given=on, day=on.date().isoformat(),
        )  # fmt: skip
    if on.time() != dt.time():
        raise InputError(
            "'{given}' is a moment and not a day: give its day, such as {day}", given=on, day=on.date().isoformat()
        )
    return on.date()


def _read(text: str) -> dt.date:
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise _wrong(text)
    year, month, day = (int(one) for one in match.groups() if one is not None)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise _wrong(text) from None


def _wrong(on: object) -> InputError:
    return InputError(
        "'{given}' is not a date: write YYYY-MM-DD, such as 2019-06-01", given=" ".join(str(on).split())[:40]
    )

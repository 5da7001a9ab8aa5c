"""The parameter ``datetime`` of OGC API Features as days: a moment, or an interval that may be open."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_DAY = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?)?)?)?"
)
_OPEN = ("", "..")


def read_moments(text: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day that a text speaks of; None for an open end.

    A time of day is passed over: rules hold for whole days, and the day is the one that is written, in whatever zone.
    A month or a year stands for all of its days.

    Args:
        text: ``2024-03-01``, ``2024-03-01T00:00:00Z``, ``2018-01-01/..``, ``../2018``, ``2018-01/2018-06``.

    Raises:
        ValueError: it is none of these, or ends before it begins.
    """
    first, mark, last = text.strip().partition("/")
    begin = None if mark and first in _OPEN else _days(first)[0]
    end = _days(first)[1] if not mark else None if last in _OPEN else _days(last)[1]
    if begin is not None and end is not None and begin > end:
        raise ValueError(f"datetime={text} ends before it begins: give the earlier day first")
    return begin, end


def _days(text: str) -> tuple[dt.date, dt.date]:
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part is not None else None for part in found.groups())
        if day is not None and month is not None and year is not None:
            one = dt.date(year, month, day)
            return one, one
        if year is None:
            raise ValueError
        last_month = month or 12
        return dt.date(year, month or 1, 1), dt.date(year, last_month, calendar.monthrange(year, last_month)[1])
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(
            f"'{text}' is no day: write datetime=2019-06-01, 2019-06-01/2024-03-01 or 2018-01-01/.."
        ) from None

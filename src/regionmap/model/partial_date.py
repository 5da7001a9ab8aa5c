"""Dates as documents print them: a day, or only its month or its year."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

_PRINTED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Days(NamedTuple):
    """The first and the last day that a printed date can mean; the same day twice where the day is printed."""

    first: dt.date
    last: dt.date


def days(printed: str) -> Days:
    """Return the days that ``2015``, ``2015-06`` or ``2015-06-30`` can mean.

    Raises:
        ValueError: it is written in another way, or there is no such day.
    """
    found = _PRINTED.fullmatch(printed)
    if found is None:
        raise ValueError(f"'{printed}' is no date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    year, first, last = int(found[1]), int(found[2] or 1), int(found[2] or 12)
    if found[3]:
        day = dt.date(year, first, int(found[3]))
        return Days(day, day)
    start = dt.date(year, first, 1)
    return Days(start, dt.date(year, last, calendar.monthrange(year, last)[1]))

"""What the cells of the columns of actions and dates mean."""

from __future__ import annotations

import datetime as dt
import re

from regionmap.i18n import t
from regionmap.model.partial_date import days
from regionmap.rules.reading.arguments import parse_date
from regionmap.screening.messages import ScreeningError

_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[T ](.+))?"
)
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d(?:[.,]\d+)?)?(?: ?[AaPp][Mm]| ?(Z|[+-]\d\d:?\d\d))?")
_CHINA = dt.timezone(dt.timedelta(hours=8))
_COMPACT_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")
_PART_OF_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|年)?")
"""A month or a year: 2024年3月, 2024-03, 2024."""


class NotADateError(ScreeningError):
    """A cell holds no day, or one that could be several."""


def date_of(text: str) -> dt.date:
    """Return the day that a cell means.

    These are read: 2019-06-01, 2019/6/1, 2019.6.1, 2019年6月1日, 20190601; a time may stand behind. With a time zone
    the day is the one in China: midnight there is 2019-05-31T16:00Z, as programs write 2019-06-01.

    Raises:
        InputError: it is no day, or could be several (6/1/2019, or two days).
    """
    wrong = NotADateError(t("'{word}' is not a date: write YYYY-MM-DD, such as 2019-06-01", word=text[:40]))
    match = _DATE.fullmatch(text)
    time = _TIME.fullmatch(match[match.re.groups]) if match is not None and match[match.re.groups] else None
    if match is not None and match[match.re.groups] and time is None:
        raise wrong
    match = match or _COMPACT_DATE.fullmatch(text)
    if match is None:
        raise wrong
    year, month, day = [one for one in match.groups() if one is not None][:3]
    written = parse_date(f"{year}-{int(month):02}-{int(day):02}")
    if time is None or time[3] is None:
        return written
    zone = time[3].replace("Z", "+00:00")
    try:
        moment = dt.datetime.fromisoformat(f"{written}T{int(time[1]):02}:{time[2]}{zone}")
        return moment.astimezone(_CHINA).date()
    except (ValueError, OverflowError):
        raise wrong from None


def is_part_of_date(text: str) -> bool:
    """Tell whether a cell holds a month or a year."""
    return _PART_OF_DATE.fullmatch(text) is not None


def first_day_of(text: str) -> dt.date:
    """Return the first day of the month or the year in a cell.

    Raises:
        InputError: there is no such month.
    """
    match = _PART_OF_DATE.fullmatch(text)
    if match is None:
        raise NotADateError(t("'{word}' is not a date: write YYYY-MM-DD, such as 2019-06-01", word=text[:40]))
    printed = f"{match[1]}-{int(match[2]):02}" if match[2] else match[1]
    try:
        return days(printed)[0]
    except ValueError:
        raise NotADateError(t("'{word}' is not a date: write YYYY-MM-DD, such as 2019-06-01", word=text[:40])) from None

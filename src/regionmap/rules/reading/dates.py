"""The one reader of dates, for Python, the command line, tables of sites and pages: as people and libraries write them.

Everything that takes a date takes a day. What may stand in a cell beside that (a time, a zone, a month alone) is read
here too, and decided by ``screening.cell_values``.
"""

from __future__ import annotations

import datetime as dt
import numbers
import re
import unicodedata
from typing import NamedTuple

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.limits import FIRST_DAY, LAST_DAY
from regionmap.model.partial_date import days
from regionmap.rules.reading.texts import require_no_bytes

_CLOCK = r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?| ?(Z|[+-]\d\d:?\d\d))?"
_WRITTEN = re.compile(
    r"(\d{4}) ?(?:- ?(\d{1,2}) ?- ?(\d{1,2})|/ ?(\d{1,2}) ?/ ?(\d{1,2})|\. ?(\d{1,2}) ?\. ?(\d{1,2})"
    r"|年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号])(?:[T ]" + _CLOCK + ")?"
    r"|(\d{4})(\d\d)(\d\d)(?:[T ]" + _CLOCK + ")?",
    re.ASCII,
)
_PART = re.compile(r"(\d{4}) ?(?:[-/.年] ?(\d{1,2}) ?月?|年)?", re.ASCII)
"""A month or a year: 2024年3月, 2024-03, 2024."""
CHINA = dt.timezone(dt.timedelta(hours=8))
"""The clocks of China: a midnight of another zone may be another day there."""


class Written(NamedTuple):
    """A day as it stands in a text, with the time behind it; ``clock`` is hours and minutes, None without a time."""

    day: dt.date
    clock: tuple[int, int] | None
    zone: str


def parse_date(on: object) -> dt.date:
    """Return the day that is meant.

    Args:
        on: a date; a date with the time of midnight (``datetime``, pandas ``Timestamp``, NumPy ``datetime64``, without
            a time zone or with that of China); or one of 2019-06-01, 2019/6/1, 2019.6.1, 20190601, 2019年6月1日.

    Raises:
        InputError: it is no day of the calendar (NaT, a week, a month), is a moment of a day, is written otherwise, or
            lies before ``limits.FIRST_DAY`` or after ``limits.LAST_DAY``.
    """
    require_no_bytes(on, t("date"), "2019-06-01")
    if isinstance(on, str):
        return _of_text(on)
    if isinstance(on, dt.date):
        return _of_date(on)
    if type(on).__name__ == "datetime64":  # NumPy's, which is not brought here; its item is a date, or None for NaT
        found = on.astype("datetime64[us]").item()  # type: ignore[attr-defined]
        if isinstance(found, dt.date):
            return _of_date(found)
    # A year as a number, or a month of pandas, is told as its text is.
    may_be_part = isinstance(on, numbers.Integral) or type(on).__name__ == "Period"
    raise (_not_one_day(str(on)) if may_be_part else None) or not_a_date(on)


def read_date(text: str) -> Written | None:
    """Return the day that a text writes, and the time behind it; None where it writes a month, a year or no date.

    Raises:
        InputError: there is no such day, or it lies outside the days that can be asked about.
    """
    match = _WRITTEN.fullmatch(_plain(text))
    if match is None:
        return None
    found = [one for one in match.groups()[:9] if one is not None] or list(match.groups()[12:15])
    hours, minutes, zone = match.groups()[9:12] if match[1] else match.groups()[15:18]
    try:
        day = dt.date(*map(int, found))
    except ValueError:
        raise not_a_date(text) from None
    return Written(within(day, text), None if hours is None else (int(hours), int(minutes)), zone or "")


def first_day_of(text: str) -> dt.date | None:
    """Return the first day of the month or the year that a text writes, None where it writes neither.

    Raises:
        InputError: there is no such month, or it lies outside the days that can be asked about.
    """
    match = _PART.fullmatch(_plain(text))
    if match is None:
        return None
    try:
        first = days(f"{match[1]}-{int(match[2]):02}" if match[2] else match[1]).first
    except ValueError:
        raise not_a_date(text) from None
    return within(first, text)


def within(day: dt.date, given: object) -> dt.date:
    """Return a day that can be asked about.

    Args:
        day: the day.
        given: how it was written.

    Raises:
        InputError: it lies before the first or after the last of them: a slip of the pen (0019, 3019).
    """
    if FIRST_DAY <= day <= LAST_DAY:
        return day
    raise InputError(
        "'{given}' is too early or too late to ask about: give a day from {first} to {last}",
        given=_shown(given), first=FIRST_DAY.isoformat(), last=LAST_DAY.isoformat(),
    )  # fmt: skip


def not_a_date(on: object) -> InputError:
    """Return the error for what is no day, or could be several (6/1/2019)."""
    return InputError("'{given}' is not a date: write YYYY-MM-DD, such as 2019-06-01", given=_shown(on))


def _of_text(text: str) -> dt.date:
    written = read_date(text)
    if written is None:
        raise _not_one_day(text) or not_a_date(text)
    if written.zone and written.zone.replace(":", "") != "+0800":
        raise _in_a_zone(text, written.day)
    if written.clock not in {None, (0, 0)}:
        raise _moment(text, written.day)
    return written.day


def _not_one_day(text: str) -> InputError | None:
    """Return the error for a month or a year, None for what is neither."""
    first = first_day_of(text)
    if first is None:
        return None
    return InputError(
        "'{given}' is not one day, and rules may change within it: give the day, such as {day}",
        given=_shown(text), day=first.isoformat(),
    )  # fmt: skip


def _of_date(on: dt.date) -> dt.date:
    if not isinstance(on, dt.datetime):
        return within(on, on)
    if on != on:  # NaT calls itself a datetime
        raise not_a_date(on)
    if on.tzinfo is not None and on.utcoffset() != CHINA.utcoffset(None):
        raise _in_a_zone(on, on.date())
    if on.time() != dt.time():
        raise _moment(on, on.date())
    return within(on.date(), on)


def _in_a_zone(given: object, day: dt.date) -> InputError:
    return InputError(
        "'{given}' has a time zone, and its day may be another in China: give the day, such as {day}",
        given=_shown(given), day=day.isoformat(),
    )  # fmt: skip


def _moment(given: object, day: dt.date) -> InputError:
    return InputError(
        "'{given}' is a moment and not a day: give its day, such as {day}", given=_shown(given), day=day.isoformat()
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _shown(given: object) -> str:
    return " ".join(str(given).split())[:40]

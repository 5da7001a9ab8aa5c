"""The one reader of dates, for Python, the command line, tables of sites and pages: as people and libraries write them.

Everything that takes a date takes a day. A time may stand behind it: the day counts, that in China where the time has a
zone. A month or a year alone is read here too; what it means in a cell is decided by ``screening.cell_values``.
"""

from __future__ import annotations

import datetime as dt
import numbers
import re
import unicodedata

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.limits import FIRST_DAY, LAST_DAY
from regionmap.model.partial_date import days
from regionmap.rules.reading.texts import require_no_bytes

_CLOCK = r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?| ?([Zz]|[+-]\d\d(?::?\d\d)?))?"
_WRITTEN = re.compile(
    r"(\d{4}) ?(?:- ?(\d{1,2}) ?- ?(\d{1,2})|/ ?(\d{1,2}) ?/ ?(\d{1,2})|\. ?(\d{1,2}) ?\. ?(\d{1,2})"
    r"|年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号])(?:[T ]" + _CLOCK + ")?"
    r"|(\d{4})(\d\d)(\d\d)(?:[T ]" + _CLOCK + ")?",
    re.ASCII,
)
_PART = re.compile(r"(\d{4}) ?(?:[-/.年] ?(\d{1,2}) ?月?|年)?", re.ASCII)
"""A month or a year: 2024年3月, 2024-03, 2024."""
CHINA = dt.timezone(dt.timedelta(hours=8))
"""The clocks of China: a moment of another zone may lie in another day there."""
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_DAY_ZERO = dt.date(1899, 12, 30)
"""Spreadsheets count days from here: 43617 is 2019-06-01."""


def parse_date(on: object) -> dt.date:
    """Return the day that is meant.

    Args:
        on: a date; a moment (``datetime``, pandas ``Timestamp``, NumPy ``datetime64``), of which the day counts, with a
            time zone the day in China at that moment; or a text: 2019-06-01, 2019/6/1, 2019.6.1, 20190601 or
            2019年6月1日, with a time behind it or not (2019-06-01 08:00, 2019-06-01T08:00:00Z).

    Raises:
        InputError: it is no day of the calendar (NaT, a week, a month), is written otherwise, or lies before
            ``limits.FIRST_DAY`` or after ``limits.LAST_DAY``.
    """
    require_no_bytes(on, t("date"), "2019-06-01")
    if isinstance(on, str):
        return _of_text(on)
    if isinstance(on, dt.date):
        return _of_date(on)
    of_numpy = type(on).__name__ == "datetime64"  # not brought here; its item is a date, or None for NaT
    if of_numpy and not _PART.fullmatch(str(on)):  # 2019-06 and 2019 would become their first days
        found = on.astype("datetime64[us]").item()  # type: ignore[attr-defined]
        if isinstance(found, dt.date):
            return _of_date(found)
    # A year as a number, or a month of NumPy or pandas, is told as its text is.
    may_be_part = isinstance(on, numbers.Integral) or of_numpy or type(on).__name__ == "Period"
    raise (_not_one_day(str(on)) if may_be_part else None) or not_a_date(on)


def read_day(text: str) -> dt.date | None:
    """Return the day that a text writes; None where it writes a month, a year or no date.

    A time may stand behind it. With a time zone the day is the one in China at that moment: midnight there is
    2019-05-31T16:00Z, as programs write 2019-06-01.

    Raises:
        InputError: there is no such day, or it lies outside the days that can be asked about.
    """
    match = _WRITTEN.fullmatch(_plain(text))
    if match is None:
        return None
    found = [one for one in match.groups()[:9] if one is not None] or list(match.groups()[12:15])
    hours, minutes, zone = match.groups()[9:12] if match[1] else match.groups()[15:18]
    try:
        written = dt.date(*map(int, found))
    except ValueError:
        raise not_a_date(text) from None
    within(written, text)
    try:
        day = written if zone is None else _in_china(written, int(hours), int(minutes), zone)
    except (ValueError, OverflowError):  # no such time
        raise not_a_date(text) from None
    return within(day, text)


def _in_china(day: dt.date, hours: int, minutes: int, zone: str) -> dt.date:
    """Return the day in China at a moment of another zone; 24:00 ends a day, and in China's own is still in it."""
    moment = dt.datetime.fromisoformat(f"{day}T{hours % 24:02}:{minutes:02}{zone.upper().replace('Z', '+00:00')}")
    if moment.utcoffset() == CHINA.utcoffset(None):
        return day
    return (moment + dt.timedelta(days=hours // 24)).astimezone(CHINA).date()


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
    """Return the error for what is no day, or could be several (6/1/2019); tells a serial number of a spreadsheet."""
    serial = _serial_day(on)
    if serial is not None:
        return InputError(
            "'{given}' looks like the serial number of a day in a spreadsheet, which would be {day}: format the cells "
            "as dates, or write {day}",
            given=_shown(on), day=serial.isoformat(),
        )  # fmt: skip
    return InputError("'{given}' is not a date: write YYYY-MM-DD, such as 2019-06-01", given=_shown(on))


def _serial_day(on: object) -> dt.date | None:
    """Return the day that a number of five digits stands for in a spreadsheet, None for anything else."""
    text = _plain(str(on))
    if not _SERIAL.fullmatch(text):
        return None
    day = _DAY_ZERO + dt.timedelta(days=int(text[:5]))
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _of_text(text: str) -> dt.date:
    day = read_day(text)
    if day is None:
        raise _not_one_day(text) or not_a_date(text)
    return day


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
    try:
        day = on.date() if on.utcoffset() is None else on.astimezone(CHINA).date()
    except (ValueError, OverflowError):  # a moment at the end of the calendar
        raise not_a_date(on) from None
    return within(day, on)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _shown(given: object) -> str:
    return " ".join(str(given).split())[:40]

"""What the cells of the column of dates mean: a day, with a time behind it or not, or a month or year alone."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from regionmap.rules.reading.dates import CHINA, first_day_of, not_a_date, read_date, within


class CellDate(NamedTuple):
    """The day that a cell is judged on; ``in_part``: it gives a month or a year, and the day is the first of it."""

    day: dt.date
    in_part: bool


def date_of(text: str) -> CellDate:
    """Return the day that a cell means, under whatever heading it stands.

    These are read: 2019-06-01, 2019/6/1, 2019.6.1, 2019年6月1日, 20190601; a time may stand behind. With a time zone
    the day is the one in China: midnight there is 2019-05-31T16:00Z, as programs write 2019-06-01. A month or a year
    counts from its first day.

    Raises:
        InputError: it is no day, could be several (6/1/2019, or two days), or is too early or too late.
    """
    written = read_date(text)
    if written is None:
        first = first_day_of(text)
        if first is None:
            raise not_a_date(text)
        return CellDate(first, in_part=True)
    if written.clock is None or not written.zone:
        return CellDate(written.day, in_part=False)
    hours, minutes = written.clock
    try:
        moment = dt.datetime.fromisoformat(
            f"{written.day}T{hours:02}:{minutes:02}{written.zone.replace('Z', '+00:00')}"
        )
        day = moment.astimezone(CHINA).date()
    except (ValueError, OverflowError):
        raise not_a_date(text) from None
    return CellDate(within(day, text), in_part=False)

"""What the cells of the column of dates mean: a day, with a time behind it or not, or a month or year alone."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from regionmap.rules.reading.dates import first_day_of, not_a_date, read_day


class CellDate(NamedTuple):
    """The day that a cell is judged on; ``in_part``: it gives a month or a year, and the day is the first of it."""

    day: dt.date
    in_part: bool


def date_of(text: str) -> CellDate:
    """Return the day that a cell means, under whatever heading it stands.

    A day is read as everywhere (see ``rules.reading.dates.read_day``). A month or a year counts from its first day.

    Raises:
        InputError: it is no day, could be several (6/1/2019, or two days), or is too early or too late.
    """
    day = read_day(text)
    if day is not None:
        return CellDate(day, in_part=False)
    first = first_day_of(text)
    if first is None:
        raise not_a_date(text)
    return CellDate(first, in_part=True)

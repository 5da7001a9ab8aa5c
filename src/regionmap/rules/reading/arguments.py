"""What a caller gives beside the words for places and industries: dates, choices, and one way to say where."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TypeVar

from regionmap.errors import InputError

E = TypeVar("E", bound=StrEnum)


def parse_date(on: dt.date | str) -> dt.date:
    """Return a date from YYYY-MM-DD; a date stays what it is.

    Raises:
        InputError: the text is no date of the calendar, or written otherwise.
    """
    if isinstance(on, dt.datetime):
        return on.date()
    if isinstance(on, dt.date):
        return on
    try:
        return dt.date.fromisoformat(on) if len(on) == 10 else _bad_date(on)
    except ValueError:
        return _bad_date(on)


def _bad_date(on: str) -> dt.date:
    raise InputError(f"'{on}' is not a date: write YYYY-MM-DD, such as 2019-06-01")


def one_of(kind: type[E], value: str, word: str) -> E:
    """Return the member of an enum that a text names.

    Args:
        kind: the enum.
        value: the text.
        word: what the members are called in the message.

    Raises:
        InputError: none is called so; the message lists them.
    """
    try:
        return kind(value)
    except ValueError:
        raise InputError(f"no {word} is called '{value}': choose from {', '.join(kind)}") from None


def require_one_place(place: object, lon: object, lat: object, area: object = None) -> None:
    """Make sure that a question says where in one way: by a name, by a point, or by an area.

    Raises:
        InputError: no way is given, or more than one.
    """
    ways = [place is not None, lon is not None or lat is not None, area is not None]
    if sum(ways) == 0:
        raise InputError("no place given: name one (保定市, Baoding, 130600), or give --lon and --lat, or --area FILE")
    if sum(ways) > 1:
        raise InputError("more than one place given: a name, or --lon and --lat, or --area FILE, not several")

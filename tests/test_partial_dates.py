"""A printed date means the days that it can mean."""

from __future__ import annotations

import datetime as dt

import pytest

from regionmap.model.partial_date import days


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("2015-06", "2015-06-01", "2015-06-30"),
        ("2015-12", "2015-12-01", "2015-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-06-30", "2015-06-30", "2015-06-30"),
    ],
)
def test_year_month_and_day(printed: str, first: str, last: str) -> None:
    assert days(printed) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "printed", ["", "15", "2015-13", "2015-00", "2015-02-30", "2015-6", "2015/06", "2015-06-30 ", "二〇一五"]
)
def test_what_is_none_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        days(printed)

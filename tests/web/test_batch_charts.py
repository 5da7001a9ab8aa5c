"""The charts of a batch result: lengths and numbers are those of the counts, and names are text."""

from __future__ import annotations

import re
from html import unescape

from regionmap.web.batch import charts


def english(message: str, **values: object) -> str:
    return message.format(**values)


def bars(made: str) -> list[tuple[str, float, str]]:
    """Name, share of the longest and number of every bar."""
    found = re.findall(r'<span title="[^"]*">(.*?)</span><div><div style="width:([\d.]+)%">.*?<b [^>]*>(.*?)</b>', made)
    return [(unescape(name), float(width), number) for name, width, number in found]


def parts(made: str) -> list[tuple[str, int]]:
    return [
        (unescape(words), int(size)) for words, size in re.findall(r'aria-label="([^"]*)" .*?flex-grow:(\d+);', made)
    ]


def test_a_bar_for_each_verdict_and_for_what_was_not_judged() -> None:
    summary = {"rows": 2000, "judged": 1500, "verdicts": {"restricted": 500, "prohibited": 1000}}
    made = charts.by_verdict(summary, "en", english)
    names, widths, numbers = zip(*bars(made), strict=True)
    assert [name.split(" ")[-1] for name in names] == ["Prohibited", "Restricted", "judged"]
    assert widths == (100, 50, 50)
    assert numbers == ("1,000", "500", "500")


def test_provinces_are_stacked_with_most_rows_first() -> None:
    counts = {"<甲>": {"prohibited": 1, "no_rule": 2}, "乙": {"restricted": 12}}
    made = charts.by_province(counts, {"乙": "Yi"}, "en", english)
    assert bars(made) == [("Yi", 100, "12"), ("<甲>", 25, "3")]
    assert [size for _words, size in parts(made)] == [12, 1, 2]
    assert parts(made)[1][0].startswith("<甲>, ")
    assert "<甲>" not in made


def test_nothing_counted_draws_nothing() -> None:
    assert bars(charts.by_province({}, {}, "en", english)) == []

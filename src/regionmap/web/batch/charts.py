"""The charts of a result as HTML: rows by verdict, and by province and verdict, in the colours of the verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from regionmap.output.escape import escaped
from regionmap.web.batch.map import VERDICTS, verdict_words
from regionmap.web.parts import style

Words = Callable[..., str]
_NOT_JUDGED_COLOUR = "#ffffff"
Part = tuple[str, int, str]
"""A part of a bar: its words, how many rows, its colour."""


def by_verdict(summary: Mapping[str, Any], language: str, _: Words) -> str:
    """Return a bar for each verdict that was given, gravest first, and one for the rows without any."""
    parts: list[Part] = [
        (verdict_words(one, language), summary["verdicts"][one], style.COLOURS[one])
        for one in VERDICTS
        if one in summary["verdicts"]
    ]
    if summary["rows"] > summary["judged"]:
        parts.append((_("Not judged"), summary["rows"] - summary["judged"], _NOT_JUDGED_COLOUR))
    return _bars([(part[0], [part]) for part in parts], _("Rows by verdict"))


def by_province(counts: Mapping[str, Mapping[str, int]], names: Mapping[str, str], language: str, _: Words) -> str:
    """Return a stacked bar for each province, the one with most rows first; ``names`` are those in the language."""
    rows = [
        (
            names.get(province, province),
            [
                (verdict_words(one, language), counts[province][one], style.COLOURS[one])
                for one in VERDICTS
                if counts[province].get(one)
            ],
        )
        for province in sorted(counts, key=lambda one: -sum(counts[one].values()))
    ]
    return _bars(rows, _("Rows by province and verdict"))


def _bars(rows: Sequence[tuple[str, Sequence[Part]]], describe: str) -> str:
    """Return bars, one under the other, each with its name before and its number after it; every part is read out."""
    longest = max((sum(count for _words, count, _colour in parts) for _name, parts in rows), default=0) or 1
    made = ""
    for name, parts in rows:
        total = sum(count for _words, count, _colour in parts)
        pieces = ""
        for words, count, colour in parts:
            told = escaped(f"{words}: {count:,}" if words == name else f"{name}, {words}: {count:,}")
            pieces += (
                f'<i role="img" aria-label="{told}" title="{told}" '
                f'style="flex-grow:{count};background:{style.escaped_colour(colour)}"></i>'
            )
        bar = f'<div style="width:{100 * total / longest:.2f}%">{pieces}</div><b aria-hidden="true">{total:,}</b>'
        made += f'<li><span title="{escaped(name)}">{escaped(name)}</span><div>{bar}</div></li>'
    return f'<ul class="rm-bars" aria-label="{escaped(describe)}">{made}</ul>'

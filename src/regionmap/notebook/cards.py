"""Answers as small cards of HTML for a notebook: the brief lines of the command line, with the verdict's colour."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from regionmap.api import Regionmap
from regionmap.i18n import translator
from regionmap.model import Ruling
from regionmap.output.brief.check import check_lines
from regionmap.output.brief.history import history_lines
from regionmap.output.brief.layout import Line
from regionmap.output.brief.lookup import lookup_lines
from regionmap.output.brief.transfer import transfer_lines
from regionmap.output.escape import CHINESE_TAG, marked
from regionmap.output.palette import PALETTE
from regionmap.rules.history.changes import RegionChange
from regionmap.rules.transfer.answers import TransferAnswer
from regionmap.rules.verdict.answers import PlaceAnswer, Verdict
from regionmap.wrapping import fit

if TYPE_CHECKING:
    import pandas as pd

LANGUAGE_SETTING = "REGIONMAP_LANG"
"""The environment variable that chooses the language of cards and maps, as it does for the command line."""
WIDTH = 110
"""Cells of a line in a card."""
MOST_CELL = 60
_STYLES = {"head": "font-weight:600;margin-top:4px", "dim": "opacity:.72", "caveat": "color:#8a5a12"}
_CARD = (
    "border:1px solid #d5dbe0;border-left:6px solid {edge};border-radius:6px;padding:8px 14px;max-width:60em;"
    "line-height:1.5;font-size:13px;white-space:pre-wrap"
)


def language() -> str:
    """Return the language of cards and maps: ``zh``, or ``en`` where the setting says so."""
    return "en" if os.environ.get(LANGUAGE_SETTING, "").strip().lower() == "en" else "zh"


def verdict_card(verdict: Verdict, rm: Regionmap) -> str:
    """Return a verdict as a card."""
    return _card(check_lines(verdict, rm, language(), WIDTH)[:-1], verdict.ruling)


def place_card(answer: PlaceAnswer, rm: Regionmap) -> str:
    """Return a look-up as a card."""
    return _card(lookup_lines(answer, rm, language(), WIDTH)[:-1])


def transfer_card(answer: TransferAnswer, rm: Regionmap) -> str:
    """Return where an industry could go as a card."""
    return _card(transfer_lines(answer, rm, language(), WIDTH)[:-1])


def change_card(change: RegionChange, rm: Regionmap) -> str:
    """Return how a region changed as a card."""
    return _card(history_lines(change, rm, language(), WIDTH)[:-1])


def table_card(title: str, frame: pd.DataFrame, count: int) -> str:
    """Return the first rows of a table as a card.

    Args:
        title: what stands above it.
        frame: the rows to show.
        count: how many there are in all.
    """
    spoken = language()
    head = "".join(f"<th style='text-align:left'>{marked(name, spoken)}</th>" for name in frame.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{marked(_cell(value), spoken)}</td>' for value in row)}</tr>"
        for row in frame.itertuples(index=False)
    )
    more = translator(spoken)("and {count} more", count=count - len(frame)) if count > len(frame) else ""
    return (
        f'<div lang="{_tag()}"><div style="font-weight:600">{marked(title, spoken)}</div>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f'<div style="opacity:.72">{marked(more, spoken)}</div></div>'
    )


def _tag() -> str:
    """Return the language of a card as HTML names it."""
    return CHINESE_TAG if language() == "zh" else "en"


def _cell(value: object) -> str:
    text = "" if value is None or value != value else str(value).removesuffix(" 00:00:00")
    return fit(text, MOST_CELL)


def _card(lines: Iterable[Line], ruling: Ruling | None = None) -> str:
    """Return lines as a card; closing lines, which name options of the command line, are left out by the callers."""
    edge = PALETTE[ruling].line if ruling is not None else "#7f8b95"
    return f'<div lang="{_tag()}" style="{_CARD.format(edge=edge)}">{"".join(_html(one) for one in lines)}</div>'


def _html(line: Line) -> str:
    # The escape leaves spaces at the beginning, which indent.
    if line.style in list(Ruling):
        return _ruled(line.text, Ruling(line.style))
    return f'<div style="{_STYLES.get(line.style, "")}">{marked(line.text, language())}</div>'


def _ruled(text: str, ruling: Ruling) -> str:
    """Return a line that begins with the word of a ruling, which stands on its colour with its sign."""
    colours = PALETTE[ruling]
    word, dot, rest = text.partition(" · ")
    chip = f"background:{colours.fill};color:{colours.ink};border-radius:4px;padding:1px 8px;font-weight:600"
    head = f'<span style="{chip}">{colours.sign} {marked(word, language())}</span>'
    return f"<div>{head}{marked(dot + rest, language())}</div>"

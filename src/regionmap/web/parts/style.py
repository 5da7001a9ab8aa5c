"""The look of the pages: one style sheet, and small pieces of HTML with every value escaped."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from regionmap.model import Text
from regionmap.output.escape import escaped
from regionmap.output.palette import FILLS, PALETTE, css_variables
from regionmap.output.patterns import ALL_PATTERNS

MARKS: dict[str, str] = {ruling.value: one.sign for ruling, one in PALETTE.items()}
"""A sign beside every verdict's word and colour."""

COLOURS = FILLS
"""The plain colour of every verdict, for charts and for points too small for a pattern."""


@dataclass(frozen=True)
class Inks:
    """Colours of the text and the lines of a chart: they are drawn apart from the style sheet."""

    full: str
    soft: str
    grid: str


_INKS = {"light": Inks("#1d2730", "#5d6b76", "#e6eaed"), "dark": Inks("#e9eef2", "#a3b0ba", "#37444f")}


def chart_inks() -> Inks:
    """Return the inks that read on the page as this visitor sees it."""
    return _INKS.get(st.context.theme.type or "light", _INKS["light"])


_SHEET = Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def apply() -> None:
    """Put the style sheet into the page."""
    fills = "".join(f".rm-fill-{name} {{ background: {_swatch(name)}; }}" for name in ALL_PATTERNS)
    inks = "".join(
        f".rm-chip.{name}, .rm-verdict.{name} .word i {{ background: var(--rm-{name}); color: var(--rm-{name}-ink); }}"
        f".rm-verdict.{name} {{ border-left-color: var(--rm-{name}); }}"
        for name in FILLS
    )
    st.html(f"<style>{css_variables()}{_SHEET}{fills}{inks}</style>")


def _swatch(name: str) -> str:
    pattern = ALL_PATTERNS[name]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><defs>{pattern.svg(name)}</defs>'
        f'<rect width="16" height="16" fill="url(#rm-{name})"/></svg>'
    )
    return f"url(data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


def chip(kind: str, words: str) -> str:
    """Return a verdict's word with its sign and colour."""
    mark = f"<i aria-hidden='true'>{MARKS[kind]}</i>" if kind in MARKS else ""
    return f'<span class="rm-chip {kind}">{mark}{escaped(words)}</span>'


def swatch(fill: str, *, circle: bool = False) -> str:
    """Return a small field, or a circle, in a colour or a pattern."""
    kind = "rm-swatch rm-circle" if circle else "rm-swatch"
    if fill in ALL_PATTERNS:
        return f'<span class="{kind} rm-fill-{fill}"></span>'
    return f'<span class="{kind}" style="background:{escaped_colour(fill)}"></span>'


def escaped_colour(value: str) -> str:
    """Return a colour of the form #rrggbb; anything else becomes grey."""
    return value if len(value) == 7 and value[0] == "#" and value[1:].isalnum() else "#999999"


def title(words: str, lead: str = "") -> None:
    """Write the head of a page."""
    st.html(f'<h1 class="rm-title">{escaped(words)}</h1>' + (f'<p class="rm-lead">{escaped(lead)}</p>' if lead else ""))


def head(words: str, count: int | None = None) -> None:
    """Write the head of a section."""
    number = f"<small>{count}</small>" if count is not None else ""
    st.html(f'<h2 class="rm-head">{escaped(words)}{number}</h2>')


def note(words: str) -> None:
    """Write a small remark."""
    st.html(f'<p class="rm-note">{escaped(words)}</p>')


def in_language(text: Text, language: str) -> str:
    """Return the words of one language, escaped."""
    return escaped(text[language])

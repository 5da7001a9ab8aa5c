"""The look of the pages: one style sheet, and small pieces of HTML with every value escaped."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from regionmap.model import Text
from regionmap.output.escape import marked
from regionmap.output.palette import FILLS, PALETTE, css_variables
from regionmap.output.patterns import ALL_PATTERNS
from regionmap.web import state

MARKS: dict[str, str] = {ruling.value: one.sign for ruling, one in PALETTE.items()}
"""A sign beside every verdict's word and colour."""

COLOURS = FILLS
"""The plain colour of every verdict, for charts and for points too small for a pattern."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHEET = Path(__file__).with_name("style.css").read_text(encoding="utf-8")


_MARKS_OF_ENGLISH = (
    '@font-face { font-family: "regionmap marks"; unicode-range: U+B7, U+2013-2014, U+2018-2019, U+201C-201D, U+2026;'
    ' src: local("Helvetica"), local("Arial"), local("Segoe UI"), local("Roboto"), local("Liberation Sans"),'
    ' local("DejaVu Sans"), local("Noto Sans"); }'
)
"""Quotation marks, dashes and dots: as wide as a character in a Chinese font, they would tear English lines apart."""


def apply(language: str) -> None:
    """Put the style sheet into the page; ``language`` is ``zh`` or ``en``."""
    fills = "".join(f".rm-fill-{name} {{ background: {_swatch(name)}; }}" for name in ALL_PATTERNS)
    inks = "".join(
        f".rm-chip.{name}, .rm-verdict.{name} .word i {{ background: var(--rm-{name}); color: var(--rm-{name}-ink); }}"
        f".rm-verdict.{name} {{ border-left-color: var(--rm-{name}); }}"
        for name in FILLS
    )
    marks = _MARKS_OF_ENGLISH if language == "en" else ""
    st.html(f"<style>{marks}{css_variables()}{_SHEET}{fills}{inks}</style>")


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
    return f'<span class="rm-chip {kind}">{mark}{said(words)}</span>'


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
    st.html(f'<h1 class="rm-title">{said(words)}</h1>' + (f'<p class="rm-lead">{said(lead)}</p>' if lead else ""))


def head(words: str, count: int | None = None) -> None:
    """Write the head of a section."""
    st.html(head_html(words, count))


def note(words: str) -> None:
    """Write a small remark."""
    notes([words])


def notes(told: Iterable[str]) -> None:
    """Write small remarks, one under the other."""
    st.html(notes_html(told))


def notes_html(told: Iterable[str]) -> str:
    """Return small remarks."""
    return "".join(f'<p class="rm-note">{said(one)}</p>' for one in told)


def head_html(words: str, count: int | None = None) -> str:
    """Return the head of a section."""
    number = f"<small>{count}</small>" if count is not None else ""
    return f'<h2 class="rm-head">{said(words)}{number}</h2>'


def in_language(text: Text, language: str) -> str:
    """Return the words of one language as ``said`` does."""
    return _days_kept(marked(text[language], language))


def said(value: object) -> str:
    """Return text of the page, escaped; what is left in Chinese on a page in English is marked as Chinese.

    A day is not broken over two lines: browsers break it at its hyphens, which none of the page's fonts prevents.
    """
    return _days_kept(marked(value, state.language()))


def _days_kept(html: str) -> str:
    return _DAY.sub(r'<span class="rm-day">\g<0></span>', html)

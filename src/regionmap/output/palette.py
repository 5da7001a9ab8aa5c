"""The colours of the verdicts: the one place where they stand, for maps, pages, charts and the terminal alike.

To change a colour, change it here. Every view takes it from here: the patterns of the maps (``output/patterns.py``),
the style sheet of the pages through variables (``--rm-restricted``), the charts, and the tables at a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass

from regionmap.model import Ruling


@dataclass(frozen=True, slots=True)
class VerdictColours:
    """What one verdict is drawn with; every colour is ``#rrggbb``.

    Attributes:
        fill: areas, points, bars, and the ground of the verdict's word.
        ink: words on ``fill``, with a contrast of 4.5 and more (WCAG 1.4.3).
        line: drawings over ``fill``, edges and marks on white, with a contrast of 3 and more on white (WCAG 1.4.11).
        paper: the pale ground of what holds for a part only.
        sign: one character beside the word, so that no meaning hangs on the colour alone.
    """

    fill: str
    ink: str
    line: str
    paper: str
    sign: str


# Tol's muted colours in an order that keeps neighbours apart; names on the map carry the meaning too.
REGION_COLOURS = ("#4477aa", "#cc6677", "#ddb94e", "#44aa99", "#aa4499", "#88a943", "#6d5ba6", "#c47f3e")
"""The colours of regions, one after another."""

PALETTE: dict[Ruling, VerdictColours] = {
    Ruling.PROHIBITED: VerdictColours("#8f2340", "#ffffff", "#8f2340", "#f3e3e7", "✕"),
    Ruling.RESTRICTED: VerdictColours("#efb873", "#2b1a05", "#b06f22", "#fdf1e1", "◐"),
    Ruling.DISCOURAGED: VerdictColours("#ecd98b", "#3a3108", "#8d7518", "#faf5dd", "↘"),
    Ruling.UNCLEAR: VerdictColours("#d3d5e8", "#25284f", "#7d81b0", "#f1f2f9", "?"),
    Ruling.ENCOURAGED: VerdictColours("#5fb3a1", "#06281f", "#0f5f50", "#e2f2ee", "+"),
    Ruling.NO_RULE: VerdictColours("#e6e8ea", "#2b3640", "#7f8b95", "#f6f7f6", "–"),
}
"""One ladder of lightness: told apart with every common colour blindness, and in grey."""

FILLS: dict[str, str] = {ruling.value: one.fill for ruling, one in PALETTE.items()}
"""The plain colour of every verdict by its word, for charts and for points too small for a pattern."""


def css_variables() -> str:
    """Return the style sheet's variables: ``--rm-prohibited``, and the same with ``-ink``, ``-line`` and ``-paper``."""
    lines = (
        f"--rm-{ruling.value}: {one.fill}; --rm-{ruling.value}-ink: {one.ink}; "
        f"--rm-{ruling.value}-line: {one.line}; --rm-{ruling.value}-paper: {one.paper};"
        for ruling, one in PALETTE.items()
    )
    return f":root {{ {' '.join(lines)} }}"


def terminal_style(ruling: Ruling) -> str:
    """Return the style of a verdict's word for rich, which finds the nearest colours that a terminal has."""
    return f"bold {PALETTE[ruling].ink} on {PALETTE[ruling].fill}"

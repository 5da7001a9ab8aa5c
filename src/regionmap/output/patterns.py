"""What areas are filled with on the maps: colours with a drawing, so that no meaning hangs on the colour alone.

The colours of the verdicts come from ``output/palette.py``; those of pilots, lists and destinations stand here.
"""

from __future__ import annotations

from dataclasses import dataclass

from regionmap.model import Ruling
from regionmap.output.palette import PALETTE


@dataclass(frozen=True)
class Pattern:
    """A colour with a drawing in ``ink`` over it, so that no meaning hangs on the colour alone."""

    colour: str
    ink: str
    drawing: str
    size: int = 8

    def svg(self, name: str) -> str:
        """Return the SVG pattern element."""
        return (
            f'<pattern id="rm-{name}" width="{self.size}" height="{self.size}" patternUnits="userSpaceOnUse">'
            f'<rect width="{self.size}" height="{self.size}" fill="{self.colour}"/>'
            f'<g stroke="{self.ink}" fill="{self.ink}">{self.drawing}</g></pattern>'
        )


_HATCH = '<path d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4" stroke-width="1.1"/>'
_BACK_HATCH = '<path d="M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4" stroke-width="1.1"/>'
_DOTS = '<circle cx="2" cy="2" r="1.1" stroke="none"/><circle cx="6" cy="6" r="1.1" stroke="none"/>'
_CROSS = '<path d="M4,1.5 v5 M1.5,4 h5" stroke-width="1.2"/>'
_BIG_CROSS = '<path d="M4,1 v6 M1,4 h6" stroke-width="1.5"/>'
_DASHES = '<path d="M1,4 h6" stroke-width="1.6"/>'
_CROSSING = '<path d="M1.5,1.5 L6.5,6.5 M6.5,1.5 L1.5,6.5" stroke-width="1.5"/>'
_BANDS = '<path d="M0,2 h8" stroke-width="4" fill="none"/>'
_WIDE_HATCH = '<path d="M-3,3 l6,-6 M0,12 l12,-12 M9,15 l6,-6" stroke-width="3"/>'
_WIDE_BACK_HATCH = '<path d="M-3,9 l6,6 M0,0 l12,12 M9,-3 l6,6" stroke-width="3"/>'
_LATTICE = '<path d="M0,0 l8,8 M0,8 l8,-8" stroke-width="1"/>'
_RINGS = '<circle cx="4" cy="4" r="2" fill="none" stroke-width="1.3"/>'
_WIDE_CROSS = '<path d="M6,2.5 v7 M2.5,6 h7" stroke-width="2.6"/>'
_ARROWS = '<path d="M2,1.5 L5.5,4 L2,6.5" fill="none" stroke-width="1.3"/>'


def _whole(ruling: Ruling, drawing: str = "") -> Pattern:
    return Pattern(PALETTE[ruling].fill, PALETTE[ruling].line, drawing)


def _part(ruling: Ruling, drawing: str, size: int = 8) -> Pattern:
    """For a part of the place or of the industry only: the drawing in large, on paper."""
    return Pattern(PALETTE[ruling].paper, PALETTE[ruling].line, drawing, size)


def _lapsed(ruling: Ruling, drawing: str) -> Pattern:
    """In force, but a stricter rule has lapsed: the drawing of the one on the colour of what is unclear."""
    return Pattern(PALETTE[Ruling.UNCLEAR].fill, PALETTE[ruling].line, drawing)


PATTERNS: dict[str, Pattern] = {
    "prohibited": _whole(Ruling.PROHIBITED),
    "restricted": _whole(Ruling.RESTRICTED, _HATCH),
    "discouraged": _whole(Ruling.DISCOURAGED, _BACK_HATCH),
    "unclear": _whole(Ruling.UNCLEAR, _DOTS),
    "encouraged": _whole(Ruling.ENCOURAGED, _CROSS),
    "no_rule": _whole(Ruling.NO_RULE),
    "prohibited-part": _part(Ruling.PROHIBITED, _BANDS),
    "restricted-part": _part(Ruling.RESTRICTED, _WIDE_HATCH, 12),
    "discouraged-part": _part(Ruling.DISCOURAGED, _WIDE_BACK_HATCH, 12),
    "unclear-part": _part(Ruling.UNCLEAR, _RINGS),
    "encouraged-part": _part(Ruling.ENCOURAGED, _WIDE_CROSS, 12),
    "restricted-lapsed": _lapsed(Ruling.RESTRICTED, _HATCH),
    "discouraged-lapsed": _lapsed(Ruling.DISCOURAGED, _BACK_HATCH),
    "unclear-lapsed": Pattern(PALETTE[Ruling.UNCLEAR].fill, PALETTE[Ruling.PROHIBITED].line, _LATTICE),
}

# Pilots in one colour, away from those of the verdicts; the weaker the standing, the lighter.
PILOT_PATTERNS: dict[str, Pattern] = {
    "pilot-accepted": Pattern("#3f6fa3", "#ffffff", _CROSS),
    "pilot": Pattern("#3f6fa3", "#3f6fa3", ""),
    "pilot-unsure": Pattern("#8fb0d2", "#2c5484", _DOTS),
    "pilot-ended": Pattern("#c3c8cd", "#66707a", _BACK_HATCH),
    "pilot-mentioned": Pattern("#f4f7fa", "#6f95bd", _HATCH),
}

# What became of a place between two lists of a region.
CHANGE_PATTERNS: dict[str, Pattern] = {
    "joined": Pattern("#8fb8de", "#1f4f7d", _BIG_CROSS),
    "left": Pattern("#f0c3c9", "#a3384a", _DASHES),
    "moved": Pattern("#ddb94e", "#5e4a0a", _ARROWS),
    "stayed": Pattern("#c3c9ce", "#c3c9ce", ""),
}

# Destinations of an industry by tier: free, with rules against it, under a ban.
TRANSFER_PATTERNS: dict[str, Pattern] = {
    "to-named": Pattern("#2f7f6d", "#2f7f6d", ""),
    "to-named-against": Pattern("#2f7f6d", "#f3c27a", _HATCH),
    "to-named-banned": Pattern("#2f7f6d", "#ffffff", _CROSSING),
    "to-class": Pattern("#b5dccf", "#b5dccf", ""),
    "to-class-against": Pattern("#b5dccf", "#a05f14", _HATCH),
    "to-class-banned": Pattern("#b5dccf", PALETTE[Ruling.PROHIBITED].line, _CROSSING),
}

# Local law that is loaded for a place, beside national law, which is loaded for all.
COVERAGE_PATTERNS: dict[str, Pattern] = {
    "law-city": Pattern("#3f6fa3", "#3f6fa3", ""),
    "law-province": Pattern("#a9c3de", "#3f6fa3", _WIDE_HATCH, 12),
    "law-city-only": Pattern("#a9c3de", "#3f6fa3", _WIDE_CROSS, 12),
    "law-none": Pattern("#eceeef", "#eceeef", ""),
}

ALL_PATTERNS = PATTERNS | PILOT_PATTERNS | CHANGE_PATTERNS | TRANSFER_PATTERNS | COVERAGE_PATTERNS

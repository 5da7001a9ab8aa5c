"""What areas are filled with on the maps: colours with a drawing, so that no meaning hangs on the colour alone."""

from __future__ import annotations

from dataclasses import dataclass


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

# Colours of one lightness ladder, told apart with every common colour blindness, on white and on dark paper.
PATTERNS: dict[str, Pattern] = {
    "prohibited": Pattern("#8f2340", "#8f2340", ""),
    "restricted": Pattern("#efb873", "#b06f22", _HATCH),
    "discouraged": Pattern("#ecd98b", "#8d7518", _BACK_HATCH),
    "unclear": Pattern("#d3d5e8", "#7d81b0", _DOTS),
    "encouraged": Pattern("#5fb3a1", "#0f5f50", _CROSS),
    "no_rule": Pattern("#e6e8ea", "#e6e8ea", ""),
    # For a part of the place or of the industry only: the drawing in large, on paper.
    "prohibited-part": Pattern("#f3e3e7", "#8f2340", _BANDS),
    "restricted-part": Pattern("#fdf1e1", "#d0893a", _WIDE_HATCH, 12),
    "discouraged-part": Pattern("#faf5dd", "#b39a2e", _WIDE_BACK_HATCH, 12),
    "unclear-part": Pattern("#f1f2f9", "#7d81b0", _RINGS),
    "encouraged-part": Pattern("#e2f2ee", "#2f8a76", _WIDE_CROSS, 12),
    # In force, but a stricter rule has lapsed: the drawing of the one on the colour of what is unclear.
    "restricted-lapsed": Pattern("#d3d5e8", "#c06a12", _HATCH),
    "discouraged-lapsed": Pattern("#d3d5e8", "#8d7518", _BACK_HATCH),
    "unclear-lapsed": Pattern("#d3d5e8", "#8f2340", _LATTICE),
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
    "to-class-banned": Pattern("#b5dccf", "#8f2340", _CROSSING),
}

# Local law that is loaded for a place, beside national law, which is loaded for all.
COVERAGE_PATTERNS: dict[str, Pattern] = {
    "law-city": Pattern("#3f6fa3", "#3f6fa3", ""),
    "law-province": Pattern("#a9c3de", "#3f6fa3", _WIDE_HATCH, 12),
    "law-city-only": Pattern("#a9c3de", "#3f6fa3", _WIDE_CROSS, 12),
    "law-none": Pattern("#eceeef", "#eceeef", ""),
}

ALL_PATTERNS = PATTERNS | PILOT_PATTERNS | CHANGE_PATTERNS | TRANSFER_PATTERNS | COVERAGE_PATTERNS

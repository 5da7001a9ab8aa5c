"""The map of a report as a PNG, for Word: names are numbers in it, since no font for Chinese is bundled."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from regionmap.output.patterns import PATTERNS
from regionmap.output.report.drawing import HEIGHT, WIDTH, Drawing

_SCALE = 2
_INK, _LINE, _SEA = "#1d2730", "#9aa5ad", "#f4f8fb"


def png_of(drawing: Drawing) -> tuple[bytes, tuple[tuple[int, str], ...]]:
    """Return the bytes of a PNG, and the numbers in it with the names that they stand for."""
    image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), _SEA)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(11 * _SCALE)
    for one in drawing.counties:
        fill = PATTERNS[one.kind].colour if one.kind in PATTERNS else "#ffffff"
        line = _INK if one.kind else _LINE
        for ring in one.rings:
            corners = [(x * _SCALE, y * _SCALE) for x, y in ring]
            # Rings after the first are further parts or holes; a hole is another county, which is drawn in its turn.
            draw.polygon(corners, fill=fill, outline=line, width=2 if one.kind else 1)
    keys = tuple(enumerate((name.text for name in drawing.names), 1))
    for number, name in enumerate(drawing.names, 1):
        at = (name.x * _SCALE, name.y * _SCALE)
        draw.text(at, str(number), _INK, font, "mm", stroke_width=4, stroke_fill="#ffffff")
    if drawing.point is not None:
        x, y = (part * _SCALE for part in drawing.point)
        draw.ellipse((x - 11, y - 11, x + 11, y + 11), "#ffffff", _INK, 4)
        draw.ellipse((x - 4, y - 4, x + 4, y + 4), _INK)
    bar, km = drawing.scale
    low = (HEIGHT - 14) * _SCALE
    draw.line((28, low, 28 + bar * _SCALE, low), _INK, 5)
    draw.text((28, low - 12), f"{km} km", _INK, font, "ls", stroke_width=3, stroke_fill="#ffffff")
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue(), keys

"""Text for a map, whatever is in it."""

from __future__ import annotations

_PLAIN = frozenset(" ,.;:!?%+=@()[]/-–—·…、，。；：！？（）《》〈〉「」『』〔〕【】“”‘’→↓↑≤≥～")


def escaped(value: object) -> str:
    """Return text that is safe in HTML, in an attribute and in a script: all but plain characters become entities."""
    return "".join(
        one if one.isalnum() or one in _PLAIN else f"&#{ord(one)};" for one in str(value) if one.isprintable()
    )

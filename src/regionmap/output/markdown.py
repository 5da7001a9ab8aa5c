"""Text in Markdown that is shown as it is, whatever is in it."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_BEGINNING = re.compile(r"^([-+=]|\d+(?=[.)]))")


def markdown(text: str) -> str:
    """Return text on one line that Markdown shows as it is: marks are escaped, also those that begin a list."""
    return _BEGINNING.sub(
        lambda one: f"\\{one[0]}" if one[0] in "-+=" else one[0], _MARKS.sub(r"\\\1", " ".join(text.split()))
    )

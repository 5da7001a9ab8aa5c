"""The one place that makes text of any origin fit for a terminal, a log and a message.

Names of files and columns, cells, texts of an overlay and words of a URL may hold escape sequences, which move a
cursor or rename a window, and marks of direction, which show words in another order than they have. Neither is ever
printed as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

_UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls of C0 and C1, escape among them; line feed and tabulator stay
    r"\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # marks that nobody sees
    r"\ud800-\udfff\U000e0000-\U000e0fff"  # halves of characters, tags
)
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks of direction: with them a line reads otherwise than it is written."""
SHOWN = "\ufffd"
"""What stands for a character that is not printed, so that one sees that something was there."""


@cache
def _control() -> re.Pattern[str]:
    return re.compile(f"[{_UNSEEN}]")  # late: most commands meet none


def visible(text: str) -> str:
    """Return text whose lines any terminal shows as they are: other controls become ``SHOWN``.

    >>> visible(f"a{chr(27)}[2Jb") == f"a{SHOWN}[2Jb"
    True
    """
    return text if text.isprintable() else _control().sub(SHOWN, text.replace("\r\n", "\n"))


def one_line(words: object) -> str:
    """Return words on one line that any terminal shows: a name may hold line breaks, or bytes that are no text.

    >>> one_line(f"a{chr(10)} b")
    'a b'
    """
    plain = str(words).encode("utf-8", "backslashreplace").decode()
    return " ".join((plain if plain.isprintable() else _control().sub(" ", plain)).split())


def printed(lines: Iterable[str]) -> str:
    """Return lines for a plain stream, each of them cleaned and ended."""
    return "".join(f"{visible(one)}\n" for one in lines)


def json_text(value: Any, *, indent: int | None = 1) -> str:
    """Return JSON in Chinese as it is written, in which controls and marks of direction are escaped."""
    return visible_json(json.dumps(value, ensure_ascii=False, indent=indent))


def visible_json(written: str) -> str:
    """Return JSON, or a part of it, that means the same and that any terminal shows: other characters are escaped."""
    if written.isprintable():
        return written
    return _control().sub(lambda one: json.dumps(one[0])[1:-1], written)

"""A code and a name in one word, as people write them: C3110炼铁, 炼铁3110, 炼铁（3110）, 3110-炼铁; and 3110.0."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CODE = r"(?P<code>(?:[A-Ta-t]\s*)?\d{2,4})"
_BETWEEN = r"(?P<between>\s*[-—–_:、.,/|;]?\s*[(\[【]?\s*)"
_CODE_FIRST = re.compile(rf"[(\[【]?{_CODE}[)\]】]?{_BETWEEN}(?P<name>[^\d\s].*?)[)\]】]?")
_NAME_FIRST = re.compile(rf"(?P<name>[^\d\s].*?){_BETWEEN}{_CODE}\s*[)\]】]?")
_DECIMAL = re.compile(r"(\d{2,4})\.0+")
"""A code that was a decimal number on its way: 3110.0."""


def taken_apart(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield how a text (NFKC) may be a code and a name, and whether it is sure that the digits are a code.

    They are with the letter of their section before them, but for digits that a name may end in (某项目C2022).
    """
    for pattern in (_CODE_FIRST, _NAME_FIRST):
        match = pattern.fullmatch(text)
        if match is not None:
            code = "".join(match["code"].split())
            yield code, match["name"].strip(), code[0].isalpha() and (pattern is _CODE_FIRST or bool(match["between"]))


def whole_code(text: str) -> str:
    """Return a code without the decimals that a spreadsheet gave it; any other text as it is."""
    match = _DECIMAL.fullmatch(text)
    return match[1] if match is not None else text

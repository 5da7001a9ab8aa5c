"""What a spreadsheet would run: cells that begin as a formula does."""

from __future__ import annotations

import re
from typing import Any

FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
"""What a spreadsheet takes for the start of a formula, full-width signs too; for ``re`` and for Arrow's RE2."""
_FORMULA = re.compile(FORMULA)


def harmless(value: Any) -> Any:
    """Return a table cell that a spreadsheet will not run as a formula: ' goes before text that begins as one."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value

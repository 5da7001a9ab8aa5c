"""Cells that a spreadsheet will not run as formulas: one at a time, or a column at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_START = r"^[=+\-@\t\r\n＝＋－＠]"
"""What a spreadsheet takes for the start of a formula, full-width signs too; for ``re`` and for Arrow's RE2."""
_FORMULA = re.compile(_START)
_NUMBER = r"^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$"


def harmless(value: Any) -> Any:
    """Return a table cell that a spreadsheet will not run as a formula: ' goes before text that begins as one."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def harmless_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column of strings in which no spreadsheet finds a formula: ' goes before; plain numbers stay."""
    import pyarrow.compute as pc

    risky = pc.and_(pc.match_substring_regex(column, _START), pc.invert(pc.match_substring_regex(column, _NUMBER)))
    if not pc.any(risky).as_py():
        return column
    return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)

"""Names of files that are made from words of others: one name, which no system reads as a path or a device."""

from __future__ import annotations

import re

from regionmap.printable import one_line

_SIGNS = re.compile(r'[\\/:*?"<>|]')
"""What parts folders, drives and streams, or what Windows takes in no name."""
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?= *(\.|$))", re.IGNORECASE)
"""Names that Windows gives to devices, whatever ending stands behind them."""
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,12}$")
_NAMELESS = "file"


def plain_name(words: str, most_bytes: int | None = None) -> str:
    r"""Return words as the name of a file that means no more than itself, on every system.

    Signs of folders, drives and patterns become ``-``; controls and marks that nobody sees become blanks, which go at
    both ends, as dots do, and lines at the beginning. The name of a device gets a low line.

    Args:
        words: what somebody called the file.
        most_bytes: in UTF-8; a longer name is cut before its ending. None leaves its length.

    >>> plain_name("..\\..\\C:sites.csv"), plain_name("con.csv"), plain_name("..")
    ('C-sites.csv', 'con_.csv', 'file')
    """
    name = _SIGNS.sub("-", one_line(words)).lstrip(" .-").rstrip(" .")
    name = _DEVICE.sub(r"\1_", name, count=1) if _DEVICE.match(name) else name
    if most_bytes is not None and len(name.encode()) > most_bytes:
        found = _ENDING.search(name)
        ending = found[0] if found else ""
        stem = name.removesuffix(ending).encode()[: most_bytes - len(ending)]
        name = stem.decode(errors="ignore").rstrip(" .") + ending
    return name or _NAMELESS

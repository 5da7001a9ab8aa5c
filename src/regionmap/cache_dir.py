"""The folder in which what takes time to make is kept for the next start: the checked catalogue, the place index.

``REGIONMAP_CACHE`` names another folder, or ``off`` for none.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

SETTING = "REGIONMAP_CACHE"


def folder() -> Path | None:
    """Return the folder, which may not exist yet; None where nothing is to be kept."""
    named = os.environ.get(SETTING)
    if named == "off":
        return None
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "regionmap" if base else None
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "regionmap"
    except RuntimeError:
        return None


def is_ours(path: Path) -> bool:
    """Whether this user wrote a file; what another user could have put there is not read."""
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()

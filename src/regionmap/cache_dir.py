"""The folder in which what takes time to make is kept for the next start: the checked catalogue, the place index.

``REGIONMAP_CACHE`` names another folder, or ``off`` for none; without it, it is where the system keeps such things:
``~/.cache/regionmap``, ``~/Library/Caches/regionmap``, or ``regionmap/Cache`` in ``%LOCALAPPDATA%``.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from collections.abc import Callable
from pathlib import Path

from regionmap.whole_file import whole_file

SETTING = "REGIONMAP_CACHE"
_HALF = re.compile(r"\.regionmap-[0-9a-f]{12}.*")
"""What ``whole_file`` writes under, which a run that was killed leaves behind."""
_DAY_S = 86_400


def folder() -> Path | None:
    """Return the folder, which may not exist yet; None where nothing is to be kept."""
    named = os.environ.get(SETTING)
    if named == "off":
        return None
    if named:
        return Path(named)
    from platformdirs import user_cache_dir  # here: an installation has its catalogue, and asks for no folder

    try:
        usual = Path(user_cache_dir("regionmap", appauthor=False))
    except RuntimeError:
        return None  # a user without a home
    return usual if usual.is_absolute() else None


def is_ours(path: Path) -> bool:
    """Whether this user wrote a file; what another user could have put there is not read."""
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()


def keep(path: Path, write: Callable[[Path], None], *, like: str, most: int) -> None:
    """Keep a file in the folder, for this user alone, and drop the oldest of its kind; where that fails, keep nothing.

    Args:
        path: the file, in a folder that may not exist yet.
        write: writes it under the name that it is given; no other process ever meets a part of it.
        like: the pattern of the names of its kind, ``grid-*.npz``.
        most: how many of its kind stay, with this one.
    """
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(path.parent)
        with whole_file(path, private=True) as temporary:
            write(temporary)
        found = sorted(path.parent.glob(like), key=lambda one: (one == path, one.stat().st_mtime))
        for old in found[:-most]:
            old.unlink()


def _sweep(folder: Path) -> None:
    """Remove what killed runs of this user left half written more than a day ago; no link is followed or removed."""
    for one in folder.iterdir():
        if _HALF.fullmatch(one.name):
            with contextlib.suppress(OSError):  # another run has removed it
                found = one.lstat()
                own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
                if stat.S_ISREG(found.st_mode) and own and time.time() - found.st_mtime > _DAY_S:
                    one.unlink()

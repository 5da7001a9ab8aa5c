"""Where a file is to be written: what can be said before anything is made."""

from __future__ import annotations

from pathlib import Path

from regionmap.errors import InputError


def check_target(path: Path, usual: str) -> None:
    """See that a file can have this path; ``usual`` is a name to offer where it is a folder.

    Raises:
        InputError: its folder is not there, or it is a folder itself.
    """
    if not path.parent.is_dir():
        raise InputError(f"no folder {path.parent}: make it first, or choose another for {path.name}")
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a file in it, such as {path / usual}")

"""Where a file is to be written: what can be said before anything is made."""

from __future__ import annotations

from pathlib import Path

from regionmap.errors import InputError, why
from regionmap.i18n import t


def check_target(path: Path, usual: str) -> None:
    """See that a file can have this path; ``usual`` is a name to offer where it is a folder.

    Raises:
        InputError: its folder is not there, or it is a folder itself, a device or a pipe; no file can be called so.
    """
    if "\0" in str(path):
        raise InputError("{path} cannot be written: {why}", path=path, why=t("no name holds a null character"))
    try:
        _check_target(path, usual)
    except OSError as error:  # a name that is too long, a link to itself, a folder around it that may not be read
        raise InputError("{path} cannot be written: {why}", path=path, why=why(error)) from None


def _check_target(path: Path, usual: str) -> None:
    if not path.parent.is_dir():
        raise InputError(
            "no folder {folder}: make it first, or choose another for {file}", folder=path.parent, file=path.name
        )
    if path.is_dir():
        raise InputError("{path} is a folder: name a file in it, such as {example}", path=path, example=path / usual)
    check_plain(path)


def check_plain(path: Path) -> None:
    """See that what stands at a path, if anything does, is a plain file: a device or a pipe would be replaced by one.

    Raises:
        InputError: it is none.
    """
    if path.exists() and not path.is_file():
        raise InputError("{path} is a device or a pipe, no plain file: name a file to write", path=path)

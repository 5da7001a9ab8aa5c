"""Files that are whole or not there: written under another name beside the target, then renamed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from regionmap.target import check_plain


@contextlib.contextmanager
def whole_file(path: Path, *, folder: Path | None = None, private: bool = False) -> Iterator[Path]:
    """Give a name to write under; what stands there at the end of the block becomes ``path`` in one step.

    A file that is there already stays as it is until then, and when the block fails. Nothing else is left behind, nor
    what a library puts beside the name that it writes (the journal of a GeoPackage). A link is followed.

    Args:
        path: the file to make. Standard output (``-``) is for the caller to handle.
        folder: where the file grows, on the same disk; beside ``path`` without it.
        private: for this user alone to read and write (0600), from its first byte on.

    Yields:
        A path with the ending of ``path``; with ``private`` an empty file, otherwise nothing stands there yet.

    Raises:
        InputError: ``path`` is a device or a pipe.
        OSError: what the system says to the writing or the renaming.
    """
    check_plain(path)
    target = path.resolve() if path.is_symlink() else path
    temporary = (folder or target.parent) / f".regionmap-{os.urandom(6).hex()}{path.suffix}"
    try:
        if private:
            temporary.touch(0o600, exist_ok=False)
        yield temporary
        temporary.replace(target)
    finally:
        with contextlib.suppress(OSError):
            for left in temporary.parent.glob(f"{temporary.name}*"):
                left.unlink()

"""What a file holds, as one number: by it a run knows that its input is the one that it began with."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class ReadDigest:
    """The digest of a file whose bytes are hashed as they are read: no second reading, where the first was whole."""

    def __init__(self, path: Path) -> None:
        """Begin with nothing read."""
        self._path = path
        self._hash = hashlib.sha256()
        self._stood: tuple[int, ...] = ()
        self._whole = False

    def begin(self, file: IO[bytes]) -> None:
        """Begin at the start of the file, which is opened for reading."""
        self._hash, self._whole = hashlib.sha256(), False
        self._stood = _standing(os.fstat(file.fileno()))

    def update(self, content: bytes) -> None:
        """Take the bytes that come next in the file."""
        self._hash.update(content)

    def end(self) -> None:
        """Say that these were all, and that what was read of them is of use."""
        self._whole = True

    def result(self) -> str:
        """Return the digest that the file has now: hashed anew where it was not read whole, or was touched meanwhile.

        Raises:
            OSError: it cannot be read.
        """
        if self._whole and self._stood == _standing(self._path.stat()):
            return self._hash.hexdigest()
        return digest_of(self._path)


def _standing(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

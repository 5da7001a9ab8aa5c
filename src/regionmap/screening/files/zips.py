"""ZIP files that are opened with care: what they say of their size is checked, and not believed."""

from __future__ import annotations

import copy
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.limits import MOST_PARTS, MOST_RATIO, MOST_UNPACKED, SMALL_UNPACKED
from regionmap.screening.messages import ScreeningError

_BLOCK = 1 << 20


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open a ZIP file after looking at what it says it holds.

    Raises:
        InputError: it is none, is cut short, or would unpack to far more than a table holds (a zip bomb).
    """
    with path.open("rb") as file:
        if file.read(4) == b"\xd0\xcf\x11\xe0":
            raise ScreeningError(
                t(
                    "{file} is an old Excel file by its content, or is protected by a password: save it as .xlsx "
                    "without one, or as CSV",
                    file=path.name,
                )
            )
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        kind = path.suffix[1:].upper()
        raise ScreeningError(
            t("{file} is no {kind} file, or was cut short: save it again", file=path.name, kind=kind)
        ) from None
    try:
        check_archive(path, archive)
    except InputError:
        archive.close()
        raise
    return archive


def check_archive(path: Path, archive: zipfile.ZipFile) -> None:
    """Look at what an opened ZIP file says it holds.

    Raises:
        InputError: it would unpack to far more than a table holds (a zip bomb), or is packed in an unusual way.
    """
    parts = archive.infolist()
    size, packed = sum(one.file_size for one in parts), path.stat().st_size
    if size > MOST_UNPACKED or len(parts) > MOST_PARTS or (size > SMALL_UNPACKED and size > MOST_RATIO * packed):
        raise ScreeningError(
            t(
                "{file} would unpack to {size} MB in {parts} parts from {packed} MB: it is not opened; save the table "
                "as CSV or Parquet",
                file=path.name, size=f"{size / 1e6:,.0f}", parts=f"{len(parts):,}", packed=f"{packed / 1e6:,.1f}",
            )
        )  # fmt: skip
    if any(one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in parts):
        # The other methods unpack without a limit.
        raise ScreeningError(
            t("{file} is packed by a method that is not read: save it again, or as CSV", file=path.name)
        )


def blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Yield a part in blocks of at most a megabyte; one that does not unpack to exactly what it states is an error.

    Args:
        archive: that ``open_zip`` opened.
        part: of it.
        name: of the file, for messages.

    Raises:
        InputError: the part is damaged, is protected by a password, or is larger than it states.
    """
    # zipfile stops at the stated size, where a forged part goes on: asked for one byte more, the forged one gives it.
    trusting = copy.copy(part)
    trusting.file_size, trusting.CRC = part.file_size + 1, cast("int", None)
    size = check = 0
    try:
        with archive.open(trusting) as file:
            while block := file.read(_BLOCK):
                size += len(block)
                if size > part.file_size:
                    break
                check = zlib.crc32(block, check)
                yield block
    except (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        if isinstance(error, InputError):
            raise
        raise _damaged(part, name, str(error)) from None
    if (size, check) != (part.file_size, part.CRC):
        raise _damaged(part, name, "its size or sum is not as stated")


def _damaged(part: zipfile.ZipInfo, name: str, reason: str) -> ScreeningError:
    first = (reason.splitlines() or ["broken off"])[0][:80]
    return ScreeningError(
        t("{file}: {part} in it is damaged ({why}): save the file again", file=name, part=part.filename[:80], why=first)
    )

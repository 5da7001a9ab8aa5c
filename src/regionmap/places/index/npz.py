"""An archive of arrays that ``np.savez`` wrote, mapped into memory rather than read, and each array's sum checked.

To take 84 MB of memory from the system and copy a file into it costs several times as much as to look through the file
where the system holds it; and processes that map one file share it.
"""

from __future__ import annotations

import io
import mmap
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

_LOCAL_HEADER = 30
_LENGTHS = struct.Struct("<26xHH")
"""The header before a member's bytes, up to what it says of the lengths of its name and its extra field."""
_MOST_HEADER = 1 << 12
FAULTS = (OSError, ValueError, KeyError, EOFError, struct.error, zipfile.BadZipFile, NotImplementedError)
"""What is raised of a file that is missing, cut off or damaged."""


def read(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of an archive by their names, not to be written to.

    Raises:
        OSError: there is none. Others of ``FAULTS``: it is not as it was written.
    """
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        found, next_at = {}, 0
        for one in archive.infolist():
            # The list of members has no sum of its own: it must account for every byte before it.
            if one.header_offset != next_at:
                raise zipfile.BadZipFile("a member is missing, or told elsewhere")
            found[one.filename.removesuffix(".npy")], next_at = _member(content, one)
        if next_at != archive.start_dir:
            raise zipfile.BadZipFile("a member is missing")
        if hasattr(mmap, "MADV_DONTNEED"):
            # The sums went through every page; the system keeps them, and this process counts those that it uses.
            content.madvise(mmap.MADV_DONTNEED)
        return found


def _member(content: mmap.mmap, member: zipfile.ZipInfo) -> tuple[NDArray[Any], int]:
    """Return the array of a member, and where it ends."""
    name, extra = _LENGTHS.unpack_from(content, member.header_offset)
    named = member.header_offset + _LOCAL_HEADER
    start = named + name + extra
    end = start + member.file_size
    if member.compress_type != zipfile.ZIP_STORED or end > len(content):
        raise zipfile.BadZipFile("a member is compressed, or cut off")
    if content[named : named + name] != member.orig_filename.encode():
        raise zipfile.BadZipFile("a member has two names")
    with memoryview(content) as whole, whole[start:end] as part:
        if zlib.crc32(part) != member.CRC:
            raise zipfile.BadZipFile("another sum")
    head = io.BytesIO(content[start : min(end, start + _MOST_HEADER)])
    if npy.read_magic(head) != (1, 0):
        raise ValueError("an array of another version")
    shape, by_columns, kind = npy.read_array_header_1_0(head)
    found = np.frombuffer(content, kind, int(np.prod(shape)), start + head.tell())
    found = found.reshape(shape, order="F" if by_columns else "C")
    return (found if found.flags.aligned else found.copy(order="K")), end

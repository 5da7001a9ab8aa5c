"""The quick way through a regular CSV file: Arrow's reader, over a stream that ends in a row of our own."""

from __future__ import annotations

import io
import threading
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv

from regionmap.screening.digests import ReadDigest
from regionmap.screening.files.encodings import Found

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK = 1 << 20
_LAST = "\x1e the end of the file \x1e"
"""The first cell of the row that is put after the last one: where it does not come back, a quote swallowed it."""


class _Utf8(io.RawIOBase):
    """The lines of a text file after its header, as UTF-8."""

    def __init__(self, path: Path, encoding: str, skip: int, tail: str, digest: ReadDigest) -> None:
        self._blocks = _blocks(path, encoding, skip, tail, digest)
        self._rest = memoryview(b"")
        self._turn = threading.Lock()  # Arrow reads ahead in a thread of its own, and may do so while we close

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes: a block of the file as it was read, not copied twice."""
        with self._turn:
            if not self._rest and size >= 0:
                block = next(self._blocks, b"")
                if len(block) == size:
                    return block
                self._rest = memoryview(block)
        return super().read(size)

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer).cast("B")
        filled = 0
        with self._turn:
            while filled < len(target):
                if not self._rest:
                    self._rest = memoryview(next(self._blocks, b""))
                    if not self._rest:
                        break
                part = self._rest[: len(target) - filled]
                target[filled : filled + len(part)] = part
                self._rest = self._rest[len(part) :]
                filled += len(part)
        return filled

    def close(self) -> None:
        with self._turn:
            self._blocks.close()
            super().close()


def quick_tables(
    path: Path, found: Found, skip: int, names: Sequence[str], delimiter: str, digest: ReadDigest | None = None
) -> Generator[pa.Table, None, int | None]:
    """Yield rows of a file as strings; return None after the last, or how many were yielded before an irregular one.

    Args:
        path: the file.
        found: its encoding.
        skip: characters of the header, with the end of its line.
        names: of the columns.
        delimiter: between cells.
        digest: takes what is read, and is told after the last row.
    """
    digest = digest or ReadDigest(path)
    tail = f"\n{_LAST}{delimiter * (len(names) - 1)}\n"
    read = pyarrow.csv.ReadOptions(column_names=list(names), block_size=_BLOCK)
    parse = pyarrow.csv.ParseOptions(
        delimiter=delimiter, quote_char='"' if found.quoted else False, newlines_in_values=found.quoted
    )
    convert = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
    )
    given = 0
    with _Utf8(path, found.encoding, skip, tail, digest) as stream:
        waiting: pa.Table | None = None
        try:
            with pyarrow.csv.open_csv(stream, read_options=read, parse_options=parse, convert_options=convert) as rows:
                for batch in rows:
                    if not batch.num_rows:
                        continue
                    if waiting is not None:
                        yield waiting
                        given += waiting.num_rows
                    waiting = pa.Table.from_batches([batch])
        except pa.ArrowInvalid:
            return given  # a row is too long, too short or too large
        if waiting is None or waiting[names[0]][-1].as_py() != _LAST:
            return given  # a quote is never closed
        if found.encoding.startswith("utf-8"):  # others are read through Python's decoder
            digest.end()
        yield waiting.slice(0, waiting.num_rows - 1)
    return None


def _blocks(path: Path, encoding: str, skip: int, tail: str, digest: ReadDigest) -> Generator[bytes, None, None]:
    # An empty line is no row, and after it a byte order mark in the first cell is no mark.
    with path.open(encoding=encoding, newline="") as file:
        head = file.read(skip)
        if not encoding.startswith("utf-8"):
            yield b"\n"
            while words := file.read(_BLOCK // 4):
                yield words.encode("utf-8")
    if encoding.startswith("utf-8"):
        with path.open("rb") as raw:
            digest.begin(raw)
            digest.update(raw.read(len(head.encode("utf-8")) + 3 * (encoding == "utf-8-sig")))
            block = raw.read(_BLOCK - 1)
            digest.update(block)
            yield b"\n" + block
            while block := raw.read(_BLOCK):
                digest.update(block)
                yield block
    yield tail.encode("utf-8")

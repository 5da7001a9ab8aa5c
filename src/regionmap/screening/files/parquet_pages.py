"""Whether a Parquet file can take no more memory than it says: then it is read here, and else by a process of its own.

Arrow unpacks a page to the size that stands before it, and believes the sums of the footer. Both may be forged, and
some encodings and nested types make rows of which no sum tells. So the heads of all pages are read first, which takes
some microseconds each: Thrift's compact protocol, of which Python's Arrow shows nothing.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from regionmap.limits import BATCH_BYTES, PAGE_BYTES_PER_BYTE

_MOST_PAGES = 20_000
"""Of more pages no look is taken: a file that has them is so large that another process does not delay it."""
_HEAD_BYTES = 8_192
_LARGEST_WORDS = 16_384
"""Bytes of a dictionary of texts that are written out at once: so many, in each row of a batch, are still held."""
_WIDEST_FIXED = 32
_DICTIONARIES = frozenset((2, 8))
_KNOWN = frozenset((0, 2, 3, 4, 5, 6, 8, 9))
"""Encodings by their numbers in Parquet's format; of DELTA_BYTE_ARRAY (7) a few bytes may stand for any text."""
_DATA, _DICTIONARY, _DATA_2 = 0, 2, 3


def takes_what_it_says(path: Path, repeated: frozenset[str]) -> bool:
    """Tell whether every page of a file is as large as it says, and its rows no longer than its pages let expect.

    Args:
        path: the file.
        repeated: the columns of texts that are read with their dictionaries, which are not written out at once.

    Raises:
        OSError, ValueError, ArrowException: it is no Parquet file.
    """
    with pq.ParquetFile(path) as whole, path.open("rb") as file:
        schema, metadata = whole.schema_arrow, whole.metadata
        if metadata.num_columns != len(schema) or any(map(_is_nested, schema.types)):
            return False
        left = _MOST_PAGES
        largest: defaultdict[tuple[int, bool], int] = defaultdict(int)
        for group in range(metadata.num_row_groups):
            for number in range(metadata.num_columns):
                chunk = metadata.row_group(group).column(number)
                try:
                    pages = _pages(file, chunk, left)
                    if not _are_plain(pages, chunk, schema.field(number), repeated):
                        return False
                except (ValueError, LookupError, TypeError, RecursionError):  # whatever else stands there
                    return False
                left -= len(pages)
                for page in pages:
                    key = number, page.get(1) == _DICTIONARY
                    largest[key] = max(largest[key], page[2])
        return sum(largest.values()) <= BATCH_BYTES + PAGE_BYTES_PER_BYTE * path.stat().st_size


def _is_nested(kind: pa.DataType) -> bool:
    if isinstance(kind, pa.BaseExtensionType):
        return _is_nested(kind.storage_type)
    return bool(pa.types.is_nested(kind) or pa.types.is_dictionary(kind))


def _are_plain(pages: list[dict[int, Any]], chunk: Any, field: pa.Field, repeated: frozenset[str]) -> bool:
    """Tell whether the pages of a part of a column are as large as the footer says, and hold no long texts in short."""
    if sum(page[2] for page in pages) > chunk.total_uncompressed_size:
        return False
    encodings = {_encoding(page) for page in pages}
    if not encodings <= _KNOWN:
        return False
    if _DICTIONARIES.isdisjoint(encodings):
        return True
    if chunk.physical_type == "FIXED_LEN_BYTE_ARRAY":
        return bool(getattr(field.type, "byte_width", _WIDEST_FIXED + 1) <= _WIDEST_FIXED)
    words = max((page[2] for page in pages if page.get(1) == _DICTIONARY), default=0)
    return chunk.physical_type != "BYTE_ARRAY" or field.name in repeated or words <= _LARGEST_WORDS


def _encoding(page: dict[int, Any]) -> int:
    """Return the encoding of the values of a page."""
    head, number = {_DATA: (5, 2), _DICTIONARY: (7, 2), _DATA_2: (8, 4)}.get(page.get(1, -1), (0, 0))
    return int(page[head][number]) if head else 0


def _pages(file: BinaryIO, chunk: Any, most: int) -> list[dict[int, Any]]:
    """Return the heads of the pages of a part of a column.

    Raises:
        ValueError, IndexError: they cannot be read, or are more than so many.
    """
    starts = [one for one in (chunk.dictionary_page_offset, chunk.data_page_offset) if one]
    at = min(starts)
    found: list[dict[int, Any]] = []
    end = at + chunk.total_compressed_size
    while at < end:
        if len(found) == most:
            raise ValueError("too many pages")
        file.seek(at)
        head = _Compact(file.read(_HEAD_BYTES))
        page = head.struct()
        if not (isinstance(page.get(2), int) and isinstance(page.get(3), int) and page[2] >= 0 and page[3] >= 0):
            raise ValueError("no head of a page")
        found.append(page)
        at += head.at + page[3]
    if at != end:
        raise ValueError("pages go beyond their column")
    return found


class _Compact:
    """Reads structs of Thrift's compact protocol: the fields by their numbers, lists and maps passed over."""

    def __init__(self, content: bytes) -> None:
        """Begin with the first byte."""
        self._content, self.at = content, 0

    def struct(self) -> dict[int, Any]:
        """Return the fields up to the end of the struct."""
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._signed()
            fields[number] = self._value(head & 15)
        return fields

    def _value(self, kind: int) -> Any:
        if kind in (1, 2):
            return kind == 1
        if kind in (4, 5, 6):
            return self._signed()
        if kind == 12:
            return self.struct()
        if kind in (3, 7):
            self._skip(1 if kind == 3 else 8)
        elif kind == 8:
            self._skip(self._whole())
        else:  # no head of a page holds a list or a map
            raise ValueError("another kind of field")
        return None

    def _byte(self) -> int:
        self.at += 1
        return self._content[self.at - 1]

    def _skip(self, count: int) -> None:
        self.at += count
        if self.at > len(self._content):
            raise IndexError("a head of a page that is longer than was read")

    def _whole(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
            if shift > 63:
                raise ValueError("no whole number")

    def _signed(self) -> int:
        value = self._whole()
        return value >> 1 ^ -(value & 1)

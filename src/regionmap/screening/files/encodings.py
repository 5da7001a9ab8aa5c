"""The encoding of a text file, found by decoding all of it once, in blocks."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from regionmap.i18n import t
from regionmap.limits import LONGEST_RECORD
from regionmap.model import Text
from regionmap.screening.messages import ScreeningError

_BLOCK = 1 << 20
_FEED, _RETURN = b"\n\r"
_MARKS16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHERS = {
    b"PK\x03\x04": t("a ZIP or XLSX file by its content: give it the ending .xlsx or .zip"),
    b"PAR1": t("a Parquet file by its content: give it the ending .parquet"),
    b"\xd0\xcf\x11\xe0": t("an old Excel file by its content: give it the ending .xls, or save it as .xlsx"),
    b"\x1f\x8b": t("a gzip file by its content: unpack it first"),
}


@dataclass(frozen=True)
class Found:
    """The encoding of a file, the number of its lines, and whether it has quotes at all."""

    encoding: str
    lines: int
    quoted: bool


def detect(path: Path, encoding: str | None) -> Found:
    """Return the encoding of a text file: the one that is named, or UTF-8, UTF-16 with a mark, or GB18030.

    Raises:
        InputError: it is no text, is in none of these, or no encoding has this name.
    """
    with path.open("rb") as file:
        head = file.read(4)
    for magic, words in _OTHERS.items():
        if head.startswith(magic):
            raise ScreeningError(t("{file} is {what}", file=path.name, what=words))
    reasons: list[Text] = []
    for candidate in _candidates(head, encoding):
        found = _decoded(path, candidate)
        if isinstance(found, Found):
            return found
        name = candidate.removesuffix("-sig").upper()
        reasons.append(t("{encoding} breaks off at line {line}", encoding=name, line=f"{found:,}"))
    why = Text("；".join(one.zh for one in reasons), "; ".join(one.en for one in reasons))
    if encoding is None:
        raise ScreeningError(
            t(
                "{file} cannot be decoded ({why}): save it as UTF-8, or name its encoding with --encoding",
                file=path.name, why=why,
            )
        )  # fmt: skip
    raise ScreeningError(
        t(
            "{file} cannot be decoded ({why}): save it as UTF-8, or leave --encoding out to have it found",
            file=path.name, why=why,
        )
    )  # fmt: skip


def _candidates(head: bytes, encoding: str | None) -> list[str]:
    marked8, marked16 = head.startswith(codecs.BOM_UTF8), head.startswith(_MARKS16)
    if encoding is None:
        return ["utf-8-sig"] if marked8 else ["utf-16"] if marked16 else ["utf-8", "gb18030"]
    try:
        name = codecs.lookup(encoding).name
        "a".encode(name)
    except LookupError:
        raise ScreeningError(
            t("no encoding is called '{encoding}': use utf-8, gb18030 or utf-16", encoding=encoding)
        ) from None
    if name in ("utf-8", "utf-8-sig"):
        return ["utf-8-sig" if marked8 else "utf-8"]
    # A GBK file often holds characters of its superset, which is what spreadsheets mean by the name.
    return ["gb18030" if name in ("gbk", "gb2312") else name]


def _decoded(path: Path, encoding: str) -> Found | int:
    """Return what was found, or the line at which the bytes stop being text in this encoding."""
    quick = _checked(path, encoding) if encoding in ("utf-8", "utf-8-sig") else None
    return quick if quick is not None else _read_through(path, encoding)


def _checked(path: Path, encoding: str) -> Found | None:
    """Return what was found in a file of UTF-8, which Arrow checks many times as fast; None where it is none."""
    # One piece of memory for all blocks, each behind the rest of a line of the one before. They are looked through
    # where they lie, while other threads work.
    held, rest = bytearray(2 * _BLOCK), 0
    feeds, returns, quoted, last = 0, 0, False, bytearray(b"\n")
    with path.open("rb", buffering=0) as file:
        file.seek(len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        while size := file.readinto(memoryview(held)[rest : rest + _BLOCK]):
            filled = rest + size
            block = np.frombuffer(held, np.uint8, size, rest)
            # A byte 10 is the end of a line and part of no other character.
            end = held.rfind(b"\n", rest, filled) + 1
            if held.find(b"\0", rest, filled) >= 0 or filled - end > LONGEST_RECORD or not _is_utf8(held, end):
                return None
            feeds += int(np.count_nonzero(block == _FEED))
            if held.find(b"\r", rest, filled) >= 0:
                returns += int(np.count_nonzero(block == _RETURN))
            quoted = quoted or held.find(b'"', rest, filled) >= 0
            last = held[filled - 1 : filled]
            held[: filled - end] = held[end:filled]
            rest = filled - end
            if len(held) - rest < _BLOCK:
                held = held + bytes(len(held))
    if not _is_utf8(held, rest):
        return None
    return Found(encoding, max(feeds, returns) + (last not in b"\r\n"), quoted)


def _is_utf8(content: bytearray, size: int) -> bool:
    """Tell whether the first so many bytes are UTF-8."""
    offsets = pa.py_buffer(np.array([0, size], np.int32))
    try:
        pa.StringArray.from_buffers(1, offsets, pa.py_buffer(content)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _read_through(path: Path, encoding: str) -> Found | int:
    """Return what was found, or the line at which the bytes stop being text in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    feeds, returns, quoted, ended = 0, 0, False, True
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            try:
                words = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, "ignore")
                return max(feeds + before.count("\n"), returns + before.count("\r")) + 1
            except UnicodeError:  # UTF-16 without its mark
                return max(feeds, returns) + 1
            if "\0" in words:
                raise ScreeningError(
                    t(
                        "{file} holds zero bytes near line {line}: it is no text file, or is UTF-16 without a mark "
                        "(name it with --encoding utf-16-le)",
                        file=path.name, line=f"{max(feeds, returns) + 1:,}",
                    )
                )  # fmt: skip
            feeds += words.count("\n")
            returns += words.count("\r")
            quoted = quoted or '"' in words
            if words:
                ended = words[-1] in "\r\n"
            if not block:
                return Found(encoding, max(feeds, returns) + (not ended), quoted)

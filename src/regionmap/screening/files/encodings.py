"""The encoding of a text file, found by decoding all of it once, in blocks."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from regionmap.errors import InputError

_BLOCK = 1 << 20
_MARKS16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHERS = {
    b"PK\x03\x04": "a ZIP or XLSX file by its content: give it the ending .xlsx or .zip",
    b"PAR1": "a Parquet file by its content: give it the ending .parquet",
    b"\xd0\xcf\x11\xe0": "an old Excel file by its content: save it as .xlsx or as CSV",
    b"\x1f\x8b": "a gzip file by its content: unpack it first",
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
            raise InputError(f"{path.name} is {words}")
    reasons = []
    for candidate in _candidates(head, encoding):
        found = _decoded(path, candidate)
        if isinstance(found, Found):
            return found
        reasons.append(f"{candidate.removesuffix('-sig').upper()} breaks off at line {found:,}")
    advice = "name its encoding with --encoding" if encoding is None else "leave --encoding out to have it found"
    raise InputError(f"{path.name} cannot be decoded ({'; '.join(reasons)}): save it as UTF-8, or {advice}")


def _candidates(head: bytes, encoding: str | None) -> list[str]:
    marked8, marked16 = head.startswith(codecs.BOM_UTF8), head.startswith(_MARKS16)
    if encoding is None:
        return ["utf-8-sig"] if marked8 else ["utf-16"] if marked16 else ["utf-8", "gb18030"]
    try:
        name = codecs.lookup(encoding).name
        "a".encode(name)
    except LookupError:
        raise InputError(f"no encoding is called '{encoding}': use utf-8, gb18030 or utf-16") from None
    if name in ("utf-8", "utf-8-sig"):
        return ["utf-8-sig" if marked8 else "utf-8"]
    # A GBK file often holds characters of its superset, which is what spreadsheets mean by the name.
    return ["gb18030" if name in ("gbk", "gb2312") else name]


def _decoded(path: Path, encoding: str) -> Found | int:
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
                raise InputError(
                    f"{path.name} holds zero bytes near line {max(feeds, returns) + 1:,}: it is no text file, or is "
                    "UTF-16 without a mark (name it with --encoding utf-16-le)"
                )
            feeds += words.count("\n")
            returns += words.count("\r")
            quoted = quoted or '"' in words
            if words:
                ended = words[-1] in "\r\n"
            if not block:
                return Found(encoding, max(feeds, returns) + (not ended), quoted)

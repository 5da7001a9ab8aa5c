"""A Shapefile in a ZIP file: unpacked under names of our own, the encoding of its table found, its names mended."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from regionmap.i18n import t
from regionmap.screening.files.zips import blocks, open_zip
from regionmap.screening.messages import Message, ScreeningError, listed, note

_NEEDED = (".shp", ".shx", ".dbf")
_SAMPLE = 16_000_000
_HEAD, _FIELD, _NAME = 32, 32, 11
"""Bytes of the head of a DBF table, of the description of a field, and of its name with the zero behind it."""
_MOST_FIELDS = 2_048
_LONGEST_PROJECTION = 1_000_000
_UNTRUE = 0.2
"""Of the characters beyond ASCII, the share that may be broken before an encoding is taken for untrue: a cell that is
cut to its width may end in half a character."""


@dataclass(frozen=True)
class Table:
    """The table of a Shapefile: its encoding, and what is told of it."""

    encoding: str
    notes: tuple[Message, ...]


def unzipped(path: Path, folder: Path) -> Path:
    """Unpack the one Shapefile of a ZIP file into a folder; the names inside it are only compared.

    Raises:
        InputError: there is none or more than one, or a part of it lacks.
    """
    with open_zip(path) as archive:
        parts = [one for one in archive.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
        shapes = [one for one in parts if one.filename.lower().endswith(".shp")]
        if len(shapes) != 1:
            raise ScreeningError(
                t(
                    "{file} holds {count} Shapefiles: put exactly one into it (.shp, .shx, .dbf)",
                    file=path.name, count=len(shapes),
                )
            )  # fmt: skip
        stem = shapes[0].filename[:-4]
        found: dict[str, zipfile.ZipInfo] = {}
        for one in parts:
            ending = one.filename[len(stem) :].lower()
            if one.filename.lower().startswith(f"{stem}.".lower()) and re.fullmatch(r"\.(shp|shx|dbf|prj|cpg)", ending):
                found.setdefault(ending, one)
        lacking = [ending for ending in _NEEDED if ending not in found]
        if lacking:
            raise ScreeningError(
                t(
                    "{file} lacks the {parts} of its Shapefile: put all parts into it",
                    file=path.name, parts=" and ".join(lacking),
                )
            )  # fmt: skip
        for ending, one in found.items():
            with (folder / f"layer{ending}").open("wb") as target:
                for block in blocks(archive, one, path.name):
                    target.write(block)
    _mend_projection(folder / "layer.prj")
    return folder / "layer.shp"


def _mend_projection(prj: Path) -> None:
    """Write the names in a .prj file in UTF-8 where they are in another encoding, as some programs in China do.

    The bindings of GDAL take no other one. Names mean nothing here: what the file says stands in ASCII.
    """
    if not prj.exists() or prj.stat().st_size > _LONGEST_PROJECTION:
        return
    content = prj.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        prj.write_text(content.decode("gb18030", "replace"), encoding="utf-8")


def prepare_table(shape: Path) -> Table:
    """Find the encoding of the table beside a .shp file, and mend names of fields that were cut inside a character.

    GDAL and others write a name of four Chinese characters in UTF-8 with ten of its twelve bytes; no reader takes the
    broken end, and so it is left out. The table is one of our own, unpacked for this run.
    """
    dbf, cpg = shape.with_suffix(".dbf"), shape.with_suffix(".cpg")
    with dbf.open("rb") as file:
        content = file.read(_SAMPLE)[_HEAD:]
    stated = _stated(cpg)
    encoding = _true_encoding(content, stated)
    cpg.unlink(missing_ok=True)  # the encoding is told to GDAL, which would go by the untrue word as well
    notes = [note("encoding", encoding=encoding)]
    if stated is not None and encoding != stated:
        notes = [note("encoding.untrue", stated=stated, encoding=encoding)]
    cut = _mend_names(dbf, encoding)
    if cut:
        notes.append(note("fields_cut", names=listed(cut)))
    return Table(encoding, tuple(notes))


def _stated(cpg: Path) -> str | None:
    """Return the encoding that a .cpg file names, None for none that is expected here."""
    words = cpg.read_bytes()[:64].decode("ascii", "ignore").strip() if cpg.exists() else ""
    known = re.sub(r"^(ANSI|OEM|CP|WINDOWS)[\s-]*(?=\d)", "", words.upper())
    if re.fullmatch(r"936|GBK|GB2312|GB18030|EUC-?CN", known):
        return "GB18030"
    return "UTF-8" if re.fullmatch(r"UTF-?8|65001", known) else None


def _true_encoding(content: bytes, stated: str | None) -> str:
    """Return the encoding of a table: the one that is stated unless its bytes gainsay it, or the likelier of two."""
    read = {one: content.decode(one, "replace") for one in ("UTF-8", "GB18030")}
    faults = {one: words.count("\ufffd") for one, words in read.items()}
    if stated is None:
        return min(faults, key=lambda one: faults[one])
    beyond = sum(not sign.isascii() for sign in read[stated])
    other = "GB18030" if stated == "UTF-8" else "UTF-8"
    if stated == "UTF-8":
        untrue = faults[stated] > _UNTRUE * beyond and faults[other] < faults[stated]
    else:  # nearly any bytes are GB18030, but hardly any text in it is UTF-8 as well
        untrue = beyond > 2 and faults[other] == 0
    return other if untrue else stated


def _mend_names(dbf: Path, encoding: str) -> list[str]:
    """Drop the broken last character of names of fields in place; return the names that are left of them."""
    mended = []
    with dbf.open("r+b") as file:
        file.seek(_HEAD)
        for number in range(_MOST_FIELDS):
            start = _HEAD + number * _FIELD
            file.seek(start)
            raw = file.read(_NAME)
            if len(raw) < _NAME or raw[:1] in (b"\r", b"\n", b"\0"):
                break
            name = raw.split(b"\0")[0]
            whole = _whole_characters(name, encoding)
            if whole != name:
                file.seek(start)
                file.write(whole.ljust(_NAME, b"\0"))
                mended.append(whole.decode(encoding))
    return mended


def _whole_characters(name: bytes, encoding: str) -> bytes:
    """Return the longest beginning of a name that is text; all of it where more than its end is broken."""
    for cut in range(min(4, len(name))):
        some = name[: len(name) - cut]
        try:
            some.decode(encoding)
        except UnicodeDecodeError:
            continue
        return some
    return name

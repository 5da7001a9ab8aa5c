"""Lines of text that fit a width in cells: Chinese takes two, and numbers of documents are never broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len

NARROWEST = 24
"""Below this many cells, lines are as wide as this: nothing could be read otherwise."""
# A document's number stays whole, as do words of Latin letters and figures; a Chinese character stands by itself.
_PIECES = re.compile(
    r"[^\s〔〕［］\[\]（）()，。；：、《》「」]*[〔［\[]\d{4}[〕］\]]\d+号|[^\s\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+"
    r"|\s+|."
)
_NOT_FIRST = frozenset("，。、；：！？）》」』】〕％…·,.;:!?)]}")
_NOT_LAST = frozenset("（《「『【〔([{")


@dataclass(frozen=True)
class Line:
    """A line of an answer; ``style``, for terminals with colours: a ruling, ``head``, ``dim``, ``caveat`` or none."""

    text: str
    style: str = ""


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Break text into lines of at most ``width`` cells.

    Args:
        text: what to write; line breaks in it count as spaces.
        width: cells of a terminal; a Chinese character takes two.
        first: what the first line begins with.
        rest: what further lines begin with; spaces as wide as ``first`` without it.
    """
    rest = " " * cell_len(first) if rest is None else rest
    width = max(width, NARROWEST)
    lines: list[str] = []
    line, used, begun = first, cell_len(first), False
    for piece in _joined(_PIECES.findall(" ".join(text.split()))):
        cells = cell_len(piece)
        if begun and used + cell_len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, used, begun = rest, cell_len(rest), False
        if not begun and line == rest and lines:
            piece = piece.lstrip()  # the blank where a line was broken is none of the next line's
            cells = cell_len(piece)
        elif piece.isspace() and used + cells > width:
            continue  # it would stand behind the edge: the next piece begins a line
        for part in _broken(piece, width - used) if not begun and used + cells > width else (piece,):
            if begun and used + cell_len(part) > width:
                lines.append(line.rstrip())
                line, used = rest, cell_len(rest)
            line, used, begun = line + part, used + cell_len(part), True
    lines.append(line.rstrip())
    return lines


def fit(text: str, width: int) -> str:
    """Return text on one line of at most ``width`` cells, with … where it was cut; what it is indented by stays."""
    indent = text[: len(text) - len(text.lstrip(" "))]
    text, width = indent + " ".join(text.split()), max(width, NARROWEST)
    if cell_len(text) <= width:
        return text
    kept, used = [], 1
    for one in text:
        used += cell_len(one)
        if used > width:
            break
        kept.append(one)
    return "".join(kept).rstrip() + "…"


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    """Keep closing marks with what stands before them, and opening marks with what follows."""
    held = ""
    for piece in pieces:
        if held and (piece in _NOT_FIRST or held[-1] in _NOT_LAST) and not piece.isspace():
            held += piece
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _broken(piece: str, width: int) -> Iterator[str]:
    """Break what is wider than a whole line: an address, a long id."""
    part, used = "", 0
    for one in piece:
        cells = cell_len(one)
        if part and used + cells > width:
            yield part
            part, used = "", 0
        part, used = part + one, used + cells
    yield part

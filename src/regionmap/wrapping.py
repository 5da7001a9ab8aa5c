"""Lines of text that fit a width in cells: Chinese takes two, and numbers of documents are never broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

NARROWEST = 24
"""Below this many cells, lines are as wide as this: nothing could be read otherwise."""
_ROOM = 80
# A document's number and an item's stay whole, as do words of Latin letters and figures; a Chinese character stands by
# itself. What stands before a number is a part of it: names of offices have at most some sixteen characters.
_PLAIN = r"[^\s〔〕［］\[\]（）()，。；：、《》「」“”]{0,20}"
_NUMERAL = "[一二三四五六七八九十百千零]+"
_PIECES = re.compile(
    rf"{_PLAIN}[〔［\[]\d{{4}}[〕］\]]\d+号|{_PLAIN}(?:令|公告(?:\d{{4}}年)?|办公室)第\d+号文?"
    rf"|(?:{_NUMERAL})?(?:（{_NUMERAL}）)+|第{_NUMERAL}[条章节款项编类批](?:之{_NUMERAL})?|附件|正文"
    r"|[^\s\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s+|."
)
_NOT_FIRST = frozenset("，。、；：！？）》」』】〕”’％…·,.;:!?)]}")
_NOT_LAST = frozenset("（《「『【〔“‘([{")
_QUOTES = {"“": "”", "「": "」", "《": "》"}
"""What stands in these is one name: it is broken only where it has no room on a line of its own."""


def wrap(text: str, width: int, first: str = "", rest: str | None = None, *, narrowest: int = NARROWEST) -> list[str]:
    """Break text into lines of at most ``width`` cells.

    Args:
        text: what to write; line breaks in it count as spaces.
        width: cells of a terminal; a Chinese character takes two.
        first: what the first line begins with.
        rest: what further lines begin with; spaces as wide as ``first`` without it.
        narrowest: lines are as wide as this where ``width`` is less.
    """
    rest = " " * cell_len(first) if rest is None else rest
    width = max(width, narrowest)
    lines: list[str] = []
    line, used, begun = first, cell_len(first), False
    pieces = list(_joined(_PIECES.findall(" ".join(text.split()))))
    for piece in _names_kept(pieces, width - cell_len(rest)):
        cells = cell_len(piece)
        below = (
            not lines and cell_len(rest) + cells <= width
        )  # what has no room behind the first words may have it there
        if (begun or below) and used + cell_len(piece.rstrip()) > width:
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


def clip(text: str, width: int, first: str = "", rest: str | None = None, *, room: int = 1) -> list[str]:
    """Break text into lines, and say with … that more would stand than there is room for.

    Args:
        text: what to write.
        width: cells of a terminal.
        first: what the first line begins with.
        rest: what further lines begin with; spaces as wide as ``first`` without it.
        room: lines that the text may take on 80 cells; on 40 it may take twice as many.
    """
    lines = wrap(text, width, first, rest)
    most = -(-room * _ROOM // max(width, NARROWEST))
    if len(lines) <= most:
        return lines
    indent = " " * cell_len(first) if rest is None else rest
    left = "".join(line.removeprefix(indent) + " " for line in lines[most - 1 :]) if most > 1 else text
    return [*lines[: most - 1], fit((indent if most > 1 else first) + left, width)]


def fit(text: str, width: int) -> str:
    """Return text on one line of at most ``width`` cells, with … where it was cut; what it is indented by stays.

    It is cut between words and before a document's number, never inside one.
    """
    indent = text[: len(text) - len(text.lstrip(" "))]
    text, width = " ".join(text.split()), max(width, NARROWEST)
    if cell_len(indent + text) <= width:
        return indent + text
    kept, used = indent, cell_len(indent) + 1
    for piece in _joined(_PIECES.findall(text)):
        if used + cell_len(piece) > width:
            if kept == indent:  # one word, wider than the line
                kept += next(_broken(piece, width - used))
            break
        kept, used = kept + piece, used + cell_len(piece)
    return kept.rstrip() + "…"


def longest_piece(text: str) -> int:
    """Return how many cells what ``wrap`` never breaks takes at most: a column or a line needs as many."""
    return max((cell_len(piece) for piece in _joined(_PIECES.findall(text)) if not piece.isspace()), default=0)


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


def _names_kept(pieces: Sequence[str], room: int) -> Iterator[str]:
    """Keep together what stands in quotes, as far as it takes at most ``room`` cells."""
    at = 0
    while at < len(pieces):
        end = _end_of_name(pieces, at, room)
        yield "".join(pieces[at:end])
        at = end


def _end_of_name(pieces: Sequence[str], at: int, room: int) -> int:
    """Return the place behind the quotes that open in a piece; behind the piece where none open, or have no room."""
    opened = next((one for one in pieces[at] if one in _QUOTES), None)
    if opened is None or _QUOTES[opened] in pieces[at]:
        return at + 1
    used = 0
    for end in range(at, len(pieces)):
        used += cell_len(pieces[end])
        if used > room:
            break
        if _QUOTES[opened] in pieces[end]:
            return end + 1
    return at + 1


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

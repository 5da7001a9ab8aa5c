"""Lines of a brief answer to a terminal: colours only where the terminal has them, nothing wrapped again."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from regionmap.model import Ruling
from regionmap.output.brief.layout import Line
from regionmap.output.markdown import markdown
from regionmap.output.palette import terminal_style
from regionmap.terminal import safe_console

_STYLES = {"head": "bold", "dim": "dim", "caveat": "yellow"}


def console(*, plain: bool = False) -> Console:
    """Return what prints to standard output; ``width`` is that of the terminal, or of ``COLUMNS``, else 80 cells.

    Args:
        plain: print no colours, whatever the terminal has.
    """
    made = Console(highlight=False, markup=False, emoji=False, soft_wrap=True, no_color=plain or None)
    return safe_console(made)


def as_markdown(lines: Iterable[Line]) -> str:
    """Return the lines of an answer as Markdown: its head, the heads of its parts, and a list under each."""
    text = ""
    for one in lines:
        words = markdown(one.text)
        if not text:
            text = f"## {words}\n"
        elif one.style == "head":
            text += f"\n**{words}**\n"
        else:
            before = text.rsplit("\n", 2)[-2]
            text += ("" if before.startswith("- ") else "\n") + f"- {words}\n"
    return text


def show(lines: Iterable[Line], to: Console) -> None:
    """Print lines; the word of a ruling that begins a line is coloured, other styles hold for the whole line."""
    for one in lines:
        if one.style in list(Ruling):
            word, rest = _first_words(one.text)
            to.print(Text.assemble((word, terminal_style(Ruling(one.style))), rest), soft_wrap=True)
        else:
            to.print(Text(one.text, _STYLES.get(one.style, "")), soft_wrap=True)


def _first_words(text: str) -> tuple[str, str]:
    """Split the word of a ruling from what follows: it ends before a dot or a bracket."""
    ends = [at for mark in (" · ", " (", "（") if (at := text.find(mark, len(text) - len(text.lstrip()))) > 0]
    at = min(ends, default=len(text))
    return text[:at], text[at:]

"""The terminal that answers are printed on (rich): whatever is printed, nothing in it steers the terminal."""

from __future__ import annotations

from typing import NoReturn

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment

from regionmap.printable import visible


class _Cleaned:
    """What is printed, laid out and then cleaned: colours of our own stay, since they are no text."""

    def __init__(self, printed: ConsoleRenderable) -> None:
        self._printed = printed

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for text, style, control in console.render(self._printed, options):
            yield Segment(text if control else visible(text), style, control)


class _Cleaning(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Wrap everything that is printed."""
        return [_Cleaned(one) for one in renderables]


def safe_console(console: Console | None = None, *, soft_wrap: bool = False) -> Console:
    """Return a console that shows escape sequences and marks of direction as signs, and takes no text for markup.

    Args:
        console: one to make so; without it, a new one for standard output.
        soft_wrap: leave long lines to the terminal.
    """
    made = console or Console(highlight=False, markup=False, emoji=False, soft_wrap=soft_wrap)
    made.push_render_hook(_Cleaning())
    made.on_broken_pipe = _hand_on  # type: ignore[method-assign]
    return made


def _hand_on() -> NoReturn:
    """Leave a reader that has enough to whoever printed; rich would end the process with status 1."""
    raise BrokenPipeError

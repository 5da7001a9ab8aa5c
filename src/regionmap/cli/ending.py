"""How a command ends where its streams fail: a full disk, a closed stream, no memory. One line, never a traceback."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import TextIO

from regionmap.errors import why
from regionmap.i18n import t
from regionmap.model import Text
from regionmap.printable import printed


def prepare_streams() -> None:
    """Make both streams ready for any text; one that was closed by the caller takes everything and shows nothing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Not closed: it lasts as long as the program.
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            setattr(sys, name, stream)
        elif hasattr(stream, "reconfigure"):
            # A file's name may hold bytes that are no text: they are shown as such, and stop nothing.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def words(error: OSError | MemoryError | ImportError) -> Text:
    """Return what the system refused."""
    if isinstance(error, MemoryError):
        return t("not enough memory for this: ask for less at a time, or on a machine with more")
    if isinstance(error, ImportError):  # the first of them names the file; what libraries say of it goes on for pages
        while isinstance(error.__context__, ImportError):
            error = error.__context__
        reason = next(iter(str(error).split("\n")))[:160]
        return t("a library cannot be loaded ({why}): it needs more memory, or has to be installed again", why=reason)
    what = error.filename if error.filename is not None else t("standard output")
    return t("{path} cannot be read or written: {why}", path=what, why=why(error))


def on_terminal(lines: Iterable[str], stream: TextIO) -> list[str]:
    """Return lines broken between words for a terminal, and as they are for whatever else reads them."""
    if not stream.isatty():
        return list(lines)
    from regionmap.wrapping import wrap

    width = shutil.get_terminal_size().columns
    return [part for one in lines for part in wrap(one, width, "", "  ")]


def say(lines: Iterable[str]) -> None:
    """Write lines to standard error; where that cannot be written either, the exit status tells."""
    try:
        sys.stderr.write(printed(on_terminal(lines, sys.stderr)))
        sys.stderr.flush()
    except OSError:
        _to_nowhere(sys.stderr.fileno())


def quietly(status: int) -> int:
    """Return a status after which the interpreter's own last flush of standard output meets no error."""
    _to_nowhere(sys.stdout.fileno())
    return status


def _to_nowhere(descriptor: int) -> None:
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, descriptor)
    os.close(sink)

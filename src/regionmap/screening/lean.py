"""What a process that only screens a table of texts does without."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_TEXTS = frozenset({".csv", ".tsv", ".txt"})
_TURN_S = 0.0003
_WITHOUT_LAYERS = frozenset({".csv", ".parquet", ".geojson", ".xlsx"})


class _NoPandas:
    """Finds that there is no pandas."""

    @staticmethod
    def find_spec(fullname: str, path: Sequence[str] | None, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(f"{fullname} is not loaded while a file is screened", name=fullname)


class Process:
    """Whether the command line has this process to itself, so that nobody in it asks for pandas later."""

    alone = False

    @classmethod
    def is_ours(cls) -> None:
        """Say that it has, before Arrow and numpy are loaded.

        Arrow's own pool of memory gives what is freed back to the system, and takes it again in pieces of two megabytes
        that the system clears: a tenth of the time of a long file. The system's own allocator keeps it.
        """
        cls.alone = True
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # nothing multiplies matrices, and its threads spin

    @classmethod
    def takes_turns(cls) -> None:
        """Let threads have the interpreter in short turns, in a process that is ours, where several work on a file.

        One that calls into numpy or Arrow by the hundred times a chunk waits for a turn after each call, as long as
        another one works out answers in Python: by default 5 ms, longer than most of the calls.
        """
        if cls.alone:
            sys.setswitchinterval(_TURN_S)


def is_text(path: Path) -> bool:
    """Tell whether a file holds texts alone, by its ending."""
    return path.suffix.lower() in _TEXTS


@contextlib.contextmanager
def without_pandas(source: Path, output: Path) -> Iterator[None]:
    """Have Arrow find no pandas while texts are judged, in a process of the command line that has not loaded it.

    Arrow loads pandas with the first list that becomes an array, to see whether it holds what pandas makes: a fifth of
    the time of a short file. Only of timestamps finer than Python's does it need pandas, and a CSV file holds texts.
    """
    plain = is_text(source) and output.suffix.lower() in _WITHOUT_LAYERS
    if not (Process.alone and plain) or "pandas" in sys.modules:
        yield
        return
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)

"""One run of the batch page: one at a time in a session, a few on a server, and nothing of it left when it ends.

The run goes on in the thread of its session's script. When the user leaves, closes the page or changes something on it,
Streamlit begins the script anew in another thread and ends this one at its next call of ``tell``, which comes after
every chunk; it keeps this one from writing into the session meanwhile. A new run of the session waits until the former
has ended. However a run ends, the folder that holds the upload and the parts is removed on the way out; the judged rows
are collected in memory as they come, and only a run that ended well hands them on. Nothing of an upload goes into a
cache of Streamlit, which all users share.
"""

from __future__ import annotations

import dataclasses
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pyarrow as pa

from regionmap.api import Regionmap
from regionmap.screening.columns import Columns
from regionmap.screening.judge import Judged
from regionmap.screening.options import Options
from regionmap.screening.run import judge_here, screen
from regionmap.web.batch.memory import give_back
from regionmap.web.batch.results_store import Keeper, Result
from regionmap.web.batch.source import Head, Source, on_disk

AT_ONCE = 2
"""Runs that go on at one time for all sessions: each needs some hundred megabytes, and a processor."""
CHUNK = 25_000
_TURNS = threading.BoundedSemaphore(AT_ONCE)
Tell = Callable[[int, int | None, float], None]
"""Told rows that are done, rows of the file as far as known, and seconds since the first row; −1 rows while waiting."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """All that a run is asked by: two that are equal give the same result."""

    source: str
    encoding: str | None
    columns: Columns
    options: Options
    sheet: str | None = None


def run(rm: Regionmap, source: Source, head: Head, wanted: Asked, tell: Tell, alone: threading.Lock) -> Result:
    """Judge a file, and return the result; ``alone`` is the lock of the session.

    Raises:
        InputError: it cannot be read or judged. Whatever ``tell`` raises ends the run and is handed on.
    """
    keeper = Keeper()

    def engine(rm: Regionmap, options: Options, chunks: Iterator[pa.Table]) -> Iterator[Judged]:
        for judged in judge_here(rm, options, chunks):
            keeper.add(judged.table)
            yield judged

    try:
        with _turn(alone, tell), _turn(_TURNS, tell), on_disk(source) as path:
            clock = time.monotonic()
            summary = screen(
                rm, path, path.with_name("result.parquet"), wanted.options, {}, columns=wanted.columns,
                encoding=wanted.encoding, sheet=wanted.sheet, chunk=CHUNK, engine=engine,
                progress=lambda done, total: tell(done, total, time.monotonic() - clock),
            )  # fmt: skip
        rows, areas, sites = keeper.close()
    finally:
        give_back()
    kept = {name: value for name, value in summary.items() if name not in ("input", "output", "provisions")}
    return Result(source.name, head.names, wanted, kept, rows, areas, sites, uuid.uuid4().hex)


@contextmanager
def _turn(lock: threading.Lock | threading.Semaphore, tell: Tell) -> Iterator[None]:
    while not lock.acquire(timeout=0.5):
        tell(-1, None, 0.0)
    try:
        yield
    finally:
        lock.release()

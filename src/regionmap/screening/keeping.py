"""Judged chunks are kept and written in a thread of their own, while the next ones are read and judged."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")
_AHEAD = 1
"""Chunks that may wait: more would only take memory."""
_LOOK_AGAIN_S = 0.2


class _Stopped(Exception):  # noqa: N818  (no error: the run ended, and what was written is given up)
    """Ends the writing from within."""


class Consumer(Generic[T]):
    """Runs ``consume`` over what is handed on, in a thread; leaving the block by an error stops it."""

    def __init__(self, consume: Callable[[Iterator[T]], None]) -> None:
        """Begin the thread; ``consume`` goes through its argument once."""
        self._waiting: queue.Queue[tuple[T] | type[_Stopped] | None] = queue.Queue(_AHEAD)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(consume,), name="regionmap-keeping", daemon=True)
        self._thread.start()

    def hand_on(self, value: T) -> None:
        """Give the next value; waits while too many are on their way.

        Raises:
            Exception: what ``consume`` raised.
        """
        self._put((value,))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the thread to end; raise what it raised, unless the block itself ends by an error."""
        try:
            self._put(None if kind is None else _Stopped)
        except BaseException:
            if kind is None:
                raise
        finally:
            self._thread.join()
        if kind is None and self._error is not None:
            raise self._error

    def _put(self, value: tuple[T] | type[_Stopped] | None) -> None:
        while True:
            if self._error is not None:
                raise self._error
            if not self._thread.is_alive():
                return None
            try:
                return self._waiting.put(value, timeout=_LOOK_AGAIN_S)
            except queue.Full:
                continue

    def _run(self, consume: Callable[[Iterator[T]], None]) -> None:
        try:
            consume(self._values())
        except _Stopped:
            pass
        except BaseException as error:
            self._error = error

    def _values(self) -> Iterator[T]:
        while True:
            value = self._waiting.get()
            if value is None:
                return
            if isinstance(value, tuple):
                yield value[0]
            else:
                raise _Stopped

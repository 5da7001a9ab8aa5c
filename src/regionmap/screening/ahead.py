"""The next chunks are read, and their rows located, in a thread, while the last ones are judged."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_AHEAD = 1
"""Values that may wait: more would only take memory."""
_AT_FIRST = 4
"""Those that may wait for the first: it takes as long to judge as the next ten, since it meets most questions."""
_LOOK_AGAIN_S = 0.2


def ahead(values: Iterator[T]) -> Generator[T, None, None]:
    """Yield values that a thread takes from an iterator meanwhile; what it raises is raised in its place.

    The thread ends with the iterator, or with the generator that is returned.
    """
    waiting: queue.Queue[tuple[T] | BaseException | None] = queue.Queue(_AT_FIRST)
    ended = threading.Event()

    def put(value: tuple[T] | BaseException | None) -> None:
        while not ended.is_set():
            with contextlib.suppress(queue.Full):
                waiting.put(value, timeout=_LOOK_AGAIN_S)
                return

    def run() -> None:
        try:
            for value in values:
                put((value,))
                if ended.is_set():
                    break
            put(None)
        except BaseException as error:
            put(error)
        finally:
            close: Callable[[], Any] | None = getattr(values, "close", None)
            if close is not None:
                close()

    thread = threading.Thread(target=run, name="regionmap-ahead", daemon=True)
    thread.start()
    try:
        while True:
            value = waiting.get()
            if isinstance(value, BaseException):
                raise value
            if value is None:
                return
            yield value[0]
            waiting.maxsize = _AHEAD
    finally:
        ended.set()
        thread.join()


class Later(Generic[T]):
    """What a thread finds out meanwhile."""

    def __init__(self, find: Callable[[], T]) -> None:
        """Begin at once."""
        self._found: list[T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(find,), name="regionmap-later", daemon=True)
        self._thread.start()

    def result(self) -> T:
        """Wait for it, and return it.

        Raises:
            Exception: what finding it raised.
        """
        self.wait()
        if self._error is not None:
            raise self._error
        return self._found[0]

    def wait(self) -> None:
        """Wait for it, whatever it is."""
        self._thread.join()

    def _run(self, find: Callable[[], T]) -> None:
        try:
            self._found.append(find())
        except BaseException as error:
            self._error = error

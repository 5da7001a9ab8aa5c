"""A bounded memory: the last so many things that were made, by key."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LRUCache(Generic[K, V]):
    """Keeps the ``most`` values that were asked for last; safe between threads, and empty again when copied.

    What raises is not kept.
    """

    def __init__(self, most: int) -> None:
        """Begin empty; ``most`` is the number of values to keep."""
        self._most = most
        self._held: dict[K, V] = {}
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of a key, made when it is not held.

        Two threads that ask for a new key at once may both make it; the later one stays.

        Args:
            key: what the value is kept by.
            make: makes the value; called without the lock, so that a slow one holds nobody up.

        Raises:
            Exception: what ``make`` raises; nothing is kept then.
        """
        with self._lock:
            if key in self._held:
                found = self._held[key] = self._held.pop(key)  # to the end: the first one is the next to go
                return found
        made = make()
        with self._lock:
            self._held[key] = made
            while len(self._held) > self._most:
                del self._held[next(iter(self._held))]
        return made

    def __len__(self) -> int:
        """Return how many values are held."""
        return len(self._held)

    def __reduce__(self) -> tuple[type[LRUCache[K, V]], tuple[int]]:
        """Copy the bound alone: what is held is no part of the value, and a copy starts empty."""
        return LRUCache, (self._most,)

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
        """Begin empty."""
        self._most = most
        self._held: dict[K, V] = {}
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of a key, made when it is not held."""
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
        """What is held is no part of the value: a copy starts empty."""
        return LRUCache, (self._most,)

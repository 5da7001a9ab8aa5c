"""Sequences whose members are made when somebody looks at them, and then kept."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Deferred(Sequence[T]):
    """Members in their order; made on first use, and then kept."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        """Begin with nothing made."""
        self._made: tuple[T, ...] | None = None

    @abstractmethod
    def _make(self) -> Iterable[T]:
        """Return the members."""

    def made(self) -> tuple[T, ...]:
        """Return all members."""
        if self._made is None:
            self._made = tuple(self._make())
        return self._made

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """Return one member, or some."""
        return self.made()[index]

    def __iter__(self) -> Iterator[T]:
        """Go through the members."""
        return iter(self.made())

    def __add__(self, other: Iterable[T]) -> tuple[T, ...]:
        """Return the members with others after them."""
        return (*self.made(), *other)

    def __radd__(self, other: Iterable[T]) -> tuple[T, ...]:
        """Return the members with others before them."""
        return (*other, *self.made())

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence holds the same members."""
        return isinstance(other, (Deferred, tuple)) and self.made() == tuple(other)

    def __hash__(self) -> int:
        """Return a hash that agrees with that of a tuple of the same members."""
        return hash(self.made())

    def __repr__(self) -> str:
        """Show the members."""
        return repr(self.made())

    def __copy__(self) -> tuple[T, ...]:
        """Return the members alone."""
        return self.made()

    def __deepcopy__(self, memo: object) -> tuple[T, ...]:
        """Return the members alone: they never change."""
        return self.made()

    def __reduce__(self) -> tuple[type[tuple[T, ...]], tuple[tuple[T, ...]]]:
        """Return what makes a copy: the members alone."""
        return tuple, (self.made(),)


class Later(Deferred[T]):
    """Members that a function makes; how many there are is not known before."""

    __slots__ = ("_maker",)

    def __init__(self, maker: Callable[[], Iterable[T]]) -> None:
        """Keep what makes them."""
        super().__init__()
        self._maker = maker

    def _make(self) -> Iterable[T]:
        return self._maker()

    def __len__(self) -> int:
        """Return how many there are; makes them."""
        return len(self.made())

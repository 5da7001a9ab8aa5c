"""Every error that regionmap raises on purpose: one base, children that subclass the nearest built-in.

A message is one clear line: what is wrong, and what would be right.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regionmap.model import Text


class RegionmapError(Exception):
    """Base of all errors that a user can cause and mend."""


class InputError(RegionmapError, ValueError):
    """An argument cannot be used: unknown, ambiguous, malformed or out of range."""


class UnknownNameError(InputError):
    """Nothing has this name. What is near it is looked for only when the message is read: that takes a while."""

    def __init__(self, plain: str, offer: Callable[[], str]) -> None:
        """Keep what is wrong, as the beginning of a sentence, and a function that says what would be right."""
        InputError.__init__(self, plain)
        self.plain = plain
        self._offer = offer

    @cached_property
    def _message(self) -> str:
        return f"{self.plain}{self._offer()}"

    def __str__(self) -> str:
        """Return the whole message."""
        return self._message

    def __reduce__(self) -> tuple[type[InputError], tuple[str]]:
        """A copy for another process is a plain error with the whole message."""
        return InputError, (str(self),)


class AmbiguousIndustryError(InputError):
    """A word may mean several industries. ``choices`` are ids or codes; ``ask`` is the question that parts them."""

    def __init__(self, message: str, choices: tuple[str, ...], ask: Text | None = None) -> None:
        """Keep the choices and the question."""
        self.choices = choices
        self.ask = ask
        super().__init__(message)

    def __reduce__(self) -> tuple[type[InputError], tuple[str]]:
        """A copy for another process is a plain error with the whole message."""
        return InputError, (str(self),)


class CatalogueError(RegionmapError, ValueError):
    """Files of the catalogue do not hold. ``problems`` lists every one of them."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the list of problems, each with file, line, field, what is wrong and what would be right."""
        self.problems = problems
        super().__init__("\n".join(problems))


class MissingExtraError(RegionmapError, ImportError):
    """A package of an optional extra is not installed."""

    @classmethod
    def of(cls, what: str, extra: str) -> MissingExtraError:
        """Return the error for something that needs an extra: both are named in one line."""
        return cls(f"{what} needs packages that are not installed: pip install 'regionmap[{extra}]'")

    @classmethod
    def require(cls, module: str, what: str, extra: str) -> None:
        """Make sure that a package of an extra is there.

        Args:
            module: what would be imported.
            what: what needs it, as the beginning of a sentence.
            extra: the extra that brings it.

        Raises:
            MissingExtraError: it is not installed.
        """
        if find_spec(module) is None:
            raise cls.of(what, extra)

"""Every error that regionmap raises on purpose: one base, children that subclass the nearest built-in.

A message is one clear line: what is wrong, and what would be right.
"""

from __future__ import annotations


class RegionmapError(Exception):
    """Base of all errors that a user can cause and mend."""


class InputError(RegionmapError, ValueError):
    """An argument cannot be used: unknown, ambiguous, malformed or out of range."""


class CatalogueError(RegionmapError, ValueError):
    """Files of the catalogue do not hold. ``problems`` lists every one of them."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the list of problems, each with file, line, field, what is wrong and what would be right."""
        self.problems = problems
        super().__init__("\n".join(problems))


class MissingExtraError(RegionmapError, ImportError):
    """A package of an optional extra is not installed."""

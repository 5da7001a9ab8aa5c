"""What names are looked up among: units by code and the indexes of their names (``Gazetteer``, ``NameResolver``).

Kept apart so that the modules that read names need not know the gazetteer that is made of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from regionmap.model import Level, Text, Unit

Index = Mapping[str, tuple[str, ...]]


class Units(Protocol):
    """Administrative units and which lie in which."""

    @property
    def by_code(self) -> Mapping[str, Unit]:
        """The units by adcode, in the order of the codes."""

    def unit(self, code: str) -> Unit:
        """Return the unit of an adcode."""

    def units(self, level: Level | None = None) -> tuple[Unit, ...]:
        """Return all units, or those of one level."""

    def ancestors(self, code: str) -> tuple[Unit, ...]:
        """Return the units above, the nearest first."""

    def children(self, code: str) -> tuple[Unit, ...]:
        """Return the units directly below."""

    def label(self, code: str) -> Text:
        """Return name, unit above and code: 朝阳区(北京市) 110105."""


class NameIndexes(Protocol):
    """The names of units, as they are looked up, with the codes of those that bear them."""

    @property
    def full(self) -> Index:
        """Chinese names that carry their kind → codes."""

    @property
    def loose(self) -> Index:
        """Chinese names without their kind → codes."""

    @property
    def english(self) -> Index:
        """Folded English names → codes."""

    def prefixes(self, text: str, inside: str = "") -> Iterator[tuple[str, str]]:
        """Yield (code of a unit that the text begins with, the rest of the text)."""

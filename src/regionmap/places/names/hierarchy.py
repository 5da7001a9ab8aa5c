"""Which unit lies in which: a tree of adcodes, that of today or that of a day of the past."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal


class Hierarchy:
    """A tree of adcodes. What is asked of it is kept, since every rule asks for the same."""

    def __init__(self, parents: Mapping[str, str]) -> None:
        """Keep the code above each code, empty for a province; their order is that in which children are told."""
        self._parents = parents
        children: dict[str, list[str]] = {}
        for code, parent in parents.items():
            if parent:
                children.setdefault(parent, []).append(code)
        self._children = {parent: tuple(codes) for parent, codes in children.items()}
        self._families: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def above(self, code: str) -> tuple[str, ...]:
        """Return the codes above, the nearest first; empty for a province."""
        found = []
        while code := self._parents[code]:
            found.append(code)
        return tuple(found)

    def children(self, code: str) -> tuple[str, ...]:
        """Return the codes directly below."""
        return self._children.get(code, ())

    def below(self, code: str) -> frozenset[str]:
        """Return the codes below, at every level; empty for a lowest unit."""
        return self._family(code)[1]

    def lowest(self, code: str) -> tuple[str, ...]:
        """Return the codes of the lowest units inside: the code itself where nothing lies below it."""
        below = self._children.get(code)
        return tuple(one for child in below for one in self.lowest(child)) if below else (code,)

    def within(self, code: str, area_codes: frozenset[str]) -> Literal["whole", "part", "none"]:
        """Tell how much of a unit lies in an area given by the codes of its units.

        ``whole``: the unit or one above it is named, or everything below it is; ``part``: something below it is.
        """
        around, below = self._family(code)
        if not around.isdisjoint(area_codes):
            return "whole"
        return "none" if below.isdisjoint(area_codes) else self._covered_below(code, area_codes)

    def overlap(self, code: str, area_codes: frozenset[str]) -> tuple[str, ...]:
        """Return those units of an area that lie in a unit (or are it), in the order of their codes.

        Empty where the area only holds the unit as a part of something larger.
        """
        below = self._family(code)[1]
        return tuple(sorted(one for one in area_codes if one == code or one in below))

    def _family(self, code: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the codes of a unit and of all above it, and those of all below it."""
        found = self._families.get(code)
        if found is None:
            below: set[str] = set()
            waiting = list(self._children.get(code, ()))
            while waiting:
                child = waiting.pop()
                below.add(child)
                waiting += self._children.get(child, ())
            found = self._families[code] = frozenset({code, *self.above(code)}), frozenset(below)
        return found

    def _covered_below(self, code: str, area_codes: frozenset[str]) -> Literal["whole", "part", "none"]:
        found = {
            "whole" if child in area_codes else self._covered_below(child, area_codes)
            for child in self._children.get(code, ())
        }
        if found == {"whole"}:
            return "whole"
        return "part" if found - {"none"} else "none"

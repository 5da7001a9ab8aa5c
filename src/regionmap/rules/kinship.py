"""Which industries hold which: by parents, members and our readings of classes, and by codes of GB/T 4754-2017.

Worked out once for a catalogue, since every question about an industry asks it of hundreds of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import NamedTuple

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Industry


class Extent(IntEnum):
    """How much of what was asked an industry holds, as far as can be told."""

    NOTHING = 0
    PART = 1
    WHOLE = 2


class Held(NamedTuple):
    """How much of a class an industry holds. ``part``: the industry that is what it holds, where one is known."""

    extent: Extent
    part: Industry | None = None


NOTHING, WHOLE = Held(Extent.NOTHING), Held(Extent.WHOLE)


class Code(NamedTuple):
    """A code that stands for an industry. ``exact``: the industry is all that the class holds."""

    code: str
    exact: bool
    holder: str


class _Kin(NamedTuple):
    """What holds the whole of a class, or a part of it, by parents, members and groups: ids; the part by the holder."""

    whole: frozenset[str]
    part: dict[str, str]


class Kinship:
    """What stands above and below industries and codes. One object can serve all threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep nothing yet; see ``of``."""
        self._catalogue = catalogue
        self._above: dict[str, frozenset[str]] = {}
        self._below: dict[str, frozenset[str]] = {}
        self._family: dict[str, tuple[Code, ...]] = {}
        self._kin: dict[str, _Kin] = {}
        self._lines: dict[str, frozenset[str]] = {}

    @classmethod
    def of(cls, catalogue: Catalogue) -> Kinship:
        """Return what is kept beside a catalogue."""
        found = catalogue.aside.get(__name__)
        if not isinstance(found, Kinship):
            found = catalogue.aside[__name__] = Kinship(catalogue)
        return found

    def above(self, name: str) -> frozenset[str]:
        """The industry, its parents, their parents, and every group that has one of them as a member."""
        industries, groups = self._catalogue.industries, self._catalogue.groups_of
        return _kept(self._above, name, lambda one: (*industries[one].parents, *groups.get(one, ())))

    def below(self, name: str) -> frozenset[str]:
        """The industry and those under it: children, members, and what we count as belonging to a class."""
        industries, children = self._catalogue.industries, self._catalogue.children_of
        readings = self._catalogue.readings

        def under(one: str) -> Iterable[str]:
            read = readings[one].members if one in readings else ()
            return (*children.get(one, ()), *industries[one].members, *read)

        return _kept(self._below, name, under)

    def own(self, industry: Industry) -> tuple[Code, ...]:
        """The codes of an industry alone."""
        return tuple(Code(one.code, one.fit == "exact", industry.id) for one in industry.codes)

    def family(self, industry: Industry) -> tuple[Code, ...]:
        """The codes of an industry and, for a group, of all of its members."""
        found = self._family.get(industry.id)
        if found is None:
            inner = [code for name in industry.members for code in self.family(self._catalogue.industries[name])]
            found = self._family[industry.id] = tuple(dict.fromkeys((*self.own(industry), *inner)))
        return found

    def typed(self, code: str, named: Industry) -> Held:
        """Return how much of a class that was asked by its code an industry holds.

        An industry that shares the class with others is taken to hold it: the code does not tell them apart.
        """
        kin, line = self._kin_of(code), self.line(code)
        if named.id in kin.whole or any(one.code in line for one in self.family(named)):
            return WHOLE
        return self._part(named, kin) or self._below_code(named, code)

    def named(self, own: Code, named: Industry) -> Held:
        """Return how much an industry holds of what another one means by a code of its own.

        Two industries that share a class without either being all of it (烧碱 and 纯碱 in 2612) do not hold each other.
        """
        kin, line, family = self._kin_of(own.code), self.line(own.code), self.family(named)
        if any(one.code in line and one.code != own.code for one in family):
            return WHOLE
        same = max((one for one in family if one.code == own.code), key=lambda one: one.exact, default=None)
        if same is not None and same.exact:
            return Held(Extent.WHOLE, self._catalogue.industries[same.holder])
        if named.id in kin.whole:
            return WHOLE
        if same is not None and own.exact:
            return Held(Extent.PART, self._catalogue.industries[same.holder])
        return (self._part(named, kin) if own.exact else None) or self._below_code(named, own.code)

    def line(self, code: str) -> frozenset[str]:
        """Return a code and all codes above it."""
        found = self._lines.get(code)
        if found is None:
            above, gbt = [], self._catalogue.gbt
            while code:
                above.append(code)
                code = gbt[code].parent if code in gbt else ""
            found = self._lines[above[0]] = frozenset(above)
        return found

    def _part(self, named: Industry, kin: _Kin) -> Held | None:
        part = kin.part.get(named.id)
        return Held(Extent.PART, self._catalogue.industries[part]) if part is not None else None

    def _below_code(self, named: Industry, code: str) -> Held:
        for one in self.family(named):
            if one.code != code and code in self.line(one.code):
                return Held(Extent.PART, self._catalogue.industries[one.holder])
        return NOTHING

    def _kin_of(self, code: str) -> _Kin:
        found = self._kin.get(code)
        if found is None:
            whole: set[str] = set()
            part: dict[str, str] = {}
            line = self.line(code)
            for one in self._catalogue.industries.values():
                over = [held.fit for held in one.codes if held.code in line]
                if "exact" in over:
                    whole |= self.above(one.id)
                elif over:
                    part |= dict.fromkeys(self.above(one.id) - part.keys(), one.id)
                family = self.family(one)
                if family and all(code in self.line(held.code) for held in family):
                    part |= {name: name for name in self.below(one.id)}
            found = self._kin[code] = _Kin(frozenset(whole), part)
        return found


def _kept(known: dict[str, frozenset[str]], name: str, next_to: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Return a name and all that can be reached from it."""
    done = known.get(name)
    if done is None:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += next_to(one)
        done = known[name] = frozenset(found)
    return done

"""Which industries hold which: by parents, members and our readings of classes, and by codes of GB/T 4754-2017.

Worked out once for a catalogue, since every question about an industry asks it of hundreds of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, KeysView
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model.industry import Industry


class Extent(IntEnum):
    """How much of what was asked an industry holds, as far as can be told."""

    NOTHING = 0
    PART = 1
    WHOLE = 2


class Containment(NamedTuple):
    """How much of a class an industry holds. ``part``: the industry that is what it holds, where one is known."""

    extent: Extent
    part: Industry | None = None


class Code(NamedTuple):
    """A code that stands for an industry. ``exact``: the industry is all that the class holds."""

    code: str
    exact: bool
    holder: str


class _Kin(NamedTuple):
    """What holds the whole of a class, or a part of it, by parents, members and groups: ids; the part by the holder."""

    whole: frozenset[str]
    part: dict[str, str]


class _Under(NamedTuple):
    """What lies under an industry, turned round: which part is reached by what an industry of a rule is or holds."""

    by_name: dict[str, str]
    above: dict[str, str]
    """A part by the codes that stand above a code of it."""
    same: dict[str, str]
    """A part by a code that it is all of."""
    shared: dict[str, str]
    """A part by a code of it, exact or not."""


NOTHING, WHOLE = Containment(Extent.NOTHING), Containment(Extent.WHOLE)


class Kinship:
    """What stands above and below industries and codes. One object can serve all threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep nothing yet; see ``of``."""
        self._catalogue = catalogue
        self._above: dict[str, dict[str, None]] = {}
        self._below: dict[str, dict[str, None]] = {}
        self._family: dict[str, tuple[Code, ...]] = {}
        self._kin: dict[str, _Kin] = {}
        self._lines: dict[str, frozenset[str]] = {}
        self._under: dict[str, _Under] = {}
        self._uppers: dict[str, tuple[str, ...]] = {}
        self._reaches: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    @classmethod
    def of(cls, catalogue: Catalogue) -> Kinship:
        """Return what is kept beside a catalogue."""
        found = catalogue.derived.get(__name__)
        if not isinstance(found, Kinship):
            found = catalogue.derived[__name__] = Kinship(catalogue)
        return found

    def above(self, name: str) -> KeysView[str]:
        """Return the industry, all above it, and every group that has one of them as a member, nearest first."""
        industries, groups = self._catalogue.industries, self._catalogue.groups_of
        return _kept(self._above, name, lambda one: (*industries[one].parents, *groups.get(one, ())))

    def below(self, name: str) -> KeysView[str]:
        """Return the industry and those under it, nearest first: children, members, and what we count to a class."""
        industries, children = self._catalogue.industries, self._catalogue.children_of
        readings = self._catalogue.readings

        def under(one: str) -> Iterable[str]:
            read = readings[one].members if one in readings else ()
            return (*children.get(one, ()), *industries[one].members, *read)

        return _kept(self._below, name, under)

    def own(self, industry: Industry) -> tuple[Code, ...]:
        """Return the codes of an industry alone."""
        return tuple(Code(one.code, one.fit == "exact", industry.id) for one in industry.codes)

    def family(self, industry: Industry) -> tuple[Code, ...]:
        """Return the codes of an industry and, for a group, of all of its members."""
        found = self._family.get(industry.id)
        if found is None:
            inner = [code for name in industry.members for code in self.family(self._catalogue.industries[name])]
            found = self._family[industry.id] = tuple(dict.fromkeys((*self.own(industry), *inner)))
        return found

    def typed(self, code: str, named: Industry) -> Containment:
        """Return how much of a class that was asked by its code an industry holds.

        An industry that shares the class with others is taken to hold it: the code does not tell them apart.
        """
        kin, line = self._kin_of(code), self.line(code)
        if named.id in kin.whole or any(one.code in line for one in self.family(named)):
            return WHOLE
        return self._part(kin.part.get(named.id)) or self._below_code(named, code)

    def named(self, own: Code, named: Industry) -> Containment:
        """Return how much an industry holds of what another one means by a code of its own.

        Two industries that share a class without either being all of it (烧碱 and 纯碱 in 2612) do not hold each other.
        """
        kin, line = self._kin_of(own.code), self.line(own.code)
        codes, above = self._reach(named)
        related = named.id in kin.whole or named.id in kin.part or own.code in above
        if not related and codes.isdisjoint(line):
            return NOTHING  # so it is for most
        family = self.family(named)
        if any(one.code in line and one.code != own.code for one in family):
            return WHOLE
        same = max((one for one in family if one.code == own.code), key=lambda one: one.exact, default=None)
        if same is not None and same.exact:
            return Containment(Extent.WHOLE, self._catalogue.industries[same.holder])
        if named.id in kin.whole:
            return WHOLE
        if own.exact:
            found = self._part(same.holder if same is not None else kin.part.get(named.id))
            if found is not None:
                return found
        return self._below_code(named, own.code)

    def under(self, asked: Industry, named: Industry) -> Industry | None:
        """Return a child, a member or another part of an industry that another one holds, wholly or in part."""
        under = self._under_of(asked.id)
        found = under.by_name.get(named.id)
        if found is None:
            for one in self.family(named):
                found = under.above.get(one.code) or (under.shared if one.exact else under.same).get(one.code)
                found = found or self._nearest_above(one.code, under.shared)
                if found is not None:
                    break
        return self._catalogue.industries[found] if found is not None else None

    def _nearest_above(self, code: str, shared: dict[str, str]) -> str | None:
        above = self._uppers.get(code)
        if above is None:
            above = self._uppers[code] = tuple(_upward(self.line(code) - {code}))
        return next((shared[upper] for upper in above if upper in shared), None)

    def _reach(self, industry: Industry) -> tuple[frozenset[str], frozenset[str]]:
        """Return the codes of an industry and its members, and these with all codes above them."""
        found = self._reaches.get(industry.id)
        if found is None:
            codes = frozenset(one.code for one in self.family(industry))
            found = self._reaches[industry.id] = codes, frozenset().union(*map(self.line, codes))
        return found

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

    def _part(self, name: str | None) -> Containment | None:
        return Containment(Extent.PART, self._catalogue.industries[name]) if name is not None else None

    def _below_code(self, named: Industry, code: str) -> Containment:
        for one in self.family(named):
            if one.code != code and code in self.line(one.code):
                return Containment(Extent.PART, self._catalogue.industries[one.holder])
        return NOTHING

    @cached_property
    def _holders(self) -> dict[str, list[Code]]:
        """The industries that have a code, by it."""
        found: dict[str, list[Code]] = {}
        for industry in self._catalogue.industries.values():
            for one in self.own(industry):
                found.setdefault(one.code, []).append(one)
        return found

    @cached_property
    def _within(self) -> dict[str, list[str]]:
        """The industries all of whose codes lie in a class, by its code. Of a group, every member has such codes."""
        found: dict[str, list[str]] = {}
        for industry in self._catalogue.industries.values():
            for code in self._common(industry):
                found.setdefault(code, []).append(industry.id)
        return found

    def _common(self, industry: Industry) -> frozenset[str]:
        """Return the codes in which an industry lies as a whole."""
        lines = [self.line(one.code) for one in industry.codes]
        lines += [self._common(self._catalogue.industries[name]) for name in industry.members]
        return frozenset.intersection(*lines) if lines else frozenset()

    def _kin_of(self, code: str) -> _Kin:
        found = self._kin.get(code)
        if found is None:
            over = [one for upper in _upward(self.line(code)) for one in self._holders.get(upper, ())]
            whole = frozenset(name for one in over if one.exact for name in self.above(one.holder))
            part: dict[str, str] = {}
            for one in over:
                if not one.exact:
                    part = dict.fromkeys(self.above(one.holder), one.holder) | part
            for name in self._within.get(code, ()):
                part |= {under: under for under in self.below(name)}
            found = self._kin[code] = _Kin(whole, part)
        return found

    def _under_of(self, name: str) -> _Under:
        found = self._under.get(name)
        if found is None:
            found = _Under({}, {}, {}, {})
            for part in list(self.below(name))[1:]:
                _add(found.by_name, self.above(part), part)
                for one in self.own(self._catalogue.industries[part]):
                    kin = self._kin_of(one.code)
                    _add(found.by_name, kin.whole, part)
                    if one.exact:
                        _add(found.by_name, kin.part, part)
                        found.same.setdefault(one.code, part)
                    _add(found.above, self.line(one.code) - {one.code}, part)
                    found.shared.setdefault(one.code, part)
            self._under[name] = found
        return found


def _upward(codes: frozenset[str]) -> list[str]:
    """Return codes of one line from the narrowest to the widest: the nearest decides, in every process the same."""
    return sorted(codes, key=lambda code: (-len(code), code))


def _add(found: dict[str, str], names: Iterable[str], part: str) -> None:
    for name in names:
        found.setdefault(name, part)


def _kept(known: dict[str, dict[str, None]], name: str, next_to: Callable[[str], Iterable[str]]) -> KeysView[str]:
    """Return a name and all that can be reached from it, the nearest first."""
    found = known.get(name)
    if found is None:
        found = {name: None}
        waiting = [name]
        for one in waiting:
            new = [other for other in next_to(one) if other not in found]
            found.update(dict.fromkeys(new))
            waiting += dict.fromkeys(new)
        known[name] = found
    return found.keys()

"""The industry question: does a provision that names these industries reach the one that was asked for?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Industry, Provision
from regionmap.rules.finding import IndustryFit, IndustryMatch, Subject

_ORDER = [
    IndustryFit.NAMED,
    IndustryFit.CODE,
    IndustryFit.PART,
    IndustryFit.READING,
    IndustryFit.NEAR,
    IndustryFit.UNDEFINED,
    IndustryFit.OPEN,
    IndustryFit.NONE,
]


def innermost(catalogue: Catalogue, industry: Industry | None, code: str) -> list[Industry]:
    """Return the members of a group (or the industry itself) whose codes hold ``code``, also in the wide sense."""
    if industry is None:
        return []
    if industry.members:
        return [one for name in industry.members for one in innermost(catalogue, catalogue.industries[name], code)]
    held = (*(one.code for one in industry.codes), *industry.wide)
    return [industry] if any(catalogue.gbt.covers(upper, code) for upper in held) else []


def loose(catalogue: Catalogue, named: Industry, code: str) -> tuple[Industry, ...]:
    """Return those that ``innermost`` gives of which ``code`` is more, or less, than the term means."""
    covers = catalogue.gbt.covers
    return tuple(
        industry
        for industry in innermost(catalogue, named, code)
        if not any(one.fit == "exact" and covers(one.code, code) for one in industry.codes)
    )


class IndustryJudge:
    """Holds one subject against the industries of provisions; keeps the answer for each industry."""

    def __init__(self, catalogue: Catalogue, subject: Subject) -> None:
        """Prepare the names above the subject."""
        self._catalogue = catalogue
        self._subject = subject
        self._known: dict[str, IndustryMatch] = {}
        asked = subject.industry
        by_name = asked is not None and subject.code is None
        self._above = self._upward(asked.id) if asked is not None and by_name else frozenset()
        self._below = self._downward(asked.id) if asked is not None and by_name else frozenset()
        self._lists: dict[tuple[str, ...], IndustryMatch] = {}

    def match(self, provision: Provision) -> IndustryMatch:
        """Return how the provision's industries stand to the subject; the closest of them decides."""
        if not provision.industries:
            return IndustryMatch(IndustryFit.ALL)
        best = self._lists.get(provision.industries)
        if best is None:
            best = self._lists[provision.industries] = self.of(provision.industries)
        if best.fit is IndustryFit.NONE and provision.industries_open:
            return IndustryMatch(IndustryFit.OPEN)
        return best

    def of(self, names: Sequence[str]) -> IndustryMatch:
        """Return how a list of industries (not empty) stands to the subject."""
        found = [self._one(name) for name in names]
        best = min(found, key=lambda one: _ORDER.index(one.fit))
        if best.fit is IndustryFit.PART:
            parts = tuple(one.via for one in found if one.fit is IndustryFit.PART and one.via is not None)
            return replace(best, parts=parts)
        return best

    def _one(self, name: str) -> IndustryMatch:
        if name not in self._known:
            self._known[name] = self._judge(self._catalogue.industries[name])
        return self._known[name]

    def _judge(self, named: Industry) -> IndustryMatch:
        found = self._compare(named)
        reading = self._catalogue.readings.get(named.id)
        if found.binds or reading is None or not reading.members:
            return found
        read = self.of(reading.members)
        if not read.binds:
            return found
        return IndustryMatch(IndustryFit.READING, named, read.code, read.parts, reading)

    def _compare(self, named: Industry) -> IndustryMatch:
        """Compare by the names of the catalogue, then by codes.

        A name is caught through a code only where the code of the provision's industry stands above its own (26 holds
        2614): two products that share one class (烧碱 and 纯碱 in 2612) are not each other.
        """
        asked = self._subject
        if asked.code is not None:
            return self._judge_code(named, asked.code)
        if named.id in self._above:
            return IndustryMatch(IndustryFit.NAMED, named)
        if named.id in self._below:
            return IndustryMatch(IndustryFit.PART, named)
        codes = self._codes(named)
        held = [one for one in asked.codes if any(self._above_code(upper, one) for upper in codes)]
        if held:
            fit = IndustryFit.CODE if len(held) == len(asked.codes) else IndustryFit.PART
            return IndustryMatch(fit, named, held[0])
        below = [one for one in codes if any(self._above_code(upper, one) for upper in asked.codes)]
        if below:
            return IndustryMatch(IndustryFit.PART, named, below[0])
        return self._near(named, asked.codes)

    def _judge_code(self, named: Industry, code: str) -> IndustryMatch:
        covers = self._catalogue.gbt.covers
        codes = self._codes(named)
        if any(covers(upper, code) for upper in codes):
            return IndustryMatch(IndustryFit.CODE, named, code)
        below = [one for one in codes if covers(code, one)]
        if below:
            return IndustryMatch(IndustryFit.PART, named, below[0])
        return self._near(named, (code,))

    def _near(self, named: Industry, codes: Iterable[str]) -> IndustryMatch:
        covers = self._catalogue.gbt.covers
        for one in self._family(named):
            for wide in one.wide:
                for code in codes:
                    if covers(wide, code):
                        return IndustryMatch(IndustryFit.NEAR, named, code)
        return IndustryMatch(IndustryFit.UNDEFINED, named) if named.kind == "class" else IndustryMatch(IndustryFit.NONE)

    def _above_code(self, upper: str, lower: str) -> bool:
        return upper != lower and self._catalogue.gbt.covers(upper, lower)

    def _family(self, industry: Industry) -> list[Industry]:
        """The industry itself and, for a group, all of its members."""
        found = [industry]
        for name in industry.members:
            found += self._family(self._catalogue.industries[name])
        return found

    def _codes(self, industry: Industry) -> set[str]:
        return {one.code for member in self._family(industry) for one in member.codes}

    def _upward(self, name: str) -> frozenset[str]:
        """The industry, its parents, their parents, and every group that has one of them as a member."""
        industries, groups = self._catalogue.industries, self._catalogue.groups_of
        return _closure(name, lambda one: (*industries[one].parents, *groups.get(one, ())))

    def _downward(self, name: str) -> frozenset[str]:
        """The industries that have this one above them."""
        industries, children = self._catalogue.industries, self._catalogue.children_of
        return _closure(name, lambda one: (*children.get(one, ()), *industries[one].members))


def _closure(name: str, next_to: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Return a name and all that can be reached from it."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += next_to(one)
    return frozenset(found)

"""The industry question: does a provision that names these industries reach the one that was asked for?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Provision
from regionmap.model.industry import Industry
from regionmap.rules.matching.fits import IndustryFit, IndustryMatch, Subject
from regionmap.rules.matching.kinship import Containment, Extent, Kinship

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
_ALL, _OPEN, _NONE = (IndustryMatch(fit) for fit in (IndustryFit.ALL, IndustryFit.OPEN, IndustryFit.NONE))
_RANK = {fit: rank for rank, fit in enumerate(_ORDER)}


def innermost(catalogue: Catalogue, industry: Industry | None, code: str) -> list[Industry]:
    """Return the members of a group (or the industry itself) whose codes hold ``code``, also in the wide sense."""
    if industry is None:
        return []
    if industry.members:
        return [one for name in industry.members for one in innermost(catalogue, catalogue.industries[name], code)]
    codes = (*(own.code for own in industry.codes), *industry.wide)
    return [industry] if any(catalogue.gbt.covers(upper, code) for upper in codes) else []


def loose(catalogue: Catalogue, named: Industry, code: str) -> tuple[Industry, ...]:
    """Return those that ``innermost`` gives of which ``code`` is more, or less, than the term means."""
    covers = catalogue.gbt.covers
    return tuple(
        industry
        for industry in innermost(catalogue, named, code)
        if not any(one.fit == "exact" and covers(one.code, code) for one in industry.codes)
    )


class IndustryMatcher:
    """Compares one subject with the industries of provisions; keeps the answer for each industry."""

    def __init__(self, catalogue: Catalogue, subject: Subject) -> None:
        """Prepare what stands above and below the subject."""
        self._catalogue = catalogue
        self._subject = subject
        self._kinship = Kinship.of(catalogue)
        self._known: dict[str, IndustryMatch] = {}
        asked = subject.industry if subject.code is None else None
        self._asked = asked
        self._own = self._kinship.own(asked) if asked is not None else ()
        self._above = self._kinship.above(asked.id) if asked is not None else ()
        self._below = self._kinship.below(asked.id) if asked is not None else ()
        self._lists: dict[tuple[str, ...], IndustryMatch] = {}

    def match(self, provision: Provision) -> IndustryMatch:
        """Return how the provision's industries stand to the subject; the closest of them decides."""
        best = self._lists.get(provision.industries)
        if best is None:
            best = self._lists[provision.industries] = self.named(provision.industries, is_open=False)
        return _OPEN if best.fit is IndustryFit.NONE and provision.industries_open else best

    def named(self, names: Sequence[str], *, is_open: bool) -> IndustryMatch:
        """Return how a rule that names industries stands to the subject; without any it speaks of all.

        Args:
            names: ids of industries.
            is_open: the printed list ends in 等.
        """
        if not names:
            return _ALL
        best = self.of(names)
        return _OPEN if best.fit is IndustryFit.NONE and is_open else best

    def of(self, names: Sequence[str]) -> IndustryMatch:
        """Return how a list of industries (not empty) stands to the subject."""
        found = [self._one(name) for name in names]
        best = found[0] if len(found) == 1 else min(found, key=lambda one: _RANK[one.fit])
        if best.fit is IndustryFit.PART:
            parts = (part for one in found if one.fit is IndustryFit.PART for part in one.parts)
            return replace(best, parts=tuple(dict.fromkeys(parts)))
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
        """Compare by names, then by codes, then by what lies under the subject.

        What binds a part of the subject (a child, a member, a code) binds the subject in part: a name is never milder
        than what it is made of. What names only a sibling does not: see ``Kinship.named``.
        """
        if self._asked is None:
            found = self._by_codes(named, [(one, self._kinship.typed(one, named)) for one in self._subject.codes])
            return found or self._near(named)
        if named.id in self._above:
            return IndustryMatch(IndustryFit.NAMED, named)
        if named.id in self._below:
            return IndustryMatch(IndustryFit.PART, named, parts=(named,))
        found = self._by_codes(named, [(one.code, self._kinship.named(one, named)) for one in self._own])
        if found is not None:
            return found
        part = self._kinship.under(self._asked, named)
        return IndustryMatch(IndustryFit.PART, named, parts=(part,)) if part is not None else self._near(named)

    def _by_codes(self, named: Industry, contained: Sequence[tuple[str, Containment]]) -> IndustryMatch | None:
        """Return how an industry of a rule stands to the subject by the codes of the subject."""
        whole = [(code, how.part) for code, how in contained if how.extent is Extent.WHOLE]
        if whole and len(whole) == len(contained):
            return IndustryMatch(IndustryFit.CODE, named, whole[0][0])
        parts = tuple(dict.fromkeys(how.part for _, how in contained if how.part is not None))
        if parts:
            return IndustryMatch(IndustryFit.PART, named, parts=parts)
        return IndustryMatch(IndustryFit.PART, named, whole[0][0], (named,)) if whole else None

    def _near(self, named: Industry) -> IndustryMatch:
        covers = self._catalogue.gbt.covers
        for one in self._family(named):
            for wide in one.wide:
                for code in self._subject.codes:
                    if covers(wide, code):
                        return IndustryMatch(IndustryFit.NEAR, named, code)
        return IndustryMatch(IndustryFit.UNDEFINED, named) if named.kind == "class" else _NONE

    def _family(self, industry: Industry) -> list[Industry]:
        """Return the industry itself and, for a group, all of its members."""
        found = [industry]
        for name in industry.members:
            found += self._family(self._catalogue.industries[name])
        return found

"""What is worked out once for a catalogue and its places, and kept within bounds for all questions.

What an answer rests on changes on few days (``all_change_dates``), so that what is kept for one day serves all days up
to the next; and most provisions speak of other industries, so that these are set aside once for each subject.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from regionmap.catalogue.catalogue import Catalogue
from regionmap.lru import LRUCache
from regionmap.model import Action, Status, Unit
from regionmap.model.industry import Industry
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.area_index import INSIDE, OUT_OF_SCOPE, OUTSIDE, UNDEFINED, AreaIndex
from regionmap.rules.matching.candidates import (
    BINDS,
    CandidateMatches,
    Candidates,
    Matches,
    Outcomes,
    outcomes,
    stands_to_industry,
)
from regionmap.rules.matching.fits import IndustryFit, IndustryMatch, LineDistance, PlaceFit, PlaceMatch, Subject
from regionmap.rules.matching.industries import IndustryMatcher, loose
from regionmap.rules.matching.places import PlaceMatcher, out_of_scope
from regionmap.rules.matching.validity import all_change_dates, status

KEPT_DAYS = 32
"""Intervals between change dates. One holds the matches of places that differ: at most some 500, of 1.5 KB each."""
KEPT_SUBJECTS = 512
"""Industries, each with its matches: some 25 KB. A look-up asks for every industry that a rule at the place names."""
KEPT_CANDIDATES = 512
"""Pairs of industry and action in an interval: some 50 KB each, and as much again once every county was looked up."""

KEPT_PLACES = 1024
"""Places that differ, each with how it stands to the areas near it on any date: some 20 KB."""

_KINDS = {
    PlaceFit.WHOLE: INSIDE,
    PlaceFit.PART: INSIDE,
    PlaceFit.UNDEFINED: UNDEFINED,
    PlaceFit.OUT_OF_SCOPE: OUT_OF_SCOPE,
}
_ASKS_FOR_ALL = IndustryMatch(IndustryFit.ALL)

Placed = dict[tuple[int, tuple[object, ...]], PlaceMatch]
"""How one place stands to an area (its number in ``AreaIndex.wheres``) by what the area rests on (``basis``)."""


class ValidityInterval:
    """The days between two change dates: the standing of every provision, and how places stand to all areas."""

    def __init__(
        self,
        catalogue: Catalogue,
        gazetteer: Gazetteer,
        areas: AreaIndex,
        on: dt.date,
        placed: LRUCache[int | str, Placed] | None = None,
    ) -> None:
        """Take any day of the interval for all of them.

        Args:
            catalogue: whose provisions are held against places.
            gazetteer: the units.
            areas: the distinct areas of the provisions.
            on: a day of the interval.
            placed: what is known from other intervals: most areas are the same on both sides of a change date.
        """
        self.matcher = PlaceMatcher(catalogue, gazetteer, on)
        self.statuses: tuple[Status, ...] = tuple(status(one, on, catalogue) for one in catalogue.provisions)
        self._areas = areas
        self._catalogue = catalogue
        self._known: dict[int | str, Matches] = {}
        self._placed = LRUCache[int | str, Placed](KEPT_PLACES) if placed is None else placed
        self._bases: dict[int, tuple[object, ...]] = {}
        self._outcomes: dict[Action, tuple[tuple[Outcomes, Outcomes, Outcomes], ...]] = {}

    def outcomes(self, action: Action) -> tuple[tuple[Outcomes, Outcomes, Outcomes], ...]:
        """Return what becomes of every provision for an action: see ``candidates.outcomes``."""
        found = self._outcomes.get(action)
        if found is None:
            pairs = zip(self._catalogue.provisions, self.statuses, strict=True)
            found = self._outcomes[action] = tuple(
                outcomes(one, self._catalogue.source_of(one), action, standing) for one, standing in pairs
            )
        return found

    def matches(self, places: Sequence[Unit], line: LineDistance | None = None) -> Matches:
        """Return how the places, taken as one area, stand to each of ``AreaIndex.wheres``; kept for single units.

        With ``line``, how a point of the one place does.
        """
        if line is not None:
            return self._at_point(self.matches(places), places, line)
        if len(places) != 1:
            return self._match(places)
        key = self._areas.key(places[0])
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._match(places)
        return found

    def _at_point(self, found: Matches, places: Sequence[Unit], line: LineDistance) -> Matches:
        """Decide by a point's distance what holds of its unit in part: few areas are cut by one."""
        matches = list(found.matches)
        for number in self._areas.by_line:
            matches[number] = self.matcher.match(self._areas.wheres[number], places, line)
        return self._sorted(matches, places)

    @cached_property
    def _nowhere(self) -> Matches:
        nowhere = [self.matcher.match_nowhere(where) for where in self._areas.wheres]
        return self._sorted(nowhere, ())._replace(out_of_scope=False)

    def _match(self, places: Sequence[Unit]) -> Matches:
        if all(out_of_scope(one) for one in places):
            return self._sorted([self.matcher.match(where, places) for where in self._areas.wheres], places)
        near = sorted(self._areas.near(places))
        known = self._placed.get(self._areas.key(places[0]), dict) if len(places) == 1 else {}
        return self._differing({number: self._match_one(number, places, known) for number in near})

    def _match_one(self, number: int, places: Sequence[Unit], known: Placed) -> PlaceMatch:
        basis = self._bases.get(number)
        if basis is None:
            basis = self._bases[number] = self.matcher.basis(self._areas.wheres[number])
        found = known.get((number, basis))
        if found is None:
            found = known[number, basis] = self.matcher.match(self._areas.wheres[number], places)
        return found

    def _differing(self, near: Mapping[int, PlaceMatch]) -> Matches:
        """Return the matches of places that stand to some areas otherwise than one that no list names."""
        nowhere, everywhere = self._nowhere, self._areas.everywhere
        matches, kinds = list(nowhere.matches), bytearray(nowhere.kinds)
        reached = {number for number in nowhere.reached if number not in near}
        unlisted = {number for number in nowhere.unlisted if number not in near}
        for number, one in near.items():
            matches[number] = one
            kind = kinds[number] = _KINDS.get(one.fit, OUTSIDE)
            if kind != OUTSIDE and number not in everywhere:
                reached.add(number)
            if one.fit is PlaceFit.UNLISTED:
                unlisted.add(number)
        return Matches(tuple(matches), bytes(kinds), tuple(sorted(reached)), frozenset(unlisted), out_of_scope=False)

    def _sorted(self, found: Sequence[PlaceMatch], places: Sequence[Unit]) -> Matches:
        kinds = bytes(_KINDS.get(one.fit, OUTSIDE) for one in found)
        everywhere = self._areas.everywhere
        return Matches(
            matches=tuple(found),
            kinds=kinds,
            reached=tuple(number for number, kind in enumerate(kinds) if kind != OUTSIDE and number not in everywhere),
            unlisted=frozenset(number for number, one in enumerate(found) if one.fit is PlaceFit.UNLISTED),
            out_of_scope=all(out_of_scope(one) for one in places),
        )


class RuleIndex:
    """Everything that is kept for one catalogue and one gazetteer. One object can serve all threads."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        """Keep nothing yet; see ``of``."""
        self.gazetteer = gazetteer
        self._catalogue = catalogue
        self._intervals: LRUCache[int, ValidityInterval] = LRUCache(KEPT_DAYS)
        self._placed: LRUCache[int | str, Placed] = LRUCache(KEPT_PLACES)
        self._candidate_matches: LRUCache[tuple[str, str | None], CandidateMatches] = LRUCache(KEPT_SUBJECTS)
        self._candidates: LRUCache[tuple[tuple[str, str | None] | None, Action, int], Candidates] = LRUCache(
            KEPT_CANDIDATES
        )
        self._loose: LRUCache[str, dict[str, tuple[Industry, ...]]] = LRUCache(KEPT_SUBJECTS)

    @classmethod
    def of(cls, catalogue: Catalogue, gazetteer: Gazetteer) -> RuleIndex:
        """Return what is kept beside a catalogue; made anew when the gazetteer is another one."""
        found = catalogue.derived.get(__name__)
        if not isinstance(found, RuleIndex) or found.gazetteer is not gazetteer:
            found = catalogue.derived[__name__] = RuleIndex(catalogue, gazetteer)
        return found

    @cached_property
    def areas(self) -> AreaIndex:
        """The distinct areas of provisions, and which of them matter to a unit."""
        return AreaIndex(self._catalogue, self.gazetteer)

    @cached_property
    def change_dates(self) -> tuple[dt.date, ...]:
        """The days on which an answer may change."""
        return all_change_dates(self._catalogue)

    def interval(self, on: dt.date) -> ValidityInterval:
        """Return the days between two change dates that a day belongs to."""
        number = bisect_right(self.change_dates, on)

        def make() -> ValidityInterval:
            return ValidityInterval(self._catalogue, self.gazetteer, self.areas, on, self._placed)

        return self._intervals.get(number, make)

    def candidates(self, subject: Subject | None, action: Action, on: dt.date) -> Candidates:
        """Return the provisions that may speak of a subject, with what becomes of each on a day for an action."""
        key = (subject.id, subject.code) if subject is not None else None

        def make() -> Candidates:
            interval = self.interval(on)
            outcomes_of = interval.outcomes(action)
            return Candidates(self._catalogue, self.areas, interval.statuses, outcomes_of, self._matches_of(subject))

        return self._candidates.get((key, action, bisect_right(self.change_dates, on)), make)

    def loose_terms(self, named: Industry, code: str) -> tuple[Industry, ...]:
        """Return the industries in ``named`` that hold a code without meaning just that: see ``industries.loose``."""
        known = self._loose.get(code, dict)
        found = known.get(named.id)
        if found is None:
            found = known[named.id] = loose(self._catalogue, named, code)
        return found

    def _matches_of(self, subject: Subject | None) -> CandidateMatches:
        provisions = self._catalogue.provisions
        if subject is None:
            return CandidateMatches(tuple((number, BINDS, _ASKS_FOR_ALL) for number in range(len(provisions))), 0)
        asked = subject

        def make() -> CandidateMatches:
            matcher = IndustryMatcher(self._catalogue, asked)
            matches = ((number, matcher.match(one)) for number, one in enumerate(provisions))
            near = tuple(
                (number, stands_to_industry(one), one) for number, one in matches if one.fit is not IndustryFit.NONE
            )
            return CandidateMatches(near, len(provisions) - len(near))

        return self._candidate_matches.get((asked.id, asked.code), make)

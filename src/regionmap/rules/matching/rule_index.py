"""What is worked out once for a catalogue and its places, and kept within bounds for all questions.

What an answer rests on changes on few days (``all_change_dates``), so that what is kept for one day serves all days up
to the next; and most provisions speak of other industries, so that these are set aside once for each subject.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Hashable
from functools import cached_property
from operator import itemgetter

from regionmap.catalogue.catalogue import Catalogue
from regionmap.lru import LRUCache
from regionmap.model import Action, Status
from regionmap.model.industry import Industry
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.area_index import AreaIndex
from regionmap.rules.matching.area_matches import AreaMatches, Placed, list_dates
from regionmap.rules.matching.candidates import (
    BINDS,
    Candidate,
    CandidateMatches,
    Candidates,
    Partition,
    stands_to_industry,
)
from regionmap.rules.matching.fits import IndustryFit, IndustryMatch, Subject
from regionmap.rules.matching.industries import IndustryMatcher, loose
from regionmap.rules.matching.standings import ByStanding, Standings, Statuses
from regionmap.rules.matching.validity import all_change_dates

KEPT_DAYS = 32
"""Intervals between change dates, with the standing of all provisions and what becomes of them: some 16 KB each."""
KEPT_LISTS = 16
"""Intervals between two changes of a list or a unit, with the matches of places that differ: some 500, 1.5 KB each."""
KEPT_SUBJECTS = 512
"""Industries, each with its matches: some 25 KB. A look-up asks for every industry that a rule at the place names."""
KEPT_MADE = 64
"""Pairs of industry and action, each with what its provisions are as candidates in any interval: some 150 KB each."""
KEPT_CANDIDATES = 512
"""Pairs of industry and action in an interval: some 50 KB each, and as much again once every county was looked up."""
KEPT_PARTITIONS = 4096
"""What becomes of all provisions of a question at places that stand alike to them: some 2 KB each."""

KEPT_PLACES = 1024
"""Places that differ, each with how it stands to the areas near it on any date: some 20 KB."""

_ASKS_FOR_ALL = IndustryMatch(IndustryFit.ALL)


class ValidityInterval:
    """The days between two change dates: the standing of every provision, and how places stand to all areas."""

    def __init__(self, standings: Standings, statuses: Statuses, areas: AreaMatches) -> None:
        """Take what holds on these days.

        Args:
            standings: what becomes of provisions by their standing.
            statuses: of each provision, in the order of the catalogue.
            areas: how places stand to the areas of provisions.
        """
        self.statuses, self.areas = statuses, areas
        self._standings = standings
        self._outcomes: dict[Action, tuple[ByStanding, ...]] = {}

    def outcomes(self, action: Action) -> tuple[ByStanding, ...]:
        """Return what becomes of every provision for an action: see ``outcomes.outcomes``."""
        found = self._outcomes.get(action)
        if found is None:
            found = self._outcomes[action] = self._standings.outcomes(action, self.statuses)
        return found


class RuleIndex:
    """Everything that is kept for one catalogue and one gazetteer. One object can serve all threads."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        """Keep nothing yet; see ``of``."""
        self.gazetteer = gazetteer
        self._catalogue = catalogue
        self._intervals: LRUCache[int, ValidityInterval] = LRUCache(KEPT_DAYS)
        self._area_matches: LRUCache[int, AreaMatches] = LRUCache(KEPT_LISTS)
        self._placed: LRUCache[int | str, Placed] = LRUCache(KEPT_PLACES)
        self._candidate_matches: LRUCache[tuple[str, str | None], CandidateMatches] = LRUCache(KEPT_SUBJECTS)
        self._candidates: LRUCache[tuple[tuple[str, str | None] | None, Action, int], Candidates] = LRUCache(
            KEPT_CANDIDATES
        )
        self._made: LRUCache[tuple[tuple[str, str | None] | None, Action], dict[tuple[int, Status], Candidate]]
        self._made = LRUCache(KEPT_MADE)
        self._partitions: LRUCache[Hashable, Partition] = LRUCache(KEPT_PARTITIONS)
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

    @cached_property
    def list_dates(self) -> tuple[dt.date, ...]:
        """The days on which a place may come to stand otherwise to an area."""
        return list_dates(self._catalogue, self.gazetteer)

    @cached_property
    def standings(self) -> Standings:
        """The standing of provisions on days, and what becomes of them."""
        return Standings(self._catalogue)

    def interval(self, on: dt.date) -> ValidityInterval:
        """Return the days between two change dates that a day belongs to."""

        def make() -> ValidityInterval:
            return ValidityInterval(self.standings, self.standings.statuses(on), self.area_matches(on))

        return self._intervals.get(bisect_right(self.change_dates, on), make)

    def area_matches(self, on: dt.date) -> AreaMatches:
        """Return how places stand to all areas on a day."""

        def make() -> AreaMatches:
            return AreaMatches(self._catalogue, self.gazetteer, self.areas, on, self._placed)

        return self._area_matches.get(bisect_right(self.list_dates, on), make)

    def candidates(self, subject: Subject | None, action: Action, on: dt.date) -> Candidates:
        """Return the provisions that may speak of a subject, with what becomes of each on a day for an action."""
        key = (subject.id, subject.code) if subject is not None else None

        def make() -> Candidates:
            interval = self.interval(on)
            outcomes_of = interval.outcomes(action)
            speaking = self.speaking(subject)

            def made() -> dict[tuple[int, Status], Candidate]:
                return self._made.get((key, action), dict)

            return Candidates(
                self._catalogue, self.areas, interval.statuses, outcomes_of, speaking, made, self._partitions
            )

        return self._candidates.get((key, action, bisect_right(self.change_dates, on)), make)

    def loose_terms(self, named: Industry, code: str) -> tuple[Industry, ...]:
        """Return the industries in ``named`` that hold a code without meaning just that: see ``industries.loose``."""
        known = self._loose.get(code, dict)
        found = known.get(named.id)
        if found is None:
            found = known[named.id] = loose(self._catalogue, named, code)
        return found

    @cached_property
    def _alike(self) -> dict[tuple[tuple[str, ...], bool], list[int]]:
        """The places in the catalogue of provisions that name the same industries."""
        found: dict[tuple[tuple[str, ...], bool], list[int]] = {}
        for number, one in enumerate(self._catalogue.provisions):
            found.setdefault((one.industries, one.industries_open), []).append(number)
        return found

    def speaking(self, subject: Subject | None) -> CandidateMatches:
        """Return the provisions that may speak of a subject; None stands for every industry."""
        provisions = self._catalogue.provisions
        if subject is None:
            return CandidateMatches(tuple((number, BINDS, _ASKS_FOR_ALL) for number in range(len(provisions))), 0)
        asked = subject

        def make() -> CandidateMatches:
            matcher = IndustryMatcher(self._catalogue, asked)
            near: list[tuple[int, int, IndustryMatch]] = []
            for (names, is_open), numbers in self._alike.items():
                match = matcher.named(names, is_open=is_open)
                if match.fit is not IndustryFit.NONE:
                    stands = stands_to_industry(match)
                    near += [(number, stands, match) for number in numbers]
            near.sort(key=itemgetter(0))
            return CandidateMatches(tuple(near), len(provisions) - len(near))

        return self._candidate_matches.get((asked.id, asked.code), make)

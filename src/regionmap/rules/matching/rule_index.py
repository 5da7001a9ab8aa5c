"""What is worked out once for a catalogue and its places, and kept within bounds for all questions.

What an answer rests on changes on few days (``all_change_dates``), so that what is kept for one day serves all days up
to the next; and most provisions speak of other industries, so that these are set aside once for each subject.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import itemgetter

from regionmap.catalogue.catalogue import Catalogue
from regionmap.lru import LRUCache
from regionmap.model import Action, Status, Unit
from regionmap.model.industry import Industry
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.area_index import INSIDE, KINDS, OUT_OF_SCOPE, OUTSIDE, UNDEFINED, AreaIndex
from regionmap.rules.matching.candidates import (
    BINDS,
    Candidate,
    CandidateMatches,
    Candidates,
    Matches,
    Outcomes,
    Partition,
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
KEPT_MADE = 64
"""Pairs of industry and action, each with what its provisions are as candidates in any interval: some 150 KB each."""
KEPT_CANDIDATES = 512
"""Pairs of industry and action in an interval: some 50 KB each, and as much again once every county was looked up."""
KEPT_PARTITIONS = 4096
"""What becomes of all provisions of a question at places that stand alike to them: some 2 KB each."""

_NO_UNIT = ""
"""Among the keys of places: a place that no list names."""
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
        placed: LRUCache[int | str, Placed],
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
        self._known: dict[int | str | tuple[int | str, int | None], Matches] = {}
        self._placed = placed
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
        if len(places) != 1:
            return self.match_anew(places, line)
        key = self._areas.key(places[0])
        if line is None:
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = self.match_anew(places, None)
            return found
        band = self._areas.band(line)
        found = self._known.get((key, band))
        if found is None:
            found = self._known[key, band] = self.match_anew(places, self._areas.in_band(band))
        if line.beyond is None or found.out_of_scope:
            return found
        # All points of a band stand alike, and each tells a distance of its own.
        matches = list(found.matches)
        for number in self._areas.by_line:
            if matches[number].line is not None:
                matches[number] = replace(matches[number], line=line)
        return found._replace(matches=tuple(matches))

    @cached_property
    def _nowhere(self) -> Matches:
        known = self._placed.get(_NO_UNIT, dict)
        nowhere = [self._nowhere_match(number, known) for number in range(len(self._areas.wheres))]
        return self._sorted(nowhere, ())._replace(out_of_scope=False)

    def match_anew(
        self, places: Sequence[Unit], line: LineDistance | None, wheres: Collection[int] | None = None
    ) -> Matches:
        """Return ``matches`` without keeping it.

        Args:
            places: as in ``matches``.
            line: as in ``matches``.
            wheres: the numbers of the areas that anyone will look at, where it is known that no other matters.
        """
        if all(out_of_scope(one) for one in places):
            return self._sorted([self.matcher.match(where, places, line) for where in self._areas.wheres], places)
        numbers = self.near_numbers(places, line)
        if wheres is not None:
            numbers = [one for one in numbers if one in wheres]
        return self._differing(self.match_some(numbers, places, line))

    @cached_property
    def nowhere(self) -> tuple[PlaceMatch, ...]:
        """How a place that no list names stands to each of ``AreaIndex.wheres``."""
        return self._nowhere.matches

    def near(self, places: Sequence[Unit], line: LineDistance | None = None) -> dict[int, PlaceMatch]:
        """Return how places stand to the areas that may judge them otherwise than one that no list names.

        Args:
            places: as in ``matches``; not all of them where the loaded documents do not speak.
            line: as in ``matches``. It decides what holds of the unit in part: few areas are cut by a distance.
        """
        return self.match_some(self.near_numbers(places, line), places, line)

    def near_numbers(self, places: Sequence[Unit], line: LineDistance | None = None) -> list[int]:
        """Return the numbers of the areas that ``near`` tells of, in order."""
        areas = self._areas
        near = areas.near_single(places[0]) if len(places) == 1 else areas.near(places)
        return sorted(near) if line is None else sorted({*near, *areas.by_line})

    def match_some(
        self, numbers: Iterable[int], places: Sequence[Unit], line: LineDistance | None
    ) -> dict[int, PlaceMatch]:
        """Return how places stand to some areas, by the numbers of these."""
        known = self._placed.get(self._areas.key(places[0]), dict) if len(places) == 1 else {}
        wheres, by_line = self._areas.wheres, () if line is None else self._areas.by_line
        belonging = self.matcher.belonging(places)
        return {
            number: self.matcher.match(wheres[number], places, line)
            if number in by_line
            else self._match_one(number, places, known, belonging)
            for number in numbers
        }

    def _nowhere_match(self, number: int, known: Placed) -> PlaceMatch:
        where, basis = self._areas.wheres[number], self._basis(number)
        found = known.get((number, basis))
        if found is None:
            found = known[number, basis] = self.matcher.match_nowhere(where)
        return found

    def _basis(self, number: int) -> tuple[object, ...]:
        found = self._bases.get(number)
        if found is None:
            found = self._bases[number] = self.matcher.basis(self._areas.wheres[number])
        return found

    def _match_one(self, number: int, places: Sequence[Unit], known: Placed, belonging: tuple[int, ...]) -> PlaceMatch:
        basis = (*self._basis(number), *belonging)
        found = known.get((number, basis))
        if found is None:
            found = known[number, basis] = self.matcher.match(self._areas.wheres[number], places)
        return found

    def _differing(self, near: Mapping[int, PlaceMatch]) -> Matches:
        """Return the matches of places that stand to some areas otherwise than one that no list names."""
        nowhere, everywhere = self._nowhere, self._areas.everywhere
        matches, kinds = list(nowhere.matches), bytearray(nowhere.kinds)
        reached = set(nowhere.reached).difference(near)
        unlisted = set(nowhere.unlisted).difference(near)
        by_kind = [0] * len(KINDS)
        partly = 0
        for number, one in near.items():
            matches[number] = one
            fit = one.fit
            kind = kinds[number] = _KINDS.get(fit, OUTSIDE)
            bit = 1 << number
            by_kind[kind] |= bit
            if kind != OUTSIDE:
                if number not in everywhere:
                    reached.add(number)
                if fit is PlaceFit.PART:
                    partly |= bit
            elif fit is PlaceFit.UNLISTED:
                unlisted.add(number)
        others = ~sum(by_kind)
        return Matches(
            matches=tuple(matches),
            kinds=bytes(kinds),
            reached=tuple(sorted(reached)),
            unlisted=frozenset(unlisted),
            out_of_scope=False,
            inside=nowhere.inside & others | by_kind[INSIDE],
            undefined=nowhere.undefined & others | by_kind[UNDEFINED],
            partly=nowhere.partly & others | partly,
        )

    def _sorted(self, found: Sequence[PlaceMatch], places: Sequence[Unit]) -> Matches:
        kinds = bytes(_KINDS.get(one.fit, OUTSIDE) for one in found)
        everywhere = self._areas.everywhere
        return Matches(
            matches=tuple(found),
            kinds=kinds,
            reached=tuple(number for number, kind in enumerate(kinds) if kind != OUTSIDE and number not in everywhere),
            unlisted=frozenset(number for number, one in enumerate(found) if one.fit is PlaceFit.UNLISTED),
            out_of_scope=all(out_of_scope(one) for one in places),
            inside=sum(1 << number for number, kind in enumerate(kinds) if kind == INSIDE),
            undefined=sum(1 << number for number, kind in enumerate(kinds) if kind == UNDEFINED),
            partly=sum(1 << number for number, one in enumerate(found) if one.fit is PlaceFit.PART),
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

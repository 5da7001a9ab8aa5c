"""The provisions that may speak of an industry, and what becomes of each, decided once for all places."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import NamedTuple

from regionmap.catalogue.catalogue import Catalogue
from regionmap.lru import LRUCache
from regionmap.model import Status, Unit
from regionmap.rules.matching.area_index import AreaIndex
from regionmap.rules.matching.area_matches import AreaMatches, Standing
from regionmap.rules.matching.candidate import (
    Candidate,
    Mark,
    Matches,
    candidate_of,
    is_notable,
    stands_to_industry,
)
from regionmap.rules.matching.fits import IndustryMatch, LineDistance
from regionmap.rules.matching.outcomes import ASPECTS, BINDS, CLASS_UNDEFINED, FAILS, Outcome, Outcomes, outcomes
from regionmap.rules.matching.pieces import Marks, Partition, Pieces, sort_out

__all__ = [
    "ASPECTS", "BINDS", "CLASS_UNDEFINED", "FAILS", "Candidate", "CandidateMatches", "Candidates", "Mark", "Marks",
    "Matches", "Outcome", "Outcomes", "Partition", "candidate_of", "is_notable", "outcomes", "sort_out",
    "stands_to_industry",
]  # fmt: skip

_Speaking = tuple[int, int, IndustryMatch]
"""Place in the catalogue; FAILS, BINDS or CLASS_UNDEFINED; and the match."""


class CandidateMatches(NamedTuple):
    """Which provisions may speak of an industry: their places in the catalogue; ``far`` counts those that do not."""

    near: tuple[_Speaking, ...]
    far: int


class Candidates:
    """The provisions that may speak of an industry, for one action and the days between two change dates."""

    def __init__(
        self,
        catalogue: Catalogue,
        areas: AreaIndex,
        statuses: Sequence[Status],
        outcomes: Sequence[tuple[Outcomes, Outcomes, Outcomes]],
        speaking: CandidateMatches,
        made: Callable[[], dict[tuple[int, Status], Candidate]],
        partitions: LRUCache[Hashable, Partition],
    ) -> None:
        """Set apart what answers list and what they only count.

        Args:
            catalogue: what is loaded.
            areas: the distinct areas, with the number of each provision's.
            statuses: for each provision, its standing.
            outcomes: for each provision, what becomes of it by how it stands to the industry.
            speaking: which provisions may speak of the industry.
            made: gives those that were made for any interval and the same action, which are added to; asked for anew
                each time, since who keeps them keeps only some.
            partitions: those that were asked for last, of all candidates.
        """
        listed: dict[int, list[_Speaking]] = {}
        counted: dict[int, list[tuple[int, ...]]] = {}
        binding: dict[int, list[_Speaking]] = {}
        numbers = areas.number
        for one in speaking.near:
            number, stands, _ = one
            _, by_kind, may_be_shown, may_decide = outcomes[number][stands]
            where = numbers[number]
            if not may_be_shown:
                counted.setdefault(where, []).append(by_kind)
                continue
            listed.setdefault(where, []).append(one)
            if may_decide:
                binding.setdefault(where, []).append(one)
        self.limits: tuple[int, ...] = tuple(
            sorted(limit for limit in {areas.wheres[where].province_line_m for where in listed} if limit is not None)
        )
        """The distances to another province, in metres, by which an answer may list some of them or not."""
        self._far = speaking.far
        self._catalogue, self._statuses, self._outcomes, self._made = catalogue, statuses, outcomes, made
        self._areas, self._to_list, self._to_count, self._to_bind = areas, listed, counted, binding
        self._partitions, self._key = partitions, object()
        self._wheres = listed.keys() | counted.keys()
        self._mask = sum(1 << where for where in self._wheres)
        self._deciding = sum(1 << where for where in binding)
        self.rulings: dict[Hashable, object] = {}
        """What ``verdict.rulings`` found, by ``AreaIndex.key``, for points also by how many of ``AreaIndex.limits``
        they lie beyond, and by ``deciding``: as many as places that differ."""

    @cached_property
    def _all(self) -> Pieces:
        return Pieces(self._areas, self._wheres, lambda where: self._at(self._to_list, where), self._to_count)

    @cached_property
    def _binding(self) -> Pieces:
        return Pieces(self._areas, self._to_bind, lambda where: self._at(self._to_bind, where), None)

    def _at(self, speaking: dict[int, list[_Speaking]], where: int) -> list[Candidate]:
        """Return the candidates of an area; many areas are never asked for."""
        found, made = [], self._made()
        for number, stands, industry in speaking.get(where, ()):
            key = number, self._statuses[number]
            one = made.get(key)
            if one is None:
                outcomes = self._outcomes[number][stands]
                one = made[key] = candidate_of(self._catalogue, number, where, key[1], industry, outcomes)
            found.append(one)
        return found

    def deciding(self, areas: AreaMatches, place: Unit, line: LineDistance | None) -> Standing:
        """Return how a unit stands to the areas that a ruling may rest on: equal for those of one ruling and extent.

        Args:
            areas: how places stand to all areas on the date.
            place: the unit.
            line: for a point in it, how far it is from another province.
        """
        return areas.standing(place, line, self._to_bind, self._deciding)

    def deciding_matches(self, areas: AreaMatches, place: Unit, line: LineDistance | None) -> Matches:
        """Return the same with the matches, of which those of other areas are not looked at; see ``deciding``."""
        return areas.match_anew((place,), line, self._to_bind)

    def binding(self, matches: Matches) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
        """Return what a ruling may rest on: what binds, what has passed and is notable, what depends on the site."""
        return self._binding.binding(matches)

    def partition(self, matches: Matches) -> Partition:
        """Return what becomes of every candidate for places by how they stand to the areas."""
        mask, unlisted = self._mask, matches.unlisted
        if unlisted:
            unlisted = unlisted & self._wheres
        # The places of a question are many, and what they are told apart by is little.
        held = matches.inside & mask, matches.undefined & mask, matches.partly & mask
        key = self._key, *held, unlisted, matches.out_of_scope
        return self._partitions.get(key, lambda: self._all.partition(matches, self._far))

"""The answers to distinct questions at distinct places, each worked out once.

Counties that no rule, list or change of units tells apart share one answer, and so do the days between two on which
anything changes (``regionmap.rules.matching.equivalence``).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from regionmap.api import Regionmap
from regionmap.lru import LRUCache
from regionmap.model import Action, Ruling, Text, Unit
from regionmap.rules.matching.equivalence import all_change_dates, place_class
from regionmap.rules.matching.finding import LineDistance, Subject
from regionmap.rules.matching.question import Question
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.rules.verdict import rulings
from regionmap.rules.verdict.check import check
from regionmap.rules.verdict.ruling import STRICTNESS, lapsed, weight

MOST_QUESTIONS = 4_000
UNIT = -1
"""Stands for no band of distances to another province: the answer is that for the unit as a whole."""


@dataclass(frozen=True)
class Answer:
    """What a row gets: provisions that bind (for ``unclear``, the lapsed ones), strictest first, and their numbers.

    ``by_distance``: a rule by distance to another province reaches the place.
    """

    verdict: str
    provisions: str
    numbers: str
    caveats: tuple[str, ...]
    by_distance: bool = False


@dataclass
class Asked:
    """A question that may be held against places, with the answers found so far."""

    question: Question
    code_zero: bool
    answers: dict[int, Answer] = field(default_factory=dict)
    turning: dict[int, list[int]] = field(default_factory=dict)


class Answers:
    """Finds questions by their words, and answers by question and place."""

    def __init__(self, rm: Regionmap, places: Sequence[tuple[Unit, ...]]) -> None:
        """Take places by their numbers; ``places`` may grow, numbers stay."""
        self._rm, self._places = rm, places
        self._alike = place_class(rm.catalogue, rm.gazetteer)
        self._turns = all_change_dates(rm.catalogue)
        self._asked: LRUCache[tuple[str, str | None, Text | None, bool, str, int], Asked] = LRUCache(MOST_QUESTIONS)
        self._shared: dict[Answer, Answer] = {}
        self._signatures: dict[tuple[Ruling, frozenset[str]], int] = {}
        self._kind_of: list[int] = []
        self._coarse_of: list[int] = []
        self._areas = RuleIndex.of(rm.catalogue, rm.gazetteer).areas
        self._units_of: list[tuple[Unit, ...]] = [(rm.gazetteer.unit(code),) for code in self._alike.representative]
        self._lines: dict[int, LineDistance] = {}
        self._banded: dict[tuple[int, int], int] = {}

    def ask(self, subject: Subject, written: str, action: str, on: dt.date) -> Asked:
        """Return the question about an industry, written so in the row, an action and a date."""
        zero = self._may_lack_zero(written)
        # The note too: a code of 2011 that is another one today brings a caveat which today's code does not.
        key = (subject.id, subject.code, subject.note, zero, action, bisect_right(self._turns, on))

        def make() -> Asked:
            return Asked(Question(self._rm.catalogue, self._rm.gazetteer, subject, Action(action), on), zero)

        return self._asked.get(key, make)

    def _may_lack_zero(self, written: str) -> bool:
        """Whether a code was 0810 or 081 before a spreadsheet took it for a number.

        Two digits are doubted only beyond industry: 81 is a division of services, which few ask about, but 31 is steel.
        """
        doubtful = len(written) == 3 or (len(written) == 2 and written >= "47")
        return written.isdigit() and doubtful and f"0{written}" in self._rm.catalogue.gbt

    def kinds(self, places: NDArray[np.int64], by_distance: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return for places by their numbers the kinds of places that they are: those of one kind share all answers.

        Kinds that only rules by distance tell apart are one where the question meets no such rule.
        """
        for number in range(len(self._kind_of), len(self._places)):
            units = self._places[number]
            shared = self._alike.get(units[0].code) if len(units) == 1 else None
            if shared is None:
                shared = len(self._units_of)
                self._units_of.append(units)
            self._kind_of.append(shared)
            self._coarse_of.append(self._alike.coarse[shared] if shared < len(self._alike.coarse) else shared)
        return np.where(by_distance, np.array(self._kind_of)[places], np.array(self._coarse_of)[places])

    def banded(self, kinds: NDArray[np.int64], bands: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the kinds of points in counties of a kind that lie in a band (see ``strips``); more than ``kinds``."""
        found = kinds.copy()
        points = np.flatnonzero(bands != UNIT)
        pairs, back = np.unique(np.column_stack([kinds[points], bands[points]]), axis=0, return_inverse=True)
        numbers = np.empty(len(pairs), np.int64)
        for at, (kind, band) in enumerate(pairs.tolist()):
            if (kind, band) not in self._banded:
                self._banded[kind, band] = len(self._units_of)
                self._lines[len(self._units_of)] = self._areas.in_band(band)
                self._units_of.append(self._units_of[kind])
            numbers[at] = self._banded[kind, band]
        found[points] = numbers[back.ravel()]
        return found

    @property
    def count(self) -> int:
        """How many kinds there are so far."""
        return len(self._units_of)

    def answer(self, asked: Asked, kind: int) -> Answer:
        """Return the answer at places of a kind."""
        found = asked.answers.get(kind)
        if found is None:
            worked_out = self._work_out(asked, self._units_of[kind], self._lines.get(kind))
            found = asked.answers[kind] = self._shared.setdefault(worked_out, worked_out)
        return found

    def signature(self, asked: Asked, kind: int) -> int:
        """Return a number that is the same for kinds of counties with the same ruling by the same provisions."""
        (unit,) = self._units_of[kind]
        signature = rulings.signature(asked.question, unit, self._lines.get(kind))
        return self._signatures.setdefault(signature, len(self._signatures))

    def turning_limits(self, asked: Asked, kind: int) -> list[int]:
        """Return the distances to another province at which the answer for points in counties of a kind changes."""
        if kind not in asked.turning:
            (unit,) = self._units_of[kind]
            asked.turning[kind] = rulings.turning_limits(asked.question, unit)
        return asked.turning[kind]

    def _work_out(self, asked: Asked, units: tuple[Unit, ...], line: LineDistance | None) -> Answer:
        verdict = check(self._rm.catalogue, self._rm.gazetteer, asked.question, units, line=line)
        cited = [one for one in verdict.findings if one.decides and weight(one) is not Ruling.NO_RULE]
        cited.sort(key=lambda one: STRICTNESS.index(weight(one)))
        if verdict.ruling is Ruling.UNCLEAR:
            cited = [*lapsed(verdict.not_in_force), *cited]
        kinds = dict.fromkeys(str(one.kind) for one in verdict.caveats)
        if asked.code_zero:
            kinds["code_zero"] = None
        return Answer(
            str(verdict.ruling),
            "; ".join(dict.fromkeys(one.provision.id for one in cited)),
            "; ".join(dict.fromkeys(f"{one.source.number} {one.provision.item}" for one in cited)),
            tuple(kinds),
            any(one.provision.where.province_line_m for one in (*verdict.findings, *verdict.depends_on_site)),
        )

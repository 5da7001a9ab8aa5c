"""The answers to distinct questions at distinct places, each distinct row of what decides one worked out once.

Counties that no rule, list or change of units tells apart share one answer, and so do the days between two on which
anything changes (``regionmap.screening.place_kinds``). Of these kinds of places most stand alike to the few
provisions that reach a question, and most codes of industries meet the same provisions: a row of an array tells for
each of these provisions what becomes of it and why, and equal rows are one answer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from regionmap.api import Regionmap
from regionmap.lru import LRUCache
from regionmap.model import Action, Caveat, CaveatKind, Ruling, Text, Unit
from regionmap.places.changes import UnitChange
from regionmap.rules.matching.area_index import OUTSIDE
from regionmap.rules.matching.candidates import ASPECTS, Candidate, Outcome, candidate_of, sort_out
from regionmap.rules.matching.decision import decision_order
from regionmap.rules.matching.effects import SHOWN_ONLY
from regionmap.rules.matching.finding import LineDistance, Subject
from regionmap.rules.matching.places import out_of_scope
from regionmap.rules.matching.question import Evaluation, Question
from regionmap.rules.matching.rule_index import RuleIndex, ValidityInterval
from regionmap.rules.matching.validity import all_change_dates
from regionmap.rules.verdict.check import lasting_caveats, ruled_by
from regionmap.rules.verdict.ruling import lapsed, rests_on, weight
from regionmap.screening.changed_lists import ChangedLists
from regionmap.screening.interval_arrays import VERSION_FACTS, IntervalArrays, PlaceStands
from regionmap.screening.place_kinds import PlaceKinds
from regionmap.screening.subject_groups import SubjectGroup, SubjectGroups

MOST_QUESTIONS = 4_000
_MOST_INTERVALS = 32
_MOST_ANSWERS = 100_000
_MOST_CANDIDATES = 200_000
_MOST_LISTS = 256
_NOT_LOOKED_AT = np.uint16(0xFFFF)
_NO_COUNTS = [0] * (Outcome.COUNTED + len(ASPECTS))
"""A row tells nothing of how many provisions fell on what."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What a row gets: provisions that bind, in the order of a check, and the numbers of their documents.

    For ``unclear`` those that have lapsed stand first. ``signature`` is the same for answers with the same ruling by
    the same provisions.
    """

    verdict: str
    provisions: str
    numbers: str
    caveats: tuple[str, ...]
    signature: int = -1


@dataclass(eq=False)
class Asked:
    """A question that may be held against places, with the answers found so far, by kinds of places.

    ``interval``: the number of the days between two change dates that its date ``on`` lies in.
    """

    rm: Regionmap
    subject: Subject
    group: SubjectGroup
    action: str
    on: dt.date
    interval: int
    code_zero: bool
    answers: dict[int, Answer] = field(default_factory=dict)

    @cached_property
    def question(self) -> Question:
        """The question as a single answer asks it."""
        return Question(self.rm.catalogue, self.rm.gazetteer, self.subject, Action(self.action), self.on)

    @property
    def key(self) -> tuple[int, str, int]:
        """What the provisions that it meets depend on, in the order in which questions are best answered."""
        return self.interval, self.action, self.group.number


class _Listed(NamedTuple):
    """The provisions that some answer to a question lists: their places in the arrays of the group and the catalogue.

    ``outcomes``: what becomes of each by the kind of match of its area. ``notable``: looked at though it does not bind.
    """

    at: NDArray[np.intp]
    provisions: NDArray[np.int64]
    wheres: NDArray[np.int64]
    outcomes: NDArray[np.uint8]
    notable: NDArray[np.bool_]
    by_code: NDArray[np.bool_]


class _About(NamedTuple):
    """Whether the documents do not speak for some of the places, or for all of them."""

    some_out_of_scope: bool
    all_out_of_scope: bool


class Answers:
    """Finds questions by their words, and answers by question and place."""

    def __init__(self, rm: Regionmap, places: Sequence[tuple[Unit, ...]]) -> None:
        """Take places by their numbers; ``places`` may grow, numbers stay."""
        self._rm = rm
        self._turns = all_change_dates(rm.catalogue)
        self._index = RuleIndex.of(rm.catalogue, rm.gazetteer)
        self._areas = self._index.areas
        self.kinds = PlaceKinds(rm.gazetteer, self._areas, places)
        self._groups = SubjectGroups(rm, self._index)
        self._stands = PlaceStands()
        self._intervals: LRUCache[int, IntervalArrays] = LRUCache(_MOST_INTERVALS)
        self._asked: LRUCache[tuple[str, str | None, Text | None, bool, str, int], Asked] = LRUCache(MOST_QUESTIONS)
        self._found: LRUCache[Hashable, Answer] = LRUCache(_MOST_ANSWERS)
        self._more: LRUCache[tuple[Answer, tuple[str, ...]], Answer] = LRUCache(_MOST_ANSWERS)
        self._changed_lists = ChangedLists(rm, self._areas)
        self._changes: dict[int, tuple[UnitChange, ...]] = {}
        self._named: LRUCache[tuple[int, tuple[UnitChange, ...]], dict[int, bool]] = LRUCache(MOST_QUESTIONS)
        self._candidates: dict[Hashable, Candidate] = {}
        self._lists: LRUCache[tuple[int, str, int], _Listed] = LRUCache(_MOST_LISTS)
        self._signatures: dict[tuple[Ruling, frozenset[str]], int] = {}
        self._known_about: dict[int, _About] = {}
        limits = {number: self._areas.wheres[number].province_line_m or 0 for number in self._areas.by_line}
        self._limit_of = np.array([limits.get(number, 0) for number in self._areas.number], np.int64)

    def ask(self, subject: Subject, written: str, action: str, on: dt.date) -> Asked:
        """Return the question about an industry, written so in the row, an action and a date."""
        zero = self._may_lack_zero(written)
        # The note too: a code of 2011 that is another one today brings a caveat which today's code does not.
        interval = bisect_right(self._turns, on)
        key = (subject.id, subject.code, subject.note, zero, action, interval)

        def make() -> Asked:
            return Asked(self._rm, subject, self._groups.of(subject), action, on, interval, zero)

        return self._asked.get(key, make)

    def limits(self, asked: Sequence[Asked]) -> list[tuple[int, ...]]:
        """Return for questions the distances to another province, in metres, that answers may hang on, in order."""
        found: dict[int, tuple[int, ...]] = {}
        known: dict[tuple[int, str, int], tuple[int, ...]] = {}
        for at in sorted(range(len(asked)), key=lambda at: asked[at].key):
            key = asked[at].key
            if key not in known:
                known[key] = self._limits_of(asked[at])
            found[at] = known[key]
        return [found[at] for at in range(len(asked))]

    def _limits_of(self, asked: Asked) -> tuple[int, ...]:
        group = asked.group
        cut = np.flatnonzero(self._limit_of[group.provisions])
        if not len(cut):
            return ()
        numbers = group.provisions[cut]
        outcomes = self._arrays(asked).outcomes(asked.action)[numbers, group.stands[cut]]
        limits = self._limit_of[numbers[(outcomes <= Outcome.FELL_AWAY).any(axis=1)]]
        return tuple(np.unique(limits).tolist())

    def _arrays(self, asked: Asked) -> IntervalArrays:
        def make() -> IntervalArrays:
            return IntervalArrays(self._rm, self._index, self._stands, asked.on)

        return self._intervals.get(asked.interval, make)

    def _listed(self, asked: Asked) -> _Listed:
        def make() -> _Listed:
            group, arrays = asked.group, self._arrays(asked)
            outcomes = arrays.outcomes(asked.action)[group.provisions, group.stands]
            at = np.flatnonzero((outcomes <= Outcome.FELL_AWAY).any(axis=1))
            numbers = group.provisions[at]
            notable = np.where(arrays.in_force[numbers], group.notable[at], arrays.looked_at[numbers])
            return _Listed(at, numbers, group.wheres[at], outcomes[at], notable, group.by_code[at])

        return self._lists.get(asked.key, make)

    def _may_lack_zero(self, written: str) -> bool:
        """Whether a code was 0810 or 081 before a spreadsheet took it for a number.

        Two digits are doubted only beyond industry: 81 is a division of services, which few ask about, but 31 is steel.
        """
        doubtful = len(written) == 3 or (len(written) == 2 and written >= "47")
        return written.isdigit() and doubtful and f"0{written}" in self._rm.catalogue.gbt

    def answers(self, asked: Sequence[Asked], number: NDArray[np.int64], kinds: NDArray[np.int64]) -> list[Answer]:
        """Return the answers to questions, by their numbers, at places of kinds."""
        kind_list = kinds.tolist()
        found: list[Answer | None] = [None] * len(kind_list)
        waiting: dict[int, dict[int, list[int]]] = {}
        for at, (question, kind) in enumerate(zip(number.tolist(), kind_list, strict=True)):
            known = asked[question].answers.get(kind)
            if known is None:
                waiting.setdefault(question, {}).setdefault(kind, []).append(at)
            else:
                found[at] = known
        for question in sorted(waiting, key=lambda one: asked[one].key):  # so that few intervals are held at a time
            one, by_kind = asked[question], waiting[question]
            self._find(one, list(by_kind))
            for kind, rows in by_kind.items():
                for at in rows:
                    found[at] = one.answers[kind]
        return [one for one in found if one is not None]

    def turn_at(
        self, limit: int, asked: Sequence[Asked], number: NDArray[np.int64], kinds: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Tell of questions and kinds of counties whether points on the two sides of a distance get other answers."""
        band = self._areas.band(LineDistance(limit))
        sides = ([self.kinds.in_band(kind, side) for kind in kinds.tolist()] for side in (band, band + 1))
        near, far = (self.answers(asked, number, np.array(side, np.int64)) for side in sides)
        return np.array([here.signature != there.signature for here, there in zip(near, far, strict=True)], bool)

    def _find(self, asked: Asked, kinds: list[int]) -> None:
        """Find the answers at kinds of places, each distinct row of what decides them once."""
        arrays, listed = self._arrays(asked), self._listed(asked)
        stands = arrays.stands(self.kinds, kinds, listed.wheres)
        outcomes = listed.outcomes[np.arange(len(listed.at)), self._stands.kinds[stands]]
        about = [self._about(kind) for kind in kinds]
        # Of what fell away, what fell on the place.
        fates = (outcomes < Outcome.FELL_AWAY) | (
            (outcomes == Outcome.FELL_AWAY) & (self._stands.kinds[stands] == OUTSIDE)
        )
        keep = outcomes == Outcome.FINDING
        keep |= (outcomes == Outcome.DEPENDS_ON_SITE) & listed.notable
        keep |= (outcomes == Outcome.NOT_IN_FORCE) & (listed.notable | listed.by_code)
        keep |= (outcomes == Outcome.FELL_AWAY) & (listed.notable | self._stands.looked_at[stands])
        rows = np.where(keep, outcomes.astype(np.uint16) << 8 | stands, _NOT_LOOKED_AT)
        here: dict[Hashable, Answer] = {}
        for at, kind in enumerate(kinds):
            row = rows[at].tobytes(), about[at]
            found = here.get(row)
            if found is None:
                key = self._content(asked, listed, about[at], rows[at], outcomes[at])
                shown = np.flatnonzero(keep[at])
                lists = listed.at[shown], outcomes[at, shown]
                found = self._found.get(key, partial(self._work_out, asked, kind, *lists))
                here[row] = found
            more = []
            if kind in self._changes and self._is_changed(asked, kind, provisions=listed.provisions, fates=fates[at]):
                more.append(str(CaveatKind.UNIT_CHANGED))
            if asked.code_zero:
                more.append("code_zero")
            asked.answers[kind] = self._with_caveats(found, tuple(more)) if more else found

    def _content(
        self, asked: Asked, listed: _Listed, about: _About, row: NDArray[np.uint16], outcomes: NDArray[np.uint8]
    ) -> Hashable:
        """Return all that the answer at a place rests on, for any date and any question of a group."""
        arrays = self._arrays(asked)
        used = np.flatnonzero(row != _NOT_LOOKED_AT)
        provisions = listed.provisions[used]
        facts = arrays.facts[provisions]
        facts = np.where(outcomes[used] <= Outcome.DEPENDS_ON_SITE, facts, facts & ~VERSION_FACTS)
        content = hashlib.blake2b(provisions.astype(np.uint16).tobytes(), digest_size=16)
        content.update(row[used].tobytes())
        content.update(facts.tobytes())
        return asked.group.number, asked.action, arrays.beyond, about, content.digest()

    def _about(self, kind: int) -> _About:
        """Return what an answer takes from a kind of places besides how they stand to areas."""
        found = self._known_about.get(kind)
        if found is None:
            units = self.kinds.units[kind]
            beyond = [out_of_scope(one) for one in units]
            found = self._known_about[kind] = _About(any(beyond), all(beyond))
            changes = self._changed_lists.touching(units)
            if changes:
                self._changes[kind] = changes
        return found

    def _is_changed(self, asked: Asked, kind: int, *, provisions: NDArray[np.int64], fates: NDArray[np.bool_]) -> bool:
        """Tell whether an answer warns of changes of units: of lists that it shows, or of codes that came later."""
        changes, arrays = self._changes[kind], self._arrays(asked)
        if self._changed_lists.are_ahead(changes, self.kinds.units[kind], asked.on):
            return True
        known = self._named.get((asked.interval, changes), dict)
        for number in provisions[fates].tolist():
            if number not in known:
                known[number] = self._changed_lists.is_named(changes, number, arrays.interval.areas.matcher)
            if known[number]:
                return True
        return False

    def _with_caveats(self, answer: Answer, more: tuple[str, ...]) -> Answer:
        """Return an answer with kinds of caveats that come last."""
        return self._more.get(
            (answer, more), lambda: replace(answer, caveats=tuple(dict.fromkeys((*answer.caveats, *more))))
        )

    def _work_out(self, asked: Asked, kind: int, listed: NDArray[np.intp], outcomes: NDArray[np.uint8]) -> Answer:
        """Answer as ``check`` does, for the first subject of a group.

        Args:
            asked: the question.
            kind: of places.
            listed: the provisions that the answer looks at, as places in the arrays of the group.
            outcomes: what became of each of them.
        """
        units = self.kinds.units[kind]
        interval = self._arrays(asked).interval
        wheres = frozenset(asked.group.wheres[listed].tolist())
        matches = interval.areas.match_anew(units, self.kinds.lines.get(kind), wheres)
        lists: tuple[list[Candidate], list[Candidate], list[Candidate], list[Candidate]] = ([], [], [], [])
        for at, outcome in zip(listed.tolist(), outcomes.tolist(), strict=True):
            lists[outcome].append(self._candidate(asked, interval, at))
        catalogue, gazetteer = self._rm.catalogue, self._rm.gazetteer
        question = Question(catalogue, gazetteer, asked.group.subject, Action(asked.action), asked.on)
        evaluation = question.evaluation(sort_out(*lists, matches, _NO_COUNTS), matches, units)
        return self._summed_up(question, evaluation, lasting_caveats(catalogue, gazetteer, question, evaluation, units))

    def _candidate(self, asked: Asked, interval: ValidityInterval, at: int) -> Candidate:
        group = asked.group
        number = int(group.provisions[at])
        key = group.number, at, interval.statuses[number], asked.action
        found = self._candidates.get(key)
        if found is None:
            if len(self._candidates) >= _MOST_CANDIDATES:
                self._candidates.clear()
            outcomes = interval.outcomes(Action(asked.action))[number][group.stands[at]]
            where, match = int(group.wheres[at]), group.matches[at]
            found = candidate_of(self._rm.catalogue, number, where, interval.statuses[number], match, outcomes)
            self._candidates[key] = found
        return found

    def _summed_up(self, question: Question, evaluation: Evaluation, caveats: Iterable[Caveat]) -> Answer:
        """Return an answer; what changes of units bring hangs on the one place: see ``_is_changed``."""
        ruled, bound = ruled_by(question, evaluation), evaluation.findings
        cited = [one for one in bound if one.decides and weight(one) is not Ruling.NO_RULE]
        if ruled.ruling is Ruling.UNCLEAR:
            cited = [*sorted(lapsed(evaluation.not_in_force), key=decision_order), *cited]
            resting = rests_on(ruled, bound, evaluation.not_in_force, evaluation.depends_on_site)
        else:
            resting = tuple(one for one in bound if one.provision.effect not in SHOWN_ONLY)
        key = ruled.ruling, frozenset(one.provision.id for one in resting)
        return Answer(
            str(ruled.ruling),
            "; ".join(dict.fromkeys(one.provision.id for one in cited)),
            "; ".join(dict.fromkeys(f"{one.source.number} {one.provision.item}" for one in cited)),
            tuple(dict.fromkeys(str(one.kind) for one in caveats)),
            self._signatures.setdefault(key, len(self._signatures)),
        )

"""One question (industry, action, date): compared with every provision once, then asked of any number of places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Self

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.area_index import UNDEFINED
from regionmap.rules.matching.area_matches import Standing
from regionmap.rules.matching.candidate import partly
from regionmap.rules.matching.candidates import Candidate, Candidates, Mark, Matches, Partition
from regionmap.rules.matching.deferred import Findings, findings
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import Asked, Aspect, LineDistance, PlaceMatch, Subject
from regionmap.rules.matching.rule_index import RuleIndex

_NONE: Sequence[Candidate] = ()


class Binding(NamedTuple):
    """What a ruling may rest on: what binds, what would but for the date, what depends on the site."""

    findings: list[Finding]
    not_in_force: list[Finding]
    depends_on_site: list[Finding]


class Evaluation:
    """What became of every provision for the places that were asked for.

    ``bound`` bind, in the order of ``decision``; ``depends_on_site``, ``not_in_force`` and ``fell_away`` are what
    else an answer shows. ``lapsing`` are the provisions not in force that restrict and have passed their horizon,
    ``deciding`` those that depend on the site, restrict, and name the industry and a part of the country. ``parts`` are
    the provisions that all of these are made of. Whatever else is asked of it is worked out then: most answers are read
    for the word and for what binds.
    """

    def __init__(self, parts: Partition, matches: Matches, asked: Asked) -> None:
        """Take the provisions by what becomes of them, and how the places stand to all areas."""
        self.parts = parts
        self._matches, self._asked = matches, asked
        self.bound = self._of(parts.bound)
        self.depends_on_site = self._of(parts.depends_on_site)
        self.not_in_force = self._of(parts.not_in_force)
        self.fell_away = self._of(parts.fell_away)
        self.lapsing, self.deciding = _NONE, _NONE
        marks = parts.marks
        if marks.passed & Mark.LAPSES:
            kinds = matches.kinds
            self.lapsing = [one for one in parts.passed if one.marks & Mark.LAPSES and kinds[one.where] != UNDEFINED]
        if marks.asking & Mark.MAY_DECIDE:
            self.deciding = [one for one in parts.asking if one.marks & Mark.MAY_DECIDE]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What binds."""
        return self.bound.made()

    @property
    def general(self) -> int:
        """How many targets and duties on all industries of the whole country are not listed."""
        return self.parts.general

    @property
    def fell_counts(self) -> tuple[tuple[Aspect, int], ...]:
        """How many of the other provisions fell first on each question."""
        return self.parts.fell_counts

    @cached_property
    def asking(self) -> Findings:
        """Those of ``depends_on_site`` that an answer must look at (see ``candidate.is_notable``)."""
        return self._of(self.parts.asking)

    @cached_property
    def passed(self) -> Findings:
        """Those of ``not_in_force`` that an answer must look at."""
        return self._of(self.parts.passed)

    @cached_property
    def near(self) -> Findings:
        """Those of ``fell_away`` that an answer must look at."""
        return self._of(self.parts.near)

    @cached_property
    def unlisted(self) -> Findings:
        """What fell away on an open list which does not print the places."""
        unlisted = self._matches.unlisted
        return self._of([one for one in self.parts.near if one.where in unlisted])

    @cached_property
    def lapsed(self) -> Findings:
        """The findings of ``lapsing``."""
        return self._of(self.lapsing)

    @cached_property
    def may_decide(self) -> Findings:
        """The findings of ``deciding``."""
        return self._of(self.deciding)

    @property
    def used(self) -> list[PlaceMatch]:
        """The matches by which places were inside or outside the areas of what binds or fell away."""
        return [self._matches.matches[where] for where in self.parts.used]

    def partly(self, candidates: Iterable[Candidate]) -> list[bool]:
        """Tell of provisions whether they reach a part of the places, or of the industry, alone."""
        return partly(candidates, self._matches)

    def _of(self, candidates: Sequence[Candidate]) -> Findings:
        return Findings(candidates, lambda: self._matches, self._asked)


class Question:
    """An industry, an action and a date; ``evaluate`` answers for places. Without a subject it means every industry."""

    def __init__(
        self, catalogue: Catalogue, gazetteer: Gazetteer, subject: Subject | None, action: Action, on: dt.date
    ) -> None:
        """Take the days between two change dates that the date lies in; provisions are compared on first use."""
        self.subject, self.action, self.on = subject, action, on
        self.gazetteer, self._catalogue = gazetteer, catalogue
        self.index = RuleIndex.of(catalogue, gazetteer)
        self._interval = self.index.interval(on)
        self.places = self._interval.areas.matcher

    def __deepcopy__(self, memo: object) -> Self:
        """Return the question itself: it is read-only."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes a copy in another process: what is kept for all questions is made again there."""
        return type(self), (self._catalogue, self.gazetteer, self.subject, self.action, self.on)

    @cached_property
    def candidates(self) -> Candidates:
        """The provisions that may speak of the industry, on first use."""
        return self.index.candidates(self.subject, self.action, self.on)

    @property
    def limits(self) -> tuple[int, ...]:
        """The distances to another province, in metres, that the answer may hang on: those of a point must be known."""
        return self.candidates.limits

    def evaluate(self, asked_places: Sequence[Unit], line: LineDistance | None = None) -> Evaluation:
        """Compare every provision with the places and sort them by what became of them.

        Args:
            asked_places: one unit, or several that are taken as one area.
            line: for a point in the one place, how far it is from another province (metres). It decides what holds of
                the place in part.
        """
        found = self._interval.areas.matches(asked_places, line)
        return self.evaluation(self.candidates.partition(found), found, asked_places)

    def evaluation(self, parts: Partition, found: Matches, asked_places: Sequence[Unit]) -> Evaluation:
        """Return the evaluation for places of which it is known what becomes of every provision.

        Args:
            parts: the provisions by what becomes of them.
            found: how the places stand to all areas.
            asked_places: as in ``evaluate``.
        """
        return Evaluation(parts, found, Asked(tuple(asked_places), self.subject, self.action, self.on))

    def evaluate_binding(self, asked_places: Sequence[Unit], line: LineDistance | None = None) -> Binding:
        """Return only what a ruling may rest on (for maps and for neighbours).

        Args:
            asked_places: as in ``evaluate``.
            line: as in ``evaluate``.
        """
        asked = Asked(tuple(asked_places), self.subject, self.action, self.on)
        found = self._interval.areas.matches(asked_places, line)
        return Binding(*(findings(some, found, asked) for some in self.candidates.binding(found)))

    def deciding(self, place: Unit, line: LineDistance | None = None) -> Standing:
        """Return how a unit stands to the areas that a ruling may rest on: equal for units of one ruling and extent.

        Args:
            place: the unit.
            line: as in ``evaluate``.
        """
        return self.candidates.deciding(self._interval.areas, place, line)

    def deciding_matches(self, place: Unit, line: LineDistance | None = None) -> Matches:
        """Return how a unit stands to the areas that a ruling may rest on; of all others nothing is said.

        Args:
            place: the unit.
            line: as in ``evaluate``.
        """
        return self.candidates.deciding_matches(self._interval.areas, place, line)

    def findings(self, candidates: Sequence[Candidate], place: Unit, line: LineDistance | None = None) -> Findings:
        """Return candidates as findings at a place, made when they are looked at.

        Args:
            candidates: provisions that reach a place with the same ``key``.
            place: the unit.
            line: as in ``evaluate``.
        """
        areas, places = self._interval.areas, (place,)
        asked = Asked(places, self.subject, self.action, self.on)
        return Findings(candidates, lambda: areas.matches(places, line), asked)

    @property
    def open_industry(self) -> bool:
        """Whether the term that was asked for, by its name, is one that no list defines."""
        subject = self.subject
        return (
            subject is not None
            and subject.code is None
            and subject.industry is not None
            and (subject.industry.open is not None)
        )

    def key(self, place: Unit, line: LineDistance | None) -> int | str | tuple[int | str, int]:
        """Return what is equal only for places, and points in them, that stand alike to all areas."""
        unit_key = self.index.areas.key(place)
        return unit_key if line is None else (unit_key, self.band(line))

    def band(self, line: LineDistance) -> int:
        """Return how many of the distances that any rule asks for lie short of a point's distance."""
        return self.index.areas.band(line)

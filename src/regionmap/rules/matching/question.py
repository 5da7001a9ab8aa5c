"""One question (industry, action, date): compared with every provision once, then asked of any number of places."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Ruling, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.deferred import Findings, findings
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import Asked, Aspect, LineDistance, PlaceMatch, Subject
from regionmap.rules.matching.rule_index import RuleIndex


class Binding(NamedTuple):
    """What a ruling may rest on: what binds, what would but for the date, what depends on the site."""

    findings: list[Finding]
    not_in_force: list[Finding]
    depends_on_site: list[Finding]


@dataclass(frozen=True)
class Evaluation:
    """What became of every provision for the places that were asked for.

    ``findings``: the strictest and newest first; ``strictest`` is the ruling that they give, ``strictest_here`` that of
    those which do not hold everywhere. ``asking``, ``passed`` and ``near`` are those of ``depends_on_site``,
    ``not_in_force`` and ``fell_away`` that an answer must look at (see ``candidates.is_notable``; ``near`` also holds
    those whose open list does not print the places). ``used`` are the matches by which places were inside or outside.
    """

    findings: tuple[Finding, ...]
    strictest: Ruling
    strictest_here: Ruling
    depends_on_site: Sequence[Finding]
    asking: list[Finding]
    not_in_force: Sequence[Finding]
    passed: list[Finding]
    fell_away: Sequence[Finding]
    near: list[Finding]
    used: list[PlaceMatch]
    general: int
    fell_counts: tuple[tuple[Aspect, int], ...]


class Question:
    """An industry, an action and a date; ``evaluate`` answers for places. Without a subject it means every industry."""

    def __init__(
        self, catalogue: Catalogue, gazetteer: Gazetteer, subject: Subject | None, action: Action, on: dt.date
    ) -> None:
        """Compare industry, action and date with every provision; what is known of them already is used."""
        self.subject, self.action, self.on = subject, action, on
        self.gazetteer = gazetteer
        self.index = RuleIndex.of(catalogue, gazetteer)
        self._interval = self.index.interval(on)
        self.candidates = self.index.candidates(subject, action, on)
        self.places = self._interval.matcher

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
        asked = Asked(tuple(asked_places), self.subject, self.action, self.on)
        found = self._interval.matches(asked_places, line)
        parts = self.candidates.partition(found)
        return Evaluation(
            findings=tuple(findings(parts.bound, found, asked)),
            strictest=parts.strictest,
            strictest_here=parts.strictest_here,
            depends_on_site=Findings(parts.depends_on_site, found, asked),
            asking=findings(parts.asking, found, asked),
            not_in_force=Findings(parts.not_in_force, found, asked),
            passed=findings(parts.passed, found, asked),
            fell_away=Findings(parts.fell_away, found, asked),
            near=findings(parts.near, found, asked),
            used=[found.matches[where] for where in parts.used],
            general=parts.general,
            fell_counts=parts.fell_counts,
        )

    def evaluate_binding(self, asked_places: Sequence[Unit], line: LineDistance | None = None) -> Binding:
        """Return only what a ruling may rest on (for maps and for neighbours).

        Args:
            asked_places: as in ``evaluate``.
            line: as in ``evaluate``.
        """
        asked = Asked(tuple(asked_places), self.subject, self.action, self.on)
        found = self._interval.matches(asked_places, line)
        return Binding(*(findings(some, found, asked) for some in self.candidates.binding(found)))

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

    def deciding_kinds(self, place: Unit, line: LineDistance | None = None) -> bytes:
        """Return how a unit stands to the areas that a ruling may rest on: equal for places of one ruling."""
        return self.candidates.deciding_kinds(self._interval.matches((place,), line).kinds)

    def key(self, place: Unit, line: LineDistance | None) -> int | str | tuple[int | str, int]:
        """Return what is equal only for places, and points in them, that stand alike to all areas."""
        unit_key = self.index.areas.key(place)
        return unit_key if line is None else (unit_key, self.band(line))

    def band(self, line: LineDistance) -> int:
        """Return how many of the distances that any rule asks for lie short of a point's distance."""
        limits = self.index.areas.limits
        return len(limits) if line.metres is None else bisect_left(limits, line.metres)

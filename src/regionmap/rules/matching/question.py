"""One question, industry + action + date, held against every provision once, and then against any number of places."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Ruling, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.candidates import Heading, Signature
from regionmap.rules.matching.deferred import Findings, findings
from regionmap.rules.matching.finding import Asked, Aspect, Finding, LineDistance, PlaceMatch, Subject
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.rules.verdict.answers import Coverage, UnitRuling
from regionmap.rules.verdict.ruling import Ruled, extent, local, rests_on, rule

_NO_KEY = -1  # keys are codes, and numbers from 0 on


class Binding(NamedTuple):
    """What a ruling may rest on: what binds, what would but for the date, what depends on the site."""

    findings: list[Finding]
    not_in_force: list[Finding]
    depends_on_site: list[Finding]


@dataclass(frozen=True)
class Held:
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
    """An industry, an action and a date; ``hold`` answers for places. Without a subject, every industry is meant."""

    def __init__(
        self, catalogue: Catalogue, gazetteer: Gazetteer, subject: Subject | None, action: Action, on: dt.date
    ) -> None:
        """Hold the industry, the action and the date against every provision; what is known of them already is used."""
        self.subject, self.action, self.on = subject, action, on
        self._gazetteer = gazetteer
        self.prepared = RuleIndex.of(catalogue, gazetteer)
        self._period = self.prepared.period(on)
        self._candidates = self.prepared.candidates(subject, action, on)
        self.places = self._period.judge

    def coverage(self, places: Sequence[Unit]) -> Coverage:
        """Return what is looked at for places."""
        return self.prepared.coverage(places)

    @property
    def limits(self) -> tuple[int, ...]:
        """The distances to another province, in metres, that the answer may hang on: those of a point must be known."""
        return self._candidates.limits

    def hold(self, asked_places: Sequence[Unit], line: LineDistance | None = None) -> Held:
        """Hold every provision against the places and sort them by what became of them.

        ``line``, here and below, is for a point in the one place: how far it is from another province. It decides what
        holds of the place in part.
        """
        asked = Asked(tuple(asked_places), self.subject, self.action, self.on)
        found = self._period.matches(asked_places, line)
        parts = self._candidates.partition(found)
        return Held(
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
        """Return only what a ruling may rest on (for maps and for neighbours)."""
        asked = Asked(tuple(asked_places), self.subject, self.action, self.on)
        found = self._period.matches(asked_places, line)
        return Binding(*(findings(some, found, asked) for some in self._candidates.binding(found)))

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

    def rule(self, found: Binding) -> Ruled:
        """Return the word that follows from what a ruling may rest on."""
        return rule(found.findings, found.not_in_force, found.depends_on_site, open_industry=self.open_industry)

    def ruling(self, place: Unit, line: LineDistance | None = None) -> UnitRuling:
        """Return only the ruling for a unit and what it rests on, quickly."""
        found = self.evaluate_binding((place,), line)
        ruled = self.rule(found)
        resting_on = rests_on(ruled, *found)
        return UnitRuling(
            unit=place,
            ruling=ruled.ruling,
            findings=resting_on if ruled.ruling is Ruling.UNCLEAR else tuple(found.findings),
            local=local(*found),
            extent=extent(resting_on),
            unclear_because=ruled.unclear_because,
        )

    def heading(self, place: Unit, line: LineDistance | None = None) -> Heading:
        """Return the ruling for a unit and its extent alone; kept, since a look-up asks for hundreds of industries."""
        known, key = self._candidates.headings, self._key(place, line)
        found = known.get(key)
        if found is None:
            binding = self.evaluate_binding((place,), line)
            ruled = self.rule(binding)
            found = known[key] = ruled.ruling, extent(rests_on(ruled, *binding))
        return found

    def signature(self, place: Unit, line: LineDistance | None = None) -> Signature:
        """Return the ruling for a unit and the ids of what it rests on; kept, since many places share one answer."""
        known, key = self._candidates.signatures, self._key(place, line)
        found = known.get(key)
        if found is None:
            kinds = self._candidates.deciding_kinds(self._period.matches((place,), line).kinds)
            found = known.get(kinds)
            if found is None:
                ruled = self.ruling(place, line)
                found = known[kinds] = ruled.ruling, frozenset(one.provision.id for one in ruled.findings)
            known[key] = found
        return found

    def differs_from(self, here: Unit, line: LineDistance | None = None) -> Callable[[str], bool]:
        """Return a function that tells of a code whether its unit has another answer than ``here``.

        With ``line``, a unit that a rule by distance reaches in part is judged as far from another province as the
        point is, or as near to that as its own points are.
        """
        own, unit, signature = self.signature(here, line), self._gazetteer.unit, self.signature
        known, keys = self._candidates.signatures, self.prepared.areas.keys

        def differs(code: str) -> bool:
            # Asked of hundreds of neighbours of one point: most are known by two look-ups.
            found = known.get(keys.get(code, _NO_KEY))
            return (found if found is not None else signature(unit(code))) != own

        if line is None or not self.limits:
            return differs
        areas, band = self.prepared.areas, self._band(line)

        def differs_there(code: str) -> bool:
            there = unit(code)
            bands = areas.bands(there)
            if len(bands) == 1:
                return differs(code)
            return signature(there, areas.in_band(min(max(band, bands.start), bands[-1]))) != own

        return differs_there

    def turning_limits(self, place: Unit) -> list[int]:
        """Return the distances to another province at which the answer for points of a unit changes."""
        return [
            limit
            for limit in self.limits
            if self.signature(place, LineDistance(limit)) != self.signature(place, LineDistance(limit + 0.5))
        ]

    def _key(self, place: Unit, line: LineDistance | None) -> int | str | tuple[int | str, int]:
        """Return what is equal only for places, and points in them, that stand alike to all areas."""
        unit_key = self.prepared.areas.key(place)
        return unit_key if line is None else (unit_key, self._band(line))

    def _band(self, line: LineDistance) -> int:
        limits = self.prepared.areas.limits
        return len(limits) if line.metres is None else bisect_left(limits, line.metres)

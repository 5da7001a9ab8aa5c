"""One question, industry + action + date, held against every provision once, and then against any number of places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Ruling, Status, Unit
from regionmap.places.gazetteer import Gazetteer
from regionmap.rules.answers import Asked, Aspect, Coverage, Finding, Subject, UnitRuling
from regionmap.rules.candidates import ASPECTS, INSIDE, UNDEFINED, Fate, Signature
from regionmap.rules.prepared import Prepared
from regionmap.rules.ruling import rule

_REACHED = frozenset({INSIDE, UNDEFINED})
_NO_KEY = -1  # keys are codes, and numbers from 0 on


@dataclass(frozen=True)
class Held:
    """What became of every provision for the places that were asked for."""

    findings: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    not_in_force: tuple[Finding, ...]
    fell_away: tuple[Finding, ...]
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
        self.prepared = Prepared.of(catalogue, gazetteer)
        self._period = self.prepared.period(on)
        self._candidates = self.prepared.candidates(subject, action, on)
        self.places = self._period.judge

    @property
    def coverage(self) -> Coverage:
        """What is looked at for every question."""
        return self.prepared.coverage

    def hold(self, asked_places: Sequence[Unit]) -> Held:
        """Hold every provision against the places and sort them by what became of them."""
        asked = Asked(tuple(asked_places), self.subject, self.action, self.on)
        matches, kinds = self._period.matches(asked_places)
        sorted_by_fate: tuple[list[Finding], ...] = ([], [], [], [])
        counts = [0] * (Fate.COUNTED + len(ASPECTS))
        counts[Fate.COUNTED + ASPECTS.index(Aspect.INDUSTRY)] = self._candidates.far
        for where, fates, number in self._candidates.tallies:
            counts[fates[kinds[where]]] += number
        for where, fates, fell_on, provision, source, status, industry in self._candidates.shown:
            kind = kinds[where]
            fate = fates[kind]
            if fate > Fate.FELL_AWAY:
                counts[fate] += 1
            else:
                sorted_by_fate[fate].append(
                    Finding(provision, source, status, matches[where], industry, asked, fell_on[kind])
                )
        findings, undecided, not_in_force, fell_away = sorted_by_fate
        return Held(
            tuple(findings),
            tuple(undecided),
            tuple(not_in_force),
            tuple(fell_away),
            counts[Fate.GENERAL],
            tuple((aspect, number) for aspect, number in zip(ASPECTS, counts[Fate.COUNTED :], strict=True) if number),
        )

    def hold_binding(self, asked_places: Sequence[Unit]) -> tuple[list[Finding], list[Finding]]:
        """Return only the findings and those not in force: what a ruling rests on (for maps and for neighbours)."""
        asked = Asked(tuple(asked_places), self.subject, self.action, self.on)
        matches, kinds = self._period.matches(asked_places)
        binding: list[Finding] = []
        lapsed: list[Finding] = []
        for where, _, _, provision, source, status, industry in self._candidates.binding:
            if kinds[where] in _REACHED:
                finding = Finding(provision, source, status, matches[where], industry, asked)
                if status is not Status.IN_FORCE:
                    lapsed.append(finding)
                elif finding.decides:
                    binding.append(finding)
        return binding, lapsed

    def ruling(self, place: Unit) -> UnitRuling:
        """Return only the ruling for a unit and what it rests on, quickly."""
        binding, lapsed = self.hold_binding((place,))
        found = rule(binding, lapsed)
        return UnitRuling(place, found, tuple(lapsed if found is Ruling.UNCLEAR else binding))

    def signature(self, place: Unit) -> Signature:
        """Return the ruling for a unit and the ids of what it rests on; kept, since many places share one answer."""
        known = self._candidates.signatures
        key = self.prepared.areas.key(place)
        found = known.get(key)
        if found is None:
            kinds = self._candidates.deciding_kinds(self._period.matches((place,)).kinds)
            found = known.get(kinds)
            if found is None:
                ruled = self.ruling(place)
                found = known[kinds] = ruled.ruling, frozenset(one.provision.id for one in ruled.findings)
            known[key] = found
        return found

    def differs_from(self, here: Unit) -> Callable[[str], bool]:
        """Return a function that tells of a code whether its unit has another answer than ``here``."""
        own, unit, signature = self.signature(here), self._gazetteer.unit, self.signature
        known, keys = self._candidates.signatures, self.prepared.areas.keys

        def differs(code: str) -> bool:
            # Asked of hundreds of neighbours of one point: most are known by two look-ups.
            found = known.get(keys.get(code, _NO_KEY))
            return (found if found is not None else signature(unit(code))) != own

        return differs

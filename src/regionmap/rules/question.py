"""One question, industry + action + date, held against every provision once, and then against any number of places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Effect, Provision, Status, Unit
from regionmap.places.gazetteer import Gazetteer
from regionmap.rules.answers import Asked, Aspect, Finding, IndustryFit, IndustryMatch, PlaceFit, PlaceMatch, Subject
from regionmap.rules.industries import IndustryJudge
from regionmap.rules.places import PlaceJudge
from regionmap.rules.ruling import status

SHOWN_ONLY = frozenset({Effect.TARGET, Effect.DUTY})


@dataclass(frozen=True)
class Held:
    """What became of every provision for the places that were asked for."""

    findings: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    not_in_force: tuple[Finding, ...]
    fell_away: tuple[Finding, ...]
    general: int
    fell_counts: tuple[tuple[Aspect, int], ...]


@dataclass(frozen=True)
class _Candidate:
    provision: Provision
    industry: IndustryMatch
    acts: bool
    status: Status


class Question:
    """An industry, an action and a date; ``hold`` answers for places. Without a subject, every industry is meant."""

    def __init__(
        self, catalogue: Catalogue, gazetteer: Gazetteer, subject: Subject | None, action: Action, on: dt.date
    ) -> None:
        """Hold the industry, the action and the date against every provision."""
        self.subject, self.action, self.on = subject, action, on
        self.places = PlaceJudge(catalogue, gazetteer, on)
        self._catalogue = catalogue
        judge = IndustryJudge(catalogue, subject) if subject is not None else None
        self._candidates = [
            _Candidate(
                one,
                judge.match(one) if judge is not None else IndustryMatch(IndustryFit.ALL),
                self._speaks_to(one),
                status(one, on, catalogue),
            )
            for one in catalogue.provisions
        ]

    def hold(self, asked_places: Sequence[Unit]) -> Held:
        """Hold every provision against the places and sort them by what became of them."""
        asked = Asked(tuple(asked_places), self.subject, self.action, self.on)
        findings: list[Finding] = []
        undecided: list[Finding] = []
        not_in_force: list[Finding] = []
        fell_away: list[Finding] = []
        general = 0
        counts = dict.fromkeys(Aspect, 0)
        for one in self._candidates:
            if one.industry.fit is IndustryFit.NONE:
                counts[Aspect.INDUSTRY] += 1
                continue
            place = self.places.match(one.provision.where, asked_places)
            fell_on = self._fell_on(one, place)
            finding = Finding(
                one.provision,
                self._catalogue.sources[one.provision.source],
                one.status,
                place,
                one.industry,
                asked,
                fell_on,
            )
            if not fell_on:
                if _is_general(one.provision):
                    general += 1
                elif finding.decides or one.provision.effect in SHOWN_ONLY:
                    findings.append(finding)
                else:
                    undecided.append(finding)
            elif fell_on == (Aspect.DATE,):
                if one.provision.effect is not Effect.DUTY:
                    not_in_force.append(finding)
            elif self._is_near(finding):
                fell_away.append(finding)
            else:
                counts[fell_on[0]] += 1
        return Held(
            tuple(findings),
            tuple(undecided),
            tuple(not_in_force),
            tuple(fell_away),
            general,
            tuple((aspect, number) for aspect, number in counts.items() if number),
        )

    def hold_binding(self, asked_places: Sequence[Unit]) -> tuple[list[Finding], list[Finding]]:
        """Return only the findings and those not in force: what a ruling rests on (for maps and for neighbours)."""
        asked = Asked(tuple(asked_places), self.subject, self.action, self.on)
        binding: list[Finding] = []
        lapsed: list[Finding] = []
        for one in self._candidates:
            if not one.industry.binds or not one.acts or one.provision.effect in SHOWN_ONLY:
                continue
            place = self.places.match(one.provision.where, asked_places)
            if place.binds:
                source = self._catalogue.sources[one.provision.source]
                finding = Finding(one.provision, source, one.status, place, one.industry, asked)
                if one.status is not Status.IN_FORCE:
                    lapsed.append(finding)
                elif finding.decides:
                    binding.append(finding)
        return binding, lapsed

    def _speaks_to(self, provision: Provision) -> bool:
        return provision.effect in SHOWN_ONLY or self.action in provision.actions

    @staticmethod
    def _fell_on(one: _Candidate, place: PlaceMatch) -> tuple[Aspect, ...]:
        failed = (
            (Aspect.PLACE, not place.binds),
            (Aspect.INDUSTRY, not one.industry.binds),
            (Aspect.ACTION, not one.acts),
            (Aspect.DATE, one.status is not Status.IN_FORCE),
        )
        return tuple(aspect for aspect, fell in failed if fell)

    @staticmethod
    def _is_near(finding: Finding) -> bool:
        """Whether a provision in force fell on one thing only, so that a reader would ask about it."""
        if finding.provision.effect in SHOWN_ONLY or finding.place.fit is PlaceFit.OUT_OF_SCOPE:
            return False
        return len(finding.fell_on) == 1


def _is_general(provision: Provision) -> bool:
    """Whether a duty of an office, or a target of the whole country, speaks of all industries: counted, not listed."""
    if provision.industries:
        return False
    return provision.effect is Effect.DUTY or (provision.effect is Effect.TARGET and provision.where.national)

"""Everything about a place on a date: its regions, the pilot lists that name it, the rules there by industry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Status, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.finding import (
    SHOWN_ONLY,
    Asked,
    Aspect,
    Finding,
    IndustryFit,
    IndustryMatch,
    LineDistance,
    PlaceFit,
)
from regionmap.rules.matching.question import Question
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.rules.pilots import pilots_at
from regionmap.rules.reading.subject import subject_of
from regionmap.rules.verdict import caveats, unit_changes
from regionmap.rules.verdict.answers import Caveat, IndustryFindings, PlaceAnswer, RegionMembership
from regionmap.rules.verdict.ruling import RANK, extent, rests_on, rule, weight

_ALL = IndustryMatch(IndustryFit.ALL)


def lookup(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    place: Unit,
    on: dt.date,
    first: Sequence[Caveat] = (),
    line: LineDistance | None = None,
) -> PlaceAnswer:
    """Return regions, pilots, parks, findings by industry, and what is not in force, for one unit."""
    from regionmap.rules.parks import parks_at  # late: a check needs none

    prepared = RuleIndex.of(catalogue, gazetteer)
    judge = prepared.period(on).judge
    found, lapsed, depends_on_site = _hold(catalogue, prepared, place, on, line)
    regions = []
    for region in catalogue.regions.values():
        match = judge.member_of(region.id, place)
        definition = catalogue.definition(region.id, on)
        if match.fit in {PlaceFit.WHOLE, PlaceFit.PART} and definition is not None:
            regions.append(RegionMembership(region, definition, match.part))
    notes = [*caveats.beyond_dates(catalogue, on), *first]
    if caveats.is_out_of_scope(gazetteer.province(place.code)):
        notes.append(caveats.out_of_scope(place))
    notes += caveats.last_lists(catalogue, [one.definition for one in regions if not one.definition.union_of], on)
    notes += caveats.for_place(judge, catalogue, place, found)
    held = (*found, *lapsed, *depends_on_site)
    notes += unit_changes.for_lookup(catalogue, gazetteer, judge, held, place, on)
    return PlaceAnswer(
        place=place,
        date=on,
        regions=tuple(regions),
        industries=_by_industry(catalogue, gazetteer, place, on, [*found, *depends_on_site], line),
        depends_on_site=tuple(depends_on_site),
        not_in_force=tuple(lapsed),
        caveats=tuple(notes),
        coverage=prepared.coverage((place,)),
        catalogue=catalogue.version,
        pilots=pilots_at(catalogue, gazetteer, place, on),
        parks=parks_at(catalogue, gazetteer, place, on),
    )


def _hold(
    catalogue: Catalogue, prepared: RuleIndex, place: Unit, on: dt.date, line: LineDistance | None
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    asked = Asked((place,), None, Action.NEW, on)
    period = prepared.period(on)
    matches = period.matches((place,), line).matches
    found: list[Finding] = []
    lapsed: list[Finding] = []
    depends_on_site: list[Finding] = []
    for one, number, state in zip(catalogue.provisions, prepared.areas.number, period.statuses, strict=True):
        match = matches[number]
        if not match.binds:
            continue
        fell = () if state is Status.IN_FORCE else (Aspect.DATE,)
        finding = Finding(one, catalogue.source_of(one), state, match, _ALL, asked, fell)
        if state is not Status.IN_FORCE:
            lapsed.append(finding)
        elif finding.decides or one.effect in SHOWN_ONLY:
            found.append(finding)
        else:
            depends_on_site.append(finding)
    return found, lapsed, depends_on_site


def _by_industry(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    place: Unit,
    on: dt.date,
    findings: list[Finding],
    line: LineDistance | None,
) -> tuple[IndustryFindings, ...]:
    """Group findings by the industries that they name, the strictest heading first; rules on all industries last.

    A heading is what a check for that industry and a new plant says, so that it may rest on a rule of another group.
    """
    groups: dict[str | None, list[Finding]] = {}
    for one in findings:
        for name in one.provision.industries or (None,):
            groups.setdefault(name, []).append(one)
    answer = []
    for name, group in groups.items():
        group.sort(key=lambda one: RANK[weight(one)])
        if name is None:
            binding = [one for one in group if Action.NEW in one.provision.actions]
            ruled = rule(binding, ())
            answer.append(IndustryFindings(None, ruled.ruling, extent(rests_on(ruled, binding, (), ())), tuple(group)))
            continue
        industry = catalogue.industries[name]
        question = Question(catalogue, gazetteer, subject_of(industry), Action.NEW, on)
        answer.append(IndustryFindings(industry, *question.heading(place, line), tuple(group)))
    return tuple(sorted(answer, key=lambda one: (one.industry is None, RANK[one.ruling])))

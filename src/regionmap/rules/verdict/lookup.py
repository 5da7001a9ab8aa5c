"""Everything about a place on a date: its regions, the pilot lists that name it, the rules there by industry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Caveat, Status, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.decision import decision_order
from regionmap.rules.matching.effects import RANK, SHOWN_ONLY
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import Asked, Aspect, IndustryFit, IndustryMatch, LineDistance, PlaceFit
from regionmap.rules.matching.question import Question
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.rules.pilots import pilots_at
from regionmap.rules.reading.subject import subject_of
from regionmap.rules.verdict import caveats, site_caveats, unit_changes
from regionmap.rules.verdict.answers import IndustryFindings, PlaceAnswer, RegionMembership
from regionmap.rules.verdict.coverage import coverage_of
from regionmap.rules.verdict.groups import Groups
from regionmap.rules.verdict.ruling import weight
from regionmap.rules.verdict.rulings import heading, heading_of

_ALL = IndustryMatch(IndustryFit.ALL)


def lookup(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    place: Unit,
    on: dt.date,
    leading_caveats: Sequence[Caveat] = (),
    line: LineDistance | None = None,
) -> PlaceAnswer:
    """Return regions, pilots, parks, findings by industry, and what is not in force, for one unit.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        place: the unit.
        on: the date.
        leading_caveats: caveats that the caller knows, put before the others.
        line: for a point in the unit, how far it is from another province (metres).
    """
    from regionmap.rules.parks import parks_at  # late: a check needs none

    index = RuleIndex.of(catalogue, gazetteer)
    matcher = index.area_matches(on).matcher
    found, lapsed, depends_on_site = _findings(catalogue, index, place, on, line)
    regions = []
    for region in catalogue.regions.values():
        match = matcher.member_of(region.id, place)
        definition = catalogue.definition(region.id, on)
        if match.fit in {PlaceFit.WHOLE, PlaceFit.PART} and definition is not None:
            regions.append(RegionMembership(region, definition, match.part))
    notes = [*caveats.beyond_dates(catalogue, on), *leading_caveats]
    if site_caveats.is_out_of_scope(gazetteer.province(place.code)):
        notes.append(site_caveats.out_of_scope(place))
    notes += caveats.last_lists(catalogue, [one.definition for one in regions if not one.definition.union_of], on)
    notes += caveats.for_place(matcher, catalogue, place, found)
    every = (*found, *lapsed, *depends_on_site)
    notes += unit_changes.for_lookup(catalogue, gazetteer, matcher, every, place, on, notes)
    return PlaceAnswer(
        place=place,
        date=on,
        regions=tuple(regions),
        industries=_by_industry(catalogue, gazetteer, place, on, [*found, *depends_on_site], line),
        depends_on_site=tuple(depends_on_site),
        not_in_force=tuple(lapsed),
        caveats=tuple(notes),
        coverage=coverage_of(catalogue, gazetteer, (place,), on),
        catalogue=catalogue.version,
        pilots=pilots_at(catalogue, gazetteer, place, on),
        parks=parks_at(catalogue, gazetteer, place, on),
    )


def _findings(
    catalogue: Catalogue, index: RuleIndex, place: Unit, on: dt.date, line: LineDistance | None
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    asked = Asked((place,), None, Action.NEW, on)
    interval = index.interval(on)
    matches = interval.areas.matches((place,), line).matches
    found: list[Finding] = []
    lapsed: list[Finding] = []
    depends_on_site: list[Finding] = []
    for one, number, state in zip(catalogue.provisions, index.areas.number, interval.statuses, strict=True):
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
) -> Groups:
    """Group findings by the industries that they name, the strictest heading first; rules on all industries last.

    A heading is what a check for that industry and a new plant says, so that it may rest on a rule of another group.
    """
    groups: dict[str | None, list[Finding]] = {}
    for one in findings:
        for name in one.provision.industries or (None,):
            groups.setdefault(name, []).append(one)

    def made() -> tuple[IndustryFindings, ...]:
        answer = []
        for name, group in groups.items():
            ordered = tuple(sorted(group, key=lambda one: (RANK[weight(one)], decision_order(one))))
            if name is None:
                answer.append(IndustryFindings(None, *heading_of(ordered, Action.NEW), ordered))
                continue
            industry = catalogue.industries[name]
            question = Question(catalogue, gazetteer, subject_of(industry), Action.NEW, on)
            answer.append(IndustryFindings(industry, *heading(question, place, line), ordered))
        return tuple(sorted(answer, key=lambda one: (one.industry is None, RANK[one.ruling])))

    return Groups(len(groups), made)

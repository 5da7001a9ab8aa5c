"""The answers: verdicts, look-ups, rulings of units, with caveats and coverage.

Frozen; made by the rules, read by the output.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionmap.model import Action, Caveat, CaveatKind, Definition, Extent, Region, Ruling, Text, UnclearBecause, Unit
from regionmap.model.industry import Industry
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import Aspect, Subject
from regionmap.rules.verdict.citations import citation
from regionmap.rules.verdict.ruling import Ruled, rests_on
from regionmap.words import ACTIONS, EFFECTS, ruling_words

if TYPE_CHECKING:
    from regionmap.rules.parks import ParkListing
    from regionmap.rules.pilots import PilotListing

__all__ = [
    "Caveat",
    "CaveatKind",
    "Coverage",
    "IndustryFindings",
    "PlaceAnswer",
    "PointInfo",
    "RegionMembership",
    "Share",
    "UnitRuling",
    "Verdict",
    "verdict_text",
]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at: levels of government and documents loaded, and which of them were read in part.

    ``as_of`` is the last day up to which documents were collected. ``local`` are the ids of the provincial and city
    documents that were looked at for the place; ``missing`` the province and city of which none is loaded.
    """

    levels: tuple[str, ...]
    sources: int
    provisions: int
    read_part: tuple[str, ...]
    statement: Text
    as_of: dt.date | None = None
    local: tuple[str, ...] = ()
    missing: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class PointInfo:
    """The point that was asked for, as given (degrees in ``datum``).

    ``boundary_m`` is the geodesic distance in metres to the nearest county in which the answer would differ, None when
    there is none within the search limit. ``province_line_m`` is that to the nearest other province,
    ``other_province``, where a rule by distance to one may speak of the industry and the province lies within that
    distance or at most 1,000 m beyond it, else None; screening fills its column alike. The edge of the strip that
    such a rule reaches is no boundary in the sense of ``boundary_m``: counties that it crosses are judged as far from
    another province as the point is, and a caveat tells when the edge is near.
    """

    lon: float
    lat: float
    datum: str
    boundary_m: float | None
    beyond: Unit | None
    province_line_m: float | None = None
    other_province: Unit | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A county-level unit that a drawn area touches, and the share of the area that lies in it (0 to 1)."""

    unit: Unit
    share: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may I do this, here, with this industry, on this date?".

    ``findings`` bind, what decides first (see ``matching.decision``); ``not_in_force`` would bind but for the date;
    ``depends_on_site`` are in force and speak of an area, an industry or a firm that nothing loaded tells: each has a
    question (``ask``), none decides; ``fell_away`` were near and fell on place, action or an open industry list;
    ``fell_counts`` counts every other provision by the first question that it failed. ``general`` counts the targets
    and duties on all industries of the whole country, which are not listed.

    ``local`` is the word that the rules give which do not hold everywhere; ``extent`` whether the deciding rules reach
    the whole place and the whole industry; ``unclear_because`` why the word is ``unclear``.

    Findings and caveats are sequences whose members are made when they are first looked at, and then kept.
    """

    ruling: Ruling
    local: Ruling
    extent: Extent
    unclear_because: UnclearBecause | None
    places: tuple[Unit, ...]
    subject: Subject
    action: Action
    date: dt.date
    findings: Sequence[Finding]
    not_in_force: Sequence[Finding]
    depends_on_site: Sequence[Finding]
    fell_away: Sequence[Finding]
    general: int
    fell_counts: tuple[tuple[Aspect, int], ...]
    conflicts: tuple[tuple[str, str], ...]
    caveats: Sequence[Caveat]
    coverage: Coverage
    catalogue: str
    point: PointInfo | None = None
    shares: tuple[Share, ...] = ()

    @property
    def place(self) -> Unit:
        """The place that was asked for (for an area: the unit that holds most of it)."""
        return self.places[0]

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The findings that the ruling rests on, the one to name first; none for ``no_rule`` and an open term."""
        ruled = Ruled(self.ruling, self.unclear_because)
        return rests_on(ruled, self.findings, self.not_in_force, self.depends_on_site)

    @property
    def part_units(self) -> tuple[Unit, ...]:
        """The units that the deciding rules reach, where they reach only a part of the place."""
        if self.extent is Extent.WHOLE:
            return ()
        return tuple(dict.fromkeys(unit for one in self.deciding for unit in one.part))

    @property
    def part_industries(self) -> tuple[Industry, ...]:
        """The industries that the deciding rules name, where they name only a part of what was asked."""
        if self.extent is Extent.WHOLE:
            return ()
        return tuple({part.id: part for one in self.deciding for part in one.industry.parts}.values())

    def __repr__(self) -> str:
        """Return the question, the word and what it rests on in one line."""
        where = _units_line(self.places)
        asked = f"{where}, {self.subject.heading.zh}, {self.action}, {self.date.isoformat()}"
        counts = f"{len(self.findings)} findings, {len(self.depends_on_site)} depend on the site"
        return f"<Verdict {self.ruling}: {asked}; {counts}, {len(self.caveats)} caveats>"

    def __str__(self) -> str:
        """Return the verdict as plain text in Chinese, for print()."""
        return verdict_text(self)


@dataclass(frozen=True, slots=True)
class RegionMembership:
    """A region that a place lies in (wholly, or in part) by the definition in use on the date."""

    region: Region
    definition: Definition
    part: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class IndustryFindings:
    """The findings for one industry at a place; ``industry`` None stands for rules on every industry.

    ``ruling`` and ``extent`` are those of a check for this industry and a new plant: rules on every industry, and on
    what the industry belongs to, count there too.
    """

    industry: Industry | None
    ruling: Ruling
    extent: Extent
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class UnitRuling:
    """The ruling for one unit, as the map colours it; ``local``, ``extent``, ``unclear_because`` as in ``Verdict``.

    ``findings`` are what binds, for ``unclear`` what it rests on, in the order of those of a ``Verdict``.
    """

    unit: Unit
    ruling: Ruling
    findings: Sequence[Finding]
    local: Ruling
    extent: Extent
    unclear_because: UnclearBecause | None

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The findings that the ruling rests on, as ``Verdict.deciding``."""
        ruled, found = Ruled(self.ruling, self.unclear_because), self.findings
        return rests_on(ruled, found, found, found)

    def __repr__(self) -> str:
        """Return the unit and the word in one line."""
        return f"<UnitRuling {self.ruling}: {_units_line((self.unit,))}; {len(self.findings)} findings>"


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """Everything about a place on a date."""

    place: Unit
    date: dt.date
    regions: tuple[RegionMembership, ...]
    industries: Sequence[IndustryFindings]
    depends_on_site: Sequence[Finding]
    not_in_force: tuple[Finding, ...]
    caveats: tuple[Caveat, ...]
    coverage: Coverage
    catalogue: str
    point: PointInfo | None = None
    pilots: tuple[PilotListing, ...] = ()
    parks: tuple[ParkListing, ...] = ()

    def __repr__(self) -> str:
        """Return the place and how much is known of it in one line."""
        counts = f"{len(self.regions)} regions, {len(self.industries)} industries with rules"
        listed = f"{len(self.pilots)} pilots, {len(self.parks)} parks"
        return f"<PlaceAnswer {_units_line((self.place,))}, {self.date.isoformat()}: {counts}, {listed}>"


def _units_line(units: Sequence[Unit]) -> str:
    more = f" and {len(units) - 1} more" if len(units) > 1 else ""
    return f"{units[0].name} {units[0].code}{more}"


def verdict_text(verdict: Verdict, language: str = "zh") -> str:
    """Return the verdict in lines: the word, each rule with its document, item and words, caveats, coverage."""
    places = "、".join(one.name for one in verdict.places[:3])
    lines = [
        f"{ruling_words(verdict.ruling, verdict.extent)[language]} — {places} · {verdict.subject.heading[language]} · "
        f"{ACTIONS[verdict.action][language]} · {verdict.date.isoformat()}"
    ]
    lines += [_line(one, language) for one in verdict.findings]
    lines += [f"（{one.status}）{_line(one, language)}" for one in verdict.not_in_force]
    for one in verdict.depends_on_site:
        ask = one.ask
        lines.append(f"? {ask[language] if ask is not None else ''} {_line(one, language)}")
    lines += [f"! {one.text[language]}" for one in verdict.caveats]
    lines.append(verdict.coverage.statement[language])
    return "\n".join(lines)


def _line(finding: Finding, language: str) -> str:
    one = finding.provision
    return f"- [{EFFECTS[one.effect][language]}] {citation(one, finding.source.number)}「{one.quote}」"

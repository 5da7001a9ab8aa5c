"""The values that answers are made of: verdicts, findings, caveats, coverage.

Frozen; made by the rules, read by the output.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from regionmap.model import (
    Action,
    ClassReading,
    Definition,
    DestinationList,
    Effect,
    Extent,
    Industry,
    Provision,
    Region,
    Ruling,
    Scope,
    Source,
    Status,
    Text,
    UnclearBecause,
    Unit,
)

if TYPE_CHECKING:
    from regionmap.rules.pilots import PilotListing

ENCOURAGING = frozenset({Effect.GUIDE_IN, Effect.SUPPORT, Effect.PILOT})
SHOWN_ONLY = frozenset({Effect.TARGET, Effect.DUTY})
"""Effects that are shown and never decide."""


class CaveatKind(StrEnum):
    """What a caveat is about."""

    LAPSED_STRICTER = "lapsed_stricter"
    OPEN_LIST = "open_list"
    OPEN_INDUSTRIES = "open_industries"
    CODE_FIT = "code_fit"
    OLD_CODE = "old_code"
    NEAR_INDUSTRY = "near_industry"
    UNDEFINED_AREA = "undefined_area"
    UNDEFINED_INDUSTRY = "undefined_industry"
    IN_PART = "in_part"
    NEAR_BOUNDARY = "near_boundary"
    DATE_UNKNOWN = "date_unknown"
    DEFAULT_DATE = "default_date"
    HORIZON = "horizon"
    READ_PART = "read_part"
    PROVISION = "provision"
    OUT_OF_SCOPE = "out_of_scope"
    OUTSIDE = "outside"
    OVERLAY = "overlay"
    PLACE_READING = "place_reading"
    UNIT_CHANGED = "unit_changed"
    REPORTED = "reported"
    READING = "reading"
    OPEN_INDUSTRY = "open_industry"
    AS_OF = "as_of"
    BEFORE_FIRST = "before_first"
    VERSION = "version"


class Aspect(StrEnum):
    """The four questions that a provision is held against."""

    PLACE = "place"
    INDUSTRY = "industry"
    ACTION = "action"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something that the user must know. ``provisions`` are the ids that it speaks of, if any."""

    kind: CaveatKind
    text: Text
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """The industry that was asked for.

    ``industry`` is the catalogue's industry, or None for a GB/T 4754-2017 class that no loaded document names.
    ``code`` and ``code_name`` are set when the question was asked by a code; ``note`` when that code meant something
    else in the 2011 edition.
    """

    id: str
    name: Text
    industry: Industry | None
    codes: tuple[str, ...]
    code: str | None = None
    code_name: str | None = None
    note: Text | None = None


class PlaceFit(StrEnum):
    """How a place stands to the area of a provision.

    ``undefined``: inside the area that the text names, but the text narrows it by words that no loaded list defines.
    ``unlisted``: not printed in a list that ends in 等, in a province that the list names.
    """

    WHOLE = "whole"
    PART = "part"
    UNDEFINED = "undefined"
    UNLISTED = "unlisted"
    NONE = "none"
    NO_LIST = "no_list"
    OUT_OF_SCOPE = "out_of_scope"


class IndustryFit(StrEnum):
    """How an industry stands to those that a provision names.

    ``code``: caught through its GB/T 4754 code. ``part``: the provision names a part of it. ``reading``: the provision
    speaks of a class that no text defines, and our own reading counts the industry, or a part of it, as belonging to
    it. ``open``: not named in a list that ends in 等. ``near``: only a wider reading of the term would hold it.
    ``undefined``: the provision speaks of a class of industries that no text defines.
    """

    ALL = "all"
    NAMED = "named"
    CODE = "code"
    PART = "part"
    READING = "reading"
    NEAR = "near"
    UNDEFINED = "undefined"
    OPEN = "open"
    NONE = "none"


_REACHES_PLACE = frozenset({PlaceFit.WHOLE, PlaceFit.PART, PlaceFit.UNDEFINED})
_REACHES_INDUSTRY = frozenset(
    {IndustryFit.ALL, IndustryFit.NAMED, IndustryFit.CODE, IndustryFit.PART, IndustryFit.READING}
)


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The place question: the fit, the region and the dated list that caught it, and the units covered in part.

    ``number`` is the document number of the list. ``listed``: the destination list by which the place was judged.
    ``words``: what the text says of an area that nothing loaded draws, for the fit ``undefined``.
    """

    fit: PlaceFit
    region: Region | None = None
    definition: Definition | None = None
    part: tuple[Unit, ...] = ()
    number: str = ""
    listed: DestinationList | None = None
    words: Text | None = None

    @property
    def binds(self) -> bool:
        """Whether the provision reaches the place, wholly, in part, or as far as can be told."""
        return self.fit in _REACHES_PLACE


@dataclass(frozen=True, slots=True)
class IndustryMatch:
    """The industry question: the fit, and the industry of the provision through which it came.

    ``parts``: for a provision that names only parts of what was asked, all of them. ``reading``: how a class was read.
    """

    fit: IndustryFit
    via: Industry | None = None
    code: str | None = None
    parts: tuple[Industry, ...] = ()
    reading: ClassReading | None = None

    @property
    def binds(self) -> bool:
        """Whether the provision reaches the industry or a part of it."""
        return self.fit in _REACHES_INDUSTRY


@dataclass(frozen=True, slots=True)
class Because:
    """Why a provision applied or fell away: one sentence for each question."""

    place: Text
    industry: Text
    action: Text
    date: Text


class Finding(NamedTuple):
    """A provision held against a place, an industry, an action and a date.

    A tuple, since an answer makes some seventy of them.

    ``fell_on`` lists the questions that the provision failed; it is empty for a provision that binds.
    """

    provision: Provision
    source: Source
    status: Status
    place: PlaceMatch
    industry: IndustryMatch
    asked: Asked
    fell_on: tuple[Aspect, ...] = ()

    @property
    def region(self) -> str | None:
        """Id of the region that caught the place (the part of a union, where the list is a union)."""
        return self.place.region.id if self.place.region is not None else None

    @property
    def definition(self) -> Definition | None:
        """The dated list that was used."""
        return self.place.definition

    @property
    def part(self) -> tuple[Unit, ...]:
        """The units inside the place that the rule covers, where it does not cover the whole place."""
        return self.place.part

    @property
    def successors(self) -> str:
        """The ids of the documents that repealed or replaced the provision."""
        return ", ".join(self.provision.superseded_by)

    @property
    def depends(self) -> bool:
        """Whether the rule hangs on something of the site, the project or the firm that nothing loaded tells."""
        return (
            self.place.fit is PlaceFit.UNDEFINED
            or self.industry.fit is IndustryFit.UNDEFINED
            or self.provision.ask is not None
        )

    @property
    def decides(self) -> bool:
        """Whether the finding may decide a verdict: targets and duties never do, nor does what depends on the site."""
        return self.provision.effect not in SHOWN_ONLY and not self.depends

    @property
    def scope(self) -> Scope:
        """Whether the rule holds everywhere on the mainland, or not."""
        where = self.provision.where
        everywhere = where.national and not (where.except_regions or where.except_lists or where.province_line_m)
        return Scope.NATIONAL if everywhere else Scope.PLACE

    @property
    def extent(self) -> Extent:
        """Whether the rule reaches the whole place and the whole industry that were asked for."""
        partly = self.place.fit is PlaceFit.PART or bool(self.industry.parts)
        return Extent.PART if partly else Extent.WHOLE

    @property
    def ask(self) -> Text | None:
        """The question that must be answered to tell whether the rule binds; None where nothing is open."""
        from regionmap.rules.because import ask  # late: sentences are only for people

        return ask(self) if self.depends else None

    @property
    def because(self) -> Because:
        """Why it applied or fell away, in sentences."""
        from regionmap.rules.because import explain  # late: sentences are only for people

        return explain(self)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: places, industry, action and date."""

    places: tuple[Unit, ...]
    subject: Subject | None
    action: Action
    on: dt.date


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at: levels of government and documents loaded, and which of them were read in part.

    ``as_of`` is the last day up to which documents were collected.
    """

    levels: tuple[str, ...]
    sources: int
    provisions: int
    read_part: tuple[str, ...]
    statement: Text
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PointInfo:
    """The point that was asked for, as given (degrees in ``datum``).

    ``boundary_m`` is the geodesic distance in metres to the nearest county in which the answer would differ, None when
    there is none within the search limit.
    """

    lon: float
    lat: float
    datum: str
    boundary_m: float | None
    beyond: Unit | None


@dataclass(frozen=True, slots=True)
class Share:
    """A county-level unit that a drawn area touches, and the share of the area that lies in it (0 to 1)."""

    unit: Unit
    share: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may I do this, here, with this industry, on this date?".

    ``findings`` bind; ``not_in_force`` would bind but for the date; ``depends_on_site`` are in force and speak of an
    area, an industry or a firm that nothing loaded tells: each has a question (``ask``), none decides; ``fell_away``
    were near and fell on place, action or an open industry list; ``fell_counts``
    counts every other provision by the first question that it failed. ``general`` counts the targets and duties on all
    industries of the whole country, which are not listed.

    ``local`` is the word that the rules give which do not hold everywhere; ``extent`` whether the deciding rules reach
    the whole place and the whole industry; ``unclear_because`` why the word is ``unclear``.
    """

    ruling: Ruling
    local: Ruling
    extent: Extent
    unclear_because: UnclearBecause | None
    places: tuple[Unit, ...]
    subject: Subject
    action: Action
    date: dt.date
    findings: tuple[Finding, ...]
    not_in_force: Sequence[Finding]
    depends_on_site: tuple[Finding, ...]
    fell_away: tuple[Finding, ...]
    general: int
    fell_counts: tuple[tuple[Aspect, int], ...]
    conflicts: tuple[tuple[str, str], ...]
    caveats: tuple[Caveat, ...]
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
        """The findings that the ruling rests on; none for ``no_rule`` and for a term that is open."""
        from regionmap.rules.ruling import deciding  # late: the rules import these values

        return deciding(self)

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

    def __str__(self) -> str:
        """The verdict as plain text, for print()."""
        from regionmap.rules.prose import verdict_text  # late: prose is only for people

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
    """The ruling for one unit, as the map colours it; ``local``, ``extent``, ``unclear_because`` as in ``Verdict``."""

    unit: Unit
    ruling: Ruling
    findings: tuple[Finding, ...]
    local: Ruling
    extent: Extent
    unclear_because: UnclearBecause | None


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """Everything about a place on a date."""

    place: Unit
    date: dt.date
    regions: tuple[RegionMembership, ...]
    industries: tuple[IndustryFindings, ...]
    depends_on_site: tuple[Finding, ...]
    not_in_force: tuple[Finding, ...]
    caveats: tuple[Caveat, ...]
    coverage: Coverage
    catalogue: str
    point: PointInfo | None = None
    pilots: tuple[PilotListing, ...] = ()

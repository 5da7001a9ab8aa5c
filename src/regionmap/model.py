"""The vocabulary of regionmap: frozen values, no input or output.

One word for one thing, as in the design: a *source* is a policy document, an *item* is the numbered place in it, a
*provision* is one rule taken from one item, a *region* is a named area with dated *definitions*, a *unit* is an
administrative unit with its GB/T 2260 code (adcode), an *industry* carries GB/T 4754-2017 codes.

All dates are inclusive: a provision with ``in_force_until`` 2020-12-31 still binds on that day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        """Return the words in ``language`` (``zh`` or ``en``)."""
        return self.en if language == "en" else self.zh


class Level(StrEnum):
    """Level of an administrative unit (GB/T 2260)."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


class Effect(StrEnum):
    """What a provision does."""

    PROHIBIT = "prohibit"
    CAP = "cap"
    REPLACE = "replace"
    CONDITION = "condition"
    PHASE_OUT = "phase_out"
    RELOCATE = "relocate"
    STAGGER = "stagger"
    GUIDE_OUT = "guide_out"
    GUIDE_IN = "guide_in"
    PILOT = "pilot"
    SUPPORT = "support"
    TARGET = "target"
    DUTY = "duty"


class Action(StrEnum):
    """What the investor would do at the place."""

    NEW = "new"
    EXPAND = "expand"
    REPLACE = "replace"
    MOVE_IN = "move_in"
    UPGRADE = "upgrade"


class Status(StrEnum):
    """Standing of a provision on a date.

    ``ended``: its printed last day is over. ``superseded``: repealed or replaced, and it is known by what.
    """

    IN_FORCE = "in_force"
    HORIZON_PASSED = "horizon_passed"
    ENDED = "ended"
    SUPERSEDED = "superseded"
    NOT_YET = "not_yet"


class Ruling(StrEnum):
    """The word of a verdict, from the strictest to ``no_rule``, which never means "allowed"."""

    PROHIBITED = "prohibited"
    RESTRICTED = "restricted"
    DISCOURAGED = "discouraged"
    UNCLEAR = "unclear"
    ENCOURAGED = "encouraged"
    NO_RULE = "no_rule"


class Scope(StrEnum):
    """Whether a rule holds everywhere on the mainland, or for this place and not for all others."""

    NATIONAL = "national"
    PLACE = "place"


class Extent(StrEnum):
    """Whether a verdict holds for the whole place and the whole industry, or for a part of either."""

    WHOLE = "whole"
    PART = "part"


class UnclearBecause(StrEnum):
    """Why a verdict is ``unclear``.

    ``lapsed``: the last day of a rule's own targets has passed. ``undefined_area``: a rule that names the industry
    and a part of the country depends on the site. ``open_industry``: no list says what the term asked for means.
    """

    LAPSED = "lapsed"
    UNDEFINED_AREA = "undefined_area"
    OPEN_INDUSTRY = "open_industry"


class Evidence(StrEnum):
    """How a fact is known. Anything weaker than these two is not shipped."""

    VERBATIM = "verbatim"
    REPORTED = "reported"


class Standing(StrEnum):
    """What a list of a pilot programme makes of the places on it; only ``approved`` and ``accepted`` are pilots.

    ``invited``: asked to draft a plan. ``proposed``: announced for comment. ``named``: a text stresses the place.
    ``accepted``: passed the acceptance of its trial.
    """

    APPROVED = "approved"
    INVITED = "invited"
    PROPOSED = "proposed"
    NAMED = "named"
    ACCEPTED = "accepted"


class PilotArea(StrEnum):
    """What a place on a pilot list is: the unit itself, or something smaller inside the units of its codes."""

    UNIT = "unit"
    PARK = "park"
    NEW_AREA = "new_area"
    REGION = "region"
    FIRM = "firm"


class Rank(StrEnum):
    """Rank of a source, from law downward."""

    LAW = "law"
    CENTRAL = "central"
    STATE_COUNCIL = "state_council"
    MINISTRY = "ministry"
    LOCAL_REGULATION = "local_regulation"
    LIST = "list"
    PROVINCE = "province"
    STANDARD = "standard"


class SourceKind(StrEnum):
    """What a document is.

    In a plan and in work points every provision takes the document's horizon; in all others only a provision that
    prints a goal has one.
    """

    LAW = "law"
    REGULATION = "regulation"
    PLAN = "plan"
    WORK_POINTS = "work_points"
    OPINION = "opinion"
    NOTICE = "notice"
    CATALOGUE = "catalogue"
    GUIDE = "guide"


WITH_HORIZON = frozenset({SourceKind.PLAN, SourceKind.WORK_POINTS})
"""Kinds of documents whose horizon is that of every provision."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit.

    ``code`` is the six-digit adcode (GB/T 2260); ``parent`` is the adcode of the unit above, empty for a province.
    Units directly under a province (济源, 仙桃) have level ``county`` and a province as parent. ``lon`` and ``lat``
    are a point inside the unit for labels, in degrees, CGCS2000.
    """

    code: str
    name: str
    short_name: str
    name_en: str
    level: Level
    parent: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered place of a source, in the document's own numerals, with its heading."""

    item: str
    heading: str


@dataclass(frozen=True, slots=True)
class Number:
    """A limit or a target as data.

    ``amount`` is in ``unit``; with ``base_year`` it is a change against that year (−18 % against 2015). ``by`` is the
    last day for reaching it, inclusive.
    """

    what: Text
    op: Literal["<=", ">=", "=", "~"]
    amount: float
    unit: str
    by: dt.date | None = None
    base_year: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a document prints it, with the adcodes of today that it stands for."""

    printed: str
    codes: tuple[str, ...]
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where a provision applies.

    ``national``: the whole country that the issuers govern, but for the regions of ``except_regions`` (其他地区).
    ``regions``: region ids; with ``pinned`` the definition
    comes from that source, else from the list in use on the date (floating). ``places``: units that the text names.
    ``undefined``: words of the text that narrow the area and that no loaded list defines (``城镇人口密集区``):
    whether a place is inside is then not decided. ``lists``: ids of destination lists whose rows are the area;
    with ``national``, ``except_lists`` are lists whose places the rule does not reach. ``partly``: the area is smaller
    than the units that ``places`` name (a park in a city). ``province_line_m``: the rule reaches sites within so many
    metres of a boundary between provinces.
    """

    national: bool = False
    regions: tuple[str, ...] = ()
    pinned: str | None = None
    places: tuple[Place, ...] = ()
    undefined: Text | None = None
    open: bool = False
    except_regions: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    except_lists: tuple[str, ...] = ()
    partly: bool = False
    province_line_m: int | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule taken from one item of a source.

    ``industries`` empty means every industry. ``industries_open``: the printed list ends in 等. ``actions`` are the
    actions that the rule speaks to; empty means that it speaks to no investor's action (a duty of an office).
    ``successors`` are the numbers of the documents of ``superseded_by``. ``ask``: what the rule hangs on and nothing
    loaded tells, as a question to the investor (did the firm miss its deadline?); such a rule never decides.
    ``file`` and ``line`` say where it stands in the catalogue.
    """

    id: str
    source: str
    item: str
    effect: Effect
    industries: tuple[str, ...]
    industries_open: bool
    actions: tuple[Action, ...]
    where: Where
    in_force_from: dt.date
    in_force_until: dt.date | None
    horizon: dt.date | None
    superseded_by: tuple[str, ...]
    quote: str
    summary: Text
    numbers: tuple[Number, ...]
    caveats: tuple[Text, ...]
    addressee: Text | None
    evidence: Evidence
    file: str
    line: int
    ask: Text | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One policy document.

    ``issued`` is an ISO date, or a year or month where no day is printed. ``horizon`` is the last day that its own
    targets speak of; ``in_force_until`` is set only by a repeal, a printed end or a successor that says so.
    ``place`` is the adcode of the province or city that a local document governs, empty for a national one;
    ``version`` the day (ISO) of the amended text that was read; ``articles`` how many articles were read;
    ``known_until`` the last day on which the copy is known to be the text in force.
    """

    id: str
    title: Text
    number: str
    issuers: tuple[Text, ...]
    kind: SourceKind | None
    level: Literal["national", "province", "city"]
    rank: Rank
    issued: str | None
    in_force_from: dt.date
    in_force_until: dt.date | None
    horizon: dt.date | None
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]
    evidence: Evidence
    read: Literal["whole", "part"]
    date_note: Text | None
    note: Text | None
    items: tuple[Item, ...]
    provisions: tuple[Provision, ...]
    bundled: bool
    file: str
    place: str = ""
    version: str | None = None
    articles: int | None = None
    known_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A dated list of the units of a region, taken from one item of one source.

    ``open``: the printed list ends in 等, so a place that is not printed is "not named", not "excluded".
    ``union_of``: ids of regions whose definitions of the same source together make this one.
    """

    source: str
    item: str
    in_force_from: dt.date
    in_force_until: dt.date | None
    open: bool
    quote: str
    evidence: Evidence
    members: tuple[Place, ...]
    union_of: tuple[str, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class Region:
    """A named area with one or more dated definitions."""

    id: str
    name: Text
    kind: Literal["key-region", "key-basin", "economic-region", "other"]
    definitions: tuple[Definition, ...]
    file: str

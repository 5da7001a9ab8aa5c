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


@dataclass(frozen=True, slots=True)
class IndustryCode:
    """A GB/T 4754-2017 code that stands for an industry, and how well.

    ``exact``: the class is what the term means; ``part``: the class also holds activities that the term does not mean.
    """

    code: str
    fit: Literal["exact", "part"]


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry as documents print it.

    ``codes`` are our reading of the term in GB/T 4754-2017 (no document prints them); ``wide`` are codes that a reader
    may also mean: they do not make a rule bind, they raise a caveat. A ``group`` is a list that a document names as one
    word (两高): ``members`` are industry ids, and ``note`` says where the list comes from. ``open``: why no list says
    which industries the term means (先进制造业); an answer by such a name is never ``no_rule``. ``bundled``: it comes
    with regionmap and is not a user's own.
    """

    id: str
    name: Text
    kind: Literal["industry", "product", "facility", "group", "class"]
    aliases: tuple[str, ...]
    parents: tuple[str, ...]
    codes: tuple[IndustryCode, ...]
    wide: tuple[str, ...]
    members: tuple[str, ...]
    note: Text | None
    open: Text | None = None
    bundled: bool = True


@dataclass(frozen=True, slots=True)
class IndustryWords:
    """Words that people type and no document prints, and what they mean.

    Either ``codes`` of GB/T 4754-2017 or an ``industry`` (its id). Words that may mean several things have ``choices``
    (ids or codes) and the question ``ask``.
    """

    words: tuple[str, ...]
    codes: tuple[str, ...]
    industry: str | None
    choices: tuple[str, ...]
    ask: Text | None


@dataclass(frozen=True, slots=True)
class PilotPlace:
    """A place on a pilot list as printed.

    ``codes`` are the units themselves where ``area`` is ``unit``; else the units that contain the place, which are not
    pilots by that, or none where they are not known.
    """

    printed: str
    area: PilotArea
    codes: tuple[str, ...]
    evidence: Evidence
    note: Text | None


@dataclass(frozen=True, slots=True)
class Batch:
    """One dated list of a pilot programme.

    ``date_from`` is the first day; where no day is known, ``date_printed`` is the year or the month (``2015``,
    ``2015-06``), or None. ``date_until`` is the last day of a printed or reported term. ``printed_count`` is how many
    names the whole list has, which may be more than were seen. ``open``: the printed list ends in 等.
    """

    id: str
    name: Text
    standing: Standing
    number: str | None
    date_from: dt.date | None
    date_printed: str | None
    date_until: dt.date | None
    printed_count: int | None
    open: bool
    evidence: Evidence
    note: Text | None
    places: tuple[PilotPlace, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """A pilot programme with its dated lists. ``industries`` empty means that it speaks of no industry."""

    id: str
    name: Text
    industries: tuple[str, ...]
    note: Text | None
    batches: tuple[Batch, ...]
    bundled: bool
    file: str


class DestinationArea(StrEnum):
    """What a row of a destination list names: the unit itself, a zone made of whole units, or less than its units."""

    UNIT = "unit"
    ZONE = "zone"
    PARK = "park"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class DestinationRow:
    """A place that a list names as a destination, for ``industries`` (empty: for none in particular).

    ``words`` are the industry words as printed. ``direction``: ``take_in`` (承接), ``adjust`` (引导优化调整) or
    ``give_up`` (不再承接).
    """

    printed: str
    area: DestinationArea
    codes: tuple[str, ...]
    industries: tuple[str, ...]
    words: str | None
    direction: Literal["take_in", "adjust", "give_up"]
    evidence: Evidence
    note: Text | None
    line: int = 1


@dataclass(frozen=True, slots=True)
class DestinationList:
    """A list of destinations.

    ``named``: its rows name places for industries. ``zone``: places with a status. ``class``: the places that make up a
    class of area; ``words`` are the class words of documents (革命老区) that the list can stand for. ``draft``: open
    for comment and without force; shown, it makes no destination. ``complete``: the whole list was seen; otherwise a
    missing row means nothing.
    """

    id: str
    name: Text
    kind: Literal["named", "zone", "class", "draft"]
    words: tuple[str, ...]
    number: str | None
    date_from: dt.date | None
    date_printed: str | None
    date_until: dt.date | None
    evidence: Evidence
    complete: bool
    note: Text | None
    rows: tuple[DestinationRow, ...]
    bundled: bool
    file: str


@dataclass(frozen=True, slots=True)
class ClassReading:
    """Our own reading of a class of industries that documents do not define (劳动密集型产业), with the reason."""

    industry_class: str
    members: tuple[str, ...]
    reason: Text

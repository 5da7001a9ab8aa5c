"""The shapes that answers are made of: places, rules as they are cited, findings, caveats, coverage.

They describe what ``regionmap.output.json`` makes; an answer may hold more than they name, so that a new field never
stops an answer. A test holds that today they name everything.
"""

from __future__ import annotations

from typing import (
    Literal,
    NotRequired,  # those of typing are no use to pydantic before Python 3.12
    TypeVar,
)

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

T = TypeVar("T")


def open_ended(shape: type[T]) -> type[T]:
    """Let a shape hold more than it names."""
    return with_config(ConfigDict(extra="allow"))(shape)


RulingWord = Literal["prohibited", "restricted", "discouraged", "unclear", "encouraged", "no_rule"]
ExtentWord = Literal["whole", "part"]
StatusWord = Literal["in_force", "horizon_passed", "ended", "superseded", "not_yet"]
EvidenceWord = Literal["verbatim", "reported"]


@open_ended
class Text(TypedDict):
    """A text in Chinese and English."""

    zh: str
    en: str


@open_ended
class Unit(TypedDict):
    """An administrative unit: adcode (GB/T 2260) and name."""

    code: str
    name: str


@open_ended
class Place(Unit):
    """A unit with its level and province."""

    name_en: str
    level: str
    province: str


@open_ended
class FirstPlace(Place):
    """The unit that was asked about; ``one_of``: how many, where there are several. ``units`` names them all."""

    one_of: NotRequired[int]


@open_ended
class Share(Unit):
    """One of several units that were asked about, and its share of a drawn area (0 to 1); null for a name."""

    share: float | None


@open_ended
class Industry(TypedDict):
    """What was asked: an industry, perhaps as a class of GB/T 4754-2017."""

    id: str
    name: str
    name_en: str
    code: NotRequired[str]
    code_name: NotRequired[str | None]


@open_ended
class IndustryName(TypedDict):
    """An industry and its name."""

    id: str
    name: Text


@open_ended
class Point(TypedDict):
    """The point as given; how far away, in metres, another answer and another province are."""

    lon: float | str
    lat: float | str
    datum: str
    boundary_m: float | None
    beyond: Unit | None
    province_line_m: float | None
    other_province: Unit | None


@open_ended
class Caveat(TypedDict):
    """What the user must know beside the answer."""

    kind: str
    text: Text
    provisions: list[str]


@open_ended
class Coverage(TypedDict):
    """What was looked at; say ``statement`` with every answer."""

    levels: list[str]
    as_of: str | None
    sources: int
    provisions: int
    read_part: list[str]
    local: list[str]
    missing: list[Unit]
    statement: Text


@open_ended
class Number(TypedDict):
    """A limit or a target of a rule."""

    what: Text
    op: str
    amount: float
    unit: str
    by: str | None
    base_year: int | None


@open_ended
class UsedList(TypedDict):
    """The list of a region that a rule was held against."""

    source: str
    item: str
    in_force_from: str
    open: bool
    evidence: EvidenceWord


Reading = TypedDict(
    "Reading", {"class": str | None, "reason": Text | None, "list": NotRequired[str | None]}, total=True
)
"""Our own reading of a class of industries or of an area, that a finding rests on."""
open_ended(Reading)


@open_ended
class Because(TypedDict):
    """Why a rule applied, or fell away."""

    place: str
    industry: str
    action: str
    date: str


@open_ended
class Cited(TypedDict):
    """A rule as it is cited: document number and item, its words, and what it does."""

    provision: str
    source: str
    number: str | None
    item: str
    effect: str
    status: StatusWord
    scope: Literal["national", "place"]
    extent: ExtentWord
    quote: str
    summary: Text
    evidence: EvidenceWord


@open_ended
class RuleName(TypedDict):
    """A rule in short: what to cite it by."""

    provision: str
    number: str | None
    item: str
    effect: str
    quote: str


@open_ended
class Finding(Cited):
    """A rule held against the question, with everything that it rests on."""

    level: str
    ask: Text | None
    reading: Reading | None
    region: str | None
    list: UsedList | None
    part: list[Unit]
    numbers: list[Number]
    because: Because
    because_en: Because
    fell_on: list[str]
    bundled: bool
    file: str

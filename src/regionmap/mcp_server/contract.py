"""What each tool returns: from these shapes the SDK makes the JSON schema of a tool's structured content.

An answer has a brief form and a full one; the keys of one of them are absent in the other. The full one is the object
that ``--json`` prints.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from regionmap.mcp_server.shapes import (
    Caveat,
    Cited,
    Coverage,
    EvidenceWord,
    ExtentWord,
    Finding,
    FirstPlace,
    Industry,
    IndustryName,
    Number,
    Place,
    Point,
    Reading,
    RuleName,
    RulingWord,
    Share,
    StatusWord,
    Text,
    Unit,
    open_ended,
)


@open_ended
class Question(TypedDict):
    """A question that the site must answer, and the rules that hang on it; some may decide."""

    ask: Text
    may_decide: bool
    rules: list[RuleName]
    rules_count: int


@open_ended
class Part(TypedDict):
    """The units and industries that the deciding rules reach, where they do not reach all that was asked."""

    units: list[Unit]
    industries: list[IndustryName]


@open_ended
class Checked(TypedDict):
    """How many rules were held against the question, and on what the others fell away."""

    provisions: int
    general: int
    fell_on: dict[str, int]


@open_ended
class CheckAnswer(TypedDict):
    """The verdict. In brief with ``deciding``, ``questions`` and ``left_out``; in full with all findings."""

    place: FirstPlace
    industry: Industry
    action: str
    date: str
    verdict: RulingWord
    local: RulingWord
    extent: ExtentWord
    part: Part
    unclear_because: str | None
    conflicts: list[list[str]]
    caveats: list[Caveat]
    coverage: Coverage
    format: str
    catalogue: str
    point: NotRequired[Point]
    units: NotRequired[list[Share]]
    deciding: NotRequired[list[Cited]]
    questions: NotRequired[list[Question]]
    left_out: NotRequired[dict[str, int]]
    findings: NotRequired[list[Finding]]
    depends_on_site: NotRequired[list[Finding]]
    not_in_force: NotRequired[list[Finding]]
    fell_away: NotRequired[list[Finding]]
    checked: NotRequired[Checked]


@open_ended
class Region(TypedDict):
    """A region that the place lies in, by the list in use."""

    id: str
    name: Text
    source: str
    item: str
    open: bool
    part: list[Unit]
    evidence: EvidenceWord


@open_ended
class Listed(TypedDict):
    """What a list of pilots and a list of parks say alike."""

    name: Text | str
    standing: str
    codes: list[str]
    fit: str | None
    part: list[Unit]
    says: Text
    number: str | None
    date_from: str | None
    date_printed: str | None
    date_until: str | None
    status: str
    evidence: EvidenceWord
    note: Text | None
    bundled: bool


@open_ended
class Pilot(Listed):
    """A name on a pilot list; only ``approved`` and ``accepted`` are pilots."""

    programme: str
    batch: str
    batch_name: Text
    printed: str
    area: str
    open: bool


@open_ended
class Park(Listed):
    """A park, new area or zone on a list."""

    id: str
    list: str
    list_name: Text
    kind: str
    aliases: list[str]
    grade: str | None
    province: str | None
    whole: bool
    by_name: bool
    complete: bool


@open_ended
class GuidedHere(TypedDict):
    """Why industries are guided to a place: a row of a list, or a provision."""

    fit: Text
    industries: list[str]
    evidence: EvidenceWord
    number: NotRequired[str | None]
    list: NotRequired[str]
    kind: NotRequired[str]
    name: NotRequired[Text]
    printed: NotRequired[str]
    words: NotRequired[str | None]
    area: NotRequired[str]
    direction: NotRequired[str | None]
    provision: NotRequired[str]
    item: NotRequired[str]
    effect: NotRequired[str]
    quote: NotRequired[str]
    undefined: NotRequired[Text | None]


@open_ended
class IndustryRuling(TypedDict):
    """The ruling for an industry; in brief with one rule that decides, in full with all ``findings``."""

    industry: str | None
    name: Text | None
    verdict: RulingWord
    extent: ExtentWord
    rule: NotRequired[RuleName | None]
    rules_count: NotRequired[int]
    findings: NotRequired[list[Finding]]


@open_ended
class LookupAnswer(TypedDict):
    """Everything about a place on a date; in brief with ``industries``, in full with all ``findings``."""

    place: Place
    date: str
    regions: list[Region]
    pilots: list[Pilot]
    parks: list[Park]
    destinations: list[GuidedHere]
    caveats: list[Caveat]
    coverage: Coverage
    format: str
    catalogue: str
    point: NotRequired[Point]
    industries: NotRequired[list[IndustryRuling]]
    left_out: NotRequired[dict[str, int]]
    findings: NotRequired[list[IndustryRuling]]
    depends_on_site: NotRequired[list[Finding]]
    not_in_force: NotRequired[list[Finding]]


@open_ended
class Guide(TypedDict):
    """Why a place is a destination: a provision or a row of a list."""

    evidence: EvidenceWord
    undefined: Text | None
    reading: Reading | None
    provision: NotRequired[str]
    source: NotRequired[str]
    number: NotRequired[str | None]
    item: NotRequired[str]
    effect: NotRequired[str]
    quote: NotRequired[str]
    summary: NotRequired[Text]
    list: NotRequired[str]
    name: NotRequired[Text]
    list_number: NotRequired[str | None]
    printed: NotRequired[str]
    words: NotRequired[str | None]
    area: NotRequired[str]
    direction: NotRequired[str | None]


@open_ended
class Destination(TypedDict):
    """A place that documents guide the industry to, and what stands against it there."""

    place: Place
    tier: Literal["named", "class", "open"]
    findings: list[Guide]
    obstacles: list[Finding | RuleName]
    obstacles_count: NotRequired[int]
    verdict_there: NotRequired[RulingWord]
    position: NotRequired[Text]


@open_ended
class OpenPlaces(TypedDict):
    """How many places nothing loaded speaks of; named only when asked."""

    count: int
    places: NotRequired[list[Unit]]


@open_ended
class TransferAnswer(TypedDict):
    """Where an industry at a place is guided to, best first."""

    origin: Place
    industry: Industry
    date: str
    push: list[Finding | Cited]
    push_verdict: RulingWord
    destinations: list[Destination]
    undefined_classes: list[Guide]
    open: OpenPlaces
    caveats: list[Caveat]
    coverage: Coverage
    format: str
    catalogue: str
    left_out: NotRequired[dict[str, int]]


@open_ended
class Member(TypedDict):
    """A unit as a document prints it."""

    code: str
    name: str


@open_ended
class Where(TypedDict):
    """The area of a rule."""

    national: bool
    regions: list[str]
    pinned: str | None
    places: list[Member]
    undefined: Text | None
    open: bool
    except_regions: list[str]
    lists: list[str]
    except_lists: list[str]
    partly: bool
    province_line_m: float | None


@open_ended
class Rule(TypedDict):
    """A rule of the catalogue."""

    provision: str
    source: str
    number: str | None
    item: str
    effect: str
    industries: list[str]
    industries_open: bool
    actions: list[str]
    where: Where
    in_force_from: str
    in_force_until: str | None
    horizon: str | None
    status: NotRequired[StatusWord]
    quote: str
    summary: Text
    numbers: list[Number]
    addressee: Text | None
    ask: Text | None
    caveats: list[Text]
    evidence: EvidenceWord
    bundled: bool
    file: str


@open_ended
class RulesAnswer(TypedDict):
    """A page of the rules found: ``count`` is how many there are in all."""

    rules: list[Rule]
    count: int
    offset: int
    coverage: Coverage
    catalogue: str


@open_ended
class Cities(TypedDict):
    """The prefecture-level units that a list makes today; named when one region is asked for."""

    count: int
    units: NotRequired[list[Unit]]


@open_ended
class Definition(TypedDict):
    """A dated list of a region; members are named when one region is asked for."""

    source: str
    item: str
    in_force_from: str
    in_force_until: str | None
    open: bool
    union_of: list[str]
    quote: str | None
    evidence: EvidenceWord
    prefecture_level: Cities
    members: NotRequired[list[Member]]


@open_ended
class RegionLists(TypedDict):
    """A region with its dated lists, or with the one in use on a date."""

    region: str
    name: Text
    kind: str
    definitions: list[Definition]
    date: NotRequired[str]


@open_ended
class RegionsAnswer(TypedDict):
    """Regions and their lists."""

    regions: list[RegionLists]
    coverage: Coverage
    catalogue: str

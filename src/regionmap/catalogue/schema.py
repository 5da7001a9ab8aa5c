"""The form of the catalogue's files as pydantic models; their JSON Schema is published in ``schema/``.

The descriptions of the fields are what an editor shows and what an error message offers as right.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from regionmap.i18n import t
from regionmap.limits import FIRST_DAY, LAST_DAY
from regionmap.model import Action, Effect, Evidence, PilotArea, Rank, SourceKind, Standing, Text
from regionmap.model.destination import DestinationArea
from regionmap.model.partial_date import days

LONGEST_QUOTE = 80


DESCRIPTIONS: dict[str, Text] = {}
"""Descriptions of fields that hold more than their words alone, in both languages, by their English."""


def told(text: Text) -> str:
    """Return the English of a description, and keep its Chinese for the messages of errors."""
    DESCRIPTIONS[text.en] = text
    return text.en


class WrongValueError(ValueError):
    """A value that cannot be; ``text`` says what would be right, in both languages."""

    def __init__(self, text: Text) -> None:
        """Keep the words."""
        super().__init__(text.en)
        self.text = text


def _no_number(value: object) -> object:
    """Refuse a plain number where a day is due: it would be read as seconds since 1970."""
    if isinstance(value, (int, float)) or (isinstance(value, str) and not value.count("-")):
        raise WrongValueError(t("a day is written YYYY-MM-DD"))
    return value


def _as_text(value: object) -> object:
    """Read a name that is a bare number as its figures: what it collides with is told then, not how to quote it."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _in_range(value: dt.date) -> dt.date:
    if not FIRST_DAY <= value <= LAST_DAY:
        raise WrongValueError(
            t(
                "a day lies between {first} and {last}; where there is no last day write null",
                first=FIRST_DAY, last=LAST_DAY,
            )
        )  # fmt: skip
    return value


def _exists(value: str) -> str:
    """Check that a printed day, month or year exists."""
    try:
        first = days(value).first
    except ValueError:
        raise WrongValueError(t("there is no such day: write one that exists")) from None
    _in_range(first)
    return value


Day = Annotated[dt.date, BeforeValidator(_no_number), AfterValidator(_in_range)]
PrintedDay = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_exists)]
PrintedTime = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(_exists)]
PrintedMonth = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"), AfterValidator(_exists)]
Count = Annotated[int, Field(strict=True, ge=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=80)]
Adcode = Annotated[str, StringConstraints(pattern=r"^[1-8][0-9]{5}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
GbtCode = Annotated[str, StringConstraints(pattern=r"^([A-T]|[0-9]{2,4})$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class TextPart(_Part):
    """The same words in Chinese and in English."""

    zh: Words = Field(description="the words in Chinese")
    en: Words = Field(description="the words in English")


class ItemPart(_Part):
    """A numbered place of the document that has a text of its own."""

    item: Words = Field(description="the document's own numerals in full-width brackets, such as 二（二）")
    heading: Words = Field(description="the heading as the document prints it, cut with … when long")


class NumberPart(_Part):
    """A limit or a target as data."""

    what: TextPart = Field(description="what is counted, {zh, en}")
    op: Literal["<=", ">=", "=", "~"] = Field(description="one of <= >= = ~ (about)")
    amount: float = Field(strict=True, description="a number in the unit that you name")
    unit: Words = Field(description="a unit such as Mt/a, %, GW, count")
    by: Day | None = Field(None, description="the last day for reaching it, YYYY-MM-DD")
    base_year: int | None = Field(
        None, strict=True, ge=1990, le=2100, description="for a change: the year it is counted against"
    )


class PlacePart(_Part):
    """A place as the document prints it, with today's adcodes."""

    printed: Words = Field(description="the name as the document prints it")
    codes: list[Adcode] = Field(min_length=1, description='six-digit GB/T 2260 codes of today, quoted: ["130600"]')
    note: TextPart | None = Field(None, description="what the reader must know of this name, {zh, en}")


class WherePart(_Part):
    """Where a provision applies."""

    national: bool = Field(False, description="true for the whole country")
    regions: list[Id] = Field(default_factory=list, description="region ids, files of data/regions")
    pinned: Id | None = Field(None, description="the source whose own list defines the regions; absent: floating")
    places: list[PlacePart] = Field(default_factory=list, description="units that the text names itself")
    undefined: TextPart | None = Field(
        None, description="words that narrow the area and that no list defines, {zh, en}"
    )
    open: bool = Field(False, description="true when the places in this sentence end in 等")
    except_regions: list[Id] = Field(
        default_factory=list, description="with national: true: region ids in which this rule does not apply (其他地区)"
    )
    lists: list[Id] = Field(default_factory=list, description="ids of files of data/destinations whose rows are meant")
    except_lists: list[Id] = Field(
        default_factory=list, description="with national: true: ids of lists whose places this rule does not reach"
    )
    partly: bool = Field(False, description="true when the area is smaller than the units of places (a park in a city)")
    province_line_m: Annotated[Count, Field(le=200_000)] | None = Field(
        None, description="for rules near provincial boundaries: within how many metres of one"
    )


class ProvisionPart(_Part):
    """One rule taken from one item."""

    id: Id = Field(description="ASCII: the item in digits and a letter, such as 2-2a")
    item: Words = Field(description="an item of this file's items")
    effect: Effect = Field(description=told(t("one of {names}", names=" ".join(Effect))))
    industries: list[Id] = Field(description="industry ids; [] for every industry")
    industries_open: bool = Field(False, description="true when the printed list of industries ends in 等")
    actions: list[Action] = Field(description="of new expand replace move_in upgrade; [] for none")
    where: WherePart = Field(description="national, regions or places")
    quote: Annotated[str, StringConstraints(min_length=2, max_length=LONGEST_QUOTE)] = Field(
        description=told(t("the operative words, verbatim, at most {most} characters", most=LONGEST_QUOTE)),
    )
    summary: TextPart = Field(description="our own words, {zh, en}")
    in_force_from: Day | None = Field(None, description="only where it differs from the source's, YYYY-MM-DD")
    in_force_until: Day | None = Field(None, description="last day, only where it differs from the source's")
    horizon: Day | None = Field(None, description="last day of the goal that this rule itself prints")
    superseded_by: list[Id] = Field(default_factory=list, description="source ids")
    numbers: list[NumberPart] = Field(default_factory=list, description="every limit or target of these words")
    caveats: list[TextPart] = Field(default_factory=list, description="what the user must know about this rule")
    addressee: TextPart | None = Field(None, description="for a duty: on whom it lies, {zh, en}")
    ask: TextPart | None = Field(
        None,
        description="a question to the investor on which the rule hangs and that nothing loaded answers, {zh, en}; "
        "such a rule never decides",
    )
    evidence: Evidence = Field(description="verbatim or reported")


class SourceFile(_Part):
    """One policy document with its provisions: one file in ``data/sources``, named by its id."""

    id: Id = Field(description="issuer-year-number, the name of the file")
    title: TextPart = Field(description="the title, {zh, en}")
    number: Words = Field(description="the document's number (文号), or its title where it has none")
    issuers: list[TextPart] = Field(min_length=1, description="the bodies that issued it")
    kind: SourceKind | None = Field(
        None,
        description=told(
            t("one of {names}; plans and work points hand their horizon to every rule", names=" ".join(SourceKind))
        ),
    )
    level: Literal["national", "province", "city"] = Field(description="national, province or city")
    place: Adcode | None = Field(None, description="for a local document: adcode of the province or city it governs")
    version: PrintedDay | None = Field(
        None, description='quoted: the day of the amended version that was read, "YYYY-MM-DD"'
    )
    articles: Count | None = Field(None, description="how many articles were read")
    known_until: Day | None = Field(
        None, description="last day on which the copy is known to be the text in force; absent where none is known"
    )
    rank: Rank = Field(description=told(t("one of {names}", names=" ".join(Rank))))
    issued: PrintedTime | None = Field(
        description='quoted: "YYYY-MM-DD", or "YYYY-MM" or "YYYY" when no day is printed; null when unknown'
    )
    in_force_from: Day = Field(description="first day, YYYY-MM-DD")
    in_force_until: Day | None = Field(description="last day by a repeal or a printed end, else null")
    horizon: Day | None = Field(
        description="of a plan or work points: last day that its own targets speak of; else null"
    )
    supersedes: list[Id] = Field(default_factory=list, description="source ids")
    superseded_by: list[Id] = Field(default_factory=list, description="source ids")
    evidence: Evidence = Field(description="verbatim or reported")
    read: Literal["whole", "part"] = Field(description="whole or part: how much of the text was read")
    date_note: TextPart | None = Field(None, description="how in_force_from is known when it is not printed, {zh, en}")
    note: TextPart | None = Field(None, description="about the copy or the document, {zh, en}")
    items: list[ItemPart] = Field(description="every numbered item that has a text of its own")
    provisions: list[ProvisionPart] = Field(description="the rules taken from the items")


class DefinitionPart(_Part):
    """A dated list of the units of a region."""

    source: Id = Field(description="the id of the source that prints the list")
    item: Words = Field(description="the item that prints the list, such as 附件")
    in_force_from: Day = Field(description="first day on which the list is in use, YYYY-MM-DD")
    in_force_until: Day | None = Field(description="last day, else null")
    open: bool = Field(description="true when the printed list ends in 等")
    quote: Annotated[str, StringConstraints(min_length=2, max_length=LONGEST_QUOTE)] = Field(
        description=told(t("words of the list, verbatim, at most {most} characters", most=LONGEST_QUOTE)),
    )
    evidence: Evidence = Field(description="verbatim or reported")
    members: list[PlacePart] = Field(default_factory=list, description="the places as printed, in order")
    union_of: list[Id] = Field(default_factory=list, description="instead of members: region ids")
    note: TextPart | None = Field(None, description="what the reader must know of this list, {zh, en}")


class RegionFile(_Part):
    """One region: one file in ``data/regions``, named by its id."""

    id: Id = Field(description="the name of the file")
    name: TextPart = Field(description="the name, {zh, en}")
    kind: Literal["key-region", "key-basin", "economic-region", "other"] = Field(
        description="key-region, key-basin, economic-region or other"
    )
    definitions: list[DefinitionPart] = Field(min_length=1, description="dated lists, oldest first")


class IndustryCodePart(_Part):
    """A GB/T 4754-2017 code and how well it fits."""

    code: GbtCode = Field(description='a quoted GB/T 4754-2017 code, "3110"')
    fit: Literal["exact", "part"] = Field(description="exact or part")


class IndustryPart(_Part):
    """An industry, product, facility, group or class that documents name."""

    id: Id = Field(description="ASCII id such as flat-glass")
    name: TextPart = Field(description="the name, {zh, en}")
    kind: Literal["industry", "product", "facility", "group", "class"] = Field(
        description="industry, product, facility, group (has members) or class (the text defines no list)"
    )
    aliases: list[Annotated[Words, BeforeValidator(_as_text)]] = Field(
        default_factory=list, description="other names that people type"
    )
    parents: list[Id] = Field(default_factory=list, description="industry ids that it is a part of")
    codes: list[IndustryCodePart] = Field(default_factory=list, description="codes with their fit")
    wide: list[GbtCode] = Field(default_factory=list, description="codes that a reader may also mean")
    members: list[Id] = Field(default_factory=list, description="for a group: industry ids")
    open: TextPart | None = Field(
        None, description="why no list says what the term means, {zh, en}; absent where codes or members do"
    )
    note: TextPart | None = Field(None, description="what the codes hold more or less than the term, {zh, en}")


class IndustriesFile(_Part):
    """The industries: ``data/industries.yaml``."""

    industries: list[IndustryPart] = Field(description="the list of industries")


class IndustryWordsPart(_Part):
    """Words that people type, and what they mean: codes, an industry, or a choice with a question."""

    words: list[Words] = Field(min_length=1, description="words of one meaning, in Chinese and English")
    codes: list[GbtCode] = Field(default_factory=list, description='quoted GB/T 4754-2017 codes, ["3841"]')
    industry: Id | None = Field(None, description="instead of codes: an industry id")
    choices: list[Words] = Field(
        default_factory=list, description="instead, where the words may mean several things: industry ids or codes"
    )
    ask: TextPart | None = Field(None, description="with choices: the question that parts them, {zh, en}")


class IndustryNamesFile(_Part):
    """Everyday names of industries that no document prints: ``data/industry-names.yaml``."""

    names: list[IndustryWordsPart] = Field(description="the list of words and what they mean")


class PilotPlacePart(_Part):
    """A place on a pilot list."""

    printed: Words = Field(description="the name as the list prints it")
    area: PilotArea = Field(
        description="unit for an administrative unit; park, new_area, region or firm for what is smaller than its units"
    )
    codes: list[Adcode] = Field(
        description='quoted GB/T 2260 codes of today: of the unit itself, or of the units that contain it: ["130600"]'
    )
    evidence: Evidence | None = Field(None, description="only where it differs from the batch's: verbatim or reported")
    note: TextPart | None = Field(None, description="what the reader must know of this name, {zh, en}")


class BatchPart(_Part):
    """A dated list of a pilot programme."""

    id: Id = Field(description="ASCII: first, invited, cities-2023")
    name: TextPart = Field(description="what the list is, {zh, en}")
    standing: Standing = Field(description=told(t("one of {names}; invited is not approved", names=" ".join(Standing))))
    number: Words | None = Field(description="the document's number or title, null when it was not seen")
    date_from: Day | None = Field(description="first day, YYYY-MM-DD, null when no day is known")
    date_printed: PrintedMonth | None = Field(description='quoted: "YYYY-MM" or "YYYY" when no day is known, else null')
    not_before: Day | None = Field(
        None,
        description="needed where neither is known: the earliest day that a document cited in the note allows, "
        "YYYY-MM-DD",
    )
    date_until: Day | None = Field(description="last day of a printed or reported term, else null")
    printed_count: Count | None = Field(description="how many names the whole list has, null when that is not known")
    open: bool = Field(False, description="true when the printed list ends in 等")
    evidence: Evidence = Field(description="verbatim or reported: that of the weakest place")
    note: TextPart | None = Field(None, description="what the reader must know of this list, {zh, en}")
    places: list[PilotPlacePart] = Field(min_length=1, description="the places as printed, in order")


class PilotFile(_Part):
    """One pilot programme: one file in ``data/pilots``, named by its id."""

    id: Id = Field(description="the name of the file")
    name: TextPart = Field(description="the name, {zh, en}")
    industries: list[Id] = Field(description="industry ids that the programme is about; [] for none in particular")
    note: TextPart | None = Field(None, description="who runs it, what was not seen, what it is not, {zh, en}")
    batches: list[BatchPart] = Field(min_length=1, description="dated lists, oldest first")


class DestinationRowPart(_Part):
    """A row of a destination list."""

    printed: Words = Field(description="the name as the list prints it")
    area: DestinationArea = Field(description="unit, zone (whole units), park or firm (less than its units)")
    codes: list[Adcode] = Field(description='quoted GB/T 2260 codes of today: ["360700"]; [] when not known')
    industries: list[Id] = Field(default_factory=list, description="industry ids; [] for none in particular")
    words: Words | None = Field(None, description="the industry words as printed, null when there are none")
    direction: Literal["take_in", "adjust", "give_up"] = Field("take_in", description="take_in, adjust or give_up")
    evidence: Evidence = Field(description="verbatim or reported")
    note: TextPart | None = Field(None, description="what the reader must know of this row, {zh, en}")


class DestinationFile(_Part):
    """A list of destinations: one file in ``data/destinations``, named by its id."""

    id: Id = Field(description="the name of the file")
    name: TextPart = Field(description="the name, {zh, en}")
    kind: Literal["named", "zone", "class", "draft"] = Field(description="named, zone, class, or draft (without force)")
    words: list[Words] = Field(default_factory=list, description="class words of documents that the list stands for")
    number: Words | None = Field(description="the document's number, null when it was not seen")
    date_from: Day | None = Field(description="first day, YYYY-MM-DD, null when no day is known")
    date_printed: PrintedMonth | None = Field(
        None, description='quoted: "YYYY-MM" or "YYYY" when no day is known, else null'
    )
    date_until: Day | None = Field(None, description="last day, else null")
    evidence: Evidence = Field(description="verbatim or reported")
    complete: bool = Field(description="true when the whole list was seen")
    note: TextPart | None = Field(None, description="what is known of the list and what not, {zh, en}")
    rows: list[DestinationRowPart] = Field(description="the rows, in the order of the list")


class ReadingPart(_Part):
    """Our reading of one class of industries."""

    industry_class: Id = Field(alias="class", description="the id of an industry of kind class")
    members: list[Id] = Field(description="industry ids that we count as belonging to it; [] when none can be told")
    reason: TextPart = Field(description="why, {zh, en}")


class ReadingsFile(_Part):
    """Our own readings of classes of industries: ``data/readings.yaml``."""

    readings: list[ReadingPart] = Field(description="the list of readings")


class CatalogueFile(_Part):
    """What holds for the bundled documents together: ``data/catalogue.yaml``."""

    as_of: Day = Field(description="the last day up to which documents were collected, YYYY-MM-DD")

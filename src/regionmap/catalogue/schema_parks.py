"""The form of the files of named places (parks, new areas, zones); see ``schema`` for the other kinds."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from regionmap.catalogue.schema import Adcode, Day, Id, PrintedMonth, TextPart, Words, told
from regionmap.i18n import t
from regionmap.model import Evidence
from regionmap.model.park import ParkKind, ParkStanding

_STANDINGS = t("one of {names}; what is announced for comment (拟, 公示) is proposed", names=" ".join(ParkStanding))


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ParkPart(_Part):
    """A place on a list of parks, new areas or zones."""

    printed: Words = Field(description="the name as the list prints it")
    aliases: list[Words] = Field(default_factory=list, description="other names that people type")
    standing: ParkStanding | None = Field(
        None, description=told(t("only where it differs from the list's: {what}", what=_STANDINGS))
    )
    grade: Words | None = Field(None, description="only where it differs from the list's: 化工集中区, 省级")
    codes: list[Adcode] = Field(
        description='quoted GB/T 2260 codes of today of the units that contain it: ["320500"]; [] when not known'
    )
    province: Adcode | None = Field(
        None, description="where codes is empty and the list is not of one province: adcode of the province"
    )
    whole: bool = Field(False, description="true where a text says that it is the whole of the units in codes")
    by_name: bool = Field(False, description="true where codes are read from its name and no list prints them")
    number: Words | None = Field(None, description="where it has a document of its own: its number or title")
    date_from: Day | None = Field(None, description="only where it differs from the list's: first day, YYYY-MM-DD")
    date_printed: PrintedMonth | None = Field(
        None, description='only where it differs from the list\'s, quoted: "YYYY-MM" or "YYYY" when no day is known'
    )
    evidence: Evidence | None = Field(None, description="only where it differs from the list's: verbatim or reported")
    note: TextPart | None = Field(None, description="what the reader must know of it: its extent, {zh, en}")


class ParkFile(_Part):
    """One list of named places: one file in ``data/parks``, named by its id."""

    id: Id = Field(description="the name of the file")
    name: TextPart = Field(description="what the list is, {zh, en}")
    kind: ParkKind = Field(description=told(t("one of {names}", names=" ".join(ParkKind))))
    place: Adcode | None = Field(None, description="for the list of a province: its adcode; absent for a national list")
    standing: ParkStanding = Field(description=told(_STANDINGS))
    grade: Words | None = Field(None, description="the list's own word for the rank: 化工园区, 国家级; null when none")
    number: Words | None = Field(description="the document's number or title, null when it was not seen")
    date_from: Day | None = Field(description="first day, YYYY-MM-DD, null when no day is known")
    date_printed: PrintedMonth | None = Field(description='quoted: "YYYY-MM" or "YYYY" when no day is known, else null')
    date_until: Day | None = Field(description="last day of a printed or reported term, else null")
    printed_count: Annotated[int, Field(ge=1)] | None = Field(
        description="how many names the whole list has, null when that is not known"
    )
    complete: bool = Field(description="true when every name of the list was seen")
    evidence: Evidence = Field(description="verbatim or reported: that of the weakest place")
    note: TextPart | None = Field(None, description="what the reader must know of this list, {zh, en}")
    parks: list[ParkPart] = Field(min_length=1, description="the places as printed, in order")

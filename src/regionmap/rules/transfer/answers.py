"""The values of the transfer question: destinations in tiers, with why they are ones and what stands against them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from regionmap.i18n import as_printed, t, tn
from regionmap.model import Caveat, Evidence, Provision, Rank, Ruling, Source, Text, Unit
from regionmap.model.destination import DestinationList, DestinationRow
from regionmap.model.industry import ClassReading
from regionmap.rules.matching.effects import STRICTNESS
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import Subject
from regionmap.rules.verdict.answers import Coverage, Verdict
from regionmap.unit_table import printed_name


class Tier(StrEnum):
    """How a place comes to be a destination."""

    NAMED = "named"
    CLASS = "class"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Guide:
    """One reason why a place is a destination.

    A ``provision`` guides the industry to an area that holds the place; where a ``row`` of a list names it, the
    provision is that row's.
    ``reading``: the class of industries through which we read the industry into it. ``through``: the list by which we
    read an undefined class of area. ``undefined``: words that narrow the area and that no list defines.
    """

    provision: Provision | None = None
    source: Source | None = None
    listed: DestinationList | None = None
    row: DestinationRow | None = None
    reading: ClassReading | None = None
    through: DestinationList | None = None
    undefined: Text | None = None

    @property
    def is_row(self) -> bool:
        """Whether a row of a list names the place, and not a document the area that holds it."""
        return self.listed is not None and self.through is None

    @property
    def evidence(self) -> Evidence:
        """The weakest evidence of what it rests on."""
        known = [one.evidence for one in (self.provision, self.row, self.through) if one is not None]
        return Evidence.REPORTED if Evidence.REPORTED in known else Evidence.VERBATIM


@dataclass(frozen=True, slots=True)
class Destination:
    """A place that an industry may be guided to: why, and what stands against it there.

    ``ruling`` is what a check there says of moving in; ``obstacles`` are the restricting rules that it rests on, rows
    of lists among them by which the place adjusts the industry or takes no more of it.
    """

    place: Unit
    tier: Tier
    guides: tuple[Guide, ...]
    ruling: Ruling
    obstacles: tuple[Finding, ...]

    @property
    def position(self) -> Text:
        """Why it stands where it stands, in words."""
        if not self.obstacles:
            return tn(
                "Nothing loaded stands against it; {count} document or list guides here.",
                "Nothing loaded stands against it; {count} documents or lists guide here.",
                len(self.guides),
            )
        return tn(
            "{count} rule or list stands against it there.",
            "{count} rules or lists stand against it there.",
            len(self.obstacles),
        )


@dataclass(frozen=True, slots=True)
class TransferAnswer:
    """What pushes an industry out of ``origin``, and where it is guided to, best first.

    ``open_places`` are the prefecture-level units for and against which nothing was found.
    """

    origin: Unit
    subject: Subject
    date: dt.date
    push: Verdict
    destinations: tuple[Destination, ...]
    undefined: tuple[Guide, ...]
    open_places: tuple[Unit, ...]
    caveats: tuple[Caveat, ...]
    coverage: Coverage
    catalogue: str

    def __repr__(self) -> str:
        """Return the question and how many destinations there are in one line."""
        asked = f"{self.subject.heading.zh} from {self.origin.name} {self.origin.code}, {self.date.isoformat()}"
        counts = f"{len(self.destinations)} destinations, {len(self.open_places)} open places"
        return f"<TransferAnswer {asked}: {counts}; there {self.push.ruling}>"


def order(one: Destination) -> tuple[int, int, int, int, str]:
    """Return the position of a destination: tier, then what stands against it, then the evidence, then the adcode."""
    return (
        list(Tier).index(one.tier),
        -STRICTNESS.index(one.ruling) if one.obstacles else -len(STRICTNESS),
        len(one.obstacles),
        0 if any(guide.evidence is Evidence.VERBATIM for guide in one.guides) else 1,
        one.place.code,
    )


def guide_text(guide: Guide) -> Text:
    """Return a reason in words: document, item and words, or the list and what it prints."""
    one = guide.provision
    if one is not None and guide.source is not None and guide.source.rank is not Rank.LIST:
        cited = f"{guide.source.number} {one.item}「{one.quote}」"
        return Text(cited, cited)
    if guide.listed is not None and guide.row is not None:
        return listed_row_text(guide.listed, guide.row)
    return Text("", "")


def listed_row_text(listed: DestinationList, row: DestinationRow) -> Text:
    """Return a list and what a row of it prints, without its name where the row begins with that."""
    printed = row_text(row)
    both = t("{name}: {row}", name=listed.name, row=printed)
    return Text(
        printed.zh if printed.zh.startswith(listed.name.zh) else both.zh,
        printed.en if printed.en.startswith(listed.name.en) else both.en,
    )


def row_text(row: DestinationRow) -> Text:
    """Return what a row of a list prints: the place, and the industries in the list's own words."""
    printed = printed_name(row.printed, row.codes)
    return printed if not row.words else t("{place}, {words}", place=printed, words=as_printed(row.words))

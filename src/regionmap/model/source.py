"""Policy documents and their items."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from regionmap.model.evidence import Evidence
from regionmap.model.provision import Provision
from regionmap.model.text import Text


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
class Item:
    """A numbered place of a source, in the document's own numerals, with its heading."""

    item: str
    heading: str


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

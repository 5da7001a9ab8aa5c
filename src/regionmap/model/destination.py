"""Lists of destinations that industry is guided to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from regionmap.model.evidence import Evidence
from regionmap.model.text import Text


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

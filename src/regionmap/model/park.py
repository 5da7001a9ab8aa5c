"""Named places of interest: parks, new areas and zones that lists name and that are no administrative units."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from regionmap.model.evidence import Evidence
from regionmap.model.text import Text


class ParkKind(StrEnum):
    """What the places of a list are."""

    CHEMICAL = "chemical-parks"
    NEW_AREA = "new-areas"
    DEVELOPMENT = "development-zones"
    BORDER = "border-zones"
    TRANSFER = "transfer-zones"
    JOINT = "joint-parks"


class ParkStanding(StrEnum):
    """What a list makes of a place; only ``recognised`` is one.

    ``proposed``: announced for comment (拟, 公示). ``nurtured``: to be built up until it can be recognised (培育).
    ``applied``: an application that nobody has decided.
    """

    RECOGNISED = "recognised"
    PROPOSED = "proposed"
    NURTURED = "nurtured"
    APPLIED = "applied"


class Park(NamedTuple):
    """A place on a list, as printed. A tuple: there are hundreds, and a kept catalogue reads tuples the quickest.

    ``codes`` are the units that contain it (all of them together), never the place itself, but where ``whole`` says
    that a text makes it the whole of these units; empty where no list says in which city or county it lies, and then
    ``province`` is the adcode of its province, or empty too. ``by_name``: that it lies there is read from its name.
    ``grade`` is the list's own word for its rank (化工集中区, 省级), empty where there is none. ``number`` and the
    dates are those of the list, or its own where each place has a document of its own (replies of the State Council);
    what they mean stands at ``model.pilot.Batch``.
    """

    printed: str
    aliases: tuple[str, ...]
    standing: ParkStanding
    grade: str
    codes: tuple[str, ...]
    province: str
    whole: bool
    by_name: bool
    number: str | None
    date_from: dt.date | None
    date_printed: str | None
    date_until: dt.date | None
    evidence: Evidence
    note: Text | None

    @property
    def english(self) -> str:
        """Its English name, where the list gives one among its other names; else empty."""
        return next((name for name in self.aliases if name.isascii()), "")


@dataclass(frozen=True, slots=True)
class ParkList:
    """One dated list of named places.

    ``place`` is the adcode of the province that it is of, empty for a national list; ``complete`` whether every name
    of the list was seen; ``printed_count`` how many names it has. Number and dates stand with each place.
    """

    id: str
    name: Text
    kind: ParkKind
    place: str
    printed_count: int | None
    complete: bool
    evidence: Evidence
    note: Text | None
    parks: tuple[Park, ...]
    bundled: bool
    file: str

"""Pilot programmes: the standing of a place, and the dated lists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from regionmap.model.evidence import Evidence
from regionmap.model.text import Text


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
    ``2015-06``), or None; then ``not_before`` is the earliest day that a cited document allows. ``date_until`` is
    the last day of a printed or reported term. ``printed_count`` is how many names the whole list has, which may be
    more than were seen. ``open``: the printed list ends in 等.
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
    not_before: dt.date | None = None


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

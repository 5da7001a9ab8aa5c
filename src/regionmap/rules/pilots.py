"""Which lists of pilot programmes name a place on a date, and whether they mean the place or less than it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import enumerated, t, tn
from regionmap.model import PilotArea, Standing, Text, Unit
from regionmap.model.partial_date import days
from regionmap.model.pilot import Batch, PilotPlace, Programme
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.places.names.hierarchy import Hierarchy
from regionmap.unit_table import printed_name
from regionmap.words import PILOT_AREAS

IS_A_PILOT = frozenset({Standing.APPROVED, Standing.ACCEPTED})
"""The standings that make a pilot; every other one is a mention."""


class Dated(Protocol):
    """What carries the dates of a list, see ``model.pilot.Batch``."""

    @property
    def date_from(self) -> dt.date | None:
        """The first day."""

    @property
    def date_printed(self) -> str | None:
        """The year or the month where no day is known."""

    @property
    def date_until(self) -> dt.date | None:
        """The last day of its term."""


class PilotStatus(StrEnum):
    """A list on a date.

    ``listed``: it was out, and no last day that is known has passed. ``day_unknown``: only a year or a month is known,
    or nothing, so whether it was out cannot be told. ``ended``: its last day has passed.
    """

    LISTED = "listed"
    DAY_UNKNOWN = "day_unknown"
    ENDED = "ended"


class PilotFit(StrEnum):
    """How a place stands to a name on a list.

    ``itself``: the list means this unit. ``above``: it means a unit that holds this one. ``inside``: it means units
    inside this one. ``area_inside``: a park or another area inside this unit. ``area_around``: a park or another area
    in a unit that holds this one; whether it reaches here is not known.
    """

    ITSELF = "itself"
    ABOVE = "above"
    INSIDE = "inside"
    AREA_INSIDE = "area_inside"
    AREA_AROUND = "area_around"


@dataclass(frozen=True, slots=True)
class PilotListing:
    """A name on a list of a programme.

    ``fit`` and ``via`` (the units through which the place was found) are set when a place was asked for.
    """

    programme: Programme
    batch: Batch
    place: PilotPlace
    status: PilotStatus
    fit: PilotFit | None = None
    via: tuple[Unit, ...] = ()

    @property
    def is_pilot(self) -> bool:
        """Whether the list makes a pilot; an invitation, a proposal or a mention does not."""
        return self.batch.standing in IS_A_PILOT

    @property
    def says(self) -> Text:
        """What the list means for the place that was asked for, in one sentence."""
        units = enumerated([Text(one.name, one.name_en) for one in self.via])
        area, printed = PILOT_AREAS[self.place.area], printed_name(self.place.printed, self.place.codes)
        match self.fit:
            case PilotFit.ABOVE:
                return tn("By {units}, which holds it.", "By {units}, which hold it.", len(self.via), units=units)
            case PilotFit.INSIDE:
                return t("Only {units} in it.", units=units)
            case PilotFit.AREA_INSIDE:
                return t("{area} in it, not the whole of {units}: {printed}.", area=area, units=units, printed=printed)
            case PilotFit.AREA_AROUND:
                return t(
                    "{area} in {units}: {printed}. Whether it reaches this place is not known.",
                    area=area,
                    units=units,
                    printed=printed,
                )
            case _:
                return t("The list names it as {printed}.", printed=printed)

    @property
    def when(self) -> Text:
        """The first day as far as it is known, and the last one."""
        return when(self.batch)


def when(batch: Dated) -> Text:
    """Return the first day of a list as far as it is known, and the last one, in words."""
    if batch.date_from is not None:
        start = Text(batch.date_from.isoformat(), batch.date_from.isoformat())
    elif batch.date_printed is not None:
        start = t("{period}, day not known", period=batch.date_printed)
    elif (earliest := first_days(batch)[0]) is not None:
        start = t("date not known, not before {day}", day=earliest.isoformat())
    else:
        start = t("date not known")
    return start if batch.date_until is None else t("{start}, until {end}", start=start, end=batch.date_until)


def status(batch: Dated, on: dt.date) -> PilotStatus | None:
    """Return the standing of a list on a date, None before its first possible day."""
    if batch.date_until is not None and on > batch.date_until:
        return PilotStatus.ENDED
    earliest, latest = first_days(batch)
    if earliest is not None and on < earliest:
        return None
    return PilotStatus.DAY_UNKNOWN if latest is None or on < latest else PilotStatus.LISTED


def first_days(batch: Dated) -> tuple[dt.date | None, dt.date | None]:
    """Return the earliest and the latest day that can be a list's first one, None for one that is not known."""
    if batch.date_from is not None:
        return batch.date_from, batch.date_from
    if batch.date_printed is None:
        return batch.not_before if isinstance(batch, Batch) else None, None
    return days(batch.date_printed)


def standing_of(programme: Programme, on: dt.date) -> PilotStatus | None:
    """Return how the lists of a programme that make pilots stand on a date, the best of them; None before the first."""
    found = {status(one, on) for one in programme.batches if one.standing in IS_A_PILOT}
    return next((one for one in PilotStatus if one in found), None)


def newest_in_force(programmes: Iterable[Programme], on: dt.date) -> Programme | None:
    """Return the programme with the latest list of pilots that is in force on a date, None where there is none."""
    found = [(day, one) for one in programmes if (day := _latest_list(one, on)) is not None]
    return max(found, key=lambda each: each[0])[1] if found else None


def _latest_list(programme: Programme, on: dt.date) -> dt.date | None:
    """The day by which the latest list was out that makes pilots on a date."""
    made = (one for one in programme.batches if one.standing in IS_A_PILOT and status(one, on) is PilotStatus.LISTED)
    return max((day for one in made if (day := first_days(one)[1]) is not None), default=None)


def change_dates(programme: Programme) -> tuple[dt.date, ...]:
    """Return the days on which the standing of a list changes."""
    day = dt.timedelta(days=1)
    dates = {one for batch in programme.batches for one in first_days(batch) if one is not None}
    return tuple(sorted(dates | {one.date_until + day for one in programme.batches if one.date_until is not None}))


def listings(programmes: Iterable[Programme], on: dt.date) -> tuple[PilotListing, ...]:
    """Return every name on every list that was or may have been out on a date."""
    return tuple(
        PilotListing(programme, batch, place, state)
        for programme in programmes
        for batch in programme.batches
        if (state := status(batch, on)) is not None
        for place in batch.places
    )


def pilots_at(
    catalogue: Catalogue, gazetteer: Gazetteer, place: Unit, on: dt.date, programmes: Iterable[Programme] | None = None
) -> tuple[PilotListing, ...]:
    """Return the lists that name a place on a date: what is listed first, what has ended last."""
    found = []
    hierarchy, known = gazetteer.on(on), gazetteer.by_code
    above = {code: known[code] for code in hierarchy.above(place.code) if code in known}
    related = {place.code, *above, *hierarchy.below(place.code)}
    for one in listings(programmes if programmes is not None else catalogue.programmes.values(), on):
        if related.isdisjoint(one.place.codes):
            continue
        fit = _fit_of(gazetteer, hierarchy, one.place, place, above)
        if fit is not None:
            found.append(PilotListing(one.programme, one.batch, one.place, one.status, *fit))
    return tuple(sorted(found, key=_order))


def _fit_of(
    gazetteer: Gazetteer, hierarchy: Hierarchy, listed: PilotPlace, place: Unit, above: dict[str, Unit]
) -> tuple[PilotFit, tuple[Unit, ...]] | None:
    is_unit = listed.area is PilotArea.UNIT
    if place.code in listed.codes:
        return PilotFit.ITSELF if is_unit else PilotFit.AREA_INSIDE, (place,)
    over = tuple(above[code] for code in listed.codes if code in above)
    if over:
        return PilotFit.ABOVE if is_unit else PilotFit.AREA_AROUND, over
    inside = hierarchy.overlap(place.code, frozenset(listed.codes))
    if inside:
        return PilotFit.INSIDE if is_unit else PilotFit.AREA_INSIDE, tuple(gazetteer.unit(code) for code in inside)
    return None


def _order(one: PilotListing) -> tuple[int, int, int, str, str]:
    fit = list(PilotFit).index(one.fit) if one.fit is not None else 0
    date = str(one.batch.date_from or one.batch.date_printed or "")
    return list(PilotStatus).index(one.status), fit, list(Standing).index(one.batch.standing), one.programme.id, date

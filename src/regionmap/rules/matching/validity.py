"""When a provision or a document holds: its standing on a date, and the days on which an answer may change."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Source, Status
from regionmap.places.changes import all_changes


class Dated(Protocol):
    """What has dates: a provision or a whole source."""

    @property
    def in_force_from(self) -> dt.date: ...  # noqa: D102
    @property
    def in_force_until(self) -> dt.date | None: ...  # noqa: D102
    @property
    def horizon(self) -> dt.date | None: ...  # noqa: D102
    @property
    def superseded_by(self) -> tuple[str, ...]: ...  # noqa: D102


def status(dated: Dated, on: dt.date, catalogue: Catalogue) -> Status:
    """Return the standing of a provision or a source on a date; all last days are inclusive.

    A horizon that has passed is no repeal: ``horizon_passed`` is weaker than ``superseded``.

    Args:
        dated: a provision or a source.
        on: the date.
        catalogue: what is loaded; the successors are looked up in it.
    """
    if on < dated.in_force_from:
        return Status.NOT_YET
    if any(catalogue.sources[name].in_force_from <= on for name in dated.superseded_by):
        return Status.SUPERSEDED
    if dated.in_force_until is not None and on > dated.in_force_until:
        return Status.ENDED
    if dated.horizon is not None and on > dated.horizon:
        return Status.HORIZON_PASSED
    return Status.IN_FORCE


def change_dates_of(dated: Dated, catalogue: Catalogue) -> list[dt.date]:
    """Return the days on which the standing may change, in order: a first day, the day after a last one, a successor's.

    Nothing changes on a day before its own first one.

    Args:
        dated: a provision or a source.
        catalogue: what is loaded; the successors are looked up in it.
    """
    after = [last + dt.timedelta(days=1) for last in (dated.horizon, dated.in_force_until) if last is not None]
    successors = [catalogue.sources[name].in_force_from for name in dated.superseded_by]
    return sorted({dated.in_force_from} | {day for day in (*after, *successors) if day > dated.in_force_from})


def all_change_dates(catalogue: Catalogue) -> tuple[dt.date, ...]:
    """Return the days on which the answer of a check may change, in order; between two of them it stays the same.

    That is for any place, industry and action: rulings, what became of each provision and why, kinds of caveats. Texts
    may print the date. These are the days of ``Catalogue.change_dates``, on which a rule or a list begins or
    ends and which a person picks from, and those on which only a caveat comes or goes: for the life of documents, of
    the copies that were read and of what was collected, and for changes of units.
    """
    days = set(catalogue.change_dates())
    for source in catalogue.sources.values():
        # A list is called the last one known once its document's goals are over.
        days.update(change_dates_of(source, catalogue))
        if source.issued is not None:
            days.add(_first_day(source.issued))  # from then on a rule without a printed day may be in force
        for provision in source.provisions:
            days.update(change_dates_of(provision, catalogue))
        days.update(_caveat_days(source))
    if catalogue.as_of is not None:
        days.add(catalogue.as_of + dt.timedelta(days=1))
    days.update(one.last_day for one in all_changes())
    return tuple(sorted(days))


def _caveat_days(source: Source) -> list[dt.date]:
    """Return the days from which a text is the one that was read, and from which a copy may be out of date."""
    known = [dt.date.fromisoformat(source.version)] if source.version is not None else []
    return [*known, source.known_until + dt.timedelta(days=1)] if source.known_until is not None else known


def _first_day(issued: str) -> dt.date:
    """Return the first day that is not before a printed day, month or year."""
    year, month, day = (*(int(part) for part in issued.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)

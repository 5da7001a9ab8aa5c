"""Rows of destination lists as provisions: what a list names for an industry yields findings as a rule of a document.

A list stands as a ``Source`` of its own. A row that takes an industry in guides it there; a row that adjusts it or
gives it up guides it away. Rows that name no industry are a status of the place and guide none in particular; lists
open for comment, and lists of which no day is known, yield nothing.
"""

from __future__ import annotations

import datetime as dt

from regionmap.i18n import t
from regionmap.model import Action, Effect, Evidence, Place, Provision, Rank, Source, Text, Where
from regionmap.model.destination import DestinationArea, DestinationList, DestinationRow
from regionmap.model.partial_date import days
from regionmap.unit_table import printed_name, with_english_names

LESS_THAN_A_UNIT = frozenset({DestinationArea.PARK, DestinationArea.FIRM})
LONGEST_QUOTE = 80
_ACTIONS = (Action.NEW, Action.EXPAND, Action.MOVE_IN)


def list_source(listed: DestinationList) -> Source | None:
    """Return a list as a source with a provision for each row that names industries; None where it binds nothing."""
    start = first_day(listed)
    if listed.kind == "draft" or start is None:
        return None
    named = [(number, row) for number, row in enumerate(listed.rows, 1) if row.industries]
    if not named:
        return None
    return Source(
        id=listed.id,
        title=listed.name,
        number=listed.number or listed.name.zh,
        issuers=(),
        kind=None,
        level="national",
        rank=Rank.LIST,
        issued=listed.date_printed or start.isoformat(),
        in_force_from=start,
        in_force_until=listed.date_until,
        horizon=None,
        supersedes=(),
        superseded_by=(),
        evidence=listed.evidence,
        read="whole" if listed.complete else "part",
        date_note=None,
        note=listed.note,
        items=(),
        provisions=tuple(_provision(listed, row, number, start) for number, row in named),
        bundled=listed.bundled,
        file=listed.file,
    )


def first_day(listed: DestinationList) -> dt.date | None:
    """Return the first day of a list: as printed, or the first of the month or year that alone is known."""
    if listed.date_from is not None or listed.date_printed is None:
        return listed.date_from
    return days(listed.date_printed).first


def units_of(listed: DestinationList) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes that a list names whole, and those of units in which it names a park or a firm."""
    whole: set[str] = set()
    partly: set[str] = set()
    for row in listed.rows:
        if row.direction == "take_in":
            (partly if row.area in LESS_THAN_A_UNIT else whole).update(row.codes)
    return frozenset(whole), frozenset(partly - whole)


def _provision(listed: DestinationList, row: DestinationRow, number: int, start: dt.date) -> Provision:
    words = row.words or row.printed
    note = Text(row.note.zh, with_english_names(row.note.en, row.codes)) if row.note is not None else None
    return Provision(
        id=f"{listed.id}/{number}",
        source=listed.id,
        item=row.printed,
        effect=Effect.GUIDE_IN if row.direction == "take_in" else Effect.GUIDE_OUT,
        industries=row.industries,
        industries_open=False,
        actions=_ACTIONS,
        where=Where(places=(Place(row.printed, row.codes, note),), partly=row.area in LESS_THAN_A_UNIT),
        in_force_from=start,
        in_force_until=listed.date_until,
        horizon=None,
        superseded_by=(),
        quote=words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…",
        summary=_summary(listed, row),
        numbers=(),
        caveats=(note,) if note is not None else (),
        addressee=None,
        evidence=Evidence.REPORTED if Evidence.REPORTED in {row.evidence, listed.evidence} else Evidence.VERBATIM,
        file=listed.file,
        line=row.line,
    )


def _summary(listed: DestinationList, row: DestinationRow) -> Text:
    printed = printed_name(row.printed, row.codes)
    if row.direction == "take_in":
        return t("{list} names {printed} as a place to take this industry in.", list=listed.name, printed=printed)
    if row.direction == "adjust":
        return t("By {list}, {printed} is to adjust and upgrade this industry.", list=listed.name, printed=printed)
    return t("By {list}, {printed} takes no more of this industry.", list=listed.name, printed=printed)

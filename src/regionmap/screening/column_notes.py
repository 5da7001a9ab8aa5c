"""What is told of the columns of a file: what each holds, and which look as if they mattered and are not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regionmap.i18n import t
from regionmap.model import Text
from regionmap.screening.headings import looks_like
from regionmap.screening.messages import Message, listed, note
from regionmap.screening.roles import Columns
from regionmap.screening.usual_names import PARTS

ROLE_WORDS = {
    "lon": t("lon"),
    "lat": t("lat"),
    "coordinates": t("coordinates"),
    "adcode": t("adcode"),
    "address": t("address"),
    "industry": t("industry"),
    "date": t("date"),
    "action": t("action"),
    "datum": t("datum"),
    "zone": t("zone"),
    "place": t("place"),
}
_KINDS = {"coordinates": t("coordinates"), "dates": t("dates"), "industries": t("industries")}


def described(columns: Columns) -> Message:
    """Return in words what every column holds."""
    parts: list[tuple[str, str]] = []
    for role in ROLE_WORDS:
        if role == "place":
            continue
        value = getattr(columns, role)
        if value is not None:
            more = {"lon": columns.lon_parts, "lat": columns.lat_parts}.get(role, ())
            parts.append((role, " + ".join((value, *more))))
    if columns.place:
        parts.append(("place", " + ".join(columns.place)))
    return note(
        "columns",
        pairs=Text(
            "，".join(f"{ROLE_WORDS[role].zh} = {name}" for role, name in parts),
            ", ".join(f"{role} = {name}" for role, name in parts),
        ),
    )


def notes_on(
    names: Sequence[str], columns: Columns, found: Mapping[str, str], of_project: str | None
) -> tuple[Message, ...]:
    """Return what is told of the columns.

    Args:
        names: of all columns.
        columns: what is read.
        found: columns by role, with those that are not read.
        of_project: the column of the date of a project, if there is one.
    """
    notes = [described(columns)]
    told = set(columns.used)
    if not columns.place and columns.address and not columns.has_points and columns.adcode is None:
        notes.append(note("addresses", column=columns.address))
    idle = [found[role] for role in ("place", *PARTS) if role in found and found[role] not in columns.place]
    if idle:
        notes.append(note("idle_places", names=listed(idle)))
    unread = found.get("industry_not_read")
    if unread:
        notes.append(note("industry_not_read", column=unread))
    if of_project is not None:
        read = columns.date == of_project
        notes.append(note("date_read" if read else "date_not_read", column=of_project))
    if columns.named_datum:
        notes.append(note("named_datum", column=columns.lon or columns.coordinates, datum=columns.named_datum))
    told |= {*idle, *(one for one in (unread, of_project) if one)}
    for kind, words in _KINDS.items():
        some = [name for name in names if name not in told and looks_like(name) == kind]
        if some:
            notes.append(note("idle_like", what=words, names=listed(some)))
    return tuple(notes)

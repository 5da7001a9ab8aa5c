"""The rows of the layer ``pilots``: units with their boundary, parks and the like as a point, never as their city."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from regionmap.api import Regionmap
from regionmap.model import PilotArea, Unit
from regionmap.rules.pilots import PilotListing
from regionmap.words import PILOT_AREAS

POINT = "point"
"""The key of a row that is drawn as a point (longitude and latitude in degrees), or as nothing when it is None."""
COLUMNS = [
    "code",
    "name",
    "name_en",
    "level",
    "programme",
    "programme_name",
    "programme_name_en",
    "batch",
    "batch_name",
    "standing",
    "area",
    "printed",
    "industries",
    "number",
    "date_from",
    "date_printed",
    "date_until",
    "status",
    "open",
    "evidence",
    "note",
    "date",
    "attribution",
]


def pilot_rows(rm: Regionmap, on: dt.date) -> Iterable[dict[str, Any]]:
    """Yield one row for each unit of each place of each list that was or may have been out on a date.

    ``code`` is the unit itself, or the unit that contains the park. A park stands at that unit's label point: its own
    limits are not known.
    """
    for one in rm.pilots(on=on):
        cited = _cited(rm, one)
        for code in one.place.codes:
            yield _place(one, rm.gazetteer.unit(code)) | cited
        if not one.place.codes:
            yield {"name": one.place.printed, "name_en": PILOT_AREAS[one.place.area].en, POINT: None} | cited


def _place(one: PilotListing, unit: Unit) -> dict[str, Any]:
    row = {"code": unit.code, "name": unit.name, "name_en": unit.name_en, "level": str(unit.level)}
    if one.place.area is PilotArea.UNIT:
        return row
    english = f"{PILOT_AREAS[one.place.area].en} in {unit.name_en}"
    return row | {"name": one.place.printed, "name_en": english, "level": None, POINT: (unit.lon, unit.lat)}


def _cited(rm: Regionmap, one: PilotListing) -> dict[str, Any]:
    programme, batch = one.programme, one.batch
    names = [rm.catalogue.industries[name].name.zh for name in programme.industries]
    notes = [text.zh for text in (one.place.note, batch.note) if text is not None]
    return {
        "programme": programme.id,
        "programme_name": programme.name.zh,
        "programme_name_en": programme.name.en,
        "batch": batch.id,
        "batch_name": batch.name.zh,
        "standing": str(batch.standing),
        "area": str(one.place.area),
        "printed": one.place.printed,
        "industries": "、".join(names) or None,
        "number": batch.number,
        "date_from": batch.date_from.isoformat() if batch.date_from is not None else None,
        "date_printed": batch.date_printed,
        "date_until": batch.date_until.isoformat() if batch.date_until is not None else None,
        "status": str(one.status),
        "open": batch.open,
        "evidence": str(one.place.evidence),
        "note": " ".join(notes) or None,
    }

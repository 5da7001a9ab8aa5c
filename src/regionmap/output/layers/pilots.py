"""The rows of the layer ``pilots``: units with their boundary, parks and the like as a point, never as their city."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from regionmap.api import Regionmap
from regionmap.limits import LAST_DAY
from regionmap.model import PilotArea, Unit
from regionmap.output.layers.frame import POINT, Row
from regionmap.rules.pilots import PilotListing
from regionmap.words import PILOT_AREAS


def pilot_rows(rm: Regionmap, on: dt.date | None) -> Iterable[Row]:
    """Yield one row for each unit of each place of each list that was or may have been out on a date, or of all lists.

    ``code`` is the unit itself, or the unit that contains the park. A park stands at that unit's label point: its own
    limits are not known.
    """
    for one in rm.pilots(on=on if on is not None else LAST_DAY):
        cited = _cited(rm, one) | ({"status": None} if on is None else {})
        for code in one.place.codes:
            yield _place(one, rm.gazetteer.unit(code)) | cited
        if not one.place.codes:
            yield {"name": one.place.printed, "name_en": PILOT_AREAS[one.place.area].en, POINT: None} | cited


def _place(one: PilotListing, unit: Unit) -> Row:
    row = {"code": unit.code, "name": unit.name, "name_en": unit.name_en, "level": str(unit.level)}
    if one.place.area is PilotArea.UNIT:
        return row | {"part": False}
    english = f"{PILOT_AREAS[one.place.area].en} in {unit.name_en}"
    return row | {
        "name": one.place.printed,
        "name_en": english,
        "level": None,
        "part": True,
        POINT: (unit.lon, unit.lat),
    }


def _cited(rm: Regionmap, one: PilotListing) -> Row:
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
        "source": f"{programme.id}/{batch.id}",
        "item": one.place.printed,
        "in_force_from": batch.date_from,
        "date_printed": batch.date_printed,
        "in_force_until": batch.date_until,
        "status": str(one.status),
        "open": batch.open,
        "evidence": str(one.place.evidence),
        "note": " ".join(notes) or None,
    }

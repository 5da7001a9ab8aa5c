"""Documents and regions as JSON objects (design §5)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from regionmap.model import Definition, Level, Region, Source, Unit
from regionmap.output.json.values import Json, day_json, members_json, text_json

if TYPE_CHECKING:
    from regionmap.api import Regionmap


def region_json(region: Region, rm: Regionmap, on: dt.date | None) -> Json:
    """Return one row of ``regions --json``: every definition, or with a date the one in use."""
    if on is None:
        definitions = list(region.definitions)
    else:
        in_use = rm.catalogue.definition(region.id, on)
        definitions = [in_use] if in_use is not None else []
    row: Json = {"region": region.id, "name": text_json(region.name), "kind": region.kind}
    if on is not None:
        row["date"] = on.isoformat()
    return row | {"definitions": [definition_json(one, rm, on) for one in definitions]}


def definition_json(definition: Definition, rm: Regionmap, on: dt.date | None = None) -> Json:
    """Return one dated list: members as printed, and the prefecture-level units that they make today, or on a day."""
    area = rm.catalogue.area(definition)
    cities = sorted({one.code for code in area for one in _cities(code, rm, on)})
    return {
        "source": definition.source,
        "item": definition.item,
        "in_force_from": definition.in_force_from.isoformat(),
        "in_force_until": day_json(definition.in_force_until),
        "open": definition.open or any(part.open for part in rm.catalogue.parts(definition)),
        "union_of": list(definition.union_of),
        "quote": definition.quote,
        "evidence": str(definition.evidence),
        "members": [
            member for one in (definition, *rm.catalogue.parts(definition)) for member in members_json(one.members)
        ],
        "prefecture_level": {
            "count": len(cities),
            "units": [{"code": code, "name": rm.gazetteer.unit_ever(code).name} for code in cities],
        },
    }


def source_json(source: Source) -> Json:
    """Return one row of ``sources --json``."""
    return {
        "source": source.id,
        "title": text_json(source.title),
        "number": source.number,
        "issuers": [text_json(one) for one in source.issuers],
        "kind": str(source.kind) if source.kind is not None else None,
        "level": source.level,
        "place": source.place or None,
        "rank": str(source.rank),
        "issued": source.issued,
        "in_force_from": source.in_force_from.isoformat(),
        "in_force_until": day_json(source.in_force_until),
        "horizon": day_json(source.horizon),
        "supersedes": list(source.supersedes),
        "superseded_by": list(source.superseded_by),
        "evidence": str(source.evidence),
        "read": source.read,
        "version": source.version,
        "articles": source.articles,
        "known_until": day_json(source.known_until),
        "items": len(source.items),
        "provisions": len(source.provisions),
        "date_note": text_json(source.date_note) if source.date_note is not None else None,
        "note": text_json(source.note) if source.note is not None else None,
        "bundled": source.bundled,
    }


def _cities(code: str, rm: Regionmap, on: dt.date | None) -> list[Unit]:
    """Return the prefecture-level cities that a listed unit holds, is, or lies in."""
    unit = rm.gazetteer.unit(code)
    if unit.level is Level.PROVINCE:
        every = rm.gazetteer.prefecture_level_units(on)
        below = [one for one in every if one.level is Level.PREFECTURE and one.parent == code]
        return below or [unit]
    city = rm.gazetteer.prefecture_level(code, on)
    return [city] if rm.gazetteer.is_prefecture_level_city(city.code) else []

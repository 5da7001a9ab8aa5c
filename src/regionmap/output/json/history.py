"""The fixed JSON object of ``regionmap history --json`` (design §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from regionmap.api import Regionmap
from regionmap.model import Definition, Unit
from regionmap.output.json.values import Json, text_json, unit_json
from regionmap.rules.history.changes import RegionChange, is_city


def history_json(change: RegionChange, rm: Regionmap) -> Json:
    """Return the difference of a region between two dates, format ``regionmap.history/1``.

    ``joined``, ``left`` and ``stayed`` (a count, with those of ``moved`` in it) are prefecture-level cities;
    ``dissolved`` are prefectures that are gone by the second date, while the later list holds what they held; they are
    in none of the others. ``county_level`` holds the counties that a list names and that lie in none of its prefectures
    (济源).
    """
    joined, joined_counties = _sorted_out(change.joined, rm)
    left, left_counties = _sorted_out(change.left, rm)
    stayed, stayed_counties = _sorted_out(change.stayed, rm)
    return {
        "region": change.region.id,
        "name": text_json(change.region.name),
        "start": change.start.isoformat(),
        "end": change.end.isoformat(),
        "from": _list_json(change.start, change.before, rm),
        "to": _list_json(change.end, change.after, rm),
        "joined": joined,
        "left": left,
        "moved": [
            unit_json(one.unit) | {"from_region": one.before.id, "to_region": one.after.id} for one in change.moved
        ],
        "dissolved": [
            unit_json(one.unit) | {"dissolved_on": one.until.isoformat(), "now": [unit_json(unit) for unit in one.now]}
            for one in change.dissolved
        ],
        "stayed": len(stayed),
        "counts": {"joined": len(joined), "left": len(left)},
        "county_level": {"joined": joined_counties, "left": left_counties, "stayed": len(stayed_counties)},
        "format": "regionmap.history/1",
        "catalogue": rm.catalogue.version,
    }


def _sorted_out(units: Iterable[Unit], rm: Regionmap) -> tuple[list[Json], list[Json]]:
    cities: list[Json] = []
    counties: list[Json] = []
    for one in units:
        (cities if is_city(rm.gazetteer, one) else counties).append(unit_json(one))
    return cities, counties


def _list_json(day: dt.date, definition: Definition | None, rm: Regionmap) -> Json | None:
    if definition is None:
        return None
    return {
        "date": day.isoformat(),
        "source": definition.source,
        "number": rm.catalogue.sources[definition.source].number,
        "item": definition.item,
        "in_force_from": definition.in_force_from.isoformat(),
        "open": definition.open or any(part.open for part in rm.catalogue.parts(definition)),
    }

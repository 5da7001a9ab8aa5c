"""Parks, new areas and zones as JSON: the rows of ``parks`` in ``lookup --json``."""

from __future__ import annotations

from regionmap.output.json.values import Json, text_json, unit_json
from regionmap.rules.parks import ParkListing


def park_json(one: ParkListing) -> Json:
    """Return a park on a list; ``fit``, ``part`` and ``says`` tell how the place that was asked for stands to it."""
    park, listed = one.park, one.listed
    return {
        "id": f"{listed.id}/{listed.parks.index(park) + 1}",
        "list": listed.id,
        "list_name": text_json(listed.name),
        "kind": str(listed.kind),
        "name": park.printed,
        "aliases": list(park.aliases),
        "standing": str(park.standing),
        "grade": park.grade or None,
        "codes": list(park.codes),
        "province": park.province or None,
        "whole": park.whole,
        "by_name": park.by_name,
        "fit": str(one.fit) if one.fit is not None else None,
        "part": [unit_json(unit) for unit in one.via],
        "says": text_json(one.says),
        "number": park.number,
        "date_from": park.date_from.isoformat() if park.date_from is not None else None,
        "date_printed": park.date_printed,
        "date_until": park.date_until.isoformat() if park.date_until is not None else None,
        "status": str(one.status),
        "complete": listed.complete,
        "evidence": str(park.evidence),
        "note": text_json(park.note) if park.note is not None else None,
        "bundled": listed.bundled,
    }

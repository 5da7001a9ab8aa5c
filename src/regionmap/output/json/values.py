"""The values that many JSON objects share: places, days, texts, caveats, areas."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from regionmap.model import Caveat, Place, Provision, Text, Unit, Where
from regionmap.rules.verdict.answers import Coverage, PointInfo

if TYPE_CHECKING:
    from regionmap.api import Regionmap

Json = dict[str, Any]


def place_json(unit: Unit, rm: Regionmap) -> Json:
    """Return a place with its level and province."""
    return {
        "code": unit.code,
        "name": unit.name,
        "name_en": unit.name_en,
        "level": str(unit.level),
        "province": rm.gazetteer.province(unit.code).name,
    }


def unit_json(unit: Unit) -> Json:
    """Return a unit's code and name."""
    return {"code": unit.code, "name": unit.name}


def text_json(text: Text) -> Json:
    """Return a text in both languages."""
    return {"zh": text.zh, "en": text.en}


def caveat_json(caveat: Caveat) -> Json:
    """Return a caveat with the provisions that it speaks of."""
    return {"kind": str(caveat.kind), "text": text_json(caveat.text), "provisions": list(caveat.provisions)}


def coverage_json(coverage: Coverage) -> Json:
    """Return what was looked at."""
    return {
        "levels": list(coverage.levels),
        "as_of": day_json(coverage.as_of),
        "sources": coverage.sources,
        "provisions": coverage.provisions,
        "read_part": list(coverage.read_part),
        "local": list(coverage.local),
        "missing": [unit_json(one) for one in coverage.missing],
        "statement": text_json(coverage.statement),
    }


def point_json(point: PointInfo) -> Json:
    """Return the point as given, and how far in metres another answer and another province are."""
    return {
        "lon": point.lon,
        "lat": point.lat,
        "datum": point.datum,
        "boundary_m": round(point.boundary_m, 1) if point.boundary_m is not None else None,
        "beyond": unit_json(point.beyond) if point.beyond is not None else None,
        "province_line_m": round(point.province_line_m, 1) if point.province_line_m is not None else None,
        "other_province": unit_json(point.other_province) if point.other_province is not None else None,
    }


def where_json(where: Where) -> Json:
    """Return the area of a provision."""
    return {
        "national": where.national,
        "regions": list(where.regions),
        "pinned": where.pinned,
        "places": members_json(where.places),
        "undefined": text_json(where.undefined) if where.undefined is not None else None,
        "open": where.open,
        "except_regions": list(where.except_regions),
        "lists": list(where.lists),
        "except_lists": list(where.except_lists),
        "partly": where.partly,
        "province_line_m": where.province_line_m,
    }


def numbers_json(provision: Provision) -> list[Json]:
    """Return the limits and targets of a provision."""
    return [
        {
            "what": text_json(one.what),
            "op": one.op,
            "amount": one.amount,
            "unit": one.unit,
            "by": day_json(one.by),
            "base_year": one.base_year,
        }
        for one in provision.numbers
    ]


def members_json(places: tuple[Place, ...]) -> list[Json]:
    """Return codes and names as printed of places."""
    return [{"code": code, "name": one.printed} for one in places for code in one.codes]


def day_json(day: dt.date | None) -> str | None:
    """Return a day as YYYY-MM-DD."""
    return day.isoformat() if day is not None else None

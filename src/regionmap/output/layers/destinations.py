"""The rows of the layer ``transfer-destinations``: one for each place and each reason why it is a destination."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from regionmap.api import Regionmap
from regionmap.model import Effect, Unit
from regionmap.model.destination import DestinationArea
from regionmap.output.layers.frame import POINT, Row
from regionmap.output.layers.rules import industries_of, unit_row
from regionmap.rules.matching.finding import scope
from regionmap.rules.matching.places import OUT_OF_SCOPE
from regionmap.rules.transfer.answers import Guide, Tier, TransferAnswer
from regionmap.rules.transfer.matcher import TransferMatcher
from regionmap.rules.verdict.rulings import ruling_at
from regionmap.words import EFFECTS


def destination_rows(rm: Regionmap, industry: str, on: dt.date) -> Iterable[Row]:
    """Yield a row for each place and guide in use on a date, wherever the industry may come from.

    Guidance to a class of area that no loaded list defines has a row without a place: it cannot be drawn.

    Raises:
        InputError: the industry is unknown.
    """
    judge = TransferMatcher(rm.catalogue, rm.gazetteer, rm.subject(industry), on)
    for code, found in sorted(judge.places(None).items()):
        unit = rm.gazetteer.unit(code)
        if rm.gazetteer.province(code).code not in OUT_OF_SCOPE:
            ruling = ruling_at(judge.question, unit).ruling
            for guide in found.guides:
                yield _row(rm, unit, guide) | {"verdict_there": str(ruling)}
    for guide in judge.guides:
        if guide.undefined is not None and not list(judge.area(guide)):
            yield {"name": guide.undefined.zh, "name_en": guide.undefined.en, POINT: None} | _cited(rm, guide)


def answer_rows(rm: Regionmap, answer: TransferAnswer, codes: Iterable[str] | None = None) -> Iterable[Row]:
    """Yield a row for each destination and guide of an answer, best first; only those of ``codes`` if given."""
    wanted = set(codes) if codes is not None else None
    for one in answer.destinations:
        if wanted is None or one.place.code in wanted:
            for guide in one.guides:
                yield _row(rm, one.place, guide) | {"verdict_there": str(one.ruling)}


def _row(rm: Regionmap, unit: Unit, guide: Guide) -> Row:
    placed = unit_row(unit)
    row = guide.row
    if guide.is_row and row is not None and row.area in {DestinationArea.PARK, DestinationArea.FIRM}:
        # Its own limits are not known: it stands at the label point of the unit around it.
        placed |= {"name": row.printed, "name_en": f"{row.area} in {unit.name_en}", "level": None}
        placed |= {POINT: (unit.lon, unit.lat)}
    return placed | _cited(rm, guide)


def _cited(rm: Regionmap, guide: Guide) -> Row:
    row: Row = {
        "tier": str(Tier.NAMED if guide.is_row else Tier.CLASS),
        "effect": str(Effect.GUIDE_IN),
        "effect_name": EFFECTS[Effect.GUIDE_IN].zh,
        "evidence": str(guide.evidence),
        "undefined": guide.undefined.zh if guide.undefined is not None else None,
        "reading": guide.reading.industry_class if guide.reading is not None else None,
        "status": "in_force",
    }
    one = guide.provision
    if one is not None:
        row |= {
            "industries": industries_of(rm, one.industries) + ("等" if one.industries_open else ""),
            "source": one.source,
            "number": rm.catalogue.source_of(one).number,
            "item": one.item,
            "quote": one.quote,
            "provision": one.id,
            "scope": str(scope(one)),
            "part": one.where.partly,
            "in_force_from": one.in_force_from,
            "in_force_until": one.in_force_until,
            "horizon": one.horizon,
        }
    listed = guide.listed
    if listed is not None:
        row |= {"list": listed.id, "list_name": listed.name.zh, "list_number": listed.number}
        if guide.is_row:
            row |= {"number": listed.number, "in_force_from": listed.date_from, "in_force_until": listed.date_until}
            row |= {"date_printed": listed.date_printed}
    if guide.row is not None:
        row |= {"printed": guide.row.printed, "words": guide.row.words, "area": str(guide.row.area)}
    return row

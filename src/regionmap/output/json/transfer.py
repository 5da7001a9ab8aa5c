"""The object of ``transfer --json``, format ``regionmap.transfer/1`` (design §5)."""

from __future__ import annotations

from regionmap.api import Regionmap
from regionmap.model import Text
from regionmap.output.json.answers import finding_json, verdict_json
from regionmap.output.json.values import Json, caveat_json, coverage_json, place_json, text_json, unit_json
from regionmap.rules.transfer.answers import Destination, Guide, TransferAnswer


def transfer_json(answer: TransferAnswer, rm: Regionmap, *, every: bool = False) -> Json:
    """Return a transfer answer; with ``every``, the open places are listed and not only counted."""
    subject = answer.subject
    industry: Json = {"id": subject.id, "name": subject.name.zh, "name_en": subject.name.en}
    if subject.code is not None:
        industry |= {"code": subject.code, "code_name": subject.code_name}
    found: Json = {
        "origin": place_json(answer.origin, rm),
        "industry": industry,
        "date": answer.date.isoformat(),
        "push": [finding_json(one) for one in answer.push.findings if one.decides],
        "push_verdict": verdict_json(answer.push, rm)["verdict"],
        "destinations": [destination_json(one, rm) for one in answer.destinations],
        "undefined_classes": [guide_json(one) for one in answer.undefined],
        "open": {"count": len(answer.open_places)},
        "caveats": [caveat_json(one) for one in answer.caveats],
        "coverage": coverage_json(answer.coverage),
        "format": "regionmap.transfer/1",
        "catalogue": answer.catalogue,
    }
    if every:
        found["destinations"] += [
            {"place": place_json(unit, rm), "tier": "open", "findings": [], "obstacles": []}
            for unit in answer.open_places
        ]
        found["open"]["places"] = [unit_json(unit) for unit in answer.open_places]
    return found


def destination_json(one: Destination, rm: Regionmap) -> Json:
    """Return one destination: why it is one, and what stands against it."""
    return {
        "place": place_json(one.place, rm),
        "tier": str(one.tier),
        "findings": [guide_json(guide) for guide in one.guides],
        "obstacles": [finding_json(finding) for finding in one.obstacles],
        "verdict_there": str(one.ruling),
        "position": text_json(one.position),
    }


def guide_json(guide: Guide) -> Json:
    """Return one reason why a place is a destination."""
    found: Json = {"evidence": str(guide.evidence)}
    if guide.provision is not None and guide.source is not None:
        one = guide.provision
        found |= {
            "provision": one.id,
            "source": one.source,
            "number": guide.source.number,
            "item": one.item,
            "effect": str(one.effect),
            "quote": one.quote,
            "summary": text_json(one.summary),
        }
    if guide.listed is not None:
        found |= {"list": guide.listed.id, "name": text_json(guide.listed.name), "list_number": guide.listed.number}
    if guide.row is not None:
        found |= {"printed": guide.row.printed, "words": guide.row.words, "area": str(guide.row.area)}
        found["direction"] = guide.row.direction
    found["undefined"] = _optional(guide.undefined)
    found["reading"] = (
        {"class": guide.reading.industry_class, "reason": text_json(guide.reading.reason)} if guide.reading else None
    )
    return found


def _optional(text: Text | None) -> Json | None:
    return text_json(text) if text is not None else None

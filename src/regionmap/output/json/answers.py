"""Answers as the fixed JSON objects that other people's scripts read (design §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionmap.model import Definition
from regionmap.output.json.parks import park_json
from regionmap.output.json.values import (
    Json,
    caveat_json,
    coverage_json,
    day_json,
    numbers_json,
    place_json,
    point_json,
    text_json,
    unit_json,
    where_json,
)
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.answers import PlaceAnswer, Verdict

if TYPE_CHECKING:
    from regionmap.api import Regionmap
    from regionmap.rules.pilots import PilotListing
    from regionmap.rules.search.browse import Rule
    from regionmap.rules.transfer.destinations_at import PlaceDestination


def verdict_json(verdict: Verdict, rm: Regionmap) -> Json:
    """Return the object of ``check --json``, format ``regionmap.check/1``."""
    subject = verdict.subject
    industry: Json = {"id": subject.id, "name": subject.name.zh, "name_en": subject.name.en}
    if subject.code is not None:
        industry |= {"code": subject.code, "code_name": subject.code_name}
    answer: Json = {
        "place": _first_place_json(verdict, rm),
        "industry": industry,
        "action": str(verdict.action),
        "date": verdict.date.isoformat(),
        "verdict": str(verdict.ruling),
        "local": str(verdict.local),
        "extent": str(verdict.extent),
        "part": {
            "units": [unit_json(one) for one in verdict.part_units],
            "industries": [{"id": one.id, "name": text_json(one.name)} for one in verdict.part_industries],
        },
        "unclear_because": str(verdict.unclear_because) if verdict.unclear_because is not None else None,
        "findings": [finding_json(one) for one in verdict.findings],
        "depends_on_site": [finding_json(one) for one in verdict.depends_on_site],
        "not_in_force": [finding_json(one) for one in verdict.not_in_force],
        "fell_away": [finding_json(one) for one in verdict.fell_away],
        "checked": {
            "provisions": verdict.coverage.provisions,
            "general": verdict.general,
            "fell_on": {str(aspect): number for aspect, number in verdict.fell_counts},
        },
        "conflicts": [list(pair) for pair in verdict.conflicts],
        "caveats": [caveat_json(one) for one in verdict.caveats],
        "coverage": coverage_json(verdict.coverage),
        "format": "regionmap.check/1",
        "catalogue": verdict.catalogue,
    }
    if verdict.point is not None:
        answer["point"] = point_json(verdict.point)
    if verdict.shares:
        answer["units"] = [unit_json(one.unit) | {"share": round(one.share, 6)} for one in verdict.shares]
    elif len(verdict.places) > 1:  # a name or a park of several units: how they share it is not known
        answer["units"] = [unit_json(one) | {"share": None} for one in verdict.places]
    return answer


def _first_place_json(verdict: Verdict, rm: Regionmap) -> Json:
    """Return the first unit that was asked about; ``one_of`` says that the answer is for several, see ``units``."""
    first = place_json(verdict.place, rm)
    return first | {"one_of": len(verdict.places)} if len(verdict.places) > 1 else first


def lookup_json(answer: PlaceAnswer, rm: Regionmap) -> Json:
    """Return the object of ``lookup --json``, format ``regionmap.lookup/1``."""
    found: Json = {
        "place": place_json(answer.place, rm),
        "date": answer.date.isoformat(),
        "regions": [
            {
                "id": one.region.id,
                "name": text_json(one.region.name),
                "source": one.definition.source,
                "item": one.definition.item,
                "open": one.definition.open,
                "part": [unit_json(unit) for unit in one.part],
                "evidence": str(one.definition.evidence),
            }
            for one in answer.regions
        ],
        "pilots": [pilot_json(one) for one in answer.pilots],
        "parks": [park_json(one) for one in answer.parks],
        "destinations": [place_destination_json(one) for one in rm.destinations(answer.place.code, answer.date)],
        "findings": [
            {
                "industry": one.industry.id if one.industry is not None else None,
                "name": text_json(one.industry.name) if one.industry is not None else None,
                "verdict": str(one.ruling),
                "extent": str(one.extent),
                "findings": [finding_json(finding) for finding in one.findings],
            }
            for one in answer.industries
        ],
        "depends_on_site": [finding_json(one) for one in answer.depends_on_site],
        "not_in_force": [finding_json(one) for one in answer.not_in_force],
        "caveats": [caveat_json(one) for one in answer.caveats],
        "coverage": coverage_json(answer.coverage),
        "format": "regionmap.lookup/1",
        "catalogue": answer.catalogue,
    }
    if answer.point is not None:
        found["point"] = point_json(answer.point)
    return found


def place_destination_json(one: PlaceDestination) -> Json:
    """Return one reason why industries are guided to a place, or a zone that it lies in."""
    found: Json = {"fit": text_json(one.fit), "industries": list(one.industries), "evidence": str(one.evidence)}
    if one.listed is not None and one.row is not None:
        found |= {
            "list": one.listed.id,
            "kind": one.listed.kind,
            "name": text_json(one.listed.name),
            "number": one.listed.number,
            "printed": one.row.printed,
            "words": one.row.words,
            "area": str(one.row.area),
            "direction": one.row.direction,
        }
    if one.provision is not None and one.source is not None:
        found |= {
            "provision": one.provision.id,
            "number": one.source.number,
            "item": one.provision.item,
            "effect": str(one.provision.effect),
            "quote": one.provision.quote,
            "undefined": text_json(one.undefined) if one.undefined is not None else None,
        }
    return found


def finding_json(finding: Finding) -> Json:
    """Return one finding: the provision, its citation, its words, and why it applied or fell away."""
    one, because, ask = finding.provision, finding.because, finding.ask
    return {
        "provision": one.id,
        "source": one.source,
        "number": finding.source.number,
        "item": one.item,
        "effect": str(one.effect),
        "status": str(finding.status),
        "scope": str(finding.scope),
        "level": finding.source.level,
        "extent": str(finding.extent),
        "ask": text_json(ask) if ask is not None else None,
        "reading": _reading_json(finding),
        "region": finding.region,
        "list": _list_json(finding.definition),
        "part": [unit_json(unit) for unit in finding.part],
        "quote": one.quote,
        "summary": text_json(one.summary),
        "numbers": numbers_json(one),
        "because": {
            "place": because.place.zh,
            "industry": because.industry.zh,
            "action": because.action.zh,
            "date": because.date.zh,
        },
        "because_en": {
            "place": because.place.en,
            "industry": because.industry.en,
            "action": because.action.en,
            "date": because.date.en,
        },
        "fell_on": [str(aspect) for aspect in finding.fell_on],
        "bundled": finding.source.bundled,
        "file": f"{one.file}:{one.line}",
        "evidence": str(one.evidence),
    }


def _reading_json(finding: Finding) -> Json | None:
    """Our readings that a finding rests on: of a class of industries, and of an area by a list that stands for it."""
    reading, listed = finding.industry.reading, finding.place.listed
    by_list = listed is not None and finding.provision.where.undefined is not None
    if reading is None and not by_list:
        return None
    return {
        "class": reading.industry_class if reading is not None else None,
        "reason": text_json(reading.reason) if reading is not None else None,
        "list": listed.id if listed is not None and by_list else None,
    }


def pilot_json(one: PilotListing) -> Json:
    """Return one name on a pilot list: ``fit`` and ``part`` say how the place that was asked for stands to it."""
    batch = one.batch
    return {
        "programme": one.programme.id,
        "name": text_json(one.programme.name),
        "batch": batch.id,
        "batch_name": text_json(batch.name),
        "standing": str(batch.standing),
        "printed": one.place.printed,
        "area": str(one.place.area),
        "codes": list(one.place.codes),
        "fit": str(one.fit) if one.fit is not None else None,
        "part": [unit_json(unit) for unit in one.via],
        "says": text_json(one.says),
        "number": batch.number,
        "date_from": day_json(batch.date_from),
        "date_printed": batch.date_printed,
        "date_until": day_json(batch.date_until),
        "status": str(one.status),
        "open": batch.open,
        "evidence": str(one.place.evidence),
        "note": text_json(one.place.note) if one.place.note is not None else None,
        "bundled": one.programme.bundled,
    }


def rule_json(rule: Rule) -> Json:
    """Return one row of ``rules --json``."""
    one = rule.provision
    row: Json = {
        "provision": one.id,
        "source": one.source,
        "number": rule.source.number,
        "item": one.item,
        "effect": str(one.effect),
        "industries": list(one.industries),
        "industries_open": one.industries_open,
        "actions": [str(action) for action in one.actions],
        "where": where_json(one.where),
        "in_force_from": one.in_force_from.isoformat(),
        "in_force_until": day_json(one.in_force_until),
        "horizon": day_json(one.horizon),
    }
    if rule.status is not None:
        row["status"] = str(rule.status)
    return row | {
        "quote": one.quote,
        "summary": text_json(one.summary),
        "numbers": numbers_json(one),
        "addressee": text_json(one.addressee) if one.addressee is not None else None,
        "ask": text_json(one.ask) if one.ask is not None else None,
        "caveats": [text_json(text) for text in one.caveats],
        "evidence": str(one.evidence),
        "bundled": rule.source.bundled,
        "file": f"{one.file}:{one.line}",
    }


def _list_json(definition: Definition | None) -> Json | None:
    if definition is None:
        return None
    return {
        "source": definition.source,
        "item": definition.item,
        "in_force_from": definition.in_force_from.isoformat(),
        "open": definition.open,
        "evidence": str(definition.evidence),
    }

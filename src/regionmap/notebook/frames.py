"""Answers as pandas tables, one row for each finding, rule, unit or destination."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionmap.api import Regionmap
from regionmap.errors import MissingExtraError
from regionmap.i18n import t
from regionmap.model import Provision, Source
from regionmap.rules.history.changes import RegionChange
from regionmap.rules.matching.finding import Finding
from regionmap.rules.search.browse import Rule
from regionmap.rules.transfer.answers import Destination, guide_text
from regionmap.rules.verdict.answers import PlaceAnswer, UnitRuling, Verdict

if TYPE_CHECKING:
    import geopandas as gpd

_FINDING = (
    "group", "provision", "source", "number", "item", "effect", "status", "scope", "extent", "region", "quote",
    "summary", "summary_en", "ask", "because", "because_en",
)  # fmt: skip
_RULE = (
    "provision", "source", "number", "title", "item", "effect", "industries", "actions", "where", "status",
    "in_force_from", "in_force_until", "horizon", "quote", "summary", "summary_en", "evidence",
)  # fmt: skip
_RULING = (
    "code", "name", "name_en", "level", "province", "verdict", "local", "extent", "unclear_because", "provisions",
    "numbers", "code_then",
)  # fmt: skip
_DESTINATION = ("code", "name", "name_en", "province", "tier", "ruling", "obstacles", "guides")
_MEMBER = (
    "region", "region_name", "region_name_en", "source", "number", "item", "in_force_from", "in_force_until", "open",
    "code", "printed", "name_en",
)  # fmt: skip
_SOURCE = (
    "source", "number", "title", "title_en", "issuers", "issued", "in_force_from", "in_force_until", "horizon", "read",
    "items", "provisions", "evidence",
)  # fmt: skip
_CHANGE = ("code", "name", "name_en", "change", "before", "after")


def findings_frame(groups: Mapping[str, Iterable[Finding]]) -> pd.DataFrame:
    """Return a row for each finding; ``group`` is the key that it stands under."""
    rows = [{"group": group} | _finding(one) for group, findings in groups.items() for one in findings]
    return pd.DataFrame(rows, columns=list(_FINDING))


def verdict_frame(verdict: Verdict) -> pd.DataFrame:
    """Return a row for each finding with the question and the verdict before it; one row where there is no finding.

    ``place`` is the first unit that was asked about; ``units`` and ``unit_names`` are all of them, parted by "; ".
    """
    groups = {
        "binds": verdict.findings,
        "depends_on_site": verdict.depends_on_site,
        "not_in_force": verdict.not_in_force,
    }
    asked = {
        "place": verdict.place.code,
        "place_name": verdict.place.name,
        "units": "; ".join(one.code for one in verdict.places),
        "unit_names": "; ".join(one.name for one in verdict.places),
        "industry": verdict.subject.id,
        "action": str(verdict.action),
        "date": verdict.date.isoformat(),
        "verdict": str(verdict.ruling),
        "extent_of_verdict": str(verdict.extent),
    }
    return _asked(asked, findings_frame(groups))


def place_frame(answer: PlaceAnswer) -> pd.DataFrame:
    """Return a row for each industry and finding that binds at a place; ``group`` is the industry's id, or ``all``."""
    groups = {one.industry.id if one.industry is not None else "all": one.findings for one in answer.industries}
    asked = {"place": answer.place.code, "place_name": answer.place.name, "date": answer.date.isoformat()}
    return _asked(asked, findings_frame(groups))


def _asked(asked: Mapping[str, str], found: pd.DataFrame) -> pd.DataFrame:
    """Put a question before its findings."""
    if found.empty:
        found = pd.DataFrame([dict.fromkeys(found.columns)], columns=found.columns)
    for at, (name, value) in enumerate(asked.items()):
        found.insert(at, name, value)
    return found


def members_frame(regions: Iterable[Mapping[str, Any]], rm: Regionmap) -> pd.DataFrame:
    """Return a row for each member of each list of regions, which are rows of ``regions --json``."""
    rows = [
        {
            "region": region["region"],
            "region_name": region["name"]["zh"],
            "region_name_en": region["name"]["en"],
            "source": one["source"],
            "number": rm.catalogue.sources[one["source"]].number,
            "item": one["item"],
            "in_force_from": one["in_force_from"],
            "in_force_until": one["in_force_until"],
            "open": one["open"],
            "code": member["code"],
            "printed": member["name"],
            "name_en": rm.gazetteer.by_code[member["code"]].name_en if member["code"] in rm.gazetteer.by_code else None,
        }
        for region in regions
        for one in region["definitions"]
        for member in one["members"]
    ]
    return pd.DataFrame(rows, columns=list(_MEMBER))


def sources_frame(sources: Iterable[Source]) -> pd.DataFrame:
    """Return a row for each document."""
    rows = [
        {
            "source": one.id,
            "number": one.number,
            "title": one.title.zh,
            "title_en": one.title.en,
            "issuers": "; ".join(issuer.zh for issuer in one.issuers),
            "issued": one.issued,
            "in_force_from": one.in_force_from.isoformat(),
            "in_force_until": one.in_force_until.isoformat() if one.in_force_until else None,
            "horizon": one.horizon.isoformat() if one.horizon else None,
            "read": str(one.read),
            "items": len(one.items),
            "provisions": len(one.provisions),
            "evidence": str(one.evidence),
        }
        for one in sources
    ]
    return pd.DataFrame(rows, columns=list(_SOURCE))


def rules_frame(rules: Iterable[Rule], rm: Regionmap) -> pd.DataFrame:
    """Return a row for each provision; ``status`` is blank where no date was asked for, dates are days."""
    frame = pd.DataFrame([_rule(one, rm) for one in rules], columns=list(_RULE))
    for name in ("in_force_from", "in_force_until", "horizon"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame


def rules_geodataframe(rules: Iterable[Rule], rm: Regionmap, on: dt.date | None) -> gpd.GeoDataFrame:
    """Return a row for each provision and unit, with the unit's boundary; see ``output.layers.rules``."""
    from regionmap.output.layers.frame import ABOUT, frame
    from regionmap.output.layers.rules import rule_rows

    like = "restricted-capacity"
    made = frame(rm, like, rule_rows(rm, (one.provision for one in rules), on), on, {})
    made["id"] = made["id"].str.replace(f"{like}/", "rules/", n=1, regex=False)
    made.attrs[ABOUT]["layer"] = "rules"
    return made


def rulings_frame(rulings: Iterable[UnitRuling], rm: Regionmap, on: dt.date) -> pd.DataFrame:
    """Return a row for each unit: its word, and the provisions and documents that it rests on, parted by "; ".

    ``code`` is the one by which the unit is asked for, ``code_then`` the one that it had on the day ``on``.
    """
    return pd.DataFrame([_ruling(one, rm, on) for one in rulings], columns=list(_RULING))


def with_boundaries(frame: pd.DataFrame, rm: Regionmap, on: dt.date) -> gpd.GeoDataFrame:
    """Return a table that has a column ``code`` with the true boundary of each unit, WGS-84 degrees (EPSG:4326).

    A city has the counties that lay in it on the day ``on``, with their boundaries of today.
    """
    MissingExtraError.require("geopandas", t("a table with boundaries"), "gis")
    import geopandas as gpd

    from regionmap.output.layers.frame import Shapes
    from regionmap.resources import ATTRIBUTION

    shapes = Shapes(rm, on)
    geometry = gpd.array.from_shapely([shapes.of(code) for code in frame["code"]])
    made = gpd.GeoDataFrame(frame, geometry=geometry, crs="EPSG:4326")
    made.attrs["regionmap"] = {"catalogue": rm.catalogue.version, "attribution": ATTRIBUTION}
    return made


def destinations_frame(destinations: Iterable[Destination], rm: Regionmap) -> pd.DataFrame:
    """Return a row for each destination, in order: why it is one, and what stands against it there."""
    rows = [
        {
            "code": one.place.code,
            "name": one.place.name,
            "name_en": one.place.name_en,
            "province": rm.gazetteer.province(one.place.code).name,
            "tier": str(one.tier),
            "ruling": str(one.ruling),
            "obstacles": _cited(one.obstacles),
            "guides": "; ".join(dict.fromkeys(guide_text(guide).zh for guide in one.guides)),
        }
        for one in destinations
    ]
    return pd.DataFrame(rows, columns=list(_DESTINATION))


def change_frame(change: RegionChange) -> pd.DataFrame:
    """Return a row for each unit of a region on two dates; one that moved has the parts ``before`` and ``after``."""
    moved = {one.unit.code: (one.before.id, one.after.id) for one in change.moved}
    rows = []
    for word, units in (
        ("joined", change.joined),
        ("left", change.left),
        ("dissolved", tuple(one.unit for one in change.dissolved)),
        ("stayed", change.stayed),
    ):
        for unit in units:
            before, after = moved.get(unit.code, (None, None))
            change_word = "moved" if unit.code in moved else word
            rows.append((unit.code, unit.name, unit.name_en, change_word, before, after))
    return pd.DataFrame(rows, columns=list(_CHANGE))


def _finding(one: Finding) -> dict[str, Any]:
    because = (one.because.place, one.because.industry, one.because.action, one.because.date)
    return {
        "provision": one.provision.id,
        "source": one.source.id,
        "number": one.source.number,
        "item": one.provision.item,
        "effect": str(one.provision.effect),
        "status": str(one.status),
        "scope": str(one.scope),
        "extent": str(one.extent),
        "region": one.region,
        "quote": one.provision.quote,
        "summary": one.provision.summary.zh,
        "summary_en": one.provision.summary.en,
        "ask": one.ask.zh if one.ask is not None else None,
        "because": "".join(part.zh for part in because),
        "because_en": " ".join(part.en for part in because),
    }


def _rule(rule: Rule, rm: Regionmap) -> dict[str, Any]:
    one = rule.provision
    names = [rm.catalogue.industries[name].name.zh for name in one.industries]
    return {
        "provision": one.id,
        "source": one.source,
        "number": rule.source.number,
        "title": rule.source.title.zh,
        "item": one.item,
        "effect": str(one.effect),
        "industries": "、".join(names) + ("等" if one.industries_open else "") if names else "所有行业",
        "actions": "; ".join(str(action) for action in one.actions),
        "where": _where(one, rm),
        "status": str(rule.status) if rule.status is not None else None,
        "in_force_from": one.in_force_from,
        "in_force_until": one.in_force_until,
        "horizon": one.horizon,
        "quote": one.quote,
        "summary": one.summary.zh,
        "summary_en": one.summary.en,
        "evidence": str(one.evidence),
    }


def _where(one: Provision, rm: Regionmap) -> str:
    where = one.where
    named = ["全国"] if where.national else []
    named += [rm.catalogue.regions[name].name.zh for name in where.regions if name in rm.catalogue.regions]
    named += [place.printed for place in where.places]
    named += [where.undefined.zh] if where.undefined is not None else []
    return "、".join(named)


def _ruling(one: UnitRuling, rm: Regionmap, on: dt.date) -> dict[str, Any]:
    unit = one.unit
    return {
        "code": unit.code,
        "name": unit.name,
        "name_en": unit.name_en,
        "level": str(unit.level),
        "province": rm.gazetteer.province(unit.code).name,
        "verdict": str(one.ruling),
        "local": str(one.local),
        "extent": str(one.extent),
        "unclear_because": str(one.unclear_because) if one.unclear_because is not None else None,
        "provisions": "; ".join(dict.fromkeys(found.provision.id for found in one.findings)),
        "numbers": _cited(one.findings),
        "code_then": rm.gazetteer.past_units.code_on(unit.code, on),
    }


def _cited(findings: Iterable[Finding]) -> str:
    return "; ".join(dict.fromkeys(f"{one.source.number} {one.provision.item}" for one in findings))

"""The rows of the layers of regions and of restricting rules: one for each unit that a list or a rule names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from regionmap.api import Regionmap
from regionmap.model import Action, Definition, Effect, Place, Provision, Region, Status, Unit
from regionmap.output.layers.frame import COUNTRY, Row
from regionmap.rules.matching.finding import scope
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.verdict.explanation import kilometres
from regionmap.rules.verdict.ruling import status
from regionmap.words import EFFECTS

RESTRICTING = (Effect.PROHIBIT, Effect.CAP, Effect.REPLACE, Effect.STAGGER, Effect.CONDITION)
_LESS = ("部分", "以南", "以北", "以东", "以西", "范围内", "距")
"""Words by which a printed name says that it means less than the unit whose name it holds."""


def unit_row(unit: Unit) -> Row:
    """Return the columns that say which unit a row is."""
    return {"code": unit.code, "name": unit.name, "name_en": unit.name_en, "level": str(unit.level)}


def unit_rows(rm: Regionmap, on: dt.date) -> Iterator[Row]:
    """Yield every administrative unit: provinces and prefectures as they were on a day, and the counties of today."""
    units, past = rm.gazetteer.units(), rm.gazetteer.past_units
    return (unit_row(past.as_of(one, on)) for one in sorted((*units, *past.gone_on(on)), key=lambda one: one.code))


def region_rows(rm: Regionmap, kind: str, on: dt.date | None) -> Iterator[Row]:
    """Yield a row for each unit of each list of a kind of regions; a union of lists is not repeated.

    With a date, of the list in use on it; without one, of every list, from its first day to its last.
    """
    for region in rm.regions():
        if region.kind != kind:
            continue
        if on is None:
            lists = list(region.definitions)
        else:
            in_use = rm.catalogue.definition(region.id, on)
            lists = [in_use] if in_use is not None else []
        for definition in lists:
            if not definition.union_of:
                cited = _list_row(rm, region, definition)
                for member in definition.members:
                    for code in member.codes:
                        yield unit_row(rm.gazetteer.unit(code)) | cited | _printed(member)


def restricted_rows(rm: Regionmap, on: dt.date | None, industry: str | None) -> Iterator[Row]:
    """Return a row for each unit in which a restricting rule holds; national rules have one row for the country.

    A rule by distance to another province has one for each lowest unit that it touches, with its whole boundary.
    With a date, of the rules in force on it; without one, of all rules, by the lists in use on their first days.
    """
    wanted = rm.rules(industry=industry) if industry is not None else rm.rules()
    restricting = (one.provision for one in wanted)
    chosen = (one for one in restricting if one.effect in RESTRICTING and Action.NEW in one.actions)
    if on is not None:
        chosen = (one for one in chosen if status(one, on, rm.catalogue) is Status.IN_FORCE)
    return rule_rows(rm, chosen, on)


def rule_rows(rm: Regionmap, provisions: Iterable[Provision], on: dt.date | None) -> Iterator[Row]:
    """Yield a row for each unit in which a rule holds, whatever it does and whether or not it is in force.

    Args:
        rm: what is loaded.
        provisions: the rules.
        on: the date for the lists in use and the status; without one, each rule's own first day, and no status.
    """
    matchers: dict[dt.date, PlaceMatcher] = {}
    for one in provisions:
        day = on or one.in_force_from
        matcher = matchers.setdefault(day, PlaceMatcher(rm.catalogue, rm.gazetteer, day))
        yield from _area_rows(rm, matcher, one, _rule_row(rm, one, on))


def _area_rows(rm: Regionmap, matcher: PlaceMatcher, one: Provision, cited: Row) -> Iterator[Row]:
    where = one.where
    if where.province_line_m is not None:
        for unit, whole in matcher.near_line(where):
            yield unit_row(unit) | cited | _strip(where.province_line_m) | {"part": not whole or where.partly}
        return
    if where.national:
        yield {"code": COUNTRY, "name": "全国", "name_en": "China (mainland)", "level": "country"} | cited
    for place in where.places:
        for code in place.codes:
            row = unit_row(rm.gazetteer.unit(code)) | cited | _printed(place)
            yield row | ({"part": True} if where.partly else {})
    for code, listed in matcher.units(where) if where.lists else ():
        yield unit_row(rm.gazetteer.unit(code)) | cited | ({"region": listed.id} if listed is not None else {})
    for region, definition, _area in matcher.lists(where):
        for member in definition.members:
            for code in member.codes:
                row = unit_row(rm.gazetteer.unit(code)) | cited | _printed(member)
                yield row | {"region": region.id, "region_name": region.name.zh}


def _printed(place: Place) -> Row:
    less = any(word in place.printed for word in _LESS) and "全" not in place.printed
    return {"printed": place.printed, "part": less}


def _strip(within_m: int) -> Row:
    return {"region": "province-line", "region_name": f"省界两侧{kilometres(within_m)}公里范围"}


def _list_row(rm: Regionmap, region: Region, definition: Definition) -> Row:
    return {
        "region": region.id,
        "region_name": region.name.zh,
        "part": False,
        "source": definition.source,
        "number": rm.catalogue.sources[definition.source].number,
        "item": definition.item,
        "quote": definition.quote,
        "in_force_from": definition.in_force_from,
        "in_force_until": definition.in_force_until,
        "evidence": str(definition.evidence),
    }


def _rule_row(rm: Regionmap, one: Provision, on: dt.date | None) -> Row:
    names = [rm.catalogue.industries[name].name.zh for name in one.industries]
    return {
        "provision": one.id,
        "scope": str(scope(one)),
        "part": one.where.partly,
        "effect": str(one.effect),
        "effect_name": EFFECTS[one.effect].zh,
        "industries": "、".join(names) + ("等" if one.industries_open else "") if names else "所有行业",
        "source": one.source,
        "number": rm.catalogue.source_of(one).number,
        "item": one.item,
        "quote": one.quote,
        "in_force_from": one.in_force_from,
        "in_force_until": _last_day(rm, one),
        "horizon": one.horizon,
        "status": str(status(one, on, rm.catalogue)) if on is not None else None,
        "evidence": str(one.evidence),
    }


def _last_day(rm: Regionmap, one: Provision) -> dt.date | None:
    """Return the last day in force: printed, or the day before a successor's first."""
    before = [rm.catalogue.sources[name].in_force_from - dt.timedelta(days=1) for name in one.superseded_by]
    return min([*before, *([one.in_force_until] if one.in_force_until is not None else [])], default=None)


def industries_of(rm: Regionmap, industries: Iterable[str]) -> str:
    """Return the names of industries in Chinese."""
    return "、".join(rm.catalogue.industries[one].name.zh for one in industries) or "所有行业"

"""Layers as GeoDataFrames with true boundaries: units, key regions and basins, rules, pilots, destinations.

All are in WGS-84 (EPSG:4326); the boundaries are CGCS2000, which is the same to well under a metre.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from regionmap.api import Regionmap
from regionmap.errors import InputError
from regionmap.model import Action, Definition, Effect, Provision, Region, Status, Unit
from regionmap.output.layers import destinations
from regionmap.output.layers import pilots as pilot_layer
from regionmap.resources import ATTRIBUTION, geo_dir
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.transfer.answers import TransferAnswer
from regionmap.rules.verdict.explanation import kilometres
from regionmap.rules.verdict.ruling import status
from regionmap.words import EFFECTS

if TYPE_CHECKING:
    import geopandas as gpd

RESTRICTING = (Effect.PROHIBIT, Effect.CAP, Effect.REPLACE, Effect.STAGGER, Effect.CONDITION)
COUNTRY = "100000"
COLUMNS = [
    "code",
    "name",
    "name_en",
    "level",
    "region",
    "region_name",
    "effect",
    "effect_name",
    "industries",
    "source",
    "number",
    "item",
    "quote",
    "in_force_from",
    "in_force_until",
    "horizon",
    "status",
    "evidence",
    "date",
    "attribution",
]
TRANSFER_COLUMNS = [*COLUMNS[:-2], *destinations.ADDED, *COLUMNS[-2:]]
Row = dict[str, Any]


def make_layer(rm: Regionmap, layer: str, on: dt.date, industry: str | None = None) -> gpd.GeoDataFrame:
    """Return a layer on a date, one row for each unit and provision (or list).

    Args:
        rm: the loaded catalogue and places.
        layer: units, key-regions, key-basins, restricted-capacity, pilots or transfer-destinations.
        on: the date; only lists in use and provisions in force on it are in the layer. Pilots whose term is over stay
            in theirs: the column ``status`` says so.
        industry: for restricted-capacity, only rules that reach this industry; transfer-destinations needs one.

    Raises:
        InputError: an industry was given for a layer that has none, or is missing where one is needed.
    """
    if layer == "transfer-destinations":
        if industry is None:
            raise InputError("the layer transfer-destinations needs an industry: add one, such as --industry 纺织")
        rows = list(destinations.destination_rows(rm, industry, on))
        return _frame(rm, rows, on, TRANSFER_COLUMNS)
    if industry is not None and layer != "restricted-capacity":
        raise InputError(f"the layer {layer} has no industries: leave --industry out, or export restricted-capacity")
    makers: dict[str, Callable[[], Iterable[Row]]] = {
        "units": lambda: _units(rm),
        "key-regions": lambda: _regions(rm, "key-region", on),
        "key-basins": lambda: _regions(rm, "key-basin", on),
        "restricted-capacity": lambda: _restricted(rm, on, industry),
    }
    if layer == "pilots":
        return _frame(rm, list(pilot_layer.pilot_rows(rm, on)), on, pilot_layer.COLUMNS)
    if layer not in makers:
        names = ", ".join([*makers, "pilots", "transfer-destinations"])
        raise InputError(f"no layer is called '{layer}': choose from {names}")
    return _frame(rm, list(makers[layer]()), on, COLUMNS)


def answer_layer(rm: Regionmap, answer: TransferAnswer, codes: Iterable[str] | None = None) -> gpd.GeoDataFrame:
    """Return the destinations of an answer, or those of ``codes``, with the columns of transfer-destinations."""
    return _frame(rm, list(destinations.answer_rows(rm, answer, codes)), answer.date, TRANSFER_COLUMNS)


def _units(rm: Regionmap) -> Iterable[Row]:
    """Every administrative unit: provinces, prefectures and counties."""
    for unit in rm.gazetteer.units():
        yield _unit_row(unit)


def _regions(rm: Regionmap, kind: str, on: dt.date) -> Iterable[Row]:
    """One row for each unit of each list in use; a union of lists is not repeated."""
    for region in rm.regions():
        definition = rm.catalogue.definition(region.id, on)
        if region.kind == kind and definition is not None and not definition.union_of:
            for member in definition.members:
                for code in member.codes:
                    row = _unit_row(rm.gazetteer.unit(code))
                    yield row | _list_row(rm, region, definition) | {"name": member.printed}


def _restricted(rm: Regionmap, on: dt.date, industry: str | None) -> Iterable[Row]:
    """One row for each unit in which a restricting rule is in force; national rules have one row for the country.

    A rule by distance to another province has one for each lowest unit that it touches, with its whole boundary.
    """
    wanted = rm.rules(industry=industry) if industry is not None else rm.rules()
    judge = PlaceMatcher(rm.catalogue, rm.gazetteer, on)
    for rule in wanted:
        one = rule.provision
        if one.effect not in RESTRICTING or Action.NEW not in one.actions:
            continue
        if status(one, on, rm.catalogue) is not Status.IN_FORCE:
            continue
        yield from _area_rows(rm, judge, one, _rule_row(rm, one))


def _area_rows(rm: Regionmap, judge: PlaceMatcher, one: Provision, cited: Row) -> Iterable[Row]:
    if one.where.province_line_m is not None:
        for unit, whole in judge.near_line(one.where):
            yield _unit_row(unit) | cited | _strip_row(one.where.province_line_m, whole)
        return
    if one.where.national:
        yield {"code": COUNTRY, "name": "全国", "name_en": "China (mainland)", "level": "country"} | cited
    for place in one.where.places:
        for code in place.codes:
            yield _unit_row(rm.gazetteer.unit(code)) | cited | {"name": place.printed}
    for code, listed in judge.units(one.where) if one.where.lists else ():
        yield _unit_row(rm.gazetteer.unit(code)) | cited | ({"region": listed.id} if listed is not None else {})
    for region, definition, _area in judge.lists(one.where):
        for member in definition.members:
            for code in member.codes:
                row = _unit_row(rm.gazetteer.unit(code)) | cited | {"name": member.printed}
                yield row | {"region": region.id, "region_name": region.name.zh}


def _unit_row(unit: Unit) -> Row:
    return {"code": unit.code, "name": unit.name, "name_en": unit.name_en, "level": str(unit.level)}


def _strip_row(within_m: int, whole: bool) -> Row:
    part = "" if whole else "，仅一部分"
    return {"region": "province-line", "region_name": f"省界两侧{kilometres(within_m)}公里范围{part}"}


def _list_row(rm: Regionmap, region: Region, definition: Definition) -> Row:
    return {
        "region": region.id,
        "region_name": region.name.zh,
        "source": definition.source,
        "number": rm.catalogue.sources[definition.source].number,
        "item": definition.item,
        "quote": definition.quote,
        "in_force_from": definition.in_force_from.isoformat(),
        "in_force_until": definition.in_force_until.isoformat() if definition.in_force_until else None,
        "evidence": str(definition.evidence),
    }


def _rule_row(rm: Regionmap, one: Provision) -> Row:
    names = [rm.catalogue.industries[name].name.zh for name in one.industries]
    return {
        "effect": str(one.effect),
        "effect_name": EFFECTS[one.effect].zh,
        "industries": "、".join(names) + ("等" if one.industries_open else "") if names else "所有行业",
        "source": one.source,
        "number": rm.catalogue.source_of(one).number,
        "item": one.item,
        "quote": one.quote,
        "in_force_from": one.in_force_from.isoformat(),
        "in_force_until": one.in_force_until.isoformat() if one.in_force_until else None,
        "horizon": one.horizon.isoformat() if one.horizon else None,
        "status": "in_force",
        "evidence": str(one.evidence),
    }


def _frame(rm: Regionmap, rows: list[Row], on: dt.date, columns: list[str]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd
    import shapely

    shapes = _Shapes(rm)
    table = pd.DataFrame(rows, columns=columns)
    table["date"] = on.isoformat()
    table["attribution"] = ATTRIBUTION
    geometry = [
        shapes.of(row["code"])
        if pilot_layer.POINT not in row
        else shapely.Point(row[pilot_layer.POINT])
        if row[pilot_layer.POINT] is not None
        else None
        for row in rows
    ]
    return gpd.GeoDataFrame(table, geometry=geometry, crs="EPSG:4326")


class _Shapes:
    """Shapes of units of any level, put together from the counties so that all levels share their edges."""

    def __init__(self, rm: Regionmap) -> None:
        import geopandas as gpd

        self._rm = rm
        counties = gpd.read_parquet(geo_dir() / "counties.parquet", columns=["code", "geometry"])
        self._county = dict(zip(counties["code"], counties.geometry, strict=True))
        self._made: dict[str, Any] = {}

    def of(self, code: str) -> Any:
        """Return the shape of a unit, or of the mainland for the country's code."""
        import shapely

        if code not in self._made:
            codes = self._mainland() if code == COUNTRY else self._rm.gazetteer.counties(code)
            parts = [self._county[one] for one in codes]
            self._made[code] = parts[0] if len(parts) == 1 else shapely.coverage_union_all(parts)
        return self._made[code]

    def _mainland(self) -> list[str]:
        from regionmap.rules.matching.places import OUT_OF_SCOPE

        return [one for one in self._county if self._rm.gazetteer.province(one).code not in OUT_OF_SCOPE]

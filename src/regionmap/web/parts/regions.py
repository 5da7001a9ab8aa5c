"""What the pages show of regions: all of a kind by the lists in use on a date, and the one that caught a site."""

from __future__ import annotations

import datetime as dt

from regionmap.api import Regionmap
from regionmap.i18n import joined, t
from regionmap.model import Definition, Region, Unit
from regionmap.output import display
from regionmap.output.maps import Area, Layer, Style
from regionmap.output.palette import REGION_COLOURS
from regionmap.places.datum import Datum, to_wgs84
from regionmap.places.names.unit_sets import units_in
from regionmap.rules.verdict.answers import Verdict
from regionmap.web.parts.rulings_view import AWAY, LegendEntry, Row, View, with_away
from regionmap.web.parts.shapes import label_of, name, own_province, province_bounds

_NONE = Style("#eceeef")


def regions_view(rm: Regionmap, kind: str, on: dt.date, province: str, language: str) -> View:
    """Return the map of the regions of a kind (``key-region``, ``key-basin``) by the lists in use on the date."""
    listed = _in_use(rm, kind, on)
    held = {region.id: units_in(rm.gazetteer, rm.region_area(region.id, on), on) for region, _ in listed}
    colours = {region.id: REGION_COLOURS[place % len(REGION_COLOURS)] for place, (region, _) in enumerate(listed)}
    styles = with_away({key: Style(colour, opacity=0.85) for key, colour in colours.items()} | {"none": _NONE})
    national = {one.code for one in rm.gazetteer.prefecture_level_units(on)}
    named = set().union(*held.values()) - national if held else set()
    drawn = {code for code in national if not (province and _in_province(rm, code, province))} | named
    drawn |= set(rm.gazetteer.counties(province)) if province else set()
    areas = [_area(rm, code, listed, on, province, language) for code in sorted(drawn)]
    rows = tuple(
        Row(_unit(rm, code, on), own_province(rm, code), region.name, _cited(rm, definition))
        for region, definition in listed
        for code in sorted(held[region.id])
        if not province or _in_province(rm, code, province)
    )
    layer = Layer(
        name=kind,
        areas=sorted(areas, key=lambda area: area.code in named),  # counties over the prefectures that hold them
        styles=styles,
        labels=[label_of(rm, region.name[language], held[region.id]) for region, _ in listed if held[region.id]],
        view=province_bounds(province),
    )
    legend = tuple(LegendEntry(colours[region.id], region.name, len(held[region.id])) for region, _ in listed)
    return View(layer, legend, rows, {})


def site_layer(rm: Regionmap, verdict: Verdict, language: str) -> Layer:
    """Return the small map of a verdict: the place, the point, and the region by whose list the place was caught."""
    on = verdict.date
    caught = next((one.place for one in verdict.deciding if one.place.definition and one.place.region), None)
    held: frozenset[str] = frozenset()
    words = ""
    if caught is not None and caught.definition is not None and caught.region is not None:
        held = units_in(rm.gazetteer, rm.catalogue.area(caught.definition), on)
        words = caught.region.name[language]
    place = verdict.place.code
    own = units_in(rm.gazetteer, frozenset({place}), on)
    areas = [_plain(rm, code, "region", on, language, words) for code in sorted(held - own)]
    areas += [_plain(rm, code, "place", on, language) for code in sorted(own)]
    around = display.bounds(one.code for one in areas) if held else None
    edge = ("#1d2730", 2.0) if len(own) == 1 else ("#ffffff", 0.6)
    point = None
    if verdict.point is not None:
        lon, lat = to_wgs84(verdict.point.lon, verdict.point.lat, Datum(verdict.point.datum))
        point = (float(lon), float(lat))
    return Layer(
        name="site",
        areas=areas,
        styles={"region": Style("#9db8c6"), "place": Style(verdict.ruling.value, *edge)},
        labels=[label_of(rm, words, held)] if words and held else [],
        point=point,
        view=around or province_bounds(rm.gazetteer.province(place).code),
    )


def _in_use(rm: Regionmap, kind: str, on: dt.date) -> list[tuple[Region, Definition]]:
    """Regions of a kind with a list in use; a mere union of others is left out."""
    found = [(region, rm.definition(region.id, on)) for region in rm.regions() if region.kind == kind]
    return [(region, one) for region, one in found if one is not None and not one.union_of]


def _area(
    rm: Regionmap,
    code: str,
    listed: list[tuple[Region, Definition]],
    on: dt.date,
    province: str,
    language: str,
) -> Area:
    found = [
        region for region, _ in listed if rm.gazetteer.on(on).within(code, rm.region_area(region.id, on)) == "whole"
    ]
    words = joined([one.name for one in found]) if found else t("in none of these regions")
    away = AWAY if province and not _in_province(rm, code, province) else ""
    style = (found[-1].id if found else "none") + away
    return _plain(rm, code, style, on, language, words[language])


def _plain(rm: Regionmap, code: str, style: str, on: dt.date, language: str, *words: str) -> Area:
    return Area(display.shape_on(code, on), style, (name(_unit(rm, code, on), language), *words))


def _unit(rm: Regionmap, code: str, on: dt.date) -> Unit:
    """Return a unit with its name of the day."""
    return rm.gazetteer.past_units.as_of(rm.gazetteer.unit_ever(code), on)


def _in_province(rm: Regionmap, code: str, province: str) -> bool:
    return rm.gazetteer.province(code).code == province


def _cited(rm: Regionmap, definition: Definition) -> str:
    return f"{rm.source(definition.source).number} {definition.item}"

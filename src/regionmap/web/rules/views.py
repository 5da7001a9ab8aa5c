"""What the rules page shows of one provision: its figures in words, and the map of where it applies."""

from __future__ import annotations

import datetime as dt

from regionmap.api import Regionmap
from regionmap.i18n import joined, t, word_list
from regionmap.model import Provision, Text
from regionmap.output import display
from regionmap.output.maps import Area, Layer, Style
from regionmap.places.names.unit_sets import units_in
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.verdict.explanation import kilometres
from regionmap.web.parts.shapes import name

_STRIP = "strip"
STYLES = {"area": Style("#7fa8bd"), "undefined": Style("#d9c98f", dash="3 3")}


def where_text(rm: Regionmap, one: Provision, on: dt.date) -> Text:
    """Return where a provision applies on a date, in words."""
    where = one.where
    if where.national:
        left_out = [rm.catalogue.regions[name].name for name in where.except_regions]
        left_out += [rm.catalogue.destinations[name].name for name in where.except_lists]
        area = t("the country outside {areas}", areas=joined(left_out)) if left_out else t("the whole country")
    else:
        lists = PlaceMatcher(rm.catalogue, rm.gazetteer, on).lists(where)
        named = [rm.gazetteer.printed(place.printed, place.codes) for place in where.places]
        regions = [rm.catalogue.regions[region].name for region in where.regions]
        listed = [rm.catalogue.destinations[name].name for name in where.lists]
        area = joined([*named, *regions, *listed])
        if where.partly:
            area = t("an area inside {units}", units=area)
        if where.regions and not lists:
            area = t("{area} (no list was in use on the date)", area=area)
        elif where.regions:
            numbers = dict.fromkeys(rm.source(definition.source).number for _, definition, _ in lists)
            kind = t("by its own annex") if where.pinned else t("by the list in use on the date")
            area = t("{area} ({kind}: {numbers})", area=area, kind=kind, numbers=word_list(numbers))
    if where.province_line_m is not None:
        km = kilometres(where.province_line_m)
        area = t("within {km} km of a boundary between provinces, in {area}", km=km, area=area)
    if where.undefined is not None:
        return t("{words}, within {area}; no list says which places these are", words=where.undefined, area=area)
    return area


def where_layer(rm: Regionmap, one: Provision, on: dt.date, language: str) -> Layer | None:
    """Return the map of where a provision applies on a date, None for the whole country or for no list in use."""
    judge = PlaceMatcher(rm.catalogue, rm.gazetteer, on)
    if one.where.province_line_m is not None:
        return _strip_layer(rm, one, judge, language)
    area = {code for place in one.where.places for code in place.codes}
    for _, _, codes in judge.lists(one.where):
        area |= codes
    if one.where.lists:
        area |= {code for code, _ in judge.units(one.where)}
    if not area:
        return None
    held = units_in(rm.gazetteer, frozenset(area), on)
    drawn = sorted(code for code in held if display.holder(display.shape_on(code, on)) is not None)
    style = "undefined" if one.where.undefined is not None else "area"
    return Layer(
        name="rule",
        areas=[Area(display.shape_on(code, on), style, (_named(rm, code, on, language),)) for code in drawn],
        styles=STYLES,
        view=display.bounds(display.shape_on(code, on) for code in drawn),
    )


def _named(rm: Regionmap, code: str, on: dt.date, language: str) -> str:
    return name(rm.gazetteer.past_units.as_of(rm.gazetteer.unit_ever(code), on), language)


def _strip_layer(rm: Regionmap, one: Provision, judge: PlaceMatcher, language: str) -> Layer | None:
    """Return the strip along the boundaries between provinces that a rule by distance reaches."""
    from regionmap.output.strip import strip_shape  # brings shapely: only such a rule needs it

    where, within_m = one.where, one.where.province_line_m or 0
    inside = None
    if not where.national or where.except_regions or where.except_lists:
        units = [unit.code for unit, _ in judge.near_line(where)]
        inside = display.county_shapes(units)
    if inside == []:
        return None
    strip = strip_shape(within_m, inside)
    words = t("within {km} km of a boundary between provinces; simplified for the screen", km=kilometres(within_m))
    style = "undefined" if where.undefined is not None else "area"
    return Layer(
        name="rule",
        areas=[Area(_STRIP, style, (words[language],))],
        styles=STYLES,
        extra={_STRIP: strip},
        view=display.box(strip) if inside is not None else None,
    )

"""What the map page shows of verdicts: areas with their styles, a legend in words, and the table of the same facts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from regionmap.api import Regionmap
from regionmap.i18n import joined, t
from regionmap.model import Action, Extent, Ruling, Status, Text, Unit
from regionmap.output import display
from regionmap.output.maps import Area, Layer, Style
from regionmap.output.patterns import PATTERNS
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.ruling import STRICTNESS
from regionmap.web import service
from regionmap.web.parts.ruled import Ruled
from regionmap.web.parts.shapes import name, own_province, province_bounds
from regionmap.words import EFFECTS, RULINGS, RULINGS_IN_PART, STATUSES, ruling_words

NOTHING_SPECIAL = t("Nothing special to the place")
"""What the map says of a place for which only rules are loaded that hold everywhere."""
AWAY = "-away"
"""Ends the name of a style for areas outside the province that the map is zoomed to."""


@dataclass(frozen=True)
class LegendEntry:
    """A line of the legend: a fill (a colour or a pattern's name), words, and how many areas are drawn so.

    ``circle``: it stands for circles on the map, not for areas.
    """

    fill: str
    words: Text
    count: int
    circle: bool = False


@dataclass(frozen=True)
class Row:
    """A row of the table beside the map: the unit, its province, what the map says there, and by which document.

    ``lapsed`` cites stricter rules whose target date has passed.
    """

    unit: Unit
    province: Unit | None
    says: Text
    document: str
    lapsed: str = ""


@dataclass(frozen=True)
class View:
    """All that the map page shows for a choice.

    ``counts`` are the units in view of each ruling, ``lapsed`` those with a stricter rule that has lapsed: of the
    country by prefecture-level units, of a province by counties.
    """

    layer: Layer
    legend: tuple[LegendEntry, ...]
    rows: tuple[Row, ...]
    counts: dict[Ruling, int]
    lapsed: int = 0


def with_away(styles: dict[str, Style]) -> dict[str, Style]:
    """Return the styles, and each of them once more for areas that are not looked at."""
    return styles | {key + AWAY: replace(style, opacity=style.opacity * 0.35) for key, style in styles.items()}


_LAPSED = "-lapsed"
_PART = "-part"
RULING_STYLES = with_away({name: Style(name) for name in PATTERNS})


def rulings_view(
    rm: Regionmap, industry: str, action: Action, on: dt.date, province: str, language: str, *, special: bool = False
) -> View:
    """Return the map of verdicts for an industry and an action; by county inside ``province`` (an adcode or empty).

    ``special``: by the rules alone that do not hold everywhere.
    """
    country = service.national(industry, action, on, special)
    near = service.by_county(province, industry, action, on, special) if province else ()
    seen = near or country.whole
    shown = [one for one in country.drawn if not (province and _is_in(rm, one.unit, province))]
    shown += [*country.parts, *near]
    areas = [_area(rm, one, on, province, language, special) for one in {one.unit.code: one for one in shown}.values()]
    listed = near if province else [*country.whole, *country.parts]
    layer = Layer(
        name="rules",
        areas=areas,
        styles=RULING_STYLES,
        view=province_bounds(province),
    )
    ordered = sorted(listed, key=lambda one: (STRICTNESS.index(one.ruling), not one.stricter, one.unit.code))
    counts = {ruling: sum(one.ruling is ruling for one in seen) for ruling in STRICTNESS}
    rows = tuple(_row(rm, one, special, language) for one in ordered)
    return View(layer, _legend(seen, special), rows, counts, sum(bool(one.stricter) for one in seen))


def cited(findings: Iterable[Finding], language: str) -> str:
    """Return numbers and items of documents, each once."""
    return listed((f"{one.source.number} {one.provision.item}" for one in findings), language)


def listed(parts: Iterable[str], language: str) -> str:
    """Return parts as one cell of a table, each once, with the semicolon of the language between them."""
    return ("；" if language == "zh" else "; ").join(dict.fromkeys(parts))


def _legend(seen: Iterable[Ruled], special: bool) -> tuple[LegendEntry, ...]:
    """Every ruling in the order of strictness; apart from it, where a stricter rule has lapsed."""
    count = Counter(_fill(one) for one in seen)
    entries = []
    for ruling in STRICTNESS:
        words = NOTHING_SPECIAL if special and ruling is Ruling.NO_RULE else RULINGS[ruling]
        entries.append(LegendEntry(ruling.value, words, count[ruling.value]))
        if count[ruling.value + _PART]:
            words = RULINGS_IN_PART[ruling]
            entries.append(LegendEntry(ruling.value + _PART, words, count[ruling.value + _PART]))
        if count[ruling.value + _LAPSED]:
            words = t("{ruling}; a stricter rule is past its target date", ruling=RULINGS[ruling])
            if ruling is Ruling.UNCLEAR:
                words = t("{ruling}: the stricter rule is past its target date", ruling=RULINGS[ruling])
            entries.append(LegendEntry(ruling.value + _LAPSED, words, count[ruling.value + _LAPSED]))
    return tuple(entries)


def _says(one: Ruled, special: bool) -> Text:
    return NOTHING_SPECIAL if special and one.ruling is Ruling.NO_RULE else ruling_words(one.ruling, one.extent)


def _fill(one: Ruled) -> str:
    passed = bool(one.deciding) and all(found.status is Status.HORIZON_PASSED for found in one.deciding)
    if one.stricter or (one.ruling is Ruling.UNCLEAR and passed):
        return one.ruling.value + _LAPSED
    return one.ruling.value + (_PART if one.extent is Extent.PART else "")


def _is_in(rm: Regionmap, unit: Unit, province: str) -> bool:
    return rm.gazetteer.province(unit.code).code == province


def _area(rm: Regionmap, one: Ruled, on: dt.date, province: str, language: str, special: bool) -> Area:
    above = own_province(rm, one.unit.code)
    place = name(one.unit, language) + (f" · {name(above, language)}" if above else "")
    lines = [place, _says(one, special)[language]]
    lines += [_line(first, language) for first in one.deciding[:1]]
    lines += [f"{STATUSES[first.status][language]}: {_line(first, language)}" for first in one.stricter[:1]]
    away = AWAY if province and not _is_in(rm, one.unit, province) else ""
    return Area(display.shape_on(one.unit.code, on), _fill(one) + away, tuple(lines))


def _line(one: Finding, language: str) -> str:
    return f"{EFFECTS[one.provision.effect][language]} · {cited([one], language)}"


def _row(rm: Regionmap, one: Ruled, special: bool, language: str) -> Row:
    says = _says(one, special)
    if one.part and one.part != (one.unit,):
        units = joined([Text(unit.name, unit.name_en) for unit in one.part])
        says = t("{ruling} (only {units})", ruling=says, units=units)
    deciding, stricter = cited(one.deciding, language), cited(one.stricter, language)
    return Row(one.unit, own_province(rm, one.unit.code), says, deciding, stricter)

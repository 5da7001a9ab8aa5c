"""What the map page shows of a pilot programme: pilots as filled areas, mentions lighter, parks as circles."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from regionmap.api import Regionmap
from regionmap.i18n import t
from regionmap.model import Level, PilotArea, Text, Unit
from regionmap.model.pilot import Programme
from regionmap.output import display
from regionmap.output.maps import Area, Layer, Spot, Style
from regionmap.output.patterns import PILOT_PATTERNS
from regionmap.places.names.unit_sets import units_in
from regionmap.rules.pilots import PilotFit, PilotListing, PilotStatus, listings, pilots_at
from regionmap.web.parts.rulings_view import AWAY, LegendEntry, View, with_away
from regionmap.web.parts.shapes import name, own_province, province_bounds
from regionmap.words import EVIDENCE, PILOT_AREAS, PILOT_STATUSES, STANDINGS

LEGEND: dict[str, Text] = {
    "pilot-accepted": t("Passed acceptance"),
    "pilot": t("Approved"),
    "pilot-unsure": t("Approved; whether by this date is not known"),
    "pilot-ended": t("Was approved; the term is over"),
    "pilot-mentioned": t("Invited, proposed or named: not approved"),
}
_KINDS = [*LEGEND]
_MOST_LINES = 5
WIDTHS = (64, 116, 112, 130, 200, 220, 130, 84)
"""Widths of the columns of the table, in pixels."""
_STYLES = with_away(
    {kind: Style(kind) for kind in PILOT_PATTERNS}
    | {f"spot-{kind}": Style(kind, line="#1d2730", weight=1.4) for kind in PILOT_PATTERNS}
    | {"none": Style("#eceeef")}
)
_MEANS_THE_UNIT = frozenset({PilotFit.ITSELF, PilotFit.ABOVE})


@dataclass(frozen=True)
class PilotRow:
    """A row of the table: a name on a list, and one unit that it stands for or lies in, None where none is known."""

    unit: Unit | None
    listing: PilotListing


@dataclass(frozen=True)
class PilotView(View):
    """A view of a programme; ``listed`` are the rows of its table."""

    programme: Programme | None = None
    listed: tuple[PilotRow, ...] = ()


def pilots_view(rm: Regionmap, programme: str, on: dt.date, province: str, language: str) -> PilotView:
    """Return the map of a programme's lists on a date; by county inside ``province`` (an adcode or empty).

    Raises:
        InputError: no programme has this id or name.
    """
    chosen = rm.programme(programme)
    rows = [
        PilotRow(rm.gazetteer.unit(code) if code else None, one)
        for one in sorted(listings([chosen], on), key=lambda one: _KINDS.index(kind(one)))
        for code in one.place.codes or ("",)
    ]
    named = {row.unit.code for row in rows if row.unit and row.listing.place.area is PilotArea.UNIT}
    held = units_in(rm.gazetteer, frozenset(named), on)
    parts = {code for code in held if _is_part(rm, code, on)}
    drawn = {one.code for one in rm.gazetteer.prefecture_level_units(on) if not (province and _in(rm, one, province))}
    drawn |= parts | (set(rm.gazetteer.counties(province)) if province else set())
    areas = [_area(rm, code, chosen, on, province, language) for code in sorted(drawn)]
    spots = _spots(rm, rows, province, language)
    layer = Layer(
        name="pilots",
        areas=sorted(areas, key=lambda area: area.code in parts),  # counties over the prefectures that hold them
        styles=_STYLES,
        spots=spots,
        view=province_bounds(province),
    )
    listed = tuple(row for row in rows if not province or (row.unit is not None and _in(rm, row.unit, province)))
    return PilotView(layer, _legend(areas, spots), (), {}, programme=chosen, listed=listed)


def kind(one: PilotListing) -> str:
    """Return the key of the pattern and of the legend's words for a listing."""
    if not one.is_pilot:
        return "pilot-mentioned"
    if one.status is PilotStatus.ENDED:
        return "pilot-ended"
    if one.status is PilotStatus.DAY_UNKNOWN:
        return "pilot-unsure"
    return "pilot-accepted" if one.batch.standing == "accepted" else "pilot"


def counted(rows: Iterable[PilotRow], language: str) -> list[str]:
    """Return how many names of each standing and state the lists hold, in words."""
    names = {(row.listing.batch.id, row.listing.place.printed): _state(row.listing)[language] for row in rows}
    return [f"{words} {number}" for words, number in Counter(names.values()).items()]


def seen(rows: Iterable[PilotRow]) -> tuple[int, int]:
    """Return how many names were seen of those lists that were not seen whole, and how many these lists print."""
    batches = {row.listing.batch.id: row.listing.batch for row in rows}.values()
    counts = [(len({place.printed for place in one.places}), one.printed_count) for one in batches]
    part = [(names, printed) for names, printed in counts if printed is not None and names < printed]
    return sum(names for names, _ in part), sum(printed for _, printed in part)


def cells(
    rows: Sequence[PilotRow], rm: Regionmap, language: str, _: Callable[..., str]
) -> tuple[list[str], list[list[str]]]:
    """Return the header and the cells of the table; a park is said to be in its unit, so that no row names a city."""
    header = [
        _("Code"),
        _("Name"),
        _("Standing on the date"),
        _("As printed"),
        _("List"),
        _("Number and day"),
        _("Evidence"),
        _("In province"),
    ]
    body = []
    for row in rows:
        one = row.listing
        above = own_province(rm, row.unit.code) if row.unit else None
        body.append(
            [
                row.unit.code if row.unit else "",
                _place(row)[language],
                _state(one)[language],
                one.place.printed,
                one.batch.name[language] + (" " + _("(list ends in 等)") if one.batch.open else ""),
                " · ".join(filter(None, [one.batch.number, one.when[language]])),
                EVIDENCE[one.place.evidence][language],
                name(above, language) if above else "",
            ]
        )
    return header, body


def _place(row: PilotRow) -> Text:
    area = PILOT_AREAS[row.listing.place.area]
    if row.unit is None:
        return area
    unit = Text(row.unit.name, row.unit.name_en)
    return unit if row.listing.place.area is PilotArea.UNIT else t("{area} in {unit}", area=area, unit=unit)


def _named_in(row: PilotRow, unit: Unit) -> Text:
    place = row.listing.place
    return t(
        "{area} in {unit}: {printed}",
        area=PILOT_AREAS[place.area],
        unit=Text(unit.name, unit.name_en),
        printed=place.printed,
    )


def _state(one: PilotListing) -> Text:
    words = STANDINGS[one.batch.standing]
    if one.status is PilotStatus.LISTED:
        return words
    return t("{standing} ({status})", standing=words, status=PILOT_STATUSES[one.status])


def _area(rm: Regionmap, code: str, programme: Programme, on: dt.date, province: str, language: str) -> Area:
    unit = rm.gazetteer.unit_ever(code)
    found = pilots_at(rm.catalogue, rm.gazetteer, unit, on, [programme])
    kinds = [kind(one) for one in found if one.fit in _MEANS_THE_UNIT]
    lines = [name(rm.gazetteer.past_units.as_of(unit, on), language)]
    for one in found[:_MOST_LINES]:
        lines.append(_line(one, language) + ("" if one.fit is PilotFit.ITSELF else f" {one.says[language]}"))
    if not found:
        lines.append(t("on none of its lists that are loaded")[language])
    shape = display.shape_on(code, on)
    return Area(shape, min(kinds, key=_KINDS.index, default="none") + _away(rm, unit, province), tuple(lines))


def _line(one: PilotListing, language: str) -> str:
    return f"{_state(one)[language]} · {one.batch.name[language]} · {one.when[language]}"


def _spots(rm: Regionmap, rows: Iterable[PilotRow], province: str, language: str) -> list[Spot]:
    """One circle for each unit with parks in it, at its label point: where in the unit they lie is not known."""
    by_unit: dict[str, list[PilotRow]] = {}
    for row in rows:
        if row.unit is not None and row.listing.place.area is not PilotArea.UNIT:
            by_unit.setdefault(row.unit.code, []).append(row)
    spots = []
    for code, inside in by_unit.items():
        unit = rm.gazetteer.unit(code)
        lines = [
            line
            for row in inside[:_MOST_LINES]
            for line in (_named_in(row, unit)[language], _line(row.listing, language))
        ]
        style = f"spot-{kind(inside[0].listing)}" + _away(rm, unit, province)
        spots.append(Spot(unit.lon, unit.lat, style, tuple(lines)))
    return spots


def _legend(areas: Iterable[Area], spots: Sequence[Spot]) -> tuple[LegendEntry, ...]:
    count = Counter(area.style.removesuffix(AWAY) for area in areas)
    entries = [LegendEntry(one, LEGEND[one], count[one]) for one in _KINDS if count[one]]
    circles = Counter(spot.style.removesuffix(AWAY).removeprefix("spot-") for spot in spots)
    for one in _KINDS:
        if circles[one]:
            words = t("{standing}: a park or the like somewhere in the unit, not the unit itself", standing=LEGEND[one])
            entries.append(LegendEntry(one, words, circles[one], circle=True))
    return tuple(entries)


def _is_part(rm: Regionmap, code: str, on: dt.date) -> bool:
    """Whether a unit is drawn over the prefecture that holds it."""
    unit = rm.gazetteer.unit_ever(code)
    return unit.level is Level.COUNTY and rm.gazetteer.prefecture_level(code, on).code != code


def _in(rm: Regionmap, unit: Unit, province: str) -> bool:
    return rm.gazetteer.province(unit.code).code == province


def _away(rm: Regionmap, unit: Unit, province: str) -> str:
    return AWAY if province and not _in(rm, unit, province) else ""

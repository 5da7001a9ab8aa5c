"""What the transfer page shows of destinations: filters, the map with lines from the origin, a legend and a table."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from regionmap.api import Regionmap
from regionmap.i18n import t
from regionmap.model import Level, Ruling, Text, Unit
from regionmap.model.destination import DestinationArea
from regionmap.output import display
from regionmap.output.maps import Area, Label, Layer, Line, Spot, Style
from regionmap.output.patterns import TRANSFER_PATTERNS
from regionmap.places.geodesy import ellipsoid
from regionmap.places.names.unit_sets import units_in
from regionmap.rules.transfer.answers import Destination, Guide, TransferAnswer
from regionmap.rules.verdict.ruling import strictest
from regionmap.web.parts.rulings_view import LegendEntry, cited, listed
from regionmap.web.parts.shapes import name, own_province
from regionmap.words import EVIDENCE, RULINGS, TIERS

_LONGEST = 160
BEST = 10
"""To so many destinations a line is drawn."""
LEGEND: dict[str, Text] = {
    "to-named": t("Named as a destination; nothing loaded stands against it"),
    "to-named-against": t("Named as a destination; rules stand against it"),
    "to-named-banned": t("Named as a destination, but banned there"),
    "to-class": t("Its class of area is named; nothing loaded stands against it"),
    "to-class-against": t("Its class of area is named; rules stand against it"),
    "to-class-banned": t("Its class of area is named, but banned there"),
}
WIDTHS = (64, 96, 84, 72, 220, 260, 112, 240, 70, 110, 220)
"""Widths of the columns of the table, in pixels."""
_STYLES = (
    {kind: Style(kind) for kind in TRANSFER_PATTERNS}
    | {f"spot-{kind}": Style(kind, line="#1d2730", weight=1.4) for kind in TRANSFER_PATTERNS}
    | {"origin": Style("#fff6d6", "#1d2730", 2.2)}
)


@dataclass(frozen=True)
class Reached:
    """A destination and its distance: geodesic, from label point to label point, in kilometres."""

    found: Destination
    km: float


@dataclass(frozen=True)
class Choice:
    """What the filters let through; an empty value lets everything through.

    ``into`` is the adcode of a province or the id of a region; ``area`` are the adcodes of that region, and ``on``
    is the day by whose units a place lies in it, today without one.
    """

    tier: str = ""
    level: str = ""
    clear: bool = False
    into: str = ""
    area: frozenset[str] = frozenset()
    km: float | None = None
    on: dt.date | None = None


def reached(answer: TransferAnswer) -> tuple[Reached, ...]:
    """Return the destinations of an answer with their distances, best first."""
    return tuple(Reached(one, distance_km(answer.origin, one.place)) for one in answer.destinations)


def distance_km(one: Unit, other: Unit) -> float:
    """Return the geodesic distance between the label points of two units, in kilometres."""
    _, _, metres = ellipsoid().inv(one.lon, one.lat, other.lon, other.lat)
    return float(metres) / 1000


def narrowed(rm: Regionmap, found: Iterable[Reached], choice: Choice) -> tuple[Reached, ...]:
    """Return the destinations that pass every filter, in their order."""
    return tuple(one for one in found if _passes(rm, one, choice))


def _passes(rm: Regionmap, one: Reached, choice: Choice) -> bool:
    place = one.found.place
    if choice.tier and one.found.tier != choice.tier:
        return False
    if choice.level and place.level is not Level(choice.level):
        return False
    if choice.clear and opposed(one.found):
        return False
    if choice.km is not None and one.km > choice.km:
        return False
    if choice.into.isdigit():
        return rm.gazetteer.province(place.code).code == choice.into
    if not choice.into:
        return True
    tree = rm.gazetteer.on(choice.on) if choice.on is not None else rm.gazetteer
    return tree.within(place.code, choice.area) != "none"


def opposed(one: Destination) -> bool:
    """Whether a loaded rule or list stands against the industry at a destination."""
    return bool(one.obstacles)


def against(one: Destination, language: str) -> str:
    """Return what stands against the industry there: numbers and items of rules and lists."""
    return cited(one.obstacles, language)


def within_only(one: Destination) -> bool:
    """Whether only parks or firms in the place are named, and not the place itself."""
    return all(_is_less(guide) for guide in one.guides)


def _is_less(guide: Guide) -> bool:
    return guide.is_row and guide.row is not None and guide.row.area in {DestinationArea.PARK, DestinationArea.FIRM}


def kind(one: Destination) -> str:
    """Return the key of the pattern and of the legend's words for a destination."""
    if one.ruling is Ruling.PROHIBITED and one.obstacles:
        return f"to-{one.tier}-banned"
    return f"to-{one.tier}-against" if opposed(one) else f"to-{one.tier}"


def layer(rm: Regionmap, origin: Unit, shown: Sequence[Reached], language: str, on: dt.date | None = None) -> Layer:
    """Return the map: destinations by tier, the origin with its name, and lines to the best destinations."""
    drawn: dict[str, Reached] = {}
    rank: dict[str, int] = {}
    for number, one in enumerate(shown):
        if within_only(one.found):
            continue
        for code in units_in(rm.gazetteer, frozenset({one.found.place.code}), on):
            if code not in drawn:
                drawn[code], rank[code] = one, number
    own = units_in(rm.gazetteer, frozenset({origin.code}), on)
    around = {code: rm.gazetteer.prefecture_level(code, on).code for code in [*drawn, *own]}
    # A county is drawn over the prefecture that holds it, unless that one is the better destination.
    codes = [one for one in drawn if one not in own and rank.get(around[one], rank[one]) >= rank[one]]
    parts = {code for code in [*codes, *own] if around[code] != code}
    areas = [_area(rm, code, drawn[code], language, on) for code in codes]
    areas += [
        Area(display.shape_on(code, on), "origin", (name(rm.gazetteer.unit_ever(code), language), _origin()[language]))
        for code in own
    ]
    spots = tuple(
        Spot(one.found.place.lon, one.found.place.lat, f"spot-{kind(one.found)}", _tip(one, language))
        for one in shown
        if within_only(one.found)
    )
    lines = tuple(
        Line((origin.lon, origin.lat), (one.found.place.lon, one.found.place.lat), _tip(one, language))
        for one in shown[:BEST]
    )
    return Layer(
        name="transfer",
        areas=sorted(areas, key=lambda area: area.code in parts),
        styles=_STYLES,
        labels=[Label(name(origin, language), origin.lon, origin.lat - 0.9)],
        spots=spots,
        arrows=lines,
        point=(origin.lon, origin.lat),
    )


def legend(shown: Iterable[Reached]) -> tuple[LegendEntry, ...]:
    """Return the fills that are on the map, in words, each with its number of destinations."""
    count = Counter((within_only(one.found), kind(one.found)) for one in shown)
    areas = [LegendEntry(one, words, count[False, one]) for one, words in LEGEND.items() if count[False, one]]
    circles = [
        LegendEntry(
            one, t("{words}: a park or a firm in it, not the whole", words=words), count[True, one], circle=True
        )
        for one, words in LEGEND.items()
        if count[True, one]
    ]
    return (*areas, *circles)


def cells(
    shown: Iterable[Reached], rm: Regionmap, language: str, _: Callable[..., str]
) -> tuple[list[str], list[list[str]]]:
    """Return the header and the cells of the table: why each place is a destination, and what stands against it."""
    header = [
        _("Code"),
        _("Name"),
        _("In province"),
        _("Tier"),
        _("Guided here by"),
        _("Words"),
        _("Strictest rule against it"),
        _("Stands against it there"),
        _("Distance, km"),
        _("Evidence"),
        _("Position"),
    ]
    body = []
    for one in shown:
        found = one.found
        above = own_province(rm, found.place.code)
        body.append(
            [
                found.place.code,
                name(found.place, language),
                name(above, language) if above else "",
                TIERS[found.tier][language],
                listed((why(guide)[language] for guide in found.guides), language),
                listed((said(guide)[language] for guide in found.guides), language),
                word(found)[language],
                against(found, language),
                f"{one.km:.0f}",
                listed((EVIDENCE[guide.evidence][language] for guide in found.guides), language),
                found.position[language],
            ]
        )
    return header, body


def word(one: Destination) -> Text:
    """Return the strictest of what stands against the industry there, in a word."""
    return RULINGS[strictest(one.obstacles)] if one.obstacles else t("nothing loaded")


def why(guide: Guide) -> Text:
    """Return by which document and item, or by which list, a place is a destination."""
    if guide.provision is not None and guide.source is not None and not guide.is_row:
        cite = f"{guide.source.number or guide.source.title.zh} {guide.provision.item}"
        if guide.through is not None:
            return t("{cite}, read by {listed}", cite=cite, listed=guide.through.name)
        return Text(cite, cite)
    if guide.listed is None:
        return Text("", "")
    number = f" {guide.listed.number}" if guide.listed.number else ""
    return Text(guide.listed.name.zh + number, guide.listed.name.en + number)


def said(guide: Guide) -> Text:
    """Return the words that guide there; where they narrow the area and no list defines how, that is said."""
    quote = f"「{guide.provision.quote}」" if guide.provision is not None else ""
    row = guide.row
    if guide.is_row and row is not None:
        quote = f"{row.printed}：{row.words}" if row.words else row.printed
        if _is_less(guide):
            return t("{quote} (a park or a firm in it, not the whole)", quote=quote)
    if guide.undefined is None or guide.through is not None:
        return Text(quote, quote)
    return t("{quote} Only where it is “{words}”: no loaded list says where.", quote=quote, words=guide.undefined)


def _origin() -> Text:
    return t("The origin")


def _area(rm: Regionmap, code: str, one: Reached, language: str, on: dt.date | None) -> Area:
    unit = rm.gazetteer.unit_ever(code)
    lines = [] if unit.code == one.found.place.code else [name(unit, language)]
    return Area(display.shape_on(code, on), kind(one.found), (*lines, *_tip(one, language)))


def _tip(one: Reached, language: str) -> tuple[str, ...]:
    found = one.found
    lines = [
        f"{name(found.place, language)} · {one.km:.0f} km",
        LEGEND[kind(found)][language],
        *dict.fromkeys(why(guide)[language] for guide in found.guides[:2]),
    ]
    if opposed(found):
        lines.append(f"{word(found)[language]}: {against(found, language)}"[:_LONGEST])
    return tuple(lines)

"""The map of a result: every row where there are few, circles with counts by area where there are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from regionmap.api import Regionmap
from regionmap.errors import InputError
from regionmap.model import Ruling, Unit
from regionmap.output.display import Bounds
from regionmap.output.point_layer import Circle, Kind, Point, PointLayer
from regionmap.web.batch.results_store import Result, Site
from regionmap.web.parts import style
from regionmap.web.parts.shapes import name
from regionmap.words import RULINGS

Words = Callable[..., str]
VERDICTS = tuple(str(one) for one in Ruling)
"""All verdicts, gravest first."""
_MARGIN, _LEAST_MARGIN = 0.1, 0.05  # of the box around the sites, and degrees
_NUMBER = {verdict: number for number, verdict in enumerate(VERDICTS)}


def verdict_words(verdict: str, language: str) -> str:
    """Return a verdict with its sign."""
    return f"{style.MARKS[verdict]} {RULINGS[Ruling(verdict)][language]}"


def layer(rm: Regionmap, result: Result, language: str, _: Words) -> PointLayer:
    """Return the layer of a result."""
    kinds = [Kind(verdict_words(one, language), style.COLOURS[one]) for one in VERDICTS]
    points: list[Point] = []
    areas: dict[str, int] = {}
    if result.sites is not None:
        by_name: dict[str, Counter[str]] = {}
        for site in result.sites:
            if site.point is None:
                by_name.setdefault(site.units.split("; ")[0], Counter())[site.verdict] += 1
            else:
                points.append(_point(site, site.point, areas))
        circles, far = _circles(rm, by_name, language), []
    else:
        circles, far = _circles(rm, result.areas, language), _circles(rm, by_province(rm, result.areas), language)
    drawn = [*((one.lon, one.lat) for one in points), *((one.lon, one.lat) for one in circles)]
    return PointLayer(
        name="batch",
        kinds=kinds,
        points=points,
        areas=[_names(rm, units, language) for units in areas],
        circles=circles,
        far=far,
        row_word=_("Row"),
        rows_word=_("Rows:"),
        view=_around(drawn) if result.sites is not None else None,
    )


def by_province(rm: Regionmap, areas: Mapping[str, Mapping[str, int]]) -> dict[str, Counter[str]]:
    """Return the counts of areas added up by province."""
    found: dict[str, Counter[str]] = {}
    for code, counts in areas.items():
        found.setdefault(rm.gazetteer.province(code).code, Counter()).update(counts)
    return found


def unit_of(rm: Regionmap, code: str) -> Unit | None:
    """Return the unit of a code, None where it is not known."""
    try:
        return rm.gazetteer.unit_ever(code)
    except InputError:
        return None


def _point(site: Site, point: tuple[float, float], areas: dict[str, int]) -> Point:
    number = areas.setdefault(site.units, len(areas))
    return Point(*point, kind=_NUMBER[site.verdict], row=site.row, area=number)


def _names(rm: Regionmap, units: str, language: str) -> str:
    known = (unit_of(rm, code) for code in units.split("; "))
    return " / ".join(name(one, language) for one in known if one is not None)


def _circles(rm: Regionmap, counted: Mapping[str, Mapping[str, int]], language: str) -> list[Circle]:
    found = []
    for code, counts in counted.items():
        unit = unit_of(rm, code)
        if unit is not None:
            numbers = tuple(counts.get(one, 0) for one in VERDICTS)
            found.append(Circle(unit.lon, unit.lat, name(unit, language), numbers))
    return found


def _around(points: Iterable[tuple[float, float]]) -> Bounds | None:
    every = list(points)
    if not every:
        return None
    lons, lats = zip(*every, strict=True)
    west, south, east, north = min(lons), min(lats), max(lons), max(lats)
    # A mark is wider than its point: none is to be cut by the edge.
    wide, high = _MARGIN * (east - west) + _LEAST_MARGIN, _MARGIN * (north - south) + _LEAST_MARGIN
    return west - wide, south - high, east + wide, north + high

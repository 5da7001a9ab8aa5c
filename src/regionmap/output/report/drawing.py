"""The map of a site report: the true boundaries around the place, as shapes on a sheet that HTML and Word both draw.

The plane is equirectangular about the middle of the view: for a county or a province that is near enough to how maps
of China look, and a scale bar holds in the middle of the sheet.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from regionmap.api import Regionmap
from regionmap.model import Extent, Level, Ruling, Unit
from regionmap.places.datum import Datum, to_wgs84
from regionmap.rules.verdict.answers import Verdict

WIDTH, HEIGHT = 680, 440
"""The sheet, in its own units: pixels of the HTML page."""
_MARGIN = 0.18
_POINT_VIEW_DEG = 0.25
_PIXEL = 0.4
_MOST_LABELS = 40
_METRES_PER_DEGREE = 111_320.0
_SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500)

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Shape:
    """A county on the sheet: its rings, and the ruling that it is filled for; empty around the place."""

    rings: tuple[Ring, ...]
    kind: str = ""


@dataclass(frozen=True)
class Name:
    """A name at a point of the sheet; ``chosen`` for the place itself."""

    text: str
    x: float
    y: float
    chosen: bool = False


@dataclass(frozen=True)
class Drawing:
    """What is drawn, from the lowest to the highest: counties, names, the point.

    ``scale`` is the length of the scale bar in units of the sheet, and the kilometres that it stands for.
    """

    counties: tuple[Shape, ...]
    names: tuple[Name, ...]
    point: tuple[float, float] | None
    scale: tuple[float, int]


class _Sheet:
    """From degrees to the sheet."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        """Fit bounds (west, south, east, north in degrees) with a margin around them."""
        west, south, east, north = bounds
        self._stretch = math.cos(math.radians((south + north) / 2))
        wide, high = max(east - west, 0.02) * (1 + 2 * _MARGIN), max(north - south, 0.02) * (1 + 2 * _MARGIN)
        self.scale = min(WIDTH / (wide * self._stretch), HEIGHT / high)  # units of the sheet per degree of latitude
        self._x, self._y = (west + east) / 2, (south + north) / 2
        half_wide, half_high = WIDTH / 2 / (self.scale * self._stretch), HEIGHT / 2 / self.scale
        self.view = (self._x - half_wide, self._y - half_high, self._x + half_wide, self._y + half_high)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point in degrees lies on the sheet."""
        return (
            round(WIDTH / 2 + (lon - self._x) * self._stretch * self.scale, 1),
            round(HEIGHT / 2 - (lat - self._y) * self.scale, 1),
        )

    def has_room(self, x: float, y: float, half: float) -> bool:
        """Whether a name ``half`` as wide on each side stands on the sheet as a whole."""
        return half + 4 < x < WIDTH - half - 4 and 14 < y < HEIGHT - 26

    def scale_bar(self) -> tuple[float, int]:
        """Return the length of a bar of whole kilometres, at most a quarter of the sheet, and the kilometres."""
        per_km = self.scale / (_METRES_PER_DEGREE / 1000)
        fitting = [km for km in _SCALES_KM if km * per_km <= WIDTH / 4]
        km = fitting[-1] if fitting else _SCALES_KM[0]
        return round(km * per_km, 1), km


def drawing_of(verdict: Verdict, rm: Regionmap, language: str) -> Drawing:
    """Return the map of a verdict: the place filled in the colour of the verdict, its neighbours, the point.

    Where the verdict holds for a part of the place only, just that part is filled.
    """
    locator = rm.locator
    inside = _counties(rm, verdict.places)
    filled = _counties(rm, verdict.part_units) & inside if verdict.extent is Extent.PART else inside
    point = None
    if verdict.point is not None:
        site = to_wgs84(verdict.point.lon, verdict.point.lat, Datum(verdict.point.datum))
        point = (site[0], site[1])
    sheet = _Sheet(_bounds(rm, inside, point))
    counties = []
    box = shapely.box(*sheet.view)
    kind = verdict.ruling.value
    unsure = f"{kind}-part" if verdict.extent is Extent.PART and kind != Ruling.NO_RULE.value else kind
    for code in locator.counties_in_box(*sheet.view):
        shape = locator.geometry(code).intersection(box)
        if shape.is_empty:
            continue
        rings = tuple(_rings(shape.simplify(_PIXEL / sheet.scale), sheet))
        if rings:
            fill = unsure if code in filled or (code in inside and not filled) else "place" if code in inside else ""
            counties.append(Shape(rings, fill))
    level = min((one.level for one in verdict.places), key=list(Level).index)
    spot = sheet.at(*point) if point is not None else None
    names = _names(rm, verdict.places, level, sheet, language, spot)
    return Drawing(
        # What is filled comes last, so that its outline is whole.
        tuple(sorted(counties, key=lambda one: bool(one.kind))),
        tuple(names),
        spot,
        sheet.scale_bar(),
    )


def _counties(rm: Regionmap, units: Iterable[Unit]) -> frozenset[str]:
    known = set(rm.locator.codes)
    return frozenset(code for one in units for code in (one.code, *rm.gazetteer.below(one.code)) if code in known)


def _bounds(rm: Regionmap, codes: frozenset[str], point: tuple[float, float] | None) -> Any:
    if point is not None:
        lon, lat = point
        return lon - _POINT_VIEW_DEG, lat - _POINT_VIEW_DEG, lon + _POINT_VIEW_DEG, lat + _POINT_VIEW_DEG
    boxes = [rm.locator.geometry(code).bounds for code in codes]
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _rings(shape: Any, sheet: _Sheet) -> Iterable[Ring]:
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon":
            continue
        for ring in (part.exterior, *part.interiors):
            corners = tuple(dict.fromkeys(sheet.at(x, y) for x, y in ring.coords))
            if len(corners) > 2:
                yield corners


def _names(
    rm: Regionmap,
    places: Sequence[Unit],
    level: Level,
    sheet: _Sheet,
    language: str,
    spot: tuple[float, float] | None,
) -> Iterable[Name]:
    """The names of the place and of its neighbours at the same level, where the sheet has room for them."""
    chosen = {one.code for one in places}
    candidates = [*places, *(one for one in rm.gazetteer.by_code.values() if one.level is level)]
    taken: list[tuple[float, float, float]] = [(*spot, 8)] if spot is not None else []
    written: set[str] = set()
    for one in candidates:
        if one.code in written or len(written) >= _MOST_LABELS:
            continue
        x, y = sheet.at(one.lon, one.lat)
        text = one.name_en if language == "en" else one.short_name or one.name
        half = len(text) * (3.4 if language == "en" else 6.5)
        if one.code in chosen and spot is not None and abs(x - spot[0]) < half + 8 and abs(y - spot[1]) < 15:
            y = spot[1] + 24  # the place's own name goes below the point
        if sheet.has_room(x, y, half) and not any(abs(x - a) < half + b and abs(y - c) < 15 for a, c, b in taken):
            written.add(one.code)
            taken.append((x, y, half))
            yield Name(text, x, y, one.code in chosen)

"""Areas just below each limit of ``regionmap.limits``, shaped so that what the limit bounds takes longest."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Sequence

from regionmap import limits

WEST, SOUTH, EAST, NORTH = 74.0, 19.0, 134.0, 53.0
"""Around nearly all counties of China."""
COUNTIES = 2_900
Ring = list[tuple[float, float]]


def _closed(ring: Ring) -> Ring:
    return [*ring, ring[0]]


def _polygons(parts: Sequence[Sequence[Ring]]) -> str:
    return json.dumps({"type": "MultiPolygon", "coordinates": parts}, separators=(",", ":"))


def _rounded(ring: Ring) -> Ring:
    return [(round(x, 6), round(y, 6)) for x, y in ring]


def comb(
    teeth: int, corners: int = 4, west: float = WEST, east: float = EAST, south: float = SOUTH, north: float = NORTH,
    *, along: bool = False,
) -> Ring:  # fmt: skip
    """Return a comb: teeth over the whole height (or width), each with so many corners."""
    ring: Ring = []
    for number in range(teeth):
        for side, (start, end) in enumerate(((0.02, 0.98), (0.98, 0.02))):
            for step in range(corners // 2):
                share = start + (end - start) * step / (corners // 2 - 1)
                aside = (number + (0.25 if side == 0 else 0.75) + 0.05 * (step % 2)) / teeth
                x, y = (share, aside) if along else (aside, share)
                ring.append((west + (east - west) * x, south + (north - south) * y))
    back = (west, north) if along else (east, south)
    return _closed(_rounded([*ring, back, (west, south)]))


def jagged(corners: int, west: float, south: float, east: float, north: float) -> Ring:
    """Return a ring whose every corner lies elsewhere at a distance from the middle: spikes over the whole box."""
    dice = random.Random(3)  # noqa: S311
    middle = (west + east) / 2, (south + north) / 2
    ring = []
    for number in range(corners - 1):
        turn, far = 2 * math.pi * number / (corners - 1), 0.05 + 0.45 * dice.random()
        ring.append(
            (middle[0] + (east - west) * far * math.cos(turn), middle[1] + (north - south) * far * math.sin(turn))
        )
    return _closed(list(dict.fromkeys(_rounded(ring))))


def shapes(
    count: int, west: float, south: float, east: float, north: float, share: float = 0.5, corners: int = 4
) -> list[Ring]:
    """Return so many squares, or rounder shapes, in rows that fill a box by a share of each side."""
    wide = math.ceil(math.sqrt(count))
    x, y = (east - west) / wide, (north - south) / wide
    turns = [2 * math.pi * (number + 0.5) / corners for number in range(corners)]
    around = [(math.cos(one) * share / 2, math.sin(one) * share / 2) for one in turns]
    middles = [(west + x * (number % wide + 0.5), south + y * (number // wide + 0.5)) for number in range(count)]
    return [_closed(_rounded([(lon + x * one, lat + y * two) for one, two in around])) for lon, lat in middles]


def _box(number: int, west: float, south: float, east: float, north: float) -> tuple[float, float, float, float]:
    """Return the box of one of 2,500 in a box, as GeoJSON has it."""
    x, y = (east - west) / 50, (north - south) / 50
    at = west + x * (number % 50), south + y * (number // 50)
    return *at, at[0] + 0.9 * x, at[1] + 0.9 * y


def star(corners: int, step: int) -> Ring:
    """Return a ring that crosses itself: each edge leads to the corner so many steps on."""
    turn = 2 * math.pi * step / corners
    return _closed(
        _rounded([(112 + 3 * math.cos(turn * number), 33 + 3 * math.sin(turn * number)) for number in range(corners)])
    )


def _holes(count: int, west: float, south: float, east: float, north: float) -> list[Ring]:
    shell: Ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return [shell, *(one[::-1] for one in shapes(count, west, south, east, north))]


def _strips(count: int) -> list[list[Ring]]:
    """Return strips to the east and strips to the north, which cross each other."""
    found = []
    for number in range(count):
        low, high = 4 * number / count, 4 * (number + 0.4) / count
        for (west, east), (south, north) in (((112, 116), (32 + low, 32 + high)), ((112 + low, 112 + high), (32, 36))):
            found.append([_rounded([(west, south), (east, south), (east, north), (west, north), (west, south)])])
    return found


def _bow_ties(corners: int) -> Ring:
    """Return a ring that touches itself at every fourth corner: invalid, and mended."""
    upper: Ring = []
    for number in range(corners // 4):
        x = 100 + 20 * number / (corners // 4)
        upper += [(x, 30.0), (x + 1e-4, 30.5), (x + 3e-4, 30.0), (x + 4e-4, 30.4)]
    return _closed(_rounded([*upper, (120.0, 30.0), (120.0, 29.0), (100.0, 29.0)]))


def _wkt(parts: Sequence[Sequence[Ring]]) -> str:
    polygons = ("(" + ", ".join("(" + ", ".join(f"{x} {y}" for x, y in ring) + ")" for ring in part) + ")"
                for part in parts)  # fmt: skip
    return f"MULTIPOLYGON ({', '.join(polygons)})"


def _kml(parts: Sequence[Sequence[Ring]]) -> str:
    def line(ring: Ring) -> str:
        return f"<LinearRing><coordinates>{' '.join(f'{x},{y}' for x, y in ring)}</coordinates></LinearRing>"

    marks = "".join(
        f"<Placemark><Polygon><outerBoundaryIs>{line(part[0])}</outerBoundaryIs>"
        + "".join(f"<innerBoundaryIs>{line(ring)}</innerBoundaryIs>" for ring in part[1:])
        + "</Polygon></Placemark>"
        for part in parts
    )
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'


def areas() -> dict[str, tuple[str, Callable[[], str]]]:
    """Return the files by what is said of them: the ending, and what makes the text."""
    work = limits.MOST_WORK // COUNTIES  # corners over all counties
    china = (WEST, SOUTH, EAST, NORTH)
    small, tiny = (112.0, 32.0, 116.0, 36.0), (100.0, 38.0, 100.2, 38.2)
    few, rings = limits.MOST_VERTICES - 10, limits.MOST_RINGS - 1
    some = few // rings - 1

    def spread(*box: float, count: int = rings, corners: int = 4) -> list[list[Ring]]:
        west, south, east, north = box
        return [[one] for one in shapes(count, west, south, east, north, corners=corners)]

    kinds: dict[str, Callable[[], Sequence[Sequence[Ring]]]] = {
        "comb of straight teeth over China": lambda: [[comb(work // 405)]],
        "comb of jagged teeth over China": lambda: [[comb(40, (work - 40 * 410) // 40)]],
        "comb lying along China": lambda: [[comb(work // 590, along=True)]],
        "comb over 200 counties": lambda: [
            [comb(limits.MOST_WORK // 105_000, west=112, east=116, north=36, south=32)]
        ],
        "spikes over China": lambda: [[jagged(390, *china)]],
        "spikes over few counties": lambda: [[jagged(3_000, *small)]],
        "holes over China": lambda: [_holes(int(work / 8.4), *china)],
        "squares over China": lambda: spread(*china, count=int(work / 8.4)),
        "squares over few counties": lambda: spread(*small),
        "round parts over few counties": lambda: spread(*small, corners=some),
        "round parts in one county": lambda: spread(*tiny, corners=some),
        "squares that nearly touch all": lambda: [[one] for one in shapes(rings, 110, 30, 118, 38, share=4.3)],
        "an outline that touches itself": lambda: [[_bow_ties(int(few * 0.89))]],
        "a star that crosses itself": lambda: [[star(317, 158)]],
        "stars that cross themselves": lambda: [[star(101, 50)] for _ in range(2)],
        "strips that cross": lambda: _strips(112),
        "combs that cross": lambda: [[comb(55, west=112, east=116, north=36, south=32)],
                                     [comb(55, west=112, east=116, north=36, south=32, along=True)]],
        "spikes in one county": lambda: [[jagged(int(6.1 * limits.MOST_PAIRS**0.5), *tiny)]],
        "outlines of many spikes": lambda: [
            [jagged(499, *box)] for box in (_box(number, *tiny) for number in range(int(limits.MOST_PAIRS / 6_700)))
        ],
    }  # fmt: skip
    found = {name: (".geojson", lambda make=make: _polygons(make())) for name, make in kinds.items()}
    return found | {
        "round parts, WKT": (".wkt", lambda: _wkt(spread(*small, corners=some))),
        "round parts, KML": (".kml", lambda: _kml(spread(*small, corners=some))),
    }

"""Make the counties a coverage: neighbours share their edges vertex by vertex, no overlap, no gap between them.

Every polygon of the source is valid by itself. What fails is the set, in three ways, mended in this order:

1. Part drawn twice (two counties hold the same islands): it stays with the county of the lower code.
2. A corner of one county lies on an edge of its neighbour that has no vertex there: the vertex is added to the edge.
3. A gap that touches two or more counties: it goes to the county that shares the longest border with it.
   A hole inside one county is a lagoon, and stays.

Last, a vertex that a ring of the source repeats is written once: some readers (R's sf on a sphere) refuse such rings.

No vertex of the source is moved.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

NEAR_EDGE_DEGREES = 5e-5  # 4 to 6 m; the four corners that matter lie 0.03 to 2.2 m off the edge
SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY_SQUARED = 0.00669438002290


@dataclass(frozen=True)
class Flaws:
    """What keeps a set of polygons from being a coverage; indices are positions in the set."""

    invalid_edges: list[int]
    overlaps_m2: dict[tuple[int, int], float]
    gaps: list[tuple[shapely.Polygon, list[int], float]]


def area_m2(geometry: Any) -> float:
    """Return the area of a small shape in square metres (GRS 80).

    The edges are taken as straight in longitude and latitude, as the coverage takes them. A geodesic area would bend
    them, by more than some slivers are wide.
    """
    if geometry.is_empty:
        return 0.0
    latitude = math.radians(geometry.centroid.y)
    root = math.sqrt(1 - ECCENTRICITY_SQUARED * math.sin(latitude) ** 2)
    metres_north = math.radians(SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED) / root**3)
    metres_east = math.radians(SEMI_MAJOR_M / root * math.cos(latitude))
    return float(geometry.area) * metres_north * metres_east


def find_flaws(polygons: Any) -> Flaws:
    """Measure overlaps and gaps, and list the polygons with edges that no neighbour matches."""
    edges = shapely.coverage_invalid_edges(polygons)
    overlaps = {pair: area_m2(shapely.intersection(*polygons[list(pair)])) for pair in _touching_pairs(polygons)}
    tree = shapely.STRtree(polygons)
    gaps = []
    for part in shapely.get_parts(shapely.union_all(polygons)):
        for ring in part.interiors:
            gap = shapely.Polygon(ring)
            around = sorted(int(i) for i in tree.query(gap.buffer(1e-9), predicate="intersects"))
            if len(around) > 1:
                gaps.append((gap, around, area_m2(gap)))
    gaps.sort(key=lambda found: found[0].bounds)
    return Flaws(
        invalid_edges=[i for i, edge in enumerate(edges) if not edge.is_empty],
        overlaps_m2={pair: area for pair, area in overlaps.items() if area > 1e-3},
        gaps=gaps,
    )


def mend(polygons: Any) -> Any:
    """Return the polygons as a valid coverage, outer rings counter-clockwise; raise ValueError if that fails."""
    mended = polygons.copy()
    _drop_parts_drawn_twice(mended)
    _add_missing_vertices(mended)
    for gap, around, _ in find_flaws(mended).gaps:
        receiver = max(around, key=lambda i: (shapely.intersection(gap.exterior, mended[i].boundary).length, -i))
        mended[receiver] = shapely.union(mended[receiver], gap)
    mended = shapely.remove_repeated_points(shapely.orient_polygons(mended))
    left = find_flaws(mended)
    if left.invalid_edges or left.overlaps_m2 or left.gaps or not shapely.is_valid(mended).all():
        raise ValueError(f"the counties are still no coverage: {left}")
    return mended


def _touching_pairs(polygons: Any) -> list[tuple[int, int]]:
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    return sorted((int(a), int(b)) for a, b in zip(first, second, strict=True) if a < b)


def _drop_parts_drawn_twice(polygons: Any) -> None:
    owner: dict[bytes, int] = {}
    twice = defaultdict(set)
    for i, polygon in enumerate(polygons):
        for part in shapely.get_parts(polygon):
            key = shapely.to_wkb(part.normalize())
            if owner.setdefault(key, i) != i:
                twice[i].add(key)
    for i, keys in twice.items():
        parts = [part for part in shapely.get_parts(polygons[i]) if shapely.to_wkb(part.normalize()) not in keys]
        polygons[i] = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _add_missing_vertices(polygons: Any) -> None:
    edges = shapely.coverage_invalid_edges(polygons)
    flawed = [i for i, edge in enumerate(edges) if not edge.is_empty]
    corners = shapely.points(np.unique(shapely.get_coordinates(edges[flawed]), axis=0))
    for i in flawed:
        own = {tuple(c) for c in shapely.get_coordinates(polygons[i])}
        missing = [p for p in corners if (p.x, p.y) not in own and edges[i].distance(p) < NEAR_EDGE_DEGREES]
        if missing:
            polygons[i] = _with_vertices(polygons[i], missing)


def _with_vertices(polygon: Any, points: list[shapely.Point]) -> Any:
    def ring(coordinates: Any) -> list[tuple[float, float]]:
        line = [(float(x), float(y)) for x, y in coordinates]
        for point in points:
            lengths = [shapely.LineString(pair).distance(point) for pair in pairwise(line)]
            nearest = min(range(len(lengths)), key=lengths.__getitem__)
            if lengths[nearest] < NEAR_EDGE_DEGREES:
                line.insert(nearest + 1, (point.x, point.y))
        return line

    parts = [
        shapely.Polygon(ring(part.exterior.coords), [ring(hole.coords) for hole in part.interiors])
        for part in shapely.get_parts(polygon)
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)

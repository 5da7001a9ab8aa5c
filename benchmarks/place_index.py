"""The place index against ``geopandas.sjoin(predicate="within")`` in the same run, answers compared.

Then the counties within reach of the same points, and Amap's centres.

A million points around county centres, as a normal cloud of 0.1° around each (seeded). The join is given its points and
polygons ready-made. ``within`` leaves out points on an edge, which the index gives to the lowest code: those are told
apart from differences.
"""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

import geopandas
import numpy as np
import shapely
from amap_centres import amap_centres

from regionmap.places.index.grid import CountyGrid
from regionmap.places.index.locator import Locator
from regionmap.places.index.reach import CountyReach

POINTS, TURNS, SPREAD = 1_000_000, 5, 0.1


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def million(polygons: list[Any]) -> np.ndarray:
    random = np.random.default_rng(2026)
    centres = shapely.get_coordinates(shapely.point_on_surface(polygons))
    around = centres[random.integers(len(centres), size=POINTS)] + random.normal(0, SPREAD, (POINTS, 2))
    return np.ascontiguousarray(around.T)


def against_join(locator: Locator, index: CountyGrid) -> None:
    polygons = [locator.geometry(code) for code in locator.codes]
    x, y = million(polygons)
    before = peak_mb()
    quick = [timed(lambda: index.rows(x, y)) for _ in range(TURNS)]
    print(f"memory: index {index.nbytes / 1e6:.0f} MB; the {TURNS} turns add {peak_mb() - before:.0f} MB to the peak")
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y))
    counties = geopandas.GeoDataFrame(geometry=polygons)
    slow = [timed(lambda: geopandas.sjoin(points, counties, predicate="within")) for _ in range(TURNS)]
    rows, joined = quick[0][1], slow[0][1]
    theirs = np.full(POINTS, -1)
    theirs[joined.index] = joined["index_right"]
    differ = np.flatnonzero(theirs != rows)
    on_edge = [
        at for at in differ if rows[at] >= 0 and shapely.intersects_xy(polygons[rows[at]].boundary, x[at], y[at])
    ]
    ours, join = (statistics.median(seconds for seconds, _ in turns) for turns in (quick, slow))
    print(f"sjoin {join:.3f} s, index {ours:.4f} s (medians of {TURNS}): {join / ours:.0f} ×")
    print(f"differences: {len(differ)}, of which on an edge {len(on_edge)}")


def within_reach(locator: Locator, index: CountyGrid) -> None:
    x, y = million([locator.geometry(code) for code in locator.codes])
    rows = index.rows(x, y)
    made, reach = timed(lambda: CountyReach.load(locator))
    turns = [timed(lambda: reach.near(x, y, rows)) for _ in range(TURNS)]
    seconds, (points, _, _) = statistics.median(each for each, _ in turns), turns[0][1]
    print(f"other counties within {reach.reach_m:,.0f} m: {seconds:.3f} s (median of {TURNS})")
    near = len(np.unique(points))
    print(f"  {len(points)} pairs of {near} points; made in {made:.2f} s, {reach.nbytes / 1e6:.0f} MB")


def main() -> None:
    locator = Locator.load()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["REGIONMAP_CACHE"] = folder
        # The peak of a process never falls: what making the index takes is measured in a process of its own.
        child = os.fork()
        if not child:
            base = peak_mb()
            made, _ = timed(lambda: CountyGrid.load(locator))
            print(f"made in {made:.1f} s, peak {peak_mb() - base:.0f} MB above the start", flush=True)
            os._exit(0)
        os.waitpid(child, 0)
        read, index = timed(lambda: CountyGrid.load(locator))
        print(f"read from the cache folder in {read:.3f} s")
    against_join(locator, index)
    within_reach(locator, index)
    amap_centres(locator)


if __name__ == "__main__":
    main()

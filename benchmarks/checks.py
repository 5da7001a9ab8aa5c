"""How long answers take in a running process: checks by adcode and by point, and a look-up of every county.

Peers, in the same run, about places of the same draw. Both do less:

* by adcode: a filter of a pandas table that holds a row for each county, provision and industry, indexed by county and
  filtered by industry, action and dates. It gives rows: no verdict, no reasons, no caveats, no codes of industries;
* by point: geopandas' spatial index and the row of the county that holds the point. It gives the county: no rules, no
  distance to the next place with another answer.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import shapely
from figures import keep

from regionmap.api import Regionmap
from regionmap.places.index.locator import Locator
from regionmap.resources import geo_dir
from regionmap.rules.matching.question import Question

CALLS, POINTS, PEER_COUNTIES = 5_000, 1_000, 200
INDUSTRIES = [
    "steel", "cement", "flat-glass", "coking", "aluminium", "foundry", "petrochemical", "thermal-power", "钢铁", "水泥",
    "焦化", "铸造", "造纸", "陶瓷", "铁合金", "化工", "3110", "3011", "2612", "C30",
]  # fmt: skip
DATES = ["2012-06-01", "2017-10-01", "2019-06-01", "2023-05-05", "2026-10-01"]
ACTIONS = ["new", "upgrade"]
pick = random.Random(20190601)  # noqa: S311


def seconds(calls: Iterable[Callable[[], Any]]) -> list[float]:
    found = []
    for call in calls:
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return found


def report(name: str, found: list[float], peer: list[float] | None = None) -> None:
    middle, late = statistics.median(found), statistics.quantiles(found, n=20)[-1]
    ratio = f"  {middle / statistics.median(peer):6.2f} of the peer" if peer else ""
    print(f"{name:34s} p50 {1e3 * middle:7.3f} ms  p95 {1e3 * late:7.3f} ms{ratio}")


def questions(number: int) -> list[dict[str, str]]:
    return [
        {"industry": pick.choice(INDUSTRIES), "action": pick.choice(ACTIONS), "on": pick.choice(DATES)}
        for _ in range(number)
    ]


def unfolded(rm: Regionmap, counties: list[str]) -> pd.DataFrame:
    """A row for each county, provision that reaches it, and industry that it names."""
    everything = Question(rm.catalogue, rm.gazetteer, None, "new", dt.date(2024, 6, 1))
    rows = [
        (code, industry, " ".join(one.actions), one.in_force_from, one.in_force_until or dt.date.max, one.id)
        for code in counties
        for one in rm.catalogue.provisions
        if everything.places.match(one.where, [rm.gazetteer.unit(code)]).binds
        for industry in one.industries or ("",)
    ]
    table = pd.DataFrame(rows, columns=["county", "industry", "actions", "start", "end", "provision"])
    return table.set_index("county").sort_index()


def filtered(table: pd.DataFrame, county: str, industry: str, action: str, on: dt.date) -> pd.DataFrame:
    here = table.loc[county]
    named = (here["industry"] == industry) | (here["industry"] == "")
    return here[named & here["actions"].str.contains(action) & (here["start"] <= on) & (here["end"] >= on)]


def by_adcode(rm: Regionmap) -> None:
    units = [one.code for one in rm.gazetteer.units() if one.parent]
    counties = [code for code in rm.gazetteer.by_code if not rm.gazetteer.children(code)]
    asked = list(zip(pick.choices(units, k=CALLS), questions(CALLS), strict=True))
    (first,) = seconds([partial(rm.check, "130600", industry="钢铁", on="2019-06-01")])
    new = seconds(partial(rm.check, code, **question) for code, question in asked)
    known = seconds(partial(rm.check, code, **question) for code, question in asked)
    table = unfolded(rm, pick.sample(counties, PEER_COUNTIES))
    few = list(table.index.unique())
    peer = seconds(
        partial(filtered, table, pick.choice(few), one["industry"], one["action"], dt.date.fromisoformat(one["on"]))
        for one in questions(CALLS // 5)
    )
    print(f"{'the first check of all':34s}     {1e3 * first:7.3f} ms")
    report("check by adcode", new, peer)
    keep("adcode", 1e3 * statistics.median(new))
    report("the same questions again", known, peer)
    report("  peer: a filter in pandas", peer)
    looked = seconds(partial(rm.lookup, code, on="2024-06-01") for code in counties)
    report("lookup of a county", looked)
    print(f"{f'lookup of all {len(counties)} counties':34s}     {sum(looked):7.3f} s")


def random_points(locator: Locator, code: str, number: int) -> list[tuple[float, float]]:
    polygon = locator.geometry(code)
    west, south, east, north = polygon.bounds
    found: list[tuple[float, float]] = []
    while len(found) < number:
        x, y = pick.uniform(west, east), pick.uniform(south, north)
        if shapely.contains_xy(polygon, x, y):
            found.append((x, y))
    return found


def at_point(rm: Regionmap, point: tuple[float, float], question: dict[str, str]) -> None:
    rm.check(lon=point[0], lat=point[1], **question)


def county_row(counties: geopandas.GeoDataFrame, point: tuple[float, float]) -> pd.Series[Any]:
    return counties.iloc[counties.sindex.query(shapely.Point(point), predicate="within")[0]]


def by_point(rm: Regionmap) -> None:
    other = Locator.load()  # so that drawing the points touches no boundary of the one that is measured
    points = [random_points(other, code, 2) for code in pick.sample(other.codes, POINTS)]
    asked = list(zip(points, questions(POINTS), strict=True))
    (read,) = seconds([lambda: rm.locator])
    first = seconds(partial(at_point, rm, one[0], question) for one, question in asked)
    warm = seconds(partial(at_point, rm, one[1], question) for one, question in asked)
    counties = geopandas.read_parquet(geo_dir() / "counties.parquet")
    county_row(counties, points[0][0])
    peer = seconds(partial(county_row, counties, one[1]) for one in points)
    print(f"{'reading the boundaries':34s}     {1e3 * read:7.3f} ms")
    report("check by point, county first met", first, peer)
    report("check by point, county met before", warm, peer)
    keep("point", 1e3 * statistics.median(warm))
    report("  peer: geopandas' index", peer)


def processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text().splitlines() if listed.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def main() -> None:
    print(f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["REGIONMAP_CACHE"] = folder
        rm = Regionmap.load()
        by_adcode(rm)
        by_point(rm)


if __name__ == "__main__":
    main()

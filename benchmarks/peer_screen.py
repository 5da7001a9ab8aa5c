"""The peer of ``regionmap screen``: what a user of pandas and GeoPandas would write with regionmap's ``check``.

It finds the counties with one spatial join and asks once for each distinct question, then joins the answers back. It
gives less than ``screen``: no distance to a boundary, no reason for rows that it cannot judge, and it stops at the
first row with text in a coordinate.
"""

from __future__ import annotations

import sys
from typing import Any

import geopandas
import pandas as pd

import regionmap
from regionmap.resources import geo_dir

QUESTION = ["code", "行业代码", "日期"]
ANSWER = ["verdict", "provisions", "numbers", "caveats"]


def main(source: str, output: str) -> None:
    rm = regionmap.load()
    sites = pd.read_csv(source, dtype={"行业代码": str})
    points = geopandas.GeoDataFrame(sites, geometry=geopandas.points_from_xy(sites["经度"], sites["纬度"]), crs=4326)
    counties = geopandas.read_parquet(geo_dir() / "counties.parquet", columns=["code", "name", "geometry"]).to_crs(4326)
    joined = points.sjoin(counties, how="left", predicate="within").drop(columns=["geometry", "index_right"])

    def answer(row: Any) -> list[str]:
        verdict = rm.check(row["code"], industry=row["行业代码"], on=row["日期"])
        binding = [one for one in verdict.findings if one.decides]
        return [
            str(verdict.ruling),
            "; ".join(one.provision.id for one in binding),
            "; ".join(f"{one.source.number} {one.provision.item}" for one in binding),
            "; ".join(str(one.kind) for one in verdict.caveats),
        ]

    asked = joined[QUESTION].dropna().drop_duplicates()
    asked[ANSWER] = asked.apply(answer, axis=1, result_type="expand")
    joined.merge(asked, on=QUESTION, how="left").to_parquet(output, index=False)


if __name__ == "__main__":
    main(*sys.argv[1:])

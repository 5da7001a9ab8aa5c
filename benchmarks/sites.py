"""Made-up lists of sites for the benchmarks: points around county centres, with industries and dates, in a fixed order.

Nothing in them is real. The points are a normal cloud of 0.1° around each centre, so that most lie in or near the
county; some lie at sea or abroad, as in real lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from regionmap.catalogue.gbt4754 import GbtTable
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.resources import data_dir

INDUSTRIES = (
    "3110", "3120", "3130", "3140", "3011", "3041", "2521", "3216", "3391", "2511",
    "2614", "2211", "1711", "4411", "3073", "2631", "3985", "3611", "1711", "2710",
)  # fmt: skip
"""GB/T 4754-2017 classes of heavy industry, and of textiles, paper and others that few rules name."""
DATES = ("2014-06-01", "2017-06-01", "2019-06-01", "2022-06-01", "2024-06-01")
SPREAD = 0.1
_ROWS_AT_ONCE = 1_000_000


FEW_INDUSTRIES, FEW_DATES = ("3110", "3011"), ("2024-06-01",)


def worst_questions() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return every class of four digits, and every seventh day from 1990 on: hardly a row asks what another does."""
    classes = tuple(one for one in GbtTable.load(data_dir()) if len(one) == 4)
    first = dt.date(1990, 1, 1)
    return classes, tuple((first + dt.timedelta(days=7 * week)).isoformat() for week in range(1_920))


def write_sites(
    path: Path,
    rows: int,
    seed: int = 2026,
    industries: Sequence[str] = INDUSTRIES,
    dates: Sequence[str] = DATES,
) -> None:
    """Write a CSV file of sites: 企业名称, 经度, 纬度, 行业代码, 日期, 备注 (UTF-8)."""
    units = [one for one in Gazetteer.load().by_code.values() if one.level == "county"]
    centres = np.array([(one.lon, one.lat) for one in units])
    random = np.random.default_rng(seed)
    writer = None
    for start in range(0, rows, _ROWS_AT_ONCE):
        count = min(_ROWS_AT_ONCE, rows - start)
        points = centres[random.integers(len(units), size=count)] + random.normal(0, SPREAD, (count, 2))
        table = pa.table(
            {
                "企业名称": [f"示例企业{number}号" for number in range(start, start + count)],
                "经度": np.round(points[:, 0], 6),
                "纬度": np.round(points[:, 1], 6),
                "行业代码": np.array(industries, object)[random.integers(len(industries), size=count)],
                "日期": np.array(dates, object)[random.integers(len(dates), size=count)],
                "备注": ["示例, 不是真实企业"] * count,
            }
        )
        writer = writer or pacsv.CSVWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()

"""A chunk is judged to the same bytes whatever was judged before it: another worker's, or a run's that goes on."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from regionmap.screening.columns import recognise
from regionmap.screening.county_index import CountyIndex
from regionmap.screening.judge import Judge
from regionmap.screening.options import Options

INDUSTRIES = ["焦化", "铸造", "造纸", "钢铁", "3110", "2612", "不存在"]
ROWS = 1_500


def sites(seed: int) -> pa.Table:
    """Points from 山西 to 江苏, where many lie near another province, and names."""
    pick = np.random.default_rng(seed)
    lon, lat = pick.uniform(110, 120, ROWS).round(6), pick.uniform(32, 40, ROWS).round(6)
    named = np.arange(ROWS) % 7 == 0
    places = pick.choice(["保定市", "定州市", "朝阳区", "莱芜市", "370116"], ROWS)
    return pa.table(
        {
            "经度": pa.array([None if one else str(x) for x, one in zip(lon, named, strict=True)]),
            "纬度": pa.array([None if one else str(y) for y, one in zip(lat, named, strict=True)]),
            "地点": pa.array([place if one else None for place, one in zip(places, named, strict=True)]),
            "行业": pa.array(pick.choice(INDUSTRIES, ROWS)),
            "日期": pa.array(pick.choice(["2018-06-01", "2019-06-01", "2026-06-01"], ROWS)),
        }
    )


def judged(judge: Judge, table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    result = judge.judge(table).table
    with pa.ipc.new_stream(sink, result.schema) as writer:
        writer.write_table(result.combine_chunks())
    return bytes(sink.getvalue())


@pytest.mark.parametrize("many", [False, True])
def test_a_chunk_is_the_same_bytes_whatever_was_judged_before(rm, many):
    columns = recognise(sites(1).column_names, {}, industry_given=False, date_given=False)
    options = Options(dt.date(2024, 6, 1), columns=columns, many=many)

    def judge() -> Judge:
        return Judge(rm, CountyIndex.load(rm.locator, many=many), options)

    alone = judged(judge(), sites(1))
    for before in ([2], [2, 3], [3, 2, 1]):
        other = judge()
        for seed in before:
            judged(other, sites(seed))
        assert judged(other, sites(1)) == alone, before

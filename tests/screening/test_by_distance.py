"""Rules by distance to another province in a whole file: each row as ``check`` answers it, by every engine."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from regionmap.errors import InputError
from regionmap.places.index.province_lines import MOST_M
from regionmap.screening import county_index
from regionmap.screening import run as running
from regionmap.screening.options import Options
from regionmap.screening.run import screen, screen_table
from tests.screening.test_screen import expected

ON = Options(dt.date(2024, 6, 1))
LIMITS = (5_000, 20_000, 20_000, 40_000)
INDUSTRIES = [
    "焦化",
    "2521",
    "铸造",
    "3391",
    "textile",
    "17",
    "papermaking",
    "cement",
    "3011",
    "dyeing-finishing",
    "钢铁",
]


def moved(rm, code, lon, lat, metres):
    """A point of the county so far from another province as is asked, where a way to one passes by such a point."""
    now = rm.locator.other_province_m(lon, lat, code, MOST_M)
    if now is None:
        return lon, lat
    shape = rm.locator.geometry(now[1])
    nearest = shapely.get_coordinates(shapely.shortest_line(shape, shapely.Point(lon, lat)))[0]
    share = 1 - metres / now[0]
    return lon + share * (nearest[0] - lon), lat + share * (nearest[1] - lat)


def rows_of(rm, count, seed):
    """Points inside counties, some of them moved to within two kilometres of a limit, and units by name."""
    pick = random.Random(seed)  # noqa: S311
    whole, part = (sorted(codes) for codes in rm.gazetteer.province_lines.strip(40_000))
    for number in range(count):
        lon = lat = place = ""
        if number % 5 == 0:
            place = pick.choice([pick.choice(whole), pick.choice(part), pick.choice(list(rm.gazetteer.by_code))])
        else:
            code = pick.choice(part if number % 5 < 4 else rm.locator.codes)
            shape = rm.locator.geometry(code)
            west, south, east, north = shape.bounds
            x, y = pick.uniform(west, east), pick.uniform(south, north)
            while not shapely.contains_xy(shape, x, y):
                x, y = pick.uniform(west, east), pick.uniform(south, north)
            if number % 5 > 1 and code[:2] not in ("71", "81", "82"):
                x, y = moved(rm, code, x, y, pick.choice(LIMITS) + pick.gauss(0, 800))
            lon, lat = f"{x:.6f}", f"{y:.6f}"
        day = pick.choice(["2024-06-01", "2024-06-01", "2025-06-01", "2019-06-01", "2020-05-31"])
        yield lon, lat, place, pick.choice(INDUSTRIES), pick.choice(["new", "new", "expand", "move_in", "upgrade"]), day


def table_of(rows):
    return pa.table(dict(zip(["lon", "lat", "地点", "行业", "action", "日期"], zip(*rows, strict=True), strict=True)))


@pytest.mark.parametrize("many", [False, True])
def test_answers_are_those_of_check_row_by_row(lined, tmp_path, monkeypatch, many):
    if many:
        monkeypatch.setattr(running, "CHUNK", 1)
    rows = list(rows_of(lined, 900, 31))
    pq.write_table(table_of(rows), tmp_path / "in.parquet")
    screen(lined, tmp_path / "in.parquet", tmp_path / "out.parquet", ON, {}, chunk=200)
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    seen = {"near_limit": 0, "in_part": 0, "province_line_m": 0}
    for row, result in zip(rows, found, strict=True):
        if result["reason"]:
            with pytest.raises(InputError):
                expected(lined, row)
            continue
        wanted = expected(lined, row)
        for name in ("boundary_m", "province_line_m"):
            wanted[name] = wanted[name] and pytest.approx(wanted[name], abs=0.11)
        assert {key: result[key] for key in wanted} == wanted, row
        seen["near_limit"] += "near_limit" in result["caveats"]
        seen["in_part"] += "in_part" in result["caveats"]
        seen["province_line_m"] += result["province_line_m"] is not None
    assert min(seen.values()) > 20, seen


def test_a_boundary_is_measured_however_far_when_asked(lined, tmp_path):
    rows = [row for row in rows_of(lined, 400, 32) if row[0]]
    found = screen_table(lined, table_of(rows), Options(ON.on, boundary=True)).to_pylist()
    for (lon, lat, _, industry, action, day), result in zip(rows, found, strict=True):
        if not result["reason"]:
            point = lined.check(lon=lon, lat=lat, industry=industry, action=action, on=day).point
            assert result["boundary_m"] == (point.boundary_m and pytest.approx(point.boundary_m, abs=0.11))


def test_the_dask_engine_gives_the_same_bytes(lined, tmp_path):
    distributed = pytest.importorskip("distributed")
    from regionmap.screening.dask.chunks import judge_with_dask

    pq.write_table(table_of(list(rows_of(lined, 600, 33))), tmp_path / "in.parquet")
    screen(lined, tmp_path / "in.parquet", tmp_path / "alone.csv", ON, {}, chunk=100)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
        engine = judge_with_dask(cluster.scheduler_address)
        screen(lined, tmp_path / "in.parquet", tmp_path / "dask.csv", ON, {}, chunk=100, engine=engine)
    assert (tmp_path / "dask.csv").read_bytes() == (tmp_path / "alone.csv").read_bytes()


def test_nothing_is_measured_for_a_file_that_meets_no_such_rule(lined, monkeypatch):
    def fail(*_):
        raise AssertionError("measured in vain")

    monkeypatch.setattr(county_index.CountyIndex, "other_province", fail)
    table = pa.table({"lon": [113.949, 114.9], "lat": [38.0, 38.05], "行业": ["软件", "餐饮"]})
    found = screen_table(lined, table, Options(dt.date(2023, 6, 1)))
    assert found["province_line_m"].to_pylist() == [None, None]
    assert all(found["verdict"].to_pylist())
    with pytest.raises(AssertionError, match="in vain"):
        screen_table(lined, table.set_column(2, "行业", pa.array(["焦化", "焦化"])), ON)


def test_many_points_of_one_county_are_told_apart(lined, monkeypatch):
    """平山县 reaches from the boundary with 山西 45 km inland."""
    monkeypatch.setattr(running, "CHUNK", 1)
    shape = lined.locator.geometry("130131")
    pick = np.random.default_rng(34)
    lon, lat = pick.uniform(*shape.bounds[::2], 4_000), pick.uniform(*shape.bounds[1::2], 4_000)
    inside = shapely.contains_xy(shape, lon, lat)
    lon, lat = lon[inside].tolist(), lat[inside].tolist()
    found = screen_table(lined, pa.table({"lon": lon, "lat": lat, "行业": ["焦化"] * len(lon)}), ON)
    metres = np.array([lined.locator.other_province_m(*one, "130131")[0] for one in zip(lon, lat, strict=True)])
    reached = np.array(["test-2020-7/twenty" in one for one in found["provisions"].to_pylist()])
    assert (reached == (metres <= 20_000)).all()
    assert 0.2 < reached.mean() < 0.8
    shown = found["province_line_m"].to_numpy(zero_copy_only=False)
    told = metres <= 21_000  # 20 km of the rule, and the uncertainty
    assert np.isnan(shown[~told]).all()
    assert np.abs(shown[told] - metres[told]).max() < 0.11
    assert (told & ~reached).any()

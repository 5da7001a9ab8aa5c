"""The Dask engine: the same bytes as on one machine, and a lost worker loses no row."""

from __future__ import annotations

import datetime as dt
import os
import signal

import geopandas
import numpy as np
import pandas as pd
import pytest

from regionmap.errors import InputError
from regionmap.screening.options import Options
from regionmap.screening.run import screen

distributed = pytest.importorskip("distributed")

from regionmap.screening.dask.chunks import judge_on, judge_with_dask  # noqa: E402

ROWS, CHUNK = 50_000, 2_500
ON = Options(dt.date(2019, 6, 1))


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Points over the country and around, names, and rows that cannot be judged."""
    pick = np.random.default_rng(5)
    lon, lat = pick.uniform(95, 124, ROWS).round(6), pick.uniform(21, 44, ROWS).round(6)
    industries = pick.choice(["3110", "3011", "3041", "钢铁", "纺织", "不存在"], ROWS)
    path = tmp_path_factory.mktemp("sites") / "in.csv"
    with path.open("w", encoding="gb18030") as file:
        file.write("编号,经度,纬度,地点,行业\n")
        for row in range(ROWS):
            where = f"{lon[row]},{lat[row]}," if row % 5 else f",,{'保定' if row % 2 else '朝阳区'}"
            file.write(f"{row},{where},{industries[row]}\n")
    return path


@pytest.fixture(scope="module")
def alone(rm, sites):
    output = sites.with_name("alone.csv")
    return screen(rm, sites, output, ON, {}, chunk=CHUNK), output.read_bytes()


@pytest.fixture
def cluster():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
        yield cluster


def test_a_cluster_at_an_address_gives_the_same_bytes(rm, sites, alone, cluster):
    output = sites.with_name("cluster.csv")
    engine = judge_with_dask(cluster.scheduler_address)
    summary = screen(rm, sites, output, ON, {}, chunk=CHUNK, engine=engine)
    assert output.read_bytes() == alone[1]
    assert {**summary, "output": ""} == {**alone[0], "output": ""}
    with distributed.Client(cluster) as client:
        left = client.run(lambda dask_worker: dask_worker.__dict__.get("regionmap_runs"))
    assert not any(left.values())


def test_a_worker_that_is_ended_in_the_middle_loses_no_row(rm, sites, alone, cluster):
    output = sites.with_name("lost.csv")
    ended = []

    def engine(rm, options, chunks):
        with distributed.Client(cluster) as client:
            for number, judged in enumerate(judge_on(client, rm, options, chunks)):
                if number == 4:
                    ended.append(next(iter(client.run(os.getpid).values())))
                    os.kill(ended[0], signal.SIGKILL)
                yield judged
            assert ended[0] not in client.run(os.getpid).values()

    summary = screen(rm, sites, output, ON, {}, chunk=CHUNK, engine=engine)
    assert ended
    assert summary["rows"] == ROWS
    assert output.read_bytes() == alone[1]


def test_a_scheduler_that_does_not_answer_is_named(rm, sites, monkeypatch):
    monkeypatch.setattr("regionmap.screening.dask.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(InputError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        screen(rm, sites, sites.with_name("none.csv"), ON, {}, engine=judge_with_dask("tcp://127.0.0.1:9"))
    assert not [one.name for one in sites.parent.iterdir() if "none.csv" in one.name]  # nor a folder to go on from


def test_a_cluster_without_workers_is_told(rm, sites, monkeypatch):
    monkeypatch.setattr("regionmap.screening.dask.cluster.CONNECT_SECONDS", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as cluster,
        pytest.raises(InputError, match="has no workers"),
    ):
        screen(rm, sites, sites.with_name("none.csv"), ON, {}, engine=judge_with_dask(cluster.scheduler_address))


def test_the_counties_of_50_000_rows_are_those_of_a_spatial_join(rm, sites, alone):
    rows = pd.read_csv(sites.with_name("alone.csv"), dtype={"unit_code": str}, keep_default_na=False)
    rows[["经度", "纬度"]] = rows[["经度", "纬度"]].apply(pd.to_numeric)
    points = rows[rows["经度"].notna() & rows["reason"].str.match("^$|outside_china")]
    shapes = geopandas.points_from_xy(points["经度"], points["纬度"])
    counties = geopandas.GeoDataFrame(
        {"code": rm.locator.codes}, geometry=[rm.locator.geometry(code) for code in rm.locator.codes]
    )
    joined = geopandas.GeoDataFrame(points, geometry=shapes).sjoin(counties, how="left", predicate="within")
    assert len(joined) == len(points) > 30_000
    assert list(joined["unit_code"]) == list(joined["code"].fillna(""))

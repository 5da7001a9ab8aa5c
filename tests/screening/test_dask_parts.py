"""Parts on a Dask cluster: each worker reads and writes its own, and no row is lost with a worker."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from regionmap.errors import InputError
from regionmap.screening.options import Options
from regionmap.screening.parts.run import screen_parts

distributed = pytest.importorskip("distributed")

from regionmap.screening.dask.cluster import idle_because  # noqa: E402
from regionmap.screening.dask.parts import on_client, run_on_dask  # noqa: E402

PARTS, ROWS = 6, 4_000
ON = Options(dt.date(2019, 6, 1))


def runners_of(client):
    return lambda: on_client(client)


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Points over the country and around, names, and rows that cannot be judged, in parts."""
    pick = np.random.default_rng(7)
    folder = tmp_path_factory.mktemp("parts") / "in"
    folder.mkdir()
    for number in range(PARTS):
        frame = pd.DataFrame(
            {
                "经度": pick.uniform(95, 124, ROWS).round(6),
                "纬度": pick.uniform(21, 44, ROWS).round(6),
                "地点": pick.choice(["保定", "朝阳区", "火星"], ROWS),
                "行业": pick.choice(["3110", "3011", "钢铁", "纺织", "不存在"], ROWS),
            }
        )
        frame.loc[::5, ["经度", "纬度"]] = np.nan
        frame.to_parquet(folder / f"part-{number}.parquet", index=False)
    return folder


def files(folder):
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


@pytest.fixture(scope="module")
def alone(rm, sites):
    output = sites.with_name("alone")
    return screen_parts(rm, str(sites), str(output), ON, {}), files(output)


@pytest.fixture
def cluster():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
        yield cluster


def test_a_cluster_at_an_address_writes_the_same_bytes(rm, sites, alone, cluster):
    output = sites.with_name("cluster")
    told = []
    summary = screen_parts(
        rm, str(sites), str(output), ON, {},
        runners=run_on_dask(cluster.scheduler_address), progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert files(output) == alone[1]
    assert {**summary, "output": ""} == {**alone[0], "output": ""}
    assert told[-1] == (PARTS * ROWS, PARTS * ROWS)
    with distributed.Client(cluster) as client:
        again = screen_parts(rm, str(sites), str(output), ON, {}, resume=True, runners=runners_of(client))
        left = client.run(lambda dask_worker: dask_worker.__dict__.get("regionmap_runs"))
    assert again["kept"] == PARTS
    assert not any(left.values())


def _end_this_process_once(mark):
    """Make the writer of Parquet on a worker end its process, the first time that any has written a chunk."""
    import pyarrow.parquet as pq

    from regionmap.screening import writers

    class Writer(pq.ParquetWriter):
        def write_table(self, table, *arguments, **options):
            super().write_table(table, *arguments, **options)
            try:
                os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                return
            os.kill(os.getpid(), signal.SIGKILL)

    writers.pq.ParquetWriter = Writer  # type: ignore[attr-defined]


def test_a_worker_that_is_killed_while_it_writes_a_part_loses_no_row(rm, sites, alone, cluster):
    output, mark = sites.with_name("lost"), sites.with_name("killed")
    with distributed.Client(cluster) as client:
        before = set(client.run(os.getpid).values())
        client.run(_end_this_process_once, str(mark))
        summary = screen_parts(rm, str(sites), str(output), ON, {}, runners=runners_of(client))
        client.wait_for_workers(2)
        after = set(client.run(os.getpid).values())
    assert mark.exists()
    assert len(before - after) == 1
    assert summary["rows"] == PARTS * ROWS
    assert files(output) == alone[1]  # nothing half-written is left either


def test_workers_that_join_late_and_more_of_them_than_parts(rm, sites, alone):
    output = sites.with_name("late")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        distributed.Client(cluster) as client,
    ):
        joined = []

        def join(done, total):
            if done and not joined:
                joined.append(cluster.scale(PARTS + 1))

        summary = screen_parts(rm, str(sites), str(output), ON, {}, runners=runners_of(client), progress=join)
    assert joined
    assert summary["rows"] == PARTS * ROWS
    assert files(output) == alone[1]


def test_a_cluster_that_loses_all_its_workers_is_given_up_in_one_line(rm, sites, monkeypatch):
    monkeypatch.setattr("regionmap.screening.dask.cluster.IDLE_SECONDS", 2)
    command = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny", "--no-dashboard"]
    with distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as cluster:
        worker = subprocess.Popen(
            [*command, cluster.scheduler_address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            with distributed.Client(cluster) as client:
                client.wait_for_workers(1, timeout=60)

                def end(done, total):
                    worker.kill()

                with pytest.raises(InputError, match=r"has lost all its workers.*--resume"):
                    screen_parts(
                        rm, str(sites), str(sites.with_name("none")), ON, {},
                        runners=runners_of(client), progress=end,
                    )  # fmt: skip
        finally:
            worker.kill()
            worker.wait()


def test_workers_without_memory_are_given_up_in_one_line(rm, sites, monkeypatch):
    monkeypatch.setattr("regionmap.screening.dask.cluster.IDLE_SECONDS", 4)
    settings = {"distributed.scheduler.allowed-failures": 0}
    import dask

    with (
        dask.config.set(settings),
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, memory_limit="260MB", dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
        pytest.raises(InputError, match=r"too little memory|their memory is full") as told,
    ):
        screen_parts(rm, str(sites), str(sites.with_name("starved")), ON, {}, runners=runners_of(client))
    assert len(str(told.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("workers", "why"),
    [
        ({}, "none"),
        ({"a": ("paused", {"executing": 0})}, "paused"),
        ({"a": ("paused", {"executing": 1})}, None),
        ({"a": ("paused", {}), "b": ("running", {})}, None),
    ],
)
def test_a_cluster_is_idle_when_no_worker_will_ever_take_a_task(workers, why):
    told = {name: {"status": status, "metrics": {"task_counts": counts}} for name, (status, counts) in workers.items()}
    assert idle_because(told) == why


def test_a_folder_that_the_workers_do_not_share_is_said(rm, sites, cluster):
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")  # each process has its own
    for one in sites.iterdir():
        memory.pipe_file(f"/in/{one.name}", one.read_bytes())
    try:
        with distributed.Client(cluster) as client:
            with pytest.raises(InputError, match=r"6 of 6 parts.*is not there: .*where all workers see it"):
                screen_parts(rm, "memory://in", "memory://out", ON, {}, runners=runners_of(client))
            summary = screen_parts(rm, str(sites), "memory://out", ON, {}, runners=runners_of(client))
    finally:
        memory.store.clear()
    assert len(summary["failed"]) == PARTS
    assert "one that all machines share" in summary["failed"]["part-0.parquet"]["en"]


@pytest.fixture
def frame(sites):
    dd = pytest.importorskip("dask.dataframe")
    plain = pd.concat([pd.read_parquet(one) for one in sorted(sites.iterdir())[:2]])
    plain.index = pd.Index([f"id-{number:05}" for number in range(len(plain))], name="key")
    return plain, dd.from_pandas(plain, npartitions=4)


def test_a_dask_table_is_judged_as_a_pandas_table(rm, frame):
    from regionmap.notebook.regionmap import Regionmap
    from regionmap.screening.dask import screen

    plain, parts = frame
    lazy = screen(parts, on="2019-06-01", rm=rm)
    wanted = Regionmap(rm.catalogue, rm.gazetteer).screen(plain, on="2019-06-01")
    assert lazy.npartitions == parts.npartitions
    assert lazy.divisions == parts.divisions
    assert list(lazy.columns) == list(wanted.columns)
    got = lazy.compute(scheduler="synchronous")
    assert dict(got.dtypes) == dict(lazy.dtypes)
    assert list(got.index) == list(wanted.index)
    assert got.index.name == "key"
    for name in ("unit_code", "verdict", "provisions", "caveats", "boundary_m"):
        pd.testing.assert_series_equal(got[name], wanted[name], check_dtype=False, check_index_type=False)
    assert [one.split(":")[0] for one in got["reason"]] == [one.split(":")[0] for one in wanted["reason"]]
    empty = lazy.partitions[0].query("verdict == 'none of these'").compute(scheduler="synchronous")
    assert dict(empty.dtypes) == dict(lazy.dtypes)


def test_nothing_is_computed_until_it_is_asked_for(rm, tmp_path):
    dd = pytest.importorskip("dask.dataframe")
    from regionmap.screening.dask import screen

    def read(number):
        (tmp_path / f"read-{number}").touch()
        return pd.DataFrame({"place": ["保定", "上海"]})

    sites = dd.from_map(read, [0, 1], meta=pd.DataFrame({"place": pd.Series([], dtype="str")}))
    lazy = screen(sites, industry="钢铁", on="2019-06-01", rm=rm)
    assert list(tmp_path.iterdir()) == []
    assert lazy.partitions[1].compute(scheduler="synchronous")["verdict"].tolist()[0] == "prohibited"
    assert [one.name for one in tmp_path.iterdir()] == ["read-1"]


def test_what_is_wrong_with_a_dask_table_is_said_before_it_is_computed(rm, frame):
    from regionmap.screening.dask import screen

    with pytest.raises(InputError, match="no column names an industry"):
        screen(frame[1][["经度", "纬度"]], on="2019-06-01", rm=rm)
    with pytest.raises(InputError, match="is not a Dask table"):
        screen(frame[0], on="2019-06-01", rm=rm)


def test_a_dask_table_goes_through_workers(rm, frame, cluster):
    from regionmap.screening.dask import screen

    lazy = screen(frame[1], on="2019-06-01", rm=rm)
    with distributed.Client(cluster):
        counted = lazy["verdict"].value_counts().compute()
    here = lazy["verdict"].compute(scheduler="synchronous").value_counts()
    assert dict(counted) == dict(here)

"""Chunks judged on a Dask cluster: a local one, or one that runs elsewhere.

Catalogue, units, boundaries and place index go to each worker once, so that all judge by those of the machine that
asks. A chunk travels with its task: when a worker is lost, another one gets the task again and no row is missing. The
chunks come back in order and are kept and written by the one who asked, the same bytes as without Dask.
"""

from __future__ import annotations

import io
import itertools
import pickle
import threading
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

from regionmap.api import Regionmap
from regionmap.errors import MissingExtraError
from regionmap.i18n import t
from regionmap.places.index.grid import CountyGrid
from regionmap.places.index.locator import Locator
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.resources import geo_dir
from regionmap.screening.county_index import CountyIndex
from regionmap.screening.judge import Judge, Judged
from regionmap.screening.messages import ScreeningError
from regionmap.screening.options import Options
from regionmap.screening.run import Engine
from regionmap.version import __version__

try:
    import dask
    import distributed
except ModuleNotFoundError:
    raise MissingExtraError.of("the Dask engine", "dask") from None

_AHEAD = 2
"""Chunks in hand for each thread of the cluster, so that none waits while the one who asked reads and keeps."""
_CONNECT_SECONDS = 20
_ALLOWED_LOSSES = 10


def judge_with_dask(scheduler: str | None = None, workers: int | None = None) -> Engine:
    """Return an engine that judges on a cluster.

    Args:
        scheduler: the address of a running scheduler, ``tcp://host:port``; without one, a cluster is started on this
            machine and ended with the run.
        workers: of a cluster on this machine, processes of one thread each; as many as there are cores without it.
    """

    def engine(rm: Regionmap, options: Options, chunks: Iterator[pa.Table]) -> Iterator[Judged]:
        with _client(scheduler, workers) as client:
            yield from judge_on(client, rm, options, chunks)

    return engine


def judge_on(client: Any, rm: Regionmap, options: Options, chunks: Iterator[pa.Table]) -> Iterator[Judged]:
    """Judge chunks with a client of ``distributed``, and give them back in order; few are in hand at a time.

    Raises:
        InputError: the cluster has no workers, another version of regionmap, loses workers again and again, or is lost.
    """
    run = f"regionmap-{uuid.uuid4().hex}"
    _check_workers(client)
    client.register_plugin(_Send(run, _packed(rm, options)), name=run)
    waiting: deque[Any] = deque()
    numbers = itertools.count()
    try:
        for chunk in chunks:
            # The key is new for every chunk: equal chunks are two tasks.
            key = f"{run}-{next(numbers)}"
            waiting.append(client.submit(_judge, run, _to_bytes(chunk), key=key, pure=False))
            if len(waiting) >= _AHEAD * max(sum(client.nthreads().values()), 1):
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    except (OSError, distributed.client.CancelledError) as error:
        raise ScreeningError(
            t(
                "the Dask scheduler was lost ({why}): the same command with --resume goes on",
                why=_first_line(error),
            )
        ) from None
    finally:
        if client.status == "running":
            client.cancel(list(waiting))
            client.unregister_worker_plugin(run)


def _result(future: Any) -> Judged:
    try:
        table, evidence = future.result()
    except distributed.KilledWorker as error:
        raise ScreeningError(
            t(
                "the cluster lost {count} workers over one chunk, the last at {address}: it may have too little "
                "memory; the same command with --resume goes on",
                count=_ALLOWED_LOSSES, address=error.last_worker.address,
            )
        ) from None  # fmt: skip
    except (OSError, distributed.client.CancelledError):  # not of the chunk, but of the way to the cluster
        raise
    except Exception as error:  # whatever a worker runs into: no memory, other versions of libraries
        raise ScreeningError(
            t(
                "a worker failed over a chunk ({why}): the same command with --resume goes on",
                why=_first_line(error),
            )
        ) from None
    return Judged(_from_bytes(table), evidence)


@contextmanager
def _client(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    # A chunk is some megabytes and goes with its task on purpose.
    settings = {
        "distributed.admin.large-graph-warning-threshold": "1GB",
        "distributed.scheduler.allowed-failures": _ALLOWED_LOSSES,
        "distributed.comm.timeouts.connect": _CONNECT_SECONDS,
    }
    with dask.config.set(settings):
        if scheduler is None:
            with (
                distributed.LocalCluster(
                    n_workers=workers or distributed.system.CPU_COUNT,
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",
                ) as cluster,
                distributed.Client(cluster) as client,
            ):
                yield client
            return
        try:
            client = distributed.Client(scheduler, timeout=_CONNECT_SECONDS)
        except (OSError, ValueError, TypeError) as error:
            raise ScreeningError(
                t("no Dask scheduler answers at {address}: {why}", address=scheduler, why=_first_line(error))
            ) from None
        with client:
            yield client


def _check_workers(client: Any) -> None:
    try:
        client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        versions = set(client.run(_version).values())
    except TimeoutError:
        raise ScreeningError(t("the Dask cluster has no workers: start at least one (dask worker ADDRESS)")) from None
    except ModuleNotFoundError:
        raise ScreeningError(
            t("a worker of the Dask cluster has no regionmap: install the same version there")
        ) from None
    if versions != {__version__}:
        raise ScreeningError(
            t(
                "the workers have regionmap {versions}, this machine {version}: install the same version everywhere",
                versions=", ".join(sorted(versions)), version=__version__,
            )
        )  # fmt: skip


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:160]


def _version() -> str:
    return __version__


def _packed(rm: Regionmap, options: Options) -> bytes:
    """Return what a worker needs, as bytes."""
    counties = CountyIndex.load(rm.locator, many=options.many)
    grid = None if counties.grid is None else (counties.grid.cells, counties.grid.edges)
    boundaries = (geo_dir() / "counties.parquet").read_bytes()
    places = dict(rm.gazetteer.by_code), rm.gazetteer.province_lines
    packed = pickle.dumps((rm.catalogue, places, boundaries, grid, options), protocol=pickle.HIGHEST_PROTOCOL)
    return pickle.dumps((len(packed), pa.compress(packed, codec="zstd", asbytes=True)))


def _unpacked(packed: bytes) -> Judge:
    size, content = pickle.loads(packed)  # noqa: S301  (sent by the one whose tasks this worker runs anyway)
    catalogue, places, boundaries, grid, options = pickle.loads(  # noqa: S301
        pa.decompress(content, decompressed_size=size, codec="zstd", asbytes=True)
    )
    locator = Locator(pq.read_table(io.BytesIO(boundaries)))
    counties = CountyIndex(locator, None, None) if grid is None else CountyIndex.of(locator, CountyGrid(locator, *grid))
    rm = Regionmap(catalogue, Gazetteer(*places))
    rm.locator = locator
    return Judge(rm, counties, options)


class _Send(distributed.WorkerPlugin):  # type: ignore[misc]
    """Puts what is needed on every worker of the cluster, also on one that joins later, and takes it away again."""

    def __init__(self, run: str, packed: bytes) -> None:
        self.name, self._packed = run, packed

    def setup(self, worker: Any) -> None:
        """Keep it in its packed form: the first task unpacks it, off the worker's event loop."""
        worker.__dict__.setdefault("regionmap_runs", {})[self.name] = _Ready(self._packed)

    def teardown(self, worker: Any) -> None:
        """Take it away."""
        worker.__dict__.get("regionmap_runs", {}).pop(self.name, None)


class _Ready:
    """The judge of a worker; one thread at a time uses it."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._lock = threading.Lock()
        self._judge: Judge | None = None

    def judge(self, chunk: pa.Table) -> Judged:
        with self._lock:
            if self._judge is None:
                self._judge = _unpacked(self._packed)
            return self._judge.judge(chunk)


def _judge(run: str, chunk: bytes) -> tuple[bytes, Any]:
    """Judge a chunk on a worker."""
    ready: _Ready = distributed.get_worker().regionmap_runs[run]
    judged = ready.judge(_from_bytes(chunk))
    return _to_bytes(judged.table), judged.evidence


def _to_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _from_bytes(content: bytes) -> pa.Table:
    return pa.ipc.open_stream(content).read_all()

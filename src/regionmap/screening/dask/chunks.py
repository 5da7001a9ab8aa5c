"""The chunks of one file judged on a Dask cluster.

A chunk travels with its task: when a worker is lost, another one gets the task again and no row is missing. The chunks
come back in order and are kept and written by the one who asked, the same bytes as without Dask.
"""

from __future__ import annotations

import itertools
import uuid
from collections import deque
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.ipc

from regionmap.api import Regionmap
from regionmap.i18n import t
from regionmap.screening.dask.cluster import ALLOWED_LOSSES, check_workers, connected, distributed, first_line
from regionmap.screening.dask.shipping import Sent, judge_of
from regionmap.screening.judge import Judged
from regionmap.screening.messages import ScreeningError
from regionmap.screening.options import Options
from regionmap.screening.run import Engine

_AHEAD = 2
"""Chunks in hand for each thread of the cluster, so that none waits while the one who asked reads and keeps."""


def judge_with_dask(scheduler: str | None = None, workers: int | None = None) -> Engine:
    """Return an engine that judges on a cluster.

    Args:
        scheduler: the address of a running scheduler, ``tcp://host:port``; without one, a cluster is started on this
            machine and ended with the run.
        workers: of a cluster on this machine, processes of one thread each; as many as there are cores without it.
    """

    def engine(rm: Regionmap, options: Options, chunks: Iterator[pa.Table]) -> Iterator[Judged]:
        with connected(scheduler, workers) as client:
            yield from judge_on(client, rm, options, chunks)

    return engine


def judge_on(client: Any, rm: Regionmap, options: Options, chunks: Iterator[pa.Table]) -> Iterator[Judged]:
    """Judge chunks with a client of ``distributed``, and give them back in order; few are in hand at a time.

    Raises:
        InputError: the cluster has no workers, another version of regionmap, loses workers again and again, or is lost.
    """
    run = f"regionmap-{uuid.uuid4().hex}"
    check_workers(client)
    client.register_plugin(Sent(run, rm, options), name=run)
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
                why=first_line(error),
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
                count=ALLOWED_LOSSES, address=error.last_worker.address,
            )
        ) from None  # fmt: skip
    except (OSError, distributed.client.CancelledError):  # not of the chunk, but of the way to the cluster
        raise
    except Exception as error:  # whatever a worker runs into: no memory, other versions of libraries
        raise ScreeningError(
            t(
                "a worker failed over a chunk ({why}): the same command with --resume goes on",
                why=first_line(error),
            )
        ) from None
    return Judged(_from_bytes(table), evidence)


def _judge(run: str, chunk: bytes) -> tuple[bytes, Any]:
    """Judge a chunk on a worker."""
    judged = judge_of(run).judge(_from_bytes(chunk))
    return _to_bytes(judged.table), judged.evidence


def _to_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _from_bytes(content: bytes) -> pa.Table:
    return pa.ipc.open_stream(content).read_all()

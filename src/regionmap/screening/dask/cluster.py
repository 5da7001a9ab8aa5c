"""A Dask cluster: a local one, or one that runs elsewhere; what is asked of its workers, and when it is given up."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from regionmap.errors import MissingExtraError
from regionmap.i18n import t, word_list
from regionmap.screening.messages import ScreeningError
from regionmap.version import __version__

try:
    import dask
    import distributed
except ModuleNotFoundError:
    raise MissingExtraError.of(t("the Dask engine"), "dask") from None

__all__ = ["check_workers", "connected", "distributed", "first_line", "idle_because"]
CONNECT_SECONDS = 20
IDLE_SECONDS = 30
"""So long a cluster may be without any worker that can work, while there is work, before it is given up."""
_LOGGERS = re.compile(r"(distributed|tornado|asyncio)(\.|$)")
ALLOWED_LOSSES = 10
"""Workers of a cluster of ours that may be lost over one task."""


@contextmanager
def connected(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    """Give a client of a cluster.

    Args:
        scheduler: the address of a running scheduler, ``tcp://host:port``; without one, a cluster is started on this
            machine and ended with the run.
        workers: of a cluster on this machine, processes of one thread each; as many as there are cores without it.

    Raises:
        InputError: no scheduler answers.
    """
    # A chunk is some megabytes and goes with its task on purpose.
    settings = {
        "distributed.admin.large-graph-warning-threshold": "1GB",
        "distributed.scheduler.allowed-failures": ALLOWED_LOSSES,
        "distributed.comm.timeouts.connect": CONNECT_SECONDS,
        # By default a worker has the system's allocator give back every 64 kB that is freed, and take them again: for
        # the columns of chunks, a fifth of its time.
        "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1, "MKL_NUM_THREADS": 1},
        "distributed.worker.profile.enabled": False,  # looks at the threads a hundred times a second
    }
    with dask.config.set(settings), _quiet():
        if scheduler is None:
            with (
                distributed.LocalCluster(
                    n_workers=workers or distributed.system.CPU_COUNT,
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",
                    silence_logs=logging.CRITICAL,  # in its processes too
                ) as cluster,
                distributed.Client(cluster) as client,
            ):
                yield client
            return
        try:
            client = distributed.Client(scheduler, timeout=CONNECT_SECONDS)
        except (OSError, ValueError, TypeError) as error:
            raise ScreeningError(
                t("no Dask scheduler answers at {address}: {why}", address=scheduler, why=first_line(error))
            ) from None
        with client:
            yield client


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library from telling of lost connections, with tracebacks: the error of the run says it in a line."""
    known = [logging.getLogger(name) for name in logging.root.manager.loggerDict if _LOGGERS.match(name)]
    levels = [one.level for one in known]
    for one in known:
        one.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for one, level in zip(known, levels, strict=True):
            one.setLevel(level)


def check_workers(client: Any) -> None:
    """See that a cluster has workers, and that they have this version of regionmap.

    Raises:
        InputError: it has none, or they have another or none.
    """
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
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
                versions=word_list(sorted(versions)), version=__version__,
            )
        )  # fmt: skip


def idle_because(workers: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Return why no worker of a cluster works or will: ``none``, or ``paused``; None where one does.

    A worker pauses at 80 % of its memory. It ends the task that it is at, but begins no other: where what it holds
    without any task is more, it would wait for ever.
    """
    if not workers:
        return "none"
    if all(one["status"] == "paused" and not _is_at_work(one["metrics"]) for one in workers.values()):
        return "paused"
    return None


def _is_at_work(metrics: Mapping[str, Any]) -> bool:
    counts = metrics.get("task_counts", metrics)
    return bool(counts.get("executing") or counts.get("long-running"))


def first_line(error: BaseException) -> str:
    """Return what an error says, short."""
    return (str(error).splitlines() or [type(error).__name__])[0][:160]


def _version() -> str:
    return __version__

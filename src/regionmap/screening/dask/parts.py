"""Parts judged on a Dask cluster: each worker reads its own parts and writes their results.

Only names, counts and notes travel. All tasks are with the scheduler from the start, so that workers that join later
get their share, and that of a worker that is lost goes to others: a part is begun again as if nothing had been.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from regionmap.api import Regionmap
from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.model import Text
from regionmap.screening.collector import paused
from regionmap.screening.dask import cluster
from regionmap.screening.dask.cluster import check_workers, connected, distributed, first_line, idle_because
from regionmap.screening.dask.shipping import Sent, judge_of
from regionmap.screening.messages import ScreeningError
from regionmap.screening.parts.listing import Part
from regionmap.screening.parts.plan import Done, Failed, Outcome, Plan, R, Rows, Runner, Runners, T
from regionmap.screening.parts.work import judge_part
from regionmap.version import __version__

_POLL_SECONDS = 0.05
_LOOK_SECONDS = 2.0
"""How often it is looked whether some worker works, while no task ends."""
_DEADLY = 3
"""Parts that may end all workers that try them before the run is given up; one, as long as none is done."""


def run_on_dask(scheduler: str | None = None, workers: int | None = None) -> Runners:
    """Return what gives a cluster that does the work; see ``cluster.connected``."""

    @contextmanager
    def runners() -> Iterator[Runner]:
        with connected(scheduler, workers) as client, on_client(client) as runner:
            yield runner

    return runners


@contextmanager
def on_client(client: Any) -> Iterator[Runner]:
    """Give the workers of a client of ``distributed`` as those that do the work.

    Raises:
        InputError: the cluster has no workers, another version of regionmap, or is lost.
    """
    check_workers(client)
    try:
        yield _OnDask(client)
    except (OSError, distributed.client.CancelledError) as error:
        if isinstance(error, InputError):
            raise
        raise ScreeningError(
            t("the Dask scheduler was lost ({why}): the same command with --resume goes on", why=first_line(error))
        ) from None


class _OnDask:
    """Does the work of a run on a cluster."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def each(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, R]]:
        """See ``Runner``."""
        for number, future in self._ended(function, [items], f"regionmap-{uuid.uuid4().hex}"):
            try:
                yield number, self._result(future)
            except distributed.KilledWorker as error:
                raise ScreeningError(_over_and_over(error)) from None

    def judge(self, rm: Regionmap, plan: Plan, parts: Sequence[Part], rows: Rows) -> Iterator[tuple[int, Outcome]]:
        """See ``Runner``; the rows of a part are told when it is done."""
        run = f"regionmap-{uuid.uuid4().hex}"
        self._client.register_plugin(Sent(run, rm, plan.options, plan), name=run)
        done = deadly = 0
        try:
            for number, future in self._ended(_judge, [[run] * len(parts), [__version__] * len(parts), parts], run):
                try:
                    outcome = self._result(future)
                except distributed.KilledWorker as error:
                    deadly += 1
                    if not done or deadly >= _DEADLY:
                        raise ScreeningError(_over_and_over(error)) from None
                    outcome = Failed(
                        t(
                            "{file}: every worker that tried it was lost, the last at {address}: they may have too "
                            "little memory",
                            file=parts[number].name, address=error.last_worker.address,
                        )
                    )  # fmt: skip
                if isinstance(outcome, Done):
                    done += 1
                    rows(outcome.record["output"]["rows"])
                yield number, outcome
        finally:
            if self._client.status == "running":
                self._client.unregister_worker_plugin(run)

    def _ended(
        self, function: Callable[..., Any], arguments: Sequence[Sequence[Any]], run: str
    ) -> Iterator[tuple[int, Any]]:
        """Submit a task for each item, and yield those that have ended with their numbers."""
        keys = [f"{run}-{number}" for number in range(len(arguments[0]))]
        futures = self._client.map(function, *arguments, key=keys, pure=False)
        number_of = {key: number for number, key in enumerate(keys)}
        ended = distributed.as_completed(futures, raise_errors=False)
        watch = _Watch(self._client)
        try:
            while not ended.is_empty():
                batch = ended.next_batch(block=False)
                for future in batch:
                    yield number_of[future.key], future
                if batch:
                    watch = _Watch(self._client)
                else:
                    time.sleep(_POLL_SECONDS)
                    watch.look()
        finally:
            if self._client.status == "running":
                self._client.cancel(futures)

    def _result(self, future: Any) -> Any:
        """Return what a task returned; where the worker that held it was lost, wait until another has done it."""
        watch = _Watch(self._client)
        while True:
            try:
                return future.result(timeout=_LOOK_SECONDS)
            except (InputError, distributed.KilledWorker, distributed.client.CancelledError):
                raise
            except TimeoutError:
                watch.look()
            except OSError:  # the way to the cluster
                raise
            except Exception as error:  # whatever a worker runs into: no memory, other versions of libraries
                raise ScreeningError(
                    t(
                        "a worker failed over a part ({why}): the same command with --resume goes on",
                        why=first_line(error),
                    )
                ) from None


class _Watch:
    """Looks from time to time, while no task ends, whether any worker works."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._looked = self._worked = time.monotonic()

    def look(self) -> None:
        """See that some worker works or will.

        Raises:
            InputError: none has for ``IDLE_SECONDS``.
        """
        now = time.monotonic()
        if now - self._looked < _LOOK_SECONDS:
            return
        self._looked = now
        # Not scheduler_info(), of which some versions tell of five workers alone.
        workers = self._client.sync(self._client.scheduler.identity)["workers"]
        why = idle_because(workers)
        if why is None:
            self._worked = now
        if now - self._worked < cluster.IDLE_SECONDS:
            return
        if why == "none":
            raise ScreeningError(
                t(
                    "the Dask cluster has lost all its workers: start new ones, and the same command with --resume "
                    "goes on"
                )
            )
        limit = min(one["memory_limit"] or 0 for one in workers.values())
        raise ScreeningError(
            t(
                "all workers have paused, since their memory is full ({limit} MB each): give them more, and the same "
                "command with --resume goes on",
                limit=f"{limit / 1e6:,.0f}",
            )
        )


def _over_and_over(error: Any) -> Text:
    return t(
        "workers were lost over and over at one task, the last at {address}: they may have too little memory; the same "
        "command with --resume goes on",
        address=error.last_worker.address,
    )


def _judge(run: str, version: str, part: Part) -> Outcome:
    """Make the result of a part on a worker."""
    if version != __version__:  # one that joined after all were asked
        raise ScreeningError(
            t(
                "the workers have regionmap {versions}, this machine {version}: install the same version everywhere",
                versions=__version__, version=version,
            )
        )  # fmt: skip
    ready = judge_of(run)
    with paused():  # or it looks over the whole catalogue while a part is written, too
        return judge_part(ready.common, part, ready.judge, lambda rows: None)

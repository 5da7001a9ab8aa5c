"""What judges on the workers: sent to each once, so that all judge by the files of the machine that asks."""

from __future__ import annotations

import io
import pickle
import threading
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from regionmap.api import Regionmap
from regionmap.places.index.grid import CountyGrid
from regionmap.places.index.locator import Locator
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.resources import geo_file
from regionmap.screening.collector import paused
from regionmap.screening.county_index import CountyIndex
from regionmap.screening.dask.cluster import distributed
from regionmap.screening.judge import Judge, Judged
from regionmap.screening.options import Options

_PLACE = "regionmap_runs"


class Sent(distributed.WorkerPlugin):  # type: ignore[misc]
    """Puts a judge on every worker of the cluster, also on one that joins later, and takes it away again."""

    def __init__(self, run: str, rm: Regionmap, options: Options, common: Any = None) -> None:
        """Pack what a judge needs, under the name of a run; ``common`` is what its tasks need besides."""
        self.name, self._packed, self._common = run, _packed(rm, options), common

    def setup(self, worker: Any) -> None:
        """Keep it in its packed form: the first task unpacks it, off the worker's event loop."""
        worker.__dict__.setdefault(_PLACE, {})[self.name] = Ready(self._packed, self._common)

    def teardown(self, worker: Any) -> None:
        """Take it away."""
        worker.__dict__.get(_PLACE, {}).pop(self.name, None)


class Ready:
    """The judge of a worker; one thread at a time uses it."""

    def __init__(self, packed: bytes, common: Any) -> None:
        """Keep it packed until a chunk comes."""
        self.common = common
        self._packed = packed
        self._lock = threading.Lock()
        self._judge: Judge | None = None

    def judge(self, chunk: pa.Table) -> Judged:
        """Judge a chunk."""
        # A worker's collector looks over the catalogue again and again; a command's does not, see ``__main__``.
        with self._lock, paused():
            if self._judge is None:
                self._judge = _unpacked(self._packed)
            return self._judge.judge(chunk)


def judge_of(run: str) -> Ready:
    """Return the judge of a run on the worker that this runs on."""
    ready: Ready = getattr(distributed.get_worker(), _PLACE)[run]
    return ready


def _packed(rm: Regionmap, options: Options) -> bytes:
    """Return what a worker needs, as bytes."""
    counties = CountyIndex.load(rm.locator, many=options.many)
    grid = None if counties.grid is None else (counties.grid.cells, counties.grid.edges)
    boundaries = geo_file("counties.parquet").read_bytes()
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

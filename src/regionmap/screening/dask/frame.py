"""Screening of a Dask table: lazily, a partition at a time, wherever Dask computes it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa

from regionmap.api import Regionmap, parse_date
from regionmap.errors import InputError, called
from regionmap.i18n import t
from regionmap.lru import LRUCache
from regionmap.model import Action
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.resources import geo_file
from regionmap.rules.reading.arguments import parse_action, parse_datum
from regionmap.screening.collector import paused
from regionmap.screening.county_index import CountyIndex
from regionmap.screening.digests import digest_of
from regionmap.screening.frames import screen_frame
from regionmap.screening.judge import Judge, Judged
from regionmap.screening.messages import ScreeningError
from regionmap.screening.options import RESULTS, Options
from regionmap.version import __version__

_METRES = ("boundary_m", "province_line_m")
_KEPT_JUDGES = 4


def screen(
    sites: Any,
    *,
    industry: str | None = None,
    action: Action | str = Action.NEW,
    on: dt.date | str | None = None,
    datum: str = "wgs84",
    boundary: bool = False,
    columns: Mapping[str, str] | None = None,
    rm: Regionmap | None = None,
) -> Any:
    """Judge every row of a Dask table, as ``Regionmap.screen`` does of a pandas one; nothing is computed yet.

    The workers need the same version of regionmap; the catalogue goes with the tasks, boundaries are those of their
    installation, which must be the same.

    Args:
        sites: a ``dask.dataframe`` whose columns say where the sites are.
        industry: for all rows; without one, a column must name it.
        action: for rows without one.
        on: the day for rows without one; today without it, the same in all partitions.
        datum: of the columns of degrees, for rows without one.
        boundary: measure how far another answer is for every point, not only within 1,000 m.
        columns: the columns by what they hold, where their names do not tell.
        rm: what to judge by; the bundled catalogue without it.

    Returns:
        A ``dask.dataframe`` with the same index and partitions, and the columns that ``docs/screening.md`` tells.

    Raises:
        InputError: an argument cannot be used, or columns are not found.
    """
    if not hasattr(sites, "map_partitions") or not hasattr(sites, "_meta"):
        raise InputError(
            "{given} is not a Dask table: give a dask.dataframe, or use Regionmap.screen", given=called(sites)
        )
    rm = rm if rm is not None else Regionmap.load()
    if industry is not None:
        rm.subject(industry)
    day = dt.date.today() if on is None else parse_date(on)
    options = Options(
        day, industry, parse_action(action).value, parse_datum(datum).value, boundary, date_given=on is not None
    )
    work = _Partition(_Shipped.of(rm), options, dict(columns or {}))
    meta = work.typed(screen_frame(rm, sites._meta, options, work.named))
    return sites.map_partitions(work, meta=meta)


@dataclass(frozen=True)
class _Shipped:
    """A catalogue on its way to a worker, and what the worker must have itself."""

    version: str
    boundaries: str
    catalogue: bytes

    @classmethod
    def of(cls, rm: Regionmap) -> _Shipped:
        """Pack the catalogue of what is loaded."""
        plain = pickle.dumps(rm.catalogue, protocol=pickle.HIGHEST_PROTOCOL)
        packed = pa.compress(plain, codec="zstd", asbytes=True)
        return cls(__version__, _boundaries(), pickle.dumps((len(plain), packed)))

    def loaded(self) -> Regionmap:
        """Return it unpacked.

        Raises:
            InputError: this machine has another version of regionmap, or other boundaries.
        """
        if self.version != __version__ or self.boundaries != _boundaries():
            raise ScreeningError(
                t(
                    "the workers have regionmap {versions}, this machine {version}: install the same version "
                    "everywhere",
                    versions=__version__, version=self.version,
                )
            )  # fmt: skip
        size, packed = pickle.loads(self.catalogue)  # noqa: S301  (of the graph that this worker computes anyway)
        plain = pa.decompress(packed, decompressed_size=size, codec="zstd", asbytes=True)
        return Regionmap(pickle.loads(plain), Gazetteer.load())  # noqa: S301


@dataclass(frozen=True)
class _Partition:
    """Judges one partition; the judge that it makes serves all of this process that ask the same."""

    shipped: _Shipped
    options: Options
    named: Mapping[str, str]

    def __call__(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a partition with its results."""
        loaded = _LOADED.get(self.shipped, self.shipped.loaded)
        return self.typed(screen_frame(loaded, frame, self.options, self.named, _judge_kept))

    def typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table whose results have the same types whether it has rows or not."""
        text = pd.Series(["a"]).dtype
        return frame.astype({name: "float64" if name in _METRES else text for name in RESULTS})


class _OneAtATime:
    """A judge, which one thread at a time may use."""

    def __init__(self, rm: Regionmap, options: Options) -> None:
        self._judge = Judge(rm, CountyIndex.load(rm.locator, many=True), options)
        self._turn = threading.Lock()

    def judge(self, chunk: pa.Table) -> Judged:
        with self._turn, paused():
            return self._judge.judge(chunk)


_LOADED: LRUCache[_Shipped, Regionmap] = LRUCache(2)
_JUDGES: LRUCache[tuple[str, Options], _OneAtATime] = LRUCache(_KEPT_JUDGES)


def _judge_kept(rm: Regionmap, options: Options, chunks: Iterator[pa.Table]) -> Iterator[Judged]:
    """Judge chunks with a judge of this process, which keeps its answers for the next partition."""
    options = dataclasses.replace(options, many=True)
    kept = _JUDGES.get((rm.catalogue.version, options), lambda: _OneAtATime(rm, options))
    return map(kept.judge, chunks)


@cache
def _boundaries() -> str:
    return digest_of(geo_file("counties.parquet"))

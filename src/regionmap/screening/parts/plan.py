"""What all parts of a run have in common, and what became of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import pyarrow as pa

from regionmap.api import Regionmap
from regionmap.model import Text
from regionmap.screening.options import Options
from regionmap.screening.parts.listing import Part
from regionmap.screening.parts.storage import Storage

T = TypeVar("T")
R = TypeVar("R")
Rows = Callable[[int], None]
"""Told the rows of a part that are judged since it was last called."""


@dataclass(frozen=True)
class Plan:
    """How every part is judged, wherever that is.

    ``schema`` are the columns of the input, ``result`` those of every part of the result. ``state`` stands for all on
    which the bytes of a part's result depend besides the part itself. ``about`` is what the files say of the run.
    """

    source: Storage
    target: Storage
    folder: str
    options: Options
    encoding: str | None
    wanted: tuple[str, ...]
    schema: pa.Schema
    result: pa.Schema
    state: str
    about: Mapping[str, str]
    chunk: int
    resume: bool
    first_day: dt.date


@dataclass(frozen=True)
class Done:
    """A part whose result is written, now or by an earlier run, with its record."""

    record: dict[str, Any]
    kept: bool


@dataclass(frozen=True)
class Failed:
    """A part that has no result, and why."""

    why: Text


Outcome = Done | Failed


class Runner(Protocol):
    """Does the work of a run: in this process, or on a cluster."""

    def each(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, R]]:
        """Yield the results of a function with the numbers of their items, as they come."""

    def judge(self, rm: Regionmap, plan: Plan, parts: Sequence[Part], rows: Rows) -> Iterator[tuple[int, Outcome]]:
        """Judge parts; yield what became of each with its number, as they come."""


Runners = Callable[[], AbstractContextManager[Runner]]
"""Gives the one that does the work, once it is known that there is some."""

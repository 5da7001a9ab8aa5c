"""Named areas with dated definitions, and places as documents print them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from regionmap.model.evidence import Evidence
from regionmap.model.text import Text


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a document prints it, with the adcodes of today that it stands for."""

    printed: str
    codes: tuple[str, ...]
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A dated list of the units of a region, taken from one item of one source.

    ``open``: the printed list ends in 等, so a place that is not printed is "not named", not "excluded".
    ``union_of``: ids of regions whose definitions of the same source together make this one.
    """

    source: str
    item: str
    in_force_from: dt.date
    in_force_until: dt.date | None
    open: bool
    quote: str
    evidence: Evidence
    members: tuple[Place, ...]
    union_of: tuple[str, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class Region:
    """A named area with one or more dated definitions."""

    id: str
    name: Text
    kind: Literal["key-region", "key-basin", "economic-region", "other"]
    definitions: tuple[Definition, ...]
    file: str

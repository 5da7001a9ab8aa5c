"""Codes of units of today that older tables gave to another place."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from regionmap.resources import geo_dir


@dataclass(frozen=True, slots=True)
class FormerHolder:
    """Who had a code in the tables before a year; ``now`` are the codes of the same place today, if it has any."""

    name: str
    now: tuple[str, ...]
    before: str


@cache
def former_holders() -> Mapping[str, FormerHolder]:
    """Return by code the place that had it before the unit of today."""
    with (geo_dir() / "reused_codes.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            row["code"]: FormerHolder(row["name"], tuple(row["codes_of_name"].split()), row["before"])
            for row in csv.DictReader(file)
        }

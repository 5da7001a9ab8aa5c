"""What is kept of a finished run, for this session alone: the rows in compact form, the counts, and what the map needs.

The rows are one Parquet file in memory (zstd, columns of repeated words as dictionaries): some 30 bytes a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regionmap.screening.options import WGS84_LAT, WGS84_LON

MOST_POINTS = 3_000
"""Rows that are drawn one by one; more are counted by area."""
ROW = "__regionmap_row"
"""The number of a row in its file, from 1, in tables of ``Result.rows``."""


@dataclass(frozen=True)
class Site:
    """A judged row for the map: its number in the file, a point (WGS-84 degrees) or None, verdict, units."""

    row: int
    point: tuple[float, float] | None
    verdict: str
    units: str


@dataclass(frozen=True)
class Result:
    """A finished run.

    ``columns`` are those of the file; ``asked`` is all that it was asked by; ``areas`` counts verdicts by the adcode of
    a prefecture-level unit, or of a province for rows that name no more; ``sites`` is None where there are too many.
    """

    name: str
    columns: tuple[str, ...]
    asked: Any
    summary: Mapping[str, Any]
    rows_in_parquet: pa.Buffer
    areas: Mapping[str, Mapping[str, int]]
    sites: tuple[Site, ...] | None
    id: str

    def parts(self) -> Iterator[pa.Table]:
        """Read the judged chunks, one at a time, with their columns for layers."""
        file = pq.ParquetFile(pa.BufferReader(self.rows_in_parquet))
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, use_threads=False)

    def rows(self, verdict: str = "", reason: str = "", most: int = 200) -> pa.Table:
        """Return the first rows with a verdict or a kind of reason, or of all, with their number as ``ROW``."""
        file = pq.ParquetFile(pa.BufferReader(self.rows_in_parquet))
        found: list[pa.Table] = []
        before = count = 0
        for number in range(file.num_row_groups):
            if count >= most:
                break
            told = file.read_row_group(number, columns=["verdict", "reason"], use_threads=False)
            at = _matching(told, verdict, reason)[: most - count]
            if len(at):
                part = file.read_row_group(number, use_threads=False).take(at)
                found.append(part.append_column(ROW, pc.add(at, before + 1)))
                count += len(at)
            before += told.num_rows
        return pa.concat_tables(found) if found else pa.table({ROW: pa.array([], pa.int64())})


def _matching(told: pa.Table, verdict: str, reason: str) -> pa.Array:
    if verdict:
        mask = pc.equal(told["verdict"], verdict)
    elif reason:
        written = told["reason"].cast(pa.string())  # coded where most rows have none, and codes have no kernel for this
        mask = pc.match_substring_regex(written, f"^{re.escape(reason)}[.:]")
    else:
        return pa.array(range(told.num_rows), pa.int64())
    return pc.indices_nonzero(mask).cast(pa.int64())


class Keeper:
    """Takes judged chunks as they come, and keeps them in compact form."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._sink = pa.BufferOutputStream()
        self._writer: pq.ParquetWriter | None = None
        self._areas: dict[str, Counter[str]] = {}
        self._sites: list[Site] | None = []
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        """Keep a chunk."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._sink, table.schema, compression="zstd", compression_level=3)
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))
        self._count(table)
        self._collect(table)
        self._rows += table.num_rows

    def close(self) -> tuple[pa.Buffer, dict[str, dict[str, int]], tuple[Site, ...] | None]:
        """Return the rows as Parquet, verdicts by area, and the rows for the map, None if there are too many."""
        if self._writer is not None:
            self._writer.close()
        areas = {code: dict(counts) for code, counts in self._areas.items()}
        return self._sink.getvalue(), areas, None if self._sites is None else tuple(self._sites)

    def _count(self, table: pa.Table) -> None:
        keys = ["prefecture_code", "province_code", "verdict"]
        for one in table.select(keys).group_by(keys).aggregate([([], "count_all")]).to_pylist():
            if one["verdict"]:
                code = (one["prefecture_code"] or one["province_code"]).split("; ")[0]
                self._areas.setdefault(code, Counter())[one["verdict"]] += one["count_all"]

    def _collect(self, table: pa.Table) -> None:
        if self._sites is None:
            return
        if self._rows + table.num_rows > MOST_POINTS:
            self._sites = None
            return
        rows = zip(*(table[name].to_pylist() for name in (WGS84_LON, WGS84_LAT, "verdict", "unit_code")), strict=True)
        for number, (lon, lat, verdict, units) in enumerate(rows, self._rows + 1):
            if verdict:
                self._sites.append(Site(number, None if lon is None else (lon, lat), verdict, units))

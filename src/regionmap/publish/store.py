"""A published layer in memory: which rows a request means, and each of them as a GeoJSON feature.

Many rows share a shape (a city in fifty rules, the whole country in hundreds), so that shapes are held once.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

GEOMETRY = "geometry"
KEY = "id"
FIRST_DAY, LAST_DAY = "in_force_from", "in_force_until"
DECIMALS = 6
_KEPT_SHAPES = 256
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


class Store:
    """The rows of one GeoParquet file that ``regionmap export`` or ``regionmap publish`` wrote."""

    def __init__(self, path: Path) -> None:
        """Read a file; its order is the order of answers."""
        table = pq.read_table(path, read_dictionary=[GEOMETRY])
        shapes = table.column(GEOMETRY).unify_dictionaries().combine_chunks()
        self.table = table.select([one for one in table.column_names if one not in {GEOMETRY, "bbox"}]).combine_chunks()
        self._shape_of: Any = pc.fill_null(shapes.indices, -1).to_numpy(zero_copy_only=False)
        self._shapes = shapely.from_wkb(shapes.dictionary.to_numpy(zero_copy_only=False))
        self._tree = shapely.STRtree(self._shapes)
        self._row_of = {key: row for row, key in enumerate(self.table.column(KEY).to_pylist())}
        self._geojson = functools.lru_cache(_KEPT_SHAPES)(self._make_geojson)

    def rows(
        self,
        boxes: Sequence[tuple[float, float, float, float]] = (),
        moments: tuple[dt.date | None, dt.date | None] = (None, None),
        equal: Iterable[tuple[str, str]] = (),
        sort: Sequence[tuple[str, str]] = (),
    ) -> Any:
        """Return the numbers of the rows that pass every filter, in the file's order or sorted.

        Args:
            boxes: west, south, east, north; the row's own shape, not its box, meets one of them.
            moments: first and last day; the row's first to last day have a day in common with them. A day that a row
                does not know, and a layer without days, hold nothing against it.
            equal: columns and the text of their values: ``true`` or ``false`` for flags, YYYY-MM-DD for days.
            sort: columns and ``ascending`` or ``descending``; rows without a value come last, equal ones in order.

        Raises:
            ValueError: there is no such column, or the value is none of its type.
        """
        kept = np.ones(self.table.num_rows, bool)
        if boxes:
            met = self._tree.query([shapely.box(*one) for one in boxes], predicate="intersects")[1]
            kept &= np.isin(self._shape_of, met)
        begin, end = moments
        if FIRST_DAY in self.table.column_names:
            if end is not None:
                kept &= _true(pc.less_equal(self.table.column(FIRST_DAY), pa.scalar(end)), unknown=True)
            if begin is not None:
                kept &= _true(pc.greater_equal(self.table.column(LAST_DAY), pa.scalar(begin)), unknown=True)
        for name, value in equal:
            kept &= _true(pc.equal(self._column(name), self._value(name, value)), unknown=False)
        found = np.flatnonzero(kept)
        if sort:
            for name, _order in sort:
                self._column(name)
            part = self.table.select([name for name, _order in sort]).take(pa.array(found))
            found = found[pc.sort_indices(part, sort_keys=list(sort)).to_numpy()]
        return found

    def row(self, key: str) -> int | None:
        """Return the number of the row with a key; None where there is none."""
        return self._row_of.get(key)

    def features(self, rows: Any, columns: Iterable[str] = (), *, geometry: bool = True) -> list[dict[str, Any]]:
        """Return rows as GeoJSON features, with all columns or only some."""
        wanted = [one for one in columns if one != KEY] or [one for one in self.table.column_names if one != KEY]
        records = self.table.select([KEY, *wanted]).take(pa.array(rows, pa.int64())).to_pylist()
        return [
            {
                "type": "Feature",
                "id": record.pop(KEY),
                "geometry": self._geojson(int(self._shape_of[row])) if geometry else None,
                "properties": {
                    name: value.isoformat() if isinstance(value, dt.date) else value for name, value in record.items()
                },
            }
            for row, record in zip(rows, records, strict=True)
        ]

    def bounds(self) -> tuple[float, float, float, float] | None:
        """Return west, south, east, north of all shapes; None where no row has one."""
        if not len(self._shapes):
            return None
        west, south, east, north = (float(one) for one in shapely.total_bounds(self._shapes))
        return west, south, east, north

    def days(self) -> tuple[dt.date | None, dt.date | None] | None:
        """Return the first and the last day of all rows, None for one that some row leaves open; None without days."""
        if FIRST_DAY not in self.table.column_names:
            return None
        first, last = self.table.column(FIRST_DAY), self.table.column(LAST_DAY)
        return (
            pc.min(first).as_py() if not first.null_count else None,
            pc.max(last).as_py() if not last.null_count else None,
        )

    def _column(self, name: str) -> Any:
        if name not in self.table.column_names:
            raise ValueError(f"no property is called '{name}': choose from {', '.join(self.table.column_names)}")
        return self.table.column(name)

    def _value(self, name: str, text: str) -> Any:
        kind = self.table.schema.field(name).type
        try:
            if pa.types.is_boolean(kind):
                return pa.scalar(_FLAGS[text.lower()])
            if pa.types.is_date(kind):
                return pa.scalar(dt.date.fromisoformat(text))
        except (KeyError, ValueError):
            right = "true or false" if pa.types.is_boolean(kind) else "a day, YYYY-MM-DD"
            raise ValueError(f"{name}={text} is not {right}") from None
        return pa.scalar(text)

    def _make_geojson(self, shape: int) -> dict[str, Any] | None:
        """A shape as RFC 7946 has it: right-handed rings, at most six decimals."""
        if shape < 0:
            return None
        rounded = shapely.set_precision(self._shapes[shape], 10.0**-DECIMALS, mode="pointwise")
        made: dict[str, Any] = json.loads(shapely.to_geojson(shapely.orient_polygons(rounded)))
        return made


def open_store(path: Path) -> Store:
    """Return the store of a file; kept as long as the file is the same."""
    stat = path.stat()
    return _open(path.resolve(), stat.st_mtime_ns, stat.st_size, stat.st_ino)


@functools.lru_cache(64)
def _open(path: Path, *_same: int) -> Store:
    return Store(path)


def _true(found: Any, *, unknown: bool) -> Any:
    return pc.fill_null(found, unknown).combine_chunks().to_numpy(zero_copy_only=False)

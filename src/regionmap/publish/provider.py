"""What pygeoapi reads a published layer with: a provider of its own kind, named in the configuration by its path.

Stock providers were tried (pygeoapi 0.21) and none answers all that clients ask. GeoJSON and SQLiteGPKG pass over
``datetime``, Parquet and GeoJSON over ``filter``, and then answer with everything; Parquet's ``bbox`` leaves out areas
that the box cuts, and its ids are places in the answer; SQLiteGPKG needs an extension of SQLite that many Pythons
cannot load. None knows that a rule holds *from* a day *until* another. This one filters by both days, by the true shape
and by every column, keeps the keys of the files, and refuses (400) what it does not know instead of passing over it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

import pyarrow as pa
from pygeoapi.provider.base import BaseProvider, ProviderInvalidQueryError, ProviderItemNotFoundError

try:  # in newer versions, which need Python 3.12, in a module of its own
    from pygeoapi.crs import crs_transform
except ImportError:
    from pygeoapi.util import crs_transform

from regionmap.publish.moments import read_moments
from regionmap.publish.store import KEY, open_store

CONFIGURATION_VARIABLE = "PYGEOAPI_CONFIG"
_TYPES = {"string": {"type": "string"}, "bool": {"type": "boolean"}, "date": {"type": "string", "format": "date"}}

F = TypeVar("F", bound=Callable[..., dict[str, Any]])


def _in_crs(answer: F) -> F:
    """Let pygeoapi bring an answer into the CRS that was asked for."""
    return cast(F, crs_transform(answer))


class LayerProvider(BaseProvider):  # type: ignore[misc]  # pygeoapi has no types
    """Features of a layer that ``regionmap publish`` wrote."""

    def __init__(self, provider_def: dict[str, Any]) -> None:
        """Open the layer at ``data``: a path, which begins at the folder of pygeoapi's configuration."""
        super().__init__(provider_def)
        beside = Path(os.environ.get(CONFIGURATION_VARIABLE, "")).parent
        self._store = open_store(beside / self.data)
        self.id_field = KEY
        self.get_fields()

    def get_fields(self) -> dict[str, dict[str, str]]:
        """Return the columns with their JSON types."""
        self._fields = {one.name: dict(_TYPES[_kind(one.type)]) for one in self._store.table.schema}
        return self._fields

    @_in_crs
    def query(
        self,
        offset: int = 0,
        limit: int = 10,
        resulttype: str = "results",
        bbox: list[float] | None = None,
        datetime_: str | None = None,
        properties: list[tuple[str, str]] | None = None,
        sortby: list[dict[str, str]] | None = None,
        select_properties: list[str] | None = None,
        skip_geometry: bool = False,
        q: str | None = None,
        filterq: Any = None,
        **_unused: Any,
    ) -> dict[str, Any]:
        """Return a page of the features that pass every filter, and how many there are; see ``Store.rows``.

        Raises:
            ProviderInvalidQueryError: a filter that this provider does not know, or a value of another type.
        """
        if filterq is not None or q is not None:
            _refuse("filter and q are not known here: filter with datetime, bbox and name=value")
        try:
            rows = self._store.rows(
                _boxes(bbox or []),
                read_moments(datetime_) if datetime_ else (None, None),
                properties or [],
                [(one["property"], "descending" if one["order"] == "-" else "ascending") for one in sortby or []],
            )
        except ValueError as error:
            _refuse(str(error))
        page = rows[offset : offset + limit] if resulttype != "hits" else rows[:0]
        features = self._store.features(page, select_properties or [], geometry=not skip_geometry)
        return {
            "type": "FeatureCollection",
            "features": features,
            "numberMatched": len(rows),
            "numberReturned": len(features),
        }

    @_in_crs
    def get(self, identifier: str, **_unused: Any) -> dict[str, Any]:
        """Return the feature with a key.

        Raises:
            ProviderItemNotFoundError: there is none.
        """
        row = self._store.row(identifier)
        if row is None:
            raise ProviderItemNotFoundError(f"no feature has the id {identifier}")
        return self._store.features([row])[0]

    def get_domains(self, properties: list[str] | None = None, current: bool = False) -> tuple[dict[str, Any], bool]:
        """Return the values that columns hold, few or many."""
        names = properties or list(self.get_fields())
        table = self._store.table.select(names)
        values = {one: table.column(one).unique().drop_null().to_pylist() for one in names}
        return {name: sorted(str(value) for value in found) for name, found in values.items()}, True

    def __repr__(self) -> str:
        """Return what is read."""
        return f"<LayerProvider> {self.data}"


def _kind(kind: Any) -> str:
    return "date" if pa.types.is_date(kind) else "bool" if pa.types.is_boolean(kind) else "string"


def _boxes(bbox: list[float]) -> list[tuple[float, float, float, float]]:
    """A box as boxes: one that crosses the meridian of 180° is two (RFC 7946, 5.2); heights are passed over."""
    if not bbox:
        return []
    half = len(bbox) // 2
    west, south, east, north = bbox[0], bbox[1], bbox[half], bbox[half + 1]
    if west <= east:
        return [(west, south, east, north)]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]


def _refuse(words: str) -> NoReturn:
    raise ProviderInvalidQueryError(words, user_msg=words)

"""Rows of a layer as a GeoDataFrame: fixed types, a key for each feature, true boundaries, and what the layer is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from regionmap.api import Regionmap
from regionmap.errors import MissingExtraError
from regionmap.i18n import t
from regionmap.output.layers.schema import SCHEMAS, Column
from regionmap.resources import ATTRIBUTION, geo_file
from regionmap.rules.matching.places import OUT_OF_SCOPE
from regionmap.version import __version__

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

COUNTRY = "100000"
POINT = "point"
"""The key of a row that is drawn as a point (longitude and latitude in degrees), or as nothing when it is None."""
ABOUT = "regionmap"
"""Under this key of ``attrs`` a layer says what it is; files carry the same words."""
Row = dict[str, Any]
_KEYS: dict[str, tuple[str, ...]] = {
    "units": ("code",),
    "key-regions": ("region", "in_force_from", "code", "printed"),
    "key-basins": ("region", "in_force_from", "code", "printed"),
    "restricted-capacity": ("provision", "region", "code", "printed"),
    "pilots": ("programme", "batch", "code", "printed"),
    "transfer-destinations": ("code", "provision", "list", "printed", "reading"),
}
"""What tells the features of a layer apart."""


def frame(
    rm: Regionmap, layer: str, rows: Iterable[Row], on: dt.date | None, asked: dict[str, str | None]
) -> gpd.GeoDataFrame:
    """Return rows as a layer.

    Args:
        rm: what the rows came from.
        layer: the layer's name, a key of ``SCHEMAS``.
        rows: values by column; a column that is not named is empty.
        on: the date asked for, None for the whole history.
        asked: further filters of the question, for what the layer says of itself.
    """
    MissingExtraError.require("geopandas", t("a layer"), "gis")
    import geopandas as gpd
    import shapely

    listed = [row | {"date": on, "catalogue": rm.catalogue.version, "attribution": ATTRIBUTION} for row in rows]
    _name(layer, listed)
    table = typed(listed, SCHEMAS[layer])
    shapes = Shapes(rm, on)
    geometry = [
        shapes.of(row["code"]) if POINT not in row else shapely.Point(row[POINT]) if row[POINT] is not None else None
        for row in listed
    ]
    made = gpd.GeoDataFrame(table, geometry=gpd.array.from_shapely(geometry), crs="EPSG:4326")
    made.attrs[ABOUT] = about(rm, layer, listed, on, asked)
    return made


def typed(rows: list[Row], columns: tuple[Column, ...]) -> pd.DataFrame:
    """Return rows as a table whose columns have the types of a schema, also where all are empty."""
    import pandas as pd
    import pyarrow as pa

    types = {"text": pa.string(), "date": pa.date32(), "flag": pa.bool_()}
    return pd.DataFrame(
        {
            one.name: pd.Series(
                pd.arrays.ArrowExtensionArray(pa.array([row.get(one.name) for row in rows], types[one.kind]))
            )
            for one in columns
        }
    )


def about(
    rm: Regionmap, layer: str, rows: Iterable[Row], on: dt.date | None, asked: dict[str, str | None]
) -> dict[str, Any]:
    """Return what a file says of itself: what it is, for which day, from which catalogue, whose the boundaries are."""
    numbers = {str(row["number"]) for row in rows if row.get("number")}
    as_of = rm.catalogue.as_of
    return {
        "layer": layer,
        "date": on.isoformat() if on is not None else None,
        "filters": {name: value for name, value in asked.items() if value is not None},
        "catalogue": rm.catalogue.version,
        "as_of": as_of.isoformat() if as_of is not None else None,
        "program": f"regionmap {__version__}",
        "sources": sorted(numbers),
        "attribution": ATTRIBUTION,
        "licence": "MIT",
        "crs": "EPSG:4326",
    }


def _name(layer: str, rows: list[Row]) -> None:
    """Give every row its key: what tells it apart, and a number where the same is said twice."""
    seen: Counter[str] = Counter()
    for row in rows:
        parts = [str(row.get(name) or "-") for name in _KEYS[layer]]
        key = "/".join((layer, *parts)) if layer != "units" else f"units/{row['code']}"
        seen[key] += 1
        row["id"] = key if seen[key] == 1 else f"{key}/{seen[key]}"


class Shapes:
    """Shapes of units of any level, put together from the counties so that all levels share their edges."""

    def __init__(self, rm: Regionmap, on: dt.date | None = None) -> None:
        """Read the counties; with a date, a city has those that lay in it then."""
        MissingExtraError.require("geopandas", t("a table with boundaries"), "gis")
        import geopandas as gpd

        self._counties = rm.gazetteer.counties if on is None else rm.gazetteer.on(on).lowest
        self._rm = rm
        counties = gpd.read_parquet(geo_file("counties.parquet"), columns=["code", "geometry"])
        self._county = dict(zip(counties["code"], counties.geometry, strict=True))
        self._made: dict[str, Any] = {}

    def of(self, code: str) -> Any:
        """Return the shape of a unit, or of the mainland for the country's code."""
        import shapely

        if code not in self._made:
            codes = self._mainland() if code == COUNTRY else self._counties(code)
            parts = [self._county[one] for one in codes]
            self._made[code] = parts[0] if len(parts) == 1 else shapely.coverage_union_all(parts)
        return self._made[code]

    def _mainland(self) -> list[str]:
        return [one for one in self._county if self._rm.gazetteer.province(one).code not in OUT_OF_SCOPE]

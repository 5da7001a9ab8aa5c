"""Layers as GeoDataFrames with true boundaries: units, key regions and basins, rules, pilots, destinations.

All are in WGS-84 (EPSG:4326); the boundaries are CGCS2000, which is the same to well under a metre. The columns of each
are in ``schema``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from regionmap.api import Regionmap
from regionmap.errors import Argument, InputError
from regionmap.i18n import t, word_list
from regionmap.output.layers import destinations, pilots, rules
from regionmap.output.layers.frame import Row, frame
from regionmap.output.layers.schema import SCHEMAS
from regionmap.rules.reading.texts import require_no_bytes
from regionmap.rules.transfer.answers import TransferAnswer

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

WITH_INDUSTRY = ("restricted-capacity", "transfer-destinations")


def make_layer(
    rm: Regionmap, layer: str, on: dt.date, industry: str | None = None, *, history: bool = False
) -> gpd.GeoDataFrame:
    """Return a layer on a date, one row for each unit and provision (or list).

    Args:
        rm: the loaded catalogue and places.
        layer: units, key-regions, key-basins, restricted-capacity, pilots or transfer-destinations.
        on: the date; only lists in use and provisions in force on it are in the layer. Pilots whose term is over stay
            in theirs: the column ``status`` says so.
        industry: for restricted-capacity, only rules that reach this industry; transfer-destinations needs one.
        history: all lists and provisions, each with its first and last day, whatever the date.

    Returns:
        Columns as in ``SCHEMAS[layer]`` and a geometry (EPSG:4326); ``attrs["regionmap"]`` says what it is.

    Raises:
        InputError: an industry was given for a layer that has none, or is missing where one is needed; the layer has
            no history.
    """
    if layer not in SCHEMAS:
        require_no_bytes(layer, t("layer"), next(iter(SCHEMAS)))
        raise InputError("no layer is called '{layer}': choose from {choices}", layer=layer, choices=word_list(SCHEMAS))
    if industry is None and layer == "transfer-destinations":
        raise InputError(
            "the layer transfer-destinations needs an industry: add one, such as {industry}",
            industry=Argument("industry", "纺织"),
        )
    if industry is not None and layer not in WITH_INDUSTRY:
        raise InputError(
            "the layer {layer} has no industries: leave {industry} out, or export restricted-capacity",
            layer=layer, industry=Argument("industry"),
        )  # fmt: skip
    if history and layer not in {"key-regions", "key-basins", "restricted-capacity", "pilots"}:
        raise InputError(
            "the layer {layer} has no history: leave {history} out, and give a {date}",
            layer=layer, history=Argument("history"), date=Argument("on", option="--date"),
        )  # fmt: skip
    day = None if history else on
    makers: dict[str, Callable[[], Iterable[Row]]] = {
        "units": lambda: rules.unit_rows(rm, on),
        "key-regions": lambda: rules.region_rows(rm, "key-region", day),
        "key-basins": lambda: rules.region_rows(rm, "key-basin", day),
        "restricted-capacity": lambda: rules.restricted_rows(rm, day, industry),
        "pilots": lambda: pilots.pilot_rows(rm, day),
        "transfer-destinations": lambda: destinations.destination_rows(rm, industry or "", on),
    }
    return frame(rm, layer, makers[layer](), day, {"industry": industry})


def dissolve(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return one feature for each region (or provision and region), its units united; parts of units are kept whole.

    Columns that differ between the units of a feature are empty in it.
    """
    import shapely

    by = [one for one in ("provision", "programme", "batch", "list", "region", "in_force_from", "part") if one in layer]
    if not by:
        raise InputError(
            "the layer units has no regions to dissolve to: leave {dissolve} out", dissolve=Argument("dissolve")
        )
    rows = []
    for _, group in layer.groupby(by, dropna=False, sort=False):
        first = group.iloc[0].copy()
        for name in layer.columns:
            if name != "geometry" and group[name].nunique(dropna=False) > 1:
                first[name] = None
        shapes = group.geometry[group.geometry.notna()]
        polygons = shapes[shapes.geom_type != "Point"]
        first["geometry"] = shapely.union_all((polygons if len(polygons) else shapes).array) if len(shapes) else None
        first["id"] = _dissolved_key(group.iloc[0], by)
        rows.append(first)
    made = layer.iloc[:0].copy() if not rows else type(layer)(rows, crs=layer.crs)
    made = made.astype({name: layer[name].dtype for name in layer.columns if name != "geometry"})
    made.attrs = dict(layer.attrs)
    return made.reset_index(drop=True)


def _dissolved_key(row: pd.Series, by: Iterable[str]) -> str:
    """Return what tells a dissolved feature apart: layer, what it was put together by, and ``whole`` or ``part``."""
    import pandas as pd

    words = {name: "-" if pd.isna(row[name]) else str(row[name]) for name in by}
    words["part"] = {"True": "part", "False": "whole"}.get(words["part"], "-")
    return "/".join([row["id"].split("/")[0], *words.values()])


def answer_layer(rm: Regionmap, answer: TransferAnswer, codes: Iterable[str] | None = None) -> gpd.GeoDataFrame:
    """Return the destinations of an answer, or those of ``codes``, with the columns of transfer-destinations."""
    rows = destinations.answer_rows(rm, answer, codes)
    asked: dict[str, str | None] = {"industry": answer.subject.id, "from": answer.origin.code}
    return frame(rm, "transfer-destinations", rows, answer.date, asked)

"""The style of a layer in a GeoPackage, as QGIS keeps it: areas in the colours of the app."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from regionmap.model import Effect
from regionmap.output.palette import PALETTE, REGION_COLOURS
from regionmap.output.patterns import PILOT_PATTERNS, TRANSFER_PATTERNS
from regionmap.rules.verdict.ruling import WEIGHTS

if TYPE_CHECKING:
    import geopandas as gpd

_STANDINGS = {
    "approved": PILOT_PATTERNS["pilot"].colour,
    "accepted": PILOT_PATTERNS["pilot-accepted"].colour,
    "invited": PILOT_PATTERNS["pilot-unsure"].colour,
    "proposed": PILOT_PATTERNS["pilot-unsure"].colour,
    "named": PILOT_PATTERNS["pilot-ended"].colour,
}
_TABLE = """
CREATE TABLE IF NOT EXISTS layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)
"""


def add_style(path: Path, name: str, layer: gpd.GeoDataFrame, day: str | None) -> None:
    """Write the style of a layer into a GeoPackage's ``layer_styles``, which QGIS reads, in the place of an older one.

    Args:
        path: the GeoPackage.
        name: the layer's name in it.
        layer: whose values get colours.
        day: ISO 8601, written for the time of the change.

    Raises:
        OSError: the file cannot be written.
    """
    found = _categories(layer)
    if found is None:
        return
    column, colours = found
    stamp = f"{day or '2000-01-01'}T00:00:00.000Z"
    try:
        with contextlib.closing(sqlite3.connect(path)) as file, file:
            file.execute(_TABLE)
            file.execute(
                "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, last_change) "
                "VALUES ('layer_styles', 'attributes', 'layer_styles', ?)",
                (stamp,),
            )
            file.execute("DELETE FROM layer_styles WHERE f_table_name = ?", (name,))
            # QGIS takes a style only where the column is named that holds the shapes; GDAL has chosen its name.
            file.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                "styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) "
                "SELECT '', '', table_name, column_name, ?, ?, '', 1, 'regionmap', '', NULL, ? "
                "FROM gpkg_geometry_columns WHERE table_name = ?",
                (name[:30], qml(column, colours), stamp, name),
            )
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def qml(column: str, colours: Iterable[tuple[str, str]]) -> str:
    """Return a style of QGIS that fills areas by the values of a column: value and colour of each."""
    root = Element("qgis", {"version": "3.22", "styleCategories": "Symbology"})
    renderer = SubElement(root, "renderer-v2", {"type": "categorizedSymbol", "attr": column, "enableorderby": "0"})
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, (value, colour) in enumerate(colours):
        SubElement(categories, "category", {"value": value, "label": value, "symbol": str(number), "render": "true"})
        symbol = SubElement(symbols, "symbol", {"type": "fill", "name": str(number), "alpha": "0.8"})
        fill = SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1", "locked": "0", "pass": "0"})
        options = SubElement(fill, "Option", {"type": "Map"})
        for key, said in (
            ("color", colour),
            ("outline_color", "#5d6b76"),
            ("outline_width", "0.2"),
            ("style", "solid"),
        ):
            SubElement(options, "Option", {"type": "QString", "name": key, "value": said})
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + tostring(root, encoding="unicode")


def _categories(layer: gpd.GeoDataFrame) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the column that a layer is coloured by and the colour of each value; None where there is no such."""
    if "effect" in layer and "tier" not in layer:
        effects = [Effect(one) for one in sorted(layer["effect"].dropna().unique())]
        return "effect", [(one.value, PALETTE[WEIGHTS[one]].fill) for one in effects]
    if "standing" in layer:
        return "standing", [(one, _STANDINGS[one]) for one in sorted(layer["standing"].dropna().unique())]
    if "tier" in layer:
        return "tier", [(one, TRANSFER_PATTERNS[f"to-{one}"].colour) for one in ("named", "class")]
    if "region" in layer:
        regions = sorted(layer["region"].dropna().unique())
        return "region", [(one, REGION_COLOURS[place % len(REGION_COLOURS)]) for place, one in enumerate(regions)]
    return None

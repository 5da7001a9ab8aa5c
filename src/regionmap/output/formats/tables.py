"""Layers as tables without shapes, with a point inside each: CSV and XLSX."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionmap.formulas import harmless
from regionmap.output.formats.rfc7946 import DECIMALS
from regionmap.workbooks import workbook

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_WIDTHS = {"quote": 60, "industries": 40, "name": 16, "printed": 24, "id": 30}
_WIDTH = 14


def write_csv(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer as CSV; the byte order mark lets spreadsheets read Chinese."""
    table = _with_points(layer)
    text = [name for name in table.columns if name not in {"lon", "lat"}]
    table[text] = table[text].map(harmless)
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def write_xlsx(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer as a workbook: days as days, codes as text, and a second sheet that says what the first one is.

    Raises:
        OSError: the file cannot be written.
    """
    table = _with_points(layer)
    with workbook(path) as book:
        # The same request gives the same bytes: no clock in it.
        book.set_properties({"created": _day(layer), "title": str(layer.attrs.get("regionmap", {}).get("layer", ""))})
        sheet = book.add_worksheet("regionmap")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, name in enumerate(table.columns):
            sheet.set_column(place, place, _WIDTHS.get(name, _WIDTH))
            sheet.write_string(0, place, name, bold)
        sheet.freeze_panes(1, 0)
        for row, values in enumerate(table.itertuples(index=False), 1):
            for place, value in enumerate(values):
                _cell(sheet, row, place, value, day)
        about = book.add_worksheet("about")
        about.set_column(0, 0, 16)
        about.set_column(1, 1, 100)
        for row, (name, value) in enumerate(layer.attrs.get("regionmap", {}).items()):
            about.write_string(row, 0, name, bold)
            about.write_string(row, 1, "、".join(value) if isinstance(value, list) else str(value or ""))


def _cell(sheet: Any, row: int, place: int, value: Any, day: Any) -> None:
    import datetime as dt

    if value is None or value != value:
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(row, place, dt.datetime.combine(value, dt.time()), day)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value))


def _with_points(layer: gpd.GeoDataFrame) -> pd.DataFrame:
    points = layer.geometry.representative_point()
    table: pd.DataFrame = layer.drop(columns="geometry").astype(object)
    table = table.where(table.notna(), None)
    table["lon"] = points.x.round(DECIMALS)
    table["lat"] = points.y.round(DECIMALS)
    return table


def _day(layer: gpd.GeoDataFrame) -> Any:
    import datetime as dt

    as_of = layer.attrs.get("regionmap", {}).get("as_of")
    return dt.datetime.combine(dt.date.fromisoformat(as_of) if as_of else dt.date(2000, 1, 1), dt.time())

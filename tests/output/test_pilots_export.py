"""The layer of pilots, the rows of ``lookup --json``, and the tables: a park is a point and never its city."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from rich.console import Console

from regionmap.output.formats import geojson, write_layer
from regionmap.output.json.answers import lookup_json
from regionmap.output.layers.build import make_layer
from regionmap.output.tables import Printer

DAY = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def pilots(rm):
    return make_layer(rm, "pilots", DAY)


def test_units_have_their_shape_and_parks_a_point_inside_the_unit_that_holds_them(rm, pilots):
    units = pilots[pilots["area"] == "unit"]
    others = pilots[pilots["area"] != "unit"]
    assert set(units.geom_type) == {"Polygon", "MultiPolygon"}
    assert set(others.geom_type.dropna()) == {"Point"}
    assert set(others[others.geometry.isna()]["code"].dropna()) == set()  # where no unit is known, nothing is drawn
    assert {"park", "new_area", "region"} == set(others["area"])
    row = pilots[pilots["printed"] == "苏州工业园区"].iloc[0]
    assert (row["code"], row["name"], row["name_en"]) == ("320500", "苏州工业园区", "A park in Suzhou")
    suzhou = rm.gazetteer.unit("320500")
    assert (row.geometry.x, row.geometry.y) == (suzhou.lon, suzhou.lat)


def test_every_printed_name_of_every_list_is_there_once_for_each_unit(rm, pilots):
    expected = sum(len(place.codes) or 1 for one in rm.programmes() for batch in one.batches for place in batch.places)
    assert len(pilots) == expected
    green = pilots[pilots["programme"] == "green-transition-regions"]
    assert green.groupby("batch").size().to_dict() == {"invited": 10, "approved": 11}
    assert set(green[green["batch"] == "invited"]["standing"]) == {"invited"}
    assert set(green[green["batch"] == "approved"]["status"]) == {"ended"}
    for column in ("name", "name_en", "programme_name", "standing", "status", "evidence", "attribution"):
        assert pilots[column].notna().all()


def test_nothing_that_came_later_is_in_the_layer(rm):
    layer = make_layer(rm, "pilots", dt.date(2014, 12, 31))
    assert set(layer[layer["programme"] == "green-transition-regions"]["batch"]) == {"invited"}


def test_geojson_holds_points_and_null_geometry(pilots):
    unknown = pilots[pilots["area"] == "unit"].iloc[:2].copy()
    unknown.loc[unknown.index[0], "geometry"] = None
    collection = geojson(unknown)
    assert collection["features"][0]["geometry"] is None
    assert collection["features"][1]["geometry"]["type"] in {"Polygon", "MultiPolygon"}
    points = geojson(pilots[(pilots["area"] == "park") & pilots["code"].notna()])["features"]
    assert all(len(one["geometry"]["coordinates"]) == 2 for one in points)
    for feature in geojson(pilots[pilots["code"].notna()])["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        if shape.geom_type == "Polygon":
            assert shape.exterior.is_ccw
    json.dumps(collection, allow_nan=False)


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "fgb", "parquet", "csv", "kml"])
def test_every_format_takes_shapes_points_and_nothing(pilots, tmp_path: Path, ending):
    few = pilots[pilots["programme"].isin(["carbon-peak-pilots", "zero-carbon-parks"])].copy()
    few.loc[few.index[0], ["geometry", "code"]] = None
    path = tmp_path / f"pilots.{ending}"
    assert write_layer(lambda: few, path) == len(few)
    if ending == "csv":
        assert len(pd.read_csv(path, dtype=str)) == len(few)
        return
    back = (
        gpd.read_parquet(path)
        if ending == "parquet"
        else gpd.read_file(path, layer="pilots" if ending == "gpkg" else 0)
    )
    assert len(back) == len(few)
    assert back.geometry.isna().sum() + back.geometry.is_empty.sum() == 1


def test_lookup_json_has_the_contract_s_keys(rm):
    rows = lookup_json(rm.lookup("苏州市", on="2024-01-01"), rm)["pilots"]
    keys = {"programme", "name", "batch", "standing", "printed", "area", "codes", "number", "date_from", "date_until"}
    assert all(keys | {"evidence", "status", "fit", "part"} <= set(row) for row in rows)
    park = next(row for row in rows if row["programme"] == "carbon-peak-pilots")
    assert (park["area"], park["fit"], park["status"], park["date_from"]) == (
        "park", "area_inside", "listed", "2023-12-06",
    )  # fmt: skip
    province = next(row for row in rows if row["fit"] == "above")
    assert province["part"] == [{"code": "320000", "name": "江苏省"}]


def test_tables_keep_apart_what_has_ended(rm):
    console = Console(width=160, record=True)
    Printer("zh", console).place(rm.lookup("包头市", on="2020-01-01"), rm)
    words = console.export_text()
    now, _, over = words.partition("期限已过的试点名单")
    assert "试点名单" in now
    assert "受邀" in now
    assert "内蒙古包头" in over

"""Layers in the hands of others: validators and readers that are not ours accept every one, with its rows and types."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3

import duckdb
import geoparquet_validator
import pyarrow.parquet as pq
import pyogrio
import pytest
from duckdb_extensions import import_extension
from geojson_validator import validate_geometries, validate_structure
from loguru import logger

from regionmap.output.formats import write_layer
from regionmap.output.layers.build import dissolve, make_layer
from regionmap.output.layers.schema import SCHEMAS

logger.disable("geojson_validator")

DAY, EARLIER = dt.date(2019, 6, 1), dt.date(2012, 1, 1)
INDUSTRY = {"restricted-capacity": "钢铁", "transfer-destinations": "纺织"}
ASKED = [one for one in SCHEMAS if one != "units"]
DUCK_TYPES = {"text": "VARCHAR", "date": "DATE", "flag": "BOOLEAN"}


@pytest.fixture(scope="module")
def layers(rm):
    """Every layer on two dates; of the long ones the first and last rows, and those without a place."""
    made = {}
    for name in ASKED:
        for day in (EARLIER, DAY):
            layer = make_layer(rm, name, day, INDUSTRY.get(name))
            short = layer if len(layer) < 100 else layer[(layer.index < 40) | (layer.index >= len(layer) - 40)]
            made[name, day] = short.reset_index(drop=True)
            made[name, day].attrs = layer.attrs
    return made


@pytest.fixture(scope="module")
def duck():
    with duckdb.connect() as connection:
        import_extension("spatial", con=connection)
        connection.load_extension("spatial")
        yield connection


@pytest.mark.parametrize("name", ASKED)
def test_the_geoparquet_validator_accepts_every_layer(layers, name, tmp_path):
    for day in (EARLIER, DAY):
        path = tmp_path / f"{day}.parquet"
        write_layer(lambda day=day: layers[name, day], path)
        report = geoparquet_validator.check(str(path))
        assert report["version"] == "1.1.0"
        assert [one["id"] for one in report["outcomes"] if one["status"] == "fail"] == []
        assert "/conf/covering/bbox-column-structure" in [
            one["id"] for one in report["outcomes"] if one["status"] == "pass"
        ]


def test_rows_without_a_place_share_a_row_group_with_a_province(layers, tmp_path):
    layer = layers["transfer-destinations", DAY]
    assert layer.geometry.isna().sum() > 1
    write_layer(lambda: layer, tmp_path / "layer.parquet")
    file = pq.ParquetFile(tmp_path / "layer.parquet")
    boxes = [file.read_row_group(one, ["bbox"])["bbox"] for one in range(file.num_row_groups)]
    assert file.num_row_groups > 1
    assert sum(len(one) for one in boxes) == len(layer)
    assert all(one.null_count < len(one) for one in boxes)


@pytest.mark.parametrize("name", ASKED)
def test_the_geojson_validator_accepts_every_layer(layers, name, tmp_path):
    write_layer(lambda: layers[name, DAY], tmp_path / "layer.geojson")
    collection = json.loads((tmp_path / "layer.geojson").read_text("utf-8"))
    assert validate_structure(collection) == {}
    said = validate_geometries(collection)
    assert said["invalid"] == {}
    # A city with a county cut out of it has a hole, and the country has many points; neither is wrong.
    assert set(said["problematic"]) <= {"holes", "excessive_vertices"}


@pytest.mark.parametrize("name", ASKED)
def test_duckdb_concatenates_two_dates_with_days_as_days(layers, name, tmp_path, duck):
    for day in (EARLIER, DAY):
        write_layer(lambda day=day: layers[name, day], tmp_path / f"{day}.parquet")
    rows = duck.read_parquet(str(tmp_path / "*.parquet"))
    types = dict(zip(rows.columns, map(str, rows.types), strict=True))
    assert {one.name: types[one.name] for one in SCHEMAS[name]} == {
        one.name: DUCK_TYPES[one.kind] for one in SCHEMAS[name]
    }
    assert types["geometry"].startswith("GEOMETRY")
    found = rows.aggregate("count(*), count(geometry), count(*) FILTER (WHERE NOT ST_IsValid(geometry))")
    drawn = sum(int(layers[name, day].geometry.notna().sum()) for day in (EARLIER, DAY))
    assert found.fetchone() == (len(layers[name, EARLIER]) + len(layers[name, DAY]), drawn, 0)


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "fgb", "kml"])
def test_duckdb_spatial_reads_what_gdal_reads(layers, ending, tmp_path, duck):
    layer = layers["key-regions", DAY]
    write_layer(lambda: layer, tmp_path / f"regions.{ending}")
    found = duck.execute(
        "SELECT count(*), bool_and(ST_IsValid(geom)) FROM ST_Read(?)", [str(tmp_path / f"regions.{ending}")]
    )
    assert found.fetchone() == (len(layer), True)


def test_flags_of_kml_are_words_that_every_reader_takes_for_the_same(rm, tmp_path):
    layer = make_layer(rm, "pilots", DAY)
    said = layer["part"].map({True: "true", False: "false"}).astype(object)
    assert said.value_counts()["true"] > 0
    write_layer(lambda: layer, tmp_path / "pilots.kml")
    back = pyogrio.read_dataframe(tmp_path / "pilots.kml", read_geometry=False)
    assert back["part"].fillna("").tolist() == said.fillna("").tolist()


def test_kml_has_plain_days_and_no_altitudes(layers, tmp_path):
    layer = layers["key-regions", DAY]
    assert layer["in_force_until"].notna().any()
    write_layer(lambda: layer, tmp_path / "regions.kml")
    text = (tmp_path / "regions.kml").read_text("utf-8")
    # The last day is inclusive: its first second would end the rule a day too soon.
    assert f"<end>{layer['in_force_until'].dropna().iloc[0].isoformat()}</end>" in text
    assert "T00:00:00" not in text
    assert {one.split(",")[2:] == [] for one in text.split("<coordinates>")[1].split("</coordinates>")[0].split()} == {
        True
    }
    assert not pyogrio.read_dataframe(tmp_path / "regions.kml").has_z.any()
    assert [one.name for one in tmp_path.iterdir()] == ["regions.kml"]


def test_what_a_quote_says_of_figures_stays_in_kml(layers, tmp_path):
    layer = layers["key-regions", DAY].copy()
    layer.attrs = layers["key-regions", DAY].attrs
    layer["quote"] = layer["quote"].where(layer.index > 0, "1,0 万吨, 2019-06-01T00:00:00")
    write_layer(lambda: layer, tmp_path / "regions.kml")
    assert "1,0 万吨, 2019-06-01T00:00:00" in (tmp_path / "regions.kml").read_text("utf-8")


def test_the_style_names_the_column_of_shapes_without_which_qgis_passes_over_it(layers, tmp_path):
    write_layer(lambda: layers["pilots", DAY], tmp_path / "pilots.gpkg")
    with contextlib.closing(sqlite3.connect(tmp_path / "pilots.gpkg")) as file:
        ((styled,),) = file.execute("SELECT f_geometry_column FROM layer_styles WHERE f_table_name = 'pilots'")
        ((column,),) = file.execute("SELECT column_name FROM gpkg_geometry_columns WHERE table_name = 'pilots'")
    assert styled == column


def test_dissolved_regions_are_accepted_too(layers, tmp_path):
    whole = dissolve(layers["key-regions", DAY])
    write_layer(lambda: whole, tmp_path / "whole.parquet")
    write_layer(lambda: whole, tmp_path / "whole.geojson")
    assert geoparquet_validator.failed(geoparquet_validator.check(str(tmp_path / "whole.parquet"))) == []
    assert validate_geometries(json.loads((tmp_path / "whole.geojson").read_text("utf-8")))["invalid"] == {}

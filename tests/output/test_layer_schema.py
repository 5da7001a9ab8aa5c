"""Layers that travel: the same columns, types and keys in every format and on every date, and files that are whole."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from regionmap.errors import InputError
from regionmap.output.formats import ENDINGS, write_layer
from regionmap.output.layers.build import dissolve, make_layer
from regionmap.output.layers.schema import SCHEMAS

DAY = dt.date(2019, 6, 1)
TYPES = {"text": pa.string(), "date": pa.date32(), "flag": pa.bool_()}
INDUSTRY = {"restricted-capacity": "钢铁", "transfer-destinations": "纺织"}


@pytest.fixture(scope="module")
def layers(rm):
    return {name: make_layer(rm, name, DAY, INDUSTRY.get(name)) for name in SCHEMAS if name != "units"}


@pytest.fixture(scope="module")
def regions(layers):
    return layers["key-regions"]


@pytest.mark.parametrize("name", [one for one in SCHEMAS if one != "units"])
def test_columns_types_and_keys_are_those_of_the_schema(layers, name, tmp_path):
    write_layer(lambda: layers[name], tmp_path / "layer.parquet")
    schema = pq.read_schema(tmp_path / "layer.parquet")
    wanted = {one.name: TYPES[one.kind] for one in SCHEMAS[name]}
    assert {one.name: one.type for one in schema if one.name in wanted} == wanted
    assert schema.names == [*wanted, "bbox", "geometry"]
    assert layers[name]["id"].notna().all()
    assert layers[name]["id"].is_unique
    assert layers[name]["evidence"].isin(["verbatim", "reported"]).all()
    assert layers[name]["number"].notna().any()


@pytest.mark.parametrize("name", ["key-regions", "restricted-capacity", "pilots"])
def test_two_dates_concatenate(rm, layers, name, tmp_path):
    earlier = make_layer(rm, name, dt.date(2012, 1, 1), INDUSTRY.get(name))
    write_layer(lambda: earlier, tmp_path / "a.parquet")
    write_layer(lambda: layers[name], tmp_path / "b.parquet")
    both = ds.dataset([tmp_path / "a.parquet", tmp_path / "b.parquet"]).to_table()
    assert both.num_rows == len(earlier) + len(layers[name])
    assert both.schema.field("in_force_from").type == pa.date32()


def test_a_layer_without_rows_has_its_types_too(rm, tmp_path):
    empty = make_layer(rm, "key-regions", dt.date(1980, 1, 1))
    assert len(empty) == 0
    for ending in ("parquet", "gpkg", "geojson", "csv", "xlsx", "fgb"):
        assert write_layer(lambda: empty, tmp_path / f"empty.{ending}") == 0
    assert pq.read_schema(tmp_path / "empty.parquet").field("region").type == pa.string()
    assert "region" in pyogrio.read_info(tmp_path / "empty.gpkg", layer="key-regions")["fields"]


def test_geoparquet_says_its_version_and_covering_and_groups_provinces(regions, tmp_path):
    path = tmp_path / "regions.parquet"
    write_layer(lambda: regions, path)
    file = pq.ParquetFile(path)
    geo = json.loads(file.schema_arrow.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    groups = [set(file.read_row_group(one, ["code"])["code"].to_pylist()) for one in range(file.num_row_groups)]
    assert all(len({code[:2] for code in group}) == 1 for group in groups)
    inside = gpd.read_parquet(path, bbox=(115.4, 38.8, 115.5, 38.9))
    assert "130600" in set(inside["code"])
    assert len(inside) < len(regions)
    about = json.loads(file.schema_arrow.metadata[b"regionmap"])
    assert (about["layer"], about["date"], about["sources"]) == ("key-regions", "2019-06-01", ["工信部节〔2018〕136号"])


def test_days_are_days_where_a_format_has_them(regions, tmp_path):
    for ending in ("gpkg", "geojson"):
        path = tmp_path / f"regions.{ending}"
        write_layer(lambda: regions, path)
        info = pyogrio.read_info(path, layer="key-regions" if ending == "gpkg" else 0)
        types = dict(zip(info["fields"], info["dtypes"], strict=True))
        assert types["in_force_from"] == types["date"] == "datetime64[D]"
        assert types["part"] == "bool"
    write_layer(lambda: regions, tmp_path / "regions.kml")
    kml = (tmp_path / "regions.kml").read_text("utf-8")
    assert kml.count("<TimeSpan>") == len(regions)
    assert "2018-07-23" in kml.split("<TimeSpan>")[1]
    write_layer(lambda: regions, tmp_path / "regions.xlsx")
    book = openpyxl.load_workbook(tmp_path / "regions.xlsx")
    rows = list(book["regionmap"].iter_rows(values_only=True))
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["in_force_from"] == dt.datetime(2018, 7, 23)
    assert isinstance(first["code"], str)
    assert dict(book["about"].iter_rows(values_only=True))["layer"] == "key-regions"


def test_other_layers_of_a_geopackage_stay(layers, tmp_path):
    path = tmp_path / "mine.gpkg"
    mine = gpd.GeoDataFrame({"a": [1]}, geometry=gpd.points_from_xy([115.0], [39.0]), crs=4326)
    mine.to_file(path, layer="mine")
    for name in ("key-regions", "pilots", "key-regions"):
        write_layer(lambda name=name: layers[name], path)
    found = {name for name, _kind in pyogrio.list_layers(path)}
    assert {"mine", "key-regions", "pilots"} <= found
    assert len(gpd.read_file(path, layer="key-regions")) == len(layers["key-regions"])
    with contextlib.closing(sqlite3.connect(path)) as file:
        styles = dict(file.execute("SELECT f_table_name, styleQML FROM layer_styles"))
    assert set(styles) == {"key-regions", "pilots"}
    assert 'attr="region"' in styles["key-regions"]
    assert 'value="yangtze-delta"' in styles["key-regions"]


def test_a_file_that_is_no_geopackage_is_not_replaced_by_one(regions, tmp_path):
    path = tmp_path / "notes.gpkg"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="no GeoPackage"):
        write_layer(lambda: regions, path)
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("ending", sorted({*ENDINGS} - {".json"}))
def test_the_same_request_gives_the_same_bytes(regions, tmp_path, ending):
    one, two = tmp_path / f"one{ending}", tmp_path / f"two{ending}"
    write_layer(lambda: regions, one)
    write_layer(lambda: regions, two)
    assert one.read_bytes() == two.read_bytes()


def test_the_order_of_destinations_is_the_same_in_every_process():
    code = (
        "import datetime as dt, regionmap; from regionmap.output.layers import make_layer;"
        "layer = make_layer(regionmap.load(), 'transfer-destinations', dt.date(2022, 6, 1), '纺织');"
        "print('|'.join(layer['id']))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_history_has_every_list_with_its_days(rm):
    history = make_layer(rm, "key-regions", DAY, history=True)
    assert set(history["number"]) > {"工信部节〔2018〕136号"}
    assert history["date"].isna().all()
    assert history["in_force_from"].notna().all()
    on = (history["in_force_from"] <= DAY) & (history["in_force_until"].isna() | (history["in_force_until"] >= DAY))
    assert set(make_layer(rm, "key-regions", DAY)["id"]) <= set(history.loc[on, "id"])
    with pytest.raises(InputError, match="history"):
        make_layer(rm, "units", DAY, history=True)


def test_dissolved_regions_cover_what_their_units_cover(regions):
    whole = dissolve(regions)
    assert set(whole["region"]) == set(regions["region"])
    assert len(whole) == regions["region"].nunique()
    assert whole["id"].is_unique
    assert whole.dtypes.drop("geometry").equals(regions.dtypes.drop("geometry"))
    for _, one in whole.iterrows():
        units = regions[regions["region"] == one["region"]].geometry  # 定州 is listed beside 保定, which holds it
        assert one.geometry.area == pytest.approx(shapely.union_all(units.array).area, rel=1e-9)


@pytest.mark.parametrize("name", [one for one in SCHEMAS if one != "units"])
def test_keys_of_dissolved_features_are_words_of_the_layer(layers, name):
    whole = dissolve(layers[name])
    assert whole["id"].is_unique
    words = [key.split("/") for key in whole["id"]]
    assert not {"False", "True", "<NA>", "nan", "None", "NaT"} & {word for key in words for word in key}
    assert [key[-1] for key in words] == [{True: "part", False: "whole"}.get(one, "-") for one in whole["part"]]
    if name == "key-regions":
        assert "key-regions/fenwei-plain/2018-07-23/whole" in set(whole["id"])


def test_standard_output_needs_a_format_and_gets_the_whole_file(regions, capfdbinary):
    with pytest.raises(InputError, match="file_format="):
        write_layer(lambda: regions, Path("-"))
    write_layer(lambda: regions, Path("-"), "geojson")
    assert len(json.loads(capfdbinary.readouterr().out)["features"]) == len(regions)


@pytest.mark.parametrize("ending", [".kml", ".gpkg", ".fgb"])
def test_a_file_with_fewer_features_than_were_written_is_refused(regions, tmp_path, monkeypatch, ending):
    """GDAL says nothing when a disk is full: what it wrote is counted."""
    real = pyogrio.read_info
    monkeypatch.setattr(pyogrio, "read_info", lambda *a, **k: {**real(*a, **k), "features": 3})
    with pytest.raises(InputError, match="3 of 47 features"):
        write_layer(lambda: regions, tmp_path / f"regions{ending}")
    assert list(tmp_path.iterdir()) == []


def test_the_docs_list_every_column_with_its_type():
    text = (Path(__file__).parents[2] / "docs" / "layers.md").read_text("utf-8")
    for name, columns in SCHEMAS.items():
        section = text.split(f"## {name}\n")[1].split("\n## ")[0]
        listed = [tuple(cell.strip(" `") for cell in line.split("|")[1:5]) for line in section.splitlines()[3:] if line]
        assert listed == [(one.name, one.kind, one.en, one.zh) for one in columns]

"""Exports: RFC 7946, every feature cited, true boundaries, no half files, harmless cells."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from regionmap.errors import InputError
from regionmap.formulas import harmless
from regionmap.output.formats import geojson, write_layer
from regionmap.output.layers.build import make_layer

DAY = dt.date(2019, 6, 1)


@pytest.fixture(scope="module")
def restricted(rm):
    return make_layer(rm, "restricted-capacity", DAY, "钢铁")


@pytest.fixture(scope="module")
def key_regions(rm):
    return make_layer(rm, "key-regions", DAY)


def test_key_regions_hold_every_printed_member(key_regions):
    counts = key_regions.groupby("region").size().to_dict()
    # 28 cities and the three counties of 雄安; four provinces; 11 cities and 杨陵
    assert counts == {"jing-jin-ji-surroundings": 31, "yangtze-delta": 4, "fenwei-plain": 12}
    assert set(key_regions["number"]) == {"工信部节〔2018〕136号"}
    assert key_regions["quote"].str.len().max() <= 80


def test_restricted_capacity_cites_each_rule_where_it_binds(restricted):
    banned = restricted[restricted["effect"] == "prohibit"]
    assert "130600" in set(banned["code"])
    assert "130700" not in set(banned["code"])
    of_136 = restricted[restricted["source"] == "miit-2018-136"]
    assert set(of_136[of_136["effect"] == "replace"]["code"]) == {"100000"}
    assert set(of_136[of_136["effect"] == "cap"]["code"]) == {"130000"}
    for column in ("name", "name_en", "industries", "source", "item", "quote", "in_force_from", "evidence"):
        assert restricted[column].notna().all()


def test_nothing_is_restricted_before_the_first_document(rm):
    assert len(make_layer(rm, "restricted-capacity", dt.date(1980, 1, 1))) == 0


def test_units_hold_every_level_with_true_boundaries(rm):
    layer = make_layer(rm, "units", DAY)
    assert len(layer) == len(rm.gazetteer.units())
    assert layer.geometry.is_valid.all()
    hebei = layer[layer["code"] == "130000"].geometry.iloc[0]
    counties = layer[layer["code"].isin(rm.gazetteer.counties("130000"))].geometry
    assert hebei.area == pytest.approx(shapely.area(counties.array).sum(), rel=1e-9)


def test_geojson_is_rfc_7946(key_regions):
    collection = geojson(key_regions)
    assert set(collection) == {"type", "regionmap", "features"}
    assert len({feature["id"] for feature in collection["features"]}) == len(key_regions)
    for feature in collection["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        parts = shape.geoms if shape.geom_type == "MultiPolygon" else [shape]
        assert all(part.exterior.is_ccw for part in parts)
        assert all(not ring.is_ccw for part in parts for ring in part.interiors)
    text = json.dumps(collection)
    assert max(len(number.split(".")[1]) for number in _numbers(text)) <= 6
    xs = shapely.get_coordinates(key_regions.geometry)[:, 0]
    assert 73 < xs.min() < xs.max() < 136


def _numbers(text: str) -> list[str]:
    import re

    return re.findall(r"\d+\.\d+", text.split('"properties"')[0])


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "fgb", "parquet", "csv", "kml"])
def test_every_format_can_be_read_back(key_regions, tmp_path: Path, ending):
    path = tmp_path / f"regions.{ending}"
    assert write_layer(lambda: key_regions, path) == len(key_regions)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    if ending == "csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert len(pd.read_csv(path, dtype=str)) == len(key_regions)
        return
    back = (
        gpd.read_parquet(path)
        if ending == "parquet"
        else gpd.read_file(path, layer="key-regions" if ending == "gpkg" else 0)
    )
    assert len(back) == len(key_regions)
    assert back.to_crs("EPSG:4326").union_all().area == pytest.approx(key_regions.union_all().area, rel=1e-4)


def test_a_failed_export_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "layer.geojson"
    path.write_text("old", encoding="utf-8")

    def broken():
        raise InputError("no layer")

    with pytest.raises(InputError):
        write_layer(broken, path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["layer.geojson"]


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\tx", "\n=1", "＝1+1", "＠SUM(A1)"])
def test_cells_that_a_spreadsheet_would_run_are_made_harmless(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless("保定") == "保定"
    assert harmless(None) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_or_a_device_is_refused_before_anything_is_made(tmp_path):
    os.mkfifo(tmp_path / "layer.csv")
    with pytest.raises(InputError, match="no plain file"):
        write_layer(lambda: pytest.fail("made"), tmp_path / "layer.csv")
    assert (tmp_path / "layer.csv").is_fifo()

"""The layer transfer-destinations: one feature for each place and reason, parks as points, RFC 7946."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from regionmap.errors import InputError
from regionmap.output.formats import write_layer
from regionmap.output.layers.build import make_layer
from regionmap.output.layers.schema import SCHEMAS
from regionmap.rules.transfer.matcher import TransferMatcher

DAY = dt.date(2022, 6, 1)


@pytest.fixture(scope="module")
def layer(rm):
    return make_layer(rm, "transfer-destinations", DAY, "纺织")


def test_one_feature_for_each_place_and_guide(rm, layer):
    judge = TransferMatcher(rm.catalogue, rm.gazetteer, rm.subject("纺织"), DAY)
    placed = layer[layer["code"].notna()]
    assert len(placed) == sum(len(one.guides) for one in judge.places(None).values())
    assert list(layer.columns) == [*[one.name for one in SCHEMAS["transfer-destinations"]], "geometry"]
    assert set(layer["tier"]) <= {"named", "class"}
    assert placed.geometry.notna().all()
    for column in ("tier", "effect", "industries", "evidence", "attribution"):
        assert layer[column].notna().all()


def test_what_no_list_defines_has_its_words_and_no_shape(layer):
    nowhere = layer[layer["code"].isna()]
    assert nowhere.geometry.isna().all()
    assert nowhere["undefined"].notna().all()
    assert "大中城市" in set(nowhere["undefined"])


def test_a_park_is_a_point_and_never_its_city(layer):
    less = layer[layer["area"].isin(["park", "firm"])]
    assert set(less.geom_type) <= {"Point"}
    others = layer[layer["code"].notna() & ~layer["area"].isin(["park", "firm"])]
    assert set(others.geom_type) <= {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize("ending", ["geojson", "csv", "gpkg"])
def test_it_is_written(layer, tmp_path: Path, ending):
    path = tmp_path / f"to.{ending}"
    assert write_layer(lambda: layer, path) == len(layer)
    if ending == "geojson":
        collection = json.loads(path.read_text(encoding="utf-8"))
        assert "crs" not in collection
        assert len(collection["features"]) == len(layer)


def test_it_needs_an_industry(rm):
    with pytest.raises(InputError, match="industry="):
        make_layer(rm, "transfer-destinations", DAY)


def test_before_the_first_guidance_it_is_empty(rm):
    assert len(make_layer(rm, "transfer-destinations", dt.date(2003, 1, 1), "纺织")) == 0

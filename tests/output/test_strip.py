"""The strip that a rule by distance reaches: as a light shape for the screen, and in the export of restrictions."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from regionmap.output.layers.build import make_layer
from regionmap.output.strip import strip_shape

DAY = dt.date(2024, 6, 1)


@pytest.fixture(scope="module")
def strip():
    return shape(strip_shape(20_000))


def test_the_light_shape_holds_what_lies_so_near(rm, strip):
    """The screen's provinces lie a few kilometres off in places: so far from the strip's edge all points agree."""
    pick = np.random.default_rng(1)
    seen = {True: 0, False: 0}
    for _ in range(600):
        code = pick.choice(rm.locator.codes)
        if code[:2] in ("71", "81", "82"):
            continue
        west, south, east, north = rm.locator.geometry(code).bounds
        lon, lat = pick.uniform(west, east), pick.uniform(south, north)
        if not shapely.intersects_xy(rm.locator.geometry(code), lon, lat):
            continue
        found = rm.locator.other_province_m(lon, lat, code)
        metres = found[0] if found is not None else np.inf
        if not 14_000 < metres < 26_000:
            seen[metres < 20_000] += 1
            # What lies on the very coast or border may be off the simplified land.
            near = strip.buffer(0.05) if metres < 20_000 else strip
            assert shapely.intersects_xy(near, lon, lat) is np.bool_(metres < 20_000), (code, lon, lat, metres)
    assert min(seen.values()) > 60


def test_the_light_shape_is_light_and_lies_on_land(strip):
    assert strip.is_valid
    assert shapely.get_num_coordinates(strip) < 8_000
    assert not shapely.intersects_xy(strip, 114.1, 22.35)  # 香港
    assert not shapely.intersects_xy(strip, 121.0, 24.0)  # 台湾
    assert shapely.intersects_xy(strip, 113.949, 38.0)


def test_only_inside_what_is_asked(strip):
    box = shapely.box(113, 37, 115, 39)
    part = shape(strip_shape(20_000, [shapely.geometry.mapping(box)]))
    assert part.area == pytest.approx(shapely.intersection(strip, box).area, rel=0.01)


def test_the_export_has_a_row_for_each_county_touched(lined):
    layer = make_layer(lined, "restricted-capacity", DAY, "焦化")
    own = layer[layer["source"] == "test-2020-7"]
    whole, part = lined.gazetteer.province_lines.strip(20_000)
    assert sorted(own["code"]) == sorted(whole | part)
    assert set(own["region"]) == {"province-line"}
    words = dict(zip(own["code"], own["region_name"], strict=True))
    assert words["131082"] == "省界两侧20公里范围"
    part = dict(zip(own["code"], own["part"], strict=True))
    assert (words["130131"], part["131082"], part["130131"]) == ("省界两侧20公里范围", False, True)
    assert own["quote"].notna().all()
    assert own.geometry.is_valid.all()


def test_the_export_keeps_to_the_region_of_a_rule(lined):
    layer = make_layer(lined, "restricted-capacity", DAY, "textile")
    plain = layer[(layer["source"] == "test-2020-7") & (layer["effect"] == "prohibit")]
    prefectures = {lined.gazetteer.prefecture_level(code).code for code in plain["code"]}
    assert "610500" in prefectures  # 渭南, by 山西 and 河南
    assert "130100" not in prefectures

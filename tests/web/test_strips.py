"""Rules by distance to another province on the pages: the strip of a rule, and counties that the map tells apart."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from regionmap.web.parts.ruled import named_parts, ruled, ruled_rest
from regionmap.web.rules import views as rule_views

DAY = dt.date(2024, 6, 1)


def provision(lined, name):
    return next(one for one in lined.catalogue.provisions if one.id == f"test-2020-7/{name}")


def test_the_map_of_a_rule_draws_its_strip(lined):
    one = provision(lined, "twenty")
    layer = rule_views.where_layer(lined, one, DAY, "zh")
    (area,) = layer.areas
    assert area.code in layer.extra
    assert area.style == "area"
    assert area.lines == ("省界两侧 20 公里以内（按显示用的简化界线绘制）",)
    assert layer.view is None
    assert len(json.dumps(layer.extra)) < 200_000
    said = rule_views.where_text(lined, one, DAY)
    assert said.zh == "全国省界两侧 20 公里范围"
    assert said.en == "within 20 km of a boundary between provinces, in the whole country"


@pytest.mark.parametrize(
    ("name", "style"), [("plain", "area"), ("rest", "area"), ("site", "undefined"), ("park", "area")]
)
def test_it_keeps_to_the_area_of_the_rule(lined, name, style):
    layer = rule_views.where_layer(lined, provision(lined, name), DAY, "en")
    assert [one.style for one in layer.areas] == [style]
    west, south, east, north = layer.view
    if name == "site":
        assert (west > 113, south > 35.9, east < 120, north < 42.8) == (True,) * 4  # 河北


def test_the_national_map_tells_counties_apart_only_where_that_changes_it(lined):
    foundry = lined.question("铸造", "new", DAY)
    assert named_parts(foundry, lined.gazetteer.unit("130100")) == ()  # all of 石家庄 has a ban already
    unit = lined.gazetteer.unit("140200")  # 大同
    parts = {one.code: one for one in named_parts(foundry, unit)}
    (whole, part), (_, near) = (lined.gazetteer.province_lines.strip(metres) for metres in (20_000, 5_000))
    counties = set(lined.gazetteer.counties("140200"))
    assert set(parts) == counties & (whole | part)
    assert ruled_rest(foundry, unit).ruling == "encouraged"  # 工信部联政法〔2021〕215号 guides to 中西部
    for code, one in parts.items():
        found = ruled(foundry, one)
        assert found.ruling == ("prohibited" if code in near else "restricted")
        assert found.extent == ("part" if code in near or code in part else "whole")

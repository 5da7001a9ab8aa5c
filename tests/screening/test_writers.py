"""What stands in the files: the same rows in each format, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import json

import geopandas
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regionmap.errors import InputError
from regionmap.screening import writers
from regionmap.screening.options import RESULTS, WGS84_LAT, WGS84_LON, Options
from regionmap.screening.run import screen

ON = Options(dt.date(2019, 6, 1))
FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "-5", "+3.5", "-1e3", "a=b", 'q"u,o\nte']
TEXT = "地点,lon,lat,行业,注\n" + "".join(
    "{},{},{},钢铁,{}\n".format(
        *(("保定", "", "") if at % 2 else ("", "115.4706", "38.8752")), '"' + one.replace('"', '""') + '"'
    )
    for at, one in enumerate(FORMULAS)
)
HARMLESS = [
    "'=cmd|' /C calc'!A0",
    "'+1+1",
    "'-2+3",
    "'@SUM(A1)",
    "'\t=1",
    "'＝1+1",
    "-5",
    "+3.5",
    "-1e3",
    "a=b",
    'q"u,o\nte',
]


def written(rm, folder, ending):
    (folder / "in.csv").write_text(TEXT, encoding="utf-8", newline="")
    screen(rm, folder / "in.csv", folder / f"out.{ending}", ON, {}, chunk=4)
    return folder / f"out.{ending}"


def test_csv_opens_in_spreadsheets_without_formulas(rm, tmp_path):
    path = written(rm, tmp_path, "csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["注"] for row in rows] == HARMLESS
    assert [row["verdict"] for row in rows] == ["prohibited"] * len(FORMULAS)
    assert list(rows[0]) == ["地点", "lon", "lat", "行业", "注", *RESULTS]


def test_xlsx_holds_texts_and_no_formulas(rm, tmp_path):
    sheet = openpyxl.load_workbook(written(rm, tmp_path, "xlsx")).worksheets[0]
    head, *rows = sheet.iter_rows()
    at = [cell.value for cell in head].index("注")
    assert [row[at].value for row in rows] == HARMLESS
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}


def test_parquet_keeps_the_cells_as_they_are(rm, tmp_path):
    table = pq.read_table(written(rm, tmp_path, "parquet"))
    assert table["注"].to_pylist() == FORMULAS
    assert not [name for name in table.column_names if name.startswith("__")]


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
def test_layers_have_points_in_wgs84_and_none_for_rows_judged_by_name(rm, tmp_path, ending):
    layer = geopandas.read_file(written(rm, tmp_path, ending))
    assert layer.crs.to_epsg() == 4326
    assert list(layer["verdict"]) == ["prohibited"] * len(FORMULAS)
    points = layer.geometry[0::2]
    assert {(one.x, one.y) for one in points} == {(115.4706, 38.8752)}
    assert layer.geometry[1::2].isna().all()
    assert set(RESULTS) <= set(layer.columns)


def test_geojson_follows_rfc_7946(rm, tmp_path):
    value = json.loads(written(rm, tmp_path, "geojson").read_text("utf-8"))
    assert value["type"] == "FeatureCollection"
    assert "crs" not in value
    assert value["features"][1]["geometry"] is None
    assert value["regionmap"]["attribution"] == "天地图（国家地理信息公共服务平台）, 2024"


def test_a_sheet_holds_only_so_many_rows(rm, tmp_path, monkeypatch):
    monkeypatch.setattr(writers, "MOST_SHEET_ROWS", 5)
    with pytest.raises(InputError, match="write CSV or Parquet"):
        written(rm, tmp_path, "xlsx")
    assert not (tmp_path / "out.xlsx").exists()


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(cells, cells, st.none() | cells), min_size=1, max_size=6))
def test_csv_is_read_back_as_it_was(tmp_path_factory, rows):
    import pyarrow as pa

    path = tmp_path_factory.mktemp("csv") / "out.csv"
    columns = list(zip(*rows, strict=True))
    blank = pa.nulls(len(rows), pa.float64())
    table = pa.table([*(pa.array(one, pa.string()) for one in columns), blank, blank],
                     names=["a", "b", "c", WGS84_LON, WGS84_LAT])  # fmt: skip
    writers.write([table.slice(0, 1), table.slice(1)] if len(rows) > 1 else [table], path, {})
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *found = list(csv.reader(file))
    assert head == ["a", "b", "c"]
    for row, back in zip(rows, found, strict=True):
        for value, cell in zip(row, back, strict=True):
            plain = value or ""
            assert cell in (plain, f"'{plain}")
            assert not cell.startswith(("=", "@", "＝", "\t", "\r", "\n"))


def test_a_parquet_result_holds_repeated_texts_once_and_others_plainly(tmp_path):
    count = 1_000
    part = pa.table(
        {
            "name": [f"plant {number}" for number in range(count)],
            "kind": ["steel", "coking"] * (count // 2),
            "metres": [float(number) for number in range(count)],
            WGS84_LON: [110.0] * count, WGS84_LAT: [30.0] * count,
        }
    )  # fmt: skip
    writers.write([part, part], tmp_path / "out.parquet", {})
    file = pq.ParquetFile(tmp_path / "out.parquet")
    assert file.read().num_rows == 2 * count
    columns = {file.metadata.row_group(0).column(at).path_in_schema: file.metadata.row_group(0).column(at)
               for at in range(3)}  # fmt: skip
    assert not columns["name"].has_dictionary_page
    assert columns["kind"].has_dictionary_page
    assert (columns["metres"].statistics.min, columns["metres"].statistics.max) == (0.0, 999.0)

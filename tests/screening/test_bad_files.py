"""Files that cannot be read: one clear line, never another exception."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
import zlib

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from regionmap.errors import InputError
from regionmap.screening.files.opening import ENDINGS, open_table
from regionmap.screening.files.zips import blocks, open_zip
from regionmap.screening.messages import shown


def refused(path, encoding=None):
    """The one line that a file is refused with, on opening or while it is read."""
    with pytest.raises(InputError) as caught:
        for _ in open_table(path, encoding).chunks(1_000):
            pass
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 400
    return line


def packed(parts, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\xef\xbb\xbf", "no column names"),
        ("a.csv", b"\n\n\n", "no column names"),
        ("a.csv", b",,,\n1,2,3,4\n", "no column names"),
        ("a.csv", "经度,纬度,行业\n".encode(), "has column names and no rows"),
        ("a.csv", "经度,纬度,行业\n\n\r\n".encode(), "has column names and no rows"),
        ("a.csv", "经度，纬度，行业\n1，2，3\n".encode(), "full-width"),
        ("a.csv", b"a,b\n\x81\x20,\xff\n", "line 2"),
        ("a.csv", "经度,纬度\n1,2\n".encode("utf-16-le"), "zero bytes"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "zero bytes"),
        ("a.csv", b'a,b\n1,2\n3,"4\n5,6\n', "row that begins in line 3 is never closed"),
        ("a.csv", b"c," * 1_000_000 + b"\n1\n", "columns"),
        ("a.csv", b"c\n" + b"x" * 30_000_000, "row of more than"),
        ("a.csv", b"x" * 30_000_000, "row of more than"),
        ("a.csv", b'a\n"' + b"x\n" * 4_000_000, "never closed"),
        ("a.csv", b"PK\x03\x04....", "ZIP or XLSX"),
        ("a.csv", b"PAR1....", "Parquet"),
        ("a.xlsx", b"PK\x03\x04", "cut short"),
        ("a.xlsx", b"<html><table>", "no XLSX file"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(1_000), "old Excel"),
        ("a.xlsx", packed({"a.txt": b"x"}), "no workbook"),
        ("a.xlsx", packed({"[Content_Types].xml": b"<Types/>"}), "no workbook"),
        ("a.xlsx", packed({"[Content_Types].xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><Types/>"}), "entities"),
        ("a.xlsx", packed({"xl/worksheets/sheet1.xml": bytes(60_000_000)}), "unpack to 60 MB"),
        ("a.zip", packed({"a.shp": bytes(60_000_000)}), "unpack to 60 MB"),
        ("a.zip", packed({"inner.zip": packed({"a.shp": b"x"})}), "0 Shapefiles"),
        ("a.zip", packed({"a.shp": b"x", "b.shp": b"x"}), "2 Shapefiles"),
        ("a.zip", packed({"a.shp": b"x"}), "lacks the .shx and .dbf"),
        ("a.zip", packed({"a.shp": b"x", "a.shx": b"x", "a.dbf": b"x"}), "no Shapefile"),
        ("a.zip", b"PK", "no ZIP file"),
        ("a.parquet", b"PAR1xx", "no Parquet file"),
        ("a.parquet", b"hello", "no Parquet file"),
        ("a.geojson", b"{", "no GeoJSON"),
        ("a.geojson", b"[1, 2]", "no GeoJSON"),
        ("a.geojson", b"<OGRVRTDataSource/>", "no GeoJSON"),
        ("a.json", b'{"a": 1}', "no GeoJSON"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "no features"),
        ("a.gpkg", b"SQLite format 3\0" + bytes(200), "no GeoPackage"),
        ("a.gpkg", b"<OGRVRTDataSource/>", "no GeoPackage"),
        ("a.xls", b"x", "no workbook"),
        ("a.et", b"x", "save it as .xlsx"),
        ("a.pdf", b"x", "no ending"),
        ("a", b"x", "no ending"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_line(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    assert words in refused(tmp_path / name)


def test_a_folder_a_missing_file_a_pipe_and_an_unknown_encoding(tmp_path):
    (tmp_path / "b.csv").mkdir()
    assert "is a folder" in refused(tmp_path / "b.csv")
    for ending in ENDINGS:
        assert "no file" in refused(tmp_path / f"a{ending}")
    os.mkfifo(tmp_path / "c.csv")
    assert "no ordinary file" in refused(tmp_path / "c.csv")
    (tmp_path / "d.csv").write_bytes("经度\n".encode("gb18030"))
    assert "no encoding is called" in refused(tmp_path / "d.csv", "klingon")
    assert "UTF-8 breaks off at line 1" in refused(tmp_path / "d.csv", "utf-8")


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet", "a.gpkg"])
def test_no_permission(tmp_path, name, monkeypatch):
    (tmp_path / name).write_bytes(b"x")

    def deny(*_args, **_kwargs):
        raise PermissionError(13, "no permission")

    monkeypatch.setattr("pathlib.Path.open", deny)
    assert "no permission" in refused(tmp_path / name)


def whole_files(folder):
    """One good file of every binary kind."""
    book = openpyxl.Workbook()
    for number in range(200):
        book.active.append([f"名{number}", number, "text"] if number else ["名称", "经度", "行业"])
    book.save(folder / "a.xlsx")
    pq.write_table(pa.table({"a": list(range(5_000)), "b": [f"厂{one}" for one in range(5_000)]}), folder / "a.parquet")
    frame = gpd.GeoDataFrame({"a": range(300)}, geometry=[shapely.Point(one, 1) for one in range(300)], crs=4326)
    frame.to_file(folder / "a.gpkg")
    frame.to_file(folder / "a.geojson")
    frame.to_file(folder / "b.shp")
    parts = {one.name: one.read_bytes() for one in folder.glob("b.*")}
    (folder / "a.zip").write_bytes(packed(parts))
    return {name: (folder / name).read_bytes() for name in ("a.xlsx", "a.parquet", "a.gpkg", "a.geojson", "a.zip")}


@pytest.fixture(scope="module")
def good_files(tmp_path_factory):
    return whole_files(tmp_path_factory.mktemp("good"))


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.gpkg", "a.geojson", "a.zip"])
@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.9, 0.99])
def test_cut_short(good_files, tmp_path, name, share):
    content = good_files[name]
    (tmp_path / name).write_bytes(content[: int(len(content) * share)])
    refused(tmp_path / name)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_files_are_read_or_refused(good_files, tmp_path_factory, data):
    name = data.draw(st.sampled_from(sorted(good_files)))
    content = bytearray(good_files[name])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(content)
    try:
        for _ in open_table(path).chunks(500):
            pass
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 - a damaged file may also be read


def test_a_forged_size_is_not_believed(tmp_path):
    """The headers say 1,000 bytes with the right sum for them; the part goes on to 50 MB."""
    content = bytearray(packed({"xl/styles.xml": bytes(50_000_000)}))
    sum_of_head = zlib.crc32(bytes(1_000))
    central = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, 14, sum_of_head)
    struct.pack_into("<I", content, 22, 1_000)
    struct.pack_into("<I", content, central + 16, sum_of_head)
    struct.pack_into("<I", content, central + 24, 1_000)
    (tmp_path / "a.xlsx").write_bytes(content)
    with open_zip(tmp_path / "a.xlsx") as archive:
        sizes = map(len, blocks(archive, archive.infolist()[0], "a.xlsx"))
        with pytest.raises(InputError, match="not as stated"):
            assert max(sizes) <= 1_000


def test_a_row_number_far_beyond_a_sheet(tmp_path, good_files):
    (tmp_path / "a.xlsx").write_bytes(good_files["a.xlsx"])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<row r="200"', b'<row r="999999999"')
    (tmp_path / "a.xlsx").write_bytes(packed(parts))
    assert "rows in a sheet" in refused(tmp_path / "a.xlsx")


@pytest.mark.parametrize("kind", ["LineString", "Polygon"])
def test_layers_of_lines_and_areas_give_a_reason_in_every_row(tmp_path, kind):
    shape = shapely.LineString([(0, 0), (1, 1)]) if kind == "LineString" else shapely.box(0, 0, 1, 1)
    feature = {"type": "Feature", "properties": {"a": 1}, "geometry": shapely.geometry.mapping(shape)}
    content = {"type": "FeatureCollection", "features": [feature] * 3}
    (tmp_path / "a.geojson").write_text(json.dumps(content), encoding="utf-8")
    (chunk,) = open_table(tmp_path / "a.geojson").chunks(10)
    assert chunk.num_rows == 3
    reasons = shown(chunk.columns[-1].to_pylist(), "en")
    assert all(one.startswith(f"not_a_point: the geometry is a {kind}") for one in reasons)

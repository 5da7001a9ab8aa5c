"""Tables of sites that hold more than tables of sites do: refused in one line that names the limit."""

from __future__ import annotations

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regionmap.errors import InputError
from regionmap.screening.files import bounds, parquet, sheet_parts
from regionmap.screening.files.opening import open_table


def read(path):
    return pa.concat_tables(open_table(path).chunks(1_000))


def parquet_of(tmp_path, **columns):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def workbook(tmp_path, rows):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "kml"])
def test_columns_are_counted(monkeypatch, tmp_path, ending):
    names = ["lon", "lat", "a", "b"]
    path = tmp_path / f"a.{ending}"
    if ending == "csv":
        path.write_text(f"{','.join(names)}\n115,38,1,2\n", "utf-8")
    elif ending == "xlsx":
        workbook(tmp_path, [names, [115, 38, 1, 2]])
    elif ending == "parquet":
        parquet_of(tmp_path, **{one: [1] for one in names})
    else:
        data = "".join(f'<Data name="{one}"><value>1</value></Data>' for one in names)
        path.write_text(f"<kml><Placemark><ExtendedData>{data}</ExtendedData></Placemark></kml>", "utf-8")
    assert read(path).num_rows == 1
    monkeypatch.setattr(bounds, "MOST_COLUMNS", 3)
    with pytest.raises(InputError, match=rf"a\.{ending} has 4 columns; at most 3 are read"):
        open_table(path)


def test_formats_of_cells_are_counted(monkeypatch, tmp_path):
    path = workbook(tmp_path, [["lon", "lat"], [115, 38]])
    open_table(path)
    monkeypatch.setattr(sheet_parts, "MOST_STYLES", 1)
    with pytest.raises(InputError, match=r"holds \d+ formats of cells; at most 1 are read: save the table as CSV"):
        open_table(path)


def test_empty_cells_before_the_last_of_a_row_count(monkeypatch, tmp_path):
    path = workbook(tmp_path, [["lon", "lat"], [115, 38]])
    book = openpyxl.load_workbook(path)
    for row in (2, 3):
        book.active.cell(row, 1_000, "far")
    book.save(path)
    assert read(path)["lon"][0].as_py() == "115"
    monkeypatch.setattr(bounds, "MOST_CELLS", 1_500)
    with pytest.raises(InputError, match=r"has a sheet of 2 rows by 1,000 columns, with its empty cells; at most 1,"):
        open_table(path)


def test_more_empty_cells_are_read_of_a_larger_file(monkeypatch, tmp_path):
    path = workbook(tmp_path, [["lon", "lat"], *[[115, 38]] * 20])
    book = openpyxl.load_workbook(path)
    for row in range(2, 22):
        book.active.cell(row, 1_500, "far")
    book.save(path)
    size = path.stat().st_size
    monkeypatch.setattr(bounds, "SMALL_CELLS", 1_000)
    assert read(path).num_rows == 20
    monkeypatch.setattr(bounds, "CELLS_PER_BYTE", 1)
    with pytest.raises(InputError, match=f"a sheet of 20 rows by 1,500 columns.*at most {size:,} cells"):
        open_table(path)


def test_far_rows_of_few_cells_are_no_large_sheet(monkeypatch, tmp_path):
    monkeypatch.setattr(bounds, "MOST_CELLS", 100)
    assert read(workbook(tmp_path, [["lon", "lat"], *[[115, 38]] * 200])).num_rows == 200


def test_a_text_that_a_dictionary_repeats_is_written_out_in_pieces(monkeypatch, tmp_path):
    long, short = "长" * 300, "短"
    path = parquet_of(tmp_path, lon=[115.0] * 400, lat=[38.0] * 400, note=[long, short] * 200)
    whole = read(path)
    monkeypatch.setattr(bounds, "BATCH_BYTES", 9_000)
    assert read(path).equals(whole)
    assert whole["note"].to_pylist() == [long, short] * 200
    assert whole["note"].type == pa.string()
    monkeypatch.setattr(bounds, "LONGEST_CELL", 800)
    with pytest.raises(InputError, match=r"a\.parquet holds a cell of 900 characters; at most 800 are read"):
        read(path)


def test_rows_that_outgrow_their_file_are_refused(monkeypatch, tmp_path):
    path = parquet_of(tmp_path, lon=[115.0] * 4_000, lat=[38.0] * 4_000, note=["x" * 20_000] * 4_000)
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(bounds, "HELD_BYTES", 1_000_000)
    with pytest.raises(InputError, match=r"holds rows of [\d,]+ bytes; for its size at most \d+ are read"):
        read(path)


def test_more_rows_than_bytes_can_hold_are_refused(monkeypatch, tmp_path):
    path = parquet_of(tmp_path, lon=[115.0] * 100_000, lat=[38.0] * 100_000)
    open_table(path)
    monkeypatch.setattr(bounds, "MANY_ROWS", 1_000)
    monkeypatch.setattr(bounds, "MOST_ROWS_PER_BYTE", 1)
    with pytest.raises(InputError, match=r"states 100,000 rows in [\d,]+ bytes; at most 1 rows to a byte are read"):
        open_table(path)


def test_cells_that_are_long_on_average_are_not_read(monkeypatch, tmp_path):
    monkeypatch.setattr(bounds, "LONGEST_CELL", 1_000)
    path = tmp_path / "a.parquet"
    table = pa.table({"lon": [115.0], "lat": [38.0], "note": ["x" * 2_000]})
    pq.write_table(table, path, use_dictionary=False)
    with pytest.raises(InputError, match=r"holds a cell of [\d,]+ characters; at most 1,000"):
        open_table(path)


def test_wide_rows_are_read_a_few_at_a_time(monkeypatch, tmp_path):
    path = parquet_of(tmp_path, lon=[115.0] * 50, lat=[38.0] * 50, note=[f"{one:0200}" for one in range(50)])
    monkeypatch.setattr(parquet, "BATCH_BYTES", 1_000)
    assert read(path)["note"].to_pylist() == [f"{one:0200}" for one in range(50)]

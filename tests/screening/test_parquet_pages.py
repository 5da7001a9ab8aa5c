"""Which Parquet files are read in the process that asks: those whose pages say all that they take."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from regionmap.screening.files import apart, parquet_pages
from regionmap.screening.files.opening import open_table
from regionmap.screening.files.parquet import is_plain
from regionmap.screening.files.parquet_pages import takes_what_it_says

ROWS = 5_000
SITES = pa.table(
    {
        "lon": [115 + number / ROWS for number in range(ROWS)],
        "lat": [38.5] * ROWS,
        "name": [f"厂{number}" for number in range(ROWS)],
        "industry": ["钢铁", "水泥", None, "焦化"] * (ROWS // 4),
        "built": pa.array(range(ROWS), pa.date32()),
        "large": [number % 3 == 0 for number in range(ROWS)],
        "nothing": pa.nulls(ROWS),
        "price": pa.array([1, 2] * (ROWS // 2), pa.decimal128(20, 2)),
    }
)


@pytest.fixture
def started(monkeypatch):
    """Whether a process was started for a file."""
    found = []

    class Kept(apart.Kept):
        def __init__(self, *asked, **more):
            found.append(asked[0].name)
            super().__init__(*asked, **more)

    monkeypatch.setattr(apart, "Kept", Kept)
    return found


def read(path):
    return pa.concat_tables(open_table(path).chunks(2_000))


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "lz4", "brotli"])
@pytest.mark.parametrize(
    "how",
    [
        {}, {"use_dictionary": False}, {"row_group_size": 700}, {"data_page_version": "2.0"},
        {"data_page_size": 500, "write_page_index": True, "write_page_checksum": True, "write_statistics": False},
        {"column_encoding": "DELTA_BINARY_PACKED", "use_dictionary": False, "only": ["built"]},
        {"column_encoding": "BYTE_STREAM_SPLIT", "use_dictionary": False, "only": ["lon"]},
        {"column_encoding": "DELTA_LENGTH_BYTE_ARRAY", "use_dictionary": False, "only": ["name"]},
    ],
)  # fmt: skip
def test_files_of_every_usual_form_are_read_here(tmp_path, started, compression, how):
    how = dict(how)
    table = SITES.select(how.pop("only", SITES.schema.names))
    pq.write_table(table, tmp_path / "a.parquet", compression=compression, **how)
    assert read(tmp_path / "a.parquet").num_rows == ROWS
    assert started == []


def odd():
    yield "nested", SITES.append_column("tags", pa.array([["a"]] * ROWS)), {}
    yield "struct", SITES.append_column("box", pa.array([{"xmin": 1.0}] * ROWS)), {}
    long = pa.array([f"{number % 40:0900}" for number in range(ROWS)], pa.large_string())
    yield "long texts of a dictionary", SITES.append_column("note", long), {}
    yield "texts by what they share", SITES.select(["lon", "lat", "name"]), {
        "column_encoding": {"name": "DELTA_BYTE_ARRAY"}, "use_dictionary": False,
    }  # fmt: skip
    wide = pa.array([b"x" * 200, b"y" * 200] * (ROWS // 2), pa.binary(200))
    yield "wide values of a dictionary", SITES.append_column("digest", wide), {}


@pytest.mark.parametrize(("table", "how"), [one[1:] for one in odd()], ids=[one[0] for one in odd()])
def test_others_are_read_by_another_process_to_the_same_rows(tmp_path, started, monkeypatch, table, how):
    path = tmp_path / "a.parquet"
    pq.write_table(table, path, **how)
    found = read(path)
    assert started == ["a.parquet"]
    monkeypatch.setattr(apart, "can_start", lambda: False)
    assert found.equals(read(path))
    assert found.num_rows == ROWS


def test_pages_that_are_many_or_large_for_the_file_are_read_by_another_process(tmp_path, started, monkeypatch):
    path = tmp_path / "a.parquet"
    pq.write_table(SITES, path)
    assert is_plain(path)
    monkeypatch.setattr(parquet_pages, "BATCH_BYTES", 1_000)
    assert is_plain(path)
    monkeypatch.setattr(parquet_pages, "PAGE_BYTES_PER_BYTE", 1)
    assert not is_plain(path)
    assert read(path).num_rows == ROWS
    assert started == ["a.parquet"]
    monkeypatch.undo()
    monkeypatch.setattr(parquet_pages, "_MOST_PAGES", 5)
    assert not is_plain(path)


def test_pages_that_take_more_than_the_footer_says(tmp_path):
    """The footer says just what the pages and their heads take; one that says less is not believed."""
    path = tmp_path / "a.parquet"
    pq.write_table(SITES, path, compression="none")
    whole = pq.ParquetFile(path)
    for number, field in enumerate(whole.schema_arrow):
        chunk = whole.metadata.row_group(0).column(number)
        with path.open("rb") as file:
            pages = parquet_pages._pages(file, chunk, 1_000)
        size = sum(page[2] for page in pages)
        assert 0 <= chunk.total_uncompressed_size - size <= 400 * len(pages)
        assert sum(page[5][1] for page in pages if page[1] == 0) == ROWS
        said = {"physical_type": chunk.physical_type}
        for more, plain in ((0, True), (-1, False)):
            chunk = SimpleNamespace(total_uncompressed_size=size + more, **said)
            assert parquet_pages._are_plain(pages, chunk, field, frozenset(["industry", "name"])) is plain


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8])
def test_what_is_no_head_of_a_page_is_not_believed(tmp_path, at):
    """Where its head should be stands something else: whatever it reads as, the pages do not end with their column."""
    path = tmp_path / "a.parquet"
    pq.write_table(SITES.select(["lon"]), path, use_dictionary=False, compression="none")
    content = path.read_bytes()
    assert takes_what_it_says(path, frozenset())
    start = 4 + math.floor(at * 20)
    path.write_bytes(content[:4] + content[start : start + 20] + content[24:])
    assert not takes_what_it_says(path, frozenset())


def test_geometry_as_well_known_binary(tmp_path, started):
    """A dictionary of points is written out at once, each of which is short: read here as long as it is small."""
    points = shapely.to_wkb(shapely.points([115.46, 116.4] * (ROWS // 2), [38.87, 39.9] * (ROWS // 2)))
    path = tmp_path / "a.parquet"
    table = pa.table({"geometry": pa.array(list(points), pa.binary()), "industry": ["钢铁"] * ROWS})
    meta = '{"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}'
    pq.write_table(table.replace_schema_metadata({"geo": meta}), path)
    found = read(path)
    assert found.column(1)[0].as_py() == pytest.approx(115.46)
    assert started == []


def test_a_file_of_names_alone(tmp_path, started):
    path = tmp_path / "a.parquet"
    pq.write_table(SITES.append_column("tags", pa.array([["a"]] * ROWS)).slice(0, 0), path)
    assert open_table(path, rowless=True).names[-1] == "tags"

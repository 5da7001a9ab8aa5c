"""A workbook that cannot be written is refused in one line, as every other file: its library has errors of its own."""

from __future__ import annotations

import datetime as dt
import errno

import pyarrow as pa
import pytest
from xlsxwriter.exceptions import FileCreateError

from regionmap.errors import InputError
from regionmap.output.formats import write_layer
from regionmap.output.layers.build import make_layer
from regionmap.screening import writers
from regionmap.screening.options import WGS84_LAT, WGS84_LON


def no_room(*_: object, **__: object) -> None:
    raise FileCreateError(OSError(errno.ENOSPC, "No space left on device"))


@pytest.fixture
def full(monkeypatch):
    monkeypatch.setattr("xlsxwriter.workbook.Workbook._store_workbook", no_room)


def test_a_layer(rm, full, tmp_path):
    path = tmp_path / "layer.xlsx"
    path.write_bytes(b"as it was")
    layer = make_layer(rm, "key-regions", dt.date(2019, 6, 1))
    with pytest.raises(InputError, match=r"layer\.xlsx cannot be written: .*disk is full"):
        write_layer(lambda: layer, path)
    assert [one.name for one in tmp_path.iterdir()] == ["layer.xlsx"]
    assert path.read_bytes() == b"as it was"


def test_a_result_of_screen(full, tmp_path):
    rows = pa.table({"a": ["1"], WGS84_LON: [1.0], WGS84_LAT: [2.0]})
    with pytest.raises(InputError, match=r"out\.xlsx cannot be written: .*disk is full"):
        writers.write([rows], tmp_path / "out.xlsx", {})
    assert list(tmp_path.iterdir()) == []

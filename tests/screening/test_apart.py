"""Workbooks and layers are read in a process of their own: the same rows, and limits that hold in any library."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from regionmap import limits
from regionmap.errors import InputError
from regionmap.screening.files import apart, opening
from regionmap.screening.files.opening import open_here, open_table

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits and /proc of Linux")


@pytest.fixture(autouse=True)
def read_apart(monkeypatch, read_here):
    monkeypatch.setattr(opening, "APART", frozenset({"xlsx", "layer"}))


@pytest.fixture
def workbook(tmp_path) -> Path:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["经度", "纬度", "行业", "行业"])
    for number in range(2_000):
        book.active.append([115 + number / 1000, 38.5, "钢铁", f"第{number}行"])
    book.create_sheet("其他").append(["x"])
    book.save(path)
    return path


@pytest.fixture
def layer(tmp_path) -> Path:
    path = tmp_path / "a.geojson"
    points = [{"type": "Point", "coordinates": [115.4, 38.8]}, {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}]
    features = [{"type": "Feature", "properties": {"行业": "钢铁"}, "geometry": one} for one in points]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def children() -> list[str]:
    """Return the commands of the processes that this one has started, those that have ended and wait among them."""
    pids = Path(f"/proc/self/task/{os.getpid()}/children").read_text("utf-8").split()
    commands = [Path(f"/proc/{one}/cmdline").read_text("utf-8") for one in pids]
    return [one for one in commands if "files.reader" in one or not one]


@pytest.mark.parametrize("name", ["workbook", "layer"])
def test_it_gives_the_same_table_whenever_it_is_asked(request, name):
    path = request.getfixturevalue(name)
    here, table = open_here(path), open_table(path)
    assert (table.names, table.rows, table.points) == (here.names, here.rows, here.points)
    assert [one.text for one in table.notes] == [one.text for one in here.notes]
    for size in (700, 5_000):
        found, wanted = list(table.chunks(size)), list(here.chunks(size))
        assert [one.num_rows for one in found] == [one.num_rows for one in wanted]
        assert all(one.equals(other) for one, other in zip(found, wanted, strict=True))
    assert not children()


def test_a_sheet_and_a_refusal_come_through(workbook):
    assert open_table(workbook, sheet="Sheet").notes[0].id == "note_sheet.others"
    with pytest.raises(InputError, match=r"a\.xlsx has no sheet 'x': it has 'Sheet', '其他'") as told:
        open_table(workbook, sheet="x")
    assert told.value.text.zh != told.value.text.en
    workbook.write_bytes(workbook.read_bytes()[:3_000])
    with pytest.raises(InputError, match=r"a\.xlsx is no XLSX file, or was cut short"):
        open_table(workbook)
    assert not children()


def test_who_stops_early_leaves_no_process(workbook):
    table = open_table(workbook)
    chunks = table.chunks(10)
    assert next(chunks).num_rows == 10
    assert len(children()) == 1
    del chunks
    assert not children()
    unread = open_table(workbook)
    assert len(children()) == 1
    del unread
    assert not children()


def test_memory_is_limited(monkeypatch, workbook):
    monkeypatch.setattr(limits, "MEMORY_BYTES", 30_000_000)
    monkeypatch.setattr(limits, "MEMORY_PER_BYTE", 0)
    with pytest.raises(
        InputError, match=r"a\.xlsx took more than 30 MB of memory to read: save the table as CSV"
    ) as told:
        pa.concat_tables(open_table(workbook).chunks(100_000))
    assert "内存" in told.value.text.zh


def test_seconds_are_limited(monkeypatch, tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["经度", "纬度"])
    for number in range(60_000):
        sheet.append([115 + number % 7, "#N/A", *range(8)])
    book.save(path)
    for name in ("OPENING_SECONDS", "READING_SECONDS"):
        monkeypatch.setattr(limits, name, 1)
        monkeypatch.setattr(limits, f"{name}_PER_MB", 0)
    started = time.process_time()
    with pytest.raises(InputError, match=r"a\.xlsx took more than 1 seconds of a processor to read"):
        pa.concat_tables(open_table(path).chunks(100_000))
    assert time.process_time() - started < 60


def test_a_process_that_is_killed_is_told_in_one_line(workbook):
    reader = apart.Reader(workbook, None, None, ())
    reader._process.send_signal(signal.SIGTERM)
    with pytest.raises(InputError, match=r"a\.xlsx broke off the program that reads it \(SIGTERM\)"):
        list(reader.chunks(10))


def test_the_command_line_reads_so(workbook, tmp_path):
    output = tmp_path / "o.csv"
    command = [sys.executable, "-m", "regionmap", "screen", str(workbook), "-o", str(output), "--json", "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert json.loads(done.stdout)["rows"] == 2_000
    assert len(output.read_text("utf-8-sig").splitlines()) == 2_001

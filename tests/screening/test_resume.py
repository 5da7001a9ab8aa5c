"""Runs that stop: nothing under the final name, and ``--resume`` goes on from the last whole chunk."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from regionmap.errors import InputError
from regionmap.screening import run as running
from regionmap.screening.options import Options
from regionmap.screening.run import screen

ON = Options(dt.date(2019, 6, 1))
TEXT = "地点,行业\n" + "".join(
    f"{place},{one}\n" for place in ("保定", "张家口", "上海", "武汉") for one in ("钢铁", "水泥")
)


class StoppedError(Exception):
    pass


def stop_after(rows):
    def progress(done, _):
        if done >= rows:
            raise StoppedError

    return progress


def test_resume_judges_only_what_is_left_and_gives_the_same_file(rm, tmp_path, monkeypatch):
    source, output, whole = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "whole.csv"
    source.write_text(TEXT, encoding="utf-8")
    wanted = screen(rm, source, whole, ON, {}, chunk=3)
    with pytest.raises(StoppedError):
        screen(rm, source, output, ON, {}, chunk=3, progress=stop_after(6))
    assert not output.exists()
    judged = []
    judge = running.Judge.judge
    monkeypatch.setattr(running.Judge, "judge", lambda self, table: judged.append(table.num_rows) or judge(self, table))
    found = screen(rm, source, output, ON, {}, chunk=3, resume=True)
    assert judged == [2]
    assert output.read_bytes() == whole.read_bytes()
    assert {**found, "output": ""} == {**wanted, "output": ""}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.csv", "out.csv", "whole.csv"]


def test_a_half_written_chunk_does_not_count(rm, tmp_path):
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(TEXT, encoding="utf-8")
    with pytest.raises(StoppedError):
        screen(rm, source, output, ON, {}, chunk=3, progress=stop_after(3))
    (folder,) = tmp_path.glob(".out.csv*")
    (folder / "half").write_bytes(b"ARROW1 cut off")
    assert screen(rm, source, output, ON, {}, chunk=3, resume=True)["rows"] == 8
    assert not folder.exists()


def test_parts_of_another_run_are_refused_or_thrown_away(rm, tmp_path):
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(TEXT, encoding="utf-8")
    with pytest.raises(StoppedError):
        screen(rm, source, output, ON, {}, chunk=3, progress=stop_after(3))
    with pytest.raises(InputError, match="start anew without --resume"):
        screen(rm, source, output, Options(dt.date(2020, 6, 1)), {}, chunk=3, resume=True)
    source.write_text(TEXT + "上海,纺织\n", encoding="utf-8")
    with pytest.raises(InputError, match="start anew without --resume"):
        screen(rm, source, output, ON, {}, chunk=3, resume=True)
    assert screen(rm, source, output, ON, {}, chunk=3)["rows"] == 9


def test_resume_without_a_stopped_run_begins_anew(rm, tmp_path):
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(TEXT, encoding="utf-8")
    assert screen(rm, source, output, ON, {}, resume=True)["rows"] == 8


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_process_that_is_killed_leaves_no_output_and_goes_on(tmp_path):
    rows = 400_000
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,地点,行业\n" + "".join(f"{one},保定,钢铁\n" for one in range(rows)), encoding="utf-8")
    command = [sys.executable, "-m", "regionmap", "screen", str(source), "-o", str(output), "--date", "2019-06-01"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    parts = tmp_path / ".out.csv.regionmap-parts"
    while process.poll() is None and not list(parts.glob("*.arrow")):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not output.exists()
    assert list(parts.glob("*.arrow"))
    again = subprocess.run([*command, "--resume", "--json"], capture_output=True, check=True)
    assert json.loads(again.stdout)["verdicts"] == {"prohibited": rows}
    lines = output.read_text("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [str(one) for one in range(rows)]
    assert not parts.exists()

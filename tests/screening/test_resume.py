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
from regionmap.screening.checkpoints import CheckpointStore
from regionmap.screening.judge import Judge
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
    judge = Judge.judge
    monkeypatch.setattr(Judge, "judge", lambda self, table: judged.append(table.num_rows) or judge(self, table))
    found = screen(rm, source, output, ON, {}, chunk=3, resume=True)
    assert judged == [2]
    assert output.read_bytes() == whole.read_bytes()
    assert {**found, "output": ""} == {**wanted, "output": ""}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.csv", "out.csv", "whole.csv"]


def test_a_name_as_long_as_names_can_be_is_written_and_resumed(rm, tmp_path):
    source, output = tmp_path / "in.csv", tmp_path / f"{'清' * 83}.csv"
    source.write_text(TEXT, encoding="utf-8")
    with pytest.raises(StoppedError):
        screen(rm, source, output, ON, {}, chunk=3, progress=stop_after(6))
    assert screen(rm, source, output, ON, {}, chunk=3, resume=True)["rows"] == 8
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.csv", output.name]


def test_a_run_that_kept_no_chunk_leaves_no_folder(rm, tmp_path):
    """Also one that goes on, in which the first chunk was damaged; a file of someone else stays where it is."""
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(TEXT, encoding="utf-8")

    def fail(*_):
        raise StoppedError
        yield

    with pytest.raises(StoppedError):
        screen(rm, source, output, ON, {}, chunk=3, engine=fail)
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]
    with pytest.raises(StoppedError):
        screen(rm, source, output, ON, {}, chunk=3, progress=stop_after(3))
    (kept,) = tmp_path.glob(".out.csv.*/*.arrow")
    kept.write_bytes(b"damaged")
    (kept.parent / "mine.txt").write_text("mine")
    with pytest.raises(StoppedError):
        screen(rm, source, output, ON, {}, chunk=3, engine=fail, resume=True)
    assert [one.name for one in kept.parent.iterdir()] == ["mine.txt"]


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


_KILLED_AT_THE_END_OF_A_WORKBOOK = """
import os, runpy, signal, sys, xlsxwriter
xlsxwriter.Workbook.close = lambda self: os.kill(os.getpid(), signal.SIGKILL)
sys.argv = ["regionmap", *sys.argv[1:]]
runpy.run_module("regionmap", run_name="__main__")
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("more", [["--resume"], []])
def test_rows_of_a_workbook_that_was_not_packed_stop_no_later_run(tmp_path, more):
    pytest.importorskip("xlsxwriter")
    source, output = tmp_path / "in.csv", tmp_path / "out.xlsx"
    source.write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-c", _KILLED_AT_THE_END_OF_A_WORKBOOK, "screen", str(source), "-o", str(output)]
    ended = subprocess.run([*command, "--date", "2019-06-01"], capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    left = [one.name for one in (tmp_path / ".out.xlsx.regionmap-parts").iterdir()]
    assert [name for name in left if name.startswith("tmp")]
    assert not output.exists()
    again = [sys.executable, "-m", "regionmap", *command[3:], "--date", "2019-06-01", "--json", *more]
    assert json.loads(subprocess.run(again, capture_output=True, check=True).stdout)["rows"] == 8
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.csv", "out.xlsx"]


def _stopped(rm, tmp_path):
    """Return input, output and the folder of kept chunks of a run that stopped after two of its three chunks."""
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(TEXT, encoding="utf-8")
    with pytest.raises(StoppedError):
        screen(rm, source, output, ON, {}, chunk=3, progress=stop_after(6))
    (folder,) = tmp_path.glob(".out.csv*")
    return source, output, folder


@pytest.mark.parametrize("at", [0, 40, 400, -40])
def test_a_flipped_bit_in_a_kept_chunk_has_it_judged_anew_and_told(rm, tmp_path, at):
    source, output, folder = _stopped(rm, tmp_path)
    part = folder / "000000.arrow"
    content = bytearray(part.read_bytes())
    content[at] ^= 1
    part.write_bytes(content)
    summary = screen(rm, source, output, ON, {}, chunk=3, resume=True)
    assert "a kept chunk was damaged; chunks judged anew, from it on: 2" in summary["notes"]
    whole = screen(rm, source, tmp_path / "whole.csv", ON, {}, chunk=3)
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert {**summary, "output": "", "notes": []} == {**whole, "output": "", "notes": []}
    assert not folder.exists()


def test_a_chunk_that_is_damaged_while_the_run_goes_on_is_told_as_what_it_is(rm, tmp_path, monkeypatch):
    source, output, folder = _stopped(rm, tmp_path)
    begin = CheckpointStore._begin

    def damaged_after(self, *run, **more):
        begin(self, *run, **more)
        (folder / "000001.arrow").write_bytes(b"cut")

    with monkeypatch.context() as patched:
        patched.setattr(CheckpointStore, "_begin", damaged_after)
        with pytest.raises(InputError, match=r"chunk 2 kept in .* was damaged meanwhile: .* --resume judges it anew"):
            screen(rm, source, output, ON, {}, chunk=3, resume=True)
    assert not output.exists()
    assert screen(rm, source, output, ON, {}, chunk=3, resume=True)["rows"] == 8


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
@pytest.mark.parametrize("resume", [True, False])
def test_a_link_in_the_place_of_the_folder_removes_nothing_behind_it(rm, tmp_path, resume):
    source, output, behind = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "mine"
    source.write_text(TEXT, encoding="utf-8")
    behind.mkdir()
    for name in ("letter.txt", "run.json", "000000.arrow", "lock", "half"):
        (behind / name).write_text("mine", encoding="utf-8")
    (tmp_path / ".out.csv.regionmap-parts").symlink_to(behind)
    with pytest.raises(InputError, match=r"\.out\.csv\.regionmap-parts is a link: .*; remove the link"):
        screen(rm, source, output, ON, {}, resume=resume)
    assert {one.name: one.read_text("utf-8") for one in behind.iterdir()} == dict.fromkeys(
        ("letter.txt", "run.json", "000000.arrow", "lock", "half"), "mine"
    )
    assert not output.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
@pytest.mark.parametrize("name", ["lock", "half", "run.json", "000000.arrow"])
def test_a_link_in_the_folder_leads_nowhere(rm, tmp_path, name):
    source, output, mine = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "mine.txt"
    source.write_text(TEXT, encoding="utf-8")
    mine.write_text("mine", encoding="utf-8")
    folder = tmp_path / ".out.csv.regionmap-parts"
    folder.mkdir()
    (folder / name).symlink_to(mine)
    if name == "lock":
        with pytest.raises(InputError, match="lock is a link: remove it"):
            screen(rm, source, output, ON, {})
    else:
        assert screen(rm, source, output, ON, {})["rows"] == 8
    assert mine.read_text("utf-8") == "mine"


def test_other_files_in_the_folder_are_neither_removed_nor_passed_over(rm, tmp_path):
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(TEXT, encoding="utf-8")
    letter = tmp_path / ".out.csv.regionmap-parts" / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"holds what is no chunk of a run, such as letter\.txt: move it away"):
        screen(rm, source, output, ON, {})
    assert letter.read_text("utf-8") == "mine"


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx", "geojson"])
def test_what_cannot_be_written_is_told_while_rows_are_still_judged_and_nothing_is_left(
    rm, tmp_path, monkeypatch, ending
):
    source, output = tmp_path / "in.csv", tmp_path / f"out.{ending}"
    source.write_text(TEXT, encoding="utf-8")
    keep, kept = CheckpointStore.keep, []

    def full(self, judged):
        if len(kept) == 1:
            raise OSError(28, "No space left on device")
        kept.append(judged)
        return keep(self, judged)

    with monkeypatch.context() as patched:
        patched.setattr(CheckpointStore, "keep", full)
        with pytest.raises(InputError, match="cannot be written: the disk is full"):
            screen(rm, source, output, ON, {}, chunk=2)
    assert not output.exists()
    assert screen(rm, source, output, ON, {}, chunk=2, resume=True)["rows"] == 8
    assert [one.name for one in tmp_path.iterdir() if one.name not in ("in.csv", output.name)] == []


def test_a_file_that_changes_while_it_is_read_leaves_the_old_result_and_no_chunks(rm, tmp_path):
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(TEXT, encoding="utf-8")
    output.write_text("old")

    def change(done, _):
        if done == 3:
            with source.open("a", encoding="utf-8") as file:
                file.write("z,保定,钢铁\n")

    with pytest.raises(InputError, match="was changed while it was read"):
        screen(rm, source, output, ON, {}, chunk=3, progress=change)
    assert output.read_text() == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.csv", "out.csv"]

"""``regionmap screen`` as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import regionmap.cli.commands as cli
from regionmap.screening.lean import Process

TEXT = "名称,地点,行业\na,保定,钢铁\nb,上海,纺织\nc,火星,钢铁\n"


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text(TEXT, encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        status = cli._run(["screen", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def test_json_holds_the_summary(run, tmp_path):
    status, out, _ = run("in.csv", "-o", "out.csv", "--date", "2019-06-01", "--json")
    summary = json.loads(out)
    assert status == 0
    assert summary["format"] == "regionmap.screen/1"
    assert summary["rows"] == 3
    assert summary["reasons"] == {"unknown_place": 1}
    assert summary["examples"]["unknown_place"].startswith("unknown_place: ")
    assert {"run", "catalogue", "boundaries", "versions", "options", "notes", "warnings", "coverage"} <= set(summary)
    assert summary["options"]["on"] == "2019-06-01"
    assert len((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()) == 4


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ["禁止", "河北省"]), ("en", ["Prohibited", "3 rows, 2 judged", "Hebei"])]
)
def test_people_get_tables(run, language, words):
    status, out, _ = run("in.csv", "-o", "out.csv", "--date", "2019-06-01", "--lang", language)
    assert status == 0
    assert all(word in out for word in words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.csv", "-o", "out.csv"], "none.csv"),
        (["in.csv", "-o", "out.txt"], "use one of .csv, .xlsx, .parquet, .geojson, .gpkg"),
        (["in.csv", "-o", "in.csv"], "the file that is read"),
        (["in.csv", "-o", "out.csv", "--industry-column", "nope"], "no column 'nope'"),
        (["in.csv", "-o", "out.csv", "--industry", "不存在"], "no industry is called"),
        (["in.csv", "-o", "out.csv", "--date", "2019"], "give the day, such as 2019-01-01"),
        (["in.csv", "-o", "out.csv", "--scheduler", "tcp://127.0.0.1:1"], "add --engine dask"),
        (["in.csv", "-o", "out.csv", "--engine", "spark"], "--engine"),
        (["in.csv"], "--output"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(run, tmp_path, arguments, words):
    status, out, err = run(*arguments, "--lang", "en")
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert words in err
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]


def test_the_engine_is_not_loaded_for_other_commands():
    code = (
        "import regionmap.cli.commands, sys;"
        "print([one for one in sys.modules if 'screening' in one or 'pyarrow' in one])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_reader_that_has_enough_is_no_failure():
    command = [sys.executable, "-m", "regionmap", "rules", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_without_the_extra_the_engine_says_what_to_install(run, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "dask", None)
    for name in ("cluster", "shipping", "chunks"):
        monkeypatch.delitem(sys.modules, f"regionmap.screening.dask.{name}", raising=False)
    status, out, err = run("in.csv", "-o", "out.csv", "--engine", "dask")
    assert (status, out) == (2, "")
    assert "pip install 'regionmap[dask]'" in err
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".geojson", ".xlsx"])
def test_a_file_of_texts_is_screened_without_pandas(tmp_path, ending):
    """Loading it would be a fifth of the time of a short file."""
    source, output = tmp_path / "sites.csv", tmp_path / f"out{ending}"
    source.write_text("经度,纬度,行业\n115.48,38.87,钢铁\n", "utf-8")
    code = (
        "import sys; from regionmap.__main__ import main\n"
        "try: main()\n"
        "finally: print('pandas' in sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "screen", str(source), "-o", str(output), "--date", "2024-06-01"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "False"
    assert output.stat().st_size > 0


def test_a_summary_for_machines_is_told_without_what_draws_tables(tmp_path):
    source, output = tmp_path / "sites.csv", tmp_path / "out.csv"
    source.write_text("经度,纬度,行业\n115.48,38.87,钢铁\n", "utf-8")
    code = (
        "import sys; from regionmap.__main__ import main\n"
        "try: main()\n"
        "finally: print('rich' in sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "screen", str(source), "-o", str(output), "--date", "2024-06-01", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "False"
    assert json.loads(done.stdout)["judged"] == 1


@pytest.mark.parametrize("ours", [True, False])
def test_threads_take_short_turns_in_a_process_of_the_command_line_alone(monkeypatch, ours):
    before = sys.getswitchinterval()
    monkeypatch.setattr(Process, "alone", ours)
    try:
        Process.takes_turns()
        assert (sys.getswitchinterval() < before) == ours
    finally:
        sys.setswitchinterval(before)

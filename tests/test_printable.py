"""What reaches a terminal: whatever is in a text, nothing in it steers the terminal, and no stream ends a command."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from rich.console import Console
from rich.table import Table

import regionmap.cli.commands as cli
from regionmap.errors import InputError
from regionmap.output.formats import write_layer
from regionmap.printable import json_text, one_line, printed, visible
from regionmap.terminal import safe_console

ESCAPE, CSI, RIGHT_TO_LEFT, ISOLATE, ZERO_WIDTH = "\x1b", "\x9b", "\u202e", "\u2067", "\u200b"
STEERING = (ESCAPE, CSI, RIGHT_TO_LEFT, ISOLATE, ZERO_WIDTH, "\x07", "\x7f", "\r", "\x00")


@pytest.mark.parametrize("sign", STEERING)
def test_no_sign_that_steers_is_left(sign: str) -> None:
    for cleaned in (visible(f"保定{sign}[2J"), one_line(f"保定{sign}[2J"), printed([f"保定{sign}[2J"])):
        assert sign not in cleaned
        assert "保定" in cleaned
    assert sign not in json_text({sign: sign})
    assert json.loads(json_text({sign: sign})) == {sign: sign}


def test_what_is_plain_stays() -> None:
    words = "保定市 – 〔2018〕136号\n\t「𠮷」 é 🙂"
    assert visible(words) == words
    assert json_text({"a": words}) == json.dumps({"a": words}, ensure_ascii=False, indent=1)


def test_one_line_is_one() -> None:
    assert one_line("a\nb\r\n\tc\u2028d") == "a b c d"
    assert one_line("name\udcff") == "name\\udcff"


def test_a_console_keeps_its_own_colours_and_no_others() -> None:
    screen = io.StringIO()
    console = safe_console(Console(file=screen, force_terminal=True, color_system="standard", width=80, markup=False))
    table = Table("column")
    table.add_row(f"a{ESCAPE}[8mb{RIGHT_TO_LEFT}c")
    console.print(table, style="red")
    shown = screen.getvalue()
    assert RIGHT_TO_LEFT not in shown
    assert f"{ESCAPE}[8m" not in shown
    assert f"{ESCAPE}[31m" in shown


def regionmap(*arguments: str, **streams: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "regionmap", *arguments]
    return subprocess.run(command, env={**os.environ, "NO_COLOR": "1"}, timeout=120, **streams)  # type: ignore[call-overload,no-any-return]


def test_names_of_files_and_columns_reach_neither_table_nor_json_raw(tmp_path: Path) -> None:
    source = tmp_path / f"a{ESCAPE}[2J.csv"
    source.write_text(f"{RIGHT_TO_LEFT}x,地点,行业\n{ESCAPE}]0;t,保定,{CSI}31m\n", encoding="utf-8")
    for more in ([], ["--json"], ["--lang", "en"], ["--place-column", f"{ESCAPE}[2J"]):
        done = regionmap("screen", str(source), "-o", str(tmp_path / f"o{ESCAPE}.csv"), *more, capture_output=True)
        for said in (done.stdout.decode(), done.stderr.decode()):
            assert not set(STEERING) & set(said.replace("\r\n", "\n"))
        assert done.stdout or done.stderr


def test_texts_of_an_overlay_do_not_reach_the_terminal_raw(tmp_path: Path) -> None:
    folder = tmp_path / f"own{ESCAPE}[2J"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / f"x{RIGHT_TO_LEFT}.yaml").write_text(f"id: '{RIGHT_TO_LEFT}'\ntitle: 1\n", encoding="utf-8")
    done = regionmap("validate", str(folder), capture_output=True)
    assert done.returncode == 2
    assert not set(STEERING) & set(done.stderr.decode())


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def exported(monkeypatch: pytest.MonkeyPatch, file_format: str, kind: type[io.TextIOWrapper]) -> str:
    """A layer whose texts steer a terminal, written to standard output."""
    name = f"保定{CSI}{RIGHT_TO_LEFT}{ISOLATE}\x7f\n\t市"  # what XML holds, too
    record = {"id": "a/1", "code": "130600", "name": name, "industries": ZERO_WIDTH}
    layer = gpd.GeoDataFrame([record], geometry=[shapely.box(115, 38, 116, 39)], crs="EPSG:4326")
    output = io.BytesIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", kind(output, encoding="utf-8", newline=""))
        write_layer(lambda: layer, Path("-"), file_format)
        sys.stdout.flush()
        return output.getvalue().decode()


@pytest.mark.parametrize("file_format", ["geojson", "csv", "kml"])
def test_a_layer_on_a_terminal_steers_nothing_and_to_a_pipe_it_is_as_it_is(
    monkeypatch: pytest.MonkeyPatch, file_format: str
) -> None:
    shown, piped = (exported(monkeypatch, file_format, kind) for kind in (Terminal, io.TextIOWrapper))
    assert not set(STEERING) & set(shown)
    assert "保定" in shown
    assert RIGHT_TO_LEFT in piped
    if file_format == "geojson":
        assert json.loads(shown) == json.loads(piped)


@pytest.mark.parametrize("file_format", ["gpkg", "parquet", "flatgeobuf", "xlsx"])
def test_what_is_no_text_goes_to_no_terminal(monkeypatch: pytest.MonkeyPatch, file_format: str) -> None:
    with pytest.raises(InputError, match=f"{file_format} is no text that a terminal shows: name a file"):
        exported(monkeypatch, file_format, Terminal)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "保定", "--industry", "钢铁"],
        ["check", "保定", "--industry", "钢铁", "--json"],
        ["check", "保定", "--industry", "钢铁", "--brief"],
        ["lookup", "保定"],
        ["transfer", "--from", "上海", "--industry", "纺织"],
        ["rules", "--text", "错峰"],
        ["regions"],
        ["history", "air-key-regions", "--from", "2019-06-01", "--to", "2024-03-01"],
        ["sources", "--json"],
        ["export", "units", "-o", "-", "--format", "csv"],
        ["validate"],
        ["--help"],
    ],
)
def test_a_full_disk_behind_standard_output_is_told_in_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = regionmap(*arguments, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert "磁盘已满" in line


def test_a_library_that_cannot_be_loaded_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """As where there is no memory for it; numpy tells of it in a page."""

    def load(*_: object) -> None:
        try:
            raise ImportError("libx.so: failed to map segment from shared object")
        except ImportError:
            raise ImportError("\n\nIMPORTANT\n\nread this\n") from None

    monkeypatch.setattr("regionmap.api.Regionmap.load", load)
    assert cli._run(["lookup", "130600", "--lang", "en"]) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert "cannot be loaded (libx.so: failed to map segment from shared object)" in line


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
@pytest.mark.parametrize(("redirection", "status"), [(">&-", 0), (">&- 2>&-", 0), (">/dev/full 2>/dev/full", 2)])
def test_closed_streams_end_no_command_with_a_traceback(redirection: str, status: int) -> None:
    command = f"'{sys.executable}' -m regionmap sources --json {redirection}"
    done = subprocess.run(command, shell=True, capture_output=True, timeout=120)  # noqa: S602  (no words of anyone)
    assert (done.returncode, done.stdout, done.stderr) == (status, b"", b"")

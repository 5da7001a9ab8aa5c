"""Faults of the call: readers that go away, and files, folders and settings that are something else than is asked for.

Every command is to end soon, in an answer or in one line, as ``tools.faults`` looks at it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tools.fault_bench import CHECK, EXPORT, POINT, Bench, Found, Run, no_privilege, substance

_SECONDS = 120
_ASKED = ("--industry", "steel", "--date", "2019-06-01")
CALLS: Mapping[str, Sequence[str]] = {
    "check": CHECK[:-1],
    "check, whole": (*CHECK[:-1], "--full"),
    "check, brief": (*CHECK[:-1], "--brief"),
    "check, JSON": CHECK,
    "check, CSV": (*CHECK[:-1], "--format", "csv"),
    "check, Markdown": (*CHECK[:-1], "--format", "markdown"),
    "check, table": (*CHECK[:-1], "--format", "table"),
    "lookup": ("lookup", "130600", "--full"),
    "lookup, JSON": ("lookup", "130600", "--json"),
    "transfer": ("transfer", "--from", "310000", "--industry", "textile"),
    "transfer, JSON": ("transfer", "--from", "310000", "--industry", "textile", "--all", "--json"),
    "rules": ("rules", "--text", "错峰"),
    "rules, CSV": ("rules", "--format", "csv"),
    "regions": ("regions", "--full"),
    "history": ("history", "air-key-regions", "--from", "2019-06-01", "--to", "2024-03-01"),
    "sources": ("sources",),
    "export, CSV": ("export", "units", "-o", "-", "--format", "csv"),
    "export, GeoPackage": (*EXPORT, "-", "--format", "gpkg"),
    "screen": ("screen", "sites-300.csv", "-o", "closed.csv"),
    "screen, JSON": ("screen", "sites-300.csv", "-o", "closed.csv", "--json"),
    "validate": ("validate",),
    "publish": ("publish", "closed", "--date", "2019-06-01"),
    "help": ("--help",),
    "help of a command": ("check", "--help"),
    "version": ("--version",),
    "completion": ("--show-completion",),
    "an error": ("check", "nowhere at all", *_ASKED),
}


_TELLS = ("screen", "screen, JSON", "publish", "an error")
"""Calls that say on standard error what they did, or what is wrong."""


def pipes(bench: Bench, _: argparse.Namespace) -> Found:
    """Standard output that nobody reads, from the start or after the first byte; both streams; all of them closed."""
    bench.sites(300)
    for name, words in CALLS.items():
        for read in (0, 1):
            run = _unread(bench, words, read)
            said = "" if run.err.count("\n") < 2 or name in _TELLS else run.err[-300:]
            yield f"{name}: read up to byte {read}", run.escape(also=(141,)) or said
            run = _ended(bench, words, streams=f"2>&1 | head -c {read}")
            yield f"{name}: both streams up to byte {read}", run.escape(also=(141,), silent=True)
        run = _ended(bench, words, streams="<&- >&- 2>&-")
        yield f"{name}: all streams closed", run.escape(silent=True)


def _unread(bench: Bench, words: Sequence[str], read: int) -> Run:
    """Run a command and stop reading what it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "regionmap", *words], cwd=bench.folder, env=bench.settings(SHELL="/bin/bash"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
    )  # fmt: skip
    assert process.stdout is not None  # noqa: S101  (asked for above)
    assert process.stderr is not None  # noqa: S101
    process.stdout.read(read)
    process.stdout.close()
    said = process.stderr.read().decode("utf-8", "replace")
    process.stderr.close()
    return Run(process.wait(_SECONDS), "", said)


def _ended(
    bench: Bench,
    words: Sequence[str],
    *,
    streams: str = "",
    first: str = "",
    before: Callable[[], None] | None = None,
    given: Mapping[str, str] | None = None,
) -> Run:
    """Run a command in a shell: ``first`` stands before it, ``streams`` behind it; ``given`` is in its environment."""
    line = f'{first} "$0" -m regionmap "$@" {streams}'
    process = subprocess.Popen(
        ["/bin/bash", "-o", "pipefail", "-c", line, sys.executable, *words], cwd=bench.folder,
        env=bench.settings(**(given or {})),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
        preexec_fn=before, start_new_session=True,
    )  # fmt: skip
    try:
        out, err = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.communicate()
        return Run(-9, "", f"no end after {_SECONDS} s")
    return Run(process.returncode, out, err)


def strangers(bench: Bench, _: argparse.Namespace) -> Found:
    """Something else where a folder of policies, an area, a table, a folder for results or a cache is asked for."""
    meant = substance(bench.run(*POINT, REGIONMAP_CACHE="off"))
    bench.sites(300)
    with _made(bench.folder / "things") as made:
        for what, given in made.items():
            for name, words in _reading(bench, given).items():
                run = _ended(bench, words, before=no_privilege)
                several = name in ("--catalogue", "validate") and run.status == 2  # problems, each on a line
                lines = run.err[-300:] if run.err.count("\n") != 1 and not several else ""
                yield f"{name}: {what}", run.escape() or lines or ("answered" if run.status == 0 else "")
            for name, words in _writing(given or "none").items():
                run = _ended(bench, words, before=no_privilege)
                yield f"{name}: {what}", run.escape() or (run.err[-300:] if run.err.count("\n") != 1 else "")
            run = _ended(bench, POINT, before=no_privilege, given={"REGIONMAP_CACHE": given})
            yield f"a cache: {what}", run.escape() or ("" if substance(run) == meant else "another answer")


@contextlib.contextmanager
def _made(things: Path) -> Iterator[dict[str, str]]:
    """Make things that are no folder of policies and no table, for as long as they are looked at."""
    things.mkdir()
    locked, around, loop = things / "locked", things / "around", things / "loop"
    for folder in (locked, around / "sources", things / "empty"):
        folder.mkdir(parents=True)
    os.mkfifo(around / "sources" / "a.yaml")
    loop.symlink_to(loop)
    (things / "text").write_text("neither policy nor table\n")
    (things / "bytes").write_bytes(bytes(range(256)) * 8)
    (things / "unreadable").write_text("{}")
    for one in (locked, things / "unreadable"):
        one.chmod(0)
    bound = subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket(socket.AF_UNIX).bind('socket')"], cwd=things
    )  # there, since the path of a socket has 108 bytes at most
    bound.check_returncode()
    named = {
        "no file": "none", "a text": "text", "bytes": "bytes", "a file that may not be read": "unreadable",
        "a socket": "socket", "a folder that may not be read": "locked", "inside it": "locked/in",
        "an empty folder": "empty", "a folder of a pipe": "around", "a link to itself": "loop",
        "below a file": "text/in", "a name of 300 letters": "n" * 300, "a path of 5,000 letters": "n/" * 2_500,
    }  # fmt: skip
    try:
        yield {what: str(things / name) for what, name in named.items()} | {
            "an empty name": "", "nothing for ever": "/dev/null", "zeroes for ever": "/dev/zero",
        }  # fmt: skip
    finally:
        locked.chmod(0o755)


def _reading(bench: Bench, given: str) -> dict[str, Sequence[str]]:
    table = bench.folder / "linked.csv"
    table.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # longer than a link can be
        table.symlink_to(given or "none")
    return {
        "--catalogue": ("check", "130600", *_ASKED, "--catalogue", given),
        "validate": ("validate", given),
        "--area": ("check", "--area", given, *_ASKED),
        "screen": ("screen", given, "-o", "read.csv", *_ASKED),
        "screen, as CSV": ("screen", str(table), "-o", "read.csv", *_ASKED),
    }


def _writing(given: str) -> dict[str, Sequence[str]]:
    return {
        "export": ("export", "pilots", "--format", "csv", "-o", f"{given}/x.csv"),
        "--report": ("check", "130600", *_ASKED, "--report", f"{given}/x.html"),
        "--report over it": ("check", "130600", *_ASKED, "--report", given),
        "screen -o over it": ("screen", "sites-300.csv", "-o", given),
    }


_SETTINGS: Mapping[str, Mapping[str, str]] = {
    "no HOME": {"HOME": "", "XDG_CACHE_HOME": ""},
    "a locale of ASCII": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "streams of ASCII": {"PYTHONIOENCODING": "ascii:strict"},
    "a terminal of no width": {"COLUMNS": "0", "LINES": "0"},
    "a width that is no number": {"COLUMNS": "wide"},
    "a terminal of a million cells": {"COLUMNS": "1000000"},
    "a dumb terminal": {"TERM": "dumb"},
    "no temporary folder": {"TMPDIR": "/nowhere"},
    "a language that is none": {"REGIONMAP_LANG": "xx"},
    "no language": {"REGIONMAP_LANG": ""},
    "a catalogue that is none": {"REGIONMAP_CATALOGUE": "/nowhere"},
    "an empty catalogue": {"REGIONMAP_CATALOGUE": ""},
    "a clock of nowhere": {"TZ": "Nowhere/None"},
    "without docstrings": {"PYTHONOPTIMIZE": "2"},
    "its developers' mode": {"PYTHONDEVMODE": "1"},
}
_LIMITS: Mapping[str, str] = {
    "a folder that is gone": "mkdir gone; cd gone; rmdir ../gone;",
    "twenty open files": "ulimit -n 20;",
    "300 MB of memory": "ulimit -v 300000;",
    "one second": "ulimit -t 1;",
    "no files": "ulimit -f 0;",
}


def settings(bench: Bench, _: argparse.Namespace) -> Found:
    """An odd environment, or little room to work in."""
    bench.sites(300)
    table = str(bench.folder / "sites-300.csv")
    asked = {
        "check": CHECK, "check in words": (*CHECK[:-1], "--full"), "a point": POINT, "help": ("check", "--help"),
        "screen": ("screen", table, "-o", str(bench.folder / "odd.csv"), "--date", "2019-06-01"),
        "export": ("export", "pilots", "-o", str(bench.folder / "odd.csv")),
        "a wrong word": ("check", "nowhere at all", *_ASKED),
        "a word of bytes": ("check", os.fsdecode(b"\xff\xfe"), *_ASKED),
    }  # fmt: skip
    meant = {name: substance(bench.run(*words)) for name, words in asked.items() if "--json" in words}
    for what, given in _SETTINGS.items():
        for name, words in asked.items():
            run = _ended(bench, words, given=given)
            other = run.status == 0 and name in meant and substance(run) != meant[name]
            yield f"{what}: {name}", run.escape() or ("another answer" if other else "")
    for what, line in _LIMITS.items():
        for name, words in asked.items():
            run = _ended(bench, words, first=line, given={"REGIONMAP_CACHE": str(bench.folder / "cache of limits")})
            other = run.status == 0 and name in meant and substance(run) != meant[name]
            ended = what == "one second" and run.status in (-9, -24, 137, 152)  # the system's own end
            yield f"{what}: {name}", "" if ended else run.escape() or ("another answer" if other else "")


def missing(bench: Bench, given: argparse.Namespace) -> Found:
    """Every bundled file gone, empty, cut, a folder or not to be read: the same answer, or one line."""
    meant = {words: substance(bench.run(*words)) for words in (CHECK, POINT)}
    chosen = random.Random(given.seed)  # noqa: S311
    for number, path in enumerate(bench.bundled(given.flips, chosen)):
        content = path.read_bytes()
        spoil = _SPOILS[list(_SPOILS)[number % len(_SPOILS)]]
        wrong = ""
        try:
            spoil(path)
            for words in (CHECK, POINT):
                run = _ended(bench, words, before=no_privilege, given={"REGIONMAP_CACHE": "off"})
                other = run.status == 0 and substance(run) != meant[words]
                wrong = wrong or run.escape() or ("another answer" if other else "")
        finally:
            if path.is_dir():
                path.rmdir()
            path.unlink(missing_ok=True)
            path.write_bytes(content)
        yield f"{list(_SPOILS)[number % len(_SPOILS)]}: {path.name}", wrong


def _to_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


_SPOILS: Mapping[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a folder": _to_folder,
    "not to be read": lambda path: path.chmod(0),
}

KINDS: dict[str, Callable[[Bench, argparse.Namespace], Found]] = {
    "pipes": pipes, "strangers": strangers, "settings": settings, "missing": missing,
}  # fmt: skip

"""Break what regionmap runs on, and look at how it ends: ``make faults``.

    python -m tools.faults [--only kill --only flips] [--flips 400] [--seed 1]

Runs are killed (SIGKILL) in the middle; disks are full and folders read-only for output, cache and temporary files; a
bit of every bundled file of an installation is flipped; two runs write one file; the clock is far off; an old or
damaged cache meets the program; and calls are odd (``tools.fault_calls``). What counts as an escape: a traceback, an
exit status that is neither 0 nor 2, half a file under the name that was asked for, or another answer than without the
fault. The exit status is 1 after one.

Everything happens in a temporary folder, on a copy of the installation; nothing is asked of another machine.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.fault_bench import (
    CHECK,
    EXPORT,
    MOST_BYTES,
    POINT,
    Bench,
    Found,
    Run,
    digest,
    flipped,
    no_privilege,
    substance,
)

from tools import fault_calls


def kill(bench: Bench, _: argparse.Namespace) -> Found:
    """SIGKILL in screening, export and publishing, at moments that are spread over the run."""
    source = bench.sites(170_000)
    whole = bench.folder / "whole.csv"
    start = time.monotonic()
    done = bench.run("screen", str(source), "-o", str(whole))
    took = time.monotonic() - start
    yield "screen to its end", done.escape()
    for part in (0.35, 0.6, 0.85):
        out = bench.folder / f"killed-{part}.csv"
        _killed(bench, took * part, "screen", str(source), "-o", str(out))
        half = "half a file stands under its name" if out.exists() and digest(out) != digest(whole) else ""
        yield f"screen killed at {part:.0%}", half
        again = bench.run("screen", str(source), "-o", str(out), "--resume")
        other = "" if again.status or digest(out) == digest(whole) else "the resumed run wrote another file"
        yield f"screen resumed after {part:.0%}", again.escape() or (again.err if again.status else other)
        left = [one.name for one in bench.folder.glob(f".{out.name}*")]
        yield "screen leaves nothing behind", f"left: {left}" if left else ""
    yield from _killed_workbook(bench)
    yield from _killed_writers(bench)


def _killed_workbook(bench: Bench) -> Found:
    """SIGKILL while the rows of a workbook are not packed yet: its library has temporary files of its own names."""
    source, out = bench.sites(30_000), bench.folder / "killed.xlsx"
    words = ("screen", str(source), "-o", str(out))
    for more in (("--resume",), ()):
        out.unlink(missing_ok=True)
        process = bench.start(*words)
        while process.poll() is None and not list(bench.folder.glob(f".{out.name}*/tmp*")):
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        yield "workbook killed while it is written", "half a file stands under its name" if out.exists() else ""
        again = bench.run(*words, *more)
        yield f"workbook {' '.join(more) or 'anew'} after that", again.escape() or (again.err if again.status else "")
        left = [one.name for one in bench.folder.glob(f".{out.name}*")]
        yield "workbook leaves nothing behind", f"left: {left}" if left else ""


def _killed_writers(bench: Bench) -> Found:
    out = bench.folder / "layer.gpkg"
    start = time.monotonic()
    yield "export to its end", bench.run(*EXPORT, str(out)).escape()
    took, old = time.monotonic() - start, digest(out)
    for part in (0.5, 0.8, 0.95):
        _killed(bench, took * part, "export", "key-regions", "--date", "2019-06-01", "-o", str(out))
        fault = "" if _is_geopackage(out) else "a damaged file stands under its name"
        yield f"export killed at {part:.0%} over an older file" + (" (kept)" if digest(out) == old else ""), fault
    folder = bench.folder / "published"
    words = ("publish", str(folder), "--date", "2019-06-01", "--url", "http://127.0.0.1:5000")
    start = time.monotonic()
    yield "publish to its end", bench.run(*words).escape()
    took, names = time.monotonic() - start, sorted(one.name for one in folder.rglob("*"))
    for part in (0.4, 0.7, 0.9):
        _killed(bench, took * part, *words)
        now = sorted(one.name for one in folder.rglob("*"))
        yield f"publish killed at {part:.0%}", "" if now == names else "half a folder stands under its name"
    yield "publish after that", bench.run(*words).escape()


def _killed(bench: Bench, after: float, *words: str) -> None:
    process = bench.start(*words)
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()


def _is_geopackage(path: Path) -> bool:
    import sqlite3

    with sqlite3.connect(path) as base:
        found: str = base.execute("pragma integrity_check").fetchone()[0]
    return found == "ok"


def _small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))


def disks(bench: Bench, _: argparse.Namespace) -> Found:
    """A full disk and read-only folders, for output, cache and temporary files."""
    source, meant = bench.sites(3_000), substance(bench.run(*CHECK))
    for name, full in (("full disk", True), ("read-only folder", False)):
        before = _small_files if full else no_privilege
        folder = bench.folder / name.replace(" ", "-")
        folder.mkdir()
        old = {ending: folder / f"old{ending}" for ending in (".csv", ".gpkg", ".geojson", ".xlsx", ".parquet", ".kml")}
        for path in old.values():
            path.write_text("as it was")
        if not full:
            folder.chmod(0o555)
        for ending, path in old.items():
            for written in ([*EXPORT, str(path)], ["screen", str(source), "-o", str(path)]):
                if ending == ".kml" and written[0] == "screen":
                    continue
                run = bench.run(*written, before=before)
                kept = run.status == 0 or path.read_text(errors="replace") == "as it was"
                yield f"{name}: {written[0]} {ending}", run.escape() or ("" if kept else "the older file is gone")
        cache = bench.folder / f"cache {name}"
        cache.mkdir()
        if not full:
            cache.chmod(0o555)
        for words in (CHECK, POINT):
            run = bench.run(*words, before=before, REGIONMAP_CACHE=str(cache))
            other = "another answer" if words is CHECK and run.status == 0 and substance(run) != meant else ""
            yield f"{name}: cache of {'a name' if words is CHECK else 'a point'}", run.escape() or other
        left = len(list(cache.iterdir()))
        yield f"{name}: the cache holds no half file", f"{left} files" if left and full and _too_small(cache) else ""
        run = bench.run("screen", str(source), "-o", str(bench.folder / "out.gpkg"), before=before, TMPDIR=str(folder))
        yield f"{name}: temporary files", run.escape()
        folder.chmod(0o755)
        cache.chmod(0o755)
    others = (("rules", "--text", "错峰"), ("lookup", "130600"), ("sources",), ("check", "--help"))
    printing: list[Sequence[str]] = [CHECK, *others]
    for each in printing:
        yield f"full disk: standard output of {each[0]}", _to_full(bench, each)


def _too_small(folder: Path) -> bool:
    return any(one.stat().st_size == MOST_BYTES for one in folder.iterdir())


def _to_full(bench: Bench, words: Sequence[str]) -> str:
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [sys.executable, "-m", "regionmap", *words], cwd=bench.folder, env=bench.settings(), stdout=full,
            stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, timeout=300,
        )  # fmt: skip
    return Run(process.returncode, "", process.stderr).escape() or ("" if process.returncode else "no word of it")


def flips(bench: Bench, given: argparse.Namespace) -> Found:
    """One bit of every bundled file, each in turn: the same answer, or one line."""
    meant = {words: substance(bench.run(*words)) for words in (CHECK, POINT)}
    chosen = random.Random(given.seed)  # noqa: S311
    for path in bench.bundled(given.flips, chosen):
        content = path.read_bytes()
        if not content:
            continue
        at = chosen.randrange(len(content))
        path.write_bytes(flipped(content, at, chosen.randrange(8)))
        wrong = ""
        try:
            for words in (CHECK, POINT):
                run = bench.run(*words, REGIONMAP_CACHE="off")
                wrong = (
                    wrong or run.escape() or ("" if run.status or substance(run) == meant[words] else "another answer")
                )
        finally:
            path.write_bytes(content)
        yield f"a bit of {path.relative_to(bench.packages)}", wrong


def writers(bench: Bench, _: argparse.Namespace) -> Found:
    """Two runs that write one file at the same time."""
    source, alone = bench.sites(60_000), bench.folder / "alone.csv"
    yield "one run", bench.run("screen", str(source), "-o", str(alone)).escape()
    both = bench.folder / "both.csv"
    ended = _together(bench, ["screen", str(source), "-o", str(both)], 2)
    for run in ended:
        yield "screen beside another", run.escape()
    whole = both.exists() and digest(both) == digest(alone) and any(run.status == 0 for run in ended)
    yield "screen: the file is whole", "" if whole else "it is not"
    layer = bench.folder / "both.gpkg"
    for run in _together(bench, [*EXPORT, str(layer)], 3):
        yield "export beside others", run.escape()
    yield "export: the file is whole", "" if _is_geopackage(layer) else "it is not"
    shutil.rmtree(bench.cache, ignore_errors=True)
    meant = substance(bench.run(*POINT, REGIONMAP_CACHE="off"))
    for run in _together(bench, [*POINT], 4):
        yield "a new cache, asked for by four", run.escape() or ("" if substance(run) == meant else "another answer")


def _together(bench: Bench, words: list[str], count: int) -> list[Run]:
    processes = [bench.start(*words) for _ in range(count)]
    said = [(one, *one.communicate(timeout=900)) for one in processes]
    return [Run(one.returncode, out, err) for one, out, err in said]


_CLOCK = """\
import datetime, sys
real = datetime.date
class date(real):
    @classmethod
    def today(cls):
        return cls.fromisoformat({day!r})
datetime.date = date
sys.argv = ["regionmap", *{words!r}]
from regionmap.__main__ import main
main()
"""


def clocks(bench: Bench, _: argparse.Namespace) -> Found:
    """A clock that is far off, and files whose times are."""
    meant = substance(bench.run(*CHECK))
    for day in ("1970-01-01", "1901-12-13", "2038-01-20", "2199-12-31", "9999-12-31"):
        for words in (CHECK, CHECK[:4], ("lookup", "130600"), ("rules", "--text", "错峰")):
            code = _CLOCK.format(day=day, words=list(words))
            done = subprocess.run(
                [sys.executable, "-c", code], cwd=bench.folder, env=bench.settings(), capture_output=True, text=True,
                timeout=300,
            )  # fmt: skip
            run = Run(done.returncode, done.stdout, done.stderr)
            other = "another answer" if words is CHECK and substance(run) != meant else ""
            yield f"the clock says {day}: {words[0]}{' of a date' if words is CHECK else ''}", run.escape() or other
    for year in (0, 4_102_444_800):
        for one in bench.cache.rglob("*"):
            os.utime(one, (year, year))
        run = bench.run(*CHECK)
        yield (
            f"a cache of the year {1970 if not year else 2100}",
            run.escape() or ("" if substance(run) == meant else "another answer"),
        )


def caches(bench: Bench, given: argparse.Namespace) -> Found:
    """An old cache, a damaged one and a strange one before the program."""
    meant = {words: substance(bench.run(*words, REGIONMAP_CACHE="off")) for words in (CHECK, POINT)}
    compiled = bench.packages / "regionmap" / "bundle" / "catalogue.bin"
    aside = compiled.rename(compiled.with_suffix(".aside")) if compiled.exists() else None
    chosen = random.Random(given.seed)  # noqa: S311
    cache = bench.folder / "old cache"
    changes: dict[str, Callable[[bytes], bytes]] = {
        "as it is": bytes, "cut short": lambda old: old[: len(old) // 2], "empty": lambda old: b"",
        "other bytes": lambda old: chosen.randbytes(min(len(old), 100_000)),
        "one bit flipped": lambda old: flipped(old, len(old) // 3, 2),
    }  # fmt: skip
    for words in (CHECK, POINT):
        bench.run(*words, REGIONMAP_CACHE=str(cache))
    for name, change in changes.items():
        for path in [one for one in cache.rglob("*") if one.is_file()]:
            path.write_bytes(change(path.read_bytes()))
        for words in (CHECK, POINT):
            run = bench.run(*words, REGIONMAP_CACHE=str(cache))
            yield f"a cache {name}", run.escape() or ("" if substance(run) == meant[words] else "another answer")
    version = bench.packages / "regionmap" / "version.py"
    said = version.read_text()
    version.write_text(said.replace('"0.', '"9.'))
    for words in (CHECK, POINT):
        run = bench.run(*words, REGIONMAP_CACHE=str(cache))
        yield (
            "an old cache, a new program",
            run.escape() or ("" if substance(run) == meant[words] else "another answer"),
        )
    version.write_text(said)
    if aside is not None:
        aside.rename(compiled)
    yield "files that the cache keeps", "" if len(list(cache.iterdir())) < 12 else f"{len(list(cache.iterdir()))} files"


KINDS: dict[str, Callable[[Bench, argparse.Namespace], Found]] = {
    "caches": caches, "clocks": clocks, "writers": writers, "disks": disks, "kill": kill, "flips": flips,
    **fault_calls.KINDS,
}  # fmt: skip


def main() -> int:
    """Try every kind of fault; print what escaped and how many were tried."""
    asked = argparse.ArgumentParser(prog="tools/faults.py")
    asked.add_argument("--only", action="append", choices=list(KINDS))
    asked.add_argument("--flips", type=int, default=10_000, help="at most so many bundled files, sampled")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--verbose", action="store_true")
    given = asked.parse_args()
    escapes = 0
    with tempfile.TemporaryDirectory(prefix="regionmap-faults-", ignore_cleanup_errors=True) as folder:
        bench = Bench(Path(folder))
        print(f"{'fault':<10}{'tried':>7}{'escaped':>9}{'seconds':>9}")
        for name in given.only or KINDS:
            start, tried, wrong = time.monotonic(), 0, 0
            for what, escape in KINDS[name](bench, given):
                tried, wrong = tried + 1, wrong + bool(escape)
                if escape or given.verbose:
                    print(f"  {'ESCAPED' if escape else 'held'}  {what}{': ' if escape else ''}{escape}", flush=True)
            print(f"{name:<10}{tried:>7}{wrong:>9}{time.monotonic() - start:>9.0f}", flush=True)
            escapes += wrong
    return 1 if escapes else 0


if __name__ == "__main__":
    sys.exit(main())

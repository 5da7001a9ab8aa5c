"""How long files just below each limit take, each asked as users ask: ``make limits``.

    python -m tools.worst_files [--only areas|sites|folders] [--keep FOLDER]

For every limit that bounds a file of areas, of sites or of policies, one is made that holds nearly as much as the limit
lets it, and given to the command that reads such files. Printed are the processor seconds and the memory of all that
ran for it, and how it ended: it is answered, or refused in one line; the exit status is 1 where one took more than 5
seconds or 500 MB, or ended in anything else.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tools.worst_areas import areas
from tools.worst_tables import folders, tables

from regionmap.screening.options import CHUNK

MOST_S, MOST_MB = 5.0, 500
"""What docs/reliability.md says of these files: processor seconds and MB."""


class Measured(NamedTuple):
    """What a command took, with the processes that it started, and how it ended."""

    seconds: float
    megabytes: int
    status: int
    said: str


def measured(words: list[str]) -> Measured:
    """Run a command; memory is the most that one of its processes held."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        [sys.executable, "-m", "regionmap", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None  # noqa: S101  (asked for above)
    said: list[bytes] = []
    reads = threading.Thread(target=lambda: said.append(process.stderr.read()))  # type: ignore[union-attr]
    reads.start()
    _, status, used = os.wait4(process.pid, 0)
    reads.join()
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
    process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(seconds, used.ru_maxrss // 1024, process.returncode, b"".join(said).decode("utf-8", "replace"))


def _cases(folder: Path, only: str | None, like: str) -> Iterator[tuple[str, list[str]]]:
    """Write one file after the other; yield what is said of it and the words of the command that reads it."""
    asked = ["--industry", "steel", "--date", "2019-06-01"]
    if only in (None, "areas"):
        for number, (name, (ending, text)) in enumerate(areas().items()):
            if like in name:
                path = folder / f"area-{number}{ending}"
                _made(lambda path=path, text=text: path.write_text(text(), "utf-8"))  # type: ignore[misc]
                yield name, ["check", "--area", str(path), *asked]
    if only in (None, "sites"):
        for number, (name, (ending, content)) in enumerate(tables().items()):
            if like in name:
                path = folder / f"sites-{number}{ending}"
                _made(lambda path=path, content=content: path.write_bytes(content()))  # type: ignore[misc]
                yield name, ["screen", str(path), "-o", str(folder / f"out-{number}.csv"), *asked]
    if only in (None, "folders"):
        for number, (name, make) in enumerate(folders().items()):
            if like in name:
                path = folder / f"own-{number}"
                path.mkdir()
                _made(lambda path=path, make=make: make(path))  # type: ignore[misc]
                yield name, ["validate", str(path)]


def _made(make: Callable[[], object]) -> None:
    """Make a file in a process of its own: what this one has held is counted as memory of those that it starts.

    Raises:
        RuntimeError: it was not made.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            make()
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("a file could not be made")


def _size(path: Path) -> int:
    return sum(one.stat().st_size for one in path.rglob("*") if one.is_file()) if path.is_dir() else path.stat().st_size


def main() -> int:
    """Measure every file; print the figures."""
    asked = argparse.ArgumentParser(prog="python -m tools.worst_files")
    asked.add_argument("--only", choices=("areas", "sites", "folders"))
    asked.add_argument("--like", default="", help="those whose names hold this")
    given = asked.parse_args()
    beyond = 0
    print(f"{'file':<40}{'KB':>8}{'processor s':>13}{'MB':>6}  end")
    with tempfile.TemporaryDirectory(prefix="regionmap-worst-") as name:
        folder = Path(name)
        # What is kept for the next start is not counted, nor may another run drop it meanwhile: it has its own folder.
        cache = folder / "cache"
        os.environ |= {
            "REGIONMAP_LANG": "en", "PYTHONPATH": os.pathsep.join(sys.path), "REGIONMAP_CACHE": str(cache),
        }  # fmt: skip
        warm = folder / "warm.csv"
        warm.write_text("lon,lat,industry\n" + "115.46,38.87,steel\n" * CHUNK, "utf-8")  # so many ask for all indexes
        measured(["check", "--lon", "115.46", "--lat", "38.87", "--industry", "steel"])
        measured(["screen", str(warm), "-o", str(folder / "warm-out.csv")])
        for name, words in _cases(folder, given.only, given.like):
            found = measured(words)
            lines = found.said.strip().splitlines()
            ended = "answered" if found.status == 0 else lines[-1][:110] if lines else f"status {found.status}"
            wrong = found.status not in (0, 2) or "Traceback" in found.said
            held = not wrong and found.seconds <= MOST_S and found.megabytes <= MOST_MB
            beyond += not held
            size = _size(Path(words[2] if words[0] == "check" else words[1]))
            print(
                f"{name:<40}{size // 1000:>8,}{found.seconds:>13.1f}{found.megabytes:>6}  {'! ' * (not held)}{ended}",
                flush=True,
            )
    print(f"{beyond} beyond {MOST_S:g} s or {MOST_MB} MB")
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())

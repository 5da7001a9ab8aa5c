"""Run the fuzzer: every target in a process of its own, for a share of the time; print the figures.

    python -m fuzz --seconds 300 [--only areas --only csv] [--jobs 2]

An input that escapes (another error than ours, a crash, more than 10 seconds or 2 GB) makes the exit status 1. It stays
in the folder that is named then, outside the repository: mend against it, describe it in a test, and do not keep it.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from fuzz.targets import TARGETS, corpus, run_one

ROOT = Path(__file__).resolve().parent.parent
MOST_MB = 2048
IN_MEMORY = "/dev/shm"  # noqa: S108 - millions of files are written, in a folder of their own
_COUNT = re.compile(r"stat::(\w+):\s+(\d+)")
_TITLE = re.compile(r"=== Uncaught Python exception: ===\n(.{1,200})|ERROR: libFuzzer: (.{1,120})|(Segmentation fault)")


class Figures(NamedTuple):
    """What one target did; ``ended``: over how many inputs the process that reads them came to its limits."""

    name: str
    inputs: int
    seconds: float
    slowest_s: int
    peak_mb: int
    ended: int
    escaped: str


def fuzz(name: str, seconds: int, folder: Path, memory: str, seed: int) -> Figures:
    """Fuzz one target, which writes its files below ``memory``; return its figures."""
    seeds, artifacts = corpus(name, folder / "corpus"), folder / "escaped" / name
    artifacts.mkdir(parents=True, exist_ok=True)
    log = folder / f"{name}.log"
    arguments = [
        f"-max_total_time={seconds}", f"-timeout={TARGETS[name].slow_s}", f"-rss_limit_mb={MOST_MB}", f"-seed={seed}",
        f"-max_len={TARGETS[name].most_bytes}", f"-artifact_prefix={artifacts}/", "-print_final_stats=1",
        "-verbosity=1", str(seeds),
    ]  # fmt: skip
    start = time.monotonic()
    with log.open("wb") as out:
        settings = {
            **os.environ,
            "REGIONMAP_CACHE": str(folder / "cache"),
            "RUST_BACKTRACE": "0",  # it takes a second for each input that a library of Rust gives up on
            "TMPDIR": memory,
            "ARROW_DEFAULT_MEMORY_POOL": "system",  # as where users' files are read: others set much aside
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        done = subprocess.run(
            [sys.executable, "-m", "fuzz", "--target", name, *arguments], stdout=out, stderr=out, env=settings, cwd=ROOT
        )
    said = log.read_text(errors="replace")
    counts = {key: int(value) for key, value in _COUNT.findall(said)}
    title = _TITLE.search(said)
    escaped = ""
    if done.returncode:
        escaped = next((one for one in title.groups() if one), "") if title else f"exit status {done.returncode}"
    return Figures(
        name, counts.get("number_of_executed_units", 0), time.monotonic() - start,
        counts.get("slowest_unit_time_sec", 0), counts.get("peak_rss_mb", 0), counts.get("ended", 0),
        escaped,
    )  # fmt: skip


def main() -> int:
    """Run the targets and print what they did."""
    if sys.argv[1:2] == ["--target"]:
        run_one(sys.argv[2], sys.argv[3:])
    asked = argparse.ArgumentParser(prog="python -m fuzz")
    asked.add_argument("--seconds", type=int, default=300, help="of all targets together, on one core")
    asked.add_argument("--only", action="append", choices=list(TARGETS), help="a target; all without it")
    asked.add_argument("--jobs", type=int, default=1)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    if find_spec("atheris") is None:
        sys.exit(
            "the fuzzer needs the package atheris, which is not installed (it is made for Linux): pip install atheris"
        )
    names = given.only or list(TARGETS)
    shares = sum(TARGETS[one].share for one in names)
    folder = Path(tempfile.mkdtemp(prefix="regionmap-fuzz-"))
    print(f"{'target':<16}{'inputs':>12}{'seconds':>9}{'slowest s':>11}{'peak MB':>9}{'ended':>8}  escaped")
    total = escaped = 0

    def one(name: str) -> Figures:
        return fuzz(name, max(5, round(given.seconds * TARGETS[name].share / shares)), folder, memory, given.seed)

    with (
        tempfile.TemporaryDirectory(dir=IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None) as memory,
        ThreadPoolExecutor(given.jobs) as pool,
    ):
        for found in pool.map(one, names):
            total, escaped = total + found.inputs, escaped + bool(found.escaped)
            print(
                f"{found.name:<16}{found.inputs:>12,}{found.seconds:>9.0f}{found.slowest_s:>11}{found.peak_mb:>9}"
                f"{found.ended:>8,}  {found.escaped or '-'}",
                flush=True,
            )
    print(f"{'all':<16}{total:>12,} inputs, {escaped} targets with an escape")
    if escaped:
        print(f"what escaped, and the logs: {folder}")
    return 1 if escaped else 0


if __name__ == "__main__":
    sys.exit(main())

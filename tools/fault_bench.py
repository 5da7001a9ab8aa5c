"""A copy of the installation to break, runs of it, and what of a run counts as an escape."""

from __future__ import annotations

import csv
import ctypes
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
MOST_BYTES = 20_000
"""Of a file on the "full disk": a limit on the size of files, which the system answers as it answers a full disk."""
CHECK = ("check", "130600", "--industry", "steel", "--date", "2019-06-01", "--json")
POINT = ("check", "--lon", "115.46", "--lat", "38.87", "--industry", "steel", "--date", "2019-06-01", "--json")
EXPORT = ("export", "restricted-capacity", "--date", "2019-06-01", "-o")


class Run(NamedTuple):
    """How a command ended: its status (below 0: the signal), and what it said."""

    status: int
    out: str
    err: str

    def escape(self, *, also: Sequence[int] = (), silent: bool = False) -> str:
        """Return what is wrong with the way it ended, nothing where it was answered or refused in one line.

        Args:
            also: statuses that are well, too.
            silent: nobody could hear what it said.
        """
        if "Traceback" in self.err:
            return "traceback: " + self.err.strip().splitlines()[-1][:160]
        if self.status not in (0, 2, *also):
            return f"exit status {self.status}: {self.err[-160:]!r}"
        if self.status == 2 and not self.err.strip() and not silent:
            return "refused without a word"
        return ""


class Bench:
    """A folder with an installation and what runs need."""

    def __init__(self, folder: Path) -> None:
        """Install regionmap into the folder, without what it depends on."""
        self.folder = folder
        self.packages = folder / "packages"
        command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
        subprocess.run([*command, "--target", str(self.packages), str(ROOT)], check=True)
        self.cache = folder / "cache"

    def settings(self, **more: str) -> dict[str, str]:
        """Return the environment of a run."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("REGIONMAP_")}
        return {
            **kept,
            "PYTHONPATH": str(self.packages),
            "REGIONMAP_CACHE": str(self.cache),
            "PYTHONSAFEPATH": "1",
            **more,
        }

    def start(self, *words: str, before: Callable[[], None] | None = None, **settings: str) -> subprocess.Popen[str]:
        """Start a command."""
        return subprocess.Popen(
            [sys.executable, "-m", "regionmap", *words], cwd=self.folder, env=self.settings(**settings), text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=before,
            errors="replace",
        )  # fmt: skip

    def run(self, *words: str, before: Callable[[], None] | None = None, **settings: str) -> Run:
        """Run a command to its end."""
        process = self.start(*words, before=before, **settings)
        out, err = process.communicate(timeout=900)
        return Run(process.returncode, out, err)

    def bundled(self, most: int, chosen: random.Random) -> list[Path]:
        """Return the bundled files of the installation that are no code, or a sample of so many."""
        files = sorted(
            one
            for one in (self.packages / "regionmap").rglob("*")
            if one.is_file() and one.suffix not in {".py", ".pyc", ".pyi", ".md"}
        )
        return files if len(files) <= most else sorted(chosen.sample(files, most))

    def sites(self, rows: int) -> Path:
        """Write a file of made-up sites; return it."""
        path = self.folder / f"sites-{rows}.csv"
        chosen = random.Random(7)  # noqa: S311
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["lon", "lat", "industry"])
            for _ in range(rows):
                where = (round(chosen.uniform(100, 120), 5), round(chosen.uniform(25, 40), 5))
                writer.writerow([*where, chosen.choice(["steel", "cement", "3110"])])
        return path


Found = Iterator[tuple[str, str]]
"""What was tried, and what escaped: nothing where all was well."""


def no_privilege() -> None:
    """Let permissions hold for root too: the right to pass over them is given up for good."""
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def substance(run: Run) -> object:
    """Return what an answer says, without what it says of the catalogue's version."""
    if run.status != 0:
        return None
    try:
        answer = json.loads(run.out)
    except ValueError:
        return run.out
    return {name: value for name, value in answer.items() if name != "catalogue"}


def flipped(content: bytes, at: int, bit: int) -> bytes:
    """Return the bytes with one bit turned over; none stay none."""
    return content[:at] + bytes(one ^ (1 << bit) for one in content[at : at + 1]) + content[at + 1 :]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()

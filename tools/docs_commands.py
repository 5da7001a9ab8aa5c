"""Run the commands that the documentation shows, and hold or renew what it says they print: ``make docs-outputs``.

A block of Markdown with the word ``console`` holds commands (lines that begin with ``$ ``) and under each what it
prints. All commands of a page run one after another in a folder of their own, with the files of ``docs/examples`` in it
and 80 columns; the ids of runs stay. Without ``--write`` a block that is no longer true is named, and the exit status
is 1.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = re.compile(r"(?:(?<=^Run )|(?<=^判定编号 ))[0-9a-f]{12}\b", re.MULTILINE)


def pages() -> list[Path]:
    """Return the pages that show commands with what they print."""
    found = (path for path in sorted(DOCS.rglob("*.md")) if not any(one.startswith("_") for one in path.parts))
    return [path for path in found if BLOCK.search(path.read_text("utf-8"))]


def renewed(text: str) -> str:
    """Return the text of a page with every block as its commands print it today."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder, "work")
        shutil.copytree(DOCS / "examples", work)
        commands = Path(folder, "bin")
        commands.mkdir()
        for name, start in (("regionmap", "-m regionmap"), ("python", "")):
            (commands / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {start} "$@"\n', "utf-8")
            (commands / name).chmod(0o755)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("REGIONMAP_")}
        environment |= {
            "PATH": os.pathsep.join([str(commands), os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]),
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "LC_ALL": "C.UTF-8",
        }

        def block(match: re.Match[str]) -> str:
            commands = [line for line in match[1].splitlines() if line.startswith("$ ")]
            printed = "".join(f"{one}\n{_printed(one[2:], work, environment)}" for one in commands)
            runs = iter(RUN.findall(match[1]))  # a run's id stands for the versions of Python and of libraries too
            return "```console\n" + RUN.sub(lambda own: next(runs, own[0]), printed) + "```"

        return BLOCK.sub(block, text)


def _printed(command: str, work: Path, environment: dict[str, str]) -> str:
    shell = ["bash", "-c", command]
    ran = subprocess.run(shell, cwd=work, env=environment, capture_output=True, text=True, timeout=120)  # noqa: S603
    lines = (ran.stdout + ran.stderr).rstrip("\n").splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at all pages, or at those that are named."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("page", nargs="*", type=Path, help="all without one")
    parser.add_argument("--write", action="store_true", help="put what is printed today into the pages")
    chosen = parser.parse_args(arguments)
    stale = 0
    for page in chosen.page or pages():
        text = page.read_text("utf-8")
        new = renewed(text)
        if new == text:
            continue
        stale += 1
        sys.stdout.write(f"{page}\n")
        if chosen.write:
            page.write_text(new, "utf-8")
    return 1 if stale and not chosen.write else 0


if __name__ == "__main__":
    sys.exit(main())

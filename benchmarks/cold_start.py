"""How long a whole cold ``regionmap check`` takes, as a ratio to ``python -c "import geopandas"`` in the same run.

Each command is started as its own process, in turns, so that all meet the same machine; wall-clock time, and the
processor's, which says more where others use the machine. Python may keep its bytecode, as after an installation.

``first call``: no cache folder; the compiled catalogue of the installation is used, as after ``pip install``. ``files
read``: what the first call after a change of the files costs, which parses and checks them all. ``screen, one row``: a
CSV file of one site to another.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from figures import keep

from regionmap.loading import compile_bundled

TURNS = 15
CHECK = [sys.executable, "-m", "regionmap", "check"]
QUESTION = ["--industry", "钢铁", "--date", "2019-06-01"]
POINT = ["--lon", "115.4706", "--lat", "38.8752", "--datum", "gcj02"]
READ = "from regionmap.loading import Gazetteer, load_folders; load_folders(Gazetteer.load(), None, keep=False)"
PEER, FIRST, ROW = "import geopandas", "first call", "screen, one row"
COMMANDS = {
    PEER: [sys.executable, "-c", "import geopandas"],
    "check by name": [*CHECK, "保定市", *QUESTION, "--json"],
    "check by name, table": [*CHECK, "保定市", *QUESTION],
    "check by point": [*CHECK, *POINT, *QUESTION, "--json"],
    FIRST: [*CHECK, "保定市", *QUESTION, "--json"],
    "files read": [sys.executable, "-c", READ],
}


class Taken(NamedTuple):
    """Seconds of one process: by the clock, and of the processor."""

    wall: float
    cpu: float


def taken(command: list[str], environment: dict[str, str]) -> Taken:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    compile_bundled()  # as an installation does
    times: dict[str, list[Taken]] = {name: [] for name in (*COMMANDS, ROW)}
    with (
        tempfile.TemporaryDirectory() as kept,
        tempfile.TemporaryDirectory() as bytecode,
        tempfile.TemporaryDirectory() as folder,
    ):
        site = Path(folder, "site.csv")
        site.write_text("企业名称,经度,纬度,行业代码\n示例,115.4706,38.8752,3110\n", encoding="utf-8")
        screen = [sys.executable, "-m", "regionmap", "screen", str(site), "--date", "2024-06-01", "-o"]
        environment = os.environ | {"REGIONMAP_CACHE": kept, "PYTHONPYCACHEPREFIX": bytecode}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for turn in range(TURNS + 1):
            for name, command in {**COMMANDS, ROW: [*screen, f"{folder}/{turn}.csv"]}.items():
                own = {"REGIONMAP_CACHE": "off"} if name == FIRST else {}
                found = taken(command, environment | own)
                if turn:  # the first one writes the bytecode
                    times[name].append(found)
    middle = {name: Taken(*map(statistics.median, zip(*found, strict=True))) for name, found in times.items()}
    keep("one-row", middle[ROW].wall)
    print(f"median of {TURNS} turns; ratio to `{PEER}`")
    for name, found in middle.items():
        ratios = (one / peer for one, peer in zip(found, middle[PEER], strict=True))
        columns = (f"{seconds:6.3f} s {ratio:5.2f}" for seconds, ratio in zip(found, ratios, strict=True))
        print(f"{name:22s}", *(f"  {word} {column}" for word, column in zip(("clock", "cpu"), columns, strict=True)))


if __name__ == "__main__":
    main()

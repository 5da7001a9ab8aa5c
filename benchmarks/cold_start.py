"""How long a whole cold ``regionmap check`` takes, as a ratio to ``python -c "import geopandas"`` in the same run.

Each command is started as its own process, in turns, so that both meet the same machine. The catalogue's kept copy is
warm after the first turn, as on a user's second call; the first turn, which parses and checks the YAML, is shown apart.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

TURNS = 15
CHECK = [sys.executable, "-m", "regionmap", "check"]
COMMANDS = {
    "import geopandas": [sys.executable, "-c", "import geopandas"],
    "check by name": [*CHECK, "保定市", "--industry", "钢铁", "--date", "2019-06-01", "--json"],
    "check by name, table": [*CHECK, "保定市", "--industry", "钢铁", "--date", "2019-06-01"],
    "check by point": [
        *CHECK, "--lon", "115.4706", "--lat", "38.8752", "--datum", "gcj02", "--industry", "钢铁",
        "--date", "2019-06-01", "--json",
    ],
}  # fmt: skip


def seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"REGIONMAP_CACHE": folder}
        first = seconds(COMMANDS["check by name"], environment)
        times: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(TURNS):
            for name, command in COMMANDS.items():
                times[name].append(seconds(command, environment))
    peer = statistics.median(times["import geopandas"])
    print(f"median of {TURNS} turns; ratio to `import geopandas`")
    for name, found in times.items():
        middle = statistics.median(found)
        print(f"{name:22s} {middle:6.3f} s  {middle / peer:5.2f}")
    print(f"{'first call, no cache':22s} {first:6.3f} s  {first / peer:5.2f}")


if __name__ == "__main__":
    main()

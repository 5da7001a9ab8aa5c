"""The map of all counties for one question, and one place on every day on which an answer may change.

    python benchmarks/overview.py                      this build
    python benchmarks/overview.py --beside CHECKOUT    and another one, in turn, with answers compared

Processor seconds of a process of its own, since others may use the machine; the catalogue is kept from before.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from figures import keep, other_build

HERE = Path(__file__).resolve().parents[1]
TURNS = 3
GOALS = {"2,891 counties, first question of a date": "map", "one place on all days": "days"}
MEASURE = """
import hashlib, json, time
from regionmap.api import Regionmap
from regionmap.rules.matching.validity import all_change_dates

rm = Regionmap.load()
counties = [one for one in rm.gazetteer.by_code if not rm.gazetteer.children(one)]
days = all_change_dates(rm.catalogue)
rm.rulings(counties[:1], "水泥", on="2018-01-01")
found, taken = hashlib.sha256(), {}

def told(rulings):
    for one in rulings:
        ids = [finding.provision.id for finding in one.findings]
        found.update(repr((one.unit.code, str(one.ruling), str(one.local), str(one.extent), ids)).encode())

for name, way in (
    ("2,891 counties, first question of a date", lambda: rm.rulings(counties, "钢铁", on="2019-06-01")),
    ("2,891 counties, another question", lambda: rm.rulings(counties, "3011", on="2019-06-01")),
    ("2,891 counties, the same again", lambda: rm.rulings(counties, "3011", on="2019-06-01")),
    ("one place on all days", lambda: [rm.rulings(["130602"], "钢铁", on=day)[0] for day in days]),
):
    start = time.process_time()
    rulings = way()
    taken[name] = time.process_time() - start
    told(rulings)
print(json.dumps({"taken": taken, "answers": found.hexdigest()}))
"""


def measured(checkout: Path) -> dict[str, object]:
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    done = subprocess.run([sys.executable, "-c", MEASURE], env=environment, check=True, capture_output=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def main() -> None:
    beside = other_build(sys.argv[2]) if sys.argv[1:2] == ["--beside"] else None
    checkouts = [HERE, *([beside] if beside is not None else [])]
    runs: list[list[dict[str, object]]] = [[] for _ in checkouts]
    for _ in range(TURNS):
        for kept, checkout in zip(runs, checkouts, strict=True):
            kept.append(measured(checkout))
    answers = {str(one["answers"]) for kept in runs for one in kept}
    for name in runs[0][0]["taken"]:  # type: ignore[attr-defined]
        times = [statistics.median(one["taken"][name] for one in kept) for kept in runs]  # type: ignore[index]
        ratio = f"  {times[0] / times[1]:5.2f} of the other" if len(times) > 1 else ""
        print(f"{name:45s} {times[0]:7.3f} s{ratio}")
        if len(times) > 1 and name in GOALS:
            keep(GOALS[name], times[0] / times[1])
    print(f"different answers: {len(answers) - 1}")


if __name__ == "__main__":
    main()

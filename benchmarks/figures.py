"""The figures that decide, kept by the benchmarks as they run and printed as one table at the end.

    python benchmarks/figures.py    the table, from the file that ``REGIONMAP_FIGURES`` names

``make benchmark`` sets that file anew; a benchmark that is run alone keeps nothing and prints what it measured.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

SETTING = "REGIONMAP_FIGURES"


class Goal(NamedTuple):
    """What is measured, and what it should be: at most so much, unless ``least``."""

    words: str
    limit: float
    unit: str = ""
    least: bool = False


GOALS = {
    "few": Goal("1,000,000 rows, 2 industries, 1 date: times as fast as the script", 5, "×", least=True),
    "many": Goal("1,000,000 rows, 20 industries, 5 dates: of the time of the build before", 0.4),
    "worst": Goal("every row another code and day: of the time of the build before", 0.25),
    "large": Goal("20,000,000 rows: of the time of the build before", 0.5),
    "large-memory": Goal("20,000,000 rows: peak memory", 500, "MB"),
    "one-worker": Goal("20,000,000 rows in 40 parts: 1 Dask worker, of the time without", 1.15),
    "two-workers": Goal("20,000,000 rows in 40 parts: 2 Dask workers, of the time of one", 0.6),
    "adcode": Goal("one check by adcode, p50", 0.15, "ms"),
    "point": Goal("one check by point, p50", 0.3, "ms"),
    "one-row": Goal("one row of a file, cold", 0.5, "s"),
    "map": Goal("map of 2,891 counties, first question of a date: of the time of the build before", 0.3),
    "days": Goal("one place on all days: of the time of the build before", 0.3),
}


def keep(name: str, value: float) -> None:
    """Keep a figure for the table, where one is asked for.

    Raises:
        KeyError: no goal is called so.
    """
    line = json.dumps({"name": name, "value": value, "words": GOALS[name].words})
    path = os.environ.get(SETTING)
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def other_build(folder: str) -> Path | None:
    """Return the folder of the build that is compared with, None (and say so) where there is none."""
    path = Path(folder).resolve()
    if (path / "src" / "regionmap").is_dir():
        return path
    print(f"{folder} holds no build of regionmap: nothing is compared with it")
    return None


def table(lines: str) -> str:
    """Return the table of what was kept; what was not measured says so."""
    kept = {one["name"]: one["value"] for one in map(json.loads, lines.splitlines())}
    rows = [("measured", "figure", "goal", "")]
    for name, goal in GOALS.items():
        limit = f"{'≥' if goal.least else '≤'} {goal.limit:g} {goal.unit}".rstrip()
        if name not in kept:
            rows.append((goal.words, "not measured", limit, ""))
            continue
        value = kept[name]
        met = value >= goal.limit if goal.least else value <= goal.limit
        rows.append((goal.words, f"{value:.3g} {goal.unit}".rstrip(), limit, "met" if met else "not met"))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


if __name__ == "__main__":
    print(table(Path(os.environ[SETTING]).read_text(encoding="utf-8")))

"""Workbooks read and written: this build beside another one, and beside openpyxl and xlsxwriter used plainly.

    python benchmarks/spreadsheets.py [ROWS] [--beside FOLDER]

ROWS (100,000) rows of eight columns are written to a workbook, read by ``open_table`` and written again by the writer
of ``screen``, each in a process of its own, three times in turn; the medians of the seconds are told, and the peak of
the memory. ``--beside`` names the checkout of another build, whose ``src`` is used.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TURNS = 3
COLUMNS = ("编号", "企业名称", "省份", "城市", "经度", "纬度", "行业代码", "开工日期")

MAKE = """
import sys, datetime, openpyxl
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet("名单")
sheet.append({columns!r})
for row in range({rows}):
    sheet.append([row, f"示例企业{{row}}", "河北省", "保定市", 115 + row % 997 / 1000, 38 + row % 991 / 1000, "3011",
                  datetime.date(2019, 1 + row % 12, 1 + row % 28)])
book.save({path!r})
"""
READ = """
import time, resource
from pathlib import Path
from regionmap.screening.files.opening import open_table
start = time.perf_counter()
rows = sum(chunk.num_rows for chunk in open_table(Path({path!r})).chunks(50_000))
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, rows)
"""
WRITE = """
import time, resource
from pathlib import Path
import pyarrow as pa
from regionmap.screening import writers
from regionmap.screening.files.opening import open_table
from regionmap.screening.options import WGS84_LAT, WGS84_LON
parts = list(open_table(Path({path!r})).chunks(50_000))
nothing = [pa.nulls(one.num_rows, pa.float64()) for one in parts]
parts = [one.append_column(WGS84_LON, no).append_column(WGS84_LAT, no) for one, no in zip(parts, nothing)]
start = time.perf_counter()
writers.write(parts, Path({out!r}), {{}})
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, sum(map(len, parts)))
"""


def run(code: str, source: Path) -> tuple[float, float]:
    """Run code with the package of a checkout; return the seconds and megabytes that it prints."""
    environment = {**os.environ, "PYTHONPATH": str(source / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, megabytes, _ = done.stdout.split() if done.stdout.strip() else ("0", "0", "0")
    return float(seconds), float(megabytes)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", nargs="?", type=int, default=100_000)
    parser.add_argument("--beside", type=Path)
    asked = parser.parse_args()
    here = Path(__file__).resolve().parents[1]
    builds = {"this build": here, **({"the other": asked.beside} if asked.beside else {})}
    with tempfile.TemporaryDirectory() as folder:
        path, out = str(Path(folder) / "in.xlsx"), str(Path(folder) / "out.xlsx")
        run(MAKE.format(columns=list(COLUMNS), rows=asked.rows, path=path), here)
        for name, code in (("reading", READ), ("writing", WRITE)):
            results: dict[str, list[tuple[float, float]]] = {one: [] for one in builds}
            for _ in range(TURNS):
                for build, source in builds.items():
                    results[build].append(run(code.format(path=path, out=out), source))
            medians = {build: statistics.median(one for one, _ in some) for build, some in results.items()}
            for build, seconds in medians.items():
                megabytes = max(one for _, one in results[build])
                print(f"{name} {asked.rows:,} rows, {build}: {seconds:.2f} s, peak {megabytes:,.0f} MB", flush=True)
            if len(medians) > 1:
                mine, other = medians.values()
                print(f"{name}: {other / mine:.1f} × as fast", flush=True)


if __name__ == "__main__":
    main()

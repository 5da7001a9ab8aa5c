"""``regionmap screen`` of a file in parts: without Dask, with 1 worker and with 2; seconds, results compared.

    python benchmarks/screen_parts.py [ROWS] [PARTS] [TURNS]     20,000,000 rows in 40 parts, one turn

Parquet to Parquet, every run a process of its own, on warm caches, in turns; the results are compared byte for byte.
The load of the machine before each run is told, since other work is felt twice by two workers. ``processor`` is the
time of the command and all its workers on the processors.
"""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from figures import keep
from sites import write_sites

WAYS = {"none": (), "1 worker": ("--workers", "1"), "2 workers": ("--workers", "2")}


def write_parts(folder: Path, rows: int, parts: int) -> None:
    text = pacsv.ConvertOptions(column_types={"行业代码": pa.string(), "日期": pa.string()})
    for number in range(parts):
        path = folder / f"sites-{number}.csv"
        write_sites(path, rows // parts, seed=number)
        pq.write_table(pacsv.read_csv(path, convert_options=text), path.with_suffix(".parquet"))
        path.unlink()


def run(source: Path, output: Path, *more: str) -> tuple[float, float]:
    """Run the command; return seconds, and seconds of processors with those of its workers."""
    command = [sys.executable, "-m", "regionmap", "screen", f"{source}/*.parquet", "-o", f"{output}/"]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, "--date", "2024-06-01", *more], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = sum(getattr(after, one) - getattr(before, one) for one in ("ru_utime", "ru_stime"))
    return time.perf_counter() - start, spent


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def main() -> None:
    rows, parts, turns = (
        int(one.replace(",", "")) for one in (sys.argv[1:] + ["20000000", "40", "1"][len(sys.argv) - 1 :])
    )
    with tempfile.TemporaryDirectory(prefix="regionmap-benchmark-") as made:
        folder = Path(made)
        source = folder / "in"
        source.mkdir()
        write_parts(source, rows, parts)
        size = sum(one.stat().st_size for one in source.iterdir())
        print(f"{rows:,} rows in {parts} parts, {size / 1e6:,.0f} MB of Parquet", flush=True)
        seconds: dict[str, list[float]] = {name: [] for name in WAYS}
        digests = set()
        for _ in range(turns):
            for name, more in WAYS.items():
                output = folder / "out"
                load = os.getloadavg()[0]
                took, spent = run(source, output, *(("--engine", "dask", *more) if more else ()))
                seconds[name].append(took)
                digests.add(digest(output))
                print(f"{name}: {took:.1f} s, processor {spent:.1f} s, load before {load:.1f}", flush=True)
                shutil.rmtree(output)
        none, one, two = (statistics.median(found) for found in seconds.values())
        print(
            f"1 worker / none {one / none:.2f}, 2 workers / 1 worker {two / one:.2f}, 2 workers / none {two / none:.2f}"
        )
        print(f"different results: {len(digests) - 1}")
        if rows >= 20_000_000:
            keep("one-worker", one / none)
            keep("two-workers", two / one)


if __name__ == "__main__":
    main()

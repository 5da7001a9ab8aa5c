"""``regionmap screen`` against a plain pandas and GeoPandas script, and against itself on Dask; seconds and memory.

    python benchmarks/screen.py [ROWS]             ROWS sites (1,000,000): both ways, CSV → Parquet, answers compared
    python benchmarks/screen.py --alone ROWS       only ``screen``: how seconds and memory grow
    python benchmarks/screen.py --dask ROWS        ``screen`` alone, and with 1 and 2 Dask workers, bytes compared

Each run is a process of its own, on warm caches (the kept catalogue and place index). Memory is the peak of the
resident set of the process, as the system counts it; of a Dask run that is the process that asks, not its workers.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq
from sites import write_sites

HERE = Path(__file__).parent


def run(*command: str) -> tuple[float, float]:
    """Run a command; return seconds and the peak of its memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(message.decode())
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def screen(source: Path, output: Path, *more: str) -> tuple[float, float]:
    return run("-m", "regionmap", "screen", str(source), "-o", str(output), "--date", "2024-06-01", *more)


def told(name: str, seconds: float, megabytes: float) -> None:
    print(f"{name}: {seconds:.1f} s, peak {megabytes:,.0f} MB", flush=True)


def against_peer(rows: int, folder: Path) -> None:
    source, ours, theirs = folder / "sites.csv", folder / "ours.parquet", folder / "theirs.parquet"
    write_sites(source, rows)
    quick = screen(source, ours)
    told("screen", *quick)
    slow = run(str(HERE / "peer_screen.py"), str(source), str(theirs))
    told("pandas and GeoPandas", *slow)
    print(f"{slow[0] / quick[0]:.1f} × as fast, {quick[1] / slow[1]:.2f} of the memory")
    columns = (("unit_code", "code"), ("verdict", "verdict"))
    mine, other = pq.read_table(ours), pq.read_table(theirs)
    for own, name in columns:
        differ = sum(
            (a or "") != (b or "") for a, b in zip(mine[own].to_pylist(), other[name].to_pylist(), strict=True)
        )
        print(f"rows that differ in {own}: {differ}")


def on_dask(rows: int, folder: Path) -> None:
    source = folder / "sites.csv"
    write_sites(source, rows)
    digests = set()
    for name, more in (("alone", ()), ("1 worker", ("--workers", "1")), ("2 workers", ("--workers", "2"))):
        output = folder / f"{name}.parquet"
        told(name, *screen(source, output, *(("--engine", "dask", *more) if more else ())))
        digests.add(hashlib.sha256(output.read_bytes()).hexdigest())
    print(f"different files: {len(digests) - 1}")


def alone(rows: int, folder: Path) -> None:
    source = folder / "sites.csv"
    write_sites(source, rows)
    print(f"{rows:,} rows, {source.stat().st_size / 1e6:,.0f} MB of CSV")
    told("screen", *screen(source, folder / "out.parquet"))


def main() -> None:
    ways = {"--alone": alone, "--dask": on_dask}
    arguments = sys.argv[1:]
    way = ways[arguments.pop(0)] if arguments and arguments[0] in ways else against_peer
    rows = int(arguments[0].replace(",", "")) if arguments else 1_000_000
    with tempfile.TemporaryDirectory(prefix="regionmap-benchmark-") as folder:
        screen(_small(Path(folder)), Path(folder) / "warm.parquet")
        way(rows, Path(folder))


def _small(folder: Path) -> Path:
    path = folder / "small.csv"
    write_sites(path, 100_000)
    return path


if __name__ == "__main__":
    main()

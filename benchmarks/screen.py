"""``regionmap screen`` against a plain pandas and GeoPandas script, and against itself on Dask; seconds and memory.

    python benchmarks/screen.py [ROWS]             ROWS sites (1,000,000): both ways, CSV → Parquet, answers compared;
                                                   first of few questions, then of many; some of them, and all that
                                                   a check of the county says otherwise, with check by point
    python benchmarks/screen.py --few [ROWS]       few questions alone
    python benchmarks/screen.py --alone ROWS [CHECKOUT]
        only ``screen``: how seconds and memory grow; with the folder of another build, that one after it
    python benchmarks/screen.py --dask ROWS        ``screen`` alone, and with 1 and 2 Dask workers, bytes compared
    python benchmarks/screen.py --beside CHECKOUT [ROWS]
        this build and another one, in turn, by kinds of files: few questions, many, and (a fiftieth of the rows) hardly
        one like another; processor seconds, since others may use the machine, and all columns compared

Each run is a process of its own, on warm caches (the kept catalogue and place index). Memory is the peak of the
resident set of the process, as the system counts it; of a Dask run that is the process that asks, not its workers.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from figures import keep, other_build
from measured import measured
from sites import DATES, FEW_DATES, FEW_INDUSTRIES, INDUSTRIES, worst_questions, write_sites

from regionmap.api import Regionmap

CHECKED_ROWS = 3_000
HERE = Path(__file__).parent


def run(*command: str) -> tuple[float, float]:
    """Run a command; return seconds and the peak of its memory in MB."""
    found = measured(*command)
    return found.seconds, found.megabytes


def screen(source: Path, output: Path, *more: str) -> tuple[float, float]:
    return run("-m", "regionmap", "screen", str(source), "-o", str(output), "--date", "2024-06-01", *more)


def told(name: str, seconds: float, megabytes: float) -> None:
    print(f"{name}: {seconds:.1f} s, peak {megabytes:,.0f} MB", flush=True)


def against_peer(rows: int, folder: Path) -> None:
    few_against_peer(rows, folder)
    print(f"20 industries, 5 dates, {rows:,} rows")
    _against_peer(rows, folder, INDUSTRIES, DATES)


def few_against_peer(rows: int, folder: Path) -> None:
    print(f"2 industries, 1 date, {rows:,} rows", flush=True)
    keep("few", _against_peer(rows, folder, FEW_INDUSTRIES, FEW_DATES))


def _against_peer(rows: int, folder: Path, industries: Sequence[str], dates: Sequence[str]) -> float:
    """Screen a file both ways, tell what differs, and return how many times as fast as the script it is."""
    source, ours, theirs = folder / "sites.csv", folder / "ours.parquet", folder / "theirs.parquet"
    write_sites(source, rows, industries=industries, dates=dates)
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
    against_check(mine, other)
    return slow[0] / quick[0]


def against_check(mine: pa.Table, peer: pa.Table) -> None:
    """Hold rows against single answers by point, random ones and those where a check of the county says otherwise.

    The peer asks once for each county, which rules by distance to another province may cut.
    """
    rm = Regionmap.load()
    pairs = zip(mine["verdict"].to_pylist(), peer["verdict"].to_pylist(), strict=True)
    other = [at for at, (own, theirs) in enumerate(pairs) if (own or "") != (theirs or "")]
    drawn = random.Random(1).sample(range(len(mine)), min(CHECKED_ROWS, len(mine)))  # noqa: S311
    rows = sorted({*other, *drawn})
    wrong = 0
    for row in mine.take(rows).to_pylist():
        if row["verdict"]:
            asked = {"industry": row["行业代码"], "on": str(row["judged_on"]), "action": row["judged_action"]}
            found = rm.check(lon=row["经度"], lat=row["纬度"], **asked)
            wrong += (str(found.ruling), found.place.code) != (row["verdict"], row["unit_code"])
    print(f"of {len(rows)} rows, {len(other)} of them unlike the county, check by point says otherwise of {wrong}")


def on_dask(rows: int, folder: Path) -> None:
    source = folder / "sites.csv"
    write_sites(source, rows)
    digests = set()
    for name, more in (("alone", ()), ("1 worker", ("--workers", "1")), ("2 workers", ("--workers", "2"))):
        output = folder / f"{name}.parquet"
        told(name, *screen(source, output, *(("--engine", "dask", *more) if more else ())))
        digests.add(hashlib.sha256(output.read_bytes()).hexdigest())
    print(f"different files: {len(digests) - 1}")


def alone(rows: int, folder: Path, checkout: Path | None = None) -> None:
    source = folder / "sites.csv"
    write_sites(source, rows)
    print(f"{rows:,} rows, {source.stat().st_size / 1e6:,.0f} MB of CSV", flush=True)
    own, memory = screen(source, folder / "out.parquet")
    told("screen", own, memory)
    large = rows >= 20_000_000
    if large:
        keep("large-memory", memory)
    if checkout is not None:
        os.environ |= {"PYTHONPATH": str(checkout / "src"), "REGIONMAP_CACHE": str(folder / "cache-there")}
        screen(_small(folder), folder / "warm.parquet")
        other, memory = screen(source, folder / "out.parquet")
        told("there", other, memory)
        print(f"{own / other:.2f} of the time")
        if large:
            keep("large", own / other)


def beside(checkout: Path, rows: int, folder: Path) -> None:
    files = {
        "2 industries, 1 date": (rows, FEW_INDUSTRIES, FEW_DATES, ""),
        "20 industries, 5 dates": (rows, INDUSTRIES, DATES, "many"),
        "every row another question": (rows // 50, *worst_questions(), "worst"),
    }
    for name, (count, industries, dates, goal) in files.items():
        source = folder / "sites.csv"
        write_sites(source, count, industries=industries, dates=dates)
        outputs = [folder / "here.parquet", folder / "there.parquet"]
        taken = []
        for output, where in zip(outputs, (HERE.parent, checkout), strict=True):
            settings = {"PYTHONPATH": str(where / "src"), "REGIONMAP_CACHE": str(folder / f"cache-{output.stem}")}
            command = ("-m", "regionmap", "screen", str(source), "-o", str(output), "--date", "2024-06-01")
            if not Path(settings["REGIONMAP_CACHE"]).exists():
                measured(*command[:3], str(_small(folder)), *command[4:], environment={**os.environ, **settings})
            found = measured(*command, environment={**os.environ, **settings})
            taken.append((found.processor, found.megabytes))
        (own, memory), (other, memory_there) = taken
        print(f"{name}, {count:,} rows: {own:.1f} s, {memory:,.0f} MB", flush=True)
        print(f"  there: {other:.1f} s, {memory_there:,.0f} MB: {own / other:.2f} of the time", flush=True)
        if goal:
            keep(goal, own / other)
        mine, theirs = map(pq.read_table, outputs)
        print("  columns that differ:", [one for one in mine.column_names if not mine[one].equals(theirs[one])])


def main() -> None:
    if sys.argv[1:2] == ["--beside"]:
        rows = int(sys.argv[3].replace(",", "")) if len(sys.argv) > 3 else 1_000_000
        checkout = other_build(sys.argv[2])
        if checkout is not None:
            with tempfile.TemporaryDirectory(prefix="regionmap-benchmark-") as folder:
                beside(checkout, rows, Path(folder))
        return
    ways = {"--few": few_against_peer, "--alone": alone, "--dask": on_dask}
    arguments = sys.argv[1:]
    way = ways[arguments.pop(0)] if arguments and arguments[0] in ways else against_peer
    rows = int(arguments[0].replace(",", "")) if arguments else 1_000_000
    with tempfile.TemporaryDirectory(prefix="regionmap-benchmark-") as folder:
        screen(_small(Path(folder)), Path(folder) / "warm.parquet")
        if way is alone and arguments[1:]:
            alone(rows, Path(folder), other_build(arguments[1]))
        else:
            way(rows, Path(folder))


def _small(folder: Path) -> Path:
    path = folder / "small.csv"
    write_sites(path, 100_000)
    return path


if __name__ == "__main__":
    main()

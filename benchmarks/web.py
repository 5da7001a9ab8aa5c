"""The web app side by side with a plain folium and streamlit-folium app: bytes, seconds, and many sessions at once.

    python benchmarks/web.py [--turns 6] [--sessions 20 50] [--only visits|sessions]

The peer, ``plain_app.py``, draws the same prefectures. Both are served in the same run, and visited in turns by
Chromium with an empty profile, over a relay that counts every byte both ways; medians. A visit before the first turn
is told by itself: it is the first one after the start of a server. A second visit starts the browser again with the
profile of the first. Bytes are as on the wire, compressed where the server compresses.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from web_server import Wire, free_port, plain_command, regionmap_command, served
from web_sessions import CHANGES, reruns
from web_visit import visit

import regionmap

OWN, PEER = "regionmap", "plain"
COMMANDS: Mapping[str, Callable[[int], list[str]]] = {OWN: regionmap_command, PEER: plain_command}
ROWS = {
    "first map bytes": "bytes until the map is drawn",
    "first map websocket": "of these, websocket",
    "first page bytes": "bytes until the page is quiet",
    "click bytes": "bytes of a click",
    "date bytes": "bytes of a change of date",
    "second map bytes": "second visit, bytes until the map is drawn",
    "second page bytes": "second visit, bytes until the page is quiet",
    "first map s": "first map",
    "click s": "click to rules",
    "date s": "change of date",
    "second map s": "second visit, map",
}
AFTER_START = "first map after a start of the server (once)"
SINCE, UNTIL = dt.date(2012, 1, 1), dt.date(2026, 12, 31)


def visits(wires: Mapping[str, Wire], turns: int) -> None:
    with sync_playwright() as playwright:
        start = {name: visit(playwright, wire)["first map s"] for name, wire in wires.items()}
        found: dict[str, list[dict[str, float]]] = {name: [] for name in wires}
        for turn in range(turns):
            for name in [*wires][:: 1 if turn % 2 == 0 else -1]:
                found[name].append(visit(playwright, wires[name]))
    for key, words in ROWS.items():
        middle = {name: statistics.median(one[key] for one in taken) for name, taken in found.items()}
        row(words, middle, "s" if key.endswith(" s") else "bytes")
    row(AFTER_START, start, "s")


def many_sessions(ports: Mapping[str, int], numbers: list[int]) -> None:
    days = days_that_differ()
    for name in ports:
        reruns(ports[name], 4, days)  # not counted: what a server does once
    for number in numbers:
        taken = {name: statistics.median(reruns(port, number, days)) for name, port in ports.items()}
        row(f"{number} sessions, each {CHANGES} changes of date at once: median rerun", taken, "s")


def days_that_differ() -> list[dt.date]:
    """Return days on which the map of steel looks like on no other; both apps keep their answers for so many."""
    rm = regionmap.load()
    found: dict[tuple[Any, ...], dt.date] = {}
    for day in rm.change_dates():
        if SINCE <= day <= UNTIL:
            found.setdefault(tuple(one.ruling for one in rm.overview("steel", on=day)), day)
    return [*found.values()]


def row(words: str, values: Mapping[str, float], unit: str) -> None:
    ratio = values[OWN] / values[PEER]
    cells = [words, *(said(values[name], unit) for name in COMMANDS), f"{ratio:.2f} ×"]
    print(f"| {' | '.join(cells)} |", flush=True)


def said(value: float, unit: str) -> str:
    if unit == "s":
        return f"{value:.2f} s"
    return f"{value / 1e6:.2f} MB" if value >= 1e6 else f"{value / 1e3:.1f} KB"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--turns", type=int, default=6, help="visits of each app that count")
    asked.add_argument("--sessions", type=int, nargs="+", default=[20, 50], help="how many at once")
    asked.add_argument("--only", choices=["visits", "sessions"], help="one half of the table")
    chosen = asked.parse_args()
    ports = {name: free_port() for name in COMMANDS}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name, command in COMMANDS.items():
            stack.enter_context(served(command(ports[name]), ports[name], folder / name))
        wires = {name: stack.enter_context(Wire(port)) for name, port in ports.items()}
        print(f"{os.cpu_count()} cores; medians; {chosen.turns} visits of each app; ratio to plain\n")
        print("| | regionmap | plain | ratio |\n|---|---:|---:|---:|")
        if chosen.only != "sessions":
            visits(wires, chosen.turns)
        if chosen.only != "visits":
            many_sessions(ports, chosen.sessions)


if __name__ == "__main__":
    main()

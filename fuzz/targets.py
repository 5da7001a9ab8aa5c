"""What is fuzzed: each target takes bytes and may raise nothing but regionmap's own errors."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import io
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from fuzz import seeds
from fuzz.guarded import Guarded
from regionmap.api import Regionmap
from regionmap.errors import RegionmapError
from regionmap.printable import one_line

Run = Callable[[bytes], None]
_ENDED_ASKED, _ONE_IN = 5, 1_000
"""Inputs that are given to what users run: of those over which a process ended, and of all."""


@dataclass(frozen=True)
class Target:
    """``make`` loads what the target needs and returns what is called with each input; ``share``: its part of time.

    ``slow_s``: seconds by the clock above which an input is too slow. Where a process with a limit of processor seconds
    reads, it ends by itself, and it is only looked whether it does.
    """

    make: Callable[[], Run]
    seeds: Callable[[], Sequence[bytes]]
    share: float = 1.0
    most_bytes: int = 4096
    slow_s: int = 10


@cache
def _rm() -> Regionmap:
    return Regionmap.load()


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="regionmap-fuzz-"))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _told(*calls: Callable[[], object], also: tuple[type[Exception], ...] = ()) -> None:
    """Make the calls; an error of ours has to be told in lines that a terminal can show."""
    for call in calls:
        try:
            call()
        except RegionmapError as error:
            words = str(error)
            lines = getattr(error, "problems", [words])
            if not words or any(one_line(one) != one for one in lines):
                raise RuntimeError(f"{type(error).__name__} says nothing, or what no terminal should see") from error
        except also:
            pass


def _coordinates() -> Run:
    from regionmap.places.coordinate_text import parse_angle, parse_pair

    rm = _rm()

    def run(data: bytes) -> None:
        text = _text(data)
        lon, _, lat = text.partition(",")
        _told(
            lambda: parse_angle(text),
            lambda: parse_pair(text),
            lambda: parse_pair(text, lat_first=True),
            lambda: rm.lookup(lon=lon, lat=lat, on="2020-01-01") if lat else None,
        )

    return run


def _dates() -> Run:
    from regionmap.model.partial_date import days
    from regionmap.publish.moments import read_moments
    from regionmap.rules.reading.arguments import parse_action, parse_date, parse_datum

    def run(data: bytes) -> None:
        text = _text(data)
        _told(lambda: parse_date(text), lambda: parse_action(text), lambda: parse_datum(text))
        _told(lambda: days(text), lambda: read_moments(text), also=(ValueError,))

    return run


def _areas() -> Run:
    from regionmap.places.area_text import area_from_text
    from regionmap.places.areas import units_touched

    locator = _rm().locator

    def run(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        _told(lambda: units_touched(area_from_text(text), locator))

    return run


def _places() -> Run:
    from regionmap.rules.reading.places import read_place, read_places

    rm = _rm()

    def run(data: bytes) -> None:
        text = _text(data)
        _told(
            lambda: read_places(rm.catalogue, rm.gazetteer, text), lambda: read_place(rm.catalogue, rm.gazetteer, text)
        )

    return run


def _industries() -> Run:
    rm = _rm()
    return lambda data: _told(lambda: rm.subject(_text(data)))


def _search() -> Run:
    rm = _rm()

    def run(data: bytes) -> None:
        text = _text(data)
        _told(lambda: rm.rules(text=text), lambda: rm.source(text), lambda: rm.region(text), lambda: rm.programme(text))

    return run


def _judged(ending: str, shaped: Callable[[bytes], bytes] = bytes, *, judged: bool = True) -> Run:
    """A table as a file of sites: opened, read in chunks and judged, which takes 50 ms each, or only read.

    All in this process, where it is seen which lines are run. See ``_apart`` for what some libraries do.
    """
    from regionmap.screening.files.opening import open_here
    from regionmap.screening.files.parquet import is_plain
    from regionmap.screening.options import Options
    from regionmap.screening.run import screen_table

    rm, path = _rm(), _folder() / f"sites{ending}"
    options = Options(on=dt.date(2020, 1, 1), industry="steel")

    def read() -> None:
        if ending == ".parquet" and not is_plain(path):
            return
        for number, chunk in enumerate(open_here(path).chunks(500)):
            if number == 0 and judged:
                screen_table(rm, chunk, options)
            if number == 20:
                break

    def run(data: bytes) -> None:
        path.write_bytes(shaped(data))
        _told(read, also=(MemoryError,))

    return run


def _read(ending: str, shaped: Callable[[bytes], bytes] = bytes) -> Run:
    return _judged(ending, shaped, judged=False)


def _apart(ending: str, harmless: Callable[[], Sequence[bytes]], shaped: Callable[[bytes], bytes] = bytes) -> Run:
    """Read each input in a process with limits, as such files are read for users.

    The library for XLS and ODS takes all memory, or never ends, over some bytes, and GDAL may. The first such inputs,
    and one in a thousand of the others, are then given to what users run, which has to tell in one line what is wrong.
    """
    from regionmap.screening.files.opening import open_table

    path = _folder() / f"asked{ending}"
    asked = ended = 0

    def as_users() -> None:
        for number, _ in enumerate(open_table(path).chunks(500)):
            if number == 20:
                break

    def over(data: bytes) -> None:
        nonlocal ended
        ended += 1
        print(f"stat::ended: {ended}", file=sys.stderr, flush=True)
        if ended <= _ENDED_ASKED:
            path.write_bytes(shaped(data))
            _told(as_users)

    guarded = Guarded(_read(ending, shaped), over, harmless())

    def run(data: bytes) -> None:
        nonlocal asked
        asked += 1
        guarded(data)
        if asked % _ONE_IN == 0:
            path.write_bytes(shaped(data))
            _told(as_users)

    return run


def _overlays() -> Run:
    from regionmap.catalogue.files import Folder, ParsedFiles, Problems, parse_folder

    root = _folder() / "own"
    names = ("sources/a.yaml", "regions/a.yaml", "pilots/a.yaml", "parks/a.yaml", "destinations/a.yaml",
             "industries.yaml", "industry-names.yaml", "readings.yaml", "catalogue.yaml")  # fmt: skip
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)

    def run(data: bytes) -> None:
        head, _, content = data.partition(b"\n")
        said = _text(head)
        path = root / next(
            (one for one in names if one.split("/")[0] == said.split("/")[0]), names[len(head) % len(names)]
        )
        path.write_bytes(content)
        try:
            found, problems = ParsedFiles(), Problems()
            _told(lambda: parse_folder(Folder(root, bundled=False), found, problems))
            assert not any("\n" in one for one in problems)
            if not problems:
                _told(lambda: _load(root))
        finally:
            path.unlink()

    return run


def _load(root: Path) -> None:
    """Lay the folder over the bundled files, which are read once: to read them takes most of the time of a load."""
    from tests.catalogue.overlays import _parse

    from regionmap.catalogue import loader

    loader.parse_folder = _parse  # type: ignore[attr-defined]
    Regionmap.load(root)


def _addresses() -> Run:
    import logging

    logging.disable(logging.CRITICAL)  # without a browser Streamlit warns of each look at the session
    from regionmap.web import state

    def run(data: bytes) -> None:
        said = dict(parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=None))
        state.read({name: value for name, value in said.items() if name in state.DEFAULTS})
        told = state.said()
        state.problems(), state.date(), state.action(), state.show(), state.lens(), state.point()
        state.read(told)
        assert state.said() == told, "a link does not lead back to itself"
        assert state.problems() is None, "a link of our own holds what we refuse"

    return run


def _calls() -> Run:
    from mcp.server.mcpserver.exceptions import ToolError

    from regionmap.mcp_server.server import make_server

    server = make_server(_rm())
    tools = ("check", "lookup", "transfer", "rules", "regions")

    def run(data: bytes) -> None:
        try:
            said = json.loads(data)
        except (ValueError, RecursionError):
            return
        if not isinstance(said, dict):
            return
        name = said.pop("tool", None)
        tool = name if name in tools else tools[len(data) % 5]
        with contextlib.suppress(ToolError):
            asyncio.run(server.call_tool(tool, said))

    return run


def _commands() -> Run:
    from click.testing import CliRunner

    from regionmap.cli.commands import app

    rm = _rm()
    Regionmap.load = classmethod(lambda cls, overlay=None: rm)  # type: ignore[method-assign, assignment]
    runner = CliRunner()
    known = ("check", "lookup", "transfer", "rules", "regions", "history", "sources", "validate")

    def run(data: bytes) -> None:
        words = _text(data).split("\n")
        if words[0] not in known or any(one.startswith(("--report", "--cat")) or "\0" in one for one in words):
            return
        answer = runner.invoke(app, words, input="")
        escaped = answer.exception
        if escaped is not None and not isinstance(escaped, (SystemExit, RegionmapError)):
            raise escaped

    return run


def _apart_target(
    ending: str, harmless: Callable[[], Sequence[bytes]], most_bytes: int, shaped: Callable[[bytes], bytes] = bytes
) -> Target:
    return Target(lambda: _apart(ending, harmless, shaped), harmless, 1.0, most_bytes, 90)


TARGETS = {
    "coordinates": Target(_coordinates, seeds.of(*seeds.COORDINATES), 2.0, 200),
    "dates": Target(_dates, seeds.of(*seeds.DATES), 2.0, 60),
    "areas": Target(_areas, seeds.of(*seeds.AREAS), 2.0),
    "places": Target(_places, seeds.of(*seeds.PLACES), 1.0, 200),
    "industries": Target(_industries, seeds.of(*seeds.INDUSTRIES), 1.0, 200),
    "search": Target(_search, seeds.of(*seeds.WORDS), 1.0, 120),
    "csv": Target(lambda: _judged(".csv"), seeds.of(*seeds.CSV), 2.0),
    "workbook-sheet": Target(lambda: _judged(".xlsx", seeds.workbook), seeds.of(seeds.SHEET), 1.0),
    "workbook-file": Target(lambda: _judged(".xlsx"), lambda: [seeds.workbook(seeds.SHEET.encode())], 1.0, 8192),
    "parquet": Target(lambda: _judged(".parquet"), lambda: [seeds.parquet()], 1.0),
    "geojson-layer": Target(lambda: _judged(".geojson"), seeds.of(seeds.LAYERS[0]), 1.0),
    "kml-layer": Target(lambda: _judged(".kml"), seeds.of(seeds.LAYERS[1]), 1.0),
    "kmz-layer": _apart_target(".kmz", lambda: [seeds.kmz()], 8192),
    "gpkg-layer": _apart_target(".gpkg", lambda: [seeds.layer(".gpkg")], 131_072),
    "fgb-layer": _apart_target(".fgb", lambda: [seeds.layer(".fgb")], 8192),
    "shapefile": _apart_target(".zip", lambda: [seeds.shapefile_parts()], 4096, seeds.shapefile),
    "shapefile-zip": _apart_target(".zip", lambda: [seeds.shapefile(seeds.shapefile_parts())], 8192),
    "xls": _apart_target(".xls", lambda: [seeds.xls()], 16_384),
    "ods-sheet": _apart_target(".ods", seeds.of(seeds.ODS), 4096, seeds.spreadsheet),
    "ods-file": _apart_target(".ods", lambda: [seeds.spreadsheet(seeds.ODS.encode())], 8192),
    "overlays": Target(_overlays, seeds.of(*seeds.overlays()), 2.0, 8192),
    "addresses": Target(_addresses, seeds.of(*seeds.ADDRESSES), 2.0, 400),
    "calls": Target(_calls, seeds.of(*seeds.CALLS), 1.0, 400),
    "commands": Target(_commands, seeds.of(*seeds.COMMANDS), 1.0, 400),
}


def run_one(name: str, arguments: list[str]) -> None:
    """Fuzz one target with libFuzzer's arguments; does not return."""
    import atheris

    with atheris.instrument_imports(include=["regionmap"]):
        run = TARGETS[name].make()

    def one_input(data: bytes) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            run(data)

    for seed in TARGETS[name].seeds():  # what is loaded on the first question is no input's time
        one_input(seed)
    atheris.Setup([sys.argv[0], *arguments], one_input)
    atheris.Fuzz()


def corpus(name: str, folder: Path) -> Path:
    """Write the seeds of a target into a folder; return it."""
    target: Any = folder / name
    target.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds()):
        (target / f"seed-{number}").write_bytes(seed)
    return Path(target)

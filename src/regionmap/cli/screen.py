"""``regionmap screen``: many sites from a file, with verdicts or reasons into a file."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionmap.cli.options import (
    PATH,
    F,
    Language,
    OneOf,
    action_option,
    catalogue_option,
    date_option,
    datum_option,
    industry_option,
    json_option,
    lang_option,
)
from regionmap.errors import InputError
from regionmap.model import Action
from regionmap.model.datum import Datum

if TYPE_CHECKING:
    from regionmap.screening.run import Engine


class EngineName(StrEnum):
    """Who judges the chunks."""

    LOCAL = "local"
    DASK = "dask"


def _column(role: str, what: str) -> Callable[[F], F]:
    return click.option(f"--{role}-column", help=f"{what}, if not recognised", metavar="C")


@click.command("screen")
@click.argument("source", type=PATH, metavar="IN")
@click.option("-o", "--output", type=PATH, required=True, help="CSV, XLSX, Parquet, GeoJSON or GPKG")
@_column("industry", "names or GB/T 4754-2017 codes")
@_column("lon", "longitudes in degrees")
@_column("lat", "latitudes in degrees")
@_column("coordinates", "both coordinates in one cell, as 115.48,38.87")
@_column("place", "names of units")
@_column("address", "addresses that begin with units")
@_column("adcode", "adcodes (GB/T 2260)")
@_column("date", "dates")
@_column("action", "new, expand, replace, move_in or upgrade")
@_column("datum", "wgs84, cgcs2000, gcj02 or bd09")
@industry_option
@action_option
@date_option
@datum_option
@click.option("--crs", help="of coordinates in metres: EPSG:4527, or a zone or central meridian such as 39 or 117E")
@click.option("--sheet", help="of a workbook; without it the first one with a table of sites")
@click.option("--boundary", is_flag=True, help="measure to another answer up to 200 km away, not only within 1 km")
@click.option("--encoding", help="of a CSV file; found out without it")
@click.option("--resume", is_flag=True, help="go on after the last whole chunk")
@click.option(
    "--engine", type=OneOf(EngineName), default="local", show_default=True, help="this process, or a Dask cluster"
)
@click.option("--scheduler", help="of a Dask cluster: tcp://…; a local one without it")
@click.option("--workers", type=click.IntRange(1), help="of a local Dask cluster")
@json_option
@lang_option
@catalogue_option
def screen_command(
    source: Path,
    output: Path,
    industry_column: str | None,
    lon_column: str | None,
    lat_column: str | None,
    coordinates_column: str | None,
    place_column: str | None,
    address_column: str | None,
    adcode_column: str | None,
    date_column: str | None,
    action_column: str | None,
    datum_column: str | None,
    industry: str | None,
    action: Action,
    date: str | None,
    datum: Datum,
    crs: str | None,
    sheet: str | None,
    boundary: bool,
    encoding: str | None,
    resume: bool,
    engine: EngineName,
    scheduler: str | None,
    workers: int | None,
    as_json: bool,
    lang: Language,
    catalogue: Path | None,
) -> None:
    """Judge every row of a file of sites: verdict, rules and caveats, or the reason why not.

    IN is a CSV, XLSX, XLS, ODS, Parquet, GeoJSON, GPKG, FlatGeobuf, KML, KMZ or zipped Shapefile.
    """
    from regionmap.api import Regionmap, parse_date
    from regionmap.screening.messages import ScreeningError
    from regionmap.screening.options import Options
    from regionmap.screening.run import screen

    options = Options(
        parse_date(date) if date is not None else dt.date.today(),
        industry, action.value, datum.value, boundary, date_given=date is not None, crs=crs,
        language=lang.value,
    )  # fmt: skip
    named = {
        "industry": industry_column, "lon": lon_column, "lat": lat_column, "place": place_column,
        "address": address_column, "adcode": adcode_column, "date": date_column, "action": action_column,
        "datum": datum_column, "coordinates": coordinates_column,
    }  # fmt: skip
    rm = Regionmap.load(catalogue)
    if industry is not None:
        rm.subject(industry)
    chosen = _engine(engine, scheduler, workers)
    try:
        with _Bar() as bar:
            summary = screen(
                rm, source, output, options, named,
                encoding=encoding, sheet=sheet, resume=resume, engine=chosen, progress=bar.update,
            )  # fmt: skip
    except ScreeningError as error:
        raise InputError(error.text[lang]) from None
    except KeyboardInterrupt:
        sys.stderr.write(f"regionmap: stopped; the same command with --resume goes on for {output.name}\n")
        raise
    from regionmap.screening.report import Reporter, in_language

    if as_json:
        json.dump(in_language(summary, lang), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    Reporter(lang).print(summary)


def _engine(name: EngineName, scheduler: str | None, workers: int | None) -> Engine:
    from regionmap.screening.run import judge_here

    if name is EngineName.LOCAL:
        if scheduler is not None or workers is not None:
            raise InputError("--scheduler and --workers are for a Dask cluster: add --engine dask")
        return judge_here
    if scheduler is not None and workers is not None:
        raise InputError("--workers is for a local cluster, --scheduler names another: give one of them")
    from regionmap.screening.dask_engine import judge_with_dask

    return judge_with_dask(scheduler, workers)


class _Bar:
    """A progress bar on standard error, with the rows and the time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=console, transient=True, disable=not console.is_terminal,  # a log gets no empty line
        )  # fmt: skip
        self._task = self._progress.add_task("screen", total=None)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def update(self, done: int, total: int | None) -> None:
        """Show rows that are done; an estimate that proves too small grows."""
        self._progress.update(self._task, completed=done, total=None if total is None else max(done, total))

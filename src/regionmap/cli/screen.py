"""``regionmap screen``: many sites from a file, with verdicts or reasons into a file."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionmap.cli import ending
from regionmap.cli.help import HelpfulCommand
from regionmap.cli.options import (
    Count,
    F,
    Language,
    OneOf,
    action_option,
    catalogue_option,
    date_option,
    datum_option,
    given,
    industry_option,
    json_option,
    lang_option,
)
from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.model import Action, Level
from regionmap.model.datum import Datum
from regionmap.printable import json_text, one_line

if TYPE_CHECKING:
    from rich.progress import Progress

    from regionmap.screening.parts.plan import Runners
    from regionmap.screening.run import Engine


class EngineName(StrEnum):
    """Who judges the chunks."""

    LOCAL = "local"
    DASK = "dask"


def _column(role: str, *, help: str) -> Callable[[F], F]:  # noqa: A002  (what ``make messages`` looks for)
    return click.option(f"--{role}-column", help=help, metavar="C")


@click.command("screen", cls=HelpfulCommand)
@click.argument("source", metavar="IN")
@click.option("-o", "--output", required=True, help="CSV, XLSX, Parquet, GeoJSON or GPKG; of parts, a folder")
@_column("industry", help="names or GB/T 4754-2017 codes, if not recognised")
@_column("lon", help="longitudes in degrees, if not recognised")
@_column("lat", help="latitudes in degrees, if not recognised")
@_column("coordinates", help="both coordinates in one cell, as 115.48,38.87, if not recognised")
@_column("place", help="names of units, if not recognised")
@_column("address", help="addresses that begin with units, if not recognised")
@_column("adcode", help="adcodes (GB/T 2260), if not recognised")
@_column("date", help="dates, if not recognised")
@_column("action", help="new, expand, replace, move_in or upgrade, if not recognised")
@_column("datum", help="wgs84, cgcs2000, gcj02 or bd09, if not recognised")
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
@click.option("--workers", type=Count(such_as=4), help="of a local Dask cluster")
@json_option
@lang_option
@catalogue_option
def screen_command(
    source: str,
    output: str,
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

    IN is a CSV, XLSX, XLS, ODS, Parquet, GeoJSON, GPKG, FlatGeobuf, KML, KMZ or zipped Shapefile; or many Parquet or
    CSV files with the same columns: a folder, a pattern such as 'folder/*.parquet', or an address such as
    s3://bucket/folder/. Each of them gets a file in the folder OUTPUT ('folder/*.csv' for CSV).
    """
    if crs is not None and given("datum"):
        raise InputError("--crs and --datum both name the coordinate system: give one of them")
    named = {
        "industry": industry_column, "lon": lon_column, "lat": lat_column, "place": place_column,
        "address": address_column, "adcode": adcode_column, "date": date_column, "action": action_column,
        "datum": datum_column, "coordinates": coordinates_column,
    }  # fmt: skip
    from regionmap.screening.begun import begun
    from regionmap.screening.lean import Process

    Process.takes_turns()
    with contextlib.ExitStack() as stack:
        first = None
        if sheet is None and engine is EngineName.LOCAL:
            wanted = [one for one in named.values() if one]
            first = stack.enter_context(begun(Path(source), Path(output), encoding, wanted))
        from regionmap.api import Regionmap, parse_date
        from regionmap.screening.options import Options
        from regionmap.screening.parts.listing import are_parts
        from regionmap.screening.run import screen

        options = Options(
            parse_date(date) if date is not None else dt.date.today(),
            industry, action.value, datum.value, boundary, date_given=date is not None, crs=crs,
            language=lang.value,
        )  # fmt: skip
        rm = Regionmap.load(catalogue)
        if industry is not None:
            rm.subject(industry)
        in_parts = are_parts(source)
        if in_parts and sheet is not None:
            raise InputError("--sheet is for workbooks, and parts are Parquet or CSV files: leave it out")
        try:
            with _Bar() as bar:
                if in_parts:
                    from regionmap.screening.parts.run import screen_parts

                    summary = screen_parts(
                        rm, source, output, options, named, encoding=encoding, resume=resume,
                        runners=_runners(engine, scheduler, workers), progress=bar.update,
                    )  # fmt: skip
                else:
                    summary = screen(
                        rm, Path(source), Path(output), options, named, encoding=encoding, sheet=sheet, resume=resume,
                        engine=_engine(engine, scheduler, workers), progress=bar.update, begun=first,
                    )  # fmt: skip
        except KeyboardInterrupt:
            words = t("stopped; the same command with --resume goes on for {file}", file=Path(output).name)
            ending.say([f"regionmap: {one_line(words[lang])}"])
            raise
    if as_json:
        from regionmap.screening.summary import in_language

        sys.stdout.write(json_text(in_language(summary, lang)) + "\n")
    else:
        from regionmap.screening.report import Reporter

        provinces = rm.gazetteer.units(Level.PROVINCE)
        Reporter(lang, names={one.name: one.name_en for one in provinces} if lang == "en" else None).print(summary)
    if as_json or not sys.stdout.isatty():  # who reads the summary there sees no warning in it
        from regionmap.screening.summary import loud

        ending.say([f"regionmap: {one_line(one.text[lang])}" for one in loud(summary)])
    if in_parts:
        from regionmap.screening.parts.run import failure

        failed = failure(summary)
        if failed is not None:
            raise InputError(failed[lang])


def _engine(name: EngineName, scheduler: str | None, workers: int | None) -> Engine:
    """Return what judges the chunks of one file."""
    from regionmap.screening.run import judge_ahead

    if not _on_dask(name, scheduler, workers):
        return judge_ahead
    from regionmap.screening.dask.chunks import judge_with_dask

    return judge_with_dask(scheduler, workers)


def _runners(name: EngineName, scheduler: str | None, workers: int | None) -> Runners:
    """Return what gives those that judge the parts of an input."""
    from regionmap.screening.parts.run import run_here

    if not _on_dask(name, scheduler, workers):
        return run_here
    from regionmap.screening.dask.parts import run_on_dask

    return run_on_dask(scheduler, workers)


def _on_dask(name: EngineName, scheduler: str | None, workers: int | None) -> bool:
    """Tell whether a Dask cluster does the work.

    Raises:
        InputError: options of a cluster are given without one, or are of two clusters.
    """
    if name is EngineName.LOCAL and (scheduler is not None or workers is not None):
        raise InputError("--scheduler and --workers are for a Dask cluster: add --engine dask")
    if scheduler is not None and workers is not None:
        raise InputError("--workers is for a local cluster, --scheduler names another: give one of them")
    return name is EngineName.DASK


class _Bar:
    """A progress bar on standard error, with the rows and the time left; nothing where that is no terminal."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        if not sys.stderr.isatty():  # a log gets no empty line
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task("screen", total=None)

    def __enter__(self) -> _Bar:
        if self._progress is not None:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def update(self, done: int, total: int | None) -> None:
        """Show rows that are done; an estimate that proves too small grows."""
        if self._progress is not None:
            self._progress.update(self._task, completed=done, total=None if total is None else max(done, total))

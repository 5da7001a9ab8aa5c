"""The command line: thin commands over the Python API. Exit status 0: answered, 2: bad input with one line."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

import regionmap
from regionmap.cli.options import (
    PATH,
    DatumName,
    Format,
    Language,
    Layer,
    OneOf,
    action_option,
    catalogue_option,
    date_option,
    industry_option,
    json_option,
    lang_option,
    point_options,
)
from regionmap.cli.screen import screen_command
from regionmap.errors import CatalogueError, InputError, RegionmapError
from regionmap.model import Action, Effect


class _InOrder(click.Group):
    """Lists its commands as they stand here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names."""
        return list(self.commands)


@click.group(cls=_InOrder)
def app() -> None:
    """Where may industry go in China, and which rule says so."""


@app.command("app")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, help="TCP port")
def run_app(port: int) -> None:
    """Open the map in a browser."""
    from regionmap.web.launch import run

    raise click.exceptions.Exit(run(port))


@app.command("check")
@click.argument("place", required=False)
@point_options
@click.option("--area", type=PATH, help="a GeoJSON file of an area (WGS-84)")
@industry_option
@action_option
@date_option
@click.option("--report", type=PATH, help="write a site report to this .html or .docx file")
@json_option
@lang_option
@catalogue_option
def check_command(
    place: str | None,
    lon: str | None,
    lat: str | None,
    datum: DatumName,
    area: Path | None,
    industry: str | None,
    action: Action,
    date: str | None,
    report: Path | None,
    as_json: bool,
    lang: Language,
    catalogue: Path | None,
) -> None:
    """May I build this, here, now? A verdict with every rule that it rests on.

    PLACE is a name or an adcode: 保定, 河北省保定市, Baoding or 130600.
    """
    if industry is None:
        raise InputError("no industry given: add --industry, such as --industry 钢铁, steel or 3110")
    if report is not None:
        from regionmap.output.report.files import check_target

        check_target(report)
    rm = regionmap.load(catalogue)
    verdict = rm.check(
        place,
        industry=industry,
        action=action,
        on=date,
        lon=lon,
        lat=lat,
        datum=datum.value,
        area=area,
    )
    if report is not None:
        from regionmap.output.report.files import write_report

        write_report(verdict, rm, report, lang)
        click.echo(f"{report}: {verdict.ruling.value}, {verdict.place.code}, {verdict.date.isoformat()}", err=True)
        if not as_json:
            return
    if as_json:
        from regionmap.output.json.answers import verdict_json

        _print_json(verdict_json(verdict, rm))
        return
    from regionmap.output.tables import Printer

    Printer(lang).verdict(verdict, rm)


@app.command("lookup")
@click.argument("place", required=False)
@point_options
@date_option
@json_option
@lang_option
@catalogue_option
def lookup_command(
    place: str | None,
    lon: str | None,
    lat: str | None,
    datum: DatumName,
    date: str | None,
    as_json: bool,
    lang: Language,
    catalogue: Path | None,
) -> None:
    """Everything about a place: regions, rules by industry.

    PLACE is a name or an adcode: 保定, 河北省保定市, Baoding or 130600.
    """
    rm = regionmap.load(catalogue)
    answer = rm.lookup(place, lon=lon, lat=lat, datum=datum.value, on=date)
    if as_json:
        from regionmap.output.json.answers import lookup_json

        _print_json(lookup_json(answer, rm))
        return
    from regionmap.output.tables import Printer

    Printer(lang).place(answer, rm)


@app.command("transfer")
@click.option("--from", "origin", help="the place that the industry would leave")
@industry_option
@date_option
@click.option("--all", "every", is_flag=True, help="list the open places too")
@json_option
@lang_option
@catalogue_option
def transfer_command(
    origin: str | None,
    industry: str | None,
    date: str | None,
    every: bool,
    as_json: bool,
    lang: Language,
    catalogue: Path | None,
) -> None:
    """Where could it go: the push at the origin, and the places that documents guide the industry to."""
    if origin is None:
        raise InputError("no origin given: add --from, such as --from 上海")
    if industry is None:
        raise InputError("no industry given: add --industry, such as --industry 纺织, textile or 17")
    rm = regionmap.load(catalogue)
    answer = rm.transfer(origin, industry=industry, on=date)
    if as_json:
        from regionmap.output.json.transfer import transfer_json

        _print_json(transfer_json(answer, rm, every=every))
        return
    from regionmap.output.tables import Printer

    Printer(lang).transfer(answer, rm, every=every)


@app.command("rules")
@click.option("--text", help="words to find, in Chinese or English")
@industry_option
@click.option("--place", help="only rules that reach this place")
@click.option("--source", help="only this document: id, number or title")
@click.option("--effect", type=OneOf(Effect), help="only this effect")
@date_option
@json_option
@lang_option
@catalogue_option
def rules_command(
    text: str | None,
    industry: str | None,
    place: str | None,
    source: str | None,
    effect: Effect | None,
    date: str | None,
    as_json: bool,
    lang: Language,
    catalogue: Path | None,
) -> None:
    """Find provisions."""
    rules = regionmap.load(catalogue).rules(text, industry=industry, place=place, source=source, effect=effect, on=date)
    if as_json:
        from regionmap.output.json.answers import rule_json

        _print_json([rule_json(one) for one in rules])
        return
    from regionmap.output.tables import Printer

    Printer(lang).rules(rules)


@app.command("regions")
@click.argument("region", required=False)
@date_option
@json_option
@lang_option
@catalogue_option
def regions_command(
    region: str | None, date: str | None, as_json: bool, lang: Language, catalogue: Path | None
) -> None:
    """Regions with their dated lists; with a date, the list in use.

    REGION is a region's id or name.
    """
    from regionmap.output.json.sources import region_json

    rm = regionmap.load(catalogue)
    chosen = [rm.region(region)] if region is not None else list(rm.regions())
    on = _date(date)
    rows = [region_json(one, rm, on) for one in chosen]
    if as_json:
        _print_json(rows)
        return
    from regionmap.output.tables import Printer

    numbers = {one.id: one.number for one in rm.sources()}
    Printer(lang).regions([(one, row["definitions"]) for one, row in zip(chosen, rows, strict=True)], numbers)


@app.command("history")
@click.argument("region", required=False)
@click.option("--from", "start", help="YYYY-MM-DD, the earlier date")
@click.option("--to", "end", help="YYYY-MM-DD, the later date")
@json_option
@lang_option
@catalogue_option
def history_command(
    region: str | None, start: str | None, end: str | None, as_json: bool, lang: Language, catalogue: Path | None
) -> None:
    """How a region's list changed between two dates: who joined, left, or moved between its parts.

    REGION is a region's id or name.
    """
    if region is None:
        raise InputError("no region given: name one, such as air-key-regions (`regionmap regions` lists them)")
    if start is None or end is None:
        raise InputError("two dates are needed: add --from and --to, such as --from 2019-06-01 --to 2024-03-01")
    rm = regionmap.load(catalogue)
    change = rm.history(region, start, end)
    if as_json:
        from regionmap.output.json.history import history_json

        _print_json(history_json(change, rm))
        return
    from regionmap.output.tables import Printer

    Printer(lang).history(change, rm)


@app.command("sources")
@click.argument("source", required=False)
@json_option
@lang_option
@catalogue_option
def sources_command(source: str | None, as_json: bool, lang: Language, catalogue: Path | None) -> None:
    """The loaded documents.

    SOURCE is a document's id, number or title.
    """
    rm = regionmap.load(catalogue)
    chosen = [rm.source(source)] if source is not None else list(rm.sources())
    if as_json:
        from regionmap.output.json.sources import source_json

        _print_json([source_json(one) for one in chosen])
        return
    from regionmap.output.tables import Printer

    Printer(lang).sources(chosen)


@app.command("export")
@click.argument("layer", type=OneOf(Layer))
@click.option("-o", "--output", type=PATH, required=True, help="the file to write")
@date_option
@industry_option
@click.option("--format", "file_format", type=OneOf(Format), help="by the file's ending without it")
@catalogue_option
def export_command(
    layer: Layer,
    output: Path,
    date: str | None,
    industry: str | None,
    file_format: Format | None,
    catalogue: Path | None,
) -> None:
    """Write a layer with true boundaries to a file."""
    from regionmap.output.formats import write_layer
    from regionmap.output.layers.build import make_layer

    rm = regionmap.load(catalogue)
    on = _date(date) or dt.date.today()
    rows = write_layer(
        lambda: make_layer(rm, layer.value, on, industry), output, file_format.value if file_format else None
    )
    click.echo(f"{output}: {rows} features, {layer.value}, {on.isoformat()}", err=True)


app.add_command(screen_command)


@app.command("validate")
@click.argument("folder", type=PATH, required=False)
def validate_command(folder: Path | None) -> None:
    """Check policy files: every problem is named with its file and line.

    FOLDER holds files of your own; without it the bundled ones are checked.
    """
    from regionmap.loading import load_folders
    from regionmap.places.names.gazetteer import Gazetteer

    catalogue = load_folders(Gazetteer.load(), folder, keep=False)
    click.echo(
        f"holds: {len(catalogue.sources)} sources, {len(catalogue.provisions)} provisions, "
        f"{len(catalogue.regions)} regions, {len(catalogue.industries)} industries, "
        f"{len(catalogue.programmes)} pilot programmes, {len(catalogue.parks)} lists of parks and zones, "
        f"as of {catalogue.as_of}"
    )


def _date(text: str | None) -> dt.date | None:
    from regionmap.api import parse_date

    return parse_date(text) if text is not None else None


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def main() -> None:
    """Run a command; bad input ends with one line on standard error and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file's name may hold bytes that are no text: they are shown as such, and stop nothing.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    try:
        status = int(app(arguments, prog_name="regionmap", standalone_mode=False) or 0)
        sys.stdout.flush()  # here, where a closed pipe is still caught
        return status
    except CatalogueError as error:
        sys.stderr.write("".join(f"{line}\n" for line in error.problems))
        sys.stderr.write(f"regionmap: {len(error.problems)} problem(s) in the catalogue, see above\n")
    except RegionmapError as error:
        sys.stderr.write(f"regionmap: {_one_line(error)}\n")
    except click.ClickException as error:
        if not arguments:
            sys.stderr.write(f"{error.format_message()}\n")  # the help page
        else:
            sys.stderr.write(f"regionmap: {_one_line(error.format_message())} See `regionmap --help`.\n")
    except (BrokenPipeError, SystemExit) as ended:
        if isinstance(ended, SystemExit) and not isinstance(ended.__context__, BrokenPipeError):
            raise
        # Whoever reads has enough. The interpreter flushes once more at its end, to where nobody listens.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        return 130
    return 2


def _one_line(words: object) -> str:
    return " ".join(str(words).split())

"""The command line: thin commands over the Python API. Exit status 0: answered, 2: bad input with one line."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from pathlib import Path
from typing import Any

import click

from regionmap.cli.answering import Answering, Site, answering, at_a_site
from regionmap.cli.options import (
    PATH,
    Format,
    Layer,
    OneOf,
    action_option,
    catalogue_option,
    date_option,
    full_option,
    industry_option,
)
from regionmap.cli.screen import screen_command
from regionmap.cli.services import mcp_command, publish_command
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
@at_a_site
@click.option("--radius", type=float, help="makes the point an area: a circle of so many kilometres", metavar="KM")
@click.option("--area", type=PATH, help="an area in a file of GeoJSON, KML or WKT (WGS-84)")
@industry_option
@action_option
@date_option
@click.option("--report", type=PATH, help="write a site report to this .html or .docx file")
@full_option
@click.option("--brief", is_flag=True, help="print one line")
@answering
def check_command(
    site: Site,
    radius: float | None,
    area: Path | None,
    industry: str | None,
    action: Action,
    date: str | None,
    report: Path | None,
    full: bool,
    brief: bool,
    out: Answering,
) -> None:
    """May I build this, here, now? A verdict with every rule that it rests on.

    PLACE is a name or an adcode: 保定, 河北省保定市, Baoding or 130600.
    """
    if industry is None:
        raise InputError("no industry given: add --industry, such as --industry 钢铁, steel or 3110")
    if report is not None:
        from regionmap.output.report.files import check_target

        check_target(report)
    radius_m = radius * 1000 if radius is not None else None
    verdict = out.rm.check(**site, industry=industry, action=action, on=date, radius_m=radius_m, area=area)
    if report is not None:
        from regionmap.output.report.files import write_report

        write_report(verdict, out.rm, report, out.lang)
        click.echo(f"{report}: {verdict.ruling.value}, {verdict.place.code}, {verdict.date.isoformat()}", err=True)
        if not out.as_json:
            return
    from regionmap.output.json.answers import verdict_json

    if full or out.as_json:
        out.show(lambda: verdict_json(verdict, out.rm), lambda printer: printer.verdict(verdict, out.rm))
        return
    from regionmap.output.brief.check import check_line, check_lines  # late: JSON waits for nothing that prints

    if brief:
        click.echo(check_line(verdict, out.rm, out.lang))
    else:
        out.show_brief(lambda width: check_lines(verdict, out.rm, out.lang, width))


@app.command("lookup")
@at_a_site
@date_option
@full_option
@answering
def lookup_command(site: Site, date: str | None, full: bool, out: Answering) -> None:
    """Everything about a place: regions, rules by industry.

    PLACE is a name or an adcode: 保定, 河北省保定市, Baoding or 130600.
    """
    answer = out.rm.lookup(**site, on=date)
    from regionmap.output.json.answers import lookup_json

    if full or out.as_json:
        out.show(lambda: lookup_json(answer, out.rm), lambda printer: printer.place(answer, out.rm))
        return
    from regionmap.output.brief.lookup import lookup_lines  # late, as above

    out.show_brief(lambda width: lookup_lines(answer, out.rm, out.lang, width))


@app.command("transfer")
@click.option("--from", "origin", help="the place that the industry would leave")
@industry_option
@date_option
@click.option("--all", "every", is_flag=True, help="list the open places too, with all of the answer")
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="how many destinations to show")
@full_option
@answering
def transfer_command(
    origin: str | None,
    industry: str | None,
    date: str | None,
    every: bool,
    top: int,
    full: bool,
    out: Answering,
) -> None:
    """Where could it go: the push at the origin, and the places that documents guide the industry to."""
    if origin is None:
        raise InputError("no origin given: add --from, such as --from 上海")
    if industry is None:
        raise InputError("no industry given: add --industry, such as --industry 纺织, textile or 17")
    answer = out.rm.transfer(origin, industry=industry, on=date)
    from regionmap.output.json.transfer import transfer_json

    if full or every or out.as_json:
        out.show(
            lambda: transfer_json(answer, out.rm, every=every),
            lambda printer: printer.transfer(answer, out.rm, every=every),
        )
        return
    from regionmap.output.brief.transfer import transfer_lines  # late, as above

    out.show_brief(lambda width: transfer_lines(answer, out.rm, out.lang, width, top))


@app.command("rules")
@click.option("--text", help="words to find, in Chinese or English")
@industry_option
@click.option("--place", help="only rules that reach this place")
@click.option("--source", help="only this document: id, number or title")
@click.option("--effect", type=OneOf(Effect), help="only this effect")
@date_option
@answering
def rules_command(
    text: str | None,
    industry: str | None,
    place: str | None,
    source: str | None,
    effect: Effect | None,
    date: str | None,
    out: Answering,
) -> None:
    """Find provisions."""
    rules = out.rm.rules(text, industry=industry, place=place, source=source, effect=effect, on=date)
    from regionmap.output.json.answers import rule_json

    out.show(lambda: [rule_json(one) for one in rules], lambda printer: printer.rules(rules))


@app.command("regions")
@click.argument("region", required=False)
@date_option
@answering
def regions_command(region: str | None, date: str | None, out: Answering) -> None:
    """Regions with their dated lists; with a date, the list in use.

    REGION is a region's id or name.
    """
    from regionmap.output.json.sources import region_json

    chosen = [out.rm.region(region)] if region is not None else list(out.rm.regions())
    on = _date(date)
    rows = [region_json(one, out.rm, on) for one in chosen]
    numbers = {one.id: one.number for one in out.rm.sources()}
    lists = [(one, row["definitions"]) for one, row in zip(chosen, rows, strict=True)]
    out.show(lambda: rows, lambda printer: printer.regions(lists, numbers))


@app.command("history")
@click.argument("region", required=False)
@click.option("--from", "start", help="YYYY-MM-DD, the earlier date")
@click.option("--to", "end", help="YYYY-MM-DD, the later date")
@full_option
@answering
def history_command(region: str | None, start: str | None, end: str | None, full: bool, out: Answering) -> None:
    """How a region's list changed between two dates: who joined, left, or moved between its parts.

    REGION is a region's id or name.
    """
    if region is None:
        raise InputError("no region given: name one, such as air-key-regions (`regionmap regions` lists them)")
    if start is None or end is None:
        raise InputError("two dates are needed: add --from and --to, such as --from 2019-06-01 --to 2024-03-01")
    change = out.rm.history(region, start, end)
    from regionmap.output.json.history import history_json

    if full or out.as_json:
        out.show(lambda: history_json(change, out.rm), lambda printer: printer.history(change, out.rm))
        return
    from regionmap.output.brief.history import history_lines  # late, as above

    out.show_brief(lambda width: history_lines(change, out.rm, out.lang, width))


@app.command("sources")
@click.argument("source", required=False)
@answering
def sources_command(source: str | None, out: Answering) -> None:
    """The loaded documents.

    SOURCE is a document's id, number or title.
    """
    chosen = [out.rm.source(source)] if source is not None else list(out.rm.sources())
    from regionmap.output.json.sources import source_json

    out.show(lambda: [source_json(one) for one in chosen], lambda printer: printer.sources(chosen))


@app.command("export")
@click.argument("layer", type=OneOf(Layer))
@click.option("-o", "--output", type=PATH, required=True, help="the file to write; - for standard output")
@date_option
@industry_option
@click.option("--history", is_flag=True, help="all lists and rules with their first and last days, whatever the date")
@click.option("--dissolve", "dissolved", is_flag=True, help="one feature for each region or rule, not for each unit")
@click.option("--format", "file_format", type=OneOf(Format), help="by the file's ending without it")
@catalogue_option
def export_command(
    layer: Layer,
    output: Path,
    date: str | None,
    industry: str | None,
    history: bool,
    dissolved: bool,
    file_format: Format | None,
    catalogue: Path | None,
) -> None:
    """Write a layer with true boundaries to a file."""
    from regionmap.api import Regionmap
    from regionmap.output.formats import write_layer
    from regionmap.output.layers.build import dissolve, make_layer

    if history and date is not None:
        raise InputError("--history holds for all dates: leave --date out")

    rm = Regionmap.load(catalogue)
    on = _date(date) or dt.date.today()

    def make() -> Any:
        made = make_layer(rm, layer.value, on, industry, history=history)
        return dissolve(made) if dissolved else made

    rows = write_layer(make, output, file_format.value if file_format else None)
    day = "all dates" if history else on.isoformat()
    click.echo(f"{output}: {rows} features, {layer.value}, {day}", err=True)


app.add_command(screen_command)
app.add_command(mcp_command)
app.add_command(publish_command)


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


def main() -> None:
    """Run a command; bad input ends with one line on standard error and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file's name may hold bytes that are no text: they are shown as such, and stop nothing.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # A stopped run cleans up what it has begun, as an interrupted one does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
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

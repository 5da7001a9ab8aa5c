"""The command line: thin commands over the Python API. Exit status 0: answered, 2: bad input with one line."""

from __future__ import annotations

import datetime as dt
import signal
import sys
from pathlib import Path
from typing import Any

import click

from regionmap.cli import ending, usage
from regionmap.cli.answering import Answering, Form, Site, answering, at_a_site, in_brief
from regionmap.cli.completion import completion_options
from regionmap.cli.forms import (
    show_history,
    show_place,
    show_regions,
    show_rules,
    show_sources,
    show_transfer,
    show_verdict,
)
from regionmap.cli.group import EnoughReadError, InOrder
from regionmap.cli.options import (
    PATH,
    Count,
    Format,
    Language,
    Layer,
    OneOf,
    Radius,
    action_option,
    catalogue_option,
    date_option,
    full_option,
    given,
    industry_option,
    lang_option,
)
from regionmap.cli.screen import screen_command
from regionmap.cli.services import mcp_command, publish_command
from regionmap.errors import Argument, CatalogueError, InputError, RegionmapError
from regionmap.i18n import joined, t, tn
from regionmap.model import Action, Effect
from regionmap.printable import one_line, visible
from regionmap.version import __version__
from regionmap.words import ruling_words


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="regionmap %(version)s", help="show the version and exit")
@completion_options
def app() -> None:
    """Where may industry go in China, and which rule says so."""


@app.command("app")
@click.option("--port", type=Count(1, 65535, such_as=8501), default=8501, help="TCP port")
def run_app(port: int) -> None:
    """Open the map in a browser."""
    from regionmap.web.launch import run

    raise click.exceptions.Exit(run(port))


@app.command("check")
@at_a_site
@click.option("--radius", type=Radius(), help="makes the point an area: a circle, such as 30km or 500m", metavar="KM")
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
    if brief and out.form not in {None, Form.PLAIN}:
        raise InputError("--brief is one line of text, and --format {form} is not: give one of them", form=out.form)
    if industry is None:
        raise InputError("no industry given: add {industry}, steel or 3110", industry=Argument("industry", "钢铁"))
    if report is not None:
        from regionmap.output.report.files import check_target

        check_target(report)
    verdict = out.rm.check(**site, industry=industry, action=action, on=date, radius_m=radius, area=area)
    if report is not None:
        from regionmap.output.report.files import write_report

        write_report(verdict, out.rm, report, out.lang)
        words = t(
            "{path}: {verdict}, {place}, {day}",
            path=report, verdict=ruling_words(verdict.ruling, verdict.extent), place=verdict.place.code,
            day=verdict.date.isoformat(),
        )  # fmt: skip
        ending.say([one_line(words[out.lang])])
        if not out.for_machines:
            return
    if brief:
        from regionmap.output.brief.check import check_line

        click.echo(visible(check_line(verdict, out.rm, out.lang)))
    else:
        show_verdict(verdict, out, full=full)


@app.command("lookup")
@at_a_site
@date_option
@answering
@in_brief
def lookup_command(site: Site, date: str | None, full: bool, out: Answering) -> None:
    """Everything about a place: regions, rules by industry.

    PLACE is a name or an adcode: 保定, 河北省保定市, Baoding or 130600.
    """
    answer = out.rm.lookup(**site, on=date)
    show_place(answer, out, full=full)


@app.command("transfer")
@click.option("--from", "origin", help="the place that the industry would leave")
@industry_option
@date_option
@click.option("--all", "every", is_flag=True, help="list the open places too, with all of the answer")
@click.option("--top", type=Count(such_as=20), default=10, show_default=True, help="how many destinations to show")
@answering
@in_brief
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
        raise InputError("no origin given: add {origin}", origin=Argument("origin", "上海", option="--from"))
    if industry is None:
        raise InputError("no industry given: add {industry}, textile or 17", industry=Argument("industry", "纺织"))
    if given("top") and (every or full or out.for_machines):
        raise InputError(
            "--top is for the answer in brief: with --full, --all, --json or --format csv every destination is there, "
            "leave it out"
        )
    if every and given("brief"):
        raise InputError("--all prints the whole answer, and --brief does not: give one of them")
    if every and out.form is Form.CSV:
        raise InputError("--all is for text and JSON: --format csv has the destinations alone, leave it out")
    answer = out.rm.transfer(origin, industry=industry, on=date)
    show_transfer(answer, out, every=every, full=full, top=top)


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
    filters = {"text": text, "industry": industry, "place": place, "source": source, "effect": effect, "on": date}
    rules = out.rm.rules(text, industry=industry, place=place, source=source, effect=effect, on=date)
    show_rules(rules, filters, out)


@app.command("regions")
@click.argument("region", required=False)
@date_option
@answering
@in_brief
def regions_command(region: str | None, date: str | None, full: bool, out: Answering) -> None:
    """Regions with their dated lists; with a date, the list in use.

    REGION is a region's id or name.
    """
    chosen = [out.rm.region(region)] if region is not None else list(out.rm.regions())
    show_regions(chosen, _date(date), out, full=full or (region is not None and not given("brief")))


@app.command("history")
@click.argument("region", required=False)
@click.option("--from", "start", help="YYYY-MM-DD, the earlier date")
@click.option("--to", "end", help="YYYY-MM-DD, the later date")
@answering
@in_brief
def history_command(region: str | None, start: str | None, end: str | None, full: bool, out: Answering) -> None:
    """How a region's list changed between two dates: who joined, left, or moved between its parts.

    REGION is a region's id or name.
    """
    if region is None:
        raise InputError("no region given: name one, such as air-key-regions; regionmap regions shows all of them")
    if start is None or end is None:
        raise InputError(
            "two dates are needed: add {start} {end}",
            start=Argument("start", "2019-06-01", option="--from"), end=Argument("end", "2024-03-01", option="--to"),
        )  # fmt: skip
    change = out.rm.history(region, start, end)
    show_history(change, out, full=full)


@app.command("sources")
@click.argument("source", required=False)
@answering
def sources_command(source: str | None, out: Answering) -> None:
    """The loaded documents.

    SOURCE is a document's id, number or title.
    """
    chosen = [out.rm.source(source)] if source is not None else list(out.rm.sources())
    show_sources(chosen, out)


@app.command("export")
@click.argument("layer", type=OneOf(Layer))
@click.option("-o", "--output", type=PATH, required=True, help="the file to write; - for standard output")
@date_option
@industry_option
@click.option("--history", is_flag=True, help="all lists and rules with their first and last days, whatever the date")
@click.option("--dissolve", "dissolved", is_flag=True, help="one feature for each region or rule, not for each unit")
@click.option("--format", "file_format", type=OneOf(Format), help="by the file's ending without it")
@lang_option
@catalogue_option
def export_command(
    layer: Layer,
    output: Path,
    date: str | None,
    industry: str | None,
    history: bool,
    dissolved: bool,
    file_format: Format | None,
    lang: Language,
    catalogue: Path | None,
) -> None:
    """Write a layer with true boundaries to a file."""
    from regionmap.api import Regionmap
    from regionmap.output.formats import write_layer
    from regionmap.output.layers.build import dissolve, make_layer

    if history and date is not None:
        raise InputError(
            "{history} holds for all dates: leave {date} out",
            history=Argument("history"), date=Argument("on", option="--date"),
        )  # fmt: skip

    rm = Regionmap.load(catalogue)
    on = _date(date) or dt.date.today()

    def make() -> Any:
        made = make_layer(rm, layer.value, on, industry, history=history)
        return dissolve(made) if dissolved else made

    rows = write_layer(make, output, file_format.value if file_format else None)
    day = t("all dates") if history else on.isoformat()
    words = tn(
        "{path}: {count} feature, {layer}, {day}", "{path}: {count} features, {layer}, {day}", rows,
        path=output, layer=layer.value, day=day,
    )  # fmt: skip
    ending.say([one_line(words[lang])])


app.add_command(screen_command)
app.add_command(mcp_command)
app.add_command(publish_command)


@app.command("validate")
@click.argument("folder", type=PATH, required=False)
@lang_option
def validate_command(folder: Path | None, lang: Language) -> None:
    """Check policy files: every problem is named with its file and line.

    FOLDER holds files of your own; without it the bundled ones are checked.
    """
    from regionmap.loading import load_folders
    from regionmap.places.names.gazetteer import Gazetteer
    from regionmap.resources import check_all

    catalogue = load_folders(Gazetteer.load(), folder, keep=False)
    check_all()
    held = [
        tn("{count} source", "{count} sources", len(catalogue.sources)),
        tn("{count} provision", "{count} provisions", len(catalogue.provisions)),
        tn("{count} region", "{count} regions", len(catalogue.regions)),
        tn("{count} industry", "{count} industries", len(catalogue.industries)),
        tn("{count} pilot programme", "{count} pilot programmes", len(catalogue.programmes)),
        tn("{count} list of parks and zones", "{count} lists of parks and zones", len(catalogue.parks)),
    ]
    words = t("no problems: {held}, as of {day}", held=joined(held), day=catalogue.as_of)
    click.echo("\n".join(ending.on_terminal([words[lang]], sys.stdout)))


def _date(text: str | None) -> dt.date | None:
    from regionmap.api import parse_date

    return parse_date(text) if text is not None else None


def main() -> None:
    """Run a command; bad input ends with one line on standard error and exit status 2."""
    ending.prepare_streams()
    # A stopped run cleans up what it has begun, as an interrupted one does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    language = usage.language_of(arguments)
    try:
        status = int(app(arguments, prog_name="regionmap", standalone_mode=False, obj=language) or 0)
        sys.stdout.flush()  # here, where a closed pipe is still caught
        return status
    except CatalogueError as error:
        problems = tn(
            "{count} problem in the catalogue, see above", "{count} problems in the catalogue, see above",
            len(error.problems),
        )  # fmt: skip
        said = [*error.lines(language), f"regionmap: {problems[language]}"]
    except RegionmapError as error:
        said = [f"regionmap: {one_line(error.text[language])}"]
    except click.ClickException as error:
        # Without arguments the message is the help page.
        help_page = error.format_message().split("\n")
        command = next((one for one in arguments[:1] if one in app.commands), "")
        said = [f"regionmap: {one_line(usage.said(error, command)[language])}"] if arguments else help_page
    except (BrokenPipeError, EnoughReadError):
        return ending.quietly(0)
    except (KeyboardInterrupt, click.Abort):
        return 130
    except (OSError, MemoryError, ImportError) as error:
        said = [f"regionmap: {one_line(ending.words(error)[language])}"]
        ending.quietly(2)
    ending.say(said)
    return 2

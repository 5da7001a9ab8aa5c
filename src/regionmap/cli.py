"""The command line: thin commands over the Python API. Exit status 0: answered, 2: bad input with one line."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

import regionmap
from regionmap.cli_options import (
    ActionOption,
    CatalogueOption,
    DateOption,
    DatumName,
    DatumOption,
    IndustryOption,
    JsonOption,
    LangOption,
    Language,
    LatOption,
    LonOption,
    PlaceArgument,
)
from regionmap.cli_screen import screen_command
from regionmap.errors import CatalogueError, InputError, RegionmapError
from regionmap.model import Action, Effect

app = typer.Typer(
    name="regionmap",
    help="Where may industry go in China, and which rule says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Layer(StrEnum):
    """What can be exported."""

    UNITS = "units"
    KEY_REGIONS = "key-regions"
    KEY_BASINS = "key-basins"
    RESTRICTED_CAPACITY = "restricted-capacity"
    PILOTS = "pilots"
    TRANSFER_DESTINATIONS = "transfer-destinations"


class Format(StrEnum):
    """File formats of an export."""

    GEOJSON = "geojson"
    GPKG = "gpkg"
    PARQUET = "parquet"
    CSV = "csv"
    KML = "kml"


# Typer carries its own copy of click; BadParameter is the public name from which its base class can be reached.
USAGE_ERRORS: Any = typer.BadParameter.__mro__[2]


@app.command("app")
def run_app(port: Annotated[int, typer.Option("--port", min=1, max=65535, help="TCP port")] = 8501) -> None:
    """Open the map in a browser."""
    from regionmap.web.launch import run

    raise typer.Exit(run(port))


@app.command("check")
def check_command(
    place: PlaceArgument = None,
    lon: LonOption = None,
    lat: LatOption = None,
    datum: DatumOption = DatumName.WGS84,
    area: Annotated[Path | None, typer.Option("--area", help="a GeoJSON file of an area (WGS-84)")] = None,
    industry: IndustryOption = None,
    action: ActionOption = Action.NEW,
    date: DateOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.ZH,
    catalogue: CatalogueOption = None,
) -> None:
    """May I build this, here, now? A verdict with every rule that it rests on."""
    if industry is None:
        raise InputError("no industry given: add --industry, such as --industry 钢铁, steel or 3110")
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
    if as_json:
        from regionmap.output.contract import verdict_json

        _print_json(verdict_json(verdict, rm))
        return
    from regionmap.output.tables import Printer

    Printer(lang).verdict(verdict, rm)


@app.command("lookup")
def lookup_command(
    place: PlaceArgument = None,
    lon: LonOption = None,
    lat: LatOption = None,
    datum: DatumOption = DatumName.WGS84,
    date: DateOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.ZH,
    catalogue: CatalogueOption = None,
) -> None:
    """Everything about a place: regions, rules by industry."""
    rm = regionmap.load(catalogue)
    answer = rm.lookup(place, lon=lon, lat=lat, datum=datum.value, on=date)
    if as_json:
        from regionmap.output.contract import lookup_json

        _print_json(lookup_json(answer, rm))
        return
    from regionmap.output.tables import Printer

    Printer(lang).place(answer, rm)


@app.command("transfer")
def transfer_command(
    origin: Annotated[str | None, typer.Option("--from", help="the place that the industry would leave")] = None,
    industry: IndustryOption = None,
    date: DateOption = None,
    every: Annotated[bool, typer.Option("--all", help="list the open places too")] = False,
    as_json: JsonOption = False,
    lang: LangOption = Language.ZH,
    catalogue: CatalogueOption = None,
) -> None:
    """Where could it go: the push at the origin, and the places that documents guide the industry to."""
    if origin is None:
        raise InputError("no origin given: add --from, such as --from 上海")
    if industry is None:
        raise InputError("no industry given: add --industry, such as --industry 纺织, textile or 17")
    rm = regionmap.load(catalogue)
    answer = rm.transfer(origin, industry=industry, on=date)
    if as_json:
        from regionmap.output.contract_transfer import transfer_json

        _print_json(transfer_json(answer, rm, every=every))
        return
    from regionmap.output.tables import Printer

    Printer(lang).transfer(answer, rm, every=every)


@app.command("rules")
def rules_command(
    text: Annotated[str | None, typer.Option("--text", help="words to find, in Chinese or English")] = None,
    industry: IndustryOption = None,
    place: Annotated[str | None, typer.Option("--place", help="only rules that reach this place")] = None,
    source: Annotated[str | None, typer.Option("--source", help="only this document")] = None,
    effect: Annotated[Effect | None, typer.Option("--effect", help="only this effect")] = None,
    date: DateOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.ZH,
    catalogue: CatalogueOption = None,
) -> None:
    """Find provisions."""
    rules = regionmap.load(catalogue).rules(text, industry=industry, place=place, source=source, effect=effect, on=date)
    if as_json:
        from regionmap.output.contract import rule_json

        _print_json([rule_json(one) for one in rules])
        return
    from regionmap.output.tables import Printer

    Printer(lang).rules(rules)


@app.command("regions")
def regions_command(
    region: Annotated[str | None, typer.Argument(help="a region's id or name")] = None,
    date: DateOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.ZH,
    catalogue: CatalogueOption = None,
) -> None:
    """Regions with their dated lists; with a date, the list in use."""
    from regionmap.output.contract import region_json

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
def history_command(
    region: Annotated[str | None, typer.Argument(help="a region's id or name")] = None,
    start: Annotated[str | None, typer.Option("--from", help="YYYY-MM-DD, the earlier date")] = None,
    end: Annotated[str | None, typer.Option("--to", help="YYYY-MM-DD, the later date")] = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.ZH,
    catalogue: CatalogueOption = None,
) -> None:
    """How a region's list changed between two dates: who joined, left, or moved between its parts."""
    if region is None:
        raise InputError("no region given: name one, such as air-key-regions (`regionmap regions` lists them)")
    if start is None or end is None:
        raise InputError("two dates are needed: add --from and --to, such as --from 2019-06-01 --to 2024-03-01")
    rm = regionmap.load(catalogue)
    change = rm.history(region, start, end)
    if as_json:
        from regionmap.output.contract_history import history_json

        _print_json(history_json(change, rm))
        return
    from regionmap.output.tables import Printer

    Printer(lang).history(change, rm)


@app.command("sources")
def sources_command(
    source: Annotated[str | None, typer.Argument(help="a document's id or number")] = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.ZH,
    catalogue: CatalogueOption = None,
) -> None:
    """The loaded documents."""
    rm = regionmap.load(catalogue)
    chosen = [rm.source(source)] if source is not None else list(rm.sources())
    if as_json:
        from regionmap.output.contract import source_json

        _print_json([source_json(one) for one in chosen])
        return
    from regionmap.output.tables import Printer

    Printer(lang).sources(chosen)


@app.command("export")
def export_command(
    layer: Annotated[Layer, typer.Argument(help="what to export")],
    output: Annotated[Path, typer.Option("--output", "-o", help="the file to write")],
    date: DateOption = None,
    industry: IndustryOption = None,
    file_format: Annotated[Format | None, typer.Option("--format", help="by the file's ending without it")] = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Write a layer with true boundaries to a file."""
    from regionmap.output.formats import write_layer
    from regionmap.output.layers import make_layer

    rm = regionmap.load(catalogue)
    on = _date(date) or dt.date.today()
    rows = write_layer(
        lambda: make_layer(rm, layer.value, on, industry), output, file_format.value if file_format else None
    )
    typer.echo(f"{output}: {rows} features, {layer.value}, {on.isoformat()}", err=True)


app.command("screen")(screen_command)


@app.command("validate")
def validate_command(
    folder: Annotated[
        Path | None, typer.Argument(help="a folder of your own files; the bundled ones without it")
    ] = None,
) -> None:
    """Check policy files: every problem is named with its file and line."""
    from regionmap.loading import load_folders
    from regionmap.places.gazetteer import Gazetteer

    catalogue = load_folders(Gazetteer.load(), folder, keep=False)
    typer.echo(
        f"holds: {len(catalogue.sources)} sources, {len(catalogue.provisions)} provisions, "
        f"{len(catalogue.regions)} regions, {len(catalogue.industries)} industries, "
        f"{len(catalogue.programmes)} pilot programmes"
    )


def _date(text: str | None) -> dt.date | None:
    from regionmap.api import parse_date

    return parse_date(text) if text is not None else None


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def main() -> None:
    """Run a command; bad input ends with one line on standard error and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    try:
        status = int(app(arguments, standalone_mode=False) or 0)
        sys.stdout.flush()  # here, where a closed pipe is still caught
        return status
    except CatalogueError as error:
        sys.stderr.write("".join(f"{line}\n" for line in error.problems))
        sys.stderr.write(f"regionmap: {len(error.problems)} problem(s) in the catalogue, see above\n")
    except RegionmapError as error:
        sys.stderr.write(f"regionmap: {_one_line(error)}\n")
    except USAGE_ERRORS as error:
        if not arguments or error.__class__.__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{error.format_message()}\n")  # the help page
        else:
            sys.stderr.write(f"regionmap: {_one_line(error.format_message())} See `regionmap --help`.\n")
    except (BrokenPipeError, SystemExit) as ended:
        if isinstance(ended, SystemExit) and not isinstance(ended.__context__, BrokenPipeError):
            raise
        # Whoever reads has enough. The interpreter flushes once more at its end, to where nobody listens.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return 2


def _one_line(words: object) -> str:
    return " ".join(str(words).split())

"""Commands that hand the catalogue to other programs: a server for assistants, layers for pygeoapi."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from regionmap.cli import ending
from regionmap.cli.help import HelpfulCommand
from regionmap.cli.options import PATH, Language, catalogue_option, lang_option
from regionmap.i18n import tn
from regionmap.printable import one_line


@click.command("mcp", cls=HelpfulCommand)
@catalogue_option
def mcp_command(catalogue: Path | None) -> None:
    """Answer an assistant over standard input and output (Model Context Protocol)."""
    from regionmap.mcp_server import serve

    serve(catalogue)


@click.command("publish", cls=HelpfulCommand)
@click.argument("folder", type=PATH)
@click.option("--date", "dates", multiple=True, help="YYYY-MM-DD, a day for destinations; may be repeated")
@click.option("--industry", "industries", multiple=True, help="collections of its own for this one; may be repeated")
@click.option(
    "--url", default="http://127.0.0.1:5000", show_default=True, help="the address under which clients see the server"
)
@lang_option
@catalogue_option
def publish_command(
    folder: Path, dates: tuple[str, ...], industries: tuple[str, ...], url: str, lang: Language, catalogue: Path | None
) -> None:
    """Write a folder of layers that pygeoapi serves as OGC API Features.

    FOLDER is made; one that was published before is replaced.
    """
    import regionmap
    from regionmap.api import parse_date
    from regionmap.publish.folder import publish

    days = [parse_date(one) for one in dates] or [dt.date.today()]
    publish(
        regionmap.load(catalogue),
        folder,
        days=days,
        industries=industries,
        url=url.rstrip("/"),
        told=lambda name, rows: ending.say(
            [
                one_line(
                    tn(
                        "{folder}: {count} feature, {name}",
                        "{folder}: {count} features, {name}",
                        rows,
                        folder=folder,
                        name=name,
                    )[lang]
                )
            ]
        ),  # which nobody may hear: the folder is written all the same
    )

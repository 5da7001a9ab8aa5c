"""What commands share that answer a question: where it is asked, what they answer from, and how they print it."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import click

from regionmap.cli.options import F, Language, catalogue_option, json_option, lang_option, point_options
from regionmap.model.datum import Datum

if TYPE_CHECKING:
    from regionmap.api import Regionmap
    from regionmap.output.brief.layout import Line
    from regionmap.output.tables import Printer


class Site(TypedDict):
    """Where a question is asked, as ``Regionmap.check`` and ``Regionmap.lookup`` take it."""

    place: str | None
    lon: str | None
    lat: str | None
    datum: str


class Answering:
    """The catalogue that a command answers from, and how it prints its answer."""

    def __init__(self, catalogue: Path | None, lang: Language, *, as_json: bool) -> None:
        """Keep the options; nothing is loaded yet."""
        self._catalogue = catalogue
        self.lang = lang
        self.as_json = as_json

    @functools.cached_property
    def rm(self) -> Regionmap:
        """Everything loaded, on first use: bad options are told before that.

        What notebooks show of an answer is left out: a command waits for nothing that it does not print.
        """
        from regionmap.api import Regionmap

        return Regionmap.load(self._catalogue)

    def show(self, to_json: Callable[[], Any], to_table: Callable[[Printer], None]) -> None:
        """Print the answer: as JSON with ``--json``, else as tables in the chosen language."""
        if self.as_json:
            sys.stdout.write(json.dumps(to_json(), ensure_ascii=False, indent=1) + "\n")
            return
        from regionmap.output.tables import Printer

        to_table(Printer(self.lang))

    def show_brief(self, to_lines: Callable[[int], Iterable[Line]]) -> None:
        """Print an answer as lines; ``to_lines`` is told how many cells wide the terminal is."""
        from regionmap.output.brief.show import console, show

        terminal = console()
        show(to_lines(terminal.width), terminal)


def answering(command: Callable[..., None]) -> Callable[..., None]:
    """Add --json, --lang and --catalogue, which a command takes as ``out``, an ``Answering``."""

    @functools.wraps(command)
    def run(*arguments: Any, as_json: bool, lang: Language, catalogue: Path | None, **options: Any) -> None:
        command(*arguments, out=Answering(catalogue, lang, as_json=as_json), **options)

    return json_option(lang_option(catalogue_option(run)))


def at_a_site(command: F) -> Callable[..., None]:
    """Add PLACE, --lon, --lat and --datum, which a command takes as ``site``, a ``Site``."""

    @functools.wraps(command)
    def run(*arguments: Any, place: str | None, lon: str | None, lat: str | None, datum: Datum, **options: Any) -> None:
        command(*arguments, site=Site(place=place, lon=lon, lat=lat, datum=datum.value), **options)

    return click.argument("place", required=False)(point_options(run))

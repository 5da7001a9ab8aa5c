"""What commands share that answer a question: where it is asked, what they answer from, and how they print it."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import click

from regionmap.cli.options import (
    F,
    Language,
    OneOf,
    catalogue_option,
    full_option,
    given,
    json_option,
    lang_option,
    point_options,
)
from regionmap.errors import InputError
from regionmap.model.datum import Datum
from regionmap.printable import json_text, visible
from regionmap.rules.reading.arguments import idle_datum

if TYPE_CHECKING:
    import pandas as pd

    from regionmap.api import Regionmap
    from regionmap.output.brief.layout import Line
    from regionmap.output.tables import Printer


UNCUT = 1_000_000
"""As many cells as no line has."""


class Site(TypedDict):
    """Where a question is asked, as ``Regionmap.check`` and ``Regionmap.lookup`` take it."""

    place: str | None
    lon: str | None
    lat: str | None
    datum: str


class Form(StrEnum):
    """How an answer is printed; ``table`` and ``plain`` are what a terminal and a pipe get without a choice."""

    TABLE = "table"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"


class Answering:
    """The catalogue that a command answers from, and how it prints its answer."""

    def __init__(self, catalogue: Path | None, lang: Language, form: Form | None) -> None:
        """Keep the options; nothing is loaded yet."""
        self._catalogue = catalogue
        self.lang = lang
        self.form = form

    @property
    def for_machines(self) -> bool:
        """Whether the answer is data, which holds everything in both languages."""
        return self.form in {Form.JSON, Form.CSV}

    @functools.cached_property
    def rm(self) -> Regionmap:
        """Everything loaded, on first use: bad options are told before that.

        What notebooks show of an answer is left out: a command waits for nothing that it does not print.
        """
        from regionmap.api import Regionmap

        return Regionmap.load(self._catalogue)

    def show(
        self,
        to_json: Callable[[], Any],
        to_table: Callable[[Printer], None],
        to_frame: Callable[[], pd.DataFrame],
        to_lines: Callable[[int], Iterable[Line]] | None = None,
    ) -> None:
        """Print the answer in the form that was asked for.

        Args:
            to_json: makes the object of ``--json``.
            to_table: prints the whole answer.
            to_frame: makes the rows of ``--format csv``.
            to_lines: makes the answer in brief, instead of the whole; it is told how many cells wide the terminal is.
        """
        if self.form is Form.JSON:
            sys.stdout.write(json_text(to_json()) + "\n")
        elif self.form is Form.CSV:
            to_frame().map(_cell).to_csv(sys.stdout, index=False, lineterminator="\n")
        elif to_lines is not None:
            self._show_brief(to_lines)
        else:
            from regionmap.output.tables import Printer
            from regionmap.output.tables.terminal import Form as Printed

            to_table(Printer(self.lang, form=Printed(self.form.value) if self.form is not None else None))

    def _show_brief(self, to_lines: Callable[[int], Iterable[Line]]) -> None:
        from regionmap.output.brief.show import as_markdown, console, show

        if self.form is Form.MARKDOWN:
            click.echo(visible(as_markdown(to_lines(UNCUT))), nl=False)
            return
        terminal = console(plain=self.form is Form.PLAIN)
        show(to_lines(terminal.width), terminal)


def _cell(value: Any) -> Any:
    """Return a cell that neither a spreadsheet runs nor a terminal obeys."""
    from regionmap.formulas import harmless

    return harmless(visible(value)) if isinstance(value, str) else value


form_option = click.option("--format", "form", type=OneOf(Form), help="table on a terminal, plain in a pipe without it")


def answering(command: Callable[..., None]) -> Callable[..., None]:
    """Add --format, --json, --lang and --catalogue, which a command takes as ``out``, an ``Answering``.

    A command with ``full`` or ``brief`` is refused both, and what says nothing beside data.
    """

    @functools.wraps(command)
    def run(
        *arguments: Any, form: Form | None, as_json: bool, lang: Language, catalogue: Path | None, **options: Any
    ) -> None:
        if as_json and form not in {None, Form.JSON}:
            raise InputError("--json and --format {form} are two forms: give one of them", form=str(form))
        if options.get("full") and options.get("brief"):
            raise InputError("--full and --brief say the opposite: give one of them")
        form = Form.JSON if as_json else form
        if options.get("full") and form is Form.CSV:
            raise InputError("--full is for text: --format csv has the same rows with it, leave it out")
        if options.get("brief") and form in {Form.JSON, Form.CSV}:
            raise InputError("--brief is text, and --format {form} has the whole answer: give one of them", form=form)
        command(*arguments, out=Answering(catalogue, lang, form), **options)

    return form_option(json_option(lang_option(catalogue_option(run))))


def in_brief(command: F) -> Callable[..., None]:
    """Add --full and --brief to a command whose answer is brief without either; it takes ``full`` alone.

    To be written under ``answering``, which refuses both at once.
    """

    @functools.wraps(command)
    def run(*arguments: Any, brief: bool, **options: Any) -> None:
        command(*arguments, **options)

    return full_option(click.option("--brief", is_flag=True, help="print what matters most, as without it")(run))


def at_a_site(command: F) -> Callable[..., None]:
    """Add PLACE, --lon, --lat and --datum, which a command takes as ``site``, a ``Site``."""

    @functools.wraps(command)
    def run(*arguments: Any, place: str | None, lon: str | None, lat: str | None, datum: Datum, **options: Any) -> None:
        if place is not None and lon is None and lat is None and given("datum"):
            raise idle_datum()
        command(*arguments, site=Site(place=place, lon=lon, lat=lat, datum=datum.value), **options)

    return click.argument("place", required=False)(point_options(run))

"""Prints every kind of answer: one method a kind, each handing on to the module that lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console

from regionmap.api import Regionmap
from regionmap.model import Source, Text
from regionmap.output.tables.lists import print_rules, print_sources
from regionmap.output.tables.place import print_place
from regionmap.output.tables.regions import Lists, print_history, print_regions
from regionmap.output.tables.terminal import Form, Terminal
from regionmap.output.tables.transfer import print_transfer
from regionmap.output.tables.verdict import print_verdict
from regionmap.rules.history.changes import RegionChange
from regionmap.rules.search.browse import Rule
from regionmap.rules.transfer.answers import TransferAnswer
from regionmap.rules.verdict.answers import PlaceAnswer, Verdict


class Printer:
    """Prints answers in one language."""

    def __init__(self, language: str, console: Console | None = None, form: Form | None = None) -> None:
        """Keep the language (``zh`` or ``en``), where to print (standard output without a console), and the form."""
        self._terminal = Terminal(language, console, form)

    def verdict(self, verdict: Verdict, rm: Regionmap) -> None:
        """Print a verdict."""
        print_verdict(self._terminal, verdict, rm)

    def place(self, answer: PlaceAnswer, rm: Regionmap) -> None:
        """Print everything about a place."""
        print_place(self._terminal, answer, rm)

    def transfer(self, answer: TransferAnswer, rm: Regionmap, *, every: bool = False) -> None:
        """Print where an industry is guided to; with ``every`` also the places of which nothing is loaded."""
        print_transfer(self._terminal, answer, rm, every=every)

    def rules(self, rules: Sequence[Rule]) -> None:
        """Print provisions."""
        print_rules(self._terminal, rules)

    def lines(self, lines: Iterable[Text]) -> None:
        """Print sentences, a line each."""
        for one in lines:
            self._terminal.line(one[self._terminal.language])

    def regions(self, regions: Lists, numbers: Mapping[str, str], rm: Regionmap, *, full: bool) -> None:
        """Print regions with their lists: see ``print_regions``."""
        print_regions(self._terminal, regions, numbers, rm, full=full)

    def history(self, change: RegionChange, rm: Regionmap) -> None:
        """Print how a region's list changed between two dates."""
        print_history(self._terminal, change, rm)

    def sources(self, sources: Sequence[Source]) -> None:
        """Print the loaded documents."""
        print_sources(self._terminal, sources)

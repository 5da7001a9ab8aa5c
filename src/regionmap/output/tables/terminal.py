"""A terminal in one language (rich), and the pieces that several answers print on it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from regionmap.i18n import translator
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.answers import Caveat, Coverage
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import EFFECTS, STATUSES


class Terminal:
    """Where answers are printed, and in which language; ``words`` gives a sentence in it."""

    def __init__(self, language: str, console: Console | None = None) -> None:
        """Keep the language and where to print."""
        self.language = language
        self.console = console or Console()
        self.words = translator(language)

    def caveats(self, caveats: Sequence[Caveat]) -> None:
        """Print caveats, a line each."""
        for one in caveats:
            self.console.print(Line("! ", "bold yellow") + Line(one.text[self.language]))

    def findings(self, title: str, findings: Sequence[Finding], *, status: bool = False, brief: bool = False) -> None:
        """Print findings as a table; ``status`` adds it, ``brief`` leaves out the reasons."""
        if not findings:
            return
        _, lang = self.words, self.language
        table = Table(title=f"{title} ({len(findings)})", title_justify="left", show_lines=True, expand=True)
        table.add_column(_("Effect"), max_width=14)
        table.add_column(_("Document and item"), ratio=2, overflow="fold")
        table.add_column(_("Words"), ratio=5, overflow="fold")
        if not brief:
            table.add_column(_("Why"), ratio=4, overflow="fold")
        for finding in findings:
            provision, because = finding.provision, finding.because
            state = f"\n{STATUSES[finding.status][lang]}" if status else ""
            reasons = (because.date,) if status else (because.place, because.industry, because.date)
            cells = [
                EFFECTS[provision.effect][lang] + state,
                citation(provision, finding.source.number),
                f"「{provision.quote}」\n{provision.summary[lang]}",
            ]
            table.add_row(*cells, *([] if brief else [" ".join(text[lang] for text in reasons)]))
        self.console.print(table)

    def coverage(self, coverage: Coverage, version: str) -> None:
        """Print what the answer rests on: the loaded documents, and the ``version`` of the catalogue."""
        self.console.print(Line(f"{coverage.statement[self.language]} [{version}]", "dim"))


def wide_table(*columns: str) -> Table:
    """Return a table whose cells break anywhere: Chinese has no spaces, and nothing may be cut off."""
    table = Table(show_lines=True, expand=True)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table

"""Where answers are printed, in one language and one form, and the pieces that several answers print there.

An answer says what it holds: heads, lines and grids. How they look is the matter of the form: tables with boxes for a
terminal, plain lines for a pipe, Markdown for a document. On a narrow terminal a grid becomes a list of records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from regionmap.i18n import translator
from regionmap.output.brief.check import headed
from regionmap.output.brief.layout import NARROWEST, wrap
from regionmap.output.markdown import markdown
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.answers import Caveat, Coverage
from regionmap.rules.verdict.source_caveats import citation
from regionmap.terminal import safe_console
from regionmap.words import EFFECTS, STATUSES

CELLS_FOR_A_COLUMN = 15
"""On a terminal with less room for each column, a grid becomes a list of records."""


class Form(StrEnum):
    """How an answer looks."""

    TABLE = "table"
    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True)
class Column:
    """A column of a grid: its name, and its share of the room or its widest in cells."""

    name: str
    ratio: int | None = None
    most: int | None = None


class Terminal:
    """Where answers are printed, in which language and form; ``words`` gives a sentence in the language."""

    def __init__(self, language: str, console: Console | None = None, form: Form | None = None) -> None:
        """Keep the language and where to print; without a form, tables for a terminal and plain lines for a pipe."""
        self.language = language
        self.console = safe_console(console)
        self.form = form or (Form.TABLE if self.console.is_terminal else Form.PLAIN)
        self.words = translator(language)

    def head(self, *lines: Line | str) -> None:
        """Print the head of an answer: what was asked, and what else must stand first."""
        if self.form is Form.TABLE:
            first, *more = (one if isinstance(one, Line) else Line(one, "bold") for one in lines)
            self.console.print(Panel(Group(first, *more), expand=True))
            return
        head, *below = (str(one).strip() for one in lines)
        self._raw(f"## {markdown(head)}\n" if self.form is Form.MARKDOWN else head)
        for words in below:
            self.line(words)

    def line(self, text: str | Line, style: str = "") -> None:
        """Print a line of text."""
        if self.form is Form.TABLE:
            self.console.print(text if isinstance(text, Line) else Line(text, style))
        else:
            self._raw(f"{markdown(str(text))}\n" if self.form is Form.MARKDOWN else str(text))

    def grid(
        self, columns: Sequence[Column | str], rows: Sequence[Sequence[str]], title: str = "", *, lines: bool = True
    ) -> None:
        """Print rows under columns; ``lines`` between the rows, where there are boxes at all."""
        if not rows:
            return
        named = [one if isinstance(one, Column) else Column(one) for one in columns]
        if self.form is Form.MARKDOWN:
            self._markdown(named, rows, title)
        elif self.form is Form.PLAIN:
            self._plain(named, rows, title)
        elif self.console.width < CELLS_FOR_A_COLUMN * len(named):
            self._records(named, rows, title)
        else:
            table = Table(title=title or None, title_justify="left", show_lines=lines, expand=True)
            for one in named:  # cells break anywhere: Chinese has no spaces, and nothing may be cut off
                table.add_column(one.name, ratio=one.ratio, max_width=one.most, overflow="fold")
            for row in rows:
                table.add_row(*(Line(cell) for cell in row))
            self.console.print(table)

    def caveats(self, caveats: Sequence[Caveat]) -> None:
        """Print caveats, a line each."""
        for one in caveats:
            self.line(Line("! ", "bold yellow") + Line(one.text[self.language]))

    def findings(self, title: str, findings: Sequence[Finding], *, status: bool = False, brief: bool = False) -> None:
        """Print findings as a grid; ``status`` adds it, ``brief`` leaves out the reasons."""
        _, lang = self.words, self.language
        columns = [Column(_("Effect"), most=14), Column(_("Document and item"), 2), Column(_("Words"), 5)]
        rows = []
        for finding in findings:
            provision, because = finding.provision, finding.because
            state = f"\n{STATUSES[finding.status][lang]}" if status else ""
            reasons = (because.date,) if status else (because.place, because.industry, because.date)
            cells = [
                EFFECTS[provision.effect][lang] + state,
                citation(provision, finding.source.number),
                f"「{provision.quote}」\n{provision.summary[lang]}",
            ]
            rows.append([*cells, *([] if brief else [self.sentences([text[lang] for text in reasons])])])
        self.grid(columns if brief else [*columns, Column(_("Why"), 4)], rows, headed(title, len(findings), lang))

    def coverage(self, coverage: Coverage, version: str) -> None:
        """Print what the answer rests on: the loaded documents, and the ``version`` of the catalogue."""
        self.line(f"{coverage.statement[self.language]} [{version}]", "dim")

    def sentences(self, parts: Sequence[str]) -> str:
        """Join sentences: a blank stands between those of English alone."""
        return ("" if self.language == "zh" else " ").join(parts)

    def _plain(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], title: str) -> None:
        """Print a row on a line."""
        if title:
            self._raw(title)
        self._raw(" | ".join(one.name for one in columns))
        for row in rows:
            self._raw(" | ".join(" · ".join(cell.splitlines()) for cell in row))

    def _markdown(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], title: str) -> None:
        if title:
            self._raw(f"### {markdown(title)}\n")
        self._raw(f"| {' | '.join(markdown(one.name) for one in columns)} |")
        self._raw("|" + " --- |" * len(columns))
        for row in rows:
            self._raw(f"| {' | '.join('<br>'.join(map(markdown, cell.splitlines())) for cell in row)} |")
        self._raw("")

    def _records(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], title: str) -> None:
        """Print a row as a block: its first cell, then the others under it with the names of their columns."""
        width = max(self.console.width, NARROWEST)
        if title:
            self.console.print(Line("\n".join(wrap(title, width)), "italic"), soft_wrap=True)
        for row in rows:
            first, *others = (" ".join(cell.split("\n")) for cell in row)
            self.console.print(Line("\n".join(wrap(first, width)), "bold"), soft_wrap=True)
            for column, cell in zip(columns[1:], others, strict=True):
                for one in wrap(cell, width, f"  {column.name}: ", "    ") if cell else ():
                    self.console.print(Line(one), soft_wrap=True)

    def _raw(self, text: str) -> None:
        """Print text as it is: no colours, and no breaks that it does not have itself."""
        self.console.out(text, highlight=False, style=None)

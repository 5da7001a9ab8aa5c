"""Where answers are printed, in one language and one form, and the pieces that several answers print there.

An answer says what it holds: heads, lines and grids. How they look is the matter of the form: tables with boxes for a
terminal, plain lines for a pipe, Markdown for a document. Where a grid has no room, it becomes a list of records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import tn, translator
from regionmap.model import Provision, Status
from regionmap.output.brief.check import headed
from regionmap.output.figures import number_text
from regionmap.output.markdown import markdown
from regionmap.output.tables.columns import Column, break_cell, widths
from regionmap.rules.matching import explanation
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.answers import Caveat, Coverage
from regionmap.rules.verdict.source_caveats import citation
from regionmap.terminal import safe_console
from regionmap.words import EFFECTS, STATUSES
from regionmap.wrapping import NARROWEST, wrap

_BORDERS = 3
"""Cells that a column takes beside its own: a line, and a blank on each side."""
Rows = tuple[str, Sequence[Sequence[str]]]
"""A group of rows: its head, and the cells of each."""


class Form(StrEnum):
    """How an answer looks."""

    TABLE = "table"
    PLAIN = "plain"
    MARKDOWN = "markdown"


class Terminal:
    """Where answers are printed, in which language and form; ``words`` gives a sentence in the language."""

    def __init__(self, language: str, console: Console | None = None, form: Form | None = None) -> None:
        """Keep the language and where to print; without a form, tables for a terminal and plain lines for a pipe."""
        self.language = language
        self.console = safe_console(console)
        self.form = form or (Form.TABLE if self.console.is_terminal else Form.PLAIN)
        self.words = translator(language)

    def head(self, first: str, *below: str, word: str = "", style: str = "") -> None:
        """Print the head of an answer: what was asked, and what else must stand first.

        Args:
            first: what was asked.
            below: lines under it.
            word: what stands before the first line.
            style: what the word looks like on a terminal with colours.
        """
        if self.form is Form.TABLE:
            room = max(self.console.width - _BORDERS - 1, NARROWEST)
            asked = Line("\n".join(wrap(first, room, f" {word}  ", "  ") if word else wrap(first, room)), "bold")
            asked.stylize(style, 0, len(word) + 2 if word else 0)
            self.console.print(Panel(Group(asked, *(Line("\n".join(wrap(one, room)), "dim") for one in below))))
            return
        head = f"{word}   {first}" if word else first
        self._raw(f"## {markdown(head)}\n" if self.form is Form.MARKDOWN else head)
        for words in below:
            self.line(words)

    def line(self, text: str, style: str = "", *, mark: str = "") -> None:
        """Print a paragraph; a ``mark`` stands before it, and what is under it is indented."""
        if self.form is Form.TABLE:
            lines = Line("\n".join(wrap(text, self.console.width, mark)), style)
            lines.stylize("bold yellow" if mark.startswith("!") else "bold", 0, len(mark))
            self.console.print(lines, soft_wrap=True)
        else:
            text = mark + text
            self._raw(f"{markdown(text)}\n" if self.form is Form.MARKDOWN else text)

    def grid(
        self, columns: Sequence[Column | str], rows: Sequence[Sequence[str]], title: str = "", *, lines: bool = True
    ) -> None:
        """Print rows under columns; ``lines`` between the rows, where there are boxes at all."""
        self.groups(columns, [("", rows)], title, lines=lines)

    def groups(
        self, columns: Sequence[Column | str], groups: Sequence[Rows], title: str = "", *, lines: bool = True
    ) -> None:
        """Print rows in groups: what all rows of one share is its head, and the columns are named once.

        Args:
            columns: of all groups.
            groups: the head of each, empty for none, and its rows.
            title: what all of them are.
            lines: print some between the rows, where there are boxes at all.
        """
        held = [(head, rows) for head, rows in groups if rows]
        if not held:
            return
        named = [one if isinstance(one, Column) else Column(one) for one in columns]
        every = [row for _, rows in held for row in rows]
        room = widths(named, every, self.console.width - _BORDERS * len(named) - 1)
        if title:
            self._title(title)
        if self.form is Form.PLAIN:
            self._raw(" | ".join(one.name for one in named))
        for at, (head, rows) in enumerate(held):
            if head:
                self._group_head(head)
            if self.form is Form.MARKDOWN:
                self._markdown(named, rows)
            elif self.form is Form.PLAIN:
                self._plain(rows)
            elif room is None:
                self._records(named, rows)
            else:
                self._boxes(named, rows, room, lines=lines, named=not at)

    def caveats(self, caveats: Sequence[Caveat]) -> None:
        """Print caveats, a line each."""
        for one in caveats:
            self.line(one.text[self.language], mark="! ")

    def findings(self, title: str, findings: Sequence[Finding], *, brief: bool = False) -> None:
        """Print findings as a grid; ``brief`` leaves out the reasons."""
        _, lang = self.words, self.language
        columns = [Column(_("Effect"), most=14), Column(_("Document and item"), 2), Column(_("Words"), 5)]
        rows = []
        for finding in findings:
            because = finding.because
            place = explanation.place(finding, None)  # every unit of a part
            reasons = [] if brief else [self.sentences([one[lang] for one in (place, because.industry, because.date)])]
            rows.append([*self.rule_cells(finding), *reasons])
        self.grid(columns if brief else [*columns, Column(_("Why"), 4)], rows, headed(title, len(findings), lang))

    def not_in_force(self, findings: Sequence[Finding], title: str) -> None:
        """Print what is not in force on the date: under ``title`` what was, then what begins to apply later.

        Rules of which the same is to be said of the date stand together, those to come by their first day.
        """
        later = [one for one in findings if one.status is Status.NOT_YET]
        later.sort(key=lambda one: one.provision.in_force_from)
        self._by_date(title, sorted((one for one in findings if one.status is not Status.NOT_YET), key=_last_day))
        self._by_date(self.words("Begins to apply after this date"), later)

    def _by_date(self, title: str, findings: Sequence[Finding]) -> None:
        _, lang = self.words, self.language
        columns = [Column(_("Effect"), most=14), Column(_("Document and item"), 2), Column(_("Words"), 5)]
        groups: dict[tuple[str, ...], list[list[str]]] = {}
        for one in findings:
            said = STATUSES[one.status][lang], one.because.date[lang]
            groups.setdefault(said, []).append(self.rule_cells(one))
        self.groups(columns, self.counted(groups), headed(title, len(findings), lang))

    def counted(self, groups: Mapping[tuple[str, ...], Sequence[Sequence[str]]]) -> list[Rows]:
        """Return groups of rules, each headed by how many there are and what is said of all of them."""
        counts = {said: tn("{count} rule", "{count} rules", len(rows))[self.language] for said, rows in groups.items()}
        return [(" · ".join([counts[said], *said]), rows) for said, rows in groups.items()]

    def rule_cells(self, finding: Finding) -> list[str]:
        """Return the cells that tell a rule: what it does, document and item, and its words."""
        one = finding.provision
        return [EFFECTS[one.effect][self.language], citation(one, finding.source.number), self.quoted(one)]

    def quoted(self, provision: Provision) -> str:
        """Return the words of a provision, what they say in short, and its figures, a line each."""
        figures = [number_text(one)[self.language] for one in provision.numbers]
        return "\n".join([f"「{provision.quote}」", provision.summary[self.language], *figures])

    def coverage(self, coverage: Coverage, catalogue: Catalogue) -> None:
        """Print what the answer rests on: the loaded documents, those read in part, the version of the catalogue."""
        _, lang = self.words, self.language
        if coverage.read_part:
            sources = [catalogue.sources[one] for one in coverage.read_part]
            names = (", " if lang == "en" else "、").join(one.number or one.title[lang] for one in sources)
            self.line(_("Read in part: {names}", names=names), "dim")
        self.line(f"{coverage.statement[lang]} [{catalogue.version}]", "dim")

    def sentences(self, parts: Sequence[str]) -> str:
        """Join sentences: a blank stands between those of English alone."""
        return ("" if self.language == "zh" else " ").join(parts)

    def _title(self, title: str) -> None:
        if self.form is Form.MARKDOWN:
            self._raw(f"### {markdown(title)}\n")
        elif self.form is Form.PLAIN:
            self._raw(title)
        else:
            lines = wrap(title, max(self.console.width, NARROWEST))
            self.console.print(Line("\n".join(lines), "italic"), soft_wrap=True)

    def _group_head(self, head: str) -> None:
        if self.form is Form.MARKDOWN:
            self._raw(f"**{markdown(head)}**\n")
        elif self.form is Form.PLAIN:
            self._raw(f"= {head}")
        else:
            lines = wrap(head, max(self.console.width, NARROWEST))
            self.console.print(Line("\n".join(lines), "bold"), soft_wrap=True)

    def _plain(self, rows: Sequence[Sequence[str]]) -> None:
        """Print a row on a line."""
        for row in rows:
            self._raw(" | ".join(" · ".join(cell.splitlines()) for cell in row))

    def _markdown(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        self._raw(f"| {' | '.join(markdown(one.name) for one in columns)} |")
        self._raw("|" + " --- |" * len(columns))
        for row in rows:
            self._raw(f"| {' | '.join('<br>'.join(map(markdown, cell.splitlines())) for cell in row)} |")
        self._raw("")

    def _boxes(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        room: Sequence[int],
        *,
        lines: bool,
        named: bool,
    ) -> None:
        """Print a table: cells are broken here, since rich breaks Chinese and numbers of documents anywhere."""
        table = Table(show_lines=lines, show_header=named)
        for one, width in zip(columns, room, strict=True):
            table.add_column("\n".join(break_cell(one.name, width)), width=width, no_wrap=True, overflow="ignore")
        for row in rows:
            cells = ("\n".join(break_cell(cell, width)) for cell, width in zip(row, room, strict=True))
            table.add_row(*map(Line, cells))
        self.console.print(table)

    def _records(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Print a row as a block: its first cell, then the others under it with the names of their columns."""
        width = max(self.console.width, NARROWEST)
        for row in rows:
            first, *others = row
            self.console.print(Line("\n".join(break_cell(first, width)), "bold"), soft_wrap=True)
            for column, cell in zip(columns[1:], others, strict=True):
                head = self.words("{head}: ", head=column.name)
                for at, one in enumerate(cell.split("\n") if cell else ()):
                    told = wrap(one, width, "    " if at else f"  {head}", "    ")
                    self.console.print(Line("\n".join(told)), soft_wrap=True)

    def _raw(self, text: str) -> None:
        """Print text as it is: no colours, and no breaks that it does not have itself."""
        self.console.out(text, highlight=False, style=None)


def _last_day(finding: Finding) -> dt.date:
    one = finding.provision
    return one.in_force_until or one.horizon or one.in_force_from

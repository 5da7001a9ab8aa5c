"""The summary of a run for people at a terminal (rich)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from regionmap.i18n import tn, translator
from regionmap.model import Ruling, Text
from regionmap.screening.kinds import CAVEATS, REASONS
from regionmap.screening.messages import Reason
from regionmap.terminal import safe_console
from regionmap.words import RULINGS

_MOST_PROVINCES = 10


class Reporter:
    """Prints summaries in one language."""

    def __init__(self, language: str, console: Console | None = None, names: Mapping[str, str] | None = None) -> None:
        """Keep the language, where to print, and what provinces are called in it, where not as in Chinese."""
        self._names = names or {}
        self._language, self._console = language, safe_console(console)
        self._ = translator(language)

    def print(self, summary: Mapping[str, Any]) -> None:
        """Print the counts, what to look at, and what the answers rest on."""
        _, rows = self._, summary["rows"]
        words = tn(
            "{count} row, {judged} judged: {output}", "{count} rows, {judged} judged: {output}", rows,
            judged=f"{summary['judged']:,}", output=summary["output"],
        )  # fmt: skip
        self._line(words[self._language])
        self._counts(_("Verdict"), summary["verdicts"], {str(key): word for key, word in RULINGS.items()}, rows)
        self._counts(_("Not judged: reason"), summary["reasons"], REASONS, rows, summary["examples"])
        self._counts(_("Caveat"), summary["caveats"], CAVEATS, rows)
        self._provinces(summary["provinces"])
        for note in summary["notes"]:
            self._line(f"· {note.text[self._language]}", "dim")
        for warning in summary["warnings"]:
            self._line(f"! {warning.text[self._language]}", "bold yellow")
        self._line(summary["coverage"][self._language], "dim")
        self._line(
            _("Run {run}, catalogue {catalogue}, boundaries {boundaries}", run=summary["run"],
              catalogue=summary["catalogue"], boundaries=summary["boundaries"]), "dim",
        )  # fmt: skip

    def _counts(
        self, title: str, counts: Mapping[str, int], words: Mapping[str, Text], rows: int,
        examples: Mapping[str, Reason] | None = None,
    ) -> None:  # fmt: skip
        if not counts:
            return
        table = Table(box=None, pad_edge=False)
        for head, justify in ((title, "left"), (self._("Rows"), "right"), ("%", "right")):
            table.add_column(head, justify="right" if justify == "right" else "left")
        if examples:
            table.add_column(self._("For example"), overflow="fold")
        for kind, count in counts.items():
            name = words[kind][self._language] if kind in words else kind
            example = [examples[kind].text[self._language]] if examples else []
            table.add_row(name, f"{count:,}", f"{count / rows:.1%}", *example)
        self._console.print(table)
        self._console.print()

    def _provinces(self, provinces: Mapping[str, Mapping[str, int]]) -> None:
        if not provinces:
            return
        rulings = [one for one in Ruling if any(str(one) in counts for counts in provinces.values())]
        table = Table(box=None, pad_edge=False)
        table.add_column(self._("In province"))
        for ruling in rulings:
            table.add_column(RULINGS[ruling][self._language], justify="right")
        for name, counts in list(provinces.items())[:_MOST_PROVINCES]:
            table.add_row(self._names.get(name, name), *(f"{counts.get(str(one), 0):,}" for one in rulings))
        if len(provinces) > _MOST_PROVINCES:
            table.add_row(self._("and {rest} more", rest=len(provinces) - _MOST_PROVINCES))
        self._console.print(table)
        self._console.print()

    def _line(self, words: str, style: str = "") -> None:
        self._console.print(words, style=style, markup=False, highlight=False)

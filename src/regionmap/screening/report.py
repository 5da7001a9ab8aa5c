"""The summary of a run for people at a terminal (rich)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from regionmap.i18n import tn, translator
from regionmap.model import Ruling
from regionmap.model import Text as Words
from regionmap.screening.kinds import CAVEATS, REASONS
from regionmap.screening.messages import Reason
from regionmap.terminal import safe_console
from regionmap.words import RULINGS
from regionmap.wrapping import NARROWEST, wrap

_MOST_PROVINCES = 10
_GAP, _INDENT = "  ", "    "


class Reporter:
    """Prints summaries in one language."""

    def __init__(self, language: str, console: Console | None = None, names: Mapping[str, str] | None = None) -> None:
        """Keep the language, where to print, and what provinces are called in it, where not as in Chinese."""
        self._names = names or {}
        self._language, self._console = language, safe_console(console)
        self._ = translator(language)
        self._width = self._console.width

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
            self._line(note.text[self._language], "dim", "· ")
        for warning in summary["warnings"]:
            self._line(warning.text[self._language], "bold yellow", "! ")
        self._line(summary["coverage"][self._language], "dim")
        self._line(
            _("Run {run}, catalogue {catalogue}, boundaries {boundaries}", run=summary["run"],
              catalogue=summary["catalogue"], boundaries=summary["boundaries"]), "dim",
        )  # fmt: skip

    def _counts(
        self, title: str, counts: Mapping[str, int], words: Mapping[str, Words], rows: int,
        examples: Mapping[str, Reason] | None = None,
    ) -> None:  # fmt: skip
        """Print how many rows each kind has, and under a kind its example."""
        if not counts:
            return
        named = [words[kind][self._language] if kind in words else kind for kind in counts]
        figures = [(f"{count:,}", f"{count / rows:.1%}") for count in counts.values()]
        under: list[list[str]] = [[]] * len(named)
        if examples:
            example, told = self._("For example"), (examples[kind].text[self._language] for kind in counts)
            lines = (self._("{head}: {what}", head=example, what=one) for one in told)
            under = [wrap(one, self._width, _INDENT) for one in lines]
        self._columns(
            (title, self._("Rows"), "%"), [(one, *two) for one, two in zip(named, figures, strict=True)], under
        )

    def _provinces(self, provinces: Mapping[str, Mapping[str, int]]) -> None:
        """Print how many rows each verdict has in each province."""
        if not provinces:
            return
        rulings = [one for one in Ruling if any(str(one) in counts for counts in provinces.values())]
        heads = (self._("In province"), *(RULINGS[one][self._language] for one in rulings))
        shown = list(provinces.items())[:_MOST_PROVINCES]
        rows = [
            (self._names.get(name, name), *(f"{counts.get(str(one), 0):,}" for one in rulings))
            for name, counts in shown
        ]
        left = len(provinces) - len(shown)
        if sum(map(cell_len, heads)) + len(_GAP) * len(rulings) > self._width:
            counted = [
                (f"{row[0]} · {head}", figure)
                for row in rows
                for head, figure in zip(heads[1:], row[1:], strict=True)
                if figure != "0"
            ]
            self._columns((heads[0], self._("Rows")), counted, [[]] * len(counted), left)
        else:
            self._columns(heads, rows, [[]] * len(rows), left)

    def _columns(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], under: Sequence[Sequence[str]], left: int = 0
    ) -> None:
        """Print rows: a name, which is broken where it has no room, and figures; under each row what belongs to it."""
        every = [heads, *rows]
        figures = [max(cell_len(row[at]) for row in every) for at in range(1, len(heads))]
        room = max(self._width - sum(figures) - len(_GAP) * len(figures), NARROWEST)
        names = [wrap(row[0], room) for row in every]
        room = max(cell_len(line) for name in names for line in name)
        for row, name, below in zip(every, names, [[], *under], strict=True):
            first, *more = name
            cells = (_GAP + " " * (width - cell_len(one)) + one for one, width in zip(row[1:], figures, strict=True))
            words = first + " " * (room - cell_len(first)) + "".join(cells)
            self._console.print(Text("\n".join([words, *more]), "bold" if row is heads else ""), soft_wrap=True)
            for line in below:
                self._console.print(Text(line, "dim"), soft_wrap=True)
        if left:
            self._line(self._("and {rest} more", rest=left))
        self._console.print()

    def _line(self, words: str, style: str = "", mark: str = "") -> None:
        lines = wrap(words, self._width, mark)
        self._console.print(Text("\n".join(lines), style), soft_wrap=True)

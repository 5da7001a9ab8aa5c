"""What depends on the site, at a terminal: every question, with every rule that hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from regionmap.output.brief.check import headed
from regionmap.output.tables.columns import Column
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.asks import Asking
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import EFFECTS


def print_questions(
    out: Terminal, title: str, askings: Sequence[Asking], beside: Callable[[Finding], Sequence[str]] = lambda _: ()
) -> None:
    """Print questions to the investor under a title, each with the rules that hang on its answer, in their words.

    Args:
        out: where to print.
        title: of all of them.
        askings: the questions.
        beside: gives what else is to be said of a rule.
    """
    _, lang = out.words, out.language
    rows = []
    for one in askings:
        rules = []
        for found in one.findings:
            effect, cited = EFFECTS[found.provision.effect][lang], citation(found.provision, found.source.number)
            rules.append("\n".join([f"{effect} · {cited}", out.quoted(found.provision), *beside(found)]))
        rows.append([one.ask[lang], "\n".join(rules)])
    columns = [Column(_("Ask"), 3), Column(_("Rules that hang on the answer"), 7)]
    out.grid(columns, rows, headed(title, len(rows), lang))

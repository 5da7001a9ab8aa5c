"""Where an industry is guided to, at a terminal."""

from __future__ import annotations

from rich.panel import Panel
from rich.text import Text as Line

from regionmap.api import Regionmap
from regionmap.output.tables.terminal import Terminal, wide_table
from regionmap.rules.matching.effects import restriction
from regionmap.rules.transfer.answers import TransferAnswer, guide_text
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import EFFECTS, TIERS


def print_transfer(out: Terminal, answer: TransferAnswer, rm: Regionmap, *, every: bool = False) -> None:
    """Print where an industry is guided to: the push, the destinations with their obstacles, what is undefined."""
    _, lang = out.words, out.language
    head = f"{answer.origin.name} {answer.origin.code} → · {answer.subject.name[lang]} · {answer.date.isoformat()}"
    out.console.print(Panel(Line(head, "bold")))
    out.caveats(answer.caveats)
    out.findings(
        _("The push at the origin"),
        [one for one in answer.push.findings if one.decides and restriction(one.provision.effect) is not None],
    )
    table = wide_table(_("Place"), _("Tier"), _("Guided here by"), _("Stands against it there"))
    nothing = _("nothing loaded")
    for one in answer.destinations:
        against = [
            f"{EFFECTS[found.provision.effect][lang]} {citation(found.provision, found.source.number)}"
            for found in one.obstacles
        ]
        table.add_row(
            f"{rm.gazetteer.province(one.place.code).name} {one.place.name}\n{one.place.code}",
            TIERS[one.tier][lang],
            "\n".join(dict.fromkeys(guide_text(guide)[lang] for guide in one.guides)),
            "\n".join(against) or nothing,
        )
    if answer.destinations:
        out.console.print(table)
    for guide in answer.undefined:
        out.console.print(Line("? ", "bold") + Line(guide_text(guide)[lang]))
    count = len(answer.open_places)
    out.console.print(_("{count} prefecture-level units: nothing loaded for or against.", count=count), style="dim")
    if every:
        out.console.print("、".join(unit.name for unit in answer.open_places))
    out.coverage(answer.coverage, answer.catalogue)

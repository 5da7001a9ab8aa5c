"""Where an industry is guided to, at a terminal."""

from __future__ import annotations

from regionmap.api import Regionmap
from regionmap.output.brief.check import place_name
from regionmap.output.brief.transfer import open_words, transfer_head
from regionmap.output.tables.columns import Column
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.matching.effects import restriction
from regionmap.rules.transfer.answers import TransferAnswer, guide_text
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import EFFECTS, TIERS


def print_transfer(out: Terminal, answer: TransferAnswer, rm: Regionmap, *, every: bool = False) -> None:
    """Print where an industry is guided to: the push, the destinations with their obstacles, what is undefined."""
    _, lang = out.words, out.language
    out.head(transfer_head(answer, rm, lang))
    out.caveats(answer.caveats)
    out.findings(
        _("The push at the origin"),
        [one for one in answer.push.findings if one.decides and restriction(one.provision.effect) is not None],
    )
    nothing = _("nothing loaded")
    rows = []
    for one in answer.destinations:
        against = [
            f"{EFFECTS[found.provision.effect][lang]} · {citation(found.provision, found.source.number)}"
            for found in one.obstacles
        ]
        rows.append(
            [
                place_name(one.place, rm, lang),
                TIERS[one.tier][lang],
                "\n".join(dict.fromkeys(guide_text(guide)[lang] for guide in one.guides)),
                "\n".join(against) or nothing,
            ]
        )
    columns = [Column(_("Place"), 3), Column(_("Tier"), most=12), Column(_("Guided here by"), 5)]
    out.grid([*columns, Column(_("Stands against it there"), 4)], rows)
    for guide in answer.undefined:
        out.line(guide_text(guide)[lang], mark="? ")
    if answer.open_places:
        out.line(open_words(len(answer.open_places))[lang], "dim")
    if every:
        names = (unit.name_en if lang == "en" else unit.name for unit in answer.open_places)
        out.line((", " if lang == "en" else "、").join(names))
    out.coverage(answer.coverage, answer.catalogue)

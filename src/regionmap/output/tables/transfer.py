"""Where an industry is guided to, at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from regionmap.api import Regionmap
from regionmap.output.brief.check import headed, place_name
from regionmap.output.brief.transfer import open_words, transfer_head
from regionmap.output.tables.columns import Column
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.matching.effects import restriction
from regionmap.rules.transfer.answers import Guide, TransferAnswer, row_text
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import EFFECTS, EVIDENCE, RULINGS, TIERS


def print_transfer(out: Terminal, answer: TransferAnswer, rm: Regionmap, *, every: bool = False) -> None:
    """Print where an industry is guided to: the push, the destinations, the words for and against them."""
    _, lang = out.words, out.language
    out.head(transfer_head(answer, rm, lang))
    out.caveats(answer.caveats)
    speaking = [one for one in answer.push.findings if one.decides]
    pushing = [one for one in speaking if restriction(one.provision.effect) is not None]
    out.findings(_("The push at the origin"), pushing)
    out.findings(_("Speaks for staying at the origin"), [one for one in speaking if one not in pushing])
    guides = [guide for one in answer.destinations for guide in one.guides]
    told = list(dict.fromkeys(row for guide in guides if (row := _guide(out, guide)) is not None))
    number = {row: at for at, row in enumerate(told, 1)}
    rows = []
    for one in answer.destinations:
        against = [
            f"{EFFECTS[found.provision.effect][lang]} · {citation(found.provision, found.source.number)}"
            for found in one.obstacles
        ]
        by = dict.fromkeys(row for guide in one.guides if (row := _guide(out, guide)) is not None)
        rows.append(
            [
                place_name(one.place, rm, answer.date, lang),
                TIERS[one.tier][lang],
                "\n".join(f"[{number[row]}] {row[0]}" for row in by),
                "\n".join([RULINGS[one.ruling][lang], one.position[lang], *against]),
            ]
        )
    columns = [Column(_("Place"), 3), Column(_("Tier"), most=12), Column(_("Guided here by"), 5)]
    out.grid([*columns, Column(_("Verdict there and obstacles"), 4)], rows)
    _guides(out, _("What guides there, in its words"), [(f"[{number[row]}] {row[0]}", *row[1:]) for row in told])
    undefined = [row for guide in answer.undefined if (row := _guide(out, guide)) is not None]
    _guides(out, _("Guides to areas that no list defines"), list(dict.fromkeys(undefined)))
    obstacles = {found.provision.id: found for one in answer.destinations for found in one.obstacles}
    out.findings(_("What stands against it there, in its words"), list(obstacles.values()), brief=True)
    if answer.open_places:
        out.line(open_words(len(answer.open_places))[lang], "dim")
    if every:
        names = (unit.name_en if lang == "en" else unit.name for unit in answer.open_places)
        out.line((", " if lang == "en" else "、").join(names))
    out.coverage(answer.coverage, rm.catalogue)


def _guides(out: Terminal, title: str, rows: Sequence[tuple[str, str, str]]) -> None:
    _, lang = out.words, out.language
    columns = [Column(_("Document or list"), 3), Column(_("Words"), 5), Column(_("Rests on"), 4)]
    out.grid(columns, rows, headed(title, len(rows), lang))


def _guide(out: Terminal, one: Guide) -> tuple[str, str, str] | None:
    """Return a reason: document or list, words, and what the area or the industry rests on; None for no document."""
    _, lang = out.words, out.language
    rests = [EVIDENCE[one.evidence][lang]]
    if one.undefined is not None:
        rests.append(_("Only where it is “{words}”; no loaded list says whether it is.", words=one.undefined))
    if one.reading is not None:
        rests.append(_("our reading of the industry: {reason}", reason=one.reading.reason))
    if one.through is not None:
        rests.append(_("our reading of the area: the places of the list “{name}”", name=one.through.name))
    if one.is_row and one.listed is not None and one.row is not None:
        document = " · ".join(filter(None, (one.listed.name[lang], one.listed.number)))
        return document, row_text(one.row)[lang], "\n".join(rests)
    if one.provision is not None and one.source is not None:
        return citation(one.provision, one.source.number), out.quoted(one.provision), "\n".join(rests)
    return None

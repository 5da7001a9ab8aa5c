"""Lists of provisions and of documents at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from regionmap.i18n import tn
from regionmap.model import Source
from regionmap.output.tables.columns import Column
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.search.browse import Rule
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import EFFECTS, READ, STATUSES


def print_rules(out: Terminal, rules: Sequence[Rule]) -> None:
    """Print provisions."""
    _, lang = out.words, out.language
    rows = []
    for one in rules:
        state = f"\n{STATUSES[one.status][lang]}" if one.status is not None else ""
        rows.append(
            [
                one.provision.id,
                citation(one.provision, one.source.number),
                EFFECTS[one.provision.effect][lang] + state,
                f"「{one.provision.quote}」",
                one.provision.summary[lang],
            ]
        )
    columns = [Column(_("Provision"), 3), Column(_("Document"), 3), Column(_("Effect"), most=14)]
    out.grid([*columns, Column(_("Words"), 4), Column(_("Summary"), 5)], rows)
    out.line(tn("{count} provision", "{count} provisions", len(rules))[lang])


def print_sources(out: Terminal, sources: Sequence[Source]) -> None:
    """Print the loaded documents."""
    _, lang = out.words, out.language
    rows = []
    for one in sources:
        until = f" – {one.in_force_until}" if one.in_force_until else " –"
        rows.append(
            [
                "\n".join(dict.fromkeys(filter(None, (one.number, one.title[lang], one.id)))),
                f"{one.in_force_from}{until}",
                str(one.horizon or "—"),
                READ[one.read][lang],
                f"{len(one.items)} / {len(one.provisions)}",
            ]
        )
    columns = [Column(_("Document"), 5), Column(_("In force"), 2), Column(_("Target date"), most=12)]
    out.grid([*columns, Column(_("Read"), most=12), Column(_("Items and provisions"), most=12)], rows)

"""Lists of provisions and of documents at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regionmap.model import Source
from regionmap.output.tables.terminal import Terminal, wide_table
from regionmap.rules.search.browse import Rule
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import EFFECTS, READ, STATUSES


def print_rules(out: Terminal, rules: Sequence[Rule]) -> None:
    """Print provisions as a table."""
    _, lang = out.words, out.language
    table = wide_table(_("Provision"), _("Document"), _("Effect"), _("Words"), _("Summary"))
    for one in rules:
        state = f"\n{STATUSES[one.status][lang]}" if one.status is not None else ""
        table.add_row(
            one.provision.id,
            citation(one.provision, one.source.number),
            EFFECTS[one.provision.effect][lang] + state,
            f"「{one.provision.quote}」",
            one.provision.summary[lang],
        )
    out.console.print(table)
    out.console.print(_("{count} provisions", count=len(rules)))


def print_sources(out: Terminal, sources: Iterable[Source]) -> None:
    """Print the loaded documents."""
    _, lang = out.words, out.language
    table = wide_table(_("Document"), _("In force"), _("Target date"), _("Read"), _("Items and provisions"))
    for one in sources:
        until = f" – {one.in_force_until}" if one.in_force_until else " –"
        table.add_row(
            f"{one.number}\n{one.title[lang]}\n{one.id}",
            f"{one.in_force_from}{until}",
            str(one.horizon or "—"),
            READ[one.read][lang],
            f"{len(one.items)} / {len(one.provisions)}",
        )
    out.console.print(table)

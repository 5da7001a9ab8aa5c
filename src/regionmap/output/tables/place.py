"""Everything about a place at a terminal: regions, pilots, parks, rules by industry."""

from __future__ import annotations

from collections.abc import Sequence

from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from regionmap.api import Regionmap
from regionmap.model import Effect, Status
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.parks import ParkListing
from regionmap.rules.pilots import PilotListing, PilotStatus
from regionmap.rules.verdict.answers import PlaceAnswer
from regionmap.words import (
    EVIDENCE,
    PARK_KINDS,
    PARK_STANDINGS,
    PILOT_STATUSES,
    STANDINGS,
    ruling_words,
)


def print_place(out: Terminal, answer: PlaceAnswer, rm: Regionmap) -> None:
    """Print everything about a place."""
    _, lang = out.words, out.language
    unit = answer.place
    out.console.print(
        Panel(
            Line(
                f"{rm.gazetteer.province(unit.code).name} · {unit.name} {unit.name_en} {unit.code} · "
                f"{answer.date.isoformat()}",
                "bold",
            )
        )
    )
    out.caveats(answer.caveats)
    table = Table(_("Region"), _("Document"), _("Evidence"), title=_("Regions that it lies in"), title_justify="left")
    for one in answer.regions:
        number = rm.catalogue.sources[one.definition.source].number
        units = "、".join(unit.name for unit in one.part)
        part = _(" (in part: {units})", units=units) if one.part else ""
        table.add_row(
            one.region.name[lang] + part, f"{number} {one.definition.item}", EVIDENCE[one.definition.evidence][lang]
        )
    if answer.regions:
        out.console.print(table)
    _pilots(out, _("Pilot lists"), [one for one in answer.pilots if one.status is not PilotStatus.ENDED])
    _pilots(out, _("Pilot lists whose term is over"), [one for one in answer.pilots if one.status is PilotStatus.ENDED])
    _parks(out, answer.parks)
    shown = [
        (group, [one for one in group.findings if one.provision.effect not in {Effect.DUTY, Effect.TARGET}])
        for group in answer.industries
    ]
    for group, findings in shown:
        if findings:
            name = group.industry.name[lang] if group.industry is not None else _("Every industry")
            out.findings(f"{name} — {ruling_words(group.ruling, group.extent)[lang]}", findings)
    others = sum(len(group.findings) for group in answer.industries) - sum(len(found) for _g, found in shown)
    if others:
        out.console.print(
            _("{count} targets and duties of authorities are not listed here: see --json.", count=others),
            style="dim",
        )
    passed = [one for one in answer.not_in_force if one.status is not Status.NOT_YET]
    out.findings(_("Not in force on this date"), [one for one in passed if one.decides], status=True)
    out.coverage(answer.coverage, answer.catalogue)


def _pilots(out: Terminal, title: str, listed: Sequence[PilotListing]) -> None:
    if not listed:
        return
    _, lang = out.words, out.language
    table = Table(title=f"{title} ({len(listed)})", title_justify="left", show_lines=True, expand=True)
    table.add_column(_("Standing"), max_width=14, overflow="fold")
    for column, ratio in ((_("Programme and list"), 4), (_("Place"), 4), (_("Number and day"), 3)):
        table.add_column(column, ratio=ratio, overflow="fold")
    table.add_column(_("Evidence"), max_width=14, overflow="fold")
    for one in listed:
        mark = " " + _("(list ends in 等)") if one.batch.open else ""
        unsure = f"\n{PILOT_STATUSES[one.status][lang]}" if one.status is PilotStatus.DAY_UNKNOWN else ""
        table.add_row(
            STANDINGS[one.batch.standing][lang],
            f"{one.programme.name[lang]}\n{one.batch.name[lang]}{mark}",
            one.says[lang] + (f"\n{one.place.note[lang]}" if one.place.note is not None else ""),
            "\n".join(filter(None, [one.batch.number, one.when[lang]])) + unsure,
            EVIDENCE[one.place.evidence][lang],
        )
    out.console.print(table)


def _parks(out: Terminal, listed: Sequence[ParkListing]) -> None:
    """Print parks briefly, a line each: what lies here or around, by which list, and whether that recognises it."""
    if not listed:
        return
    _, lang = out.words, out.language
    title = f"{_('Parks, new areas and zones')} ({len(listed)})"
    table = Table(title=title, title_justify="left", expand=True)
    for column, ratio in ((_("Name"), 4), (_("Where"), 3), (_("Standing"), 2), (_("List and day"), 5)):
        table.add_column(column, ratio=ratio, overflow="fold")
    for one in listed:
        cited = [one.park.number or one.listed.name[lang], one.when[lang], EVIDENCE[one.park.evidence][lang]]
        table.add_row(
            f"{one.park.printed} ({one.park.grade or PARK_KINDS[one.listed.kind][lang]})",
            one.says[lang],
            PARK_STANDINGS[one.park.standing][lang],
            " · ".join(cited),
        )
    out.console.print(table)

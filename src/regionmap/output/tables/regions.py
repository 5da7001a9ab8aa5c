"""Regions with their dated lists, and how a list changed, at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.panel import Panel
from rich.text import Text as Line

from regionmap.api import Regionmap
from regionmap.model import Region, Unit
from regionmap.output.tables.terminal import Terminal, wide_table
from regionmap.rules.history.changes import RegionChange
from regionmap.rules.history.words import how_many, list_in_use, moved_text


def print_regions(
    out: Terminal, regions: Iterable[tuple[Region, list[dict[str, Any]]]], numbers: Mapping[str, str]
) -> None:
    """Print regions with their definitions, rows of the contract; ``numbers``: document number by source id."""
    _, lang = out.words, out.language
    table = wide_table(_("Region"), _("Name"), _("List from"), _("Document"), _("Members"))
    for region, rows in regions:
        if not rows:
            table.add_row(region.id, region.name[lang], "—", _("no list in use on this date"), "")
        for row in rows:
            names = "、".join(dict.fromkeys(member["name"] for member in row["members"]))
            mark = " " + _("(list ends in 等)") if row["open"] else ""
            until = f" – {row['in_force_until']}" if row["in_force_until"] else ""
            cities = _("{count} prefecture-level cities", count=row["prefecture_level"]["count"])
            table.add_row(
                region.id,
                region.name[lang],
                row["in_force_from"] + until,
                f"{numbers[row['source']]} {row['item']}",
                f"{names}{mark}\n{cities}",
            )
    out.console.print(table)


def print_history(out: Terminal, change: RegionChange, rm: Regionmap) -> None:
    """Print how a region's list changed between two dates."""
    _, lang = out.words, out.language
    out.console.print(Panel(Line(f"{change.region.name[lang]} · {change.start} – {change.end}", "bold")))
    for day, definition in ((change.start, change.before), (change.end, change.after)):
        out.console.print(list_in_use(rm.catalogue, day, definition)[lang])
    table = wide_table(_("Change"), _("Count"), _("Places"))
    for words, units in (
        (_("Joined"), change.joined),
        (_("Left"), change.left),
        (_("Stayed"), change.stayed),
    ):
        table.add_row(words, how_many(rm.gazetteer, units)[lang], _names(units, lang))
    for moved in change.moves().values():
        units = tuple(one.unit for one in moved)
        table.add_row(moved_text(moved[0])[lang], how_many(rm.gazetteer, units)[lang], _names(units, lang))
    out.console.print(table)


def _names(units: Sequence[Unit], language: str) -> str:
    return ", ".join(one.name_en for one in units) if language == "en" else "、".join(one.name for one in units)

"""Regions with their dated lists, and how a list changed, at a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regionmap.api import Regionmap
from regionmap.i18n import tn
from regionmap.model import Region, Unit
from regionmap.output.tables.columns import Column
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.history.changes import RegionChange
from regionmap.rules.history.words import dissolved_text, how_many, list_in_use, moved_text, told_apart

Lists = Sequence[tuple[Region, list[dict[str, Any]]]]
_MOST_PROVINCES = 8
_MOST_COUNTIES = 6


def print_regions(out: Terminal, regions: Lists, numbers: Mapping[str, str], rm: Regionmap, *, full: bool) -> None:
    """Print regions with their lists.

    Args:
        out: where to print.
        regions: each with its definitions, rows of the contract.
        numbers: document number by source id.
        rm: what is loaded.
        full: name every member; without it they are counted by province.
    """
    _, lang = out.words, out.language
    rows = []
    for region, lists in regions:
        if not lists:
            first = region.definitions[0].in_force_from.isoformat() if region.definitions else "—"
            none = _("no list in use on this date; the first is from {day}", day=first)
            rows.append([_region(region, lang), "—", none, ""])
        for one in lists:
            until = f" – {one['in_force_until']}" if one["in_force_until"] else ""
            cited = f"{numbers[one['source']]} {one['item']}".strip()
            members = _members(one, rm, lang) if full else _by_province(one, rm, out)
            mark = "\n" + _("(list ends in 等)") if one["open"] else ""
            rows.append([_region(region, lang), one["in_force_from"] + until, cited, members + mark])
    columns = [Column(_("Region"), 4), Column(_("List from"), 2), Column(_("Document"), 4), Column(_("Members"), 6)]
    out.grid(columns, rows)
    if not full:
        out.line(_("One region with every member: regionmap regions REGION"), "dim")


def print_history(out: Terminal, change: RegionChange, rm: Regionmap) -> None:
    """Print how a region's list changed between two dates."""
    _, lang = out.words, out.language
    out.head(f"{change.region.name[lang]} · {change.start} – {change.end}")
    for day, definition in ((change.start, change.before), (change.end, change.after)):
        out.line(list_in_use(rm.catalogue, day, definition)[lang])
    parts = [(_("Joined"), change.joined), (_("Left"), change.left), (_("Stayed"), change.stayed)]
    for moved in change.moves().values():
        parts.append((moved_text(moved[0])[lang], tuple(one.unit for one in moved)))
    rows = [[words, how_many(rm.gazetteer, units)[lang], _coded(units, rm, lang)] for words, units in parts]
    if change.dissolved:
        count = how_many(rm.gazetteer, [one.unit for one in change.dissolved])[lang]
        rows.append([_("Dissolved"), count, "\n".join(dissolved_text(one)[lang] for one in change.dissolved)])
    out.grid([Column(_("Change"), 2), Column(_("Count"), 2), Column(_("Places"), 5)], rows)


def _region(region: Region, language: str) -> str:
    return f"{region.name[language]}\n{region.id}"


def _members(one: Mapping[str, Any], rm: Regionmap, language: str) -> str:
    """Return the names of a list: as they are printed; in English, those of the units that they are today."""
    if language == "zh":
        return "、".join(dict.fromkeys(member["name"] for member in one["members"]))
    units = rm.gazetteer.by_code
    codes = [member["code"] for member in one["members"]]
    named = [units[code] for code in codes if code in units]
    english = dict(zip((unit.code for unit in named), told_apart(named, rm.gazetteer), strict=True))
    names = (english.get(member["code"], member["name"]) for member in one["members"])
    return ", ".join(dict.fromkeys(names))


def _by_province(one: Mapping[str, Any], rm: Regionmap, out: Terminal) -> str:
    """Return how many prefecture-level units of a list lie in each province, and its counties by name."""
    _, lang = out.words, out.language
    comma = ", " if lang == "en" else "、"
    cities = [unit["code"] for unit in one["prefecture_level"]["units"]]
    counts: dict[str, int] = {}
    for code in cities:
        province = rm.gazetteer.province(code)
        name = province.name_en if lang == "en" else province.short_name
        counts[name] = counts.get(name, 0) + 1
    most = sorted(counts.items(), key=lambda pair: -pair[1])
    parts = [f"{name} {count}" if count > 1 else name for name, count in most[:_MOST_PROVINCES]]
    if len(most) > _MOST_PROVINCES:
        parts.append(tn("{count} more province", "{count} more provinces", len(most) - _MOST_PROVINCES)[lang])
    count = tn("{count} prefecture-level unit", "{count} prefecture-level units", len(cities))[lang]
    words = [count, comma.join(parts)]
    counties = [
        member for member in one["members"] if member["code"] not in cities and not member["code"].endswith("00")
    ]
    names = _members({"members": counties}, rm, lang).split(comma) if counties else []
    if names:
        shown = names[:_MOST_COUNTIES]
        if len(names) > len(shown):
            shown.append(tn("{count} more", "{count} more", len(names) - len(shown))[lang])
        words.append(_("counties: {names}", names=comma.join(shown)))
    return "\n".join(word for word in words if word)


def _coded(units: Sequence[Unit], rm: Regionmap, language: str) -> str:
    """Return units with their codes; in English, those that share their name with the provinces that they lie in."""
    if language == "zh":
        return "、".join(f"{one.name} {one.code}" for one in units)
    return ", ".join(f"{name} {one.code}" for one, name in zip(units, told_apart(units, rm.gazetteer), strict=True))

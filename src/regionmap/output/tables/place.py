"""Everything about a place at a terminal: regions, pilots, parks, rules by industry."""

from __future__ import annotations

from collections.abc import Sequence

from regionmap.api import Regionmap
from regionmap.i18n import as_printed, tn
from regionmap.model import Effect, Status, Text
from regionmap.output.brief.check import headed, place_name
from regionmap.output.tables.columns import Column
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.parks import ParkListing, park_name
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
    out.head(f"{place_name(unit, rm, lang)} · {answer.date.isoformat()}")
    out.caveats(answer.caveats)
    rows = []
    for one in answer.regions:
        number = rm.catalogue.sources[one.definition.source].number
        units = (", " if lang == "en" else "、").join(unit.name_en if lang == "en" else unit.name for unit in one.part)
        part = _(" (in part: {units})", units=units) if one.part else ""
        rows.append(
            [one.region.name[lang] + part, f"{number} {one.definition.item}", EVIDENCE[one.definition.evidence][lang]]
        )
    out.grid([_("Region"), _("Document"), _("Evidence")], rows, _("Regions that it lies in"), lines=False)
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
        words = tn(
            "{count} target or duty of authorities is not listed here: see --json.",
            "{count} targets and duties of authorities are not listed here: see --json.",
            others,
        )
        out.line(words[lang], "dim")
    passed = [one for one in answer.not_in_force if one.status is not Status.NOT_YET]
    out.findings(_("Not in force on this date"), [one for one in passed if one.decides], status=True)
    out.coverage(answer.coverage, answer.catalogue)


def _pilots(out: Terminal, title: str, listed: Sequence[PilotListing]) -> None:
    if not listed:
        return
    _, lang = out.words, out.language
    columns = [Column(_("Standing"), most=14), Column(_("Programme and list"), 4), Column(_("Place"), 4)]
    columns += [Column(_("Number and day"), 3), Column(_("Evidence"), most=14)]
    rows = []
    for one in listed:
        named = _("{name} (list ends in 等)", name=one.batch.name) if one.batch.open else one.batch.name[lang]
        unsure = f"\n{PILOT_STATUSES[one.status][lang]}" if one.status is PilotStatus.DAY_UNKNOWN else ""
        rows.append(
            [
                STANDINGS[one.batch.standing][lang],
                f"{one.programme.name[lang]}\n{named}",
                one.says[lang] + (f"\n{one.place.note[lang]}" if one.place.note is not None else ""),
                "\n".join(filter(None, [one.batch.number, one.when[lang]])) + unsure,
                EVIDENCE[one.place.evidence][lang],
            ]
        )
    out.grid(columns, rows, headed(title, len(listed), lang))


def _parks(out: Terminal, listed: Sequence[ParkListing]) -> None:
    """Print parks briefly, a line each: what lies here or around, by which list, and whether that recognises it."""
    if not listed:
        return
    _, lang = out.words, out.language
    title = headed(_("Parks, new areas and zones"), len(listed), lang)
    columns = [Column(_("Name"), 4), Column(_("Where"), 3), Column(_("Standing"), 2), Column(_("List and day"), 5)]
    rows = []
    for one in listed:
        cited = [one.park.number or one.listed.name[lang], one.when[lang], EVIDENCE[one.park.evidence][lang]]
        rows.append(
            [
                _("{name} ({kind})", name=park_name(one.park), kind=_kind(one)),
                one.says[lang],
                PARK_STANDINGS[one.park.standing][lang],
                " · ".join(cited),
            ]
        )
    out.grid(columns, rows, title, lines=False)


def _kind(one: ParkListing) -> Text:
    """Return what a park is: by the list's own word for its rank, where it has one."""
    return as_printed(one.park.grade) if one.park.grade else PARK_KINDS[one.listed.kind]

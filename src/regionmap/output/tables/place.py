"""Everything about a place at a terminal: regions, pilots, parks, rules by industry."""

from __future__ import annotations

from collections.abc import Sequence

from regionmap.api import Regionmap
from regionmap.i18n import as_printed
from regionmap.model import Text
from regionmap.output.brief.check import headed, place_name
from regionmap.output.tables.columns import Column
from regionmap.output.tables.rules_there import print_rules_there
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.parks import ParkListing, park_name
from regionmap.rules.pilots import PilotListing, PilotStatus
from regionmap.rules.transfer.answers import row_text
from regionmap.rules.transfer.destinations_at import PlaceDestination
from regionmap.rules.verdict.answers import PlaceAnswer
from regionmap.rules.verdict.explanation import boundary_text, no_region_text, other_province_text
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import (
    EVIDENCE,
    PARK_KINDS,
    PARK_STANDINGS,
    PILOT_STATUSES,
    STANDINGS,
)


def print_place(out: Terminal, answer: PlaceAnswer, rm: Regionmap) -> None:
    """Print everything about a place."""
    _, lang = out.words, out.language
    unit = answer.place
    far = (boundary_text(answer), other_province_text(answer))
    out.head(
        f"{place_name(unit, rm, answer.date, lang)} · {answer.date.isoformat()}",
        *(one[lang] for one in far if one is not None),
    )
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
    if not rows:
        out.line(no_region_text(rm.catalogue, answer.date)[lang], "dim")
    _pilots(out, _("Pilot lists"), [one for one in answer.pilots if one.status is not PilotStatus.ENDED])
    _pilots(out, _("Pilot lists whose term is over"), [one for one in answer.pilots if one.status is PilotStatus.ENDED])
    _parks(out, answer.parks)
    found = rm.destinations(unit.code, answer.date)
    _destinations(out, _("Guided here"), [one for one in found if one.takes_in])
    against = [one for one in found if not one.takes_in]
    _destinations(out, _("Industries that lists guide it to adjust or no longer to take"), against)
    print_rules_there(out, answer)
    out.not_in_force(answer.not_in_force, _("Not in force on this date"))
    out.coverage(answer.coverage, rm.catalogue)


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


def _destinations(out: Terminal, title: str, found: Sequence[PlaceDestination]) -> None:
    """Print what guides industries to the place or away, a line each, and how the place stands to it."""
    _, lang = out.words, out.language
    rows = []
    for one in found:
        if one.provision is not None and one.source is not None:
            cited = citation(one.provision, one.source.number)
            words = f"「{one.provision.quote}」\n{one.provision.summary[lang]}"
        elif one.listed is not None and one.row is not None:
            cited = " · ".join(filter(None, (one.listed.name[lang], one.listed.number)))
            words = row_text(one.row)[lang]
        else:
            continue
        rows.append([cited, words, one.fit[lang], EVIDENCE[one.evidence][lang]])
    columns = [Column(_("Document or list"), 3), Column(_("Words"), 5), Column(_("Where"), 3)]
    out.grid([*columns, Column(_("Evidence"), most=14)], rows, headed(title, len(rows), lang))


def _kind(one: ParkListing) -> Text:
    """Return what a park is: by the list's own word for its rank, where it has one."""
    return as_printed(one.park.grade) if one.park.grade else PARK_KINDS[one.listed.kind]

"""Up to four places in one table: what guides an industry there, what stands against it, pilots and zones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from regionmap.model import Unit
from regionmap.output.escape import escaped
from regionmap.rules.matching.finding import Finding
from regionmap.rules.pilots import PilotListing, PilotStatus
from regionmap.rules.transfer.answers import Guide, Tier, TransferAnswer
from regionmap.rules.transfer.destinations_at import PlaceDestination, destinations_at
from regionmap.rules.transfer.matcher import TransferMatcher
from regionmap.rules.verdict.ruling import strictest, weight
from regionmap.web import service, state
from regionmap.web.parts import style
from regionmap.web.parts.shapes import name
from regionmap.web.transfer.views import distance_km, said, why
from regionmap.words import EFFECTS, EVIDENCE, RULINGS, STANDINGS, TIERS

MOST = 4
_SHOWN = 2
"""So many items of a cell are seen before it is opened."""
Words = Callable[..., str]


def section(answer: TransferAnswer, _: Words) -> None:
    """Write the picker of places and, for those chosen, a table of what differs between them."""
    gazetteer, language = service.loaded().gazetteer, state.language()
    style.head(_("Compare places"))
    units = [one.place for one in answer.destinations] + list(gazetteer.prefecture_level_units(answer.date))
    codes = list(dict.fromkeys(one.code for one in units if one.code != answer.origin.code))
    chosen = [code for code in state.get("compare").split(",") if code in codes][:MOST]
    st.multiselect(
        _("Up to four places, side by side"),
        codes,
        format_func=lambda code: f"{name(gazetteer.unit_ever(code), language)} {code}",
        max_selections=MOST,
        placeholder=_("Choose places"),
        **state.bound("compare", chosen, to_text=",".join),
    )
    unknown = [code for code in filter(None, state.get("compare").split(",")) if code not in codes]
    if unknown:
        asked = ", ".join(unknown)
        style.note(_("No place to compare with has this code: {asked}. Choose one of the list.", asked=asked))
    if len(chosen) == 1:
        style.note(_("Choose a second place to compare it with."))
    if chosen:
        st.html(_table([_compared(gazetteer.unit_ever(code), answer) for code in chosen], language, _))


@dataclass(frozen=True)
class Compared:
    """A place of the comparison, and what is known there of the industry."""

    place: Unit
    told: str
    guides: Sequence[Guide]
    against: Sequence[Finding]
    pilots: Sequence[PilotListing]
    zones: Sequence[PlaceDestination]


Item = tuple[str, str]
"""What makes an item the same in two places, and the item as HTML."""


def _compared(place: Unit, answer: TransferAnswer) -> Compared:
    language, rm = state.language(), service.loaded()
    judge = TransferMatcher(rm.catalogue, rm.gazetteer, answer.subject, answer.date)
    found = next((one for one in answer.destinations if one.place.code == place.code), None)
    guides: Sequence[Guide] = found.guides if found is not None else judge.at(place)
    against: Sequence[Finding] = found.obstacles if found is not None else judge.against(place)
    tier = TIERS[found.tier if found is not None else Tier.CLASS if guides else Tier.OPEN][language]
    pilots = [one for one in rm.pilots(place.code, answer.date) if one.status is not PilotStatus.ENDED]
    zones = [one for one in destinations_at(rm.catalogue, rm.gazetteer, place, answer.date) if one.listed is not None]
    told = f"{place.code} · {tier} · {distance_km(answer.origin, place):.0f} km"
    return Compared(place, told, guides, against, sorted(pilots, key=lambda one: not one.is_pilot), zones)


def _table(places: Sequence[Compared], language: str, _: Words) -> str:
    """A table of differences: a column for each place; what all of them share stands once below it."""
    heads = "".join(
        f'<th scope="col" role="columnheader" data-compare="{escaped(one.place.code)}">'
        f"{style.said(name(one.place, language))}<small>{style.said(one.told)}</small></th>"
        for one in places
    )
    names = [name(one.place, language) for one in places]
    words = _cells([_word(one, language, _) for one in places], names)
    strict, caption = style.said(_("Strictest rule against it")), escaped(_("Compare places"))
    rows = [f'<tr role="row"><th scope="row" role="rowheader">{strict}</th>{words}</tr>']
    shared = []
    for head, listed in (
        (_("Rules for"), [[_guide(item, language) for item in one.guides] for one in places]),
        (_("Rules against"), [[_against(item, language) for item in one.against] for one in places]),
        (_("Pilots"), [[_pilot(item, language) for item in one.pilots] for one in places]),
        (_("Zones and lists"), [[_zone(item, language) for item in one.zones] for one in places]),
    ):
        row, same = _row(head, names, listed, _)
        rows.append(row)
        shared.append(same)
    note = style.said(_("An empty cell says that nothing is loaded there, not that there is nothing."))
    return (
        f'<div class="rm-compare-box" tabindex="0" role="region" aria-label="{caption}">'
        f'<table class="rm-compare" role="table"><thead role="rowgroup"><tr role="row"><td role="cell"></td>'
        f'{heads}</tr></thead><tbody role="rowgroup">{"".join(rows)}</tbody></table></div>'
        f'{"".join(shared)}<p class="rm-note">{note}</p>'
    )


def _cells(made: Sequence[str], names: Sequence[str]) -> str:
    """Return the cells of a row: on a phone, where they stand one under the other, each says whose it is."""
    told = zip(made, names, strict=True)
    return "".join(f'<td role="cell" data-head="{escaped(whose)}">{html}</td>' for html, whose in told)


def _row(head: str, names: Sequence[str], listed: Sequence[Sequence[Item]], _: Words) -> tuple[str, str]:
    """Return the row of what differs, and a line to open of what all places share."""
    keys = [{key for key, _html in items} for items in listed]
    common = set.intersection(*keys) if len(keys) > 1 else set()
    cells = _cells([_cell([html for key, html in items if key not in common], _) for items in listed], names)
    row = f'<tr role="row"><th scope="row" role="rowheader">{style.said(head)}</th>{cells}</tr>'
    shared = dict(item for item in listed[0] if item[0] in common)
    if not shared:
        return row, ""
    summary = style.said(_("{head}: the same in all of them", head=head))
    lines = "".join(f"<li>{html}</li>" for html in shared.values())
    return row, (
        f'<details class="rm-line"><summary><span>{summary} <b>{len(shared)}</b></span></summary>'
        f'<div class="rm-line-body"><ul class="rm-list">{lines}</ul></div></details>'
    )


def _cell(items: Sequence[str], _: Words) -> str:
    unique = list(dict.fromkeys(items))
    shown = "".join(f"<li>{html}</li>" for html in unique[:_SHOWN])
    rest = "".join(f"<li>{html}</li>" for html in unique[_SHOWN:])
    more = style.said(_("and {rest} more", rest=len(unique) - _SHOWN))
    fold = f'<details class="rm-fold"><summary>{more}</summary><ul>{rest}</ul></details>' if rest else ""
    return f"<ul>{shown}</ul>{fold}" if unique else "—"


def _word(one: Compared, language: str, _: Words) -> str:
    if not one.against:
        return style.chip("plain", _("nothing loaded"))
    ruling = strictest(list(one.against))
    return style.chip(ruling.value, RULINGS[ruling][language])


def _guide(one: Guide, language: str) -> Item:
    key = why(one).zh + said(one).zh
    return key, f"<b>{style.in_language(why(one), language)}</b> {style.in_language(said(one), language)}"


def _against(one: Finding, language: str) -> Item:
    chip = style.chip(weight(one).value, EFFECTS[one.provision.effect][language])
    cite = f"{one.source.number or one.source.title[language]} {one.provision.item}"
    summary = f" {style.said(one.provision.summary.en)}" if language == "en" else ""
    quote = f'<span lang="zh-Hans">「{escaped(one.provision.quote)}」</span>'
    return one.provision.id, f"{chip} <b>{style.said(cite)}</b>{summary} {quote}"


def _pilot(one: PilotListing, language: str) -> Item:
    standing = style.in_language(STANDINGS[one.batch.standing], language)
    programme = style.in_language(one.programme.name, language)
    return f"{one.programme.id}{one.batch.standing}", f"<b>{standing}</b> {programme}"


def _zone(one: PlaceDestination, language: str) -> Item:
    listed, row = one.listed, one.row
    key = listed.id if listed is not None else ""
    head = style.in_language(listed.name, language) if listed is not None else ""
    words = style.said(f" 「{row.words}」") if row is not None and row.words else ""
    return key + words, f"<b>{head}</b> {style.in_language(one.fit, language)}{words}"


def zones_html(zones: Sequence[PlaceDestination], language: str) -> str:
    """Return rows of lists that hold a place: the list, how the place stands to it, day, evidence and note."""
    lines = []
    for one in zones:
        if one.listed is None or one.row is None:
            continue
        listed = one.listed
        day = listed.date_from.isoformat() if listed.date_from is not None else listed.date_printed
        known = [listed.number, day, EVIDENCE[one.evidence][language]]
        notes = [note[language] for note in (one.row.note, listed.note) if note is not None]
        words = f" 「{one.row.words}」" if one.row.words else ""
        lines.append(
            f'<li data-list="{escaped(listed.id)}"><b>{style.in_language(listed.name, language)}</b> '
            f"{style.said(one.fit[language] + words)} <small>{style.said(' · '.join(filter(None, known)))}"
            f"{style.said(' ' + ' '.join(notes)) if notes else ''}</small></li>"
        )
    return f'<ul class="rm-list">{"".join(lines)}</ul>'

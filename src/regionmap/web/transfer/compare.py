"""Up to four places side by side: what guides an industry there, what stands against it, pilots and zones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from regionmap.model import Unit
from regionmap.output.escape import escaped
from regionmap.rules.matching.finding import Finding
from regionmap.rules.pilots import PilotListing, PilotStatus
from regionmap.rules.transfer.answers import Guide, Tier, TransferAnswer
from regionmap.rules.transfer.destinations_at import PlaceDestination, destinations_at
from regionmap.rules.transfer.matcher import TransferMatcher
from regionmap.rules.verdict.ruling import strictest
from regionmap.web import service, state
from regionmap.web.parts import cards, style
from regionmap.web.parts.shapes import name
from regionmap.web.transfer.views import distance_km, said, why
from regionmap.words import EVIDENCE, RULINGS, STANDINGS, TIERS

MOST = 4
Words = Callable[..., str]


def section(answer: TransferAnswer, _: Words) -> None:
    """Write the picker of places and, for those chosen, a column each."""
    gazetteer, language = service.loaded().gazetteer, state.language()
    style.head(_("Compare places"))
    units = [one.place for one in answer.destinations] + list(gazetteer.prefecture_level_units())
    codes = list(dict.fromkeys(one.code for one in units if one.code != answer.origin.code))
    chosen = [code for code in state.get("compare").split(",") if code in codes][:MOST]
    st.multiselect(
        _("Up to four places, side by side"),
        codes,
        format_func=lambda code: f"{name(gazetteer.unit(code), language)} {code}",
        max_selections=MOST,
        placeholder=_("Choose places"),
        **state.bound("compare", chosen, to_text=",".join),
    )
    if not chosen:
        return
    rm = service.loaded()
    judge = TransferMatcher(rm.catalogue, rm.gazetteer, answer.subject, answer.date)
    for column, code in zip(st.columns(len(chosen), gap="small"), chosen, strict=True):
        with column:
            _place(rm.gazetteer.unit(code), answer, judge, _)


def _place(place: Unit, answer: TransferAnswer, judge: TransferMatcher, _: Words) -> None:
    language, rm = state.language(), service.loaded()
    found = next((one for one in answer.destinations if one.place.code == place.code), None)
    guides: Sequence[Guide] = found.guides if found is not None else judge.at(place)
    against: Sequence[Finding] = found.obstacles if found is not None else judge.against(place)
    tier = TIERS[found.tier if found is not None else Tier.CLASS if guides else Tier.OPEN][language]
    ruling = strictest(list(against))
    word = style.chip(ruling.value, RULINGS[ruling][language]) if against else style.chip("plain", _("nothing loaded"))
    told = f"{place.code} · {tier} · {distance_km(answer.origin, place):.0f} km"
    st.html(
        f'<div class="rm-place" data-compare="{escaped(place.code)}">{escaped(name(place, language))}'
        f"<small>{escaped(told)}</small></div>"
    )
    style.head(_("Rules for"), len(guides))
    st.html(guides_html(guides, language) if guides else _nothing(_))
    style.head(_("Rules against"), len(against))
    st.html(word + "".join(cards.finding_html(one, language, _, reasons=False) for one in against[:3]))
    if against[3:]:
        st.html(cards.lines_html(escaped(_("More on this side")), against[3:], language))
    pilots = [one for one in rm.pilots(place.code, answer.date) if one.status is not PilotStatus.ENDED]
    style.head(_("Pilots"), len(pilots))
    st.html(_pilots(pilots, language) if pilots else _nothing(_))
    zones = [one for one in destinations_at(rm.catalogue, rm.gazetteer, place, answer.date) if one.listed is not None]
    style.head(_("Zones and lists"), len(zones))
    st.html(zones_html(zones, language) if zones else _nothing(_))


def guides_html(guides: Sequence[Guide], language: str) -> str:
    """Return reasons why a place is a destination as a list: document or list, words, evidence."""
    lines = {
        f"<li><b>{style.in_language(why(one), language)}</b> {style.in_language(said(one), language)} "
        f"<small>{style.in_language(EVIDENCE[one.evidence], language)}</small></li>": None
        for one in guides
    }
    return f'<ul class="rm-list">{"".join(lines)}</ul>'


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
            f"{escaped(one.fit[language] + words)} <small>{escaped(' · '.join(filter(None, known)))}"
            f"{escaped(' ' + ' '.join(notes)) if notes else ''}</small></li>"
        )
    return f'<ul class="rm-list">{"".join(lines)}</ul>'


def _pilots(listed: Sequence[PilotListing], language: str) -> str:
    lines = [
        f"<li><b>{style.in_language(STANDINGS[one.batch.standing], language)}</b> "
        f"{style.in_language(one.programme.name, language)} <small>{escaped(one.says[language])} "
        f"{escaped(one.when[language])} · {style.in_language(EVIDENCE[one.place.evidence], language)}</small></li>"
        for one in sorted(listed, key=lambda one: not one.is_pilot)
    ]
    return f'<ul class="rm-list">{"".join(lines)}</ul>'


def _nothing(_: Words) -> str:
    return f'<p class="rm-note">{escaped(_("nothing loaded"))}</p>'

"""The transfer question turned round: which industries a place is guided to take, and what stands against each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from regionmap.errors import InputError
from regionmap.i18n import joined
from regionmap.model import Action, Effect, Ruling, Text, Unit
from regionmap.model.industry import Industry
from regionmap.output.escape import escaped
from regionmap.rules.matching.finding import Finding
from regionmap.rules.reading.places import read_place
from regionmap.rules.transfer.destinations_at import PlaceDestination, destinations_at, reading_of
from regionmap.rules.verdict.ruling import RESTRICTING, strictest
from regionmap.web import service, state
from regionmap.web.parts import cards, fold, pickers, place_panel, style, tables
from regionmap.web.parts.row_table import row_table
from regionmap.web.parts.rulings_view import cited, listed
from regionmap.web.transfer.compare import zones_html
from regionmap.words import EFFECTS, EVIDENCE, RULINGS

Words = Callable[..., str]


@dataclass(frozen=True)
class Guided:
    """An industry that a place is guided to take (None: every industry), why, and what stands against it there."""

    industry: Industry | None
    reasons: tuple[PlaceDestination, ...]
    against: tuple[Finding, ...]

    @property
    def ruling(self) -> Ruling:
        """The strictest of what stands against it."""
        return strictest(self.against)


def page(_: Words) -> None:
    """Write the mode: controls, zones and status of the place, and the industries one by one."""
    asked = state.get("place")
    with st.container(key="rm-fold" if asked else "rm-open"):
        if asked:
            fold.button(f"{service.place_name(asked, state.language())} · {state.date().isoformat()}", _)
        controls = st.container(key="rm-controls")
    with controls:
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        with left:
            pickers.place(_)
        with right:
            pickers.date(_)
    if not asked:
        _examples(_)
        return
    try:
        rm = service.loaded()
        place, read = read_place(rm.catalogue, rm.gazetteer, asked, state.date())
    except InputError as error:
        pickers.refused_place(error, _)
        return
    cards.caveats(read, state.language())
    _show(place, _)


def guided(place: Unit, found: Sequence[PlaceDestination]) -> tuple[Guided, ...]:
    """Return the industries that a place is guided to take: those that lists name first, then by what is against."""
    rm = service.loaded()
    groups: dict[str, list[PlaceDestination]] = {}
    for one in found:
        if not one.is_status and one.takes_in:
            for industry in one.industries or ("",):
                groups.setdefault(industry, []).append(one)
    made = [
        Guided(rm.catalogue.industries[name] if name else None, tuple(reasons), _against(place, name))
        for name, reasons in groups.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.industry is None, all(why.row is None for why in one.reasons))))


def _against(place: Unit, industry: str) -> tuple[Finding, ...]:
    if not industry:
        return ()
    verdict = service.loaded().check(place.code, industry=industry, action=Action.MOVE_IN, on=state.date())
    return tuple(one for one in verdict.findings if one.decides and one.provision.effect in RESTRICTING)


def _examples(_: Words) -> None:
    style.note(_("Name a place, for example:"))
    with st.container(horizontal=True):
        for code in ("360700", "341100", "500000", "431000"):
            unit = service.loaded().gazetteer.unit(code)
            if st.button(unit.name_en if state.language() == "en" else unit.name, key=f"example-{code}"):
                state.choose_place(code)
                st.rerun()


def _show(place: Unit, _: Words) -> None:
    language, rm = state.language(), service.loaded()
    found = destinations_at(rm.catalogue, rm.gazetteer, place, state.date())
    name = place_panel.full_name(place, state.date(), language)
    st.html(
        f'<div class="rm-place" data-place="{escaped(place.code)}">'
        f"{style.said(name)}<small>{style.said(place.code)}</small></div>"
    )
    zones = [one for one in found if one.is_status]
    style.head(_("Zones and status"), len(zones))
    if zones:
        st.html(zones_html(zones, language))
    else:
        style.note(
            _("Nothing loaded on this date: no loaded list of zones names it. That does not say that it lies in none.")
        )
    industries = guided(place, found)
    style.head(_("Industries that it is guided to take"), len(industries))
    if not industries:
        style.note(
            _("Nothing loaded on this date guides an industry here. That does not say that it is not a destination.")
        )
    else:
        _table(place, industries, _)
        for one in industries:
            _industry(one, language, _)
    other = [one for one in found if not one.is_status and not one.takes_in]
    if other:
        style.head(_("Industries that lists guide it to adjust or no longer to take"), len(other))
        st.html(zones_html(other, language))
    style.note(_("Only what is loaded is shown: a list that is missing here may name this place all the same."))


def _table(place: Unit, found: Sequence[Guided], _: Words) -> None:
    language = state.language()
    header = [
        _("Industry"),
        _("Guided here by"),
        _("Strictest rule against it"),
        _("Stands against it there"),
        _("Evidence"),
    ]
    body = [
        [
            _name(one, _),
            listed((_why(reason)[language] for reason in one.reasons), language),
            RULINGS[one.ruling][language] if one.against else _("nothing loaded"),
            cited(one.against, language),
            listed((EVIDENCE[reason.evidence][language] for reason in one.reasons), language),
        ]
        for one in found
    ]
    stem = f"regionmap-industries-{place.code}-{state.date().isoformat()}"
    row_table(
        header, body, key=f"table-{stem}", label=_("Industries that it is guided to take"), widths=(220, 320, 110, 320)
    )
    st.download_button(_("Download as CSV"), tables.to_csv(header, body), f"{stem}.csv", "text/csv", on_click="ignore")


def _industry(one: Guided, language: str, _: Words) -> None:
    """An industry to open: what guides it here, our reading of its class, and the rules against it."""
    chip = (
        style.chip(one.ruling.value, RULINGS[one.ruling][language])
        if one.against
        else style.chip("plain", _("Nothing loaded stands against it"))
    )
    reasons = "".join(_reason(reason, language) for reason in one.reasons)
    head = style.said(_name(one, _))
    counted = _("rules and lists that guide it here: {count}", count=len(one.reasons))
    against = cards.lines_html(style.said(_("Rules against")), one.against, language) if one.against else ""
    st.html(
        f'<details class="rm-fold" data-industry="{escaped(one.industry.id if one.industry else "")}">'
        f"<summary>{head} {chip} <small>{style.said(counted)}</small></summary>"
        f"<ul>{reasons}</ul>{_reading(one, language, _)}{against}</details>"
    )


def _reason(one: PlaceDestination, language: str) -> str:
    effect = one.provision.effect if one.provision is not None else Effect.GUIDE_IN
    words = one.provision.quote if one.provision is not None else one.row.words if one.row is not None else ""
    return (
        f"<li>{style.chip('encouraged', EFFECTS[effect][language])} <b>{style.in_language(_why(one), language)}</b> "
        f"{style.in_language(one.fit, language)}"
        + (f'<q lang="zh-Hans">{escaped(words)}</q>' if words else "")
        + f" <small>{style.in_language(EVIDENCE[one.evidence], language)}</small></li>"
    )


def _reading(one: Guided, language: str, _: Words) -> str:
    """Our reading of a class of industries, each of which may have rules of its own against it."""
    rm = service.loaded()
    reading = reading_of(rm.catalogue, one.industry.id) if one.industry is not None else None
    if reading is None:
        return ""
    names = joined([rm.catalogue.industries[member].name for member in reading.members])
    told = _("Our reading of this class: {names}. {reason}", names=names, reason=reading.reason)
    return f'<p class="rm-note">{style.said(told)}</p>'


def _why(one: PlaceDestination) -> Text:
    if one.provision is not None and one.source is not None:
        cite = f"{one.source.number or one.source.title.zh} {one.provision.item}"
        return Text(cite, cite)
    if one.listed is None:
        return Text("", "")
    number = f" {one.listed.number}" if one.listed.number else ""
    return Text(one.listed.name.zh + number, one.listed.name.en + number)


def _name(one: Guided, _: Words) -> str:
    return one.industry.name[state.language()] if one.industry is not None else _("Every industry")

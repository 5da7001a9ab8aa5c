"""The site check: a place, an industry, an action and a date; a verdict with every rule that it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import streamlit as st

from regionmap.errors import InputError
from regionmap.output.json.answers import verdict_json
from regionmap.output.maps import feature_group
from regionmap.places.coordinates import check_coordinates
from regionmap.rules.matching.finding import Aspect, Finding
from regionmap.rules.parks import ParkListing, parks_at
from regionmap.rules.verdict import asks
from regionmap.rules.verdict.answers import CaveatKind, Verdict
from regionmap.web import service, state
from regionmap.web.parts import cards, frame, leaflet, pickers, place_panel, style
from regionmap.web.parts import parks as park_views
from regionmap.web.parts import regions as region_views
from regionmap.web.site import report
from regionmap.words import ASPECTS

Words = Callable[..., str]
_WAY = "regionmap-way"


def page() -> None:
    """Write the page."""
    _ = state.words()
    frame.messages()
    style.title(
        _("Site check"),
        _("Is this project banned, conditional, discouraged or encouraged there, by which document, on that date?"),
    )
    _question(_)
    found = _answer(_)
    if found is not None:
        _show(found, _)


def _question(_: Words) -> None:
    with st.container(border=True):
        ways = {"name": _("By name or code"), "point": _("By coordinates")}
        st.session_state.setdefault(_WAY, "point" if state.get("lon") or state.get("lat") else "name")
        if st.session_state[_WAY] is None:
            st.session_state[_WAY] = "name"
        left, right = st.columns(2, gap="medium")
        with left:
            way = st.segmented_control(_("Place"), list(ways), format_func=ways.__getitem__, key=_WAY)
            if way == "point":
                pickers.coordinates(_)
            else:
                pickers.place(_)
        with right:
            pickers.industry(_)
            one, two = st.columns(2)
            with one:
                pickers.action(_)
            with two:
                pickers.date(_)


def _answer(_: Words) -> Verdict | None:
    rm, place, industry = service.loaded(), state.get("place"), state.get("industry")
    lon, lat = state.get("lon"), state.get("lat")
    if not (place or lon or lat):
        _examples(_)
        return None
    try:
        rm.subject(industry)
    except InputError as error:
        frame.refuse(error)
        return None
    try:
        if place:
            return rm.check(place, industry=industry, action=state.action(), on=state.date())
        x, y = check_coordinates(lon or None, lat or None)
        return rm.check(
            lon=x, lat=y, datum=state.get("datum"), industry=industry, action=state.action(), on=state.date()
        )
    except InputError as error:
        pickers.refused_place(error, _)
        return None


def _examples(_: Words) -> None:
    style.note(_("Name a place, for example:"))
    with st.container(horizontal=True):
        for code in ("130600", "610581", "310000", "150200", "419001"):
            unit = service.loaded().gazetteer.unit(code)
            if st.button(unit.name_en if state.language() == "en" else unit.name, key=f"example-{code}"):
                state.choose_place(code)
                st.rerun()


def _show(found: Verdict, _: Words) -> None:
    language = state.language()
    deciding = [one for one in found.findings if one.decides and one.provision.actions]
    others = [one for one in found.findings if one not in deciding]
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        cards.verdict(found, language, place_panel.full_name(found.place, language), _)
        # What a single rule carries stands on its card.
        cards.caveats([one for one in found.caveats if one.kind is not CaveatKind.PROVISION], language)
        cards.conflicts(found, language, _)
        style.head(_("Rules that bind"), len(deciding))
        if not deciding:
            style.note(_("No loaded rule binds here for this industry, action and date."))
        cards.findings(deciding, language, _)
        _more(_("Targets and duties of authorities that also speak of this"), others, language, _)
        style.head(_("Depends on the site"), len(found.depends_on_site))
        cards.asked(asks.may_decide(found.depends_on_site), language, opened=True)
        anywhere = asks.others(found.depends_on_site)
        if anywhere:
            with st.expander(_("Questions that may matter anywhere ({count})", count=len(anywhere))):
                cards.asked(anywhere, language)
        checked = len(found.fell_away) + sum(number for _aspect, number in found.fell_counts)
        style.head(_("Checked, does not bind"), checked)
        _more(_("Near, and why each fell away"), found.fell_away, language, _)
        style.note(_fallen(found, language, _))
        style.head(_("Not in force on this date"), len(found.not_in_force))
        _more(_("Historic rules, rules whose target date has passed, rules to come"), found.not_in_force, language, _)
    with right:
        _map(found)
        park_views.section(_parks(found), language, _)
        style.head(_("Not covered"))
        style.note(found.coverage.statement[language])
        _downloads(found, _)


def _parks(found: Verdict) -> tuple[ParkListing, ...]:
    """The parks of the places that were asked for, each once."""
    rm = service.loaded()
    listed = (one for unit in found.places for one in parks_at(rm.catalogue, rm.gazetteer, unit, found.date))
    return tuple({(one.listed.id, one.park.printed): one for one in listed}.values())


def _more(words: str, found: Sequence[Finding], language: str, _: Words) -> None:
    if found:
        with st.expander(f"{words} ({len(found)})"):
            cards.findings(found, language, _)


def _fallen(found: Verdict, language: str, _: Words) -> str:
    told = [
        _("{aspect}: {count}", aspect=ASPECTS[Aspect(aspect)][language], count=number)
        for aspect, number in found.fell_counts
    ]
    if not told:
        return ""
    return _("Other provisions, counted by the first question that they fail: {counts}.", counts=" · ".join(told))


def _downloads(found: Verdict, _: Words) -> None:
    made = json.dumps(verdict_json(found, service.loaded()), ensure_ascii=False, indent=2)
    name = f"regionmap-{found.place.code}-{found.subject.id}-{found.date.isoformat()}.json"
    with st.container(horizontal=True):
        report.buttons(found, _)
        st.download_button(_("Download as JSON"), made, name, "application/json", on_click="ignore")


def _map(found: Verdict) -> None:
    layer = region_views.site_layer(service.loaded(), found, state.language())
    try:
        leaflet.show_map(service.plain_base(), [feature_group(layer)], key="site", height=330)
    except InputError as error:
        frame.refuse(error)
    for one in layer.labels:
        style.note(one.text)

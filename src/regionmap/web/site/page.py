"""The site check: a place, an industry, an action and a date; a verdict with every rule that it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import streamlit as st

from regionmap.errors import InputError
from regionmap.output.json.answers import verdict_json
from regionmap.output.maps import feature_group
from regionmap.places.coordinates import check_coordinates
from regionmap.rules.verdict.answers import Verdict
from regionmap.web import service, state
from regionmap.web.parts import fold, frame, leaflet, page_head, pickers, search, style
from regionmap.web.parts import regions as region_views
from regionmap.web.site import answer, area, report

Words = Callable[..., str]
_WAY = "regionmap-way"


def page() -> None:
    """Write the page."""
    _ = state.words()
    frame.messages()
    page_head.title(
        "site",
        _("Site check"),
        _("Is this project banned, conditional, discouraged or encouraged there, by which document, on that date?"),
    )
    _question(_)
    found = _answer(_)
    if found is not None:
        _show(found, _)


def _question(_: Words) -> None:
    ways = {"name": _("By name or code"), "point": _("By coordinates"), "area": _("By area")}
    st.session_state.setdefault(_WAY, "point" if state.get("lon") or state.get("lat") else "name")
    if st.session_state.pop(search.PLACE_CHOSEN, False):
        st.session_state[_WAY] = "point" if state.get("lon") else "name"
    if st.session_state[_WAY] is None:
        st.session_state[_WAY] = "name"
    with st.container(key="rm-fold"):
        fold.button(_asked(), _)
        with st.container(key="rm-controls"):
            way = st.segmented_control(
                _("Place"), list(ways), format_func=ways.__getitem__, key=_WAY, label_visibility="collapsed"
            )
            widths = [2.6, 1.2, 0.9, 0.8] if st.session_state[_WAY] in {"point", "area"} else [1.6, 1.35, 1, 0.85]
            first, second, third, fourth = st.columns(widths, vertical_alignment="bottom")
            with first:
                {"point": pickers.coordinates, "area": area.question}.get(way or "", pickers.place)(_)
            with second:
                pickers.industry(_)
            with third:
                pickers.action(_)
            with fourth:
                pickers.date(_)


def _asked() -> str:
    language = state.language()
    named = service.place_name(state.get("place"), language)
    place = named or ", ".join(filter(None, [state.get("lon"), state.get("lat")]))
    industry = service.industry_name(state.get("industry"), language)
    return " · ".join(filter(None, [place, industry, state.date().isoformat()]))


def _answer(_: Words) -> Verdict | None:
    rm, place, industry = service.loaded(), state.get("place"), state.get("industry")
    lon, lat = state.get("lon"), state.get("lat")
    by_area = st.session_state[_WAY] == "area"
    if not (place or lon or lat or by_area):
        _examples(_)
        return None
    try:
        rm.subject(industry)
    except InputError as error:
        frame.refuse(error, asked=industry)
        return None
    try:
        if by_area:
            drawn = area.given()
            if drawn is None:
                return None
            return rm.check(area=drawn, industry=industry, action=state.action(), on=state.date())
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
    left, right = st.columns([1.9, 1], gap="medium")
    place = area.named(found, _)
    with left:
        answer.headline(found, language, place, _)
    with right:
        _map(found)
        _downloads(found, _)
    area.shares(found, _)
    answer.folds(found, language, _)


def _downloads(found: Verdict, _: Words) -> None:
    name = f"regionmap-{found.place.code}-{found.subject.id}-{found.date.isoformat()}.json"
    with st.container(horizontal=True):
        report.buttons(found, _)
        st.download_button(_("Download as JSON"), partial(_json, found), name, "application/json", on_click="ignore")


def _json(found: Verdict) -> str:
    return json.dumps(verdict_json(found, service.loaded()), ensure_ascii=False, indent=2)


def _map(found: Verdict) -> None:
    layer = region_views.site_layer(service.loaded(), found, state.language())
    try:
        leaflet.show_map(service.plain_base(), [feature_group(layer)], key="site", height=300)
    except InputError as error:
        frame.refuse(error)
    for one in layer.labels:
        style.note(one.text)

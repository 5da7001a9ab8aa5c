"""The map page: the country on one date, what a click finds there, and the table of the same facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

import streamlit as st

from regionmap.errors import InputError
from regionmap.model import Ruling
from regionmap.model.pilot import Programme
from regionmap.output.escape import escaped
from regionmap.output.maps import feature_group
from regionmap.rules.pilots import change_dates, newest_in_force
from regionmap.web import service, state
from regionmap.web.map import lead as map_lead
from regionmap.web.map import marked
from regionmap.web.map import pilots as pilot_views
from regionmap.web.parts import (
    fold,
    frame,
    leaflet,
    names,
    page_head,
    pickers,
    place_panel,
    rulings_view,
    search,
    style,
    tables,
)
from regionmap.web.parts import regions as region_views
from regionmap.words import ACTIONS

MAP_HEIGHT = 520
_CLICK = "regionmap-click"
_PANEL = "regionmap-panel"
_KINDS = {state.Show.REGIONS: "key-region", state.Show.BASINS: "key-basin"}

Words = Callable[..., str]


def page() -> None:
    """Write the page."""
    _ = state.words()
    frame.messages()
    if state.show() is state.Show.PILOTS and not state.get("programme"):
        state.put(programme=_to_open().id)
    try:
        view = _view()
        words = _title(_)
        lead = map_lead.of_pilots(view, _) if isinstance(view, pilot_views.PilotView) else map_lead.lead(view, _)
    except InputError as error:
        page_head.title("map", _("Map"))
        _controls(_)
        if state.show() is state.Show.PILOTS:
            programme = state.get("programme")
            frame.refuse_words(_("No pilot programme is called '{asked}': choose one of the list.", asked=programme))
        else:
            frame.refuse(error, asked=state.get("industry"))
        return
    above = st.container()
    _map_and_answer(view)  # sent first, as the browser has most to do for it
    with above:
        page_head.title("map", words, lead)
        with st.container(key="rm-fold"):
            fold.button(words, _)
            _controls(_)


@st.fragment
def _map_and_answer(view: rulings_view.View) -> None:
    """Write the map and what stands beside it: a click runs, and sends, nothing else of the page."""
    _ = state.words()
    state.write()
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        _map(view, _)
    with right:
        _beside(view, _)


def _controls(_: Words) -> None:
    shown = {
        state.Show.RULES: _("Restricted capacity"),
        state.Show.REGIONS: _("Key regions"),
        state.Show.BASINS: _("Key basins"),
        state.Show.PILOTS: _("Pilots"),
    }
    lenses = {state.Lens.SPECIAL: _("Special to places"), state.Lens.ALL: _("All rules")}
    with st.container(key="rm-controls"):
        first, second, third = st.columns([2, 1.3, 1], vertical_alignment="bottom")
        with first:
            _choices("show", _("What to see"), shown, state.show())
        with second:
            if state.show() is state.Show.RULES:
                _choices("lens", _("Which rules the map shows"), lenses, state.lens())
        with third:
            pickers.province(_)
        pilots = state.show() is state.Show.PILOTS
        widths = [1.9, 0.8, 2.6] if pilots else [1.35, 1, 0.85, 2.2]
        left, *between, right, last = st.columns(widths, vertical_alignment="bottom")
        with left:
            (pickers.programme if pilots else pickers.industry)(_)
        for one in between:
            with one:
                pickers.action(_)
        with right:
            pickers.date(_)
        with last:
            pickers.change_dates(_, _days_of_programme() if pilots else None)


def _choices(name: str, label: str, words: Mapping[Any, str], chosen: StrEnum) -> None:
    st.segmented_control(
        label,
        list(words),
        format_func=words.__getitem__,
        label_visibility="collapsed",
        **state.bound(name, chosen),
    )


def _to_open() -> Programme:
    """Return the programme that the map shows where none was chosen: one in force on the date, if there is any."""
    programmes = service.loaded().programmes()
    return newest_in_force(programmes, state.date()) or programmes[0]


def _days_of_programme() -> tuple[dt.date, ...]:
    programme = service.loaded().catalogue.programmes.get(state.get("programme"))
    return change_dates(programme) if programme is not None else ()


def _view() -> rulings_view.View:
    rm, language, on = service.loaded(), state.language(), state.date()
    if state.show() is state.Show.RULES:
        special = state.lens() is state.Lens.SPECIAL
        return rulings_view.rulings_view(
            rm, state.get("industry"), state.action(), on, state.get("province"), language, special=special
        )
    if state.show() is state.Show.PILOTS:
        return pilot_views.pilots_view(rm, state.get("programme"), on, state.get("province"), language)
    return region_views.regions_view(rm, _KINDS[state.show()], on, state.get("province"), language)


def _title(_: Words) -> str:
    day = state.date().isoformat()
    if state.show() is state.Show.RULES:
        subject = service.loaded().subject(state.get("industry"))
        return f"{subject.heading[state.language()]} · {ACTIONS[state.action()][state.language()]} · {day}"
    if state.show() is state.Show.PILOTS:
        return f"{service.loaded().programme(state.get('programme')).name[state.language()]} · {day}"
    if state.show() is state.Show.REGIONS:
        return _("Key regions by the lists in use on {day}", day=day)
    return _("Key basins by the lists in use on {day}", day=day)


def _map(view: rulings_view.View, _: Words) -> None:
    layer = view.layer
    if state.show() in {state.Show.RULES, state.Show.PILOTS}:
        layer = replace(
            layer, labels=[*layer.labels, *names.labels(service.loaded(), state.get("province"), state.language())]
        )
    try:
        with st.container(key="rm-map"):
            base = service.national_base(legend=True)
            groups = [feature_group(layer)]
            with st.container(key=marked.MAP):
                clicked = leaflet.show_map(base, groups, key="national", height=MAP_HEIGHT, on_click=_choose)
            _legend(view, _)
    except InputError as error:
        frame.refuse(error)
        return
    marked.show(state.point(), place_panel.chosen(), state.language())
    _remarks(view, _)
    if clicked is not None and clicked != st.session_state.get(_CLICK):
        _choose(clicked)
        st.rerun()


def _choose(clicked: tuple[float, float]) -> None:
    st.session_state[_CLICK] = clicked
    st.session_state[search.PLACE_CHOSEN] = True
    state.choose_point(*clicked)


def _legend(view: rulings_view.View, _: Words) -> None:
    """Write the legend; the style sheet lays it over the map where there is room."""
    language = state.language()
    lines = "".join(
        f"<li>{style.swatch(one.fill, circle=one.circle)}<span>{style.in_language(one.words, language)}"
        f" <small>{one.count}</small></span></li>"
        for one in view.legend
        if one.count
    )
    if lines:
        st.html(
            f'<details class="rm-key" open><summary>{style.said(map_lead.in_view(view, _))}</summary>'
            f'<ul class="rm-legend" aria-label="{escaped(_("Legend"))}">{lines}</ul></details>'
        )


def _remarks(view: rulings_view.View, _: Words) -> None:
    told = []
    if isinstance(view, pilot_views.PilotView) and view.programme is not None and view.programme.note is not None:
        told.append(view.programme.note[state.language()])
    if view.counts.get(Ruling.UNCLEAR):
        told.append(
            _(
                "Unclear means: a rule would decide, but the last day of its own targets has passed and neither repeal "
                "nor successor is known. Go to an earlier date to see it in force."
            )
        )
    told.append(
        _(
            "Boundaries: Tianditu (National Platform for Common Geospatial Information Services), 2024; simplified for "
            "the screen. Answers use the true boundaries."
        )
    )
    style.notes(told)


def _beside(view: rulings_view.View, _: Words) -> None:
    panels = {"table": _("Table"), "place": _("Place")}
    chosen = any(state.get(name) for name in ("place", "lon", "lat"))
    st.session_state.setdefault(_PANEL, "place" if chosen else "table")
    if st.session_state.pop(search.PLACE_CHOSEN, False):
        st.session_state[_PANEL] = "place"
    if st.session_state[_PANEL] is None:
        st.session_state[_PANEL] = "table"
    shown = st.segmented_control(
        _("Beside the map"), list(panels), format_func=panels.__getitem__, key=_PANEL, label_visibility="collapsed"
    )
    if shown == "place":
        with st.container(height=MAP_HEIGHT - 30, border=False, key="rm-panel"):
            place_panel.show(place_panel.chosen())
    elif isinstance(view, pilot_views.PilotView):
        header, body = pilot_views.cells(view.listed, service.loaded(), state.language(), _)
        codes = [row.unit.code if row.unit else "" for row in view.listed]
        name = f"regionmap-{state.get('programme')}-{state.date().isoformat()}.csv"
        tables.show_cells(header, body, codes, name, pilot_views.WIDTHS, key="pilots", chosen=_to_place)
    else:
        name = f"regionmap-{state.show().value}-{state.date().isoformat()}.csv"
        tables.show(view.rows, name, key=state.show().value, chosen=_to_place)


def _to_place() -> None:
    st.session_state[search.PLACE_CHOSEN] = True

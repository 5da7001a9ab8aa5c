"""The map page: the country on one date, what a click finds there, and the table of the same facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from regionmap.errors import InputError
from regionmap.model import Ruling
from regionmap.output.escape import escaped
from regionmap.output.maps import feature_group
from regionmap.places.datum import Datum, to_wgs84
from regionmap.rules.pilots import change_dates
from regionmap.rules.verdict.answers import PlaceAnswer
from regionmap.web import service, state
from regionmap.web.map import pilots as pilot_views
from regionmap.web.parts import frame, leaflet, pickers, place_panel, rulings_view, shapes, style, tables
from regionmap.web.parts import regions as region_views
from regionmap.words import ACTIONS, RULINGS

MAP_HEIGHT = 580
NARROW_HEIGHT = 400
_CLICK = "regionmap-click"
_PANEL = "regionmap-panel"
_KINDS = {state.Show.REGIONS: "key-region", state.Show.BASINS: "key-basin"}

Words = Callable[..., str]


def page() -> None:
    """Write the page."""
    _ = state.words()
    frame.messages()
    _controls(_)
    try:
        view = _view()
    except InputError as error:
        frame.refuse(error)
        return
    style.title(_title(_), _lead(view, _))
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        _map(view)
        _legend(view, _)
    with right:
        _beside(view, _)


def _controls(_: Words) -> None:
    names = {
        state.Show.RULES: _("Restricted capacity"),
        state.Show.REGIONS: _("Key regions"),
        state.Show.BASINS: _("Key basins"),
        state.Show.PILOTS: _("Pilots"),
    }
    pilots = state.show() is state.Show.PILOTS
    with st.container(key="rm-controls"):
        widths = [2.4, 1.9, 0.9] if pilots else [2.35, 1.4, 0.85, 0.8]
        first, second, *third, fourth = st.columns(widths, vertical_alignment="bottom")
        with first:
            st.segmented_control(
                _("What to see"), list(names), format_func=names.__getitem__, **state.bound("show", state.show())
            )
        with second:
            (pickers.programme if pilots else pickers.industry)(_)
        for one in third:
            with one:
                pickers.action(_)
        with fourth:
            pickers.province(_)
        left, right = st.columns([1, 4.1], vertical_alignment="bottom")
        with left:
            pickers.date(_)
        with right:
            pickers.change_dates(_, _days_of_programme() if pilots else None)


def _days_of_programme() -> tuple[dt.date, ...]:
    programme = service.loaded().catalogue.programmes.get(state.get("programme"))
    return change_dates(programme) if programme is not None else ()


def _view() -> rulings_view.View:
    rm, language, on = service.loaded(), state.language(), state.date()
    if state.show() is state.Show.RULES:
        return rulings_view.rulings_view(rm, state.get("industry"), state.action(), on, state.get("province"), language)
    if state.show() is state.Show.PILOTS:
        return pilot_views.pilots_view(rm, state.get("programme"), on, state.get("province"), language)
    return region_views.regions_view(rm, _KINDS[state.show()], on, state.get("province"), language)


def _title(_: Words) -> str:
    day = state.date().isoformat()
    if state.show() is state.Show.RULES:
        subject = service.loaded().subject(state.get("industry"))
        return f"{subject.name[state.language()]} · {ACTIONS[state.action()][state.language()]} · {day}"
    if state.show() is state.Show.PILOTS:
        return f"{service.loaded().programme(state.get('programme')).name[state.language()]} · {day}"
    if state.show() is state.Show.REGIONS:
        return _("Key regions by the lists in use on {day}", day=day)
    return _("Key basins by the lists in use on {day}", day=day)


def _lead(view: rulings_view.View, _: Words) -> str:
    language = state.language()
    if isinstance(view, pilot_views.PilotView):
        told = pilot_views.counted(view.listed, language)
        if not told:
            return _("No list of this programme was out on this date, or none is loaded.")
        sentences = [_("Names on its lists: {counts}.", counts=" · ".join(told))]
        seen, printed = pilot_views.seen(view.listed)
        if printed:
            sentences.append(
                _(
                    "Of {printed} names that some of them print, {seen} were seen: a place that is not drawn may be "
                    "on a list all the same.",
                    printed=printed,
                    seen=seen,
                )
            )
        return ("" if language == "zh" else " ").join(sentences)
    if state.show() is not state.Show.RULES:
        if view.legend:
            return _("Each region is drawn by the list of the document named in the table. Places may lie in several.")
        return _("No list of such a region was in use on this date, or none is loaded.")
    told = [
        _("{word} {count}", word=RULINGS[ruling][language], count=count)
        for ruling, count in view.counts.items()
        if count
    ]
    sentences = [
        _("Of {total} prefecture-level units: {counts}.", total=sum(view.counts.values()), counts=" · ".join(told))
    ]
    if view.lapsed:
        sentences.append(
            _(
                "In {count} of them a stricter rule has passed the last day of its own targets, and neither repeal nor "
                "successor is known: go to an earlier date to see it in force.",
                count=view.lapsed,
            )
        )
    if view.counts[Ruling.UNCLEAR]:
        sentences.append(
            _(
                "Unclear means: a rule would decide, but the last day of its own targets has passed and neither repeal "
                "nor successor is known. Go to an earlier date to see it in force."
            )
        )
    return ("" if language == "zh" else " ").join(sentences)


def _map(view: rulings_view.View) -> None:
    layer = view.layer
    point, found = state.point(), place_panel.chosen()
    if point is not None:
        lon, lat = to_wgs84(point[0], point[1], Datum(point[2]))
        layer.point = (float(lon), float(lat))
    if isinstance(found, PlaceAnswer):
        layer.chosen = shapes.drawn_code(service.loaded(), found.place.code)
    try:
        with st.container(key="rm-map"):
            base = service.national_base(NARROW_HEIGHT)
            clicked = leaflet.show_map(base, [feature_group(layer)], key="national", height=MAP_HEIGHT)
    except InputError as error:
        frame.refuse(error)
        return
    if clicked is not None and clicked != st.session_state.get(_CLICK):
        st.session_state[_CLICK] = clicked
        st.session_state[_PANEL] = "place"
        state.choose_point(*clicked)
        st.rerun()


def _legend(view: rulings_view.View, _: Words) -> None:
    language = state.language()
    lines = "".join(
        f"<li>{style.swatch(one.fill, circle=one.circle)}<span>{style.in_language(one.words, language)}"
        f" <small>{one.count}</small></span></li>"
        for one in view.legend
    )
    name = _("Legend")
    st.html(f'<ul class="rm-legend" aria-label="{escaped(name)}">{lines}</ul>')
    if isinstance(view, pilot_views.PilotView) and view.programme is not None and view.programme.note is not None:
        style.note(view.programme.note[language])
    style.note(
        _(
            "Boundaries: Tianditu (National Platform for Common Geospatial Information Services), 2024; simplified for "
            "the screen. Answers use the true boundaries."
        )
    )


def _beside(view: rulings_view.View, _: Words) -> None:
    names = {"table": _("Table"), "place": _("Place")}
    chosen = state.point() is not None or bool(state.get("place"))
    st.session_state.setdefault(_PANEL, "place" if chosen else "table")
    if st.session_state[_PANEL] is None:
        st.session_state[_PANEL] = "table"
    shown = st.segmented_control(
        _("Beside the map"), list(names), format_func=names.__getitem__, key=_PANEL, label_visibility="collapsed"
    )
    if shown == "place":
        pickers.place(_)
        with st.container(height=MAP_HEIGHT - 30, border=False, key="rm-panel"):
            place_panel.show(place_panel.chosen())
    elif isinstance(view, pilot_views.PilotView):
        header, body = pilot_views.cells(view.listed, service.loaded(), state.language(), _)
        codes = [row.unit.code if row.unit else "" for row in view.listed]
        name = f"regionmap-{state.get('programme')}-{state.date().isoformat()}.csv"
        tables.show_cells(header, body, codes, name, pilot_views.WIDTHS)
    else:
        tables.show(view.rows, f"regionmap-{state.show().value}-{state.date().isoformat()}.csv")

"""The history page: a region on two dates, the lives of lists and rules, and what changes next at a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from regionmap.errors import InputError
from regionmap.limits import FIRST_DAY, LAST_DAY
from regionmap.model import Region, Ruling
from regionmap.output.escape import escaped
from regionmap.output.maps import feature_group
from regionmap.rules.history.timeline import list_days
from regionmap.rules.verdict.answers import PlaceAnswer
from regionmap.web import service, state
from regionmap.web.history import timeline_chart, timelines
from regionmap.web.history import views as history_views
from regionmap.web.parts import coming, fold, frame, leaflet, page_head, pickers, place_panel, shapes, style, tables
from regionmap.web.parts.row_table import row_table
from regionmap.web.parts.rulings_view import View
from regionmap.words import RULINGS

MAP_HEIGHT = 520
_CLICK = "regionmap-history-click"
_FIRST_REGION = "air-key-regions"
_DAY = dt.timedelta(days=1)

Words = Callable[..., str]


def page() -> None:
    """Write the page."""
    _ = state.words()
    frame.messages()
    page_head.title(
        "history",
        _("History"),
        _("How the lists of a region changed, which rules and lists held when, and what is known to change next."),
    )
    try:
        region = _region()
    except InputError:
        frame.refuse_words(_("No region is called '{asked}': choose one of the list.", asked=state.get("region")))
        region = _default_region()
    since, until = _dates(region)
    _controls(region, since, until, _)
    _difference_and_next(region, since, until, state.date())
    _lives(region, since, until, _)


@st.fragment
def _difference_and_next(region: Region, since: dt.date, until: dt.date, on: dt.date) -> None:
    """Write what differs and what changes next at a place: a click or a chosen row runs, and sends, nothing else.

    ``on`` is the date of the page when all of it was written: another one concerns the time lines, too.
    """
    _ = state.words()
    if state.date() != on:
        st.rerun()
    state.write()
    if since > until:
        frame.refuse_words(_("The earlier date is after the later one: exchange them."))
    else:
        _difference(region, since, until, _)
    _next(_)


def _region() -> Region:
    chosen = state.get("region")
    return service.loaded().region(chosen) if chosen else _default_region()


def _default_region() -> Region:
    regions = service.loaded().regions()
    return next((one for one in regions if one.id == _FIRST_REGION), regions[0])


def _dates(region: Region) -> tuple[dt.date, dt.date]:
    """The two dates: as chosen; else the date of the page, and the last day of the list before the one in use then."""
    until = dt.date.fromisoformat(state.get("until")) if state.get("until") else state.date()
    if state.get("since"):
        return dt.date.fromisoformat(state.get("since")), until
    changed = [day for day in list_days(service.loaded().catalogue, region) if day <= until]
    return max(changed[-1] - _DAY, FIRST_DAY) if changed else until, until


def _controls(region: Region, since: dt.date, until: dt.date, _: Words) -> None:
    rm, language = service.loaded(), state.language()
    names = {one.id: one.name[language] for one in rm.regions()}
    with st.container(key="rm-fold"):
        fold.button(f"{region.name[language]} · {since} – {until}", _)
        controls = st.container(key="rm-controls")
    with controls:
        first, *others = st.columns([1.2, 1, 1], gap="medium")
        with first:
            st.selectbox(_("Region"), list(names), format_func=names.__getitem__, **state.bound("region", region.id))
        labels = {
            "since": (_("Earlier date"), _("Earlier: days on which its lists change")),
            "until": (_("Later date"), _("Later: days on which its lists change")),
        }
        for column, (name, (free, slide)), day in zip(others, labels.items(), (since, until), strict=True):
            with column:
                st.date_input(
                    free,
                    min_value=FIRST_DAY,
                    max_value=LAST_DAY,
                    format="YYYY-MM-DD",
                    **state.bound(name, day, to_text=dt.date.isoformat),
                )
                _slider(region, name, slide, day)


def _slider(region: Region, name: str, label: str, day: dt.date) -> None:
    """One of the two dates, over the days on which another list of the region came into use, and the day before."""
    changed = [one for one in list_days(service.loaded().catalogue, region) if FIRST_DAY <= one <= LAST_DAY]
    before = [one - _DAY for one in changed[:1] if one > FIRST_DAY]
    stops = sorted({*before, *changed, day})
    if len(stops) > 1:
        st.select_slider(
            label,
            stops,
            format_func=lambda one: one.isoformat(),
            label_visibility="collapsed",
            **state.bound(name, day, to_text=dt.date.isoformat, page="-slide"),
        )


def _difference(region: Region, since: dt.date, until: dt.date, _: Words) -> None:
    rm, language = service.loaded(), state.language()
    change = rm.history(region.id, since, until)
    view = history_views.change_view(rm, change, language)
    lines = "".join(f"<li>{style.in_language(one, language)}</li>" for one in history_views.told(rm, change))
    st.html(f'<ul class="rm-list" data-region="{escaped(region.id)}">{lines}</ul>')
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        _map(view)
        _legend(view, _)
    with right:
        header, body = tables.cells(view.rows)
        header[3] = _("Change")
        name = f"regionmap-{region.id}-{since.isoformat()}-{until.isoformat()}.csv"
        tables.show_cells(header, body, [row.unit.code for row in view.rows], name, key="history")


def _map(view: View) -> None:
    layer, found = view.layer, place_panel.chosen()
    if isinstance(found, PlaceAnswer):
        layer.chosen = shapes.drawn_code(service.loaded(), found.place.code)
    with st.container(key="rm-map"):
        base = service.national_base(legend=True)
        clicked = leaflet.show_map(base, [feature_group(layer)], key="history", height=MAP_HEIGHT, on_click=_choose)
    if clicked is not None and clicked != st.session_state.get(_CLICK):
        _choose(clicked)
        st.rerun()


def _choose(clicked: tuple[float, float]) -> None:
    st.session_state[_CLICK] = clicked
    state.choose_point(*clicked)


def _legend(view: View, _: Words) -> None:
    language = state.language()
    lines = "".join(
        f"<li>{style.swatch(one.fill)}<span>{style.in_language(one.words, language)} <small>{one.count}</small></span>"
        "</li>"
        for one in view.legend
    )
    name = _("Legend")
    st.html(f'<ul class="rm-legend" aria-label="{escaped(name)}">{lines}</ul>')
    style.note(
        _(
            "Boundaries: Tianditu (National Platform for Common Geospatial Information Services), 2024; simplified for "
            "the screen. Answers use the true boundaries."
        )
    )


def _next(_: Words) -> None:
    found = place_panel.chosen()
    with st.container(key="rm-next"):
        left, right = st.columns([1, 1], vertical_alignment="bottom")
        with left:
            pickers.place(_)
        with right:
            pickers.date(_)
        if isinstance(found, InputError):
            pickers.refused_place(found, _)
        elif found is None:
            style.head(_("What changes next here"))
            style.note(
                _("Name a place, click on the map or choose a row: what is known to change there is shown here.")
            )
        else:
            st.html(
                f'<div class="rm-place" data-place="{escaped(found.place.code)}">'
                f"{style.said(place_panel.full_name(found.place, found.date, state.language()))}</div>"
            )
            coming.section(found.place.code, state.date())


def _lives(region: Region, since: dt.date, until: dt.date, _: Words) -> None:
    rm, on, today = service.loaded(), state.date(), dt.date.today()
    left, right = st.columns(2, gap="medium")
    with left:
        lines = timelines.list_lines(rm, on, region.id)
        style.head(_("Lists of regions over time"), len(lines))
        _keys({}, _)
        style.note(_stands(on, _))
        marks = {since: since.isoformat(), until: until.isoformat(), today: _("today")}
        _chart(lines, marks, _("Lists of regions over time"), _("Region"), "regionmap-lists.csv", _)
    with right:
        _rules(on)


@st.fragment
def _rules(on: dt.date) -> None:
    """Write the rules of an industry over time: another industry runs, and sends, nothing else."""
    _, rm, language, today = state.words(), service.loaded(), state.language(), dt.date.today()
    state.write()
    try:
        subject = rm.subject(state.get("industry"))
        lines = timelines.rule_lines(rm, state.get("industry"), on)
    except InputError as error:
        pickers.industry(_)
        frame.refuse(error, asked=state.get("industry"))
        return
    head = _("Rules that restrict {industry}, over time", industry=subject.heading[language])
    style.head(head, len(lines))
    pickers.industry(_)
    _keys(timelines.COLOURS, _)
    style.note(_stands(on, _))
    marks = {on: on.isoformat(), today: _("today")}
    _chart(lines, marks, head, _("Effect"), f"regionmap-rules-{state.get('industry')}.csv", _)


def _stands(on: dt.date, _: Words) -> str:
    return _("In brackets: what became of it by {day}, the date of the page.", day=on.isoformat())


def _chart(
    lines: list[timelines.Line], marks: dict[dt.date, str], describe: str, head: str, file_name: str, _: Words
) -> None:
    if not lines:
        style.note(_("The loaded documents say nothing here. That does not mean that there is no such rule."))
        return
    st.html(timeline_chart.chart(lines, marks, state.language(), describe, _))
    _as_table(lines, describe, head, file_name)


@st.fragment
def _as_table(lines: list[timelines.Line], describe: str, head: str, file_name: str) -> None:
    """Write the same facts as a table: made, and sent, when it is opened."""
    _ = state.words()
    with st.expander(_("The same facts as a table"), key=f"open-{file_name}", on_change="rerun") as twin:
        if twin.open:
            header, body = timelines.cells(lines, head, state.language(), _)
            row_table(header, body, key=f"table-{file_name}", label=describe, widths=(150, 220))
            name = _("Download as CSV")
            st.download_button(
                name, tables.to_csv(header, body), file_name, "text/csv", on_click="ignore", key=file_name
            )


def _keys(colours: dict[Ruling, str], _: Words) -> None:
    """The legend of a chart: colours by what a rule does, and how a span of days is drawn."""
    language = state.language()
    if colours:
        drawn = {"full": _("In force"), "pale": _("Target date passed"), "thin": _("Historic rule")}
    else:
        drawn = {key: timelines.LIST_WORDS[key == "full"][language] for key in ("full", "pale")}
    lines = [
        f"<li>{style.swatch(colour)}<span>{style.in_language(RULINGS[ruling], language)}</span></li>"
        for ruling, colour in colours.items()
    ]
    lines += [f'<li><i class="rm-span {key}"></i><span>{style.said(words)}</span></li>' for key, words in drawn.items()]
    name = _("Legend of the chart")
    st.html(f'<ul class="rm-legend" aria-label="{escaped(name)}">{"".join(lines)}</ul>')

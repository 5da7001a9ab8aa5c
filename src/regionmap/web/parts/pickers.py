"""Controls that both pages share: industry, action, date, place. Each is tied to the page-wide state."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

import streamlit as st

from regionmap.errors import InputError
from regionmap.i18n import word_list
from regionmap.limits import FIRST_DAY, LAST_DAY
from regionmap.model import Action, Level, Unit
from regionmap.places.coordinate_text import CoordinateTextError, parse_angle, parse_pair
from regionmap.places.errors import AmbiguousPlaceError, SwappedCoordinatesError, UnknownPlaceError
from regionmap.rules.pilots import PilotStatus, standing_of
from regionmap.web import service, state
from regionmap.web.parts import frame
from regionmap.words import ACTIONS, DATUMS

Words = Callable[..., str]


def industry(_: Words) -> None:
    """Offer the industries, searchable by name and code; any GB/T 4754 code may be typed."""
    labels = service.industry_labels(state.language())
    chosen = state.get("industry")
    options = [*labels] if chosen in labels else [chosen, *labels]
    st.selectbox(
        _("Industry (name or GB/T 4754 code)"),
        options,
        format_func=lambda one: labels.get(one, one),
        accept_new_options=True,
        placeholder=_("Type a name or a code"),
        **state.bound("industry", chosen, to_text=lambda answer: str(answer).strip()[:100] or chosen),
    )


def action(_: Words) -> None:
    """Offer the actions."""
    language = state.language()
    st.selectbox(
        _("Action"),
        list(Action),
        format_func=lambda one: ACTIONS[one][language],
        **state.bound("action", state.action()),
    )


def programme(_: Words) -> None:
    """Offer the pilot programmes, searchable by name: those in force on the date first, the others marked."""
    language, programmes, on = state.language(), service.loaded().catalogue.programmes, state.date()
    chosen = state.get("programme")
    current = (PilotStatus.LISTED, PilotStatus.DAY_UNKNOWN)
    old = {name for name, one in programmes.items() if standing_of(one, on) not in current}

    def words(one: str) -> str:
        name = programmes[one].name[language] if one in programmes else one
        return _("{programme} · not in force on {day}", programme=name, day=on.isoformat()) if one in old else name

    st.selectbox(
        _("Pilot programme"),
        [*([] if chosen in programmes else [chosen]), *sorted(programmes, key=lambda one: one in old)],
        format_func=words,
        **state.bound("programme", chosen),
    )


def date(_: Words) -> None:
    """Offer any date."""
    st.date_input(
        _("Date"),
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        **state.bound("date", state.date(), to_text=dt.date.isoformat),
    )


def change_dates(_: Words, days: Iterable[dt.date] | None = None) -> None:
    """Offer the dates on which rules changed, or the given days: step back and forth, or slide."""
    found = service.loaded().change_dates() if days is None else days
    dates = [one for one in found if FIRST_DAY <= one <= LAST_DAY]
    if not dates:
        return
    now, today = state.date(), dt.date.today()
    earlier = dates[: bisect.bisect_left(dates, now)]
    later = dates[bisect.bisect_right(dates, now) :]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        stops = sorted({*dates, now, today})
        st.select_slider(
            _("Days on which rules change") if days is None else _("Days on which its lists change"),
            stops,
            format_func=lambda day: day.isoformat(),
            **state.bound("date", now, to_text=dt.date.isoformat, page="-slide"),
        )
        _to_day("‹", earlier[-1:], key="earlier", tip=_("The change before"))
        _to_day("›", later[:1], key="later", tip=_("The change after"))
        st.button(_("Today"), disabled=now == today, key="today", on_click=lambda: state.put(date=""))


def _to_day(words: str, days: Sequence[dt.date], *, key: str, tip: str) -> None:
    """Write a button that leads to a day, which is not to be pressed where there is none."""

    def go() -> None:
        state.put(date=days[0].isoformat())

    st.button(words, help=tip, disabled=not days, key=key, on_click=go)


def province(_: Words) -> None:
    """Offer a province to look at, county by county."""
    language, gazetteer = state.language(), service.loaded().gazetteer
    names = {one.code: one.name_en if language == "en" else one.name for one in gazetteer.units(Level.PROVINCE)}
    chosen = state.get("province")
    st.selectbox(
        _("Zoom to"),
        ["", *names],
        format_func=lambda code: names.get(code, _("the whole country")),
        label_visibility="collapsed",
        **state.bound("province", chosen if chosen in names else ""),
    )


def place(_: Words) -> None:
    """Ask for a place by name or adcode."""
    st.session_state["w-place"] = state.get("place")
    st.text_input(
        _("Place (name or code)"),
        placeholder=_("for example 保定, Baoding or 130600"),
        max_chars=60,
        key="w-place",
        on_change=lambda: state.choose_place(st.session_state["w-place"]),
    )


def coordinates(_: Words) -> None:
    """Ask for a point: longitude, latitude and datum."""
    st.session_state["w-lon"], st.session_state["w-lat"] = state.get("lon"), state.get("lat")
    st.session_state["w-datum"] = state.get("datum")

    def keep() -> None:
        lon, lat = _degrees(st.session_state["w-lon"], st.session_state["w-lat"])
        state.put(lon=lon[:24], lat=lat[:24], datum=st.session_state["w-datum"], place="")

    language = state.language()
    left, middle, right = st.columns([1, 1, 1.5])
    left.text_input(_("Longitude (degrees)"), placeholder="115.46", key="w-lon", on_change=keep)
    middle.text_input(_("Latitude (degrees)"), placeholder="38.87", key="w-lat", on_change=keep)
    right.selectbox(
        _("Datum"),
        state.DATUMS,
        format_func=lambda one: DATUMS[one][language],
        key="w-datum",
        on_change=keep,
    )


def _degrees(lon: str, lat: str) -> tuple[str, str]:
    """Return both coordinates as the address keeps them: angles as decimals, a pair in one field taken apart."""
    try:
        if lon.strip() and not lat.strip():
            lon, lat = (f"{one:.10g}" for one in parse_pair(lon))
    except CoordinateTextError:
        return lon.strip(), ""
    found = []
    for text in (lon.strip(), lat.strip()):
        try:
            found.append(f"{parse_angle(text).degrees:.10g}" if text else "")
        except CoordinateTextError:
            found.append(text)  # said by what asks with it
    return found[0], found[1]


def refused_place(
    error: InputError, _: Words, choose: Callable[[str], None] = state.choose_place, *, asked: str = ""
) -> None:
    """Write what is wrong with a place, and offer the places that it may mean as buttons.

    Args:
        error: what is wrong.
        _: gives a message in the language of the page.
        choose: takes the code of the place that was offered and chosen.
        asked: what the user typed, the place of the state where it is not given.
    """
    frame.refuse(error, asked=asked or state.get("place"))
    if isinstance(error, SwappedCoordinatesError):
        if st.button(_("Exchange them"), icon=":material/swap_horiz:", key="swap"):
            state.put(lon=state.get("lat"), lat=state.get("lon"))
            st.rerun()
        return
    codes: tuple[str, ...] = ()
    if isinstance(error, AmbiguousPlaceError):
        codes = error.candidates
    elif isinstance(error, UnknownPlaceError):
        codes = error.suggestions
    gazetteer = service.loaded().gazetteer
    with st.container(horizontal=True):
        for code in codes[:12]:
            unit = gazetteer.unit(code)
            if st.button(_candidate(unit), key=f"candidate-{code}"):
                choose(code)
                st.rerun()


def _candidate(unit: Unit) -> str:
    gazetteer, language = service.loaded().gazetteer, state.language()
    above = gazetteer.ancestors(unit.code)
    names = [one.name_en if language == "en" else one.name for one in (unit, *above)]
    return frame.escape_markdown(
        f"{', '.join(names)} · {unit.code}" if language == "en" else f"{''.join(reversed(names))} {unit.code}"
    )


def document(_: Words) -> None:
    """Read the document of the address, which may be a number or a title, as its id; one that is none is let go."""
    if not state.get("source"):
        return
    found = ""
    try:
        found = service.loaded().source(state.get("source")).id
    except InputError:
        asked = state.get("source")
        known = {name: one for one in service.loaded().sources() for name in (one.id, one.number, one.title.zh) if name}
        near = [known[name] for name in get_close_matches(asked, known, 3)]
        if near:
            names = word_list(dict.fromkeys(f"{one.number or one.title.zh} ({one.id})" for one in near))
            frame.refuse_words(_("No document is called '{asked}'. Near it: {names}.", asked=asked, names=names))
        else:
            frame.refuse_words(_("No document is called '{asked}': give its number or its title.", asked=asked))
    if found != state.get("source"):
        state.put(source=found)

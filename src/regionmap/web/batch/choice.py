"""The controls of the batch page: which column holds what, and what holds for rows whose column says nothing."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from regionmap.errors import InputError
from regionmap.screening.columns import Columns
from regionmap.screening.files.opening import ENDINGS
from regionmap.web import state
from regionmap.web.batch.columns import LABELS, ROLES, chosen_of, preset
from regionmap.web.batch.source import Head, Source
from regionmap.web.batch.words import DATUM, ENCODING
from regionmap.web.parts import pickers, style
from regionmap.words import DATUMS

Words = Callable[..., str]
_NONE = "—"
_ENCODINGS = ("", "utf-8", "gb18030", "big5", "utf-16")
_OF = "regionmap-batch-choice"
_ONE_INDUSTRY = "w-batch-one-industry"
_CRS = "w-batch-crs"


def forget() -> None:
    """Let go of the choices of a file."""
    st.session_state.pop(_OF, None)
    for role in ROLES:
        st.session_state.pop(_key(role), None)
    st.session_state.pop(_ONE_INDUSTRY, None)
    st.session_state.pop(_CRS, None)


def encoding(source: Source, *, disabled: bool) -> str | None:
    """Ask for the encoding of a text file; None where it is to be found out."""
    if ENDINGS.get(source.ending) != "csv":
        return None
    _ = state.words()
    return (
        st.selectbox(
            ENCODING[state.language()],
            _ENCODINGS,
            format_func=lambda one: one.upper() or _("found out by itself"),
            key=f"w-batch-encoding-{source.id}",
            disabled=disabled,
            width=260,
        )
        or None
    )


def sheet(source: Source, titles: tuple[str, ...], *, disabled: bool) -> str | None:
    """Ask for the sheet of a workbook that has several; None where it is to be found out."""
    if len(titles) < 2:
        return None
    _ = state.words()
    return (
        st.selectbox(
            _("Sheet"),
            ["", *titles],
            format_func=lambda one: one or _("found out by itself"),
            key=f"w-batch-sheet-{source.id}",
            disabled=disabled,
            width=260,
        )
        or None
    )


def crs() -> str | None:
    """Return the coordinate system that was given for coordinates in metres."""
    return str(st.session_state.get(_CRS) or "").strip() or None


def recognised(source: Source, head: Head, coding: object) -> tuple[Columns, InputError | None]:
    """Return what is recognised in a file, and what is wrong with it; the controls start from it."""
    held = st.session_state.get(_OF)
    if held is None or held[0] != (source.id, coding):
        forget()
        held = ((source.id, coding), *preset(head.names))
        st.session_state[_OF] = held
    found: Columns = held[1]
    wrong: InputError | None = held[2]
    for role, value in chosen_of(found).items():
        st.session_state.setdefault(_key(role), value)
    st.session_state.setdefault(_ONE_INDUSTRY, found.industry is None)
    return found, wrong


def controls(head: Head, found: Columns, _: Words, *, disabled: bool) -> tuple[dict[str, tuple[str, ...]], str | None]:
    """Ask for the columns and for what holds for all rows; return columns by role and the industry for all rows."""
    chosen: dict[str, tuple[str, ...]] = {}
    for roles in (ROLES[:5], ROLES[5:]):
        for place, role in zip(st.columns(len(roles), vertical_alignment="bottom"), roles, strict=True):
            with place:
                chosen[role] = _column(role, head, found, disabled=disabled)
    style.note(_("For rows where no column says otherwise, or whose cell is blank:"))
    first, second, third, fourth, fifth = st.columns(5, vertical_alignment="bottom")
    with first:
        one = st.toggle(_("One industry for them"), key=_ONE_INDUSTRY, disabled=disabled or not chosen["industry"])
        one = one or not chosen["industry"]
        if one:
            pickers.industry(_)
    with second:
        pickers.action(_)
    with third:
        pickers.date(_)
    with fourth:
        language = state.language()
        st.selectbox(
            DATUM[language],
            state.DATUMS,
            format_func=lambda datum: DATUMS[datum][language],
            **state.bound("datum", state.get("datum"), page="-batch"),
        )
    with fifth:
        st.text_input(
            _("Coordinate system, of coordinates in metres"),
            placeholder=_("EPSG:4527, zone 39 or 117E"),
            key=_CRS,
            max_chars=100,
            disabled=disabled,
        )
    return chosen, state.get("industry") if one else None


def _column(role: str, head: Head, found: Columns, *, disabled: bool) -> tuple[str, ...]:
    options: list[tuple[str, ...]] = [(), *((name,) for name in head.names)]
    if role == "place" and len(found.place) > 1:
        options.insert(1, found.place)
    if st.session_state.get(_key(role)) not in options:
        st.session_state[_key(role)] = ()
    return st.selectbox(
        LABELS[role][state.language()],
        options,
        format_func=lambda names: " + ".join(names) or _NONE,
        key=_key(role),
        disabled=disabled,
    )


def _key(role: str) -> str:
    return f"w-batch-column-{role}"

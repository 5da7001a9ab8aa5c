"""The site check for an area: pasted or uploaded as GeoJSON, KML or WKT, or a circle around a point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from regionmap.errors import InputError
from regionmap.i18n import joined, tn
from regionmap.limits import LARGEST_FILE_BYTES
from regionmap.model import Extent, Ruling, Text
from regionmap.places.area_text import area_from_text, circle
from regionmap.places.coordinates import check_coordinates
from regionmap.places.errors import AreaError
from regionmap.rules.verdict.answers import Share, Verdict
from regionmap.web import service, state
from regionmap.web.parts import place_panel, style, uploader
from regionmap.words import ruling_words

Words = Callable[..., str]
TEXT, FILE, LON, LAT, RADIUS = "area-text", "area-file", "area-lon", "area-lat", "area-radius"
MOST_NAMED = 3
"""Units that the headline names."""
MOST_UNITS = 30
"""Units with a verdict of their own in the table; the largest shares come first."""


def question(_: Words) -> None:
    """Write the controls for an area."""
    st.text_area(
        _("Area as GeoJSON, KML or WKT (WGS-84, longitude first)"),
        key=TEXT,
        height=96,
        placeholder="POLYGON ((115.4 38.8, 115.6 38.8, 115.6 39.0, 115.4 39.0, 115.4 38.8))",
    )
    with st.container(key="rm-area-file"):
        uploader.button_in_words("rm-area-file", _)
        st.file_uploader(_("or a file of one of these"), key=FILE)
    lon, lat, radius = st.columns(3)
    with lon:
        st.text_input(_("or a circle: longitude"), key=LON)
    with lat:
        st.text_input(_("latitude"), key=LAT)
    with radius:
        st.text_input(_("radius, km"), key=RADIUS)


def given() -> Any | None:
    """Return the area that was given as a shapely geometry, None where nothing was.

    Raises:
        InputError: it cannot be read; see ``regionmap.places.area_text``.
    """
    held = st.session_state
    uploaded, text = held.get(FILE), (held.get(TEXT) or "").strip()
    if uploaded is not None:
        if uploaded.size > LARGEST_FILE_BYTES:
            raise AreaError(
                "{area} has {megabytes} MB, more than {most}: simplify the outline",
                area=uploaded.name,
                megabytes=f"{uploaded.size / 1e6:,.0f}",
                most=f"{LARGEST_FILE_BYTES / 1e6:.0f}",
            )
        try:
            return area_from_text(uploaded.getvalue().decode("utf-8-sig"), uploaded.name)
        except UnicodeDecodeError:
            raise AreaError(
                "{area} is not text in UTF-8: save the area as GeoJSON, KML or WKT", area=uploaded.name
            ) from None
    if text:
        return area_from_text(text)
    lon, lat, radius = (held.get(key) or "" for key in (LON, LAT, RADIUS))
    if not (lon or lat or radius):
        return None
    x, y = check_coordinates(lon, lat)
    try:
        return circle(x, y, float(radius) * 1000)
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise AreaError("'{given}' is no radius: give a number of kilometres, such as 5", given=radius[:40]) from None


def named(found: Verdict, _: Words) -> str:
    """Return what was asked about: a place, the units that a name stands for, or those that an area touches."""
    language = state.language()
    units = [one.unit for one in found.shares] or list(found.places)
    if len(units) == 1:
        place = place_panel.full_name(units[0], found.date, language)
        return _("an area in {place}", place=place) if found.shares else place
    first = units[:MOST_NAMED]
    names = joined([Text(one.name, one.name_en) for one in first])[language]
    if len(units) == len(first):
        return _("an area in {count} units: {names}", count=len(units), names=names) if found.shares else names
    if found.shares:  # in the order of their shares
        return _("an area in {count} units, the most of it in {names}", count=len(units), names=names)
    return _("{count} units, among them {names}", count=len(units), names=names)


def shares(found: Verdict, _: Words) -> None:
    """Write the units that an area touches with their shares of it: one line for all of the same verdict."""
    if not found.shares:
        return
    rm, language = service.loaded(), state.language()
    industry = found.subject.code or found.subject.id
    alike: dict[tuple[Ruling, Extent], list[Share]] = {}
    for one in found.shares[:MOST_UNITS]:
        own = rm.check(one.unit.code, industry=industry, action=found.action, on=found.date)
        alike.setdefault((own.ruling, own.extent), []).append(one)
    rows = []
    for (ruling, extent), units in alike.items():
        names = (", " if language == "en" else "、").join(_named(one, language, alone=len(units) == 1) for one in units)
        share = sum(one.share for one in units)
        word = style.chip(ruling.value, ruling_words(ruling, extent)[language])
        rows.append(f"<tr><td>{style.said(names)}</td><td>{share:.1%}</td><td>{word}</td></tr>")
    style.head(_("Units that the area touches"), len(found.shares))
    st.html(f'<table class="rm-batch-table">{"".join(rows)}</table>')
    if len(found.shares) > MOST_UNITS:
        rest = tn("and {count} more unit", "and {count} more units", len(found.shares) - MOST_UNITS)
        style.note(rest[state.language()])


def _named(one: Share, language: str, *, alone: bool) -> str:
    """Return a unit's name and code, with its own share where the line is for several."""
    name = f"{one.unit.name_en if language == 'en' else one.unit.name} {one.unit.code}"
    return name if alone else f"{name} ({one.share:.1%})"

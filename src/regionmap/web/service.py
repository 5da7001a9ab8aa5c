"""What the pages ask of regionmap, kept for all sessions: loaded once, answers kept by question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import folium
import streamlit as st

import regionmap
from regionmap.api import Regionmap
from regionmap.model import Action, Level
from regionmap.output.maps import base_map
from regionmap.rules.verdict.answers import PlaceAnswer
from regionmap.web.parts.ruled import Ruled, named_parts, ruled, ruled_rest

NARROW_HEIGHT = 400
"""Height in pixels of a map of the country that is less than 500 wide; the style sheet gives its frame the same."""
LEGEND_WIDTH = 205
"""Pixels that the style sheet gives the legend of a map (``.rm-key``), with its distance from the edge."""


@dataclass(frozen=True, slots=True)
class National:
    """Rulings of the whole country.

    ``whole``: every prefecture-level unit, the strictest of all that covers it; ``drawn``: the same without the parts
    that rules name; ``parts``: those parts, by themselves.
    """

    whole: tuple[Ruled, ...]
    drawn: tuple[Ruled, ...]
    parts: tuple[Ruled, ...]


@st.cache_resource(show_spinner=False)
def loaded() -> Regionmap:
    """Return the loaded catalogue and places; treat it as frozen."""
    return regionmap.load()


@st.cache_resource(show_spinner=False, max_entries=64)
def national(industry: str, action: Action, on: dt.date, special: bool = False) -> National:
    """Return the rulings of the whole country by the prefecture-level units of the date.

    ``special``: of the rules alone that do not hold everywhere.

    Raises:
        InputError: the industry is unknown.
    """
    question, gazetteer = loaded().question(industry, action, on), loaded().gazetteer
    units = gazetteer.prefecture_level_units(on)

    def _as_of(one: Ruled) -> Ruled:
        return replace(one, unit=gazetteer.past_units.as_of(one.unit, on))

    parts = {part.code: part for unit in units for part in named_parts(question, unit, special=special)}
    return National(
        whole=tuple(_as_of(ruled(question, unit, special=special)) for unit in units),
        drawn=tuple(_as_of(ruled_rest(question, unit, special=special)) for unit in units),
        parts=tuple(ruled(question, one, special=special) for one in parts.values() if one.level is Level.COUNTY),
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def by_county(province: str, industry: str, action: Action, on: dt.date, special: bool = False) -> tuple[Ruled, ...]:
    """Return the ruling for each county of a province; ``special`` as in ``national``."""
    question, gazetteer = loaded().question(industry, action, on), loaded().gazetteer
    return tuple(ruled(question, gazetteer.unit(code), special=special) for code in gazetteer.counties(province))


@st.cache_resource(show_spinner=False, max_entries=64)
def place_answer(place: str, point: tuple[float, float, str] | None, on: dt.date) -> PlaceAnswer | None:
    """Return everything about a place by name or about a point; None where neither is given.

    Raises:
        InputError: the place or the point cannot be used.
    """
    if point is not None:
        lon, lat, datum = point
        return loaded().lookup(lon=lon, lat=lat, datum=datum, on=on)
    return loaded().lookup(place, on=on) if place else None


@st.cache_data(show_spinner=False)
def industry_labels(language: str = "zh") -> dict[str, str]:
    """Return what the industry picker offers, id → names and codes: both names, that in the page's language first.

    Args:
        language: of the page, ``zh`` or ``en``.
    """
    labels = {}
    for one in loaded().industries():
        codes = " ".join(code.code for code in one.codes[:4])
        names = (one.name.zh, one.name.en) if language == "zh" else (one.name.en, one.name.zh)
        labels[one.id] = " ".join(names) + (f" · {codes}" if codes else "")
    return labels


def industry_name(asked: str, language: str) -> str:
    """Return the name of an industry by its id; what is none, as it was asked."""
    known = loaded().catalogue.industries.get(asked)
    return known.name[language] if known is not None else asked


def place_name(asked: str, language: str) -> str:
    """Return the name of a unit by its adcode; what is none, as it was asked."""
    gazetteer = loaded().gazetteer
    gone = gazetteer.past_units.gone.get(asked)
    known = gazetteer.by_code.get(asked) if gone is None else gone.unit
    return asked if known is None else known.name_en if language == "en" else known.name


def national_base(*, legend: bool = False) -> folium.Map:
    """Return a new base map; st_folium changes the map that it is given, so every run needs its own."""
    return base_map(narrow_height=NARROW_HEIGHT, legend_width=LEGEND_WIDTH if legend else 0)


def plain_base() -> folium.Map:
    """Return a new base map for small maps."""
    return base_map()

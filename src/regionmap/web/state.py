"""What the user chose, page-wide: kept in the address, so that a link gives the same answer again.

The address is read when a session begins or when the user edits it or goes back; it is written on every change. All
values are kept as the strings that the address shows; the functions below give them their types.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

import streamlit as st

from regionmap.i18n import LANGUAGES, t, translator, word_list
from regionmap.limits import FIRST_DAY, LAST_DAY
from regionmap.model import Action, Effect, Level, Status, Text
from regionmap.model.datum import Datum
from regionmap.web.unknown import ASKED


class Show(StrEnum):
    """What the map shows."""

    RULES = "rules"
    REGIONS = "regions"
    BASINS = "basins"
    PILOTS = "pilots"


class Lens(StrEnum):
    """Which rules the map of verdicts is drawn by: those special to places, or all that bind."""

    SPECIAL = "special"
    ALL = "all"


DATUMS = tuple(one.value for one in Datum)

DEFAULTS: dict[str, str] = {
    "lang": "zh",
    "date": "",
    "industry": "steel",
    "action": Action.NEW.value,
    "show": Show.RULES.value,
    "lens": Lens.SPECIAL.value,
    "programme": "",
    "province": "",
    "place": "",
    "lon": "",
    "lat": "",
    "datum": "wgs84",
    "text": "",
    "only": "",
    "within": "",
    "source": "",
    "effect": "",
    "status": "",
    "rule": "",
    "region": "",
    "since": "",
    "until": "",
    "way": "from",
    "origin": "",
    "tier": "",
    "clear": "",
    "level": "",
    "into": "",
    "km": "",
    "compare": "",
}

_STORE = "regionmap-state"
_ADDRESS = "regionmap-address"
_PROBLEMS = "regionmap-problems"
_UNKNOWN = "regionmap-unknown-names"
_DATES = frozenset({"date", "since", "until"})


def _is_date(value: str) -> bool:
    try:
        return FIRST_DAY <= dt.date.fromisoformat(value) <= LAST_DAY
    except ValueError:
        return False


def _is_degrees(value: str) -> bool:
    return re.fullmatch(r"-?\d{1,3}(\.\d{1,12})?", value) is not None


def _is_id(value: str) -> bool:
    return re.fullmatch(r"[a-z0-9][a-z0-9./-]{0,160}", value) is not None


_CHECKS: dict[str, Callable[[str], bool]] = {
    "lang": LANGUAGES.__contains__,
    "date": _is_date,
    "industry": lambda value: len(value) <= 100,
    "action": lambda value: value in list(Action),
    "show": lambda value: value in list(Show),
    "lens": lambda value: value in list(Lens),
    "programme": _is_id,
    "province": lambda value: re.fullmatch(r"\d{6}", value) is not None,
    "place": lambda value: len(value) <= 60,
    "lon": _is_degrees,
    "lat": _is_degrees,
    "datum": DATUMS.__contains__,
    "text": lambda value: len(value) <= 100,
    "only": lambda value: len(value) <= 100,
    "within": lambda value: len(value) <= 60,
    "source": lambda value: len(value) <= 200,
    "effect": lambda value: value in list(Effect),
    "status": lambda value: value in list(Status),
    "rule": _is_id,
    "region": _is_id,
    "since": _is_date,
    "until": _is_date,
    "way": lambda value: value in {"from", "to"},
    "origin": lambda value: len(value) <= 60,
    "tier": lambda value: value in {"named", "class"},
    "clear": lambda value: value == "1",
    "level": lambda value: value in list(Level),
    "into": _is_id,
    "km": lambda value: re.fullmatch(r"[1-9]\d{0,4}", value) is not None,
    "compare": lambda value: re.fullmatch(r"\d{6}(,\d{6}){0,3}", value) is not None,
}


_ADDED_BY_OTHERS = re.compile(
    r"(?:utm_\w+|spm|gclid|fbclid|isappinstalled)=.*|from=(?:timeline|singlemessage|groupmessage)", re.DOTALL
)
"""What mails and chats add to a link that is sent in them: nobody asked it of this page."""


def begin() -> None:
    """Take over what the address says, or let the address say what was chosen. Call it once, at the head of a run."""
    address = {name: st.query_params[name] for name in DEFAULTS if name in st.query_params}
    first = _STORE not in st.session_state
    others = {name: value for name, value in st.query_params.items() if name not in DEFAULTS and name != ASKED}
    unknown = {name: value for name, value in others.items() if not _ADDED_BY_OTHERS.fullmatch(f"{name}={value}")}
    if first or unknown or (address and address != st.session_state[_ADDRESS]):
        read(address, [f"{name[:40]}={value[:40]}" for name, value in unknown.items()])
    for name in unknown:
        del st.query_params[name]  # said once
    write()


def read(address: dict[str, str], unknown: Sequence[str] = ()) -> None:
    """Take the values of an address; what cannot be used is left out and told by ``problems``, like what is unknown."""
    values = dict(DEFAULTS)
    refused = []
    for name, value in address.items():
        if value and not _CHECKS[name](value):
            refused.append(f"{name}={value[:40]}")
        elif value:
            values[name] = value
    st.session_state[_STORE] = values
    st.session_state[_PROBLEMS] = refused
    st.session_state[_UNKNOWN] = list(unknown)


def write() -> None:
    """Let the address say what is chosen. The language is always said; other values where they are not the default."""
    address = said()
    if {name: st.query_params[name] for name in DEFAULTS if name in st.query_params} != address:
        others = {name: value for name, value in st.query_params.items() if name not in DEFAULTS}
        st.query_params.from_dict(others | address)
    st.session_state[_ADDRESS] = address


def said() -> dict[str, str]:
    """Return the part of the state that the address says."""
    values: dict[str, str] = st.session_state[_STORE]
    return {name: value for name, value in values.items() if name == "lang" or value != DEFAULTS[name]}


def problems() -> Text | None:
    """Return what the address held that cannot be used and what is shown instead, None if nothing."""
    refused: list[str] = st.session_state.get(_PROBLEMS, [])
    if not refused:
        return None
    values = word_list(refused)
    if any(one.split("=")[0] in _DATES for one in refused):
        return t(
            "The address held values that cannot be used, and the usual ones are shown: {values}. A date is written "
            "as 2026-11-28, from {first} to {last}.",
            values=values,
            first=FIRST_DAY.isoformat(),
            last=LAST_DAY.isoformat(),
        )
    return t("The address held values that cannot be used, and the usual ones are shown: {values}.", values=values)


def unknown() -> Text | None:
    """Return which names the address held that no page knows, None if none."""
    found: list[str] = st.session_state.get(_UNKNOWN, [])
    if not found:
        return None
    return t(
        "The address held what no page knows, and it was left out: {names}. Choose on the page; the address then "
        "says it.",
        names=word_list(found),
    )


def put(**values: str) -> None:
    """Change the state; the address follows at once."""
    st.session_state[_STORE].update(values)
    st.session_state[_PROBLEMS] = []
    st.session_state[_UNKNOWN] = []


def get(name: str) -> str:
    """Return one value as the address would show it."""
    return str(st.session_state.get(_STORE, DEFAULTS)[name])


def language() -> str:
    """Return ``zh`` or ``en``."""
    return get("lang")


def words() -> Callable[..., str]:
    """Return the function that gives a message in the language of the page."""
    return translator(language())


def date() -> dt.date:
    """Return the date that was asked for: today, unless another was chosen."""
    chosen = get("date")
    return dt.date.fromisoformat(chosen) if chosen else dt.date.today()


def action() -> Action:
    """Return the action."""
    return Action(get("action"))


def show() -> Show:
    """Return what the map shows."""
    return Show(get("show"))


def lens() -> Lens:
    """Return which rules the map of verdicts is drawn by."""
    return Lens(get("lens"))


def point() -> tuple[float, float, str] | None:
    """Return longitude, latitude (degrees) and datum, None where no point was chosen or what was typed is none."""
    if not (_is_degrees(get("lon")) and _is_degrees(get("lat"))):
        return None
    return float(get("lon")), float(get("lat")), get("datum")


def choose_point(lon: float, lat: float, datum: str = "wgs84") -> None:
    """Choose a point; it replaces a place that was chosen by name."""
    put(lon=f"{lon:.5f}", lat=f"{lat:.5f}", datum=datum, place="")


def choose_place(text: str) -> None:
    """Choose a place by name or adcode; it replaces a point."""
    put(place=text.strip()[:60], lon="", lat="", datum=DEFAULTS["datum"])


def bound(name: str, value: Any, *, to_text: Callable[[Any], str] = str, page: str = "") -> dict[str, Any]:
    """Return the arguments that tie a widget to a value of the state.

    Args:
        name: the value of the state.
        value: what the widget shows now.
        to_text: how an answer of the widget is written into the state. A widget that was emptied changes nothing.
        page: tells apart widgets that stand for the same value on one page.
    """
    key = f"w-{name}{page}"

    def keep() -> None:
        answer = st.session_state[key]
        if answer is not None:
            put(**{name: to_text(answer)})

    st.session_state[key] = value
    return {"key": key, "on_change": keep}

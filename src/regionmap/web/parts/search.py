"""The search box at the head of every page: a place, coordinates or an industry, with suggestions while typing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from regionmap.i18n import tn
from regionmap.limits import LONGEST_NAME
from regionmap.web import service, state
from regionmap.web.parts import frame
from regionmap.web.parts.suggestions import Kind, suggestions

_FOLDER = Path(__file__).parent
_KEY = "regionmap-search"
_TYPED = "regionmap-search-typed"
_CHOSEN = "regionmap-search-chosen"
PLACE_CHOSEN = "regionmap-place-chosen"
"""Set in the session when a place was chosen elsewhere than on the map: the panel beside the map shows it."""
_component = st.components.v2.component(
    "regionmap.search",
    html='<div class="search"><svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'aria-hidden="true"><circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/></svg>'
    # A name from the start, in both languages; the script puts the page's own in its place once it runs.
    '<input type="search" role="combobox" aria-label="搜索 Search" aria-expanded="false" aria-autocomplete="list" '
    'aria-controls="rm-suggestions" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search">'
    '<ul id="rm-suggestions" role="listbox" hidden></ul><div class="said" role="status"></div></div>',
    css=(_FOLDER / "search.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "search.js").read_text(encoding="utf-8"),
)
# Pages that show a place, or an industry; from any other the search leads to one that does.
_PLACE_PAGES = frozenset({"map", "site", "history", "transfer"})
_INDUSTRY_PAGES = frozenset({"map", "site", "history", "transfer", "batch", "rules"})


@st.fragment
def box(page: str) -> None:
    """Write the box on the page of this address; typing runs nothing but the box again."""
    _, language = state.words(), state.language()
    asked = str(st.session_state.get(_TYPED, ""))
    labels = service.industry_labels(language)
    found = suggestions(service.loaded(), labels, asked, language, state.date()) if asked else ()
    kinds = {Kind.PLACE: _("Place"), Kind.POINT: _("Point"), Kind.INDUSTRY: _("Industry")}
    said = _("Nothing is called so. A place may be typed in Chinese, in pinyin or as a code.")
    if len(asked) > LONGEST_NAME:
        said = _("No name is so long: type at most {count} characters.", count=LONGEST_NAME)
    elif found:
        said = tn("{count} suggestion", "{count} suggestions", len(found))[language]
    _component(
        key=_KEY,
        data={
            "label": _("Search for a place, coordinates or an industry"),
            "placeholder": _("Place, coordinates or industry: Baoding, steel"),
            "asked": asked,
            "longest": LONGEST_NAME,
            "found": [
                {
                    "kind": one.kind.value,
                    "value": one.value,
                    "what": kinds[one.kind],
                    "head": one.head,
                    "more": one.more,
                }
                for one in found
            ],
            "said": said,
        },
        on_typed_change=_typed,
        on_chosen_change=_chosen,
    )
    chosen = st.session_state.pop(_CHOSEN, None)
    if chosen is not None:
        _go_on(page, chosen)


def _typed() -> None:
    typed = str(st.session_state[_KEY]["typed"] or "")
    st.session_state[_TYPED] = typed[: LONGEST_NAME + 1]  # as much as tells that it is too long


def _chosen() -> None:
    chosen = st.session_state[_KEY]["chosen"] or {}
    kind, value = str(chosen.get("kind", "")), str(chosen.get("value", ""))[:LONGEST_NAME]
    if kind == Kind.PLACE:
        state.choose_place(value)
        state.put(origin=value)
    elif kind == Kind.POINT:
        lon, _, lat = value.partition(",")
        state.choose_point(float(lon), float(lat))
    elif kind == Kind.INDUSTRY:
        state.put(industry=value, only=value)
    st.session_state[_TYPED] = ""
    st.session_state[_CHOSEN] = kind
    st.session_state[PLACE_CHOSEN] = kind != Kind.INDUSTRY


def _go_on(page: str, kind: str) -> None:
    """Run the page again with the choice, or lead to one that shows it."""
    if kind == Kind.INDUSTRY:
        if page not in _INDUSTRY_PAGES:
            frame.go(frame.FIRST)
    elif page not in _PLACE_PAGES:
        frame.go("site")
    st.rerun()

"""What every page has around it: title, style, language switch, links, and the check of the vendored files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from regionmap.errors import RegionmapError
from regionmap.output.escape import escaped
from regionmap.web import state
from regionmap.web.parts import leaflet, page_script, style

_ICON = Path(__file__).with_name("icon.svg")
_PAGES = "regionmap-pages"
FIRST = ""
"""The address of the page that the app opens with."""


def begin() -> None:
    """Begin a run: the browser's title, the choices of the address, the style."""
    st.set_page_config(page_title="regionmap", page_icon=str(_ICON), layout="wide", initial_sidebar_state="auto")
    state.begin()
    style.apply()
    page_script.apply(state.language())


def sidebar(pages: Sequence[Any]) -> None:
    """Write the sidebar: language first, then the pages."""
    _ = state.words()
    st.session_state[_PAGES] = {page.url_path: page for page in pages}
    with st.sidebar:
        tagline = escaped(_("Where may industry go in China, and which rule says so"))
        st.html(f'<div class="rm-brand"><b>regionmap</b><span>{tagline}</span></div>')
        st.segmented_control(
            _("Language"),
            ["zh", "en"],
            format_func={"zh": "中文", "en": "English"}.__getitem__,
            label_visibility="collapsed",
            **state.bound("lang", state.language()),
        )
        for page in pages:
            st.page_link(page, label=page.title)


def messages() -> None:
    """Write what the user must know before anything else: files that are missing, a bad address."""
    problem = leaflet.missing_files()
    if problem is not None:
        st.error(problem[state.language()])
    refused = state.problems()
    if refused is not None:
        st.warning(refused[state.language()])


def go(page: str) -> None:
    """Go to another page, by the end of its address; what was chosen goes along."""
    st.switch_page(st.session_state[_PAGES][page])


def refuse(error: RegionmapError) -> None:
    """Write an error of the user's input: one line that says what is wrong and what would be right."""
    st.error(escape_markdown(str(error)))


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]<>()#+-.!|~$:" else one for one in text)

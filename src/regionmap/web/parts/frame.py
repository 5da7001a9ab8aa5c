"""What every page has around it: title, style, language switch, links, and the check of the vendored files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from regionmap.api import OVERLAY_VARIABLE
from regionmap.errors import CatalogueError, RegionmapError
from regionmap.i18n import tn
from regionmap.output.escape import escaped
from regionmap.web import service, state
from regionmap.web.parts import error_words, leaflet, page_script, style
from regionmap.web.unknown import ASKED

_ICON = Path(__file__).with_name("icon.svg")
_PAGES = "regionmap-pages"
_MOST_PROBLEMS = 20
FIRST = ""
"""The address of the page that the app opens with."""


def begin() -> None:
    """Begin a run: the browser's title, the choices of the address, the style."""
    st.set_page_config(page_title="regionmap", page_icon=str(_ICON), layout="wide", initial_sidebar_state="auto")
    state.begin()
    style.apply(state.language())


def sidebar(pages: Sequence[Any]) -> None:
    """Write the sidebar: language first, then the pages."""
    _ = state.words()
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


def run(page: Any, pages: Sequence[Any]) -> None:
    """Run one of the pages, and write the sidebar after it: the browser has more to do for a page.

    Where the rules cannot be loaded, say what is wrong with them instead.
    """
    st.session_state[_PAGES] = {one.url_path: one for one in pages}
    try:
        page.run()
    except CatalogueError as error:
        _cannot_load(error.lines(state.language()))
    except RegionmapError as error:
        _cannot_load([error.text[state.language()]])
    finally:
        sidebar(pages)
        page_script.apply(state.language())


def _cannot_load(problems: Sequence[str]) -> None:
    _ = state.words()
    folder = os.environ.get(OVERLAY_VARIABLE, "")
    style.title(_("The rules cannot be loaded"))
    where = _("They are read from the folder that {setting} names: {folder}", setting=OVERLAY_VARIABLE, folder=folder)
    st.error(escape_markdown(where if folder else _("The installed catalogue is damaged: install regionmap again.")))
    count = tn(
        "{count} problem; mend it and reload this page:",
        "{count} problems; mend them and reload this page. The first:",
        len(problems),
    )
    st.write(count[state.language()])
    st.code("\n".join(problems[:_MOST_PROBLEMS]), language=None, wrap_lines=True)
    if folder:
        style.note(_("All of them are listed by: regionmap validate {folder}", folder=folder))


def messages() -> None:
    """Write what the user must know before anything else: files that are missing, a bad address."""
    problem = leaflet.missing_files()
    if problem is not None:
        st.error(escape_markdown(problem[state.language()]))
    unknown = st.query_params.get(ASKED, "")[:60]
    if unknown:
        del st.query_params[ASKED]  # said once
        _ = state.words()
        st.warning(escape_markdown(_("There is no page '{page}': this is the map.", page=unknown)))
    for told in (state.problems(), state.unknown()):
        if told is not None:
            st.warning(escape_markdown(told[state.language()]))


def go(page: str) -> None:
    """Go to another page, by the end of its address; what was chosen goes along."""
    st.switch_page(st.session_state[_PAGES][page])


def refuse(error: RegionmapError, *, asked: str = "") -> None:
    """Write an error of the user's input: one line that says what is wrong and what would be right.

    ``asked`` is what the user typed, where the error does not tell it by itself.
    """
    words = error_words.said(error, service.loaded(), asked=asked)
    st.error(escape_markdown(words[state.language()]))


def refuse_words(words: str) -> None:
    """Write what is wrong with an input where the page knows it better than the error does."""
    st.error(escape_markdown(words))


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]<>()#+-.!|~$:" else one for one in text)

"""The head of a page: what it is, and the search box."""

from __future__ import annotations

import streamlit as st

from regionmap.web.parts import search, style


def title(page: str, words: str, lead: str = "") -> None:
    """Write the head of the page with this address: its title and lead, and the search box beside them."""
    with st.container(key="rm-head"):
        left, right = st.columns([1.45, 1], gap="medium")
        with left:
            style.title(words, lead)
        with right:
            search.box(page)

"""The script of the page: its language for readers and browsers, Enter in a date field, names of buttons."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from regionmap.i18n import translator

_component = st.components.v2.component(
    "regionmap.page_script",
    js=Path(__file__).with_name("page_script.js").read_text(encoding="utf-8"),
)


def apply(language: str) -> None:
    """Put the script into the page; ``language`` is ``zh`` or ``en``."""
    with st.container(key="rm-script", height="content"):
        _ = translator(language)
        data = {"language": "zh-Hans" if language == "zh" else "en", "file": _("Choose a file")}
        _component(key="page-script", data=data)

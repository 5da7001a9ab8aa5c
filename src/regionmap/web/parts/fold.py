"""A button that opens the controls of a page on a phone, where they are folded away; elsewhere it is not seen.

The style sheet folds what stands in the same container; the script of the page (``page_script.js``) opens it.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from regionmap.web.parts import style


def button(chosen: str, _: Callable[..., str]) -> None:
    """Write the button; ``chosen`` are the words of what the controls say now."""
    change = style.said(_("Change the question"))
    st.html(
        f'<button type="button" class="rm-unfold" aria-expanded="false"><span>{style.said(chosen)}</span>'
        f"<b>{change}</b></button>"
    )

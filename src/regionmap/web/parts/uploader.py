"""The button of Streamlit's file uploader, which has its words in English alone, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from regionmap.output.escape import escaped


def button_in_words(container: str, _: Callable[..., str]) -> None:
    """Say the uploader's own word in the language of the page, in the container with this key.

    The English word is taken away, so that a reader for the blind does not say it either; what stands in its place is
    generated contents, which belongs to the name of the button.
    """
    words = escaped(_("Choose a file"))
    own = f".st-key-{container} [data-testid='stFileUploaderDropzone'] > span [data-testid='stMarkdownContainer']"
    st.html(f"<style>{own} p {{ display: none; }} {own}::after {{ content: '{words}'; }}</style>")

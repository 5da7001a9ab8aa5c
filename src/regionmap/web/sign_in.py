"""Sign-in before any page, where whoever serves the app asks for it: through Streamlit's own ``st.login`` (OpenID)."""

from __future__ import annotations

import os

import streamlit as st
from streamlit.errors import Error as StreamlitError

from regionmap.web import state

SETTING = "REGIONMAP_SIGN_IN"
"""The environment variable: ``1`` asks every visitor to sign in; docs/deploy.md says what else that needs."""


def required() -> bool:
    """Return whether whoever serves the app asks for a sign-in."""
    return os.environ.get(SETTING, "") not in {"", "0"}


def ask() -> None:
    """Let nobody further who has to sign in and has not; stops the script for them.

    Where a sign-in is asked for and cannot work, nobody gets further either.
    """
    if not required() or st.user.get("is_logged_in") is True:
        return
    _ = state.words()
    st.info(_("This regionmap asks you to sign in."))
    if st.button(_("Sign in"), type="primary", key="sign-in"):
        try:
            st.login()
        except (StreamlitError, ImportError):
            st.error(
                _(
                    "Sign-in is asked for ({setting}) and is not set up: whoever serves this page needs [auth] in "
                    "secrets.toml and the package streamlit[auth].",
                    setting=SETTING,
                )
            )
    st.stop()

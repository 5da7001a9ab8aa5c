"""The link by which a reader reports an error in a rule, with the rule's id already written."""

from __future__ import annotations

import os
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import streamlit as st

from regionmap.version import __version__
from regionmap.web import state

SETTING = "REGIONMAP_REPOSITORY"


def address(rule: str) -> str | None:
    """Return the address of a new issue on a rule; None where no repository is set.

    The environment variable ``REGIONMAP_REPOSITORY`` holds the web address of the repository (https://…/owner/name).
    """
    repository = os.environ.get(SETTING, "").strip().rstrip("/")
    if urlsplit(repository).scheme not in {"https", "http"}:
        return None
    title = quote(f"{rule}: ")
    body = quote(f"rule: {rule}\ndate: {state.date().isoformat()}\nregionmap {__version__}\n\n")
    return f"{repository}/issues/new?title={title}&body={body}"


def link(rule: str, _: Callable[..., str]) -> None:
    """Write the link, or how to report without one."""
    found = address(rule)
    if found is not None:
        st.link_button(_("Report an error in this rule"), found, icon=":material/flag:")
    else:
        with st.popover(_("Report an error in this rule"), icon=":material/flag:"):
            st.write(_("Open an issue in the project's repository and name the rule:"))
            st.code(f"{rule}\n{state.date().isoformat()}\nregionmap {__version__}", language=None)

"""The site report to take away: an HTML page to print and a Word file, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from regionmap.output.report.files import report_bytes
from regionmap.rules.verdict.answers import Verdict
from regionmap.web import service, state

Words = Callable[..., str]
_MIME = {
    ".html": "text/html",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def buttons(found: Verdict, _: Words) -> None:
    """Write the buttons for the report of a verdict."""
    language, address = state.language(), _address()
    for ending, label in ((".html", _("Report to print (HTML)")), (".docx", _("Report as Word file"))):
        name = f"regionmap-{found.place.code}-{found.subject.id}-{found.date.isoformat()}{ending}"
        # Made on the click, on a thread of its own: most readers never ask for it.
        make = partial(report_bytes, found, service.loaded(), ending, language, address)
        st.download_button(label, make, name, _MIME[ending], on_click="ignore", key=f"report{ending}")


def _address() -> str:
    """Return where the app is served, as the browser sees it: the address of this page without its last part."""
    seen = urlsplit(st.context.url or "")
    if not seen.scheme:
        return ""
    path = seen.path.rstrip("/")
    return urlunsplit((seen.scheme, seen.netloc, path.removesuffix("/site"), "", ""))

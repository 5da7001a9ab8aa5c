"""An address that is no page: Streamlit would say so in English, so the browser is sent to the first page.

That page tells it in the language that was chosen (``frame.messages``). The first page's own name is no mistake, but
Streamlit knows the page that it opens with by no name.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from streamlit import config

from regionmap.web.asgi import Asgi, Receive, Scope, Send, headers

PAGES = ("map", "site", "batch", "transfer", "rules", "history", "documents", "about")
"""The ends of the addresses of all pages, in the order of the sidebar; the first is the one that the app opens with."""

ASKED = "unknown"
"""What the address of the first page says in its query: the page that there is none of."""

_OF_STREAMLIT = ("_stcore", "static", "media", "component", "app", "oauth2callback", "auth")
_LONGEST = 60


class UnknownPage:
    """Answers for addresses that are no page: another address."""

    def __init__(self, app: Asgi) -> None:
        """Stand before an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send to the first page, or hand the request on."""
        place = _elsewhere(scope)
        if place is None:
            await self._app(scope, receive, send)
            return
        given = [(b"location", place.encode("ascii")), (b"cache-control", b"no-store"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 302, "headers": given})
        await send({"type": "http.response.body", "body": b""})


def _elsewhere(scope: Scope) -> str | None:
    """Return the address of the first page where a browser asks for a page that there is none of."""
    if scope["type"] != "http" or scope["method"] != "GET" or b"text/html" not in headers(scope).get(b"accept", b""):
        return None
    base = str(config.get_option("server.baseUrlPath")).strip("/")
    path = str(scope["path"]).strip("/")
    if base and path != base and not path.startswith(f"{base}/"):
        return None
    asked = path[len(base) :].strip("/")
    if not asked or asked in PAGES[1:] or asked.split("/")[0] in _OF_STREAMLIT or "." in asked:
        return None
    query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
    if asked != PAGES[0]:
        query[ASKED] = asked[:_LONGEST]
    first = f"/{base}/" if base else "/"
    return f"{first}?{urlencode(query)}" if query else first

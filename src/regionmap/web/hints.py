"""The page of the app, which tells the browser at once what the first map will need.

Streamlit's page loads its parts one after another: the script of a kind of element when the first such element has
come, the map's frame after that, and then what the frame asks for. Half a second goes by in which the browser waits for
what could have been on its way. So the page holds the small scripts (see ``inlined``), names the other files in its
head, and says that they may come late; it is compressed as well, which Streamlit does not do.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from regionmap.output import display, map_files
from regionmap.output.maps import FILES_COMPONENT
from regionmap.web import inlined
from regionmap.web.asgi import Asgi, Message, Receive, Scope, Send, answer, headers, takes_gzip

PARTS = (
    "Html",
    "ComponentInstance",
    "BidiComponent",
    "ButtonGroup",
    "PageLink",
    "Selectbox",
    "DateInput",
    "Slider",
    "Button",
    "DownloadButton",
)
"""The scripts of Streamlit for the elements of the map page; one that a version of Streamlit lacks is left out."""


def with_hints(page: str) -> str:
    """Return a page of Streamlit's with its small scripts inside, and links to what else the first map needs."""
    parts = inlined.scripts_of(PARTS)
    page, inside = inlined.with_small_scripts(page, parts)
    return page.replace("</head>", f"{_links(page, (one for one in parts if one not in inside))}</head>", 1)


def _links(page: str, names: Iterable[str]) -> str:
    scripts = [f"./static/js/{name}" for name in names]
    frame = [f"./component/streamlit_folium.st_folium/{one}" for one in _of_frame()]
    files = [f"./component/{FILES_COMPONENT}/{one}" for one in _of_map()]
    wanted = [f'<link rel="modulepreload" fetchpriority="low" href="{one}">' for one in scripts if one not in page]
    return "".join([*wanted, *(f'<link rel="prefetch" href="{one}">' for one in [*frame, *files])])


def _of_frame() -> Iterator[str]:
    # Not imported: a component that is declared before Streamlit's runtime is there is never served.
    found = find_spec("streamlit_folium")
    for folder in (found and found.submodule_search_locations) or ():
        build = Path(folder) / "frontend" / "build"
        for path in sorted(build.glob("static/js/main.*.js")):
            yield path.relative_to(build).as_posix()


def _of_map() -> Iterable[str]:
    names = [*map_files.SCRIPTS, *map_files.SHEETS, map_files.BASE, display.PREFECTURES]
    return (map_files.hashed(name) for name in names)


class HintedPage:
    """Answers for the page: with the hints, compressed, and not at all where the browser has it already."""

    def __init__(self, app: Asgi) -> None:
        """Stand before an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name.lower() not in _OURS]
        given = await answer(self._app, dict(scope, headers=plain), receive)
        start = given[0]
        body = b"".join(message.get("body", b"") for message in given[1:])
        if start["status"] != 200 or not headers(start).get(b"content-type", b"").startswith(b"text/html"):
            for message in given:
                await send(message)
            return
        await _send(send, start, _page(body), headers(scope).get(b"if-none-match", b""))


_OURS = {b"accept-encoding", b"if-none-match", b"if-modified-since"}


def _asks_for_page(scope: Scope) -> bool:
    return (
        b"text/html" in headers(scope).get(b"accept", b"") and "/component/" not in scope["path"] and takes_gzip(scope)
    )


@lru_cache(maxsize=4)
def _page(body: bytes) -> tuple[bytes, bytes]:
    """The page with its hints, compressed, and its tag."""
    made = with_hints(body.decode("utf-8")).encode("utf-8")
    return gzip.compress(made, 6, mtime=0), b'"%s"' % hashlib.sha256(made).hexdigest()[:16].encode()


async def _send(send: Send, start: Message, page: tuple[bytes, bytes], known: bytes) -> None:
    body, tag = page
    same = known == tag
    dropped = {b"content-length", b"content-encoding", b"etag", b"last-modified", b"accept-ranges", b"vary"}
    kept = [(name, value) for name, value in start["headers"] if bytes(name).lower() not in dropped]
    own = [(b"etag", tag), (b"vary", b"Accept-Encoding")]
    if not same:
        own += [(b"content-encoding", b"gzip"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 304 if same else 200, "headers": [*kept, *own]})
    await send({"type": "http.response.body", "body": b"" if same else body})

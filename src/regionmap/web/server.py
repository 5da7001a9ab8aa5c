"""The server of the web app: Streamlit's own, warm before its first visit, and lighter in what it hands out.

Streamlit sends its scripts uncompressed, and the files of components without leave to keep them: a first visit takes
3 MB, a second one fetches Leaflet and the maps' shapes again. Both are mended here, for files whose name holds a hash:
such a file never changes, so it is compressed once and kept in memory, and a browser need not ask for it again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import gzip
import logging
import re
import threading
import webbrowser
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from click.core import ParameterSource
from starlette.middleware import Middleware
from streamlit import App, runtime
from streamlit.web import cli

from regionmap.i18n import LANGUAGES
from regionmap.model import Action
from regionmap.resources import app_file
from regionmap.web.asgi import Asgi, Message, Receive, Scope, Send, answer, headers, takes_gzip
from regionmap.web.hints import HintedPage
from regionmap.web.unknown import UnknownPage

_log = logging.getLogger(__name__)

MOST_KEPT_BYTES = 24_000_000
"""Compressed files that are kept in memory; all that a visit of every page asks for takes a fifth of it."""

_FOREVER = "public, max-age=31536000, immutable"
_OF_COMPONENT = re.compile(r"/component/[^?]+\.[0-9a-f]{8,12}\.(?:js|css|json)$")
_OF_STREAMLIT = re.compile(r"/static/(?:js|css)/[^/?]+\.[\w-]{8}\.(?:js|css)$")

_ANYWHERE = (115.46, 38.87)
"""A point on land: longitude and latitude in degrees."""


def app(address: str = "") -> App:
    """Return the app, ready to run.

    Args:
        address: what to open in a browser once the app is warm; nothing where it is empty.
    """

    @asynccontextmanager
    async def lifespan(_: App) -> AsyncIterator[None]:
        # The socket listens already: whoever comes now waits until this is done, and meets no cold page.
        await _warm_up()
        if address:
            await asyncio.to_thread(webbrowser.open, address)
        yield

    middleware = [Middleware(UnknownPage), Middleware(KeptFiles), Middleware(HintedPage)]
    return App(app_file(), lifespan=lifespan, middleware=middleware)


def from_environment() -> dict[str, Any]:
    """Return the settings that the environment gives (``STREAMLIT_SERVER_BASE_URL_PATH`` and the like).

    Only ``streamlit run`` reads them by itself; its own options know their variables and their types.
    """
    asked = cli.main_run.make_context("run", [str(app_file())])
    given = (name for name in asked.params if asked.get_parameter_source(name) is ParameterSource.ENVIRONMENT)
    return {name.replace("_", "."): asked.params[name] for name in given}


async def _warm_up() -> None:
    """Run the first page once, for nobody: it loads the catalogue, and makes the first map and its files.

    Done as a session of Streamlit's own, as components are only served once such a run has declared them. What goes
    wrong is told by the page itself, to whoever opens it.
    """
    try:
        fine, said = await runtime.get_instance().does_script_run_without_error()
        if not fine:
            _log.warning("the first page did not run before the first visit: %s", said)
        await asyncio.to_thread(_ask)
        # What has been loaded by now stays: nobody need look through it for garbage (see postScriptGC in config.toml).
        gc.collect()
        gc.freeze()
    except Exception:  # a server that starts cold is better than none
        _log.exception("the first page did not run before the first visit")
    threading.Thread(target=_make_ready, name="regionmap-files", daemon=True).start()


def _ask() -> None:
    """Ask what the first page asks: with a sign-in before it, the run for nobody did not get so far."""
    from regionmap.web import service, state

    for language in LANGUAGES:
        service.industry_labels(language)
    service.national(state.DEFAULTS["industry"], Action(state.DEFAULTS["action"]), dt.date.today())


def _make_ready() -> None:
    """Make ready what the first page does not need: the boundaries that the first click asks, and files."""
    try:
        _click()
    except Exception:  # the click itself will tell
        _log.exception("the boundaries could not be loaded before the first click")
    _make_files()


def _click() -> None:
    from regionmap.web import service, state

    lon, lat = _ANYWHERE
    service.loaded().check(lon=lon, lat=lat, industry=state.DEFAULTS["industry"])
    service.place_answer("", (lon, lat, state.DEFAULTS["datum"]), dt.date.today())


def _make_files() -> None:
    """Make the files of all counties: behind a proxy, another process may have named one that is asked for here."""
    from regionmap.output import map_files

    for name in map_files.all_shapes():
        map_files.hashed(name)


@dataclass(frozen=True)
class _File:
    media_type: bytes
    body: bytes

    async def send(self, send: Send) -> None:
        headers = [
            (b"content-type", self.media_type),
            (b"content-encoding", b"gzip"),
            (b"content-length", b"%d" % len(self.body)),
            (b"cache-control", _FOREVER.encode()),
            (b"vary", b"Accept-Encoding"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


class KeptFiles:
    """Answers for files that never change: compressed once, kept in memory, with leave to keep them for ever."""

    def __init__(self, app: Asgi) -> None:
        """Stand before an app."""
        self._app = app
        self._kept: OrderedDict[str, _File] = OrderedDict()
        self._bytes = 0
        self._making: dict[str, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        path = scope.get("path", "")
        fixed = scope["type"] == "http" and scope["method"] == "GET"
        if not fixed or not (_OF_COMPONENT.search(path) or _OF_STREAMLIT.search(path)) or not takes_gzip(scope):
            await self._app(scope, receive, send)
            return
        async with self._making.setdefault(path, asyncio.Lock()):
            if path not in self._kept:
                given = await answer(self._app, scope, receive)
                if given[0]["status"] != 200:
                    del self._making[path]  # paths that lead nowhere leave nothing behind
                    for message in given:
                        await send(message)
                    return
                self._keep(path, await asyncio.to_thread(_file, given))
            self._kept.move_to_end(path)
            found = self._kept[path]
        await found.send(send)

    def _keep(self, path: str, file: _File) -> None:
        self._kept[path] = file
        self._bytes += len(file.body)
        while self._bytes > MOST_KEPT_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= len(dropped.body)


def _file(given: list[Message]) -> _File:
    found = headers(given[0])
    body = b"".join(message.get("body", b"") for message in given[1:])
    if found.get(b"content-encoding") != b"gzip":
        body = gzip.compress(body, 6, mtime=0)
    return _File(found.get(b"content-type", b"application/octet-stream"), body)

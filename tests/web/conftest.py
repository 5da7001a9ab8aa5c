"""The app on a free port of this machine, and a browser that reaches nothing else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from regionmap.web.parts import leaflet
from tests.web.harness import Drawn

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

SOURCE = Path(__file__).resolve().parents[2] / "src"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    pytest.fail(f"the app did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@contextmanager
def running(folder: Path, path: str = "", *, headless: bool = True) -> Iterator[str]:
    """Start the app in a foreign folder as ``regionmap app`` does, under a path if one is given; its address.

    Not headless, it is a user's very first start: a home of its own, nobody to answer questions, no browser to open.
    """
    port, log = free_port(), folder / "log.txt"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "REGIONMAP_T"))
    }
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(SOURCE), environment.get("PYTHONPATH", "")]))
    if not headless:
        environment |= {"HOME": str(folder), "BROWSER": "true"}
    if path:
        environment["STREAMLIT_SERVER_BASE_URL_PATH"] = path
    start = f"from regionmap.web import launch; raise SystemExit(launch.run({port}, headless={headless}))"
    command = [sys.executable, "-c", start]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        address = f"http://127.0.0.1:{port}" + (f"/{path}" if path else "")
        wait_until_healthy(address, process, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running app."""
    with running(tmp_path_factory.mktemp("app")) as address:
        yield address


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium; skip where there is none, unless REGIONMAP_REQUIRE_BROWSER is 1.

    While it runs, its library holds the event loop of this thread: no other may be started beside it.
    """
    found = os.environ.get("REGIONMAP_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    required = os.environ.get("REGIONMAP_REQUIRE_BROWSER") == "1"
    if not Path(found).is_file():
        _missing(f"no Chromium at {found}: set REGIONMAP_CHROMIUM", required)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed", required)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGUMENTS)
        yield made
        made.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


def _missing(what: str, required: bool) -> None:
    if required:
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """The map is not drawn: what would be is kept."""
    one = Drawn()
    monkeypatch.setattr(leaflet, "show_map", one)
    return one


class Visit:
    """A browser page on the app. Requests to other machines are stopped and kept in ``outside``."""

    def __init__(self, page: Page, address: str, *, touch: bool = False) -> None:
        self.page, self.address, self.touch = page, address, touch
        self.outside: list[str] = []
        self.errors: list[str] = []
        page.route("**/*", self._let_through)
        page.on("websocket", lambda one: self._judge(one.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _let_through(self, route: Route) -> None:
        if self._judge(route.request.url):
            route.continue_()
        else:
            route.abort()

    def _judge(self, url: str) -> bool:
        scheme, _, rest = url.partition("://")
        host = rest.split("/")[0].rsplit(":", 1)[0]
        inside = url.startswith(("data:", "blob:", "about:")) or host in {"127.0.0.1", "localhost"}
        if not inside:
            self.outside.append(f"{scheme}://{host}")
        return inside

    def open(self, path: str) -> Visit:
        self.page.goto(f"{self.address}/{path}")
        return self

    def until(self, holds: Callable[[], None]) -> None:
        """Check what is laid out until it holds: a page is laid out in several goes, on a busy machine over seconds."""
        end = time.monotonic() + 15
        while True:
            try:
                return holds()
            except AssertionError:
                if time.monotonic() > end:
                    raise
            self.page.wait_for_timeout(100)

    @property
    def map(self) -> Any:
        return self.page.frame_locator("iframe[title='streamlit_folium.st_folium']")

    def wait_for_map(self) -> None:
        self.map.locator("path.rmarea").first.wait_for(timeout=60_000)


@pytest.fixture
def visit(app: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A fresh browser page of 1280 x 900, or of the size that a test asks for; ``touch`` and ``dark`` if it does."""
    width, height, *more = getattr(request, "param", (1280, 900))
    touch = "touch" in more
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        has_touch=touch,
        is_mobile=touch,
        color_scheme="dark" if "dark" in more else "light",
    )
    context.set_default_timeout(30_000)
    one = Visit(context.new_page(), app, touch=touch)
    yield one
    context.close()
    assert one.outside == [], "requests left the machine"
    assert one.errors == [], "scripts failed in the browser"

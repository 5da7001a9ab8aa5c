"""Many visitors at once, each on a walk of its own through the pages: ``make load``.

    python tools/load.py --sessions 50 --minutes 10 [--seed 1]

Starts the app on a port of this machine. Each visitor is a websocket that speaks Streamlit's messages as a browser
does: it opens a page with a random link, thinks for some seconds, opens the next, and now and then uploads a file of
sites and has it judged. Prints p50 and p95 of the seconds from a request to the end of its run, by page, what failed,
and the memory of the server. The exit status is 1 where a page
showed an error, a session was dropped or the server's health was lost.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote, urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
PATIENCE_S = 300.0
THINKING_S = (1.0, 8.0)
UPLOADS = 0.12
"""The share of steps that upload a file."""
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
_PLACES = ("保定", "唐山", "韩城", "130600", "Suzhou, Jiangsu", "济源", "no such place", "朝阳区")
_INDUSTRIES = ("steel", "cement", "3110", "焦化", "papermaking", "no such industry")


class FailedError(Exception):
    """A page showed an error, or the server did not answer."""


def link(draw: random.Random) -> tuple[str, str]:
    """Return a page and a query for it; some hold what cannot be used."""
    day = f"{draw.randint(2012, 2027)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    said = {"lang": draw.choice(["zh", "en"]), "date": day, "industry": draw.choice(_INDUSTRIES)}
    page = draw.choice(["", "", "site", "site", "transfer", "rules", "history", "documents", "about"])
    more: dict[str, dict[str, str]] = {
        "": {"show": draw.choice(["rules", "regions", "basins", "pilots"]), "lens": draw.choice(["special", "all"])},
        "site": {"place": draw.choice(_PLACES)} if draw.random() < 0.5 else {
            "lon": f"{draw.uniform(100, 122):.4f}", "lat": f"{draw.uniform(24, 41):.4f}", "datum": "gcj02",
        },
        "transfer": {"origin": draw.choice(_PLACES)},
        "rules": {"text": draw.choice(["错峰", "capacity replacement", "<b>", "2+26"])},
        "history": {"region": draw.choice(["fenwei-plain", "air-key-regions"]), "since": "2013-01-01"},
    }  # fmt: skip
    return page, urlencode(said | more.get(page, {}))


def sites(draw: random.Random) -> bytes:
    """Return a file of some hundred made-up sites."""
    rows = (
        f"{draw.uniform(100, 120):.5f},{draw.uniform(25, 40):.5f},{draw.choice(_INDUSTRIES)}"
        for _ in range(draw.randint(50, 800))
    )
    return "\n".join(["lon,lat,industry", *rows]).encode()


class Visitor:
    """One session."""

    def __init__(self, wire: websockets.ClientConnection, port: int, draw: random.Random, cookie: str) -> None:
        """Keep the connection."""
        self._wire, self._port, self._draw, self._cookie = wire, port, draw, cookie
        self._session = self._page = self._query = ""
        self._uploader = self._button = ""
        self._waiting: ForwardMsg | None = None

    async def open(self, page: str, query: str) -> float:
        """Open a page; return the seconds until it has run."""
        asked = self._asking()
        asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
        self._query = query
        return await self._ask(asked)

    async def upload(self) -> float:
        """Open the batch page, upload a file and have it judged; return the seconds of all that."""
        start = time.perf_counter()
        await self.open("batch", "lang=en")
        content, name = sites(self._draw), "sites.csv"
        asked = BackMsg()
        asked.file_urls_request.request_id, asked.file_urls_request.session_id = "one", self._session
        asked.file_urls_request.file_names.append(name)
        await self._wire.send(asked.SerializeToString())
        urls = (await self._read_until("file_urls_response")).file_urls_response.file_urls[0]
        await asyncio.to_thread(self._put, urls.upload_url, name, content)
        rerun = self._asking()
        held = rerun.rerun_script.widget_states.widgets.add(id=self._uploader)
        info = held.file_uploader_state_value.uploaded_file_info.add(name=name, size=len(content), file_id=urls.file_id)
        info.file_urls.CopyFrom(urls)
        self._button = ""
        await self._ask(rerun)
        if not self._button:
            raise FailedError("the batch page has no button for the uploaded file")
        rerun.rerun_script.widget_states.widgets.add(id=self._button).trigger_value = True
        await self._ask(rerun)
        return time.perf_counter() - start

    def _asking(self) -> BackMsg:
        asked = BackMsg()
        asked.rerun_script.query_string, asked.rerun_script.page_script_hash = self._query, self._page
        asked.rerun_script.context_info.timezone = "Asia/Shanghai"
        return asked

    async def _ask(self, asked: BackMsg) -> float:
        start = time.perf_counter()
        asked.rerun_script.page_script_hash = "" if asked.rerun_script.page_name else self._page
        await self._wire.send(asked.SerializeToString())
        while True:
            message = await self._read_until("script_finished")
            if message.script_finished in _DONE:
                return time.perf_counter() - start
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise FailedError("the script of the page does not compile")

    async def _read_until(self, kind: str) -> ForwardMsg:
        async for data in self._wire:
            if isinstance(data, str):
                continue
            message: ForwardMsg = ForwardMsg.FromString(data)
            self._look(message)
            if message.WhichOneof("type") == kind:
                return message
        raise FailedError("the server closed a session")

    def _look(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._page = message.navigation.page_script_hash
        if kind == "new_session":
            self._session = message.new_session.initialize.session_id or self._session
        if kind != "delta":
            return
        element = message.delta.new_element
        if element.HasField("exception"):
            raise FailedError(f"{element.exception.type}: {element.exception.message}"[:200])
        if element.HasField("file_uploader"):
            self._uploader = element.file_uploader.id
        if element.HasField("button") and "batch-run" in element.button.id:
            self._button = element.button.id

    def _put(self, address: str, name: str, content: bytes) -> None:
        mark = "regionmap-load"
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{quote(name)}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        request = urllib.request.Request(f"http://{HOST}:{self._port}{address}", body, method="PUT")
        request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
        request.add_header("Cookie", f"_streamlit_xsrf={self._cookie}")
        request.add_header("X-Xsrftoken", self._cookie)
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
            if answer.status >= 300:
                raise FailedError(f"an upload was answered with {answer.status}")


class Figures:
    """What all visitors saw."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.errors: dict[str, int] = defaultdict(int)


async def visit(port: int, until: float, draw: random.Random, found: Figures) -> None:
    """Walk through the pages until the time is over; a session that fails is begun anew."""
    await asyncio.sleep(draw.uniform(0, 5))
    while time.monotonic() < until:
        try:
            cookie = await asyncio.to_thread(_cookie, port)
            async with websockets.connect(
                f"ws://{HOST}:{port}/_stcore/stream", subprotocols=[websockets.Subprotocol("streamlit")], max_size=None,
                ping_interval=None, open_timeout=PATIENCE_S, additional_headers={"Cookie": f"_streamlit_xsrf={cookie}"},
            ) as wire:  # fmt: skip
                visitor = Visitor(wire, port, draw, cookie)
                for _ in range(draw.randint(3, 15)):
                    async with asyncio.timeout(PATIENCE_S):
                        if draw.random() < UPLOADS:
                            page, seconds = "batch, with an upload", await visitor.upload()
                        else:
                            page, query = link(draw)
                            seconds = await visitor.open(page, query)
                        found.seconds[page or "map"].append(seconds)
                    if time.monotonic() > until:
                        return
                    await asyncio.sleep(draw.uniform(*THINKING_S))
        except (FailedError, OSError, TimeoutError, websockets.WebSocketException) as error:
            found.errors[f"{type(error).__name__}: {error}"[:200]] += 1


def _cookie(port: int) -> str:
    with urllib.request.urlopen(f"http://{HOST}:{port}/_stcore/health", timeout=60) as answer:
        said = answer.headers.get_all("Set-Cookie") or []
    match = re.search(r"_streamlit_xsrf=([^;]+)", " ".join(said))
    return match[1] if match else ""


def memory_mb(process: int) -> float:
    """Return the resident memory of a process and its children in MB."""
    total = 0.0
    for each in [process, *_children(process)]:
        try:
            said = Path(f"/proc/{each}/status").read_text()
        except OSError:
            continue
        found = re.search(r"VmRSS:\s+(\d+)", said)
        total += int(found[1]) / 1024 if found else 0
    return total


def _children(process: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in path.read_text().split():
            found += [int(child), *_children(int(child))]
    return found


async def watch(process: int, port: int, until: float, found: Figures) -> list[float]:
    """Look at the memory and the health of the server while the visits go on."""
    seen = []
    while time.monotonic() < until:
        seen.append(memory_mb(process))
        try:
            await asyncio.to_thread(_cookie, port)
        except OSError as error:
            found.errors[f"health: {error}"] += 1
        await asyncio.sleep(5)
    return seen


async def walk(process: int, port: int, given: argparse.Namespace) -> tuple[Figures, list[float]]:
    """Let all visitors walk for the time."""
    found, until = Figures(), time.monotonic() + 60 * given.minutes
    watching = asyncio.create_task(watch(process, port, until, found))
    walks = [visit(port, until, random.Random(given.seed * 1000 + one), found) for one in range(given.sessions)]  # noqa: S311
    await asyncio.gather(*walks)
    return found, await watching


def main() -> int:
    """Start the app, let the visitors in, print the figures."""
    asked = argparse.ArgumentParser(prog="tools/load.py")
    asked.add_argument("--sessions", type=int, default=50)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="regionmap-load-", ignore_cleanup_errors=True) as folder:
        log = Path(folder) / "log.txt"
        settings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "BROWSER": "true", "REGIONMAP_CACHE": folder}
        with log.open("wb") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", "regionmap", "app", "--port", str(port)], cwd=folder, env=settings, stdout=out,
                stderr=out, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        try:
            _wait(port, server)
            before = memory_mb(server.pid)
            found, memory = asyncio.run(walk(server.pid, port, given))
            alive = server.poll() is None
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(60)
        said = log.read_text(errors="replace")
    return report(found, [before, *memory], said, given, alive=alive)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        if server.poll() is not None:
            break
        try:
            _cookie(port)
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise SystemExit("the server did not start")


def report(found: Figures, memory: list[float], log: str, given: argparse.Namespace, *, alive: bool) -> int:
    """Print the figures; return the exit status."""
    print(f"{given.sessions} sessions, {given.minutes:g} minutes\n{'page':<24}{'runs':>7}{'p50 s':>8}{'p95 s':>8}")
    for name, seconds in sorted(found.seconds.items()):
        print(f"{name:<24}{len(seconds):>7}{statistics.median(seconds):>8.2f}{_p95(seconds):>8.2f}")
    every = [one for seconds in found.seconds.values() for one in seconds]
    if every:
        print(f"{'all':<24}{len(every):>7}{statistics.median(every):>8.2f}{_p95(every):>8.2f}")
    print(f"memory MB: {memory[0]:.0f} before, {max(memory):.0f} at most, {memory[-1]:.0f} at the end")
    tracebacks = log.count("Traceback (most recent call last)")
    print(f"errors: {sum(found.errors.values())}; tracebacks in the log: {tracebacks}; {'alive' if alive else 'DEAD'}")
    for words, count in found.errors.items():
        print(f"  {count} × {words}")
    if tracebacks:
        print(log[-3000:])
    return 0 if every and alive and not found.errors and not tracebacks else 1


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.95))]


if __name__ == "__main__":
    sys.exit(main())

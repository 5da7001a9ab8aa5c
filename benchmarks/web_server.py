"""A server of the benchmark, and a wire in front of it on which every byte is counted."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
HOST = "127.0.0.1"
QUIET_S = 1.0
_UPGRADE = re.compile(rb"\r\nupgrade:\s*websocket\b", re.IGNORECASE)


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def regionmap_command(port: int) -> list[str]:
    return [sys.executable, "-m", "regionmap", "app", "--port", str(port)]


def plain_command(port: int) -> list[str]:
    options = {"port": port, "address": HOST, "headless": "true"}
    said = [f"--server.{name}={value}" for name, value in options.items()]
    plain = str(HERE / "plain_app.py")
    return [sys.executable, "-m", "streamlit", "run", plain, *said, "--browser.gatherUsageStats=false"]


@contextmanager
def served(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    """Run a server in a folder of its own until it is no longer needed, with all that it starts."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "REGIONMAP_T"))}
    settings |= {"BROWSER": "true"}  # `regionmap app` opens a browser; this one does nothing
    settings["PYTHONPATH"] = os.pathsep.join([str(HERE.parent / "src"), *filter(None, [settings.get("PYTHONPATH")])])
    folder.mkdir()
    log = folder / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=settings, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    try:
        _wait_until_healthy(port, process, log)
        yield
    finally:
        for each in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, each)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)


def _wait_until_healthy(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise SystemExit(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


class Bytes(NamedTuple):
    """Bytes that went over the wire, both ways: all, and those of websockets."""

    all: int
    websocket: int

    def since(self, before: Bytes) -> Bytes:
        return Bytes(self.all - before.all, self.websocket - before.websocket)


class Wire:
    """A TCP relay to a port of this machine that counts what it carries.

    What the browser tells of websockets is their size before compression; here it is what would go over a network
    (without TLS, and without the headers of TCP).
    """

    def __init__(self, target: int) -> None:
        self.target, self.port = target, free_port()
        self._all = self._websocket = 0
        self._last = time.monotonic()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Wire:
        self._thread.start()
        opened = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._relay, HOST, self.port), self._loop)
        self._server = opened.result(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def count(self) -> Bytes:
        return Bytes(self._all, self._websocket)

    def quiet_for(self) -> float:
        """Return the seconds since the last byte."""
        return time.monotonic() - self._last

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            to, back = await asyncio.open_connection(HOST, self.target)
        except OSError:
            writer.close()
            return
        kind = {"websocket": False}
        await asyncio.gather(self._carry(reader, back, kind, asked=True), self._carry(to, writer, kind, asked=False))

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kind: dict[str, bool], *, asked: bool
    ) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(1 << 18):
                if asked and not kind["websocket"]:
                    kind["websocket"] = _UPGRADE.search(data) is not None
                self._all += len(data)
                self._websocket += len(data) if kind["websocket"] else 0
                self._last = time.monotonic()
                writer.write(data)
                await writer.drain()
        with contextlib.suppress(ConnectionError, RuntimeError):
            writer.close()

"""Start the web app from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from regionmap.errors import InputError, MissingExtraError
from regionmap.resources import app_file


def run(port: int = 8501, *, headless: bool = False) -> int:
    """Start Streamlit with the app and its settings, and wait until it ends.

    Args:
        port: where to listen, 1 to 65535.
        headless: do not open a browser.

    Returns:
        The exit status of Streamlit; 0 after Ctrl-C.

    Raises:
        InputError: the port is out of range.
        MissingExtraError: Streamlit is not installed.
    """
    MissingExtraError.require("streamlit", "the app", "app")
    starting = command(port, headless=headless)
    print(f"regionmap: http://localhost:{port} (Ctrl-C ends it)", flush=True)  # noqa: T201
    try:
        return subprocess.call(starting, env=environment())  # noqa: S603  (our own command, no shell)
    except KeyboardInterrupt:
        return 0


def environment() -> dict[str, str]:
    """Return the environment for the app: Streamlit is not to greet, nor to offer its own add-ons on our pages.

    Older versions do not know this setting: as an option it would stop them.
    """
    return {**os.environ, "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true"}


def command(port: int, *, headless: bool = False) -> list[str]:
    """Return the command that starts the app; settings go along, so that it may be started in any folder."""
    if not 1 <= port <= 65535:
        raise InputError(f"{port} is no port: choose one from 1 to 65535, such as 8501")
    app = app_file()
    settings = dict(_flat(_settings(app.parent / ".streamlit" / "config.toml")))
    settings |= {"server.port": port, "server.headless": headless, "browser.gatherUsageStats": False}
    # On its first start Streamlit would wait for an e-mail address before it serves anything.
    settings["server.showEmailPrompt"] = False
    # Streamlit asks a machine outside for the address of this one, unless it is told where to listen.
    settings["server.address"] = os.environ.get("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    return [sys.executable, "-m", "streamlit", "run", str(app), *(f"--{key}={_said(v)}" for key, v in settings.items())]


def _settings(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

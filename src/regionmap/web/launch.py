"""Start the web app, in any folder."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from regionmap.errors import InputError, MissingExtraError, why
from regionmap.i18n import t
from regionmap.resources import app_file


def run(port: int = 8501, *, headless: bool = False) -> int:
    """Serve the app in this process until it is told to end: by Ctrl-C, or by SIGTERM.

    ``/_stcore/health`` answers as soon as the first page would come without delay.

    Args:
        port: where to listen, 1 to 65535.
        headless: do not open a browser.

    Returns:
        The exit status, 0 when it was told to end.

    Raises:
        InputError: the port is out of range or taken.
        MissingExtraError: Streamlit is not installed.
    """
    MissingExtraError.require("streamlit", t("the app"), "app")
    chosen = settings(port, headless=headless)
    _must_be_free(str(chosen.get("server.address", os.environ.get(_variable("server.address")))), port)
    signal.signal(signal.SIGTERM, _end)
    sys.argv = [str(app_file())]  # Streamlit looks for settings and secrets beside it

    from regionmap.web import server  # brings Streamlit

    path = os.environ.get(_variable("server.baseUrlPath"), "").strip("/")
    address = f"http://localhost:{port}" + (f"/{path}" if path else "")
    print(f"regionmap: {address} (Ctrl-C ends it)", flush=True)  # noqa: T201
    try:
        server.app("" if headless else address).run(config=server.from_environment() | chosen)
    except KeyboardInterrupt:
        pass
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def settings(port: int, *, headless: bool = False) -> dict[str, Any]:
    """Return the settings of the app, by Streamlit's names, so that it may be started in any folder.

    A setting that the environment gives (``STREAMLIT_SERVER_MAX_UPLOAD_SIZE`` and the like) is left to it.
    """
    if not 1 <= port <= 65535:
        raise InputError("{port} is no port: choose one from 1 to 65535, such as 8501", port=port)
    # Streamlit asks a machine outside for the address of this one, unless it is told where to listen.
    found = {"server.address": "127.0.0.1"} | dict(_flat(_settings(app_file().parent / ".streamlit" / "config.toml")))
    found = {name: value for name, value in found.items() if _variable(name) not in os.environ}
    fixed = {"server.port": port, "server.headless": headless, "browser.gatherUsageStats": False}
    # Streamlit is not to greet, nor to offer its own add-ons on our pages.
    return found | fixed | {"logger.hideWelcomeMessage": True}


def _must_be_free(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as one:
        if os.name != "nt":
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((address, port))
        except OSError as error:
            raise InputError(
                "cannot listen on {address}, port {port} ({why}): choose another port",
                address=address, port=port, why=why(error),
            ) from None  # fmt: skip


def _end(_number: int, _frame: object) -> None:
    """End at SIGTERM: the server has closed its connections by then, or has none yet."""
    raise SystemExit(0)


def _variable(setting: str) -> str:
    """Return the environment variable that Streamlit reads a setting from."""
    return "STREAMLIT_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", setting).replace(".", "_").upper()


def _settings(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value

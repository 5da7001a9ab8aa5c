"""How the app is started and ended, and what it says when its files are not there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from regionmap.errors import InputError
from regionmap.output import map_files
from regionmap.output.maps import FILES_COMPONENT
from regionmap.web import launch, server
from regionmap.web.parts import leaflet
from tests.web.conftest import SOURCE, free_port, running, wait_until_healthy


def test_settings_go_along_so_that_the_folder_does_not_matter() -> None:
    made = launch.settings(8601)
    assert made["server.port"] == 8601
    assert made["browser.gatherUsageStats"] is False
    assert made["server.address"] == "127.0.0.1"
    assert made["server.enableWebsocketCompression"] is True
    assert any(name.startswith("theme.") and name.endswith("primaryColor") for name in made)


def test_streamlit_offers_nothing_of_its_own_on_our_pages() -> None:
    from streamlit import config

    assert launch.settings(8601)["logger.hideWelcomeMessage"] is True
    assert set(launch.settings(8601)) <= set(config._config_options_template)


def test_where_to_listen_may_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")  # noqa: S104
    monkeypatch.setenv("STREAMLIT_SERVER_MAX_UPLOAD_SIZE", "5")
    made = launch.settings(8601)
    assert "server.address" not in made  # Streamlit reads it from the environment
    assert "server.maxUploadSize" not in made
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", "tools/map")
    given = server.from_environment()
    assert given["server.address"] == "0.0.0.0"  # noqa: S104
    assert given["server.maxUploadSize"] == 5
    assert given["server.baseUrlPath"] == "tools/map"


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_out_of_range_is_refused(port: int) -> None:
    with pytest.raises(InputError, match="65535"):
        launch.settings(port)


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = started(tmp_path, taken.getsockname()[1])
        _, told = done.communicate(timeout=60)
    assert done.returncode == 2
    assert len(told.decode().strip().splitlines()) == 1
    assert "无法监听 127.0.0.1 的端口" in told.decode()


@pytest.mark.enable_socket
def test_sigterm_ends_the_server_and_its_port(tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path, port) as process:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(address, process, tmp_path / "log.txt")
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:  # noqa: S310
            assert answer.read() == b"ok"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))  # nobody holds it any more


def started(folder: Path, port: int) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    environment |= {"PYTHONPATH": str(SOURCE), "BROWSER": "true", "REGIONMAP_CACHE": str(folder)}
    command = [sys.executable, "-m", "regionmap", "app", "--port", str(port)]
    with (folder / "log.txt").open("wb") as out:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.PIPE)


def test_the_maps_files_are_served_where_the_map_looks() -> None:
    assert leaflet.missing_files() is None
    assert leaflet._component.name == FILES_COMPONENT
    assert Path(leaflet._component.path or "") == map_files.folder()


def test_missing_files_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "leaflet.js").touch()
    monkeypatch.setattr(map_files, "LEAFLET", tmp_path)
    told = leaflet.missing_files()
    assert told is not None
    assert "leaflet.css" in told.en
    assert "XStatic-Leaflet" in told.zh


def test_the_very_first_start_asks_nothing_and_serves(tmp_path: Path) -> None:
    with running(tmp_path, headless=False) as address:
        assert address

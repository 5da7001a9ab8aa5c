"""How the app is started, and what it says when its files are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from regionmap.errors import InputError
from regionmap.output.maps import LEAFLET_COMPONENT
from regionmap.resources import app_file
from regionmap.web import launch
from regionmap.web.parts import leaflet
from tests.web.conftest import running


def test_settings_go_along_so_that_the_folder_does_not_matter() -> None:
    made = launch.command(8601)
    assert made[1:5] == ["-m", "streamlit", "run", str(app_file())]
    assert "--server.port=8601" in made
    assert "--browser.gatherUsageStats=false" in made
    assert "--server.address=127.0.0.1" in made
    assert any(one.startswith("--theme.primaryColor=#") for one in made)


def test_streamlit_offers_nothing_of_its_own_on_our_pages() -> None:
    from streamlit import config

    assert launch.environment()["STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE"] == "true"
    assert "logger.hideWelcomeMessage" in config._config_options_template


def test_where_to_listen_may_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")  # noqa: S104
    assert "--server.address=0.0.0.0" in launch.command(8601)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_out_of_range_is_refused(port: int) -> None:
    with pytest.raises(InputError, match="65535"):
        launch.command(port)


def test_leaflet_is_there_and_served_where_the_map_looks() -> None:
    assert leaflet.missing_files() is None
    assert leaflet._component.name == LEAFLET_COMPONENT


def test_missing_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "leaflet.js").touch()
    told = leaflet.missing_files(tmp_path)
    assert told is not None
    assert "leaflet.css" in told.en
    assert "XStatic-Leaflet" in told.zh


def test_the_very_first_start_asks_nothing_and_serves(tmp_path: Path) -> None:
    with running(tmp_path, headless=False) as address:
        assert address

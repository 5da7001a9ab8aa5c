"""Shared by the tests of places: the units and the true boundaries, loaded once."""

from __future__ import annotations

import pytest

from regionmap.places.index.locator import Locator
from regionmap.places.names.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="session")
def locator() -> Locator:
    return Locator.load()

"""Shared by all tests: one loaded catalogue, and a cache folder of its own."""

from __future__ import annotations

import os
import tempfile

import pytest
from hypothesis import HealthCheck, settings

os.environ["REGIONMAP_CACHE"] = tempfile.mkdtemp(prefix="regionmap-test-")
for name in ("REGIONMAP_CATALOGUE", "REGIONMAP_LANG", "REGIONMAP_TILES"):
    os.environ.pop(name, None)

# How long an example takes is no behaviour: on a busy machine hypothesis' limit of 200 ms fails at random.
settings.register_profile("regionmap", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("regionmap")

import regionmap  # noqa: E402
from regionmap.api import Regionmap  # noqa: E402
from tests.made_rules import write_rules  # noqa: E402


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files read in this process: the one of their own has its own tests, and takes a while to start."""
    monkeypatch.setattr("regionmap.screening.files.opening.APART", frozenset())


@pytest.fixture(scope="session")
def rm() -> Regionmap:
    """The bundled catalogue."""
    return regionmap.load()


@pytest.fixture(scope="session")
def lined(tmp_path_factory) -> Regionmap:
    """The bundled catalogue with rules by distance to another province laid over it."""
    return regionmap.load(write_rules(tmp_path_factory.mktemp("lined") / "own"))

"""Where the bundled files are found."""

from __future__ import annotations

import pytest

from regionmap import resources
from regionmap.errors import InputError


def test_a_checkout_has_them():
    assert (resources.geo_dir() / "units.csv").is_file()
    assert (resources.geo_dir() / "counties.parquet").is_file()
    assert (resources.data_dir() / "sources").is_dir()
    assert resources.app_file().name == "app.py"


def test_an_installed_package_comes_first(tmp_path, monkeypatch):
    bundle, checkout = tmp_path / "bundle", tmp_path / "checkout"
    for root in (bundle, checkout):
        (root / "geo").mkdir(parents=True)
        (root / "geo" / "units.csv").touch()
    (checkout / "data" / "sources").mkdir(parents=True)
    (bundle / "data").mkdir()  # a stray folder with nothing in it
    monkeypatch.setattr(resources, "_PLACES_TO_LOOK", (bundle, checkout))
    assert resources.geo_dir() == bundle / "geo"
    assert resources.data_dir() == checkout / "data"


def test_an_incomplete_installation_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PLACES_TO_LOOK", (tmp_path,))
    for find in (resources.geo_dir, resources.data_dir, resources.app_file):
        with pytest.raises(InputError, match="reinstall regionmap") as refused:
            find()
        assert isinstance(refused.value, FileNotFoundError)

"""Where the bundled files lie: boundaries, policy catalogue and the entry of the web app.

A wheel carries them inside the package, in ``regionmap/bundle``; an editable install reads them from the root of the
repository, two levels above ``src/regionmap``.
"""

from __future__ import annotations

from pathlib import Path

from regionmap import manifest
from regionmap.errors import InputError

ATTRIBUTION = "天地图（国家地理信息公共服务平台）, 2024"
"""Whose boundaries these are: stands on every map and in every export."""

_PACKAGE = Path(__file__).resolve().parent
COMPILED_CATALOGUE = _PACKAGE / "bundle" / "catalogue.bin"
"""What is made of ``data`` when a wheel is built, or the package installed as editable; see ``catalogue.compiled``."""

_PLACES_TO_LOOK = (_PACKAGE / "bundle", _PACKAGE.parent.parent)


class MissingResourceError(InputError, FileNotFoundError):
    """A bundled file or folder is not where the installation should have put it."""


def geo_dir() -> Path:
    """Return the folder ``geo`` (units.csv, counties.parquet, display/).

    Raises:
        MissingResourceError: the installation is incomplete.
    """
    return _bundled("geo", "units.csv")


def geo_file(name: str) -> Path:
    """Return a file of the folder ``geo`` after comparing it with its digest.

    Raises:
        MissingResourceError: the installation is incomplete.
        DamagedResourceError: the file is missing, or is not as it was made.
    """
    folder = geo_dir()
    return manifest.checked(folder / name, folder.parent)


def check_start() -> None:
    """See that all files of the installation are there; see ``manifest.check_start``.

    Raises:
        DamagedResourceError: one is not.
    """
    manifest.check_start(data_dir().parent)


def check_policy_files() -> None:
    """Compare the policy files and code tables of an installation with their digests.

    Raises:
        DamagedResourceError: one is missing or damaged.
    """
    manifest.check_folder("data", data_dir().parent)


def check_all() -> int:
    """Compare everything that has a digest; return how many files that is.

    Raises:
        DamagedResourceError: one is missing or damaged.
    """
    return manifest.check_all(data_dir().parent)


def data_dir() -> Path:
    """Return the folder ``data`` (sources/, regions/, industries.yaml, pilots/, destinations/).

    Raises:
        MissingResourceError: the installation is incomplete.
    """
    return _bundled("data", "sources")


def app_file() -> Path:
    """Return ``app.py``, the file that Streamlit runs.

    Raises:
        MissingResourceError: the installation is incomplete.
    """
    return _bundled("app.py")


def _bundled(name: str, witness: str = "") -> Path:
    """Return ``name`` in the first place that has it with ``witness`` inside: a stray folder of that name is no hit."""
    for root in _PLACES_TO_LOOK:
        if (root / name / witness).exists():
            return root / name
    looked = " and ".join(str(root / name / witness) for root in _PLACES_TO_LOOK)
    raise MissingResourceError(
        f"the bundled {name} is missing (looked for {looked}): reinstall regionmap, or run it from a full checkout"
    )

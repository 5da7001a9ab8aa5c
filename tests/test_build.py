"""A wheel, built from the sdist as installers do it, carries the compiled catalogue and starts with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="the build backend is not installed")

ROOT = Path(__file__).resolve().parents[1]
# No build environment of its own, which would need the network: the backend is asked as pip asks it.
BUILD = "import sys; from hatchling import build; print(getattr(build, sys.argv[1])(sys.argv[2]))"
START = """
import sys
sys.path.insert(0, sys.argv[1])
import regionmap
from regionmap.resources import data_dir
rm = regionmap.load()
print(rm.catalogue.version, len(rm.catalogue.provisions), data_dir().is_relative_to(sys.argv[1]), "yaml" in sys.modules)
"""


def run(*arguments: object, folder: Path) -> str:
    command = [sys.executable, "-c", *map(str, arguments)]
    environment = os.environ | {"REGIONMAP_CACHE": "off", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what pip would install."""
    made = tmp_path_factory.mktemp("built")
    with tarfile.open(made / run(BUILD, "build_sdist", made, folder=ROOT)) as archive:
        archive.extractall(made, filter="data")
    (unpacked,) = (one for one in made.iterdir() if one.is_dir())
    assert not (unpacked / "src" / "regionmap" / "bundle").exists()  # it is made anew, from the files
    wheel = made / run(BUILD, "build_wheel", made, folder=unpacked)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(made / "site")  # noqa: S202
    return made / "site"


def test_the_wheel_starts_with_the_compiled_catalogue(installed, rm):
    version, provisions, own, parsed = run(START, installed, folder=installed).split()
    assert (version, int(provisions)) == (rm.catalogue.version, len(rm.catalogue.provisions))
    assert own == "True"
    assert parsed == "False"


def test_the_wheel_carries_the_schemas_and_names_its_licence(installed):
    schemas = {one.name for one in (installed / "regionmap" / "bundle" / "schema").iterdir()}
    assert schemas == {one.name for one in (ROOT / "schema").iterdir()}
    (about,) = installed.glob("regionmap-*.dist-info")
    said = (about / "METADATA").read_text(encoding="utf-8")
    assert "License-Expression: MIT" in said
    assert "Leaflet" in (about / "licenses" / "LICENSE").read_text(encoding="utf-8")
    needed = [line for line in said.splitlines() if line.startswith("Requires-Dist:") and "extra ==" not in line]
    assert not [line for line in needed if any(name in line for name in ("streamlit", "folium", "geopandas", "dask"))]


def test_a_changed_file_of_the_wheel_is_refused(installed):
    path = installed / "regionmap" / "bundle" / "data" / "industries.yaml"
    before = path.read_bytes()
    path.write_bytes(before + b"# changed\n")
    try:
        with pytest.raises(AssertionError, match=r"data/industries\.yaml, which comes with regionmap, is damaged"):
            run(START, installed, folder=installed)
    finally:
        path.write_bytes(before)


def test_the_wheel_lists_the_digest_of_every_bundled_file(installed):
    bundle = installed / "regionmap" / "bundle"
    named = {line.split("  ")[1] for line in (bundle / "SHA256SUMS").read_text("utf-8").splitlines()}
    held = {one.relative_to(bundle).as_posix() for one in bundle.rglob("*") if one.is_file()}
    unlisted = {one for one in held - named if not one.startswith(("geo/build", "geo/README"))}
    assert unlisted == {"SHA256SUMS", "catalogue.bin"}
    assert named - held == {"../locale/zh/LC_MESSAGES/regionmap.mo"}


def test_a_file_that_does_not_hold_stops_the_build(tmp_path):
    for name in ("src", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("bundle", "__pycache__"))
    for name in ("geo", "schema", "pyproject.toml", "hatch_build.py", "app.py", ".streamlit", "README.md", "LICENSE"):
        (tmp_path / name).symlink_to(ROOT / name)
    file = tmp_path / "data" / "industries.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "unknown: field\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="unknown"):
        run(BUILD, "build_wheel", tmp_path, folder=tmp_path)

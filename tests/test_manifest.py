"""The bundled files guard themselves: what is missing or damaged is refused in one line that names it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from regionmap import manifest
from regionmap.i18n import LOCALE_DIR

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "regionmap"
CHECK = ["check", "保定", "--industry", "钢铁", "--date", "2019-06-01", "--brief"]
POINT = ["check", "--lon", "115.46", "--lat", "38.87", "--industry", "钢铁", "--date", "2019-06-01", "--brief"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out as a wheel: the package with its ``bundle``, the list of digests in it."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(PACKAGE, site / "regionmap", ignore=shutil.ignore_patterns("bundle", "__pycache__"))
    bundle = site / "regionmap" / "bundle"
    for name in ("geo", "data", "schema", ".streamlit"):
        shutil.copytree(ROOT / name, bundle / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", bundle / "app.py")
    (bundle / manifest.NAME).write_text(manifest.sums(ROOT), "utf-8")
    compiled = "from regionmap.loading import compile_bundled; compile_bundled()"
    subprocess.run([sys.executable, "-c", compiled], cwd=site, env=environment(site), check=True, timeout=120)
    return site


def environment(site: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(site), "REGIONMAP_CACHE": "off", "LC_ALL": "C.UTF-8"}


def run(site: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "regionmap", *arguments]
    done = subprocess.run(command, cwd=site, env=environment(site), capture_output=True, text=True, timeout=120)
    return done.returncode, done.stderr or done.stdout


def test_a_whole_installation_answers_and_validates(installed):
    assert run(installed, *CHECK)[0] == 0
    status, said = run(installed, "validate")
    assert status == 0
    assert " regionmap: " not in f" {said}"
    assert len(said.splitlines()) == 1


def test_the_list_is_read_by_common_tools_and_names_every_file(installed):
    bundle = installed / "regionmap" / "bundle"
    lines = (bundle / manifest.NAME).read_text("utf-8").splitlines()
    named = {name: digest for digest, name in (line.split("  ") for line in lines)}
    for name, digest in named.items():
        assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() == digest
    policies = {f"data/{one.relative_to(ROOT / 'data').as_posix()}" for one in (ROOT / "data").rglob("*.*")}
    assert policies <= set(named)
    assert {"geo/counties.parquet", "geo/display/lines.json.gz", "app.py", ".streamlit/config.toml"} <= set(named)
    assert f"../locale/{next(LOCALE_DIR.rglob('*.mo')).relative_to(LOCALE_DIR).as_posix()}" in named


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("data/gbt4754-2017.csv", CHECK),
        ("data/industries.yaml", CHECK),
        ("data/sources/miit-2018-136.yaml", CHECK),
        ("geo/units.csv", CHECK),
        ("geo/unit_changes.csv", CHECK),
        ("geo/counties.parquet", POINT),
        ("geo/counties.parquet", ["export", "units", "-o", "out.csv"]),
        ("geo/counties.parquet", ["screen", "in.csv", "-o", "out.csv"]),
        ("../locale/zh/LC_MESSAGES/regionmap.mo", CHECK),
        ("schema/source.schema.json", ["validate"]),
        ("geo/display/lines.json.gz", ["validate"]),
    ],
)
@pytest.mark.parametrize("way", ["missing", "cut", "flipped"])
def test_what_is_missing_or_damaged_is_refused_in_one_line(installed, name, arguments, way):
    (installed / "in.csv").write_text("lon,lat,industry\n115.46,38.87,钢铁\n", "utf-8")
    path = installed / "regionmap" / "bundle" / name
    whole = path.read_bytes()
    if way == "missing":
        path.unlink()
    else:
        middle = len(whole) // 2
        flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        path.write_bytes(flipped if way == "flipped" else whole[:middle])
    try:
        status, said = run(installed, *arguments)
    finally:
        path.write_bytes(whole)
    (line,) = said.splitlines()
    assert status == 2
    assert path.name in line or "geo is missing" in line
    assert "install" in line


@pytest.mark.parametrize("content", [None, b"", b"\xff\x00", b"no list"])
def test_a_list_that_is_none_is_refused(installed, content):
    path = installed / "regionmap" / "bundle" / manifest.NAME
    whole = path.read_bytes()
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    try:
        status, said = run(installed, *CHECK)
    finally:
        path.write_bytes(whole)
    (line,) = said.splitlines()
    assert status == 2
    assert manifest.NAME in line


def test_a_damaged_compiled_catalogue_is_passed_over(installed):
    path = installed / "regionmap" / "bundle" / "catalogue.bin"
    whole = path.read_bytes()
    path.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    try:
        assert run(installed, *CHECK)[0] == 0
    finally:
        path.write_bytes(whole)


def test_a_file_of_ones_own_beside_the_bundled_ones_is_no_damage(installed):
    path = installed / "regionmap" / "bundle" / "geo" / "mine.csv"
    path.write_text("a\n", "utf-8")
    try:
        assert run(installed, *CHECK)[0] == 0
    finally:
        path.unlink()


def test_in_a_checkout_policy_files_may_be_edited_and_boundaries_not(tmp_path):
    for name in ("src", "geo", "data", "schema"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("bundle", "__pycache__"))
    edited = tmp_path / "data" / "industries.yaml"
    edited.write_text(edited.read_text("utf-8") + "\n# edited\n", "utf-8")
    (tmp_path / "src" / "cwd").mkdir()
    assert run(tmp_path / "src", *CHECK)[0] == 0
    units = tmp_path / "geo" / "units.csv"
    units.write_text(units.read_text("utf-8") + "\n", "utf-8")
    status, said = run(tmp_path / "src", *CHECK)
    (line,) = said.splitlines()
    assert status == 2
    assert "geo/units.csv" in line
    assert "make boundaries" in line
    (tmp_path / "data" / "gbt4754-2017.csv").unlink()
    shutil.copy(ROOT / "geo" / "units.csv", units)
    status, said = run(tmp_path / "src", *CHECK)
    (line,) = said.splitlines()
    assert status == 2
    assert "no table of codes at" in line

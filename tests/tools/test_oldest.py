"""The lower bounds that `make test-oldest` installs are those of pyproject.toml, each of them and no other."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

import pytest
from packaging.version import Version

from tools import oldest

MADE = """
[build-system]
requires = ["hatchling>=1.27"]
[project]
name = "Made"
dependencies = ["click>=8.2", "{more}"]
[project.optional-dependencies]
dev = ["made[app]", "mcp>=2.3,<3", "pywin32>=311; sys_platform == 'none'"]
app = ["made[gis]"]
gis = ["Click>=8.3"]
geo = []
other = ["atheris>=2.3"]
"""


def made(tmp_path, more):
    path = tmp_path / "pyproject.toml"
    path.write_text(MADE.replace("{more}", more), encoding="utf-8")
    return path


def test_bounds_of_build_extras_and_the_package_are_collected_and_the_highest_holds(tmp_path):
    bounds = oldest.lower_bounds(made(tmp_path, "python-docx>=1.1"))
    assert {name: str(one) for name, one in bounds.items()} == {
        "click": "8.3",
        "hatchling": "1.27",
        "mcp": "2.3",
        "python-docx": "1.1",
    }


def test_a_dependency_without_a_lower_bound_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"numpy<3 has no lower bound: write numpy>=VERSION"):
        oldest.lower_bounds(made(tmp_path, "numpy<3"))


def test_every_dependency_of_the_project_has_a_lower_bound():
    bounds = oldest.lower_bounds(oldest.PYPROJECT)
    told = tomllib.loads(oldest.PYPROJECT.read_text("utf-8"))["project"]
    needed = [*told["dependencies"], *told["optional-dependencies"]["dask"], *told["optional-dependencies"]["dev"]]
    assert {re.split(r"[\[>=<~]", one)[0] for one in needed} - {"regionmap"} <= set(bounds)


def test_what_is_installed_in_another_version_is_told():
    there = metadata.version("pytest")
    assert oldest.differing({"pytest": Version(there)}) == []
    assert oldest.differing({"pytest": Version("0.1"), "no-such-package": Version("1")}) == [
        f"pytest: {there} is installed, its lower bound is 0.1",
        "no-such-package: not installed, its lower bound is 1",
    ]

"""The lower bounds of pyproject.toml as a constraints file: every dependency at the oldest version that is promised.

``python tools/oldest.py > oldest.txt`` prints it for ``pip install --constraint``; ``--check`` afterwards tells which
of them are not installed in exactly that version. ``make test-oldest`` does both and runs every test.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
EXTRAS = ("dev", "geo")
"""What the tests are run with; extras that these bring are followed."""


def lower_bounds(pyproject: Path, extras: Iterable[str] = EXTRAS) -> dict[str, Version]:
    """Return the lower bound of every dependency of a project, those of its extras and of its build included.

    Args:
        pyproject: the file ``pyproject.toml``.
        extras: which of its extras.

    Raises:
        ValueError: a dependency has no lower bound.
    """
    with pyproject.open("rb") as file:
        told = tomllib.load(file)
    project = told["project"]
    own = canonicalize_name(project["name"])
    found: dict[str, Version] = {}
    asked, seen = list(extras), set[str]()
    waiting = [*told["build-system"]["requires"], *project["dependencies"]]
    while asked or waiting:
        if not waiting:
            extra = asked.pop()
            waiting = [] if extra in seen else list(project["optional-dependencies"][extra])
            seen.add(extra)
            continue
        text = waiting.pop()
        requirement = Requirement(text)
        name = canonicalize_name(requirement.name)
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        if name == own:
            asked.extend(requirement.extras)
            continue
        bounds = [Version(one.version) for one in requirement.specifier if one.operator in {">=", "==", "~="}]
        if not bounds:
            raise ValueError(f"{text} has no lower bound: write {requirement.name}>=VERSION")
        found[name] = max([*bounds, *([found[name]] if name in found else [])])
    return dict(sorted(found.items()))


def differing(bounds: dict[str, Version]) -> list[str]:
    """Return a line for each package that is missing here or installed in another version than its bound."""
    lines = []
    for name, bound in bounds.items():
        try:
            there = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            lines.append(f"{name}: not installed, its lower bound is {bound}")
            continue
        if Version(there) != bound:
            lines.append(f"{name}: {there} is installed, its lower bound is {bound}")
    return lines


def main() -> int:
    """Print the constraints, or check what is installed; the exit status is 1 when something differs."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--check", action="store_true", help="compare with what is installed beside this Python")
    bounds = lower_bounds(PYPROJECT)
    if reader.parse_args().check:
        lines = differing(bounds)
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return 1 if lines else 0
    sys.stdout.writelines(f"{name}=={bound}\n" for name, bound in bounds.items())
    return 0


if __name__ == "__main__":
    sys.exit(main())

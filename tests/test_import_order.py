"""Imports point one way: from what people call down to the vocabulary. Late imports and those for types count too.

The order is told in CONTRIBUTING.md. A module may import what stands in a line before its own; modules of one line do
not import each other, but for those of one folder.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import regionmap

ROOT = Path(regionmap.__file__).parent

ORDER = [
    ["version", "model", "printable", "limits"],
    ["i18n"],
    ["errors"],
    ["manifest"],
    ["resources", "words", "lru", "traditional", "closest", "file_names", "formulas", "target", "terminal", "wrapping"],
    ["whole_file", "workbooks", "csv_table"],
    ["cache_dir", "unit_table"],
    ["catalogue", "places"],
    ["loading"],
    ["rules"],
    ["loaded"],
    ["api"],
    ["screening", "output"],
    ["notebook"],
    ["regionmap"],
    ["web", "mcp_server", "publish"],
    ["cli"],
    ["__main__"],
]
"""The folders and modules of ``regionmap``, the lowest first; ``regionmap`` is the package's own ``__init__``."""

PLACES = [
    ["errors", "plane", "shift", "changes"],
    ["coordinate_text"],
    ["coordinates", "geodesy"],
    ["datum"],
    ["index"],
    ["names"],
    ["area_limits", "area_pieces", "area_place", "area_rings"],
    ["areas"],
    ["area_text"],
]
"""The same inside ``regionmap.places``."""

RULES = [
    ["pilots"],
    ["parks"],
    ["matching"],
    ["reading"],
    ["verdict"],
    ["transfer", "history", "search"],
]
"""The same inside ``regionmap.rules``."""


def _modules(root: Path) -> dict[str, Path]:
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = ("regionmap", *path.relative_to(root).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, source: str, is_package: bool, known: set[str]) -> Iterator[str]:
    """Yield the modules of ``known`` that a module imports anywhere in it: also late, and for types alone."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            base = name.split(".") if is_package else name.split(".")[:-1]
            above = base[: len(base) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            if origin.split(".")[0] != "regionmap":
                continue
            for alias in node.names:
                full = f"{origin}.{alias.name}"
                yield full if full in known else origin


MODULES = _modules(ROOT)
IMPORTS = {
    name: set(imports(name, path.read_text(encoding="utf-8"), path.name == "__init__.py", set(MODULES))) - {name}
    for name, path in MODULES.items()
}


def layer_of(name: str, folder: str, order: list[list[str]]) -> int:
    """Return the line of ``order`` in which a module of a folder stands; a module of no line fails."""
    part = part_of(name, folder)
    lines = [number for number, names in enumerate(order) if part in names]
    assert len(lines) == 1, f"{name}: {part} must stand once in the order of imports of {folder}"
    return lines[0]


def part_of(name: str, folder: str) -> str:
    """Return the folder or module right below a folder that a module is or lies in."""
    return name.removeprefix(folder).removeprefix(".").split(".")[0] or folder


def inside(folder: str) -> set[str]:
    """Return the modules in a folder; what stands in the ``__init__`` of all but the package itself is a docstring."""
    return {name for name in MODULES if name.startswith(f"{folder}.") or (name == folder == "regionmap")}


def upward(folder: str, order: list[list[str]]) -> list[str]:
    """Return the imports inside a folder that do not point to a line before."""
    return [
        f"{name} imports {other}"
        for name in sorted(inside(folder))
        for other in sorted(IMPORTS[name] & inside(folder))
        if part_of(name, folder) != part_of(other, folder)
        and layer_of(other, folder, order) >= layer_of(name, folder, order)
    ]


FOLDERS = pytest.mark.parametrize(
    ("folder", "order"), [("regionmap", ORDER), ("regionmap.places", PLACES), ("regionmap.rules", RULES)]
)


@FOLDERS
def test_imports_point_downward(folder, order):
    assert upward(folder, order) == []


@FOLDERS
def test_every_folder_stands_in_the_order(folder, order):
    assert {part_of(name, folder) for name in inside(folder)} == {name for names in order for name in names}
    assert folder == "regionmap" or not IMPORTS[folder]


def test_no_modules_import_each_other_in_a_circle():
    try:
        order = list(TopologicalSorter(IMPORTS).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))
    assert len(order) == len(MODULES)


def test_late_imports_and_imports_for_types_are_seen():
    source = """
import typing
from regionmap import lru
from . import finding
from ..verdict.ruling import rule
if typing.TYPE_CHECKING:
    from regionmap.api import Regionmap
def late():
    import regionmap.words
    from regionmap.model import Text
"""
    known = {
        "regionmap", "regionmap.lru", "regionmap.api", "regionmap.words", "regionmap.model",
        "regionmap.rules.matching", "regionmap.rules.matching.finding", "regionmap.rules.verdict.ruling",
    }  # fmt: skip
    found = set(imports("regionmap.rules.matching.question", source, False, known))
    assert found == known - {"regionmap", "regionmap.rules.matching"}

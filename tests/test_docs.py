"""The guides for people who change the code name files, and names in them, that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "regionmap"
NAMED = re.compile(r"`([\w.*-]+(?:/[\w.*-]+)*(?:/|\.(?:py|md|css|yaml|json|po|toml|csv|jinja)))(?:: ([\w.]+))?`")


def named(text: str) -> list[tuple[str, str]]:
    """Files and folders in a text, each with the name in it that is meant, if any."""
    return NAMED.findall(text)


def problems(text: str) -> list[str]:
    found = []
    for path, name in named(text):
        there = [one for folder in (ROOT, PACKAGE, PACKAGE.parent) for one in folder.glob(path.rstrip("/"))]
        if not there:
            found.append(f"no {path}")
        elif name and not defines(ast.parse(there[0].read_text("utf-8")).body, name.split(".")):
            found.append(f"no {name} in {path}")
    return found


def defines(body: list[ast.stmt], names: list[str]) -> bool:
    """Whether a body defines the first name, and inside it the next ones."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            if node.name == names[0]:
                return len(names) == 1 or defines(node.body, names[1:])
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if len(names) == 1 and any(isinstance(one, ast.Name) and one.id == names[0] for one in targets):
                return True
    return False


@pytest.mark.parametrize("guide", ["CONTRIBUTING.md", "docs/design.md"])
def test_what_a_guide_for_the_code_names_is_there(guide: str) -> None:
    text = (ROOT / guide).read_text("utf-8")
    assert len(named(text)) > 20
    assert problems(text) == []


@pytest.mark.parametrize("guide", ["docs/performance.md", "docs/screening.md", "findings/README.md"])
def test_other_guides_name_no_file_that_is_gone(guide: str) -> None:
    text = (ROOT / guide).read_text("utf-8")
    assert [path for path, _ in named(text) if "/" in path and problems(f"`{path}`")] == []


def test_what_is_not_there_is_found() -> None:
    text = "`api.py: Regionmap.check` `api.py: Regionmap.chek` `rules/matching/` `rules/machting/` `tests/test_docs.py`"
    assert problems(text) == ["no Regionmap.chek in api.py", "no rules/machting/"]

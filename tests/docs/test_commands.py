"""What the documentation says that commands print is what they print."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tools import docs_commands

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize("page", docs_commands.pages(), ids=lambda path: path.relative_to(ROOT / "docs").as_posix())
def test_a_page_shows_what_its_commands_print(page: Path):
    text = page.read_text("utf-8")
    assert docs_commands.renewed(text) == text, "run `make docs-outputs`, and read what changed"


def test_a_block_that_is_not_true_is_renewed():
    text = "```console\n$ regionmap check 保定市 --industry 钢铁 --date 2019-06-01 --brief\n允许\n```\n"
    assert "禁止 · 河北省保定市" in docs_commands.renewed(text)
    assert "允许" not in docs_commands.renewed(text)


def test_the_id_of_a_run_which_other_versions_of_python_change_is_that_of_the_page():
    block = "```console\n$ echo 'Run 0123456789ab, catalogue 1'\n{}\n```\n"
    text = block.format("Run fedcba987654, catalogue 1")
    assert docs_commands.renewed(text) == text
    assert docs_commands.renewed(block.format("")) == block.format("Run 0123456789ab, catalogue 1")


def test_the_commands_are_told_in_chinese():
    import sys

    sys.path.insert(0, str(ROOT / "docs" / "_ext"))
    try:
        import command_reference
    finally:
        sys.path.pop(0)
    chinese = json.loads(command_reference.WORDS.read_text("utf-8"))
    assert sorted(command_reference.sentences() - chinese.keys()) == [], "translate in docs/_ext/commands_zh.json"

"""Pages of help in the chosen language: whole, and as wide as a terminal."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from rich.cells import cell_len

import regionmap.cli.commands as cli
from regionmap.cli.help import options_of
from regionmap.i18n import t

HAN = re.compile("[\u3400-\u9fff]")
COMMANDS = ["", *cli.app.commands]


@pytest.fixture
def page(capsys, monkeypatch):
    def call(command: str, language: str, columns: int = 80) -> str:
        monkeypatch.setenv("REGIONMAP_LANG", language)
        monkeypatch.setenv("COLUMNS", str(columns))
        assert cli._run([*command.split(), "--help"]) == 0
        return capsys.readouterr().out

    return call


def test_without_docstrings_a_page_has_its_options_and_nothing_strange():
    """As Python runs with ``-OO``: what a command does stands in its docstring."""
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "regionmap", "check", "--help"], capture_output=True, encoding="utf-8", check=True
    )
    assert "--industry" in done.stdout
    assert "Project-Id-Version" not in done.stdout


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_every_command_is_told_in_chinese(page, command):
    said = flat(page(command, "zh"))
    of = cli.app.commands[command] if command else cli.app
    for option in options_of(of):
        words = "显示本页后退出" if "--help" in option.opts else t(option.help or "").zh
        assert HAN.search(words), (command, option.opts)
        assert flat(words) in said, (command, option.opts)
    for one in [of, *(cli.app.commands.values() if not command else ())]:
        purpose = t((one.help or "").strip().partition("\n\n")[0]).zh
        assert HAN.search(purpose), one.name
        assert flat(purpose) in said, one.name


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("columns", [60, 80])
def test_no_line_is_wider_than_the_terminal(page, command, columns):
    for language in ("zh", "en"):
        lines = page(command, language, columns).split("\n")
        long = [line for line in lines if cell_len(line) > columns]
        assert long == []
        assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_in_english_has_no_other_chinese_than_names(page, command):
    text = page(command, "en")
    assert text.startswith("Usage: regionmap")
    assert set(re.findall("[\u3400-\u9fff]+", text)) <= {"保定", "河北省保定市"}
    if command:
        assert "name" in text or "help" in text


def test_the_language_on_the_command_line_comes_before_the_environment(page):
    assert page("check --lang en", "zh").startswith("Usage: ")
    assert page("check --lang zh", "en").startswith("用法：")


def test_what_is_said_without_a_command_is_the_page_of_help(page, capsys):
    assert cli._run([]) == 2
    assert capsys.readouterr().err.strip() == page("", "zh").strip()

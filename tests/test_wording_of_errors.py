"""One style for all errors, one kind of quotes in a language: over the code and the whole gettext catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import regionmap
from regionmap.errors import InputError
from regionmap.i18n import LOCALE_DIR
from regionmap.model import Action
from regionmap.rules.reading.actions import parse_action
from regionmap.screening.sentences import REASONS

ROOT = Path(regionmap.__file__).parent
MARKERS = {"t", "_", "tn"}
TOLD_AS_ERRORS = (
    "cli/usage.py",
    "cli/ending.py",
    "catalogue/yamlio.py",
    "catalogue/yaml_errors.py",
    "catalogue/lines.py",
)
"""Modules all of whose sentences are errors, or parts of one."""
PROPER = ("GB/T", "GeoJSON", "REGIONMAP_TILES")
"""Names that begin a sentence with a capital letter wherever they stand."""
TERMS = re.compile(r"“\{(name|words|subject)\}”|“not listed”")
"""Terms of documents and of the catalogue, which are names in a sentence; what a user typed stands in '…'."""
LITERALS = re.compile(r'\[?"[\w-]+"\]?|\'[\w.*/]+/\*\.\w+\'|\'\{extra\}\'')
"""What is typed as it stands: values of YAML in double quotes, words that a shell must not read."""


def sentences(node: ast.AST) -> Iterator[str]:
    """Yield the sentences that are marked for translation below a node."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKERS:
            for one in call.args[: 2 if call.func.id == "tn" else 1]:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value


def errors() -> dict[str, str]:
    """Return the English of every error, with the file that raises it."""
    found = dict.fromkeys(REASONS.values(), "screening/sentences.py")
    for path in ROOT.rglob("*.py"):
        name, tree = path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))
        if name in TOLD_AS_ERRORS:
            found |= dict.fromkeys(sentences(tree), name)
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            called = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if called.endswith("Error") and call.args:
                first = call.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value] = name
                found |= dict.fromkeys((one for arg in call.args for one in sentences(arg)), name)
    return found


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return errors()


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    """The Chinese of every sentence by its English; of one that counts, by its form for several."""
    read_po = pytest.importorskip("babel.messages.pofile").read_po
    with (LOCALE_DIR / "zh" / "LC_MESSAGES" / "regionmap.po").open("rb") as file:
        return {
            english: one.string if isinstance(one.string, str) else one.string[0]
            for one in read_po(file, locale="zh")
            if one.id
            for english in ((one.id,) if isinstance(one.id, str) else one.id)
        }


def test_every_error_begins_small_and_ends_without_a_stop(told):
    assert len(told) > 350
    wrong = [one for one in told if one[:1].isupper() and not one.startswith(PROPER)]
    assert wrong == []
    assert [one for one in told if one.endswith((".", ",", ";")) or re.search(r"[a-z})]\. [A-Z{]", one)] == []


def test_chinese_errors_are_one_sentence_without_a_stop(told, chinese):
    assert [words for one in told if "。" in (words := chinese.get(one, ""))] == []


def test_english_has_one_kind_of_quotes_for_what_was_typed(chinese):
    assert [one for one in chinese if re.search('["`‘’]', LITERALS.sub("", one))] == []
    assert [one for one in chinese if re.search("[“”]", TERMS.sub("", one))] == []
    assert [one for one in chinese if re.search("「[^」]*[A-Za-z{]", one)] == []


def test_chinese_has_one_kind_of_quotes(chinese):
    assert [words for words in chinese.values() if re.search("[\"'`‘’「」]", LITERALS.sub("", words))] == []


@pytest.mark.parametrize(
    ("word", "action"),
    [("新建", "new"), ("改扩建", "expand"), ("产能置换", "replace"), ("迁入", "move_in"), ("技术改造", "upgrade"),
     ("move-in", "move_in"), ("NEW", "new")],
)  # fmt: skip
def test_plain_words_are_read(word, action):
    assert parse_action(word) is Action(action)


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("改建", ("置换/replace", "技改/upgrade")),
        ("搬迁", ("迁入/move_in", "置换/replace")),
        ("迁建", ("迁入/move_in", "置换/replace")),
        ("续建", ("新建/new", "扩建/expand")),
        ("复产", ("新建/new", "扩建/expand", "置换/replace", "迁入/move_in", "技改/upgrade")),
        ("demolish", ("新建/new", "扩建/expand", "置换/replace", "迁入/move_in", "技改/upgrade")),
    ],
)
def test_a_word_that_may_mean_several_actions_is_asked_back_in_the_language_of_the_reader(word, offered):
    with pytest.raises(InputError) as error:
        parse_action(word)
    assert f"“{word}”" in error.value.text.zh
    assert f"'{word}'" in error.value.text.en
    for one in offered:
        assert one in error.value.text.zh
        assert one.split("/")[1] in error.value.text.en
        assert parse_action(one.split("/")[0]) is parse_action(one.split("/")[1])

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
from regionmap.model import Action, Text
from regionmap.rules.reading.actions import action_words, parse_action
from regionmap.screening.sentences import REASONS
from regionmap.web.parts.error_words import said, sentence

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


UNKNOWN = {
    "C99": lambda rm: rm.check("保定", industry="C99"),
    "C3210炼铁": lambda rm: rm.check("保定", industry="C3210炼铁"),
    "nothing industry": lambda rm: rm.check("保定", industry="qqqqq"),
    "nothing place": lambda rm: rm.lookup("qqqqq"),
    "region": lambda rm: rm.region("qqqqq"),
    "a place for a region": lambda rm: rm.region("保定"),
    "a mistyped region": lambda rm: rm.region("京津翼"),
    "document": lambda rm: rm.source("qqqqq"),
    "programme": lambda rm: rm.programme("qqqqq"),
    "action": lambda rm: rm.check("保定", industry="钢铁", action="qqqqq"),
    "datum": lambda rm: rm.check(lon=115, lat=38, datum="qqqqq", industry="钢铁"),
    "effect": lambda rm: rm.rules(effect="qqqqq"),
    "layer": lambda rm: rm.layer("qqqqq"),
}
"""Questions with a name that nothing has."""


@pytest.mark.parametrize("what", UNKNOWN)
def test_an_unknown_name_is_told_with_one_colon(rm, what):
    with pytest.raises(InputError) as caught:
        UNKNOWN[what](rm)
    text = caught.value.text
    assert len(re.findall(r":(?=\s)", text.en)) == 1, text.en
    assert text.zh.count("：") == 1, text.zh


def test_a_code_and_a_name_that_contradict_each_other_are_both_told(rm):
    with pytest.raises(
        InputError, match=r"no code C3210 .*'炼铁' beside it has another: did you mean 「炼铁」 \(3110\)"
    ):
        rm.check("保定", industry="C3210炼铁")
    with pytest.raises(InputError, match=r"「炼钢」 \(3120\) by its code and 「炼铁」 \(3110\) by its name") as caught:
        rm.check("保定", industry="C3120炼铁")
    assert (
        caught.value.text.zh == "“C3120 炼铁”指了两个行业，按代码是炼钢（3120），按名称是炼铁（3110）：请只给其中一个"
    )


def test_a_place_given_for_a_region_is_told_its_regions(rm):
    with pytest.raises(InputError, match=r"'保定' is a place and no region: .*\(jing-jin-ji-surroundings\)") as caught:
        rm.history("保定", "2018-01-01", "2020-01-01")
    assert "regionmap lookup 130600" in caught.value.text.zh
    with pytest.raises(InputError, match="no loaded list of a region names it; ask regionmap lookup 710009"):
        rm.history("台北", "2018-01-01", "2020-01-01")
    with pytest.raises(InputError, match=r"did you mean .*\(jing-jin-ji-surroundings\)"):
        rm.history("京津翼", "2018-01-01", "2020-01-01")
    with pytest.raises(InputError, match="'foo', nor anything like it: choose from"):
        rm.history("foo", "2018-01-01", "2020-01-01")


@pytest.mark.parametrize(
    "ask",
    [
        lambda rm: rm.check("保定", industry="钢铁", on=b"2019-06-01"),
        lambda rm: rm.check("保定", industry="钢铁", action=b"new"),
        lambda rm: rm.check(lon=115, lat=38, datum=b"gcj02", industry="钢铁"),
        lambda rm: rm.check(lon=115, lat=38, radius_m=b"far", industry="钢铁"),
        lambda rm: rm.rules(effect=b"cap"),
        lambda rm: rm.layer(b"units"),
        lambda rm: rm.lookup(b"130600"),
    ],
)
def test_bytes_are_never_quoted_twice(rm, ask):
    with pytest.raises(InputError, match=r"bytes|b'") as caught:
        ask(rm)
    for words in (caught.value.text.zh, caught.value.text.en):
        assert not re.search("[\"'“]b'", words), words


def test_every_error_of_a_page_is_a_whole_sentence(chinese):
    page = (ROOT / "web" / "parts" / "error_words.py").read_text("utf-8")
    own = [one for one in sentences(ast.parse(page)) if one != "and {rest} more"]
    assert len(own) > 8
    assert [one for one in own if not re.match("[A-Z]|'{asked}'", one) or not one.endswith((".", "{question}"))] == []
    assert [one for one in own if not chinese[one].endswith(("。", "{question}"))] == []


@pytest.mark.parametrize(
    ("ask", "zh", "en"),
    [
        (
            lambda rm: rm.check("保定", industry="钢铁", on="yesterday"),
            "“yesterday”不是",
            "'yesterday' is not a date: ",
        ),
        (lambda rm: rm.check("保定", industry=""), "没有给出行业", "No industry given: "),
        (lambda rm: rm.history("air-key-regions", "2020-01-01", "2018-01-01"), "第一个日期", "The first date "),
        (lambda rm: rm.check("保定", industry="C99"), "GB/T 4754-2017 没有", "GB/T 4754-2017 has no code C99 "),
    ],
)
def test_an_error_that_a_page_shows_as_it_is_becomes_a_sentence(rm, ask, zh, en):
    with pytest.raises(InputError) as caught:
        ask(rm)
    assert not str(caught.value).endswith(".")
    words = said(caught.value, rm)
    assert (words.zh[: len(zh)], words.en[: len(en)]) == (zh, en)
    assert (words.zh[-1], words.en[-1]) in {("。", "."), ("？", "?")}


def test_the_name_of_a_file_that_begins_an_error_keeps_its_letters():
    assert sentence(Text("sites.csv：没有列", "sites.csv: no column")) == Text(
        "sites.csv：没有列。", "sites.csv: no column."
    )


@pytest.mark.parametrize(
    ("word", "action"),
    [("新建", "new"), ("改扩建", "expand"), ("产能置换", "replace"), ("迁入", "move_in"), ("技术改造", "upgrade"),
     ("move-in", "move_in"), ("NEW", "new"), ("新", "new"), ("扩", "expand"), ("Expansion", "expand")],
)  # fmt: skip
def test_plain_words_are_read(word, action):
    assert parse_action(word) is Action(action)


def test_every_word_of_the_table_is_treated_as_the_table_says():
    table = action_words()
    assert {len(one.actions) for one in table} == {0, 1, 2}
    for words, actions, why in table:
        for word in words:
            if len(actions) == 1:
                assert parse_action(word) is actions[0]
                continue
            with pytest.raises(InputError) as error:
                parse_action(word)
            assert f"“{word}”" in error.value.text.zh
            assert all(one.value in error.value.text.en for one in actions)
            assert bool(actions) or why.zh in error.value.text.zh


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("改建", ("置换/replace", "技改/upgrade")),
        ("搬迁", ("迁入/move_in", "置换/replace")),
        ("迁建", ("迁入/move_in", "置换/replace")),
        ("续建", ("新建/new", "扩建/expand")),
        ("改", ("置换/replace", "技改/upgrade")),
        ("迁", ("迁入/move_in", "置换/replace")),
        ("relocation", ("迁入/move_in", "置换/replace")),
        ("新增产能", ("新建/new", "扩建/expand")),
        ("增产", ("新建/new", "扩建/expand")),
        ("投产", ("新建/new", "扩建/expand", "置换/replace", "迁入/move_in", "技改/upgrade")),
        ("恢复建设", ("新建/new", "扩建/expand")),
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

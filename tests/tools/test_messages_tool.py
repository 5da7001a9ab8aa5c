"""An edit of an English sentence keeps its Chinese, marked for a look; the same input gives the same bytes."""

from __future__ import annotations

import gettext
import io
import json
from pathlib import Path

import pytest

pytest.importorskip("babel")

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tools import messages

OLD = "The place lies {metres} m from a boundary."
EDITED = "The site lies {metres} m from another answer."
CHINESE = "距边界 {metres} 米。"
HERE = ["rules.verdict.caveats.near"]


def catalogue(chinese: dict[str, str], places: dict[str, list[str]] | None = None) -> Catalog:
    made = Catalog(locale="zh", domain="regionmap")
    for english, words in chinese.items():
        made.add(english, words, locations=[(one, 0) for one in (places or {}).get(english, HERE)])
    return again(made)


def again(made: Catalog) -> Catalog:
    """As the next run finds it: written and read."""
    return read_po(io.BytesIO(messages.written(made)), locale="zh", domain="regionmap")


def shown(made: Catalog, english: str) -> str:
    return gettext.GNUTranslations(io.BytesIO(messages.compiled(made))).gettext(english)


def test_an_edited_sentence_keeps_its_chinese_for_a_look() -> None:
    made = catalogue({OLD: CHINESE})
    assert messages.update(made, {EDITED: HERE}) == [(OLD, EDITED)]
    assert OLD not in made
    assert made[EDITED].string == CHINESE
    assert made[EDITED].fuzzy
    assert f'#| msgid "{OLD}"\n'.encode() in messages.written(made)
    assert shown(made, EDITED) == EDITED  # English until somebody has looked


def test_once_looked_at_it_is_shown_and_the_old_sentence_is_gone() -> None:
    made = catalogue({OLD: CHINESE})
    messages.update(made, {EDITED: HERE})
    text = messages.written(made).replace(b"#, fuzzy, python-brace-format\n", b"#, python-brace-format\n")
    assert text != messages.written(made)
    looked = read_po(io.BytesIO(text), locale="zh", domain="regionmap")
    messages.update(looked, {EDITED: HERE})
    assert shown(looked, EDITED) == CHINESE
    assert b"#|" not in messages.written(looked)


def test_it_stays_marked_until_somebody_has_looked() -> None:
    made = catalogue({OLD: CHINESE})
    for _ in range(3):
        messages.update(made, {EDITED: HERE})
        made = again(made)
    assert made[EDITED].fuzzy
    assert OLD.encode() in messages.written(made)


def test_a_second_edit_tells_the_sentence_that_the_chinese_translates() -> None:
    made = catalogue({OLD: CHINESE})
    messages.update(made, {EDITED: HERE})
    made = again(made)
    second = EDITED.replace("another", "a different")
    assert messages.update(made, {second: HERE}) == [(EDITED, second)]
    assert list(made[second].previous_id) == [OLD]


def test_an_edit_that_is_taken_back_is_fuzzy_no_longer() -> None:
    made = catalogue({OLD: CHINESE})
    messages.update(made, {EDITED: HERE})
    made = again(made)
    messages.update(made, {OLD: HERE})
    assert not made[OLD].fuzzy
    assert shown(made, OLD) == CHINESE


def test_a_long_previous_sentence_is_read_whole_from_its_wrapped_lines() -> None:
    old = "Words that fill more than one line of the file, " * 6 + 'with "quotes" and a \\ in them.'
    made = catalogue({old: CHINESE})
    messages.update(made, {old.replace("quotes", "marks"): HERE})
    made = again(made)
    messages.update(made, {old: HERE})
    assert not made[old].fuzzy


def test_the_place_tells_which_of_two_alike_was_edited() -> None:
    places = {"No list of parks here.": ["web.a"], "No list of zones here.": ["web.b"]}
    made = catalogue({"No list of parks here.": "无园区名单。", "No list of zones here.": "无片区名单。"}, places)
    messages.update(made, {"No list of areas here.": ["web.b"]})
    assert made["No list of areas here."].string == "无片区名单。"


def test_a_sentence_that_moved_and_was_edited_is_found_by_its_words() -> None:
    made = catalogue({OLD: CHINESE})
    messages.update(made, {OLD.replace("lies", "is"): ["web.elsewhere"]})
    assert made[OLD.replace("lies", "is")].string == CHINESE


def test_unlike_sentences_are_not_paired_and_what_vanished_is_dropped() -> None:
    made = catalogue({"Parks": "园区"})
    assert messages.update(made, {"No rule was found in 2019.": HERE}) == []
    assert made["No rule was found in 2019."].string == ""
    assert "Parks" not in made


def test_one_vanished_sentence_gives_its_chinese_once() -> None:
    made = catalogue({OLD: CHINESE})
    messages.update(made, {OLD + " ": HERE, EDITED: HERE})
    assert [bool(made[one].string) for one in (OLD + " ", EDITED)] == [True, False]


def test_a_sentence_without_an_edit_stays_as_it_is_when_its_function_is_renamed() -> None:
    made = catalogue({OLD: CHINESE})
    messages.update(made, {OLD: ["output.elsewhere"]})
    assert not made[OLD].fuzzy
    assert b"#: output.elsewhere" in messages.written(made)


def test_filling_translates_what_is_empty_or_marked_and_nothing_else() -> None:
    made = catalogue({OLD: CHINESE, "Park": "园区"})
    messages.update(made, {EDITED: HERE, "Park": HERE, "New words here": HERE})
    chinese = {EDITED: "距另一结论 {metres} 米。", "Park": "公园", "New words here": "新词"}
    assert messages.fill(made, chinese) == 2
    assert shown(made, EDITED) == chinese[EDITED]
    assert shown(made, "Park") == "园区"
    assert b"#|" not in messages.written(made)


def test_places_are_functions_methods_and_tables_of_a_module(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    code = tmp_path / "part" / "page.py"
    code.write_text(
        'WORDS = {1: t("In a table")}\nTITLE: Text = t("Typed "\n "and long")\nt(variable)\nother("No sentence")\n'
        "class Page:\n    def show(self):\n        words = f\"{self._('In a method')}\"\n\n"
        'def head(_):\n    return _("In a table")\n\n'
        'def show(out):\n    return out.words("Of a terminal") + translator(out.language)("Of no name")\n'
    )
    assert messages.collect([code], tmp_path) == {
        "In a method": ["part.page.Page.show"],
        "In a table": ["part.page.WORDS", "part.page.head"],
        "Of a terminal": ["part.page.show"],
        "Of no name": ["part.page.show"],
        "Typed and long": ["part.page.TITLE"],
    }


def test_a_run_changes_nothing_where_nothing_changed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "regionmap.po"
    copy.write_bytes(messages.WRITTEN.read_bytes())
    monkeypatch.setattr(messages, "WRITTEN", copy)
    messages.main([])
    first = copy.read_bytes(), copy.with_suffix(".mo").read_bytes()
    messages.main([])
    assert (copy.read_bytes(), copy.with_suffix(".mo").read_bytes()) == first
    assert capsys.readouterr().out == ""


def test_a_run_fills_from_a_file_and_tells_what_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "src"
    (root / "part").mkdir(parents=True)
    (tmp_path / "app.py").write_text("")
    (root / "part" / "page.py").write_text('a = t("One sentence")\nb = t("Quite other words")\n')
    for name, value in {"PACKAGE": root, "ROOT": tmp_path, "WRITTEN": tmp_path / "words.po"}.items():
        monkeypatch.setattr(messages, name, value)
    (tmp_path / "words.po").write_bytes(messages.written(Catalog(locale="zh", domain="regionmap")))
    (tmp_path / "fill.json").write_text(json.dumps({"One sentence": "一句"}), "utf-8")
    messages.main(["--fill", str(tmp_path / "fill.json")])
    assert capsys.readouterr().out == "translate: Quite other words\n"
    assert 'msgstr "一句"' in (tmp_path / "words.po").read_text("utf-8")

"""Folders of one's own that hold more than policy files do: told in a line with the limit, and not worked through."""

from __future__ import annotations

import pytest

from regionmap.catalogue import files, yamlio
from regionmap.catalogue.files import Folder, ParsedFiles, Problems, catalogue_files, parse_folder
from regionmap.catalogue.yamlio import YamlError, parse_yaml
from regionmap.errors import CatalogueError, InputError


@pytest.mark.parametrize(
    ("limit", "text", "words"),
    [
        ("MOST_FILE_VALUES", "a: [1, 2, 3, 4, 5, 6]\n", "up to 7 values; a policy file has at most 5: split it"),
        ("MOST_ENTRIES", "a:\n  b: [1, 2, 3, 4, 5, 6]\n", "6 entries stand here; at most 5 may: split the file"),
        ("MOST_ENTRIES", "".join(f"k{one}: 1\n" for one in range(6)), "6 entries stand here; at most 5 may"),
        ("LONGEST_TEXT", "a: 保定市石家庄市\n", "a text has 7 characters; at most 5 are read"),
        ("LONGEST_PLAIN_VALUE", "abcdefg: 1\n", "the key 'abcdefg…' is too long for a field"),
    ],
)
def test_what_a_file_may_hold(monkeypatch, limit, text, words):
    parse_yaml(text)
    monkeypatch.setattr(yamlio, limit, 5)
    with pytest.raises(YamlError, match=words.replace("[", r"\[")):
        parse_yaml(text)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f"])
def test_a_mark_of_direction_is_refused(mark):
    with pytest.raises(YamlError, match="a mark of direction"):
        parse_yaml(f"a: '禁止{mark}允许'\n")


def test_the_number_of_policy_files_is_bounded(monkeypatch, tmp_path):
    (tmp_path / "sources").mkdir()
    for number in range(6):
        (tmp_path / "sources" / f"{number}.yaml").write_text("a: 1\n", "utf-8")
    assert len(catalogue_files(Folder(tmp_path, bundled=False))) == 6
    monkeypatch.setattr(files, "MOST_POLICY_FILES", 5)
    with pytest.raises(InputError, match="holds more than 5 policy files: name the folder"):
        catalogue_files(Folder(tmp_path, bundled=False))


def test_reading_ends_where_more_problems_are_found_than_are_told(monkeypatch, tmp_path):
    (tmp_path / "sources").mkdir()
    for number in range(9):
        (tmp_path / "sources" / f"{number}.yaml").write_text(f"{'x' * 2_000}: [\n", "utf-8")
    monkeypatch.setattr(files, "MOST_PROBLEMS", 4)
    with pytest.raises(CatalogueError) as told:
        parse_folder(Folder(tmp_path, bundled=False), ParsedFiles(), Problems())
    assert len(told.value.problems) == 5
    assert told.value.problems[-1].endswith("more problems, and 4 files that were not read: mend these first")
    assert max(map(len, told.value.problems)) <= 1_000


def test_the_values_of_a_folder_are_bounded_and_those_of_files_that_cannot_be_read_count(monkeypatch, tmp_path):
    (tmp_path / "sources").mkdir()
    for number in range(9):  # a bracket, two commas, two ends of lines; and no YAML
        (tmp_path / "sources" / f"{number}.yaml").write_text("a: [1,\n2,\n", "utf-8")
    own, bundled = Folder(tmp_path, bundled=False), Folder(tmp_path, bundled=True)
    monkeypatch.setattr(files, "MOST_FOLDER_VALUES", 45)  # just what they hold
    found, problems = ParsedFiles(), Problems()
    parse_folder(own, found, problems)
    assert (found.values, len(problems)) == (45, 9)
    monkeypatch.setattr(files, "MOST_FOLDER_VALUES", 44)
    parse_folder(bundled, ParsedFiles(), Problems())
    with pytest.raises(InputError, match="holds more than 44 values: name the folder"):
        parse_folder(own, found, Problems())
    reached = ParsedFiles()
    monkeypatch.setattr(files, "MOST_FOLDER_VALUES", 9)
    with pytest.raises(InputError, match="holds more than 9 values"):
        parse_folder(own, reached, Problems())
    assert reached.values == 10  # two files: no further one was looked at

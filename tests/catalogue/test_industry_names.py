"""Everyday names and meanings of industries in files: the bundled one, and what is refused with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from regionmap.api import load_folders
from regionmap.catalogue.files import Folder, ParsedFiles, Problems, parse_folder
from regionmap.catalogue.industry_names import check_meanings
from regionmap.catalogue.yamlio import read_yaml
from regionmap.errors import CatalogueError
from regionmap.resources import data_dir
from regionmap.rules.reading.subject import resolve_subject
from tests.catalogue.overlays import told_in_chinese

SCHEMA = Path(__file__).resolve().parents[2] / "schema" / "industry-names.schema.json"
NAMES = """\
names:
  - {words: [测试词, test word], codes: ["3110"]}
  - words: [两可词]
    choices: [steel, "3011"]
    ask: {zh: 哪一个？, en: Which one?}
"""
INDUSTRIES = """\
industries:
  - id: made-up
    name: {zh: 虚构业, en: Made-up industry}
    kind: industry
    codes: [{code: "3110", fit: part}]
"""


def problems(rm, folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_folders(rm.gazetteer, folder)
    told_in_chinese(caught.value)
    return caught.value.problems


def test_the_bundled_file_holds_against_the_published_schema():
    data = read_yaml(data_dir() / "industry-names.yaml").data
    jsonschema.validate(json.loads(json.dumps(data)), json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_a_folder_of_ones_own_may_bring_names(rm, tmp_path):
    (tmp_path / "industry-names.yaml").write_text(NAMES, encoding="utf-8")
    catalogue = load_folders(rm.gazetteer, tmp_path)
    assert resolve_subject(catalogue, "Test Words").codes == ("3110",)
    assert resolve_subject(catalogue, "测试词厂").codes == ("3110",)


def test_an_industry_of_ones_own_takes_no_everyday_word(rm, tmp_path):
    taken = INDUSTRIES.replace("kind: industry", "kind: industry\n    aliases: [锂电池厂家, 手机]")
    (tmp_path / "industries.yaml").write_text(taken, encoding="utf-8")
    (told,) = problems(rm, tmp_path)
    assert "'手机' is an everyday word with a meaning here" in told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('["3110"]', '["9999"]', [":2:", "names[0]", "no code 9999"]),
        ('codes: ["3110"]', "industry: steal", [":2:", "no industry has the id 'steal'"]),
        ('codes: ["3110"]', 'codes: ["3110"], industry: steel', [":2:", "one of codes, industry and choices"]),
        (', codes: ["3110"]', "", [":2:", "one of codes, industry and choices"]),
        ("    ask: {zh: 哪一个？, en: Which one?}\n", "", [":3:", "choices come with a question"]),
        ('[steel, "3011"]', "[steel]", [":3:", "only one choice"]),
        ('[steel, "3011"]', '[steel, "9998"]', [":3:", "'9998'"]),
        ("[两可词]", "[测试词]", [":3:", "stands already"]),
        ("[两可词]", "[白酒]", ["'白酒' stands already"]),
        ("[两可词]", "[钢铁]", [":3:", "already a name of the industry steel"]),
        ("[两可词]", "[水泥制造]", [":3:", "already a name of the industry cement"]),
        ("[两可词]", "[白酒制造]", [":3:", "the name of class 1512"]),
        ("words: [两可词]", "word: [两可词]", ["'words'"]),
    ],
)
def test_broken_names_are_told_with_file_and_line(rm, tmp_path, old, new, words):
    path = tmp_path / "industry-names.yaml"
    path.write_text(NAMES.replace(old, new), encoding="utf-8")
    told = "\n".join(problems(rm, tmp_path))
    for word in (*words, "industry-names.yaml"):
        assert word in told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('    codes: [{code: "3110", fit: part}]\n', "", [":2:", "nothing says what made-up means", "open"]),
        ("kind: industry", "kind: class", [":2:", "no reading says which industries the class made-up holds"]),
    ],
)
def test_a_bundled_industry_without_a_meaning_is_refused(rm, tmp_path, old, new, words):
    (tmp_path / "industries.yaml").write_text(INDUSTRIES.replace(old, new), encoding="utf-8")
    for bundled in (True, False):  # one of one's own may be known by its name alone
        found, unread = ParsedFiles(), Problems()
        parse_folder(Folder(tmp_path, bundled=bundled), found, unread)
        assert not unread
        told = "\n".join(check_meanings(found.industries, ()))
        assert bool(told) is bundled
        for word in (*words, "industries.yaml") if bundled else ():
            assert word in told


def test_an_industry_that_says_why_it_has_no_meaning_is_taken(rm, tmp_path):
    told = 'open: {zh: 没有名单。, en: "No list says what it is."}'
    made = INDUSTRIES.replace('codes: [{code: "3110", fit: part}]', told).replace("kind: industry", "kind: class")
    (tmp_path / "industries.yaml").write_text(made, encoding="utf-8")
    found = load_folders(rm.gazetteer, tmp_path).industries["made-up"]
    assert found.open is not None
    assert found.open.en == "No list says what it is."

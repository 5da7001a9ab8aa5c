"""One broken file for each kind of error, and the words that its message must hold."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.catalogue import overlays
from tests.catalogue.overlays import GOOD

LETTERS = "abcdefghijklmnopqrstuvwxyz"

REGION = """\
id: test-region
name: {zh: 试验区, en: Test region}
kind: other
definitions:
  - source: miit-2018-136
    item: 附件
    in_force_from: 2018-07-23
    in_force_until: null
    open: false
    quote: 京津冀及周边地区
    evidence: verbatim
    members:
      - {printed: 保定市, codes: ["130600"]}
"""


def problems(folder: Path) -> list[str]:
    return overlays.problems(folder, {})


def overlay(tmp_path: Path, text: str, name: str = "sources/test-2020-1.yaml") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_good_file_loads_and_is_marked_as_not_bundled(tmp_path):
    catalogue = overlays.load(tmp_path, {overlays.SOURCE: GOOD})
    assert catalogue.sources["test-2020-1"].bundled is False
    assert catalogue.sources["miit-2018-136"].bundled is True


def test_a_ban_in_an_undefined_area_stays_a_ban_and_lists_are_an_area(tmp_path):
    narrowed = 'codes: ["130600"]}], undefined: {zh: 沿江, en: along the river}}'
    catalogue = overlays.load(tmp_path, {overlays.SOURCE: GOOD.replace('codes: ["130600"]}]}', narrowed)})
    assert catalogue.sources["test-2020-1"].provisions[0].effect == "prohibit"
    listed = GOOD.replace('places: [{printed: 保定, codes: ["130600"]}]', "lists: [transformation-zones-2017]")
    catalogue = overlays.load(tmp_path, {overlays.SOURCE: listed})
    assert catalogue.sources["test-2020-1"].provisions[0].where.lists == ("transformation-zones-2017",)


# what to change in the good file, the line that the message must name, and words that it must hold
BROKEN = {
    "missing source number": ("number: 试〔2020〕1号\n", "", 1, ["'number' is missing", "文号"]),
    "missing date": ("in_force_from: 2020-05-01\n", "", 1, ["'in_force_from' is missing", "YYYY-MM-DD"]),
    "missing item": ("    item: 一\n", "", 17, ["provisions[0].item", "'item' is missing"]),
    "missing evidence": ("    evidence: verbatim\n", "", 17, ["provisions[0].evidence", "verbatim or reported"]),
    "weak evidence": ("    evidence: verbatim\n", "    evidence: from memory\n", 25, ["'verbatim' or 'reported'"]),
    "unknown field": ("horizon: 2025-12-31", "horizont: 2025-12-31", 11, ["'horizont' is not known", "'horizon'"]),
    "no such date": ("in_force_from: 2020-05-01", "in_force_from: 2020-02-31", 9, ["2020-02-31", "YYYY-MM-DD"]),
    "date order": ("in_force_until: null", "in_force_until: 2019-01-01", 10, ["before in_force_from", "turn them"]),
    "horizon order": ("horizon: 2025-12-31", "horizon: 2019-12-31", 11, ["horizon", "lies after"]),
    "issued later": ('issued: "2020-05-01"', 'issued: "2021-05-01"', 8, ["later than in_force_from"]),
    "unknown effect": ("effect: prohibit", "effect: forbid", 19, ["provisions[0].effect", "prohibit", "forbid"]),
    "unknown action": ("actions: [new]", "actions: [build]", 21, ["actions[0]", "move_in", "build"]),
    "unknown industry": ("[steel]", "[stele]", 20, ["no industry has the id 'stele'", "'steel'"]),
    "unknown region": (
        'where: {places: [{printed: 保定, codes: ["130600"]}]}',
        "where: {regions: [fenwei-plane]}",
        22,
        ["no region has the id 'fenwei-plane'", "'fenwei-plain'"],
    ),
    "no place": ('where: {places: [{printed: 保定, codes: ["130600"]}]}', "where: {}", 22, ["no place", "national"]),
    "pinned without a list": (
        'where: {places: [{printed: 保定, codes: ["130600"]}]}',
        "where: {regions: [east], pinned: miit-2018-136}",
        22,
        ["east has no definition from miit-2018-136"],
    ),
    "unknown adcode": ('"130600"', '"139900"', 22, ["139900", "保定", "GB/T 2260"]),
    "adcode not quoted": ('"130600"', "130600", 22, ["codes[0]", "quoted"]),
    "long quote": ("quote: 禁止新建钢铁", "quote: " + "禁" * 81, 23, ["81 characters", "at most 80"]),
    "item not listed": ("    item: 一\n", "    item: 二\n", 18, ["'二' is not among the items"]),
    "item without provision": (
        "  - {item: 一, heading: 总则}\n",
        "  - {item: 一, heading: 总则}\n  - {item: 二, heading: 附则}\n",
        16,
        ["no provision comes from the item 二"],
    ),
    "duty without addressee": ("effect: prohibit", "effect: duty", 17, ["addressee"]),
    "target with actions": ("effect: prohibit", "effect: target", 21, ["actions: []"]),
    "rule without actions": ("actions: [new]", "actions: []", 21, ["needs the actions"]),
    "superseded by nothing": (
        "horizon: 2025-12-31\n",
        "horizon: 2025-12-31\nsuperseded_by: [x-1]\n",
        12,
        ["no source has the id 'x-1'"],
    ),
    "key twice": ("level: province\n", "level: province\nlevel: province\n", 7, ["'level' stands twice"]),
    "not YAML": ("title: {zh", "title: {zh: [", 2, ["not YAML"]),
    "alias": ("zh: 试验局, en: Test office", "zh: &a 试验局, en: *a", 5, ["alias"]),
    "a tag": ("rank: province", "rank: !!python/name:os.system x", 7, ["not read"]),
    "wrong id": ("id: test-2020-1", "id: test-2020-2", 1, ["named test-2020-1", "test-2020-2"]),
    "a list": (GOOD, "- 1\n- 2\n", 1, ["list of fields", "begin it with id"]),
    "empty": (GOOD, "", 1, ["list of fields"]),
    "duplicate of a bundled id": ("id: test-2020-1", "id: miit-2018-136", 1, ["source id", "stands already"]),
    "not a number": (
        "    evidence: verbatim\n",
        "    numbers: [{what: {zh: 量, en: x}, op: '<=', amount: .nan, unit: t}]\n    evidence: verbatim\n",
        25,
        ["numbers[0].amount", "finite"],
    ),
    "exceptions of a rule for one place": (
        'codes: ["130600"]}]}',
        'codes: ["130600"]}], except_lists: [computing-hubs]}',
        22,
        ["except_lists", "only a national rule"],
    ),
    "unknown list": (
        'where: {places: [{printed: 保定, codes: ["130600"]}]}',
        "where: {lists: [computing-hub]}",
        22,
        ["no destination list has the id 'computing-hub'", "'computing-hubs'"],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_with_file_line_field_and_what_would_be_right(tmp_path, name):
    old, new, line, words = BROKEN[name]
    assert old in GOOD
    found = problems(overlay(tmp_path, GOOD.replace(old, new, 1)))
    about = [one for one in found if "test-2020-1.yaml" in one]
    assert about, found
    matching = [one for one in about if all(word in one for word in words)]
    assert matching, found
    assert f"test-2020-1.yaml:{line}:" in matching[0]
    assert all("\n" not in one for one in found)


def test_all_problems_are_reported_at_once(tmp_path):
    text = GOOD.replace("effect: prohibit", "effect: forbid").replace("level: province", "level: planet")
    overlay(tmp_path, text)
    overlay(tmp_path, "a: [", "sources/other.yaml")
    found = "\n".join(problems(tmp_path))
    assert "forbid" in found
    assert "planet" in found
    assert "other.yaml" in found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("item: 附件", "item: 附表", ["no item 附表"]),
        ("    members:\n", "    union_of: [fenwei-plain]\n    members:\n", ["members or union_of"]),
        ("source: miit-2018-136", "source: miit-2018-135", ["no source has the id"]),
        ('codes: ["130600"]}', 'codes: ["130600", "130600"]}', ["stands twice"]),
        ("kind: other", "kind: planet", ["key-region"]),
    ],
)
def test_a_broken_region(tmp_path, old, new, words):
    found = problems(overlay(tmp_path, REGION.replace(old, new), "regions/test-region.yaml"))
    assert any(all(word in one for word in words) for one in found), found


INDUSTRIES = """\
industries:
  - {id: one, name: {zh: 甲业, en: One}, kind: industry, parents: [two]}
  - {id: two, name: {zh: 乙业, en: Two}, kind: industry, parents: []}
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("parents: []", "parents: [one]", ["circle", "one", "two", "cut"]),
        ("parents: []", "parents: [three]", ["no industry has the id 'three'"]),
        ("parents: []", 'codes: [{code: "9999", fit: exact}]', ["no code 9999"]),
        ("parents: []", "members: [one]", ["only a group has members"]),
        ("kind: industry, parents: []", "kind: group", ["group without members"]),
        ("zh: 乙业", "zh: 甲业", ["industry name", "stands already"]),
        ("id: two", "id: steel", ["industry id 'steel' stands already"]),
    ],
)
def test_broken_industries(tmp_path, old, new, words):
    found = problems(overlay(tmp_path, INDUSTRIES.replace(old, new), "industries.yaml"))
    assert any(all(word in one for word in words) for one in found), found


def test_a_file_in_the_wrong_place_is_told_and_not_skipped(tmp_path):
    found = problems(overlay(tmp_path, GOOD, "test-2020-1.yaml"))
    assert any("sources/" in one for one in found)


def test_an_empty_folder_is_told(tmp_path):
    assert "no policy file" in problems(tmp_path)[0]


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path):
    found = problems(overlay(tmp_path, "# " + "x" * 2_100_000 + "\n" + GOOD))
    assert any("2,100" in one and "split" in one for one in found)


def test_an_alias_bomb_is_refused(tmp_path):
    bomb = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in pairwise(LETTERS))
    assert any("alias" in one for one in problems(overlay(tmp_path, bomb)))


def test_deep_nesting_is_refused(tmp_path):
    assert any("test-2020-1.yaml" in one for one in problems(overlay(tmp_path, "a: " + "[" * 5000)))
    assert any("nested deeper" in one for one in problems(overlay(tmp_path, "a: " + "[" * 60 + "]" * 60)))


def test_not_utf8_is_told_with_the_byte(tmp_path):
    path = tmp_path / "sources" / "test-2020-1.yaml"
    path.parent.mkdir()
    path.write_bytes(GOOD.encode("gb18030"))
    assert any("UTF-8" in one for one in problems(tmp_path))

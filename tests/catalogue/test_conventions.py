"""The conventions of the data guide: one broken file for each, and the words that its message must hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from regionmap.catalogue import conventions
from regionmap.catalogue.files import Folder, ParsedFiles, Problems, parse_folder
from regionmap.catalogue.gbt4754 import GbtTable
from regionmap.catalogue.known import Known
from regionmap.resources import data_dir
from tests.catalogue.overlays import GAZETTEER, GOOD, SOURCE, bundled, industries, industry, problems, write

PLACES = 'where: {places: [{printed: 保定, codes: ["130600"]}]}'
LOCAL = (
    GOOD.replace(
        "level: province\nrank: province", 'kind: regulation\nlevel: city\nrank: local_regulation\nplace: "130600"'
    )
    .replace("horizon: 2025-12-31", 'horizon: null\nversion: "2021-01-01"\narticles: 5\nknown_until: 2022-12-31')
    .replace("item: 一", "item: 第三条第二款")
)


@cache
def known_bundled() -> Known:
    return Known.of(bundled(), {one.code for one in GAZETTEER.units()}, GbtTable.load(data_dir()))


def broken(folder: Path, files: dict[str, str], *, as_bundled: bool = False) -> list[str]:
    """Return which conventions the files break: as files of a user, or as bundled ones."""
    found, wrong = ParsedFiles(), Problems()
    parse_folder(Folder(write(folder, files), bundled=as_bundled), found, wrong)
    assert not wrong
    known = Known.of(found, known_bundled().units, known_bundled().gbt)
    for ours, theirs in ((known.sources, known_bundled().sources), (known.industries, known_bundled().industries)):
        ours.update({name: one for name, one in theirs.items() if name not in ours})
    lines = [line for file in found.sources for line in conventions.check_source(file, known)]
    lines += conventions.check_readings(found.readings, known)
    lines += conventions.check_class_names(found.industries, known)
    return [one.replace(f"{folder}/", "").removeprefix("data/") for one in lines]


def changed(old: str, new: str, text: str = GOOD) -> dict[str, str]:
    assert old in text
    return {SOURCE: text.replace(old, new, 1)}


def acts(effect: str, actions: str, more: str = "") -> dict[str, str]:
    return changed(
        "effect: prohibit\n    industries: [steel]\n    actions: [new]",
        f"effect: {effect}\n    industries: [steel]\n    actions: {actions}{more}",
    )


ASK = "\n    ask: {zh: 逾期了吗？, en: Is it late?}"
ADDRESSEE = "\n    addressee: {zh: 某局, en: an office}"


@pytest.mark.parametrize(
    ("files", "line", "words"),
    [
        (acts("phase_out", "[expand, replace, upgrade]"), 21, ["actions", "a phase_out does not bind who upgrades"]),
        (acts("relocate", "[upgrade]"), 21, ["a relocate does not bind who upgrades", "leave upgrade out"]),
        (acts("guide_in", "[new, move_in]"), 21, ["speaks to [new, expand, move_in]"]),
        (acts("guide_in", "[new, expand, move_in, upgrade]"), 21, ["speaks to [new, expand, move_in]"]),
        (acts("target", "[]", ASK), 22, ["ask", "a target decides nothing"]),
        (acts("duty", "[]", ASK + ADDRESSEE), 22, ["ask", "a duty decides nothing"]),
        (acts("condition", "[new]", ADDRESSEE), 22, ["addressee", "only a duty lies on somebody", "write duty"]),
        (changed("industries: [steel]", "industries: []\n    industries_open: true"), 21, ["every industry already"]),
        (changed(PLACES, "where: {regions: [east], partly: true}"), 22, ["where.partly", "add places"]),
        (changed("level: province", "kind: notice\nlevel: province"), 12, ["only plans and work points", "set null"]),
        (changed("level: province", "kind: law\nlevel: province"), 12, ["this is a law", "horizon of its own"]),
        (changed("level: province", "level: national"), 7, ["level national cannot have the rank province"]),
        (changed("rank: province", "rank: ministry"), 7, ["level province cannot have the rank ministry"]),
        (changed("level: province", 'level: province\nplace: "130600"'), 7, ["no place of level province", "0000"]),
        (changed("level: province", 'level: province\nplace: "890000"'), 7, ["no unit has the adcode 890000"]),
        (
            changed("level: province", 'level: city\nplace: "130000"'),
            7,
            ["no place of level city", "a city or a county"],
        ),
        (
            changed("level: province\nrank: province", 'level: national\nplace: "130000"\nrank: ministry'),
            7,
            ["a national document governs no one place"],
        ),
        (changed("2022-12-31", "2020-12-31", LOCAL), 16, ["known_until", "before the version of 2021-01-01"]),
        (changed('version: "2021-01-01"', 'version: "2019-01-01"', LOCAL), 14, ["version", "issued, 2020-05-01"]),
        (changed("articles: 5", "articles: 2", LOCAL), 20, ["第三条第二款 is beyond the 2 articles"]),
        (changed("kind: regulation", "kind: notice", LOCAL), 15, ["articles", "a notice has no articles"]),
        (
            changed("in_force_until: null", "in_force_until: 2024-02-01\nsuperseded_by: [ndrc-2023-7]"),
            10,
            ["in_force_until", "ndrc-2023-7 takes its place from 2024-02-01 on", "the day before"],
        ),
    ],
)
def test_a_convention_that_is_broken_is_told_in_one_line(tmp_path, files, line, words):
    found = broken(tmp_path, files)
    assert len(found) == 1, found
    assert found[0].startswith(f"{SOURCE}:{line}: ")
    assert all(word in found[0] for word in words), found


@pytest.mark.parametrize(
    "files",
    [
        {SOURCE: GOOD},
        {SOURCE: LOCAL},
        acts("phase_out", "[expand, replace]"),
        acts("relocate", "[expand]"),
        acts("guide_in", "[move_in, expand, new]"),
        acts("condition", "[new]", ASK),
        acts("duty", "[]", ADDRESSEE),
        changed(PLACES, 'where: {places: [{printed: 某园区, codes: ["130600"]}], partly: true}'),
        changed(PLACES, "where: {national: true, province_line_m: 5000}"),
        changed("level: province", "kind: plan\nlevel: province"),
        changed("level: province", "kind: work_points\nlevel: province"),
        changed("level: province", 'level: province\nplace: "130000"'),
        changed("level: province", 'level: city\nplace: "130638"'),
        changed("articles: 5", "articles: 2", LOCAL.replace("read: whole", "read: part")),
        changed("in_force_until: null", "in_force_until: 2024-01-31\nsuperseded_by: [ndrc-2023-7]"),
    ],
)
def test_what_the_conventions_allow_is_not_told(tmp_path, files):
    assert broken(tmp_path, files) == []


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({SOURCE: GOOD}, [["add kind, one of law regulation plan"], ["a bundled document of a province says which"]]),
        (changed("level: province", 'level: province\nkind: plan\nplace: "130000"'), []),
        (changed('place: "130600"\n', "", LOCAL), [["a bundled document of a city says which", "add place"]]),
        ({SOURCE: LOCAL}, []),
    ],
)
def test_a_bundled_document_says_what_it_is_and_where(tmp_path, files, words):
    found = broken(tmp_path, files, as_bundled=True)
    assert len(found) == len(words), found
    for one, wanted in zip(found, words, strict=True):
        assert all(word in one for word in wanted), one


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            industry("one", "aliases: [葡萄酒制造]"),
            ["'葡萄酒制造' is 1515", "none of the codes of one", "add the code"],
        ),
        (industry("one", "aliases: [葡萄酒]", 'codes: [{code: "1513", fit: exact}]'), ["1515 葡萄酒制造"]),
        (industry("one", "aliases: [葡萄酒]", 'codes: [{code: "1515", fit: exact}]'), []),
        (industry("one", "aliases: [葡萄酒]", 'codes: [{code: "15", fit: part}]'), []),
        (industry("one", "aliases: [酒, 饮料业]", 'codes: [{code: "151", fit: exact}, {code: "152", fit: part}]'), []),
        (industry("one", "aliases: [炼铁业]", "members: [steel]", kind="group"), []),
    ],
)
def test_a_bundled_industry_goes_by_the_name_of_a_class_only_with_its_code(tmp_path, line, words):
    found = broken(tmp_path, industries(line), as_bundled=True)
    assert len(found) == bool(words), found
    assert all(word in found[0] for word in words)


def test_readings_do_not_chain(tmp_path):
    files = {
        "readings.yaml": "readings:\n  - class: own-class\n    members: [other-class, steel]\n"
        "    reason: {zh: 甲, en: a}\n",
        **industries(industry("own-class", kind="class"), industry("other-class", kind="class")),
    }
    (found,) = broken(tmp_path, files)
    assert found.startswith("readings.yaml:3: readings[0].members: 'other-class' is a class itself")


def test_a_folder_that_breaks_conventions_does_not_load(tmp_path):
    files = {
        **acts("phase_out", "[upgrade]"),
        "readings.yaml": "readings:\n  - {class: own-class, members: [other-class], reason: {zh: 甲, en: a}}\n",
        **industries(industry("own-class", kind="class"), industry("other-class", kind="class")),
    }
    found = problems(tmp_path, files)
    assert len(found) == 2, found
    assert "does not bind who upgrades" in found[0]
    assert "readings do not chain" in found[1]


@pytest.mark.parametrize(
    ("item", "number"),
    [
        ("第一条", 1), ("第十条", 10), ("第十七条第二款", 17), ("第四十三条", 43), ("第一百零八条", 108),
        ("第一百二十条第一款第三项", 120), ("第二〇条", 20), ("二（二）", None), ("附件", None),
    ],
)  # fmt: skip
def test_the_number_of_an_article_is_read(item, number):
    assert conventions.article(item) == number

"""Industries of one's own: they add, and change nothing of what bundled names, codes and classes mean."""

from __future__ import annotations

import pytest

from regionmap.api import Regionmap
from tests.catalogue.overlays import GAZETTEER, GOOD, SOURCE, industries, industry, load, only_problem, problems

# an alias, and what the one line must name
TAKEN = [
    ("3110", ["3110", "code of GB/T 4754", "炼铁"]),
    ('"3110"', ["code of GB/T 4754", "炼铁"]),
    ("C3110", ["code of GB/T 4754", "炼铁"]),
    ('"c 3110"', ["code of GB/T 4754", "炼铁"]),
    ("C-3110", ["code of GB/T 4754", "炼铁"]),
    ('"31"', ["code of GB/T 4754", "黑色金属冶炼"]),
    ("C", ["code of GB/T 4754", "制造业"]),
    ("c", ["code of GB/T 4754", "制造业"]),
    ("３１１０", ["code of GB/T 4754", "炼铁"]),
    ("Ｃ３１１０", ["code of GB/T 4754", "炼铁"]),
    ("٣١١٠", ["code of GB/T 4754", "炼铁"]),
    ('"9999"', ["code of GB/T 4754"]),
    ('"2520"', ["code of GB/T 4754"]),  # of the edition of 2011
    ("3110 炼铁", ["holds 3110", "炼铁"]),
    ("3110+3120", ["several codes of GB/T 4754"]),
    ("人造草坪制造", ["2928", "人造草坪制造"]),
    ("人造草坪", ["2928", "人造草坪制造"]),
    ("人造草坪业", ["2928"]),
    ('"人造 草坪"', ["2928"]),
    ("葡萄酒", ["1515", "葡萄酒制造"]),
    ("酒", ["151", "酒的制造"]),
    ("C2928人造草坪", ["holds 2928"]),
    ("谷物种植", ["011", "谷物种植"]),
    ("钢铁", ["bundled industry steel"]),
    ("钢铁业", ["bundled industry steel", "钢铁"]),
    ("钢 铁", ["bundled industry steel"]),
    ("steel", ["bundled industry steel"]),
    ("ＳＴＥＥＬ", ["bundled industry steel"]),
    ("iron-and-steel", ["bundled industry steel", "iron and steel"]),
    ("flat-glass", ["bundled industry flat-glass"]),
    ('"\\u200b"', ["no letter and no figure"]),
]


@pytest.mark.parametrize(("alias", "words"), TAKEN)
def test_an_alias_that_means_something_already_is_refused_in_one_line(tmp_path, alias, words):
    found = only_problem(
        tmp_path, industries(industry("own-trade", "parents: [ferrous-metals]", f"aliases: [{alias}]"))
    )
    assert found.startswith("industries.yaml:2: industries[0].aliases[0]: ")
    assert all(word in found for word in words), found


@pytest.mark.parametrize("alias", ["短流程钢厂", "2030 目标项目", "9X", "甲乙丙丁制造", "A4 paper"])
def test_an_alias_that_means_nothing_yet_is_taken(tmp_path, alias):
    catalogue = load(tmp_path, industries(industry("own-trade", f"aliases: [{alias}]")))
    assert Regionmap(catalogue, GAZETTEER).subject(alias).id == "own-trade"
    assert not catalogue.industries["own-trade"].bundled
    assert catalogue.industries["steel"].bundled


@pytest.mark.parametrize(
    ("line", "field", "word"),
    [
        (industry("c3110", en="Own trade"), "id", "炼铁"),
        (industry("own-trade", zh="水泥"), "name.zh", "bundled industry cement"),
        (industry("own-trade", zh="葡萄酒制造"), "name.zh", "1515"),
        (industry("own-trade", en="STEEL"), "name.en", "bundled industry steel"),
        (industry("steelmaking"), "id", "bundled industry steel"),
        (industry("steel", zh="钢铁", en="Steel"), "id", "stands already in data/industries.yaml"),
    ],
)
def test_an_id_or_a_name_that_is_taken_is_refused_in_one_line(tmp_path, line, field, word):
    found = only_problem(tmp_path, industries(line))
    assert f"industries[0].{field}: " in found
    assert word in found


def test_names_of_ones_own_stand_once_among_themselves(tmp_path):
    twice = industries(industry("one"), industry("two", "aliases: [ONE]"))
    assert "industry name 'ONE' stands already" in only_problem(tmp_path, twice)


def test_a_folder_with_codes_of_steel_leaves_every_question_about_steel_as_it_is(tmp_path, rm):
    mine = industries(industry("own-trade", 'codes: [{code: "3110", fit: exact}]', "parents: [steel]"))
    own = Regionmap(load(tmp_path, mine), GAZETTEER)
    for asked in ("3110", "钢铁", "炼铁", "31"):
        here, there = (one.check("保定", industry=asked, on="2019-06-01") for one in (own, rm))
        assert here.ruling is there.ruling
        assert [one.provision.id for one in here.findings] == [one.provision.id for one in there.findings]


def chain(length, field):
    kind = "group" if field == "members" else "industry"
    last = "members: [steel]" if field == "members" else "parents: []"
    lines = [industry(f"own-{n}", f"{field}: [own-{n + 1}]", kind=kind) for n in range(length)]
    return industries(*lines, industry(f"own-{length}", last, kind=kind))


def ladder(steps):
    lines = []
    for n in range(steps):
        lines += [
            industry(f"top-{n}", f"members: [left-{n}, right-{n}]", kind="group"),
            industry(f"left-{n}", f"members: [top-{n + 1}]", kind="group"),
            industry(f"right-{n}", f"members: [top-{n + 1}]", kind="group"),
        ]
    return industries(*lines, industry(f"top-{steps}", "members: [steel]", kind="group"))


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (industries(industry("one", "parents: [one]")), ["one cannot stand among its own parents"]),
        (industries(industry("one", "members: [one]", kind="group")), ["one cannot stand among its own members"]),
        (
            industries(industry("one", "parents: [two]"), industry("two", "parents: [one]")),
            ["parents go round in a circle", "one → two → one", "cut"],
        ),
        (
            industries(
                industry("one", "members: [two]", kind="group"), industry("two", "members: [one]", kind="group")
            ),
            ["members go round in a circle", "one → two → one"],
        ),
        (
            industries(industry("one", "members: [two]", "parents: [two]", kind="group"), industry("two")),
            ["parents and groups go round", "cannot stand above it"],
        ),
        (chain(400, "parents"), ["parents of parents, more than 12 deep", "own-387", "own-400"]),
        (chain(400, "members"), ["members of members, more than 12 deep"]),
        (industries(industry("one", "parents: [steel, steel]")), ["'steel' stands twice"]),
        (industries(industry("one", "members: [steel, steel]", kind="group")), ["'steel' stands twice"]),
        (
            industries(
                industry("one", "members: [steel, two]", kind="group"),
                industry("two", "members: [steel]", kind="group"),
            ),
            ["steel twice", "by itself and through two"],
        ),
        (ladder(1), ["top-1 twice, through left-0 and through right-0"]),
        (
            industries(industry("one", 'codes: [{code: "2011", fit: exact}, {code: "2011", fit: part}]')),
            ["stands twice"],
        ),
        (
            industries(industry("one", "members: [aluminium]", "parents: [steel]", kind="group")),
            ["makes aluminium a part of steel", "drop the parent or the member"],
        ),
        (
            industries(
                industry("one", "members: [aluminium]", "parents: [two]", kind="group"),
                industry("two", "parents: [steel]"),
            ),
            ["makes aluminium a part of steel"],
        ),
        (
            industries(industry("one", "parents: [steel]", 'codes: [{code: "3216", fit: exact}]')),
            ["3216 is none of the codes of its parent steel"],
        ),
    ],
)
def test_what_goes_round_deep_or_twice_is_refused_in_one_line(tmp_path, files, words):
    found = only_problem(tmp_path, files)
    assert all(word in found for word in words), found


def test_a_ladder_of_groups_ends_at_once(tmp_path):
    found = problems(tmp_path, ladder(200))  # 2 ** 200 ways down
    assert any("more than 12 deep" in one for one in found)
    assert any("top-200 twice" in one for one in found)


def test_a_group_of_bundled_industries_below_what_holds_them_is_fine(tmp_path):
    catalogue = load(
        tmp_path, industries(industry("one", "members: [aluminium]", "parents: [non-ferrous]", kind="group"))
    )
    assert catalogue.industries["one"].members == ("aluminium",)


def reading(of: str, *members: str) -> str:
    return f"  - class: {of}\n    members: [{', '.join(members)}]\n    reason: {{zh: 甲, en: a}}\n"


CLASSES = industries(industry("own-class", kind="class"), industry("other-class", kind="class"))


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        (
            reading("labour-intensive", "steel"),
            ["labour-intensive", "stands already in data/readings.yaml", "keep one"],
        ),
        (reading("own-class", "steel") + reading("own-class", "cement"), ["'own-class' stands already", "keep one"]),
        (reading("own-class", "stele"), ["no industry has the id 'stele'", "'steel'"]),
        (reading("own-class", "steel", "steel"), ["'steel' stands twice"]),
        (reading("steel", "cement"), ["'steel' is no industry of kind class"]),
        (reading("no-class", "cement"), ["'no-class' is no industry of kind class"]),
    ],
)
def test_a_broken_reading_of_a_class(tmp_path, readings, words):
    found = only_problem(tmp_path, {"readings.yaml": f"readings:\n{readings}", **CLASSES})
    assert all(word in found for word in words), found


def test_a_bundled_class_that_we_do_not_read_cannot_be_read_by_a_folder(tmp_path, rm):
    unread = next(one.id for one in rm.industries() if one.kind == "class" and one.id not in rm.catalogue.readings)
    found = only_problem(tmp_path, {"readings.yaml": f"readings:\n{reading(unread, 'steel')}"})
    assert f"'{unread}' is a bundled class" in found
    assert "class of your own" in found


def test_a_reading_of_a_class_of_ones_own_is_taken(tmp_path):
    catalogue = load(tmp_path, {"readings.yaml": f"readings:\n{reading('own-class', 'steel')}", **CLASSES})
    assert catalogue.readings["own-class"].members == ("steel",)


def test_an_unknown_industry_in_a_file_beside_one_that_cannot_be_read_is_not_told(tmp_path):
    files = {"industries.yaml": "industries: [", SOURCE: GOOD.replace("[steel]", "[my-industry]")}
    assert "not YAML" in only_problem(tmp_path, files)

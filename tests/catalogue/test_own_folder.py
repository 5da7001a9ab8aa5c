"""A folder of one's own cannot change what bundled files say, nor stop the program: one line each, or it works."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from regionmap.api import Regionmap, load_folders
from regionmap.catalogue import files as catalogue_files
from regionmap.errors import InputError
from regionmap.limits import MOST_PROBLEMS
from regionmap.resources import data_dir
from regionmap.rules.history.timeline import definition_spans, provision_spans
from tests.catalogue.overlays import (
    GAZETTEER,
    GOOD,
    SOURCE,
    good_with,
    industries,
    industry,
    load,
    only_problem,
    problems,
    region,
    write,
)

WHERE = 'where: {places: [{printed: 保定, codes: ["130600"]}]}'


def second(change: str = "") -> str:
    """Another good file."""
    text = GOOD.replace("test-2020-1", "test-2020-2").replace("1号", "2号").replace("试验文件", "另一个文件")
    return text.replace("read: whole", f"read: whole\n{change}")


def first(change: str) -> str:
    return GOOD.replace("read: whole", f"read: whole\n{change}")


# Days that are none, or so far away that the day after or before them is no date.
@pytest.mark.parametrize(
    ("field", "line"), [("in_force_from: 2020-05-01", 9), ("in_force_until: null", 10), ("horizon: 2025-12-31", 11)]
)
@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("0001-01-01", ["between 1949-01-01 and 2199-12-31"]),
        ("9999-12-31", ["between 1949-01-01 and 2199-12-31"]),
        ("2200-01-01", ["between 1949-01-01 and 2199-12-31"]),
        ("86400", ["YYYY-MM-DD", "86400"]),
        ('"1577836800"', ["YYYY-MM-DD", "1577836800"]),
        ("true", ["YYYY-MM-DD"]),
        ("9" * 5000, ["too long for a number or a date"]),
        ("0x" + "F" * 5000, ["too long for a number or a date"]),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_one_line(tmp_path, field, line, day, words):
    found = only_problem(tmp_path, good_with(field, f"{field.split(':')[0]}: {day}"))
    assert found.startswith(f"{SOURCE}:{line}: ")
    assert all(word in found for word in words), found
    assert len(found) < 300


@pytest.mark.parametrize("issued", ['"2020-13"', '"0000"', '"2020-02-30"', '"9999"', '"２０２０"'])
def test_a_printed_day_that_does_not_exist_is_refused_in_one_line(tmp_path, issued):
    assert f"{SOURCE}:8: issued: " in only_problem(tmp_path, good_with('issued: "2020-05-01"', f"issued: {issued}"))


@pytest.mark.parametrize(
    "change",
    [
        ("in_force_until: null", "in_force_until: 2199-12-31"),
        ("horizon: 2025-12-31", "horizon: 2199-12-31"),
        ("in_force_from: 2020-05-01", "in_force_from: 1949-01-01"),
        ("in_force_from: 2020-05-01", "in_force_from: 2025-12-31"),
    ],
)
def test_the_farthest_days_can_be_asked_for(tmp_path, change):
    text = GOOD.replace('issued: "2020-05-01"', "issued: null").replace(*change)
    rm = Regionmap(load(tmp_path, {SOURCE: text}), GAZETTEER)
    for day in ("1949-01-01", "2199-12-31"):
        rm.check("保定", industry="钢铁", on=day)
        rm.lookup("保定", on=day)
        rm.coming("保定", day)
    assert rm.change_dates()
    for one in rm.catalogue.provisions:
        assert provision_spans(rm.catalogue, one)
    for area in rm.regions():
        assert all(definition_spans(rm.catalogue, area, one) for one in area.definitions)


def pilot(printed: str, until: str) -> str:
    return (
        "id: test-pilots\nname: {zh: 试验试点, en: Test pilots}\nindustries: []\nbatches:\n"
        "  - id: first\n    name: {zh: 第一批, en: First}\n    standing: approved\n    number: null\n"
        f"    date_from: null\n    date_printed: {printed}\n    date_until: {until}\n    printed_count: 1\n"
        '    evidence: verbatim\n    places:\n      - {printed: 保定市, area: unit, codes: ["130600"]}\n'
    )


@pytest.mark.parametrize(("printed", "until"), [('"0000"', "null"), ('"9999-12"', "null"), ("null", "9999-12-31")])
def test_a_list_of_pilots_in_no_time_is_refused_in_one_line(tmp_path, printed, until):
    assert "batches[0].date_" in only_problem(tmp_path, {"pilots/test-pilots.yaml": pilot(printed, until)})


def test_a_list_of_pilots_in_the_last_month_can_be_asked_for(tmp_path):
    rm = Regionmap(load(tmp_path, {"pilots/test-pilots.yaml": pilot('"2199-12"', "2199-12-31")}), GAZETTEER)
    assert rm.pilots("保定", on="2199-12-31")


# What is there already, and sources that take each other's place
DESTINATION = (
    "id: {id}\nname: {{zh: 我的名单, en: My list}}\nkind: class\nwords: {words}\nnumber: null\ndate_from: 2018-01-01\n"
    "date_printed: null\nevidence: verbatim\ncomplete: true\nrows:\n"
    "  - {{printed: 保定, area: unit, codes: {codes}, industries: [{industry}], evidence: verbatim}}\n"
)


def destination(name="my-list", words="[]", codes='["130600"]', industry="steel"):
    text = DESTINATION.format(id=name, words=words, codes=codes, industry=industry)
    return {f"destinations/{name}.yaml": text}


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"sources/gov-2018-22.yaml": GOOD.replace("test-2020-1", "gov-2018-22")}, ["source id", "stands already"]),
        ({"regions/fenwei-plain.yaml": region("fenwei-plain")}, ["region id", "stands already in data/regions"]),
        (
            {"pilots/kiln-co-processing.yaml": pilot('"2020-01"', "null").replace("test-pilots", "kiln-co-processing")},
            ["programme id", "stands already in data/pilots"],
        ),
        (destination("miit-2018-136"), ["source id", "stands already in data/sources"]),
        (
            {"sources/computing-hubs.yaml": GOOD.replace("test-2020-1", "computing-hubs")},
            ["source id", "stands already in data/destinations"],
        ),
        (destination("computing-hubs"), ["source id", "stands already in data/destinations"]),
        (
            {"regions/mine.yaml": region("mine").replace("区mine", "汾渭平原")},
            ["region name '汾渭平原'", "data/regions"],
        ),
        (good_with("试〔2020〕1号", "工信部节[2018]136号"), ["is miit-2018-136 already", "count twice", "leave"]),
        (
            {SOURCE: GOOD, "sources/test-2020-2.yaml": second().replace("2号", "1号")},
            ["is test-2020-1 already", "count twice"],
        ),
        ({SOURCE: first("supersedes: [test-2020-1]")}, ["supersedes: test-2020-1 cannot take its own place"]),
        ({SOURCE: first("superseded_by: [test-2020-1]")}, ["superseded_by: test-2020-1 cannot take its own place"]),
        (
            good_with("    evidence: verbatim", "    superseded_by: [test-2020-1]\n    evidence: verbatim"),
            ["cannot take the place of its own rule"],
        ),
        (
            {
                SOURCE: first("superseded_by: [test-2020-2]"),
                "sources/test-2020-2.yaml": second("superseded_by: [test-2020-1]"),
            },
            [
                "superseded_by: sources take each other's place in a circle",
                "test-2020-1 → test-2020-2 → test-2020-1",
                "cut",
            ],
        ),
        (
            {
                SOURCE: first("supersedes: [test-2020-2]"),
                "sources/test-2020-2.yaml": second("supersedes: [test-2020-1]"),
            },
            ["supersedes: sources take each other's place in a circle"],
        ),
        (
            {
                SOURCE: first("supersedes: [test-2020-2]\nsuperseded_by: [test-2020-2]"),
                "sources/test-2020-2.yaml": second(),
            },
            ["in a circle"],
        ),
        (destination(words="[革命老区]"), ["'革命老区' stands in", "bundled", "would change where it guides to"]),
        (destination(codes='["139900"]'), ["no unit has the adcode 139900"]),
        (destination(industry="stele"), ["no industry has the id 'stele'", "'steel'"]),
        ({"catalogue.yaml": "as_of: 2030-01-01\n"}, ["only the bundled catalogue says as of which day", "drop"]),
    ],
)
def test_what_is_there_already_stays_as_it_is(tmp_path, files, words):
    found = only_problem(tmp_path, files)
    assert all(word in found for word in words), found


def test_the_amended_version_of_a_law_whose_title_is_its_number_is_another_document(tmp_path):
    law = GOOD.replace("试〔2020〕1号", "试验市某某条例").replace("zh: 试验文件", "zh: 试验市某某条例")
    later = law.replace("test-2020-1", "test-2020-2").replace("in_force_from: 2020-05-01", "in_force_from: 2021-05-01")
    assert {"test-2020-1", "test-2020-2"} <= load(
        tmp_path, {SOURCE: law, "sources/test-2020-2.yaml": later}
    ).sources.keys()


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("{lists: [no-list]}", ["where.lists", "no destination list has the id 'no-list'"]),
        ("{lists: [computing-hub]}", ["did you mean 'computing-hubs'"]),
        ("{lists: [computing-hubs, computing-hubs]}", ["stands twice"]),
        ("{national: true, lists: [computing-hubs]}", ["national: true already holds every place"]),
        ("{national: true, except_lists: [no-list]}", ["where.except_lists", "no destination list"]),
        ("{regions: [east], except_lists: [computing-hubs]}", ["only a national rule has exceptions"]),
        ("{regions: [east, east]}", ["'east' stands twice"]),
        ("{regions: [east], pinned: no-source}", ["no source has the id 'no-source'"]),
        ("{regions: [east], pinned: gov-2018-22}", ["the region east has no definition from gov-2018-22"]),
        ("{national: true, pinned: miit-2018-136}", ["pins no region"]),
        ("{province_line_m: 5000}", ["says no place"]),
        ("{national: true, province_line_m: true}", ["province_line_m", "integer"]),
        ("{national: true, province_line_m: 999999999}", ["province_line_m", "200000"]),
        ('{places: [{printed: 保定, codes: ["１３０６００"]}]}', ["codes[0]", "six-digit"]),
        ('{places: [{printed: 全国, codes: ["100000"]}]}', ["no unit has the adcode 100000"]),
        ('{places: [{printed: "保\\n定", codes: ["139900"]}]}', ["(保 定)"]),
        ('{places: [{printed: "保\\0定", codes: ["130600"]}]}', ["control character"]),
    ],
)
def test_an_area_that_cannot_be_is_refused_in_one_line(tmp_path, where, words):
    found = only_problem(tmp_path, good_with(WHERE, f"where: {where}"))
    assert found.startswith(f"{SOURCE}:22: ")
    assert all(word in found for word in words), found


@pytest.mark.parametrize("where", ["{lists: [computing-hubs]}", "{national: true, except_lists: [computing-hubs]}"])
def test_a_list_of_destinations_is_an_area(tmp_path, where):
    catalogue = load(tmp_path, good_with(WHERE, f"where: {where}"))
    (made,) = catalogue.sources["test-2020-1"].provisions
    assert "computing-hubs" in (*made.where.lists, *made.where.except_lists)


def test_errors_of_form_do_not_hide_the_others(tmp_path):
    text = GOOD.replace("effect: prohibit", "effect: forbid").replace("[steel]", "[stele]").replace("number:", "numbr:")
    found = problems(
        tmp_path, {SOURCE: text.replace('"130600"', '"139900"'), "regions/mine.yaml": region("mine", "mine")}
    )
    for words in ("forbid", "stele", "'number' is missing", "'numbr' is not known", "139900", "part of itself"):
        assert sum(words in one for one in found) == 1, (words, found)
    assert len(found) == 6


def test_lines_are_those_of_the_file_also_behind_parts_that_cannot_be_read(tmp_path):
    files = industries(industry("one", "parents: 5"), "{name: none}", industry("three", 'aliases: ["3110"]'))
    found = problems(tmp_path, files)
    assert any(one.startswith("industries.yaml:4: industries[2].aliases[0]: '3110' is a code") for one in found), found


# Much, and what is no file
def test_many_wrong_names_do_not_take_long(tmp_path):
    many = ", ".join(f"steel{number}" for number in range(5_000))
    started = time.monotonic()
    told = problems(tmp_path, good_with("[steel]", f"[{many}]"))
    assert len(told) == MOST_PROBLEMS + 1
    assert told[-1] == "… and 4,500 more problems: mend these first"
    assert time.monotonic() - started < 60


def test_a_folder_with_too_much_in_it_is_refused_before_it_is_read(tmp_path, monkeypatch):
    write(tmp_path, {SOURCE: GOOD, **{f"other/{number}.txt": "" for number in range(30)}})
    monkeypatch.setattr(catalogue_files, "MOST_FILES", 25)
    with pytest.raises(InputError, match="holds more than 25 files: name the folder that holds sources/"):
        catalogue_files.catalogue_files(catalogue_files.Folder(tmp_path, bundled=False))
    monkeypatch.setattr(catalogue_files, "MOST_FILES", 100)
    monkeypatch.setattr(catalogue_files, "MOST_POLICY_BYTES", 100)
    with pytest.raises(InputError, match="over 0 MB"):
        catalogue_files.catalogue_files(catalogue_files.Folder(tmp_path, bundled=False))


def test_a_folder_of_other_files_is_told_in_one_line(tmp_path):
    found = only_problem(tmp_path, {SOURCE: GOOD, **{f"charts/{number}.yaml": "a: 1" for number in range(60)}})
    assert "60 YAML files are not in a place for a policy file: put it into sources/" in found


def test_the_bundled_folder_by_its_own_name_is_the_bundled_catalogue(rm):
    assert load_folders(GAZETTEER, data_dir(), keep=False).version == rm.catalogue.version


def test_a_folder_whose_name_is_no_text_is_named_all_the_same(tmp_path):
    folder = tmp_path / os.fsdecode(b"\xff")
    with pytest.raises(InputError, match=r"no catalogue folder at .*udcff"):
        load_folders(GAZETTEER, folder)
    if sys.platform == "linux":  # others refuse to make it
        found = problems(folder, {SOURCE: "a: ["})
        assert all(one.isprintable() for one in found)


def test_hidden_folders_are_none_of_ours_and_links_to_folders_are_not_followed(tmp_path):
    write(tmp_path, {SOURCE: GOOD, ".github/workflows/check.yml": "on: push", ".git/x.yaml": "a: ["})
    write(tmp_path / "elsewhere", {"x.yaml": "a: ["})
    (tmp_path / "notes").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / ".hidden").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "elsewhere" / "x.yaml").unlink()
    assert "test-2020-1" in load_folders(GAZETTEER, tmp_path).sources
    for linked in ("regions", "sources/2020"):  # rules that stand behind them would be missing without a word
        (tmp_path / linked).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        with pytest.raises(InputError, match=f"{linked} is a link to another folder"):
            load_folders(GAZETTEER, tmp_path)
        (tmp_path / linked).unlink()


def test_a_folder_that_is_no_catalogue_is_named_and_not_walked_through(tmp_path, monkeypatch):
    deep = tmp_path / "home" / "music" / "old"
    write(deep, {"list.yaml": "a: 1"})
    entered = []
    scan = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: entered.append(Path(path)) or scan(path))
    with pytest.raises(InputError, match="is no catalogue: it holds none of the folders sources, regions") as told:
        catalogue_files.catalogue_files(catalogue_files.Folder(tmp_path, bundled=False))
    assert str(tmp_path) in str(told.value)
    assert entered == [tmp_path]


@pytest.mark.skipif(sys.platform != "linux", reason="the root of other systems is another")
def test_the_root_of_the_disk_is_told_to_be_no_catalogue():
    with pytest.raises(InputError, match=r"^/ is no catalogue: it holds none of"):
        load_folders(GAZETTEER, Path("/"))


def test_a_folder_that_may_not_be_entered_is_told_where_it_matters(tmp_path, monkeypatch):
    write(tmp_path, {SOURCE: GOOD, "other/x.txt": ""})
    closed = [tmp_path / "other"]
    scan = os.scandir

    def scandir(path):
        if Path(path) in closed:
            raise PermissionError(13, "denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert "test-2020-1" in load_folders(GAZETTEER, tmp_path).sources
    closed.append(tmp_path / "sources")
    with pytest.raises(InputError, match=r"the catalogue .* cannot be read, since .*sources cannot: no permission"):
        load_folders(GAZETTEER, tmp_path)
    closed.append(tmp_path)
    with pytest.raises(InputError, match=r"cannot be read: no permission"):
        load_folders(GAZETTEER, tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_a_broken_link_is_told_and_not_waited_for(tmp_path):
    write(tmp_path, {SOURCE: GOOD})
    os.mkfifo(tmp_path / "sources" / "pipe.yaml")
    (tmp_path / "sources" / "link.yaml").symlink_to(tmp_path / "nowhere")
    found = problems(tmp_path, {})
    assert any("pipe.yaml:1: this is no plain file" in one for one in found)
    assert any("link.yaml:1: cannot be read" in one for one in found)
    assert len(found) == 2

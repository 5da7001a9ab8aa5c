"""A document, a region or a programme by whatever name a person types: id, number, title, with any brackets."""

from __future__ import annotations

import pytest

from regionmap.errors import InputError

NAMES = [
    ("工信部节〔2018〕136号", "miit-2018-136"),
    ("工信部节[2018]136号", "miit-2018-136"),
    ("工信部节［2018］136号", "miit-2018-136"),
    ("工信部节(2018)136号", "miit-2018-136"),
    ("工信部节（2018）136号", "miit-2018-136"),
    ("工信部节【2018】136", "miit-2018-136"),
    (" 工信部节 〔２０１８〕 １３６ 号 ", "miit-2018-136"),
    ("miit-2018-136", "miit-2018-136"),
    ("MIIT-2018-136", "miit-2018-136"),
    ("坚决打好工业和通信业污染防治攻坚战三年行动计划", "miit-2018-136"),
    ("《打赢蓝天保卫战三年行动计划》", "gov-2018-22"),
    ("国务院令183", "gov-1995-183"),
    ("工信厅节〔2012〕56号", "miit-2012-56"),
    ("《长江保护法》", "npc-2020-yangtze-river"),
    ("铝产业高质量发展实施方案(2025-2027年)", "miit-2025-aluminium"),
    ("水泥玻璃行业产能置换实施办法(2024年本)", "miit-2024-cement-glass"),
]


@pytest.mark.parametrize(("typed", "name"), NAMES)
def test_a_document_is_found_however_its_number_is_written(rm, typed, name):
    assert rm.source(typed).id == name


def test_every_document_is_found_by_its_id_and_its_number_and_no_title_means_another(rm):
    for one in rm.sources():
        assert rm.source(one.id) is one
        assert rm.source(one.number) is one
        for title in (one.title.zh, one.title.en):
            assert rm.source(title).title[("zh", "en")[title == one.title.en]] == title


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("工信部节〔2018〕137号", ["工信部节〔2018〕136号 (miit-2018-136)", "did you mean"]),
        ("136号", ["工信部节〔2018〕136号 (miit-2018-136)"]),
        ("xyzzy", ["no document is called 'xyzzy'", "regionmap sources"]),
        ("", ["no document given"]),
        ("《》", ["no document given"]),
        ("x" * 201, ["at most 200 characters"]),
    ],
)
def test_an_unknown_document_is_told_in_one_line_with_the_nearest(rm, typed, words):
    for ask in (lambda: rm.source(typed), lambda: rm.rules(source=typed)):
        with pytest.raises(InputError) as caught:
            ask()
        assert "\n" not in str(caught.value)
        assert all(word in str(caught.value) for word in words), str(caught.value)


def test_rules_of_a_document_are_the_same_by_number_title_and_id(rm):
    by_id = [one.provision.id for one in rm.rules(source="miit-2018-136")]
    assert len(by_id) > 60
    for typed in ("工信部节〔2018〕136号", "坚决打好工业和通信业污染防治攻坚战三年行动计划"):
        assert [one.provision.id for one in rm.rules(source=typed)] == by_id


def test_one_name_of_two_documents_lists_both(rm):
    from dataclasses import replace

    from regionmap.catalogue.naming import find_source

    one = rm.source("gov-2018-22")
    catalogue = replace(rm.catalogue, sources={one.id: one, "copy": replace(one, id="copy")})
    with pytest.raises(InputError, match=r"\(gov-2018-22\) and .*\(copy\): give the id"):
        find_source(catalogue, one.number)
    assert find_source(catalogue, "copy").id == "copy"


def test_a_list_that_stands_as_a_document_is_found_and_a_document_goes_first(rm):
    for listed in rm.catalogue.lists.values():
        assert rm.source(listed.id) is listed
        assert rm.source(listed.title.zh).title.zh == listed.title.zh
        assert {one.provision.source for one in rm.rules(source=listed.id)} == {listed.id}


def test_regions_and_programmes_answer_to_id_and_name_in_any_case_and_width(rm):
    for region in rm.regions():
        for word in (region.id, region.name.zh, region.name.en, region.name.en.upper(), f" {region.name.zh} "):
            assert rm.region(word) is region
    for programme in rm.programmes():
        for word in (programme.id, programme.name.zh, programme.name.en.upper()):
            assert rm.programme(word) is programme
    with pytest.raises(InputError, match=r"did you mean .*fenwei-plain"):
        rm.region("fenwei plane")
    with pytest.raises(InputError, match=r"choose from .*\(air-key-regions\), "):
        rm.region("x")

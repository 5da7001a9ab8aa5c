"""What an answer says of its rules: the words of reasons, which list was used, whose folder a rule is from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from regionmap.api import Regionmap
from regionmap.model import Text
from regionmap.rules.matching.explanation import ask, explain
from regionmap.rules.matching.fits import Aspect, IndustryFit, PlaceFit
from regionmap.rules.matching.kinship import Kinship
from regionmap.rules.verdict.answers import CaveatKind
from tests.catalogue.overlays import GAZETTEER, GOOD, SOURCE, load


def finding(found, provision):
    (one,) = [one for one in found if one.provision.id == provision]
    return one


@pytest.mark.parametrize(
    ("industry", "words"),
    [
        ("steel", "The rule names “Steel”."),
        ("electric-arc-steel", "The rule names “Steel”, which holds “Electric-arc-furnace steel”."),
    ],
)
def test_a_rule_that_names_the_industry_itself_says_so(rm, industry, words):
    answer = rm.check("保定", industry=industry, on="2019-06-01")
    assert explain(finding(answer.findings, "miit-2018-136/2-2a")).industry.en == words


def test_a_rule_of_undefined_projects_asks_for_these_alone(rm):
    answer = rm.check("保定", industry="steel", on="2019-06-01")
    asked = ask(finding(answer.depends_on_site, "gov-2018-22/10a"))
    assert asked.en == "Does the project belong to “Projects that use coal”? The text does not define it."


def test_a_rule_of_an_undefined_area_asks_for_the_area_alone(rm):
    named = finding(rm.check("保定", industry="steel", on="2019-06-01").findings, "miit-2018-136/2-2a")
    somewhere = replace(named.place, fit=PlaceFit.UNDEFINED, words=Text("禁采区", "closed areas"))
    assert ask(named._replace(place=somewhere)).en == "Does the site lie in: closed areas?"


def test_undefined_words_are_read_by_the_list_that_stands_for_them_and_by_no_other(rm):
    # 徐州 stands on the list of old industrial cities of 2013, and on others that the rule does not mean.
    answer = rm.check("徐州", industry="manufacturing", action="upgrade", on="2022-06-01")
    used = finding(answer.findings, "miit-2021-215/4g").place.listed
    assert used is not None
    assert used.id == "old-industrial-cities-2013"
    # That the words mean that list is our reading, and is told.
    told = [one for one in answer.caveats if one.kind is CaveatKind.READING and "miit-2021-215/4g" in one.provisions]
    assert any(used.name.zh in one.text.zh and "徐州" in one.text.zh for one in told)


def test_what_an_industry_is_all_of_stands_under_what_holds_it(rm):
    # 再生有色金属 counts to 工业炉窑; 再生资源 holds all of it (42), and stands under 资源综合利用.
    industries = rm.catalogue.industries
    under = Kinship.of(rm.catalogue).under(industries["industrial-furnaces"], industries["resource-utilisation"])
    assert under is not None
    assert under.id == "secondary-non-ferrous"


def test_rules_of_an_own_folder_are_told_apart_from_bundled_ones(tmp_path, rm):
    own = Regionmap(load(tmp_path, {SOURCE: GOOD}), GAZETTEER)
    answer = own.check("保定", industry="steel", on="2021-01-01")
    (told,) = [one for one in answer.caveats if one.kind is CaveatKind.OVERLAY]
    assert told.provisions == ("test-2020-1/1a",)
    assert not [one for one in rm.check("保定", industry="steel", on="2021-01-01").caveats
                if one.kind is CaveatKind.OVERLAY]  # fmt: skip


@pytest.mark.parametrize("day", ["2021-01-01", "2021-01-02"])
def test_a_copy_without_a_version_is_known_to_hold_up_to_its_last_day(tmp_path, day):
    files = {SOURCE: GOOD.replace("\nitems:", "\nknown_until: 2021-01-01\nitems:", 1)}
    answer = Regionmap(load(tmp_path, files), GAZETTEER).check("保定", industry="steel", on=day)
    assert "test-2020-1/1a" in {one.provision.id for one in answer.findings}
    told = [one for one in answer.caveats if one.kind is CaveatKind.VERSION and one.provisions == ("test-2020-1/1a",)]
    assert len(told) == (day > "2021-01-01")


def test_a_look_up_has_the_rules_that_reach_the_place_and_no_others(rm):
    reached = {
        place: {one.provision.id for group in rm.lookup(place, on="2019-06-01").industries for one in group.findings}
        for place in ("拉萨", "保定")
    }
    assert "miit-2018-136/2-2a" in reached["保定"] - reached["拉萨"]


def test_a_class_that_no_text_defines_is_asked_about_and_told(rm):
    """大气污染防治法 第九十条: 用煤项目 in key regions; whether a paper mill uses coal nothing loaded says."""
    answer = rm.check("保定", industry="造纸", on="2022-06-01")
    one = finding(answer.depends_on_site, "npc-2018-air-law/90a")
    assert one.industry.fit is IndustryFit.UNDEFINED
    assert "npc-2018-air-law/90a" not in {each.provision.id for each in (*answer.findings, *answer.fell_away)}
    (told,) = [each for each in answer.caveats if each.kind is CaveatKind.UNDEFINED_INDUSTRY]
    assert "npc-2018-air-law/90a" in told.provisions
    assert "Projects that use coal" in told.text.en
    # What would only help is not told of so.
    assert finding(answer.depends_on_site, "npc-2018-air-law/34-1a").industry.fit is IndustryFit.UNDEFINED
    assert "npc-2018-air-law/34-1a" not in told.provisions


def test_a_rule_that_speaks_of_other_actions_is_listed_among_what_fell_away(rm):
    """工信部节〔2018〕136号 二（二）: 严禁新增产能 says nothing of an upgrade, and a reader would ask about it."""
    answer = rm.check("保定", industry="钢铁", action="upgrade", on="2019-06-01")
    assert finding(answer.fell_away, "miit-2018-136/2-2a").fell_on == (Aspect.ACTION,)


def test_that_an_industry_counts_to_a_class_by_our_reading_is_told(rm):
    answer = rm.check("成都", industry="化工", on="2022-06-01")
    read = {one.provision.id for one in answer.findings if one.industry.reading is not None}
    assert read
    assert read <= {name for one in answer.caveats if one.kind is CaveatKind.READING for name in one.provisions}

"""What an answer says of its rules: the words of reasons, which list was used, whose folder a rule is from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from regionmap.api import Regionmap
from regionmap.model import Text
from regionmap.rules.matching.explanation import ask, explain
from regionmap.rules.matching.fits import PlaceFit
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


def test_a_look_up_has_the_rules_that_reach_the_place_and_no_others(rm):
    reached = {
        place: {one.provision.id for group in rm.lookup(place, on="2019-06-01").industries for one in group.findings}
        for place in ("拉萨", "保定")
    }
    assert "miit-2018-136/2-2a" in reached["保定"] - reached["拉萨"]

"""Rules by distance to another province: exact for a point, in part for a unit, the same by every way of asking."""

from __future__ import annotations

import datetime as dt
import json
import random
from bisect import bisect_left
from functools import partial

import pytest
import shapely

from regionmap.api import UNCERTAINTY_M
from regionmap.model import Action, Ruling
from regionmap.places.index.province_lines import is_other_province
from regionmap.rules.matching.finding import Aspect, LineDistance, PlaceFit
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.rules.verdict.answers import CaveatKind
from regionmap.rules.verdict.rulings import differs_from, ruling_at, signature, turning_limits
from tests.rules.classes import place_classes
from tests.rules.test_equivalence import substance

ON = "2024-06-01"
# Before the one rule by distance that is bundled, 国发〔2023〕24号 of 2023-11-30, which speaks of many industries.
BEFORE = "2023-06-01"
BY_SHANXI, IN_THE_EAST = (113.949, 38.0), (114.90, 38.05)
"""5 km inside 河北 from 山西, and in the east of 石家庄."""
OWN = "test-2020-7/"
LIMITS = (3_000, 5_000, 10_000, 20_000, 30_000, 40_000)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def own(verdict, rule):
    """How one of our rules came out: its finding, and the group that it is in."""
    for group in ("findings", "depends_on_site", "not_in_force", "fell_away"):
        for one in getattr(verdict, group):
            if one.provision.id == OWN + rule:
                return one, group
    return None, None


def points_in(rm, code, seed, count=1):
    pick = seeded(seed)
    shape = rm.locator.geometry(code)
    west, south, east, north = shape.bounds
    found = []
    while len(found) < count:
        x, y = pick.uniform(west, east), pick.uniform(south, north)
        if shapely.contains_xy(shape, x, y):
            found.append((x, y))
    return found


def point_at(rm, code, metres, within=1.0):
    """A point of a county so far from another province."""
    for seed in range(100):
        near, far = points_in(rm, code, seed, 2)
        for _ in range(60):
            middle = ((near[0] + far[0]) / 2, (near[1] + far[1]) / 2)
            found = [rm.locator.other_province_m(*one, code)[0] for one in (near, middle, far)]
            if abs(found[1] - metres) < within and rm.locator.county_at(*middle) == code:
                return middle
            if not min(found[0], found[2]) <= metres <= max(found[0], found[2]):
                break
            near, far = (near, middle) if (found[0] <= metres) != (found[1] <= metres) else (middle, far)
    raise AssertionError(f"no point of {code} lies {metres} m from another province")


def test_a_point_five_kilometres_inside_gets_the_rule_with_its_metres(lined):
    found = lined.check(lon=BY_SHANXI[0], lat=BY_SHANXI[1], industry="焦化", on=ON)
    metres = lined.locator.other_province_m(*BY_SHANXI, "130121")[0]
    assert found.point.province_line_m == metres == pytest.approx(5_005, abs=100)
    assert found.point.other_province.name == "山西省"
    one, group = own(found, "twenty")
    assert group == "findings"
    assert (one.place.fit, one.extent, one.scope) == (PlaceFit.WHOLE, "whole", "place")
    assert one.because.place.en == (
        f"The site lies {metres:,.0f} m from Shanxi; the rule reaches sites within 20 km of a boundary between "
        "provinces."
    )
    assert one.because.place.zh == f"该点距山西省 {metres:,.0f} 米；规则适用于省界两侧 20 公里以内的地点。"
    assert CaveatKind.NEAR_LIMIT not in {each.kind for each in found.caveats}


def test_a_point_in_the_east_does_not_and_is_told_how_far_it_is(lined):
    found = lined.check(lon=IN_THE_EAST[0], lat=IN_THE_EAST[1], industry="焦化", on=ON)
    one, group = own(found, "twenty")
    assert group == "fell_away"
    assert one.fell_on == (Aspect.PLACE,)
    assert one.because.place.en.startswith("The site lies 78,765 m from Shanxi; the rule reaches sites within 20 km")


def test_farther_than_is_looked(lined):
    found = lined.check(lon=87.6, lat=43.8, industry="焦化", on=ON)  # 乌鲁木齐
    assert found.point.province_line_m is None
    one, _ = own(found, "twenty")
    assert one.because.place.en.startswith("The site lies more than 200 km from any other province")


@pytest.mark.parametrize(
    ("place", "fit", "words"),
    [
        ("131082", PlaceFit.WHOLE, "The whole of Sanhe City lies within 20 km"),
        ("130131", PlaceFit.PART, "Only a strip of Pingshan County lies within 20 km"),
        (
            "130100",
            PlaceFit.PART,
            "Only a part of Shijiazhuang lies within 20 km of a boundary between provinces: Jingxing Mining District, "
            "Jingxing County, Lingshou County, Zanhuang County, Pingshan County and Yuanshi County.",
        ),
        ("130000", PlaceFit.PART, "Only a part of Hebei lies within 20 km"),
        ("130102", PlaceFit.NONE, "No part of Chang'an District lies within 20 km"),
    ],
)
def test_units(lined, place, fit, words):
    one, group = own(lined.check(place, industry="焦化", on=ON), "twenty")
    assert one.place.fit is fit
    assert group == ("fell_away" if fit is PlaceFit.NONE else "findings")
    assert one.because.place.en.startswith(words)
    if fit is PlaceFit.PART:
        assert all(unit.code[:2] == "13" for unit in one.part)
        assert lined.gazetteer.unit(place) in one.part or place in ("130100", "130000")
        told = [each for each in lined.check(place, industry="焦化", on=ON).caveats if each.kind is CaveatKind.IN_PART]
        assert told
        if place != "130000":  # so many units that only the first of them are named
            assert any(one.part[0].name in each.text.zh for each in told)


@pytest.mark.parametrize("place", ["710000", "810000", "820000"])
def test_beyond_the_mainland_nothing_is_said(lined, place):
    found = lined.check(place, industry="焦化", on=ON)
    assert own(found, "twenty") == (None, None)
    assert found.ruling is Ruling.NO_RULE


def test_a_point_in_hong_kong_is_not_measured(lined):
    found = lined.check(lon=114.17, lat=22.4, industry="焦化", on=ON)
    assert found.place.code[:2] == "81"
    assert found.point.province_line_m is None
    assert own(found, "twenty") == (None, None)


def test_a_region_and_a_distance_both_have_to_hold(lined):
    inside = point_at(lined, "610582", 15_000)  # 华阴市, by 山西
    one, group = own(lined.check(lon=inside[0], lat=inside[1], industry="textile", on=ON), "plain")
    assert group == "findings"
    assert one.region == "fenwei-plain"
    assert one.because.place.en.startswith("Huayin City belongs to “Fenwei Plain”")
    assert one.because.place.en.endswith("within 20 km of a boundary between provinces.")
    elsewhere, group = own(lined.check(lon=BY_SHANXI[0], lat=BY_SHANXI[1], industry="textile", on=ON), "plain")
    assert (elsewhere.place.fit, elsewhere.place.line, group) == (PlaceFit.NONE, None, "fell_away")
    assert elsewhere.because.place.en.startswith("No part of Jingxing County lies in “Fenwei Plain” (")
    assert elsewhere.because.place.en.endswith("within 20 km of a boundary between provinces.")
    rest, group = own(lined.check(lon=BY_SHANXI[0], lat=BY_SHANXI[1], industry="textile", on=ON), "rest")
    assert group == "findings"
    assert rest.because.place.en.startswith("Jingxing County lies in the rest of the country. The site lies 5,005 m")


def test_words_that_no_list_defines_stay_open_only_inside_the_strip(lined):
    far, near = point_at(lined, "130131", 30_000), point_at(lined, "130131", 4_000)
    assert own(lined.check(lon=far[0], lat=far[1], industry="papermaking", on=ON), "site")[1] == "fell_away"
    one, group = own(lined.check(lon=near[0], lat=near[1], industry="papermaking", on=ON), "site")
    assert (group, one.place.fit) == ("depends_on_site", PlaceFit.UNDEFINED)
    assert own(lined.check("130131", industry="papermaking", on=ON), "site")[1] == "depends_on_site"
    assert own(lined.check("130102", industry="papermaking", on=ON), "site")[1] == "fell_away"


def test_a_question_to_the_investor_is_asked_only_inside_the_strip(lined):
    assert (
        own(lined.check(lon=BY_SHANXI[0], lat=BY_SHANXI[1], industry="cement", on=ON), "asked")[1] == "depends_on_site"
    )
    assert own(lined.check(lon=IN_THE_EAST[0], lat=IN_THE_EAST[1], industry="cement", on=ON), "asked") == (None, None)


@pytest.mark.parametrize(("metres", "caveat"), [(19_200, True), (20_600, True), (18_500, False), (21_500, False)])
def test_a_distance_that_may_be_on_the_other_side_of_the_limit_is_told(lined, metres, caveat):
    lon, lat = point_at(lined, "130131", metres)
    found = lined.check(lon=lon, lat=lat, industry="焦化", on=ON)
    assert (own(found, "twenty")[1] == "findings") is (metres < 20_000)
    told = [one for one in found.caveats if one.kind is CaveatKind.NEAR_LIMIT]
    assert bool(told) is caveat
    if caveat:
        assert f"{found.point.province_line_m:,.0f} m from Shanxi" in told[0].text.en
        assert "reaches 20 km" in told[0].text.en


def test_near_a_limit_at_which_nothing_changes_nothing_is_told(lined):
    """宁晋县 lies in no area in which 20 km matter to papermaking, and on this date the rule for all does not bind."""
    lon, lat = point_at(lined, "130131", 20_000)
    found = lined.check(lon=lon, lat=lat, industry="papermaking", on=ON)
    assert found.point.province_line_m is not None
    assert CaveatKind.NEAR_LIMIT not in {one.kind for one in found.caveats}


def test_nothing_is_measured_where_no_such_rule_speaks(lined, monkeypatch):
    def fail(*_):
        raise AssertionError("measured in vain")

    monkeypatch.setattr(lined.locator, "other_province_m", fail)
    for question in (
        {"industry": "钢铁", "action": "replace", "on": BEFORE},
        {"industry": "焦化", "action": "upgrade", "on": "2019-06-01"},
        {"industry": "软件", "on": BEFORE},
    ):
        found = lined.check(lon=BY_SHANXI[0], lat=BY_SHANXI[1], **question)
        assert found.point.province_line_m is None
    with pytest.raises(AssertionError, match="in vain"):
        lined.check(lon=BY_SHANXI[0], lat=BY_SHANXI[1], industry="焦化", on=ON)


def test_a_rule_to_come_is_listed_only_where_it_will_reach(lined):
    found = lined.check(lon=BY_SHANXI[0], lat=BY_SHANXI[1], industry="钢铁", action="expand", on=ON)
    assert own(found, "every") == (None, None)  # 5 km are beyond its 3
    lon, lat = point_at(lined, "130121", 2_000)
    assert own(lined.check(lon=lon, lat=lat, industry="钢铁", action="expand", on=ON), "every")[1] == "not_in_force"


def test_a_drawn_area_takes_the_counties_that_it_touches(lined, tmp_path):
    def check(box):
        path = tmp_path / "area.geojson"
        path.write_text(json.dumps(shapely.geometry.mapping(box)), encoding="utf-8")
        return own(lined.check(area=path, industry="焦化", on=ON), "twenty")

    one, group = check(shapely.box(114.85, 38.0, 114.95, 38.1))  # 藁城
    assert (one.place.fit, group) == (PlaceFit.NONE, "fell_away")
    one, group = check(shapely.box(113.9, 38.0, 114.4, 38.1))  # 井陉, 鹿泉
    assert (one.place.fit, group) == (PlaceFit.PART, "findings")
    assert "130121" in {unit.code for unit in one.part}
    assert "130110" not in {unit.code for unit in one.part}


def test_a_look_up_of_a_point(lined):
    here, there = (lined.lookup(lon=lon, lat=lat, on=ON) for lon, lat in (BY_SHANXI, IN_THE_EAST))

    def held(answer):
        return {one.provision.id for group in answer.industries for one in group.findings}

    assert OWN + "twenty" in held(here)
    assert OWN + "twenty" not in held(there)
    assert here.point.province_line_m == pytest.approx(5_005, abs=100)
    assert OWN + "twenty" in held(lined.lookup("130121", on=ON))
    assert OWN + "twenty" not in held(lined.lookup("130102", on=ON))


@pytest.mark.parametrize(
    ("code", "metres"), [("130131", 19_900), ("130131", 20_200), ("130131", 4_990), ("130131", 5_010)]
)
def test_headings_of_a_look_up_are_those_of_checks(lined, code, metres):
    lon, lat = point_at(lined, code, metres, 5.0)
    answer = lined.lookup(lon=lon, lat=lat, on=ON)
    for group in answer.industries:
        if group.industry is not None and group.industry.id in {"coking", "foundry", "textile"}:
            found = lined.check(lon=lon, lat=lat, industry=group.industry.id, on=ON)
            assert (group.ruling, group.extent) == (found.ruling, found.extent)


def test_every_point_is_matcherd_by_its_distance_alone(lined):
    """Each of our rules at random points, matcherd here by the metres and the list of 2018."""
    whole_plain = lined.catalogue.area(lined.catalogue.definition("fenwei-plain", dt.date(2024, 6, 1), "miit-2018-136"))
    pick = seeded(21)
    codes = [one for one in lined.locator.codes if one[:2] in ("13", "14", "41", "61", "37")]
    seen = {True: 0, False: 0}
    for number in range(150):
        code = pick.choice(codes)
        ((lon, lat),) = points_in(lined, code, number)
        metres = lined.locator.boundary_m(lon, lat, partial(is_other_province, code))[0]
        fenwei = lined.gazetteer.within(code, whole_plain) == "whole"
        wanted = {
            ("焦化", "twenty"): metres <= 20_000,
            ("铸造", "five"): metres <= 5_000,
            ("textile", "plain"): fenwei and metres <= 20_000,
            ("textile", "rest"): not fenwei and metres <= 40_000,
        }
        for (industry, rule), binds in wanted.items():
            one, group = own(lined.check(lon=lon, lat=lat, industry=industry, on="2024-06-01"), rule)
            assert (group == "findings") is binds, (code, lon, lat, metres, rule)
            if binds:
                assert one.place.fit is PlaceFit.WHOLE
                assert one.place.line == LineDistance(metres, one.place.line.beyond)
            seen[binds] += 1
    assert min(seen.values()) > 40


def test_kept_matches_are_those_of_a_matcher_of_the_day(lined):
    pick = seeded(22)
    index = RuleIndex.of(lined.catalogue, lined.gazetteer)
    days = [dt.date(2019, 6, 1), dt.date(2024, 6, 1)]
    whole, part = lined.gazetteer.province_lines.strip(20_000)
    units = [
        *pick.sample(sorted(whole), 15),
        *pick.sample(sorted(part), 30),
        *pick.sample(list(lined.gazetteer.by_code), 60),
    ]
    for code in units:
        on, places = pick.choice(days), [lined.gazetteer.unit(code)]
        matcher = PlaceMatcher(lined.catalogue, lined.gazetteer, on)
        wheres, matches_on = index.areas.wheres, index.area_matches(on)
        assert list(matches_on.matches(places).matches) == [matcher.match(where, places) for where in wheres]
        line = LineDistance(pick.uniform(0, 50_000), lined.gazetteer.unit("140000"))
        found = matches_on.matches(places, line)
        assert list(found.matches) == [matcher.match(where, places, line) for where in wheres]


def test_places_of_one_class_get_the_same_answer(lined):
    pick = seeded(23)
    alike = place_classes(lined)
    members: dict[int, list[str]] = {}
    for code, number in alike.items():
        members.setdefault(number, []).append(code)
    lines = lined.gazetteer.province_lines
    for number, codes in members.items():
        assert len({tuple(bisect_left(LIMITS, metres) for metres in lines.of(code)) for code in codes}) == 1
        for code in pick.sample(codes[1:], min(1, len(codes) - 1)):
            question = {
                "industry": pick.choice(["焦化", "铸造", "textile", "papermaking", "cement", "dyeing-finishing"])
            }
            question |= {"action": pick.choice(list(Action)), "on": pick.choice([ON, "2026-01-01", "2019-06-01"])}
            first = substance(lined.check(alike.representative[number], **question))
            assert substance(lined.check(code, **question)) == first


def test_what_only_the_strip_tells_apart_is_one_where_no_such_rule_is_met(lined):
    alike = place_classes(lined)
    pairs = [(number, coarse) for number, coarse in enumerate(alike.coarse) if number != coarse]
    assert 200 < len(pairs) < len(alike.representative) - 200
    question = lined.question("钢铁", Action.REPLACE, dt.date.fromisoformat(BEFORE))
    assert question.limits == ()
    for pair in seeded(25).sample(pairs, 60):
        one, other = (
            lined.check(alike.representative[number], industry="钢铁", action="replace", on=BEFORE) for number in pair
        )
        assert (one.ruling, one.extent, one.local) == (other.ruling, other.extent, other.local)
        for group in ("findings", "not_in_force", "depends_on_site", "fell_away"):
            ids = [[each.provision.id for each in getattr(verdict, group)] for verdict in (one, other)]
            assert ids[0] == ids[1]
        assert [each.kind for each in one.caveats] == [each.kind for each in other.caveats]


def test_signatures_of_points_are_those_of_their_rulings(lined):
    pick = seeded(24)
    units = [lined.gazetteer.unit(code) for code in sorted(lined.gazetteer.province_lines.strip(20_000)[1])]
    bounds = [0, *LIMITS]
    for industry in ("焦化", "铸造", "textile", "papermaking"):
        question = lined.question(industry, Action.NEW, dt.date(2024, 6, 1))
        for unit in pick.sample(units, 25):
            line = LineDistance(pick.choice([*bounds, 20_000.5, 4_999.9, 60_000.0, None]))
            ruled = ruling_at(question, unit, line)
            assert signature(question, unit, line) == (
                ruled.ruling,
                frozenset(one.provision.id for one in ruled.findings),
            )
            plain = ruling_at(question, unit)
            assert signature(question, unit) == (plain.ruling, frozenset(one.provision.id for one in plain.findings))


def test_a_boundary_is_not_the_edge_of_the_strip(lined):
    """A county that the strip crosses is matcherd as far from another province as the point is."""
    question = lined.question("焦化", Action.NEW, dt.date(2024, 6, 1))
    unit = lined.gazetteer.unit("130131")
    inside, outside = LineDistance(15_000), LineDistance(25_000)
    assert signature(question, unit, inside) != signature(question, unit, outside)
    near, far = differs_from(question, unit, inside), differs_from(question, unit, outside)
    assert (near("130126"), far("130126")) == (False, False)  # 灵寿县, in part
    assert (near("130102"), far("130102")) == (True, False)  # 长安区 lies beyond it
    assert (near("130303"), far("130303")) == (False, True)  # 山海关区 wholly within it
    assert turning_limits(question, unit) == [20_000]
    assert question.limits == (20_000,)


def test_the_overview_marks_what_is_in_part(lined):
    whole, part, none = (lined.rulings([code], "textile", "new", ON)[0] for code in ("131082", "130131", "650104"))
    assert OWN + "rest" in {one.provision.id for one in whole.findings}
    assert OWN + "rest" in {one.provision.id for one in part.findings}
    assert OWN + "rest" not in {one.provision.id for one in none.findings}


def test_a_transfer_tells_what_stands_against_a_destination(lined):
    answer = lined.transfer("310000", industry="textile", on="2022-06-01")
    against = {one.place.code: {each.provision.id for each in one.obstacles} for one in answer.destinations}
    strip = set().union(*lined.gazetteer.province_lines.strip(40_000))
    for code, rules in against.items():
        near = not strip.isdisjoint(lined.gazetteer.counties(code))
        assert (not {OWN + "rest", OWN + "plain"}.isdisjoint(rules)) is near, code


def test_the_limits_are_those_of_the_catalogue(lined, rm):
    areas = RuleIndex.of(lined.catalogue, lined.gazetteer).areas
    assert set(LIMITS) <= set(areas.limits)
    assert UNCERTAINTY_M == 1_000

"""Look-ups, regions and rules against the printed lists."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest

from regionmap.errors import InputError
from regionmap.model import Level, Status
from regionmap.output.json.sources import region_json

DAY = dt.date(2019, 6, 1)


def test_the_key_regions_of_2018_make_80_cities(rm):
    row = region_json(rm.region("air-key-regions"), rm, DAY)
    (definition,) = row["definitions"]
    assert definition["prefecture_level"]["count"] == 80
    counts = {
        name: region_json(rm.region(name), rm, DAY)["definitions"][0]["prefecture_level"]["count"]
        for name in ("jing-jin-ji-surroundings", "yangtze-delta", "fenwei-plain")
    }
    assert counts == {"jing-jin-ji-surroundings": 28, "yangtze-delta": 41, "fenwei-plain": 11}


def test_members_carry_the_printed_name_and_todays_code(rm):
    row = region_json(rm.region("jing-jin-ji-surroundings"), rm, DAY)
    members = {(one["code"], one["name"]) for one in row["definitions"][0]["members"]}
    assert {("130638", "雄安新区"), ("130629", "雄安新区"), ("130632", "雄安新区"), ("130600", "保定")} <= {
        (code, name.removesuffix("市")) for code, name in members
    }
    assert row["definitions"][0]["open"] is True
    yangling = region_json(rm.region("fenwei-plain"), rm, DAY)["definitions"][0]["members"]
    assert any(one["code"] == "610403" and "杨凌" in one["name"] for one in yangling)


def test_no_list_before_the_first_definition(rm):
    assert region_json(rm.region("fenwei-plain"), rm, dt.date(2018, 1, 1))["definitions"] == []


def test_the_key_basin_has_eleven_provinces_and_is_closed(rm):
    (definition,) = region_json(rm.region("yangtze-belt"), rm, DAY)["definitions"]
    assert len(definition["members"]) == 11
    assert definition["open"] is False


@pytest.mark.parametrize(
    ("place", "region"), [("上海", "east"), ("南昌", "central"), ("成都", "west"), ("沈阳", "northeast")]
)
def test_the_four_regions(rm, place, region):
    found = {one.region.id for one in rm.lookup(place, on="2022-06-01").regions}
    assert region in found
    assert not found & ({"east", "central", "west", "northeast"} - {region})


def test_a_region_in_part_names_its_units(rm):
    membership = {one.region.id: one for one in rm.lookup("山西省", on="2019-06-01").regions}
    assert {unit.name for unit in membership["fenwei-plain"].part} == {"晋中市", "运城市", "临汾市", "吕梁市"}


def test_lookup_lists_the_ban_under_each_industry_it_names(rm):
    answer = rm.lookup("保定", on="2019-06-01")
    named = {one.industry.id: one for one in answer.industries if one.industry is not None}
    for industry in ("steel", "cement", "flat-glass", "coking", "aluminium", "foundry"):
        assert str(named[industry].ruling) == "prohibited"


def test_lookup_at_a_point_measures_the_distance_to_another_answer(rm):
    answer = rm.lookup(lon=115.4644, lat=38.8740, on="2019-06-01")
    assert answer.place.level == "county"
    assert answer.point is not None
    assert answer.point.boundary_m is not None


def test_rules_filter_by_every_question(rm):
    found = rm.rules("错峰", industry="钢铁", place="保定", source="miit-2018-136", effect="stagger", on="2019-06-01")
    assert [one.provision.id for one in found] == ["miit-2018-136/2-4a", "miit-2018-136/2-4c"]
    assert found[0].status is Status.IN_FORCE
    assert not rm.rules("错峰", source="miit-2021-215")
    assert all(one.status is None for one in rm.rules())


def test_unknown_source_and_region_name_what_exists(rm):
    with pytest.raises(InputError, match="miit-2018-136"):
        rm.source("miit-2018-137")
    with pytest.raises(InputError, match="air-key-regions"):
        rm.region("nowhere")


def test_change_dates_are_sorted_and_hold_first_days_and_days_after_a_horizon(rm):
    dates = rm.change_dates()
    assert list(dates) == sorted(dates)
    assert {dt.date(2018, 7, 23), dt.date(2021, 1, 1), dt.date(2026, 1, 1)} <= set(dates)


def test_the_overview_has_one_ruling_for_each_prefecture_level_unit(rm):
    rulings = rm.overview("钢铁", on="2019-06-01")
    by_code = {one.unit.code: str(one.ruling) for one in rulings}
    assert len(by_code) == len(rulings) == len(rm.gazetteer.prefecture_level_units())
    assert by_code["130600"] == "prohibited"
    assert by_code["130700"] == "restricted"
    assert by_code["419001"] == "restricted"
    for one in rulings[::40]:
        assert one.ruling is rm.check(one.unit.code, industry="钢铁", on="2019-06-01").ruling


def test_headings_that_are_kept_for_places_alike_are_those_of_each_place(rm):
    counties = rm.gazetteer.units(Level.COUNTY)[::97]
    for unit in counties * 2:
        for one in rm.lookup(unit.code, on="2024-06-01").industries[::9]:
            if one.industry is not None:
                (ruled,) = rm.rulings([unit.code], one.industry.id, on="2024-06-01")
                assert (one.ruling, one.extent) == (ruled.ruling, ruled.extent)
    for lon, lat in [(113.8, 38.0), (113.6, 38.0), (114.5, 38.0)]:  # near 山西's edge, and away from it
        for one in rm.lookup(lon=lon, lat=lat, on="2024-06-01").industries[::9]:
            if one.industry is not None:
                ruled = rm.check(lon=lon, lat=lat, industry=one.industry.id, on="2024-06-01")
                assert (one.ruling, one.extent) == (ruled.ruling, ruled.extent)


def test_groups_by_industry_are_counted_before_they_are_made(rm):
    found = rm.lookup("130600", on="2019-06-01").industries
    groups = tuple(rm.lookup("130600", on="2019-06-01").industries)
    assert len(found) == len(groups) > 20
    assert found == groups
    assert hash(found) == hash(groups)
    assert found[0] == groups[0]
    assert pickle.loads(pickle.dumps(found)) == groups  # noqa: S301

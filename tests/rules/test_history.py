"""How the key regions changed, counted by hand from the two printed lists."""

from __future__ import annotations

import datetime as dt

import pytest

from regionmap.errors import InputError
from regionmap.model import Status
from regionmap.output.json.sources import region_json
from regionmap.rules.history.changes import is_city


def test_from_2018_to_2023_twelve_joined_ten_left_and_six_moved(rm):
    change = rm.history("air-key-regions", "2019-06-01", "2024-03-01")
    cities = [one.name for one in change.joined if is_city(rm.gazetteer, one)]
    assert set(cities) == {
        "秦皇岛市", "枣庄市", "东营市", "潍坊市", "泰安市", "日照市",
        "临沂市", "平顶山市", "许昌市", "漯河市", "商丘市", "周口市",
    }  # fmt: skip
    assert [one.name for one in change.joined if not is_city(rm.gazetteer, one)] == ["济源市"]
    assert {one.name for one in change.left} == {
        "温州市", "金华市", "衢州市", "台州市", "丽水市", "铜陵市", "安庆市", "黄山市", "池州市", "宣城市",
    }  # fmt: skip
    moved = {one.unit.name: (one.before.id, one.after.id) for one in change.moved}
    for city in ("太原市", "阳泉市", "长治市", "晋城市"):
        assert moved[city] == ("jing-jin-ji-surroundings", "fenwei-plain")
    for city in ("洛阳市", "三门峡市"):
        assert moved[city] == ("fenwei-plain", "jing-jin-ji-surroundings")
    assert len(moved) == 6


def test_a_province_and_its_cities_are_the_same_area(rm):
    change = rm.history("yangtze-delta", "2019-06-01", "2024-03-01")
    assert not change.joined
    assert len(change.left) == 10


def test_before_the_first_list_everything_joins(rm):
    change = rm.history("fenwei-plain", "2010-01-01", "2019-06-01")
    assert change.before is None
    assert {one.name for one in change.joined} >= {"西安市", "洛阳市"}
    assert not change.left


def test_who_left_is_counted_by_the_prefectures_of_the_first_date(rm):
    """莱芜 was one of the 17 cities of 山东 in 2013, and not among the 28 of 2017."""
    change = rm.history("京津冀及周边地区", "2013-10-01", "2017-03-01")
    assert len([one for one in change.left if is_city(rm.gazetteer, one)]) == 32
    assert ("371200", "莱芜市") in {(one.code, one.name) for one in change.left}
    assert not change.dissolved


@pytest.mark.parametrize(
    ("region", "start", "end", "gone", "until", "now"),
    [
        ("east", "2011-07-01", "2020-01-01", "莱芜市", "2019-01-09", {"济南市"}),
        ("central", "2011-07-01", "2012-07-01", "巢湖市", "2011-08-22", {"合肥市", "芜湖市", "马鞍山市"}),
    ],
)
def test_a_dissolved_prefecture_has_not_left(rm, region, start, end, gone, until, now):
    change = rm.history(region, start, end)
    assert not change.left
    assert not change.joined
    (one,) = change.dissolved
    assert (one.unit.name, one.until.isoformat(), {unit.name for unit in one.now}) == (gone, until, now)
    told = change.to_dict()["dissolved"]
    assert [(each["name"], each["dissolved_on"]) for each in told] == [(gone, until)]
    assert gone in change.to_frame().query("change == 'dissolved'")["name"].tolist()


def test_a_prefecture_that_was_on_both_dates_stayed(rm):
    change = rm.history("east", "2011-09-01", "2018-12-31")
    assert not change.dissolved
    assert "莱芜市" in {one.name for one in change.stayed}


@pytest.mark.parametrize(("on", "count"), [("2018-12-31", 17), ("2019-01-09", 16)])
def test_lists_of_a_day_are_counted_by_the_prefectures_of_that_day(rm, on, count):
    (definition,) = region_json(rm.region("east"), rm, dt.date.fromisoformat(on))["definitions"]
    held = [one for one in definition["prefecture_level"]["units"] if one["code"].startswith("37")]
    assert len(held) == count


def test_dates_the_wrong_way_round_are_refused(rm):
    with pytest.raises(InputError, match="earlier one first"):
        rm.history("fenwei-plain", "2024-01-01", "2019-01-01")


def test_what_comes_next_is_in_order_and_ahead(rm):
    coming = rm.coming("保定", "2018-08-01")
    days = [one.day for one in coming]
    assert days == sorted(days)
    assert min(days) > dt.date(2018, 8, 1)
    ban = next(one for one in coming if one.provision.id == "miit-2018-136/2-2a")
    assert (ban.day, ban.before, ban.after) == (dt.date(2021, 1, 1), Status.IN_FORCE, Status.HORIZON_PASSED)

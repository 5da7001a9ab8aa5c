"""How the key regions changed, counted by hand from the two printed lists."""

from __future__ import annotations

import datetime as dt

import pytest

from regionmap.errors import InputError
from regionmap.model import Status
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

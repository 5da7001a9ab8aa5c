"""Prefectures that are gone, former names, and names that mean another unit on a day of the past.

Hand-checked: 国函〔2018〕163号 (莱芜市 = 莱城区, 钢城区, into 济南 on 2019-01-09), 国函〔2011〕84号 (巢湖市 = 居巢区,
庐江, 无为, 含山, 和县; gone on 2011-08-22), 国函〔2020〕84号, 国函〔2016〕78号, 国函〔2015〕206号, 国函〔2015〕181号.
"""

from __future__ import annotations

import datetime as dt

import pytest

from regionmap.errors import InputError
from regionmap.places.errors import UnknownPlaceError

CHAOHU = {"340181", "340124", "340281", "340522", "340523"}
LAIWU = {"370116", "370117"}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("asked", "on", "code"),
    [
        ("莱芜市", "2018-12-31", "371200"),
        ("莱芜", "2019-01-08", "371200"),
        ("371200", "2019-01-08", "371200"),
        ("山东省莱芜市", "2010-01-01", "371200"),
        ("萊蕪市", "2018-06-01", "371200"),
        ("莱芜市（山东省）371200", "2018-06-01", "371200"),
        ("Laiwu, Shandong", "2018-06-01", "371200"),
        ("莱芜", "2019-01-09", "370116"),
        ("莱芜区", "2018-06-01", "370116"),
        ("莱芜市莱城区", "2018-06-01", "370116"),
        ("安徽省巢湖市", "2011-01-10", "341400"),
        ("巢湖市", "2011-08-21", "341400"),
        ("巢湖市", "2011-08-22", "340181"),
        ("地级巢湖市", "2011-01-10", "341400"),
        ("县级巢湖市", "2011-01-10", "340181"),
        ("巢湖市居巢区", "2011-01-10", "340181"),
        ("县级毕节市", "2010-06-01", "520502"),
        ("贵州省地级毕节市", "2024-06-01", "520500"),
    ],
)
def test_a_name_means_what_it_meant_on_the_day(rm, asked, on, code):
    assert rm.unit(asked, on=on).code == code


def test_without_a_day_names_mean_what_they_mean_today(rm):
    assert rm.unit("巢湖市").code == "340181"
    assert {one.code for one in rm.gazetteer.resolve_places("莱芜市")[0]} == LAIWU


def test_once_it_is_gone_a_divided_prefecture_is_its_counties_and_no_single_unit(rm):
    for asked in ("地级巢湖市", "341400"):
        assert {one.code for one in rm.gazetteer.resolve_places(asked, day("2012-01-01"))[0]} == CHAOHU
        with pytest.raises(UnknownPlaceError, match="2011"):
            rm.unit(asked, on="2012-01-01")
    with pytest.raises(UnknownPlaceError):
        rm.unit("县级保定市")


def test_the_reading_says_which_counties_the_prefecture_held(rm):
    unit, note = rm.gazetteer.resolve_with_note("巢湖市", day("2011-01-10"))
    assert (unit.name, unit.level, unit.parent) == ("巢湖市", "prefecture", "340000")
    assert note is not None
    for words in ("2011-01-10", "341400", "庐江县", "无为市", "含山县", "和县"):
        assert words in note.zh


@pytest.mark.parametrize(
    ("asked", "then", "county"),
    [
        ("毕节市", "2010-06-01", "七星关区"),
        ("新疆哈密市", "2015-06-01", "伊州区"),
        ("日喀则市", "2013-06-01", "桑珠孜区"),
    ],
)
def test_a_prefecture_whose_name_was_a_countys_says_so(rm, asked, then, county):
    unit, note = rm.gazetteer.resolve_with_note(asked, day(then))
    assert unit.level == "prefecture"
    assert note is not None
    assert county in note.zh
    assert rm.gazetteer.resolve_with_note(asked, day("2020-01-01"))[1] is None


def test_all_about_a_gone_prefecture_is_as_of_its_last_day(rm):
    gazetteer = rm.gazetteer
    assert set(gazetteer.counties("341400")) == CHAOHU
    assert gazetteer.province("341400").name == "安徽省"
    assert gazetteer.prefecture_level("371200").name == "莱芜市"
    assert gazetteer.within("371200", frozenset(LAIWU)) == "whole"
    assert gazetteer.label("371200").zh == "莱芜市（山东省）371200"
    with pytest.raises(InputError, match="371200"):
        gazetteer.unit("371200")
    with pytest.raises(InputError, match="371200"):
        gazetteer.unit_on("371200", day("2019-01-09"))


@pytest.mark.parametrize(
    ("county", "until", "before", "since"),
    [
        ("370116", "2019-01-09", "371200", "370100"),
        ("340124", "2011-08-22", "341400", "340100"),
        ("220184", "2020-06-19", "220300", "220100"),
        ("510185", "2016-05-16", "512000", "510100"),
        ("340422", "2016-01-04", "341500", "340400"),
        ("340722", "2016-01-04", "340800", "340700"),
    ],
)
def test_the_prefecture_of_a_county_is_that_of_the_day(rm, county, until, before, since):
    last = day(until) - dt.timedelta(days=1)
    assert rm.gazetteer.prefecture_level(county, last).code == before
    assert rm.gazetteer.prefecture_level(county, day(until)).code == since


@pytest.mark.parametrize(
    ("code", "on", "name", "level", "then"),
    [
        ("420600", "2010-06-01", "襄樊市", "prefecture", "420600"),
        ("530800", "2006-06-01", "思茅市", "prefecture", "530800"),
        ("520500", "2010-06-01", "毕节地区", "prefecture", "522400"),
        ("630200", "2013-02-07", "海东地区", "prefecture", "632100"),
        ("630200", "2013-02-08", "海东市", "prefecture", "630200"),
        ("460400", "2015-02-18", "儋州市", "county", "469003"),
        ("460400", "2015-02-19", "儋州市", "prefecture", "460400"),
        ("130600", "2010-06-01", "保定市", "prefecture", "130600"),
    ],
)
def test_a_prefecture_has_its_name_level_and_code_of_the_day(rm, code, on, name, level, then):
    past = rm.gazetteer.past_units
    unit = past.as_of(rm.gazetteer.unit(code), day(on))
    assert (unit.code, unit.name, unit.level) == (code, name, level)
    assert past.code_on(code, day(on)) == then


def test_the_prefectures_of_every_day_cover_the_country_once(rm):
    gazetteer = rm.gazetteer
    every = sorted(code for one in gazetteer.prefecture_level_units() for code in gazetteer.counties(one.code))
    for on, count in (("2011-08-21", 377), ("2011-08-22", 376), ("2019-01-08", 376), ("2019-01-09", 375)):
        units = gazetteer.prefecture_level_units(day(on))
        tree = gazetteer.on(day(on))
        assert len(units) == count
        assert sorted(code for one in units for code in tree.lowest(one.code)) == every

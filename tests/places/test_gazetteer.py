"""The hierarchy of units."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import subprocess
import sys

import pytest

from regionmap.errors import InputError
from regionmap.model import Level
from regionmap.places.errors import UnknownPlaceError
from regionmap.places.names.gazetteer import MUNICIPALITIES, Gazetteer


def codes(units):
    return [unit.code for unit in units]


def test_the_way_up(gazetteer):
    assert codes(gazetteer.ancestors("130102")) == ["130100", "130000"]
    assert codes(gazetteer.ancestors("110105")) == ["110000"]
    assert codes(gazetteer.ancestors("419001")) == ["410000"]
    assert gazetteer.ancestors("130000") == ()
    assert gazetteer.parent("130102").code == "130100"
    assert gazetteer.parent("130000") is None
    assert gazetteer.province("130102").name == "河北省"
    assert gazetteer.province("130000").name == "河北省"


def test_the_way_up_and_down_on_any_day_of_the_past(gazetteer):
    past = gazetteer.past
    assert past.above_ever("130102") == {"130100", "130000"}
    assert past.above_ever("370116") == {"370100", "370000", "371200"}  # 莱芜区 lay in 莱芜市
    assert past.above_ever("340422") == {"340400", "340000", "341500"}  # 寿县 lay in 六安市
    assert past.below_ever("341500") == gazetteer.below("341500") | {"340422"}
    assert past.below_ever("130100") == gazetteer.below("130100")
    assert "340422" not in gazetteer.below("341500")
    assert past.on(dt.date(2019, 1, 8)).above("370116") == ("371200", "370000")
    assert past.on(dt.date(2019, 1, 9)).above("370116") == ("370100", "370000")
    assert past.on(dt.date(2016, 1, 3)).above("340422") == ("341500", "340000")
    assert past.on(dt.date(2016, 1, 4)).above("340422") == ("340400", "340000")


def test_the_way_down(gazetteer):
    assert codes(gazetteer.children("130000")) == [f"13{number:02}00" for number in range(1, 12)]
    assert len(gazetteer.counties("110000")) == 16
    assert gazetteer.counties("130102") == ("130102",)
    assert gazetteer.counties("441900") == ("441900",)  # 东莞 has no counties
    assert gazetteer.counties("820000") == ("820000",)
    assert "419001" in gazetteer.counties("410000")
    with pytest.raises(UnknownPlaceError):
        gazetteer.children("990000")


@pytest.mark.parametrize(("slip", "meant"), [("保顶", "130600"), ("上梅", "310000"), ("苏洲", "320500")])
def test_a_slip_in_a_name_of_two_characters_offers_the_larger_units_near_it(gazetteer, slip, meant):
    with pytest.raises(UnknownPlaceError) as refused:
        gazetteer.resolve(slip)
    offered = refused.value.suggestions
    assert {gazetteer.unit(code).level for code in offered} <= {Level.PROVINCE, Level.PREFECTURE}
    assert meant in offered


def test_a_name_that_shares_a_character_with_dozens_offers_none_of_them(gazetteer):
    with pytest.raises(UnknownPlaceError) as refused:
        gazetteer.resolve("雪州")
    assert refused.value.suggestions == ()


def test_every_county_lies_under_one_province(gazetteer, locator):
    below = [code for province in gazetteer.units(Level.PROVINCE) for code in gazetteer.counties(province.code)]
    assert sorted(below) == sorted(locator.codes)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("130102", "130100"),
        ("130100", "130100"),
        ("110105", "110000"),
        ("500240", "500000"),
        ("419001", "419001"),
        ("429021", "429021"),
        ("469024", "469024"),
        ("659001", "659001"),
        ("441900", "441900"),
        ("710001", "710000"),
        ("810101", "810000"),
        ("820000", "820000"),
    ],
)
def test_the_unit_that_a_map_by_prefectures_colours(gazetteer, code, expected):
    assert gazetteer.prefecture_level(code).code == expected


def test_a_province_with_prefectures_is_no_unit_of_that_map(gazetteer):
    with pytest.raises(InputError, match="Hebei 130000 has many prefectures"):
        gazetteer.prefecture_level("130000")


def test_the_map_by_prefectures_covers_every_county_once(gazetteer, locator):
    below = [code for unit in gazetteer.prefecture_level_units() for code in gazetteer.counties(unit.code)]
    assert sorted(below) == sorted(locator.codes)
    assert len(gazetteer.prefecture_level_units()) == 375


def test_what_is_a_prefecture_level_city(gazetteer):
    assert all(gazetteer.is_prefecture_level_city(code) for code in ("130600", "441900", "422800", *MUNICIPALITIES))
    assert not any(gazetteer.is_prefecture_level_city(code) for code in ("130000", "419001", "110105", "810000"))


@pytest.mark.parametrize(
    ("code", "area", "expected"),
    [
        ("130600", {"130600"}, "whole"),
        ("130600", {"130000"}, "whole"),
        ("130606", {"130600"}, "whole"),
        ("130600", {"130606"}, "part"),
        ("130000", {"130606", "110000"}, "part"),
        ("130600", {"130100", "110000"}, "none"),
        ("610500", {"610581"}, "part"),  # 渭南 where a rule names only 韩城
        ("419001", {"410000"}, "whole"),
        ("130600", set(), "none"),
        ("130600", {"999999"}, "none"),
    ],
)
def test_how_much_of_a_unit_lies_in_an_area(gazetteer, code, area, expected):
    assert gazetteer.within(code, frozenset(area)) == expected


def test_all_counties_make_the_whole(gazetteer):
    counties = frozenset(gazetteer.counties("130600"))
    assert gazetteer.within("130600", counties) == "whole"
    assert gazetteer.within("130600", counties - {"130606"}) == "part"
    prefectures = frozenset(codes(gazetteer.children("130000")))
    assert gazetteer.within("130000", prefectures) == "whole"
    assert gazetteer.within("130000", (prefectures - {"130600"}) | counties) == "whole"


def test_the_units_of_an_area_inside_another(gazetteer):
    area = frozenset({"130606", "130600", "110000", "999999"})
    assert gazetteer.overlap("130000", area) == ("130600", "130606")
    assert gazetteer.overlap("130600", area) == ("130600", "130606")
    assert gazetteer.overlap("130607", area) == ()


def test_units_are_in_the_order_of_their_codes_and_do_not_change(gazetteer):
    assert codes(gazetteer.units()) == sorted(codes(gazetteer.units()))
    assert len(gazetteer.units(Level.PROVINCE)) == 34
    with pytest.raises(TypeError):
        gazetteer.by_code["130600"] = None
    with pytest.raises(dataclasses.FrozenInstanceError):
        gazetteer.by_code = {}


HEADER = "code,name,short_name,name_en,level,parent,lon,lat\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "must have code, name"),
        ("code,name\n1,2\n", "must have code, name"),
        (HEADER + "130000,河北省,河北,Hebei,state,,1,2\n", "no table of administrative units"),
        (HEADER + "130000,河北省,河北,Hebei,province,,east,2\n", "no table of administrative units"),
        (HEADER + "130000,河北省\n", "no table of administrative units"),
        (HEADER + "130600,保定市,保定,Baoding,prefecture,130000,1,2\n", "parent of 130600 is in no row"),
    ],
)
def test_a_broken_table_is_refused(tmp_path, text, words):
    file = tmp_path / "units.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        Gazetteer.load(file)


def test_a_missing_table_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"units\.csv"):
        Gazetteer.load(tmp_path / "units.csv")


def test_a_question_by_name_loads_no_heavy_package():
    script = (
        "import sys; from regionmap.places.names.gazetteer import Gazetteer;"
        "from regionmap.places.datum import Datum, Point;"
        "Gazetteer.load().resolve('保定市'); Gazetteer.load().search('Bao');"
        "print([name for name in ('numpy','shapely','pyarrow','pyproj','pandas','geopandas') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ)
    assert run.stdout.strip() == "[]"

"""Answers, tables, maps and layers of a day have the prefectures of that day.

莱芜市 was one until 2019-01-08 (国函〔2018〕163号), 巢湖市 until 2011-08-21 (国函〔2011〕84号).
"""

from __future__ import annotations

import datetime as dt
import json

import pandas as pd
import pytest
import shapely

from regionmap.errors import InputError
from regionmap.output import display
from regionmap.output.brief.check import check_line, place_name
from regionmap.output.brief.lookup import lookup_lines
from regionmap.output.layers.build import make_layer

BEFORE, SINCE = "2019-01-08", "2019-01-09"
CHAOHU = ["340181", "340124", "340281", "340522", "340523"]


def test_a_gone_prefecture_is_judged_as_its_counties_together(rm):
    counties = [rm.check(code, industry="铸造", on=BEFORE) for code in ("370116", "370117")]
    whole = rm.check("莱芜市", industry="铸造", on=BEFORE)
    assert (whole.place.code, whole.place.level) == ("371200", "prefecture")
    assert {one.ruling for one in (*counties, whole)} == {"no_rule"}
    assert {one.provision.id for one in whole.findings} == {
        one.provision.id for verdict in counties for one in verdict.findings
    }
    assert any("国函〔2018〕163号" in one.text.zh for one in whole.caveats if one.kind == "unit_changed")
    assert whole.to_dict()["place"] == {
        "code": "371200", "name": "莱芜市", "name_en": "Laiwu", "level": "prefecture", "province": "山东省",
    }  # fmt: skip


def _wanjiang(rm, place, on):
    return [one for one in rm.destinations(place, on=on) if one.listed and one.listed.id == "transfer-zone-wanjiang"]


@pytest.mark.parametrize("place", ["巢湖市", "341400", "340181", "庐江县", "无为县", "含山县", "和县"])
def test_wanjiang_reaches_chaohu_while_it_was_a_prefecture(rm, place):
    """皖江城市带承接产业转移示范区 (2010-01-12) prints 巢湖 among 九市全境."""
    assert _wanjiang(rm, place, "2010-01-11") == []
    (found,) = _wanjiang(rm, place, "2011-08-21")
    assert found.fit.zh.startswith("位于皖江城市带承接产业转移示范区")


def test_wanjiang_reaches_what_chaohu_became_and_is_told_by_whole_cities(rm):
    for code in CHAOHU:
        assert len(_wanjiang(rm, code, "2011-08-22")) == 1
    for on, chaohu in (("2011-08-21", True), ("2011-08-22", False)):
        (found,) = _wanjiang(rm, "安徽省", on)
        assert "合肥市" in found.fit.zh
        assert ("庐江县" in found.fit.zh) is chaohu
    assert _wanjiang(rm, "寿县", "2011-06-01") == []  # 六安 is in it by 金安区 and 舒城县 alone


@pytest.mark.parametrize("asked", ["check", "lookup", "transfer"])
def test_every_question_reads_the_name_alike(rm, asked):
    if asked == "check":
        place = rm.check("安徽省巢湖市", industry="钢铁", on="2011-01-10").place
    elif asked == "lookup":
        place = rm.lookup("安徽省巢湖市", on="2011-01-10").place
    else:
        place = rm.transfer("安徽省巢湖市", industry="钢铁", on="2011-01-10").origin
    assert (place.code, place.name) == ("341400", "巢湖市")


def test_the_overview_of_a_day_has_the_prefectures_of_that_day(rm):
    before, since = (
        rm.overview("铸造", on=on).to_frame().set_index("code")[["name", "verdict", "code_then"]]
        for on in (BEFORE, SINCE)
    )
    assert before.loc["371200"].tolist() == ["莱芜市", "no_rule", "371200"]
    assert before.loc["370100", "verdict"] == "prohibited"
    assert "371200" not in since.index
    names = rm.overview("铸造", on="2010-06-01").to_frame().set_index("code")
    assert names.loc["341400", ["name", "province"]].tolist() == ["巢湖市", "安徽省"]
    assert names.loc["420600", "name"] == "襄樊市"
    assert names.loc["520500", ["name", "code_then"]].tolist() == ["毕节地区", "522400"]


def test_rulings_take_a_gone_code_on_its_days_alone(rm):
    assert rm.rulings(["371200"], "铸造", on=BEFORE)[0].unit.name == "莱芜市"
    with pytest.raises(InputError, match="371200"):
        rm.rulings(["371200"], "铸造", on=SINCE)


@pytest.mark.parametrize(
    ("on", "code", "holds", "not_held"),
    [
        (BEFORE, "371200", ["370116", "370117"], ["370102"]),
        (BEFORE, "370100", ["370102"], ["370116", "370117"]),
        (SINCE, "370100", ["370102", "370116", "370117"], []),
        ("2011-01-10", "341400", CHAOHU, ["340102"]),
        ("2011-01-10", "340100", ["340102"], ["340181", "340124"]),
        ("2020-06-18", "220300", ["220302", "220184"], ["220102"]),
        ("2020-06-18", "220100", ["220102"], ["220184"]),
        ("2016-05-15", "512000", ["512002", "510185"], ["510104"]),
        ("2016-01-03", "341500", ["341502", "340422"], ["340402"]),
        ("2016-01-03", "340800", ["340802", "340722"], ["340705"]),
    ],
)
def test_boundaries_are_put_together_from_the_counties_of_the_day(rm, on, code, holds, not_held):
    true = rm.rulings([code, *holds, *not_held], "铸造", on=on).to_geodataframe().set_index("code").geometry
    units = make_layer(rm, "units", dt.date.fromisoformat(on)).set_index("code").geometry
    drawn = shapely.from_geojson(json.dumps(display.prefectures(dt.date.fromisoformat(on)).geometries[code]))
    for shape in (true[code], units[code], drawn):
        for county in holds:
            assert shape.contains(true[county].representative_point()), county
        for county in not_held:
            assert not shape.intersects(true[county].representative_point()), county


def test_the_layer_of_units_has_the_prefectures_of_the_day(rm):
    layers = {on: make_layer(rm, "units", dt.date.fromisoformat(on)).set_index("code") for on in (BEFORE, SINCE)}
    assert layers[BEFORE].loc["371200", ["name", "level"]].tolist() == ["莱芜市", "prefecture"]
    assert "371200" not in layers[SINCE].index
    assert layers[BEFORE].index.is_unique


def test_the_map_in_a_notebook_draws_the_prefectures_of_the_day(rm):
    pages = [rm.map("铸造", on=on).get_root().render() for on in (BEFORE, SINCE)]
    assert [json.dumps("莱芜市")[1:-1] in one for one in pages] == [True, False]


def test_screening_reads_names_by_the_date_of_the_row(rm):
    rows = [
        ("安徽省巢湖市", "2011-01-10", "", "341400", "341400"),
        ("安徽省巢湖市", "2012-01-10", "", "340181", "340100"),
        ("341400", "2011-01-10", "", "341400", "341400"),
        ("萊蕪市", "2018-06-01", "", "371200", "371200"),
        ("莱芜市", "2020-06-01", "", "370116; 370117", "370100"),
        ("莱芜区", "2018-06-01", "", "370116", "371200"),
        ("公主岭市", "2019-06-01", "", "220184", "220300"),
        ("公主岭市", "2021-06-01", "", "220184", "220100"),
        ("", "2011-01-10", "安徽省巢湖市人民路1号", "341400", "341400"),
        ("", "2011-01-10", "安徽省巢湖市居巢区人民路1号", "340181", "341400"),
        ("", "2012-01-10", "安徽省巢湖市人民路1号", "340181", "340100"),
    ]
    frame = pd.DataFrame(rows, columns=["place", "date", "address", "judged", "held"])
    screened = rm.screen(frame, industry="铸造")
    assert screened["unit_code"].tolist() == frame["judged"].tolist()
    assert screened["prefecture_code"].tolist() == frame["held"].tolist()
    assert screened["reason"].isna().all() or not screened["reason"].str.strip().any()
    for row in screened[screened["place"] != ""].itertuples():
        verdict = rm.check(row.place, industry="铸造", on=row.date)
        assert row.verdict == verdict.ruling
        assert row.caveats == "; ".join(dict.fromkeys(str(one.kind) for one in verdict.caveats))


def test_a_point_agrees_with_the_gone_prefecture_that_its_row_names(rm):
    lujiang = rm.unit("340124")
    rows = [("安徽省巢湖市", on, lujiang.lon, lujiang.lat) for on in ("2011-01-10", "2012-01-10")]
    screened = rm.screen(pd.DataFrame(rows, columns=["place", "date", "lon", "lat"]), industry="铸造")
    assert ["place_disagrees" in one for one in screened["caveats"]] == [False, True]


def test_a_city_that_only_a_date_tells_apart_is_noted_in_screening(rm):
    frame = pd.DataFrame({"place": ["毕节市", "毕节市"], "date": ["2010-06-01", "2020-06-01"]})
    caveats = rm.screen(frame, industry="铸造")["caveats"]
    assert ["place_reading" in one for one in caveats] == [True, False]


NAMED_THEN = [
    ("370116", "2018-06-01", "山东省莱芜市莱芜区"),
    ("370116", SINCE, "山东省济南市莱芜区"),
    ("340181", "2011-06-01", "安徽省巢湖市巢湖市"),
    ("340522", "2011-07-01", "安徽省巢湖市含山县"),
    ("220184", "2020-06-01", "吉林省四平市公主岭市"),
    ("220184", "2020-06-19", "吉林省长春市公主岭市"),
    ("420683", "2010-06-01", "湖北省襄樊市枣阳市"),
    ("371200", "2018-06-01", "山东省莱芜市"),
]


@pytest.mark.parametrize(("code", "on", "named"), NAMED_THEN)
def test_a_place_is_called_by_the_prefecture_that_it_lay_in_on_the_day(rm, code, on, named):
    unit = rm.gazetteer.unit_ever(code)
    assert place_name(unit, rm, dt.date.fromisoformat(on), "zh") == f"{named}（{code}）"


def test_every_answer_in_brief_names_the_place_as_of_its_day(rm):
    verdict = rm.check("370116", industry="铸造", on=BEFORE)
    by_point = rm.check(lon=117.66, lat=36.21, datum="wgs84", industry="铸造", on=BEFORE)
    assert by_point.place.code == "370116"
    for one in (verdict, by_point):
        assert "山东省莱芜市莱芜区（370116）" in check_line(one, rm, "zh")
    look_up = lookup_lines(rm.lookup("370116", on=BEFORE), rm, "zh", 80)
    assert "山东省莱芜市莱芜区（370116）" in look_up[0].text
    assert "Laiwu District, Laiwu, Shandong" in check_line(verdict, rm, "en")

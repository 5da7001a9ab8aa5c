"""A rule of a city reaches what lay in the city on the date: counties that changed their prefecture, before and after.

Hand-checked: 国函〔2018〕163号 (莱芜市 into 济南市, made public on 2019-01-09), 国函〔2015〕206号 (寿县 from 六安 to
淮南), 国函〔2020〕84号 (公主岭 from 四平 to 长春). Of 山东 the lists of 国发〔2018〕22号 and 工信部节〔2018〕136号
print 济南、淄博、济宁、德州、聊城、滨州、菏泽 and do not end in 等: 莱芜 is not among them.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from shapely import Point

import regionmap
from regionmap.output.layers.build import make_layer
from regionmap.places.changes import all_changes
from tests.catalogue.overlays import GOOD, write

BEFORE, SINCE = "2019-01-08", "2019-01-09"
LAIWU = ["370116", "370117"]


def sources(findings) -> set[str]:
    return {one.source.id for one in findings}


def shown(verdict) -> set[str]:
    return sources((*verdict.findings, *verdict.depends_on_site, *verdict.not_in_force, *verdict.fell_away))


@pytest.mark.parametrize("place", [*LAIWU, "371200"])
def test_nothing_of_jinan_decides_for_laiwu_before_the_merger(rm, place):
    before, since = (rm.check(place, industry="铸造", on=on) for on in (BEFORE, SINCE))
    assert (before.ruling, since.ruling) == ("no_rule", "prohibited")
    assert "jing-jin-ji-surroundings" not in {one.region for one in before.findings}
    assert "jing-jin-ji-surroundings" in {one.region for one in since.deciding}
    assert not {one for one in shown(before) if one.startswith("local-3701")}
    assert {one for one in shown(since) if one.startswith("local-3701")}


def test_the_city_itself_is_whole_on_both_sides(rm):
    for on in (BEFORE, SINCE):
        verdict = rm.check("济南市", industry="铸造", on=on)
        assert (verdict.ruling, verdict.extent) == ("prohibited", "whole")


def test_a_point_and_an_area_in_laiwu_are_judged_as_the_county(rm):
    unit = rm.unit("370116")
    site = {"lon": unit.lon, "lat": unit.lat}
    for on, ruling in ((BEFORE, "no_rule"), (SINCE, "prohibited")):
        assert rm.check(**site, industry="铸造", on=on).ruling == ruling
        assert rm.check(**site, radius_m=500, industry="铸造", on=on).ruling == ruling


def test_screening_rulings_and_look_up_say_the_same(rm):
    rows = [(code, on) for code in (*LAIWU, "370102") for on in (BEFORE, SINCE)]
    frame = pd.DataFrame(rows, columns=["adcode", "date"]).assign(industry="铸造")
    screened = rm.screen(frame)
    expected = ["no_rule", "prohibited", "no_rule", "prohibited", "prohibited", "prohibited"]
    assert list(screened["verdict"]) == expected
    assert [rm.rulings([code], "铸造", on=on)[0].ruling for code, on in rows] == expected
    for code, on in rows:
        names = {one.region.id for one in rm.lookup(code, on=on).regions}
        assert ("jing-jin-ji-surroundings" in names) == (code == "370102" or on == SINCE), (code, on)


def test_the_coverage_of_laiwu_names_law_of_jinan_since_the_merger_alone(rm):
    for on, named in ((BEFORE, False), (SINCE, True)):
        coverage = rm.check("370116", industry="铸造", on=on).coverage
        assert any(one.startswith("local-3701") for one in coverage.local) is named


def test_pilots_of_jinan_are_those_of_laiwu_since_the_merger_alone(rm):
    def above(on: str) -> set[str]:
        return {unit.code for one in rm.pilots("370116", on=on) for unit in one.via if one.fit == "above"}

    assert "370100" not in above(BEFORE)  # on the list of low-carbon cities since 2017
    assert "370100" in above(SINCE)


def own(code: str) -> str:
    """Return a document by which a prefecture forbids new foundries since 2010."""
    made = GOOD.replace("test-2020-1", f"own-{code}").replace("2020-05-01", "2010-01-01")
    made = made.replace("试〔2020〕1号", f"试〔2010〕{code}号").replace("[steel]", "[foundry]")
    made = made.replace("level: province\nrank: province", f'level: city\nplace: "{code}"\nrank: local_regulation')
    return made.replace("horizon: 2025-12-31", "horizon: null").replace('["130600"]', f'["{code}"]')


MOVES = [
    # county, the prefecture before, the prefecture since, the day
    ("340422", "341500", "340400", "2016-01-04"),
    ("340722", "340800", "340700", "2016-01-04"),
    ("510185", "512000", "510100", "2016-05-16"),
    ("220184", "220300", "220100", "2020-06-19"),
    ("340124", None, "340100", "2011-08-22"),
    ("340181", None, "340100", "2011-08-22"),
    ("340281", None, "340200", "2011-08-22"),
    ("340522", None, "340500", "2011-08-22"),
    ("340523", None, "340500", "2011-08-22"),
    ("370116", None, "370100", "2019-01-09"),
    ("370117", None, "370100", "2019-01-09"),
]


def test_every_move_between_prefectures_is_known_and_has_its_day(rm):
    found = {(one.code, one.before, one.day.isoformat()) for one in rm.gazetteer.past.moves}
    gone = {"34": "341400", "37": "371200"}
    assert found == {(code, before or gone[code[:2]], day) for code, before, _, day in MOVES}
    assert all(len(one.date) == len("2019-01-09") for one in all_changes() if rm.gazetteer.past.is_move(one))


@pytest.fixture(scope="module")
def ruled(tmp_path_factory):
    """Each prefecture that a county left or joined forbids new foundries since 2010."""
    folder = tmp_path_factory.mktemp("own")
    owners = sorted({one for _, before, since, _ in MOVES for one in (before, since) if one})
    return regionmap.load(write(folder, {f"sources/own-{code}.yaml": own(code) for code in owners}))


@pytest.mark.parametrize(("county", "before", "since", "day"), MOVES)
def test_the_rules_of_the_prefecture_of_the_day_bind(ruled, county, before, since, day):
    change = dt.date.fromisoformat(day)
    for on, owner in ((change - dt.timedelta(days=1), before), (change, since)):
        verdict = ruled.check(county, industry="铸造", on=on)
        bound = {one for one in shown(verdict) if one.startswith("own-")}
        assert bound == ({f"own-{owner}"} if owner else set()), on
        (ruling,) = ruled.rulings([county], "铸造", on=on)
        assert ruling.ruling == verdict.ruling
        row = pd.DataFrame({"adcode": [county], "industry": ["铸造"], "date": [on.isoformat()]})
        assert ruled.screen(row)["verdict"].item() == verdict.ruling


def test_an_exported_list_draws_the_city_as_it_was(rm):
    unit = rm.unit("370116")
    for on, held in ((BEFORE, False), (SINCE, True)):
        layer = make_layer(rm, "key-regions", dt.date.fromisoformat(on))
        city = layer[layer["code"] == "370100"]
        assert len(city)
        assert city.geometry.contains(Point(unit.lon, unit.lat)).eq(held).all()

"""Pilot lists against what their documents say: an invitation is no approval, a park is not its city."""

from __future__ import annotations

import datetime as dt

import pytest

from regionmap.errors import InputError
from regionmap.model import PilotArea, Standing
from regionmap.output.brief.lookup import lookup_lines
from regionmap.rules.pilots import PilotFit, PilotListing, PilotStatus, change_dates, first_days

GREEN = "green-transition-regions"


def of(rm, programme: str, place: str, on: str) -> list[PilotListing]:
    return [one for one in rm.pilots(place, on) if one.programme.id == programme]


def test_ten_were_invited_and_eleven_approved(rm):
    invited, approved = rm.programme("区域工业绿色转型发展试点").batches
    assert (invited.standing, len(invited.places)) == (Standing.INVITED, 10)
    assert (approved.standing, len(approved.places)) == (Standing.APPROVED, 11)
    codes = [{code for one in batch.places for code in one.codes} for batch in (invited, approved)]
    assert codes[1] - codes[0] == {"321100"}  # 镇江 came in at approval
    assert codes[0] < codes[1]
    assert "440200" not in codes[0] | codes[1]  # 韶关 is on neither list


def test_baotou_was_invited_in_2014_and_approved_by_june_2015(rm):
    assert of(rm, GREEN, "包头", "2014-06-03") == []
    (invited,) = of(rm, GREEN, "包头", "2014-06-04")
    assert invited.batch.number == "工信厅节函[2014]322号"
    assert (str(invited.batch.standing), invited.is_pilot, str(invited.place.evidence)) == (
        "invited",
        False,
        "verbatim",
    )
    assert invited.when.en == "2014-06-04"
    standings = {str(one.batch.standing): one for one in of(rm, GREEN, "包头市", "2016-01-01")}
    assert set(standings) == {"invited", "approved"}
    assert standings["approved"].is_pilot
    assert str(standings["approved"].place.evidence) == "reported"


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2015-05-31", None),
        ("2015-06-01", PilotStatus.DAY_UNKNOWN),  # only the month is known
        ("2015-06-30", PilotStatus.LISTED),
        ("2017-12-31", PilotStatus.LISTED),
        ("2018-01-01", PilotStatus.ENDED),
    ],
)
def test_a_date_that_is_known_by_its_month_is_not_made_a_day(rm, on, status):
    found = [one.status for one in of(rm, GREEN, "镇江", on)]
    assert found == ([status] if status is not None else [])


def test_a_list_without_any_date_says_so(rm):
    (yulin,) = [one for one in of(rm, "methanol-vehicles", "榆林市", "2015-01-01") if one.batch.id == "undated"]
    assert yulin.status is PilotStatus.DAY_UNKNOWN
    assert yulin.when.zh == "日期不明，不早于 2012-03-16"


@pytest.mark.parametrize(
    ("programme", "batch", "place", "first"),
    [
        ("methanol-vehicles", "undated", "榆林市", "2012-03-16"),
        ("kiln-co-processing", "guizhou", "贵阳市", "2012-03-16"),
        ("new-industrialisation-bases", "sixth-xinjiang", "库车市", "2010-01-04"),
        ("emergency-industry-bases", "second", "长沙市", "2009-01-01"),
    ],
)
def test_a_list_without_any_date_is_not_told_of_days_before_its_documents(rm, programme, batch, place, first):
    day = dt.date.fromisoformat(first)
    before = (day - dt.timedelta(days=1)).isoformat()
    for on, told in (("1960-01-01", False), (before, False), (first, True), ("2026-01-01", True)):
        assert any(one.batch.id == batch for one in of(rm, programme, place, on)) is told


def test_every_list_without_any_date_says_which_day_is_the_earliest(rm):
    undated = [
        batch
        for one in rm.programmes()
        for batch in one.batches
        if batch.date_from is None and batch.date_printed is None
    ]
    assert len(undated) == 8
    assert all(one.not_before is not None and one.note is not None for one in undated)


def test_a_park_is_never_the_whole_city(rm):
    (park,) = of(rm, "carbon-peak-pilots", "苏州市", "2024-01-01")
    assert (park.fit, park.place.area) == (PilotFit.AREA_INSIDE, PilotArea.PARK)
    assert park.says.en == "A park in it, not the whole of Suzhou: 「苏州工业园区」."
    assert park.says.zh.startswith("其中的园区")
    (near,) = of(rm, "carbon-peak-pilots", "昆山市", "2024-01-01")
    assert near.fit is PilotFit.AREA_AROUND
    assert "not known" in near.says.en
    for one in rm.pilots(on="2026-01-01"):
        if one.place.area is not PilotArea.UNIT:
            for code in one.place.codes:
                fits = {
                    found.fit
                    for found in rm.pilots(code, "2026-01-01")
                    if (found.batch, found.place) == (one.batch, one.place)
                }
                assert fits == {PilotFit.AREA_INSIDE}


def test_a_province_covers_its_cities_and_says_so(rm):
    (by_province,) = of(rm, "low-carbon-cities", "佛山市", "2020-01-01")
    assert by_province.fit is PilotFit.ABOVE
    assert by_province.says.zh == "列入的是它所在的广东省。"
    own = [one.fit for one in of(rm, "low-carbon-cities", "深圳市", "2020-01-01")]
    assert own == [PilotFit.ITSELF, PilotFit.ABOVE]


def test_a_province_whose_cities_are_listed_has_them_in_part(rm):
    (changzhi,) = of(rm, "transformation-zones", "山西省", "2020-01-01")
    assert changzhi.fit is PilotFit.INSIDE
    assert [unit.name for unit in changzhi.via] == ["长治市"]


def test_the_trial_of_methanol_cars_does_not_cover_a_province(rm):
    (shanxi,) = [one for one in of(rm, "methanol-vehicles", "山西省", "2013-01-15") if one.batch.id == "provinces-2012"]
    assert shanxi.fit is PilotFit.AREA_INSIDE
    assert not shanxi.is_pilot


def test_lists_that_end_in_deng_are_open(rm):
    found = {(one.id, batch.id) for one in rm.programmes() for batch in one.batches if batch.open}
    assert found == {
        ("methanol-vehicle-use", "focus-2019"),
        ("battery-recycling", "regions-2018"),
        ("jing-jin-ji-recycling-parks", "plan-2020"),
    }


def test_what_has_ended_comes_last(rm):
    order = [one.status for one in rm.lookup("包头", on="2026-01-01").pilots]
    assert order == sorted(order, key=list(PilotStatus).index)
    assert PilotStatus.ENDED in order


def test_first_days_and_change_dates(rm):
    invited, approved = rm.programme(GREEN).batches
    assert first_days(approved) == (dt.date(2015, 6, 1), dt.date(2015, 6, 30))
    assert first_days(invited) == (dt.date(2014, 6, 4), dt.date(2014, 6, 4))
    assert change_dates(rm.programme(GREEN)) == (
        dt.date(2014, 6, 4), dt.date(2015, 6, 1), dt.date(2015, 6, 30), dt.date(2018, 1, 1),
    )  # fmt: skip


def test_an_unknown_programme_is_one_line(rm):
    with pytest.raises(InputError, match="no pilot programme is called 'x', nor anything like it: choose from"):
        rm.programme("x")


@pytest.mark.parametrize(("on", "listed"), [("1960-01-01", False), ("2022-12-31", False), ("2023-01-01", True)])
def test_a_list_without_a_date_is_not_older_than_the_document_that_it_rests_on(rm, on, listed):
    """中小企业数字化转型城市试点 rests on 财建〔2023〕117号."""
    found = [one for one in rm.pilots("合肥", on) if one.programme.id == "sme-digital-cities"]
    assert [one.status for one in found] == [PilotStatus.DAY_UNKNOWN] * listed
    assert [one.when.zh for one in found] == ["日期不明，不早于 2023-01-01"] * listed
    lines = " ".join(one.text for one in lookup_lines(rm.lookup("合肥", on=on), rm, "zh", 2000))
    assert ("中小企业数字化转型城市试点（日期不明" in lines) is listed

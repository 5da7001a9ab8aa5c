"""The table of changed units holds together, and names and codes of the past find their place."""

from __future__ import annotations

import datetime as dt

import pytest

from regionmap.errors import InputError
from regionmap.model import Evidence
from regionmap.places.changes import UnitChange, all_changes, load
from regionmap.places.errors import UnknownPlaceError
from regionmap.places.names.gazetteer import Gazetteer

CHANGES = all_changes()


def change(old_code: str) -> UnitChange:
    return next(one for one in CHANGES if one.old_code == old_code)


@pytest.mark.parametrize("one", CHANGES, ids=lambda one: one.old_code or one.old_name)
def test_every_row_leads_from_a_unit_of_the_past_to_units_of_today(gazetteer: Gazetteer, one):
    assert one.new_codes
    assert all(code in gazetteer.by_code for code in one.new_codes)
    assert one.new_parents == tuple(dict.fromkeys(gazetteer.unit(code).parent for code in one.new_codes))
    assert one.old_code not in gazetteer.by_code
    former = {other.old_code for other in CHANGES}
    assert one.old_parent in gazetteer.by_code or one.old_parent in former
    assert one.old_code[:2] in {"", one.new_codes[0][:2]}
    assert dt.date(2010, 1, 1) <= one.last_day <= dt.date.today()
    assert one.number
    assert one.what.zh.endswith("。")
    assert one.what.en.endswith(".")
    assert one.date[:4] in one.what.zh
    assert one.date[:4] in one.what.en


def test_rows_stand_in_the_order_of_their_dates_and_each_code_once():
    dates = [one.date for one in CHANGES]
    codes = [one.old_code for one in CHANGES if one.old_code]
    assert dates == sorted(dates)
    assert len(codes) == len(set(codes))


def test_the_merger_of_laiwu():
    laiwu = change("371200")
    assert (laiwu.old_name, laiwu.new_codes, laiwu.new_parents) == ("莱芜市", ("370116", "370117"), ("370100",))
    assert laiwu.last_day == dt.date(2019, 1, 9)
    assert laiwu.evidence is Evidence.VERBATIM
    assert laiwu.crosses


def test_a_date_is_as_precise_as_it_is_known():
    assert change("522400").last_day == dt.date(2011, 12, 31)
    assert change("542300").last_day == dt.date(2014, 6, 30)


def test_another_kind_of_unit_in_the_same_place_crosses_nothing():
    assert not change("410728").crosses  # 长垣县 → 长垣市
    assert not change("632100").crosses  # 海东地区 → 海东市
    assert change("512081").crosses  # 简阳市: 资阳 → 成都


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("371200", ("370116", "370117")),
        ("莱芜市", ("370116", "370117")),
        ("山东省莱芜市", ("370116", "370117")),
        ("341400", ("340181", "340124", "340281", "340522", "340523")),
        ("341521", ("340422",)),
        ("六安市寿县", ("340422",)),
        ("四平市公主岭市", ("220184",)),
        ("512081", ("510185",)),
        ("长垣县", ("410783",)),
        ("410728", ("410783",)),
        ("522400", ("520500",)),
        ("铜仁地区", ("520600",)),
        ("海东地区", ("630200",)),
        ("襄樊市", ("420600",)),
        ("襄樊", ("420600",)),
        ("湖北襄樊", ("420600",)),
        ("巢湖", ("340181",)),  # a unit of today comes first
        ("湖北省襄樊市", ("420600",)),
    ],
)
def test_the_past_is_found_with_a_note(gazetteer: Gazetteer, text, codes):
    units, note = gazetteer.resolve_places(text)
    assert tuple(one.code for one in units) == codes
    assert note is not None
    if len(codes) == 1:
        assert gazetteer.resolve(text).code == codes[0]
    else:
        with pytest.raises(UnknownPlaceError) as refused:
            gazetteer.resolve(text)
        assert all(code in str(refused.value) for code in codes)


@pytest.mark.parametrize(("text", "code"), [("寿县", "340422"), ("简阳市", "510185"), ("毕节市", "520500")])
def test_a_name_that_a_unit_of_today_bears_is_that_unit(gazetteer: Gazetteer, text, code):
    assert gazetteer.resolve_places(text)[0] == (gazetteer.unit(code),)


def test_a_unit_of_today_with_the_name_of_a_larger_one_of_the_past_says_so(gazetteer: Gazetteer):
    unit, note = gazetteer.resolve_with_note("巢湖市")
    assert unit.code == "340181"
    assert note is not None
    assert "341400" in note.en


@pytest.mark.parametrize("text", ["河北省莱芜市", "成都市寿县"])
def test_the_past_is_not_found_where_it_never_lay(gazetteer: Gazetteer, text):
    with pytest.raises(UnknownPlaceError):
        gazetteer.resolve_places(text)


def test_an_area_that_never_was_a_unit_is_not_put_together_from_its_counties(gazetteer: Gazetteer):
    with pytest.raises(UnknownPlaceError, match="130638"):
        gazetteer.resolve_places("雄安新区")


@pytest.mark.parametrize("content", ["date,kind\n", "", "\x00"])
def test_a_table_of_another_form_is_refused(tmp_path, content):
    path = tmp_path / "unit_changes.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        load(path)


def test_a_missing_table_is_refused(tmp_path):
    with pytest.raises(InputError):
        load(tmp_path / "none.csv")

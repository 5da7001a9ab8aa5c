"""Answers across a change of units say what the lists named then."""

from __future__ import annotations

import pytest

from regionmap.errors import InputError
from regionmap.rules.matching.changed_units import changes_of
from regionmap.rules.verdict.answers import CaveatKind


def told(answer) -> list:
    return [one for one in answer.caveats if one.kind is CaveatKind.UNIT_CHANGED]


@pytest.mark.parametrize("on", ["2018-10-01", "2019-06-01"])
@pytest.mark.parametrize("place", ["莱芜区", "钢城区", "371200", "莱芜市", "济南市"])
def test_the_merger_of_laiwu_is_told_on_both_sides_of_its_day(rm, place, on):
    (caveat,) = told(rm.check(place, industry="钢铁", on=on))
    for language in ("zh", "en"):
        assert "371200" in caveat.text[language]
        assert "工信部节〔2018〕136号 附件" in caveat.text[language]
        assert "370100" in caveat.text[language]
    assert "is named in" in caveat.text.en
    assert "did not belong to it then and is not printed" in caveat.text.en
    assert ("is judged by the units that it lay in then, not by Jinan 370100" in caveat.text.en) == (on < "2019-01-09")
    assert ("on the map of today the name covers it" in caveat.text.en) == (on >= "2019-01-09")
    assert "miit-2018-136/2-2a" in caveat.provisions


def test_the_caveat_is_in_chinese_too(rm):
    (caveat,) = told(rm.check("莱芜区", industry="钢铁", on="2018-10-01"))
    assert "named" not in caveat.text.zh
    assert "dated" not in caveat.text.zh
    assert "当时不属" in caveat.text.zh


@pytest.mark.parametrize("place", ["371200", "莱芜市"])
def test_a_unit_of_the_past_is_checked_as_all_units_that_it_is_today(rm, place):
    verdict = rm.check(place, industry="钢铁", on="2019-06-01")
    assert [one.code for one in verdict.places] == ["370116", "370117"]
    assert verdict.ruling is rm.check("莱芜区", industry="钢铁", on="2019-06-01").ruling
    assert any(one.kind is CaveatKind.PLACE_READING and "371200" in one.text.en for one in verdict.caveats)


def test_a_look_up_wants_one_of_them(rm):
    with pytest.raises(InputError, match=r"370116.*370117"):
        rm.lookup("371200", on="2019-06-01")


@pytest.mark.parametrize("place", ["历下区", "石家庄市", "山东省"])
def test_a_place_that_did_not_change_has_no_such_caveat(rm, place):
    assert not told(rm.check(place, industry="钢铁", on="2019-06-01"))
    assert not told(rm.lookup(place, on="2019-06-01"))


def test_lists_of_provinces_do_not_care_what_changed_inside(rm):
    (caveat,) = told(rm.check("莱芜区", industry="钢铁", on="2019-06-01"))
    assert "370000" not in caveat.text.en


def test_a_county_that_became_a_city_is_told_with_its_printed_name(rm):
    (caveat,) = told(rm.lookup("长垣市", on="2018-01-01"))
    assert " prints 「长垣县」." in caveat.text.en
    assert "2019-08-30" in caveat.text.en
    assert "2018-01-01" in caveat.text.en
    assert "second source" in caveat.text.en


def test_one_approval_is_told_once(rm):
    found = told(rm.lookup("庐江县", on="2010-06-01"))
    assert len(found) == 1
    assert "341400" in found[0].text.en


def test_a_change_of_long_ago_is_silent_where_no_older_list_is_used(rm):
    assert not told(rm.check("襄阳市", industry="钢铁", on="2024-06-01"))
    assert told(rm.check("襄阳市", industry="钢铁", on="2010-06-01"))


def test_lists_of_after_a_merger_are_not_told_as_if_they_had_left_the_unit_out(rm):
    """莱芜 was merged into 济南 in January 2019: what names 济南 since then means it with 莱芜."""
    verdict = rm.check("370116", industry="steel", on="2024-03-01")
    (caveat,) = (one for one in verdict.caveats if one.kind == "unit_changed")
    told = set(caveat.provisions)
    assert "miit-2018-136/2-2a" in told
    assert {"gov-2023-24/12c", "miit-2021-46/1a", "ndrc-2021-yellow-river-parks/parks-b"}.isdisjoint(told)
    assert "〔2023〕24号" not in caveat.text.zh


def test_the_changes_that_concern_a_place_are_its_own_and_those_of_units_that_hold_it_or_that_it_joined(rm):
    def changes(code: str) -> dict[str, bool]:
        found = changes_of(rm.gazetteer, [rm.unit(code)])
        return {name: made for _, _, name, made in found}

    assert changes("420683") == {"襄樊市": True}  # 枣阳市 lies in 襄阳市, which bore that name until 2010
    laiwu = changes("370116")  # 莱芜区: its own two, and what else became of the city that holds it
    assert {"莱芜市", "莱城区"} <= {name for name, made in laiwu.items() if made}
    jinan = changes("370100")  # 济南市 was not made by the merger: units joined it
    assert {"莱芜市", "莱城区", "钢城区"} <= {name for name, made in jinan.items() if not made}
    assert changes("370000") == {}


def test_one_change_is_told_once_and_in_english_by_english_names(rm):
    answer = rm.check("莱芜市", industry="钢铁", on="2019-06-01")
    for language, said in (("zh", "并入济南市"), ("en", "was merged into Jinan in January 2019")):
        assert sum(said in one.text[language] for one in answer.caveats) == 1
    assert "国函〔2018〕163号" in " ".join(one.text.zh for one in answer.caveats)
    assert any(one.text.en.startswith("Laiwu (371200)") for one in answer.caveats)
    by_district = rm.check("莱芜区", industry="钢铁", on="2019-06-01")
    assert sum("于 2019 年 1 月" in one.text.zh for one in by_district.caveats) == 1

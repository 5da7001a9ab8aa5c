"""Parks, new areas and zones: whom a name is answered for, what is said of it, and what a look-up lists."""

from __future__ import annotations

from pathlib import Path

import pytest

import regionmap
from regionmap.errors import InputError
from regionmap.output.json.answers import lookup_json
from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError
from regionmap.rules.parks import ParkFit
from regionmap.rules.reading.named_places import NamedPlaces
from regionmap.rules.verdict.answers import CaveatKind

DAY = "2026-06-01"


def answered(rm, name: str) -> tuple[list[str], str]:
    """The codes that a check was answered for, and the first caveat."""
    verdict = rm.check(name, industry="化工", on=DAY)
    first = verdict.caveats[0]
    return [one.code for one in verdict.places], first.text.zh if first.kind is CaveatKind.PLACE_READING else ""


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("苏州工业园区", ["320500"]),
        ("江苏省苏州工业园区", ["320500"]),
        ("苏州市苏州工业园区", ["320500"]),
        ("国家级苏州工业园区", ["320500"]),
        ("Suzhou Industrial Park", ["320500"]),
        ("两江新区", ["500105", "500109", "500112"]),  # parts of 江北区, 北碚区 and 渝北区
        ("重庆市两江新区", ["500105", "500109", "500112"]),
        ("西咸新区", ["610100", "610400"]),  # 西安、咸阳两市所辖7县（区）
        ("长春新区", ["220104", "220103", "220105", "220113"]),
        ("江西赣江新区", ["360111", "360112", "360482", "360425"]),
        ("雄安新区", ["130638", "130629", "130632"]),
        ("江阴临港化工园区", ["320281"]),
        ("宜都市化工园区", ["420581"]),
        ("衡阳市松木经济开发区", ["430400"]),
        ("江苏高科技氟化学工业园", ["320581"]),
        ("淄博高新区", ["370300"]),  # 淄博高新技术产业开发区
        ("淄博市高新区", ["370300"]),
        ("涪陵工业园区", ["500102"]),  # 重庆涪陵工业园区 without its province
        ("永川高新区", ["500118"]),
        ("合肥高新区", ["340100"]),  # on a list of pilots only
        ("徐州高新技术开发区", ["320300"]),  # on a list of destinations only
    ],
)
def test_a_park_is_answered_for_the_units_that_contain_it(rm, name, codes):
    found, said = answered(rm, name)
    assert found == codes
    assert "边界没有收录" in said
    assert all(rm.gazetteer.unit(code).name in said for code in codes)
    assert "园区内或园区外" in said


def test_what_is_said_of_it(rm):
    assert "长江经济带国家级转型升级示范开发区（33个）（开发区，已认定）" in answered(rm, "苏州工业园区")[1]
    assert "按名称读出" in answered(rm, "苏州工业园区")[1]
    assert "按名称读出" not in answered(rm, "两江新区")[1]
    proposed = answered(rm, "宜都市化工园区")[1]
    assert "公示（不是最终名单）" in proposed
    assert "已认定" not in proposed
    assert "两江新区按名单作重庆两江新区" in answered(rm, "两江新区")[1]
    verdict = rm.check("两江新区", industry="化工", on=DAY)
    assert "its limits are not loaded" in verdict.caveats[0].text.en
    # The reply on 青岛西海岸新区: 包括青岛市黄岛区全部行政区域.
    codes, said = answered(rm, "青岛西海岸新区")
    assert codes == ["370211"]
    assert "即黄岛区全域" in said


@pytest.mark.parametrize(("name", "code"), [("浦东新区", "310115"), ("上海浦东新区", "310115"), ("滨海新区", "120116")])
def test_the_name_of_a_unit_is_the_unit(rm, name, code):
    assert answered(rm, name) == ([code], "")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("天府新区", ["四川天府新区", "only the name of", "四川省", "name the city"]),
        ("江苏扬子江国际化学工业园", ["only the name of", "江苏省"]),
        ("川渝高竹新区", ["not in which city"]),
        ("苏州工业园", ["no place is called", "苏州市", "苏州工业园区"]),  # the nearest of both kinds
        ("新区", ["parks and zones of a like name", "重庆两江新区"]),
        ("上海市两江新区", ["no place is called"]),  # it does not lie there
        ("惠州大亚湾石化区", ["惠州市", "广东惠州大亚湾石化产业园区"]),
        ("大亚湾石化区", ["广东惠州大亚湾石化产业园区"]),
        ("京津冀", ["a region, not one place", "jing-jin-ji-surroundings", "北京市 110000", "是一个区域"]),
        ("长三角", ["yangtze-delta", "310000"]),
        ("Yangtze River Delta", ["a region, not one place", "yangtze-delta"]),
    ],
)
def test_what_cannot_be_answered_says_why_and_what_is_near(rm, name, words):
    with pytest.raises(UnknownPlaceError) as caught:
        rm.check(name, industry="化工", on=DAY)
    assert "\n" not in str(caught.value)
    told = caught.value.text
    assert all(word in told.en + told.zh for word in words)


def test_a_question_of_one_unit_asks_which(rm):
    for ask in (
        lambda: rm.lookup("西咸新区", on=DAY),
        lambda: rm.transfer("西咸新区", industry="纺织", on=DAY),
        lambda: rm.destinations("西咸新区", DAY),
        lambda: rm.pilots("西咸新区", DAY),
    ):
        with pytest.raises(AmbiguousPlaceError) as caught:
            ask()
        assert caught.value.candidates == ("610100", "610400")
    answer = rm.lookup("苏州工业园区", on=DAY)
    assert (answer.place.code, answer.caveats[0].kind) == ("320500", CaveatKind.PLACE_READING)
    assert rm.transfer("苏州工业园区", industry="纺织", on=DAY).caveats[0].kind is CaveatKind.PLACE_READING
    assert rm.pilots("苏州工业园区", DAY) == rm.pilots("苏州市", DAY)
    assert rm.unit("青岛西海岸新区").code == "370211"


def test_a_name_of_two_places_lists_both(tmp_path):
    text = """\
id: test-parks
name: {zh: 试验园区, en: Test parks}
kind: joint-parks
standing: recognised
number: null
date_from: null
date_printed: null
date_until: null
printed_count: null
complete: false
evidence: reported
parks:
  - {printed: 某某产业园, codes: ["130600"], aliases: [甲乙产业园]}
  - {printed: 甲乙产业园, codes: ["410100"]}
"""
    (tmp_path / "parks").mkdir()
    Path(tmp_path / "parks" / "test-parks.yaml").write_text(text, encoding="utf-8")
    rm = regionmap.load(tmp_path)
    with pytest.raises(AmbiguousPlaceError) as caught:
        rm.check("甲乙产业园", industry="钢铁")
    assert set(caught.value.candidates) == {"130600", "410100"}
    assert "「某某产业园」 in Baoding (Hebei) 130600" in str(caught.value)
    assert answered(rm, "河南省甲乙产业园")[0] == ["410100"]


def test_no_bundled_name_is_that_of_two_places(rm):
    names = NamedPlaces.of(rm.catalogue, rm.gazetteer)
    for listed in rm.catalogue.parks.values():
        for park in listed.parks:
            if park.codes:
                for name in (park.printed, *park.aliases):
                    rm.check(name, industry="化工", on=DAY)  # raises where it is unknown or ambiguous
                assert names.find(park.printed)


def test_a_look_up_lists_what_lies_in_a_place_and_around_it(rm):
    fits = {one.park.printed: one.fit for one in rm.lookup("江阴市", on=DAY).parks}
    assert fits == {
        "江阴临港化工园区": ParkFit.INSIDE,
        "无锡高新技术产业开发区": ParkFit.AROUND,
        "江苏扬子江国际化学工业园": ParkFit.SOMEWHERE,
        "柘汪临港产业区化工园区": ParkFit.SOMEWHERE,
    }
    (around,) = [one for one in rm.parks("江阴市", DAY) if one.fit is ParkFit.AROUND]
    assert around.says.zh == "在无锡市；是否包括这里，不知道。"
    whole = [one for one in rm.parks("黄岛区", DAY) if one.fit is ParkFit.ITSELF]
    assert [one.park.printed for one in whole] == ["青岛西海岸新区"]
    assert [one.fit for one in rm.parks("青岛市", DAY) if one.park.printed == "青岛西海岸新区"] == [ParkFit.INSIDE]
    assert {one.park.printed for one in rm.parks("渝北区", DAY)} >= {"重庆两江新区"}


def test_a_province_lists_all_of_its_parks(rm):
    chemical = [one for one in rm.parks("江苏省", DAY) if one.listed.id == "chemical-parks-jiangsu-2023"]
    assert len(chemical) == 23
    assert [one.park.printed for one in chemical if one.fit is ParkFit.SOMEWHERE] == [
        "江苏扬子江国际化学工业园", "柘汪临港产业区化工园区",
    ]  # fmt: skip
    assert rm.parks("济南市", DAY) == ()


def test_a_list_counts_from_its_day(rm):
    assert not [one for one in rm.parks("江阴市", "2022-01-01") if one.listed.id == "chemical-parks-jiangsu-2023"]
    unsure = next(one for one in rm.parks("江阴市", "2023-06-15") if one.listed.kind == "chemical-parks")
    assert str(unsure.status) == "day_unknown"  # only the month is known
    # Two lists of 汝州, a proposal each, and none recognises it.
    found = [one for one in rm.parks("汝州市", DAY) if one.listed.kind == "chemical-parks"]
    assert [str(one.park.standing) for one in found] == ["proposed", "proposed"]
    assert len(rm.parks(on="1993-01-01")) == 25 + 1 + 8 + len(
        [1 for one in rm.parks(on="1993-01-01") if one.park.date_from is None and one.park.date_printed is None]
    )  # the zones of 1992, 浦东, eight border zones, and lists without a date


def test_the_json_of_a_look_up(rm):
    (one,) = [park for park in lookup_json(rm.lookup("江阴市", on=DAY), rm)["parks"] if park["fit"] == "inside"]
    assert {
        key: one[key] for key in ("name", "kind", "standing", "evidence", "number", "list", "codes", "by_name")
    } == {
        "name": "江阴临港化工园区",
        "kind": "chemical-parks",
        "standing": "recognised",
        "evidence": "reported",
        "number": "苏政发〔2023〕38号",
        "list": "chemical-parks-jiangsu-2023",
        "codes": ["320281"],
        "by_name": True,
    }
    assert one["id"] == "chemical-parks-jiangsu-2023/2"


@pytest.mark.parametrize("text", ["", "   ", "区" * 100, "x" * 101])
def test_a_name_that_is_none_stays_one_line(rm, text):
    with pytest.raises(InputError) as caught:
        rm.unit(text)
    assert "\n" not in str(caught.value)

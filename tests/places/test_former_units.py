"""Names and codes of the past lead to the units of today, say what became of them, or ask; never to another place."""

from __future__ import annotations

import pytest

from regionmap.errors import InputError
from regionmap.model import Text
from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError
from regionmap.places.names import former
from regionmap.places.names.former import FormerKind, former_units
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.places.names.past import PastNames
from regionmap.places.names.resolver import NameResolver
from regionmap.unit_table import former_text

UNITS = former_units()
CODES = {one.code for one in UNITS}


def test_every_row_leads_to_units_of_today_in_its_own_province(gazetteer: Gazetteer):
    for one in UNITS:
        assert one.now, one
        assert all(code in gazetteer.by_code for code in one.now), one
        assert one.parent in gazetteer.by_code or one.parent in CODES, one
        if one.year:
            assert {code[:2] for code in one.now} == {one.parent[:2]}, one
            assert "1999" <= one.year <= "2026", one


def test_a_unit_that_was_only_renumbered_keeps_its_name_or_changed_it_later(gazetteer: Gazetteer):
    later = {(one.name, code) for one in UNITS for code in one.now if one.kind is not FormerKind.RENUMBERED}
    for one in UNITS:
        if one.kind is FormerKind.RENUMBERED:
            (code,) = one.now
            assert gazetteer.unit(code).name == one.name or (one.name, code) in later, one


def test_each_code_and_each_name_behind_the_unit_above_it_is_read(gazetteer: Gazetteer):
    wrong = []
    for one in UNITS:
        if not one.code or one.told is not None:
            continue
        above = gazetteer.by_code.get(one.parent) or next(held for held in UNITS if held.code == one.parent)
        for text in (above.name + one.name, one.code):
            if text in gazetteer.by_code:
                continue
            try:
                units, note = gazetteer.resolve_places(text)
            except (AmbiguousPlaceError, UnknownPlaceError) as error:
                asks = len(one.now) > 1 or isinstance(error, AmbiguousPlaceError)  # 469031 had two holders
                right = asks and all(code in str(error) for code in one.now)
            else:
                told = note is not None or text != one.code  # 三明市沙县 is heard as 沙县区 of today
                right = tuple(unit.code for unit in units) == one.now and told
            if not right:
                wrong.append(text)
    assert not wrong


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("安徽省巢湖市无为县", "340281", "2011"),
        ("襄樊市枣阳市", "420683", "Xiangfan was renamed"),
        ("山东省莱芜市钢城区", "370117", "2019"),
        ("莱芜市莱芜区", "370116", "2019"),  # 莱城区 until the merger: the name of today behind that of then
        ("毕节地区大方县", "520521", "522422"),
        ("贵州省毕节地区毕节市", "520502", "Qixingguan District"),  # the county-level city of then
        ("哈密地区哈密市", "650502", "Yizhou District"),
        ("雄安新区容城县", "130629", "雄安新区"),
        ("陕西省杨凌示范区杨陵区", "610403", "杨凌示范区"),
        ("山西省大同市矿区", "140214", "dissolved in 2018"),  # 阳泉 has a 矿区 today
        ("山西省长治市郊区", "140403", "2018"),
        ("河北省邢台市桥东区", "130502", "renamed in 2020"),  # 张家口 has a 桥东区 today
        ("江苏省淮安市清河区", "320812", "2016"),  # 铁岭 has a 清河区 today
        ("宣武", "110102", "2010"),
        ("北京市崇文区", "110101", "2010"),
        ("上海闸北", "310106", "2015"),
        ("南汇", "310115", "2009"),
        ("中甸", "533401", "2001"),
        ("达川地区", "511700", "1999"),
        ("310108", "310106", "Zhabei District 310108"),
        ("110228", "110118", "Miyun County 110228"),
        ("542222", "540521", "Zhanang County 542222 has had another code"),
        ("460321", "460302", "西沙群岛"),
        ("海南省三沙市中沙群岛", "460302", "中沙群岛"),
        ("和康县", "653200", "announced in 2024"),
        ("新疆喀什地区岑岭县", "653100", "announced in 2026"),
        ("杭州湾新区", "330200", "no unit"),
        ("巴州库尔勒市", "652801", "巴州"),  # 巴中 has a 巴州区
        ("新疆克州", "653000", "克州"),
    ],
)
def test_the_unit_of_today_is_found_and_what_became_of_the_old_one_is_told(gazetteer: Gazetteer, text, code, words):
    unit, note = gazetteer.resolve_with_note(text)
    assert unit.code == code
    assert note is not None
    assert words in note.en


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("邯郸县", ("130402", "130403")),
        ("浙江省杭州市江干区", ("330102", "330114")),
        ("140211", ("140213", "140214")),
        ("522201", ("520602", "520603")),
        ("草湖市", ("653000", "653100")),
        ("黑龙江省大兴安岭地区加格达奇区", ("232700", "150723")),
    ],
)
def test_a_unit_that_was_divided_asks_for_one_of_its_parts(gazetteer: Gazetteer, text, candidates):
    with pytest.raises(InputError) as refused:
        gazetteer.resolve_places(text)
    assert all(code in str(refused.value) for code in candidates)


def test_the_unit_of_today_that_bears_the_name_is_offered_before_the_parts_of_the_old_one(gazetteer: Gazetteer):
    with pytest.raises(AmbiguousPlaceError, match="may mean 2 places") as refused:
        gazetteer.resolve_places("南宁地区邕宁")  # 邕宁区, or one of the five districts that 邕宁县 is today
    assert refused.value.candidates[0] == "450109"
    assert set(refused.value.candidates) == {"450102", "450103", "450105", "450108", "450109"}


@pytest.mark.parametrize(
    ("name", "says"),
    [("保定市", True), ("保定", False), ("襄樊市", True), ("襄樊", False), ("毕节地区", True), ("没有这个地方", False)],
)
def test_names_of_today_and_of_the_past_say_their_kind_or_do_not(gazetteer: Gazetteer, name, says):
    resolver = NameResolver(gazetteer)
    past = PastNames(gazetteer.by_code, resolver.full, resolver.loose)
    assert past.has_kind(name) is says


def test_a_name_said_over_and_over_is_refused_at_once(gazetteer: Gazetteer):
    with pytest.raises(UnknownPlaceError):
        gazetteer.resolve_places("巢湖市" * 30)  # a prefecture of then holds a city of today of the same name


@pytest.mark.parametrize("text", ["章丘县", "河北省宣武区", "成都市下城区", "巢湖地区无为县"])
def test_a_name_that_no_unit_bore_there_is_offered_not_taken(gazetteer: Gazetteer, text):
    with pytest.raises(UnknownPlaceError):
        gazetteer.resolve_places(text)


@pytest.mark.parametrize(
    ("code", "before"), [("410307", "洛龙区"), ("469025", "定安县"), ("469030", "白沙"), ("232701", "加格达奇区")]
)
def test_a_code_that_changed_hands_names_both(gazetteer: Gazetteer, code, before):
    unit, note = gazetteer.resolve_with_note(code)
    assert unit.code == code
    assert note is not None
    assert unit.name in note.zh
    assert before in note.zh


@pytest.mark.parametrize("text", ["桥东区", "河北省桥东区", "山西省矿区"])
def test_a_unit_of_today_with_the_name_of_another_one_of_the_past_says_so(gazetteer: Gazetteer, text):
    _, note = gazetteer.resolve_with_note(text)
    assert note is not None
    assert "may also mean another unit" in note.en


@pytest.mark.parametrize("text", ["南区", "西区", "矿区"])
def test_a_word_for_a_part_of_any_town_is_said_to_be_one(gazetteer: Gazetteer, text):
    _, note = gazetteer.resolve_with_note(text)
    assert note is not None


@pytest.mark.parametrize("content", ["year,kind\n", "", "\x00", f"{','.join(former.COLUMNS)}\n2010,lost,1,a,b,c,\n"])
def test_a_table_of_another_form_is_refused(tmp_path, content):
    path = tmp_path / "former_units.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        former.load(path)


@pytest.mark.parametrize(("name", "count"), [("邯郸县", 3), ("邢台县", 2)])
def test_a_unit_that_was_divided_asks_which_part_is_meant(gazetteer: Gazetteer, name: str, count: int):
    with pytest.raises(AmbiguousPlaceError) as asked:
        gazetteer.resolve(name)
    assert len(asked.value.candidates) == count


@pytest.mark.parametrize(
    ("name", "codes", "english"),
    [
        ("襄樊市", ("420600",), "Xiangfan"),
        ("襄樊", ("420600",), "Xiangfan"),
        ("蒙自县", ("532503",), "Mengzi County"),
        ("宣武区", ("110102",), "Xuanwu District"),
        ("毕节市", ("520502",), "Bijie"),  # as the prefecture of today
        ("昌都地区", ("540300",), "Chamdo Prefecture"),  # not its pinyin
        ("乌兰察布盟", ("150900",), "Ulanqab League"),
        ("沙县", ("350405",), "Shaxian County"),
        ("莱芜市", ("370116", "370117"), "Laiwu"),
        ("万盛区", ("500110",), "「万盛区」"),  # a reading that nothing settles
        ("雄安新区", ("130638", "130629", "130632"), "「雄安新区」"),
        ("西沙群岛", ("460302",), "「西沙群岛」"),
    ],
)
def test_a_unit_of_the_past_has_its_english_name_where_it_is_known_for_sure(name, codes, english):
    assert former_text(name, codes) == Text(name, english)


def test_an_answer_in_english_calls_a_renamed_city_by_its_name_of_then(rm):
    verdict = rm.check("襄樊市", industry="钢铁", on="2010-06-01")
    told = " ".join(one.text.en for one in verdict.caveats)
    assert "Xiangfan was renamed Xiangyang in 2010" in told
    assert "「襄樊市」" not in told

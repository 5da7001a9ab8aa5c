"""Names → units, held against the map by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionmap.errors import InputError
from regionmap.model import Level
from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError
from regionmap.places.names.gazetteer import Gazetteer

GAZETTEER = Gazetteer.load()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("130600", "130600"),
        ("１３０６００", "130600"),
        (" 130600 ", "130600"),
        ("保定市", "130600"),
        ("保定", "130600"),
        (" 保 定 市 ", "130600"),
        ("河北省保定市", "130600"),
        ("河北保定", "130600"),
        ("河北省 保定市", "130600"),
        ("河北-保定", "130600"),
        ("保定市（河北省）", "130600"),
        ("保定市（河北省）130600", "130600"),
        ("保定市(河北省) 130600", "130600"),
        ("河北省石家庄市长安区", "130102"),
        ("河北省/石家庄市/长安区", "130102"),
        ("河北省长安区", "130102"),
        ("石家庄长安", "130102"),
        ("西安市长安区", "610116"),
        ("蘇州市", "320500"),
        ("濟南", "370100"),
        ("廣東省廣州市番禺區", "440113"),
        ("廣東", "440000"),
        ("臺北市", "710009"),
        ("瀋陽", "210100"),
        ("吉林省乾安縣", "220723"),  # 乾 stays: 干安 is no place
        ("乾縣", "610424"),
        ("濬縣", "410621"),
        ("寧夏中衞市", "640500"),
        ("北京市宣武區", "110102"),
        ("吉林省", "220000"),
        ("吉林市", "220200"),
        ("吉林省吉林市", "220200"),
        ("吉林吉林", "220200"),
        ("朝阳市", "211300"),
        ("朝阳县", "211321"),
        ("北京朝阳", "110105"),
        ("北京市朝阳区", "110105"),
        ("长春朝阳区", "220104"),
        ("南京鼓楼", "320106"),
        ("南昌市", "360100"),
        ("南昌县", "360121"),
        ("张家口", "130700"),
        ("济源", "419001"),
        ("济源市", "419001"),
        ("河南省济源市", "419001"),
        ("仙桃", "429004"),
        ("神农架", "429021"),
        ("东莞", "441900"),
        ("定州", "130682"),
        ("津市", "430781"),
        ("沧县", "130921"),
        ("滨海新区", "120116"),
        ("井陉", "130121"),
        ("井陉矿区", "130107"),
        ("海南省", "460000"),
        ("海南州", "632500"),
        ("海南藏族自治州", "632500"),
        ("恩施州", "422800"),
        ("恩施市", "422801"),
        ("丰宁满族自治县", "130826"),
        ("丰宁县", "130826"),
        ("内蒙古", "150000"),
        ("内蒙古自治区", "150000"),
        ("广西", "450000"),
        ("新疆维吾尔自治区", "650000"),
        ("大同市", "140200"),
        ("大同区", "230606"),
        ("兴安盟", "152200"),
        ("杨凌", "610403"),
    ],
)
def test_chinese_names_and_codes(text, code):
    assert GAZETTEER.resolve(text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Baoding", "130600"),
        ("baoding", "130600"),
        ("BAODING", "130600"),
        ("Bao Ding", "130600"),
        ("Baoding City", "130600"),
        ("Baoding Shi", "130600"),
        ("Baoding, Hebei", "130600"),
        ("Hebei Baoding", "130600"),
        ("Baoding Hebei", "130600"),
        ("Baoding City, Hebei Province, China", "130600"),
        ("Baoding (Hebei)", "130600"),
        ("Hebei", "130000"),
        ("Hebei Province", "130000"),
        ("Shaanxi", "610000"),
        ("Shanxi", "140000"),
        ("Inner Mongolia", "150000"),
        ("Inner Mongolia Autonomous Region", "150000"),
        ("Guangxi Zhuang Autonomous Region", "450000"),
        ("Tibet", "540000"),
        ("Xizang", "540000"),
        ("Hong Kong", "810000"),
        ("Hong Kong SAR", "810000"),
        ("Macau", "820000"),
        ("Beijing Municipality", "110000"),
        ("Xi'an", "610100"),
        ("Xi’an", "610100"),
        ("Xian", "610100"),
        ("Xi An", "610100"),
        ("Urumqi", "650100"),
        ("Ürümqi", "650100"),
        ("Urumqi County", "650121"),
        ("Harbin", "230100"),
        ("Haerbin", "230100"),
        ("Lüliang", "141100"),
        ("Lvliang", "141100"),
        ("Jilin City", "220200"),
        ("Jilin Province", "220000"),
        ("Jilin, Jilin", "220200"),
        ("Chaoyang City", "211300"),
        ("Chaoyang District, Beijing", "110105"),
        ("Chang'an District, Shijiazhuang, Hebei", "130102"),
        ("Suzhou, Jiangsu", "320500"),
        ("Suzhou, Anhui", "341300"),
        ("Zhao County", "130133"),
        ("Zhao Xian", "130133"),
        ("Xian County", "130929"),
        ("Enshi Prefecture", "422800"),
        ("Ili Kazakh Autonomous Prefecture", "654000"),
        ("Jinan", "370100"),
        ("Wuxi", "320200"),
        ("Nanchang", "360100"),
        ("Zhangjiakou", "130700"),
        ("Jiyuan", "419001"),
    ],
)
def test_english_names(text, code):
    assert GAZETTEER.resolve(text).code == code


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("吉林", {"220000", "220200"}),
        ("Jilin", {"220000", "220200"}),
        ("朝阳", {"211300", "110105", "220104", "211321"}),
        ("朝阳区", {"110105", "220104"}),
        ("长安", {"130102", "610116"}),
        ("Chang'an", {"130102", "610116"}),
        ("鼓楼", {"320106", "320302", "350102", "410204"}),
        ("鼓楼区", {"320106", "320302", "350102", "410204"}),
        ("海南", {"460000", "632500", "150303"}),
        ("大同", {"140200", "230606"}),
        ("中山", {"442000", "210202"}),
        ("甘南", {"623000", "230225"}),
        ("城区", {"140302", "140502", "441502"}),
        ("山西城区", {"140302", "140502"}),
        ("Suzhou", {"320500", "341300", "620902"}),
        ("Chaoyang", {"211300", "110105", "220104", "211321", "440513"}),
    ],
)
def test_ambiguous_names_are_refused_with_all_candidates(text, candidates):
    with pytest.raises(AmbiguousPlaceError) as refused:
        GAZETTEER.resolve(text)
    assert set(refused.value.candidates) == candidates
    message = str(refused.value)
    assert "\n" not in message
    for code in candidates:
        assert GAZETTEER.label(code).en in message
        assert GAZETTEER.label(code).zh in refused.value.text.zh


def test_the_way_out_of_an_ambiguity_works():
    with pytest.raises(AmbiguousPlaceError, match=r"辽宁省朝阳市$"):
        GAZETTEER.resolve("朝阳")
    assert GAZETTEER.resolve("辽宁省朝阳市").code == "211300"
    with pytest.raises(AmbiguousPlaceError, match=r"Suzhou, Jiangsu$"):
        GAZETTEER.resolve("Suzhou")


@pytest.mark.parametrize(
    ("text", "code", "other"),
    [
        ("南昌", "360100", "360121"),  # the county lies in the city
        ("承德", "130800", "130821"),
        ("恩施", "422800", "422801"),
        ("江西南昌", "360100", "360121"),
        ("辽宁朝阳", "211300", "211321"),
        ("西安", "610100", "220403"),  # a capital, and districts far away
        ("河北", "130000", "120105"),  # a province, and a district of 天津
        ("Wuxi", "320200", "500238"),  # 无锡市 and 巫溪县 sound alike
        ("Nanchang", "360100", "360121"),
    ],
)
def test_a_plain_choice_is_taken_with_a_note_that_names_the_others(text, code, other):
    unit, note = GAZETTEER.resolve_with_note(text)
    assert unit.code == code
    assert note is not None
    assert other in note.en
    assert other in note.zh


@pytest.mark.parametrize("text", ["130600", "保定", "保定市", "吉林市", "Baoding", "河北省石家庄市长安区"])
def test_a_clear_name_has_no_note(text):
    assert GAZETTEER.resolve_with_note(text)[1] is None


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("保丁市", "保定市（河北省）130600"),
        ("河北省保丁市", "保定市（河北省）130600"),
        ("河北省朝阳区", "朝阳区（北京市）110105"),
        ("云南保定市", "保定市（河北省）130600"),
        ("章丘县", "章丘区（济南市）370114"),
        ("Baodin", "保定市（河北省）130600"),
        ("Bejing", "北京市 110000"),
        ("莱芜市", "莱芜区（济南市）370116、钢城区（济南市）370117"),
        ("371200", "莱芜区（济南市）370116、钢城区（济南市）370117"),
        ("雄安新区", "容城县（保定市）130629"),
        ("130699", "保定市（河北省）130600"),
        ("139999", "河北省 130000"),
        ("1306", "保定市（河北省）130600"),
    ],
)
def test_unknown_names_and_codes_offer_the_nearest(text, offered):
    with pytest.raises(UnknownPlaceError) as refused:
        GAZETTEER.resolve(text)
    assert offered in refused.value.text.zh
    assert "\n" not in str(refused.value)
    assert GAZETTEER.label(offered[-6:]).en in str(refused.value)
    assert offered[-6:] in refused.value.suggestions


def test_a_code_of_no_province_says_what_codes_are():
    with pytest.raises(UnknownPlaceError, match="first two digits are a province"):
        GAZETTEER.resolve("999999")
    with pytest.raises(UnknownPlaceError, match="six digits"):
        GAZETTEER.resolve("7")


@pytest.mark.parametrize("text", ["Atlantis", "😀", "San Francisco", "!!!", "，"])
def test_what_is_like_no_name_says_what_to_give(text):
    with pytest.raises(UnknownPlaceError, match="保定市, Baoding or 130600"):
        GAZETTEER.resolve(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("  \t ", "is empty"),
        ("\x00\n", "is empty"),
        ("保" * 101, "more than 100"),
        (130600, "as text"),
    ],
)
def test_what_is_no_name_is_refused(text, words):
    with pytest.raises(InputError, match=words):
        GAZETTEER.resolve(text)


def test_a_name_beside_another_code_is_refused():
    with pytest.raises(InputError, match="110106 is Fengtai District and not 朝阳区"):
        GAZETTEER.resolve("朝阳区（北京市）110106")


def test_every_unit_is_found_by_its_names_in_full():
    for unit in GAZETTEER.units():
        above = GAZETTEER.ancestors(unit.code)
        assert GAZETTEER.resolve("".join(one.name for one in reversed(above)) + unit.name) is unit
        assert GAZETTEER.resolve(GAZETTEER.label(unit.code).zh) is unit
        assert GAZETTEER.resolve(GAZETTEER.label(unit.code).en) is unit
        if above:  # Jilin and Hainan alone are also names of prefectures
            assert GAZETTEER.resolve(", ".join(one.name_en for one in (unit, *above))) is unit


def test_no_name_leads_to_another_unit_without_a_note():
    for unit in GAZETTEER.units():
        for name in (unit.name, unit.short_name, unit.name_en):
            try:
                found, note = GAZETTEER.resolve_with_note(name)
            except AmbiguousPlaceError as error:
                told = error.candidates
            else:
                told = (found.code, note.en if note else "")
            assert any(unit.code in one for one in told)


@given(st.text(max_size=120))
def test_any_text_is_a_unit_or_one_clear_line(text):
    try:
        answer = GAZETTEER.resolve(text).code
    except InputError as error:
        answer = str(error)
    assert len(answer.splitlines()) == 1


@given(st.text(alphabet="京津冀保定市北河省县区吉林朝阳长安鼓楼 ,()（）abgino'130", max_size=30), st.integers(-1, 30))
def test_the_picker_takes_any_text(text, limit):
    assert len(GAZETTEER.search(text, limit)) <= max(limit, 0)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("保定", "130600"),
        ("保", "130600"),
        ("baod", "130600"),
        ("1306", "130600"),
        ("北京朝", "110105"),
        ("河北省长安", "130102"),
        ("吉林", "220000"),
        ("", "110000"),
    ],
)
def test_the_picker_puts_the_best_first(text, first):
    assert GAZETTEER.search(text, 5)[0].code == first


def test_the_picker_offers_larger_units_first_among_equals():
    assert GAZETTEER.search("朝阳", 3)[0].level is Level.PREFECTURE
    assert {unit.code for unit in GAZETTEER.search("吉林", 2)} == {"220000", "220200"}


@pytest.mark.parametrize("name", ["广", "温", "徐", "郑"])
def test_a_name_of_two_characters_is_not_cut(rm, name):
    """广州 ends in a kind only by accident."""
    assert rm.unit(f"{name}州").level == "prefecture"
    with pytest.raises(InputError):
        rm.unit(name)

"""From what people type to an industry: names, codes, everyday words, and what is offered where nothing fits."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest

from regionmap.errors import AmbiguousIndustryError, InputError
from regionmap.rules.reading.code_and_name import taken_apart
from regionmap.rules.reading.industry_words import IndustryWords, key
from regionmap.rules.reading.subject import resolve_subject
from regionmap.rules.reading.suggestions import near
from regionmap.traditional import simplified

ORDINARY = """
光伏 锂电池 锂离子电池 白酒 整车 晶圆 屠宰 养殖 萤石 混凝土 光伏玻璃 碳纤维 油墨 塑料 染料 奶粉 核电 生物质发电
危废处置 物流 仓储 房地产 别墅 飞机 高铁 数控机床 电脑 人工智能 5G 虚拟货币挖矿 矿山 砂石 天然气 LNG 港口 热处理
柠檬酸 semiconductor battery chip 风能 氢能 电池 煤 煤矿 铁矿 金矿 铜矿 石油 磷矿 水泥厂 造纸厂 化工厂 印染厂
药厂 酒厂 砖厂 发电厂 钢厂 手机 家电 空调 电网 轴承 齿轮 阀门 模具 家具 沙发 牙膏 口罩 疫苗 农药 化肥 涂料 橡胶
玻璃 陶瓷 石材 铝材 铜箔 钢材 不锈钢 集装箱 游艇 拖拉机 医院 学校 酒店 超市 快递 机场 污水处理 自来水
垃圾焚烧发电 充电桩 加油站 储能 抽水蓄能 海上风电 算力 软件 游戏 旅游 养猪 养鸡 蔬菜 水果 茶叶 烟草 盐 糖 面粉
食用油 饮料 啤酒 葡萄酒 罐头 方便面 味精 饲料 木材 地板 卫生纸 印刷 玩具 珠宝 鞋 箱包 服装厂 羽绒 丝绸
""".split()  # noqa: SIM905


def meaning(rm, text: str) -> tuple[str, ...]:
    """The id and codes of what a text means, or the choices."""
    try:
        subject = rm.subject(text)
    except AmbiguousIndustryError as asked:
        return asked.choices
    return (subject.id, *subject.codes)


@pytest.mark.parametrize("word", ORDINARY)
def test_ordinary_words_lead_somewhere(rm, word):
    found = meaning(rm, word)
    assert found
    assert all(one in rm.catalogue.gbt for one in found[1:] if one not in rm.catalogue.industries)


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("锂电池", "lithium-battery"), ("动力电池", "lithium-battery"), ("电池", "batteries"), ("battery", "batteries"),
        ("car", "automobiles"), ("cars", "automobiles"), ("car factory", "automobiles"), ("EVs", "new-energy-vehicles"),
        ("chip", "integrated-circuits"), ("semiconductor", "integrated-circuits"), ("芯片厂", "integrated-circuits"),
        ("coal mine", "coal"), ("coal mines", "coal"), ("煤", "coal"), ("煤矿", "coal"), ("矿山", "mining"),
        ("风能", "wind-power"), ("wind farms", "wind-power"), ("核电", "nuclear-power"),
        ("水电", "hydropower-projects"),
        ("生物质发电", "biomass-power"), ("储能", "energy-storage"), ("氢能", "hydrogen-energy"), ("物流", "logistics"),
        ("cement plant", "cement"), ("水泥厂", "cement"), ("steel mills", "steel"), ("paper mill", "papermaking"),
        ("化工企业", "chemical"), ("生产水泥", "cement"), ("电解铝项目", "aluminium"),
        ("aluminum smelter", "aluminium"),
        ("数控机床", "machine-tools"), ("电脑", "computers"), ("港口", "ports"),
        ("漂染", "dyeing-finishing"), ("陶瓷餐具", "household-ceramics"), ("datacenter", "data-centres"),
        ("重污染项目", "heavy-polluters"),
        ("燃煤锅炉", "coal-boilers"), ("燃用高污染燃料的设施", "coal-fired-facilities"),
    ],
)  # fmt: skip
def test_words_that_mean_an_industry(rm, word, means):
    assert rm.subject(word).id == means
    assert rm.subject(word).code is None


@pytest.mark.parametrize("word", ["不锈钢", "特钢", "stainless steel"])
def test_a_kind_of_steel_asks_whether_it_is_made_there(rm, word):
    # Rolling alone (3130) was encouraged where no steel capacity may be added.
    with pytest.raises(AmbiguousIndustryError) as asked:
        rm.subject(word)
    assert asked.value.choices == ("3120", "3130")


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("白酒", ["1512"]), ("奶粉", ["1442"]), ("整车", ["361"]), ("混凝土", ["3021"]),
        ("热处理", ["3360"]), ("LNG", ["4511"]), ("砂石", ["101"]), ("别墅", ["7010"]), ("危废处置", ["7724"]),
        ("碳纤维", ["2829", "3091"]), ("萤石", ["1020", "1099"]), ("光伏玻璃", ["3041", "3042"]), ("飞机", ["3741"]),
        ("轴承", ["3451"]), ("gold mine", ["0921"]), ("铝冶炼", ["3216"]),
        ("黄金冶炼", ["3221"]), ("聚氨酯", ["2651"]), ("MDI", ["2614"]), ("页岩油", ["071"]), ("修船", ["4342"]),
        ("汽修", ["8111"]), ("蜡烛", ["2689"]), ("大豆压榨", ["133"]), ("不锈钢管", ["3130"]),
    ],
)  # fmt: skip
def test_words_that_mean_codes(rm, word, codes):
    subject = rm.subject(word)
    assert list(subject.codes) == codes
    if len(codes) == 1:
        assert (subject.code, subject.code_name) == (codes[0], rm.catalogue.gbt[codes[0]].name)
    else:
        assert subject.code is None
        assert word in subject.name.zh
        assert all(code in subject.name.en for code in codes)


@pytest.mark.parametrize(
    ("word", "choices"),
    [
        ("光伏", {"photovoltaic-equipment", "solar-power"}),
        ("photovoltaics", {"photovoltaic-equipment", "solar-power"}),
        ("养殖", {"03", "aquaculture"}),
        ("高铁", {"3711", "3714", "4811", "5311"}),
        ("塑料", {"plastics", "2651", "waste-plastics"}),
        ("天然气", {"072", "4511", "gas-power"}),
        ("虚拟货币挖矿", {"catalogue-eliminated", "data-centres"}),
        ("小麦", {"0112", "1312"}),  # growing and milling, by the names of classes alone
    ],
)
def test_an_ambiguous_word_asks_in_one_line(rm, word, choices):
    with pytest.raises(AmbiguousIndustryError) as caught:
        rm.subject(word)
    told = str(caught.value)
    assert set(caught.value.choices) == choices
    assert "\n" not in told
    for one in choices:
        assert f"({one})" in told
        assert rm.subject(one)
    if caught.value.ask is not None:
        assert caught.value.ask.en in told
        assert caught.value.ask.zh in caught.value.text.zh
        assert caught.value.ask.en in told
    assert str(pickle.loads(pickle.dumps(caught.value))) == told  # noqa: S301


def test_every_class_of_the_standard_without_its_ending_is_understood(rm):
    covers, unknown = rm.catalogue.gbt.covers, []
    for code, row in rm.catalogue.gbt.items():
        for ending in ("", "业", "制造", "制造业"):
            word = row.name.removesuffix(ending)
            if not word or (ending and word == row.name):
                continue
            found = meaning(rm, word)
            # A group is called like its one class, and an industry may take in more than the class.
            if not any(one in rm.catalogue.gbt and (covers(one, code) or covers(code, one)) for one in found):
                unknown.append((code, word, found))
    # 教育, 国际组织 and 房地产业 are sections called like a division; the last stands below them.
    assert [one for one in unknown if one[0] not in {"K", "P", "T"}] == []


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("３１１０", "3110"), ("Ｃ３１１０", "3110"), ("ＰＶＣ", "PVC"), ("ＬＮＧ", "LNG"), ("Steel", "steel"),
        ("鋼鐵", "钢铁"), ("鋰電池", "锂电池"), ("電解鋁", "电解铝"), ("水泥廠", "水泥"), ("餅乾", "饼干"),
        ("麵粉", "面粉"),
        ("半導體", "半导体"), ("積體電路", "集成电路制造"), ("塑膠", "塑料制品"), ("風電", "风电"), ("煉焦", "炼焦"),
        ("fertilizer", "fertilisers"), ("optical fiber", "光纤"), ("batteries", "battery"), ("steel  mill", "steel"),
        ("平板玻璃 制造", "平板玻璃"), ("“两高”项目", "两高"), ("electric-vehicles", "EV"),
        ("锂离子电池制造", "3841"),
    ],
)  # fmt: skip
def test_one_word_in_several_spellings(rm, written, same):
    ours, theirs = rm.subject(written), rm.subject(same)
    assert set(ours.codes) == set(theirs.codes)
    assert ours.codes or ours.id == theirs.id


def test_traditional_characters_are_read_only_where_the_word_is_unknown_as_it_stands():
    assert simplified("鋼鐵廠後臺") == "钢铁厂后台"
    assert simplified("钢铁 steel 3110") == "钢铁 steel 3110"
    assert key("Ｌithium-ion  Batteries") == "lithium ion battery"
    assert key("“两高”") == "两高"


def test_every_word_of_the_file_leads_where_the_file_says(rm):
    for one in rm.catalogue.names:
        for word in one.words:
            found = meaning(rm, word)
            if one.choices:
                assert found == one.choices, word
            elif one.industry is not None:
                assert found[0] == one.industry, word
            else:
                alone = len(one.codes) == 1  # a group that is one class is that class
                codes = (rm.catalogue.gbt.only_class(one.codes[0]),) if alone else one.codes
                assert found[1:] == codes, word


def test_a_code_and_the_name_of_its_class_are_judged_alike(rm):
    for code in ("3216", "2612", "1512", "4415", "3021", "2710"):
        name = rm.catalogue.gbt[code].name
        by_code, by_name = (rm.check("保定", industry=one, on="2019-06-01") for one in (code, name))
        if rm.subject(name).code is not None:
            assert [one.provision.id for one in by_code.findings] == [one.provision.id for one in by_name.findings]
        assert by_code.ruling is by_name.ruling


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("ceement", "cement"), ("stel", "steel"), ("铁钢", "steel"), ("钢鐡厂", "steel"),
        ("semiconducter", "integrated-circuits"),
        ("photovoltiac", "photovoltaic-equipment"), ("污染企业", "heavy-polluters"), ("新型建材", "building-materials"),
        ("green steel", "steel"), ("冶金钢铁", "steel"), ("电池回收站", "traction-battery-recycling"),
    ],
)  # fmt: skip
def test_what_is_near_in_meaning_is_offered(rm, word, offered):
    with pytest.raises(InputError) as caught:
        rm.subject(word)
    assert f"({offered})" in str(caught.value)
    assert "did you mean" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("word", ["carb", "calc", "造梦", "不存在", "没有这个行业", "quantum", "zzzz", "!!!", "元宇宙"])
def test_letters_alone_suggest_nothing(rm, word):
    assert near(rm.catalogue, word) == []
    with pytest.raises(InputError, match="no industry is called"):
        resolve_subject(rm.catalogue, word)


@pytest.mark.parametrize(("code", "offered"), [("911", "0911"), ("3119", "311"), ("9999", "9"), ("2699", "269")])
def test_a_code_that_does_not_exist_offers_codes(rm, code, offered):
    with pytest.raises(InputError) as caught:
        rm.subject(code)
    told = str(caught.value)
    assert f"no code {code}" in told
    assert "\n" not in told
    if offered in rm.catalogue.gbt:
        assert f"({offered})" in told


@pytest.mark.parametrize(
    "words", ["coking plant", "the coking industry", "cement maker", "steel mill", "a new steel mill", "A cement plant"]
)
def test_english_words_around_a_name_are_left_off_one_by_one(rm, words):
    """And the article before it is no section of GB/T 4754: "a steel plant" once was agriculture."""
    name = next(one for one in ("coking", "cement", "steel") if one in words)
    assert rm.subject(words).id == name


def test_a_letter_is_a_section_by_itself_or_beside_its_name(rm):
    assert rm.subject("C").id == rm.subject("C 制造业").id == "C"
    assert rm.subject("A 农业").id == "A"
    with pytest.raises(InputError):
        rm.subject("a vitamin C plant")


def test_words_beside_a_code_name_its_class_or_nothing_known(rm):
    assert rm.subject("3110 steel").id == rm.subject("3110 某某厂").id == "steel"
    with pytest.raises(InputError, match="names two things"):
        rm.subject("3110 cement")


def test_an_alias_in_the_plural_is_found_in_the_singular(rm):
    assert meaning(rm, "gearbox") == meaning(rm, "gearboxes") == ("manufacturing", "345")


@pytest.mark.parametrize(("asked", "code"), [("卷烟", "1620"), ("皮革鞣制", "1910")])
def test_a_word_for_a_group_and_its_one_class_is_the_class(rm, asked, code):
    words = IndustryWords.of(rm.catalogue)
    known = {**words.products, **words.classes}
    assert known[key(asked)].codes == (code,)


@pytest.mark.parametrize("asked", ["汽", "啤"])
def test_a_single_character_that_is_no_name_offers_nothing(rm, asked):
    assert near(rm.catalogue, asked) == []


CODE_BESIDE_NAME = [
    "3110 炼铁", "C3110炼铁", "3110炼铁", "炼铁3110", "炼铁C3110", "炼铁（3110）", "炼铁(C3110)", "（3110）炼铁",
    "【3110】炼铁", "C3110-炼铁", "3110:炼铁", "3110：炼铁", "炼铁/3110", "C3110、炼铁", "炼铁[3110]", "3110炼铁业",
    "钢铁3110", "Ｃ３１１０炼铁", "Steel (3110)", "3110.0",
]  # fmt: skip
OF_TWO_THINGS = [
    "3110水泥", "水泥3110", "C3110水泥制造", "水泥（3110）", "3110 水泥厂", "水泥厂3110", "2011炼铁",
    "30吨水泥", "某项目（2022）", "某项目C2022", "2022年钢铁", "年产30万吨水泥", "3110炼铁3110",
]  # fmt: skip


@pytest.mark.parametrize("text", CODE_BESIDE_NAME)
def test_a_code_beside_its_own_name_is_the_code_everywhere(rm, text):
    subject = rm.subject(text)
    assert (subject.id, subject.code) == ("steel", "3110")
    row = rm.screen(pd.DataFrame({"adcode": ["130600"], "industry": [text], "date": ["2019-06-01"]}))
    assert row["industry_id"].item() == "steel"
    assert row["verdict"].item() == rm.check("130600", industry=text, on="2019-06-01").ruling == "prohibited"


@pytest.mark.parametrize("text", OF_TWO_THINGS)
def test_a_code_beside_the_name_of_something_else_is_refused_everywhere(rm, text):
    with pytest.raises(InputError):
        rm.subject(text)
    row = rm.screen(pd.DataFrame({"adcode": ["130600"], "industry": [text], "date": ["2019-06-01"]}))
    assert not row["verdict"].item()
    assert row["reason"].item().startswith("unknown_industry")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("C3110炼铁", ("C3110", "炼铁", True)),
        ("c 3110-炼铁", ("c3110", "炼铁", True)),
        ("炼铁(C3110)", ("C3110", "炼铁", True)),
        ("3110炼铁", ("3110", "炼铁", False)),
        ("炼铁(3110)", ("3110", "炼铁", False)),
        ("某项目C2022", ("C2022", "某项目", False)),  # a year behind a letter, as like as not
    ],
)
def test_digits_are_surely_a_code_behind_the_letter_of_their_section(text, parts):
    assert list(taken_apart(text)) == [parts]

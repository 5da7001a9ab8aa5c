"""Units at the heads of addresses: read only where they are plain."""

from __future__ import annotations

import datetime as dt

import pyarrow.parquet as pq
import pytest

from regionmap.errors import InputError
from regionmap.screening.addresses import Addresses
from regionmap.screening.options import Options
from regionmap.screening.run import screen


@pytest.fixture(scope="module")
def addresses(rm):
    return Addresses(rm)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("河北省保定市莲池区朝阳北大街1号", "130606"),
        ("中国河北省保定市 莲池区 朝阳北大街１号", "130606"),
        ("河北保定莲池区朝阳北大街1号", "130606"),
        ("北京市朝阳区建国路93号万达广场", "110105"),
        ("北京市市辖区朝阳区建国路", "110105"),
        ("山东省青岛市市南区香港中路", "370202"),
        ("上海市浦东新区张江高科技园区", "310115"),
        ("广东省东莞市长安镇", "441900"),
        ("内蒙古自治区包头市昆都仑区", "150203"),
        ("贵州省黔东南苗族侗族自治州凯里市某某路", "522601"),
        ("河南省济源市某某大道", "419001"),
        ("江苏省苏州市工业园区星湖街", "320500"),
        ("浙江省杭州市西湖大道1号", "330100"),
        ("上海市南京东路", "310000"),
        ("山西省晋城市城区", "140502"),
        ("河北省-保定市-莲池区", "130606"),
        ("上海市上海市浦东新区", "310115"),  # columns written one behind the other
        # a street named after a city or a county
        ("上海市福州路1号", "310000"),
        ("上海南京东路100号", "310000"),
        ("山西省晋城市泽州路1号", "140500"),
        ("山东省青岛市胶州路1号", "370200"),
        ("山东省青岛市胶州湾高速", "370200"),
        ("浙江省宁波市鄞州大道", "330200"),
        ("北京市朝阳门外大街", "110000"),
        ("四川省成都市武侯祠大街264号", "510100"),
        ("湖南省长沙市望城坡街道", "430100"),
        ("天津市河西务镇", "120000"),
        # names that only look like one: 道县, 道外区, 路桥区
        ("永州道县1号", "431124"),
        ("哈尔滨道外区", "230104"),
        ("台州路桥区", "331004"),
        ("德州陵城工业园区", "371400"),
        # towns whose names begin like one of a unit
        ("山东省济南市中大槐树街道", "370100"),  # not 市中区
        ("湖北省武汉市江汉二桥街道", "420100"),
        ("云南省德宏州芒市芒市镇", "533103"),
        ("河北省保定市易县桥头乡", "130633"),
        ("河北省邯郸市磁县路村营镇", "130427"),
        ("四川省攀枝花市东区弄弄坪街道", "510402"),
        # parts of a town
        ("广东省中山市南区1号", "442000"),
        ("四川省攀枝花市西区1号", "510403"),
        ("山东省淄博市高新区", "370300"),
        # a bare city at the head
        ("北京经济技术开发区1号", "110000"),
        ("杭州经济技术开发区1号", "330100"),
        ("上海化学工业区", "310000"),
        ("新疆乌鲁木齐高新区1号", "650100"),
        ("湖北神农架阳日镇1号", "429021"),
        ("辽宁省海城西柳镇1号", "210381"),
        ("新疆生产建设兵团第八师石河子市1号", "659001"),
        ("新疆兵团第一师阿拉尔市", "659002"),
        ("第六师五家渠市", "659004"),
        ("浙江省杭州湾新区1号", "330200"),
        ("宁波杭州湾新区滨海四路", "330200"),
        # units of the past
        ("安徽省巢湖市无为县1号", "340281"),
        ("襄樊市枣阳市某某路", "420683"),
        ("贵州省毕节地区大方县1号", "520521"),
        ("河北省雄安新区容城县1号", "130629"),
        ("北京市宣武区广安门", "110102"),
        ("北京市宣武门西大街", "110000"),
        ("海南省三沙市西沙群岛", "460302"),
        ("巴州库尔勒市某某路", "652801"),  # not 巴州区 of 巴中
        ("湘西自治州凤凰县", "433123"),
        ("四川省成都市双流县", "510116"),
        ("廣東省廣州市番禺區", "440113"),
    ],
)
def test_the_longest_plain_name_at_the_head_is_read(addresses, address, code):
    assert [one.code for one in addresses.units(address)] == [code]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("朝阳区建国路93号", "朝阳区"),
        ("鼓楼区中山路1号", "鼓楼区"),
        ("河北省某某路1号", "no prefecture or county"),
        ("某某路1号", "no prefecture or county"),
        ("园区路市场区", "no prefecture or county"),
        ("", "no prefecture or county"),
        ("福州路1号", "no prefecture or county"),
        ("南京东路100号", "no prefecture or county"),
        ("香港中路1号", "no prefecture or county"),
        ("厦门大学", "no prefecture or county"),
        ("广安镇人民路1号", "no prefecture or county"),
        ("南阳堡镇1号", "no prefecture or county"),
        ("山西省古县镇1号", "no prefecture or county"),
        ("南区工业园1号", "no prefecture or county"),
        ("北区某某路", "no prefecture or county"),
        ("西区人民路", "no prefecture or county"),
        ("矿区某某路", "no prefecture or county"),
        ("郊区某某路", "no prefecture or county"),
        ("高新区创业路", "no prefecture or county"),
        ("杭州湾上虞经济技术开发区", "no prefecture or county"),
        ("新疆第八师143团", "no prefecture or county"),
        ("河北省邯郸市邯郸县", "130402"),
        ("浙江省杭州市江干区", "330114"),
    ],
)
def test_what_is_not_plain_is_not_read(addresses, address, words):
    with pytest.raises(InputError, match=words):
        addresses.units(address)


def test_counties_are_found_at_the_head_of_an_address(rm, addresses):
    usual = [code for code in rm.locator.codes if rm.gazetteer.unit(code).name[-1] in "市区县旗"]
    assert len(usual) > 2_800
    for code in usual[::7]:
        chain = (*reversed(rm.gazetteer.ancestors(code)), rm.gazetteer.unit(code))
        name = "".join(dict.fromkeys(one.name for one in chain))
        assert [one.code for one in addresses.units(f"{name}人民路8号")] == [code], name


def test_addresses_stand_in_for_a_place_and_say_so(rm, tmp_path):
    text = "地址,经度,纬度,行业\n" + "".join(
        f"{one},钢铁\n" for one in ("河北省保定市莲池区1号,,", "朝阳区1号,,", "上海市,115.4706,38.8752", ",,")
    )
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    options = Options(dt.date(2019, 6, 1))
    screen(rm, tmp_path / "in.csv", tmp_path / "out.parquet", options, {})
    first, second, third, fourth = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert (first["unit_code"], first["verdict"]) == ("130606", "prohibited")
    assert "address_reading" in first["caveats"]
    assert second["reason"].startswith("ambiguous_place")
    assert third["unit_code"] == "130602"
    assert "address_reading" not in third["caveats"]
    assert fourth["reason"].startswith("missing_place")


def test_a_file_of_addresses_alone_is_judged(rm, tmp_path):
    (tmp_path / "in.csv").write_text("企业名称,注册地址,行业\na,河北省保定市莲池区1号,钢铁\n", encoding="utf-8")
    summary = screen(rm, tmp_path / "in.csv", tmp_path / "out.parquet", Options(dt.date(2019, 6, 1)), {})
    assert summary["verdicts"] == {"prohibited": 1}
    assert any("heads of the addresses in '注册地址'" in one for one in summary["notes"])

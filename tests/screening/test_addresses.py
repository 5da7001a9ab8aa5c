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

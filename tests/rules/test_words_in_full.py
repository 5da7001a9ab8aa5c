"""A size, a building or a seat that stands in the words of a rule stands in the answer too."""

from __future__ import annotations

import pytest

from regionmap.model import Extent, Ruling


def ids(findings):
    return {one.provision.id for one in findings}


def test_a_rule_on_large_and_medium_hydropower_is_none_on_small(rm):
    """长江保护法 第二十三条第一款; the ban on small ones (第四十五条第二款) hangs on where 青藏高原 ends."""
    small = rm.check("甘孜藏族自治州", industry="小水电", on="2024-06-01")
    assert "npc-2020-yangtze-river/23-1a" not in ids(small.findings)
    assert small.ruling is Ruling.UNCLEAR
    assert any(one.provision.item == "第四十五条第二款" for one in small.depends_on_site)
    for industry, extent in (("大中型水电", Extent.WHOLE), ("水电", Extent.PART)):
        found = rm.check("甘孜藏族自治州", industry=industry, on="2024-06-01")
        assert (found.ruling, found.extent) == (Ruling.RESTRICTED, extent)
        assert "npc-2020-yangtze-river/23-1a" in ids(found.findings)


@pytest.mark.parametrize("city", ["贵阳市", "安顺市"])
def test_the_hub_of_gui_an_lies_in_two_cities(rm, city):
    found = rm.check(city, industry="数据中心", on="2023-06-01")
    assert (found.ruling, found.extent) == (Ruling.ENCOURAGED, Extent.PART)
    assert rm.check("遵义市", industry="数据中心", on="2023-06-01").ruling is Ruling.RESTRICTED


@pytest.mark.parametrize(
    ("city", "item"),
    [
        ("郑州市", "第五十四条第三款"),
        ("安阳市", "第三十七条第三款"),
        ("鹤壁市", "第三十五条第二款"),
        ("青岛市", "第二十九条第二款"),
        ("聊城市", "第六十二条第一款第三项"),
    ],
)
def test_bans_on_restaurants_in_dwellings_hang_on_the_building(rm, city, item):
    found = rm.check(city, industry="餐饮", on="2022-06-01")
    assert item in {one.provision.item for one in found.depends_on_site if one.source.place == found.place.code}

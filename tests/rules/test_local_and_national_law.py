"""Law of provinces and cities beside national law: who cites what, from which day, and what is said of each text."""

from __future__ import annotations

import datetime as dt

import pytest

from regionmap.model import Extent, Ruling
from regionmap.rules.verdict.answers import CaveatKind


def cited(verdict) -> set[tuple[str, str]]:
    return {(one.source.number, one.provision.item) for one in verdict.findings if one.decides}


@pytest.mark.parametrize(
    ("place", "industry", "on", "number", "item"),
    [
        ("济南市", "钢铁", "2020-06-01", "济南市大气污染防治条例", "第四十三条"),
        ("北京市", "电镀", "2015-06-01", "北京市水污染防治条例", "第三十三条"),
        ("佛山市", "陶瓷", "2023-06-01", "广东省大气污染防治条例", "第十七条第二款"),
        ("焦作市", "煤电", "2020-06-01", "焦作市大气污染防治条例", "第十四条"),
    ],
)
def test_a_city_is_banned_by_its_own_law(rm, place, industry, on, number, item):
    verdict = rm.check(place, industry=industry, on=on)
    assert verdict.ruling is Ruling.PROHIBITED
    assert any(law == number and where.startswith(item) for law, where in cited(verdict))
    (finding, *_) = [one for one in verdict.deciding if one.source.number == number]
    assert finding.source.level in {"province", "city"}
    assert finding.scope == "place"


def test_local_law_binds_only_its_own_place_and_from_its_own_day(rm):
    law = "济南市大气污染防治条例"
    assert not any(number == law for number, _ in cited(rm.check("济南市", industry="钢铁", on="2016-12-31")))
    assert not any(number == law for number, _ in cited(rm.check("淄博市", industry="钢铁", on="2020-06-01")))
    shaoguan = rm.check("韶关市", industry="陶瓷", on="2023-06-01")
    assert ("广东省大气污染防治条例", "第十七条第二款") not in cited(shaoguan)
    assert not any(
        one.source.place == "370100" for one in rm.check("淄博市", industry="钢铁", on="2020-06-01").fell_away
    )


def test_a_province_gets_the_law_of_its_cities_in_part(rm):
    verdict = rm.check("山东省", industry="钢铁", on="2022-06-01")
    (finding, *_) = [one for one in verdict.findings if one.source.id == "local-370100-air-2016" and one.decides]
    assert finding.extent is Extent.PART
    assert [one.name for one in finding.part] == ["济南市"]


def test_the_air_law_hands_over_to_the_code(rm):
    """大气污染防治法 第九十条 until 2026-08-14; 生态环境法典 第二百五十九条 from 2026-08-15 (第一千二百四十二条)."""
    before, after = (rm.check("保定市", industry="煤电", on=on) for on in ("2026-08-14", "2026-08-15"))
    old, new = ("中华人民共和国大气污染防治法", "第九十条"), ("中华人民共和国生态环境法典", "第二百五十九条")
    assert old in cited(before)
    assert new not in cited(before)
    assert new in cited(after)
    assert old not in cited(after)
    (gone,) = [one for one in after.not_in_force if one.provision.id == "npc-2018-air-law/90a"]
    assert "生态环境法典" in gone.because.date.zh


def test_the_river_law_is_in_force_and_nothing_says_that_it_was_repealed(rm):
    verdict = rm.check("宜昌市", industry="化工", on="2026-11-27")
    (ban,) = [one for one in verdict.depends_on_site if one.provision.id == "npc-2020-yangtze-river/26-2a"]
    assert (ban.provision.item, ban.ask is not None) == ("第二十六条第二款", True)
    assert verdict.local is not Ruling.NO_RULE
    assert not any("废止" in one.text.zh and "长江" in one.text.zh for one in verdict.caveats)


def test_the_law_that_comes_next_is_shown(rm):
    coming = [one for one in rm.coming("保定市", "2026-11-27") if one.provision.source == "npc-2026-farmland-law"]
    assert coming
    assert {one.day for one in coming} == {dt.date(2027, 1, 1)}


def test_an_older_day_than_the_version_read_and_a_copy_that_may_be_old_are_told(rm):
    """山东省大气污染防治条例: in force since 2016-11-01, read in the version of 2018-11-30, known until 2022."""

    def versions(on: str) -> list[str]:
        found = rm.check("淄博市", industry="陶瓷", on=on).caveats
        return [
            one.text.zh for one in found if one.kind is CaveatKind.VERSION and "山东省大气污染防治条例" in one.text.zh
        ]

    assert any("2018-11-30 的版本" in one for one in versions("2017-06-01"))
    assert not versions("2020-06-01")
    assert any("2022-12-31" in one for one in versions("2024-06-01"))


def test_no_rule_on_every_industry_decides(rm):
    """Water sources, red lines, farmland: they hold for any project, and no list draws them."""
    for one in rm.catalogue.provisions:
        if not one.industries and one.effect in {"prohibit", "condition", "cap", "replace"} and one.where.national:
            assert one.where.undefined is not None or one.ask is not None, one.id

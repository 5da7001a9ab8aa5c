"""Industries that hold together: two laws over all of them, and what they mean for questions answered wrongly before.

A name is never milder than its codes, its children, its members and what we read as belonging to it; and it is never
stricter because of a sibling.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest

from regionmap.api import Regionmap
from regionmap.model import Ruling
from regionmap.rules.matching.finding import Finding, IndustryFit
from regionmap.rules.matching.industries import IndustryMatcher
from regionmap.rules.reading.subject import resolve_subject
from regionmap.rules.verdict.answers import CaveatKind
from regionmap.rules.verdict.ruling import RANK, strictest
from regionmap.rules.verdict.rulings import ruling_at

UNITS = [
    "130600", "130700", "310000", "320500", "360700", "420500", "430400", "440300",
    "460200", "520100", "540100", "610100", "620700", "640500", "632700", "150600", "419001",
]  # fmt: skip
DATES = ["2013-12-01", "2017-12-01", "2019-06-01", "2022-06-01", "2024-06-01"]


def ids(rm: Regionmap) -> list[str]:
    return list(rm.catalogue.industries)


def below(rm: Regionmap, name: str) -> set[str]:
    """An industry and all children, members and readings under it, found the slow and plain way."""
    found, catalogue = {name}, rm.catalogue
    while True:
        more = {one.id for one in rm.industries() if found & set(one.parents)}
        more |= {member for one in found for member in catalogue.industries[one].members}
        more |= {member for one in found if one in catalogue.readings for member in catalogue.readings[one].members}
        if more <= found:
            return found
        found |= more


@pytest.fixture(scope="module")
def trees(rm) -> dict[str, set[str]]:
    """What lies under every industry."""
    return {name: below(rm, name) for name in ids(rm)}


@pytest.fixture(scope="module")
def rulings(rm) -> dict[tuple[str, str, str], list[Ruling]]:
    """The rulings for every industry and for every code that one has, in all of UNITS, by name, action and date."""
    units = [rm.gazetteer.unit(code) for code in UNITS]
    codes = {one.code for industry in rm.industries() for one in industry.codes}
    found = {}
    asked = [("new", day) for day in DATES] + [("replace", "2019-06-01"), ("upgrade", "2024-06-01")]
    for action, day in asked:
        for name in (*ids(rm), *codes):
            question = rm.question(name, action, dt.date.fromisoformat(day))
            found[name, action, day] = [ruling_at(question, unit).ruling for unit in units]
    return found


def milder(rulings, name: str, part: str) -> list[str]:
    """Where a name is milder than a part of it."""
    return [
        f"{name} {one.value}, but {part} {other.value} in {unit} on {day} ({action})"
        for (asked, action, day), answers in rulings.items()
        if asked == name
        for unit, one, other in zip(UNITS, answers, rulings[part, action, day], strict=True)
        if RANK[one] > RANK[other]
    ]


def test_a_name_is_never_milder_than_its_children_members_and_readings(rm, rulings):
    wrong = []
    for one in rm.industries():
        read = rm.catalogue.readings[one.id].members if one.id in rm.catalogue.readings else ()
        for part in (*rm.catalogue.children_of.get(one.id, ()), *one.members, *read):
            if rm.catalogue.industries[part].open is None:  # an open term is at best unclear, whatever the rules say
                wrong += milder(rulings, one.id, part)
    assert wrong == []


def test_a_name_is_never_milder_than_a_class_that_it_is_all_of(rm, rulings):
    wrong = []
    for one in rm.industries():
        for code in one.codes:
            if code.fit == "exact":
                wrong += milder(rulings, one.id, code.code)
    assert wrong == []


def test_a_name_is_never_milder_than_what_binds_its_share_of_a_class(rm, trees):
    """Of a class that holds other things too, the rules count that name the industry, one above it or one below it."""
    wrong = []
    pick = random.Random(20260601)  # noqa: S311
    units = [rm.gazetteer.unit(code) for code in UNITS]
    shared = [(one, code.code) for one in rm.industries() for code in one.codes if code.fit == "part"]
    for one, code in shared:
        line = trees[one.id] | {name for name, under in trees.items() if one.id in under}
        for day in pick.sample(DATES, 3):
            on = dt.date.fromisoformat(day)
            by_name, by_code = rm.question(one.id, "new", on), rm.question(code, "new", on)
            for unit in pick.sample(units, 5):
                binding = by_code.evaluate_binding([unit]).findings
                theirs = strictest([found for found in binding if line & set(found.provision.industries)])
                if RANK[ruling_at(by_name, unit).ruling] > RANK[theirs]:
                    wrong.append(f"{one.id} is milder than {theirs} of {code} in {unit.code} on {day}")
    assert wrong == []


def leaves(rm: Regionmap, names: set[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        for one in rm.catalogue.industries[name].codes:
            yield one.code, one.fit


def meet(rm: Regionmap, ours: set[str], theirs: set[str]) -> bool:
    """Whether two families of industries share something by their codes: not if both are only parts of one class."""
    covers = rm.catalogue.gbt.covers
    return any(
        (code != other and (covers(code, other) or covers(other, code)))
        or (code == other and "exact" in {fit, other_fit})
        for code, fit in leaves(rm, ours)
        for other, other_fit in leaves(rm, theirs)
    )


def test_no_name_is_bound_by_what_is_neither_above_nor_below_it(rm, trees):
    """Siblings above all: wind and small hydropower, caustic soda and soda ash, alumina and aluminium."""
    wrong, apart = [], 0
    for asked in ids(rm):
        judge = IndustryMatcher(rm.catalogue, resolve_subject(rm.catalogue, asked))
        for other in ids(rm):
            if trees[asked] & trees[other]:
                continue
            binds = judge.of([other]).binds
            if binds and not meet(rm, trees[asked], trees[other]):
                wrong.append((asked, other))
            apart += not binds
    assert wrong == []
    assert apart > 50_000


def test_what_binds_in_part_names_the_part(rm, trees):
    for asked in ids(rm):
        judge = IndustryMatcher(rm.catalogue, resolve_subject(rm.catalogue, asked))
        for other in ids(rm):
            match = judge.of([other])
            if match.fit is IndustryFit.PART:
                assert match.parts
                assert asked not in {one.id for one in match.parts}


def test_every_industry_says_what_it_means_or_why_nothing_does(rm):
    for one in rm.industries():
        read = rm.catalogue.readings[one.id].members if one.id in rm.catalogue.readings else ()
        assert one.codes or one.parents or one.members or read or one.open, one.id
        if one.kind == "class":
            assert read or one.open, one.id


def test_no_term_that_is_open_stands_under_one_that_is_not(rm):
    """An open term is at best unclear: under another it would make that one unclear too."""
    industries = rm.catalogue.industries
    for one in rm.industries():
        if one.open is not None:
            assert all(industries[above].open is not None for above in one.parents), one.id
            assert all(industries[group].open is not None for group in rm.catalogue.groups_of.get(one.id, ())), one.id


@pytest.mark.parametrize(
    ("place", "industry", "date", "part"),
    [
        ("宜昌", "磷化工", "2022-06-01", None),  # 化工 is restricted
        ("鄂尔多斯", "火电", "2022-06-01", "coal-power"),  # through 两高
        ("保定", "两高", "2019-06-01", "steel"),
        ("海口", "有色金属", "2021-06-01", None),  # smelting is restricted, and we read the same codes for both
        ("太原", "用煤项目", "2022-06-01", "captive-coal-power"),
    ],
)
def test_a_name_is_as_strict_as_its_parts(rm, place, industry, date, part):
    verdict = rm.check(place, industry=industry, on=date)
    assert RANK[verdict.ruling] <= RANK[Ruling.RESTRICTED]
    named = {one.id for finding in verdict.findings for one in finding.industry.parts}
    assert part is None or part in named


def test_a_name_depends_on_the_site_where_its_parts_do(rm):
    """制药 is banned in the Taihu basin, and no list says whether a site in 苏州 lies in it."""
    for industry in ("生物医药", "制药"):
        verdict = rm.check("苏州", industry=industry, on="2021-06-01")
        assert verdict.ruling is Ruling.UNCLEAR
        assert "gov-2011-604/29a" in {one.provision.id for one in verdict.deciding}


def by(verdict, industry: str) -> list[Finding]:
    return [one for one in verdict.findings if industry in one.provision.industries]


@pytest.mark.parametrize("industry", ["风电", "光伏发电", "核电", "生物质发电", "储能", "wind power", "4415", "solar"])
def test_a_ban_on_small_hydropower_is_none_on_wind_or_solar(rm, industry):
    if industry == "solar":
        industry = "solar-power"
    verdict = rm.check("玉树", industry=industry, on="2024-06-01")
    assert verdict.ruling is not Ruling.PROHIBITED
    assert not by(verdict, "small-hydropower")


def test_hydropower_is_banned_in_part_where_small_hydropower_is(rm):
    for industry in ("水电", "可再生能源", "发电"):
        verdict = rm.check("玉树", industry=industry, on="2024-06-01")
        assert verdict.ruling is Ruling.PROHIBITED
        (ban,) = [one for one in by(verdict, "small-hydropower") if one.provision.effect == "prohibit"]
        assert ban.industry.fit is IndustryFit.PART
        assert any("小水电" in one.text.zh for one in verdict.caveats if one.kind is CaveatKind.IN_PART)
    small = rm.check("玉树", industry="小水电", on="2024-06-01")
    assert small.ruling is Ruling.PROHIBITED
    assert by(small, "small-hydropower")[0].industry.fit is IndustryFit.NAMED
    assert not by(rm.check("玉树", industry="抽水蓄能", on="2024-06-01"), "small-hydropower")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caustic-soda", "soda-ash"), ("aluminium", "alumina"), ("wind-power", "hydropower-projects"),
        ("coal-power", "gas-power"), ("urea", "ammonium-bicarbonate"), ("calcium-carbide", "chromium-salts"),
        ("lead-acid-battery", "lithium-battery"), ("photovoltaic-equipment", "wind-equipment"),
        ("scrap-steel", "e-waste"), ("cement", "flat-glass"), ("standalone-coking", "steel"),
    ],
)  # fmt: skip
def test_siblings_do_not_bind_each_other(rm, one, other):
    for asked, named in ((one, other), (other, one)):
        assert not IndustryMatcher(rm.catalogue, resolve_subject(rm.catalogue, asked)).of([named]).binds


def test_136_stays_as_it_was(rm):
    assert rm.check("保定", industry="钢铁", on="2019-06-01").ruling is Ruling.PROHIBITED
    assert rm.check("张家口", industry="钢铁", on="2019-06-01").ruling is not Ruling.PROHIBITED
    assert not by(rm.check("张家口", industry="钢铁", on="2019-06-01"), "induction-furnace-steel")
    assert rm.check("保定", industry="电解铝", on="2019-06-01").ruling is Ruling.PROHIBITED
    assert rm.check("保定", industry="氧化铝", on="2019-06-01").ruling is not Ruling.PROHIBITED


def test_a_ban_on_captive_units_is_none_on_all_coal_power(rm):
    captive = rm.check("鄂尔多斯", industry="自备电厂", on="2022-06-01")
    public = rm.check("鄂尔多斯", industry="煤电", on="2022-06-01")
    assert captive.ruling is Ruling.PROHIBITED
    assert public.ruling is Ruling.RESTRICTED
    assert not by(public, "captive-coal-power")


def test_rules_on_projects_that_use_coal_bind_coal_power_and_boilers(rm):
    for industry in ("煤电", "燃煤锅炉", "自备燃煤机组"):
        assert by(rm.check("保定", industry=industry, on="2019-06-01"), "coal-users")
    assert not by(rm.check("保定", industry="燃气发电", on="2019-06-01"), "coal-users")


def test_why_a_part_is_bound_is_said_in_both_languages(rm):
    verdict = rm.check("鄂尔多斯", industry="火电", on="2022-06-01")
    because = by(verdict, "two-high")[0].because.industry
    assert because.en == "The rule names “Two highs”, which holds “Coal power”, a part of “Thermal power”."
    assert "煤电" in because.zh
    assert "火力发电" in because.zh


def test_several_codes_of_one_word_take_the_strictest(rm):
    word = rm.check("保定", industry="光伏玻璃", on="2019-06-01")
    codes = [rm.check("保定", industry=code, on="2019-06-01").ruling for code in word.subject.codes]
    assert word.subject.codes == ("3041", "3042")
    assert word.ruling is min(codes, key=RANK.__getitem__) is Ruling.PROHIBITED
    ban = by(word, "flat-glass")[0]
    assert ban.industry.fit is IndustryFit.PART
    assert "光伏玻璃" in word.subject.name.zh
    assert rm.subject(word.subject.id).codes == word.subject.codes

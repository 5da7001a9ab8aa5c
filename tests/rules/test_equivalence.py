"""Places of one class, and days between two turns, get the same answer: compared with direct checks."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

import pytest

from regionmap.model import Action
from regionmap.model.caveat import CaveatKind
from regionmap.rules.matching.validity import all_change_dates
from tests.rules.classes import place_classes

DAY = dt.timedelta(days=1)
INDUSTRIES = ["钢铁", "cement", "3110", "焦化", "2614", "铸造", "thermal-power", "印染", "data-centre", "C30", "0111"]


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def substance(verdict) -> tuple:
    """What must be equal: everything of an answer but its texts and the names of places in it."""

    def held(findings) -> list:
        return [
            (
                one.provision.id,
                one.provision.numbers,
                one.status,
                one.place.fit,
                one.region,
                one.definition,
                one.fell_on,
            )
            for one in findings
        ]

    return (
        verdict.ruling,
        [one.provision.id for one in verdict.deciding],
        held(verdict.findings),
        held(verdict.not_in_force),
        held(verdict.depends_on_site),
        (verdict.local, verdict.extent, verdict.unclear_because),
        held(verdict.fell_away),
        verdict.general,
        verdict.fell_counts,
        verdict.conflicts,
        # How a code was read (another place had it before) is told of what was typed, not of the unit.
        [(one.kind, one.provisions) for one in verdict.caveats if one.kind is not CaveatKind.PLACE_READING],
    )


@pytest.fixture(scope="module")
def alike(rm):
    return place_classes(rm)


@pytest.fixture(scope="module")
def turns(rm):
    return all_change_dates(rm.catalogue)


@pytest.fixture(scope="module")
def industries(rm):
    known = {one.id for one in rm.industries()}
    return [one for one in INDUSTRIES if not one.isascii() or one[-1].isdigit() or one in known]


def test_every_lowest_unit_has_a_class(rm, alike):
    lowest = [code for code in rm.gazetteer.by_code if not rm.gazetteer.children(code)]
    assert list(alike) == lowest
    assert "441900" in alike  # 东莞市 has no counties
    assert "130600" not in alike


def test_classes_are_numbered_by_their_first_code(alike):
    first: dict[int, str] = {}
    for code, number in alike.items():
        first.setdefault(number, code)
    assert list(first) == list(range(len(alike.representative)))
    assert tuple(first.values()) == alike.representative


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("130602", "130606", True),  # two districts of 保定
        ("130602", "130502", False),  # 保定 and 邢台: other lists name them
        ("710101", "820000", True),  # nothing loaded speaks for them
        ("610581", "610582", True),  # 韩城 is printed beside 渭南, in the lists that name 渭南, and nowhere else
        ("370116", "370117", False),  # two rows of the table of changes
        ("370116", "370102", False),  # 莱芜区 joined 济南
    ],
)
def test_classes_that_are_known(rm, alike, one, other, same):
    if one not in alike:
        one = next(code for code in alike if code[:2] == one[:2])
    assert (alike[one] == alike[other]) is same


def test_members_of_a_class_get_the_answer_of_its_representative(rm, alike, industries, turns):
    pick = seeded(1)
    members: dict[int, list[str]] = {}
    for code, number in alike.items():
        members.setdefault(number, []).append(code)
    for number, codes in members.items():
        others = [*pick.sample(codes[1:], min(2, len(codes) - 1)), *codes[-1:]]
        for _ in range(3):
            question = {"industry": pick.choice(industries), "action": pick.choice(list(Action))}
            question["on"] = pick.choice([*turns, dt.date(2019, 6, 1), dt.date(2026, 10, 1)])
            expected = substance(rm.check(alike.representative[number], **question))
            for code in others:
                assert substance(rm.check(code, **question)) == expected, (code, question)


def test_any_county_gets_the_answer_of_its_representative(rm, alike, industries, turns):
    pick = seeded(2)
    codes = list(alike)
    for _ in range(400):
        code = pick.choice(codes)
        question = {"industry": pick.choice(industries), "action": pick.choice(list(Action))}
        question["on"] = dt.date(2008, 1, 1) + DAY * pick.randrange(29 * 365)
        expected = substance(rm.check(alike.representative[alike[code]], **question))
        assert substance(rm.check(code, **question)) == expected, (code, question)


def test_turns_are_sorted_and_hold_the_days_of_the_timeline(rm, turns):
    assert list(turns) == sorted(set(turns))
    assert set(rm.change_dates()) <= set(turns)


@pytest.mark.parametrize(
    "day",
    [
        "2018-07-23",  # 136号 is in force
        "2019-01-09",  # 莱芜 is merged into 济南
        "2021-01-01",  # goals for 2020 are over
        "2015-01-01",  # 工信部's paper on raw materials bears the year 2015 and no day
        "2016-06-01",  # 长江经济带 zones: June 2016
    ],
)
def test_turns_that_are_known(turns, day):
    assert dt.date.fromisoformat(day) in turns


def test_a_year_without_a_day_turns_on_its_first_day(rm):
    """A paper of 2021 without a printed day, known to be in force since 2021-10-21, may have bound from January on."""

    def may_bind(on: str) -> bool:
        found = rm.check("130600", industry="钢铁", on=on)
        return any(one.kind == "date_unknown" and "ndrc-2021-1464" in "".join(one.provisions) for one in found.caveats)

    assert [may_bind(on) for on in ("2020-12-31", "2021-01-01", "2021-10-20", "2021-10-21")] == [
        False,
        True,
        True,
        False,
    ]


def test_between_two_turns_the_answer_stays(rm, alike, industries, turns):
    pick = seeded(3)
    for start, end in pairwise([dt.date(1980, 1, 1), *turns, turns[-1] + 4000 * DAY]):
        last = end - DAY
        for _ in range(4):
            on = start + DAY * pick.randrange((end - start).days)
            code = pick.choice(alike.representative)
            question = {"industry": pick.choice(industries), "action": pick.choice(list(Action))}
            expected = substance(rm.check(code, on=start, **question))
            for day in (on, last):
                assert substance(rm.check(code, on=day, **question)) == expected, (code, question, start, day)


def test_larger_places_turn_on_the_same_days(rm, industries, turns):
    pick = seeded(4)
    codes = [code for code in rm.gazetteer.by_code if rm.gazetteer.children(code)]
    for start, end in pairwise(turns):
        code, industry = pick.choice(codes), pick.choice(industries)
        first, last = (rm.check(code, industry=industry, on=day) for day in (start, end - DAY))
        assert substance(first) == substance(last), (code, industry, start)

"""What is kept between questions changes no answer, has a bound, and is not copied."""

from __future__ import annotations

import datetime as dt
import gc
import pickle
import random
from dataclasses import replace

import pytest

from regionmap.errors import InputError
from regionmap.lru import LRUCache
from regionmap.model import Action, Effect, Rank, Status
from regionmap.rules.matching import rule_index as rules
from regionmap.rules.matching.candidates import Candidate, Outcome
from regionmap.rules.matching.finding import IndustryFit, PlaceFit
from regionmap.rules.matching.fits import LineDistance
from regionmap.rules.matching.industries import IndustryMatcher
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.matching.question import Question
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.rules.matching.validity import status
from regionmap.rules.reading.subject import subject_of
from regionmap.rules.verdict.answers import CaveatKind
from regionmap.rules.verdict.rulings import differs_from, ruling_at, signature

SHOWN_ONLY = {Effect.TARGET, Effect.DUTY}
DAY = dt.timedelta(days=1)
PLACES = [
    ["130000"], ["110000"], ["150000"], ["610500"], ["610581"], ["130602"], ["419001"], ["441900"], ["370116"],
    ["710000"], ["820000"], ["130602", "710000"], ["130602", "150204"], ["320500", "330100", "650100"],
]  # fmt: skip


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def any_day(pick: random.Random) -> dt.date:
    return dt.date(2009, 1, 1) + DAY * pick.randrange(30 * 365)


@pytest.fixture(scope="module")
def rule_index(rm) -> RuleIndex:
    return RuleIndex.of(rm.catalogue, rm.gazetteer)


@pytest.mark.parametrize("codes", PLACES)
def test_kept_matches_are_those_of_a_matcher_of_the_day(rm, rule_index, codes):
    pick = seeded(11)
    places = [rm.gazetteer.unit(code) for code in codes]
    for _ in range(3):
        on = any_day(pick)
        matcher = PlaceMatcher(rm.catalogue, rm.gazetteer, on)
        found = rule_index.area_matches(on).matches(places)
        assert list(found.matches) == [matcher.match(where, places) for where in rule_index.areas.wheres]


def test_matches_of_any_place_are_those_of_a_matcher_of_the_day(rm, rule_index):
    pick = seeded(12)
    units = rm.gazetteer.units()
    for _ in range(60):
        on, unit = any_day(pick), pick.choice(units)
        matcher = PlaceMatcher(rm.catalogue, rm.gazetteer, on)
        found = rule_index.area_matches(on).matches([unit])
        assert list(found.matches) == [matcher.match(where, [unit]) for where in rule_index.areas.wheres]


def test_what_lowest_units_share_names_none_of_them(rm, lined):
    """和林格尔县 and 集宁区 each hold a part of one park and share what is kept; so do counties in a strip in part."""
    for loaded in (rm, lined):
        matches_on = RuleIndex.of(loaded.catalogue, loaded.gazetteer).area_matches(dt.date(2024, 6, 1))
        lowest = [one for one in loaded.gazetteer.units() if not loaded.gazetteer.children(one.code)]
        assert not any(match.part for unit in lowest for match in matches_on.matches([unit]).matches)
    for code in ("150123", "150902"):
        found = rm.check(code, industry="data-centres", on="2023-06-01")
        parts = [one.part for one in (*found.findings, *found.depends_on_site) if one.place.fit is PlaceFit.PART]
        assert parts
        assert all(part == (rm.gazetteer.unit(code),) for part in parts)


@pytest.mark.parametrize("codes", PLACES)
@pytest.mark.parametrize("industry", ["钢铁", "3110", "foundry"])
def test_every_provision_is_accounted_for(rm, codes, industry):
    """Each provision is matcherd here by itself, one after the other, and must turn up where that puts it."""
    pick = seeded(len(codes) + int(codes[0]))
    on, action = any_day(pick), pick.choice(list(Action))
    places, subject = [rm.gazetteer.unit(code) for code in codes], rm.subject(industry)
    evaluation = Question(rm.catalogue, rm.gazetteer, subject, action, on).evaluate(places)
    listed = {
        Outcome.FINDING: evaluation.findings,
        Outcome.DEPENDS_ON_SITE: evaluation.depends_on_site,
        Outcome.NOT_IN_FORCE: evaluation.not_in_force,
        Outcome.FELL_AWAY: evaluation.fell_away,
    }
    by_id = {one.provision.id: (outcome, one) for outcome, found in listed.items() for one in found}
    counts = {str(aspect): number for aspect, number in evaluation.fell_counts}
    matcher, industries = PlaceMatcher(rm.catalogue, rm.gazetteer, on), IndustryMatcher(rm.catalogue, subject)
    general, fell = 0, dict.fromkeys(("place", "industry", "action", "date"), 0)
    for one in rm.catalogue.provisions:
        place, named, standing = matcher.match(one.where, places), industries.match(one), status(one, on, rm.catalogue)
        acts = one.effect in SHOWN_ONLY or action in one.actions
        is_class = named.fit is IndustryFit.UNDEFINED and one.effect not in SHOWN_ONLY
        failed = [not place.binds, not (named.binds or is_class), not acts, standing is not Status.IN_FORCE]
        elsewhere = rm.catalogue.source_of(one).rank is Rank.LIST or rm.catalogue.source_of(one).level != "national"
        fell_on = tuple(aspect for aspect, fails in zip(fell, failed, strict=True) if fails)
        outcome, finding = by_id.pop(one.id, (None, None))
        if finding is not None:
            assert (finding.place, finding.industry, finding.status) == (place, named, standing)
            assert finding.fell_on == fell_on
        if named.fit is IndustryFit.NONE:
            assert finding is None
            fell["industry"] += 1
        elif not fell_on:
            vague = place.fit is PlaceFit.UNDEFINED or is_class or one.ask is not None
            is_general = not one.industries and (
                one.effect is Effect.DUTY or (one.effect is Effect.TARGET and one.where.national)
            )
            general += is_general
            depends = vague and one.effect not in SHOWN_ONLY
            assert outcome is (None if is_general else Outcome.DEPENDS_ON_SITE if depends else Outcome.FINDING)
        elif named.fit is IndustryFit.UNDEFINED or (elsewhere and not place.binds and fell_on != ("date",)):
            assert finding is None
            fell[fell_on[0]] += 1
        elif fell_on != ("date",) and (place.fit is PlaceFit.UNDEFINED or one.ask is not None):
            assert finding is None  # it hangs on the site, and fell besides: counted
            fell[fell_on[0]] += 1
        elif fell_on == ("date",):
            assert outcome is (None if one.effect is Effect.DUTY else Outcome.NOT_IN_FORCE)
        elif len(fell_on) == 1 and one.effect not in SHOWN_ONLY and place.fit is not PlaceFit.OUT_OF_SCOPE:
            assert outcome is Outcome.FELL_AWAY
        else:
            assert finding is None
            fell[fell_on[0]] += 1
    assert not by_id
    assert evaluation.general == general
    assert counts == {aspect: number for aspect, number in fell.items() if number}


def test_signatures_are_those_of_the_rulings(rm):
    pick = seeded(13)
    units = rm.gazetteer.units()
    for _ in range(30):
        question = rm.question(pick.choice(["钢铁", "cement", "2612"]), pick.choice(list(Action)), any_day(pick))
        here, *others = pick.sample(units, 20)
        differs = differs_from(question, here)
        for unit in (here, *others):
            ruled = ruling_at(question, unit)
            assert signature(question, unit) == (ruled.ruling, frozenset(one.provision.id for one in ruled.findings))
            assert differs(unit.code) == (signature(question, unit) != signature(question, here))


def test_a_code_of_2011_keeps_its_note_beside_the_code_of_today(rm):
    """3150 was what 3140 is now: the two questions differ in nothing but the note."""

    def note(code: str) -> str:
        found = rm.check("130600", industry=code, on="2019-06-01").caveats
        return next(one.text.en for one in found if one.kind is CaveatKind.OLD_CODE)

    today = note("3140")
    assert note("3150").startswith("GB/T 4754-2017 has no code 3150")
    assert note("3140") == today


def test_what_is_kept_is_shared_and_bounded(rm, rule_index):
    question = rm.question("钢铁", "new", dt.date(2019, 6, 1))
    assert question.index is rule_index
    assert rule_index.interval(dt.date(2019, 6, 1)) is rule_index.interval(
        dt.date(2019, 6, 2)
    )  # no change date between
    assert rule_index.interval(dt.date(2018, 7, 22)) is not rule_index.interval(dt.date(2018, 7, 23))  # 136号


def test_a_catalogue_is_pickled_without_what_is_kept(rm):
    rm.check("130600", industry="钢铁", on="2019-06-01")
    assert rm.catalogue.derived
    copy = pickle.loads(pickle.dumps(rm.catalogue))  # noqa: S301
    assert not copy.derived
    assert copy.provisions == rm.catalogue.provisions


def test_recent_forgets_what_was_not_asked_for_longest():
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    recent: LRUCache[str, str] = LRUCache(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert recent.get(key, lambda key=key: make(key)) == key.upper()
    assert made == ["a", "b", "c", "b"]
    assert len(recent) == 2


def test_recent_keeps_no_error():
    recent: LRUCache[str, str] = LRUCache(2)

    def fail() -> str:
        raise InputError("no")

    for _ in range(2):
        with pytest.raises(InputError):
            recent.get("a", fail)
    assert len(recent) == 0
    assert recent.get("a", lambda: "yes") == "yes"


def test_recent_is_empty_in_a_copy():
    recent: LRUCache[str, str] = LRUCache(2)
    recent.get("a", lambda: "A")
    assert len(pickle.loads(pickle.dumps(recent))) == 0  # noqa: S301


def test_two_places_are_not_taken_for_the_first_of_them(rm):
    """保定 forbids new steel in 2019 and 拉萨 does not: an area of both is forbidden, in either order."""
    from regionmap.rules.verdict.check import check

    question = rm.question("steel", "new", dt.date(2019, 6, 1))
    units = [rm.gazetteer.unit(code) for code in ("130602", "540102")]
    alone = [check(rm.catalogue, rm.gazetteer, question, [one]).ruling for one in units]
    assert alone[0] == "prohibited" != alone[1]
    for both in (units, units[::-1]):
        assert check(rm.catalogue, rm.gazetteer, question, both).ruling == "prohibited"


def test_many_distinct_questions_leave_a_bounded_number_of_candidates(rm, monkeypatch):
    """What is dropped is let go: thrice as many questions leave no more behind."""
    for name, most in {"KEPT_DAYS": 2, "KEPT_SUBJECTS": 4, "KEPT_MADE": 2, "KEPT_CANDIDATES": 4}.items():
        monkeypatch.setattr(rules, name, most)
    monkeypatch.setattr(rules, "KEPT_PARTITIONS", 8)
    catalogue = replace(rm.catalogue)  # with an index of its own
    unit = rm.unit("130600")
    names = [one.id for one in rm.industries()]
    left = []
    gc.collect()
    before = sum(isinstance(one, Candidate) for one in gc.get_objects())
    for start in range(0, 120, 30):
        for name in names[start : start + 30]:
            for on in (dt.date(2016, 6, 1), dt.date(2019, 6, 1)):
                subject = subject_of(rm.catalogue.industries[name])
                Question(catalogue, rm.gazetteer, subject, Action.NEW, on).evaluate([unit])
        gc.collect()
        left.append(sum(isinstance(one, Candidate) for one in gc.get_objects()) - before)
    assert max(left[1:]) <= 3 * max(left[0], 200), left
    made = RuleIndex.of(catalogue, rm.gazetteer)
    assert len(made._made) <= 2


@pytest.mark.parametrize("place", ["130602", "370116", "610581", "441900", "340422"])
def test_areas_that_are_not_near_take_a_place_as_one_that_no_list_names(rm, lined, place):
    for some in (rm, lined):
        unit = some.unit(place)
        for on in (dt.date(2014, 1, 1), dt.date(2018, 10, 1), dt.date(2024, 6, 1)):
            index = RuleIndex.of(some.catalogue, some.gazetteer)
            matches_on, line = index.area_matches(on), LineDistance(4_000.0)
            matcher = PlaceMatcher(some.catalogue, some.gazetteer, on)
            for asked in (None, line):
                numbers = matches_on.near_numbers([unit], asked)
                assert numbers == sorted(set(numbers))
                assert 0 < len(numbers) < len(index.areas.wheres)
                for number in set(range(len(index.areas.wheres))) - set(numbers):
                    where = index.areas.wheres[number]
                    assert matcher.match(where, [unit], asked).fit is matches_on.nowhere[number].fit, where

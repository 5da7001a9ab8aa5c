"""Lives of rules and of lists as spans of days."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest

from regionmap.model import Definition, Evidence, Place, Region, Status, Text
from regionmap.rules.history.changes import coming
from regionmap.rules.history.timeline import ListSpan, Span, definition_spans, list_days, provision_spans
from regionmap.rules.history.words import how_many, list_in_use
from regionmap.rules.verdict.ruling import status

DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def a_list(first: str, last: str | None, *codes: str) -> Definition:
    return Definition(
        source="miit-2018-136",
        item="附件",
        in_force_from=day(first),
        in_force_until=day(last) if last else None,
        open=False,
        quote="",
        evidence=Evidence.VERBATIM,
        members=tuple(Place(code, (code,)) for code in codes),
        union_of=(),
        note=None,
    )


@pytest.fixture
def region(rm):
    """A region of three lists: the first is overtaken without an end, the third ends with nothing after it."""
    lists = (
        a_list("2010-01-01", None, "130600"),
        a_list("2012-01-01", "2013-12-31", "130700"),
        a_list("2014-01-01", "2015-12-31", "130700", "419001"),
    )
    made = Region("test-region", Text("试验区", "Test region"), "key-region", lists, "regions/test.yaml")
    return replace(rm.catalogue, regions={"test-region": made}), made


def test_a_list_is_cut_where_a_newer_one_is_used(region):
    catalogue, made = region
    first, second, third = made.definitions
    assert definition_spans(catalogue, made, first) == (
        ListSpan(day("2010-01-01"), day("2011-12-31"), True),
        ListSpan(day("2012-01-01"), day("2015-12-31"), False),
        ListSpan(day("2016-01-01"), None, True),  # no repeal is known, and the newer lists have ended
    )
    assert definition_spans(catalogue, made, second) == (ListSpan(day("2012-01-01"), day("2013-12-31"), True),)
    assert definition_spans(catalogue, made, third) == (ListSpan(day("2014-01-01"), day("2015-12-31"), True),)


def test_the_days_on_which_another_list_is_used(region):
    catalogue, made = region
    expected = ("2010-01-01", "2012-01-01", "2014-01-01", "2016-01-01")
    assert list_days(catalogue, made) == tuple(map(day, expected))


def test_every_provision_is_in_one_span_on_every_day(rm):
    for one in rm.catalogue.provisions:
        spans = provision_spans(rm.catalogue, one)
        assert spans[0].first == one.in_force_from
        assert spans[-1].last is None
        for before, after in pairwise(spans):
            assert before.last is not None
            assert before.last + DAY == after.first
            assert before.status is not after.status
        for span in spans:
            assert span.status is status(one, span.first, rm.catalogue)
            assert span.status is status(one, span.last or dt.date(2100, 1, 1), rm.catalogue)


def test_a_rule_in_force_then_past_its_target_then_ended(rm):
    (ban,) = [one for one in rm.catalogue.provisions if one.id == "miit-2018-136/2-2a"]
    ended = replace(ban, in_force_until=day("2023-11-29"))
    assert provision_spans(rm.catalogue, ended) == (
        Span(day("2018-07-23"), day("2020-12-31"), Status.IN_FORCE),
        Span(day("2021-01-01"), day("2023-11-29"), Status.HORIZON_PASSED),
        Span(day("2023-11-30"), None, Status.ENDED),
    )


def test_a_successor_ahead_is_what_comes_next(rm):
    (ban,) = [one for one in rm.catalogue.provisions if one.id == "miit-2018-136/2-2a"]
    successor = replace(rm.source("miit-2021-215"), in_force_from=day("2019-07-01"))
    source = replace(rm.source("miit-2018-136"), provisions=(replace(ban, superseded_by=("miit-2021-215",)),))
    catalogue = replace(rm.catalogue, sources={source.id: source, successor.id: replace(successor, provisions=())})
    (found,) = coming(catalogue, rm.gazetteer, rm.gazetteer.unit("130600"), day("2019-06-01"))
    assert (found.day, found.before, found.after) == (day("2019-07-01"), Status.IN_FORCE, Status.SUPERSEDED)


def test_cities_and_counties_beyond_them_are_counted_apart(rm):
    units = [rm.gazetteer.unit(code) for code in ("130600", "130700", "419001")]
    words = how_many(rm.gazetteer, units)
    assert words.en.startswith("2 prefecture-level units and 1 at county level (Jiyuan")
    assert "济源市" in words.zh
    assert "county level" not in how_many(rm.gazetteer, units[:2]).en


def test_words_say_that_no_list_was_in_use(rm, region):
    assert "no list" in list_in_use(rm.catalogue, day("2001-01-01"), None).en
    words = list_in_use(region[0], day("2012-06-01"), region[1].definitions[1])
    assert "工信部节〔2018〕136号 附件" in words.zh
    assert "等" not in words.zh

"""The same question in another way gets the same answer: by name, point or area, on a day of the same span."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from regionmap.errors import InputError
from regionmap.places.area_text import read_any_area
from regionmap.places.areas import units_touched
from regionmap.rules.matching.effects import RANK
from tests.catalogue.overlays import GAZETTEER
from tests.invariants.made import (
    BUNDLED,
    CODES,
    DAY,
    TURNS,
    actions,
    asked,
    bounded,
    codes,
    days,
    industries,
    questions,
    substance,
)

lons, lats = st.floats(75, 133, allow_nan=False), st.floats(19, 52, allow_nan=False)


@bounded(60)
@given(questions, st.integers(0, 10**6))
def test_days_between_two_dated_facts_are_alike(question, into):
    place, industry, action, on = question
    after = bisect_right(TURNS, on)
    first = TURNS[after - 1] if after else on - 400 * DAY
    last = TURNS[after] - DAY if after < len(TURNS) else on + 400 * DAY
    other = first + (into % ((last - first).days + 1)) * DAY
    assert substance(asked(BUNDLED, (place, industry, action, other))) == substance(asked(BUNDLED, question))


@pytest.mark.parametrize("day", ["1949-10-01", "1950-01-01", "2150-01-01", "2199-12-31"])
def test_days_outside_every_dated_fact_change_nothing(day):
    on = dt.date.fromisoformat(day)
    other = TURNS[0] - DAY if on < TURNS[0] else TURNS[-1]
    for code in ("130600", "610581", "100000" if "100000" in CODES else "110000"):
        for industry in ("steel", "cement", "0111"):
            far, near = (asked(BUNDLED, (code, industry, "new", one)) for one in (on, other))
            assert substance(far) == substance(near)


@bounded(50)
@given(questions)
def test_a_name_answers_as_its_code(question):
    code, *rest = question
    outer = []
    unit = GAZETTEER.by_code[code]
    while unit is not None:
        outer.insert(0, unit.name)
        unit = GAZETTEER.by_code.get(unit.parent or "")
    try:
        named = asked(BUNDLED, ("".join(outer), *rest))
    except InputError as error:  # 市辖区 and its like have no name of their own
        assert code in str(error) or "市辖" in outer[-1] or "直辖" in "".join(outer), error  # noqa: PT017
        return
    assert [one.code for one in named.places] == [code]
    assert substance(named) == substance(asked(BUNDLED, question))


def _by_distance(found) -> set[str]:
    return {one.provision.id for one in found if one.provision.where.province_line_m}


@bounded(50)
@given(lons, lats, industries, actions, days)
def test_a_point_answers_as_its_county(lon, lat, industry, action, on):
    try:
        code = BUNDLED.locator.county_at(lon, lat)
    except InputError:  # the sea, or abroad
        assume(False)
    point = BUNDLED.check(lon=lon, lat=lat, industry=industry, action=action, on=on)
    county = asked(BUNDLED, (code, industry, action, on))
    assert point.place.code == code
    # A rule by distance to another province is decided for a point, and left open for its county.
    open_ones = [*county.findings, *county.not_in_force, *county.depends_on_site, *point.findings, *point.fell_away]
    distance = _by_distance(open_ones)
    assert {one.provision.id for one in point.findings} - distance == {
        one.provision.id for one in county.findings
    } - distance
    if not distance:
        assert substance(point)[0:4] == substance(county)[0:4]


@bounded(25)
@given(lons, lats, st.floats(0.02, 1.2), industries, actions, days)
def test_an_area_answers_as_the_strictest_of_its_units(lon, lat, size, industry, action, on):
    box = shapely.box(lon, lat, lon + size, lat + size)
    try:
        touched = units_touched(read_any_area(box), BUNDLED.locator)
    except InputError:  # the sea, or abroad
        assume(False)
    area = BUNDLED.check(area=box, industry=industry, action=action, on=on)
    assert {one.unit.code for one in area.shares} <= {code for code, _ in touched}
    assert sum(one.share for one in area.shares) <= 1 + 1e-6
    assume(len(area.shares) <= 30)
    alone = [asked(BUNDLED, (one.unit.code, industry, action, on)) for one in area.shares]
    assume(not any(_by_distance([*one.findings, *one.depends_on_site]) for one in alone))
    assert area.ruling is min((one.ruling for one in alone), key=RANK.__getitem__)
    assert {one.provision.id for one in area.findings} == {f.provision.id for one in alone for f in one.findings}


@bounded(40)
@given(codes, industries, actions, days)
def test_the_map_and_the_check_say_the_same(code, industry, action, on):
    (quick,) = BUNDLED.rulings([code], industry, action, on)
    slow = asked(BUNDLED, (code, industry, action, on))
    assert (quick.ruling, quick.local, quick.extent, quick.unclear_because) == substance(slow)[:4]
    reasons = [*slow.findings, *slow.not_in_force, *slow.depends_on_site]
    assert {one.provision.id for one in quick.findings} <= {one.provision.id for one in reasons}

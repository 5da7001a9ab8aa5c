"""Whatever is asked, the answer is an answer or one of our own errors, which says something."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regionmap.errors import InputError, RegionmapError
from regionmap.printable import one_line
from tests.invariants.made import BUNDLED, bounded

# Values that an argument may be given by mistake, lone surrogates (bytes that are no UTF-8) among the text.
anything = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(), max_size=20),
    st.sampled_from(["保定", "steel", "钢铁", "2019-06-01", "130600", "", " ", "\0", "\udc80", "1e400", "١١٥", "nan"]),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.binary(max_size=8),
    st.dates(),
    st.datetimes(),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)


def told(call) -> None:
    words = ["answered"]
    try:
        call()
    except RegionmapError as error:
        words = [str(error), error.text.zh, error.text.en]
    for one in words:
        assert one == one_line(one) != ""  # one line, and nothing in it that steers a terminal


@bounded(150)
@given(anything, anything, anything, anything)
@example("\udc80", "steel", "new", "2019-06-01")
@example("保定", "\udc80\udcff", "new", None)
def test_a_check_is_answered_or_refused(place, industry, action, on):
    told(lambda: BUNDLED.check(place, industry=industry, action=action, on=on))


@bounded(150)
@given(anything, anything, anything, anything, anything)
def test_a_point_is_answered_or_refused(lon, lat, datum, radius, on):
    told(lambda: BUNDLED.check(lon=lon, lat=lat, datum=datum, radius_m=radius, industry="steel", on=on))
    told(lambda: BUNDLED.lookup(lon=lon, lat=lat, datum=datum, on="2019-06-01"))


_KINDS = st.sampled_from(["Polygon", "MultiPolygon", "Feature", "FeatureCollection", "GeometryCollection"])
_MEMBERS = st.sampled_from(["type", "coordinates", "geometry", "features", "geometries", "properties", "crs"])
documents = st.recursive(
    st.one_of(anything, _KINDS),
    lambda inner: st.one_of(st.dictionaries(_MEMBERS, inner, max_size=3), st.lists(inner, max_size=4)),
    max_leaves=8,
)


@bounded(100)
@given(documents)
def test_an_area_is_answered_or_refused(area):
    told(lambda: BUNDLED.check(area=area, industry="steel", on="2019-06-01"))


@bounded(100)
@given(anything, anything, anything)
def test_every_other_question_is_answered_or_refused(text, other, on):
    for call in (
        lambda: BUNDLED.lookup(text, on="2019-06-01" if on is None else on),
        lambda: BUNDLED.transfer(text, industry=other, on=on),
        lambda: BUNDLED.rules(text, industry=other, effect=on),
        lambda: BUNDLED.rules(place=text, source=other, on=on),
        lambda: BUNDLED.pilots(text, on),
        lambda: BUNDLED.parks(text, on),
        lambda: BUNDLED.destinations(text, on),
        lambda: BUNDLED.history(text, other, on),
        lambda: BUNDLED.coming(text, on),
        lambda: BUNDLED.region(text),
        lambda: BUNDLED.source(text),
        lambda: BUNDLED.programme(text),
        lambda: BUNDLED.subject(text),
        lambda: BUNDLED.unit(text),
        lambda: BUNDLED.rulings([text, other], "steel", on="2019-06-01"),
        lambda: BUNDLED.definition(text, on),
    ):
        told(call)


@pytest.mark.parametrize("name", ["\udc80", "\ud800炼"])
def test_bytes_that_are_no_text_are_an_unknown_name(name):
    with pytest.raises(InputError):
        BUNDLED.unit(name)
    with pytest.raises(InputError, match="no industry is called"):
        BUNDLED.check("保定", industry=name, on=dt.date(2019, 6, 1))

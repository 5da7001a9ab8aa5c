"""Names of units of the past in pinyin."""

from __future__ import annotations

import datetime as dt

import pytest

from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError
from regionmap.places.names.gazetteer import Gazetteer

GAZETTEER = Gazetteer.load()


@pytest.mark.parametrize(
    ("name", "chinese", "code"),
    [
        ("Xiangfan", "襄樊", "420600"),
        ("XIANGFAN CITY", "襄樊市", "420600"),
        ("Xiangfan, Hubei", "襄樊市", "420600"),
        ("Tanggu", "塘沽区", "120116"),
        ("Chongwen District", "崇文区", "110101"),
        ("Xuanwu, Beijing", "北京市宣武区", "110102"),
    ],
)
def test_a_name_of_the_past_in_pinyin_is_read_as_in_chinese(name, chinese, code):
    for on in (None, dt.date(2010, 6, 1)):
        unit, note = GAZETTEER.resolve_with_note(name, on)
        assert unit.code == code
        assert (unit, note) == GAZETTEER.resolve_with_note(chinese, on)
        assert note is not None


@pytest.mark.parametrize("name", ["Xiangfan County", "Xiangfan, Hebei", "Xiangfan, Nowhere", "Xiangfanx"])
def test_a_name_of_another_kind_or_elsewhere_is_unknown(name):
    with pytest.raises(UnknownPlaceError):
        GAZETTEER.resolve(name)


def test_a_name_of_today_comes_first():
    assert GAZETTEER.resolve("Xiangyang").code == "420600"


def test_a_unit_that_was_divided_is_asked_back_as_in_chinese():
    said = []
    for name in ("Jianggan", "江干区"):
        with pytest.raises(AmbiguousPlaceError) as caught:
            GAZETTEER.resolve(name)
        said.append(caught.value.candidates)
    assert said[0] == said[1] == ("330102", "330114")

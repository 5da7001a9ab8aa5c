"""Areas that hold more than can be worked with: refused in one line that names the limit, before the work."""

from __future__ import annotations

import json
import math
import pickle

import pytest
import shapely

from regionmap.places import area_limits
from regionmap.places.area_limits import AreaLimitError
from regionmap.places.area_text import area_from_text
from regionmap.places.areas import area_of, parsed, units_touched
from regionmap.places.errors import AreaError


def star(corners, step):
    """Return a ring that crosses itself: every edge leads to a corner ``step`` further on a circle."""
    angles = [2 * math.pi * number * step / corners for number in range(corners)]
    ring = [[round(112 + 3 * math.cos(one), 5), round(33 + 3 * math.sin(one), 5)] for one in angles]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def square(west=115.4, south=38.8, side=0.2):
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.mark.parametrize(
    ("limit", "most", "words"),
    [
        ("MOST_VERTICES", 4, r"holds? 5 corners|has 5 corners; at most 4 are read: simplify the outline"),
        ("MOST_RINGS", 0, r"has 1 rings; at most 0 are read: leave out small parts and holes"),
        ("WIDEST_DEGREES", 0.1, r"is 0 degrees wide; an area is less than 0 wide: cut it to China"),
    ],
)
def test_the_limits_of_an_area_are_named(monkeypatch, limit, most, words):
    monkeypatch.setattr(area_limits, limit, most)
    with pytest.raises(AreaLimitError, match=words) as told:
        area_of(square(), "my.geojson")
    assert "my.geojson" in told.value.text.zh
    assert told.value.text.zh != told.value.text.en
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)  # noqa: S301  (of our own)
    assert isinstance(told.value, AreaError)


def test_a_text_with_too_many_values_is_not_parsed(monkeypatch):
    monkeypatch.setattr(area_limits, "MOST_VALUES", 10)
    for text in (json.dumps(square()), "<kml><Folder>" + "<Placemark/>" * 30, shapely.box(115, 38, 116, 39).wkt * 9):
        with pytest.raises(AreaError, match=r"values; at most 10 are read"):
            area_from_text(text, "a")


def test_corners_are_counted_before_they_are_parsed(monkeypatch):
    monkeypatch.setattr(area_limits, "MOST_VERTICES", 10)
    with pytest.raises(AreaLimitError, match="a has 15 corners; at most 10 are read"):
        parsed("[[" + "[ 1, 2]," * 15 + "no JSON", "a")
    with pytest.raises(AreaError, match="not JSON"):
        parsed("[[" * 15, "a")


def test_an_outline_with_very_many_crossings_is_not_mended(monkeypatch):
    with pytest.raises(AreaError, match="Self-intersection"):
        area_of(star(401, 150))
    monkeypatch.setattr(area_limits, "MOST_CROSSINGS", 1_000)
    with pytest.raises(
        AreaLimitError, match=r"crosses or covers itself in up to [\d,]+ places; at most 1,000 are mended"
    ):
        area_of(star(601, 200))


def test_polygons_over_each_other_are_not_united_without_end(monkeypatch):
    many = {"type": "MultiPolygon", "coordinates": [square()["coordinates"]] * 600}
    assert area_of(many).area == pytest.approx(0.04)
    monkeypatch.setattr(area_limits, "MOST_CROSSINGS", 100_000)
    with pytest.raises(AreaLimitError, match="crosses or covers itself"):
        area_of(many)


def test_many_polygons_side_by_side_are_an_area(monkeypatch):
    monkeypatch.setattr(area_limits, "MOST_CROSSINGS", 5_000)
    parts = [square(100 + 0.3 * (number % 40), 25 + 0.3 * (number // 40))["coordinates"] for number in range(1_000)]
    assert area_of({"type": "MultiPolygon", "coordinates": parts}).area == pytest.approx(40)


def test_corners_times_counties_are_bounded(monkeypatch, locator):
    area = area_of(square())
    assert units_touched(area, locator)
    monkeypatch.setattr(area_limits, "MOST_WORK", 1_000)
    with pytest.raises(
        AreaLimitError, match=r"corners on its long edges over \d+ counties; at most [\d,]+ are worked with"
    ):
        units_touched(area, locator)


@pytest.mark.parametrize(("west", "east"), [(-180, 180), (-179, 179), (0, 180)])
def test_an_area_around_the_world_is_told_what_it_is(west, east):
    ring = [[west, -80], [east, -80], [east, 80], [west, 80], [west, -80]]
    with pytest.raises(AreaLimitError, match=r"is \d+ degrees wide; an area is less than 180 wide: cut it to China"):
        area_of({"type": "Polygon", "coordinates": [ring]})


def test_an_area_around_china_is_answered(locator):
    ring = [[60, 0], [150, 0], [150, 60], [60, 60], [60, 0]]
    assert len(units_touched(area_of({"type": "Polygon", "coordinates": [ring]}), locator)) == len(locator.codes)


@pytest.mark.parametrize("text", ["GEOMETRYCOLLECTION(" * 50, "LINESTRING (1 2, 3 4)", "SRID=4326;POINT (1 2)"])
def test_wkt_of_another_kind_is_not_parsed(text):
    with pytest.raises(AreaError, match=r"is a \w+ in WKT: an area is a POLYGON or a MULTIPOLYGON"):
        area_from_text(text)

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
        area_of(star(301, 130))
    monkeypatch.setattr(area_limits, "MOST_CROSSINGS", 1_000)
    with pytest.raises(
        AreaLimitError, match=r"crosses or covers itself in up to [\d,]+ places; at most 1,000 are mended"
    ):
        area_of(star(601, 200))


def test_polygons_over_each_other_are_not_united_without_end(monkeypatch):
    many = {"type": "MultiPolygon", "coordinates": [square()["coordinates"]] * 600}
    assert area_of(many).area == pytest.approx(0.04)
    monkeypatch.setattr(area_limits, "MOST_OVERLAPS", 100_000)
    with pytest.raises(AreaLimitError, match="crosses or covers itself"):
        area_of(many)


def comb(teeth, turned):
    """Return a valid ring with teeth of 2° that point north, or east."""
    ring = [(115, 38)]
    for number in range(teeth):
        at = 115 + 2 * number / teeth
        ring += [(at + 0.5 / teeth, 38.1), (at + 0.5 / teeth, 40), (at + 1.5 / teeth, 40), (at + 1.5 / teeth, 38.1)]
    ring += [(117, 38.1), (117, 38), (115, 38)]
    return [[[y + 77, x - 77] if turned else [x, y] for x, y in ring]]


def test_edges_of_two_polygons_that_cross_are_counted():
    """Two combs are one pair of polygons, whose teeth cross by the ten thousand."""
    few = area_of({"type": "MultiPolygon", "coordinates": [comb(20, False), comb(20, True)]})
    assert few.area == pytest.approx(shapely.union(*map(shapely.Polygon, (comb(20, False)[0], comb(20, True)[0]))).area)
    with pytest.raises(AreaLimitError, match=r"in up to [\d,]+ places; at most 50,000 are mended"):
        area_of({"type": "MultiPolygon", "coordinates": [comb(200, False), comb(200, True)]})


def test_a_few_long_edges_among_many_short_ones_are_counted():
    """A star of 401 long edges behind 20,000 short ones that cross nothing: no even sample of edges shows it."""
    wave = [[100 + number * 1e-4, 20 + 1e-5 * (number % 2)] for number in range(20_000)]
    sides = [*wave, [102, 19], [100, 19], wave[0]]
    with pytest.raises(AreaLimitError, match="crosses or covers itself"):
        area_of({"type": "MultiPolygon", "coordinates": [[sides], star(501, 250)["coordinates"]]})


def test_parcels_that_share_their_edges_are_no_crossings():
    parts = [
        square(100 + 0.01 * (number % 60), 25 + 0.01 * (number // 60), 0.01)["coordinates"] for number in range(3_600)
    ]
    assert area_of({"type": "MultiPolygon", "coordinates": parts}).area == pytest.approx(0.36)


def test_parts_that_touch_no_other_one_are_kept_beside_those_that_are_united():
    sides = square(100, 30), square(100.1, 30.1), square(110, 30), square(112, 34)
    area = area_of({"type": "MultiPolygon", "coordinates": [one["coordinates"] for one in sides]})
    assert area.is_valid
    assert sorted(round(one.area, 6) for one in area.geoms) == [0.04, 0.04, 0.07]


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


def spikes(count):
    """Return a ring of which every other corner lies at its middle: the boxes of most edges meet."""
    turns = [2 * math.pi * number / count for number in range(count)]
    far = [0.1 if number % 2 else 2 for number in range(count)]
    ring = [[114 + away * math.cos(one), 34 + away * math.sin(one)] for one, away in zip(turns, far, strict=True)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def test_edges_close_beside_each_other_are_work_too(locator):
    """6,000 spikes over 250 counties took 10 seconds, with a tenth of the corners that as many counties may have."""
    assert len(units_touched(area_of(spikes(300)), locator)) > 50
    with pytest.raises(AreaLimitError, match="corners on its long edges over"):
        units_touched(area_of(spikes(4_000)), locator)


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_many_parts_over_many_counties_are_shared_out_as_they_lie(monkeypatch, locator, share):
    """What lies whole in one half of the counties is not cut: shares are those of each part by itself."""
    parts = [
        square(112 + 0.5 * (number % 6), 33 + 0.5 * (number // 6), 0.5 * share)["coordinates"] for number in range(36)
    ]
    area = area_of({"type": "MultiPolygon", "coordinates": parts})
    whole = dict(units_touched(area, locator))
    monkeypatch.setattr("regionmap.places.area_pieces._LITTLE", 10)
    cut = dict(units_touched(area, locator))
    assert cut == pytest.approx(whole, abs=1e-9)
    assert len(cut) > 30


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


def test_edges_close_beside_each_other_are_counted_before_they_are_compared(monkeypatch):
    def spikes(count, west=112):
        ring = [[west + 2e-3 * (one % 2), 33 + 1e-3 * (one % 2) + 1e-6 * one] for one in range(count)]
        return [[*ring, [west - 1, 33], ring[0]]]

    monkeypatch.setattr(area_limits, "MOST_PAIRS", 20_000)
    with pytest.raises(AreaLimitError, match=r"pairs of lines close beside each other; at most 20,000 are compared"):
        area_of({"type": "Polygon", "coordinates": spikes(400)})
    several = {"type": "MultiPolygon", "coordinates": [spikes(120, 100 + one) for one in range(9)]}
    with pytest.raises(AreaLimitError, match="at most 20,000"):  # none of them alone has so many
        area_of(several)
    far = {
        "type": "MultiPolygon",
        "coordinates": [square(100 + 0.01 * one, 33, 5e-3)["coordinates"] for one in range(90)],
    }
    assert area_of(far).area == pytest.approx(90 * 25e-6)  # edges of several polygons are not compared here

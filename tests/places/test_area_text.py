"""Areas as people have them: the same square as GeoJSON, KML and WKT, circles, and what is none of them."""

from __future__ import annotations

import json

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from regionmap.places.area_text import area_from_text, circle, read_area_file
from regionmap.places.errors import AreaError, OutsideChinaError, SwappedCoordinatesError
from regionmap.places.geodesy import area_and_perimeter

SQUARE = [[115.4, 38.8], [115.6, 38.8], [115.6, 39.0], [115.4, 39.0], [115.4, 38.8]]
GEOJSON = json.dumps({"type": "Polygon", "coordinates": [SQUARE]})
WKT = "POLYGON ((" + ", ".join(f"{x} {y}" for x, y in SQUARE) + "))"
KML = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><Polygon>'
    "<outerBoundaryIs><LinearRing><coordinates>"
    + " ".join(f"{x},{y},0" for x, y in SQUARE)
    + "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
)


@pytest.mark.parametrize(
    "text",
    [
        GEOJSON,
        WKT,
        KML,
        "\ufeff" + GEOJSON,
        f"\n  SRID=4326; {WKT.lower()}",
        WKT.replace("POLYGON", "MULTIPOLYGON ").replace("((", "(((").replace("))", ")))"),
        KML.replace(' xmlns="http://www.opengis.net/kml/2.2"', ""),
        KML.replace("http://www.opengis.net/kml/2.2", "http://earth.google.com/kml/2.1"),
        WKT.replace("POLYGON", "POLYGON Z").replace(" 38.8", " 38.8 5").replace(" 39.0", " 39.0 5"),
    ],
    ids=["geojson", "wkt", "kml", "mark", "ewkt", "multi", "no namespace", "old kml", "height"],
)
def test_one_square_in_every_form(text):
    assert area_from_text(text).equals(area_from_text(GEOJSON))


def test_holes_of_kml_are_holes():
    hole = "115.48,38.88 115.52,38.88 115.52,38.92 115.48,38.92 115.48,38.88"
    inner = f"<innerBoundaryIs><LinearRing><coordinates>{hole}</coordinates></LinearRing></innerBoundaryIs></Polygon>"
    found = area_from_text(KML.replace("</Polygon>", inner))
    assert found.area == pytest.approx(0.04 - 0.0016)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("保定市", "GeoJSON, KML or WKT"),
        ("POINT (115 39)", "POLYGON"),
        ("POLYGON ((115 39, 116", "no WKT"),
        ("POLYGON EMPTY", "POLYGON"),
        ("SRID=4547; " + WKT, "SRID 4547"),
        ("<html><body/></html>", "not KML"),
        ("<kml><Placemark>", "no XML"),
        ("<kml><Point><coordinates>115,39</coordinates></Point></kml>", "no polygon"),
        (KML.replace("115.4,38.8,0", "115.4;38.8"), "longitude,latitude"),
        ('<!DOCTYPE kml [<!ENTITY a "b">]><kml/>', "entities"),
        ("{", "not JSON"),
    ],
)
def test_what_is_no_area_is_said_in_one_line(text, words):
    with pytest.raises(AreaError, match=words) as told:
        area_from_text(text, "site.txt")
    assert "\n" not in str(told.value)


def test_latitude_first_is_told():
    swapped = "POLYGON ((" + ", ".join(f"{y} {x}" for x, y in SQUARE) + "))"
    with pytest.raises(SwappedCoordinatesError):
        area_from_text(swapped)


def test_a_file_is_read_by_what_it_holds(tmp_path):
    path = tmp_path / "site.txt"
    path.write_text(WKT, encoding="utf-8")
    assert read_area_file(path).equals(area_from_text(GEOJSON))
    with pytest.raises(AreaError, match="no file"):
        read_area_file(tmp_path / "none.kml")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AreaError, match="UTF-8"):
        read_area_file(path)


@settings(max_examples=30, deadline=None)
@given(st.floats(80, 130), st.floats(20, 50), st.floats(10, 200_000))
def test_a_circle_holds_all_within_the_radius_and_little_more(lon, lat, radius):
    try:
        found = circle(lon, lat, radius)
    except OutsideChinaError:
        return
    square_metres, _ = area_and_perimeter(found)
    assert square_metres == pytest.approx(3.141592653589793 * radius**2, rel=2e-3)
    for x, y in list(found.exterior.coords)[::20]:
        assert radius <= Geodesic.WGS84.Inverse(lat, lon, y, x)["s12"] <= radius * 1.0003 + 0.01


@pytest.mark.parametrize("radius", [0, -5, 200_001, float("nan")])
def test_a_radius_out_of_range_is_refused(radius):
    with pytest.raises(AreaError, match="radius"):
        circle(115.5, 38.9, radius)


def test_a_circle_may_be_small():
    assert circle(115.46, 38.87, 0.5).area > 0


@pytest.mark.parametrize("text", ["{blanks}5", "SRID{blanks}5", "POLYGON{blanks}x", "POLYGON (({blanks}))"])
def test_a_long_run_of_blanks_is_told_at_once(text):
    with pytest.raises(AreaError):  # each length of the run was tried once: an hour for this one
        area_from_text(text.replace("{blanks}", " " * 1_000_000))


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("[true, 38.9]", "[True, 38.9] in the area is not a position"),
        ('["115", 38.9]', "in the area is not a position"),
        ("[115]", "[115] in the area is not a position"),
        ("[1e400, 38.9]", "[inf, 38.9] in the area is not a position"),
        (f"[1{'0' * 400}, 38.9]", "in the area is not a position"),
        ("7", "a polygon in the area has no coordinates"),
    ],
)
def test_what_is_no_position_is_told_wherever_it_stands(position, words):
    ring = f"[[115, 38], [116, 38], [116, 39], {position}, [115, 38]]"
    with pytest.raises(AreaError) as told:
        area_from_text(f'{{"type": "Polygon", "coordinates": [{ring}]}}')
    assert words in str(told.value)


def test_heights_are_left_out_and_a_ring_may_be_left_open():
    ring = [[115.4, 38.8, 5], [115.6, 38.8, 5], [115.6, 39.0, 7], [115.4, 39.0, 5]]
    area = area_from_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    assert area.area == pytest.approx(0.04)
    assert not area.has_z

"""Areas that users draw or upload."""

from __future__ import annotations

import json
import os
import threading

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from regionmap.places import area_pieces
from regionmap.places import areas as area_module
from regionmap.places.areas import area_of, outside_share, read_area, units_touched
from regionmap.places.errors import AreaError, OutsideChinaError, SwappedCoordinatesError
from regionmap.places.geodesy import area_and_perimeter
from regionmap.places.index.locator import Locator

LOCATOR = Locator.load()


def square(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry):
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def collection(*geometries):
    return {"type": "FeatureCollection", "features": [feature(geometry) for geometry in geometries]}


IN_BEIJING = square(116.40, 39.92, 116.41, 39.93)


def written(tmp_path, document, encoding="utf-8"):
    file = tmp_path / "site.geojson"
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding=encoding)
    return file


@pytest.mark.parametrize(
    "document",
    [
        IN_BEIJING,
        feature(IN_BEIJING),
        collection(IN_BEIJING),
        {"type": "MultiPolygon", "coordinates": [IN_BEIJING["coordinates"]]},
        {"type": "GeometryCollection", "geometries": [IN_BEIJING]},
        {"type": "FeatureCollection", "features": [feature(IN_BEIJING), feature(None)]},
        {**IN_BEIJING, "coordinates": [[[*position, 43.5] for position in IN_BEIJING["coordinates"][0]]]},
        {**IN_BEIJING, "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}},
        collection(IN_BEIJING, IN_BEIJING),
    ],
)
def test_every_form_of_one_square(tmp_path, document):
    area = read_area(written(tmp_path, document))
    assert area.equals(shapely.box(116.40, 39.92, 116.41, 39.93))
    assert not area.has_z
    assert units_touched(area, LOCATOR) == [("110101", pytest.approx(1.0))]


def test_a_byte_order_mark_is_read_over(tmp_path):
    assert read_area(written(tmp_path, IN_BEIJING, "utf-8-sig")).area > 0


BOW_TIE = {"type": "Polygon", "coordinates": [[[116, 39], [117, 40], [117, 39], [116, 40], [116, 39]]]}
LINE = {"type": "LineString", "coordinates": [[116, 39], [117, 40]]}


@pytest.mark.parametrize(
    ("document", "error", "words"),
    [
        ("", AreaError, "not JSON"),
        ("{not json", AreaError, "line 1, column 2"),
        ("[" * 100_000, AreaError, "too deeply"),
        ("1" * 5000, AreaError, "cannot be read as GeoJSON"),
        ("[]", AreaError, "must be an object"),
        ("{}", AreaError, "must have a type"),
        ({"type": "FeatureCollection"}, AreaError, "list of features"),
        ({"type": "FeatureCollection", "features": [1]}, AreaError, "must have a type"),
        (collection(), AreaError, "holds no polygon"),
        (feature(None), AreaError, "holds no polygon"),
        (LINE, AreaError, "holds a LineString"),
        (collection(IN_BEIJING, LINE), AreaError, "holds a LineString"),
        ({"type": "Point", "coordinates": [116, 39]}, AreaError, "holds a Point"),
        ({"type": "Polygon"}, AreaError, "has no coordinates: give it rings"),
        ({"type": "Polygon", "coordinates": []}, AreaError, "has no coordinates: give it rings"),
        ({"type": "Polygon", "coordinates": [[[116, 39], [117, 40]]]}, AreaError, "give four or more"),
        (
            {"type": "Polygon", "coordinates": [[["a", 39], [117, 40], [117, 39]]]},
            AreaError,
            "is not a position: write longitude and latitude",
        ),
        (
            {"type": "Polygon", "coordinates": [[[116], [117, 40], [117, 39]]]},
            AreaError,
            "is not a position: write longitude and latitude",
        ),
        ({"type": "Polygon", "coordinates": [[116, 39]]}, AreaError, "has no coordinates: give it rings"),
        (
            '{"type": "Polygon", "coordinates": [[[NaN, 39], [117, 40], [117, 39], [116, 39]]]}',
            AreaError,
            "is not a position",
        ),
        (
            '{"type": "Polygon", "coordinates": [[[1e999, 39], [117, 40], [117, 39], [116, 39]]]}',
            AreaError,
            "is not a position",
        ),
        (BOW_TIE, AreaError, r"Self-intersection near 116\.5 39\.5"),
        (
            {"type": "Polygon", "coordinates": [[[116, 39], [117, 40], [118, 41], [116, 39]]]},
            AreaError,
            "cannot be used",
        ),
        ({**IN_BEIJING, "crs": {"properties": {"name": "EPSG:3857"}}}, AreaError, "EPSG:3857: save it in WGS-84"),
        (square(12957000, 4852000, 12967000, 4862000), AreaError, "not in degrees"),
        (square(39.92, 116.39, 39.93, 116.40), SwappedCoordinatesError, r"longitude first, \[116\.39, 39\.92\]"),
        (square(2.2, 48.8, 2.4, 48.9), OutsideChinaError, "lies outside China"),
    ],
)
def test_each_fault_has_its_own_words(tmp_path, document, error, words):
    with pytest.raises(error, match=words) as refused:
        read_area(written(tmp_path, document))
    assert len(str(refused.value).splitlines()) == 1


def test_files_that_cannot_be_read(tmp_path, monkeypatch):
    with pytest.raises(AreaError, match="there is no file"):
        read_area(tmp_path / "none.geojson")
    with pytest.raises(AreaError, match="cannot be read"):
        read_area(tmp_path)
    binary = tmp_path / "shape.shp"
    binary.write_bytes(b"\x00\x00\x27\x0a\xff\xfe")
    with pytest.raises(AreaError, match="not text in UTF-8"):
        read_area(binary)
    monkeypatch.setattr(area_module, "LARGEST_FILE_BYTES", 10)
    with pytest.raises(AreaError, match=r"^site\.geojson has 0 MB, more than"):
        read_area(written(tmp_path, IN_BEIJING))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe of POSIX")
def test_of_a_pipe_no_more_is_read_than_a_file_may_hold(tmp_path, monkeypatch):
    """It says no size, as a device does, which may have no end."""
    monkeypatch.setattr(area_module, "LARGEST_FILE_BYTES", 100)
    for blanks, fits in ((0, True), (200, False)):
        pipe = tmp_path / f"pipe-{blanks}"
        os.mkfifo(pipe)
        content = (" " * blanks + json.dumps({"type": "Point", "coordinates": [116, 39]})).encode()
        writer = threading.Thread(target=lambda to=pipe, what=content: to.write_bytes(what))
        writer.start()
        with pytest.raises(AreaError, match="Point" if fits else "^pipe-200 has 0 MB, more than"):
            read_area(pipe)
        writer.join()


def test_rings_that_only_touch_themselves_are_mended():
    touching = [[116, 39], [117, 39], [117, 40], [116.5, 39], [116, 40], [116, 39]]  # the inner corner lies on a side
    area = area_of({"type": "Polygon", "coordinates": [touching]})
    assert area.is_valid
    assert area.area == pytest.approx(0.5)
    doubled = [[116, 39], [117, 39], [117, 39], [117, 40], [116, 40], [116, 39]]
    assert area_of({"type": "Polygon", "coordinates": [doubled]}).area == pytest.approx(1)


def test_overlapping_polygons_count_once():
    both = area_of({"type": "MultiPolygon", "coordinates": [square(116, 39, 117, 40)["coordinates"]] * 2})
    assert both.area == pytest.approx(1)


@settings(max_examples=40)
@given(st.floats(80, 125), st.floats(22, 46), st.floats(0.001, 2), st.floats(0.001, 2))
def test_shares_add_up_to_one(west, south, width, height):
    box = shapely.box(west, south, west + width, south + height)
    try:
        touched = units_touched(box, LOCATOR)
    except OutsideChinaError:
        assert all(not box.intersects(LOCATOR.geometry(code)) for code in LOCATOR.counties_in_box(*box.bounds))
        return
    shares = [share for _, share in touched]
    assert sum(shares) + outside_share(touched) == pytest.approx(1, abs=1e-9)
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share <= 1 for share in shares)


def test_shares_are_of_the_geodesic_area():
    county, other = LOCATOR.geometry("130629"), LOCATOR.geometry("130638")  # 容城 and 雄县, side by side
    touched = units_touched(shapely.union(county, other), LOCATOR)
    areas = [area_and_perimeter(one)[0] for one in (county, other)]
    assert dict(touched) == {
        "130629": pytest.approx(areas[0] / sum(areas), abs=1e-5),
        "130638": pytest.approx(areas[1] / sum(areas), abs=1e-5),
    }


def test_a_county_that_was_exported_with_six_decimals_touches_itself_alone():
    for code in ("130606", "110101", "310115"):
        rounded = shapely.set_precision(LOCATOR.geometry(code), 1e-6)
        touched = units_touched(rounded, LOCATOR)
        assert [one for one, _ in touched] == [code]


@pytest.mark.parametrize("little", [0, 3_000, 10**9])
def test_an_area_is_cut_by_halves_to_the_same_shares(monkeypatch, little):
    """A comb of 200 teeth over 69 counties: halved to the last county, in part or never."""
    monkeypatch.setattr(area_pieces, "_LITTLE", little)
    teeth = [(119.5 + 0.015 * number, 31.5 if number % 2 else 30.0) for number in range(201)]
    comb = shapely.Polygon([(119.5, 29.9), *teeth, (122.5, 29.9)])
    touched = dict(units_touched(comb, LOCATOR))
    whole = area_and_perimeter(shapely.segmentize(comb, 0.005))[0]
    inside = {code: comb.intersection(LOCATOR.geometry(code)) for code in LOCATOR.counties_in_box(*comb.bounds)}
    expected = {code: area_and_perimeter(shapely.segmentize(one, 0.005))[0] / whole for code, one in inside.items()}
    assert touched == pytest.approx({code: share for code, share in expected.items() if share > 1e-8}, abs=1e-7)
    assert len(touched) == 69


def test_each_piece_holds_all_of_the_area_in_the_box_of_its_row(monkeypatch):
    monkeypatch.setattr(area_pieces, "_LITTLE", 0)
    disc = shapely.Point(5, 5).buffer(4)
    boxes = np.array([(x, y, x + 1.5, y + 1) for x in range(10) for y in range(10)], float)
    pieces = dict(area_pieces.pieces_of(disc, boxes, range(100)))
    for row, box in enumerate(shapely.box(*boxes.T)):
        assert shapely.intersection(pieces.get(row, shapely.Polygon()), box).area == pytest.approx(
            shapely.intersection(disc, box).area
        )
    assert {row for row, box in enumerate(shapely.box(*boxes.T)) if shapely.intersects(disc, box)} <= set(pieces)


def test_what_lies_at_sea_is_reported():
    touched = units_touched(shapely.box(121.9, 30.9, 122.9, 31.0), LOCATOR)
    assert touched[0][0] == "310115"
    assert 0.9 < outside_share(touched) < 1
    inland = units_touched(shapely.box(116.0, 38.5, 116.1, 38.6), LOCATOR)
    assert outside_share(inland) == 0


def test_an_area_in_no_county_is_refused():
    with pytest.raises(OutsideChinaError, match="lies in no county"):
        units_touched(shapely.box(106.5, 47.5, 107, 48), LOCATOR)  # Ulaanbaatar: in the box around China


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "features", "geometry", "geometries", "coordinates", "crs"]), inner)
    ),
    max_leaves=20,
)
KINDS = st.sampled_from(["Feature", "FeatureCollection", "GeometryCollection", "Polygon", "MultiPolygon", "Point"])


@given(JSON, KINDS)
def test_any_document_is_an_area_or_one_clear_line(document, kind):
    for hostile in (document, {"type": kind, "coordinates": document, "features": document, "geometry": document}):
        try:
            area_of(hostile)
        except (AreaError, SwappedCoordinatesError, OutsideChinaError) as error:
            message = str(error)
        else:
            message = "one line"
        assert len(message.splitlines()) == 1


class TwoCounties:
    """A locator of two made-up counties that meet at 116° of longitude."""

    boxes = {"110101": shapely.box(115, 38, 116, 39), "110102": shapely.box(116, 38, 117, 39)}  # noqa: RUF012

    def counties_in_box(self, *_):
        return list(self.boxes)

    def geometry(self, code):
        return self.boxes[code]


@pytest.mark.parametrize(("metres", "touched"), [(0.1, 1), (0.3, 2), (0.5, 2)])
def test_a_strip_counts_from_two_tenths_of_a_metre_on(metres, touched):
    # At latitude 38.55, one degree of longitude is 87.2 km.
    area = shapely.box(115.9, 38.5, 116 + metres / 87_200, 38.6)
    found = units_touched(area, TwoCounties())
    assert [code for code, _ in found] == ["110101", "110102"][:touched]
    assert sum(share for _, share in found) == pytest.approx(1, abs=1e-12)

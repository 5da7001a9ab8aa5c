"""Maps as scripts: nothing from outside, nothing that a value could run, small enough, and told apart when changed."""

from __future__ import annotations

import gzip
import itertools
import json
import re
from pathlib import Path

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from regionmap.api import Regionmap
from regionmap.errors import InputError
from regionmap.model import Action
from regionmap.output import display, map_files, maps, patterns, tiles
from regionmap.output.escape import escaped
from regionmap.web import service
from regionmap.web.parts import regions as region_views
from regionmap.web.parts import rulings_view
from tests.web.harness import script_size

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "${alert(1)}",
    "`+alert(1)+`",
    "'\"\\",
    "{{ this }} {% raw %}",
    "{{'alert'}}",
    "javascript:alert(1)//",
    "a_div_b",
    "\u202e\x00\n\u2028",
]
PLAIN_HTML = re.compile(r"(?:[^<>&'\"`\\${}_]|&#\d+;)*")


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_text(value: str) -> None:
    made = escaped(value)
    assert PLAIN_HTML.fullmatch(made)
    assert "script>" not in made


@given(st.text())
def test_every_escaped_value_is_plain(value: str) -> None:
    assert PLAIN_HTML.fullmatch(escaped(value))


@pytest.mark.parametrize("value", ["保定市", "工信部节〔2018〕136号 二（二）", "Xi'an", "「重点区域」"])
def test_ordinary_words_come_back(value: str) -> None:
    from html import unescape

    assert unescape(escaped(value)) == value


def hostile_layer(value: str) -> maps.Layer:
    return maps.Layer(
        name="x",
        areas=[maps.Area("110000", "a", (value, value))],
        styles={"a": maps.Style("#ffffff")},
        labels=[maps.Label(value, 100.0, 30.0)],
    )


@pytest.mark.parametrize("value", HOSTILE[:5])
def test_hostile_values_stay_text_in_a_script(value: str) -> None:
    script = group_script(hostile_layer(value))
    assert value not in script
    assert script.count(escaped(value)) == 3  # two lines of the tooltip and a label


def base() -> folium.Map:
    return maps.base_map()


def group_script(layer: maps.Layer) -> str:
    made = base()
    made.get_root().render()
    _get_map_string(made)
    return _get_feature_group_string(maps.feature_group(layer), map=made)


def rules_layer(rm: Regionmap, day: str, province: str = "", language: str = "zh") -> maps.Layer:
    import datetime as dt

    on = dt.date.fromisoformat(day)
    return rulings_view.rulings_view(rm, "steel", Action.NEW, on, province, language).layer


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_national_view_is_small(rm: Regionmap, language: str) -> None:
    layer = rules_layer(rm, "2019-06-01", language=language)
    assert script_size(base(), [maps.feature_group(layer)]) < 16_000


@pytest.mark.parametrize("province", ["510000", "650000", "130000"])
def test_a_change_in_a_province_sends_little(rm: Regionmap, province: str) -> None:
    assert len(group_script(rules_layer(rm, "2019-06-01", province)).encode()) < 24_000


def test_no_shape_of_a_unit_is_in_a_message(rm: Regionmap) -> None:
    script = script_size(base(), [maps.feature_group(rules_layer(rm, "2019-06-01", "130000"))])
    assert script < 24_000
    assert "coordinates" not in group_script(rules_layer(rm, "2019-06-01", "130000"))


def test_nothing_on_a_map_comes_from_another_machine(rm: Regionmap) -> None:
    made, group = base(), maps.feature_group(rules_layer(rm, "2019-06-01"))
    group.add_to(made)
    links = [
        link for one in walk(made) for _, link in (*getattr(one, "default_js", []), *getattr(one, "default_css", []))
    ]
    assert links
    assert all(link.startswith("../") for link in links)
    assert "http://" not in made.get_root().render().replace("http://www.w3.org/2000/svg", "")


def walk(one: object) -> list[object]:
    return [one, *(deep for child in getattr(one, "_children", {}).values() for deep in walk(child))]


def test_the_base_map_is_the_same_on_every_run() -> None:
    scripts = []
    for _ in range(2):
        made = base()
        made.get_root().render()
        scripts.append(generate_js_hash(_get_map_string(made), "national"))
    assert scripts[0] == scripts[1]


def test_layers_of_two_dates_differ_in_what_is_compared(rm: Regionmap) -> None:
    assert group_script(rules_layer(rm, "2019-06-01")) != group_script(rules_layer(rm, "2001-06-01"))


def test_every_prefecture_level_unit_has_a_shape(rm: Regionmap) -> None:
    drawn = set(display.prefectures().geometries)
    assert {one.code for one in rm.gazetteer.prefecture_level_units()} == drawn


def test_every_county_has_a_shape(rm: Regionmap) -> None:
    for province in display.provinces().geometries:
        assert set(rm.gazetteer.counties(province)) == set(display.counties(province).geometries)


def test_the_dashed_line_is_on_every_national_map() -> None:
    kinds = {one["kind"] for one in display.lines().properties.values()}
    assert "south_china_sea_dashes" in kinds
    assert kinds == set(map_files.LINE_STYLES)
    assert "south_china_sea_dashes" in served(map_files.BASE)


def rendered(made: folium.Map) -> folium.Map:
    made.get_root().render()
    return made


def test_the_attribution_stands_on_the_map() -> None:
    assert "天地图（国家地理信息公共服务平台）, 2024" in served("map.js")


def served(name: str) -> str:
    return (map_files.folder() / map_files.hashed(name)).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [display.PREFECTURES, "counties-130000", "counties-820000"])
def test_a_file_holds_the_shapes_it_is_made_from(name: str) -> None:
    packed = json.loads(served(name))
    shapes = display.read(name).geometries
    assert set(packed["areas"]) == set(shapes) == set(packed["titles"])
    for code, geometry in shapes.items():
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for polygon, steps in zip(polygons, packed["areas"][code], strict=True):
            for ring, flat in zip(polygon, steps, strict=True):
                at = list(itertools.accumulate(zip(flat[::2], flat[1::2], strict=True), add))
                assert len(at) == len(ring)
                for (lon, lat), (x, y) in zip(ring, at, strict=True):
                    assert abs(x / packed["scale"] - lon) <= 0.5001 / packed["scale"]
                    assert abs(y / packed["scale"] - lat) <= 0.5001 / packed["scale"]


def add(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def test_the_name_of_a_file_follows_its_contents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A browser keeps a file for ever: another shape must have another name, the same shape the same."""
    monkeypatch.setattr(map_files, "folder", lambda: tmp_path / "served")
    (tmp_path / "served").mkdir()
    source = tmp_path / "counties-820000.json.gz"
    found = display.source
    original = found("counties-820000").read_bytes()
    monkeypatch.setattr(display, "source", lambda name: source if name == "counties-820000" else found(name))
    monkeypatch.setattr(display, "checked", lambda path, root: path)  # the other shape has no digest
    names = []
    for contents in (original, gzip.compress(gzip.decompress(original).replace(b"113.5", b"113.4")), original):
        source.write_bytes(contents)
        display.titles.cache_clear()
        map_files.hashed.cache_clear()
        names.append(map_files.hashed("counties-820000"))
        assert (tmp_path / "served" / names[-1]).is_file()
    assert names[0] == names[2] != names[1]
    assert all(re.fullmatch(r"counties-820000\.[0-9a-f]{12}\.json", name) for name in names)
    display.titles.cache_clear()
    map_files.hashed.cache_clear()


def test_where_nothing_can_be_kept_the_files_are_served_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    made = map_files.folder.__wrapped__()
    assert made.is_dir()
    assert "regionmap" in made.name
    made.rmdir()


def test_the_first_line_of_a_tooltip_is_told_as_a_number(rm: Regionmap) -> None:
    areas = [maps.Area("130600", "a", ("保定市 · 河北省", "x")), maps.Area("110000", "a", ("北京市", "x"))]
    told = maps._told(maps.Layer(name="x", areas=areas, styles={"a": maps.Style("#ffffff")}))
    assert [one[1] for one in told["looks"]] == [(2, "x"), (0, "x")]
    titles = json.loads(served(display.PREFECTURES))["titles"]
    assert [titles["130600"][2], titles["110000"][0]] == ["保定市 · 河北省", "北京市"]


def test_no_popup_and_no_colormap(rm: Regionmap) -> None:
    made = base()
    maps.feature_group(rules_layer(rm, "2019-06-01")).add_to(made)
    names = {type(one).__name__ for one in walk(made)}
    assert not names & {"Popup", "GeoJsonPopup", "LinearColormap", "StepColormap", "Marker", "Tooltip"}


def test_tiles_are_off_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tiles.tile_layers("") == []
    key = tiles.tile_layers("0123456789abcdef0123456789ABCDEF")
    assert [("tianditu.gov.cn" in one.tiles) for one in key] == [True, True]
    assert tiles.tile_layers("https://tiles.example.org/{z}/{x}/{y}.png")[0].tiles.startswith(
        "https://tiles.example.org/"
    )
    monkeypatch.setenv("REGIONMAP_TILES", "https://tiles.example.org/{z}/{x}/{y}.png")
    assert "tiles.example.org" in _get_map_string(rendered(base()))


@pytest.mark.parametrize("setting", ["yes", "https://tiles.example.org/", "ftp://a/{x}/{y}/{z}", "abc123"])
def test_a_tile_setting_that_is_neither_is_refused(setting: str) -> None:
    with pytest.raises(InputError, match="REGIONMAP_TILES"):
        tiles.tile_layers(setting)


def test_colours_are_told_apart_in_grey() -> None:
    """The verdicts' colours differ in lightness, so that they differ without colour too; patterns help beside."""
    light = {name: lightness(one.colour) for name, one in patterns.PATTERNS.items()}
    assert light["prohibited"] + 0.2 < light["restricted"]
    assert light["encouraged"] + 0.05 < light["discouraged"]
    drawings = [
        one.drawing
        for name, one in patterns.PATTERNS.items()
        if name not in {"prohibited", "no_rule", "discouraged-lapsed"}
    ]
    assert len(set(drawings)) == len(drawings) - 1  # what is unclear and what lapsed share their dots


def lightness(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_region_by_its_list_on_a_date(rm: Regionmap) -> None:
    import datetime as dt

    view = region_views.regions_view(rm, "key-region", dt.date(2019, 6, 1), "", "zh")
    fenwei = {row.unit.code for row in view.rows if row.says.zh == "汾渭平原"}
    assert "610500" in fenwei
    assert {"610403", "610581"} & fenwei or {"610400", "610500"} <= fenwei
    assert not region_views.regions_view(rm, "key-region", dt.date(2001, 1, 1), "", "zh").rows


def test_a_missing_file_of_shapes_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    with pytest.raises(InputError, match="counties-999999"):
        display.counties("999999")
    assert display.holder("999999") is None
    assert display.bounds(["999999"]) is None


def test_base_maps_are_made_anew(rm: Regionmap) -> None:
    assert service.national_base() is not service.national_base()
    assert map_files.CHINA == (73.4, 3.3, 135.2, 53.7)

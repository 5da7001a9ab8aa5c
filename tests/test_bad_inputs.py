"""Bad inputs: one line in the chosen language that names what is wrong and what would be right; no traceback."""

from __future__ import annotations

import datetime as dt
import json
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point

import regionmap
import regionmap.cli.commands as cli
from regionmap.api import Regionmap
from tests.bad_inputs import BAD_COMMANDS, FILES

ENGLISH = re.compile(
    r"\b(the|is|are|no|not|none|of|or|and|give|must|has|such|as|did|you|mean|choose|from|with|called|cannot|be|read|"
    r"name|named|write|written|needs|takes|add|leave|out|there|found|see|it|save|again|first|value|longitude|latitude)\b",
    re.IGNORECASE,
)
HAN = re.compile("[\u4e00-\u9fff]")
NAMES = re.compile(r"“[a-z_,/*.]+”|'[^']*'|\w+\.csv|--[a-z-]+|<[a-z]+>|[a-z]+(?:-[a-z]+)+|[a-z]+_[a-z]+")
"""Commands, options, ids and values, which are the same in every language."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("bad")
    for name, content in FILES.items():
        (made / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return made


@pytest.fixture
def run(capsys, folder, monkeypatch, rm):
    monkeypatch.chdir(folder)
    load = Regionmap.load
    monkeypatch.setattr(Regionmap, "load", lambda catalogue=None: rm if catalogue is None else load(catalogue))

    def call(arguments: list[str], language: str) -> tuple[int, str, str]:
        monkeypatch.setenv("REGIONMAP_LANG", language)
        status = cli._run(arguments)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def told(line: str, arguments: list[str]) -> str:
    """Return a message without what the user gave and without names that are the same in both languages."""
    for given in sorted(arguments, key=len, reverse=True):
        line = line.replace(given, " ") if given.strip() else line
    return NAMES.sub(" ", line.removeprefix("regionmap:"))


def test_the_table_is_long_enough():
    assert len(BAD_COMMANDS) >= 110
    assert len({tuple(arguments) for arguments, _ in BAD_COMMANDS}) == len(BAD_COMMANDS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("arguments", "words"), BAD_COMMANDS, ids=[" ".join(one)[:60] for one, _ in BAD_COMMANDS])
def test_a_command_says_in_one_line_what_is_wrong(run, arguments, words, language):
    status, out, err = run(arguments, language)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("regionmap: ")
    assert "Traceback" not in err
    for word in words:
        assert word in err, err
    if language == "zh":
        assert HAN.search(told(err, arguments)), err
        assert ENGLISH.search(told(err, arguments)) is None, err
    else:
        assert ENGLISH.search(err), err
        assert not re.search("[，。：；？]", told(err, arguments)), err


def test_a_language_named_on_the_command_line_comes_before_the_environment(run):
    assert HAN.search(run(["lookup", "Atlantis", "--lang", "zh"], "en")[2])
    assert not HAN.search(run(["regions", "nowhere", "--lang=en"], "zh")[2])
    assert "选项" in run(["lookup", "x", "--nothing"], "")[2]


POLYGON = {"type": "Polygon", "coordinates": [[[115, 38], [116, 38]]]}
FRAME = pd.DataFrame({"place": ["保定市"]})
POINTS = gpd.GeoDataFrame(FRAME, geometry=gpd.points_from_xy([115.47], [38.87]), crs="EPSG:4326")
BAD_CALLS = [
    ("check", ("保定",), {"industry": None}, "industry"),
    ("check", ("保定",), {"industry": 3110}, "industry"),
    ("check", ("保定",), {"industry": ["钢铁"]}, "industry"),
    ("check", ("保定",), {"industry": np.array(["钢铁"])}, "industry"),
    ("check", (130600,), {"industry": "钢铁"}, "130600"),
    ("check", (np.array([130600]),), {"industry": "钢铁"}, "place"),
    ("check", (float("nan"),), {"industry": "钢铁"}, "place"),
    ("check", (["保定"],), {"industry": "钢铁"}, "place"),
    ("check", (b"\xe4",), {"industry": "钢铁"}, "place"),
    ("check", (), {"industry": "钢铁"}, "lon="),
    ("check", ("保定",), {"industry": "钢铁", "lon": 115, "lat": 38}, "area="),
    ("check", ("保定",), {"industry": "钢铁", "datum": "gcj02"}, "datum="),
    ("check", ("保定",), {"industry": "钢铁", "datum": "wgs72"}, "gcj02"),
    ("check", (), {"industry": "钢铁", "area": "site.wkt", "datum": "bd09"}, "WGS-84"),
    ("lookup", ("130600",), {"datum": "bd09"}, "datum="),
    ("screen", (POINTS,), {"industry": "钢铁", "datum": "gcj02"}, "datum="),
    ("check", ("保定",), {"industry": "钢铁", "radius_m": 5}, "lon="),
    ("check", (), {"industry": "钢铁", "lon": 115.4, "lat": 38.8, "radius_m": "wide"}, "radius_m=30000"),
    ("check", (), {"industry": "钢铁", "lon": 115.4, "lat": 38.8, "radius_m": True}, "radius_m=30000"),
    ("check", (), {"industry": "钢铁", "lon": 115.4, "lat": 38.8, "radius_m": 1e9}, "200"),
    ("check", (), {"industry": "钢铁", "lon": 115.4}, "lat=38.87"),
    ("check", (), {"industry": "钢铁", "lon": True, "lat": 38}, "longitude"),
    ("check", (), {"industry": "钢铁", "lon": [115], "lat": 38}, "longitude"),
    ("check", (), {"industry": "钢铁", "lon": np.array([115.0, 116.0]), "lat": 38}, "longitude"),
    ("check", (), {"industry": "钢铁", "lon": 38.87, "lat": 115.46}, "lon=115.46 lat=38.87"),
    ("check", (), {"industry": "钢铁", "lon": 115.4, "lat": 38.8, "datum": None}, "gcj02"),
    ("check", (), {"industry": "钢铁", "lon": 115.4, "lat": 38.8, "datum": 4326}, "gcj02"),
    ("check", (), {"industry": "钢铁", "area": 5}, "5 is not an area: give GeoJSON"),
    ("check", (), {"industry": "钢铁", "area": True}, "True is not an area"),
    ("check", (), {"industry": "钢铁", "area": float("nan")}, "nan is not an area"),
    ("check", (), {"industry": "钢铁", "area": [115, 38]}, "[115, 38] is not an area"),
    ("check", (), {"industry": "钢铁", "area": [0] * 99}, "this list is not an area"),
    ("check", (), {"industry": "钢铁", "area": b"x"}, "b'x' is not an area"),
    ("check", (), {"industry": "钢铁", "area": np.array([115, 38])}, "this ndarray is not an area"),
    ("check", (), {"industry": "钢铁", "area": FRAME}, "this DataFrame is not an area"),
    ("check", (), {"industry": "钢铁", "area": POINTS}, "Polygons"),
    ("check", (), {"industry": "钢铁", "area": POINTS.geometry.iloc[:0]}, "no polygon"),
    ("check", (), {"industry": "钢铁", "area": {}}, "type"),
    ("check", (), {"industry": "钢铁", "area": " "}, "empty"),
    ("check", (), {"industry": "钢铁", "area": "POINT (115 38)"}, "POLYGON"),
    ("check", (), {"industry": "钢铁", "area": "x" * 5000}, "too long"),
    ("check", (), {"industry": "钢铁", "area": POLYGON}, "four"),
    ("check", (), {"industry": "钢铁", "area": "no-such-file.kml"}, "no-such-file.kml"),
    ("check", (), {"industry": "钢铁", "area": {"type": "Polygon", "coordinates": [[object()]]}}, "GeoJSON"),
    ("check", ("保定",), {"industry": "钢铁", "action": None}, "move_in"),
    ("check", ("保定",), {"industry": "钢铁", "action": 1}, "move_in"),
    ("check", ("保定",), {"industry": "钢铁", "on": 2019}, "is not one day"),
    ("check", ("保定",), {"industry": "钢铁", "on": pd.NaT}, "2019-06-01"),
    ("check", ("保定",), {"industry": "钢铁", "on": np.datetime64("NaT", "D")}, "2019-06-01"),
    ("check", ("保定",), {"industry": "钢铁", "on": dt.datetime(1948, 6, 1, 8)}, "1949-01-01"),
    ("check", ("保定",), {"industry": "钢铁", "on": 43617.5}, "serial number"),
    ("check", ("保定",), {"industry": "钢铁", "on": pd.Series(["2019-06-01"])}, "2019-06-01"),
    ("check", ("保定",), {"industry": "钢铁", "on": dt.time(3)}, "2019-06-01"),
    ("check", ((115.46, 38.87),), {"industry": "钢铁"}, "lon=115.46 and lat=38.87"),
    ("check", ([38.87, 115.46],), {"industry": "钢铁"}, "lon=115.46 and lat=38.87"),
    ("check", (np.array([115.46, 38.87]),), {"industry": "钢铁"}, "lon=115.46 and lat=38.87"),
    ("check", (Point(115.46, 38.87),), {"industry": "钢铁"}, "lon=115.46 and lat=38.87"),
    ("check", (["保定", "石家庄"],), {"industry": "钢铁"}, "lon= and lat="),
    ("check", ((),), {"industry": "钢铁"}, "lon= and lat="),
    ("lookup", ((115.46, 38.87),), {}, "lon=115.46 and lat=38.87"),
    ("lookup", ((float("nan"), 38.87),), {}, "lon="),
    ("lookup", (None,), {}, "lon="),
    ("lookup", (0,), {}, "place"),
    ("lookup", ("保定",), {"on": []}, "2019-06-01"),
    ("rules", (5,), {}, "words to search for"),
    ("rules", (), {"industry": 5}, "industry"),
    ("rules", (), {"place": 5}, "place"),
    ("rules", (), {"source": 5}, "document"),
    ("rules", (), {"effect": 5}, "prohibit"),
    ("rules", (), {"on": float("nan")}, "2019-06-01"),
    ("overview", (None,), {}, "industry"),
    ("overview", ("钢铁",), {"action": "build"}, "move_in"),
    ("transfer", (None,), {"industry": "纺织"}, "place"),
    ("transfer", ("上海",), {"industry": None}, "industry"),
    ("history", (None, "2018-01-01", "2019-01-01"), {}, "region"),
    ("history", ("fenwei-plain", None, "2019-01-01"), {}, "2019-06-01"),
    ("history", ("fenwei-plain", "2019-01-01", "2018-01-01"), {}, "earlier"),
    ("region", (["fenwei-plain"],), {}, "region"),
    ("region_area", ("fenwei-plain", 5), {}, "2019-06-01"),
    ("definition", ("",), {}, "region"),
    ("source", (None,), {}, "document"),
    ("programme", (7,), {}, "pilot programme"),
    ("subject", (None,), {}, "industry"),
    ("unit", (None,), {}, "place"),
    ("rulings", (["130600", "139999"], "钢铁"), {}, "139999"),
    ("rulings", ("130600", "钢铁"), {}, "list"),
    ("rulings", ([130600], "钢铁"), {}, "130600"),
    ("pilots", (5,), {}, "place"),
    ("parks", ("Atlantis",), {}, "Atlantis"),
    ("destinations", (None,), {}, "place"),
    ("coming", ("保定", "soon"), {}, "soon"),
    ("layer", ("rivers",), {}, "units"),
    ("layer", (None,), {}, "units"),
    ("layer", ("transfer-destinations",), {}, "industry='纺织'"),
    ("screen", ([1, 2],), {}, "[1, 2] is not a table: give a pandas DataFrame"),
    ("screen", (FRAME,), {}, "columns={'industry': …}"),
    ("screen", (FRAME.rename(columns={"place": "a"}),), {"industry": "钢铁"}, "columns={'place': …}"),
    ("screen", (FRAME,), {"industry": 5}, "industry"),
    ("screen", (FRAME,), {"industry": "钢铁", "columns": {"place": "town"}}, "town"),
    ("screen", (FRAME,), {"industry": "钢铁", "columns": {"town": "place"}}, "town"),
    ("screen", (FRAME,), {"industry": "钢铁", "on": "soon"}, "soon"),
    ("map", ("钢铁",), {"province": "Atlantis"}, "Atlantis"),
    ("map", ("钢铁",), {"sites": [1]}, "GeoDataFrame"),
]


@pytest.fixture(scope="module")
def notebook():
    return regionmap.load()


@pytest.mark.parametrize(("method", "arguments", "named", "words"), BAD_CALLS)
def test_python_says_what_is_wrong_and_calls_arguments_as_python_does(notebook, method, arguments, named, words):
    with pytest.raises(regionmap.InputError) as caught:
        getattr(notebook, method)(*arguments, **named)
    message = str(caught.value)
    assert words in message
    assert len(message) < 500
    assert "\n" not in message
    assert "--" not in message
    assert HAN.search(caught.value.text.zh)


def test_an_area_may_be_text_of_any_form(notebook):
    ring = [[115, 40], [116.5, 40], [116.5, 40.8], [115, 40.8], [115, 40]]
    words = ", ".join(f"{x} {y}" for x, y in ring)
    kml = (
        "<kml><Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></outerBoundaryIs>"
        "</Polygon></kml>"
    )
    texts = [
        json.dumps({"type": "Polygon", "coordinates": [ring]}),
        f"POLYGON (({words}))",
        kml.format(" ".join(f"{x},{y}" for x, y in ring)),
    ]
    found = [notebook.check(area=text, industry="钢铁", on="2019-06-01").shares for text in texts]
    assert len(found[0]) > 2
    assert found[0] == found[1] == found[2]


def test_chinese_words_in_a_chinese_sentence_have_no_blanks_around_them(notebook):
    with pytest.raises(regionmap.InputError) as caught:
        notebook.check(area={"type": "FeatureCollection", "features": []}, industry="钢铁")
    assert caught.value.text.zh.startswith("该区域中没有多边形")


def test_an_error_is_the_same_after_a_journey_to_another_process(notebook):
    import pickle

    with pytest.raises(regionmap.InputError) as caught:
        notebook.check("保丁市", industry="钢铁")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert isinstance(copy, regionmap.InputError)
    assert (str(copy), copy.text) == (str(caught.value), caught.value.text)

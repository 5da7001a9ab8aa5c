"""A published folder, served by pygeoapi on loopback: every collection answers with what its file holds."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import yaml

import regionmap.cli.commands as cli
from regionmap.errors import InputError
from regionmap.publish.moments import read_moments

pytest.importorskip("pygeoapi", reason="the extra regionmap[publish] is not installed")

from regionmap.publish.collections import collections
from regionmap.publish.folder import publish

DAY = dt.date(2024, 6, 1)
COLLECTIONS = (
    "units", "key-regions", "key-basins", "restricted-capacity", "pilots",
    "restricted-capacity-textile", "transfer-destinations-textile-2024-06-01",
)  # fmt: skip
BAODING = (115.4, 38.8, 115.6, 39.0)


@pytest.fixture(scope="module")
def published(rm, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "served"
    publish(rm, folder, days=[DAY], industries=["纺织"], url="http://127.0.0.1:5000")
    return folder


@pytest.fixture(scope="module")
def address(published):
    """pygeoapi's own application, which reads where its files are from the environment when it is imported."""
    files = {"PYGEOAPI_CONFIG": "pygeoapi-config.yml", "PYGEOAPI_OPENAPI": "pygeoapi-openapi.yml"}
    os.environ.update({name: str(published / file) for name, file in files.items()})
    from pygeoapi.flask_app import APP
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, APP, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    for name in files:
        del os.environ[name]


@pytest.fixture(scope="module")
def ask(address):
    def call(path: str, status: int = 200, **parameters: Any) -> dict[str, Any]:
        asked = urlencode(parameters | {"f": "json"})
        try:
            with urllib.request.urlopen(f"{address}/{quote(path)}?{asked}") as answer:  # noqa: S310
                code, body = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                code, body = error.code, error.read()
        assert code == status, body[:500]
        return json.loads(body)

    return call


@pytest.fixture(scope="module")
def files(published) -> dict[str, gpd.GeoDataFrame]:
    return {name: gpd.read_parquet(published / "layers" / f"{name}.parquet") for name in COLLECTIONS}


def matched(ask, name: str, **parameters: Any) -> int:
    return ask(f"collections/{name}/items", resulttype="hits", **parameters)["numberMatched"]


def test_collections_have_titles_in_both_languages_extents_and_queryables(ask, files):
    zh = {one["id"]: one for one in ask("collections", lang="zh")["collections"]}
    en = {one["id"]: one for one in ask("collections", lang="en")["collections"]}
    assert set(zh) == set(en) == set(COLLECTIONS)
    assert (zh["key-regions"]["title"], en["key-regions"]["title"]) == ("重点区域", "Key regions")
    assert zh["transfer-destinations-textile-2024-06-01"]["title"] == "承接产业转移的地方：纺织（2024-06-01）"
    for name, file in files.items():
        queryables = ask(f"collections/{name}/queryables")["properties"]
        assert set(queryables) == {"geometry", *file.columns} - {"bbox"}
        west, south, east, north = zh[name]["extent"]["spatial"]["bbox"][0]
        assert shapely.box(west, south, east, north).contains(shapely.box(*file.total_bounds))
    assert queryables["in_force_from"]["format"] == "date"
    assert queryables["part"]["type"] == "boolean"
    first = min(files["key-regions"].in_force_from)
    begin, end = zh["key-regions"]["extent"]["temporal"]["interval"][0]
    assert (begin[:10], end) == (first.isoformat(), None)
    assert "temporal" not in zh["units"]["extent"]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_paging_gives_every_feature_once_under_its_key(ask, files, name):
    found: list[str] = []
    while True:
        page = ask(f"collections/{name}/items", offset=len(found), limit=500, skipGeometry="true")
        assert page["numberMatched"] == len(files[name])
        found += [one["id"] for one in page["features"]]
        if "next" not in {one["rel"] for one in page["links"]}:
            break
    assert found == list(files[name]["id"])


@pytest.mark.parametrize("name", COLLECTIONS)
def test_single_items_are_those_of_the_file(ask, files, name):
    file = files[name]
    chosen = {0, len(file) // 2, len(file) - 1, *file.index[file.geometry.isna()][:1]}
    for row in file.iloc[sorted(chosen)].itertuples():
        item = ask(f"collections/{name}/items/{row.id}")
        assert (item["id"], item["properties"]["name"]) == (row.id, row.name if pd.notna(row.name) else None)
        if row.geometry is None:
            assert item["geometry"] is None
        else:
            drawn = shapely.geometry.shape(item["geometry"])
            assert drawn.geom_type == row.geometry.geom_type
            assert drawn.bounds == pytest.approx(row.geometry.bounds, abs=1e-6)
            assert drawn.area == pytest.approx(row.geometry.area, rel=1e-5)
    ask(f"collections/{name}/items/nothing/of/this/key", status=404)


@pytest.mark.parametrize("name", COLLECTIONS)
@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("2018-01-01/..", "2018-01-01", None),
        ("../2016-12-31", None, "2016-12-31"),
        ("2019-06-01", "2019-06-01", "2019-06-01"),
        ("2019-06-01T12:00:00Z", "2019-06-01", "2019-06-01"),
        ("2017-01-01/2018-06-30", "2017-01-01", "2018-06-30"),
    ],
)
def test_datetime_keeps_what_is_in_force_on_a_day_of_it(ask, files, name, asked, begin, end):
    file = files[name]
    expected = len(file)
    if "in_force_from" in file:
        first, last = (pd.to_datetime(file[one]) for one in ("in_force_from", "in_force_until"))
        kept = pd.Series(True, file.index)
        if end is not None:
            kept &= ~(first > pd.Timestamp(end))
        if begin is not None:
            kept &= ~(last < pd.Timestamp(begin))
        expected = int(kept.sum())
    assert matched(ask, name, datetime=asked) == expected


def test_datetime_parts_the_lists_of_a_region(ask):
    """京津冀及周边 had a list of 2013 and others after it; on a day there is one."""
    days = {
        one["properties"]["in_force_from"]
        for one in ask(
            "collections/key-regions/items", region="jing-jin-ji-surroundings", datetime="2014-06-01", limit=500
        )["features"]
    }
    assert days == {"2013-09-17"}


@pytest.mark.parametrize("name", COLLECTIONS)
def test_bbox_keeps_what_the_box_meets_by_the_true_shape(ask, files, name):
    file = files[name]
    assert matched(ask, name, bbox=",".join(map(str, BAODING))) == int(file.intersects(shapely.box(*BAODING)).sum())


def test_bbox_goes_by_the_shape_and_not_by_its_box(ask, files):
    """The box of Hebei holds all of Beijing; the box below lies in Beijing alone."""
    inside = (116.35, 39.9, 116.4, 39.95)
    names = {one["properties"]["name"] for one in ask(
        "collections/units/items", bbox=",".join(map(str, inside)), level="province", skipGeometry="true"
    )["features"]}  # fmt: skip
    assert names == {"北京市"}
    boxes = files["units"].bounds
    around = files["units"][(boxes.minx < 116.35) & (boxes.maxx > 116.4) & (boxes.miny < 39.9) & (boxes.maxy > 39.95)]
    assert "河北省" in set(around.name)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_properties_filter_by_text_day_and_flag(ask, files, name):
    file = files[name]
    assert matched(ask, name, code="130600") == int((file.code == "130600").sum())
    if "part" in file:
        assert matched(ask, name, part="true") == int(file.part.fillna(False).astype(bool).sum())
    if "in_force_from" in file:
        day = file.in_force_from.dropna().iloc[0]
        assert matched(ask, name, in_force_from=day.isoformat()) == int((file.in_force_from == day).sum()) > 0


def test_filters_add_up_and_answers_are_sorted(ask, files):
    page = ask(
        "collections/restricted-capacity/items", code="130600", datetime="2019-06-01", limit=100,
        sortby="-in_force_from,provision", properties="provision,in_force_from", skipGeometry="true",
    )  # fmt: skip
    found = [(one["properties"]["in_force_from"], one["properties"]["provision"]) for one in page["features"]]
    file = files["restricted-capacity"]
    day = pd.Timestamp("2019-06-01")
    kept = file[
        (file.code == "130600")
        & (pd.to_datetime(file.in_force_from) <= day)
        & ~(pd.to_datetime(file.in_force_until) < day)
    ]
    expected = [(row.in_force_from.isoformat(), row.provision) for row in kept.itertuples()]
    expected.sort(key=lambda one: one[1])
    expected.sort(key=lambda one: one[0], reverse=True)
    assert found == expected
    assert len(found) > 1
    assert set(page["features"][0]["properties"]) == {"provision", "in_force_from"}


def test_rows_without_a_shape_are_served(ask, files):
    file = files["pilots"]
    keys = set(file.id[file.geometry.isna()])
    assert keys
    features = ask("collections/pilots/items", limit=500)["features"]
    assert {one["id"] for one in features if one["geometry"] is None} == keys


@pytest.mark.filterwarnings("ignore:The .shapely.ops.transform:DeprecationWarning")  # pygeoapi calls it
def test_another_crs_is_served(ask):
    key = "units/130600"
    plain = ask(f"collections/units/items/{key}")["geometry"]
    turned = ask(f"collections/units/items/{key}", crs="http://www.opengis.net/def/crs/EPSG/0/4326")["geometry"]
    (x, y), (lat, lon) = plain["coordinates"][0][0][:2], turned["coordinates"][0][0][:2]
    if isinstance(x, list):
        (x, y), (lat, lon) = x, lat
    assert (x, y) == pytest.approx((lon, lat), abs=1e-6)


def test_pages_for_people_are_served(address):
    for path in ("", "collections/pilots", "collections/pilots/items", "collections/units/items/units/130600"):
        with urllib.request.urlopen(f"{address}/{path}?f=html&lang=zh") as answer:  # noqa: S310
            page = answer.read().decode()
        assert "regionmap" in page if not path else "试点" in page or "保定市" in page


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"cod": "130600"}, "no property is called 'cod'"),
        ({"filter": "code = '130600'"}, "filter and q are not known here"),
        ({"q": "steel"}, "filter and q are not known here"),
        ({"part": "perhaps"}, "part=perhaps is not true or false"),
        ({"in_force_from": "2018"}, "in_force_from=2018 is not a day"),
        ({"datetime": "2020-01-01/2019-01-01"}, "ends before it begins"),
    ],
)
def test_what_is_not_known_is_refused_and_not_passed_over(ask, parameters, words):
    assert words in ask("collections/key-regions/items", status=400, **parameters)["description"]


def test_the_configuration_is_valid_and_names_no_place_of_this_machine(published):
    from pygeoapi.config import validate_config

    text = (published / "pygeoapi-config.yml").read_text("utf-8")
    assert validate_config(yaml.safe_load(text))
    assert str(published.parent) not in text + (published / "pygeoapi-openapi.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2018", ("2018-01-01", "2018-12-31")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2018/..", ("2018-01-01", None)),
        ("/2018-06", (None, "2018-06-30")),
        ("../..", (None, None)),
        ("2024-03-01T23:59:59.5+08:00", ("2024-03-01", "2024-03-01")),
    ],
)
def test_moments(text, days):
    assert tuple(one.isoformat() if one else None for one in read_moments(text)) == days


@pytest.mark.parametrize("text", ["", "..", "soon", "2018-13", "2018-02-30", "0000", "2018-01-01/x", "1/2/3"])
def test_what_is_no_moment_is_told(text):
    with pytest.raises(ValueError, match="is no day: write datetime="):
        read_moments(text)


def test_a_folder_of_other_files_stays_as_it_is(tmp_path, capsys):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear")
    assert cli._run(["publish", str(tmp_path / "letters"), "--lang", "en"]) == 2
    assert "holds other files: name a new folder" in capsys.readouterr().err
    assert cli._run(["publish", str(tmp_path / "none" / "here"), "--lang", "en"]) == 2
    assert "make it first" in capsys.readouterr().err
    assert [one.name for one in tmp_path.rglob("*")] == ["letters", "one.txt"]


def test_a_folder_is_whole_or_stays_as_it_was(rm, tmp_path, monkeypatch):
    from regionmap.output.formats import parquet

    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "regionmap.json").write_text("{}")
    write = parquet.write

    def full_disk(layer, path):
        if path.name.startswith("key-basins"):
            raise OSError(28, "No space left on device")
        write(layer, path)

    monkeypatch.setattr(parquet, "write", full_disk)
    with pytest.raises(InputError, match="the disk is full"):
        publish(rm, folder, days=[DAY], industries=[], url="http://127.0.0.1:5000")
    assert [one.name for one in tmp_path.rglob("*")] == ["served", "regionmap.json"]
    with pytest.raises(InputError, match="no such industry"):
        publish(rm, folder, days=[DAY], industries=["no such industry"], url="http://127.0.0.1:5000")
    assert [one.name for one in tmp_path.rglob("*")] == ["served", "regionmap.json"]


def test_a_folder_is_published_though_nobody_hears_of_it(tmp_path, monkeypatch):
    done = []

    def quick(rm, folder, *, told, **_):
        for name in COLLECTIONS:
            told(name, 1)
        done.append(folder)

    monkeypatch.setattr("regionmap.publish.folder.publish", quick)
    gone, writing = os.pipe()
    os.close(gone)
    with os.fdopen(writing, "w") as deaf:
        monkeypatch.setattr(sys, "stderr", deaf)
        assert cli._run(["publish", str(tmp_path / "served")]) == 0
    assert done == [tmp_path / "served"]


def test_without_pygeoapi_one_line_says_what_to_install(monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "pygeoapi.openapi", None)
    assert cli._run(["publish", str(tmp_path / "served"), "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "regionmap: publishing needs packages that are not installed: pip install 'regionmap[publish]'\n"
    )


def test_the_command_replaces_what_was_published_before(tmp_path, monkeypatch, capsys):
    from regionmap.publish import folder as module

    def two(rm, days, industries):
        assert (days, industries) == ([DAY], ("纺织",))
        return [one for one in collections(rm, days, industries) if one.id.startswith(("key", "transfer"))]

    monkeypatch.setattr(module, "collections", two)
    served = tmp_path / "served"
    command = [
        "publish",
        str(served),
        "--date",
        "2024-06-01",
        "--industry",
        "纺织",
        "--url",
        "https://maps.example/",
        "--lang",
        "en",
    ]
    for _ in range(2):
        assert cli._run(command) == 0
        assert capsys.readouterr().err.splitlines()[0] == f"{served}: 243 features, key-regions"
        (served / "layers" / "old.parquet").write_text("")
    assert cli._run(command) == 0
    assert not (served / "layers" / "old.parquet").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["served"]
    made = yaml.safe_load((served / "pygeoapi-config.yml").read_text("utf-8"))
    assert made["server"]["url"] == "https://maps.example"

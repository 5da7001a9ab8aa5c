"""The batch page: files in, columns chosen, rows judged as the API judges them, and nothing left behind."""

from __future__ import annotations

import ast
import csv
import dataclasses
import datetime as dt
import io
import json
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyproj import Transformer
from streamlit.testing.v1 import AppTest

from regionmap.errors import InputError
from regionmap.file_names import plain_name
from regionmap.output.point_layer import Circle, Kind, Point, PointLayer, point_group
from regionmap.screening.columns import Columns, recognise
from regionmap.screening.options import RESULTS, WGS84_LAT, WGS84_LON, Options
from regionmap.screening.run import screen
from regionmap.web import launch, service
from regionmap.web.batch import columns as batch_columns
from regionmap.web.batch import files as batch_files
from regionmap.web.batch import map as batch_map
from regionmap.web.batch import results_store
from regionmap.web.batch import run as batch_run
from regionmap.web.batch import source as batch_source
from regionmap.web.batch.columns import ChoiceError, chosen_of, columns_of, preset
from regionmap.web.batch.results_store import Keeper, Result
from regionmap.web.batch.words import in_words
from regionmap.web.parts import frame
from tests.web.harness import Drawn, has_table, html, open_app, open_page, script_size, table

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.web.conftest import Visit

DAY = dt.date(2019, 6, 1)
RESULT = "regionmap-batch-result"
SITES = """name,where,what,lon,lat
one,,steel,115.4646,38.8740
two,Hancheng,coking,,
"three, =1+1",,steel,38.8740,115.4646
four,Atlantis,steel,,
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the test alone, to see what is left in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def open_batch(**address: str) -> AppTest:
    return open_page("batch", **({"lang": "en", "date": DAY.isoformat()} | address))


def upload(test: AppTest, name: str, content: bytes | str) -> AppTest:
    data = content.encode() if isinstance(content, str) else content
    test.file_uploader[0].set_value((name, data, "application/octet-stream")).run()
    assert not test.exception, test.exception
    return test


def choose(test: AppTest, role: str, *columns: str) -> AppTest:
    test.selectbox(key=f"w-batch-column-{role}").set_value(columns).run()
    return test


def check(test: AppTest) -> Result:
    test.button(key="batch-run").click().run()
    assert not test.exception, test.exception
    assert not test.error, [one.value for one in test.error]
    return kept(test)


def kept(test: AppTest) -> Result:
    result: Result = test.session_state[RESULT]
    return result


def by_api(folder: Path, content: str | bytes, ending: str = ".csv", **named: str) -> tuple[dict[str, Any], bytes]:
    """What ``screen`` says of a file, and the CSV that it writes."""
    path = folder / f"in{ending}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    summary = screen(service.loaded(), path, folder / "out.csv", Options(DAY), named)
    return summary, (folder / "out.csv").read_bytes()


def source(name: str, content: bytes | str) -> batch_source.Source:
    data = content.encode() if isinstance(content, str) else content
    return batch_source.Source("test", name, len(data), io.BytesIO(data))


# --- the page


def test_the_example_is_judged_as_the_api_judges_it(drawn: Drawn, tmp_path: Path) -> None:
    test = open_batch()
    test.button(key="batch-example").click().run()
    result = check(test)
    summary, written = by_api(tmp_path, batch_source.example("en"))
    for key in ("rows", "judged", "verdicts", "reasons", "examples", "caveats", "provinces", "run"):
        assert result.summary[key] == summary[key]
    assert batch_files.made(result, ".csv")[1] == written
    assert summary["rows"] == 12
    assert set(summary["reasons"]) == {"swapped", "unknown_industry"}
    words = html(test)
    assert f'data-run="{summary["run"]}"' in words
    assert "Longitude and latitude look swapped" in words
    assert summary["coverage"]["en"] in words
    assert any("cannot be right" in one.value for one in test.warning)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_example_reads_the_same_in_both_languages(language: str, drawn: Drawn, tmp_path: Path) -> None:
    other, _ = by_api(tmp_path, batch_source.example("zh" if language == "en" else "en"))
    test = open_batch(lang=language)
    test.button(key="batch-example").click().run()
    result = check(test)
    assert result.summary["verdicts"] == other["verdicts"]
    assert list(result.summary["reasons"]) == list(other["reasons"])


def test_the_page_is_in_the_navigation_and_in_chinese(drawn: Drawn) -> None:
    assert "批量" in [one.label for one in open_app().sidebar.get("page_link")]
    test = open_batch(lang="zh")
    test.button(key="batch-example").click().run()
    check(test)
    words = html(test)
    for one in ("批量核查", "未判定的原因", "注意事项", "经度和纬度疑似颠倒", "各结论行数", "禁止"):
        assert one in words
    assert "200 MB" in test.file_uploader[0].label


def test_columns_are_recognised_and_one_is_put_right(drawn: Drawn, tmp_path: Path) -> None:
    test = upload(open_batch(), "sites.csv", SITES)
    shown = {role: test.selectbox(key=f"w-batch-column-{role}").value for role in batch_columns.ROLES}
    assert (shown["lon"], shown["lat"], shown["place"], shown["industry"]) == (("lon",), ("lat",), (), ())
    assert list(table(test)["name"]) == ["one", "two", "three, =1+1", "four"]
    choose(test, "place", "where")
    choose(test, "industry", "what")
    test.toggle(key="w-batch-one-industry").set_value(False).run()
    result = check(test)
    summary, written = by_api(tmp_path, SITES, place="where", industry="what")
    assert result.summary["verdicts"] == summary["verdicts"]
    assert result.summary["run"] == summary["run"]
    assert set(result.summary["reasons"]) == {"swapped", "unknown_place"}
    assert batch_files.made(result, ".csv")[1] == written
    assert b"'=1+1" not in written  # within a cell it is no formula
    assert result.name == "sites.csv"


def test_one_industry_for_all_rows(drawn: Drawn) -> None:
    test = upload(open_batch(industry="cement"), "sites.csv", "lon,lat\n115.4646,38.874\n")
    assert test.toggle(key="w-batch-one-industry").disabled
    result = check(test)
    assert result.rows().to_pylist()[0]["industry_id"] == "cement"
    verdict = service.loaded().check(lon=115.4646, lat=38.874, industry="cement", on=DAY)
    assert result.summary["verdicts"] == {str(verdict.ruling): 1}


def test_a_recognised_column_may_be_left_out(drawn: Drawn, tmp_path: Path) -> None:
    content = "lon,lat,industry,date\n115.4646,38.874,steel,2012-01-01\n"
    test = upload(open_batch(), "sites.csv", content)
    assert test.selectbox(key="w-batch-column-date").value == ("date",)
    first = check(test)
    assert first.rows().to_pylist()[0]["judged_on"] == "2012-01-01"
    choose(test, "date")
    assert any("Out of date" in one.value for one in test.warning)
    second = check(test)
    assert not any("Out of date" in one.value for one in test.warning)
    assert second.rows().to_pylist()[0]["judged_on"] == DAY.isoformat()
    assert second.summary["options"]["columns"]["date"] is None
    assert not any("date" in one for one in second.summary["notes"])
    without, _ = by_api(tmp_path, "lon,lat,industry\n115.4646,38.874,steel\n")
    assert second.summary["verdicts"] == without["verdicts"]
    assert second.summary["run"] == without["run"]


def test_a_changed_choice_marks_the_result_and_changing_it_back_does_not(drawn: Drawn) -> None:
    test = open_batch()
    test.button(key="batch-example").click().run()
    check(test)
    assert not any("Out of date" in one.value for one in test.warning)
    for value, marked in (("expand", True), ("new", False)):
        test.selectbox(key="w-action").set_value(value).run()
        assert any("Out of date" in one.value for one in test.warning) is marked
    upload(test, "sites.csv", SITES)
    assert any("Out of date" in one.value for one in test.warning)


def test_columns_that_fit_one_role_twice_are_one_message_and_can_be_chosen(drawn: Drawn) -> None:
    test = upload(open_batch(), "two.csv", "gps_lon,lng,lat,industry\n115.4646,1,38.874,steel\n")
    assert len(test.error) == 1
    assert "could be the lon" in test.error[0].value.replace("\\", "")
    assert "Column of the longitude" in test.error[0].value
    assert "--lon-column" not in test.error[0].value.replace("\\", "")
    assert test.selectbox(key="w-batch-column-industry").value == ("industry",)
    choose(choose(test, "lon", "gps_lon"), "lat", "lat")
    test.button(key="batch-run").click().run()
    assert kept(test).summary["judged"] == 1


@pytest.mark.parametrize(("heads", "more"), [("a,b", False), ("1,2", True)])
def test_a_file_without_places_is_told_in_the_words_of_the_page(heads: str, more: bool, drawn: Drawn) -> None:
    test = upload(open_batch(), "none.csv", f"{heads}\n1,2\n")
    assert len(test.error) == len(test.warning) == 1
    said = test.error[0].value.replace("\\", "")
    assert said.startswith(f"None of the columns '{heads[0]}', '{heads[2]}' says where the sites are")
    assert "--" not in said
    assert ("first line" in said) is more
    assert "choose columns" in test.warning[0].value.casefold()


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"lon": ()}, "Choose both a column of the longitude"),
        ({"lon": ("lat",)}, "cannot be the same column"),
        ({"lon": (), "lat": ()}, "Say where the sites are"),
        ({"lon": ("gcj_lon",), "lat": ("bd_lat",)}, "two coordinate systems"),
    ],
)
def test_a_choice_that_cannot_be_judged_says_why(chosen: dict[str, tuple[str, ...]], words: str, drawn: Drawn) -> None:
    test = upload(open_batch(), "sites.csv", "lon,lat,industry,gcj_lon,bd_lat\n115.4646,38.874,steel,,\n")
    for role, columns in chosen.items():
        choose(test, role, *columns)
    assert any(words in one.value for one in test.warning), [one.value for one in test.warning]
    assert test.button(key="batch-run").disabled


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("broken.xlsx", b"PK\x03\x04 no workbook", "broken"),
        ("empty.csv", b"", "empty"),
        ("head.csv", b"lon,lat,industry\n", "no rows"),
        ("old.xls", b"\xd0\xcf\x11\xe0", "save it as"),
        ("none", b"x", "no ending"),
        ("cut.parquet", b"PAR1 cut", "cut"),
        ("../../escape.gpkg", b"SQLite format 3\0", "escape"),
        ("zip.zip", b"PK", "zip"),
    ],
)
def test_a_broken_file_is_one_message(name: str, content: bytes, words: str, drawn: Drawn, temporary: Path) -> None:
    test = upload(open_batch(), name, content)
    assert len(test.error) == 1
    said = test.error[0].value.replace("\\", "")
    assert words in said
    assert batch_source._STEM not in said
    assert str(temporary) not in said
    assert RESULT not in test.session_state
    assert list(temporary.iterdir()) == []
    upload(test, "sites.csv", batch_source.example("en"))
    assert not test.error
    check(test)


def test_a_run_that_fails_keeps_the_old_result(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    test = open_batch()
    test.button(key="batch-example").click().run()
    before = check(test)
    upload(test, "late.csv", SITES)

    def fails(*_: Any) -> Result:
        raise InputError("late.csv cannot be read, or was cut short: line 7")

    monkeypatch.setattr(batch_run, "run", fails)
    test.button(key="batch-run").click().run()
    assert ["line 7" in one.value for one in test.error] == [True]
    assert kept(test).id == before.id
    assert any("Out of date" in one.value for one in test.warning)
    assert not any("stopped" in one.value for one in test.info)


def test_the_datum_that_a_column_names_is_told(drawn: Drawn) -> None:
    test = upload(open_batch(), "sites.csv", "gcj02_lng,gcj02_lat,industry\n115.4646,38.874,steel\n")
    assert any("GCJ-02" in one.value.replace("\\", "") for one in test.warning)
    test.selectbox(key="w-datum-batch").set_value("gcj02").run()
    assert not test.warning


@pytest.mark.parametrize("point", [None, (115.4646, 38.874)])
def test_a_row_opens_in_the_site_check(point: tuple[float, float] | None) -> None:
    def script(lon: float | None, lat: float | None) -> None:
        from types import SimpleNamespace

        import streamlit as st

        from regionmap.web import state
        from regionmap.web.batch import table as batch_table
        from regionmap.web.parts import frame

        frame.begin()
        frame.go = lambda page: st.session_state.update(went=page)
        row = {"verdict": "prohibited", "unit_code": "130602", "judged_action": "expand", "judged_on": "2020-01-02",
               "industry_id": "steel", "what": "3120", "reason": "", "__regionmap_row": 7, "__regionmap_lon": lon,
               "__regionmap_lat": lat}  # fmt: skip
        options = {"columns": {"industry": "what"}, "industry": None}
        batch_table._open(row, SimpleNamespace(columns=("what",), summary={"options": options}), state.words())
        state.write()

    lon, lat = point or (None, None)
    go = frame.go
    try:
        test = AppTest.from_function(script, kwargs={"lon": lon, "lat": lat}, default_timeout=60)
        test.query_params["lang"] = "en"
        test.run().button(key="open-row").click().run()
    finally:
        frame.go = go  # type: ignore[assignment]
    assert not test.exception
    assert test.session_state["went"] == "site"
    said = {key: test.query_params[key] for key in ("industry", "action", "date")}
    assert said == {"industry": "3120", "action": "expand", "date": "2020-01-02"}
    where = {"lon": "115.46460", "lat": "38.87400"} if point else {"place": "130602"}
    assert {key: test.query_params[key] for key in where} == where


def test_the_table_filters_by_verdict_and_reason(drawn: Drawn) -> None:
    test = open_batch()
    test.button(key="batch-example").click().run()
    result = check(test)
    box = test.selectbox(key="w-batch-filter")
    for kind, counts in (("verdict", result.summary["verdicts"]), ("reason", result.summary["reasons"])):
        for one, count in counts.items():
            box.set_value(f"{kind}:{one}").run()
            rows = table(test, -1)
            assert len(rows) == count
            assert bool(rows["Verdict"].iloc[0]) is (kind == "verdict")
    assert list(table(test, -1)["Row"]) == ["12"]


def test_a_sheet_of_a_workbook_is_chosen(drawn: Drawn) -> None:
    book = openpyxl.Workbook()
    for title, rows in (
        ("first", [("lon", "lat", "industry"), (115.4646, 38.874, "steel")]),
        ("second", [("place", "industry"), ("保定市", "steel"), ("香港", "steel")]),
    ):
        page = book.active if title == "first" else book.create_sheet(title)
        page.title = title
        for row in rows:
            page.append(row)
    data = io.BytesIO()
    book.save(data)
    test = open_batch()
    test.file_uploader[0].set_value(("book.xlsx", data.getvalue(), "application/octet-stream")).run()
    assert list(table(test).columns) == ["lon", "lat", "industry"]
    box = next(one for one in test.selectbox if one.label == "Sheet")
    assert box.options == ["found out by itself", "first", "second"]
    box.set_value("second").run()
    assert list(table(test).columns) == ["place", "industry"]
    result = check(test)
    assert (result.summary["rows"], result.asked.sheet) == (2, "second")


def test_both_coordinates_in_one_cell_are_chosen(drawn: Drawn) -> None:
    test = upload(open_batch(), "one.csv", 'where,industry\n"115.4646,38.874",steel\n"109.84,40.65",steel\n')
    assert test.button(key="batch-run").disabled
    choose(test, "coordinates", "where")
    assert check(test).summary["judged"] == 2
    choose(test, "lon", "where")
    choose(test, "lat", "industry")
    assert any("or one of both coordinates" in one.value for one in test.warning)


def test_the_system_of_coordinates_in_metres_is_given(drawn: Drawn) -> None:
    test = upload(open_batch(), "metres.csv", "x,y,industry\n353333.4,4305432.1,steel\n")
    choose(test, "lon", "x")
    choose(test, "lat", "y")
    test.text_input(key="w-batch-crs").set_value("somewhere").run()
    assert any("'somewhere' is no coordinate system" in one.value.replace("\\", "") for one in test.warning)
    test.text_input(key="w-batch-crs").set_value("117E").run()
    assert check(test).summary["judged"] == 1
    x, y = Transformer.from_crs("EPSG:4548", "EPSG:4326", always_xy=True).transform(353333.4, 4305432.1)
    place = service.loaded().check(lon=x, lat=y, industry="steel").place
    assert table(test, -1)["Place"].tolist() == [place.name_en]


def test_the_result_can_be_deleted(drawn: Drawn) -> None:
    test = open_batch()
    test.button(key="batch-example").click().run()
    check(test)
    test.button(key="batch-delete").click().run()
    assert RESULT not in test.session_state
    assert "rm-counts" not in html(test).split("</style>")[-1]


# --- nothing is left, nothing is shared


def test_nothing_is_left_after_a_run_and_a_new_session_shows_nothing(drawn: Drawn, temporary: Path) -> None:
    test = upload(open_batch(), "secret.csv", "lon,lat,industry,name\n115.4646,38.874,steel,SECRET\n")
    check(test)
    for ending in batch_files.FORMATS:
        test.segmented_control(key="w-batch-format").set_value(ending).run()
    assert not test.exception
    assert list(temporary.iterdir()) == []
    other = open_batch()
    assert RESULT not in other.session_state
    assert "secret" not in html(other).lower()
    assert not has_table(other)


def test_nothing_of_an_upload_goes_into_a_cache_that_users_share() -> None:
    folder = Path(batch_run.__file__).parent
    for path in folder.glob("*.py"):
        used = {node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
        assert not {one for one in used if one.startswith("cache")}, path.name


def shapefile(folder: Path) -> bytes:
    import geopandas

    places = geopandas.points_from_xy([115.4646] * 3, [38.874] * 3)
    frame = geopandas.GeoDataFrame({"industry": ["steel"] * 3}, geometry=places, crs=4326)
    frame.to_file(folder / "sites.shp")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for one in folder.glob("sites.*"):
            archive.write(one, one.name)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["csv", "zip"])
@pytest.mark.parametrize("when", [0, 1])
def test_a_run_that_is_cut_off_leaves_nothing(kind: str, when: int, temporary: Path, tmp_path: Path) -> None:
    class CutOff(BaseException):
        """As Streamlit ends a script."""

    content = b"lon,lat,industry\n115.4646,38.874,steel\n" if kind == "csv" else shapefile(tmp_path)
    given = source(f"sites.{kind}", content)
    head = batch_source.head(given, None)
    seen: list[int] = []
    files: list[str] = []

    def tell(done: int, total: int | None, seconds: float) -> None:
        seen.append(done)
        files.extend(one.name for one in temporary.rglob("*") if one.is_file())
        if len(seen) > when:
            raise CutOff

    wanted = batch_run.Asked("test", None, preset(head.names)[0], Options(DAY))
    with pytest.raises(CutOff):
        batch_run.run(service.loaded(), given, head, wanted, tell, threading.Lock())
    assert f"{batch_source._STEM}.{kind}" in files  # it was there while it was read
    assert list(temporary.iterdir()) == []
    result = batch_run.run(
        service.loaded(), given, head, wanted, lambda *_: None, threading.Lock()
    )  # and its turn was given back
    assert result.summary["judged"] == head.rows
    assert list(temporary.iterdir()) == []


def test_a_cut_off_run_is_told_and_does_not_begin_again(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    begun: list[int] = []

    def cut_off(*_: Any) -> Result:
        begun.append(1)
        st.rerun()

    monkeypatch.setattr(batch_run, "run", cut_off)
    test = open_batch()
    test.button(key="batch-example").click().run()
    test.button(key="batch-run").click().run()
    assert len(begun) == 1
    assert any("stopped before its end" in one.value for one in test.info)
    assert not test.button(key="batch-run").disabled
    test.run()
    assert len(begun) == 1


@pytest.mark.parametrize("whose", ["the server's", "the session's"])
def test_a_run_waits_for_its_turn(whose: str, temporary: Path) -> None:
    class GaveUp(BaseException):
        """The one who waits goes away."""

    told: list[int] = []

    def tell(done: int, total: int | None, seconds: float) -> None:
        told.append(done)
        raise GaveUp

    given = source("sites.csv", "lon,lat,industry\n115.4646,38.874,steel\n")
    head = batch_source.head(given, None)
    wanted = batch_run.Asked("test", None, preset(head.names)[0], Options(DAY))
    alone = threading.Lock()
    taken = [batch_run._TURNS] * batch_run.AT_ONCE if whose == "the server's" else [alone]
    for one in taken:
        assert one.acquire(blocking=False)
    with pytest.raises(GaveUp):
        batch_run.run(service.loaded(), given, head, wanted, tell, alone)
    assert told == [-1]
    assert list(temporary.iterdir()) == []
    for one in taken:
        one.release()
    assert batch_run.run(service.loaded(), given, head, wanted, lambda *_: None, alone).summary["judged"] == 1


def test_the_limit_of_an_upload_goes_along_with_the_app() -> None:
    assert launch.settings(8601)["server.maxUploadSize"] == 200


# --- the parts


def chunk(rows: int, verdicts: list[str], codes: list[str], start: int = 0) -> pa.Table:
    def cycled(values: list[str]) -> list[str]:
        return [values[number % len(values)] for number in range(rows)]

    columns: dict[str, Any] = {name: [""] * rows for name in RESULTS} | {
        "verdict": cycled(verdicts),
        "prefecture_code": cycled(codes),
        "unit_code": cycled(codes),
        "boundary_m": pa.nulls(rows, pa.float64()),
        "reason": ["" if one else "unknown_place: where?" for one in cycled(verdicts)],
        WGS84_LON: [100.0 + number % 20 for number in range(rows)],
        WGS84_LAT: [30.0] * rows,
    }
    return pa.table({"n": list(range(start, start + rows))} | columns)


def collected(*chunks: pa.Table) -> Result:
    keeper = Keeper()
    for one in chunks:
        keeper.add(one)
    rows, areas, sites = keeper.close()
    verdicts: dict[str, int] = {}
    for counts in areas.values():
        for verdict, count in counts.items():
            verdicts[verdict] = verdicts.get(verdict, 0) + count
    total = sum(one.num_rows for one in chunks)
    summary = {"rows": total, "judged": sum(verdicts.values()), "verdicts": verdicts, "reasons": {}, "run": "r",
               "catalogue": "c"}  # fmt: skip
    return Result("sites.csv", ("n",), None, summary, rows, areas, sites, "id")


def test_rows_are_found_across_chunks() -> None:
    first = chunk(100, ["restricted", ""], ["130600"])
    result = collected(first, chunk(100, ["restricted", "prohibited"], ["130200"], start=100))
    assert pa.concat_tables(result.parts()).num_rows == 200
    found = result.rows(verdict="prohibited", most=3)
    assert found[results_store.ROW].to_pylist() == [102, 104, 106]
    assert found["n"].to_pylist() == [101, 103, 105]
    assert result.rows(reason="unknown_place", most=500).num_rows == 50
    assert result.rows(most=150)[results_store.ROW].to_pylist() == list(range(1, 151))
    assert result.rows(verdict="unclear").num_rows == 0
    assert result.areas == {"130600": {"restricted": 50}, "130200": {"restricted": 50, "prohibited": 50}}
    assert result.sites is not None
    assert len(result.sites) == 150


def test_what_is_kept_is_compact() -> None:
    result = collected(*(chunk(50_000, ["restricted", "no_rule"], ["130600", "130200"]) for _ in range(4)))
    assert result.rows_in_parquet.size < 200_000 * 8
    assert result.sites is None


def english(message: str, **values: object) -> str:
    return message.format(**values)


def test_a_gone_prefecture_of_a_result_is_drawn_where_it_was() -> None:
    rm = service.loaded()
    result = collected(chunk(20_000, ["restricted"], ["371200"]))
    drawn = batch_map.layer(rm, result, "zh", english)
    assert [(one.name, one.counts[batch_map.VERDICTS.index("restricted")]) for one in drawn.circles] == [
        ("莱芜市", 20_000)
    ]
    assert [one.name for one in drawn.far] == ["山东省"]


def test_few_rows_are_points_and_many_are_counted_by_area() -> None:
    rm = service.loaded()
    few = batch_map.layer(rm, collected(chunk(100, ["restricted"], ["130600"])), "en", english)
    assert len(few.points) == 100
    assert few.areas == ["Baoding"]
    assert few.view == pytest.approx((98.05, 29.95, 120.95, 30.05))  # a tenth and 0.05° around the points
    codes = [one.code for one in rm.gazetteer.prefecture_level_units()]
    result = collected(chunk(200_000, list(batch_map.VERDICTS), [*codes, "130000"]))
    many = batch_map.layer(rm, result, "zh", english)
    assert many.points == []
    assert sum(sum(one.counts) for one in many.circles) == 200_000
    assert sum(sum(one.counts) for one in many.far) == 200_000
    assert len(many.far) <= 34


def test_the_message_to_the_browser_stays_small() -> None:
    rm = service.loaded()
    codes = [one.code for one in rm.gazetteer.prefecture_level_units()]
    base = service.plain_base()
    for rows in (results_store.MOST_POINTS, 200_000):
        result = collected(chunk(rows, list(batch_map.VERDICTS), codes))
        groups = [point_group(batch_map.layer(rm, result, "zh", english))]
        assert script_size(base, groups) - script_size(service.plain_base(), []) < 300_000


def test_the_layer_escapes_every_text() -> None:
    hostile = "<img src=x onerror=1>${1}</script>"
    layer = PointLayer(
        name="x", kinds=[Kind(hostile, "red;}")], points=[Point(1, 2, 0, 3, 0)], areas=[hostile],
        circles=[Circle(1, 2, hostile, (3,))], row_word=hostile, rows_word=hostile,
    )  # fmt: skip
    made = point_group(layer)
    base = service.plain_base()
    made.add_to(base)
    script = base.get_root().render()
    assert "<img src=x" not in script
    assert "${1}" not in script
    assert "red;}" not in script


@pytest.mark.parametrize(
    ("ending", "rows_of"),
    [
        (".csv", lambda data: list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))),
        (".xlsx", lambda data: list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2))),
        (".parquet", lambda data: pq.read_table(io.BytesIO(data)).to_pylist()),
        (".geojson", lambda data: json.loads(data)["features"]),
    ],
)
def test_files_hold_every_row(ending: str, rows_of: Any) -> None:
    result = collected(chunk(30, ["restricted"], ["130600"]), chunk(20, ["restricted"], ["130600"]))
    name, content = batch_files.made(result, ending)
    assert name == f"sites-regionmap-r{ending}"
    assert len(rows_of(content)) == 50


def test_files_of_many_rows_are_made_when_asked_for(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_files, "AT_ONCE", 5)
    test = open_batch()
    test.button(key="batch-example").click().run()
    check(test)
    for ending, words in batch_files.FORMATS.items():
        test.segmented_control(key="w-batch-format").set_value(ending).run()
        assert len(test.get("download_button")) == 1
        test.button(key="batch-make").click().run()
        assert test.get("download_button")[1].label.startswith(f"Download {words} (")
        assert "batch-make" not in [one.key for one in test.button]


def test_a_sheet_of_too_many_rows_is_not_offered(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_files.writers, "MOST_SHEET_ROWS", 5)  # type: ignore[attr-defined]
    test = open_batch()
    test.button(key="batch-example").click().run()
    check(test)
    test.segmented_control(key="w-batch-format").set_value(".xlsx").run()
    assert any("at most 5 rows" in one.value for one in test.info)


def test_large_files_are_zipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_files, "_ZIPPED_ABOVE", 100)
    name, content = batch_files.made(collected(chunk(30, ["restricted"], ["130600"])), ".csv")
    assert name == "sites-regionmap-r.csv.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["sites-regionmap-r.csv"]
        assert archive.read("sites-regionmap-r.csv").startswith(b"\xef\xbb\xbfn,")


@pytest.mark.parametrize("name", ["..\\..\\C:x\n\u202e.csv", "../../x.csv", "con.x.csv", "清" * 200 + ".csv"])
def test_what_is_taken_away_is_named_as_one_file(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(batch_files, "_ZIPPED_ABOVE", 100)
    result = dataclasses.replace(collected(chunk(30, ["restricted"], ["130600"])), name=name)
    offered, content = batch_files.made(result, ".csv")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (member,) = archive.namelist()
    assert offered == f"{member}.zip"
    assert member == plain_name(offered).removesuffix(".zip")
    assert member.endswith("-regionmap-r.csv")
    assert len(offered.encode()) < 255


def test_a_choice_that_is_what_is_recognised_is_the_same() -> None:
    names = ("省份", "城市", "经度", "纬度", "行业代码", "行业名称")
    found = recognise(names, {})
    columns = columns_of(chosen_of(found), found.address, industry_given=False)
    assert columns == found
    assert columns_of({**chosen_of(found), "place": ()}, None, industry_given=False).place == ()
    with pytest.raises(ChoiceError, match="industry"):
        columns_of({**chosen_of(found), "industry": ()}, None, industry_given=False)


def test_what_can_be_recognised_is_even_where_something_is_wrong() -> None:
    for names in (("lon", "industry"), ("lon", "lat", "纬度坐标", "经度坐标", "industry"), ("industry", "x1")):
        found, wrong = preset(names)
        assert wrong
        assert found.industry == "industry"
        assert found.adcode is None
    assert preset(("lon", "lat")) == (Columns(lon="lon", lat="lat"), None)


def notes_of_real_files(folder: Path) -> Iterator[str]:
    for name, content in (
        ("a.csv", "lon;lat;industry\n115.4;38.8;steel\n".encode("utf-16")),
        ("b.csv", "lng,lat,行业\n115.4,38.8,钢铁\n".encode("gb18030")),
    ):
        path = folder / name
        path.write_bytes(content)
        yield from batch_source.head(source(name, content), None).notes
    book = openpyxl.Workbook()
    book.active.append(["lon", "lat", "industry"])
    book.active.append([115.4, 38.8, "steel"])
    book.create_sheet("other")
    book.save(folder / "c.xlsx")
    yield from batch_source.head(source("c.xlsx", (folder / "c.xlsx").read_bytes()), None).notes
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [115.4, 38.8]}, "properties": {"a": 1}}
    layer = json.dumps({"type": "FeatureCollection", "features": [point]})
    yield from batch_source.head(source("d.geojson", layer), None).notes
    yield from recognise(("gcj02_lng", "gcj02_lat", "industry"), {}).notes
    yield from recognise(("省份", "城市", "地点", "industry"), {}).notes
    rows = "gcj02_lng,gcj02_lat,地点,industry\n38.8,115.4,,steel\n115.4646,38.874,上海市,steel\n"
    yield from by_api(folder, rows)[0]["warnings"]
    unread = "地点,情形,动作类别,登记,a,b,industry\n" + "保定,技改,见附件,2019-01-01,115.4706,38.8752,steel\n"
    yield from by_api(folder, unread)[0]["warnings"]
    exchanged = "lon,lat,industry\n38.8,115.4,steel\n"
    yield from by_api(folder, exchanged)[0]["warnings"]


def test_what_the_engine_says_is_said_in_both_languages(tmp_path: Path) -> None:
    said = list(notes_of_real_files(tmp_path))
    assert len(said) >= 14
    assert {getattr(one, "id", "") for one in said} >= {"warning_unread_actions", "warning_suspicious.swapped"}
    for one in said:
        words = in_words(one)
        assert words.zh != words.en, one
        assert not any(word in words.zh for word in (" of ", " the ", "rows ")) or "longitude" in words.zh, words.zh
        assert "--" not in words.en


def test_the_warning_of_another_datum_is_said_in_both_languages() -> None:
    from regionmap.screening.datum_check import warnings

    (warning,) = warnings({"other:gcj02": 1_200, "declared:gcj02": 3}, "wgs84")
    words = in_words(warning)
    assert "1,203" in words.zh
    assert "1,200" in words.zh
    assert "GCJ-02" in words.zh
    assert "choose the right datum" in words.en


def test_any_other_sentence_is_shown_with_the_names_of_the_page() -> None:
    words = in_words("what: name it with --lon-column and --lat-column, give --datum gcj02, or use --industry")
    assert words.en == (
        "what: name it with “Column of the longitude” and “Column of the latitude”, give “Datum of the coordinates” "
        "gcj02, or use “Industry (name or GB/T 4754 code)”"
    )
    assert "“经度列”" in words.zh


def test_an_upload_never_names_a_file() -> None:
    given = source("../../etc/passwd.csv", "lon,lat\n1,2\n")
    with batch_source.on_disk(given) as path:
        assert path.name == f"{batch_source._STEM}.csv"
        assert path.parent.parent == Path(tempfile.gettempdir())
    assert not path.exists()
    with pytest.raises(InputError, match=r"odd\.c/sv"):
        batch_source.head(source("odd.c/sv", "x"), None)


def test_the_box_of_the_map_leaves_room_for_marks_at_its_edge() -> None:
    west, south, east, north = batch_map._around([(110.0, 30.0), (120.0, 40.0)]) or (0, 0, 0, 0)
    assert max(west - 110, south - 30) <= -0.5
    assert min(east - 120, north - 40) >= 0.5
    one = batch_map._around([(115.0, 38.0)])
    assert one is not None
    assert one[0] < 115 < one[2]


# --- in a browser


def settled(page: Page) -> None:
    """Wait until the script has run to its end."""
    page.wait_for_timeout(500)
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()
    page.wait_for_timeout(200)


@pytest.mark.enable_socket
def test_a_file_goes_in_and_the_result_comes_out(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text(SITES, encoding="utf-8")
    page = visit.open(f"batch?lang=en&date={DAY.isoformat()}").page
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("combobox", name="Column of the industry").wait_for()
    assert page.get_by_text("sites.csv").first.is_visible()
    for label, column in (("Column of the industry", "what"), ("Column of the place", "where")):
        box = page.get_by_role("combobox", name=label)
        box.evaluate("(one) => one.scrollIntoView({block: 'center'})")  # a list closes when the page scrolls
        settled(page)
        box.click()
        page.get_by_role("option", name=column, exact=True).click()
    settled(page)
    page.get_by_text("One industry for them").click()
    settled(page)
    page.get_by_role("button", name="Check all rows").click()
    page.locator("[data-run]").wait_for()
    summary, written = by_api(tmp_path, SITES, place="where", industry="what")
    assert page.locator("[data-run]").get_attribute("data-run") == summary["run"]
    visit.map.locator("canvas").wait_for()
    assert visit.map.locator(".rmshare").count() == 1
    with page.expect_download() as got:
        page.get_by_role("button", name="Download CSV").click()
    assert Path(got.value.path()).read_bytes() == written
    assert got.value.suggested_filename == f"sites-regionmap-{summary['run']}.csv"


@pytest.mark.enable_socket
@pytest.mark.parametrize("visit", [(375, 800)], indirect=True)
def test_the_example_on_a_phone(visit: Visit) -> None:
    page = visit.open(f"batch?lang=zh&date={DAY.isoformat()}").page
    page.get_by_role("button", name="试用示例").click()
    page.get_by_role("button", name="判定全部行").click()
    page.locator("[data-run]").wait_for()
    visit.map.locator("canvas").wait_for()
    wide = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 375
    button = page.locator("[data-testid=stFileUploaderDropzone] > span [data-testid=stMarkdownContainer]")
    assert "选择文件" in button.evaluate("(one) => getComputedStyle(one, '::after').content")


@pytest.mark.enable_socket
def test_hostile_names_are_shown_as_text(visit: Visit, tmp_path: Path) -> None:
    hostile = "<img src=x onerror=window.harmed=1>"
    path = tmp_path / f"{hostile[:8]}.csv"
    lines = ["lon,lat,industry,{0}", "115.4646,38.874,steel,{0}", "115.4646,38.874,{0},"]
    path.write_text("\n".join(lines).format(hostile), encoding="utf-8")
    page = visit.open(f"batch?lang=en&date={DAY.isoformat()}").page
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check all rows").click()
    page.locator("[data-run]").wait_for()
    visit.map.locator("canvas").wait_for()
    assert hostile in page.locator(".rm-batch-table").first.inner_text()
    assert page.evaluate("() => window.harmed") is None

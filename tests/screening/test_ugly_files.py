"""Files as they come from real life: half-lost codes, names said twice, empty words, odd types, stopped runs."""

from __future__ import annotations

import concurrent.futures
import csv
import datetime as dt
import decimal
import json

import geopandas
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import regionmap
from regionmap.errors import InputError
from regionmap.rules.reading.actions import parse_action
from regionmap.screening.cell_values import date_of
from regionmap.screening.checkpoints import CheckpointStore
from regionmap.screening.columns import Columns
from regionmap.screening.options import RESULTS, Options
from regionmap.screening.run import screen, screen_table

ON = Options(dt.date(2019, 6, 1))


def screened(rm, folder, content, ending="parquet", options=ON, **more):
    """Judge a CSV text or a table; return the summary and the output's path."""
    if isinstance(content, str):
        source = folder / "in.csv"
        source.write_text(content, encoding="utf-8")
    else:
        source = folder / "in.parquet"
        pq.write_table(content, source)
    return screen(rm, source, folder / f"out.{ending}", options, {}, **more), folder / f"out.{ending}"


def rows(rm, folder, content, **more):
    return pq.read_table(screened(rm, folder, content, **more)[1]).to_pylist()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ("北京市,北京市,朝阳区", "110105"),
        ("河南省,省直辖县级行政区划,济源市", "419001"),
        ("湖北省,直辖县,仙桃市", "429004"),
        ("吉林,吉林,", "220200"),
        ("吉林,吉林,昌邑", "220202"),
        ("河北省 ,　保定市,NULL", "130600"),
        ("河北省,保定市,nan", "130600"),
        ("Hebei,Baoding,Lianchi", "130606"),
        ("Hebei Province,Baoding City,", "130600"),
        ("河北省,保定市,朝阳区", "unknown_place"),
        ("河北省,保定市,#N/A", "unknown_place"),
        (",,鼓楼区", "ambiguous_place"),
        ("nan,NULL,-", "missing_place"),
    ],
)
def test_provinces_cities_and_counties_are_read_together(rm, tmp_path, parts, code):
    (row,) = rows(rm, tmp_path, f"省,市,区县,行业\n{parts},钢铁\n")
    assert (row["unit_code"] or row["reason"].split(":")[0]) == code


@pytest.mark.parametrize("word", ["130600.0", "'130600", "130600000000.0", "130600001"])
def test_codes_that_were_numbers_on_their_way_are_codes(rm, tmp_path, word):
    (row,) = rows(rm, tmp_path, f"adcode,行业\n{word},3110.0\n")
    assert (row["unit_code"], row["industry_id"]) == ("130600", "steel")


def test_decimal_codes_are_codes(rm, tmp_path):
    code = pa.array([decimal.Decimal("130600.00")], pa.decimal128(12, 2))
    (row,) = rows(rm, tmp_path, pa.table({"adcode": code, "行业": ["钢铁"]}))
    assert row["unit_code"] == "130600"


@pytest.mark.parametrize(
    ("code", "parts", "unit", "disagrees"),
    [
        ("130600", "河北省,保定市,涞源县", "130630", False),  # a code of the city beside the name of the county
        ("130630", "河北省,保定市,", "130630", False),
        ("110100", "北京市,市辖区,朝阳区", "110105", False),
        ("130600", "上海市,,", "130600", True),
        ("371202", "山东省,莱芜市,", "370116", False),
        ("NULL", "河北省,保定市,", "130600", False),
    ],
)
def test_a_code_and_a_name_of_two_places_are_told(rm, tmp_path, code, parts, unit, disagrees):
    text = f"行政区划代码,省,市,区县,行业\n{code},{parts},钢铁\n"
    summary, output = screened(rm, tmp_path, text)
    (row,) = pq.read_table(output).to_pylist()
    assert row["unit_code"] == unit
    assert ("place_disagrees" in row["caveats"]) is disagrees
    assert any("another place" in one for one in summary["warnings"]) is disagrees


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-06-01 08:30:00.000", "2019-06-01"),
        ("2019/6/1 8:30 AM", "2019-06-01"),
        ("2019-05-31T16:00:00.000Z", "2019-06-01"),  # midnight in China, as programs write it
        ("2019-06-01 00:00:00+08:00", "2019-06-01"),
        ("2019-06-01T00:00:00Z", "2019-06-01"),
        ("2019年 6 月 1 日 8:30", "2019-06-01"),
        ("2019-06-01 to 2020-01-01", "is not a date"),
        ("2019-06-01 2020-01-01", "is not a date"),
        ("9999-12-31T23:00Z", "from 1949-01-01 to 2199-12-31"),
        ("2019-06-01T25:00Z", "is not a date"),
        ("2019-06-01 25:00", "is not a date"),
    ],
)
def test_a_time_may_stand_behind_a_day_and_nothing_else(text, day):
    if not day[0].isdigit():
        with pytest.raises(InputError, match=day):
            date_of(text)
    else:
        assert date_of(text).day.isoformat() == day


def test_moments_are_days_in_china(rm, tmp_path):
    moments = pa.array([dt.datetime(2019, 5, 31, 16, tzinfo=dt.UTC), None], pa.timestamp("us", "UTC"))
    table = pa.table({"地点": ["保定", "保定"], "行业": ["钢铁", "钢铁"], "日期": moments})
    assert [row["judged_on"] for row in rows(rm, tmp_path, table)] == ["2019-06-01", "2019-06-01"]


def test_words_of_actions_and_datums_are_read_in_their_usual_forms(rm, tmp_path):
    assert parse_action("Move-in") == parse_action("move in") == "move_in"
    words = (
        "GCJ02坐标系",
        "高德坐标",
        "火星坐标系",
        "WGS84 坐标系统",
        "国家2000大地坐标系",
        "2000国家大地坐标系",
        "NULL",
    )
    text = "lon,lat,坐标系,行业\n" + "".join(f"115.4706,38.8752,{word},钢铁\n" for word in words)
    assert {row["unit_code"] for row in rows(rm, tmp_path, text)} == {"130602"}


def test_places_stand_in_where_coordinates_say_nothing(rm, tmp_path):
    text = "lon,lat,地点,行业\nNULL,nan,保定,钢铁\nNULL,38.87,保定,钢铁\n"
    first, second = rows(rm, tmp_path, text)
    assert first["unit_code"] == "130600"
    assert second["reason"].startswith("missing_coordinate")


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
@pytest.mark.filterwarnings("error")
def test_absurd_coordinates_are_reasons_in_any_datum(rm, tmp_path, datum):
    text = "lon,lat,行业\n12869999.1,4701234.2,钢铁\n1e300,-1e300,钢铁\n115.47,1e20,钢铁\n"
    found = rows(rm, tmp_path, text, options=Options(ON.on, datum=datum))
    assert [row["reason"].split(":")[0] for row in found] == ["out_of_range"] * 3


def test_a_column_that_is_called_like_ours_has_the_datum_of_the_file(rm, tmp_path):
    summary, _ = screened(
        rm, tmp_path, "geometry_lon,geometry_lat,行业\n115.47,38.87,钢铁\n", options=Options(ON.on, datum="gcj02")
    )
    assert summary["options"]["datum"] == "gcj02"


def test_an_industry_for_all_rows_says_which_column_is_not_read(rm, tmp_path):
    summary, _ = screened(rm, tmp_path, "地点,行业\n保定,水泥\n", options=Options(ON.on, industry="钢铁"))
    assert any("'行业' is not read" in note for note in summary["notes"])


def odd_columns():
    return {
        "large": pa.array(["=1+1", "b", None], pa.large_string()),
        "decimal": pa.array([decimal.Decimal("-12345678901234567890.5"), None, None], pa.decimal128(38, 10)),
        "duration": pa.array([5, None, 7], pa.duration("s")),
        "unsigned": pa.array([2**64 - 1, None, 0], pa.uint64()),
        "number": pa.array([2**60 + 1, None, 1]),
        "moment": pa.array([1_559_347_200_000_000_001, None, None], pa.timestamp("ns")),
        "list": pa.array([[1], None, []]),
        "fid": pa.array([3, 1, 1]),
        "geom": pa.array(["a", "b", "c"]),
        "VERDICT": pa.array(["x", "y", "z"]),
        "__regionmap_lon": pa.array([1.0, 2.0, 3.0]),
        "__regionmap_problem": pa.array(["p", "q", "r"]),
    }


def odd_table():
    return pa.table({"地点": ["保定", "上海", "火星"], "行业": ["钢铁"] * 3, **odd_columns()})


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "geojson", "gpkg"])
def test_odd_columns_go_into_all_formats_and_rows_keep_their_order(rm, tmp_path, ending):
    _, output = screened(rm, tmp_path, odd_table(), ending, chunk=2)
    if ending == "parquet":
        places = pq.read_table(output)["地点"].to_pylist()
    elif ending == "xlsx":
        head, *cells = openpyxl.load_workbook(output).active.iter_rows(values_only=True)
        found = [dict(zip(head, row, strict=True)) for row in cells]
        assert found[0]["number"] == str(2**60 + 1)  # 19 digits, of which a spreadsheet would keep 15
        assert found[0]["unsigned"] == str(2**64 - 1)
        places = [row["地点"] for row in found]
    else:
        layer = geopandas.read_file(output)
        places = list(layer["地点"])
        assert set(RESULTS) <= set(layer.columns)
    assert places == ["保定", "上海", "火星"]


def test_a_column_called_fid_is_no_key_of_a_geopackage(rm, tmp_path):
    _, output = screened(rm, tmp_path, odd_table(), "gpkg", chunk=1)
    layer = geopandas.read_file(output)
    assert list(layer["fid"]) == [3, 1, 1]
    assert list(layer["verdict"])[:2] == ["prohibited", "prohibited"]
    assert list(layer["input_VERDICT"]) == ["x", "y", "z"]


def test_frames_with_any_names_and_without_rows_are_judged(rm):
    columns = {"地点": pa.array(["保定"]), "行业": pa.array(["钢铁"])}
    odd = {name: one.slice(0, 1) for name, one in odd_columns().items()}
    table = pa.table([*columns.values(), *odd.values(), pa.array(["twice"])], names=[*columns, *odd, "large"])
    found = screen_table(rm, table, ON)
    assert found["verdict"].to_pylist() == ["prohibited"]
    assert {"large", "large.2", "input___regionmap_lon", "__regionmap_problem.2"} <= set(found.column_names)
    assert screen_table(rm, table.slice(0, 0), ON).num_rows == 0


def test_two_runs_for_one_output_do_not_mix(rm, tmp_path):
    output = tmp_path / "out.csv"
    held = CheckpointStore(output, {}, resume=False)
    with pytest.raises(InputError, match=r"another run is making out\.csv"):
        screened(rm, tmp_path, "地点,行业\n保定,钢铁\n", "csv")
    assert not output.exists()
    held.close()
    assert screened(rm, tmp_path, "地点,行业\n保定,钢铁\n", "csv")[0]["rows"] == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_what_a_killed_run_left_is_thrown_away(rm, tmp_path):
    folder = tmp_path / ".out.csv.regionmap-parts"
    folder.mkdir()
    for name in (".regionmap-0123456789ab.csv", "000007.arrow", "half", "run.json"):
        (folder / name).write_bytes(b"x")
    assert screened(rm, tmp_path, "地点,行业\n保定,钢铁\n", "csv")[0]["rows"] == 1
    assert not folder.exists()


def test_a_damaged_description_of_a_run_is_told(rm, tmp_path):
    text = "地点,行业\n" + "保定,钢铁\n" * 4

    def stop(done, _):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screened(rm, tmp_path, text, "csv", chunk=2, progress=stop)
    (tmp_path / ".out.csv.regionmap-parts" / "run.json").write_bytes(b"{")
    with pytest.raises(InputError, match="start anew without --resume"):
        screened(rm, tmp_path, text, "csv", chunk=2, resume=True)


def test_rules_of_an_overlay_bind_and_are_marked(tmp_path):
    source = {
        "id": "test-2019-1", "title": {"zh": "试行意见", "en": "Trial"}, "number": "试〔2019〕1号",
        "issuers": [{"zh": "某厅", "en": "A department"}], "level": "province", "rank": "province",
        "issued": "2019-01-01", "in_force_from": "2019-01-01", "in_force_until": None, "horizon": None,
        "evidence": "verbatim", "read": "whole", "items": [{"item": "一", "heading": "禁止"}],
        "provisions": [{
            "id": "1", "item": "一", "effect": "prohibit", "industries": ["textile"], "actions": ["new"],
            "where": {"places": [{"printed": "保定市", "codes": ["130600"]}]}, "quote": "禁止新建",
            "summary": {"zh": "禁止。", "en": "Banned."}, "evidence": "verbatim",
        }],
    }  # fmt: skip
    (tmp_path / "mine" / "sources").mkdir(parents=True)
    (tmp_path / "mine" / "sources" / "test-2019-1.yaml").write_text(json.dumps(source), "utf-8")
    over = regionmap.load(tmp_path / "mine")
    first, second = rows(over, tmp_path, "地点,行业\n莲池区,纺织\n上海,纺织\n")
    assert (first["verdict"], "test-2019-1/1" in first["provisions"]) == ("prohibited", True)
    assert "overlay" in first["caveats"]
    assert "overlay" not in second["caveats"]


class Cluster:
    """A client of a cluster on which something happens."""

    status = "closed"

    def __init__(self, error):
        self.error = error

    def result(self):
        raise self.error

    def __getattr__(self, name):
        answers = {"run": {"worker": regionmap.__version__}, "nthreads": {"worker": 1}, "submit": self}
        return lambda *_, **__: answers.get(name)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            MemoryError("no memory\nat all"),
            r"^a worker failed over a chunk \(no memory\): the same command with --resume",
        ),
        (OSError("closed"), r"^the Dask scheduler was lost \(closed\): the same command with --resume goes on$"),
        (concurrent.futures.CancelledError("gone"), r"^the Dask scheduler was lost \(gone\): the same command"),
    ],
)
def test_what_goes_wrong_on_a_cluster_is_one_line(rm, tmp_path, error, words):
    pytest.importorskip("distributed")
    from regionmap.screening.dask.chunks import judge_on

    def engine(rm, options, chunks):
        return judge_on(Cluster(error), rm, options, chunks)

    with pytest.raises(InputError, match=words):
        screened(rm, tmp_path, "地点,行业\n保定,钢铁\n", engine=engine)


@pytest.mark.parametrize(
    ("industry", "told"),
    [
        ("3110;3120", "unknown_industry"),
        ("3110 3120", "unknown_industry"),
        ("3110 水泥", "unknown_industry"),
        ("C 3110", "steel"),
        ("3110 炼铁", "steel"),
        ("3110 钢铁", "steel"),
        ("C3110 某某分厂", "steel"),
    ],
)
def test_two_industries_in_a_cell_are_not_read_as_the_first(rm, tmp_path, industry, told):
    (row,) = rows(rm, tmp_path, f"place,industry\n保定,{industry}\n")
    assert (row["reason"].split(":")[0] or row["industry_id"]) == told


@pytest.mark.parametrize(("code", "doubted"), [("411", True), ("91", True), ("31", False), ("3110", False)])
def test_codes_that_may_have_lost_their_zero_are_doubted(rm, tmp_path, code, doubted):
    (row,) = rows(rm, tmp_path, f"place,行业代码\n保定,{code}\n")
    assert ("code_zero" in row["caveats"]) is doubted


def test_a_code_that_lost_its_zero_and_is_none_is_offered_with_it(rm, tmp_path):
    (row,) = rows(rm, tmp_path, "place,行业代码\n保定,911\n")
    assert row["reason"].startswith("unknown_industry: GB/T 4754-2017 has no code 911")
    assert "0911" in row["reason"]


def test_days_before_all_documents_are_told(rm, tmp_path):
    summary, _ = screened(rm, tmp_path, "place,industry,date\n保定,钢铁,1970-01-01\n保定,钢铁,2019-06-01\n")
    assert any(one.startswith("rows that ask for a day before") for one in summary["warnings"])


def test_a_layer_of_rows_that_were_judged_by_name_can_be_judged_again(rm, tmp_path):
    _, output = screened(rm, tmp_path, "place,industry\n保定,钢铁\n,钢铁\n", ending="geojson")
    screen(rm, output, tmp_path / "again.parquet", ON, {"place": "place", "industry": "industry"})
    first, second = pq.read_table(tmp_path / "again.parquet").to_pylist()
    assert (first["unit_code"], first["verdict"]) == ("130600", "prohibited")
    assert second["reason"].startswith("no_geometry")


def test_a_layer_in_an_unknown_coordinate_system_is_refused(rm, tmp_path):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [115.47, 38.87]},
        "properties": {"a": "b"},
    }
    for name, known in (("urn:ogc:def:crs:OGC:1.3:CRS84", True), ("EPSG:4490", True), ("GCJ02", False)):
        crs = {"type": "name", "properties": {"name": name}}
        value = {"type": "FeatureCollection", "crs": crs, "features": [feature]}
        (tmp_path / "in.geojson").write_text(json.dumps(value), "utf-8")
        asked = Options(ON.on, industry="钢铁")
        if known:
            assert screen(rm, tmp_path / "in.geojson", tmp_path / "out.csv", asked, {})["judged"] == 1
        else:
            with pytest.raises(InputError, match="'GCJ02', which is not known"):
                screen(rm, tmp_path / "in.geojson", tmp_path / "out.csv", asked, {})


def test_columns_may_be_given_whole(rm, tmp_path):
    (tmp_path / "in.csv").write_text("lon,lat,place,industry\n121.47,31.23,保定,钢铁\n", encoding="utf-8")
    columns = Columns(place=("place",), industry="industry")
    summary = screen(rm, tmp_path / "in.csv", tmp_path / "out.parquet", ON, {}, columns=columns)
    assert pq.read_table(tmp_path / "out.parquet")["unit_code"].to_pylist() == ["130600"]
    assert "columns: industry = industry, place = place" in summary["notes"]


def test_a_moment_beyond_the_calendar_is_no_date_and_the_other_rows_are_judged(rm, tmp_path):
    moments = pa.array([2**62, 1_559_347_200_000_000], pa.timestamp("us"))
    table = pa.table({"地点": ["保定市", "保定市"], "行业": ["钢铁", "钢铁"], "日期": moments})
    output = screened(rm, tmp_path, table, ending="csv")[1]
    far, day = csv.DictReader(output.read_text("utf-8-sig").splitlines())
    assert far["reason"].startswith("bad_date")
    assert far["verdict"] == ""
    assert (day["judged_on"], day["verdict"]) == ("2019-06-01", "prohibited")

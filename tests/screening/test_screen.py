"""Whole runs of ``screen``: rows keep their order, answers are those of ``check``, bad rows say why."""

from __future__ import annotations

import datetime as dt
import json
import random

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regionmap.api import UNCERTAINTY_M
from regionmap.errors import InputError
from regionmap.model import Ruling, UnclearBecause
from regionmap.rules.matching.changed_units import touching
from regionmap.rules.matching.validity import all_change_dates
from regionmap.rules.verdict.ruling import weight
from regionmap.screening import options as screening_options
from regionmap.screening import run as running
from regionmap.screening.options import RESULTS, Options
from regionmap.screening.run import screen, screen_table

ON = Options(dt.date(2019, 6, 1))
TEXT = """名称,经度,纬度,地点,行业
a,,,保定,钢铁
b,115.4706,38.8752,,3110
c,39.9,116.4,,钢铁
d,0,0,,钢铁
e,abc,38,,水泥
f,,,张家口,钢铁
g,,,上海,钢铁,extra
h,,,火星市,钢铁
i,,,朝阳区,钢铁
j,,,唐山,养鸟
k,12345678,4321567,,钢铁
l,0.5,51.5,,钢铁
m,115.47,,,钢铁
n,,,,钢铁
o,,,唐山,
p,inf,38,,钢铁
"""


def screened(rm, folder, text, ending="parquet", options=ON, **more):
    source, output = folder / "in.csv", folder / f"out.{ending}"
    source.write_text(text, encoding="utf-8")
    return screen(rm, source, output, options, {}, **more), output


@pytest.mark.parametrize("chunk", [3, 50_000])
def test_every_row_gets_a_verdict_or_a_reason_and_keeps_its_place(rm, tmp_path, chunk):
    summary, output = screened(rm, tmp_path, TEXT, chunk=chunk)
    rows = pq.read_table(output).to_pylist()
    assert "".join(row["名称"] for row in rows) == "abcdefghijklmnop"
    verdicts = {row["名称"]: row["verdict"] for row in rows if row["verdict"]}
    # 136号 二（二） bans added steel in 保定, which its list prints; 张家口 is not printed, but 337号 binds everywhere.
    assert verdicts == {"a": "prohibited", "b": "prohibited", "f": "restricted"}
    reasons = {row["名称"]: row["reason"].split(":")[0] for row in rows if row["reason"]}
    assert reasons == {
        "c": "swapped", "d": "zero_coordinates", "e": "not_a_number", "g": "ragged_row", "h": "unknown_place",
        "i": "ambiguous_place", "j": "unknown_industry", "k": "out_of_range", "l": "outside_china",
        "m": "missing_coordinate", "n": "missing_place", "o": "missing_industry", "p": "not_a_number",
    }  # fmt: skip
    assert not {row["名称"] for row in rows} - set(verdicts) - set(reasons)
    assert summary["rows"] == 16
    assert summary["verdicts"] == {"prohibited": 2, "restricted": 1}
    assert summary["provinces"] == {"河北省": {"prohibited": 2, "restricted": 1}}
    assert sum(summary["reasons"].values()) == 13
    assert all(row["judged_on"] == "2019-06-01" for row in rows)
    assert rows[0]["numbers"].startswith("工信部节〔2018〕136号 二（二）")


def questions(rm, count):
    """Random rows: points inside and near the edges of counties, names of all levels, industries, actions, dates."""
    pick = random.Random(6)  # noqa: S311
    subjects = ["钢铁", "steel", "3011", "3041", "2521", "3391", "2614", "1711", "4411", "3985", "2710", "C26"]
    actions = ["new", "expand", "replace", "move_in", "upgrade", "新建"]
    days = [
        "2009-01-01",
        "2013-09-30",
        "2016-02-29",
        "2018-07-03",
        "2019/6/1",
        "2021年11月2日",
        "20240301",
        "2031-01-01",
    ]
    codes = rm.locator.codes
    crossed = [one for one in codes if one[:2] in ("13", "37", "41", "61")]  # the key regions of 2018 end inside these
    for number in range(count):
        way = number % 3
        code = pick.choice(crossed if way == 1 else codes)
        lon = lat = place = ""
        if way == 0:
            place = pick.choice(list(rm.gazetteer.by_code))
        else:
            shape = rm.locator.geometry(code)
            largest = max(getattr(shape, "geoms", [shape]), key=lambda one: one.area)
            corner = pick.choice(np.asarray(largest.exterior.coords))
            spread = 0.004 if way == 1 else 0.2
            lon, lat = (f"{value + pick.gauss(0, spread):.6f}" for value in corner)
        day = "2019-06-01" if way == 1 else pick.choice(days)
        yield lon, lat, place, pick.choice(subjects), pick.choice(actions), day


def _of_the_answer(kind: str) -> bool:
    """Whether a caveat is of the answer: those of the row itself stand before them."""
    return kind not in {"near_boundary", "near_limit", "default_date", "place_reading"}


def expected(rm, row):
    """What ``check`` says, in the form of a row."""
    from regionmap.screening.cell_values import date_of

    lon, lat, place, industry, action, day = row
    where = {"place": place} if place else {"lon": lon, "lat": lat}
    verdict = rm.check(**where, industry=industry, action=action, on=date_of(day).day)
    cited = [one for one in verdict.findings if one.decides and weight(one) is not Ruling.NO_RULE]
    if verdict.unclear_because is UnclearBecause.LAPSED:
        cited = [*verdict.deciding, *cited]
    metres = verdict.point.boundary_m if verdict.point is not None else None
    return {
        "unit_code": "; ".join(one.code for one in verdict.places),
        "verdict": str(verdict.ruling),
        "provisions": "; ".join(dict.fromkeys(one.provision.id for one in cited)),
        "numbers": "; ".join(dict.fromkeys(f"{one.source.number} {one.provision.item}" for one in cited)),
        "caveats": "; ".join(sorted(dict.fromkeys(str(one.kind) for one in verdict.caveats), key=_of_the_answer)),
        "boundary_m": metres if metres is not None and metres <= UNCERTAINTY_M else None,
        "province_line_m": verdict.point.province_line_m if verdict.point is not None else None,
    }


@pytest.mark.parametrize("many", [False, True])
def test_answers_are_those_of_check_row_by_row(rm, tmp_path, monkeypatch, many):
    if many:
        monkeypatch.setattr(running, "CHUNK", 1)
    rows = list(questions(rm, 900))
    table = pa.table(dict(zip(["lon", "lat", "地点", "行业", "action", "日期"], zip(*rows, strict=True), strict=True)))
    pq.write_table(table, tmp_path / "in.parquet")
    screen(rm, tmp_path / "in.parquet", tmp_path / "out.parquet", ON, {}, chunk=200)
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    near = judged = 0
    for row, result in zip(rows, found, strict=True):
        if result["reason"]:
            with pytest.raises(InputError):
                expected(rm, row)
            continue
        judged += 1
        wanted = expected(rm, row)
        near += wanted["boundary_m"] is not None
        for name in ("boundary_m", "province_line_m"):
            wanted[name] = wanted[name] and pytest.approx(wanted[name], abs=0.11)
        assert {key: result[key] for key in wanted} == wanted, row
    assert judged > 700
    assert near > 10


def test_every_row_of_another_code_and_day_gets_the_answer_of_check(rm, tmp_path):
    # Codes that share answers, units that changed and a parent of theirs, counties that a rule by distance cuts.
    pick = random.Random(17)  # noqa: S311
    codes = sorted(one for one in rm.catalogue.gbt if len(one) in (3, 4))
    lowest = [one for one in rm.gazetteer.by_code if not rm.gazetteer.children(one)]
    changed = [one for one in rm.gazetteer.by_code if touching(rm.gazetteer, [rm.gazetteer.unit(one)])]
    turns = all_change_dates(rm.catalogue)
    rows = []
    for number in range(240):
        place = pick.choice(changed if number % 2 else lowest)
        day = pick.choice(turns) - dt.timedelta(days=pick.choice((0, 1, 40)))
        action = pick.choice(["new", "expand", "replace", "move_in", "upgrade"])
        rows.append(("", "", place, pick.choice(codes), action, day.isoformat()))
    table = pa.table(dict(zip(["lon", "lat", "地点", "行业", "action", "日期"], zip(*rows, strict=True), strict=True)))
    pq.write_table(table, tmp_path / "in.parquet")
    screen(rm, tmp_path / "in.parquet", tmp_path / "out.parquet", ON, {}, chunk=100)
    judged = warned = 0
    for row, result in zip(rows, pq.read_table(tmp_path / "out.parquet").to_pylist(), strict=True):
        if result["reason"]:
            with pytest.raises(InputError):
                expected(rm, row)
            continue
        wanted = expected(rm, row)
        own = [one for one in result["caveats"].split("; ") if one not in ("code_zero", "place_reading")]
        wanted["caveats"] = [one for one in wanted["caveats"].split("; ") if one != "place_reading"]
        assert {key: result[key] for key in wanted} | {"caveats": own} == wanted, row
        judged += 1
        warned += "unit_changed" in own
    assert judged > 150
    assert warned > 10


def test_a_boundary_is_measured_however_far_when_asked(rm, tmp_path):
    _, output = screened(
        rm, tmp_path, "lon,lat,industry\n115.4644,38.8740,钢铁\n", options=Options(ON.on, boundary=True)
    )
    (row,) = pq.read_table(output).to_pylist()
    point = rm.check(lon=115.4644, lat=38.8740, industry="钢铁", on="2019-06-01").point
    assert row["boundary_m"] == pytest.approx(point.boundary_m, abs=0.1)
    assert row["caveats"].find("near_boundary") == -1


def test_defaults_hold_where_a_cell_is_blank_and_a_missing_date_is_said(rm, tmp_path):
    text = "地点,行业,日期,建设性质\n保定,钢铁,2012-01-01,\n保定,钢铁,,技改\n保定,,2019-06-01,新建\n"
    options = Options(dt.date(2019, 6, 1), industry=None, date_given=False)
    _, output = screened(rm, tmp_path, text, options=options)
    first, second, third = pq.read_table(output).to_pylist()
    assert (first["judged_on"], first["judged_action"]) == ("2012-01-01", "new")
    assert "default_date" not in first["caveats"]
    assert (second["judged_on"], second["judged_action"]) == ("2019-06-01", "upgrade")
    assert "default_date" in second["caveats"]
    assert third["reason"].startswith("missing_industry")


def test_bad_words_in_a_row_are_reasons(rm, tmp_path):
    text = (
        "lon,lat,datum,industry,date,action\n"
        "115.47,38.87,mars,钢铁,2019-06-01,new\n"
        "115.47,38.87,wgs84,钢铁,6/1/2019,new\n"
        "115.47,38.87,,钢铁,2019-02-30,new\n"
        "115.47,38.87,GCJ-02,钢铁,2019-06-01,demolish\n"
        "115.47,38.87,火星坐标系,钢铁,2019-06-01 08:30,扩建\n"
    )
    _, output = screened(rm, tmp_path, text)
    found = [row["reason"].split(":")[0] or row["verdict"] for row in pq.read_table(output).to_pylist()]
    assert found == ["unknown_datum", "bad_date", "bad_date", "unknown_action", "prohibited"]


def test_adcodes_and_parts_of_names(rm, tmp_path):
    text = (
        "省,市,区县,行政区划代码,industry\n"
        "河北省,保定市,莲池区,,钢铁\n"
        "北京市,市辖区,朝阳区,,钢铁\n"
        ",,,130602,钢铁\n"
        ",,,130602001001,钢铁\n"
        ",,,139999,钢铁\n"
    )
    _, output = screened(rm, tmp_path, text)
    rows = pq.read_table(output).to_pylist()
    assert [row["unit_code"] for row in rows] == ["130606", "110105", "130602", "130602", ""]
    assert rows[4]["reason"].startswith("unknown_place")


def test_coordinates_decide_where_a_row_names_another_place(rm, tmp_path):
    text = "经度,纬度,所在市,行业\n115.4706,38.8752,上海市,钢铁\n115.4706,38.8752,保定市,钢铁\n"
    summary, output = screened(rm, tmp_path, text)
    first, second = pq.read_table(output).to_pylist()
    assert first["unit_code"] == second["unit_code"] == "130602"
    assert "place_disagrees" in first["caveats"]
    assert "place_disagrees" not in second["caveats"]
    assert any("another place" in one for one in summary["warnings"])


def test_columns_with_the_name_of_a_result_are_kept_under_another(rm, tmp_path):
    summary, output = screened(rm, tmp_path, "place,industry,verdict,reason\n保定,钢铁,mine,why\n")
    table = pq.read_table(output)
    assert table.column_names == ["place", "industry", "input_verdict", "input_reason", *RESULTS]
    assert table["input_verdict"].to_pylist() == ["mine"]
    assert any("input_verdict" in note for note in summary["notes"])


def test_the_run_id_stands_for_what_the_answers_rest_on(rm, tmp_path):
    one, output = screened(rm, tmp_path, TEXT)
    assert pq.read_schema(output).metadata[b"regionmap.run"].decode() == one["run"]
    again, _ = screened(rm, tmp_path, TEXT.replace("保定", "唐山"))
    other, _ = screened(rm, tmp_path, TEXT, options=Options(dt.date(2019, 6, 2)))
    assert one["run"] == again["run"] != other["run"]
    assert {"catalogue", "boundaries", "versions", "options"} <= set(one)


def test_a_file_of_many_chunks_says_the_same_as_one_of_few(rm, tmp_path, monkeypatch):
    pick = np.random.default_rng(3)
    points = np.column_stack([pick.uniform(100, 120, 4_000), pick.uniform(25, 40, 4_000)]).round(5)
    text = "lon,lat,industry\n" + "".join(f"{x},{y},{'3110' if x > 110 else '3011'}\n" for x, y in points)
    _, output = screened(rm, tmp_path, text)
    few = pq.read_table(output)
    monkeypatch.setattr(running, "CHUNK", 1_000)
    _, output = screened(rm, tmp_path, text, chunk=700)
    assert screening_options.CHUNK == 50_000
    assert pq.read_table(output).equals(few)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "no column says where"),
        ("lon,industry\n1,钢铁\n", "none for the latitude"),
        ("lon,lat\n1,2\n", "no column names an industry"),
        ("", "is empty"),
        ("lon,lat,industry\n", "no rows"),
    ],
)
def test_files_without_what_is_needed_are_refused_and_nothing_is_left(rm, tmp_path, text, words):
    with pytest.raises(InputError, match=words):
        screened(rm, tmp_path, text)
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]


def test_outputs_that_cannot_be_are_refused(rm, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(TEXT, encoding="utf-8")
    for output, words in (
        (tmp_path / "out.doc", "no ending that can be written"),
        (tmp_path / "none" / "out.csv", "make it first"),
        (source, "the file that is read"),
    ):
        with pytest.raises(InputError, match=words):
            screen(rm, source, output, ON, {})


def test_a_data_frame_is_judged_in_memory(rm):
    frame = pd.DataFrame({"name": ["a", "b"], "adcode": [130600, 310000], "n": [1.5, None]})
    found = screen_table(rm, pa.Table.from_pandas(frame), Options(dt.date(2019, 6, 1), industry="钢铁")).to_pandas()
    assert list(found.columns) == ["name", "adcode", "n", *RESULTS]
    assert list(found["verdict"]) == ["prohibited", "prohibited"]
    assert list(found["unit_name"]) == ["保定市", "上海市"]


def test_points_of_a_layer_are_not_shifted_by_a_datum_of_other_files(rm, tmp_path):
    point = {"type": "Point", "coordinates": [115.4706, 38.8752]}
    feature = {"type": "Feature", "geometry": point, "properties": {"行业": "钢铁", "坐标系": "bd09"}}
    (tmp_path / "in.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    options = Options(ON.on, datum="gcj02")
    summary = screen(rm, tmp_path / "in.geojson", tmp_path / "out.geojson", options, {})
    assert any("gcj02 is not used: the points of this file" in one for one in summary["notes"])
    (found,) = json.loads((tmp_path / "out.geojson").read_text("utf-8"))["features"]
    assert found["geometry"] == point
    assert found["properties"]["unit_code"] == "130602"


def test_what_is_asked_of_coordinates_is_told_to_be_idle_without_any(rm, tmp_path):
    asked = Options(ON.on, datum="gcj02", crs="39", boundary=True)
    summary, _ = screened(rm, tmp_path, "place,industry\n保定,钢铁\n", options=asked)
    told = [one for one in summary["notes"] if "no column holds coordinates" in one]
    assert [word for one in told for word in ("gcj02", "CGCS2000", "distance") if word in one] == [
        "gcj02", "CGCS2000", "distance",
    ]  # fmt: skip
    summary, _ = screened(rm, tmp_path, "lon,lat,industry\n115.47,38.87,钢铁\n", options=Options(ON.on, datum="gcj02"))
    assert not any("not used" in one for one in summary["notes"])


def test_a_code_of_2011_keeps_its_caveat_beside_the_code_of_today(rm, tmp_path):
    text = "place,industry\n保定,3140\n保定,3150\n保定,3140\n"  # 3150 was 铁合金冶炼 in 2011, which is 3140 today
    _, output = screened(rm, tmp_path, text)
    assert ["old_code" in row["caveats"] for row in pq.read_table(output).to_pylist()] == [
        "old_code" in {str(one.kind) for one in rm.check("保定", industry=code, on=ON.on).caveats}
        for code in ("3140", "3150", "3140")
    ]


def test_a_column_of_free_text_is_explained_only_at_its_head(rm, tmp_path):
    text = "place,industry\n" + "".join(f"保丁{at}号,钢铁\n" for at in range(60))
    _, output = screened(rm, tmp_path, text)
    reasons = [row["reason"] for row in pq.read_table(output).to_pylist()]
    assert all(one.startswith("unknown_place: no place is called '保丁") for one in reasons)
    assert reasons[0].count("130600") == 1
    assert reasons[-1] == "unknown_place: no place is called '保丁59号'"

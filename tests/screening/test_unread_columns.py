"""What is assumed for all rows is said, and loudly where a column that is not read says otherwise."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import warnings

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import regionmap.cli.commands as cli
from regionmap.model import Action
from regionmap.rules.reading.actions import MEANINGS, parse_action
from regionmap.screening.options import Options
from regionmap.screening.parts.run import screen_parts
from regionmap.screening.roles import Columns
from regionmap.screening.run import screen
from regionmap.screening.unread_columns import UnreadColumns
from regionmap.screening.unread_columns import warnings as unread_warnings
from regionmap.screening.usual_names import TIERS

ON = Options(dt.date(2024, 6, 1))


def summary(rm, folder, columns, options=ON, rows=None):
    """Screen a CSV file of columns; each is a text for all rows, or a list."""
    rows = rows or max(len(one) for one in columns.values() if isinstance(one, list))
    table = pd.DataFrame({name: one if isinstance(one, list) else [one] * rows for name, one in columns.items()})
    table.to_csv(folder / "in.csv", index=False)
    return screen(rm, folder / "in.csv", folder / "out.parquet", options, {})


def told(result, kind="unread"):
    return [one for one in result["warnings"] if one.id.startswith(f"warning_{kind}")]


def test_a_column_of_actions_that_is_not_read_is_named_with_what_it_would_change(rm, tmp_path):
    cells = ["技改", "置换", "技改", "新建", "改建", " UPGRADE ", "", "扩建"]
    result = summary(rm, tmp_path, {"地点": "保定", "行业": "钢铁", "情形": cells})
    (said,) = told(result)
    assert said.id == "warning_unread_actions"
    assert "'情形'" in said
    assert "--action-column" in said
    assert "judged as new" in said
    assert "cells looked at: 7, of them new 1, expand 1, replace 1, upgrade 3, with two meanings (改建, 搬迁) 1" in said
    assert result["default_action"] == "new"


def test_single_signs_are_counted_in_a_column_of_them_and_nowhere_else(rm, tmp_path):
    cells = ["新", "扩", "扩", "改", "迁", "技改", "expansion"]
    (said,) = told(summary(rm, tmp_path, {"地点": "保定", "行业": "钢铁", "情形": cells}))
    assert "cells looked at: 7, of them new 1, expand 3, upgrade 1, with two meanings (改建, 搬迁) 2" in said
    provinces = ["新", "冀", "改", "豫", "晋"]  # 改 is a slip
    assert told(summary(rm, tmp_path, {"地点": "保定", "行业": "钢铁", "省": provinces})) == []


def test_every_word_for_another_action_than_the_assumed_one_is_known(rm):
    look = UnreadColumns(dataclasses.replace(ON, columns=Columns(place=("地点",))), rm.catalogue.gbt)
    for word, meant in MEANINGS.items():
        found = look.evidence(pa.table({"地点": ["保定"] * 2, "z": ["", f" {word.upper()}"]}))
        assert bool(unread_warnings(found, ON)) == (meant != (Action.NEW,)), word


def test_the_words_that_warn_are_those_of_the_reader_of_actions():
    for word, meant in MEANINGS.items():
        if len(meant) == 1:
            assert parse_action(word) is meant[0]


def test_headings_near_those_of_actions_are_named(rm, tmp_path):
    near = ["项目建设性质类别", "建设性质（新建/扩建/技改）", "是否技改", "Action type", "投资方式"]
    result = summary(rm, tmp_path, {"地点": "保定", "行业": "钢铁", **{one: ["见批复", "另说"] for one in near}})
    (said,) = told(result)
    assert said.id == "warning_unread_actions.name"
    assert "'项目建设性质类别', '建设性质（新建/扩建/技改）', '是否技改', 'Action type', '投资方式'" in said


def test_other_columns_raise_no_alarm(rm, tmp_path):
    columns = {
        "备注": ["新建", "新建"],  # what is assumed
        "企业性质": ["国有", "民营"],
        "用地性质": ["工业用地", "出让"],
        "transaction": ["sale", "lease"],
        "技改备案文号": ["123", "124"],
        "项目名称": ["高炉技改项目", "扩建二期"],
        "产量": ["85.5", "20.25"],
    }
    assert told(summary(rm, tmp_path, {"地点": "保定", "行业": "钢铁", **columns})) == []
    assert told(summary(rm, tmp_path, {"地点": "保定", "行业": "钢铁", "建设性质": ["技改", "扩建"]})) == []


def test_that_rows_were_judged_for_one_action_is_always_noted(rm, tmp_path):
    ids = [one.id for one in summary(rm, tmp_path, {"地点": ["保定"], "行业": "钢铁"})["notes"]]
    assert "note_default_action" in ids
    result = summary(rm, tmp_path, {"地点": ["保定"], "行业": "钢铁", "建设性质": "技改"})
    assert "note_default_action" not in [one.id for one in result["notes"]]
    assert result["default_action"] is None


def test_dates_that_are_not_read_are_named_where_the_day_of_the_run_is_taken(rm, tmp_path):
    columns = {"地点": "保定", "行业": "钢铁", "登记": ["2014-03-01", "2015/3/1", "2016年3月", "20170301", ""]}
    today = Options(dt.date(2026, 11, 28), date_given=False)
    (said,) = told(summary(rm, tmp_path, columns, today))
    assert said.id == "warning_unread_dates"
    assert "'登记'" in said
    assert "2026-11-28" in said
    assert "--date-column" in said
    assert told(summary(rm, tmp_path, columns)) == []  # one date was asked for


def test_coordinates_that_are_not_read_are_named_where_rows_are_judged_by_name(rm, tmp_path):
    columns = {"地点": "保定", "行业": "钢铁", "a": ["115.4706", "115.4801"], "b": ["38.8752", "38.9001"]}
    (said,) = told(summary(rm, tmp_path, columns))
    assert said.id == "warning_unread_coordinates"
    assert "'a', 'b'" in said
    assert "--lon-column" in said
    assert told(summary(rm, tmp_path, {**columns, "b": "900"})) == []  # one of the two alone is something else
    pair = {"地点": "保定", "行业": "钢铁", "点": ["115.4706, 38.8752", "115.48,38.90"]}
    assert told(summary(rm, tmp_path, pair))[0].id == "warning_unread_coordinates"
    elsewhere = {"地点": "保定", "行业": "钢铁", "监测点经度": columns["a"], "监测点纬度": columns["b"]}
    assert told(summary(rm, tmp_path, elsewhere)) == []
    located = {"经度": ["115.47", "115.48"], "纬度": "38.87", **columns}
    assert told(summary(rm, tmp_path, located)) == []


@pytest.mark.parametrize(("heading", "cells"), [("行业代码", ["3110", "3011"]), ("类", ["3110", "1711"])])
def test_industries_that_are_not_read_are_named_where_one_is_asked_for_all(rm, tmp_path, heading, cells):
    one = Options(dt.date(2024, 6, 1), "水泥")
    (said,) = told(summary(rm, tmp_path, {"地点": "保定", heading: cells}, one))
    assert said.id == "warning_unread_industries"
    assert heading in said
    assert "水泥" in said
    same = {"地点": "保定", heading: ["水泥", "水泥"], "建成年份": ["2021", "2022"]}  # 2021 is a class, and a year
    assert told(summary(rm, tmp_path, same, one)) == []


def test_a_column_of_parquet_in_other_types_is_looked_at(rm, tmp_path):
    table = pa.table(
        {
            "地点": ["保定"] * 3, "行业": ["钢铁"] * 3, "情形": pa.array(["技改", None, "技改"]).dictionary_encode(),
            "日": pa.array([dt.date(2014, 1, 1)] * 3), "ts": pa.array([dt.datetime(2014, 1, 1, 5)] * 3),
            "表": pa.array([[1], [2], []]), "空": pa.nulls(3), "真": [True, False, None],
            "a": [115.4706, 115.4801, float("nan")], "b": [38.8752, 38.9001, 38.9001],
        }
    )  # fmt: skip
    pq.write_table(table, tmp_path / "in.parquet")
    today = Options(dt.date(2026, 11, 28), date_given=False)
    result = screen(rm, tmp_path / "in.parquet", tmp_path / "out.parquet", today, {})
    said = {one.id: str(one) for one in told(result)}
    assert set(said) == {"warning_unread_actions", "warning_unread_dates", "warning_unread_coordinates"}
    assert "'日', 'ts'" in said["warning_unread_dates"]


def test_later_chunks_and_other_parts_are_looked_at_too(rm, tmp_path):
    (tmp_path / "in").mkdir()
    for number, word in enumerate(("新建", "技改")):
        rows = pd.DataFrame({"地点": ["保定"] * 4, "行业": ["钢铁"] * 4, "情形": [word] * 4})
        rows.to_csv(tmp_path / "in" / f"{number}.csv", index=False)
    result = screen_parts(rm, str(tmp_path / "in"), str(tmp_path / "out"), ON, {})
    assert told(result)
    assert [one.id for one in result["notes"]].count("note_default_action") == 1
    manifest = json.loads((tmp_path / "out" / "_manifest.json").read_text("utf-8"))
    assert manifest["default_action"] == "new"
    assert "情形" in manifest["warnings"][0]
    both = pd.concat([pd.read_csv(tmp_path / "in" / f"{number}.csv") for number in (0, 1)])
    both.to_csv(tmp_path / "in.csv", index=False)
    assert told(screen(rm, tmp_path / "in.csv", tmp_path / "out.csv", ON, {}, chunk=4))


def test_a_table_with_very_many_columns_is_looked_at_and_told_in_short(rm):
    look = UnreadColumns(dataclasses.replace(ON, columns=Columns(place=("地点",))), rm.catalogue.gbt)
    found = look.evidence(pa.table({f"c{number}": ["技改"] * 500 for number in range(1_900)}))
    said = unread_warnings(found, ON)
    assert len(said) == 4
    assert "1,897" in said[-1]
    assert found["unread:action:upgrade:c0"] == 105  # 200,000 cells of all


def test_a_table_from_python_warns_in_its_words(rm):
    frame = pd.DataFrame({"place": ["保定市"], "industry": ["钢铁"], "kind": ["upgrade"]})
    with pytest.warns(UserWarning, match=r"'kind' holds actions .* columns=\{'action': …\}") as caught:
        rm.screen(frame, on="2024-06-01")
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rm.screen(frame.rename(columns={"kind": "action"}), on="2024-06-01")


def test_the_command_says_it_on_standard_error_where_the_summary_is_for_machines(capsys, tmp_path):
    (tmp_path / "in.csv").write_text("地点,行业,情形\n保定,钢铁,技改\n", "utf-8")
    arguments = ["screen", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv"), "--date", "2024-06-01"]
    status = cli._run([*arguments, "--json", "--lang", "en"])
    out, err = capsys.readouterr()
    assert status == 0
    assert "情形" in json.loads(out)["warnings"][0]
    assert err.startswith("regionmap: the column '情形' holds actions and is not read")
    assert len(err.splitlines()) == 1
    cli._run([*arguments, "--lang", "zh"])
    assert "--action-column" in capsys.readouterr().err


def test_usual_headings_of_actions_are_near_to_themselves():
    from regionmap.screening.headings import like_action

    assert all(like_action(one) for tier in TIERS["action"] for one in tier)


def test_where_most_rows_are_exchanged_the_columns_to_name_are_said(rm, tmp_path):
    columns = {"经度": ["38.87", "38.9", "115.47"], "纬度": ["115.47", "115.4", "38.87"], "行业": "钢铁"}
    (said,) = told(summary(rm, tmp_path, columns), "suspicious")
    assert said.id == "warning_suspicious.swapped"
    assert "--lon-column '纬度' --lat-column '经度'" in said
    assert "2 of 3" in said
    few = {"经度": ["38.87", "115.4", "115.47"], "纬度": ["115.47", "38.9", "38.87"], "行业": "钢铁"}
    (said,) = told(summary(rm, tmp_path, few), "suspicious")
    assert said.id == "warning_suspicious"

"""``--format``: tables for a terminal, plain lines for a pipe, Markdown, JSON and CSV for documents and machines."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

import regionmap
import regionmap.cli.commands as cli
from regionmap.api import Regionmap
from regionmap.output.markdown import markdown
from regionmap.output.tables.terminal import Form, Terminal

DATE = ["--date", "2019-06-01"]
ANSWERS = {
    "check": ["check", "保定市", "--industry", "钢铁", *DATE],
    "lookup": ["lookup", "保定市", *DATE],
    "transfer": ["transfer", "--from", "上海", "--industry", "纺织", "--date", "2022-06-01"],
    "rules": ["rules", "--text", "错峰", *DATE],
    "regions": ["regions", *DATE],
    "region": ["regions", "长三角"],
    "history": ["history", "air-key-regions", "--from", "2019-06-01", "--to", "2024-03-01"],
    "sources": ["sources"],
}
BOXES = re.compile("[\u2500-\u257f]")
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def run(capsys, monkeypatch, rm):
    monkeypatch.setattr(Regionmap, "load", lambda catalogue=None: rm)

    def call(*arguments: str, width: int = 80) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        status = cli._run(list(arguments))
        captured = capsys.readouterr()
        assert (status, captured.err) == (0, "")
        return captured.out

    return call


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("full", [[], ["--full"]])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_pipe_gets_no_boxes_and_no_colours(run, name, full):
    out = run(*ANSWERS[name], *(full if name not in {"rules", "sources"} else []))
    assert out
    assert not BOXES.search(out)
    assert "\x1b" not in out
    assert "136号" in out or name in {"region", "transfer"}  # never broken in two


@pytest.mark.parametrize("name", ANSWERS)
def test_table_draws_boxes_where_it_is_asked_for(run, name):
    full = ["--full"] if name not in {"rules", "sources"} else []
    assert BOXES.search(run(*ANSWERS[name], *full, "--format", "table", width=120))


@pytest.mark.parametrize("name", ANSWERS)
def test_json_is_what_the_short_form_prints(run, name):
    assert json.loads(run(*ANSWERS[name], "--format", "json")) == json.loads(run(*ANSWERS[name], "--json"))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("check", ["place", "place_name", "industry", "action", "date", "verdict", "group", "provision", "number"]),
        ("lookup", ["place", "place_name", "date", "group", "provision", "number", "item", "effect"]),
        ("transfer", ["code", "name", "name_en", "province", "tier", "ruling", "obstacles", "guides"]),
        ("rules", ["provision", "source", "number", "title", "item", "effect", "status", "quote"]),
        ("regions", ["region", "source", "number", "in_force_from", "code", "printed", "name_en"]),
        ("history", ["code", "name", "name_en", "change", "before", "after"]),
        ("sources", ["source", "number", "title", "title_en", "issuers", "in_force_from", "read"]),
    ],
)
def test_csv_has_a_row_for_each_with_columns_that_stay(run, name, columns):
    found = rows(run(*ANSWERS[name], "--format", "csv"))
    assert len(found) > 1
    assert [one for one in found[0] if one in columns] == columns
    assert found == rows(run(*ANSWERS[name], "--format", "csv", "--lang", "en"))  # data has no language


def test_csv_holds_what_json_holds(run):
    answer = json.loads(run(*ANSWERS["check"], "--json"))
    found = rows(run(*ANSWERS["check"], "--format", "csv"))
    assert {one["verdict"] for one in found} == {answer["verdict"]}
    binds = [one["provision"] for one in found if one["group"] == "binds"]
    assert binds == [one["provision"] for one in answer["findings"]]


def test_csv_of_nothing_is_its_columns(run, rm):
    text = run("rules", "--text", "量子计算机", "--format", "csv")
    assert text.startswith("provision,source,")
    assert rows(text) == []


def test_csv_runs_no_formula(tmp_path, capsys):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "own-2020-1.yaml").write_text(
        """\
id: own-2020-1
title: {zh: "=HYPERLINK(1)", en: "+1"}
number: "@own"
issuers: [{zh: 某局, en: Some office}]
kind: notice
level: national
rank: ministry
issued: "2020-01-01"
in_force_from: 2020-01-01
in_force_until: null
horizon: null
evidence: reported
read: part
items: []
provisions: []
""",
        encoding="utf-8",
    )
    status = cli._run(["sources", "own-2020-1", "--format", "csv", "--catalogue", str(tmp_path)])
    captured = capsys.readouterr()
    if status:
        pytest.fail(captured.err)
    (row,) = rows(captured.out)
    assert (row["number"], row["title"], row["title_en"]) == ("'@own", "'=HYPERLINK(1)", "'+1")


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("full", [[], ["--full"]])
def test_markdown_is_heads_lists_and_tables(run, name, full):
    out = run(*ANSWERS[name], *(full if name not in {"rules", "sources"} else []), "--format", "markdown")
    assert not BOXES.search(out)
    tables = [line for line in out.splitlines() if line.startswith("|")]
    if name in {"rules", "regions", "region", "sources"} or full:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in tables[:3]}) == 1
    else:
        assert out.startswith("## ")
        assert "\n- " in out


def test_markdown_shows_marks_as_they_are():
    assert markdown("a|b *c* [d](e) <f> `g`\nh") == r"a\|b \*c\* \[d\](e) \<f\> \`g\` h"
    assert markdown("- x") == r"\- x"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_narrow_terminal_gets_records_and_no_line_is_wider(rm, monkeypatch, name, width, language, capsys):
    file = io.StringIO()
    monkeypatch.setattr(Regionmap, "load", lambda catalogue=None: rm)
    narrow = Console(file=file, width=width, force_terminal=True, color_system=None, highlight=False)
    monkeypatch.setattr("regionmap.output.tables.terminal.safe_console", lambda _: narrow)
    full = ["--full"] if name not in {"rules", "sources"} else []
    assert cli._run([*ANSWERS[name], *full, "--lang", language]) == 0
    lines = file.getvalue().splitlines()
    assert lines
    assert max(map(cell_len, lines)) <= width
    cells = [part.strip() for line in lines for part in re.split("[│┃]", line)]
    letters = [one for one in cells if one]
    assert sum(cell_len(one) < 5 for one in letters) < len(letters) / 4  # no columns of a character or two


def test_colours_are_left_out_where_the_user_wants_none(monkeypatch):
    for setting, coloured in ((None, True), ("1", False)):
        if setting is None:
            monkeypatch.delenv("NO_COLOR", raising=False)
        else:
            monkeypatch.setenv("NO_COLOR", setting)
        file = io.StringIO()
        console = Console(file=file, force_terminal=True, width=80, color_system="standard")
        Terminal("en", console, Form.TABLE).line("words", "red")
        assert ("\x1b[31m" in file.getvalue()) is coloured


BRIEF = [
    ["lookup", "保定", "--date", "2019-06-01"],
    ["lookup", "保定", "--date", "2019-06-01", "--format", "markdown"],
    ["transfer", "--from", "上海", "--industry", "纺织", "--date", "2022-06-01", "--top", "3"],
    ["history", "air-key-regions", "--from", "2019-06-01", "--to", "2024-03-01"],
    ["regions", "--date", "2019-06-01"],
]


@pytest.mark.parametrize("arguments", BRIEF, ids=" ".join)
def test_an_answer_that_is_brief_by_itself_may_be_asked_for_in_brief(capsys, arguments):
    printed = []
    for more in ([], ["--brief"], ["--full"]):
        assert cli._run([*arguments, *(more if "--top" not in arguments or more != ["--full"] else [])]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert printed[1] != printed[2] or "--top" in arguments


def test_a_region_that_is_named_has_all_its_units_unless_asked_for_in_brief(capsys):
    asked = ["regions", "air-key-regions", "--date", "2019-06-01"]
    assert cli._run(asked) == 0
    whole = capsys.readouterr().out
    assert cli._run([*asked, "--brief"]) == 0
    brief = capsys.readouterr().out
    assert len(brief) < len(whole)
    assert "保定市" in whole
    assert "保定市" not in brief


@pytest.mark.parametrize("option", ["--brief", "--full"])
@pytest.mark.parametrize(
    "command", [["rules"], ["sources"], ["export", "units"], ["screen", "in.csv"], ["validate"], ["publish"], ["mcp"]]
)
def test_a_command_of_one_length_says_so(capsys, command, option):
    assert cli._run([*command, option]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "只有一种长度" in said
    assert all(name in said for name in ("check", "lookup", "transfer", "regions", "history"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["lookup", "保定", "--full", "--brief"],
        ["lookup", "保定", "--brief", "--json"],
        ["transfer", "--from", "上海", "--industry", "纺织", "--all", "--brief"],
        ["history", "air-key-regions", "--from", "2019-06-01", "--to", "2024-03-01", "--brief", "--format", "csv"],
        ["check", "保定", "--industry", "钢铁", "--brief", "--format", "markdown"],
        ["check", "保定", "--industry", "钢铁", "--json", "--format", "csv"],
        ["check", "保定", "--industry", "钢铁", "--full", "--brief"],
        ["check", "保定", "--industry", "钢铁", "--brief", "--format", "csv"],
        ["check", "保定", "--industry", "钢铁", "--brief", "--json"],
        ["regions", "--format", "html"],
    ],
)
def test_forms_that_do_not_go_together_are_refused_in_one_line(capsys, arguments):
    assert cli._run([*arguments, "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("name", ["长三角", "长三角地区", "京津冀及周边", "汾渭平原", "Fenwei Plain", "fenwei plain"])
def test_regions_answer_to_their_names(rm, name):
    assert rm.region(name).id in {"yangtze-delta", "jing-jin-ji-surroundings", "fenwei-plain"}


def test_members_are_counted_as_the_document_counts_them(run):
    """国发〔2023〕24号 （二）: two municipalities, 9 cities of 河北, 13 of 山东, 14 of 河南, and four places more."""
    out = run("regions", "--date", "2024-06-01", "--format", "plain")
    line = next(one for one in out.splitlines() if "jing-jin-ji-surroundings" in one)
    assert "38 个地级单位 · 河南 14、山东 13、河北 9、北京、天津 · 区县：雄安新区、辛集市、定州市、济源市" in line


@pytest.mark.parametrize(
    "number",
    [
        "工信部节〔2018〕136号",
        "工信部节[2018]136号",
        "工信部节(2018)136",
        "工信部节〔２０１８〕１３６号",
        " 工信部节 〔2018〕 136 号",
    ],
)
def test_documents_answer_to_every_spelling_of_their_number(run, number):
    assert json.loads(run("sources", number, "--json"))[0]["source"] == "miit-2018-136"
    assert json.loads(run("rules", "--source", number, "--json"))[0]["source"] == "miit-2018-136"


def test_english_answers_name_units_in_english(run):
    for name in ("check", "lookup", "transfer"):
        first = run(*ANSWERS[name], "--lang", "en", "--full").splitlines()[0]
        assert not HAN.search(first), first
    out = run("regions", "fenwei-plain", "--lang", "en", *DATE)
    assert "Xi'an" in out
    assert "西安" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--text", "刚铁", "--industry", "水泥"], ["Without --text: ", "Steel"]),
        (["--text", "错峰", "--effect", "pilot"], ["Without --text: ", "Without --effect: "]),
        (["--text", "ceement"], ["Cement"]),
        (["--text", "zzzz"], ["--text coking"]),
    ],
)
def test_a_search_without_a_hit_says_what_would_find_something(run, arguments, words):
    out = run("rules", *arguments, "--lang", "en")
    assert out.startswith("No loaded provision passes all filters.")
    assert all(word in out for word in words)
    assert json.loads(run("rules", *arguments, "--json")) == []


def test_a_filter_less_finds_as_many_as_it_says(run):
    out = run("rules", "--text", "错峰", "--effect", "pilot", "--lang", "en")
    (count,) = re.findall(r"Without --effect: (\d+) provisions", out)
    assert len(json.loads(run("rules", "--text", "错峰", "--json"))) == int(count)


def test_a_region_without_a_list_yet_says_when_the_first_is_from(run):
    assert "2018-06-27" in run("regions", "fenwei-plain", "--date", "2001-01-01")


def test_data_frames_and_csv_agree(rm, run):
    frame = regionmap.load().rules("错峰", on="2019-06-01").to_frame()
    assert [one["provision"] for one in rows(run(*ANSWERS["rules"], "--format", "csv"))] == list(frame["provision"])

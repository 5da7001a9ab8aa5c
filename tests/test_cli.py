"""The command line as scripts use it: the JSON contract, exit status, one line for bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest

import regionmap
import regionmap.cli.commands as cli


@pytest.fixture
def run(capsys):
    def call(*arguments: str) -> tuple[int, str, str]:
        status = cli._run(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def ask(run, *arguments: str) -> object:
    status, out, err = run(*arguments, "--json")
    assert (status, err) == (0, "")
    return json.loads(out)


def test_check_prints_the_contract(run):
    answer = ask(run, "check", "保定市", "--industry", "钢铁", "--date", "2019-06-01")
    assert answer["place"] | {"name_en": ""} == {
        "code": "130600", "name": "保定市", "name_en": "", "level": "prefecture", "province": "河北省",
    }  # fmt: skip
    assert answer["industry"]["id"] == "steel"
    assert (answer["action"], answer["date"], answer["verdict"]) == ("new", "2019-06-01", "prohibited")
    assert answer["format"] == "regionmap.check/1"
    finding = answer["findings"][0]
    assert finding["number"] == "工信部节〔2018〕136号"
    assert finding["item"] == "二（二）"
    assert finding["status"] == "in_force"
    assert finding["region"] == "jing-jin-ji-surroundings"
    assert set(finding["because"]) == {"place", "industry", "action", "date"}
    assert finding["evidence"] == "verbatim"
    assert set(finding["summary"]) == {"zh", "en"}
    assert answer["coverage"]["levels"] == ["national"]
    assert {"findings", "not_in_force", "conflicts", "caveats", "coverage", "catalogue"} <= set(answer)


def test_check_at_a_point_adds_the_point(run):
    answer = ask(
        run, "check", "--lon", "115.4706", "--lat", "38.8752", "--datum", "gcj02", "--industry", "steel",
        "--date", "2019-06-01",
    )  # fmt: skip
    assert answer["point"]["datum"] == "gcj02"
    assert answer["point"]["lon"] == 115.4706
    assert answer["point"]["boundary_m"] > 0
    assert answer["place"]["level"] == "county"


def test_words_for_actions_datums_and_dates_as_people_write_them(run):
    point = ["check", "--lon", "115.4706", "--lat", "38.8752", "--industry", "steel"]
    answer = ask(run, *point, "--datum", "GCJ-02", "--action", "新建", "--date", "2019年6月1日")
    assert (answer["action"], answer["date"], answer["point"]["datum"]) == ("new", "2019-06-01", "gcj02")


def test_check_of_a_circle_lists_its_units(run):
    answer = ask(
        run, "check", "--lon", "115.4706", "--lat", "38.8752", "--radius", "20", "--industry", "steel",
        "--date", "2019-06-01",
    )  # fmt: skip
    assert len(answer["units"]) > 2


def test_check_of_an_area_in_wkt(run, tmp_path):
    path = tmp_path / "site.txt"
    path.write_text("POLYGON ((115 40, 116.5 40, 116.5 40.8, 115 40.8, 115 40))", encoding="utf-8")
    answer = ask(run, "check", "--area", str(path), "--industry", "钢铁", "--date", "2019-06-01")
    assert len(answer["units"]) > 2


def test_check_of_an_area_lists_its_units_and_takes_the_strictest(run, tmp_path):
    ring = [[115.0, 40.0], [116.5, 40.0], [116.5, 40.8], [115.0, 40.8], [115.0, 40.0]]  # 张家口, 北京
    path = tmp_path / "site.geojson"
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    answer = ask(run, "check", "--area", str(path), "--industry", "钢铁", "--date", "2019-06-01")
    assert answer["verdict"] == "prohibited"
    shares = [one["share"] for one in answer["units"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1, abs=1e-4)
    assert answer["place"]["one_of"] == len(shares)
    ban = next(one for one in answer["findings"] if one["effect"] == "prohibit")
    assert ban["part"]
    assert all(one["code"].startswith("11") for one in ban["part"])


def test_lookup_rules_regions_and_sources(run):
    place = ask(run, "lookup", "南昌", "--date", "2019-06-01")
    assert {"place", "date", "regions", "pilots", "destinations", "findings"} <= set(place)
    assert "yangtze-belt" in {one["id"] for one in place["regions"]}
    rules = ask(run, "rules", "--source", "miit-2018-136", "--effect", "prohibit", "--date", "2021-06-01")
    assert {one["status"] for one in rules} == {"horizon_passed"}  # type: ignore[attr-defined]
    assert {
        "provision", "source", "number", "item", "effect", "industries", "actions", "where", "in_force_from",
        "in_force_until", "horizon", "status", "quote", "summary", "evidence",
    } <= set(rules[0])  # fmt: skip
    assert "status" not in ask(run, "rules", "--source", "miit-2018-136")[0]
    (region,) = ask(run, "regions", "air-key-regions", "--date", "2019-06-01")
    assert region["definitions"][0]["prefecture_level"]["count"] == 80  # type: ignore[has-type]
    sources = {one["source"]: one for one in ask(run, "sources")}  # type: ignore[attr-defined]
    assert sources["miit-2018-136"]["items"] == 16
    assert sources["miit-2018-136"]["read"] == "whole"


def test_an_answer_for_several_units_names_them_in_every_form(run):
    asked = ["check", "莱芜市", "--industry", "钢铁", "--date", "2019-06-01"]
    answer = ask(run, *asked)
    assert [(one["code"], one["name"]) for one in answer["units"]] == [("370116", "莱芜区"), ("370117", "钢城区")]
    assert {one["units"] for one in csv.DictReader(io.StringIO(run(*asked, "--format", "csv")[1]))} == {
        "370116; 370117"
    }
    for language in ("zh", "en"):
        head = run(*asked, "--full", "--lang", language)[1].splitlines()[0]
        assert "370116" in head
        assert "370117" in head
    county = ask(run, "check", "莱芜区", "--industry", "钢铁", "--date", "2019-06-01")
    assert "units" not in county
    assert "one_of" not in county["place"]


def test_a_park_is_answered_for_its_units_and_listed_by_them(run):
    answer = ask(run, "check", "两江新区", "--industry", "化工", "--date", "2026-06-01")
    assert (answer["place"]["code"], answer["caveats"][0]["kind"]) == ("500105", "place_reading")
    assert answer["place"]["one_of"] == 3
    assert [one["code"] for one in answer["units"]] == ["500105", "500109", "500112"]
    assert {one["share"] for one in answer["units"]} == {None}
    assert "江北区、北碚区、渝北区" in answer["caveats"][0]["text"]["zh"]
    parks = ask(run, "lookup", "渝北区", "--date", "2026-06-01")["parks"]
    assert {"id", "list", "kind", "name", "standing", "grade", "codes", "fit", "says", "number", "evidence"} <= set(
        parks[0]
    )
    assert parks[0]["name"] == "重庆两江新区"
    status, out, _ = run("lookup", "渝北区", "--date", "2026-06-01", "--lang", "en", "--full")
    assert status == 0
    assert "Parks, new areas and zones" in out


def test_history_prints_the_contract(run):
    change = ask(run, "history", "汾渭平原", "--from", "2010-01-01", "--to", "2019-06-01")
    assert (change["region"], change["name"]["en"]) == ("fenwei-plain", "Fenwei Plain")
    assert change["from"] is None
    assert change["to"] | {"item": ""} == {
        "date": "2019-06-01", "source": "miit-2018-136", "number": "工信部节〔2018〕136号", "item": "",
        "in_force_from": "2018-07-23", "open": True,
    }  # fmt: skip
    assert change["counts"] == {"joined": 11, "left": 0}
    assert {"code": "610100", "name": "西安市"} in change["joined"]
    assert (change["left"], change["moved"], change["stayed"]) == ([], [], 0)
    assert {"joined", "left"} <= set(change["county_level"])
    assert (change["start"], change["end"]) == ("2010-01-01", "2019-06-01")
    assert change["format"] == "regionmap.history/1"
    assert change["catalogue"]


def test_history_on_one_list_changes_nothing(run):
    change = ask(run, "history", "air-key-regions", "--from", "2019-01-01", "--to", "2019-06-01")
    assert change["from"]["source"] == change["to"]["source"]
    assert (change["joined"], change["left"], change["moved"], change["stayed"]) == ([], [], [], 80)


def test_history_counts_cities_and_names_counties_apart(run):
    change = ask(run, "history", "air-key-regions", "--from", "2019-06-01", "--to", "2024-03-01")
    if change["to"]["source"] == "miit-2018-136":
        pytest.skip("the list of 2023 is not loaded")
    assert change["counts"] == {"joined": 12, "left": 10}
    assert [one["name"] for one in change["county_level"]["joined"]] == ["济源市"]
    assert {"code": "410300", "name": "洛阳市", "from_region": "fenwei-plain",
            "to_region": "jing-jin-ji-surroundings"} in change["moved"]  # fmt: skip
    assert change["stayed"] == 70


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "保定", "--industry", "钢铁", "--date", "2022-06-01"],
        ["lookup", "保定", "--date", "2019-06-01"],
        ["rules", "--text", "错峰"],
        ["regions"],
        ["sources"],
        ["history", "fenwei-plain", "--from", "2010-01-01", "--to", "2019-06-01"],
    ],
)
def test_tables_for_people_in_both_languages(run, monkeypatch, arguments, language):
    monkeypatch.setenv("COLUMNS", "220")
    status, out, err = run(*arguments, "--lang", language)
    assert (status, err) == (0, "")
    assert "136号" in out.replace("\n", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "吉林", "--industry", "钢铁"], ["吉林", "220000", "220200"]),
        (["check", "鼓楼", "--industry", "钢铁"], ["320106", "350102"]),
        (["check", "长安", "--industry", "钢铁"], ["130102", "610116"]),
        (["check", "保丁市", "--industry", "钢铁"], ["Baoding"]),
        (["check", "苏州工业园", "--industry", "化工"], ["苏州工业园区", "320500"]),
        (["check", "天府新区", "--industry", "化工"], ["Tianfu New Area", "Sichuan"]),
        (["lookup", "两江新区"], ["500105", "500109", "500112", "one of them"]),
        (["check", "139999", "--industry", "钢铁"], ["139999"]),
        (["check", "保定"], ["--industry"]),
        (["check", "--industry", "钢铁"], ["no place"]),
        (["check", "保定", "--industry", "铁钢"], ["did you mean"]),
        (["check", "保定", "--industry", "钢铁", "--date", "yesterday"], ["YYYY-MM-DD"]),
        (["check", "保定", "--industry", "钢铁", "--action", "build"], ["build", "move_in"]),
        (["check", "--lon", "115", "--lat", "38", "--datum", "wgs72", "--industry", "钢铁"], ["wgs72", "gcj02"]),
        (["check", "--lon", "x", "--lat", "38", "--industry", "钢铁"], ["longitude", "x"]),
        (["check", "--lon", "nan", "--lat", "38", "--industry", "钢铁"], ["number"]),
        (["check", "--lon", "115.4", "--industry", "钢铁"], ["lat"]),
        (["check", "--lon", "38.87", "--lat", "115.46", "--industry", "钢铁"], ["115.46", "38.87"]),
        (["check", "--lon", "2.35", "--lat", "48.85", "--industry", "钢铁"], ["China"]),
        (["check", "--area", "no-such-file.geojson", "--industry", "钢铁"], ["no-such-file.geojson"]),
        (["check", "保定", "--radius", "3", "--industry", "钢铁"], ["radius", "--lon"]),
        (["check", "--lon", "115.4", "--lat", "38.8", "--radius", "900", "--industry", "钢铁"], ["900 km", "200 km"]),
        (["check", "保定", "--industry", "钢铁", "--date", "2019-W22-6"], ["YYYY-MM-DD"]),
        (["lookup"], ["no place"]),
        (["regions", "nowhere"], ["air-key-regions"]),
        (["sources", "nothing"], ["miit-2018-136"]),
        (["history"], ["no region", "air-key-regions"]),
        (["history", "nowhere", "--from", "2018-01-01", "--to", "2019-01-01"], ["nowhere", "air-key-regions"]),
        (["history", "fenwei-plain", "--from", "2018-01-01"], ["--from", "--to"]),
        (["history", "fenwei-plain", "--from", "2019-01-01", "--to", "2018-01-01"], ["earlier one first"]),
        (["history", "fenwei-plain", "--from", "2018", "--to", "2019-01-01"], ["2018", "2018-01-01"]),
        (["rules", "--effect", "forbid"], ["prohibit"]),
        (["rules", "--source", "nothing"], ["miit-2018-136"]),
        (["export", "units", "-o", "units.xyz"], [".geojson"]),
        (["export", "units", "-o", "no-such-folder/units.csv"], ["no-such-folder"]),
        (["export", "rivers", "-o", "rivers.csv"], ["rivers", "units"]),
        (["export", "units", "-o", "u.csv", "--industry", "钢铁"], ["units", "--industry"]),
        (["validate", "no-such-folder"], ["no-such-folder"]),
        (["check", "珠三角", "--industry", "钢铁"], ["no list of its places", "--text 珠三角"]),
        (["regions", "珠三角"], ["no list of its places", "--text 珠三角"]),
        (["chek", "保定"], ["chek"]),
        (["check", "保定", "--industri", "钢铁"], ["--industri"]),
        (["check", "保定", "钢铁", "2019-06-01"], ["--industry 钢铁 --date 2019-06-01?"]),
        (["check", "保定", "市区", "--industry", "钢铁"], ["'市区'", "quote names"]),
        (["transfer", "上海", "纺织"], ["--from 上海 --industry 纺织?"]),
        (["rules", "水泥"], ["--text 水泥?"]),
        (["check", "--place", "保定", "--industry", "钢铁"], ["--place", "regionmap check 保定市"]),
        (["check", "保定", "--industry", "钢铁", "--on", "2019-06-01"], ["--on", "--date?"]),
    ],
)
def test_bad_input_is_one_clear_line_and_status_2(run, monkeypatch, arguments, words):
    monkeypatch.setenv("REGIONMAP_LANG", "en")
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    for word in words:
        assert word in err


def test_a_broken_overlay_ends_with_its_problems_and_the_bundled_catalogue_stays_usable(run, tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "x.yaml").write_text("id: x\n", encoding="utf-8")
    status, _, err = run("check", "保定", "--industry", "钢铁", "--catalogue", str(tmp_path))
    assert status == 2
    assert "x.yaml:1" in err
    assert run("check", "保定", "--industry", "钢铁", "--date", "2019-06-01")[0] == 0
    assert run("validate", str(tmp_path))[0] == 2
    assert run("validate")[0] == 0


def test_the_module_runs_as_a_process_with_exit_status():
    call = [sys.executable, "-m", "regionmap", "check", "朝阳", "--industry", "钢铁"]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "211300" in done.stderr
    assert "Traceback" not in done.stderr


def test_importing_regionmap_and_checking_a_name_stay_light():
    program = (
        "import sys, regionmap; regionmap.load().check('保定市', industry='钢铁', on='2019-06-01'); "
        "heavy = ('streamlit', 'geopandas', 'pandas', 'shapely', 'pyarrow', 'folium'); "
        "print([one for one in heavy if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_command_waits_for_no_schema_of_its_options():
    program = (
        "import sys, regionmap.cli.commands as cli; "
        "status = cli._run(['check', '保定市', '--industry', '钢铁', '--date', '2019-06-01', '--json']); "
        "print(status, [one for one in ('pydantic', 'yaml', 'rich', 'numpy') if one in sys.modules], file=sys.stderr)"
    )
    call = [sys.executable, "-c", program]
    subprocess.run(call, capture_output=True, check=True)  # keeps the catalogue, where none is compiled
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr.strip() == "0 []"


def test_commands_are_listed_in_the_order_of_a_users_questions(run):
    status, out, err = run()
    assert (status, out) == (2, "")
    listed = [line.split()[0] for line in err.partition("命令：\n")[2].splitlines()]
    assert listed[:4] == ["app", "check", "lookup", "transfer"]
    assert listed[-1] == "validate"


def test_the_version(run):
    assert run("--version") == (0, f"regionmap {regionmap.__version__}\n", "")


@pytest.mark.parametrize("command", [[], *([one] for one in cli.app.commands)])
def test_h_is_help(run, command):
    status, out, err = run(*command, "-h")
    assert (status, err) == (0, "")
    assert (status, out, err) == run(*command, "--help")
    assert out.startswith("用法：regionmap")


@pytest.mark.parametrize(
    ("shell", "file"),
    [
        ("bash", "data/bash-completion/completions/regionmap"),
        ("fish", "settings/fish/completions/regionmap.fish"),
        ("zsh", "home/.zfunc/_regionmap"),
    ],
)
def test_completion_is_put_where_the_shell_looks(run, monkeypatch, tmp_path, shell, file):
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    status, out, err = run("--install-completion")
    assert (status, err) == (0, "")
    assert str(tmp_path / file) in out
    assert run("--show-completion") == (0, (tmp_path / file).read_text(), "")
    (tmp_path / file).unlink()
    assert run("--install-completion", "--help")[0] == 0
    assert not (tmp_path / file).exists()


def test_the_shell_is_offered_commands_and_options():
    asked = os.environ | {
        "_REGIONMAP_COMPLETE": "bash_complete",
        "COMP_CWORD": "2",
        "COMP_WORDS": "regionmap check --ind",
    }
    answer = subprocess.run([sys.executable, "-m", "regionmap"], env=asked, capture_output=True, text=True, check=False)
    assert "--industry" in answer.stdout


def test_a_shell_without_completion_is_told(run, monkeypatch):
    monkeypatch.setenv("SHELL", "/bin/csh")
    monkeypatch.setenv("REGIONMAP_LANG", "en")
    status, out, err = run("--install-completion")
    assert (status, out) == (2, "")
    assert "csh" in err
    assert "bash, zsh, fish" in err


@pytest.mark.parametrize(
    "command", [["export", "units", "--format", "csv", "-o", "-"], ["rules", "--json"], ["lookup", "保定", "--json"]]
)
def test_a_reader_that_has_enough_is_no_failure(command):
    asked = subprocess.Popen(
        [sys.executable, "-m", "regionmap", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert asked.stdout is not None
    assert asked.stderr is not None
    assert asked.stdout.read(10)
    asked.stdout.close()
    assert (asked.wait(120), asked.stderr.read()) == (0, b"")
    asked.stderr.close()


@pytest.mark.parametrize(
    "command",
    [
        ["check", "保定", "--industry", "钢铁"],
        ["check", "保定", "--industry", "钢铁", "--full"],
        ["check", "保定", "--industry", "钢铁", "--brief"],
        ["lookup", "保定", "--format", "table"],
        ["transfer", "--from", "上海", "--industry", "纺织"],
        ["rules"],
        ["regions"],
        ["history", "air-key-regions", "--from", "2019-06-01", "--to", "2024-03-01"],
        ["sources"],
        ["validate"],
        ["--help"],
    ],
)
def test_a_reader_that_is_gone_is_no_failure_either(command):
    """Text of every kind, which other code prints than JSON."""
    asked = subprocess.Popen(
        [sys.executable, "-m", "regionmap", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert asked.stdout is not None
    assert asked.stderr is not None
    asked.stdout.close()
    assert (asked.wait(120), asked.stderr.read()) == (0, b"")
    asked.stderr.close()


def test_lookup_offers_no_area(run, monkeypatch):
    monkeypatch.setenv("REGIONMAP_LANG", "en")
    for words in (["lookup"], ["lookup", "保定", "--lon", "115"]):
        status, _, err = run(*words)
        assert status == 2
        assert "--lon" in err
        assert "--area" not in err

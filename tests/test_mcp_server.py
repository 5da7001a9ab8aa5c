"""The server for assistants, asked with the SDK's own client: what the tools promise, and what they answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any

import anyio
import jsonschema
import pytest

import regionmap.cli.commands as cli
from regionmap.output.json.answers import lookup_json, verdict_json
from regionmap.output.json.sources import region_json
from regionmap.output.json.transfer import transfer_json

pytest.importorskip("mcp.server.mcpserver", reason="the extra regionmap[mcp] is not installed")

from mcp import Client, StdioServerParameters

from regionmap.mcp_server.server import make_server

COMMAND = [sys.executable, "-m", "regionmap", "mcp"]
STEEL = {"place": "保定市", "industry": "钢铁", "date": "2019-06-01"}


def ask(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Return the results of calls, in one session."""

    async def session() -> list[Any]:
        async with Client(server) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(session)


@pytest.fixture(scope="module")
def server(rm):
    return make_server(rm)


@pytest.fixture(scope="module")
def tools(server):
    async def listed() -> list[Any]:
        async with Client(server) as client:
            return list((await client.list_tools()).tools)

    return {one.name: one for one in anyio.run(listed)}


def answer(server, name: str, **arguments: Any) -> dict[str, Any]:
    (result,) = ask(server, (name, arguments))
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content  # for clients that read text alone
    return result.structured_content


def test_no_tool_passes_over_an_argument_that_it_does_not_know(tools):
    assert all(tool.input_schema["additionalProperties"] is False for tool in tools.values())


def test_each_tool_tells_its_arguments_and_what_it_returns(tools):
    assert set(tools) == {"check", "lookup", "transfer", "rules", "regions"}
    assert tools["check"].input_schema["required"] == ["industry"]
    assert tools["transfer"].input_schema["required"] == ["origin", "industry"]
    for tool in tools.values():
        assert tool.description
        assert tool.annotations.read_only_hint
        assert all(one.get("description") for one in tool.input_schema["properties"].values())
        assert tool.output_schema["type"] == "object"
        assert "coverage" in tool.output_schema["required"]


def test_a_check_in_brief_holds_what_to_cite(server, rm):
    found = answer(server, "check", **STEEL)
    assert found["verdict"] == "prohibited"
    assert found["place"]["code"] == "130600"
    assert [(one["number"], one["item"], one["quote"]) for one in found["deciding"]] == [
        ("工信部节〔2018〕136号", "二（二）", "重点区域严禁新增钢铁、水泥、平板玻璃、焦化、电解铝、铸造等产能")
    ]
    whole = verdict_json(rm.check("保定市", industry="钢铁", on="2019-06-01"), rm)
    assert found["coverage"] == whole["coverage"]
    assert found["caveats"] == whole["caveats"]
    assert 0 < len(found["questions"]) <= 10
    assert {one["provision"] for asked in found["questions"] for one in asked["rules"]} <= {
        one["provision"] for one in whole["depends_on_site"]
    }
    decides = [one["may_decide"] for one in found["questions"]]
    assert decides == sorted(decides, reverse=True)
    assert found["left_out"]["other_findings"] == len(whole["findings"]) - 1
    assert found["left_out"]["not_in_force"] == len(whole["not_in_force"])


def test_in_full_the_answers_are_those_of_the_command_line(server, rm):
    day = "2024-06-01"
    assert answer(server, "check", **STEEL, full=True) == verdict_json(
        rm.check("保定市", industry="钢铁", on="2019-06-01"), rm
    )
    assert answer(server, "lookup", place="玉门市", date=day, full=True) == lookup_json(rm.lookup("玉门市", on=day), rm)
    assert answer(server, "transfer", origin="上海", industry="纺织", date=day, full=True) == transfer_json(
        rm.transfer("上海", industry="纺织", on=day), rm
    )
    assert answer(server, "regions", region="fenwei-plain")["regions"] == [
        region_json(rm.region("fenwei-plain"), rm, None)
    ]


def test_a_lookup_in_brief_gives_each_industry_its_ruling(server, rm):
    found = answer(server, "lookup", place="保定市", date="2019-06-01")
    rulings = {one["industry"]: one for one in found["industries"]}
    assert len(rulings) == len(rm.lookup("保定市", on="2019-06-01").industries)
    steel = rulings["steel"]
    assert (steel["verdict"], steel["rule"]["number"]) == ("prohibited", "工信部节〔2018〕136号")
    assert "jing-jin-ji-surroundings" in {one["id"] for one in found["regions"]}


def test_a_transfer_in_brief_names_the_best_and_counts_the_rest(server, rm):
    whole = transfer_json(rm.transfer("上海", industry="纺织", on="2024-06-01"), rm)
    found = answer(server, "transfer", origin="上海", industry="纺织", date="2024-06-01", top=3)
    assert [one["place"] for one in found["destinations"]] == [one["place"] for one in whole["destinations"][:3]]
    assert [one["obstacles_count"] for one in found["destinations"]] == [
        len(one["obstacles"]) for one in whole["destinations"][:3]
    ]
    assert found["left_out"]["destinations"] == len(whole["destinations"]) - 3


def test_rules_come_in_pages(server, rm):
    every = [one.provision.id for one in rm.rules("京津冀", industry="钢铁", on="2024-06-01")]
    pages = [
        answer(server, "rules", text="京津冀", industry="钢铁", date="2024-06-01", limit=4, offset=offset)
        for offset in (0, 4)
    ]
    assert [one["provision"] for page in pages for one in page["rules"]] == every[:8]
    assert {page["count"] for page in pages} == {len(every)}
    assert answer(server, "rules", source="工信部节〔2018〕136号", limit=1)["rules"][0]["source"] == "miit-2018-136"


def test_regions_on_a_date_have_the_list_in_use(server):
    found = answer(server, "regions", date="2019-06-01")
    rows = {one["region"]: one for one in found["regions"]}
    (used,) = rows["fenwei-plain"]["definitions"]
    assert used["in_force_from"] <= "2019-06-01"
    assert used["prefecture_level"]["count"] > 0
    assert "members" not in used


def test_the_schemas_name_everything_that_answers_hold(server, tools):
    point = {"lon": 115.4706, "lat": 38.8752, "datum": "gcj02"}
    for name, arguments in (
        ("check", STEEL),
        ("check", STEEL | {"full": True}),
        ("check", point | {"industry": "3110", "full": True}),
        ("check", {"place": "江苏省", "industry": "造纸", "date": "2024-06-01"}),
        ("check", {"place": "雄安新区", "industry": "造纸", "date": "2024-06-01"}),
        ("lookup", point | {"date": "2024-06-01"}),
        ("lookup", {"place": "武汉市", "date": "2024-06-01", "full": True}),
        ("transfer", {"origin": "上海", "industry": "纺织", "date": "2024-06-01"}),
        ("transfer", {"origin": "深圳", "industry": "电子信息", "date": "2024-06-01", "full": True}),
        ("rules", {"date": "2024-06-01", "limit": 200}),
        ("regions", {}),
        ("regions", {"region": "air-key-regions", "date": "2024-06-01"}),
    ):
        jsonschema.validate(answer(server, name, **arguments), _closed(tools[name].output_schema))


def _closed(schema: Any) -> Any:
    """Return a schema that lets an object hold only what it names."""
    if isinstance(schema, dict):
        closed = {key: _closed(value) for key, value in schema.items()}
        return closed | {"additionalProperties": False} if "properties" in schema else closed
    return [_closed(one) for one in schema] if isinstance(schema, list) else schema


def test_what_is_wrong_is_told_in_one_line(server):
    bad = (
        ("check", {"place": "朝阳", "industry": "钢铁"}, "'朝阳' may mean 4 places"),
        ("check", {"place": "保定", "industry": "钢铁", "date": "1 June"}, "'1 June' is not a date: write YYYY-MM-DD"),
        ("check", {"industry": "钢铁"}, "no place given"),
        ("lookup", {"lon": 38.87, "lat": 115.47}, "115.47"),
        ("transfer", {"origin": "上海", "industry": "no such thing"}, "no such thing"),
        ("regions", {"region": "nowhere"}, "nowhere"),
        ("check", {**STEEL, "dat": "2019-06-01"}, "check has no argument 'dat': it takes industry, place, lon"),
        ("check", {"place": "保定", "industry": 3110}, "check cannot use industry: Input should be a valid string"),
    )
    results = ask(server, *((name, arguments) for name, arguments, _words in bad))
    for result, (_name, _arguments, words) in zip(results, bad, strict=True):
        assert result.is_error
        assert words in result.content[0].text
        assert "\n" not in result.content[0].text


def test_over_standard_input_and_output(server):
    started = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=dict(os.environ))
    (over,) = ask(started, ("check", STEEL))
    (inside,) = ask(server, ("check", STEEL))
    assert over.structured_content == inside.structured_content


@pytest.mark.parametrize("how", ["end of input", "SIGTERM"])
def test_it_ends_when_it_is_told_to(how):
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"},
        },
    }  # fmt: skip
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stderr is not None
        try:
            run.stdin.write(json.dumps(hello).encode() + b"\n")
            run.stdin.flush()
            said = json.loads(run.stdout.readline())
            assert "no_rule" in said["result"]["instructions"]
            if how == "SIGTERM":
                run.send_signal(signal.SIGTERM)
            else:
                run.stdin.close()
            assert run.wait(60) == (-signal.SIGTERM if how == "SIGTERM" else 0)
            assert run.stderr.read() == b""
        finally:
            run.kill()


def test_without_the_sdk_one_line_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    monkeypatch.setenv("REGIONMAP_LANG", "en")
    assert cli._run(["mcp"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    words = "a server for assistants needs packages that are not installed: pip install 'regionmap[mcp]'"
    assert captured.err == f"regionmap: {words}\n"

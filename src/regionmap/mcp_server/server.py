"""The tools that an assistant may call, each with the JSON schema of its arguments and of what it returns."""

from __future__ import annotations

import datetime as dt
import functools
import inspect
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import Field, ValidationError

from regionmap.api import parse_date
from regionmap.errors import InputError, RegionmapError
from regionmap.mcp_server.brief import brief_check, brief_lookup, brief_transfer
from regionmap.mcp_server.contract import CheckAnswer, LookupAnswer, RegionsAnswer, RulesAnswer, TransferAnswer
from regionmap.model import Action, Effect
from regionmap.model.datum import Datum
from regionmap.output.json.answers import lookup_json, rule_json, verdict_json
from regionmap.output.json.sources import region_json
from regionmap.output.json.transfer import transfer_json
from regionmap.output.json.values import Json, coverage_json
from regionmap.printable import one_line
from regionmap.rules.verdict.coverage import coverage
from regionmap.version import __version__

if TYPE_CHECKING:
    from regionmap.api import Regionmap

INSTRUCTIONS = """\
Which rules of national (and, where loaded, local) documents bind industry at a place in China on a date.
Answer from what the tools return and not from memory. Cite each rule by its document number and item, with the quote \
in its own words. Say the date and, with every answer, coverage.statement: what was looked at and what was not. \
'no_rule' never means that something is allowed: it says that the loaded documents say nothing. 'unclear' is an answer \
too; unclear_because says why. Ask the user the questions that depend on the site, those with may_decide first. \
Repeat the caveats that matter. When a name is ambiguous the error lists what it may mean: ask, do not choose."""

_Place = Annotated[
    str | None,
    Field(description="a name or an adcode (GB/T 2260): 保定, 河北省保定市, Baoding or 130600; or give lon and lat"),
]
_Lon = Annotated[float | None, Field(description="longitude in degrees, in datum; with lat, instead of place")]
_Lat = Annotated[float | None, Field(description="latitude in degrees, in datum")]
_Datum = Annotated[Datum, Field(description="what lon and lat are given in; Chinese web maps use gcj02, Baidu bd09")]
_Industry = Annotated[
    str, Field(description="a name, an id, or a code or class name of GB/T 4754-2017: 钢铁, steel or 3110")
]
_Date = Annotated[
    str | None,
    Field(description="YYYY-MM-DD; today without it, and the answer says so", json_schema_extra={"format": "date"}),
]
_Full = Annotated[bool, Field(description="everything that the answer rests on: long, 100 kB to over 1 MB")]

_TOP = 10

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def make_server(rm: Regionmap) -> MCPServer[Any]:
    """Return a server whose tools answer from a loaded catalogue.

    Args:
        rm: what answers.
    """
    tools, made = _Tools(rm), []
    for title, tool in (
        ("May I build this here?", tools.check),
        ("All about a place", tools.lookup),
        ("Where could it go?", tools.transfer),
        ("Find rules", tools.rules),
        ("Regions and their dated lists", tools.regions),
    ):
        one = Tool.from_function(
            _told_in_one_line(tool), title=title, description=inspect.getdoc(tool), annotations=_READS
        )
        one.parameters["additionalProperties"] = False
        made.append(one)
    return _Server(
        "regionmap", title="regionmap", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING", tools=made
    )


class _Server(MCPServer[Any]):
    """A server that takes no argument that it does not know: the SDK passes over it, and a misspelt date is today."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Any = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool by name.

        Raises:
            ToolError: the tool or an argument is unknown, a value cannot be used, or the tool says so.
        """
        known = next(
            (list(one.input_schema["properties"]) for one in await self.list_tools() if one.name == name), None
        )
        strange = [one for one in arguments if known is not None and one not in known]
        if known is not None and strange:
            raise ToolError(one_line(f"{name} has no argument {strange[0]!r}: it takes {', '.join(known)}"))
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            cause = error.__cause__
            if not isinstance(cause, ValidationError):
                raise
            wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in cause.errors())
            raise ToolError(one_line(f"{name} cannot use {wrong}")) from cause


class _Tools:
    """The tools; an assistant reads their docstrings."""

    def __init__(self, rm: Regionmap) -> None:
        self._rm = rm

    def check(
        self,
        industry: _Industry,
        place: _Place = None,
        lon: _Lon = None,
        lat: _Lat = None,
        datum: _Datum = Datum.WGS84,
        action: Annotated[Action, Field(description="what the investor would do")] = Action.NEW,
        date: _Date = None,
        full: _Full = False,
    ) -> Annotated[CallToolResult, CheckAnswer]:
        """Answer: may I build this, here, on this date?

        A verdict with the rules that decide it, each with document number, item and quote, the questions that depend on
        the site, caveats, and what was looked at.
        """
        verdict = self._rm.check(place, industry=industry, action=action, on=date, lon=lon, lat=lat, datum=datum)
        whole = verdict_json(verdict, self._rm)
        return _answer(whole if full else brief_check(verdict, whole))

    def lookup(
        self,
        place: _Place = None,
        lon: _Lon = None,
        lat: _Lat = None,
        datum: _Datum = Datum.WGS84,
        date: _Date = None,
        full: _Full = False,
    ) -> Annotated[CallToolResult, LookupAnswer]:
        """Tell all about a place on a date.

        Its key regions, pilots, parks, what is guided there, and for each industry the ruling for a new plant with a
        rule that gives it. For what one industry may do there, use check.
        """
        found = self._rm.lookup(place, lon=lon, lat=lat, datum=datum, on=date)
        whole = lookup_json(found, self._rm)
        return _answer(whole if full else brief_lookup(found.industries, whole))

    def transfer(
        self,
        origin: Annotated[str, Field(description="the place that the industry would leave: a name or an adcode")],
        industry: _Industry,
        date: _Date = None,
        top: Annotated[int, Field(ge=1, le=100, description="how many destinations to name in brief")] = _TOP,
        full: _Full = False,
    ) -> Annotated[CallToolResult, TransferAnswer]:
        """Tell where an industry could go from a place.

        The push at the origin, and the places that documents guide the industry to, best first, each with what stands
        against it there. There are no scores: a document names the place (tier named) or its class of area (class).
        """
        if full and top != _TOP:
            raise InputError("top is for the answer in brief: with full every destination is named, leave top out")
        found = self._rm.transfer(origin, industry=industry, on=date)
        return _answer(transfer_json(found, self._rm) if full else brief_transfer(found, self._rm, top))

    def rules(
        self,
        text: Annotated[str | None, Field(description="words to find, in Chinese or English; all must stand")] = None,
        industry: Annotated[str | None, Field(description="only rules that reach this industry")] = None,
        place: Annotated[str | None, Field(description="only rules that reach this place")] = None,
        source: Annotated[str | None, Field(description="only this document: id, number or title")] = None,
        effect: Annotated[Effect | None, Field(description="only what does this")] = None,
        date: Annotated[
            str | None,
            Field(description="YYYY-MM-DD; each rule then has its status", json_schema_extra={"format": "date"}),
        ] = None,
        limit: Annotated[int, Field(ge=1, le=200, description="how many rules to return")] = 20,
        offset: Annotated[int, Field(ge=0, description="how many of the rules found to pass over")] = 0,
    ) -> Annotated[CallToolResult, RulesAnswer]:
        """Find rules of the loaded documents by words, industry, place, document or effect.

        Best finds first, a page at a time; count says how many there are in all.
        """
        found = self._rm.rules(text, industry=industry, place=place, source=source, effect=effect, on=date)
        page = [rule_json(one) for one in found[offset : offset + limit]]
        return _answer({"rules": page, "count": len(found), "offset": offset} | self._looked_at())

    def regions(
        self,
        region: Annotated[
            str | None, Field(description="one region, by id or name; without it all, and members are not named")
        ] = None,
        date: Annotated[
            str | None,
            Field(description="YYYY-MM-DD: only the list in use then", json_schema_extra={"format": "date"}),
        ] = None,
    ) -> Annotated[CallToolResult, RegionsAnswer]:
        """Return regions (京津冀及周边, 汾渭平原 …) with their dated lists, each from a document and an item.

        The same name means other areas on other dates: with a date, the list in use on it.
        """
        day: dt.date | None = parse_date(date) if date is not None else None
        if region is not None:
            rows = [region_json(self._rm.region(region), self._rm, day)]
        else:
            rows = [_without_members(region_json(one, self._rm, day)) for one in self._rm.regions()]
        return _answer({"regions": rows} | self._looked_at())

    def _looked_at(self) -> Json:
        catalogue = self._rm.catalogue
        return {"coverage": coverage_json(coverage(catalogue)), "catalogue": catalogue.version}


def _without_members(row: Json) -> Json:
    definitions = [{key: value for key, value in one.items() if key != "members"} for one in row["definitions"]]
    for one in definitions:
        one["prefecture_level"] = {"count": one["prefecture_level"]["count"]}
    return row | {"definitions": definitions}


def _answer(answer: Json) -> CallToolResult:
    """Give the same JSON as structured content and, for clients that know none, as text without spare spaces."""
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=answer)


def _told_in_one_line(tool: Callable[..., CallToolResult]) -> Callable[..., CallToolResult]:
    """Let the words of our own errors reach the assistant; the SDK keeps those of any other to itself."""

    @functools.wraps(tool)
    def run(*arguments: Any, **named: Any) -> CallToolResult:
        try:
            return tool(*arguments, **named)
        except RegionmapError as error:
            raise ToolError(str(error)) from None

    return run

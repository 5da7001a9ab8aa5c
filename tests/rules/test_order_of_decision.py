"""The document that is named first is the same in every form of an answer: brief, whole, on the map, in a table."""

from __future__ import annotations

import datetime as dt
import io

import pandas as pd
import pytest
from rich.console import Console

from regionmap.model import Action, Evidence, Extent, Level, Ruling, Scope, UnclearBecause
from regionmap.notebook.maps import _tip
from regionmap.output.brief.check import check_line, check_lines
from regionmap.output.json.answers import verdict_json
from regionmap.output.tables.printer import Printer
from regionmap.output.tables.terminal import Form
from regionmap.rules.matching.decision import decision_order
from regionmap.rules.matching.finding import NAMES_INDUSTRY
from regionmap.rules.verdict.source_caveats import citation
from regionmap.web.parts.ruled import ruled
from regionmap.words import EFFECTS

QUESTIONS = [
    ("保定市", "钢铁", "2019-06-01"),
    ("保定市", "化工", "2013-10-01"),
    ("河北省", "钢铁", "2019-06-01"),
    ("苏州市", "水泥", "2022-06-01"),
    ("南昌市", "焦化", "2024-03-01"),
    ("郑州市", "电解铝", "2024-03-01"),
    ("渭南市", "平板玻璃", "2022-06-01"),
    ("杭州市", "造纸", "2021-06-01"),
    ("乌海市", "铸造", "2026-06-01"),
    ("无锡市", "纺织", "2016-06-01"),
    ("兰州市", "石化", "2025-06-01"),
    ("北京市", "数据中心", "2022-06-01"),
    ("济南市", "用煤项目", "2019-06-01"),
    ("宜昌市", "化工", "2026-06-01"),
]
WORDS = {"zh": ("决定：", "本应决定："), "en": ("Decides: ", "Would decide: ")}


def cited_first(verdict):
    one = verdict.deciding[0]
    return citation(one.provision, one.source.number).strip()


@pytest.fixture(scope="module", params=QUESTIONS, ids=lambda one: "-".join(one))
def asked(rm, request):
    place, industry, day = request.param
    return rm.check(place, industry=industry, on=day)


def test_every_form_names_the_same_document_first(rm, asked):
    assert asked.deciding
    first, one = cited_first(asked), asked.deciding[0]
    for language, words in WORDS.items():
        head = words[asked.ruling is Ruling.UNCLEAR]
        told = f"{head}{EFFECTS[one.provision.effect][language]} · {first}"
        brief = [line.text for line in check_lines(asked, rm, language, 400)]
        file = io.StringIO()
        Printer(language, Console(file=file, width=400), Form.PLAIN).verdict(asked, rm)
        whole = file.getvalue().splitlines()
        assert told in brief[:6]
        assert told in whole[:6]
        assert first in check_line(asked, rm, language)
    if asked.ruling is not Ruling.UNCLEAR:
        assert verdict_json(asked, rm)["findings"][0]["provision"] == one.provision.id


def test_the_map_and_tables_of_sites_name_it_too(rm, asked):
    subject, day = asked.subject.name.zh, asked.date.isoformat()
    (there,) = rm.rulings([asked.place.code], subject, on=day)
    assert there.deciding[0].provision.id == asked.deciding[0].provision.id
    on_map = ruled(rm.question(subject, "new", asked.date), asked.place)
    assert on_map.deciding[0].provision.id == asked.deciding[0].provision.id
    one = asked.deciding[0]
    assert f"{one.source.number} {one.provision.item}" in _tip(rm, there)
    sites = pd.DataFrame({"place": [asked.place.code]})
    row = rm.screen(sites, industry=subject, on=day).iloc[0]
    if asked.unclear_because is not UnclearBecause.UNDEFINED_AREA:  # a table names no rule that hangs on a question
        assert row["provisions"].split("; ")[0] == one.provision.id


@pytest.mark.parametrize("industry", ["钢铁", "化工", "水泥"])
def test_places_that_a_rule_reaches_in_part_do_not_share_the_order_of_others(rm, industry):
    question = rm.question(industry, Action.NEW, dt.date(2024, 6, 1))
    levels = (Level.COUNTY, Level.PREFECTURE, Level.PROVINCE)
    for unit in (one for level in levels for one in reversed(rm.gazetteer.units(level))):
        orders = [decision_order(one) for one in question.evaluate([unit]).bound]
        assert orders == sorted(orders), unit


def test_what_decides_stands_in_the_order_that_a_reader_needs(asked):
    keys = [
        (
            one.extent is Extent.PART,
            one.scope is Scope.NATIONAL,
            one.industry.fit not in NAMES_INDUSTRY,
            one.provision.evidence is Evidence.REPORTED,
        )
        for one in asked.deciding
    ]
    assert keys == sorted(keys)

"""Whole answers (``--full``): everything that ``--json`` has stands in the text, and nothing points elsewhere."""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from dataclasses import replace

import pytest
from rich.console import Console

from regionmap.model import Extent, Ruling
from regionmap.output.brief.history import history_lines
from regionmap.output.figures import number_text
from regionmap.output.json.answers import lookup_json, verdict_json
from regionmap.output.json.history import history_json
from regionmap.output.json.transfer import transfer_json
from regionmap.output.tables.printer import Printer
from regionmap.output.tables.terminal import Form, Terminal
from regionmap.output.tables.verdict import MOST_NAMED
from regionmap.rules.matching.explanation import place as place_reason
from regionmap.words import EFFECTS, RULINGS, STATUSES, ruling_words

PLACES = ("保定市", "南昌市", "常熟市", "张家口", "北京", "乌海", "郑州", "杭州", "拉萨", "香港", "青岛", "河北省")
INDUSTRIES = ("钢铁", "水泥", "纺织", "数据中心", "焦化", "电解铝", "造纸", "化工", "餐饮", "3110", "汽车")
DAYS = ("2005-06-01", "2012-01-01", "2013-10-01", "2019-06-01", "2022-06-01", "2026-11-27", "2050-01-01")
REGIONS = (
    "air-key-regions",
    "jing-jin-ji-surroundings",
    "fenwei-plain",
    "yangtze-delta",
    "yangtze-river-basin",
    "yangtze-belt",
)
ELSEWHERE = re.compile(r"--json|--full|\band [\d,]+ more\b|[另还]有 ?[\d,]+ ?[条处]")

_PICK = random.Random(20261128)  # noqa: S311 - a sample
CHECKS = [(_PICK.choice(PLACES), _PICK.choice(INDUSTRIES), _PICK.choice(DAYS)) for _ in range(18)]
LOOKUPS = [(_PICK.choice(PLACES), day) for day in DAYS]
TRANSFERS = [(_PICK.choice(PLACES), _PICK.choice(INDUSTRIES), _PICK.choice(DAYS)) for _ in range(9)]
HISTORIES = [(_PICK.choice(REGIONS), *sorted(_PICK.sample(DAYS, 2))) for _ in range(8)]


def printed(language, print_to, form=Form.PLAIN, width=120):
    file = io.StringIO()
    print_to(Printer(language, Console(file=file, width=width), form))
    return file.getvalue()


def one_line(text):
    """Return words as a plain form has them: a line break inside a cell is a dot there."""
    return text.replace("\n", " ")


def lacks(text, language, findings):
    """Return the findings whose document, item and words do not stand on one line of a text."""
    lines = text.splitlines()
    return [
        one["provision"]
        for one in findings
        if not any(
            f"{one['number']} {one['item']}" in line and one["quote"] in line and one["summary"][language] in line
            for line in lines
        )
    ]


def lacks_words(text, words):
    return [one for one in words if one_line(one) not in text]


def points_elsewhere(text):
    """Return what tells that there is more than is printed; a caveat may count units that stand in full below it."""
    return [one for line in text.splitlines() if not line.startswith("! ") for one in ELSEWHERE.findall(line)]


def test_the_sample_is_of_every_kind():
    assert len(CHECKS) + len(LOOKUPS) + len(TRANSFERS) + len(HISTORIES) >= 40


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("place", "industry", "day"), CHECKS)
def test_a_whole_verdict_has_all_that_its_json_has(rm, language, place, industry, day):
    verdict = rm.check(place, industry=industry, on=day)
    text, found = printed(language, lambda out: out.verdict(verdict, rm)), verdict_json(verdict, rm)
    groups = ("findings", "depends_on_site", "not_in_force")
    assert lacks(text, language, [one for name in groups for one in found[name]]) == []
    parts = [unit.name_en if language == "en" else unit.name for one in verdict.findings for unit in one.part]
    assert lacks_words(text, parts) == []
    for one in found["fell_away"]:
        cited = f"{one['number']} {one['item']}"
        words = (cited, one["quote"], one["summary"][language])
        assert any(all(each in line for each in words) for line in text.splitlines())
    listed = [*verdict.findings, *verdict.not_in_force, *verdict.fell_away]
    assert lacks_words(text, [number_text(each)[language] for one in listed for each in one.provision.numbers]) == []
    read_in_part = [rm.catalogue.sources[one] for one in found["coverage"]["read_part"]]
    assert lacks_words(text, [one.number or one.title[language] for one in read_in_part]) == []
    assert lacks_words(text, [one["ask"][language] for one in found["depends_on_site"]]) == []
    assert lacks_words(text, [one["text"][language] for one in found["caveats"]]) == []
    assert lacks_words(text, [found["coverage"]["statement"][language]]) == []
    assert lacks_words(text, [STATUSES[one.status][language] for one in verdict.not_in_force]) == []
    assert lacks_words(text, [EFFECTS[one.provision.effect][language] for one in verdict.findings]) == []
    cited = {one["provision"]: f"{one['number']} {one['item']}" for one in found["findings"]}
    for against, supporting in found["conflicts"]:
        assert any(cited[against] in line and cited[supporting] in line for line in text.splitlines())
    assert points_elsewhere(text) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("place", "day"), LOOKUPS)
def test_a_whole_look_up_has_all_that_its_json_has(rm, language, place, day):
    answer = rm.lookup(place, on=day)
    text, found = printed(language, lambda out: out.place(answer, rm)), lookup_json(answer, rm)
    findings = [one for group in found["findings"] for one in group["findings"]]
    assert lacks(text, language, [*findings, *found["depends_on_site"], *found["not_in_force"]]) == []
    assert lacks_words(text, [one["ask"][language] for one in found["depends_on_site"]]) == []
    assert lacks_words(text, [one["text"][language] for one in found["caveats"]]) == []
    assert lacks_words(text, [one["name"][language] for one in found["regions"]]) == []
    assert lacks_words(text, [group["name"][language] for group in found["findings"] if group["name"]]) == []
    assert lacks_words(text, [one["batch_name"][language] for one in found["pilots"]]) == []
    assert lacks_words(text, [one["says"][language] for one in found["parks"]]) == []
    for one in found["destinations"]:
        document = f"{one['number']} {one['item']}" if "provision" in one else one["name"][language]
        words = one["quote"] if "provision" in one else one["words"] or one["printed"]
        held = [line for line in text.splitlines() if document in line and one["fit"][language] in line]
        assert any(words in line for line in held), one
    assert points_elsewhere(text) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("place", "day"), [("保定市", "2019-06-01"), ("苏州市", "2026-11-27")])
def test_a_whole_look_up_says_every_rule_once_with_all_its_industries(rm, language, place, day):
    answer = rm.lookup(place, on=day)
    text, found = printed(language, lambda out: out.place(answer, rm)), lookup_json(answer, rm)
    first = {"zh": "当地规则点名的行业", "en": "Industries that rules there name"}[language]
    lines = text[text.index(first) :].splitlines()  # before it, what guides industries here stands in a list of its own
    listed = [group["findings"] for group in found["findings"]]
    listed += [found["not_in_force"], found["depends_on_site"]]
    rules = {one["provision"]: one for some in listed for one in some}
    words = Counter(
        (f"{one['number']} {one['item']}", one["quote"], one["summary"][language]) for one in rules.values()
    )
    told = {each: [line for line in lines if all(word in line for word in each)] for each in words}
    assert {each: len(some) for each, some in told.items()} == words
    every = {"zh": "所有行业", "en": "Every industry"}[language]
    for group in found["findings"]:
        name = group["name"][language] if group["name"] else every
        for one in group["findings"]:
            held = told[f"{one['number']} {one['item']}", one["quote"], one["summary"][language]]
            assert any(name in line for line in held), (name, held)
        word = ruling_words(Ruling(group["verdict"]), Extent(group["extent"]))[language]
        if group["name"]:
            assert any(line.startswith(word) and name in line for line in lines)
    for one in answer.not_in_force:
        assert any(one.because.date[language] in line for line in lines)
    for group in answer.industries:
        assert all(any(place_reason(one, None)[language] in line for line in lines) for one in group.findings)
    heads = {line for line in lines if line.startswith({"zh": "作用 | ", "en": "Effect | "}[language])}
    assert sum(line in heads for line in lines) <= 5  # binds, targets, duties, not in force, to come
    assert len(lines) < len(rules) + 120


@pytest.mark.parametrize("form", list(Form))
def test_groups_of_rows_name_their_columns_and_what_all_share(form):
    file = io.StringIO()
    groups = [("first", [["a", "b"]]), ("none", []), ("second", [["c", "d"], ["e", "f"]])]
    Terminal("en", Console(file=file, width=80), form).groups(["One", "Other"], groups, "all")
    text = file.getvalue()
    assert [text.count(one) for one in ("all", "first", "second", "none")] == [1, 1, 1, 0]
    assert text.count("Other") == (2 if form is Form.MARKDOWN else 1)  # a table of Markdown has a head of its own
    assert all(one in text for one in "abcdef")
    assert text.index("first") < text.index("b") < text.index("second") < text.index("f", text.index("second"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("place", "industry", "day"), TRANSFERS)
def test_a_whole_transfer_has_all_that_its_json_has(rm, language, place, industry, day):
    answer = rm.transfer(place, industry=industry, on=day)
    text, found = printed(language, lambda out: out.transfer(answer, rm)), transfer_json(answer, rm)
    obstacles = [one for place in found["destinations"] for one in place["obstacles"]]
    assert lacks(text, language, [*found["push"], *obstacles]) == []
    guides = [one for place in found["destinations"] for one in place["findings"]] + found["undefined_classes"]
    documents = [one for one in guides if "list" not in one or one["item"] != one["printed"]]
    assert lacks(text, language, documents) == []
    rows = [one for one in guides if one not in documents]
    assert lacks_words(text, [one["name"][language] for one in rows]) == []
    assert lacks_words(text, [one["words"] for one in rows if one["words"]]) == []
    undefined = [one["undefined"][language] for one in guides if one["undefined"]]
    readings = [one["reading"]["reason"][language] for one in guides if one["reading"]]
    assert lacks_words(text, [*undefined, *readings, *(one["text"][language] for one in found["caveats"])]) == []
    codes = [one["place"]["code"] for one in found["destinations"]]
    assert lacks_words(text, codes) == []
    for one in found["destinations"]:
        words = (one["place"]["code"], RULINGS[Ruling(one["verdict_there"])][language], one["position"][language])
        assert any(all(each in line for each in words) for line in text.splitlines())
    assert points_elsewhere(text) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("region", "start", "end"), HISTORIES)
def test_a_whole_history_names_everybody(rm, language, region, start, end):
    change = rm.history(region, start, end)
    text, found = printed(language, lambda out: out.history(change, rm)), history_json(change, rm)
    units = [*change.joined, *change.left, *change.stayed, *(one.unit for one in change.moved)]
    assert lacks_words(text, [one.name_en if language == "en" else one.name for one in units]) == []
    assert lacks_words(text, [one.code for one in units]) == []
    lists = [one for one in (found["from"], found["to"]) if one is not None]
    assert lacks_words(text, [f"{one['number'] or ''} {one['item']}".strip() for one in lists]) == []
    assert "--" not in text


@pytest.mark.parametrize("form", [Form.TABLE, Form.MARKDOWN])
def test_no_form_of_a_whole_answer_points_elsewhere(rm, form):
    verdict = rm.check("保定市", industry="化工", on="2013-10-01")
    text = printed("zh", lambda out: out.verdict(verdict, rm), form)
    assert points_elsewhere(text) == []
    questions = {one.ask.zh for one in verdict.depends_on_site if one.ask is not None}
    plain = re.sub(r"[\s│]|<br>", "", text)
    assert len(questions) > 8
    first = [one[:6] for one in questions]
    assert lacks_words(plain, first) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_name_of_a_zone_is_printed_once(rm, language):
    answer = rm.transfer("上海", industry="纺织", on="2023-01-01")
    text = printed(language, lambda out: out.transfer(answer, rm))
    row = next(line for line in text.splitlines() if "431000" in line)
    named = {"zh": "湘南湘西承接产业转移示范区", "en": "Xiangnan-Xiangxi"}[language]
    assert row.count(named) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_many_units_the_head_names_some_and_a_table_all(rm, language):
    verdict = rm.check("河北雄安新区", industry="造纸", on="2024-06-01")
    cities = rm.gazetteer.children("130000")
    text = printed(language, lambda out: out.verdict(replace(verdict, places=tuple(cities)), rm))
    head = text.splitlines()[0]
    assert sum(one.code in head for one in cities) == MOST_NAMED
    assert str(len(cities) - MOST_NAMED) in head
    assert all(f"| {one.code}" in text for one in cities)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_words_of_a_list_are_printed_once_and_places_refer_to_them(rm, language):
    answer = rm.transfer("上海", industry="纺织", on="2023-01-01")
    lines = printed(language, lambda out: out.transfer(answer, rm)).splitlines()
    assert sum("矿产开发" in line for line in lines) == 1
    (words,) = [line for line in lines if "矿产开发" in line]
    mark = words.split(" ")[0]
    assert sum(mark in line for line in lines) == 7  # six places of the zone, and its words


def test_units_of_one_english_name_are_told_apart(rm):
    change = rm.history("air-key-regions", "2019-06-01", "2024-03-01")
    whole = printed("en", lambda out: out.history(change, rm))
    brief = "\n".join(line.text for line in history_lines(change, rm, "en", 400))
    both = [one for one in (*change.joined, *change.left, *change.stayed) if one.name in {"台州市", "泰州市"}]
    assert len(both) == 2
    assert all(f"Taizhou ({rm.gazetteer.province(one.code).name_en}) {one.code}" in whole for one in both)
    for text in (whole, brief):
        assert "Taizhou," not in text
        assert "Suzhou," not in text
    assert "Baoding (" not in whole

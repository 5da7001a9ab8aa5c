"""The rules page and the documents page, without a browser: search, facets that add up, details."""

from __future__ import annotations

import datetime as dt
import re

import pytest

import regionmap
from regionmap.output.figures import number_text
from regionmap.web.parts import error_report
from regionmap.web.rules import page as page_rules
from regionmap.web.rules import views as rule_views
from tests.web.harness import Drawn, html, open_page, table

RM = regionmap.load()
DAY = dt.date(2019, 6, 1)


def test_a_search_lists_what_it_finds_and_opens_the_first(drawn: Drawn) -> None:
    test = open_page("rules", text="错峰", date="2019-06-01")
    listed = table(test)
    assert len(listed) == len(RM.rules("错峰"))
    assert listed.iloc[0]["作用"] == "错峰生产"
    assert f'data-provision="{RM.rules("错峰")[0].provision.id}"' in html(test)


def test_the_english_list_has_the_summaries_beside_the_words(drawn: Drawn) -> None:
    listed = table(open_page("rules", text="错峰", lang="en", date="2019-06-01"))
    first = RM.rules("错峰")[0].provision
    assert listed.iloc[0]["Summary"] == first.summary.en
    assert listed.iloc[0]["Words"] == first.quote


def test_a_rule_in_the_address_is_opened_with_its_figures_and_its_map(drawn: Drawn) -> None:
    test = open_page("rules", source="miit-2018-136", rule="miit-2018-136/2-2f", date="2019-06-01")
    assert 'data-provision="miit-2018-136/2-2f"' in html(test)
    assert "≤ 200 Mt/a" in html(test)
    assert "data/sources/miit-2018-136.yaml:" in html(test)
    assert "area" in drawn.styles()


def test_a_rule_that_is_not_loaded_is_told_before_another_is_opened(drawn: Drawn) -> None:
    assert "miit-2018-136/9-9z" in open_page("rules", rule="miit-2018-136/9-9z", lang="en").error[0].value.replace(
        "\\", ""
    )
    assert not open_page("rules", rule="miit-2018-136/2-2f", source="gov-1995-183").error


@pytest.mark.parametrize("choice", [{}, {"source": "miit-2018-136"}, {"source": "miit-2018-136", "effect": "duty"}])
def test_the_counts_of_every_facet_add_up(choice: dict[str, str]) -> None:
    rules = RM.rules(on=DAY)
    for facet in ("source", "effect", "status"):
        counts = page_rules.counted(rules, choice, facet)
        others = {name: value for name, value in choice.items() if name != facet}
        assert counts.total() == len(page_rules.narrowed(rules, others))
        for value, count in counts.items():
            assert count == len(page_rules.narrowed(rules, others | {facet: value}))


def test_nothing_found_does_not_read_as_no_rule(drawn: Drawn) -> None:
    assert "并不" in html(open_page("rules", text="没有这样的词语"))


def test_an_unknown_place_or_industry_is_told_in_one_line(drawn: Drawn) -> None:
    assert "220000" in open_page("rules", within="吉林").error[0].value
    assert open_page("rules", only="铁钢").error


@pytest.mark.parametrize("page", ["rules", "documents"])
def test_a_document_in_the_address_may_be_named_by_its_number(drawn: Drawn, page: str) -> None:
    test = open_page(page, source="工信部节[2018]136", rule="miit-2018-136/2-2f", date="2019-06-01")
    assert test.query_params["source"] == "miit-2018-136"
    assert "miit-2018-136" in html(test)
    assert not test.error
    unknown = open_page(page, source="miit-2018-137")
    assert "miit\\-2018\\-136" in unknown.error[0].value
    assert "source" not in unknown.query_params


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_can_be_opened(drawn: Drawn, language: str) -> None:
    for one in RM.rules():
        assert rule_views.where_text(RM, one.provision, DAY)[language]
        rule_views.where_layer(RM, one.provision, DAY, language)
        assert all(number_text(number)[language] for number in one.provision.numbers)


def test_a_rule_of_a_region_is_drawn_by_the_list_in_use() -> None:
    (ban,) = [one.provision for one in RM.rules() if one.provision.id == "miit-2018-136/2-2a"]
    layer = rule_views.where_layer(RM, ban, DAY, "zh")
    assert layer is not None
    assert {"130600", "310000", "610403"} & {area.code for area in layer.areas} == {"130600", "310000"}  # 杨陵 ⊂ 咸阳
    assert "136号" in rule_views.where_text(RM, ban, DAY).zh


def test_the_documents_page_says_what_is_loaded(drawn: Drawn) -> None:
    test = open_page("documents", date="2019-06-01", source="miit-2018-136")
    listed = table(test)
    assert len(listed) == len(RM.sources())
    assert 'data-source="miit-2018-136"' in html(test)
    assert "其他地方的没有收录" in html(test)
    whole = [one for one in RM.sources() if one.read == "whole"]
    national = sum(one.level == "national" for one in whole)
    assert national >= 35
    assert len(whole) - national >= 40
    of_nation = [one for one in RM.sources() if one.level == "national"]
    assert f"国家文件全文读过{national}份、部分读过{len(of_nation) - national}份" in html(test)
    assert f"下表共{len(listed)}份文件" in html(test)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_counts_of_the_documents_page_add_up(drawn: Drawn, lang: str) -> None:
    test = open_page("documents", lang=lang)
    lead, table_note, silent, provisions = (
        [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", words)]
        for words in re.findall(r'<p class="rm-(?:lead|note)">([^<]*)</p>', html(test))[:4]
    )
    national, of_national, lists = lead[:3]
    local, of_local = lead[3:5] if lang == "en" else lead[4:6]
    total, *read = table_note
    assert total == len(table(test)) == sum(read)
    assert national + local + silent[0] == total
    rows = provisions[1]
    assert of_national + of_local + rows == provisions[0] == len(RM.rules())
    assert lists == len(RM.catalogue.lists)
    assert {"law-city", "law-province", "law-none"} <= set(drawn.styles())


def test_a_report_names_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(error_report.state, "date", lambda: DAY)  # type: ignore[attr-defined]
    monkeypatch.setenv(error_report.SETTING, "https://example.org/owner/name/")
    found = error_report.address("miit-2018-136/2-2a")
    assert found is not None
    assert found.startswith("https://example.org/owner/name/issues/new?title=miit-2018-136/2-2a")
    assert "2019-06-01" in found
    monkeypatch.setenv(error_report.SETTING, "javascript:alert(1)")
    assert error_report.address("x") is None
    monkeypatch.delenv(error_report.SETTING)
    assert error_report.address("x") is None

"""The map page without a browser: Streamlit's own test runner, with the one function that draws maps replaced."""

from __future__ import annotations

import pytest

from regionmap.web.parts import tables
from tests.web.harness import BAODING, Drawn, html, open_app, open_page, table


def test_the_map_page_is_useful_with_the_map_blank(drawn: Drawn) -> None:
    test = open_app(date="2019-06-01")
    frame = table(test)
    assert list(frame.columns)[:5] == ["代码", "名称", "所属省份", "结论", "文件与条目"]
    baoding = frame[frame["代码"] == "130600"].iloc[0]
    assert baoding["结论"] == "禁止"
    assert "工信部节〔2018〕136号 二（二）" in baoding["文件与条目"]


def test_a_click_is_a_place_whatever_is_drawn(drawn: Drawn) -> None:
    drawn.click = BAODING
    test = open_app(date="2019-06-01", show="regions")
    assert "河北省 › 保定市 › 竞秀区" in html(test)
    assert "miit-2018-136/" in html(test)
    assert test.query_params["lon"] == "115.46000"


def test_the_same_click_is_not_taken_twice(drawn: Drawn) -> None:
    drawn.click = BAODING
    test = open_app(date="2019-06-01")
    test.session_state["regionmap-state"] |= {"place": "渭南市", "lon": "", "lat": ""}  # as the search box does
    test.run()
    assert not test.exception
    assert "陕西省 › 渭南市" in html(test)


@pytest.mark.parametrize(("date", "style"), [("2019-06-01", "prohibited"), ("2009-06-01", "no_rule")])
def test_the_date_decides_what_is_drawn(drawn: Drawn, date: str, style: str) -> None:
    open_app(date=date)
    assert style in drawn.styles()


@pytest.mark.parametrize(("date", "there"), [("2019-01-08", True), ("2019-01-09", False)])
def test_the_prefectures_of_the_date_are_drawn_and_listed(drawn: Drawn, date: str, there: bool) -> None:
    names = set(table(open_app(date=date))["名称"])
    assert ("莱芜市" in names) is there
    assert ("371200@2019-01-09" in drawn.codes()) is there
    assert ("370100@2019-01-09" in drawn.codes()) is there
    assert ("370100" in drawn.codes()) is not there


@pytest.mark.parametrize("show", ["rules", "regions", "pilots"])
def test_a_gone_prefecture_that_is_chosen_is_told_of_and_drawn(drawn: Drawn, show: str) -> None:
    test = open_app(date="2018-06-01", show=show, place="371200")
    assert "山东省 › 莱芜市" in html(test)
    assert "371200@2019-01-09" in drawn.codes()


def test_the_whole_country_is_drawn(drawn: Drawn) -> None:
    open_app(date="2019-06-01")
    assert len(drawn.styles()) >= 375


def test_the_counties_of_a_province_are_drawn_and_listed(drawn: Drawn) -> None:
    test = open_app(date="2019-06-01", province="610000")
    frame = table(test)
    assert {"韩城市", "杨陵区"} <= set(frame["名称"])
    assert any(one.endswith("-away") for one in drawn.styles())


@pytest.mark.parametrize("show", ["regions", "basins"])
def test_regions_before_the_first_list_are_told_in_words(drawn: Drawn, show: str) -> None:
    assert "没有在用的此类区域名单" in html(open_app(date="2001-01-01", show=show))


def test_words_say_what_unclear_means(drawn: Drawn) -> None:
    test = open_app(date="2021-03-01", industry="coking")
    assert "“不明确”是指" in html(test)


def test_an_address_that_cannot_be_used_is_told_and_left_out(drawn: Drawn) -> None:
    test = open_app(date="2019-99-99", lang="xx", action="<b>")
    assert "date=2019-99-99" in test.warning[0].value.replace("\\", "")
    assert test.query_params["lang"] == "zh"


def test_an_unknown_industry_is_one_line_on_the_map_page(drawn: Drawn) -> None:
    test = open_app(industry="钢鐡啊")
    assert len(test.error) == 1
    assert "没有名为“钢鐡啊”的行业" in test.error[0].value
    english = open_app(industry="钢鐡啊", lang="en")
    assert "No industry is called '钢鐡啊'" in english.error[0].value


def test_the_language_is_kept_in_the_address(drawn: Drawn) -> None:
    test = open_app(lang="en", date="2019-06-01")
    assert "Steel · New plant · 2019-06-01" in html(test)
    assert test.query_params["lang"] == "en"


def test_every_value_of_the_address_comes_back(drawn: Drawn) -> None:
    address = {
        "lang": "en",
        "date": "2022-03-04",
        "industry": "cement",
        "action": "expand",
        "show": "regions",
        "province": "130000",
        "lon": "115.46",
        "lat": "38.87",
        "datum": "gcj02",
    }
    test = open_app(**address)
    assert {name: test.query_params[name] for name in address} == address


def test_csv_opens_in_excel_and_holds_no_formula() -> None:
    made = tables.to_csv(["名称", "b"], [["=1+1", "保定市"], ["@x", "-2"], ["a,b", '"']])
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig").split("\r\n") == ["名称,b", "'=1+1,保定市", "'@x,'-2", '"a,b",""""', ""]


def test_the_about_page_names_sources_licence_and_the_reviewed_map(drawn: Drawn) -> None:
    test = open_page("about")
    words = html(test)
    assert "天地图（国家地理信息公共服务平台），2024" in words
    assert "GS（2024）0650号" in words
    assert "MIT" in words
    assert "工信部节〔2018〕136号" in set(table(test)["文号"])

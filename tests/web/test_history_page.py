"""The history page without a browser: the difference as words, map and table; time lines; what changes next."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest

import regionmap
from regionmap.model import Status, Text
from regionmap.output import display
from regionmap.rules.history.timeline import list_days
from regionmap.rules.verdict.ruling import restriction
from regionmap.web.history import timeline_chart, timelines
from regionmap.web.history import views as history_views
from regionmap.web.parts import place_panel
from tests.web.harness import Drawn, html, open_app, open_page, table

RM = regionmap.load()
TODAY = dt.date(2019, 6, 1)


def chosen(region: str = "fenwei-plain", since: str = "2010-01-01", until: str = "2019-06-01") -> dict[str, str]:
    return {"region": region, "since": since, "until": until, "date": "2019-06-01"}


def english(message: str, **values: object) -> str:
    return message.format(**values)


def test_before_the_first_list_every_place_joins_and_words_say_so(drawn: Drawn) -> None:
    test = open_page("history", lang="en", **chosen())
    change = RM.history("fenwei-plain", "2010-01-01", "2019-06-01")
    assert set(drawn.styles()) == {"joined"}
    assert len(drawn.styles()) == len(change.joined) >= 11
    words = html(test)
    assert "2010-01-01: no list was in use" in words
    assert "2019-06-01: the list of 工信部节〔2018〕136号 附件, in use from 2018-07-23." in words
    assert "Every place of the later list counts as joined: 11 prefecture-level units" in words
    frame = table(test)
    assert list(frame.columns) == ["Code", "Name", "In province", "Change", "Document and item"]
    assert len(frame) == len(change.joined)
    assert set(frame["Change"]) == {"Joined"}


def test_the_same_list_on_both_dates(drawn: Drawn) -> None:
    test = open_page("history", **chosen(since="2019-01-01"))
    assert "两个日期使用同一名单，没有变化" in html(test)
    assert set(drawn.styles()) == {"stayed"}


@pytest.mark.parametrize("region", [one.id for one in RM.regions()])
def test_map_legend_and_table_agree_for_every_region_and_change(region: str) -> None:
    for day in list_days(RM.catalogue, RM.region(region)):
        change = RM.history(region, day - dt.timedelta(days=1), day)
        view = history_views.change_view(RM, change, "zh")
        assert len(view.layer.areas) == len(view.rows)
        assert sum(one.count for one in view.legend) == len(view.rows)
        assert len(view.rows) == len(change.joined) + len(change.left) + len(change.stayed)
        assert {area.style for area in view.layer.areas} <= set(history_views.CHANGES)
        assert history_views.told(RM, change)


def test_who_moved_between_parts_is_told_drawn_and_listed(drawn: Drawn) -> None:
    change = RM.history("air-key-regions", "2019-06-01", "2024-03-01")
    if not change.moved:
        pytest.skip("the list of 2023 is not loaded")
    test = open_page("history", **chosen("air-key-regions", "2019-06-01", "2024-03-01"))
    assert drawn.styles().count("moved") == len(change.moved) == 6
    assert "由京津冀及周边地区调至汾渭平原：4 个地级单位" in html(test)
    assert "新增：12 个地级单位，另有 1 个县级单位（济源市）" in html(test)
    frame = table(test)
    assert list(frame[frame["代码"] == "410300"]["变化"]) == ["由汾渭平原调至京津冀及周边地区"]


def test_without_dates_the_last_change_is_shown(drawn: Drawn) -> None:
    test = open_page("history", region="fenwei-plain", date="2019-06-01")
    assert test.date_input(key="w-until").value == TODAY
    assert test.date_input(key="w-since").value < TODAY
    assert drawn.styles()


def test_both_dates_slide_over_the_days_on_which_the_lists_changed(drawn: Drawn) -> None:
    test = open_page("history", **chosen())
    days = {day.isoformat() for day in list_days(RM.catalogue, RM.region("fenwei-plain"))}
    assert days <= set(test.select_slider(key="w-since-slide").options)
    test.select_slider(key="w-until-slide").set_value(dt.date(2018, 7, 23)).run()
    assert not test.exception
    assert test.query_params["until"] == "2018-07-23"
    assert test.date_input(key="w-until").value == dt.date(2018, 7, 23)


def test_dates_the_wrong_way_round_are_one_line(drawn: Drawn) -> None:
    test = open_page("history", **chosen(since="2019-06-01", until="2010-01-01"))
    assert len(test.error) == 1
    assert "请对调" in test.error[0].value


def test_an_unknown_region_is_one_line_and_the_page_stays(drawn: Drawn) -> None:
    test = open_page("history", region="atlantis", date="2019-06-01")
    assert len(test.error) == 1
    assert "atlantis" in test.error[0].value
    assert test.selectbox(key="w-region").value in {one.id for one in RM.regions()}


def test_an_unknown_industry_is_one_line(drawn: Drawn) -> None:
    test = open_page("history", industry="钢鐡啊", **chosen())
    assert "没有名为" in test.error[0].value


def test_a_click_shows_what_changes_next_there(drawn: Drawn) -> None:
    drawn.click = (115.46, 38.87)
    test = open_page("history", lang="en", **chosen())
    words = html(test)
    assert 'data-place="130602"' in words
    assert 'data-day="2021-01-01"' in words
    assert 'data-provision="miit-2018-136/2-2a"' in words
    assert "rules that are still to be issued, and repeals still to come, are not" in words


def test_nothing_ahead_is_told_in_words(drawn: Drawn) -> None:
    test = open_page("history", place="130600", date="2060-01-01", lang="en")
    assert "print no later day on which a rule here would change" in html(test)


def test_the_map_page_tells_what_changes_next_at_the_place(drawn: Drawn) -> None:
    test = open_app(place="130600", date="2019-06-01")
    later = len(RM.coming("130600", TODAY))
    assert f"该地接下来的变化 **{later}**" in [one.label for one in test.expander]


def test_a_line_for_each_list_and_each_restricting_rule() -> None:
    lists = timelines.list_lines(RM, TODAY, "fenwei-plain")
    assert len(lists) == sum(len(one.definitions) for one in RM.regions())
    assert lists[0].kind.zh == "汾渭平原"
    rules = timelines.rule_lines(RM, "steel", TODAY)
    wanted = [one.provision for one in RM.rules(industry="steel") if restriction(one.provision.effect)]
    assert len(rules) == len(wanted)
    assert {line.about.en for line in rules} == {one.summary.en for one in wanted}


def test_historic_rules_are_worded_as_historic_and_never_as_errors() -> None:
    on = dt.date(2060, 1, 1)
    ended = [one for one in RM.rules(on=on) if one.status is Status.SUPERSEDED and restriction(one.provision.effect)]
    if not ended:
        pytest.skip("no loaded rule has ended")
    rule = ended[0].provision
    line = next(
        line
        for line in timelines.rule_lines(RM, rule.industries[0] if rule.industries else "steel", on)
        if line.about == rule.summary
    )
    assert line.historic
    assert line.standing is not None
    assert (line.standing.zh, line.standing.en) == ("历史规则", "Historic rule")
    assert line.bars[-1].drawn is timelines.Drawn.THIN
    assert line.bars[-1].ends("open") == "—"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_chart_and_table_hold_the_same_bars(language: str) -> None:
    lines = timelines.rule_lines(RM, "cement", TODAY)
    marks = {TODAY: "chosen", dt.date(2026, 1, 1): "today"}
    made = timeline_chart.chart(lines, marks, language, "what it shows", english)
    assert 'aria-label="what it shows"' in made
    told = [unescape(one) for one in re.findall(r'role="img" class="[^"]*" title="([^"]*)"', made)]
    _header, body = timelines.cells(lines, "Effect", language, english)
    assert told == [f"{row[1]} · {row[0]} · {row[2]}: {row[3]} – {row[4]}" for row in body]


def test_bars_stand_where_their_days_are() -> None:
    """A list of 2018-07-01 to 2019-12-31 beside one from 2020 on: the second begins where the first ends."""
    words = Text("甲", "A")

    def line(*bars: timelines.Bar) -> timelines.Line:
        return timelines.Line(words, words, words, None, False, "#4477aa", "#4477aa", bars, words)

    first = timelines.Bar(dt.date(2018, 7, 1), dt.date(2019, 12, 31), timelines.Drawn.PALE, words)
    second = timelines.Bar(dt.date(2020, 1, 1), None, timelines.Drawn.FULL, words)
    made = timeline_chart.chart([line(first), line(second)], {dt.date(2020, 1, 1): "<now>"}, "en", "it", english)
    (left, width), (other, rest) = (
        (float(one), float(two)) for one, two in re.findall(r"left:([\d.]+)%;width:([\d.]+)%", made)
    )
    assert left + width == pytest.approx(other, abs=0.02)
    assert other + rest == pytest.approx(100)
    # From 300 days before the first day to 300 after the last: 549 days and 300 at either side.
    assert left == pytest.approx(100 * 300 / 1149, abs=0.05)
    assert f'<i class="day" style="left:{other}%"></i>' in made
    assert f'<b class="day" style="right:{100 - other:.2f}%;top:1.4em"><now></b>' in unescape(made)
    assert "<now>" not in made
    assert re.search(r'<b style="left:[\d.]+%">2019</b>', made)


def test_the_page_draws_both_charts_and_says_what_they_are(drawn: Drawn) -> None:
    test = open_page("history", **chosen())
    charts = html(test).split('<div class="rm-lives"')[1:]
    assert len(charts) == 2
    assert "工信部节〔2018〕136号 二（二）" in charts[1]
    assert [one.label for one in test.expander].count("以表格查看同样内容") == 2


def test_pages_name_a_place_as_of_the_day() -> None:
    district = RM.gazetteer.unit("370116")
    assert place_panel.full_name(district, dt.date(2019, 1, 8), "zh") == "山东省 › 莱芜市 › 莱芜区"
    assert place_panel.full_name(district, dt.date(2019, 1, 9), "zh") == "山东省 › 济南市 › 莱芜区"


def test_a_dissolved_prefecture_is_told_and_not_drawn() -> None:
    change = RM.history("central", "2011-07-01", "2012-07-01")
    view = history_views.change_view(RM, change, "zh")
    assert "341400" not in {row.unit.code for row in view.rows}
    said = [one.zh for one in history_views.told(RM, change)]
    assert "巢湖市于 2011-08-22 撤销，其地归合肥市、芜湖市、马鞍山市，仍在名单之内。" in said


def test_a_prefecture_that_left_is_drawn_as_it_was() -> None:
    change = RM.history("jing-jin-ji-surroundings", "2013-10-01", "2017-03-01")
    drawn = {area.code: area.style for area in history_views.change_view(RM, change, "zh").layer.areas}
    assert drawn[display.shape_on("371200", dt.date(2013, 10, 1))] == "left"

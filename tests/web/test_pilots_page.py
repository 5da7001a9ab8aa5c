"""Pilots on the map page: approved units filled, mentions lighter, parks as circles; every name in the table."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from regionmap.api import Regionmap
from regionmap.output import maps
from regionmap.rules.pilots import PilotStatus, standing_of
from regionmap.web.map import pilots as pilot_views
from tests.web.harness import Drawn, html, open_app, table

GREEN = "green-transition-regions"


def drawn_areas(drawn: Drawn) -> dict[str, tuple[str, str]]:
    return {area.code: (area.style, "<br>".join(area.lines)) for area in drawn.areas()}


def drawn_spots(drawn: Drawn) -> list[Any]:
    return [(spot.lon, spot.lat, spot.style, "<br>".join(spot.lines)) for spot in drawn.layer.spots]


def test_invited_and_approved_are_two_things(drawn: Drawn) -> None:
    test = open_app(show="pilots", programme=GREEN, date="2014-12-31")
    areas = drawn_areas(drawn)
    assert areas["150200"][0] == "pilot-mentioned"
    assert "受邀（不是批准）" in areas["150200"][1]
    assert areas["321100"][0] == "none"
    assert sum(style == "pilot-mentioned" for style, _ in areas.values()) == 10
    assert len(table(test)) == 10
    assert "受邀（不是批准） 10" in html(test)
    open_app(show="pilots", programme=GREEN, date="2016-01-01")
    assert sum(style == "pilot" for style, _ in drawn_areas(drawn).values()) == 11


def test_what_has_ended_is_drawn_as_ended(drawn: Drawn) -> None:
    open_app(show="pilots", programme=GREEN, date="2020-01-01")
    styles = [style for style, _ in drawn_areas(drawn).values()]
    assert styles.count("pilot-ended") == 11
    assert "pilot" not in styles


def test_parks_are_circles_and_their_cities_are_not_filled(drawn: Drawn) -> None:
    test = open_app(show="pilots", programme="zero-carbon-parks", date="2026-01-01", lang="en")
    assert {style for style, _ in drawn_areas(drawn).values()} == {"none"}
    spots = drawn_spots(drawn)
    assert len(spots) == 19
    assert any(spot[3].startswith("A park in Baoding") for spot in spots)
    assert "not the whole of Baoding" in drawn_areas(drawn)["130600"][1]
    frame = table(test)
    assert len(frame) == 19
    assert "A park in Baoding" in set(frame["Name"])
    assert "Baoding" not in set(frame["Name"])


def test_a_province_fills_its_cities_and_a_county_is_drawn_over_its_prefecture(drawn: Drawn) -> None:
    open_app(show="pilots", programme="low-carbon-cities", date="2020-01-01")
    areas = drawn_areas(drawn)
    assert areas["440600"][0] == "pilot"
    assert "广东省" in areas["440600"][1]
    assert areas["231123"][0] == "pilot"  # 逊克县
    assert areas["231100"][0] == "none"  # 黑河市 around it


def test_a_province_is_looked_at_by_county(drawn: Drawn) -> None:
    test = open_app(show="pilots", programme="carbon-peak-pilots", date="2026-01-01", province="130000")
    areas = drawn_areas(drawn)
    assert areas["130202"][0] == "pilot"  # 路南区 of 唐山
    assert areas["150200"][0] == "pilot-away"
    assert set(table(test)["所属省份"]) == {"河北省"}


def test_the_address_keeps_the_programme(drawn: Drawn) -> None:
    address = {"show": "pilots", "programme": "methanol-vehicles", "date": "2018-01-01"}
    test = open_app(**address)
    assert {name: test.query_params[name] for name in address} == address
    picker = next(one for one in test.selectbox if one.label == "试点")
    assert picker.value == "methanol-vehicles"


def test_an_unknown_programme_is_one_line(drawn: Drawn) -> None:
    test = open_app(show="pilots", programme="nothing")
    assert len(test.error) == 1
    assert "没有名为“nothing”的试点：" in test.error[0].value


def test_the_place_panel_lists_pilots_with_standing_and_evidence(drawn: Drawn) -> None:
    test = open_app(place="包头市", date="2016-01-01")
    words = html(test)
    assert "受邀（不是批准）" in words
    assert "工信厅节函[2014]322号" in words
    assert "区域工业绿色转型发展试点" in words
    assert "期限已过的试点名单" in html(open_app(place="包头市", date="2020-01-01"))


def test_every_programme_can_be_drawn_on_every_day_of_change(rm: Regionmap) -> None:
    for programme in rm.programmes():
        for day in (dt.date(2005, 1, 1), dt.date(2026, 1, 1)):
            view = pilot_views.pilots_view(rm, programme.id, day, "", "en")
            names = {(row.listing.batch.id, row.listing.place.printed) for row in view.listed}
            if day.year == 2026:
                assert names == {(batch.id, one.printed) for batch in programme.batches for one in batch.places}
            assert all(entry.count for entry in view.legend)


def test_words_of_a_circle_cannot_run() -> None:
    hostile = "</script><img src=x onerror=alert(1)>"
    layer = maps.Layer(
        name="x", styles={"a": maps.Style("pilot")}, spots=[maps.Spot(100.0, 30.0, "a", (hostile, "保定市"))]
    )
    script = maps.feature_group(layer)._children["areas"].layer  # type: ignore[attr-defined]
    assert "<" not in script
    assert "保定市" in script
    assert json.loads(script)["spots"][0][3].count("<br>") == 1


def test_proposals_and_parks_without_a_unit_are_listed_and_fill_nothing(drawn: Drawn) -> None:
    test = open_app(show="pilots", programme="urban-minerals-bases", date="2026-01-01", lang="en")
    assert not test.exception
    assert {style for style, _ in drawn_areas(drawn).values()} == {"none"}
    frame = table(test)
    assert len(frame) == 12
    assert list(frame["Standing on the date"]).count("Proposed, not final") == 6
    test = open_app(show="pilots", programme="tech-upgrade-cities", date="2026-01-01", lang="en")
    kinds = [style for style, _ in drawn_areas(drawn).values() if style != "none"]
    assert kinds.count("pilot-mentioned") == len(kinds) - 1  # 湖州, by a report of the final list


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        ("2026-11-28", "zero-carbon-parks"),
        ("2020-01-01", "bulk-solid-waste-bases"),
        ("2016-01-01", "fiscal-demonstration-cities"),
    ],
)
def test_the_pilots_open_with_a_programme_in_force_on_the_date(
    drawn: Drawn, rm: Regionmap, day: str, opened: str
) -> None:
    test = open_app(show="pilots", date=day)
    assert test.query_params["programme"] in ([opened], opened)
    assert standing_of(rm.programme(opened), dt.date.fromisoformat(day)) is PilotStatus.LISTED
    assert rm.programme(opened).name.zh in html(test)
    assert "这项试点期限已过" not in html(test)


def test_a_programme_that_was_chosen_stays_when_its_term_is_over_and_that_is_said(drawn: Drawn) -> None:
    test = open_app(show="pilots", programme=GREEN, date="2020-01-01")
    assert "这项试点期限已过；当日另有其他试点在施行。" in html(test)
    options = test.selectbox(key="w-programme").options
    assert "区域工业绿色转型发展试点 · 2020-01-01不在施行" in options
    assert "不在施行" not in options[0]


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有已知仍在施行的"), ("en", "No pilot programme that is loaded")])
def test_a_date_without_any_pilot_in_force_is_told(drawn: Drawn, lang: str, words: str) -> None:
    test = open_app(show="pilots", date="2005-01-01", lang=lang)
    assert words in html(test)

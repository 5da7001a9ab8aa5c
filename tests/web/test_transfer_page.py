"""The transfer page without a browser: destinations by tier, obstacles shown, filters, files, the reverse question."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from dataclasses import replace

import openpyxl
import pytest

import regionmap
from regionmap.model import Ruling
from regionmap.output.formats import geojson
from regionmap.output.layers.build import answer_layer
from regionmap.rules.transfer.destinations_at import destinations_at
from regionmap.web.parts import tables
from regionmap.web.transfer import files as transfer_files
from regionmap.web.transfer import views as transfer_views
from regionmap.web.transfer.views import Choice
from regionmap.words import UNCLEAR_BECAUSE
from tests.web.harness import Drawn, has_table, html, open_app, open_page, table

RM = regionmap.load()
DAY = "2022-06-01"
TEXTILE = {"origin": "上海", "industry": "textile", "date": DAY, "lang": "en"}
EAST = {"110000", "120000", "130000", "310000", "320000", "330000", "350000", "370000", "440000", "460000"}


def open_transfer(**address: str):
    return open_page("transfer", **(TEXTILE | address))


def drawn_arrows(drawn: Drawn) -> list[list[object]]:
    return [[list(one.start), list(one.end), *one.lines] for one in drawn.layer.arrows]


def test_destinations_are_drawn_by_tier_with_lines_to_the_best(drawn: Drawn) -> None:
    answer = RM.transfer("上海", industry="textile", on=DAY)
    test = open_transfer()
    frame = table(test)
    assert list(frame["Code"]) == [one.place.code for one in answer.destinations]
    # 215号 guides nobody from the east to the east: no eastern province is a destination by its class.
    by_catalogue = [
        one.place.code
        for one in answer.destinations
        for guide in one.guides
        if guide.provision is not None and guide.provision.source == "miit-2021-215"
    ]
    assert by_catalogue
    assert not EAST & {RM.gazetteer.province(code).code for code in by_catalogue}
    assert set(drawn.styles()) <= {*transfer_views.LEGEND, "origin"}
    assert drawn.styles().count("origin") == 1
    arrows = drawn_arrows(drawn)
    assert len(arrows) == min(10, len(answer.destinations))
    first = answer.destinations[0].place
    assert arrows[0][:2] == [[answer.origin.lon, answer.origin.lat], [first.lon, first.lat]]
    words = html(test)
    assert "The push at the origin" in words
    assert "大中城市" in words  # a class of area that no list defines is told and not drawn
    assert f"Prefecture-level units that are open: {len(answer.open_places)}." in words
    assert "工信部联政法〔2021〕215号" in " ".join(frame["Guided here by"])


def test_what_stands_against_a_destination_is_shown_and_puts_it_lower(drawn: Drawn) -> None:
    answer = RM.transfer("上海", industry="steel", on=DAY)
    frame = table(open_transfer(industry="steel"))
    for one, (_, row) in zip(answer.destinations, frame.iterrows(), strict=True):
        assert (row["Strictest rule against it"] == "nothing loaded") is (not transfer_views.opposed(one))
        for against in one.obstacles:
            assert f"{against.source.number} {against.provision.item}" in row["Stands against it there"]
    banned = [one.ruling is Ruling.PROHIBITED for one in answer.destinations if one.tier == "class"]
    assert banned == sorted(banned)
    marks = {transfer_views.kind(one) for one in answer.destinations if one.obstacles}
    assert all(mark.endswith(("-against", "-banned")) for mark in marks)
    assert marks & set(drawn.styles())


def test_distances_are_geodesic() -> None:
    shanghai, ganzhou = RM.gazetteer.unit("310000"), RM.gazetteer.unit("360700")
    forth, back = transfer_views.distance_km(shanghai, ganzhou), transfer_views.distance_km(ganzhou, shanghai)
    lat, other = math.radians(shanghai.lat), math.radians(ganzhou.lat)
    turned = math.cos(math.radians(shanghai.lon - ganzhou.lon))
    sphere = 6371.0 * math.acos(math.sin(lat) * math.sin(other) + math.cos(lat) * math.cos(other) * turned)
    assert forth == pytest.approx(back)
    assert forth == pytest.approx(sphere, rel=0.006)
    assert transfer_views.distance_km(shanghai, shanghai) == 0


def test_filters() -> None:
    every = transfer_views.reached(RM.transfer("上海", industry="textile", on=DAY))

    def codes(choice: Choice) -> list[str]:
        return [one.found.place.code for one in transfer_views.narrowed(RM, every, choice)]

    assert codes(Choice()) == [one.found.place.code for one in every]
    assert set(codes(Choice(into="360000"))) == {
        one.found.place.code for one in every if RM.gazetteer.province(one.found.place.code).code == "360000"
    }
    assert codes(Choice(clear=True)) == [one.found.place.code for one in every if not transfer_views.opposed(one.found)]
    assert codes(Choice(km=1000.0)) == [one.found.place.code for one in every if one.km <= 1000]
    assert codes(Choice(tier="named")) == [one.found.place.code for one in every if one.found.tier == "named"]
    assert codes(Choice(level="county")) == [one.found.place.code for one in every if one.found.place.level == "county"]
    area = RM.region_area("yangtze-belt", DAY)
    inside = codes(Choice(into="yangtze-belt", area=area))
    assert inside == [
        one.found.place.code for one in every if RM.gazetteer.within(one.found.place.code, area) != "none"
    ]


def test_a_region_holds_the_places_that_lay_in_its_cities_on_the_date() -> None:
    """寿县 went from 六安市 (341500) to 淮南市 (340400) on 2016-01-04, 国函〔2015〕206号."""
    one = transfer_views.reached(RM.transfer("上海", industry="textile", on=DAY))[0]
    shouxian = replace(one, found=replace(one.found, place=RM.unit("寿县")))
    for on, held_by in ((dt.date(2016, 1, 3), "341500"), (dt.date(2016, 1, 4), "340400")):
        for city in ("341500", "340400"):
            choice = Choice(into="made-region", area=frozenset({city}), on=on)
            assert bool(transfer_views.narrowed(RM, [shouxian], choice)) is (city == held_by)


def test_a_gone_prefecture_is_an_origin_on_its_days(drawn: Drawn) -> None:
    open_transfer(origin="莱芜市", date="2018-06-01")
    assert [one.code for one in drawn.areas() if one.style == "origin"] == ["371200@2019-01-09"]


def test_filters_that_let_nothing_through_say_so(drawn: Drawn) -> None:
    test = open_transfer(km="1")
    assert any("passes the filters" in one.value for one in test.info)
    assert drawn_arrows(drawn) == []


def test_an_unknown_origin_is_one_line(drawn: Drawn) -> None:
    test = open_transfer(origin="Atlantis")
    assert len(test.error) == 1
    assert "Atlantis" in test.error[0].value
    assert not has_table(test)


def test_an_ambiguous_origin_offers_its_candidates(drawn: Drawn) -> None:
    test = open_transfer(origin="朝阳区")
    assert len(test.error) == 1
    button = next(one for one in test.button if "110105" in one.label)
    button.click().run()
    assert test.query_params["origin"] == "110105"


def test_an_unknown_industry_is_one_line(drawn: Drawn) -> None:
    assert len(open_transfer(industry="钢鐡啊").error) == 1


def test_before_the_first_guidance_the_page_says_so(drawn: Drawn) -> None:
    test = open_transfer(date="2003-01-01")
    assert RM.transfer("上海", industry="textile", on="2003-01-01").destinations == ()
    assert any("nothing loaded" in one.value.lower() or "No loaded document" in one.value for one in test.info)
    assert not test.exception


def test_an_industry_that_nothing_guides_gets_a_clear_answer(drawn: Drawn) -> None:
    unguided = next(
        one.id
        for one in RM.industries()
        if one.kind == "industry" and not RM.transfer("上海", industry=one.id, on="2017-01-01").destinations
    )
    test = open_transfer(industry=unguided, date="2017-01-01")
    assert any("That does not mean that none does" in one.value for one in test.info)


def test_no_origin_offers_examples(drawn: Drawn) -> None:
    test = open_transfer(origin="")
    next(one for one in test.button if one.key == "example-310000").click().run()
    assert test.query_params["origin"] == "310000"


def test_up_to_four_places_are_compared(drawn: Drawn) -> None:
    answer = RM.transfer("上海", industry="steel", on=DAY)
    codes = [one.place.code for one in answer.destinations[:2]]
    test = open_transfer(industry="steel", compare=",".join(codes))
    words = html(test)
    for code in codes:
        assert f'data-compare="{code}"' in words
    for head in ("Rules for", "Rules against", "Pilots", "Zones and lists"):
        assert words.count(f'<th scope="row" role="rowheader">{head}<') == 1  # one table, a column for each place
    against = answer.destinations[0].obstacles
    assert not against or against[0].provision.quote in words


def test_the_reverse_question_lists_industries_and_what_stands_against_each(drawn: Drawn) -> None:
    place = RM.gazetteer.resolve("赣州")
    found = destinations_at(RM.catalogue, RM.gazetteer, place, RM.transfer("上海", industry="textile", on=DAY).date)
    test = open_transfer(way="to", place="赣州")
    words = html(test)
    assert 'data-industry="manufacturing"' in words  # 215号 二 and 八 guide manufacturing to the central region
    for one in found:
        if one.is_status:
            assert one.listed is not None
            assert f'data-list="{one.listed.id}"' in words
    assert "Read in a copy of the text" in words or "Reported by a second source" in words
    if not any(one.is_status for one in found):
        assert "Nothing loaded on this date" in words


def test_a_place_without_rows_is_told_that_nothing_is_loaded(drawn: Drawn) -> None:
    test = open_transfer(way="to", place="上海", date="2003-01-01")
    words = html(test)
    assert "Nothing loaded on this date guides an industry here" in words
    assert "does not say that it is not a destination" in words
    assert not has_table(test)


def test_the_page_is_in_the_navigation_and_in_chinese(drawn: Drawn) -> None:
    assert "转移去向" in [one.label for one in open_app().sidebar.get("page_link")]
    assert "转移去向" in html(open_page("transfer", origin="上海", industry="textile", date=DAY))


def test_files_hold_the_table_and_no_formula() -> None:
    header, body = ["Code", "Name"], [["360000", "=HYPERLINK(1)"], ["340000", "安徽省\x07"]]
    rows = list(csv.reader(io.StringIO(tables.to_csv(header, body).decode("utf-8-sig"))))
    assert rows[1] == ["360000", "'=HYPERLINK(1)"]
    sheet = openpyxl.load_workbook(io.BytesIO(transfer_files.to_xlsx(header, body))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Code", "Name"],
        ["360000", "'=HYPERLINK(1)"],
        ["340000", "安徽省"],
    ]
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row)


def test_geojson_of_chosen_destinations_has_true_boundaries() -> None:
    answer = RM.transfer("上海", industry="textile", on=DAY)
    code = answer.destinations[0].place.code
    features = geojson(answer_layer(RM, answer, [code]))["features"]
    assert len(features) == len(answer.destinations[0].guides)
    assert {one["properties"]["code"] for one in features} == {code}
    assert features[0]["geometry"]["type"] in {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize(
    ("lang", "head", "plant", "count"),
    [
        ("zh", "转出地的推力：上海市施行中的限制该行业的规则", "当日在该地新建：", "去向10处"),
        (
            "en",
            "The push at the origin: rules in force against this industry in Shanghai",
            "A new plant there on",
            "destinations: 10",
        ),
    ],
)
def test_numbers_and_marks_say_what_they_count(drawn: Drawn, lang: str, head: str, plant: str, count: str) -> None:
    test = open_page("transfer", lang=lang, origin="310000", industry="textile", date="2022-06-01")
    words = html(test)
    assert f"{head}<small>0</small>" in words
    asked = words[words.index(plant) :]
    assert asked.index("rm-chip unclear") < asked.index("</p>")
    because = UNCLEAR_BECAUSE[RM.check("310000", industry="textile", on="2022-06-01").unclear_because]
    assert because[lang] in asked  # the mark is not left without its reason
    assert count in words

"""The site check for an area: pasted text or a circle, units with shares and verdicts, errors in words."""

from __future__ import annotations

import re

import pytest

import regionmap
from regionmap.places.area_text import area_from_text
from tests.web.harness import html, open_page

SQUARE = "POLYGON ((115.4 38.8, 116.6 38.8, 116.6 39.5, 115.4 39.5, 115.4 38.8))"


def asked(language: str, **values: str):
    test = open_page("site", lang=language, date="2019-06-01", industry="steel")
    test.session_state["regionmap-way"] = "area"
    for key, value in values.items():
        test.session_state[f"area-{key}"] = value
    return test.run()


@pytest.mark.parametrize(("language", "word"), [("zh", "禁止"), ("en", "Prohibited")])
def test_a_pasted_area_has_a_verdict_and_its_units(language, word):
    test = asked(language, text=SQUARE)
    assert not test.exception
    shown = html(test)
    assert f">{word}<" in shown
    assert ("徐水区" if language == "zh" else "Xushui District") in shown
    assert "130609" in shown
    assert "%" in shown


def test_a_circle_is_an_area():
    test = asked("zh", lon="115°39′00″", lat="39.02", radius="5")
    assert not test.exception
    assert "130609" in html(test)


WIDE = "POLYGON ((115.2 38.4, 116.2 38.4, 116.2 39.2, 115.2 39.2, 115.2 38.4))"


def test_units_of_one_verdict_are_one_line_with_all_of_them_named():
    # The counties of 保定 and 雄安 in this square are all among the cities that may add no steel.
    shown = html(asked("en", text=WIDE))
    table = re.findall(r'<table class="rm-batch-table">(.*?)</table>', shown)[0]
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>", table)
    assert len(rows) == len({word for _, _, word in rows}) < 4
    named = [code for names, _, _ in rows for code in re.findall(r"\b\d{6}\b", names)]
    assert len(named) == len(set(named)) > 10
    assert {"130609", "130632"} <= set(named)
    assert sum(float(share.rstrip("%")) for _, share, _ in rows) == pytest.approx(100, abs=0.3)
    assert all(names.count("(") == names.count("%)") for names, _, _ in rows)


@pytest.mark.parametrize("values", [{"text": "POLYGON ((1 2"}, {"lon": "115.6", "lat": "39", "radius": "wide"}])
def test_what_is_no_area_is_said_and_nothing_is_answered(values):
    test = asked("zh", **values)
    assert not test.exception
    assert test.error
    assert "data-verdict" not in html(test)


def test_nothing_is_answered_before_an_area_is_given():
    test = asked("en")
    assert not test.exception
    assert not test.error
    assert "data-verdict" not in html(test)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", r"一片区域，涉及(\d+)个单位，主要在(\S+?)、(\S+?)、(\S+) ·"),
        ("en", r"an area in (\d+) units, the most of it in (.+?), (.+?), (.+?) ·"),
    ],
)
def test_the_headline_names_what_the_area_touches(language, words):
    test = asked(language, text=WIDE)
    headline = re.search(words, re.findall(r'<div class="what">(.*?)</div>', html(test))[0])
    assert headline is not None
    rm = regionmap.load()
    shares = rm.check(area=area_from_text(WIDE), industry="steel", on="2019-06-01").shares
    assert int(headline[1]) == len(shares)
    largest = sorted(shares, key=lambda one: -one.share)[:3]
    assert list(headline.groups()[1:]) == [one.unit.name_en if language == "en" else one.unit.name for one in largest]

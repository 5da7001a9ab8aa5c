"""Answers in a notebook: one line, a small card, the JSON object, a table."""

from __future__ import annotations

import json

import pytest

import regionmap
from regionmap.output.json.answers import verdict_json

DAY = "2019-06-01"
LARGEST_CARD = 20_000
"""Characters: what a notebook keeps for each answer."""


@pytest.fixture(scope="module")
def answers(rm):
    return {
        "verdict": rm.check("保定市", industry="钢铁", on=DAY),
        "place": rm.lookup("保定市", on=DAY),
        "transfer": rm.transfer("上海", industry="纺织", on="2022-06-01"),
        "change": rm.history("air-key-regions", DAY, "2024-03-01"),
        "rules": rm.rules(),
        "rulings": rm.overview("钢铁", on=DAY),
    }


def test_every_answer_is_one_short_line(rm, answers):
    for one in (rm, *answers.values(), answers["rules"][0], answers["rulings"][0]):
        assert len(repr(one).splitlines()) == 1
        assert len(repr(one)) < 200, repr(one)
    assert "prohibited" in repr(answers["verdict"])
    assert "130600" in repr(answers["verdict"])


def test_every_answer_is_a_small_card_that_says_the_answer(answers):
    for name, one in answers.items():
        assert 200 < len(one._repr_html_()) < LARGEST_CARD, name
    card = answers["verdict"]._repr_html_()
    assert "禁止" in card
    assert "工信部节〔2018〕136号" in card
    assert "--full" not in card


def test_the_language_of_cards_is_chosen_by_the_setting(answers, monkeypatch):
    monkeypatch.setenv("REGIONMAP_LANG", "en")
    assert "Prohibited" in answers["verdict"]._repr_html_()


def test_what_stands_in_a_card_is_escaped(rm, monkeypatch):
    from regionmap.notebook import cards
    from regionmap.output.brief.layout import Line

    monkeypatch.setattr(cards, "check_lines", lambda *_: [Line("<script>alert(1)</script>", "head"), Line("")])
    assert "<script" not in rm.check("保定市", industry="钢铁", on=DAY)._repr_html_()


def test_a_verdict_as_a_dict_is_the_json_of_check(rm, answers):
    found = answers["verdict"].to_dict()
    assert found == verdict_json(answers["verdict"], rm)
    assert json.loads(json.dumps(found))["format"] == "regionmap.check/1"


@pytest.mark.parametrize("name", ["place", "transfer", "change"])
def test_other_answers_are_dicts_that_json_takes(answers, name):
    assert json.loads(json.dumps(answers[name].to_dict()))


def test_a_verdict_as_a_frame_has_a_row_for_each_finding(answers):
    verdict = answers["verdict"]
    frame = verdict.to_frame()
    assert frame["group"].value_counts().to_dict() == {
        "binds": len(verdict.findings),
        "depends_on_site": len(verdict.depends_on_site),
        "not_in_force": len(verdict.not_in_force),
    }
    first = frame[frame["provision"] == verdict.deciding[0].provision.id].iloc[0]
    assert first["quote"] == verdict.deciding[0].provision.quote


def test_an_answer_without_findings_is_an_empty_frame_with_columns(rm):
    frame = rm.check("香港", industry="钢铁", on=DAY).to_frame()
    assert {"group", "number", "quote"} <= set(frame.columns)
    assert (frame["group"] != "binds").all()


def test_the_change_of_a_region_as_a_frame_names_each_unit_once(answers):
    change, frame = answers["change"], answers["change"].to_frame()
    assert not frame["code"].duplicated().any()
    counts = frame["change"].value_counts()
    assert counts["joined"] == len(change.joined)
    assert counts["left"] == len(change.left)
    assert counts["moved"] == len(change.moved)


def test_rules_become_frames(rm):
    found = rm.rules(industry="钢铁", source="工信部节〔2018〕136号", on=DAY)
    frame, shapes = found.to_frame(), found.to_geodataframe()
    assert frame["provision"].tolist() == [one.provision.id for one in found]
    assert str(frame["in_force_from"].dtype).startswith("datetime64")
    assert set(shapes["provision"]) <= set(frame["provision"])
    assert shapes.crs.to_epsg() == 4326
    baoding = shapes[(shapes["code"] == "130600") & (shapes["effect"] == "prohibit")]
    assert len(baoding) >= 1
    assert baoding.geometry.iloc[0].area > 1
    assert shapes.attrs["regionmap"]["layer"] == "rules"


@pytest.mark.parametrize("level", ["prefecture", "county"])
def test_an_overview_says_what_check_says(rm, level):
    overview = rm.overview("钢铁", on=DAY, level=level)
    frame = overview.to_frame()
    for code in frame["code"].iloc[[0, 100, 200, -1]]:
        expected = rm.check(code, industry="钢铁", on=DAY)
        row = frame[frame["code"] == code].iloc[0]
        assert (row["verdict"], row["local"]) == (str(expected.ruling), str(expected.local))
    assert len(frame) > (2_800 if level == "county" else 330)


def test_an_overview_has_true_boundaries(rm, answers):
    shapes = answers["rulings"].to_geodataframe()
    assert len(shapes) == len(answers["rulings"])
    assert shapes.crs.to_epsg() == 4326
    assert not shapes.geometry.is_empty.any()


def test_a_wrong_level_is_one_line(rm):
    with pytest.raises(regionmap.InputError, match="prefecture, county"):
        rm.overview("钢铁", level="village")

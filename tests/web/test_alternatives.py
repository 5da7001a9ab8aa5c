"""What would change a verdict, and the map of what is special to places; worked out by hand from the documents."""

from __future__ import annotations

import datetime as dt

import regionmap
from regionmap.model import Action, Ruling
from regionmap.web.parts import names
from regionmap.web.parts.rulings_view import NOTHING_SPECIAL, rulings_view
from regionmap.web.site.alternatives import alternatives

RM = regionmap.load()


def told(place: str, on: str, industry: str = "steel") -> dict[str, str]:
    found = alternatives(RM, RM.check(place, industry=industry, on=on))
    return {one.what.en: one.said.en for one in found}


def test_a_date_before_the_first_rule_and_after_its_target_is_named() -> None:
    # 工信部节〔2018〕136号 was issued on 2018-07-23 and its own targets run to 2020-12-31.
    said = told("130600", "2019-06-01")["Date"]
    assert said.startswith("before 2018-07-23: ")
    assert "from 2021-01-01: " in said


def test_other_actions_are_told_with_their_verdict() -> None:
    # Building against retired capacity is not added capacity: the ban of 136号 does not bind it.
    said = told("130600", "2019-06-01")["Action"]
    assert "Expansion, Moving in from elsewhere: Prohibited" in said
    assert "Rebuilding against retired capacity" in said


def test_neighbours_with_another_verdict_are_named() -> None:
    # 张家口 is in none of the "2+26" cities of 2018, 保定 is; both are in 河北, side by side.
    assert "130700" in names.neighbours("130600")
    assert "Zhangjiakou: Restricted" in told("130600", "2019-06-01")["Next to it"]


def test_a_point_names_the_boundary_across_which_the_answer_differs() -> None:
    found = alternatives(RM, RM.check(lon=115.46, lat=38.87, industry="steel", on="2019-06-01"))
    assert any(one.what.en == "Boundary" and " m to " in one.said.en for one in found)


def test_the_special_map_leaves_out_what_holds_everywhere() -> None:
    on = dt.date(2026, 11, 21)
    every = rulings_view(RM, "steel", Action.NEW, on, "", "en")
    special = rulings_view(RM, "steel", Action.NEW, on, "", "en", special=True)
    # 国发〔2021〕23号 forbids new steel capacity on the whole mainland: by all rules nothing tells places apart.
    assert every.counts[Ruling.PROHIBITED] > 360
    assert special.counts[Ruling.PROHIBITED] < every.counts[Ruling.PROHIBITED]
    assert sum(1 for count in special.counts.values() if count) >= 4
    verdict = RM.check("350100", industry="steel", on=on)
    row = next(one for one in special.rows if one.unit.code == "350100")
    assert (verdict.local is Ruling.NO_RULE) == (row.says == NOTHING_SPECIAL)


def test_counts_are_of_what_is_in_view() -> None:
    view = rulings_view(RM, "steel", Action.NEW, dt.date(2019, 6, 1), "130000", "zh", special=True)
    counties = RM.gazetteer.counties("130000")
    assert sum(view.counts.values()) == len(counties)
    assert sum(one.count for one in view.legend) == len(counties)


def test_names_are_those_of_provinces_or_of_the_province_in_view() -> None:
    country = [one.text for one in names.labels(RM, "", "zh")]
    assert len(country) == 34
    assert "河北" in country
    assert "石家庄" in [one.text for one in names.labels(RM, "130000", "zh")]
    near, instead = names.around(RM, "130600", "zh")
    assert near[0].text == "保定"
    assert {"石家庄", "廊坊"} <= {one.text for one in near}
    assert "河北" in instead  # the map does not write it over the names of its cities
    assert names.around(RM, "", "zh") == ([], [])

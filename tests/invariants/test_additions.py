"""More never makes milder: a rule, an industry, a list or another name that is added loosens no answer."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from regionmap.model import Ruling
from tests.invariants.made import (
    BUNDLED,
    INDUSTRIES,
    NOT_MAINLAND,
    asked,
    bounded,
    destination_lists,
    many_questions,
    milder,
    sources,
    substance,
    with_files,
)

_GBT = ["3110", "3011", "2614", "2520", "3392", "0111", "6450", "4411"]


@bounded(12)
@given(sources(), many_questions)
def test_an_added_rule_makes_no_verdict_milder(source, questions):
    more = with_files({"sources/test-2020-1.yaml": source})
    named = {
        code for one in source["provisions"] for place in one["where"].get("places", []) for code in place["codes"]
    }
    subjects = {name for one in source["provisions"] for name in one["industries"]}
    aimed = [(code, subject, *questions[0][2:]) for code in sorted(named) for subject in sorted(subjects)][:6]
    for question in [*questions, *aimed]:  # the made ones mostly miss; these meet the rules
        before, after = asked(BUNDLED, question), asked(more, question)
        assert not milder(before, after), (question, before, after)
        kept = {one.provision.id for one in after.findings}
        assert {one.provision.id for one in before.findings} <= kept


@bounded(8)
@given(sources(), many_questions)
def test_an_added_ban_bans_wherever_it_reaches(source, questions):
    """The other side: an addition is not passed over."""
    rule = {**source["provisions"][0], "effect": "prohibit", "where": {"national": True}, "industries": []}
    rule = {
        name: value for name, value in rule.items() if name not in {"ask", "addressee", "in_force_until", "horizon"}
    }
    rule["actions"] = ["new", "expand", "replace", "move_in", "upgrade"]
    more = with_files({"sources/test-2020-1.yaml": {**source, "provisions": [rule]}})
    for question in questions:
        after = asked(more, question)
        if question[3] < source["in_force_from"] or question[0].startswith(NOT_MAINLAND):
            assert substance(after)[:4] == substance(asked(BUNDLED, question))[:4]
        else:
            assert after.ruling is Ruling.PROHIBITED


@bounded(9)
@given(destination_lists(), many_questions)
def test_an_added_list_makes_no_verdict_milder(listed, questions):
    more = with_files({"destinations/test-list.yaml": listed})
    aimed = [(row["codes"][0], subject, *questions[0][2:]) for row in listed["rows"] for subject in row["industries"]]
    for question in [*questions, *aimed[:6]]:
        before, after = asked(BUNDLED, question), asked(more, question)
        assert not milder(before, after), (question, before, after)


@st.composite
def _industries(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["industry", "product", "group", "class"]))
    made: dict[str, Any] = {
        "id": "own-industry", "name": {"zh": "试验制造业", "en": "Test making"}, "kind": kind,
        "aliases": draw(st.sampled_from([[], ["试验品制造"], ["钢铁试验", "test steel"], ["水泥甲"]])),
    }  # fmt: skip
    if kind == "group":
        made["members"] = draw(st.lists(st.sampled_from(INDUSTRIES), min_size=1, max_size=3, unique=True))
        made["note"] = {"zh": "试验。", "en": "A test."}
    elif kind != "class":
        made["parents"] = draw(st.lists(st.sampled_from(INDUSTRIES), max_size=2, unique=True))
        made["codes"] = [
            {"code": code, "fit": draw(st.sampled_from(["exact", "part"]))}
            for code in draw(st.lists(st.sampled_from(_GBT), max_size=2, unique=True))
        ]
    return made


@bounded(10)
@given(_industries(), many_questions)
def test_an_added_industry_makes_no_verdict_milder(industry, questions):
    more = with_files({"industries.yaml": {"industries": [industry]}})
    words = [*industry.get("parents", []), *industry.get("members", [])]
    words += [one["code"] for one in industry.get("codes", [])]
    for question in [*questions, *((questions[0][0], word, *questions[0][2:]) for word in words)]:
        before, after = asked(BUNDLED, question), asked(more, question)
        assert not milder(before, after), (industry, question, before, after)


@bounded(8)
@given(st.sampled_from(INDUSTRIES), many_questions)
def test_an_added_name_changes_no_answer_to_other_names(industry, questions):
    more = with_files(
        {"industry-names.yaml": {"names": [{"words": ["某某试验词", "test word"], "industry": industry}]}}
    )
    for question in questions:
        assert substance(asked(more, question)) == substance(asked(BUNDLED, question))
    place, _, action, on = questions[0]
    assert substance(asked(more, (place, "某某试验词", action, on))) == substance(
        asked(BUNDLED, (place, industry, action, on))
    )

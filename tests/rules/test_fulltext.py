"""Searching as people type: Chinese words of two characters, English stems, numbers of documents, hostile input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regionmap
from regionmap.words import EFFECTS

RM = regionmap.load()


def ids(text: str) -> list[str]:
    return [one.provision.id for one in RM.rules(text)]


def test_a_word_of_two_characters_finds_it_within_longer_ones():
    found = ids("错峰")
    assert "miit-2018-136/2-4a" in found[:4]
    assert all("错峰" in _everything(one) for one in found)


def test_cement_finds_every_rule_that_names_cement():
    found = set(ids("水泥"))
    assert {one.provision.id for one in RM.rules() if "cement" in one.provision.industries} <= found


@pytest.mark.parametrize("text", ["replacement", "Replacement", "产能置换"])
def test_both_languages_find_the_replacement_rule(text):
    assert "miit-2018-136/2-2b" in ids(text)


@pytest.mark.parametrize("text", ["136号", "工信部节〔2018〕136号", "〔2018〕136号 错峰", "miit-2018-136"])
def test_a_documents_number_finds_its_rules(text):
    found = ids(text)
    assert found
    assert all(one.startswith("miit-2018-136/") for one in found)


def test_every_word_must_stand_there():
    assert set(ids("水泥 错峰")) == set(ids("水泥")) & set(ids("错峰"))


def test_the_beginning_of_an_english_word_is_enough():
    assert set(ids("stagger")) >= {"miit-2018-136/2-4a"}
    assert ids("stagg")


@pytest.mark.parametrize("text", ['"', "*", "a OR b NOT", "words:x", "^", "(", "' ; drop table rules; --", "、。"])
def test_signs_of_the_query_language_are_plain_text(text):
    assert isinstance(ids(text), list)


def test_no_words_find_nothing():
    assert ids("   ") == []
    assert ids("、") == []


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text):
    assert len(set(ids(text))) == len(ids(text))


def _everything(name: str) -> str:
    (rule,) = [one for one in RM.rules() if one.provision.id == name]
    one = rule.provision
    names = [RM.catalogue.industries[industry] for industry in one.industries]
    where = one.where.undefined.zh if one.where.undefined is not None else ""
    effect = EFFECTS[one.effect].zh
    return " ".join(
        [rule.source.title.zh, one.quote, one.summary.zh, where, effect]
        + [item.name.zh + "".join(item.aliases) for item in names]
        + [item.heading for item in rule.source.items if item.item == one.item]
    )

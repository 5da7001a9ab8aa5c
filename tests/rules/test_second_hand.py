"""Rules that are known at second hand: named so that none is taken for another of the same item, which was read."""

from __future__ import annotations

from collections import defaultdict

import pytest

from regionmap.model import CaveatKind, Evidence
from regionmap.rules.verdict.citations import rule_name

QUESTIONS = [
    ("保定", "钢铁", "2023-01-01"),
    ("南京", "化工", "2023-01-01"),
    ("深圳", "钢铁", "2019-06-01"),
    ("成都", "水泥", "2026-11-27"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_rule_at_second_hand_is_named_like_one_of_its_item_that_was_read(rm, language):
    items = defaultdict(list)
    for one in rm.catalogue.provisions:
        items[one.source, one.item].append(one)
    mixed = [held for held in items.values() if len({one.evidence for one in held}) > 1]
    assert len(mixed) > 5
    for held in mixed:
        names = defaultdict(set)
        for one in held:
            names[one.evidence].add(rule_name(one, rm.catalogue.sources[one.source].number)[language])
        assert names[Evidence.REPORTED].isdisjoint(names[Evidence.VERBATIM])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("place", "industry", "day"), QUESTIONS)
def test_the_caveat_names_each_rule_by_its_words(rm, place, industry, day, language):
    verdict = rm.check(place, industry=industry, on=day)
    by_id = {one.provision.id: one for one in verdict.findings}
    caveats = [one for one in verdict.caveats if one.kind is CaveatKind.REPORTED]
    own = [one for one in caveats if by_id[one.provisions[0]].provision.evidence is Evidence.REPORTED]
    assert own
    for caveat in caveats:
        for name in caveat.provisions:
            found = by_id[name]
            assert rule_name(found.provision, found.source.number)[language] in caveat.text[language]
            assert found.provision.summary[language][:8] in caveat.text[language]
    read = [one for one in verdict.findings if one.provision.evidence is Evidence.VERBATIM]
    for one in read:
        assert all(rule_name(one.provision, one.source.number)[language] not in caveat.text[language] for caveat in own)


def test_a_rule_that_was_read_is_not_called_unseen_for_its_list(rm):
    verdict = rm.check("保定", industry="钢铁", on="2023-01-01")
    by_id = {one.provision.id: one for one in verdict.findings}
    told = {
        name: caveat.text.en.split(": ")[0]
        for caveat in verdict.caveats
        if caveat.kind is CaveatKind.REPORTED
        for name in caveat.provisions
    }
    by_list = [name for name in told if by_id[name].provision.evidence is Evidence.VERBATIM]
    assert by_list
    for name, head in told.items():
        assert head == (
            "List of places known at second hand, behind" if name in by_list else "Known at second hand, text not seen"
        )

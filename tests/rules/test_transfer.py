"""Transfer destinations, held against 215号's words by hand."""

from __future__ import annotations

import pytest

from regionmap.errors import InputError
from regionmap.model import Ruling
from regionmap.output.json.answers import lookup_json
from regionmap.rules.transfer.answers import Tier, order
from regionmap.rules.verdict.answers import CaveatKind

EAST = {"110000", "120000", "130000", "310000", "320000", "330000", "350000", "370000", "440000", "460000"}


@pytest.fixture(scope="module")
def textiles(rm):
    return rm.transfer("上海", industry="纺织", on="2022-06-01")


def test_textiles_of_shanghai_are_guided_to_centre_and_west_and_to_no_eastern_province(rm, textiles):
    by_class = [one for one in textiles.destinations if one.tier is Tier.CLASS]
    provinces = {rm.gazetteer.province(one.place.code).code for one in by_class}
    assert {"140000", "360000", "420000", "510000", "610000", "650000"} <= provinces
    assert not provinces & EAST
    cited = {(guide.source.number, guide.provision.item) for one in by_class for guide in one.guides if guide.source}
    assert ("工信部联政法〔2021〕215号", "二") in cited


def test_the_words_of_the_guidance_stand_beside_each_place(textiles):
    for one in textiles.destinations:
        assert one.guides
        for guide in one.guides:
            assert guide.provision is None or guide.provision.quote
            assert guide.provision is not None or guide.row is not None


def test_the_order_is_tier_then_obstacles_and_no_score(textiles):
    assert list(textiles.destinations) == sorted(textiles.destinations, key=order)
    tiers = [list(Tier).index(one.tier) for one in textiles.destinations]
    assert tiers == sorted(tiers)


def test_a_place_under_a_ban_stands_below_one_without_in_its_tier(rm):
    found = rm.transfer("上海", industry="水泥", on="2024-03-01").destinations
    for tier in Tier:
        rulings = [one.ruling for one in found if one.tier is tier]
        banned = [index for index, one in enumerate(rulings) if one is Ruling.PROHIBITED]
        free = [index for index, one in enumerate(rulings) if one is not Ruling.PROHIBITED]
        assert not banned or not free or min(banned) > max(free)


def test_the_push_at_the_origin_is_the_verdict_there(rm):
    answer = rm.transfer("唐山", industry="电解铝", on="2019-06-01")
    assert answer.push.ruling is Ruling.PROHIBITED
    assert "miit-2018-136/2-2a" in {one.provision.id for one in answer.push.findings}


def test_a_date_before_the_first_guidance_is_told(rm):
    answer = rm.transfer("上海", industry="纺织", on="2005-01-01")
    assert not [one for one in answer.destinations if one.tier is Tier.CLASS]
    if not answer.destinations:
        assert {CaveatKind.DATE_UNKNOWN, CaveatKind.READ_PART} & {one.kind for one in answer.caveats}


def test_an_industry_without_guidance_gets_an_answer(rm):
    answer = rm.transfer("上海", industry="5512", on="2022-06-01")
    assert not answer.destinations
    assert answer.caveats
    assert answer.open_places


def test_unknown_origins_and_industries_are_refused(rm):
    with pytest.raises(InputError, match="220000"):
        rm.transfer("吉林", industry="纺织")
    with pytest.raises(InputError, match="no industry"):
        rm.transfer("上海", industry="没有的行业")


def test_places_in_the_origin_are_no_destinations(rm, textiles):
    assert all(rm.gazetteer.province(one.place.code).code != "310000" for one in textiles.destinations)


def test_named_places_stand_before_classes_and_a_draft_names_nobody(rm):
    answer = rm.transfer("上海", industry="造纸", on="2022-06-01")
    named = {one.place.name for one in answer.destinations if one.tier is Tier.NAMED}
    assert {"呼伦贝尔市", "鄂尔多斯市", "南宁市"} <= named
    lists = {guide.listed.id for one in answer.destinations for guide in one.guides if guide.listed is not None}
    assert "transfer-catalogue-2018" in lists
    assert "transfer-catalogue-2018-draft" not in lists


def test_our_reading_of_a_class_is_said_with_its_reason(textiles):
    (reading,) = [one.text.zh for one in textiles.caveats if one.kind is CaveatKind.READING]
    assert "劳动密集型产业" in reading
    assert "我们的理解" in reading


def test_western_clean_energy_areas_are_named_as_a_class_without_a_line_around_them(rm):
    answer = rm.transfer("唐山", industry="电解铝", on="2022-06-01")
    assert not any(guide.undefined for one in answer.destinations for guide in one.guides)
    words = [guide.undefined.zh for guide in answer.undefined if guide.undefined is not None]
    assert "西部清洁能源优势地区" in words
    assert any("西部清洁能源优势地区" in one.text.zh for one in answer.caveats)


def test_the_reverse_question_shows_the_zone_and_the_western_policy_of_ganzhou(rm):
    found = rm.destinations("赣州", on="2024-01-01")
    assert found
    for one in found:
        assert one.evidence in {"verbatim", "reported"}
    words = " ".join(f"{one.listed.name.zh} {one.row.printed}" for one in found if one.listed and one.row)
    assert "革命老区" in words or "赣" in words


def test_a_look_up_carries_the_destinations(rm):
    answer = lookup_json(rm.lookup("郴州", on="2022-06-01"), rm)
    assert any(one.get("list", "").startswith("transfer-zone") for one in answer["destinations"])
    assert all(one["evidence"] in {"verbatim", "reported"} for one in answer["destinations"])


def test_ganzhou_has_its_western_policy_status_as_reported_and_stays_in_the_centre(rm):
    found = {one.listed.id: one for one in rm.destinations("赣州", on="2024-01-01") if one.listed is not None}
    assert found["western-policy-ganzhou"].evidence == "reported"
    assert found["western-policy-ganzhou"].is_status
    assert "central" in {one.region.id for one in rm.lookup("赣州", on="2024-01-01").regions}


def test_a_day_before_the_first_guidance_is_said_to_be_one_though_older_documents_are_loaded(rm):
    guiding = [one for one in rm.catalogue.provisions if one.effect in {"guide_in", "guide_out", "support", "pilot"}]
    first = min(one.in_force_from for one in guiding if one.effect == "guide_in")
    oldest = min(one.in_force_from for one in rm.catalogue.provisions)
    assert oldest < first
    answer = rm.transfer("130600", industry="steel", on=oldest)
    assert answer.destinations == ()
    assert [one.kind for one in answer.caveats if "earliest loaded guidance" in one.text.en] == ["date_unknown"]


def test_guidance_to_places_that_no_list_names_is_told_though_no_line_is_drawn(rm):
    answer = rm.transfer(origin="保定", industry="aluminium", on="2025-06-01")
    told = [one.text.zh for one in answer.caveats if one.kind is CaveatKind.UNDEFINED_AREA]
    assert any("清洁能源富集地区" in text for text in told)

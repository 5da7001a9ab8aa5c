"""Groups of GB/T 4754 (three digits): what they meant in 2011, and those that are one industry."""

from __future__ import annotations

import pandas as pd
import pytest

from regionmap.errors import InputError
from regionmap.output.brief.check import check_lines
from regionmap.output.json.answers import verdict_json
from regionmap.output.json.transfer import transfer_json

ON = "2019-06-01"


def old_code(verdict) -> str:
    return "".join(one.text.zh for one in verdict.caveats if str(one.kind) == "old_code")


@pytest.mark.parametrize(
    ("code", "old", "now"),
    [
        ("325", "有色金属铸造", "3392"),
        ("252", "炼焦", "2521"),
        ("313", "黑色金属铸造", "3391"),
        ("314", "钢压延加工", "3130"),
        ("315", "铁合金冶炼", "3140"),  # no group of 2017
        ("412", "煤制品制造", "2524"),
        ("303", "还包括建筑陶瓷制品制造", "3071"),  # one class of several has gone to 307
        ("31", "还包括黑色金属铸造", "3391"),
        ("32", "还包括有色金属铸造", "3392"),
    ],
)
def test_a_group_that_meant_or_held_another_class_in_2011_says_so(rm, code, old, now):
    told = old_code(rm.check("保定", industry=code, on=ON))
    assert old in told
    assert now in told
    assert "2011 年版" in told
    row = rm.screen(pd.DataFrame({"adcode": ["130600"], "industry": [code], "date": [ON]}))
    assert "old_code" in row["caveats"].item()


@pytest.mark.parametrize("code", ["311", "321", "324", "307", "384", "30", "25", "C"])
def test_a_group_with_the_same_classes_in_2011_says_nothing_of_it(rm, code):
    assert not old_code(rm.check("保定", industry=code, on=ON))


@pytest.mark.parametrize("name", ["有色金属压延加工", "煤炭加工"])
def test_a_name_is_of_no_edition(rm, name):
    assert not old_code(rm.check("保定", industry=name, on=ON))


@pytest.mark.parametrize(
    ("group", "one", "industry"),
    [
        ("191", "1910", "leather-tanning"), ("311", "3110", "steel"), ("312", "3120", "steel"),
        ("314", "3140", "ferroalloy"), ("336", "3360", "electroplating"), ("421", "4210", "recycling"),
        ("422", "4220", "construction-waste-materials"), ("443", "4430", "heat-supply"),
        ("263", "2631", "pesticides"), ("041", "0411", "aquaculture"),
    ],
)  # fmt: skip
def test_a_group_whose_classes_are_one_industry_answers_as_it(rm, group, one, industry):
    whole, part = rm.check("保定", industry=group, on=ON), rm.check("保定", industry=one, on=ON)
    assert whole.subject.id == part.subject.id == industry
    assert (whole.ruling, whole.local, whole.extent) == (part.ruling, part.local, part.extent)
    rows = rm.screen(pd.DataFrame({"adcode": ["130600"] * 2, "industry": [group, one], "date": [ON] * 2}))
    assert rows["industry_id"].tolist() == [industry, industry]
    assert rows["verdict"].tolist() == [str(part.ruling)] * 2


def test_a_group_of_several_industries_is_still_told_in_part(rm):
    found = rm.check("保定", industry="339", on=ON)  # castings, and forgings, which no rule names
    assert (str(found.ruling), str(found.extent)) == ("prohibited", "part")
    assert str(rm.check("保定", industry="311", on=ON).extent) == "whole"
    assert rm.subject("221").id == "pulp"  # an industry that holds the group itself comes first


def test_a_class_that_ends_in_0_is_all_of_its_group(rm):
    gbt = rm.catalogue.gbt
    for code, row in gbt.items():
        if row.level == "class":
            only = gbt.classes(row.parent) == (code,) and gbt[row.parent].name == row.name
            assert only == code.endswith("0"), code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("32", "有色金属冶炼和压延加工业"), ("325", "有色金属压延加工"), ("3252", "铝压延加工"),
        ("3240", "有色金属合金制造"), ("339", "铸造及其他金属制品制造"), ("252", "煤炭加工"),
    ],
)  # fmt: skip
def test_a_class_that_only_a_far_wider_industry_holds_leads_by_its_own_name(rm, code, name):
    subject = rm.subject(code)
    assert subject.id == "manufacturing"
    assert subject.words.zh == f"{name}（GB/T 4754 {code}，属制造业）"
    assert subject.words.en == f"「{name}」 (GB/T 4754 {code}, a part of Manufacturing)"
    head = check_lines(rm.check("保定", industry=code, on=ON), rm, "zh", 200)[0].text
    assert f" {name}（" in head
    asked = verdict_json(rm.check("保定", industry=code, on=ON), rm)
    for answer in (asked, transfer_json(rm.transfer("保定", industry=code, on=ON), rm)):
        assert answer["industry"] == {
            "id": "manufacturing", "name": "制造业", "name_en": "Manufacturing", "code": code, "code_name": name,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("3110", "钢铁（GB/T 4754 3110 炼铁）"),
        ("31", "冶金（GB/T 4754 31 黑色金属冶炼和压延加工业）"),
        ("3391", "铸造（GB/T 4754 3391 黑色金属铸造）"),
        ("钢铁", "钢铁"),
    ],
)
def test_an_industry_that_is_near_to_the_class_leads(rm, code, words):
    assert rm.subject(code).words.zh == words


@pytest.mark.parametrize("word", ["中国", "全国", "China", "P.R. China", "People's Republic of China"])
def test_the_whole_country_is_no_place(rm, word):
    with pytest.raises(InputError, match=r"whole country.*regionmap rules") as caught:
        rm.check(word, industry="钢铁", on=ON)
    assert "中山" not in caught.value.text.zh

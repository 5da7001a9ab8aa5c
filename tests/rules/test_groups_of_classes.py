"""Groups of GB/T 4754 (three digits): what they meant in 2011, and those that are one industry."""

from __future__ import annotations

import pandas as pd
import pytest

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

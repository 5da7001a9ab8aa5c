"""A catalogue with rules by distance to another province, laid over the bundled one."""

from __future__ import annotations

from pathlib import Path

_HEAD = """\
id: test-2020-7
title: {zh: 试验距离, en: Test of distances}
number: 试〔2020〕7号
issuers:
  - {zh: 试验局, en: Test office}
kind: notice
level: national
rank: ministry
issued: "2020-06-01"
in_force_from: 2020-06-01
in_force_until: null
horizon: null
evidence: verbatim
read: whole
items:
  - {item: 一, heading: 总则}
provisions:
"""
_RULES = {
    # id: effect, industries, actions, where
    "twenty": ("condition", "coking, foundry", "new, move_in", "national: true, province_line_m: 20000"),
    "five": ("prohibit", "foundry", "new, expand", "national: true, province_line_m: 5000"),
    "every": ("condition", "", "expand", "national: true, province_line_m: 3000"),
    "plain": (
        "prohibit",
        "textile",
        "new, move_in",
        "regions: [fenwei-plain], pinned: miit-2018-136, province_line_m: 20000",
    ),
    "rest": (
        "guide_out",
        "textile",
        "new, move_in",
        "national: true, except_regions: [fenwei-plain], pinned: miit-2018-136, province_line_m: 40000",
    ),
    "site": (
        "prohibit",
        "papermaking",
        "new",
        "places: [{printed: 河北省, codes: ['130000']}], province_line_m: 10000, "
        "undefined: {zh: 城市建成区, en: built-up area}",
    ),
    "asked": ("prohibit", "cement", "new", "national: true, province_line_m: 30000"),
    "park": (
        "condition",
        "dyeing-finishing",
        "new",
        "places: [{printed: 园区, codes: ['130100']}], partly: true, province_line_m: 20000",
    ),
}


def write_rules(folder: Path) -> Path:
    """Write the rules as a folder of one's own; return it."""
    made = _HEAD
    for name, (effect, industries, actions, where) in _RULES.items():
        made += (
            f"  - id: {name}\n    item: 一\n    effect: {effect}\n    industries: [{industries}]\n"
            f"    actions: [{actions}]\n    where: {{{where}}}\n    quote: 省界两侧新建项目须会商\n"
            "    summary: {zh: 试验。, en: A test.}\n    evidence: verbatim\n"
        )
        if name == "asked":
            made += "    ask: {zh: 是否违规？, en: Does it break the rules?}\n"
        if name == "every":
            made += "    in_force_from: 2025-01-01\n"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "test-2020-7.yaml").write_text(made, encoding="utf-8")
    return folder

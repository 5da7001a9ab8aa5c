"""Files of named places: a good one loads beside the bundled ones, and what is wrong is told with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from regionmap.api import load_folders
from regionmap.catalogue.schema_parks import ParkFile, ParkPart
from regionmap.errors import CatalogueError
from regionmap.model import Evidence
from regionmap.model.park import ParkKind, ParkStanding
from regionmap.places.names.gazetteer import Gazetteer
from tests.catalogue.overlays import told_in_chinese

GAZETTEER = Gazetteer.load()
GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "data-guide.md").read_text(encoding="utf-8")
GOOD = """\
id: test-parks
name: {zh: 试验园区, en: Test parks}
kind: chemical-parks
place: "130000"
standing: proposed
grade: 化工园区
number: 试〔2020〕1号
date_from: 2020-05-01
date_printed: null
date_until: 2025-12-31
printed_count: 3
complete: true
evidence: reported
parks:
  - {printed: 保定试验园, codes: ["130600"], by_name: true, evidence: verbatim}
  - {printed: 试验新材料园, codes: [], standing: nurtured, grade: 化工集中区}
  - {printed: 雄县试验园, codes: ["130638"], number: 试〔2021〕2号, date_printed: "2021-03"}
"""


def overlay(folder: Path, text: str, name: str = "test-parks") -> Path:
    path = folder / "parks" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_place_takes_from_its_list_what_it_does_not_say_itself(tmp_path):
    made = load_folders(GAZETTEER, overlay(tmp_path, GOOD)).parks["test-parks"]
    one, two, three = made.parks
    assert (made.bundled, made.kind, made.place) == (False, ParkKind.CHEMICAL, "130000")
    assert (one.standing, two.standing) == (ParkStanding.PROPOSED, ParkStanding.NURTURED)
    assert (one.grade, two.grade) == ("化工园区", "化工集中区")
    assert (one.evidence, two.evidence) == (Evidence.VERBATIM, Evidence.REPORTED)
    assert (one.province, two.province) == ("", "130000")  # a place with codes needs none
    assert (one.number, str(one.date_from), one.date_printed) == ("试〔2020〕1号", "2020-05-01", None)
    assert (three.number, three.date_from, three.date_printed) == ("试〔2021〕2号", None, "2021-03")


BROKEN = {
    "unknown adcode": ('codes: ["130600"]', 'codes: ["139900"]', 15, ["139900", "保定试验园", "GB/T 2260"]),
    "another province": ('codes: ["130600"]', 'codes: ["410100"]', 15, ["410100", "not in the province 130000"]),
    "adcode not quoted": ('codes: ["130600"]', "codes: [130600]", 15, ["parks[0].codes[0]", "quoted"]),
    "no codes to read": ('["130600"], by_name', "[], by_name", 15, ["by_name", "has none"]),
    "no province": ('place: "130000"', 'place: "130600"', 4, ["130600 is no province"]),
    "unknown standing": ("standing: proposed", "standing: agreed", 5, ["standing", "recognised", "agreed"]),
    "unknown kind": ("kind: chemical-parks", "kind: parks", 3, ["kind", "new-areas", "parks"]),
    "date order": ("2025-12-31", "2019-12-31", 10, ["date_until", "before", "turn them round"]),
    "a day and a month": ("date_printed: null", 'date_printed: "2020-05"', 9, ["not a full day", "null"]),
    "fewer than printed": ("printed_count: 3", "printed_count: 4", 12, ["3 of 4 names", "complete: false"]),
    "more than printed": ("printed_count: 3", "printed_count: 2", 11, ["3 names", "more than 2"]),
    "evidence of the weakest": (
        "evidence: reported\nparks", "evidence: verbatim\nparks", 13, ["weakest place", "write reported"],
    ),
    "a name twice": ("雄县试验园", "保定试验园", 17, ["保定试验园", "stands twice"]),
    "unknown field": ("number: 试〔2020", "numbr: 试〔2020", 7, ["'numbr' is not known", "'number'"]),
    "wrong id": ("id: test-parks", "id: other", 1, ["named test-parks", "its id is other"]),
    "id of another": ("id: test-parks", "id: national-new-areas", 1, ["park list id", "stands already"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_with_file_line_field_and_what_would_be_right(tmp_path, name):
    old, new, line, words = BROKEN[name]
    text = GOOD.replace("试验新材料园, codes", "试验新材料园, evidence: reported, codes").replace(
        '["130638"], ', '["130638"], evidence: reported, '
    )
    assert old in text
    with pytest.raises(CatalogueError) as caught:
        load_folders(GAZETTEER, overlay(tmp_path, text.replace(old, new, 1)))
    told_in_chinese(caught.value)
    matching = [one for one in caught.value.problems if all(word in one for word in words)]
    assert matching, caught.value.problems
    assert f"test-parks.yaml:{line}:" in matching[0]


def test_the_guide_names_every_field():
    fields = {*ParkFile.model_fields, *ParkPart.model_fields}
    assert {one for one in fields if not re.search(rf"`{one}[`:]|[{{ ]{one}:|^{one}:", GUIDE, re.MULTILINE)} == set()


def test_the_bundled_lists(rm):
    lists = rm.catalogue.parks
    assert (len(lists), sum(len(one.parks) for one in lists.values())) == (39, 414)
    counts = {kind: sum(len(one.parks) for one in lists.values() if one.kind is kind) for kind in ParkKind}
    assert counts == {
        "chemical-parks": 216, "new-areas": 19, "development-zones": 138, "border-zones": 13, "transfer-zones": 7,
        "joint-parks": 21,
    }  # fmt: skip
    for listed in lists.values():
        for park in listed.parks:
            assert all(code in GAZETTEER.by_code for code in park.codes)
            # 拟 and 公示 in the name of a list are proposals.
            if "拟" in listed.name.zh or "公示" in listed.name.zh:
                assert park.standing is not ParkStanding.RECOGNISED


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("chemical-parks-jiangsu-2023", 23),
        ("chemical-parks-ningxia-2020", 10),
        ("chemical-parks-guangdong-2025", 16),
        ("chemical-parks-hubei-1-proposed", 40),
    ],
)
def test_lists_that_are_complete_as_printed(rm, name, count):
    listed = rm.catalogue.parks[name]
    assert (listed.complete, listed.printed_count, len(listed.parks)) == (True, count, count)

"""Pilot files: a good one loads beside the bundled ones, and what is wrong is told with file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from regionmap.api import load_folders
from regionmap.errors import CatalogueError
from regionmap.model import Evidence
from regionmap.places.names.gazetteer import Gazetteer
from tests.catalogue.overlays import told_in_chinese

GAZETTEER = Gazetteer.load()
GOOD = """\
id: test-pilots
name: {zh: 试验试点, en: Test pilots}
industries: [steel]
batches:
  - id: first
    name: {zh: 第一批, en: First}
    standing: approved
    number: 试〔2020〕1号
    date_from: 2020-05-01
    date_printed: null
    date_until: 2022-12-31
    printed_count: 3
    evidence: reported
    places:
      - {printed: 保定市, area: unit, codes: ["130600"], evidence: verbatim}
      - {printed: 某园区, area: park, codes: ["130600"]}
      - {printed: 某企业, area: firm, codes: []}
"""


def overlay(folder: Path, text: str) -> Path:
    path = folder / "pilots" / "test-pilots.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_with_pilots_alone_is_laid_over_the_bundled_ones(tmp_path):
    catalogue = load_folders(GAZETTEER, overlay(tmp_path, GOOD))
    made = catalogue.programmes["test-pilots"]
    assert made.bundled is False
    assert [one.evidence for one in made.batches[0].places] == [
        Evidence.VERBATIM, Evidence.REPORTED, Evidence.REPORTED,
    ]  # fmt: skip
    assert len(catalogue.programmes) == 30


BROKEN = {
    "unknown adcode": ('codes: ["130600"], ev', 'codes: ["139900"], ev', 15, ["139900", "保定市", "GB/T 2260"]),
    "a unit without a code": ('codes: ["130600"], ev', "codes: [], ev", 15, ["places[0].codes", "without a code"]),
    "adcode not quoted": ('["130600"], ev', "[130600], ev", 15, ["places[0].codes[0]", "quoted"]),
    "date order": ("2022-12-31", "2019-12-31", 11, ["batches[0].date_until", "before", "turn them round"]),
    "a day and a month": ("date_printed: null", 'date_printed: "2020-05"', 10, ["not a full day", "null"]),
    "a day and an earliest one": (
        "date_printed: null",
        "date_printed: null\n    not_before: 2019-01-01",
        11,
        ["not_before", "date_from"],
    ),
    "no date at all": ("date_from: 2020-05-01", "date_from: null", 5, ["no date is known", "not_before"]),
    "not a month": ("date_printed: null", 'date_printed: "2020-13"', 10, ["date_printed", "YYYY-MM"]),
    "unknown standing": ("standing: approved", "standing: agreed", 7, ["standing", "invited", "agreed"]),
    "unknown area": ("area: park", "area: zone", 16, ["area", "new_area", "zone"]),
    "unknown industry": ("[steel]", "[stele]", 3, ["no industry has the id 'stele'", "'steel'"]),
    "unknown field": ("number:", "numbr:", 8, ["'numbr' is not known", "'number'"]),
    "missing number": ("    number: 试〔2020〕1号\n", "", 5, ["'number' is missing", "null when"]),
    "evidence of the weakest": (
        "evidence: reported\n    places",
        "evidence: verbatim\n    places",
        13,
        ["weakest place", "write reported"],
    ),
    "more names than printed": ("printed_count: 3", "printed_count: 2", 12, ["3 names", "more than 2"]),
    "wrong id": ("id: test-pilots", "id: other", 1, ["named test-pilots", "its id is other"]),
    "id of another": ("id: test-pilots", "id: low-carbon-cities", 1, ["programme id", "stands already"]),
    "a batch twice": ("batches:\n", "batches:\n" + GOOD.split("batches:\n")[1], 4, ["batch id 'first' stands twice"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pilot_file_is_told_with_file_line_field_and_what_would_be_right(tmp_path, name):
    old, new, line, words = BROKEN[name]
    text = GOOD.replace("area: park, codes: [", "area: park, evidence: reported, codes: [", 1)
    assert old in text
    with pytest.raises(CatalogueError) as caught:
        load_folders(GAZETTEER, overlay(tmp_path, text.replace(old, new, 1)))
    told_in_chinese(caught.value)
    matching = [one for one in caught.value.problems if all(word in one for word in words)]
    assert matching, caught.value.problems
    assert f"test-pilots.yaml:{line}:" in matching[0]


def test_the_bundled_programmes(rm):
    batches = [batch for one in rm.programmes() for batch in one.batches]
    assert (len(rm.programmes()), len(batches), sum(len(one.places) for one in batches)) == (29, 69, 447)
    for batch in batches:
        assert batch.name.zh
        assert batch.name.en
        assert all(GAZETTEER.unit(code) for place in batch.places for code in place.codes)

"""Writes former_pinyin.csv: the pinyin of the names of units of the past. ``python geo/build_former_pinyin.py``.

Needs regionmap with its extra ``geo`` (pypinyin). A name is left out where a character has several readings and none
of them is settled: by the table of readings of place names, or by the name of a unit of today that holds it. So are
names that a unit of today has: its English name is looked up. Names of one character keep the word for their kind, as
those of today do: 沙县 is Shaxian.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from builder.names import READINGS, ambiguous_characters, romanise

from regionmap.places.names.former import former_units
from regionmap.unit_table import read_units

KIND = re.compile("(?:地区|特区|市|县|区)$")
PLAIN = re.compile("[\u4e00-\u9fff]{2,4}")


def main() -> None:
    """Write the table beside this file."""
    today = {unit.name for unit in read_units(None).values()}
    settled = {*READINGS, *"".join(today)}
    rows = {}
    for one in former_units():
        stem = KIND.sub("", one.name)
        stem = one.name if len(stem) == 1 else stem
        if one.name not in today and PLAIN.fullmatch(stem) and settled.issuperset(ambiguous_characters(stem)):
            rows[one.name] = romanise(stem)
    with Path(__file__).with_name("former_pinyin.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "pinyin"))
        writer.writerows(sorted(rows.items()))


if __name__ == "__main__":
    main()

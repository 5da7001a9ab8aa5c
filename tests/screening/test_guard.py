"""The coordinate guard: evidence for another datum is told, and nothing is converted."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow.parquet as pq
import pytest

from regionmap.places.datum import Datum, from_wgs84, to_wgs84
from regionmap.screening.options import Options
from regionmap.screening.run import screen


@pytest.fixture(scope="module")
def sites(rm):
    """WGS-84 points close to boundaries of counties, each with the county that holds it."""
    pick = np.random.default_rng(11)
    found = []
    for code in pick.choice(rm.locator.codes, 400, replace=False):
        shape = rm.locator.geometry(str(code))
        largest = max(getattr(shape, "geoms", [shape]), key=lambda one: one.area)
        x, y = pick.choice(np.asarray(largest.exterior.coords)) + pick.normal(0, 0.003, 2)
        held = rm.locator.counties_at([x], [y])[0]
        if held is not None:
            found.append((x, y, rm.gazetteer.unit(held)))
    return found


def warnings(rm, folder, sites, actual, declared, columns):
    lines = [",".join(["lon", "lat", *columns, "industry"])]
    for x, y, unit in sites:
        lon, lat = from_wgs84(x, y, Datum(actual))
        lines.append(",".join([f"{lon:.6f}", f"{lat:.6f}", *(word(rm, unit) for word in columns.values()), "钢铁"]))
    (folder / "in.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    options = Options(dt.date(2024, 6, 1), datum=declared)
    summary = screen(rm, folder / "in.csv", folder / "out.parquet", options, {})
    return [one for one in summary["warnings"] if "fit better" in one]


def full_name(rm, unit):
    return "".join(one.name for one in (*reversed(rm.gazetteer.ancestors(unit.code)), unit))


NAMED = {
    "adcode": {"adcode": lambda rm, unit: unit.code},
    "address": {"地址": lambda rm, unit: full_name(rm, unit) + "示例路1号"},
}


@pytest.mark.parametrize("named", list(NAMED))
@pytest.mark.parametrize("actual", ["gcj02", "bd09"])
def test_points_that_fit_better_in_another_datum_are_told_with_the_evidence(rm, tmp_path, sites, actual, named):
    (warning,) = warnings(rm, tmp_path, sites, actual, "wgs84", NAMED[named])
    assert f"fit better as {actual} than as wgs84" in warning
    assert f"--datum {actual}" in warning
    assert "nothing was converted" in warning


@pytest.mark.parametrize("datum", ["wgs84", "cgcs2000", "gcj02", "bd09"])
def test_points_in_the_declared_datum_give_no_warning(rm, tmp_path, sites, datum):
    actual = "wgs84" if datum == "cgcs2000" else datum
    assert warnings(rm, tmp_path, sites, actual, datum, NAMED["adcode"]) == []


def test_wgs84_declared_as_gcj02_is_told(rm, tmp_path, sites):
    (warning,) = warnings(rm, tmp_path, sites, "wgs84", "gcj02", NAMED["adcode"])
    assert "fit better as wgs84 than as gcj02" in warning


def test_without_names_there_is_no_evidence(rm, tmp_path, sites):
    assert warnings(rm, tmp_path, sites, "gcj02", "wgs84", {}) == []


def test_names_of_whole_provinces_say_nothing(rm, tmp_path, sites):
    province = {"省份": lambda rm, unit: rm.gazetteer.province(unit.code).name}
    inner = [one for one in sites if one[2].code[:2] == "51"]
    assert warnings(rm, tmp_path, inner, "gcj02", "wgs84", province) == []


def test_a_name_of_the_column_that_gainsays_the_datum_is_told(rm, tmp_path):
    (tmp_path / "in.csv").write_text("gcj02_lng,gcj02_lat,industry\n115.47,38.87,钢铁\n", encoding="utf-8")
    summary = screen(rm, tmp_path / "in.csv", tmp_path / "out.parquet", Options(dt.date(2024, 6, 1)), {})
    assert any("--datum gcj02" in one for one in summary["warnings"])


def test_swapped_files_are_told_and_not_judged(rm, tmp_path):
    text = "经度,纬度,行业\n" + "38.87,115.47,钢铁\n" * 5
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    summary = screen(rm, tmp_path / "in.csv", tmp_path / "out.parquet", Options(dt.date(2024, 6, 1)), {})
    assert summary["reasons"] == {"swapped": 5}
    assert any("exchanged: 5 of 5;" in one and "--lon-column" in one and "130602" in one for one in summary["warnings"])
    assert pq.read_table(tmp_path / "out.parquet")["verdict"].to_pylist() == [""] * 5


def test_a_plant_in_many_rows_is_one_witness(rm, tmp_path, sites):
    moved = (
        (x, y, unit, rm.locator.counties_at(*to_wgs84(np.array([x]), np.array([y]), Datum.GCJ02))[0])
        for x, y, unit in sites
    )
    x, y, there = next((x, y, there) for x, y, unit, there in moved if there not in (None, unit.code))
    named = [(x, y, rm.gazetteer.unit(there))] * 50  # a wrong name, fifty times the same
    assert warnings(rm, tmp_path, named, "wgs84", "wgs84", NAMED["adcode"]) == []

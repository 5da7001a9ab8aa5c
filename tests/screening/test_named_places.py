"""Parks, new areas and regions in the cell of a place: the row gets what a single check of the same words gets."""

from __future__ import annotations

import datetime as dt
import random

import pyarrow as pa
import pytest

from regionmap.errors import InputError
from regionmap.model import CaveatKind
from regionmap.rules.reading.places import read_places
from regionmap.screening.options import Options
from regionmap.screening.run import screen_table

ON = Options(dt.date(2024, 6, 1), "钢铁")


def judged(rm, names, **more):
    table = pa.table({"地点": pa.array(names, pa.string()), **more})
    return screen_table(rm, table, ON).to_pylist()


def names_of_all_kinds(rm):
    """Names of units by level, of parks with their other names and their units before them, of pilots, of regions."""
    gazetteer, catalogue = rm.gazetteer, rm.catalogue
    pick = random.Random(17)  # noqa: S311
    by_level: dict[str, list[str]] = {}
    for unit in gazetteer.by_code.values():
        by_level.setdefault(str(unit.level), []).append(unit.name)
    some = [name for names in by_level.values() for name in pick.sample(names, min(len(names), 30))]
    units = pick.sample(list(gazetteer.by_code.values()), 40)
    some += [one.code for one in units[:20]] + [one.name_en for one in units[20:]]
    some += [gazetteer.label(one.code).zh.split("（")[0].split(" ")[0] for one in units[:10]]
    for listed in catalogue.parks.values():
        parks = pick.sample(listed.parks, min(len(listed.parks), 25))
        some += [one.printed for one in parks]
        some += [alias for one in parks for alias in one.aliases[:1]]
        some += [gazetteer.unit(one.province).name + one.printed for one in parks[:5] if one.province]
        some += [gazetteer.unit(one.codes[0]).name + one.printed for one in parks[:5] if one.codes]
    for programme in catalogue.programmes.values():
        places = [place.printed for batch in programme.batches for place in batch.places]
        some += pick.sample(places, min(len(places), 8))
    for rows in (one.rows for one in catalogue.destinations.values()):
        some += [one.printed for one in pick.sample(rows, min(len(rows), 8))]
    for region in catalogue.regions.values():
        some += [region.id, region.name.zh, region.name.en]
    return list(dict.fromkeys([*some, "苏州工业园区", "京津冀", "长三角", "雄安新区", "高新区", "莱芜市", "火星市"]))


def expected(rm, name):
    """What a check of a name alone says: verdict, units and whether it is noted, or the words of its refusal."""
    try:
        verdict = rm.check(name, industry="钢铁", on=ON.on)
        units, caveats = read_places(rm.catalogue, rm.gazetteer, name)
    except InputError as error:
        return {error.text.en, getattr(error, "plain", error.text).en}  # the nearest names are told of a few only
    return str(verdict.ruling), "; ".join(one.code for one in units), bool(caveats)


def test_every_name_that_check_knows_is_read_by_screen_in_the_same_way(rm):
    names = names_of_all_kinds(rm)
    assert len(names) >= 300
    noted, refused = 0, 0
    for name, row in zip(names, judged(rm, names), strict=True):
        alone, (kind, _, words) = expected(rm, name), row["reason"].partition(": ")
        if isinstance(alone, set):
            refused += 1
            assert kind in {"unknown_place", "ambiguous_place", "region_as_place"}, name
            assert (row["verdict"], words in alone) == ("", True), name
        else:
            noted += alone[2]
            said = str(CaveatKind.PLACE_READING) in row["caveats"].split("; ")
            assert (row["verdict"], row["unit_code"], said) == alone, name
    assert min(noted, refused) > 20


def test_a_park_is_judged_by_its_counties_and_a_region_says_what_it_is(rm):
    park, region, behind = judged(rm, ["苏州工业园区", "京津冀", "江苏省苏州工业园区"])
    assert park["province"] == "江苏省"
    assert park["verdict"]
    assert CaveatKind.PLACE_READING in park["caveats"]
    assert {**behind, "地点": park["地点"]} == park
    assert region["reason"].startswith("region_as_place: '京津冀' is a region, not one place: ")
    assert "ask for one of its places" in region["reason"]


def test_a_park_beside_the_columns_above_it_is_found(rm):
    table = pa.table({"省": ["江苏省"], "市": ["苏州市"], "区县": ["苏州工业园区"]})
    (row,) = screen_table(rm, table, ON).to_pylist()
    (alone,) = judged(rm, ["苏州工业园区"])
    assert row["unit_code"] == alone["unit_code"]


@pytest.mark.parametrize("name", ["苏州工业园区", "京津冀"])
def test_coordinates_decide_before_the_name_of_a_park(rm, name):
    (row,) = judged(rm, [name], 经度=["115.47"], 纬度=["38.87"])
    assert row["province"] == "河北省"

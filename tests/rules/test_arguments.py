"""What callers give beside names: dates, actions, datums, areas, and things of the wrong type."""

from __future__ import annotations

import datetime as dt
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from regionmap.errors import InputError
from regionmap.model import Action
from regionmap.model.datum import Datum
from regionmap.rules.reading.arguments import parse_action, parse_date, parse_datum
from regionmap.screening.cell_values import date_of

DAY = dt.date(2019, 6, 1)
BOX = shapely.box(115.4, 38.8, 115.5, 38.9)
KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>'
    "{}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>"
)


@pytest.mark.parametrize(
    "on",
    [
        "2019-06-01", "2019-6-1", "2019/6/1", "2019.6.1", "20190601", "2019年6月1日",
        "2019年 6 月 1 日", "2019 年6月1号", " 2019-06-01 ", "２０１９-06-01",
        "2019-06-01T00:00:00", "2019-06-01 00:00:00+08:00", "20190601 00:00", "2019-06-01 08:00", "2019-06-01T08:00",
        "2019/6/1 23:59:59", "2019年6月1日 8:30", "2019-06-01T08:00:30.5", "2019-06-01 11:30 PM", "2019-06-01 24:00",
        DAY, dt.datetime(2019, 6, 1), dt.datetime(2019, 6, 1, 10), pd.Timestamp("2019-06-01"),
        pd.Timestamp("2019-06-01", tz="Asia/Shanghai"), np.datetime64("2019-06-01"),
        np.datetime64("2019-06-01", "ns"),
    ],
)  # fmt: skip
def test_a_day_however_it_is_written(on):
    found = parse_date(on)
    assert (type(found), found) == (dt.date, DAY)


@pytest.mark.parametrize(
    "on",
    [
        "2019-W22-6", "2019W226", "2019-06", "2019", "6/1/2019", "2019-02-30", "2019-06-01 25:00", "2019-06-01 10",
        "yesterday", "", "2019-06-01 10:00+99:00", 20190601, 1.5, None, [], pd.NaT, np.datetime64("NaT", "D"),
        np.datetime64("2019-06"), np.datetime64("2019"),
        pd.Timestamp.max, dt.datetime.max.replace(tzinfo=dt.UTC),
    ],
)  # fmt: skip
def test_what_is_no_day_is_one_line(on):
    with pytest.raises(InputError) as caught:
        parse_date(on)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("on", "day"),
    [
        ("2019-05-31T16:00Z", "2019-06-01"),  # midnight in China, as programs write it
        ("2019-05-31T15:59:59Z", "2019-05-31"),
        ("2019-05-31 16:00:00+00", "2019-06-01"),  # as PostgreSQL prints it
        ("2019-06-01 00:00:00+08", "2019-06-01"),
        ("2019-05-31T16:00z", "2019-06-01"),
        ("2019-06-01 23:30 +08:00", "2019-06-01"),
        ("2019-06-01T24:00+08:00", "2019-06-01"),
        ("2019-06-01T24:00Z", "2019-06-02"),
        ("2019-06-01T00:30+0900", "2019-05-31"),
        ("20190601 18:00-05:00", "2019-06-02"),
        (dt.datetime(2019, 5, 31, 16, tzinfo=dt.UTC), "2019-06-01"),
        (pd.Timestamp("2019-06-01 00:30", tz="Asia/Tokyo"), "2019-05-31"),
    ],
)
def test_of_a_time_with_a_zone_the_day_in_china_counts(on, day):
    assert parse_date(on) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("on", ["43617", "43617.5", " 43617.0 ", 43617, 43617.25, np.int64(43617)])
def test_a_serial_number_of_a_spreadsheet_is_told_and_not_read(on):
    with pytest.raises(InputError, match=r"serial number of a day in a spreadsheet.*2019-06-01") as caught:
        parse_date(on)
    assert "序列号" in caught.value.text.zh
    if isinstance(on, str):
        with pytest.raises(InputError, match="serial number"):
            date_of(on)


@pytest.mark.parametrize("on", ["12345", "99999.5", "436170", "4361"])
def test_other_numbers_are_no_serial_numbers(on):
    with pytest.raises(InputError) as caught:
        parse_date(on)
    assert ("serial number" in str(caught.value)) == (on == "99999.5")


@pytest.mark.parametrize(
    "on",
    [
        "2019-06",
        "2019年6月",
        "2019 年 6 月",
        "2019/6",
        "2019.06",
        "2019",
        "2019年",
        2019,
        np.int64(2019),
        pd.Period("2019-06"),
    ],
)
def test_a_month_or_a_year_is_told_to_be_no_day(on):
    with pytest.raises(InputError, match=r"not one day.*such as 2019-0") as caught:
        parse_date(on)
    assert caught.value.text.zh.startswith(f"“{on}”不是某一天")


@pytest.mark.parametrize(
    "on", ["0019-06-01", "3019-06-01", "1948-12-31", "2200-01-01", "0019-06", "30190601", dt.date(3019, 6, 1)]
)
def test_a_year_that_nobody_means_is_refused_with_the_range(on, rm):
    for ask in (parse_date, date_of, lambda day: rm.check("保定", industry="钢铁", on=day)):
        if ask is date_of and not isinstance(on, str):
            continue
        with pytest.raises(InputError, match="give a day from 1949-01-01 to 2199-12-31"):
            ask(on)


@pytest.mark.parametrize("on", ["1949-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_can_be_asked_about(on):
    assert parse_date(on) == dt.date.fromisoformat(on) == date_of(on).day


@pytest.mark.parametrize(
    "on",
    [
        "2019-06-01", "2019-6-1", "2019/6/1", "2019.6.1", "20190601", "2019年 6 月 1 日", " ２０１９年6月1日",
        "2019-06-01 08:00", "2019-05-31T16:00:00.000Z",
    ],
)  # fmt: skip
def test_a_cell_and_an_option_are_read_alike(on):
    assert date_of(on) == (parse_date(on), False)


@pytest.mark.parametrize("word", ["new", "NEW", "新建", " New ", Action.NEW])
def test_actions_in_words(word):
    assert parse_action(word) is Action.NEW


@pytest.mark.parametrize(("word", "meant"), [("move-in", "move_in"), ("Move In", "move_in"), ("技改", "upgrade")])
def test_other_actions(word, meant):
    assert parse_action(word) == meant


@pytest.mark.parametrize("word", ["gcj02", "GCJ02", "gcj-02", "GCJ_02", "火星坐标系", Datum.GCJ02])
def test_datums_in_words(word):
    assert parse_datum(word) is Datum.GCJ02


@pytest.mark.parametrize("word", ["build", "", 3, None, []])
def test_words_that_are_neither_list_the_choices(word):
    with pytest.raises(InputError, match="move_in"):
        parse_action(word)
    with pytest.raises(InputError, match="gcj02"):
        parse_datum(word)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"place": "保定", "industry": 3110}, "industry must be text"),
        ({"place": "保定", "industry": None}, "industry must be text"),
        ({"place": "保定", "industry": ["钢铁"]}, "industry must be text"),
        ({"place": 130600, "industry": "钢铁"}, "place must be text"),
        ({"place": "保定", "industry": "钢铁", "on": pd.NaT}, "YYYY-MM-DD"),
        ({"lon": 115.4, "lat": pd.NA, "industry": "钢铁"}, "not a number"),
        ({"lon": 115.4, "lat": 38.8, "radius_m": "far", "industry": "钢铁"}, "metres"),
        ({"lon": 115.4, "lat": 38.8, "radius_m": -5, "industry": "钢铁"}, "radius"),
        ({"place": "保定", "radius_m": 5, "industry": "钢铁"}, "radius needs the point"),
        ({"area": 5, "industry": "钢铁"}, "5 is not an area"),
        ({"area": shapely.Point(115, 38), "industry": "钢铁"}, "Point"),
        ({"area": shapely.Polygon(), "industry": "钢铁"}, "polygon"),
        ({"area": {"type": "Polygon", "coordinates": object()}, "industry": "钢铁"}, "is not an area"),
    ],
)
def test_wrong_types_are_input_errors(rm, arguments, says):
    with pytest.raises(InputError, match=says) as caught:
        rm.check(**arguments)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("method", ["region", "source", "programme", "subject", "unit", "lookup", "rules"])
def test_a_name_must_be_text(rm, method):
    with pytest.raises(InputError, match="must be text"):
        getattr(rm, method)(5)


def test_an_area_however_python_has_it(rm, tmp_path):
    ring = list(BOX.exterior.coords)
    given = {
        "shapely": BOX,
        "geojson": BOX.__geo_interface__,
        "projected": gpd.GeoSeries([BOX], crs=4326).to_crs(3857),
    }
    texts = {
        "site.geojson": json.dumps({"type": "Polygon", "coordinates": [ring]}),
        "site.wkt": BOX.wkt,
        "site.kml": KML.format(" ".join(f"{x},{y},0" for x, y in ring)),
    }
    for name, text in texts.items():
        given[name] = tmp_path / name
        given[name].write_text(text, encoding="utf-8")
    answers = {
        name: rm.check(industry="钢铁", on=DAY, area=area if name != "site.wkt" else str(area))
        for name, area in given.items()
    }
    first = answers.pop("shapely")
    assert len(first.shares) > 1
    for name, one in answers.items():
        assert one.ruling is first.ruling, name
        assert [share.unit for share in one.shares] == [share.unit for share in first.shares], name
        assert [share.share for share in one.shares] == pytest.approx([share.share for share in first.shares], abs=1e-5)


def test_a_circle_around_a_point_grows_with_its_radius(rm):
    asked = {"industry": "钢铁", "on": DAY, "datum": "GCJ-02"}
    near = rm.check(lon=np.float64(115.4706), lat=np.float32(38.8752), radius_m=500, **asked)
    far = rm.check(lon=115.4706, lat=38.8752, radius_m=np.int64(30_000), **asked)
    assert {share.unit.code for share in near.shares} < {share.unit.code for share in far.shares}
    assert sum(share.share for share in far.shares) == pytest.approx(1, abs=1e-6)

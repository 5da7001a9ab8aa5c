"""Harmless seeds: small inputs of the right form, from which the fuzzer makes others."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

TESTS = Path(__file__).resolve().parent.parent / "tests"

_RING = [[115.0, 38.5], [116.0, 38.5], [116.0, 39.2], [115.0, 39.2], [115.0, 38.5]]
_ROWS = "经度,纬度,所在地,行业,建设性质,日期\n115.46,38.87,,钢铁,新建,2019-06-01\n,,济源市,3120,产能置换,2024-01\n"
_KML = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'
    '<name>甲</name><ExtendedData><Data name="行业"><value>钢铁</value></Data></ExtendedData>{shape}'
    "</Placemark></Document></kml>"
)
_POLYGON = (
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>115,38.5 116,38.5 116,39.2 115,38.5</coordinates>"
    "</LinearRing></outerBoundaryIs></Polygon>"
)
_POINT = "<Point><coordinates>115.46,38.87,0</coordinates></Point>"


def _geojson(kind: str, coordinates: object) -> str:
    feature = {
        "type": "Feature",
        "properties": {"name": "甲", "行业": "钢铁"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False)


COORDINATES = (
    "115.4646,38.8740", "38°52′26.4″N 115°27′52.6″E", "东经115度27分52秒 北纬38度52分26秒", "POINT (115.46 38.87)",
    "N38 52.44 E115 27.87", "115.46", "-0.5", "lon=115.46; lat=38.87", "(38.87, 115.46)",
)  # fmt: skip
DATES = ("2019-06-01", "2019年6月1日", "2019/6/1", "20190601", "2019.06", "../2018", "2018-01/2018-06", "2020-02-30")
AREAS = (
    "POLYGON ((115 38.5, 116 38.5, 116 39.2, 115 38.5))", "SRID=4490;MULTIPOLYGON (((115 38, 116 38, 116 39, 115 38)))",
    _geojson("Polygon", [_RING]), _geojson("MultiPolygon", [[_RING]]), _KML.format(shape=_POLYGON),
    json.dumps({"type": "Polygon", "coordinates": [_RING]}),
)  # fmt: skip
PLACES = (
    "保定", "河北省保定市", "Baoding", "130600", "莱芜市", "苏州工业园区", "河北省保定市竞秀区朝阳大街1号",
    "Hebei, Baoding",    "新疆", "石家庄", "臺北", "长三角", "市辖区", "朝阳区",
)  # fmt: skip
INDUSTRIES = (
    "钢铁", "steel", "3110", "C3110", "炼钢", "有色金属冶炼和压延加工业", "cement works", "高耗水行业", "两高",
    "电解铝厂",    "electric cars", "31",
)  # fmt: skip
WORDS = ("错峰 钢铁", "capacity replacement", "〔2018〕136号", "2+26", "二（二）")
ADDRESSES = (
    "lang=en&date=2019-06-01&industry=steel&place=保定", "lon=115.46&lat=38.87&datum=gcj02&action=expand",
    "show=pilots&programme=green-transition-regions&province=130000", "rule=miit-2018-136/2-2a&text=错峰",
    "region=fenwei-plain&since=2013-01-01&until=2024-01-01", "way=to&into=cement&km=50&compare=130600,410100",
)  # fmt: skip
CALLS = (
    '{"tool": "check", "place": "保定", "industry": "钢铁", "date": "2019-06-01", "action": "new"}',
    '{"tool": "lookup", "lon": 115.46, "lat": 38.87, "datum": "gcj02"}',
    '{"tool": "transfer", "origin": "保定", "industry": "steel", "top": 3}',
    '{"tool": "rules", "text": "错峰", "effect": "stagger", "limit": 5, "offset": 2}',
    '{"tool": "regions", "region": "fenwei-plain", "date": "2019-06-01"}',
)
COMMANDS = (
    "check\n保定\n--industry\n钢铁\n--date\n2019-06-01\n--json", "check\n--lon\n115.46\n--lat\n38.87\n--industry\n3110",
    "lookup\n保定\n--lang\nzh", "rules\n--text\n错峰\n--effect\nstagger", "regions\nfenwei-plain\n--date\n2019-06-01",
    "history\nfenwei-plain\n--from\n2013-01-01\n--to\n2024-01-01", "sources\nmiit-2018-136\n--json",
    "transfer\n--from\n保定\n--industry\nsteel", "check\n--area\n-\n--industry\nsteel",
)  # fmt: skip
SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>经度</t></is></c><c r="B1" t="inlineStr"><is><t>纬度</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>行业</t></is></c></row><row r="2"><c r="A2"><v>115.46</v></c>'
    '<c r="B2"><v>38.87</v></c><c r="C2" t="inlineStr"><is><t>钢铁</t></is></c></row></sheetData></worksheet>'
)
SHEET_PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
    'sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="甲" '
    'sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


_ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
_ODS_NUMBER = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'
_ODS_SPACES = " ".join(
    f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
)
ODS = (
    f'<?xml version="1.0"?><office:document-content {_ODS_SPACES}><office:body><office:spreadsheet>'
    '<table:table table:name="表"><table:table-row>'
    f"{_ODS_CELL.format('经度')}{_ODS_CELL.format('纬度')}{_ODS_CELL.format('行业')}</table:table-row><table:table-row>"
    f"{_ODS_NUMBER.format(115.46)}{_ODS_NUMBER.format(38.87)}{_ODS_CELL.format('钢铁')}</table:table-row></table:table>"
    "</office:spreadsheet></office:body></office:document-content>"
)
_PARTED = b"|||"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """Return a ZIP file of these parts, not compressed: the fuzzer sees what stands in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def workbook(sheet: bytes) -> bytes:
    """Return a workbook whose one sheet is this XML."""
    return packed({**SHEET_PARTS, "xl/worksheets/sheet1.xml": sheet})


def spreadsheet(content: bytes) -> bytes:
    """Return an OpenDocument spreadsheet with this content."""
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }
    )


def xls() -> bytes:
    """Return a small workbook of Excel 97."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    for number, row in enumerate((("经度", "纬度", "行业"), (115.46, 38.87, "钢铁"), (116.4, 39.9, 3011))):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def kmz() -> bytes:
    """Return a KMZ with one point."""
    return packed({"doc.kml": _KML.format(shape=_POINT)})


def layer(ending: str) -> bytes:
    """Return a layer of two points as GDAL writes it."""
    with tempfile.TemporaryDirectory(prefix="regionmap-") as folder:
        path = Path(folder) / f"a{ending}"
        _write_layer(path)
        return path.read_bytes()


def shapefile_parts() -> bytes:
    """Return the files of a Shapefile one behind the other: shp, shx, dbf, prj."""
    with tempfile.TemporaryDirectory(prefix="regionmap-") as folder:
        path = Path(folder) / "a.shp"
        _write_layer(path)
        return _PARTED.join(path.with_suffix(f".{one}").read_bytes() for one in ("shp", "shx", "dbf", "prj"))


def shapefile(parts: bytes) -> bytes:
    """Return a zipped Shapefile of files that stand one behind the other; the last may be missing."""
    names = ("a.shp", "a.shx", "a.dbf", "a.prj")
    return packed(dict(zip(names, parts.split(_PARTED, 3), strict=False)))


def _write_layer(path: Path) -> None:
    import numpy as np
    import pyogrio.raw
    import shapely

    points = shapely.to_wkb(shapely.points([115.46, 116.4], [38.87, 39.9]))
    fields = [np.array(["甲", "乙"], object), np.array(["钢铁", "水泥"], object)]
    pyogrio.raw.write(path, points, fields, ["name", "行业"], geometry_type="Point", crs="EPSG:4326", encoding="UTF-8")


def parquet() -> bytes:
    """Return a small Parquet file of sites."""
    table = pa.table({"lon": [115.46, 116.4], "lat": [38.87, 39.9], "industry": ["钢铁", "水泥"]})
    target = io.BytesIO()
    pq.write_table(table, target)
    return target.getvalue()


def overlays() -> tuple[str, ...]:
    """Return files of an own folder, each behind the name under which it is laid."""
    good = (TESTS / "catalogue" / "good.yaml").read_text(encoding="utf-8")
    region = (
        "id: own\nname: {zh: 甲区, en: Own region}\nkind: other\ndefinitions:\n  - source: miit-2018-136\n"
        "    item: 附件\n    in_force_from: 2018-07-23\n    in_force_until: null\n    open: false\n    quote: 甲\n"
        "    evidence: verbatim\n"
        '    members:\n      - {printed: 保定市, codes: ["130600"]}\n'
    )
    industries = (
        "industries:\n  - {id: own, name: {zh: 甲业, en: Own}, kind: industry, codes: [{code: '3110', fit: part}]}\n"
    )
    names = "names:\n  - {words: [甲词], industry: steel}\n"
    files = {"sources/test-2020-1.yaml": good, "regions/own.yaml": region, "industries.yaml": industries,
             "industry-names.yaml": names}  # fmt: skip
    return tuple(f"{name}\n{content}" for name, content in files.items())


def of(*texts: str) -> Callable[[], Sequence[bytes]]:
    """Return a function that gives the texts as bytes."""
    return lambda: [one.encode() for one in texts]


CSV = (_ROWS, _ROWS.replace(",", ";"), _ROWS.replace(",", "\t"), "place,industry\nBaoding,steel\n")
LAYERS = (_geojson("Point", [115.46, 38.87]), _KML.format(shape=_POINT))

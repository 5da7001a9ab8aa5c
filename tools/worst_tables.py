"""Small files of sites, and folders of policies, just below each limit of ``regionmap.limits``."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from fuzz.seeds import SHEET_PARTS

from regionmap import limits

_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_NAMES = ("lon", "lat", "industry")
_ROW = ("115.46", "38.87", "steel")


def _letters(column: int) -> str:
    words = ""
    while column >= 0:
        words, column = chr(65 + column % 26) + words, column // 26 - 1
    return words


def _cell(text: str, at: str = "") -> str:
    where = f' r="{at}"' if at else ""
    return f'<c{where} t="inlineStr"><is><t>{text}</t></is></c>'


def _row(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def _site(number: int, more: str = "") -> str:
    numbers = "".join(f'<c r="{_letters(one)}{number}"><v>{_ROW[one]}</v></c>' for one in (0, 1))
    return _row(number, numbers + _cell("steel", f"C{number}") + more)


_HEAD = _row(1, "".join(_cell(name, f"{_letters(one)}1") for one, name in enumerate(_NAMES)))


def _book(rows: str = _HEAD + _site(2), below: str = "", **parts: str) -> bytes:
    """Return a workbook of these rows, what stands below them, and further parts by their names (``_`` for ``/``)."""
    target = io.BytesIO()
    sheet = f'<?xml version="1.0"?><worksheet {_SPACE}><sheetData>{rows}</sheetData>{below}</worksheet>'
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**SHEET_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, content)
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return target.getvalue()


def _texts(count: int, length: int) -> str:
    """Return shared strings, of which so much cannot be packed that they unpack to less than the limit of a ratio."""
    dice = random.Random(4)  # noqa: S311
    words = []
    for _ in range(count):
        hard = f"{dice.getrandbits(4 * max(1, length // 60)):x}"
        words.append(f"<si><t>{hard}{'a' * (length - len(hard))}</t></si>")
    return f'<?xml version="1.0"?><sst {_SPACE}>{"".join(words)}</sst>'


def _styles(formats: int, others: int) -> str:
    inside = "<font/>" * others, '<xf numFmtId="0"/>' * formats
    whole = f"<fonts>{inside[0]}</fonts><cellXfs>{inside[1]}</cellXfs>"
    return f'<?xml version="1.0"?><styleSheet {_SPACE}>{whole}</styleSheet>'


def _merged(count: int) -> str:
    return "<mergeCells>" + "".join(
        f'<mergeCell ref="{_letters(4 + 2 * (one % 900))}{10 + 3 * (one // 900)}:'
        f'{_letters(4 + 2 * (one % 900))}{11 + 3 * (one // 900)}"/>' for one in range(count)
    ) + "</mergeCells>"  # fmt: skip


def _rectangle(columns: int) -> str:
    rows = limits.SMALL_CELLS // columns - 2
    far = _letters(columns - 1)
    return _HEAD + "".join(_site(one + 2, _cell("x", f"{far}{one + 2}")) for one in range(rows))


def _full(rows: int, columns: int) -> str:
    head = _row(1, "".join(_cell(name) for name in (*_NAMES, *(f"c{one}" for one in range(columns - 3)))))
    cells = "<c><v>1</v></c>" * (columns - 3)
    return head + "".join(_row(one + 2, f"<c><v>115.46</v></c><c><v>38.87</v></c>{_cell('steel')}{cells}")
                          for one in range(rows))  # fmt: skip


def _empty_rows(size: int) -> str:
    return _HEAD + _site(2) + "<row/>" * (size // 6)


def _parquet(columns: dict[str, pa.Array], **settings: object) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target, compression="zstd", **settings)
    return target.getvalue()


def _sites(rows: int) -> dict[str, pa.Array]:
    return {"lon": pa.array([115.46]).take(pa.array([0] * rows)), "lat": pa.array([38.87]).take(pa.array([0] * rows)),
            "industry": pa.array(["steel"] * rows)}  # fmt: skip


def _features(properties: list[dict[str, object]]) -> bytes:
    point = {"type": "Point", "coordinates": [115.46, 38.87]}
    features = [{"type": "Feature", "geometry": point, "properties": one} for one in properties]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _csv(columns: int, rows: int, last: str = "1") -> bytes:
    names = [*_NAMES, *(f"c{one}" for one in range(columns - 3))]
    line = ",".join([*_ROW, *["1"] * (columns - 4), last])
    return "\n".join([",".join(names), *[line] * rows, ""]).encode()


def _kml(count: int, words: str) -> bytes:
    mark = f"<Placemark><name>{words}</name><Point><coordinates>115.46,38.87</coordinates></Point></Placemark>"
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{mark * count}</Document></kml>'.encode()


def tables() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Return the files by what is said of them: the ending, and what makes the content."""
    columns, cell = limits.MOST_COLUMNS - 2, limits.LONGEST_CELL - 10
    return {
        "XLSX: formats of cells": (".xlsx", lambda: _book(styles=_styles(limits.MOST_STYLES - 10, 0))),
        "XLSX: tags of styles": (".xlsx", lambda: _book(styles=_styles(0, limits.MOST_STYLE_TAGS - 10))),
        "XLSX: shared strings": (".xlsx", lambda: _book(sharedStrings=_texts(limits.MOST_TEXTS - 10, 40))),
        "XLSX: bytes of shared strings": (
            ".xlsx", lambda: _book(sharedStrings=_texts(limits.MOST_STRINGS // 100_100, 100_000))
        ),
        "XLSX: another part": (".xlsx", lambda: _book(other=f"<a>{'<b/>' * (limits.MOST_OTHER // 4 - 10)}</a>")),
        "XLSX: a long row": (
            ".xlsx", lambda: _book(_HEAD + _site(2, _cell("y" * cell) * (limits.MOST_ROW // cell)))
        ),
        "XLSX: a row of empty cells": (".xlsx", lambda: _book(_HEAD + _row(2, "<c/>" * (limits.MOST_ROW // 4 - 100)))),
        "XLSX: merged cells": (".xlsx", lambda: _book(below=_merged(limits.MOST_MERGED - 10))),
        "XLSX: cells that are held": (".xlsx", lambda: _book(_full(limits.MOST_HELD // columns - 2, columns))),
        "XLSX: first and last column": (".xlsx", lambda: _book(_rectangle(columns))),
        "XLSX: empty rows": (".xlsx", lambda: _book(_empty_rows(limits.SMALL_UNPACKED - 10_000))),
        "XLSX: parts": (
            ".xlsx", lambda: _book(**{f"a{one}": "<a/>" for one in range(limits.MOST_PARTS - 10)})
        ),
        "Parquet: columns": (
            ".parquet", lambda: _parquet({**_sites(5_000), **{f"c{one}": pa.array([1] * 5_000)
                                                             for one in range(columns - 3)}})
        ),
        "Parquet: a long text in every row": (
            ".parquet", lambda: _parquet({**_sites(1_900), "words": pa.array(["x" * cell] * 1_900)})
        ),
        "Parquet: long texts": (
            ".parquet", lambda: _parquet({**_sites(400), "words": pa.array(["x" * (cell - one) for one in range(400)])},
                                         use_dictionary=False)
        ),
        "GeoJSON: columns": (
            ".geojson", lambda: _features([{"industry": "steel", **{f"c{one}": 1 for one in range(columns - 3)}}] * 50)
        ),
        "GeoJSON: a column for each feature": (
            ".geojson", lambda: _features([{"industry": "steel", f"c{one}": 1} for one in range(columns - 3)])
        ),
        "GeoJSON: a long text": (".geojson", lambda: _features([{"industry": "steel", "words": "x" * cell}] * 3)),
        "CSV: columns": (".csv", lambda: _csv(columns, 250)),
        "CSV: a long text": (".csv", lambda: _csv(4, 3, "x" * cell)),
        "CSV: a long row": (".csv", lambda: _csv(8, 1, '"' + "x,\n" * ((limits.LONGEST_RECORD - 500) // 15) + '"')),
        "KML: long names": (".kml", lambda: _kml(3, "x" * (limits.MOST_PLACEMARK - 10))),
    }  # fmt: skip


def _source(number: int, provisions: int) -> str:
    from fuzz.seeds import TESTS

    text = (TESTS / "catalogue" / "good.yaml").read_text("utf-8").replace("test-2020-1", f"test-2020-{number}")
    head, _, provision = text.partition("provisions:\n")
    return head + "provisions:\n" + "".join(provision.replace("id: 1a", f"id: {one}a") for one in range(provisions))


def _folder(files: dict[str, str]) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")

    return make


def folders() -> dict[str, Callable[[Path], None]]:
    """Return what makes each folder of policy files, by what is said of it."""
    most = limits.MOST_FILE_VALUES
    nested = "".join(f"f{one}: [{'1,' * (limits.MOST_ENTRIES - 10)}1]\n" for one in range(most // limits.MOST_ENTRIES))
    text = "x" * (limits.LONGEST_TEXT - 10)
    long = "".join(f"f{one}: {text}\n" for one in range(limits.MAX_BYTES // limits.LONGEST_TEXT - 2))
    deep = "a: " + "[" * (limits.MAX_DEPTH - 5) + "]" * (limits.MAX_DEPTH - 5) + "\n"
    return {
        "folder: files of other kinds": _folder({f"a/{one}.txt": "" for one in range(limits.MOST_FILES - 10)}),
        "folder: policy files, all wrong": _folder(
            {f"sources/{one}.yaml": "id: 1\n" for one in range(limits.MOST_POLICY_FILES - 10)}
        ),
        "folder: policy files, all right": _folder(
            {f"sources/test-2020-{one}.yaml": _source(one, 1) for one in range(limits.MOST_POLICY_FILES - 10)}
        ),
        "folder: a file of most values": _folder({"sources/test-2020-1.yaml": nested}),
        "folder: a file of long texts": _folder({"sources/test-2020-1.yaml": long}),
        "folder: most bytes, most values": _folder(
            {f"sources/{one}.yaml": nested for one in range(50)}
        ),
        "folder: a file nested deep": _folder({"sources/test-2020-1.yaml": deep * 1}),
        "folder: a file of most provisions": _folder({"sources/test-2020-1.yaml": _source(1, most // 30)}),
    }  # fmt: skip

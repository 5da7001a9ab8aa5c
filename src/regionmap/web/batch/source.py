"""The file of the batch page: an upload or the example, and what can be said of it before it is judged.

An upload stays where Streamlit keeps it, in the memory of this session. It is written to a temporary folder in pieces,
under a name of our own, whenever it is read, and the folder is removed before the function that made it returns.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa

from regionmap.errors import InputError
from regionmap.model import Text
from regionmap.screening.cells import texts
from regionmap.screening.files.opening import ENDINGS, FAULTS, open_table
from regionmap.screening.messages import Message, ScreeningError, in_both

PREVIEW = 10
_PIECE = 1 << 20
_STEM = "regionmap-upload"

_EXAMPLE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "zh": (
        ("项目名称", "经度", "纬度", "所在地", "行业", "建设性质"),
        ("示例项目1", "115.4646", "38.8740", "", "钢铁", "新建"),
        ("示例项目2", "118.1802", "39.6309", "", "3120", "产能置换"),
        ("示例项目3", "", "", "陕西省韩城市", "焦化", "扩建"),
        ("示例项目4", "", "", "济源市", "水泥", "新建"),
        ("示例项目5", "121.4737", "31.2304", "", "化工", "新建"),
        ("示例项目6", "114.9350", "25.8310", "", "纺织", "迁入"),
        ("示例项目7", "109.8404", "40.6574", "", "电解铝", "新建"),
        ("示例项目8", "106.2309", "38.4872", "", "造纸", "新建"),
        ("示例项目9", "113.6254", "34.7466", "", "平板玻璃", "新建"),
        ("示例项目10", "", "", "510100", "电子信息", "新建"),
        ("示例项目11", "39.9042", "116.4074", "", "钢铁", "新建"),
        ("示例项目12", "117.2272", "31.8206", "", "某行业", "新建"),
    ),
    "en": (
        ("Project", "Longitude", "Latitude", "Place", "Industry", "Action"),
        ("Example 1", "115.4646", "38.8740", "", "steel", "new"),
        ("Example 2", "118.1802", "39.6309", "", "3120", "replace"),
        ("Example 3", "", "", "Hancheng", "coking", "expand"),
        ("Example 4", "", "", "Jiyuan", "cement", "new"),
        ("Example 5", "121.4737", "31.2304", "", "chemicals", "new"),
        ("Example 6", "114.9350", "25.8310", "", "textile", "move_in"),
        ("Example 7", "109.8404", "40.6574", "", "aluminium", "new"),
        ("Example 8", "106.2309", "38.4872", "", "paper", "new"),
        ("Example 9", "113.6254", "34.7466", "", "flat glass", "new"),
        ("Example 10", "", "", "510100", "electronics", "new"),
        ("Example 11", "39.9042", "116.4074", "", "steel", "new"),
        ("Example 12", "117.2272", "31.8206", "", "some industry", "new"),
    ),
}
"""A dozen made-up sites. The eleventh has its coordinates swapped, the twelfth an industry that is none."""


@dataclass(frozen=True)
class Source:
    """A file to judge. ``id`` tells it from any other; ``content`` is read in pieces from its beginning."""

    id: str
    name: str
    size: int
    content: IO[bytes]

    @property
    def ending(self) -> str:
        """The ending of its name, in small letters."""
        return Path(self.name).suffix.lower()


@dataclass(frozen=True)
class Head:
    """What was found out about a file: its columns, its rows or an estimate, notes, and its first rows as text."""

    names: tuple[str, ...]
    rows: int | None
    notes: tuple[Message, ...]
    first: tuple[tuple[str, ...], ...]


def example_name(language: str) -> str:
    """Return the name of the example file."""
    return "regionmap-example.csv" if language == "en" else "regionmap-示例.csv"


def example(language: str) -> bytes:
    """Return the example file: CSV that Excel opens with Chinese intact."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(_EXAMPLE[language])
    return text.getvalue().encode("utf-8-sig")


@contextmanager
def on_disk(source: Source) -> Iterator[Path]:
    """Give the path of the file in a temporary folder that is removed in any case, with all that was put beside it.

    Raises:
        InputError: whatever is raised inside, with the name that the user knows in the place of ours.
    """
    ending = source.ending if re.fullmatch(r"\.[a-z0-9]{1,12}", source.ending) else ""
    with tempfile.TemporaryDirectory(prefix="regionmap-batch-") as folder:
        path = Path(folder) / f"{_STEM}{ending}"
        source.content.seek(0)
        with path.open("wb") as file:
            while piece := source.content.read(_PIECE):
                file.write(piece)
        try:
            yield path
        except InputError as error:
            text = in_both(error)
            told = (text[language].replace(path.name, source.name) for language in ("zh", "en"))
            raise ScreeningError(Text(*told)) from None


def is_workbook(source: Source) -> bool:
    """Tell whether a file has sheets."""
    return ENDINGS.get(source.ending) == "xlsx"


def sheets(source: Source) -> tuple[str, ...]:
    """Return the titles of a workbook's sheets; none of a file that is no workbook, or that cannot be read."""
    if not is_workbook(source):
        return ()
    from regionmap.screening.files.spreadsheet import sheet_titles

    try:
        with on_disk(source) as path:
            return sheet_titles(path)
    except (InputError, *FAULTS):
        return ()  # told where the file is opened


def head(source: Source, encoding: str | None, sheet: str | None = None) -> Head:
    """Open a file, or one sheet of a workbook, and read its first rows.

    Raises:
        InputError: it cannot be read.
    """
    with on_disk(source) as path:
        table = open_table(path, encoding, sheet=sheet)
        chunks = table.chunks(PREVIEW)
        first = next(chunks, None)
        del chunks
        rows = _rows(first.select(list(table.names))) if first is not None else ()
        return Head(table.names, table.rows, table.notes, rows)


def _rows(table: pa.Table) -> tuple[tuple[str, ...], ...]:
    columns = []
    for column in table.columns:
        codes, words = texts(column)
        columns.append([words[code] for code in codes])
    return tuple(zip(*columns, strict=True))

"""Tables of sites from files: every row in its order, in chunks, with what was found out about the file.

Every format is streamed: no reader holds more than a few chunks.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from regionmap.errors import InputError, MissingExtraError, why
from regionmap.i18n import t, word_list
from regionmap.screening.messages import Message, ScreeningError
from regionmap.screening.usual_names import GEOMETRY_LAT, GEOMETRY_LON


@dataclass(frozen=True)
class Table:
    """A file that can be read.

    ``names`` are unique, as they will be in the result. ``rows`` is their number or an estimate for a progress bar.
    ``notes`` say what was found: encoding, delimiter, sheet, conversion of coordinates, renamed columns.
    ``chunks(size)`` starts at the first row whenever it is called, and yields tables of exactly ``size`` rows (the
    last one fewer) with the columns ``names`` in order, and the string column ``columns.PROBLEM`` after them where a
    row of the chunk has one: ``kind: sentence``, or blank. Types are the same in all chunks: strings without nulls
    from CSV and XLSX, the file's own from Parquet and layers. ``digest()`` is the SHA-256 of the file after the last
    chunk, where its reader knows it without a second reading. ``points``: the last two columns are the degrees of its
    geometry, in WGS-84.

    Raises:
        InputError: from ``chunks`` as well, when a later row shows that the file is broken.
    """

    names: tuple[str, ...]
    rows: int | None
    notes: tuple[Message, ...]
    chunks: Callable[[int], Iterator[pa.Table]]
    digest: Callable[[], str] | None = None
    points: bool = False


ENDINGS = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".parquet": "parquet",
    ".geoparquet": "parquet", ".geojson": "layer", ".json": "layer", ".gpkg": "layer", ".zip": "layer",
    ".xls": "xlsx", ".ods": "xlsx", ".kml": "layer", ".kmz": "layer", ".fgb": "layer",
}  # fmt: skip
APART = frozenset({"xlsx", "layer"})
"""Kinds that are read in a process of their own: libraries do not hold to limits there. See ``apart``; Parquet is, too,
where its pages do not say what it takes."""
FAULTS = (
    OSError, ValueError, TypeError, LookupError, NameError, ArithmeticError, EOFError, RuntimeError,
    pa.ArrowException, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What the libraries raise of a file that is not as it should be."""


def open_table(
    path: Path,
    encoding: str | None = None,
    *,
    sheet: str | None = None,
    wanted: Sequence[str] = (),
    rowless: bool = False,
) -> Table:
    """Open a file of sites by its ending.

    Args:
        path: the file.
        encoding: of a CSV file, where it is known.
        sheet: of a workbook, by its title, where it is not to be found out.
        wanted: names of columns that the caller gave: by them the line or the sheet of the table is known.
        rowless: a CSV or Parquet file may have column names alone, as one of many parts has at times.

    Raises:
        InputError: the file is not there, is empty, is not what its ending says, or is larger than can be read.
    """
    kind = _kind(path)
    if kind == "layer" and path.suffix.lower() not in (".kml", ".kmz"):
        MissingExtraError.require("pyogrio", t("reading {file}", file=path.name), "gis")
    if path.is_file() and path.stat().st_size and (kind in APART or (kind == "parquet" and not _is_plain(path))):
        from regionmap.screening.files.apart import Kept, can_start

        if can_start():
            kept = Kept(path, encoding, sheet, wanted, rowless=rowless)
            return _with_faults_told(path, kind, Table(kept.names, kept.rows, kept.notes, kept.chunks))
    return open_here(path, encoding, sheet=sheet, wanted=wanted, rowless=rowless)


def open_here(
    path: Path,
    encoding: str | None = None,
    *,
    sheet: str | None = None,
    wanted: Sequence[str] = (),
    rowless: bool = False,
) -> Table:
    """Open a file as ``open_table`` does, in this process whatever its kind."""
    kind = _kind(path)
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise ScreeningError(
                    t("{file} is empty: a table needs a line of column names and at least one row", file=path.name)
                )
        if sheet is not None and kind != "xlsx":
            raise ScreeningError(t("--sheet is for workbooks, and {file} is not one: leave it out", file=path.name))
        if encoding is not None and kind != "csv":
            raise ScreeningError(t("--encoding is for CSV files: {file} is none, leave it out", file=path.name))
        table = _opened(path, kind, encoding, sheet, wanted, rowless=rowless)
    except FAULTS as error:
        raise _fault(path, error) from None
    if table.rows == 0 and not rowless:
        raise ScreeningError(t("{file} has column names and no rows: there is nothing to judge", file=path.name))
    return _with_faults_told(path, kind, table)


def _is_plain(path: Path) -> bool:
    from regionmap.screening.files.parquet import is_plain

    return is_plain(path)


def _with_faults_told(path: Path, kind: str, table: Table) -> Table:
    def chunks(size: int) -> Iterator[pa.Table]:
        if size < 1:
            raise ScreeningError(t("chunks of {size} rows: a chunk has at least one", size=size))
        try:
            yield from table.chunks(size)
        except FAULTS as error:
            raise _fault(path, error) from None

    points = kind in ("parquet", "layer") and table.names[-2:] == (GEOMETRY_LON, GEOMETRY_LAT)
    return Table(table.names, table.rows, table.notes, chunks, table.digest, points)


def _kind(path: Path) -> str:
    try:
        return _kind_of(path)
    except OSError as error:  # a name that is too long, a folder around it that may not be read
        raise _fault(path, error) from None


def _kind_of(path: Path) -> str:
    ending = path.suffix.lower()
    if path.is_dir():
        raise ScreeningError(t("{path} is a folder: name a file", path=path))
    if ending in (".xlsb", ".et", ".numbers", ".wps"):
        raise ScreeningError(
            t("{file} is a spreadsheet in a format that is not read: save it as .xlsx or .csv", file=path.name)
        )
    if ending not in ENDINGS:
        raise ScreeningError(
            t("{file} has no ending that can be read: use one of {endings}", file=path.name, endings=word_list(ENDINGS))
        )
    if path.exists() and not path.is_file():
        raise ScreeningError(t("{path} is no ordinary file: name a file", path=path))
    return ENDINGS[ending]


def _opened(
    path: Path, kind: str, encoding: str | None, sheet: str | None, wanted: Sequence[str], *, rowless: bool
) -> Table:
    # Each format has its own libraries, which the others need not wait for.
    if kind == "csv":
        from regionmap.screening.files.text import open_csv

        return Table(*open_csv(path, encoding, wanted, rowless=rowless))
    if kind == "xlsx":
        from regionmap.screening.files.spreadsheet import open_workbook

        return Table(*open_workbook(path, sheet, wanted))
    if kind == "parquet":
        from regionmap.screening.files.parquet import open_parquet

        return Table(*open_parquet(path))
    if path.suffix.lower() in (".kml", ".kmz"):
        from regionmap.screening.files.kml import open_kml

        return Table(*open_kml(path))
    from regionmap.screening.files.layers import open_layer

    return Table(*open_layer(path))


def _fault(path: Path, error: BaseException) -> InputError:
    if isinstance(error, InputError):
        return error
    if isinstance(error, FileNotFoundError):
        return ScreeningError(t("no file {path}: check the path", path=path))
    if isinstance(error, OSError) and error.strerror:
        return ScreeningError(t("{file} cannot be read, or was cut short: {why}", file=path.name, why=why(error)))
    first = (str(error).splitlines() or [type(error).__name__])[0].replace(str(path), path.name)[:160]
    return ScreeningError(t("{file} cannot be read, or was cut short: {why}", file=path.name, why=first))

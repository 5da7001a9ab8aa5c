"""What a part says of its columns before its rows are read: the footer of a Parquet file, the first lines of a CSV."""

from __future__ import annotations

import codecs
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.model import Text
from regionmap.screening.files.opening import ENDINGS, open_table
from regionmap.screening.messages import in_both
from regionmap.screening.parts.listing import Part
from regionmap.screening.parts.storage import Storage
from regionmap.screening.usual_names import PROBLEM

_FIRST = 1 << 20
"""Bytes of a CSV part that are looked at for its column names."""


@dataclass(frozen=True)
class Head:
    """The columns of a part in their order, with the types in which they are handed on, and its rows or an estimate.

    ``points``: the last two columns are the degrees of its geometry, see ``files.opening.Table``.
    """

    columns: dict[str, pa.DataType]
    rows: int
    points: bool


@dataclass(frozen=True)
class HeadReader:
    """Reads the heads of parts, here or on a worker."""

    storage: Storage
    encoding: str | None
    wanted: tuple[str, ...]

    def __call__(self, part: Part) -> Head | Text:
        """Return the head of a part, or in words why it has none."""
        try:
            with tempfile.TemporaryDirectory(prefix="regionmap-") as folder:
                file = Path(folder) / part.path.rpartition("/")[2]
                if ENDINGS[file.suffix.lower()] == "parquet":
                    return self._of_parquet(*self._copy_schema(part, file), file)
                share = part.size / max(self._copy_lines(part, file), 1)
                table = open_table(file, self.encoding, wanted=self.wanted, rowless=True)
                return Head(dict.fromkeys(table.names, pa.string()), round((table.rows or 0) * share), points=False)
        except InputError as error:
            return named(part, in_both(error))
        except Exception as error:  # whatever a damaged footer makes the library say, or a store that does not answer
            return why_not(part, error)

    def _of_parquet(self, schema: pa.Schema, rows: int, file: Path) -> Head:
        """Return the head by a file with one row: the reader of files says how it hands the columns on."""
        table = open_table(file)
        first = next(table.chunks(1))
        empty = {field.name for field in schema if pa.types.is_null(field.type)}  # they go together with all types
        types = {one.name: pa.null() if one.name in empty else one.type for one in first.schema if one.name != PROBLEM}
        return Head(types, rows, table.points)

    def _copy_schema(self, part: Part, file: Path) -> tuple[pa.Schema, int]:
        """Write a file of the same schema with one blank row; return the schema and the rows of the part."""
        with self.storage.open(part.path) as remote, pq.ParquetFile(remote) as whole:
            schema, rows = whole.schema_arrow, whole.metadata.num_rows
        fields = [field.with_nullable(True) for field in schema]
        blank = [pa.nulls(1, field.type) for field in fields]
        pq.write_table(pa.Table.from_arrays(blank, schema=pa.schema(fields, schema.metadata)), file)
        return schema, int(rows)

    def _copy_lines(self, part: Part, file: Path) -> int:
        """Write the first lines of a part to a file; return how many bytes they are."""
        with self.storage.open(part.path) as remote:
            first = remote.read(_FIRST)
            if len(first) == _FIRST:
                first = first[: _end_of_lines(first)] or first + remote.read()  # one line as long as all
        file.write_bytes(first)
        return len(first)


def named(part: Part, why: Text) -> Text:
    """Return why a part has no result, with its name."""
    name = part.path.rpartition("/")[2]
    return why if name in why.en else t("{file}: {why}", file=part.name, why=why)


def why_not(part: Part, error: Exception) -> Text:
    """Return what a library says of a part, in one line with its name."""
    if isinstance(error, FileNotFoundError):
        return t("{file} is not there: it was moved away, or does not lie where all workers see it", file=part.name)
    why = (str(error).splitlines() or [""])[0][:160] or type(error).__name__
    return named(part, Text(why, why))


def _end_of_lines(content: bytes) -> int:
    """Return where the last whole line ends, 0 where none does."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        end = "\n".encode("utf-16-le" if content.startswith(codecs.BOM_UTF16_LE) else "utf-16-be")
        at = content.rfind(end)
        while at % 2 == 1:  # the second half of one sign and the first of another
            at = content.rfind(end, 0, at + 1)
        return at + len(end) if at > 0 else 0
    return content.rfind(b"\n") + 1

"""Workbooks that are written row by row, so that memory does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def workbook(path: Path, folder: Path | None = None) -> Iterator[Any]:
    """Give an empty workbook of ``xlsxwriter``, written at the end of the block. Texts are never formulas or links.

    Args:
        path: the file to make.
        folder: where its rows grow meanwhile; the system's temporary folder without it. Nothing stays there.

    Yields:
        The workbook.

    Raises:
        OSError: the file cannot be written: the library has errors of its own, that are none of the system's.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxFileError

    options: dict[str, Any] = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    if folder is not None:
        options["tmpdir"] = str(folder)
    book = xlsxwriter.Workbook(str(path), options)
    try:
        yield book
        book.close()
    except XlsxFileError as error:
        wrapped = error.args[0] if error.args else None  # the system's own error, as a rule
        raise (wrapped if isinstance(wrapped, OSError) else OSError(str(error))) from error
    finally:
        for sheet in book.worksheets():  # the library leaves the rows, and the file open, when it fails
            sheet.row_data_fh.close()
            Path(sheet.row_data_filename).unlink(missing_ok=True)

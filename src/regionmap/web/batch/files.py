"""The whole result to take away, in one format at a time: small files at once, large ones when they are asked for.

A file is written in a temporary folder that is removed before this module hands the file on. Files of many megabytes
are handed on as ZIP files: they are held in memory as long as they are offered.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from regionmap.errors import InputError
from regionmap.file_names import plain_name
from regionmap.resources import ATTRIBUTION
from regionmap.screening import writers
from regionmap.screening.messages import with_reasons_shown
from regionmap.web import state
from regionmap.web.batch.results_store import Result
from regionmap.web.parts import frame, style

Words = Callable[..., str]
FORMATS = {".csv": "CSV", ".xlsx": "XLSX", ".parquet": "Parquet", ".geojson": "GeoJSON", ".gpkg": "GPKG"}
_MIME = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".zip": "application/zip",
}
AT_ONCE = 5_000
"""Rows up to which a file is made as soon as its format is chosen."""
_SLOW_SHEET = 100_000
_ZIPPED_ABOVE = 50_000_000
_LONGEST_NAME = 160
"""Bytes of the name of an upload that its results keep: file systems take 255 in all."""
_MADE = "regionmap-batch-file"


def show(result: Result, _: Words) -> None:
    """Write the choice of a format, and the button that downloads the file."""
    style.head(_("Download the whole result"))
    rows = result.summary["rows"]
    ending = st.segmented_control(_("Format"), list(FORMATS), format_func=FORMATS.__getitem__, default=".csv",
                                  key="w-batch-format") or ".csv"  # fmt: skip
    if ending == ".xlsx" and rows > writers.MOST_SHEET_ROWS:
        st.info(_("A sheet holds at most {most} rows: take CSV or Parquet.", most=f"{writers.MOST_SHEET_ROWS:,}"))
        return
    held: tuple[str, str, str, bytes] | None = st.session_state.get(_MADE)
    language = state.language()
    key = f"{ending} {language}"
    if held is None or held[:2] != (result.id, key):
        if rows > AT_ONCE and not _asked(ending, rows, _):
            return
        st.session_state.pop(_MADE, None)
        try:
            with st.spinner(_("Making the file…")):
                held = (result.id, key, *made(result, ending, language))
        except InputError as error:
            frame.refuse(error)
            return
        st.session_state[_MADE] = held
        if rows > AT_ONCE:
            st.rerun()  # without the button that asked for it
    name, content = held[2:]
    words = _("Download {format} ({size})", format=FORMATS[ending], size=_size(len(content)))
    st.download_button(words, content, name, _MIME[Path(name).suffix], on_click="ignore", icon=":material/download:",
                       type="primary", key="batch-download")  # fmt: skip


def made(result: Result, ending: str, language: str = "en") -> tuple[str, bytes]:
    """Return the name and the content of the whole result as a file, with its reasons in a language.

    Raises:
        InputError: it cannot be written.
    """
    stem = f"{plain_name(Path(result.name).stem, _LONGEST_NAME)}-regionmap-{result.summary['run']}"
    about = {"run": result.summary["run"], "catalogue": result.summary["catalogue"], "attribution": ATTRIBUTION}
    with tempfile.TemporaryDirectory(prefix="regionmap-batch-") as folder:
        path = Path(folder) / f"result{ending}"
        writers.write((with_reasons_shown(one, language) for one in result.parts()), path, about)
        if path.stat().st_size <= _ZIPPED_ABOVE or ending == ".parquet":
            return f"{stem}{ending}", path.read_bytes()
        zipped = path.with_suffix(".zip")
        with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as archive:
            archive.write(path, f"{stem}{ending}")
        return f"{stem}{ending}.zip", zipped.read_bytes()


def forget() -> None:
    """Let go of the file that was made last."""
    st.session_state.pop(_MADE, None)


def _asked(ending: str, rows: int, _: Words) -> bool:
    if ending == ".xlsx" and rows > _SLOW_SHEET:
        style.note(_("A workbook of so many rows takes minutes; CSV and Parquet take seconds."))
    return st.button(_("Make the file"), key="batch-make")


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 1e5 else f"{max(count / 1e3, 0.1):,.1f} KB"

"""The list of destinations to take away: CSV, XLSX and GeoJSON with true boundaries."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Sequence

import streamlit as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from regionmap.formulas import harmless
from regionmap.output.formats import geojson
from regionmap.output.layers.build import answer_layer
from regionmap.web import service, state
from regionmap.web.parts import tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_WIDE = 60


def buttons(header: Sequence[str], body: Sequence[Sequence[str]], codes: Sequence[str], stem: str) -> None:
    """Write the buttons that download the list; ``codes`` are the adcodes of its rows."""
    _ = state.words()
    with st.container(horizontal=True, key="rm-files"):
        csv = tables.to_csv(header, body)
        st.download_button(_("Download as CSV"), csv, f"{stem}.csv", "text/csv", on_click="ignore")
        xlsx = to_xlsx(header, body)
        st.download_button(_("Download as XLSX"), xlsx, f"{stem}.xlsx", XLSX, on_click="ignore")
        made = st.session_state.get("regionmap-geojson")
        asked = (state.get("origin"), state.get("industry"), state.date(), tuple(codes))
        if made == asked:
            shapes = to_geojson(*asked)
            words = _("Download as GeoJSON")
            st.download_button(words, shapes, f"{stem}.geojson", "application/geo+json", on_click="ignore")
        elif st.button(_("Prepare GeoJSON (true boundaries)"), key="make-geojson"):
            st.session_state["regionmap-geojson"] = asked
            st.rerun()


def to_xlsx(header: Sequence[str], body: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet; every cell is text, and none is a formula."""
    book = Workbook()
    sheet = book.active
    for line in [header, *body]:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", harmless(cell)) for cell in line])
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(_MOST_WIDE, longest * 1.6 + 2)
    sheet.freeze_panes = "C2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@st.cache_data(show_spinner=False, max_entries=4)
def to_geojson(origin: str, industry: str, on: dt.date, codes: tuple[str, ...]) -> bytes:
    """Return the destinations of these adcodes as RFC 7946 GeoJSON, one feature for each place and reason."""
    rm = service.loaded()
    answer = rm.transfer(origin, industry=industry, on=on)
    return json.dumps(geojson(answer_layer(rm, answer, codes)), ensure_ascii=False, separators=(",", ":")).encode()

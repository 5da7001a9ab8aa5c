"""The table beside the map: the same facts without sight of it, to sort, to choose from and to take away as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from regionmap.formulas import harmless
from regionmap.web import state
from regionmap.web.parts.rulings_view import Row

HEIGHT = 540
_WIDTHS = (64, 92, 74, 78, 260, 260)


def show(rows: Sequence[Row], file_name: str) -> None:
    """Write the table and the button that downloads it; a chosen row is the chosen place."""
    header, body = cells(rows)
    show_cells(header, body, [row.unit.code for row in rows], file_name)


def show_cells(
    header: Sequence[str],
    body: Sequence[Sequence[str]],
    codes: Sequence[str],
    file_name: str,
    widths: Sequence[int] = _WIDTHS,
) -> None:
    """Write a table as ``show`` does; ``codes`` are the adcodes of its rows, empty where a row has none."""
    _ = state.words()
    chosen = st.dataframe(
        pd.DataFrame(body, columns=list(header)),
        hide_index=True,
        height=HEIGHT,
        row_height=32,
        column_config={
            name: st.column_config.TextColumn(width=width) for name, width in zip(header, widths, strict=False)
        },
        on_select="rerun",
        selection_mode="single-row",
        key=f"table-{file_name}",
    )
    picked = chosen["selection"]["rows"]
    before = st.session_state.get("regionmap-row")
    if picked != before:
        st.session_state["regionmap-row"] = picked
        if picked and picked[0] < len(codes) and codes[picked[0]]:
            state.choose_place(codes[picked[0]])
            st.session_state["regionmap-panel"] = "place"
            st.rerun()
    st.download_button(_("Download as CSV"), to_csv(header, body), file_name, "text/csv", on_click="ignore")


def cells(rows: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    """Return the header and the cells in the language of the page."""
    _, language = state.words(), state.language()
    header = [_("Code"), _("Name"), _("In province"), _("Says"), _("Document and item")]
    lapsed = any(row.lapsed for row in rows)
    if lapsed:
        header.append(_("Stricter, target date passed"))
    body = [
        [
            row.unit.code,
            row.unit.name_en if language == "en" else row.unit.name,
            "" if row.province is None else row.province.name_en if language == "en" else row.province.name,
            row.says[language],
            row.document,
            *([row.lapsed] if lapsed else []),
        ]
        for row in rows
    ]
    return header, body


def to_csv(header: Sequence[str], body: Sequence[Sequence[str]]) -> bytes:
    """Return CSV that Excel opens with Chinese intact, and in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for line in [header, *body]:
        writer.writerow([harmless(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")

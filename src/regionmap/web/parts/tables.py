"""The table beside the map: the same facts without sight of it, to sort, to choose from and to take away as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import streamlit as st

from regionmap.formulas import harmless
from regionmap.web import state
from regionmap.web.parts.row_table import row_table
from regionmap.web.parts.rulings_view import Row

HEIGHT = 540
_WIDTHS = (78, 104, 84, 92, 260, 260)


def _nothing() -> None:
    """Nothing more is to be done when a row was chosen."""


def show(rows: Sequence[Row], file_name: str, *, key: str, chosen: Callable[[], None] = _nothing) -> None:
    """Write the table and the button that downloads it; a chosen row is the chosen place."""
    header, body = cells(rows)
    show_cells(header, body, [row.unit.code for row in rows], file_name, key=key, chosen=chosen)


def show_cells(
    header: Sequence[str],
    body: Sequence[Sequence[str]],
    codes: Sequence[str],
    file_name: str,
    widths: Sequence[int] = _WIDTHS,
    *,
    key: str,
    chosen: Callable[[], None] = _nothing,
) -> None:
    """Write a table as ``show`` does.

    Args:
        header: words over the columns.
        body: cells of every row.
        codes: the adcodes of the rows, empty where a row has none.
        file_name: of the download.
        widths: of the columns, in pixels.
        key: tells apart the tables of a page.
        chosen: called when a row has become the chosen place, before the page runs again.
    """
    _ = state.words()

    def choose(row: int) -> None:
        if codes[row]:
            state.choose_place(codes[row])
            chosen()

    place = state.get("place")
    row_table(
        header,
        body,
        key=f"rows-{key}",
        label=_("The facts of the map as a table: a chosen row is the chosen place"),
        widths=[*widths, *[_WIDTHS[-1]] * len(header)][: len(header)],
        height=HEIGHT - 60,
        selected=codes.index(place) if place and place in codes else None,
        choose=choose,
    )
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

"""The first rows of a result as a table, and the way from one of them to the site check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import streamlit as st

from regionmap.screening.judge import result_names
from regionmap.screening.kinds import CAVEATS, REASONS
from regionmap.screening.messages import decoded
from regionmap.screening.options import RESULTS, WGS84_LAT, WGS84_LON
from regionmap.web import service, state
from regionmap.web.batch.map import VERDICTS, unit_of, verdict_words
from regionmap.web.batch.results_store import ROW, Result
from regionmap.web.parts import frame, style
from regionmap.web.parts.row_table import row_table
from regionmap.web.parts.rulings_view import listed
from regionmap.web.parts.shapes import name

Words = Callable[..., str]
MOST = 200
_MOST_COLUMNS = 30
_LONGEST = 200
_HEIGHT = 420
_PICKED = "regionmap-batch-picked"
_WIDTHS = (64, 104, 120, 280, 260, 260, 110)


def show(result: Result, _: Words) -> None:
    """Write the table with its filter; a chosen row may be opened in the site check."""
    language = state.language()
    filters = _filters(result, language, _)
    style.head(_("Row by row"))
    chosen = st.selectbox(
        _("Show rows"), list(filters), format_func=filters.__getitem__, key="w-batch-filter", width=420
    )
    kind, _sep, value = chosen.partition(":")
    rows = result.rows(verdict=value if kind == "verdict" else "", reason=value if kind == "reason" else "", most=MOST)
    header, body = _cells(rows, result, language, _)
    held = st.session_state.get(_PICKED)
    picked = held[1] if held is not None and held[0] == (result.id, chosen) else None
    row_table(
        header,
        body,
        key=f"table-batch-{result.id}-{chosen}",
        label=_("Row by row"),
        widths=_WIDTHS,
        height=_HEIGHT,
        selected=picked,
        choose=lambda row: st.session_state.update({_PICKED: ((result.id, chosen), row)}),
    )
    style.note(_("First of these rows: {count}; the files below hold all. Choose a row to look at it closely.",
                 count=rows.num_rows))  # fmt: skip
    if picked is not None and picked < rows.num_rows:
        _open(rows.slice(picked, 1).to_pylist()[0], result, _)


def _filters(result: Result, language: str, _: Words) -> dict[str, str]:
    told = result.summary
    found = {"": _("all ({count})", count=f"{told['rows']:,}")}
    for one in VERDICTS:
        if one in told["verdicts"]:
            found[f"verdict:{one}"] = f"{verdict_words(one, language)} ({told['verdicts'][one]:,})"
    for kind, count in told["reasons"].items():
        words = REASONS[kind][language] if kind in REASONS else kind
        found[f"reason:{kind}"] = f"{_('Not judged')}: {words} ({count:,})"
    return found


def _cells(rows: pa.Table, result: Result, language: str, _: Words) -> tuple[list[str], list[list[Any]]]:
    """Return the words over the columns and the cells of the table: results first, then those of the file."""
    labels = {
        ROW: _("Row"),
        "verdict": _("Verdict"),
        "unit_name": _("Place"),
        "numbers": _("Document and item"),
        "reason": _("Not judged: reason"),
        "caveats": _("Caveats"),
        "boundary_m": _("Another answer within (m)"),
    }
    own = [one for one in rows.column_names if one not in (*RESULTS, ROW, WGS84_LON, WGS84_LAT)][:_MOST_COLUMNS]
    cells: list[list[Any]] = []
    for row in rows.select([ROW, *RESULTS, *own]).to_pylist() if rows.num_rows else []:
        caveats = (CAVEATS[one][language] if one in CAVEATS else one for one in row["caveats"].split("; ") if one)
        shown = {one: row[one] for one in labels} | {
            "verdict": verdict_words(row["verdict"], language) if row["verdict"] else "",
            "unit_name": _place(row, language),
            "reason": decoded(row["reason"]).text[language] if row["reason"] else "",
            "caveats": listed(caveats, language),
        }
        cells.append([*shown.values(), *("" if row[one] is None else str(row[one])[:_LONGEST] for one in own)])
    return [*labels.values(), *own], cells


def _place(row: dict[str, Any], language: str) -> str:
    if language == "zh":
        return str(row["unit_name"])
    known = (unit_of(service.loaded(), code) for code in row["unit_code"].split("; ") if code)
    return listed((name(one, language) for one in known if one is not None), language)


def _open(row: dict[str, Any], result: Result, _: Words) -> None:
    if not row["verdict"]:
        st.info(frame.escape_markdown(decoded(row["reason"]).text[state.language()]))
        return
    if "; " in row["unit_code"]:
        return
    if st.button(_("Open row {row} in the site check", row=row[ROW]), icon=":material/fact_check:", key="open-row"):
        if row[WGS84_LON] is not None:
            state.choose_point(row[WGS84_LON], row[WGS84_LAT])
        else:
            state.choose_place(row["unit_code"])
        state.put(industry=_industry(row, result), action=row["judged_action"], date=row["judged_on"])
        st.session_state.pop("regionmap-way", None)
        frame.go("site")


def _industry(row: dict[str, Any], result: Result) -> str:
    """Return the industry as it was asked: the cell, where there is one, or that for all rows."""
    options = result.summary["options"]
    column = options["columns"]["industry"]
    names = list(result.columns)
    cell = row.get(dict(zip(names, result_names(names), strict=True)).get(column, "")) if column else None
    return str(cell).strip()[:100] if cell not in (None, "") else str(options["industry"] or row["industry_id"])

"""A finished run on the batch page: counts, reasons, charts, map, rows and files."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from regionmap.errors import InputError
from regionmap.i18n import tn
from regionmap.output.point_layer import point_group
from regionmap.web import service, state
from regionmap.web.batch import files as batch_files
from regionmap.web.batch import map as batch_map
from regionmap.web.batch import table as batch_table
from regionmap.web.batch import views as batch_views
from regionmap.web.batch.results_store import Result
from regionmap.web.parts import frame, leaflet, style
from regionmap.words import DATUMS

Words = Callable[..., str]
MAP_HEIGHT = 480


def show(result: Result, _: Words, *, stale: bool) -> bool:
    """Write a result, marked where it answers another question than the one above it; return whether to delete it."""
    style.head(
        tn("Result: {file}, {count} row", "Result: {file}, {count} rows", result.summary["rows"], file=result.name)[
            state.language()
        ]
    )
    if stale:
        st.warning(
            _("Out of date: the file or a choice above has changed since this run. Check all rows again."),
            icon=":material/history:",
        )
    language = state.language()
    options = result.asked.options
    datum = DATUMS[options.datum][language]
    style.note(
        _(
            "Asked for {date} where no column gives a date; coordinates as {datum}.",
            date=options.on.isoformat(),
            datum=datum,
        )
    )
    batch_views.summary(result, _)
    batch_views.reasons(result, _)
    batch_views.charts(result, _)
    style.head(_("Map"))
    _map(result, _)
    batch_views.area_table(result, _)
    batch_table.show(result, _)
    batch_files.show(result, _)
    batch_views.basis(result, _)
    return st.button(_("Delete this result"), icon=":material/delete:", key="batch-delete")


def _map(result: Result, _: Words) -> None:
    layer = batch_map.layer(service.loaded(), result, state.language(), _)
    try:
        with st.container(key="rm-map"):
            leaflet.show_map(service.national_base(), [point_group(layer)], key="batch", height=MAP_HEIGHT)
    except InputError as error:
        frame.refuse(error)
    batch_views.legend(result, _)
    if result.sites is None:
        words = _(
            "Circles count rows by province, and by prefecture-level unit when you zoom in; their colours are shares."
        )
    else:
        words = _("A point is a row; a circle counts rows that were judged by name, at the label point of their unit.")
    style.note(words)

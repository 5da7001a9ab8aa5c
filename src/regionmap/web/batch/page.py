"""The batch page: a file of sites in, every row judged, counts, a map and files out.

Nothing of an upload outlives its session, and no session sees another's: the upload is in the uploader of this session;
``st.session_state`` holds the names and first ten rows of the file in use, the last finished result in compact form and
the last file made of it; temporary folders are removed as soon as a run or a file has ended, however it ended (see
``batch_run`` and ``batch_source``); nothing goes into ``st.cache_*``, which all users share.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any

import streamlit as st

from regionmap.errors import InputError
from regionmap.screening.columns import Columns
from regionmap.screening.options import Options
from regionmap.screening.planes import plane
from regionmap.web import service, state
from regionmap.web.batch import bounds
from regionmap.web.batch import choice as batch_choice
from regionmap.web.batch import files as batch_files
from regionmap.web.batch import result as batch_result
from regionmap.web.batch import run as batch_run
from regionmap.web.batch import source as batch_source
from regionmap.web.batch import views as batch_views
from regionmap.web.batch.columns import ChoiceError, chosen_of, columns_of
from regionmap.web.batch.results_store import Result
from regionmap.web.batch.run import Asked
from regionmap.web.batch.source import Head, Source
from regionmap.web.batch.words import hinted, in_words, no_system
from regionmap.web.parts import error_words, frame, page_head, style, uploader

Words = Callable[..., str]
_EXAMPLE = "regionmap-batch-example"
_UPLOADS = "regionmap-batch-uploads"
_HEAD = "regionmap-batch-head"
_SHEETS = "regionmap-batch-sheets"
_RESULT = "regionmap-batch-result"
_GO = "regionmap-batch-go"
_STOPPED = "regionmap-batch-stopped"
_ALONE = "regionmap-batch-alone"


def page() -> None:
    """Write the page."""
    _ = state.words()
    frame.messages()
    page_head.title(
        "batch",
        _("Batch check"),
        _("A file of sites: every row gets its verdict with the rules it rests on, or the reason why it has none."),
    )
    source = _source(_)
    service.loaded()  # before the controls, so that nobody opens one that is drawn again a moment later
    wanted = _prepare(source, _) if source is not None else None
    result: Result | None = st.session_state.get(_RESULT)
    if result is not None:
        stale = source is not None and wanted != result.asked
        if batch_result.show(result, _, stale=stale):
            st.session_state.pop(_RESULT, None)
            batch_files.forget()
            st.rerun()


def _source(_: Words) -> Source | None:
    """Ask for a file; the example stands for one until a file is chosen."""
    running = _GO in st.session_state
    number = st.session_state.setdefault(_UPLOADS, 0)
    limit = st.get_option("server.maxUploadSize")
    with st.container(border=True, key="rm-batch-file"):
        uploader.button_in_words("rm-batch-file", _)
        uploaded = st.file_uploader(
            _(
                "File of sites: CSV, XLSX, XLS, ODS, Parquet, GeoJSON, GPKG, FlatGeobuf, KML or a zipped Shapefile; at "
                "most {limit} MB",
                limit=limit,
            ),
            key=f"w-batch-upload-{number}",
            on_change=lambda: st.session_state.pop(_EXAMPLE, None),
            disabled=running,
        )
        style.note(
            _(
                "The file goes to the machine that runs this app and to no other. It is kept in memory for this "
                "session alone; a copy lies in a temporary folder only while it is read. With the session everything "
                "is deleted, results included."
            )
        )
        language = state.language()
        with st.container(horizontal=True):
            if st.button(_("Try an example"), icon=":material/science:", key="batch-example", disabled=running):
                st.session_state[_EXAMPLE] = language
                st.session_state[_UPLOADS] = number + 1
                st.rerun()
            st.download_button(_("Download the example (CSV)"), batch_source.example(language),
                               batch_source.example_name(language), "text/csv", on_click="ignore",
                               icon=":material/download:")  # fmt: skip
    if uploaded is not None:
        return Source(uploaded.file_id, uploaded.name, uploaded.size, uploaded)
    shown = st.session_state.get(_EXAMPLE)
    if shown is None:
        _forget_head()
        st.session_state.pop(_SHEETS, None)
        return None
    content = batch_source.example(shown)
    return Source(f"example-{shown}", batch_source.example_name(shown), len(content), BytesIO(content))


def _prepare(source: Source, _: Words) -> Asked | None:
    """Show what was recognised, ask for the rest, and run; return what a run would be asked by now."""
    running = _GO in st.session_state
    encoding = batch_choice.encoding(source, disabled=running)
    sheet = batch_choice.sheet(source, _sheets(source), disabled=running)
    try:
        head = _head(source, encoding, sheet)
    except InputError as error:
        st.error(frame.escape_markdown(error_words.sentence(in_words(error))[state.language()]))
        return None
    style.head(_("What was recognised"))
    found, wrong = batch_choice.recognised(source, head, (encoding, sheet))
    batch_views.recognised(source, head, (*head.notes, *found.notes[1:]), _)
    told = st.container()
    with st.container(key="rm-batch-controls"):
        chosen, industry = batch_choice.controls(head, found, _, disabled=running)
    wanted = _wanted(source, (encoding, sheet), chosen, found, head.names, industry)
    ready = wanted is not None
    if wrong and (not ready or chosen == chosen_of(found)):  # not once the user has chosen otherwise
        told.error(frame.escape_markdown(error_words.sentence(in_words(wrong))[state.language()]))
    st.button(_("Check all rows"), type="primary", icon=":material/play_arrow:", key="batch-run",
              disabled=running or not ready, on_click=lambda: st.session_state.update({_GO: True}))  # fmt: skip
    # The request is taken away before the run begins, so that a run that is cut off does not begin again by itself.
    if st.session_state.pop(_GO, False) and wanted is not None:
        _run(source, head, wanted, _)
    elif st.session_state.get(_STOPPED):
        st.info(_("The run was stopped before its end: nothing of it was kept. Run it again."))
    return wanted


def _wanted(
    source: Source,
    opened: tuple[str | None, str | None],
    chosen: Any,
    found: Columns,
    names: tuple[str, ...],
    industry: str | None,
) -> Asked | None:
    """``opened``: by which encoding, and which sheet."""
    language, crs = state.language(), batch_choice.crs()
    try:
        if crs is not None:
            plane(crs)
    except InputError:
        st.warning(frame.escape_markdown(no_system(crs or "")[language]))
        return None
    try:
        given = industry is not None
        columns = columns_of(chosen, found.address, industry_given=given, found=found, names=names)
        if industry is not None:
            service.loaded().subject(industry)
    except ChoiceError as error:
        st.warning(frame.escape_markdown(error_words.sentence(error.text)[language]))
        return None
    except InputError as error:
        frame.refuse(error, asked=industry or "")
        return None
    datum = state.get("datum")
    if columns.named_datum and columns.datum is None and columns.lon and columns.named_datum != datum:
        st.warning(frame.escape_markdown(hinted(columns.lon, columns.named_datum, datum)[language]))
    given = bool(state.get("date"))
    options = Options(state.date(), industry, state.action().value, datum, date_given=given, crs=crs)
    return Asked(source.id, opened[0], columns, options, opened[1])


def _sheets(source: Source) -> tuple[str, ...]:
    """Return the titles of a workbook's sheets, found out once for every file."""
    held = st.session_state.get(_SHEETS)
    if held is None or held[0] != source.id:
        try:
            bounds.count(source.id)  # before anything of it is read
        except InputError:
            return ()  # the head says so
        held = (source.id, batch_source.sheets(source))
        st.session_state[_SHEETS] = held
    found: tuple[str, ...] = held[1]
    return found


def _head(source: Source, encoding: str | None, sheet: str | None) -> Head:
    """Return what was found out about the file in use, found out once for every file and sheet."""
    held, asked = st.session_state.get(_HEAD), (source.id, encoding, sheet)
    if held is None or held[0] != asked:
        _forget_head()
        try:
            bounds.count(source.id)
            held = (asked, batch_source.head(source, encoding, sheet))
        except InputError as error:
            held = (asked, error)
        st.session_state[_HEAD] = held
    found: Head | InputError = held[1]
    if isinstance(found, InputError):
        raise found
    return found


def _forget_head() -> None:
    st.session_state.pop(_HEAD, None)
    batch_choice.forget()


def _run(source: Source, head: Head, wanted: Asked, _: Words) -> None:
    """Run with a progress bar; whatever the user does on the page ends the run at the next chunk."""
    st.session_state[_STOPPED] = True
    batch_files.forget()
    bar = st.progress(0.0, text=_("The run begins…"))
    st.button(_("Stop"), icon=":material/stop:", key="batch-stop")
    style.note(_("Changing anything on this page, or leaving it, stops the run."))

    def tell(done: int, total: int | None, seconds: float) -> None:
        bounds.check_run(seconds)
        bar.progress(*_progress(done, total, seconds, _))

    try:
        alone = st.session_state.setdefault(_ALONE, threading.Lock())
        result = batch_run.run(service.loaded(), source, head, wanted, tell, alone)
    except InputError as error:
        st.session_state[_STOPPED] = False
        bar.empty()
        st.error(frame.escape_markdown(error_words.sentence(in_words(error))[state.language()]))
        return
    st.session_state[_RESULT] = result
    st.session_state[_STOPPED] = False
    st.rerun()


def _progress(done: int, total: int | None, seconds: float, _: Words) -> tuple[float, str]:
    """Return the share that is done, and the words beside the bar."""
    if done < 0:
        return 0.0, _("Waiting until another run on this server ends…")
    if total is None:
        return 0.0, _("rows done: {done}", done=f"{done:,}")
    share = min(done / max(total, done, 1), 1.0)
    if not done:
        return share, _("rows done: {done} of {total}", done=0, total=f"{total:,}")
    left = seconds * (max(total, done) - done) / done
    return share, _("rows done: {done} of {total}, about {left} s left", done=f"{done:,}",
                    total=f"{max(total, done):,}", left=f"{left:.0f}")  # fmt: skip

"""The sources page: what is loaded, how much of it was read, its status on the date, and what replaced what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from regionmap.errors import InputError
from regionmap.i18n import joined, tn
from regionmap.model import Source, Status
from regionmap.output.escape import escaped
from regionmap.output.maps import feature_group
from regionmap.rules.verdict.coverage import coverage
from regionmap.web import service, state
from regionmap.web.documents import coverage as coverage_views
from regionmap.web.parts import error_report, frame, leaflet, page_head, pickers, style, tables
from regionmap.web.parts.row_table import row_table
from regionmap.words import EVIDENCE, GOVERNMENT_LEVELS, KINDS, RANKS, READ, STATUSES

Words = Callable[..., str]


def page() -> None:
    """Write the page."""
    _, language, rm = state.words(), state.language(), service.loaded()
    frame.messages()
    page_head.title("documents", _("Documents"), coverage(rm.catalogue).statement[language])
    with st.container(border=True):
        pickers.date(_)
        pickers.document(_)
    sources = rm.sources()
    style.notes(_counts(sources, _))
    header = [_("Number"), _("Title"), _("Level"), _("Status on the date"), _("Issued"), _("Read"), _("Provisions")]
    body = [
        [
            one.number,
            one.title[language],
            _level(one, language),
            STATUSES[rm.source_status(one, state.date())][language],
            one.issued or _("day not printed"),
            READ[one.read][language],
            str(len(one.provisions)),
        ]
        for one in sources
    ]
    wanted = state.get("source")
    row_table(
        header,
        body,
        key="rows-documents",
        label=_("Documents: a chosen row is opened"),
        widths=(150, 330, 130, 120, 100, 100, 90),
        height=320,
        selected=next((row for row, one in enumerate(sources) if one.id == wanted), None),
        choose=lambda row: state.put(source=sources[row].id),
    )
    st.download_button(
        _("Download as CSV"), tables.to_csv(header, body), "regionmap-documents.csv", "text/csv", on_click="ignore"
    )
    # Next to the table that it was chosen in: below the map nobody would see that another one was opened.
    _detail(next((one for one in sources if one.id == wanted), sources[-1]), sources, _)
    _coverage(_)


def _counts(sources: Sequence[Source], _: Words) -> list[str]:
    """Return what the table counts, and how that goes together with the sentence over it."""
    read = Counter((one.level == "national", one.read == "whole") for one in sources)
    silent = sum(not one.provisions for one in sources)
    told = [
        _(
            "The table below: {total} documents; national: {whole} read whole and {part} in part; local: {whole_local} "
            "read whole and {part_local} in part.",
            total=len(sources),
            whole=read[True, True],
            part=read[True, False],
            whole_local=read[False, True],
            part_local=read[False, False],
        )
    ]
    if silent:
        told.append(
            _("Of these, without a provision and so not in the count of documents above: {count}.", count=silent)
        )
    rows = sum(len(one.provisions) for one in service.loaded().catalogue.lists.values())
    told.append(
        _(
            "Provisions of documents and of the lists of places together: {all} (of them {rows} on the lists).",
            all=f"{rows + sum(len(one.provisions) for one in sources):,}",
            rows=f"{rows:,}",
        )
    )
    return told


def _read(one: Source, _: Words) -> str:
    words = READ[one.read][state.language()]
    if one.articles is None:
        return words
    return tn(
        "{words}: {count} article; one without a provision binds no site",
        "{words}: {count} articles; those without a provision bind no site",
        one.articles,
        words=words,
    )[state.language()]


def _level(one: Source, language: str) -> str:
    words = GOVERNMENT_LEVELS[one.level][language]
    if not one.place:
        return words
    unit = service.loaded().gazetteer.unit(one.place)
    return f"{words} · {unit.name_en if language == 'en' else unit.name}"


def _coverage(_: Words) -> None:
    """Write the map of where local law is loaded."""
    view = coverage_views.coverage_view(service.loaded(), state.language())
    style.head(_("Where local law is loaded"))
    try:
        with st.container(key="rm-map"):
            leaflet.show_map(service.national_base(), [feature_group(view.layer)], key="coverage", height=420)
    except InputError as error:
        frame.refuse(error)
    lines = "".join(
        f"<li>{style.swatch(one.fill)}<span>{style.in_language(one.words, state.language())} "
        f"<small>{one.count}</small></span></li>"
        for one in view.legend
    )
    st.html(f'<ul class="rm-legend" aria-label="{escaped(_("Legend"))}">{lines}</ul>')


def _detail(one: Source, sources: Sequence[Source], _: Words) -> None:
    language, on = state.language(), state.date()
    status = service.loaded().source_status(one, on)
    names = {source.id: source.number for source in sources}
    style.head(one.title[language])
    old = "plain" if status is Status.IN_FORCE else "old"
    facts = [
        (_("Number"), one.number),
        (_("Issued by"), joined(one.issuers)[language]),
        (_("Kind"), KINDS[one.kind][language] if one.kind is not None else "—"),
        (_("Level and rank"), f"{_level(one, language)} · {RANKS[one.rank][language]}"),
        (_("Issued"), one.issued or _("day not printed")),
        (_("In force from"), one.in_force_from.isoformat()),
        (_("Until"), one.in_force_until.isoformat() if one.in_force_until else _("no end printed")),
        (_("Its own targets run to"), one.horizon.isoformat() if one.horizon else "—"),
        (_("Replaces"), ", ".join(names.get(name, name) for name in one.supersedes) or "—"),
        (_("Replaced by"), ", ".join(names.get(name, name) for name in one.superseded_by) or "—"),
        (_("Evidence"), EVIDENCE[one.evidence][language]),
        (_("Read"), _read(one, _)),
        (_("Version read"), one.version or "—"),
        (_("The copy is known to hold up to"), one.known_until.isoformat() if one.known_until else "—"),
    ]
    lines = "".join(f"<dt>{style.said(label)}</dt><dd>{style.said(words)}</dd>" for label, words in facts)
    st.html(
        f'<article class="rm-card" data-source="{escaped(one.id)}"><header>'
        f"{style.chip(old, STATUSES[status][language])}<span class='number'>{style.said(one.id)}</span></header>"
        f"<dl>{lines}</dl></article>"
    )
    for text in (one.date_note, one.note):
        if text is not None:
            style.note(text[language])
    per_item = {item.item: 0 for item in one.items}
    for provision in one.provisions:
        per_item[provision.item] = per_item.get(provision.item, 0) + 1
    with st.expander(_("Items and how many provisions each has ({count})", count=len(one.items))):
        listed = [[item.item, item.heading, per_item[item.item]] for item in one.items]
        header = [_("Item"), _("Heading"), _("Provisions")]
        row_table(header, listed, key=f"items-{one.id}", label=_("Items"), widths=(170, 520, 100))
    left, right = st.columns(2)
    with left:
        if st.button(_("Show its provisions"), icon=":material/gavel:", disabled=not one.provisions):
            state.put(source=one.id, text="", effect="", status="", only="", within="", rule="")
            frame.go("rules")
    with right:
        error_report.link(one.id, _)

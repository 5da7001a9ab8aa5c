"""What the batch page shows of a file and of a result: lists and tables of HTML, every value escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from regionmap.model import Ruling, Text
from regionmap.output.escape import escaped
from regionmap.screening.kinds import CAVEATS, REASONS
from regionmap.screening.messages import Message
from regionmap.web import service, state
from regionmap.web.batch import charts as batch_charts
from regionmap.web.batch.map import VERDICTS, by_province
from regionmap.web.batch.results_store import Result
from regionmap.web.batch.source import Head, Source
from regionmap.web.batch.words import in_words
from regionmap.web.parts import frame, style
from regionmap.web.parts.row_table import row_table
from regionmap.web.parts.shapes import name
from regionmap.words import RULINGS

Words = Callable[..., str]
_SHOWN_CAVEATS = 8


def recognised(source: Source, head: Head, notes: tuple[Message, ...], _: Words) -> None:
    """Write what was found out about a file, and its first rows."""
    language = state.language()
    size = f"{source.size / 1e6:,.1f} MB" if source.size >= 1e5 else f"{source.size / 1e3:,.1f} KB"
    rows = _("rows: {count}", count="?" if head.rows is None else f"{head.rows:,}")
    columns = _("columns: {count}", count=len(head.names))
    lines = [f"<b>{style.said(source.name)}</b> <small>{style.said(' · '.join([size, rows, columns]))}</small>"]
    lines += [style.said(in_words(one)[language]) for one in notes]
    st.html('<ul class="rm-list rm-batch-notes">' + "".join(f"<li>{one}</li>" for one in lines) + "</ul>")
    style.note(_("First rows: {count}", count=len(head.first)))
    row_table(head.names, head.first, key="table-batch-first", label=_("The first rows of the file"))


def summary(result: Result, _: Words) -> None:
    """Write the counts of a run and what the user should look at first."""
    language, told = state.language(), result.summary
    for one in told["warnings"]:
        st.warning(frame.escape_markdown(in_words(one)[language]), icon=":material/warning:")
    counts = "".join(
        f"<li>{style.chip(one, RULINGS[Ruling(one)][language])}<b>{told['verdicts'][one]:,}</b>"
        f"<small>{told['verdicts'][one] / told['rows']:.1%}</small></li>"
        for one in VERDICTS
        if one in told["verdicts"]
    )
    if told["rows"] > told["judged"]:
        left = told["rows"] - told["judged"]
        words = style.said(_("Not judged"))
        share = f"{left / told['rows']:.1%}"
        counts += f'<li><span class="rm-chip plain">{words}</span><b>{left:,}</b><small>{share}</small></li>'
    st.html(f'<ul class="rm-counts" data-run="{escaped(told["run"])}">{counts}</ul>')


def reasons(result: Result, _: Words) -> None:
    """Write why rows were not judged, with an example each."""
    told, language = result.summary, state.language()
    if told["reasons"]:
        style.head(_("Not judged: reason"), told["rows"] - told["judged"])
        header = (_("Reason"), _("Rows"), _("For example"))
        lines = [
            (_words(REASONS, kind, language), f"{count:,}", told["examples"][kind].text[language])
            for kind, count in told["reasons"].items()
        ]
        _table(header, lines)


def _caveats(result: Result, _: Words) -> None:
    """Write the caveats of the rows with their counts."""
    told, language = result.summary, state.language()
    if told["caveats"]:
        style.head(_("Caveats"))
        lines = [(_words(CAVEATS, kind, language), f"{count:,}") for kind, count in told["caveats"].items()]
        _table((_("Caveat"), _("Rows")), lines[:_SHOWN_CAVEATS])
        if lines[_SHOWN_CAVEATS:]:
            with st.expander(_("and {rest} more", rest=len(lines) - _SHOWN_CAVEATS)):
                _table((_("Caveat"), _("Rows")), lines[_SHOWN_CAVEATS:])


def charts(result: Result, _: Words) -> None:
    """Write the charts, and the caveats below the first one."""
    language = state.language()
    counts = result.summary["provinces"]
    names = province_names(language)
    left, right = st.columns(2, gap="medium")
    with left:
        style.head(_("Rows by verdict"))
        st.html(batch_charts.by_verdict(result.summary, language, _))
        _caveats(result, _)
    with right:
        style.head(_("Rows by province and verdict"))
        if counts:
            st.html(batch_charts.by_province(counts, names, language, _))


def area_table(result: Result, _: Words) -> None:
    """Write the counts that the map draws, as a table."""
    rm, language = service.loaded(), state.language()
    shown = [one for one in VERDICTS if one in result.summary["verdicts"]]
    lines = []
    for code, counts in sorted(result.areas.items(), key=lambda one: -sum(one[1].values())):
        place = rm.gazetteer.unit_ever(code)
        province = rm.gazetteer.province(code)
        where = [code, name(place, language), name(province, language) if province.code != code else ""]
        lines.append([*where, sum(counts.values()), *(counts.get(one, 0) for one in shown)])
    header = [_("Code"), _("Name"), _("In province"), _("Rows"), *(RULINGS[Ruling(one)][language] for one in shown)]
    with st.expander(_("The same as a table, by prefecture-level unit ({count})", count=len(lines))):
        label = _("Rows by prefecture-level unit and verdict")
        row_table(header, lines, key="table-batch-areas", label=label, widths=(84, 130, 130, 80, *[100] * len(shown)))


def province_names(language: str) -> dict[str, str]:
    """Return the names of provinces in a language by their Chinese names, as results have them."""
    gazetteer = service.loaded().gazetteer
    codes = by_province(service.loaded(), {one.code: {} for one in gazetteer.prefecture_level_units()})
    return {gazetteer.unit(code).name: name(gazetteer.unit(code), language) for code in codes}


def legend(result: Result, _: Words) -> None:
    """Write the legend of the map."""
    language = state.language()
    lines = "".join(
        f"<li>{style.swatch(style.COLOURS[one], circle=True)}<span>{style.said(RULINGS[Ruling(one)][language])} "
        f"<small>{result.summary['verdicts'][one]:,}</small></span></li>"
        for one in VERDICTS
        if one in result.summary["verdicts"]
    )
    st.html(f'<ul class="rm-legend" aria-label="{escaped(_("Legend"))}">{lines}</ul>')


def basis(result: Result, _: Words) -> None:
    """Write what the answers rest on."""
    told, language = result.summary, state.language()
    style.head(_("Not covered"))
    style.note(told["coverage"][language])
    style.note(
        _(
            "Run {run}, catalogue {catalogue}, boundaries {boundaries}",
            run=told["run"], catalogue=told["catalogue"], boundaries=told["boundaries"],
        )
    )  # fmt: skip
    for one in told["notes"]:
        style.note(in_words(one)[language])


def _table(header: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> None:
    head = "".join(f'<th scope="col">{style.said(one)}</th>' for one in header)
    body = "".join("<tr>" + "".join(f"<td>{style.said(cell)}</td>" for cell in line) + "</tr>" for line in lines)
    st.html(f'<table class="rm-batch-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _words(words: Mapping[str, Text], kind: str, language: str) -> str:
    return words[kind][language] if kind in words else kind

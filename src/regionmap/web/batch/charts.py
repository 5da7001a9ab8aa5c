"""The charts of a result: rows by verdict, and by province and verdict, in the colours of the verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import altair as alt

from regionmap.web.batch.map import VERDICTS, verdict_words
from regionmap.web.parts import style

Words = Callable[..., str]
NOT_JUDGED = "not_judged"
_NOT_JUDGED_COLOUR = "#ffffff"
_STEP = 24


def by_verdict(summary: Mapping[str, Any], language: str, _: Words) -> alt.LayerChart:
    """Return a bar for each verdict that was given, gravest first, and one for the rows without any."""
    rows = [
        {"words": verdict_words(one, language), "count": summary["verdicts"][one], "colour": style.COLOURS[one]}
        for one in VERDICTS
        if one in summary["verdicts"]
    ]
    if summary["rows"] > summary["judged"]:
        left = summary["rows"] - summary["judged"]
        rows.append({"words": _("Not judged"), "count": left, "colour": _NOT_JUDGED_COLOUR})
    for row in rows:
        row["told"] = f"{row['count']:,}"
        row["read"] = f"{row['words']}: {row['told']}"
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("count:Q", title=None, axis=None, scale=alt.Scale(padding=28)),
        y=alt.Y("words:N", title=None, sort=None, axis=_names_axis()),
        tooltip=[alt.Tooltip("words:N", title=_("Verdict")), alt.Tooltip("told:N", title=_("Rows"))],
    )
    inks = style.chart_inks()
    bars = base.mark_bar(stroke=inks.soft, strokeWidth=0.6).encode(
        color=alt.Color("colour:N", scale=None), description="read:N"
    )
    words = base.mark_text(align="left", dx=5, color=inks.full, fontSize=12, aria=False).encode(text="told:N")
    return _finished(alt.LayerChart(layer=[bars, words]), _("Rows by verdict"))


def by_province(
    counts: Mapping[str, Mapping[str, int]], names: Mapping[str, str], language: str, _: Words
) -> alt.LayerChart:
    """Return a stacked bar for each province, the one with most rows first; ``names`` are those in the language."""
    order = sorted(counts, key=lambda one: -sum(counts[one].values()))
    rows = [
        {
            "province": names.get(province, province),
            "verdict": verdict_words(one, language),
            "count": counts[province][one],
            "told": f"{counts[province][one]:,}",
            "read": f"{names.get(province, province)}, {verdict_words(one, language)}: {counts[province][one]:,}",
            "colour": style.COLOURS[one],
            "order": place,
        }
        for province in order
        for place, one in enumerate(VERDICTS)
        if counts[province].get(one)
    ]
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(stroke=style.chart_inks().soft, strokeWidth=0.4)
        .encode(
            x=alt.X(
                "count:Q",
                title=_("Rows"),
                axis=alt.Axis(gridColor=style.chart_inks().grid, tickCount=4, tickMinStep=1, format="~s"),
                scale=alt.Scale(nice=True),
            ),
            y=alt.Y("province:N", title=None, sort=[names.get(one, one) for one in order], axis=_names_axis()),
            color=alt.Color("colour:N", scale=None),
            order=alt.Order("order:Q"),
            description="read:N",
            tooltip=[
                alt.Tooltip("province:N", title=_("Province")),
                alt.Tooltip("verdict:N", title=_("Verdict")),
                alt.Tooltip("told:N", title=_("Rows")),
            ],
        )
    )
    return _finished(alt.LayerChart(layer=[bars]), _("Rows by province and verdict"))


def _names_axis() -> alt.Axis:
    return alt.Axis(
        ticks=False, domain=False, labelLimit=150, labelFontSize=12, labelColor=style.chart_inks().full, labelPadding=6
    )


def _finished(chart: alt.LayerChart, describe: str) -> alt.LayerChart:
    made = chart.properties(
        height=alt.Step(_STEP), description=describe, usermeta={"embedOptions": {"actions": False}}
    ).configure_view(stroke=None)
    return cast(alt.LayerChart, made)

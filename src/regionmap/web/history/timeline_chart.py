"""The time lines as an Altair chart: Streamlit carries Vega, so nothing is asked of another machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import altair as alt

from regionmap.web.history.timelines import HISTORIC_COLOUR, Drawn, Line
from regionmap.web.parts import style

Words = Callable[..., str]
Marks = Mapping[dt.date, str]

STEP = 30
_BAR = 8
_ROOM = dt.timedelta(days=300)


def chart(lines: Sequence[Line], marks: Marks, language: str, describe: str, _: Words) -> alt.LayerChart:
    """Return the chart: a line of text over a bar for each line, and ``marks`` (day → words) as upright rules.

    Full bars: in force or in use. Pale bars with a dashed edge: the target date has passed, or a newer list is used.
    Thin dotted lines: historic.
    """
    first = min(bar.first for line in lines for bar in line.bars)
    days = [bar.last or bar.first for line in lines for bar in line.bars]
    start, end = min(first, *marks) - _ROOM, max(*days, *marks) + _ROOM
    bars = _bar_rows(lines, end, language, _)
    inks = style.chart_inks()
    x = alt.X(
        "first:T",
        title=_("Year"),
        scale=alt.Scale(type="utc", domain=[_ms(start), _ms(end)], nice=False),
        axis=alt.Axis(orient="top", format="%Y", grid=True, gridColor=inks.grid, tickCount="year", labelOverlap=True),
    )
    y = alt.Y("row:O", axis=None)
    tips = [alt.Tooltip(f"{key}:N", title=title) for key, title in _tip_titles(_).items()]
    base = alt.Chart(alt.InlineData(values=bars)).encode(x=x, x2="last:T", y=y, tooltip=tips, description="told:N")
    kinds = {row["drawn"] for row in bars}  # a layer without marks would be a picture without words
    layers: list[Any] = [
        *_upright(marks, start, end, inks.full),
        *(_spans(base, kind) for kind in Drawn if kind.value in kinds),
        alt.Chart(alt.InlineData(values=[row for row in bars if row["open"]]))
        .mark_text(text="▸", align="right", yOffset=_BAR, fontSize=13, color=inks.soft, aria=False)
        .encode(x=alt.X("last:T"), y=y),
        alt.Chart(alt.InlineData(values=[_head(row, line, language, inks) for row, line in enumerate(lines)]))
        .mark_text(align="left", yOffset=-4, fontSize=11.5, limit=alt.expr("width - 6"), aria=False)
        .encode(x=alt.value(3), y=y, text="words:N", color=alt.Color("ink:N", scale=None)),
    ]
    made = alt.LayerChart(layer=layers).properties(
        height=alt.Step(STEP), description=describe, usermeta={"embedOptions": {"actions": False}}
    )
    return cast(alt.LayerChart, made.configure_view(stroke=None))


def _spans(base: alt.Chart, kind: Drawn) -> Any:
    spans = base.transform_filter(alt.datum.drawn == kind.value)
    colour, edge = alt.Color("colour:N", scale=None), alt.Stroke("edge:N", scale=None)
    if kind is Drawn.THIN:
        return spans.mark_bar(size=2, yOffset=_BAR, color=HISTORIC_COLOUR, opacity=0.6)
    if kind is Drawn.FULL:
        return spans.mark_bar(size=_BAR, yOffset=_BAR, strokeWidth=1).encode(color=colour, stroke=edge)
    pale = spans.mark_bar(size=_BAR, yOffset=_BAR, fillOpacity=0.22, strokeDash=[3, 2], strokeWidth=1)
    return pale.encode(color=colour, stroke=edge)


def _tip_titles(_: Words) -> dict[str, str]:
    return {
        "document": _("Document and item"),
        "kind": _("What"),
        "standing": _("Status"),
        "days": _("Days"),
        "about": _("Summary"),
    }


def _bar_rows(lines: Sequence[Line], end: dt.date, language: str, _: Words) -> list[dict[str, Any]]:
    rows = []
    for row, line in enumerate(lines):
        for bar in line.bars:
            last = bar.ends(_("open end"))
            rows.append(
                {
                    "row": row,
                    "first": _ms(bar.first),
                    "last": _ms(bar.last + dt.timedelta(days=1) if bar.last is not None else end),
                    "open": bar.last is None and bar.drawn is not Drawn.THIN,
                    "drawn": bar.drawn.value,
                    "colour": line.colour,
                    "edge": line.edge,
                    "document": line.document[language],
                    "kind": line.kind[language],
                    "standing": bar.words[language],
                    "days": f"{bar.first.isoformat()} – {last}",
                    "about": line.about[language] or line.more[language],
                    "told": f"{line.kind[language]} · {line.document[language]} · {bar.words[language]}: "
                    f"{bar.first.isoformat()} – {last}",
                }
            )
    return rows


def _head(row: int, line: Line, language: str, inks: style.Inks) -> dict[str, Any]:
    """The text over a bar: effect and document; in brackets what has become of it by the chosen date."""
    words = [line.kind[language], line.document[language], line.about[language]]
    standing = f"[{line.standing[language]}] " if line.standing is not None else ""
    return {
        "row": row,
        "words": standing + " · ".join(filter(None, words)),
        "ink": inks.soft if line.historic else inks.full,
    }


def _upright(marks: Marks, start: dt.date, end: dt.date, ink: str) -> list[Any]:
    """An upright rule for each day, its words at the foot: to the left of it where there is no room at the right."""
    layers: list[Any] = []
    for place, (day, words) in enumerate(sorted(marks.items())):
        late = (day - start) > (end - start) * 0.6
        base = alt.Chart(alt.InlineData(values=[{"day": _ms(day), "words": words}])).encode(x="day:T")
        layers.append(base.mark_rule(strokeDash=[5, 3], color=ink, strokeWidth=1.2, aria=False))
        layers.append(
            base.mark_text(
                align="right" if late else "left",
                dx=-4 if late else 4,
                dy=12 + 14 * place,
                fontSize=11,
                color=ink,
                aria=False,
            ).encode(text="words:N", y=alt.value(alt.expr("height")))
        )
    return layers


def _ms(day: dt.date) -> int:
    """Milliseconds since 1970 of a day's beginning in UTC, the time that Vega counts in."""
    return (day - dt.date(1970, 1, 1)).days * 86_400_000

"""The time lines as HTML: a line of text over bars of days. They need no library in the browser, and are read out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from regionmap.output.escape import escaped
from regionmap.web.history.timelines import HISTORIC_COLOUR, Bar, Drawn, Line
from regionmap.web.parts import style

Words = Callable[..., str]
Marks = Mapping[dt.date, str]

_ROOM = dt.timedelta(days=300)
_DAY = dt.timedelta(days=1)
_MOST_YEARS = 9
_LAST_WORDS = 93
"""To the right of this share of the width, in percent, there is no room for a year."""
_LATE = 60
"""To the right of this share of the width, in percent, words stand to the left of their day."""
_STEPS = (1, 2, 5, 10, 20)


@dataclass(frozen=True)
class _Scale:
    """Days as shares of the width."""

    start: dt.date
    end: dt.date

    def at(self, day: dt.date) -> float:
        """Return where a day begins, in percent."""
        return round(100 * (day - self.start) / (self.end - self.start), 2)

    def years(self) -> list[dt.date]:
        """Return the first days of the years that are named: few enough to be read."""
        first, last = self.start.year + 1, self.end.year
        step = next((one for one in _STEPS if (last - first) / one < _MOST_YEARS), _STEPS[-1])
        named = [dt.date(year, 1, 1) for year in range(first, last + 1) if year % step == 0]
        return [day for day in named if self.at(day) < _LAST_WORDS]


def chart(lines: Sequence[Line], marks: Marks, language: str, describe: str, _: Words) -> str:
    """Return the chart as HTML: a line of text over bars for each line, and ``marks`` (day → words) as upright rules.

    Full bars: in force or in use. Pale bars with a dashed edge: the target date has passed, or a newer list is used.
    Thin bars: historic. An arrow: no last day is known.
    """
    scale = _scale(lines, marks)
    years = "".join(f'<b style="left:{scale.at(day)}%">{day.year}</b>' for day in scale.years())
    rows = "".join(_row(line, scale, language, _) for line in lines)
    return (
        f'<div class="rm-lives" role="region" tabindex="0" aria-label="{escaped(describe)}"><div>'
        f'<header aria-hidden="true" style="height:{1.5 + 1.4 * len(marks)}em">{years}{_words(marks, scale)}</header>'
        f'<ul>{rows}</ul><div class="rm-upright" aria-hidden="true">{_upright(marks, scale)}</div></div></div>'
    )


def _scale(lines: Sequence[Line], marks: Marks) -> _Scale:
    first = min(bar.first for line in lines for bar in line.bars)
    days = [bar.last or bar.first for line in lines for bar in line.bars]
    return _Scale(min(first, *marks) - _ROOM, max(*days, *marks) + _ROOM)


def _row(line: Line, scale: _Scale, language: str, _: Words) -> str:
    """The text over a bar: effect and document; in brackets what has become of it by the chosen date."""
    words = " · ".join(filter(None, [line.kind[language], line.document[language], line.about[language]]))
    standing = f"[{line.standing[language]}] " if line.standing is not None else ""
    said = escaped(standing + words)
    kind = ' class="old"' if line.historic else ""
    bars = "".join(_bar(line, bar, scale, language, _) for bar in line.bars)
    return f'<li{kind}><span title="{said}">{said}</span><div>{bars}</div></li>'


def _bar(line: Line, bar: Bar, scale: _Scale, language: str, _: Words) -> str:
    days = f"{bar.first.isoformat()} – {bar.ends(_('open end'))}"
    told = f"{line.kind[language]} · {line.document[language]} · {bar.words[language]}: {days}"
    left = scale.at(bar.first)
    width = round((scale.at(bar.last + _DAY) if bar.last is not None else 100) - left, 2)
    thin = bar.drawn is Drawn.THIN
    colour, edge = (HISTORIC_COLOUR, HISTORIC_COLOUR) if thin else (line.colour, line.edge)
    kind = f"{bar.drawn} open" if bar.last is None and not thin else str(bar.drawn)
    return (
        f'<i role="img" class="{kind}" title="{escaped(told)}" style="left:{left}%;width:{width}%;'
        f'--rm-bar:{style.escaped_colour(colour)};--rm-edge:{style.escaped_colour(edge)}"></i>'
    )


def _words(marks: Marks, scale: _Scale) -> str:
    """The words of the marked days, one under the other: to the left of a day where there is no room at its right."""
    made = ""
    for place, (day, words) in enumerate(sorted(marks.items())):
        at, top = scale.at(day), f"top:{1.4 * (place + 1):.1f}em"
        side = f"right:{100 - at:.2f}%" if at > _LATE else f"left:{at}%"
        made += f'<b class="day" style="{side};{top}">{escaped(words)}</b>'
    return made


def _upright(marks: Marks, scale: _Scale) -> str:
    years = "".join(f'<i style="left:{scale.at(day)}%"></i>' for day in scale.years())
    return years + "".join(f'<i class="day" style="left:{scale.at(day)}%"></i>' for day in sorted(marks))

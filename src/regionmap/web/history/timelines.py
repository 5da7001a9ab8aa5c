"""The facts of the time lines: a line for each list of a region, and for each restricting provision of an industry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from regionmap.api import Regionmap
from regionmap.i18n import t
from regionmap.model import Provision, Ruling, Status, Text
from regionmap.output.palette import PALETTE
from regionmap.rules.history.timeline import definition_spans, provision_spans
from regionmap.rules.history.words import cited
from regionmap.rules.matching.industries import IndustryMatcher
from regionmap.rules.verdict.ruling import restriction, status
from regionmap.words import ACTIONS, EFFECTS, STATUSES

Words = Callable[..., str]

COLOURS: dict[Ruling, str] = {
    one: PALETTE[one].fill for one in (Ruling.PROHIBITED, Ruling.RESTRICTED, Ruling.DISCOURAGED)
}
"""The colour of a bar by what its rule does where it binds."""
LIST_COLOUR = "#4477aa"
HISTORIC_COLOUR = "#8b857a"


class Drawn(StrEnum):
    """How a span of days is drawn: full, pale with a dashed edge, or as a thin dotted line."""

    FULL = "full"
    PALE = "pale"
    THIN = "thin"


_DRAWN = {
    Status.IN_FORCE: Drawn.FULL,
    Status.HORIZON_PASSED: Drawn.PALE,
    Status.ENDED: Drawn.THIN,
    Status.SUPERSEDED: Drawn.THIN,
}
LIST_WORDS: dict[bool, Text] = {True: t("List in use"), False: t("A newer list is used")}


@dataclass(frozen=True)
class Bar:
    """Days of one standing; ``last`` is None for an open end."""

    first: dt.date
    last: dt.date | None
    drawn: Drawn
    words: Text

    def ends(self, open_end: str) -> str:
        """Return the last day; ``open_end`` where none is known, and a dash for what is historic for good."""
        if self.last is not None:
            return self.last.isoformat()
        return "—" if self.drawn is Drawn.THIN else open_end


@dataclass(frozen=True)
class Line:
    """One line: what it stands for, its standing on the chosen date (None before its first day), and its bars."""

    kind: Text
    document: Text
    about: Text
    standing: Text | None
    historic: bool
    colour: str
    edge: str
    bars: tuple[Bar, ...]
    more: Text


def list_lines(rm: Regionmap, on: dt.date, first: str = "") -> list[Line]:
    """Return a line for each dated list, by region; ``first`` is the id of the region to begin with."""
    lines = []
    for region in sorted(rm.regions(), key=lambda one: one.id != first):
        for definition in region.definitions:
            spans = definition_spans(rm.catalogue, region, definition)
            bars = tuple(
                Bar(one.first, one.last, Drawn.FULL if one.in_use else Drawn.PALE, LIST_WORDS[one.in_use])
                for one in spans
            )
            now = next((one for one in bars if one.first <= on and (one.last is None or on <= one.last)), None)
            over = definition.in_force_until is not None and on > definition.in_force_until
            lines.append(
                Line(
                    region.name,
                    cited(rm.catalogue, definition),
                    Text("", ""),
                    t("Historic list") if over else now.words if now is not None else None,
                    over,
                    LIST_COLOUR,
                    LIST_COLOUR,
                    bars,
                    Text(definition.quote, definition.quote),
                )
            )
    return lines


def rule_lines(rm: Regionmap, industry: str, on: dt.date) -> list[Line]:
    """Return a line for each provision that restricts an industry, oldest first.

    Raises:
        InputError: the industry is unknown.
    """
    judge = IndustryMatcher(rm.catalogue, rm.subject(industry))
    found = [one for one in rm.catalogue.provisions if restriction(one.effect) and judge.match(one).binds]
    return [_rule_line(rm, one, on) for one in sorted(found, key=lambda one: one.in_force_from)]


def _rule_line(rm: Regionmap, one: Provision, on: dt.date) -> Line:
    source, ruling, standing = rm.source(one.source), restriction(one.effect), status(one, on, rm.catalogue)
    number = Text(source.number, source.number) if source.number else source.title
    actions = [ACTIONS[action] for action in one.actions]
    speaks = Text("、".join(act.zh for act in actions), ", ".join(act.en for act in actions))
    return Line(
        EFFECTS[one.effect],
        Text(f"{number.zh} {one.item}", f"{number.en} {one.item}"),
        one.summary,
        None if standing is Status.NOT_YET else STATUSES[standing],
        standing in {Status.ENDED, Status.SUPERSEDED},
        COLOURS[ruling] if ruling is not None else HISTORIC_COLOUR,
        PALETTE[ruling].line if ruling is not None else HISTORIC_COLOUR,
        tuple(
            Bar(span.first, span.last, _DRAWN[span.status], STATUSES[span.status])
            for span in provision_spans(rm.catalogue, one)
        ),
        speaks,
    )


def cells(lines: Sequence[Line], head: str, language: str, _: Words) -> tuple[list[str], list[list[str]]]:
    """Return header and cells of the same facts, a row for each bar; ``head`` names what ``kind`` is."""
    header = [_("Document and item"), head, _("Status"), _("First day"), _("Last day"), _("Summary")]
    body = [
        [
            line.document[language],
            line.kind[language],
            bar.words[language],
            bar.first.isoformat(),
            bar.ends(_("open end")),
            line.about[language] or line.more[language],
        ]
        for line in lines
        for bar in line.bars
    ]
    return header, body
